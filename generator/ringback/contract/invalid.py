"""Requests with one fault each: what the document forbids, and nothing else wrong.

Candidates are made from what a schema says (a value outside its list, a number beyond its bounds, an identifier of another
kind) and put in the place of one value of a request that is allowed. Only those are given away of which the judge finds
exactly one violation after they have been written for the wire and read back: a text where a number is wanted is a fault,
a number where text is wanted is none in a form.
"""

from __future__ import annotations

import string
from collections.abc import Iterator, Mapping
from dataclasses import replace
from random import Random
from typing import Any, Final

from ringback.openapi import Parameter, Schema
from ringback.wire import (
    Contract,
    Drawer,
    Flat,
    Kind,
    Undrawable,
    flatten,
    forms,
    is_json,
    patterns,
)

from .drafts import Invalid, Parts

Candidate = tuple[Any, str]
_LONGEST: Final = 70_000
_MOST_ITEMS: Final = 1_000
_DEEPEST: Final = 2  # lists in lists


def invalid(contract: Contract, base: Parts, rng: Random) -> Iterator[Invalid]:
    """The faults of every parameter, then those of the body."""
    for parameter in base.operation.parameters:
        yield from _of_parameter(contract, base, parameter, rng)
    if isinstance(base.body, dict) and base.media is not None and base.media.schema is not None:
        yield from _of_body(contract, base, base.media.schema, rng)


# -- parameters


def _of_parameter(
    contract: Contract, base: Parts, parameter: Parameter, rng: Random
) -> Iterator[Invalid]:
    location = parameter.location
    where = f"{location}.{parameter.name}"
    values = _values_of(base, location)
    if parameter.required and location != "path":
        rest = {name: value for name, value in values.items() if name != parameter.name}
        path = (*parameter.path, "required")
        said = f"{parameter.name} is left out"
        yield _made(contract, _with_values(base, location, rest), said, where, path, "required")
    if parameter.schema is None:
        return
    kind = contract.kinds.of_parameter(contract.label(base.operation), location, parameter.name)
    for value, why in candidates(contract, parameter.schema, kind, rng, as_json=False):
        faulty = _with_values(base, location, {**values, parameter.name: value})
        found = _parameter_fault(contract, faulty, parameter)
        if found is not None:
            said = f"{parameter.name}: {why}"
            yield _made(contract, faulty, said, where, found[0], found[1])


def _parameter_fault(
    contract: Contract, faulty: Parts, parameter: Parameter
) -> tuple[tuple[str | int, ...], str] | None:
    """The one violation of a parameter as it would be read from the wire; None where there is none, or are several."""
    assert parameter.schema is not None
    if parameter.location == "query":
        draft = faulty.draft(contract)
        read = contract.query(faulty.operation, forms.join(draft.query))
    elif parameter.location == "path":
        target = contract.encode_path(faulty.operation, faulty.path)
        match = contract.match(faulty.operation.method, target)
        if match is None or match.operation is not faulty.operation:
            return None
        read = contract.path_values(faulty.operation, match.values)
    else:
        text = forms.encode_simple(
            forms.Field.of(parameter), _values_of(faulty, "header")[parameter.name], quoted=False
        )
        if not (text.isascii() and text.isprintable() and text == text.strip()):
            return None
        read = {parameter.name: forms.decode_simple(forms.Field.of(parameter), text)}
    if parameter.name not in read:
        return None
    found = contract.violations(parameter.schema, read[parameter.name], reply=False)
    return (found[0].path, found[0].keyword) if len(found) == 1 else None


def _values_of(base: Parts, location: str) -> Mapping[str, Any]:
    return {"path": base.path, "query": base.query}.get(location, base.headers)


def _with_values(base: Parts, location: str, values: Mapping[str, Any]) -> Parts:
    if location == "path":
        return replace(base, path=values)
    return replace(base, query=values) if location == "query" else replace(base, headers=values)


# -- the body


def _of_body(contract: Contract, base: Parts, schema: Schema, rng: Random) -> Iterator[Invalid]:
    assert base.media is not None
    media_name = base.media.name.partition(";")[0].strip().lower()
    as_json = is_json(media_name)
    if media_name not in (forms.FORM,) and not as_json:
        return
    flat = flatten([schema], None)
    for body, why, name in _bodies(contract, base, flat, rng, as_json):
        faulty = replace(base, body=body)
        draft = faulty.draft(contract)
        if not draft.body and not _is_required(base):
            continue  # a form without fields is no body at all, which is allowed
        read = contract.body(base.operation, draft.body, draft.media_type)
        found = contract.violations(schema, read, reply=False)
        if len(found) == 1:
            where = f"body.{name}" if name else "body"
            yield _made(contract, faulty, why, where, found[0].path, found[0].keyword)


def _is_required(base: Parts) -> bool:
    return base.operation.body is not None and base.operation.body.required


def _bodies(
    contract: Contract, base: Parts, flat: Flat, rng: Random, as_json: bool
) -> Iterator[tuple[dict[str, Any], str, str]]:
    """Bodies with one property changed, taken out or added; what was done, and to which."""
    label = contract.label(base.operation)
    for name in flat.required:
        rest = {key: value for key, value in base.body.items() if key != name}
        yield rest, f"{name} is left out", name
    for name, schemas in flat.properties.items():
        kind = contract.kinds.of_parameter(label, "body", name)
        for schema in schemas:
            for value, why in candidates(contract, schema, kind, rng, as_json=as_json):
                yield {**base.body, name: value}, f"{name}: {why}", name
    if flat.first("additional_properties") is False:
        name = "unexpected" + "".join(rng.choices(string.ascii_lowercase, k=4))
        yield {**base.body, name: "x"}, f"{name} is no property", name


