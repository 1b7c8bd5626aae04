"""Writes the pages of the reference that are made of the code: the command line, and the settings.

python docs/site/reference.py           writes docs/reference/cli.md and docs/reference/settings.md
python docs/site/reference.py --check   exits with 1 where one of them is not up to date
"""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Iterator
from pathlib import Path

from ringback import settings
from ringback.arguments import parser
from ringback.settings_words import WORDS
from ringback.source import Limits

FOLDER = Path(__file__).parents[1] / "reference"
MADE = "<!-- Made by docs/site/reference.py of the code: make reference -->\n\n"
CLI_HEAD = """\
# Command line

Every command has `--help`. DOC may be left out where `[tool.ringback]` in pyproject.toml names a document: see
[settings](settings.md). What a command ends with is in [exit status](exit-status.md).
"""
SETTINGS_HEAD = """\
# Settings

Settings stand below `[tool.ringback]` in the nearest pyproject.toml, from the current folder upwards. They describe one document:
another one that is named on the command line gets none of its overlays, output or package. Paths are relative to the file.
A key that is no setting is an error, with line and a guess at what was meant.

```toml
[tool.ringback]
document = "spec/api.yaml"
overlays = ["spec/fixes.overlay.yaml"]
output = "src/voice_api"

[tool.ringback.test]
timeout = 5
```
"""


def pages() -> dict[Path, str]:
    """Each page that is made, and what it has to say."""
    return {FOLDER / "cli.md": cli(), FOLDER / "settings.md": settings_page()}


# -- the command line


def cli() -> str:
    """A section for each command, in the order of `ringback --help`."""
    root = parser()
    (commands,) = (one for one in root._actions if isinstance(one, argparse._SubParsersAction))
    summaries = {one.dest: one.help or "" for one in commands._choices_actions}
    rows = [
        f"| [`ringback {name}`](#ringback-{name}) | {_plain(text)} |"
        for name, text in summaries.items()
    ]
    overview = "\n".join(["| command | |", "| --- | --- |", *rows])
    sections = [_section(name, one) for name, one in commands.choices.items()]
    return MADE + "\n".join([CLI_HEAD, overview, "", *sections])


def _section(name: str, command: argparse.ArgumentParser) -> str:
    parts = [
        f"## ringback {name}\n",
        *_prose(command.description or ""),
        *_prose(command.epilog or ""),
    ]
    rows = [_row(one) for one in command._actions if one.dest != "help"]
    table = ["| argument | |", "| --- | --- |", *rows, ""]
    return "\n".join([*parts, *table])


def _prose(text: str) -> Iterator[str]:
    """A help text as Markdown: what is indented below a line with a colon is code, the rest are paragraphs."""
    for block in re.split(r"\n\s*\n", text.strip("\n")):
        lines = block.splitlines()
        indented = [line for line in lines[1:] if line.startswith("  ")]
        if lines and lines[0].endswith(":") and len(indented) == len(lines) - 1 > 0:
            code = "\n".join(line[2:] for line in indented)
            yield f"{_plain(lines[0][0].upper() + lines[0][1:])}\n\n```text\n{code}\n```\n"
        elif block.strip():
            yield _plain(" ".join(line.strip() for line in lines)) + "\n"


def _row(action: argparse.Action) -> str:
    value = action.metavar if isinstance(action.metavar, str) else None
    if action.choices is not None:
        value = "{" + ",".join(str(one) for one in action.choices) + "}"
    if not action.option_strings:
        shown = value or action.dest
        return f"| `{_cell(shown)}` | {_told(action)} |"
    takes = "" if action.nargs == 0 else f" {value or action.dest.upper().replace('-', '_')}"
    flags = ", ".join(action.option_strings)
    return f"| `{_cell(flags + takes)}` | {_told(action)} |"


def _told(action: argparse.Action) -> str:
    said = (action.help or "").replace("%(default)s", str(action.default)).replace("%%", "%")
    return _plain(said + ("; required" if action.option_strings and action.required else ""))


def _cell(code: str) -> str:
    return code.replace("|", "\\|")


def _plain(text: str) -> str:
    """A text that means itself in Markdown; code in backticks stays code."""
    parts = re.split(r"(`[^`]+`)", text)
    return "".join(
        _cell(part) if part.startswith("`") else re.sub(r"([\\*_\[\]<>|])", r"\\\1", part)
        for part in parts
    )


# -- the settings


def settings_page() -> str:
    """A table for `[tool.ringback]` and one for each table within it."""
    missing = sorted(known() ^ WORDS.keys())
    if missing:
        raise SystemExit(
            f"generator/ringback/settings_words.py and settings.py differ: {', '.join(missing)}"
        )
    tables: dict[str, list[str]] = {}
    for key, (kind, meaning) in WORDS.items():
        table, _, name = key.rpartition(".")
        default = _default(key)
        tables.setdefault(table, []).append(f"| `{name}` | {kind} | {meaning}{default} |")
    parts = []
    for table, rows in tables.items():
        name = ".".join(filter(None, ("tool.ringback", table)))
        head = [f"## [{name}]\n", "| key | holds | meaning |", "| --- | --- | --- |"]
        parts.append("\n".join([*head, *rows, ""]))
    return MADE + "\n".join([SETTINGS_HEAD, *parts])


def known() -> set[str]:
    """The settings that are read, as `settings_words.py` writes them."""
    tables = {key: getattr(settings, f"_{key.upper()}", None) for key in settings._KEYS}
    within = {key: tuple(keys) for key, keys in tables.items() if keys is not None}
    top = {key for key in settings._KEYS if key not in within}
    return top | {f"{table}.{key}" for table, keys in within.items() for key in keys}


def _default(key: str) -> str:
    table, _, name = key.rpartition(".")
    return f" The default is {getattr(Limits(), name):,}." if table == "limits" else ""


def main() -> int:
    """Write the pages, or say which are not up to date."""
    stale = [
        path
        for path, text in pages().items()
        if not path.is_file() or path.read_text("utf-8") != text
    ]
    if "--check" in sys.argv[1:]:
        for path in stale:
            print(f"{path} is not up to date: make reference", file=sys.stderr)
        return 1 if stale else 0
    for path in stale:
        path.parent.mkdir(exist_ok=True)
        path.write_text(pages()[path], encoding="utf-8")
        print(f"{path} written")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
