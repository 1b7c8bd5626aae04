"""What holds for any two documents: nothing changes between equals, what is added one way is removed the other, and no
schema that takes less than before is called safe. jsonschema-rs says what a schema takes."""

from __future__ import annotations

import itertools
import json
import tempfile
from collections import Counter
from pathlib import Path
from typing import Any, Final

import jsonschema_rs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ringback import openapi, source
from ringback.diff import Change, Rating, compare, compare_python
from ringback.openapi import Document
from tests.plan.public_names import shuffled

CORPUS = Path(__file__).parents[2] / "corpus" / "documents"
SMALL = [one for one in sorted(CORPUS.glob("*.yaml")) if one.stat().st_size < 60_000]

# -- schemas that are drawn, and values to try on them

_TEXTS: Final = ("", "a", "b", "abc", "abcdef")
_NUMBERS: Final = (0, 1, 2, 5, 1.5, -3)


def _maybe(name: str, values: st.SearchStrategy[Any]) -> st.SearchStrategy[dict[str, Any]]:
    return st.one_of(st.just({}), values.map(lambda value: {name: value}))


def _merged(*parts: st.SearchStrategy[dict[str, Any]]) -> st.SearchStrategy[dict[str, Any]]:
    return st.tuples(*parts).map(lambda found: {k: v for one in found for k, v in one.items()})


_small = st.integers(0, 4)
_strings = _merged(
    st.sampled_from([{"type": "string"}, {"type": ["string", "null"]}]),
    _maybe("minLength", _small),
    _maybe("maxLength", _small.map(lambda number: number + 3)),
    _maybe("pattern", st.sampled_from(["^a", "c$"])),
)
_enums = st.lists(st.sampled_from(_TEXTS), min_size=1, max_size=3, unique=True).map(
    lambda texts: {"type": "string", "enum": texts}
)
_numbers = _merged(
    st.sampled_from(
        [
            {"type": "integer"},
            {"type": "number"},
            {"type": ["integer", "string"]},
            {"type": "boolean"},
        ]
    ),
    _maybe("minimum", st.integers(-3, 2)),
    _maybe("maximum", st.integers(1, 5)),
    _maybe("exclusiveMinimum", st.integers(-3, 2)),
)
_plain = st.one_of(_strings, _enums, _numbers, st.just({}), st.just({"const": "a"}))


def _objects(inner: st.SearchStrategy[Any]) -> st.SearchStrategy[dict[str, Any]]:
    names = st.lists(st.sampled_from(["x", "y"]), max_size=2, unique=True)
    return _merged(
        st.just({"type": "object"}),
        _maybe("properties", st.dictionaries(st.sampled_from(["x", "y"]), inner, max_size=2)),
        _maybe("required", names),
        _maybe("additionalProperties", st.one_of(st.booleans(), inner)),
    )


def _lists(inner: st.SearchStrategy[Any]) -> st.SearchStrategy[dict[str, Any]]:
    return _merged(
        inner.map(lambda items: {"type": "array", "items": items}),
        _maybe("minItems", st.integers(0, 2)),
        _maybe("maxItems", st.integers(1, 3)),
        _maybe("uniqueItems", st.booleans()),
    )


def _unions(inner: st.SearchStrategy[Any]) -> st.SearchStrategy[dict[str, Any]]:
    """Unions and conjunctions; the alternatives of `oneOf` may overlap."""
    some = st.lists(inner, min_size=1, max_size=3)
    return st.one_of(
        some.map(lambda members: {"anyOf": members}),
        some.map(lambda members: {"allOf": members}),
        some.map(lambda members: {"oneOf": members}),
        inner.map(lambda member: {"not": member}),
    )


SCHEMAS = st.recursive(
    _plain, lambda inner: st.one_of(_objects(inner), _lists(inner), _unions(inner)), max_leaves=4
)


def _pool() -> list[Any]:
    """Values at the edges of what the schemas above can ask for."""
    scalars = [None, True, *_NUMBERS, *_TEXTS, "aaaaaaaa"]
    some = [None, True, 0, 5, 1.5, "", "a", "abcdef", {"x": "a"}, [1]]
    lists = [[], *([one] for one in scalars), ["a", "a"], [1, 2], ["a", "b", "abc"], [1, 1, 1, 1]]
    pairs = [{"x": one, "y": two} for one, two in itertools.product(some, some)]
    objects = [{}, *({"x": one} for one in scalars), *({"y": one} for one in scalars), *pairs]
    nested = [{"x": one} for one in (*lists, *objects[:8])]
    return [*scalars, *lists, *objects, {"z": 1}, {"x": "a", "z": "b"}, *nested]


