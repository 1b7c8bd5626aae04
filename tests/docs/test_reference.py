"""The reference says what the code does: commands, settings, files and exit statuses are all there."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest
from tests.docs.site import reference

from ringback.arguments import parser
from ringback.emit.artifacts import ARTIFACTS, STANDALONE

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / "docs" / "reference"


@pytest.mark.parametrize("name", ["cli.md", "settings.md"])
def test_a_page_that_is_made_is_as_the_code_is(name: str) -> None:
    page = FOLDER / name
    assert page.read_text("utf-8") == reference().pages()[page], "run: make reference"


def test_the_script_says_which_page_is_not_up_to_date(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    module = reference()
    monkeypatch.setattr(module, "FOLDER", tmp_path / "reference")
    monkeypatch.setattr(sys, "argv", ["reference.py", "--check"])
    assert module.main() == 1
    assert "cli.md is not up to date: make reference" in capsys.readouterr().err
    monkeypatch.setattr(sys, "argv", ["reference.py"])
    assert module.main() == 0
    assert (tmp_path / "reference" / "cli.md").read_text("utf-8") == module.cli()
    monkeypatch.setattr(sys, "argv", ["reference.py", "--check"])
    assert module.main() == 0


def test_a_setting_without_words_is_missed(monkeypatch: pytest.MonkeyPatch) -> None:
    module = reference()
    monkeypatch.setattr(module.settings, "_KEYS", (*module.settings._KEYS, "colour"))
    with pytest.raises(SystemExit, match="differ: colour"):
        module.settings_page()


def test_every_argument_of_every_command_is_there() -> None:
    page = (FOLDER / "cli.md").read_text("utf-8")
    root = parser()
    (commands,) = (one.choices for one in root._actions if one.dest == "command")
    assert commands is not None
    for name, command in dict(commands).items():
        section = page.split(f"\n## ringback {name}\n")[1].split("\n## ")[0]
        for flag in re.findall(r"--[a-z][a-z-]+", command.format_usage()):
            assert flag in section, f"{name} {flag}"


def test_every_file_that_is_printed_is_named() -> None:
    text = (FOLDER / "files.md").read_text("utf-8")
    named = set(re.findall(r"`([\w./-]+\.(?:py|toml|md|typed|json))`", text))
    printed = {one.path for one in (*ARTIFACTS, *STANDALONE)}
    assert named == printed | {".ringback.json", ".ringback-names.json"}


def test_every_exit_status_is_there() -> None:
    text = (FOLDER / "exit-status.md").read_text("utf-8")
    said = set(re.findall(r"^\| (\d+) \|", text, re.MULTILINE))
    helped = set(re.findall(r"^  (\d+)  ", parser().epilog or "", re.MULTILINE))
    assert helped <= said
    done = subprocess.run([sys.executable, "-m", "ringback", "nothing"], capture_output=True)
    assert done.returncode == 2
