"""Overlays: what they do to a document, and where their values are located."""

from __future__ import annotations

import copy
import json
from pathlib import Path
from typing import Any

import jsonpath_rfc9535
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ringback.source import DocumentError, Limits, Tree, load
from ringback.source.json_places import opened
from ringback.source.jsonpath import find
from ringback.source.library import Library
from ringback.source.overlay import apply_overlays
from ringback.source.places import Places
from ringback.source.text import Text

NAMES = st.sampled_from(["a", "b", "c", "d"])
VALUES = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(0, 3), NAMES),
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(NAMES, inner, max_size=4)),
    max_leaves=12,
)
OBJECTS = st.dictionaries(NAMES, VALUES, max_size=4)


def apply(
    document: Any, *actions: dict[str, Any], version: str = "1.1.0", limits: Limits | None = None
) -> Any:
    """The document after the actions; raises DocumentError."""
    root = copy.deepcopy(document)
    overlay = {"overlay": version, "info": {"title": "t", "version": "1"}, "actions": list(actions)}
    before = copy.deepcopy(overlay)
    texts = [Text("d.json", json.dumps(root), ""), Text("o.json", json.dumps(overlay), "")]
    places = [Places(text, opened(text)) for text in texts]
    held = limits or Limits()
    apply_overlays(root, [overlay], Library(root, texts[0].file, places, None, held), held)
    assert overlay == before
    return root


def fault(
    document: Any, *actions: dict[str, Any], version: str = "1.1.0", limits: Limits | None = None
) -> tuple[str, str]:
    with pytest.raises(DocumentError) as caught:
        apply(document, *actions, version=version, limits=limits)
    (found,) = caught.value.diagnostics
    assert found.location.file == "o.json"
    return found.code, found.location.pointer


@pytest.mark.parametrize(("document", "action", "wanted"), [
    ({"a": {"b": 1}}, {"target": "$.a", "update": {"c": 2}}, {"a": {"b": 1, "c": 2}}),
    ({"a": {"b": [1]}}, {"target": "$.a", "update": {"b": [2]}}, {"a": {"b": [1, 2]}}),
    ({"a": [1]}, {"target": "$.a", "update": [2, 3]}, {"a": [1, 2, 3]}),
    ({"a": [1]}, {"target": "$.a", "update": {"x": 2}}, {"a": [1, {"x": 2}]}),
    ({"a": 1}, {"target": "$.a", "update": None}, {"a": None}),
    ({"a": [{"n": 1}, {"n": 2}]}, {"target": "$.a[*]", "update": {"m": []}}, {"a": [{"n": 1, "m": []}, {"n": 2, "m": []}]}),
    ({"a": [1, 2, 3, 2]}, {"target": "$.a[?@ == 2]", "remove": True}, {"a": [1, 3]}),
    ({"a": {"b": {"c": 1}}}, {"target": "$..*", "remove": True}, {}),
    ({"a": {"b": 1}, "c": {}}, {"target": "$.c", "copy": "$.a"}, {"a": {"b": 1}, "c": {"b": 1}}),
    ({"a": {"b": 1}}, {"target": "$.a", "copy": "$"}, {"a": {"b": 1, "a": {"b": 1}}}),
    ({"a": 1, "b": 2}, {"target": "$['a', 'b', 'a']", "update": 3}, {"a": 3, "b": 3}),
    ({"a": 1}, {"target": "$", "update": {"b": {}}}, {"a": 1, "b": {}}),
    ({"a": 1}, {"target": "$.a", "update": 2, "remove": True}, {}),
])  # fmt: skip
def test_actions(document: Any, action: dict[str, Any], wanted: Any) -> None:
    assert json.dumps(apply(document, action)) == json.dumps(wanted)


