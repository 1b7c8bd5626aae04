"""Values drawn from the schemas of the document: each as Python has it and as the wire has it.

The two sides are made together, here, so that neither is judged by the code that turns one into the other.
"""

from __future__ import annotations

import string
from dataclasses import dataclass
from datetime import timedelta, timezone
from decimal import Decimal
from functools import cache
from typing import Any, TypeAlias
from urllib.parse import quote

from effective import FAST, Argument, attribute_of
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from ringback.openapi import ABSENT, Schema

QUICK = (Phase.explicit, Phase.generate)


def examined(examples: int) -> settings:
    """So many examples, the same ones in every run; a fast run shows the first failure as it was found."""
    return settings(
        max_examples=examples,
        derandomize=True,
        database=None,
        deadline=None,
        suppress_health_check=list(HealthCheck),
        phases=QUICK if FAST else tuple(Phase),
    )


Maker: TypeAlias = "SearchStrategy[Pair]"


@dataclass(frozen=True)
class Pair:
    """One value twice: `python` for the bindings, `wire` as JSON has it."""

    python: Any
    wire: Any


@dataclass(frozen=True)
class Fields:
    """An object as Python has it, before a model is made of it: values by attribute."""

    schema: Schema
    values: dict[str, Any]


def values(schema: Schema, *, text: bool = False) -> Maker:
    """Valid values of a schema; with `text` as a path, query or form can carry them."""
    return _values(schema, text)


@cache
def _values(schema: Schema, text: bool) -> Maker:
    drawn = _not_null(schema, text)
    if schema.nullable and not text:
        return st.one_of(st.just(Pair(None, None)), drawn)
    return drawn


def _not_null(schema: Schema, text: bool) -> Maker:
    if schema.const is not ABSENT:
        return st.just(_same(schema.const))
    if schema.enum is not None:
        return st.sampled_from(schema.enum).map(_same)
    if schema.any_of:
        return st.one_of([_values(one, text) for one in schema.any_of])
    kind = schema.types[0] if schema.types else "string"
    if kind == "string":
        return _string(schema, text)
    if kind == "integer":
        return st.integers(*_bounds(schema)).map(_same)
    if kind == "number":
        return st.floats(allow_nan=False, allow_infinity=False).map(_same)
    if kind == "boolean":
        return st.booleans().map(_same)
    if kind == "array":
        return _array(schema, text)
    return _object(schema)


def _same(value: Any) -> Pair:
    return Pair(value, value)


def _bounds(schema: Schema) -> tuple[int, int]:
    low, high = schema.minimum, schema.maximum
    return (
        -(2**53) if low is None else int(low),
        2**53 if high is None else int(high),
    )


def _string(schema: Schema, text: bool) -> Maker:
    if schema.pattern is not None:
        return _matching(schema).map(_same)
    made = {
        "date": st.dates().map(lambda day: Pair(day, day.isoformat())),
        "date-time": _moments().map(lambda moment: Pair(moment, moment.isoformat())),
        "date-time-rfc-2822": _whole_moments().map(
            lambda moment: Pair(moment, moment.strftime("%a, %d %b %Y %H:%M:%S %z"))
        ),
        "decimal": st.decimals(-(10**9), 10**9, places=5).map(lambda one: Pair(one, str(one))),
        "int64": st.integers(-(2**63), 2**63 - 1).map(lambda one: Pair(one, str(one))),
        "uri": _tails().map(lambda tail: _same("https://example.com/" + tail)),
        "uri-reference": _tails().map(lambda tail: _same("/" + tail)),
        "binary": st.binary(max_size=200).map(_same),
    }
    if schema.format in made:
        return made[schema.format]
    assert schema.format is None, f"no strategy for the format {schema.format}"
    return _text(schema).map(_same)


