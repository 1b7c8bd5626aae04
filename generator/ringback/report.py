"""How findings are shown: as text for people, as JSON for programs, as annotations for GitHub."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import Final, TextIO

from ringback.source import Diagnostic, Severity, excerpt

FORMATS: Final = ("text", "json", "github")
_WIDTH: Final = 160  # of a source line; longer ones are shown around their column
_SHOWN: Final = 500  # with source line; more findings than this are a list, not reading matter

Piece = tuple[str, str]  # text, and the style it has on a terminal


def report(findings: Sequence[Diagnostic], form: str, stream: TextIO) -> None:
    """Write all findings, in one of FORMATS."""
    if form == "json":
        stream.write(json.dumps([_as_json(finding) for finding in findings], indent=2) + "\n")
    elif form == "github":
        stream.writelines(f"{_annotation(finding)}\n" for finding in findings)
    elif findings and stream.isatty():
        _coloured(findings, stream)
    else:
        stream.writelines("".join(text for text, _ in line) + "\n" for line in _all_lines(findings))


def count(findings: Sequence[Diagnostic]) -> str:
    """The last line of a report: how many findings, and of which weight."""
    if not findings:
        return "0 findings"
    errors = sum(finding.severity is Severity.ERROR for finding in findings)
    kinds = [_plural(errors, "error"), _plural(len(findings) - errors, "warning")]
    return f"{_plural(len(findings), 'finding')}: {', '.join(kind for kind in kinds if kind[0] != '0')}"


def printable(text: str) -> str:
    """Text of a document made harmless for a terminal: control characters are shown as escapes."""
    return "".join(c if c.isprintable() else c.encode("unicode_escape").decode() for c in text)


def _plural(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def _coloured(findings: Sequence[Diagnostic], stream: TextIO) -> None:
    from rich.console import Console
    from rich.text import Text

    console = Console(file=stream, highlight=False, soft_wrap=True)
    for line in _all_lines(findings):
        console.print(Text.assemble(*line))


def _all_lines(findings: Sequence[Diagnostic]) -> Iterator[list[Piece]]:
    sources = _Sources()
    for number, finding in enumerate(findings):
        yield from _lines(finding, sources if number < _SHOWN else None)


def _lines(finding: Diagnostic, sources: _Sources | None) -> Iterator[list[Piece]]:
    where, severity = finding.location, finding.severity
    style = "bold red" if severity is Severity.ERROR else "bold yellow"
    yield [
        (f"{printable(str(where))}: ", "bold"),
        (f"{severity}: ", style),
        (printable(finding.message), ""),
        (f" [{finding.code}]", "dim"),
    ]
    if where.pointer:
        yield [("    at ", "dim"), (printable(where.pointer), "")]
    if sources is not None and (line := sources.line(finding)):
        yield from _source_lines(line, where.line, where.column, style)
    if finding.hint:
        yield [("    hint: ", "dim"), (printable(finding.hint), "")]


def _source_lines(text: str, line: int, column: int, style: str) -> Iterator[list[Piece]]:
    begin = 0 if len(text) <= _WIDTH else max(0, column - _WIDTH // 2)
    number = f"    {line} | "
    before = printable(text[begin : column - 1])
    after = printable(text[column - 1 : begin + _WIDTH])
    yield [(number, "dim"), (f"{before}{after}", "")]
    yield [(" " * (len(number) - 2) + "| ", "dim"), (" " * len(before) + "^", style)]


class _Sources:
    """The text of the files that findings name, each read once."""

    def __init__(self) -> None:
        self._files: dict[str, tuple[str, ...]] = {}

    def line(self, finding: Diagnostic) -> str | None:
        file, number = finding.location.file, finding.location.line
        if file not in self._files:
            self._files[file] = excerpt(file)
        lines = self._files[file]
        return lines[number - 1] if number <= len(lines) else None


def _as_json(finding: Diagnostic) -> dict[str, str | int]:
    where = finding.location
    return {
        "file": where.file,
        "line": where.line,
        "column": where.column,
        "pointer": where.pointer,
        "severity": str(finding.severity),
        "code": finding.code,
        "message": finding.message,
        "hint": finding.hint,
    }


def _annotation(finding: Diagnostic) -> str:
    where = finding.location
    properties = {
        "file": where.file,
        "line": where.line,
        "col": where.column,
        "title": finding.code,
    }
    listed = ",".join(f"{key}={_escape(str(value), ':,')}" for key, value in properties.items())
    said = f"{finding.message}\n{finding.hint}" if finding.hint else finding.message
    return f"::{finding.severity} {listed}::{_escape(said)}"


def _escape(text: str, more: str = "") -> str:
    """GitHub's escapes: percent and line ends everywhere, colon and comma in properties."""
    for sign in ("%", "\r", "\n", *more):
        text = text.replace(sign, f"%{ord(sign):02X}")
    return text
