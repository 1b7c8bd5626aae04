"""Black is asked about a statement once; the cache may be lost, or hold anything."""

from __future__ import annotations

from pathlib import Path

import pytest

from ringback.emit.pieces import Pieces


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    return tmp_path


def run(texts: list[str], settings: str = "black 1", path: str = "models.py") -> list[str]:
    """The statements that black was asked about."""
    asked: list[str] = []

    def black(text: str) -> str:
        asked.append(text)
        return text.upper()

    with Pieces(settings, path, black) as pieces:
        assert [pieces.formatted(one) for one in texts] == [one.upper() for one in texts]
    return asked


def test_what_is_known_is_not_asked_again(home: Path) -> None:
    assert run(["a", "b", "a"]) == ["a", "b"]
    assert run(["a", "c", "b"]) == ["c"]
    assert run(["a", "b", "c"]) == []


def test_another_version_of_black_is_asked_anew(home: Path) -> None:
    run(["a"])
    assert run(["a"], settings="black 2") == ["a"]
    assert run(["a"], path="client.py") == ["a"]


@pytest.mark.parametrize("content", ["", "[1]", '{"a": 1}', "{"])
def test_a_cache_that_holds_something_else_is_written_anew(home: Path, content: str) -> None:
    run(["a"])
    (file,) = home.rglob("*.json")
    file.write_text(content)
    assert run(["a"]) == ["a"]
    assert run(["a"]) == []


def test_a_folder_that_cannot_be_written_is_no_obstacle(home: Path) -> None:
    (home / "ringback").write_text("a file")
    assert run(["a"]) == ["a"]
    assert run(["a"]) == ["a"]


def test_it_does_not_grow_for_ever(home: Path) -> None:
    for number in range(6):
        run([f"{number}" + "x" * 300_000])
    (file,) = home.rglob("*.json")
    assert file.stat().st_size < 3_000_000
    assert run(["5" + "x" * 300_000]) == []