def _matching(schema: Schema) -> SearchStrategy[str]:
    """Identifiers by hand, because there are many of them; any other pattern by hypothesis."""
    assert schema.pattern is not None
    prefix, found, _ = schema.pattern.removeprefix("^").partition("[0-9a-fA-F]{32}$")
    if found and prefix.isalnum():
        digits = st.integers(0, 2**128 - 1).map(lambda number: f"{number:032x}")
        return st.one_of(digits, digits.map(str.upper)).map(lambda tail: prefix + tail)
    longest = schema.max_length or 100
    whole = st.from_regex(schema.pattern.removesuffix("$") + r"\Z")
    return whole.filter(lambda one: len(one) <= longest)


def _text(schema: Schema) -> SearchStrategy[str]:
    """Any text that UTF-8 can carry, of common length or of the greatest one allowed."""
    least, most = schema.min_length or 0, schema.max_length
    common = st.text(
        st.characters(exclude_categories=["Cs"]), min_size=least, max_size=min(most or 20, 20)
    )
    awkward = st.sampled_from(
        ["a&b=c", "50% + 1", "client:Jürgen", "sip:a@b.example?x=1", "a/b", "\r\n", "雪", "+15551"]
    )
    longest = [st.just("ü" * most)] if most is not None else []
    return st.one_of(common, awkward, *longest)


def _moments() -> SearchStrategy[Any]:
    zones = st.integers(-14 * 60, 14 * 60).map(lambda one: timezone(timedelta(minutes=one)))
    return st.datetimes(timezones=zones).filter(lambda moment: 1900 < moment.year < 9000)


def _whole_moments() -> SearchStrategy[Any]:
    return _moments().map(lambda moment: moment.replace(microsecond=0))


def _tails() -> SearchStrategy[str]:
    """The end of a URL: a path and perhaps a query, with what a form must escape."""
    path = st.text(string.ascii_letters + "09-._~/!$'()*,;:@+&=", max_size=12)
    query = st.dictionaries(
        st.sampled_from(["Page", "StartTime>", "x"]), st.text("aé &=", max_size=4)
    )
    asked = query.map(lambda pairs: "&".join(f"{quote(k)}={quote(v)}" for k, v in pairs.items()))
    return st.builds(lambda a, b: a.lstrip("/") + (f"?{b}" if b else ""), path, asked)


def _array(schema: Schema, text: bool) -> Maker:
    """Lists; a form cannot tell an empty one from none at all."""
    assert schema.items is not None
    least = max(schema.min_items or 0, 1 if text else 0)
    most = min(schema.max_items or 3, 3)
    drawn = st.lists(_values(schema.items, text), min_size=least, max_size=most)
    return drawn.map(lambda pairs: Pair([one.python for one in pairs], [one.wire for one in pairs]))


def _object(schema: Schema) -> Maker:
    if schema.properties and not isinstance(schema.additional_properties, Schema):
        required = {name: values(one) for name, one in schema.properties if name in schema.required}
        optional = {name: values(one) for name, one in schema.properties if name not in required}
        drawn = st.fixed_dictionaries(required, optional=optional)
        return drawn.map(lambda pairs: _assembled(schema, pairs))
    inner: Maker = st.one_of(st.text(max_size=5), st.booleans(), st.integers(0, 9)).map(_same)
    if isinstance(schema.additional_properties, Schema):
        inner = values(schema.additional_properties)
    names = st.text(string.ascii_lowercase + "_/~", min_size=1, max_size=8)
    if schema.properties:
        names = st.one_of(names, st.sampled_from([name for name, _ in schema.properties]))
    return st.dictionaries(names, inner, max_size=3).map(
        lambda pairs: Pair(
            {name: one.python for name, one in pairs.items()},
            {name: one.wire for name, one in pairs.items()},
        )
    )


def _assembled(schema: Schema, pairs: dict[str, Pair]) -> Pair:
    known = dict(schema.properties)
    attributes = {attribute_of(name, known[name]): one.python for name, one in pairs.items()}
    return Pair(Fields(schema, attributes), {name: one.wire for name, one in pairs.items()})