def _made(
    contract: Contract,
    faulty: Parts,
    why: str,
    where: str,
    path: tuple[str | int, ...],
    keyword: str,
) -> Invalid:
    return Invalid(faulty.draft(contract), why, where, path, keyword)


# -- wrong values


def candidates(
    contract: Contract,
    schema: Schema,
    kind: Kind | None,
    rng: Random,
    *,
    as_json: bool,
    depth: int = 0,
) -> Iterator[Candidate]:
    """Values that a schema may forbid, each with what is wrong with it."""
    flat = flatten([schema], None)
    if kind is not None:
        yield from contract.kinds.wrongs(kind, rng)
    if flat.choices is not None:
        yield _outsider(flat, rng)
    types = flat.types or []
    yield from _wrong_types(types, flat.nullable, as_json)
    if flat.choices is None and flat.first("const") is None:
        if "integer" in types or "number" in types:
            yield from _out_of_bounds(flat)
        if "string" in types:
            yield from _wrong_texts(flat, rng, kind, as_json)
    if "array" in types and depth < _DEEPEST:
        yield from _wrong_lists(contract, flat, rng, as_json, depth)
    if as_json and "object" in types:
        yield from _wrong_objects(contract, flat, rng)


def _outsider(flat: Flat, rng: Random) -> Candidate:
    if all(isinstance(one, str) for one in flat.choices or ()):
        return (
            "not-" + "".join(rng.choices(string.ascii_lowercase, k=6)),
            "a value that is not listed",
        )
    return 987_654_321, "a value that is not listed"


def _wrong_types(types: list[str], nullable: bool, as_json: bool) -> Iterator[Candidate]:
    if as_json and types and not nullable:
        yield None, "null"
    for name, value, said in _OTHERS:
        numeric = name == "integer" and "number" in types
        if types and name not in types and not numeric and (as_json or isinstance(value, str)):
            yield value, said
            break
    if "integer" in types and "number" not in types:
        yield 1.5, "a fraction where a whole number is wanted"


_OTHERS: Final = (
    ("string", "words", "text where something else is wanted"),
    ("integer", 12345, "a number where something else is wanted"),
    ("object", {"x": 1}, "an object where something else is wanted"),
)


def _out_of_bounds(flat: Flat) -> Iterator[Candidate]:
    low, high = flat.most("minimum"), flat.least("maximum")
    if low is not None:
        yield low - 1, f"below {low}"
    if high is not None:
        yield high + 1, f"above {high}"
    if (over := flat.most("exclusive_minimum")) is not None:
        yield over, f"not above {over}"
    if (under := flat.least("exclusive_maximum")) is not None:
        yield under, f"not below {under}"
    if multiple := flat.first("multiple_of"):
        yield (low or 0) + multiple + multiple / 2, f"no multiple of {multiple}"


def _wrong_texts(flat: Flat, rng: Random, kind: Kind | None, as_json: bool) -> Iterator[Candidate]:
    longest, shortest = flat.least("max_length"), flat.most("min_length")
    pattern = flat.first("pattern")
    valid = patterns.draw(pattern, rng, longest=longest) if pattern else None
    if pattern is not None and valid is not None and kind is None:
        for value, why in (
            (valid[:-1], "truncated"),
            (valid + valid[-1:], "one character too many"),
            (valid + "!", "a character that it cannot have"),
            ("?" + valid, "something before it"),
        ):
            if value and not patterns.fits(pattern, value):
                yield value, why
                break
    if flat.first("format") is not None:
        yield "not a " + str(flat.first("format")), f"no {flat.first('format')}"
    if longest is not None and longest < _LONGEST:
        yield _repeated(valid, longest + 1), f"longer than {longest}"
    if shortest is not None and shortest > (0 if as_json else 1):
        yield _repeated(valid, shortest - 1), f"shorter than {shortest}"


def _repeated(valid: str | None, length: int) -> str:
    """A text of a length, made of what a valid one is made of."""
    return ((valid or "x")[-1:] or "x") * length


def _wrong_lists(
    contract: Contract, flat: Flat, rng: Random, as_json: bool, depth: int
) -> Iterator[Candidate]:
    least, most = flat.most("min_items"), flat.least("max_items")
    items = next((part.items for part in flat.parts if part.items is not None), None)
    if items is None:
        return
    for value, why in candidates(contract, items, None, rng, as_json=as_json, depth=depth + 1):
        yield [value], f"an item that is {why}"
    good = _some(contract, items, rng)
    if good is None:
        return
    if most is not None and most < _MOST_ITEMS:
        yield [good] * (most + 1), f"more than {most} items"
    if least and as_json:
        yield [good] * (least - 1), f"fewer than {least} items"
    if any(part.unique_items for part in flat.parts):
        yield [good, good], "an item twice"


def _wrong_objects(contract: Contract, flat: Flat, rng: Random) -> Iterator[Candidate]:
    """An object below the body with one of its properties missing or wrong."""
    made: dict[str, Any] = {}
    for name in flat.required:
        schemas = flat.properties.get(name)
        made[name] = _some(contract, schemas[0], rng) if schemas else "x"
    for name in flat.required:
        rest = {key: value for key, value in made.items() if key != name}
        yield rest, f"its {name} is left out"


def _some(contract: Contract, schema: Schema, rng: Random) -> Any:
    drawer = Drawer(
        rng, lambda one, value: contract.is_valid(one, value, reply=False), dict(contract.formats)
    )
    try:
        return drawer.value(schema)
    except Undrawable:
        return None
