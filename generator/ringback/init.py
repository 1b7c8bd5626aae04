"""`ringback init`: settings for a project that has none, by asking or by options, without touching what is there.

The table is added at the end of pyproject.toml, where a table may always stand, and the result is read again before it is
written: whatever else is in the file stays as it was, byte for byte. Other files are written only where they are missing.
"""

from __future__ import annotations

import argparse
import json
import keyword
import os
import re
import sys
import tomllib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from ringback.outputs import write_whole
from ringback.usage import UsageError, package_fault

_SKIPPED: Final = frozenset(
    {"node_modules", "venv", "env", "build", "dist", "site-packages", "__pycache__"}
)
_SUFFIXES: Final = frozenset({".yaml", ".yml", ".json"})
_DEPTH: Final = 4
_MOST: Final = 5_000  # files that are looked at
_HEAD: Final = 1 << 16  # characters of a file that say what it is
_OPENAPI: Final = re.compile(r"""^\s*\{?\s*["']?openapi["']?\s*:\s*["']?3\.""", re.MULTILINE)
_OVERLAY: Final = re.compile(r"""^\s*\{?\s*["']?overlay["']?\s*:\s*["']?1\.""", re.MULTILINE)

PRE_COMMIT: Final = """\
repos:
  - repo: local
    hooks:
      - id: ringback
        name: the bindings are what the document says
        entry: ringback generate --check
        language: system
        pass_filenames: false
        files: {files}
"""
GITHUB: Final = """\
name: bindings

on:
  pull_request:
  push:
    branches: [main]

permissions:
  contents: read

jobs:
  bindings:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v4
      - uses: actions/setup-python@v5
        with:
          python-version: "3.13"
      - run: pip install ringback
      - run: ringback validate --format github
      - run: ringback generate --check --format github
"""


class Unanswered(UsageError):
    """Nothing can be written: the message says what is missing or in the way."""


@dataclass(frozen=True, slots=True)
class Answers:
    """What the settings will say; paths as they are written into pyproject.toml."""

    document: str
    overlays: tuple[str, ...]
    output: str
    package: str
    standalone: bool
    pre_commit: bool
    github: bool


Ask = Callable[[str, str], str]
"""Asks a question with an answer that is taken where none is given."""


def init(options: argparse.Namespace, folder: Path, ask: Ask | None) -> tuple[str, ...]:
    """Write the settings into a folder; gives what was done, a sentence each. Raises Unanswered and DocumentError.

    Without `ask` nothing is asked.
    """
    file = folder / "pyproject.toml"
    before = _read(file)
    answers = _answers(options, folder, ask)
    after = _with_settings(file, before, answers)
    findings = _judged(folder, answers)
    write_whole(str(file), after)
    told = [f"{file.name}: {'written' if before is None else '[tool.ringback] added'}"]
    if answers.pre_commit:
        paths = [answers.document, *answers.overlays, answers.output]
        files = "|".join(re.escape(path) for path in dict.fromkeys(paths))
        text = PRE_COMMIT.format(
            files=json.dumps(f"^({files}|pyproject\\.toml)", ensure_ascii=False)
        )
        told.append(_beside(folder / ".pre-commit-config.yaml", folder, text))
    if answers.github:
        told.append(_beside(folder / ".github" / "workflows" / "ringback.yaml", folder, GITHUB))
    return (*told, *findings, "next: ringback generate, and commit what it writes")


def _read(file: Path) -> str | None:
    """The text of pyproject.toml, None where there is none; refused where it has settings already."""
    try:
        text = file.read_bytes().decode("utf-8")
        told = tomllib.loads(text)
    except FileNotFoundError:
        return None
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise Unanswered(f"{file.name} cannot be read: {error}") from None
    tool = told.get("tool", {})
    if isinstance(tool, dict) and "ringback" in tool:
        raise Unanswered(f"{file.name} has [tool.ringback] already; nothing was changed")
    return text


# -- the answers


