"""The file of accepted changes: what somebody has agreed to, why, and until when.

    accept:
      - code: request-optional-parameter-removed
        where: GET /calls
        reason: nobody has sent it since May, says the access log
        expires: 2027-01-31

`where` names what the change touches: its subject (`Call.status`), an operation (`GET /calls`), a JSON pointer of
either document, or a Python name; `*` stands for any text, in `code` too. On the day after `expires` the entry no
longer counts. Entries that count for nothing are said, so that the file stays short.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from difflib import get_close_matches
from pathlib import Path
from typing import Any, Final

from ringback.source import Diagnostic, DocumentError, Location, Tree, load

from .model import Change
from .verdict import Accepted

_KEYS: Final = ("code", "where", "reason", "expires")
_NEEDED: Final = ("code", "where", "reason")
_PLACE: Final = re.compile(r"\(at line (\d+), column (\d+)\)")


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of agreement; `expires` is the last day on which it counts."""

    code: str
    where: str
    reason: str
    expires: date | None
    location: Location

    def fits(self, change: Change) -> bool:
        """Whether a change is the one that was agreed to."""
        if not _like(self.code, change.code):
            return False
        places = (change.old, change.new)
        names = [change.subject, *change.operations, *(one.pointer for one in places if one)]
        return any(_like(self.where, name) for name in names)


@dataclass(frozen=True, slots=True)
class Agreed:
    """The changes sorted by what was agreed to."""

    open: tuple[Change, ...]
    accepted: tuple[Accepted, ...]
    notices: tuple[str, ...]


def read_accepted(file: str, codes: Iterable[str]) -> tuple[Entry, ...]:
    """The entries of a file: YAML, JSON, or TOML where its name ends so. Raises DocumentError with all that is wrong."""
    reader = _Reader(file, tuple(codes))
    entries = reader.entries()
    if reader.faults:
        raise DocumentError(reader.faults)
    return entries


def agreed(changes: Sequence[Change], entries: Sequence[Entry], today: date) -> Agreed:
    """Sort changes by what was agreed to. An entry that has expired accepts nothing."""
    open_: list[Change] = []
    accepted: list[Accepted] = []
    used: set[int] = set()
    late: dict[int, int] = {}
    for change in changes:
        fitting = [at for at, entry in enumerate(entries) if entry.fits(change)]
        valid = [at for at in fitting if not _expired(entries[at], today)]
        used.update(fitting)
        if valid:
            entry = entries[valid[0]]
            accepted.append(Accepted(change, entry.reason, str(entry.expires or "")))
            continue
        for at in fitting:
            late[at] = late.get(at, 0) + 1
        open_.append(change)
    notices = [
        f"{entries[at].location}: expired on {entries[at].expires}, and {count} change"
        f"{'' if count == 1 else 's'} still fit{'s' if count == 1 else ''} it: {entries[at].code}"
        f" {entries[at].where}"
        for at, count in late.items()
    ]
    notices += [
        f"{entry.location}: fits no change and can go: {entry.code} {entry.where}"
        for at, entry in enumerate(entries)
        if at not in used
    ]
    return Agreed(tuple(open_), tuple(accepted), tuple(notices))


def _expired(entry: Entry, today: date) -> bool:
    return entry.expires is not None and entry.expires < today


def _like(pattern: str, text: str) -> bool:
    parts = (re.escape(part) for part in pattern.split("*"))
    return re.fullmatch(".*".join(parts), text, re.DOTALL) is not None


class _Reader:
    """Reads a file and collects what is wrong with it."""

    def __init__(self, file: str, codes: tuple[str, ...]) -> None:
        self.file = file
        self.codes = codes
        self.faults: list[Diagnostic] = []
        self._tree: Tree | None = None
        self._lines: list[int] = []  # of the entries of a TOML file

    def entries(self) -> tuple[Entry, ...]:
        root = self._toml() if self.file.endswith(".toml") else self._yaml()
        listed = root.get("accept") if isinstance(root, dict) else root
        if isinstance(root, dict):
            for key in root:
                if key != "accept":
                    self._wrong((key,), f"there is no key {key!r} here; the list is called accept")
        if not isinstance(listed, list):
            self._wrong((), "a list of entries is wanted, under the key accept")
            return ()
        below = ("accept",) if isinstance(root, dict) else ()
        found = [self._entry(one, (*below, at)) for at, one in enumerate(listed)]
        return tuple(one for one in found if one is not None)

    def _yaml(self) -> Any:
        self._tree = load(self.file)
        return self._tree.root

    def _toml(self) -> Any:
        try:
            text = Path(self.file).read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError) as error:
            why = error.strerror if isinstance(error, OSError) else error
            raise self._unread(1, 1, f"cannot read the file: {why}") from None
        self._lines = [
            number
            for number, line in enumerate(text.splitlines(), 1)
            if re.match(r"\s*\[\[\s*accept\s*\]\]", line)
        ]
        try:
            return tomllib.loads(text)
        except tomllib.TOMLDecodeError as error:
            place = _PLACE.search(str(error))
            line, column = map(int, place.groups()) if place else (1, 1)
            raise self._unread(line, column, _PLACE.sub("", str(error)).strip()) from None

    def _unread(self, line: int, column: int, message: str) -> DocumentError:
        return DocumentError(
            [Diagnostic(Location(self.file, line, column), "accept-file", message)]
        )

    def _entry(self, given: Any, path: tuple[str | int, ...]) -> Entry | None:
        if not isinstance(given, dict):
            self._wrong(path, "an entry is an object with code, where and reason")
            return None
        known = len(self.faults)
        for key in given:
            if key not in _KEYS:
                self._wrong((*path, key), f"there is no key {key!r}; there are {', '.join(_KEYS)}")
        for key in _NEEDED:
            if not isinstance(given.get(key), str) or not given[key].strip():
                self._wrong((*path, key), f"{key} is missing: it is a text")
        expires = self._date(given.get("expires"), (*path, "expires"))
        code = given.get("code")
        if isinstance(code, str) and not any(_like(code, one) for one in self.codes):
            close = get_close_matches(code, self.codes, 1)
            hint = f"; did you mean {close[0]}?" if close else ""
            self._wrong((*path, "code"), f"there is no change called {code!r}{hint}")
        if len(self.faults) > known:
            return None
        return Entry(given["code"], given["where"], given["reason"], expires, self._at(path))

    def _date(self, given: Any, path: tuple[str | int, ...]) -> date | None:
        if given is None:
            return None
        if isinstance(given, date) and not isinstance(given, datetime):
            return given
        try:
            if isinstance(given, str):
                return date.fromisoformat(given)
        except ValueError:
            pass
        self._wrong(path, f"expires is {given!r}; it is a day such as 2027-01-31")
        return None

    def _wrong(self, path: tuple[str | int, ...], message: str) -> None:
        self.faults.append(Diagnostic(self._at(path), "accept-file", message))

    def _at(self, path: tuple[str | int, ...]) -> Location:
        if self._tree is not None:
            return self._tree.locate(path)
        number = next((part for part in path if isinstance(part, int)), None)
        line = self._lines[number] if number is not None and number < len(self._lines) else 1
        return Location(self.file, line, 1)