@pytest.mark.parametrize(("document", "action", "wanted"), [
    ({"a": 1}, {"target": "$.a", "update": {}}, ("overlay-conflict", "/actions/0/update")),
    ({"a": {"b": 1}}, {"target": "$.a", "update": {"b": [1]}}, ("overlay-conflict", "/actions/0/update/b")),
    ({"a": {"b": {}}}, {"target": "$.a", "update": {"b": [1]}}, ("overlay-conflict", "/actions/0/update/b")),
    ({"a": 1, "b": {}}, {"target": "$.*", "update": {}}, ("overlay-conflict", "/actions/0/target")),
    ({"a": 1}, {"target": "$", "remove": True}, ("overlay-conflict", "/actions/0/target")),
    ({"a": 1}, {"target": "$.b", "remove": True}, ("overlay-no-match", "/actions/0/target")),
    ({"a": 1}, {"target": "$.b[0]", "update": 1}, ("overlay-no-match", "/actions/0/target")),
    ({"a": {}}, {"target": "$.a", "copy": "$.b"}, ("overlay-copy", "/actions/0/copy")),
    ({"a": {}}, {"target": "$.a", "copy": "a"}, ("overlay-path", "/actions/0/copy")),
    ({"a": {}}, {"target": "$.a["}, ("overlay-shape", "/actions/0")),
    ({"a": {}}, {"target": "$.a", "update": {}, "upsert": 1}, ("overlay-shape", "/actions/0/upsert")),
    ({"a": {}}, {"target": "$.a", "update": {}, "copy": "$"}, ("overlay-shape", "/actions/0/copy")),
    ({"a": {}}, {"update": {}}, ("overlay-shape", "/actions/0/target")),
    ({"a": {}}, {"target": "$.a", "remove": "yes", "update": {}}, ("overlay-shape", "/actions/0/remove")),
])  # fmt: skip
def test_faults_stand_in_the_overlay(
    document: Any, action: dict[str, Any], wanted: tuple[str, str]
) -> None:
    if action.get("target") == "$.a[":
        action = {**action, "update": 1}
        wanted = ("overlay-path", "/actions/0/target")
    assert fault(document, action) == wanted


def test_copy_came_with_1_1() -> None:
    assert (
        fault({"a": {}, "b": {}}, {"target": "$.a", "copy": "$.b"}, version="1.0.0")[0]
        == "overlay-shape"
    )


def test_doubling_is_held_to_the_limits() -> None:
    doubling = [{"target": "$.a", "copy": "$"}] * 60
    with pytest.raises(DocumentError) as caught:
        apply({"a": {}}, *doubling, limits=Limits(depth=30))
    assert {found.code for found in caught.value.diagnostics} == {"too-deep"}
    widening = [{"target": "$.a", "copy": "$.a"}] * 40
    with pytest.raises(DocumentError) as caught:
        apply({"a": [1]}, *widening, limits=Limits(nodes=1000))
    assert {found.code for found in caught.value.diagnostics} == {"too-many-nodes"}


def merged(old: Any, new: Any) -> Any:
    """The specification's merge, as briefly as it can be said; KeyError where kinds differ."""
    if isinstance(old, dict) and isinstance(new, dict):
        return {
            **{key: merged(value, new[key]) if key in new else value for key, value in old.items()},
            **{key: value for key, value in new.items() if key not in old},
        }
    if isinstance(old, list) and isinstance(new, list):
        return old + new
    if isinstance(old, (dict, list)) or isinstance(new, (dict, list)):
        raise KeyError
    return new


@settings(deadline=None, max_examples=300)
@given(document=OBJECTS, update=OBJECTS)
def test_update_merges_as_the_specification_says(document: Any, update: Any) -> None:
    action = {"target": "$", "update": update}
    try:
        wanted = merged(document, update)
    except KeyError:
        with pytest.raises(DocumentError):
            apply(document, action)
        return
    assert json.dumps(apply(document, action)) == json.dumps(wanted)


@settings(deadline=None, max_examples=200)
@given(document=OBJECTS, update=OBJECTS, more=OBJECTS)
def test_two_updates_are_the_update_of_both(document: Any, update: Any, more: Any) -> None:
    try:
        wanted = merged(merged(document, update), more)
        assert wanted == merged(document, merged(update, more))
    except KeyError:
        return
    assert (
        apply(document, {"target": "$", "update": update}, {"target": "$", "update": more})
        == wanted
    )