def arguments(taken: list[Argument]) -> SearchStrategy[dict[str, Pair]]:
    """Valid arguments of an operation, by Python name; what may be left out sometimes is."""
    required: dict[str, Maker] = {}
    optional: dict[str, Maker] = {}
    for one in taken:
        drawn = values(one.schema, text=True)
        if one.place == "path":
            drawn = drawn.filter(lambda pair: pair.wire not in ("", ".", ".."))
        (required if one.required and not one.by_default else optional)[one.argument] = drawn
    return st.fixed_dictionaries(required, optional=optional)


# -- invalid values


@dataclass(frozen=True)
class Wrong:
    """A value that the document does not allow. `wire` is None where it has no form on the wire at all."""

    python: Any
    wire: Any
    why: str


def wrong_values(argument: Argument) -> list[Wrong]:
    """What is just not valid for an argument, by its schema."""
    found = _wrong(argument.schema)
    if argument.required and not argument.by_default:
        found.append(Wrong(None, None, "missing"))
    return found


def _wrong(schema: Schema) -> list[Wrong]:
    if schema.any_of:
        return _wrong_for_all(schema)
    if schema.enum is not None:
        first = schema.enum[0]
        unlike = [first + "x", first.swapcase(), ""]
        return [Wrong(one, one, "not in the enum") for one in unlike] + [Wrong(7, 7, "a number")]
    if "array" in schema.types:
        return _wrong_arrays(schema)
    if "integer" in schema.types:
        return _wrong_integers(schema)
    if "boolean" in schema.types:
        return [
            Wrong("yes", "yes", "no boolean"),
            Wrong(1, 1, "a number"),
            Wrong("true", "TRUE", "text"),
        ]
    return _wrong_strings(schema)


def _wrong_for_all(schema: Schema) -> list[Wrong]:
    """What no alternative allows: wrong for one is not wrong if it is right for another."""
    patterns = [one for one in schema.any_of if one.pattern]
    if patterns:
        return [one for one in _wrong_strings(patterns[0]) if one.wire not in ("Front",)]
    return [Wrong("tomorrow", "tomorrow", "no date"), Wrong(20250101, 20250101, "a number")]


def _wrong_arrays(schema: Schema) -> list[Wrong]:
    assert schema.items is not None
    within = [
        Wrong([one.python], [one.wire], one.why + " in a list") for one in _wrong(schema.items)
    ]
    return [*within, Wrong("initiated", "initiated", "no list")]


def _wrong_integers(schema: Schema) -> list[Wrong]:
    found = [
        Wrong(True, True, "a boolean"),
        Wrong("5", "5", "text"),
        Wrong(1.5, 1.5, "a fraction"),
    ]
    if schema.minimum is not None:
        found.append(Wrong(int(schema.minimum) - 1, int(schema.minimum) - 1, "too small"))
    if schema.maximum is not None:
        found.append(Wrong(int(schema.maximum) + 1, int(schema.maximum) + 1, "too large"))
    return found


def _wrong_strings(schema: Schema) -> list[Wrong]:
    found = [
        Wrong(7, 7, "a number"),
        Wrong(b"bytes", None, "bytes"),
        Wrong(Decimal(1), None, "a Decimal"),
    ]
    if schema.format in ("date", "date-time"):
        return [*found, Wrong("2025-13-40", "2025-13-40", "no date")]
    if schema.pattern is not None and "{32}" in schema.pattern:
        prefix = schema.pattern[1:3]
        other = "RE" if prefix != "RE" else "CA"
        tails = {"another kind": other + "0" * 32, "too short": prefix + "0" * 31}
        tails |= {"too long": prefix + "0" * 33, "a letter too many": prefix + "g" + "0" * 31}
        tails |= {"a line feed after it": prefix + "0" * 32 + "\n"}
        found += [Wrong(one, one, why) for why, one in tails.items()]
    elif schema.pattern is not None:
        found += [Wrong("?", "?", "not the pattern"), Wrong("", "", "empty")]
    if schema.max_length is not None:
        found.append(
            Wrong("0" * (schema.max_length + 1), "0" * (schema.max_length + 1), "too long")
        )
    if schema.min_length:
        found.append(Wrong("", "", "too short"))
    return found
