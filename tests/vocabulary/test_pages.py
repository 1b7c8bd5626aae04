"""What docs/vocabularies.md and docs/twiml.md show is done as they show it."""

from __future__ import annotations

import importlib
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from ringback.cli import main

DOCS = Path(__file__).parents[2] / "docs"


def blocks(page: str, language: str) -> list[str]:
    """The code blocks of a page."""
    text = (DOCS / page).read_text("utf-8")
    return re.findall(rf"^```{language}\n(.*?)^```", text, re.MULTILINE | re.DOTALL)


def shown(folder: Path, monkeypatch: pytest.MonkeyPatch, code: str) -> dict[str, Any]:
    """What the code of a page defines."""
    (folder / "shown.py").write_text(code)
    monkeypatch.syspath_prepend(str(folder))
    return vars(importlib.import_module("shown"))


def test_the_page_of_vocabularies(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "api.yaml").write_text(
        "openapi: 3.0.3\ninfo: {title: M, version: '1'}\npaths: {}\n"
    )
    (file,) = blocks("vocabularies.md", "yaml")
    (tmp_path / "menus.yaml").write_text(file)
    monkeypatch.chdir(tmp_path)
    command = ["generate", "api.yaml", "--output", "src/menu_api", "--vocabulary", "menus.yaml"]
    assert " ".join(["ringback", *command]) in (DOCS / "vocabularies.md").read_text("utf-8")
    assert main(command) == 0
    monkeypatch.syspath_prepend(str(tmp_path / "src"))
    (code,) = blocks("vocabularies.md", "python")
    found = shown(tmp_path, monkeypatch, code)
    menu = found["menu"]
    assert str(menu).startswith('<?xml version="1.0" encoding="UTF-8"?><Menu><Dish price="4" ')
    assert found["parse"](str(menu)) == menu
    told = "<Menu> may not stand in <Dish>, which holds <b>"
    assert " ".join(f"*{told}*".split()) in " ".join(
        (DOCS / "vocabularies.md").read_text("utf-8").split()
    )
    with pytest.raises(found["MarkupError"], match=told):
        menu.dish().append(menu)
    menu.dish().extra("spicy", "very")


def test_the_page_of_twiml(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    found = shown(tmp_path, monkeypatch, "\n".join(blocks("twiml.md", "python")))
    found["test_the_menu_waits_for_one_key"]()
    assert [found["parse"](found["gathered"](key)).content[0].tag for key in "1234"] == [
        "Dial",
        "Enqueue",
        "Record",
        "Dial",
    ]
    text = (DOCS / "twiml.md").read_text("utf-8")
    response: Any = found["Response"]()
    wrongs: list[Callable[[], Any]] = [
        lambda: response.gather().append(response.dial().number("+1")),
        lambda: response.dial().conference("lobby", beep="never"),
    ]
    for wrong in wrongs:
        with pytest.raises(ValueError) as caught:
            wrong()
        assert f"    {caught.value}\n" in text