QUERIES = st.sampled_from([
    "$", "$.*", "$..*", "$.a", "$['b']", '$["c"][0]', "$..a", "$.*.b", "$[*][0]", "$..[?@.a]", "$..[?!@.a]",
    "$..[?@.a == 'b']", "$.a[?@ == 'a']", "$..[?@.a != 'b' && @.b]", "$..[?@.a == 1]", "$..[?@.a[0] == 'c' || @.d]",
    "$..[?match(@.a, '[ab]')]", "$.a[-1]", "$.a[0:2]", "$..[?length(@.a) > 1]", "$['a','b','a']", "$[?@.b == $.c]",
    "$..[0]", "$.a.b.c", "$..[?search(@, 'a')]", "$..a..b", "$[?@.a.b == 'c'].a",
])  # fmt: skip


@settings(deadline=None, max_examples=400)
@given(document=OBJECTS, query=QUERIES)
def test_queries_are_answered_as_the_library_answers_them(document: Any, query: str) -> None:
    nodes = jsonpath_rfc9535.find(query, document)
    assert find(document, query) == list(dict.fromkeys(tuple(node.location) for node in nodes))


def located(tmp_path: Path, document: str, *overlays: str) -> Tree:
    (tmp_path / "d.yaml").write_text(document)
    files = []
    for number, actions in enumerate(overlays):
        files.append(tmp_path / f"o{number}.yaml")
        files[-1].write_text(
            f'overlay: 1.1.0\ninfo: {{title: t, version: "1"}}\nactions:\n{actions}'
        )
    return load(tmp_path / "d.yaml", files)


def place(tree: Tree, *path: str | int) -> str:
    location = tree.locate(path)
    return f"{Path(location.file).name}:{location.line}:{location.column}"


def test_values_are_located_where_they_were_written(tmp_path: Path) -> None:
    tree = located(
        tmp_path,
        "a:\n  - one\n  - two\n  - three\nb: {x: 1, y: 2}\nc: {}\n",
        "  - {target: $.a, update: [four]}\n"
        "  - target: $.a[0]\n    remove: true\n"
        "  - target: $.b\n    update:\n      y: 3\n      z: [5, {w: 6}]\n",
        "  - {target: $.c, copy: $.b}\n  - {target: $.b.x, remove: true}\n  - {target: $.b, update: {x: 7}}\n",
    )
    assert tree.root == {
        "a": ["two", "three", "four"],
        "b": {"y": 3, "z": [5, {"w": 6}], "x": 7},
        "c": {"x": 1, "y": 3, "z": [5, {"w": 6}]},
    }
    assert place(tree, "a", 0) == "d.yaml:3:5"
    assert place(tree, "a", 2) == "o0.yaml:4:28"
    assert place(tree, "b", "y") == "o0.yaml:9:10"
    assert place(tree, "b", "z", 1, "w") == "o0.yaml:10:18"
    assert place(tree, "b", "x") == "o1.yaml:6:31"
    assert place(tree, "c", "x") == "d.yaml:5:8"
    assert place(tree, "c", "z", 1) == "o0.yaml:10:14"
    assert tree.locate(("b", "z", 1, "w")).pointer == "/b/z/1/w"


def test_an_overlay_for_another_document_is_a_warning(tmp_path: Path) -> None:
    (tmp_path / "d.yaml").write_text("a: 1\n")
    overlay = 'overlay: 1.0.0\ninfo: {title: t, version: "1"}\nextends: %s\nactions: [{target: $, update: {b: 2}}]\n'
    warned = {}
    for extends in ("d.yaml", "./d.yaml", "e.yaml", "https://example.com/e.yaml"):
        (tmp_path / "o.yaml").write_text(overlay % extends)
        tree = load(tmp_path / "d.yaml", [tmp_path / "o.yaml"])
        warned[extends] = [found.code for found in tree.warnings]
    assert warned == {
        "d.yaml": [],
        "./d.yaml": [],
        "e.yaml": ["overlay-extends"],
        "https://example.com/e.yaml": [],
    }


