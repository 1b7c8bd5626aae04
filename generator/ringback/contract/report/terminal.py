"""A run for people who read it where it ran: what was tested, what was found, and the verdict last.

Lines are pieces of text with a style each; a terminal shows the styles, anything else gets the plain text. Commands
are never broken, so that they can be copied.
"""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Sequence
from typing import Final, TextIO

from ringback.contract.outcome import Finding, OperationCoverage, Run, Seen
from ringback.source import Severity

from .labels import Shortener, shortener
from .proof import Proof
from .shares import Share, shares
from .words import duration, place_of, plural, printable, verdict

Piece = tuple[str, str]  # text, and the style it has on a terminal
Line = list[Piece]

_PLAIN_WIDTH: Final = 100
_BAR: Final = 24
_WIDEST: Final = 130
_CELL: Final = 5
_LEAST: Final = 30  # for the name of an operation
_ODD: Final = 8  # for statuses that are not documented
_COLUMNS: Final = 10  # documented statuses in one table; with more, each row names its own
_FINDINGS: Final = 60  # with all their lines; further ones are a list
_NEVER: Final = 2  # lines of names never seen, per kind of thing
_STYLES: Final = {"kept": "bold green", "broken": "bold red"}


def terminal(run: Run, stream: TextIO) -> None:
    """Write the report of a run: with styles where the stream is a terminal, else as plain text.

    On a terminal numbers and accounts are as they were sent, so that a copied command does the same again. What is
    not a terminal is a log that others read: it shows the pseudonyms of the written reports.
    """
    if not stream.isatty():
        from .redaction import redacted

        encoding = getattr(stream, "encoding", None) or "utf-8"
        for line in lines(redacted(run), _PLAIN_WIDTH):
            shown = "".join(text for text, _ in line).rstrip()
            stream.write(shown.encode(encoding, "replace").decode(encoding) + "\n")
        return
    from rich.console import Console
    from rich.text import Text

    console = Console(file=stream, highlight=False, soft_wrap=True)
    for line in lines(run, max(60, min(console.width, _WIDEST))):
        console.print(Text.assemble(*line), soft_wrap=True)


def lines(run: Run, width: int) -> Iterator[Line]:
    """All lines of the report, made for a width of so many characters."""
    yield from _head(run, width)
    if run.coverage.operations:
        yield []
        yield from _table(run.coverage.operations, width)
        yield []
        yield from _covered(run, width)
    yield from _findings(run, width)
    yield from _last(run, width)


def _head(run: Run, width: int) -> Iterator[Line]:
    yield [(f"{printable(run.title)} {printable(run.version)}", "bold")]
    rows = [("document", " + ".join((run.document, *run.overlays))), ("target", run.target)]
    seeds = f"{'seed' if len(run.seeds) == 1 else 'seeds'} {', '.join(map(str, run.seeds))}"
    spent = [plural(run.budget.requests or len(run.exchanges), "request")]
    if run.budget.writes:
        spent.append(plural(run.budget.writes, "write"))
    if run.budget.blocked:
        spent.append(f"{run.budget.blocked:,} not sent")
    if run.deliveries:
        spent.append(f"{plural(len(run.deliveries), 'callback')} received")
    rows.append(
        ("run", " · ".join((*spent, duration(run.elapsed), *([seeds] if run.seeds else []))))
    )
    for name, value in rows:
        yield from _wrapped(f"{name:<10}", "dim", value, width)


def _wrapped(head: str, style: str, text: str, width: int, own: str = "") -> Iterator[Line]:
    """Text beside a head, broken at words; further lines stand under the first."""
    parts = textwrap.wrap(
        printable(text), max(width - len(head), 20), break_long_words=False, break_on_hyphens=False
    )
    for number, part in enumerate(parts or [""]):
        yield [(head if not number else " " * len(head), style), (part, own)]


# -- operations and statuses


