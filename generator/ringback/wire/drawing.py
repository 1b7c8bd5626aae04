"""Values drawn from schemas, by a random generator that the caller seeds: the same seed, the same values.

Text without format or pattern is drawn by what its name and description say it is, where they do: a phone number, an
address of a page, an e-mail address. Every value is judged by the schema it was drawn from before it is given away.
"""

from __future__ import annotations

import re
import string
from collections.abc import Callable
from dataclasses import dataclass, replace
from random import Random
from typing import Any, Final

from ringback.openapi import ABSENT, Schema

from . import patterns, words
from .flat import Flat, flatten
from .formats import FORMATS, Draw, Format, known

Judge = Callable[[Schema, Any], bool]

_ATTEMPTS: Final = 16
_DEEP: Final = 4  # below this many levels only what is required is drawn
_DEEPEST: Final = 14
_PHONE: Final = re.compile(r"E\.164|phone number|telephone", re.IGNORECASE)
_PHONE_NAMES: Final = frozenset({"phone", "msisdn", "mobile", "telephone"})
_ADDRESS_NAMES: Final = frozenset({"url", "uri", "href", "webhook"})
_TEXTS: Final = ("two words", "grüße & 100%", "it's “quoted”", "a+b=c;d", "日本語")


class Undrawable(ValueError):
    """No value was found that the schema allows."""