SPREAD = {
    "api/doc.yaml": "paths: {/a: {$ref: paths/a.yaml}}\nb: {$ref: '#/c'}\nc: {}\n",
    "api/paths/a.yaml": "get:\n  summary: Old\n  schema: {$ref: ../schemas/pet.yaml#/Pet}\n",
    "api/schemas/pet.yaml": "Pet:\n  type: object\nCat: {}\n",
    "api/alone.yaml": "d: 1\n",
}
HEAD = 'overlay: 1.1.0\ninfo: {title: t, version: "1"}\n'


def spread(folder: Path, *overlays: str) -> tuple[str, list[str]]:
    for name, text in SPREAD.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text)
    (folder / "over").mkdir()
    files = [folder / "over" / f"o{number}.yaml" for number in range(len(overlays))]
    for file, text in zip(files, overlays, strict=True):
        file.write_text(HEAD + text)
    return str(folder / "api" / "doc.yaml"), [str(file) for file in files]


def test_an_overlay_changes_the_file_that_it_extends(tmp_path: Path) -> None:
    document, overlays = spread(
        tmp_path,
        "extends: ../api/schemas/pet.yaml\nactions:\n- target: $.Pet\n  update:\n    title: A pet\n- {target: $.Cat, copy: $.Pet}\n",
        "extends: ../api/doc.yaml\nactions: [{target: $, update: {e: 1}}, {target: '$..title', remove: true}]\n",
        "extends: ../api/paths/a.yaml\nactions: [{target: $.get.summary, update: New}]\n",
    )
    with pytest.raises(DocumentError) as caught:
        load(document, overlays)
    (fault,) = caught.value.diagnostics
    assert fault.message == "$..title selects nothing in the document"  # it is in another file
    (tmp_path / "over" / "o1.yaml").write_text(
        HEAD + "actions: [{target: $, update: {e: 1}}, {target: $.c, remove: true}]\n"
    )
    tree = load(document, overlays)
    assert not tree.warnings
    pet, a = tree.library.open("schemas/pet.yaml", ""), tree.library.open("paths/a.yaml", "")
    assert tree.at(pet) == {"Pet": {"type": "object", "title": "A pet"}, "Cat": {"type": "object", "title": "A pet"}}  # fmt: skip
    assert tree.at(a)["get"]["summary"] == "New"
    assert (tree.at(("e",)), "c" in tree.root) == (1, False)
    where = tree.locate((*pet, "Pet", "title"))
    assert (Path(where.file).name, where.line) == ("o0.yaml", 7)
    copied = tree.locate((*pet, "Cat", "type"))
    assert (Path(copied.file).name, copied.line) == ("pet.yaml", 2)
    names = [Path(name).name for name, _ in tree.inputs]
    assert names == ["doc.yaml", "o0.yaml", "o1.yaml", "o2.yaml", "pet.yaml", "a.yaml"]


def test_a_file_that_nothing_refers_to_is_no_part_of_the_document(tmp_path: Path) -> None:
    document, overlays = spread(
        tmp_path, "extends: ../api/alone.yaml\nactions: [{target: $, update: {e: 1}}]\n"
    )
    tree = load(document, overlays)
    assert [one.code for one in tree.warnings] == ["overlay-extends"]
    assert (tree.at(("e",)), len(tree.inputs)) == (1, 2)


def test_a_query_that_comes_to_a_reference_says_so(tmp_path: Path) -> None:
    document, overlays = spread(
        tmp_path,
        "actions:\n"
        "- {target: \"$.paths['/a'].get.summary\", update: New}\n"
        "- {target: '$.paths.*.get', update: {x: 1}}\n"
        "- {target: $.b.d, remove: true}\n"
        "- {target: $.nowhere, remove: true}\n",
    )
    with pytest.raises(DocumentError) as caught:
        load(document, overlays)
    hints = [one.hint for one in caught.value.diagnostics]
    assert hints[0] == hints[1]
    assert "/paths/~1a is a reference to paths/a.yaml" in hints[0]
    assert "`extends: paths/a.yaml`" in hints[0]
    assert "name the place that it leads to" in hints[2]
    assert "mend the target" in hints[3]
