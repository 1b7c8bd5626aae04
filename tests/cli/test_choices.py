"""`[tool.ringback.paging]` and `[tool.ringback.formats]`: what they are refused for, and where."""

from __future__ import annotations

from pathlib import Path

import pytest

from ringback.cli import main

DOCUMENT = """\
openapi: 3.1.0
info: {title: Things, version: "1"}
paths:
  /things:
    get:
      operationId: listThings
      tags: [things]
      parameters: [{name: page, in: query, schema: {type: integer}}]
      responses:
        "200":
          description: Some.
          content: {application/json: {schema: {type: array, items: {type: integer}}}}
"""
HEAD = '[tool.ringback]\ndocument = "api.yaml"\noutput = "things"\n'


def _run(folder: Path, monkeypatch: pytest.MonkeyPatch, settings: str, *command: str) -> int:
    (folder / "api.yaml").write_text(DOCUMENT, encoding="utf-8")
    (folder / "pyproject.toml").write_text(HEAD + settings, encoding="utf-8")
    monkeypatch.chdir(folder)
    return main(list(command or ("generate",)))


@pytest.mark.parametrize(
    ("settings", "told"),
    [
        ('[tool.ringback.paging."listThings"]\nkind = "pages"', ":4:1: error: paging of listThings: the kind is 'pages'"),
        ("[tool.ringback.paging]\nlistThings = true", ":5:1: error: paging of listThings: it is True; it is false, or"),
        ('paging.listThings = {kind = "page"}', "error: paging of listThings: the kind 'page' needs parameter"),
        ('[tool.ringback.paging]\n"GET /thing" = false', ":5:1: error: paging: there is no operation 'GET /thing'"),
        ('[tool.ringback.paging.listThings]\nkind = "page"\nparamter = "page"', "did you mean parameter?"),
        ('[tool.ringback.formats]\nmoney = "money:"', ":5:1: error: formats of money"),
        ('[tool.ringback.formats]\nmoney = "decimel"', ":5:1: error: formats of money: there is no format 'decimel'"),
        ('[tool.ringback.formats]\nmoney = {decode = "a:b"}', "there is no type"),
        ('[tool.ringback.formats]\nmoney = {type = "import os:x"}', "it is named as module:name"),
        ('[tool.ringback.formats]\nmoney = "class:Money"', "it is named as module:name"),
    ],
)  # fmt: skip
def test_a_wrong_choice_is_told_with_its_place(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], settings: str, told: str
) -> None:  # fmt: skip
    assert _run(tmp_path, monkeypatch, settings) == 2
    error = capsys.readouterr().err
    assert error.startswith("pyproject.toml:")
    assert told in error
    assert not (tmp_path / "things").exists()


def test_a_changed_choice_generates_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert _run(tmp_path, monkeypatch, "") == 0
    client = tmp_path / "things" / "client.py"
    assert "Pager[int, " in client.read_text("utf-8")
    assert _run(tmp_path, monkeypatch, "[tool.ringback.paging]\nlistThings = false\n") == 0
    assert "Pager[" not in client.read_text("utf-8")


def test_explain_says_what_was_decided(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    _run(tmp_path, monkeypatch, "", "explain", "client.things.list")
    assert "and the parameter page counts pages from 1" in capsys.readouterr().out
    off = "[tool.ringback.paging]\nlistThings = false\n"
    _run(tmp_path, monkeypatch, off, "explain", "client.things.list")
    assert "no paging: pyproject.toml:5:1 says so" in capsys.readouterr().out