def _answers(options: argparse.Namespace, folder: Path, ask: Ask | None) -> Answers:
    documents, overlays = found(folder) if options.document is None or ask else ([], [])
    document = _document(options, folder, documents, ask)
    chosen = _overlays(options, folder, document, overlays, ask)
    name = _package_name(options, folder, document)
    usual = options.output or (f"src/{name}" if (folder / "src").is_dir() else name)
    output = ask("Folder of the package", usual) if ask and options.output is None else usual
    if not output.strip():
        raise Unanswered("where the package goes is not said: --output DIR")
    output = _inside(folder, output)
    usual = options.package or _identifier((folder / output).resolve().name)
    package = ask("Its import name", usual) if ask and options.package is None else usual
    if fault := package_fault(package):
        raise Unanswered(fault)
    return Answers(
        document,
        chosen,
        output,
        package,
        options.standalone,
        options.pre_commit or _agreed(ask, "Check the bindings with pre-commit?"),
        options.github or _agreed(ask, "Check them in a workflow on GitHub?"),
    )


def _document(
    options: argparse.Namespace, folder: Path, documents: list[str], ask: Ask | None
) -> str:
    if options.document is not None:
        document: str = options.document
    elif ask is not None:
        for one in documents[:9]:
            sys.stderr.write(f"  {one}\n")
        document = ask("OpenAPI document", documents[0] if documents else "")
    elif len(documents) == 1:
        document = documents[0]
    elif documents:
        raise Unanswered(f"which document? Say --document FILE: {', '.join(documents[:9])}")
    else:
        raise Unanswered("no OpenAPI document was found here: say --document FILE")
    if not (folder / document).is_file():
        raise Unanswered(f"there is no file {document!r}: --document names the OpenAPI document")
    return _inside(folder, document)


def _overlays(
    options: argparse.Namespace, folder: Path, document: str, overlays: list[str], ask: Ask | None
) -> tuple[str, ...]:
    if options.overlay is not None or ask is None:
        chosen = list(options.overlay or ())
    else:
        beside = Path(document).parent
        near = [one for one in overlays if beside in Path(one).parents]
        said = ask("Overlays, with spaces between", " ".join(near)).split()
        chosen = [] if said in (["none"], ["-"]) else said
    for one in chosen:
        if not (folder / one).is_file():
            raise Unanswered(f"there is no file {one!r}: --overlay names an overlay")
    return tuple(_inside(folder, one) for one in chosen)


def _agreed(ask: Ask | None, question: str) -> bool:
    return ask is not None and ask(f"{question} (y/n)", "n").strip().lower() in ("y", "yes")


def _inside(folder: Path, path: str) -> str:
    """A path as the settings have it: relative to their file, with slashes."""
    return Path(os.path.relpath(folder / path, folder)).as_posix()


def _package_name(options: argparse.Namespace, folder: Path, document: str) -> str:
    """After what was said; else after the title of the document, if it has words, or its file."""
    if options.package:
        name: str = options.package
        return name
    text = (folder / document).read_text(encoding="utf-8", errors="replace")[:_HEAD]
    title = re.search(r"""["']?title["']?\s*:\s*["']?([^"'\n,}]+)""", text)
    for said in (title[1] if title else "", Path(document).stem, "bindings"):
        name = _identifier(said)
        if name.strip("_n"):
            return name
    return "bindings"


def _identifier(text: str) -> str:
    name = "_".join(re.findall(r"[a-z0-9]+", text.lower()))[:40].strip("_")
    name = f"n{name}" if name[:1].isdigit() else name
    return f"{name}_" if keyword.iskeyword(name) else name


def found(folder: Path) -> tuple[list[str], list[str]]:
    """The OpenAPI documents and the overlays below a folder, those that lie higher first."""
    documents, overlays = [], []
    for path in _files(folder):
        try:
            with path.open(encoding="utf-8") as stream:
                head = stream.read(_HEAD)
        except (OSError, UnicodeDecodeError):
            continue
        shown = path.relative_to(folder).as_posix()
        if _OPENAPI.search(head):
            documents.append(shown)
        elif _OVERLAY.search(head):
            overlays.append(shown)
    return documents, overlays


