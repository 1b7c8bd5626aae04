"""What a file says, and what is said of files that cannot be read."""

from __future__ import annotations

import json
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from ringback.source import DocumentError, Limits, load, yaml_reader


def read(
    tmp_path: Path, content: str | bytes, name: str = "x.yaml", limits: Limits | None = None
) -> Any:
    file = tmp_path / name
    file.write_bytes(content if isinstance(content, bytes) else content.encode())
    return load(file, limits=limits).root


def codes(
    tmp_path: Path, content: str | bytes, name: str = "x.yaml", limits: Limits | None = None
) -> list[str]:
    with pytest.raises(DocumentError) as caught:
        read(tmp_path, content, name, limits)
    return [found.code for found in caught.value.diagnostics]


@pytest.mark.parametrize(("text", "value"), [
    ("yes", "yes"), ("on", "on"), ("=", "="), ("1:30", "1:30"), ("2024-01-01", "2024-01-01"), ("007", "007"),
    ("+15551234", "+15551234"), ("1_000", "1_000"), ("0x1F", 31), ("0o17", 15), ("1e3", 1000.0), ("-0", 0),
    ("1.10", 1.1), (".5", 0.5), ("~", None), ("", None), ("Null", None), ("TRUE", True), ("[1]", [1]), ("'1'", "1"),
    ("!!str 1", "1"), ("!!int '3'", 3), ("! 1", "1"), ("18446744073709551616", 18446744073709551616),
])  # fmt: skip
def test_plain_scalars_are_read_as_json_could_have_them(
    text: str, value: Any, tmp_path: Path
) -> None:
    assert json.dumps(read(tmp_path, f"a: {text}\n")["a"]) == json.dumps(value)


def test_numbers_as_keys_are_text_and_keep_their_order(tmp_path: Path) -> None:
    assert list(read(tmp_path, "200: a\n4XX: b\n1.5: c\n2024-01-01: d\n")) == [
        "200",
        "4XX",
        "1.5",
        "2024-01-01",
    ]


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32"])
@pytest.mark.parametrize("text", ['{"a": "é"}', "a: é\n"])
def test_encodings(encoding: str, text: str, tmp_path: Path) -> None:
    assert read(tmp_path, text.encode(encoding)) == {"a": "é"}


@pytest.mark.parametrize(("text", "code"), [
    ("a: 1\na: 2\n", "duplicate-key"), ('{"a": 1, "a": 2}', "duplicate-key"), ("? [a]\n: 1\n", "odd-key"),
    ("null: 1\n", "odd-key"), ("a:\n  <<: 1\n", "odd-key"), ("!!python/object/apply:os.system [x]\n", "unknown-tag"),
    ("a: !!timestamp 2024-01-01\n", "unknown-tag"), ("a: !!int x\n", "unknown-tag"), ("a: &x [*x]\n", "undefined-alias"),
    ("a: .nan\n", "not-json"), ("a: 1e999\n", "not-json"), ('{"a": 1e999}', "not-json"), ('{"a": NaN}', "not-json"),
    ("a: " + "9" * 5000, "not-json"), ('{"a": ' + "9" * 5000 + "}", "not-json"), ("a: [\n", "yaml-syntax"),
    ('{"a": "\\ud800"}', "invalid-character"), ("a: \x00\n", "invalid-character"), ("", "empty-document"),
    ("\xff".encode("latin-1"), "invalid-encoding"), ("a: 1\n---\nb: 2\n", "several-documents"),
    ("[" * 10_000, "too-deep"), ('{"a":' * 3_000 + "1" + "}" * 3_000, "too-deep"),
])  # fmt: skip
def test_faults(text: str | bytes, code: str, tmp_path: Path) -> None:
    assert codes(tmp_path, text) == [code]


def test_all_faults_of_a_text_are_found(tmp_path: Path) -> None:
    assert codes(tmp_path, "a: .inf\nb: !x 1\nb: *c\n") == [
        "not-json",
        "unknown-tag",
        "duplicate-key",
        "undefined-alias",
    ]


@pytest.mark.parametrize("name", ["missing.yaml", "."])
def test_files_that_are_none(name: str, tmp_path: Path) -> None:
    with pytest.raises(DocumentError) as caught:
        load(tmp_path / name)
    assert [found.code for found in caught.value.diagnostics] == ["unreadable-file"]


@pytest.mark.parametrize(("limits", "text", "code"), [
    (Limits(bytes=10), "a: 12345678", "too-many-bytes"),
    (Limits(depth=3), "[[[[]]]]", "too-deep"),
    (Limits(depth=3), "a: &x [[]]\nb: [*x]\n", "too-deep"),
    (Limits(nodes=5), "[1, 2, 3, 4, 5]", "too-many-nodes"),
    (Limits(nodes=9), "a: &x [1, 2, 3]\nb: *x\nc: *x\n", "too-many-nodes"),
])  # fmt: skip
@pytest.mark.parametrize("name", ["x.yaml", "x.json"])
def test_every_limit_names_its_setting(
    limits: Limits, text: str, code: str, name: str, tmp_path: Path
) -> None:
    file = tmp_path / name
    file.write_text(text)
    with pytest.raises(DocumentError) as caught:
        load(file, limits=limits)
    (found,) = caught.value.diagnostics
    assert found.code == code
    assert "[tool.ringback.limits] " in found.hint


def test_what_just_fits_is_read(tmp_path: Path) -> None:
    assert read(tmp_path, "[[[]]]", limits=Limits(depth=3, nodes=3, bytes=6)) == [[[]]]


def test_a_bomb_of_aliases_is_stopped_before_it_fills_the_memory(tmp_path: Path) -> None:
    names = "abcdefghijklmnop"
    lines = [f"{b}: &{b} [{', '.join(['*' + a] * 9)}]" for a, b in pairwise(names)]
    assert codes(tmp_path, "\n".join(["a: &a [1]", *lines])) == ["too-many-nodes"]


def test_aliases_are_copies(tmp_path: Path) -> None:
    root = read(tmp_path, "a: &x {k: [1]}\nb: *x\n")
    assert root["a"] == root["b"]
    assert root["a"] is not root["b"]
    assert root["a"]["k"] is not root["b"]["k"]


def test_without_libyaml_the_same_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    text = "a: &x {k: [1, yes]}\nb: *x\nc: |\n  text\n"
    fast = read(tmp_path, text)
    monkeypatch.setattr(
        yaml_reader, "event_source", lambda content: yaml_reader._PurePython(content).get_event
    )
    assert read(tmp_path, text) == fast


def test_every_file_read_is_named_with_its_hash(tmp_path: Path) -> None:
    read(tmp_path, "a: 1\n")
    (tmp_path / "o.yaml").write_text(
        'overlay: 1.0.0\ninfo: {title: t, version: "1"}\nactions: [{target: $, update: {b: 2}}]\n'
    )
    tree = load(tmp_path / "x.yaml", [tmp_path / "o.yaml"])
    assert [Path(name).name for name, _ in tree.inputs] == ["x.yaml", "o.yaml"]
    assert all(len(digest) == 64 for _, digest in tree.inputs)
