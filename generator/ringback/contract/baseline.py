"""The baseline: findings that are known and accepted, each with a reason and a date until which that holds.

A file in YAML or TOML with a list `accepted`. An entry names a code and an operation, and where it is meant to be
narrow also `where` (the place in the answer) and `pointer` (the place in the document); what it leaves out fits
everything. An entry whose date has passed accepts nothing any more, and is said; one that fits nothing is said too.
"""

from __future__ import annotations

import datetime
import json
import os
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final

from ringback.contract.outcome import Finding, Run
from ringback.source import DocumentError, load

_KEYS: Final = ("code", "operation", "where", "pointer", "reason", "until")
_NO_REASON: Final = "accepted as found, reason not given yet"


class BaselineError(ValueError):
    """The file cannot be used; the message names file and place, and says what was wanted."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One accepted finding. None as `where` or `pointer` fits any; `until` is the last day on which it holds."""

    code: str
    operation: str
    where: str | None = None
    pointer: str | None = None
    reason: str = ""
    until: datetime.date | None = None
    at: str = ""  # "baseline.yaml:3": where it stands

    def fits(self, finding: Finding) -> bool:
        """Whether this entry speaks of that finding."""
        code, operation, where, pointer = finding.key
        return (
            self.code == code
            and self.operation == operation
            and self.where in (None, where)
            and self.pointer in (None, pointer)
        )

    def expired(self, today: datetime.date) -> bool:
        """Whether its last day is over."""
        return self.until is not None and self.until < today


def read(path: str | os.PathLike[str]) -> tuple[Entry, ...]:
    """The entries of a baseline. Raises BaselineError with file and line of the first thing that is wrong."""
    name = os.fspath(path)
    root, places = _toml(name) if name.endswith(".toml") else _yaml(name)
    if root is None:
        return ()
    if not isinstance(root, Mapping) or set(root) - {"accepted"}:
        raise BaselineError(f"{name}: wanted one key, 'accepted', with a list of findings")
    listed = root.get("accepted") or []
    if not isinstance(listed, list):
        raise BaselineError(f"{places(('accepted',))}: wanted a list of findings")
    return tuple(_entry(item, places(("accepted", index))) for index, item in enumerate(listed))


def apply(entries: Iterable[Entry], run: Run, today: datetime.date | None = None) -> Run:
    """The run with accepted findings apart, and with what is to be said of the baseline among its complaints.

    `today` is the day of the run, in UTC, where it is not given. Entries that fit nothing are complained of only
    where their operation was tested: a run of a part of the document says nothing about the rest.
    """
    held = tuple(entries)
    day = today or datetime.datetime.fromtimestamp(run.started, datetime.UTC).date()
    valid = [entry for entry in held if not entry.expired(day)]
    accepted = [one for one in run.findings if any(entry.fits(one) for entry in valid)]
    return replace(
        run,
        findings=tuple(one for one in run.findings if one not in accepted),
        accepted=(*run.accepted, *accepted),
        complaints=(*run.complaints, *_said(run, held, day)),
    )


def update(
    path: str | os.PathLike[str],
    run: Run,
    *,
    reason: str = _NO_REASON,
    until: datetime.date | None = None,
) -> tuple[Entry, ...]:
    """Write a baseline that accepts what this run found, and give its entries.

    Entries of the file that still fit a finding stay as they are, with reason and date (an expired one gets the new
    date); those whose operation was tested without such a finding are dropped; others stay. Comments are not kept.
    """
    name = os.fspath(path)
    known = read(name) if Path(name).exists() else ()
    findings = (*run.findings, *run.accepted)
    day = datetime.datetime.fromtimestamp(run.started, datetime.UTC).date()
    tested = _tested(run)
    entries = [
        replace(entry, until=until) if entry.expired(day) else entry
        for entry in known
        if any(entry.fits(one) for one in findings) or entry.operation not in tested
    ]
    for one in findings:
        if not any(entry.fits(one) for entry in entries):
            entries.append(Entry(*one.key, reason=reason, until=until))
    entries.sort(key=lambda one: (one.operation, one.code, one.where or "", one.pointer or ""))
    text = _as_toml(entries) if name.endswith(".toml") else _as_yaml(entries)
    try:
        Path(name).write_text(text, encoding="utf-8")
    except OSError as error:
        raise BaselineError(f"{name}: cannot be written: {error.strerror}") from None
    return tuple(entries)


