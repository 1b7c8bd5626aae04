"""Schemas by a seed, and the same after one change: what a person does to a document in an afternoon, without looking.

Left out is what this project reads in its own way (docs/diff.md, overlap.py): objects that do not say that they are,
null beside the alternatives of `oneOf`, closed objects that demand what they do not name.
"""

from __future__ import annotations

import copy
from collections.abc import Iterator
from random import Random
from typing import Any, Final

_TEXTS: Final = ("", "a", "b", "abc", "abcdef")
_INSIDE: Final = ("items", "additionalProperties", "not", "if", "then", "else", "contains")
_LISTS: Final = ("allOf", "anyOf", "oneOf")


def drawn(rng: Random, depth: int = 2) -> dict[str, Any]:
    """A schema."""
    kind = rng.randrange(8) if depth else 0
    if kind <= 1:
        return _leaf(rng)
    if kind <= 3:
        return _object(rng, depth - 1)
    if kind == 4:
        return _list(rng, depth - 1)
    if kind == 5:
        return {rng.choice(("not", "if")): drawn(rng, depth - 1), "then": drawn(rng, depth - 1)}
    word = rng.choice(_LISTS)
    return {word: [drawn(rng, depth - 1) for _ in range(rng.randrange(1, 4))]}


def _leaf(rng: Random) -> dict[str, Any]:
    texts = {"type": rng.choice(["string", ["string", "null"]])}
    return rng.choice(
        (
            _some(rng, texts, minLength=rng.randrange(4), maxLength=rng.randrange(3, 7), pattern="^a"),
            {"type": "string", "enum": rng.sample(_TEXTS, rng.randrange(1, 4))},
            _some(rng, {"type": rng.choice(["integer", "number"])}, minimum=rng.randrange(-3, 3),
                  maximum=rng.randrange(1, 6), exclusiveMinimum=rng.randrange(-3, 3)),
            {"const": rng.choice(("a", 1, True))},
            {"type": "boolean"},
            {},
        )
    )  # fmt: skip


def _object(rng: Random, depth: int) -> dict[str, Any]:
    names = rng.sample(["x", "y"], rng.randrange(1, 3))
    return _some(
        rng, {"type": "object", "properties": {name: drawn(rng, depth) for name in names}},
        required=rng.sample(names, 1), additionalProperties=rng.choice((False, drawn(rng, depth))),
        patternProperties={"^z": drawn(rng, depth)}, dependentRequired={"x": ["y"]},
    )  # fmt: skip


def _list(rng: Random, depth: int) -> dict[str, Any]:
    return _some(
        rng, {"type": "array"}, items=drawn(rng, depth), minItems=rng.randrange(3), maxItems=rng.randrange(1, 4),
        contains=drawn(rng, depth), maxContains=rng.randrange(1, 3), minContains=rng.randrange(3),
    )  # fmt: skip


def _some(rng: Random, always: dict[str, Any], **others: Any) -> dict[str, Any]:
    return {**always, **{key: one for key, one in others.items() if rng.random() < 0.3}}


def mutated(rng: Random, schema: dict[str, Any]) -> dict[str, Any]:
    """The schema with one change, somewhere inside."""
    new = copy.deepcopy(schema)
    here = rng.choice(list(_within(new)))
    word = next((one for one in _LISTS if one in here), None)
    change = rng.randrange(4)
    if word and change < 3:
        _alternatives(rng, here, word, change)
    elif here and change == 0:
        here.pop(rng.choice(list(here)))
    elif change == 1 and "properties" in here:
        name = rng.choice(("x", "y"))
        if here["properties"].pop(name, None) is None:
            here["properties"][name] = drawn(rng, 1)
    elif change == 2:
        for key, one in here.items():
            if isinstance(one, int) and not isinstance(one, bool):
                here[key] = max(0, one + rng.choice((-1, 1)))
    else:
        found = drawn(rng, 1)
        here.clear()
        here.update(found)
    return new


def _alternatives(rng: Random, here: dict[str, Any], word: str, change: int) -> None:
    if change == 0:
        here[word].append(drawn(rng, 1))
    elif change == 1 and len(here[word]) > 1:
        here[word].pop(rng.randrange(len(here[word])))
    else:
        here[rng.choice(_LISTS)] = here.pop(word)


def _within(schema: Any) -> Iterator[dict[str, Any]]:
    """A schema and those inside it."""
    if not isinstance(schema, dict):
        return
    yield schema
    for key in _INSIDE:
        yield from _within(schema.get(key))
    for key in ("properties", "patternProperties"):
        for one in schema.get(key, {}).values():
            yield from _within(one)
    for key in _LISTS:
        for one in schema.get(key, ()):
            yield from _within(one)


def read_our_way(schema: Any) -> bool:
    """Whether a schema has something that this project reads in a way of its own."""
    return any(
        (("required" in one or "properties" in one) and one.get("type") != "object")
        or (one.get("additionalProperties") is False
            and not set(one.get("required", ())) <= set(one.get("properties", ())))
        or ("oneOf" in one and "null" in str(one["oneOf"]))
        or (one.get("type") == "object" and not {*_LISTS, "enum", "const"}.isdisjoint(one))
        for one in _within(schema)
    )  # fmt: skip