def _files(folder: Path) -> Iterator[Path]:
    """YAML and JSON files, level by level, hidden folders and those of tools left out."""
    level, seen = [folder], 0
    for _ in range(_DEPTH):
        deeper: list[Path] = []
        for inside in level:
            try:
                entries = sorted(inside.iterdir())
            except OSError:
                continue
            for one in entries:
                seen += 1
                if seen > _MOST:
                    return
                if one.is_dir() and not one.is_symlink():
                    if not one.name.startswith(".") and one.name not in _SKIPPED:
                        deeper.append(one)
                elif one.suffix.lower() in _SUFFIXES and one.is_file():
                    yield one
        level = deeper


# -- what is written


def _with_settings(file: Path, before: str | None, answers: Answers) -> str:
    """pyproject.toml with the table at its end; read again, to be sure that nothing else changed."""
    table = settings(answers)
    ending = "\r\n" if before is not None and "\r\n" in before else "\n"
    head = (before or "").rstrip("\r\n")
    after = (head + "\n\n" if head.strip() else "") + table
    after = after.replace("\r\n", "\n").replace("\n", ending)
    try:
        told = tomllib.loads(after)
        mine = told["tool"].pop("ringback")
        if not told["tool"] and "tool" not in tomllib.loads(before or ""):
            del told["tool"]
    except (tomllib.TOMLDecodeError, KeyError, AttributeError):
        raise Unanswered(
            f"{file.name} takes no table at its end; add this yourself:\n\n{table}"
        ) from None
    if told != tomllib.loads(before or "") or mine["document"] != answers.document:
        raise Unanswered(f"{file.name} takes no table at its end; add this yourself:\n\n{table}")
    return after


def settings(answers: Answers) -> str:
    """The table of the settings."""
    lines = ["[tool.ringback]", f"document = {_toml(answers.document)}"]
    if answers.overlays:
        lines.append(f"overlays = [{', '.join(map(_toml, answers.overlays))}]")
    lines.append(f"output = {_toml(answers.output)}")
    if answers.package != Path(answers.output).name:
        lines.append(f"package = {_toml(answers.package)}")
    if answers.standalone:
        lines.append("standalone = true")
    return "\n".join(lines) + "\n"


def _toml(text: str) -> str:
    """A text as a TOML string."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


def _judged(folder: Path, answers: Answers) -> tuple[str, ...]:
    """What the document looks like. Raises DocumentError where it cannot be read at all."""
    from ringback.openapi import parse
    from ringback.source import DocumentError, load

    document, *overlays = (
        os.path.relpath(folder / one) for one in (answers.document, *answers.overlays)
    )
    tree = load(document, overlays)
    try:
        _, findings = parse(tree, second=False)
    except DocumentError as error:
        count = len(error.diagnostics)
        return (
            f"the document has {count} finding{'s' * (count != 1)} to look at first: ringback validate",
        )
    if findings:
        count = len(findings)
        return (
            f"the document has {count} warning{'s' * (count != 1)}: ringback validate shows them",
        )
    return ()


def _beside(path: Path, folder: Path, text: str) -> str:
    """Write a file that is missing; where it is there, say what to add."""
    shown = path.relative_to(folder).as_posix()
    if path.exists():
        return f"{shown}: is there already and was not changed; this would go into it:\n\n{text}"
    path.parent.mkdir(parents=True, exist_ok=True)
    write_whole(str(path), text)
    return f"{shown}: written"


def terminal(question: str, usual: str) -> str:
    """Ask a person. Raises Unanswered where nobody answers."""
    sys.stderr.write(f"{question} [{usual}]: " if usual else f"{question}: ")
    sys.stderr.flush()
    line = sys.stdin.readline()
    if not line:
        sys.stderr.write("\n")
        raise Unanswered("no more answers: say them by options, with --yes")
    return line.strip() or usual