POOL: Final = _pool()


def accepts(schema: Any) -> list[bool]:
    judge = jsonschema_rs.validator_for(schema, validate_formats=False)
    return [judge.is_valid(one) for one in POOL]


def _read(folder: Path, name: str, raw: Any) -> Document:
    path = folder / f"{name}.json"
    path.write_text(json.dumps(raw), encoding="utf-8")
    return openapi.parse(source.load(path), second=False)[0]


def _document(schema: Any, direction: str) -> Any:
    content = {"content": {"application/json": {"schema": schema}}}
    operation: dict[str, Any] = {"operationId": "send", "responses": {"200": {"description": "."}}}
    if direction == "request":
        operation["requestBody"] = {"required": True, **content}
    else:
        operation["responses"]["200"] |= content
    head = {"openapi": "3.1.0", "info": {"title": "A", "version": "1"}}
    return {**head, "paths": {"/a": {"post": operation}}}


def pair(old: Any, new: Any, direction: str = "request") -> tuple[Document, Document]:
    with tempfile.TemporaryDirectory() as folder:
        before = _read(Path(folder), "old", _document(old, direction))
        return before, _read(Path(folder), "new", _document(new, direction))


def _graver_than_safe(changes: list[Change], audience: str) -> bool:
    """Whether somebody is warned. What no document named before does not count as said: a client that sent it anyway may
    be refused when it gets a meaning, and the rule of the new property tells the other side."""
    unnamed = {
        "callers": "request-optional-property-added",
        "servers": "request-optional-property-removed",
    }
    return any(
        getattr(one, audience) is not Rating.SAFE or one.code == unnamed[audience]
        for one in changes
    )


# -- the properties


@given(SCHEMAS, SCHEMAS)
@settings(max_examples=200, deadline=None, derandomize=True)
def test_a_request_that_is_refused_now_is_never_safe(old: Any, new: Any) -> None:
    before, after = accepts(old), accepts(new)
    changes = compare(*pair(old, new))
    refused = [one for one, was, is_ in zip(POOL, before, after, strict=True) if was and not is_]
    if refused:
        assert _graver_than_safe(changes, "callers"), f"refused now: {refused[:3]}: {old} -> {new}"
    taken = [one for one, was, is_ in zip(POOL, before, after, strict=True) if is_ and not was]
    if taken:
        assert _graver_than_safe(
            changes, "servers"
        ), f"an old server refuses: {taken[:3]}: {old} -> {new}"


@given(SCHEMAS)
@settings(max_examples=60, deadline=None, derandomize=True)
def test_nothing_changes_between_a_schema_and_itself(schema: Any) -> None:
    for direction in ("request", "response"):
        old, new = pair(schema, json.loads(json.dumps(schema, sort_keys=True)), direction)
        assert compare(old, new) == []
        assert compare_python(old, new) == []


@given(SCHEMAS, SCHEMAS)
@settings(max_examples=120, deadline=None, derandomize=True)
def test_what_is_added_one_way_is_removed_the_other(old: Any, new: Any) -> None:
    before, after = pair(old, new)
    there = [*compare(before, after), *compare_python(before, after, fresh=True)]
    back = [*compare(after, before), *compare_python(after, before, fresh=True)]
    assert _mirrored(there, "added") == _mirrored(back, "removed"), f"{old} -> {new}"


MIRRORED = (
    "python-type-", "python-argument-", "python-operation-", "python-webhook-", "operation-",
    "request-optional-property-", "request-required-property-",
    "request-optional-body-", "response-optional-property-", "response-media-type-",
)  # fmt: skip


def _mirrored(changes: list[Change], way: str) -> Counter[tuple[str, str]]:
    """Subjects that have come or gone, by the beginning of their code."""
    return Counter(
        (beginning, one.subject)
        for one in changes
        for beginning in MIRRORED
        if one.code == f"{beginning}{way}"
    )


@pytest.mark.parametrize("file", SMALL, ids=lambda file: str(file.stem))
def test_an_order_is_no_change(file: Path, tmp_path: Path) -> None:
    raw = source.load(file).root
    old = _read(tmp_path, "old", raw)
    for seed in (1, 2):
        new = _read(tmp_path, f"new{seed}", shuffled(raw, seed))
        assert compare(old, new) == []
        found = compare_python(old, new)
        # Credentials are given by position, in the order of the document's security schemes: that is a change.
        assert {one.code for one in found} <= {"python-credential-moved"}