@dataclass(frozen=True, slots=True)
class Drawer:
    """Draws values. `full` fills in what is optional as well, and prefers what is plain; `varied` chooses by chance.

    `reply`: it is drawn for an answer, so that what only requests carry is left out, not what only answers carry.
    """

    rng: Random
    judge: Judge
    own: dict[str, Format]
    full: bool = False
    varied: bool = False
    reply: bool = False

    def value(self, schema: Schema, name: str = "") -> Any:
        """A value that the schema allows. Raises Undrawable."""
        for attempt in range(_ATTEMPTS):
            chosen = self.rng if self.varied or attempt else None
            try:
                drawn = self._value([schema], name, 0, chosen)
            except (Undrawable, RecursionError):
                continue
            if self.judge(schema, drawn):
                return drawn
        raise Undrawable(f"nothing found that fits {name or schema!r}")

    def _value(self, schemas: list[Schema], name: str, depth: int, chosen: Random | None) -> Any:
        if depth > _DEEPEST:
            raise Undrawable("too deep")
        flat = flatten(schemas, chosen)
        if (given := flat.first("const")) is not None:
            return given
        if (choices := flat.choices) is not None:
            return self._choice(choices, flat)
        if (ready := self._ready(flat, chosen)) is not ABSENT:
            return ready
        kind = self._type(flat)
        if kind == "object":
            return self._object(flat, depth, chosen)
        if kind == "array":
            return self._array(flat, name, depth, chosen)
        if kind == "string":
            return self._text(flat, name)
        if kind == "boolean":
            return bool(self.rng.randrange(2)) if self.varied else True
        return None if kind == "null" else self._number(flat, whole=kind == "integer")

    def _choice(self, choices: list[Any], flat: Flat) -> Any:
        if choices:
            return self.rng.choice(choices) if self.varied else choices[0]
        if flat.nullable:
            return None
        raise Undrawable("no value is listed")

    def _ready(self, flat: Flat, chosen: Random | None) -> Any:
        """A value that the document gives itself: an example, or what is taken unless given."""
        if chosen is not None and chosen.random() < 0.7:
            return ABSENT
        examples = next((part.examples for part in flat.parts if part.examples), ())
        if examples:
            return self.rng.choice(examples) if self.varied else examples[0]
        default = flat.first("default")
        return ABSENT if default is None or isinstance(default, (dict, list)) else default

    def _type(self, flat: Flat) -> str:
        if flat.types:
            return self.rng.choice(flat.types) if self.varied else flat.types[0]
        if flat.types is not None:
            raise Undrawable("the parts have no type in common")
        if flat.properties or flat.required or flat.first("additional_properties") is not None:
            return "object"
        if flat.first("items") is not None:
            return "array"
        numeric = ("minimum", "maximum", "exclusive_minimum", "exclusive_maximum", "multiple_of")
        if any(flat.first(one) is not None for one in numeric):
            return "number"
        return (
            "null"
            if flat.nullable and not any(p.pattern or p.format for p in flat.parts)
            else "string"
        )

    # -- structures

    def _object(self, flat: Flat, depth: int, chosen: Random | None) -> dict[str, Any]:
        made: dict[str, Any] = {}
        for name, schemas in flat.properties.items():
            if any(one.write_only if self.reply else one.read_only for one in schemas):
                continue
            if name in flat.fixed:
                made[name] = flat.fixed[name]
            elif name in flat.required:
                made[name] = self._value(schemas, name, depth + 1, chosen)
            elif depth < _DEEP and self._wants_optional():
                self._try(made, name, schemas, depth, chosen)
        for name in flat.required:
            if name not in flat.properties:
                made[name] = self._extra(flat, name, depth, chosen)
        least = flat.most("min_properties") or 0
        while len(made) < least:
            name = "".join(self.rng.choices(string.ascii_lowercase, k=6))
            made[name] = self._extra(flat, name, depth, chosen)
        return made

    def _wants_optional(self) -> bool:
        return self.rng.random() < 0.4 if self.varied else self.full

    def _try(
        self,
        made: dict[str, Any],
        name: str,
        schemas: list[Schema],
        depth: int,
        chosen: Random | None,
    ) -> None:
        """An optional property, left out where nothing can be drawn for it."""
        try:
            drawn = self._value(schemas, name, depth + 1, chosen)
        except Undrawable:
            return
        if all(self.judge(one, drawn) for one in schemas):
            made[name] = drawn

    def _extra(self, flat: Flat, name: str, depth: int, chosen: Random | None) -> Any:
        more = flat.first("additional_properties")
        if isinstance(more, Schema):
            return self._value([more], name, depth + 1, chosen)
        if more is False:
            raise Undrawable("no further property is allowed")
        return "x"

    def _array(self, flat: Flat, name: str, depth: int, chosen: Random | None) -> list[Any]:
        least = flat.most("min_items") or 0
        most = flat.least("max_items")
        wanted = max(least, 1 if depth < _DEEP or not self.full else 0)
        if self.varied:
            low = max(least, 0 if depth else 1)  # by itself an empty list cannot be written
            wanted = self.rng.randint(low, max(low, min(3, most if most is not None else 3)))
        if most is not None:
            wanted = min(wanted, most)
        prefix = flat.first("prefix_items") or ()
        items = [part.items for part in flat.parts if part.items is not None]
        made: list[Any] = []
        unique = any(part.unique_items for part in flat.parts)
        for index in range(wanted):
            schemas = [prefix[index]] if index < len(prefix) else items
            made.append(self._item(schemas, name, depth, chosen, made if unique else []))
        return made

    def _item(
        self, schemas: list[Schema], name: str, depth: int, chosen: Random | None, taken: list[Any]
    ) -> Any:
        for _ in range(_ATTEMPTS):
            drawn = (
                self._value(schemas, words.singular(name), depth + 1, chosen) if schemas else "x"
            )
            if drawn not in taken:
                return drawn
            if not self.varied:
                again = replace(self, varied=True)
                return again._item(schemas, name, depth, self.rng, taken)
        raise Undrawable("not enough different items")

    # -- single values

    def _text(self, flat: Flat, name: str) -> str:
        least = flat.most("min_length") or 0
        most = flat.least("max_length")
        drawn = [part.pattern for part in flat.parts if part.pattern]
        if drawn:
            pattern = max(drawn, key=len)
            text = patterns.draw(pattern, self.rng, shortest=least, longest=most)
            if text is None:
                raise Undrawable(f"no text found for {drawn[0]}")
            return text
        form = known(flat.first("format"), self.own)
        if form is not None and form.draw is not None:
            return form.draw(self.rng)
        hinted = self._hinted(flat, name)
        if hinted is not None:
            text = hinted(self.rng)
            if len(text) >= least and (most is None or len(text) <= most):
                return text
        return self._plain(least, most)

    def _hinted(self, flat: Flat, name: str) -> Draw | None:
        """How to draw a text that has no format, by its name and what is said of it."""
        spoken = set(words.words(name))
        said = flat.first("description") or ""
        if spoken & _PHONE_NAMES or _PHONE.search(said):
            return FORMATS["e164"].draw
        if spoken & _ADDRESS_NAMES:
            return FORMATS["uri"].draw
        if "email" in spoken:
            return FORMATS["email"].draw
        if spoken and words.words(name)[-1] in ("currency", "country", "language", "locale"):
            return _CODES[words.words(name)[-1]]
        return None

    def _plain(self, least: int, most: int | None) -> str:
        if self.varied and self.rng.random() < 0.25:
            text = self.rng.choice(_TEXTS)
            if len(text) >= least and (most is None or len(text) <= most):
                return text
        length = self.rng.randint(max(least, 1), max(least, 10))
        if most is not None:
            length = min(length, most)
        return "".join(self.rng.choices(string.ascii_lowercase, k=length))

    def _number(self, flat: Flat, *, whole: bool) -> float | int:
        low, high = flat.most("minimum"), flat.least("maximum")
        over, under = flat.most("exclusive_minimum"), flat.least("exclusive_maximum")
        step = 1 if whole else 0.5
        if over is not None and (low is None or low <= over):
            low = over + step if under is None or over + step < under else (over + under) / 2
        if under is not None and (high is None or high >= under):
            high = under - step if low is None or under - step >= low else low
        form = flat.first("format")
        low, high = _range(low, high)
        if multiple := flat.first("multiple_of"):
            return _multiple(low, high, multiple, self.rng)
        if whole:
            low, high = int(-(-low // 1)), int(high // 1)
            if low > high:
                raise Undrawable("no whole number lies between the bounds")
            return self.rng.randint(low, high) if form != "unix-time" else max(low, 1_700_000_000)
        return round(self.rng.uniform(low, high), 2) if high - low > 0.1 else low


_CODES: Final[dict[str, Draw]] = {
    "currency": lambda rng: "USD",
    "country": lambda rng: "US",
    "language": lambda rng: "en",
    "locale": lambda rng: "en-US",
}


def _range(low: float | None, high: float | None) -> tuple[float, float]:
    """Bounds to draw between: a hundred wide where one side is open, from 1 where both are."""
    if low is None and high is None:
        return 1, 100
    if low is None:
        assert high is not None
        return (1, high) if high >= 1 else (high - 100, high)
    return low, low + 100 if high is None else min(high, max(low + 100, 100))


def _multiple(low: float, high: float, multiple: float, rng: Random) -> float | int:
    first, last = int(-(-low // multiple)), int(high // multiple)
    if first > last:
        last = first
    return rng.randint(first, last) * multiple
