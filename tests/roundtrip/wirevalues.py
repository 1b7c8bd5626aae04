"""JSON values drawn from a schema of any document, as its words have it: what the referee accepts is used.

A drawer makes likely values, with little thought; the referee throws out what the schema refuses, and the drawer tries
again. So nothing here has to be clever about `not` or `if`, and nothing of ringback's reading of schemas is used.
"""

from __future__ import annotations

import re
import string
from random import Random
from typing import Any
from urllib.parse import quote

from referee import HERE, Referee, inside

TRIES = 40
DEEP = 4
PLAIN = string.ascii_letters + string.digits
AWKWARD = ["a&b=c", "50% + 1", "Jürgen", "a/b?c#d", "雪", "+15551", '"x"', "a,b;c|d", "{}"]
FORMATS = {
    "date": ["2024-02-29", "1999-12-31"],
    "date-time": ["2024-02-29T12:30:00Z", "1999-12-31T23:59:59.5+02:00"],
    "time": ["12:30:00Z"],
    "duration": ["P1DT2H"],
    "uuid": ["123e4567-e89b-12d3-a456-426614174000"],
    "uri": ["https://example.com/a?b=c"],
    "url": ["https://example.com/a"],
    "iri": ["https://example.com/a"],
    "uri-reference": ["/a/b"],
    "email": ["a@example.com"],
    "hostname": ["example.com"],
    "ipv4": ["192.0.2.1"],
    "ipv6": ["2001:db8::1"],
    "byte": ["aGVsbG8=", ""],
    "base64": ["aGVsbG8="],
    "decimal": ["12.50"],
    "binary": ["c29tZSBjb250ZW50"],
}


class NothingFits(Exception):
    """No value was found that the schema allows."""