def _table(operations: Sequence[OperationCoverage], width: int) -> Iterator[Line]:
    """Operations by statuses: how often seen, `·` never seen, blank where the document has no such status."""
    statuses = sorted({status for one in operations for status, _ in one.documented})
    short = shortener(one.label for one in operations)
    odd = any(one.undocumented for one in operations)
    left = width - _CELL * (len(statuses) + 1) - (_ODD if odd else 0)
    columns = statuses if len(statuses) <= _COLUMNS and left >= _LEAST else []
    longest = max(len(short.path(one.label)) + 7 for one in operations)
    room = max(_LEAST, min(left if columns else width // 2, longest))
    named = "".join(f"{status:>{_CELL}}" for status in columns) or "  answers"
    if short.prefix:
        yield [(f"paths are under {printable(short.prefix)}", "dim")]
    head = f"{'operation':<{room}}{'sent':>{_CELL}}{named}"
    yield [(f"{head}{'  others' if odd and columns else ''}", "dim")]
    for one in operations:
        yield _row(one, columns, short, room, width)
    yield [("· documented, never seen", "dim"), ("   ! not documented" if odd else "", "dim")]


def _row(
    one: OperationCoverage, columns: list[str], short: Shortener, room: int, width: int
) -> Line:
    style = "" if one.requests else "yellow"
    row: Line = [(f"{printable(short.fit(one.label, room)):<{room}}", style)]
    row.append(
        (
            f"{_short(one.requests):>{_CELL}}" if one.requests else f"{'none':>{_CELL}}",
            style or "dim",
        )
    )
    counts = dict(one.documented)
    if not columns:
        row.extend(_listed(one, width - room - _CELL))
    for status in columns:
        if status not in counts:
            row.append((" " * _CELL, ""))
        else:
            row.append(_cell(counts[status], status))
    if columns and one.undocumented:
        first, rest = one.undocumented[0][0], len(one.undocumented) - 1
        row.append((f"  !{first}{f' +{rest}' if rest else ''}", "bold red"))
    return row


def _cell(count: int, status: str) -> Piece:
    if not count:
        return f"{'·':>{_CELL}}", "dim"
    return f"{_short(count):>{_CELL}}", "green" if status.startswith("2") else "cyan"


def _short(count: int) -> str:
    """A count in at most four characters."""
    return str(count) if count < 10_000 else f"{count // 1000}k"


def _listed(one: OperationCoverage, room: int) -> Iterator[Piece]:
    """The statuses of a row that names its own, as many as there is room for."""
    pieces = [(f"  !{status} ×{_short(count)}", "bold red") for status, count in one.undocumented]
    pieces += [
        (f"  {status} ×{_short(count)}", "green") for status, count in one.documented if count
    ]
    pieces += [(f"  {status} ·", "dim") for status, count in one.documented if not count]
    for piece in pieces:
        room -= len(piece[0])
        if room < 2:
            yield " …", "dim"
            return
        yield piece


# -- coverage


def _covered(run: Run, width: int) -> Iterator[Line]:
    for share in shares(run.coverage):
        if not share.of:
            continue
        full = share.seen == share.of
        counted = f"{share.seen:,} of {share.of:,}"
        title, figures = f"{share.title:<28}", f"{counted:>16}{share.shown:>7}  "
        room = width - len(title) - len(figures)
        yield [
            (title, ""),
            (figures, "green" if full else ""),
            (_bar(share, min(_BAR, room)), "green" if full else "cyan"),
        ]
        never = _never(run, share.name)
        if never:
            yield from _never_lines(never, width)


def _bar(share: Share, length: int) -> str:
    done = int(length * share.percent / 100)
    return "━" * done + "─" * (length - done)


def _never(run: Run, name: str) -> list[str]:
    """What was never seen, as short names."""
    held = run.coverage
    groups: dict[str, tuple[Seen, ...]] = {
        "kinds": held.kinds,
        "enums": held.enums,
        "patterns": held.patterns,
        "callbacks": held.callbacks,
    }
    if name == "operations":
        return [one.label for one in held.operations if not one.requests]
    if name == "transitions":
        short = shortener(one.label for one in held.operations)
        missing = [one for one in held.transitions if not one.taken]
        return [f"{_brief(one.producer, short)} → {_brief(one.consumer, short)}" for one in missing]
    return [f"{one.name}: {', '.join(one.never)}" for one in groups.get(name, ()) if one.never]


def _brief(label: str, short: Shortener) -> str:
    return f"{label.partition(' ')[0]} {short.path(label)}"


def _never_lines(never: list[str], width: int) -> Iterator[Line]:
    """Some of what was never seen, and how much more there is."""
    head = "    never "
    room = max(width - len(head), 20)
    for item in never[:_NEVER]:
        text = printable(item)
        yield [(head, "dim"), (text if len(text) <= room else f"{text[: room - 1]}…", "dim")]
        head = " " * len(head)
    if len(never) > _NEVER:
        yield [(f"{head}and {len(never) - _NEVER:,} more", "dim")]


# -- findings


def _findings(run: Run, width: int) -> Iterator[Line]:
    order = sorted(run.findings, key=lambda one: one.severity is not Severity.ERROR)
    proof = Proof(run)
    for number, finding in enumerate(order[:_FINDINGS], 1):
        yield []
        yield from _finding(number, finding, proof, width)
    rest = order[_FINDINGS:]
    if rest:
        yield []
        yield [(f"and {plural(len(rest), 'finding')} more:", "bold")]
    for finding in rest:
        yield from _wrapped("  ", "", f"{_title(finding)}: {finding.message}", width)


def _title(finding: Finding) -> str:
    return f"{finding.severity} [{finding.code}] {finding.operation}"


def _finding(number: int, finding: Finding, proof: Proof, width: int) -> Iterator[Line]:
    style = "bold red" if finding.severity is Severity.ERROR else "bold yellow"
    yield [
        (f"{number:>3} ", "dim"),
        (f"{finding.severity} ", style),
        (f"[{finding.code}] ", "dim"),
        (printable(finding.operation), "bold"),
    ]
    indent = "    "
    yield from _wrapped(indent, "", finding.message, width)
    facts = [finding.where, f"{finding.count:,} times" if finding.count > 1 else ""]
    facts.append(f"seed {finding.seed}" if finding.seed is not None else "")
    if any(facts):
        yield from _wrapped(indent, "", " · ".join(fact for fact in facts if fact), width, "dim")
    if finding.place is not None:
        yield [(indent, ""), (printable(place_of(finding.place)), "cyan")]
        yield from _source(proof.violated(finding), indent, width)
    if command := proof.curl(finding):
        for index, part in enumerate(command.split("\n")):
            yield [(f"{indent}$ " if not index else f"{indent}  ", "dim"), (printable(part), "")]
    if finding.hint:
        yield from _wrapped(f"{indent}hint: ", "dim", finding.hint, width)


def _source(shown: Sequence[tuple[int, str]], indent: str, width: int) -> Iterator[Line]:
    """Lines of the document, moved to the left together."""
    left = min((len(text) - len(text.lstrip()) for _, text in shown if text.strip()), default=0)
    for line, text in shown:
        head = f"{indent}{line:>6} | "
        yield [(head, "dim"), (printable(text[left:].rstrip())[: width - len(head)], "")]


# -- the end


def _last(run: Run, width: int) -> Iterator[Line]:
    yield []
    if run.accepted:
        yield [(f"{plural(len(run.accepted), 'finding')} accepted by the baseline", "dim")]
    for complaint in run.complaints:
        yield from _wrapped("note: ", "yellow", complaint, width)
    for name, command in run.commands:
        yield [(f"{name}: ", "dim"), (printable(command), "")]
    said = verdict(run)
    style = _STYLES.get(said.word, "bold yellow")
    yield [(f"{said.word}: ", style), (printable(said.sentence), "bold")]
