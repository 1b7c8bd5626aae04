"""A vocabulary file: what it becomes, and what is said of one that is wrong."""

from __future__ import annotations

import importlib
from pathlib import Path
from typing import Any

import black
import pytest

from ringback import vocabulary
from ringback.cli import main
from ringback.source import DocumentError
from ringback.vocabulary import Choice, Flag, Several, Text, Whole

HERE = Path(__file__).parent
MENU = """\
vocabulary: "1.0"
info: {title: Menus, version: "1"}
module: menus
root: Menu
types:
  price: {type: integer, minimum: 1, maximum: 99, also: [free], default: "5"}
groups:
  named:
    name: {type: text}
    size: {type: text, values: [small, large]}
elements:
  Menu:
    description: What there is
    children: [Dish, Menu]
  Dish:
    text: mixed
    include: [named]
    attributes:
      price: {is: price, description: How much.}
      size: {type: list, items: integer}
      hot: {type: boolean}
      from: {type: text, pattern: '[a-z]+', wanted: small letters, deprecated: true}
    children: [b]
  b: {text: true}
"""
DOCUMENT = "openapi: 3.0.3\ninfo: {title: Menus, version: '1'}\npaths: {}\n"


def written(folder: Path, text: str = MENU) -> Path:
    """A folder with a document, its settings and a vocabulary."""
    (folder / "api.yaml").write_text(DOCUMENT)
    (folder / "menus.yaml").write_text(text)
    (folder / "pyproject.toml").write_text(
        '[tool.ringback]\ndocument = "api.yaml"\noutput = "out/menu_api"\nvocabulary = "menus.yaml"\n'
    )
    return folder / "menus.yaml"


def test_groups_and_types_stand_where_they_are_used(tmp_path: Path) -> None:
    read = vocabulary.read(written(tmp_path))
    assert (read.root, read.module, list(read.words)) == ("Menu", "menus", ["Menu", "Dish", "b"])
    dish = read.words["Dish"]
    assert {one.name: one.rule for one in dish.attributes} == {
        "name": Text(),
        "size": Several((), True),
        "price": Whole(1, 99, ("free",)),
        "hot": Flag(),
        "from": Text("[a-z]+", "small letters"),
    }
    assert dish.attributes[2].default == "5" and dish.attributes[2].description == "How much."
    assert (dish.mixed, dish.text, read.words["b"].mixed) == (True, True, False)
    assert Choice(("small", "large")) not in {one.rule for one in dish.attributes}


def test_everything_that_is_wrong_is_told_with_its_place() -> None:
    with pytest.raises(DocumentError) as caught:
        vocabulary.read(HERE / "faulty.yaml")
    told = [
        f"{one.location.line}:{one.location.column}: {one.message}"
        + (f" ({one.hint})" if one.hint else "")
        for one in caught.value.diagnostics
    ]
    assert {one.code for one in caught.value.diagnostics} == {"vocabulary-shape"}
    assert "\n".join(told) + "\n" == (HERE / "faulty.txt").read_text("utf-8")


@pytest.mark.parametrize(
    "text",
    ["[]", "{}", "vocabulary: [1]\nroot: [a]\nelements: {a: {children: {}, include: 3}}"]
    + [
        f"elements: {{a: {{attributes: {{b: {one}}}}}}}" for one in ("[]", "{is: []}", "{type: {}}")
    ],
)
def test_anything_else_is_no_vocabulary(text: str, tmp_path: Path) -> None:
    with pytest.raises(DocumentError):
        vocabulary.read(written(tmp_path, text))


def test_a_builder_is_printed_beside_the_bindings(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    written(tmp_path)
    monkeypatch.chdir(tmp_path)
    assert main(["validate"]) == 0
    assert main(["generate"]) == 0
    monkeypatch.syspath_prepend(str(tmp_path / "out"))
    from menu_api import menus  # type: ignore[import-not-found]

    menu = menus.Menu(menus.Dish("Soup ", menus.B("of the day"), price="free", from_="here"))
    menu.menu().dish("Bread", size=[1, 2], hot=True)
    assert menus.parse(str(menu)) == menu
    assert str(menu).endswith(
        '<Menu><Dish price="free" from="here">Soup <b>of the day</b></Dish>'
        '<Menu><Dish size="1 2" hot="true">Bread</Dish></Menu></Menu>'
    )
    with pytest.raises(menus.MarkupError, match="price of <Dish> is 100"):
        menus.Dish(price=100)
    assert not hasattr(menu, "inline")
    capsys.readouterr()
    assert main(["generate"]) == 0
    assert "0 written, 0 removed" in capsys.readouterr().out
    (tmp_path / "menus.yaml").write_text(MENU.replace("maximum: 99", "maximum: 100"))
    assert main(["generate", "--check"]) == 1
    assert main(["generate"]) == 0
    assert "1 written, 0 removed" in capsys.readouterr().out
    (tmp_path / "pyproject.toml").write_text("[tool.ringback]\n")
    assert main(["generate", "api.yaml", "--output", "out/menu_api"]) == 0
    assert not (tmp_path / "out" / "menu_api" / "menus.py").exists()


def test_any_words_become_python(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = written(tmp_path, (HERE / "odd.yaml").read_text("utf-8")).parent
    monkeypatch.chdir(folder)
    assert main(["generate"]) == 0
    text = (folder / "out" / "menu_api" / "odd.py").read_text("utf-8")
    mode = black.Mode(target_versions={black.mode.TargetVersion.PY311}, line_length=100)
    assert black.format_str(text, mode=mode) == text
    monkeypatch.syspath_prepend(str(tmp_path / "out"))
    odd: Any = importlib.import_module("menu_api.odd")
    root = odd.AB()
    root.a_b().a_b_2("one", content_2="1", self_2="2", x_y="3", x_y_2="4")
    root.class_(for_='"""')
    root.none(a="}}", b="{{")
    root.any(odd.List("two", type=["x", "y"], set="GET"))
    root.append(odd.Other_2(p="\"'\\"), odd.Other("new"))
    assert odd.parse(str(root), lenient=True) == root
    with pytest.raises(odd.MarkupError, match="takes 99"):
        root.inline()


def test_the_exit_status_says_what_is_at_fault(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    written(tmp_path, MENU.replace("[Dish, Menu]", "[Dish, Drink]"))
    for command in (["generate"], ["validate"]):
        assert main(command) == 1
        told = capsys.readouterr()
        assert "menus.yaml:14:22: error: there is no element 'Drink'" in told.out + told.err
    assert not (tmp_path / "out").exists()
    written(tmp_path, MENU.replace("module: menus", "module: client"))
    assert main(["generate"]) == 2
    assert (
        "module is 'client', and the package has a module of that name" in capsys.readouterr().err
    )
    assert main(["generate", "--vocabulary", "nowhere.yaml"]) == 1
    assert "nowhere.yaml:1:1: error:" in capsys.readouterr().err
