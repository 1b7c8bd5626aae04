"""Every value is located where its text begins: PyYAML's own marks are the judge, of YAML and of JSON."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ringback.source import load
from ringback.source.json_places import opened, scan_json
from ringback.source.places import Mark, Places
from ringback.source.text import Text

TEXT = st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=8)
PLAIN = st.one_of(st.booleans(), st.integers(), TEXT, st.just("a\nb\n"))
VALUES = st.recursive(
    PLAIN,
    lambda inner: st.one_of(st.lists(inner, max_size=4), st.dictionaries(TEXT, inner, max_size=4)),
    max_leaves=15,
)
DOCUMENTS = st.dictionaries(TEXT, VALUES, max_size=5)


def marks(
    node: yaml.Node, path: tuple[str | int, ...], key: yaml.Node | None
) -> Iterator[tuple[Any, yaml.Node, bool]]:
    """Every path with the node whose start is its place, and with the node of its key."""
    block = isinstance(node, yaml.CollectionNode) and not node.flow_style
    yield path, key if block and key is not None else node, key or node
    if isinstance(node, yaml.MappingNode):
        for inner_key, inner in node.value:
            yield from marks(inner, (*path, inner_key.value), inner_key)
    if isinstance(node, yaml.SequenceNode):
        for index, inner in enumerate(node.value):
            yield from marks(inner, (*path, index), None)


def agree(file: Path) -> None:
    tree = load(file)
    for path, node, key in marks(yaml.compose(file.read_text(encoding="utf-8")), (), None):
        place = tree.locate(path)
        assert (place.line, place.column) == (
            node.start_mark.line + 1,
            node.start_mark.column + 1,
        ), path
        place = tree.locate(path, key=True)
        assert (place.line, place.column) == (
            key.start_mark.line + 1,
            key.start_mark.column + 1,
        ), path


@settings(
    deadline=None, max_examples=200, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(value=DOCUMENTS, flow=st.sampled_from([True, False, None]), width=st.sampled_from([20, 200]))
def test_yaml(value: Any, flow: bool | None, width: int, tmp_path: Path) -> None:
    # \x85, \u2028 and \u2029 end lines for PyYAML's marks and for no editor.
    text = yaml.safe_dump(value, default_flow_style=flow, width=width, allow_unicode=True)
    file = tmp_path / "x.yaml"
    file.write_text(text, encoding="utf-8")
    if not any(sign in text for sign in "\x85\u2028\u2029\ufeff"):
        agree(file)


@settings(
    deadline=None, max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(value=DOCUMENTS, indent=st.sampled_from([None, 2]))
def test_json_is_located_as_the_same_text_in_yaml(
    value: Any, indent: int | None, tmp_path: Path
) -> None:
    text = json.dumps(value, indent=indent)
    if "\\ud" in text.lower() or any(len(line) > 900 for line in text.splitlines()):
        return  # surrogate pairs and long keys are JSON that PyYAML does not read
    file = tmp_path / "x.json"
    file.write_text(text, encoding="utf-8")
    agree(file)


def test_crlf_tabs_and_wide_characters(tmp_path: Path) -> None:
    file = tmp_path / "x.yaml"
    file.write_bytes("a: é😀\r\nb:\r\n- [x,\ty]\r\n".encode())
    tree = load(file)
    assert str(tree.locate(("b", 0, 1))) == f"{file}:3:7"


@pytest.mark.parametrize(("text", "path", "line"), [
    ("a: &x {k: 1}\nb: *x\n", ("b",), 2),
    ("a: &x {k: 1}\nb: *x\n", ("b", "k"), 1),
    ("a: &x {k: 1}\nb:\n  <<: *x\n  l: 2\n", ("b", "k"), 1),
    ("a: &x {k: 1}\nb:\n  <<: *x\n  k: 2\n", ("b", "k"), 4),
    ("a: &x {k: 1}\nb: &y {k: 2}\nc:\n  <<: [*x, *y]\n", ("c", "k"), 1),
])  # fmt: skip
def test_aliases_and_merges(
    text: str, path: tuple[str | int, ...], line: int, tmp_path: Path
) -> None:
    file = tmp_path / "x.yaml"
    file.write_text(text)
    assert load(file).locate(path).line == line
    assert load(file).root == yaml.safe_load(text)


def test_what_is_not_there_is_located_above(tmp_path: Path) -> None:
    file = tmp_path / "x.yaml"
    file.write_text("a:\n  b: 1\n")
    place = load(file).locate(("a", "c", 0))
    assert (place.line, place.pointer) == (1, "/a/c/0")


@settings(deadline=None, max_examples=150)
@given(value=DOCUMENTS, indent=st.sampled_from([None, "\t", 1]), spaced=st.booleans())
def test_json_opened_piece_by_piece_has_the_places_of_a_whole_scan(
    value: Any, indent: str | int | None, spaced: bool
) -> None:
    plain = json.dumps(value, indent=indent, separators=(" ,\r\n", " : ") if spaced else None)
    text = Text("x.json", f" {plain}\n", "")
    agree_inside(scan_json(text), opened(text), value)


def agree_inside(wanted: Mark, found: Mark, value: Any) -> None:
    assert (wanted.offset, wanted.key) == (found.offset, found.key)
    parts = list(value) if isinstance(value, dict) else range(len(value)) if isinstance(value, list) else ()  # fmt: skip
    for absent in ("\0", -1, 1 << 30):
        assert found.child(absent) is None or absent in parts
    for part in parts:
        inner, same = wanted.child(part), found.child(part)
        assert inner and same
        agree_inside(inner, same, value[part])


def test_what_is_nested_too_deeply_for_the_decoder_is_passed_over() -> None:
    levels = 100_000
    text = Text("x.json", f'{{"a": {"[" * levels}"]"{"]" * levels} , "b": [1, {{"c": 2}}]}}', "")
    place = Places(text, opened(text)).locate(("b", 1, "c"))
    assert text.content[place.column - 1 :] == "2}]}"