class Drawer:
    """Draws values with one source of chance."""

    def __init__(self, referee: Referee, chance: Random) -> None:
        self._referee = referee
        self._chance = chance
        self._plain, self._nulls = False, True

    def value(self, pointer: str, *, plain: bool = False, nulls: bool = True) -> Any:
        """A value that the schema at a pointer allows; `plain` as a path, a query or a header can carry it."""
        self._plain, self._nulls = plain, nulls and not plain
        schema = self._referee.at(pointer)
        for attempt in range(TRIES):
            shallow = DEEP if attempt > TRIES // 2 else 0  # a smaller value fits more often
            try:
                value = self._drawn(
                    (
                        schema
                        if not isinstance(schema, dict)
                        else {"$ref": f"{HERE}#{quote(pointer)}"}
                    ),
                    shallow,
                )
            except (NothingFits, RecursionError, IndexError):
                continue
            if plain and (value is None or value == [] or value == {}):
                continue
            if not self._referee.faults(pointer, value):
                return value
        raise NothingFits(pointer)

    # -- any schema

    def _drawn(self, schema: Any, depth: int) -> Any:
        if not isinstance(schema, dict) or "oneOf" not in schema:
            return self._once(schema, depth)
        for _ in range(TRIES // 4):  # variants that are alike allow one another's values
            value = self._once(schema, depth)
            if self._referee.allows(schema, value):
                break
        return value

    def _once(self, schema: Any, depth: int) -> Any:
        flat = self._flat(schema, depth)
        if "const" in flat:
            return flat["const"]
        if "enum" in flat:
            return self._chance.choice(
                [one for one in flat["enum"] if one is not None or self._nulls]
            )
        kind = flat.get("type") or _implied(flat)
        if isinstance(kind, list):
            usual = [one for one in kind if one != "null"] or kind
            kind = self._chance.choice(kind if self._nulls and depth < DEEP else usual)
        make = getattr(self, f"_{kind}", None)
        if depth > 3 * DEEP or make is None:
            raise NothingFits(str(kind))
        return make(flat, depth)

    def _flat(self, schema: Any, depth: int) -> dict[str, Any]:
        """One schema of all that apply: references followed, parts joined, one variant chosen."""
        if not isinstance(schema, dict):
            return {}
        if depth > 4 * DEEP:
            raise NothingFits("endless")
        flat: dict[str, Any] = {}
        own = {
            key: one
            for key, one in schema.items()
            if key not in ("$ref", "allOf", "oneOf", "anyOf")
        }
        if ref := schema.get("$ref"):
            _join(flat, self._flat(self._referee.at(inside(ref)), depth + 1))
            self._name_itself(flat, ref.rpartition("/")[2], ref)
        for part in schema.get("allOf", ()):
            _join(flat, self._flat(part, depth + 1))
        _join(flat, own)
        for word in ("oneOf", "anyOf"):
            if schema.get(word):
                chosen = self._chance.choice(schema[word])
                _join(flat, self._flat(chosen, depth + 1))
                self._name_variant(flat, own.get("discriminator"), chosen)
        return flat

    def _name_itself(self, flat: dict[str, Any], name: str, ref: str) -> None:
        """Have the property that tells variants apart say this one's name."""
        told = flat.get("discriminator")
        if isinstance(told, dict) and "propertyName" in told and "named" not in flat:
            flat["named"] = (told["propertyName"], _mapped(told, name, ref))

    def _name_variant(self, flat: dict[str, Any], told: Any, chosen: Any) -> None:
        if isinstance(told, dict) and isinstance(chosen, dict) and "$ref" in chosen:
            name = chosen["$ref"].rpartition("/")[2]
            flat["named"] = (told["propertyName"], _mapped(told, name, chosen["$ref"]))

    # -- one kind each

    def _null(self, schema: dict[str, Any], depth: int) -> None:
        return None

    def _boolean(self, schema: dict[str, Any], depth: int) -> bool:
        return self._chance.random() < 0.5

    def _integer(self, schema: dict[str, Any], depth: int) -> int:
        low, high = self._bounds(schema)
        step = schema.get("multipleOf", 1)
        step = int(step) if float(step).is_integer() and step >= 1 else 1
        return self._chance.randint(-(-int(low) // step), int(high) // step) * step

    def _number(self, schema: dict[str, Any], depth: int) -> float | int:
        low, high = self._bounds(schema)
        if step := schema.get("multipleOf"):
            value: float = round(self._chance.randint(int(low / step), int(high / step)) * step, 9)
            return value
        return self._chance.choice(
            [int(low), round(self._chance.uniform(low, high), 3), low + 0.25]
        )

    def _bounds(self, schema: dict[str, Any]) -> tuple[float, float]:
        low, high = schema.get("minimum"), schema.get("maximum")
        if isinstance(least := schema.get("exclusiveMinimum"), int | float):
            low = least + 1
        if isinstance(most := schema.get("exclusiveMaximum"), int | float):
            high = most - 1
        if low is None:
            low = -1000 if high is None else min(high, 0) - 1000
        return low, max(low, min(high, 2**31 - 1) if high is not None else low + 2000)

    def _string(self, schema: dict[str, Any], depth: int) -> str:
        if "pattern" in schema:
            return _matching(schema["pattern"], self._chance)
        if schema.get("format") in FORMATS:
            return self._chance.choice(FORMATS[str(schema["format"])])
        if schema.get("contentEncoding") == "base64":
            return self._chance.choice(FORMATS["byte"])
        least, most = int(schema.get("minLength", 0)), int(schema.get("maxLength", 40))
        if not self._plain and self._chance.random() < 0.3:
            return (self._chance.choice(AWKWARD) * (least + 1))[: max(least, min(most, 40))]
        size = self._chance.randint(max(least, 1), max(least, min(most, least + 12), 1))
        return "".join(self._chance.choice(PLAIN) for _ in range(size))

    def _array(self, schema: dict[str, Any], depth: int) -> list[Any]:
        first = [self._drawn(one, depth + 1) for one in schema.get("prefixItems", ())]
        least, most = schema.get("minItems", 0), schema.get("maxItems", 3)
        wanted = (
            least
            if depth >= DEEP
            else self._chance.randint(max(least, 1), max(least, min(most, 3), 1))
        )
        if schema.get("items") is False or (first and "items" not in schema):
            return first
        items = schema.get("items", {})
        return first + [self._drawn(items, depth + 1) for _ in range(wanted - len(first))]

    def _object(self, schema: dict[str, Any], depth: int) -> dict[str, Any]:
        properties, required = schema.get("properties", {}), schema.get("required", [])
        made = {}
        for name, child in properties.items():
            rare = depth >= DEEP or self._chance.random() < 0.35
            if self._referee.hidden(child) or (name not in required and rare):
                continue
            made[name] = self._drawn(child, depth + 1)
        rest = schema.get("additionalProperties", None if properties else {})
        for name in required:
            if name not in properties:
                made[name] = self._drawn(rest if isinstance(rest, dict) else {}, depth + 1)
        if rest not in (None, False) and (depth < DEEP or "minProperties" in schema):
            for number in range(
                max(self._chance.randint(0, 2), schema.get("minProperties", 0) - len(made))
            ):
                made[f"extra{number}"] = self._drawn(rest, depth + 1)
        if "named" in schema and schema["named"][0] in {**properties, **dict.fromkeys(required)}:
            made[schema["named"][0]] = schema["named"][1]
        return made


def _mapped(told: dict[str, Any], name: str, ref: str) -> str:
    for key, target in told.get("mapping", {}).items():
        if target in (name, "#" + inside(ref)):
            return str(key)
    return name


def _implied(schema: dict[str, Any]) -> str:
    """The type that a schema without one speaks of."""
    if {"properties", "required", "additionalProperties", "minProperties"} & schema.keys():
        return "object"
    if {"items", "prefixItems", "minItems"} & schema.keys():
        return "array"
    return "integer" if {"minimum", "maximum"} & schema.keys() else "string"


def _join(flat: dict[str, Any], other: dict[str, Any]) -> None:
    """Add what another schema says of the same value."""
    for key, one in other.items():
        if key == "properties":
            properties = dict(flat.get(key, {}))
            for name, child in one.items():
                both = name in properties and properties[name] != child
                properties[name] = {"allOf": [properties[name], child]} if both else child
            flat[key] = properties
        elif key == "required":
            flat[key] = list(dict.fromkeys([*flat.get(key, []), *one]))
        elif key == "enum" and key in flat:
            flat[key] = [value for value in one if value in flat[key]] or one
        elif key == "additionalProperties" and flat.get(key) is False:
            continue
        else:
            flat[key] = one


def _matching(pattern: str, chance: Random) -> str:
    """A text for a plain pattern; the referee throws out what does not match."""
    parts = re.findall(r"(\[\^?\]?[^\]]*\]|\\.|\(|\)|[^\\\[])", pattern.strip("^$"))
    made = ""
    index = 0
    while index < len(parts):
        part, index = parts[index], index + 1
        if part in "()|?*+^$:":
            continue
        low, high = 1, 1
        rest = "".join(parts[index:])
        if found := re.match(r"\{(\d+)(,?)(\d*)\}", rest):
            low = int(found[1])
            high = int(found[3] or low + 3) if found[2] else low
            index += len(found[0])
        elif rest[:1] in ("+", "*"):
            low, high = 1, 4
        made += "".join(chance.choice(_chars(part)) for _ in range(chance.randint(low, high)))
    return made


def _chars(part: str) -> str:
    match part:
        case "\\d":
            return string.digits
        case "\\w":
            return PLAIN
        case "\\s":
            return " "
        case ".":
            return PLAIN
    if part.startswith("\\"):
        return part[1]
    if part.startswith("["):
        try:
            fitting = re.compile(part)
        except re.error:
            return PLAIN
        return "".join(one for one in PLAIN + "-_.:/ " if fitting.match(one)) or "x"
    return part