def _tested(run: Run) -> set[str]:
    tested = {one.label for one in run.coverage.operations if one.requests}
    return tested | {one.operation for one in run.exchanges if one.operation is not None}


def _said(run: Run, entries: tuple[Entry, ...], day: datetime.date) -> Iterable[str]:
    tested = _tested(run)
    for entry in entries:
        used = any(entry.fits(one) for one in run.findings)
        about = f"[{entry.code}] of {entry.operation}"
        if used and entry.expired(day):
            yield f"{entry.at}: accepted {about} until {entry.until}, which is over: it counts again"
        elif not used and entry.operation in tested:
            yield f"{entry.at}: {about} was not found: the entry can go"
        elif not used and entry.expired(day):
            yield f"{entry.at}: {about} was accepted until {entry.until}, which is over"


# -- reading


def _yaml(name: str) -> tuple[Any, Any]:
    if Path(name).is_file() and not Path(name).read_bytes().strip():
        return None, None
    try:
        tree = load(name)
    except DocumentError as error:
        first = error.diagnostics[0]
        raise BaselineError(f"{first.location}: {first.message}") from None

    def place(path: tuple[str | int, ...]) -> str:
        where = tree.locate(path)
        return f"{where.file}:{where.line}"

    return tree.root, place


def _toml(name: str) -> tuple[Any, Any]:
    try:
        root = tomllib.loads(Path(name).read_text(encoding="utf-8"))
    except OSError as error:
        raise BaselineError(f"{name}: cannot be read: {error.strerror}") from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise BaselineError(f"{name}: is no TOML: {error}") from None

    def place(path: tuple[str | int, ...]) -> str:
        # TOML readers tell no lines: the entry's number must do.
        return f"{name}: entry {int(path[1]) + 1}" if len(path) > 1 else name

    return root, place


def _entry(item: Any, at: str) -> Entry:
    if not isinstance(item, Mapping):
        raise BaselineError(f"{at}: an entry is a mapping with code, operation and reason")
    for key in item:
        if key not in _KEYS:
            raise BaselineError(f"{at}: '{key}' is not known, wanted {', '.join(_KEYS)}")
    for key in ("code", "operation", "reason"):
        if not isinstance(item.get(key), str) or not item[key].strip():
            raise BaselineError(f"{at}: '{key}' is missing: a text that is not empty")
    for key in ("where", "pointer"):
        if not isinstance(item.get(key), (str, type(None))):
            raise BaselineError(f"{at}: '{key}' is {item[key]!r}, wanted a text")
    return Entry(
        item["code"],
        item["operation"],
        item.get("where"),
        item.get("pointer"),
        item["reason"],
        _date(item.get("until"), at),
        at,
    )


def _date(value: Any, at: str) -> datetime.date | None:
    if value is None:
        return None
    if isinstance(value, datetime.date) and not isinstance(value, datetime.datetime):
        return value
    try:
        return datetime.date.fromisoformat(str(value))
    except ValueError:
        shown = f"{value!r}"
        raise BaselineError(f"{at}: 'until' is {shown}, wanted a day such as 2027-01-31") from None


# -- writing


def _fields(entry: Entry) -> Iterable[tuple[str, str]]:
    """What is written of an entry, as the texts of JSON strings: both YAML and TOML read those."""
    for key in _KEYS:
        value = getattr(entry, key)
        if value is not None:
            yield key, _quoted(str(value))


def _quoted(text: str) -> str:
    # TOML has no escape for surrogate pairs and forbids a raw DEL; everything else may stand as it is.
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


def _as_yaml(entries: list[Entry]) -> str:
    if not entries:
        return "accepted: []\n"
    lines = ["accepted:"]
    for entry in entries:
        marks = ("  - ", *["    "] * len(_KEYS))
        lines += [
            f"{mark}{key}: {text}" for mark, (key, text) in zip(marks, _fields(entry), strict=False)
        ]
    return "\n".join(lines) + "\n"


def _as_toml(entries: list[Entry]) -> str:
    if not entries:
        return "accepted = []\n"
    blocks = []
    for entry in entries:
        lines = [f"{key} = {text}" for key, text in _fields(entry)]
        blocks.append("\n".join(("[[accepted]]", *lines)))
    return "\n\n".join(blocks) + "\n"
