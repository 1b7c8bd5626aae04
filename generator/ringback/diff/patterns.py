"""Patterns that allow the same texts though they are written in other words: `(?:a)`, `[a]` and `a{1}` are all `a`.

A pattern is read strictly, as ECMA 262 has it, and written again in one way. What is not read for certain (back
references, look-behind, `\\p{…}`, what other dialects mean by it) is compared as it is written. Which of several ways a
text is matched by counts for nothing: a schema asks only whether it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Final, TypeAlias

Piece: TypeAlias = tuple[str, str]
"""Something that is matched, and how often: "{0,3}", or "" for once."""
Alternatives: TypeAlias = list[list[Piece]]

_DEPTH: Final = 40
_LONGEST: Final = 5_000
_SPECIAL: Final = frozenset("^$\\.*+?()[]{}|")
_CONTROLS: Final = {"n": "\n", "r": "\r", "t": "\t", "f": "\f", "v": "\v"}
_CHARACTER: Final = re.compile(r"x([0-9A-Fa-f]{2})|u([0-9A-Fa-f]{4})")
_COUNT: Final = re.compile(r"\{([0-9]{1,6})(,([0-9]{1,6})?)?\}")
_SIGNS: Final = {"*": "{0,}", "+": "{1,}", "?": "{0,1}"}
_GROUP: Final = re.compile(r"\((\?:|\?=|\?!|\?<[A-Za-z][A-Za-z0-9]*>|(?!\?))")
_ASCII: Final = {"d": ((48, 57),), "w": ((48, 57), (65, 90), (95, 95), (97, 122))}


class _Unread(Exception):
    """The pattern has something that is not read for certain."""


@lru_cache(maxsize=4096)
def spelled(pattern: str, *, ascii_only: bool = False) -> str:
    """One text for patterns that every engine takes for the same; the pattern itself where it is not read.

    `ascii_only`: those too that are the same by ECMA 262, where `\\d` is `[0-9]` and `\\w` is `[A-Za-z0-9_]`. To other
    engines these are the digits and letters of all scripts.
    """
    if len(pattern) > _LONGEST:
        return pattern
    reader = _Reader(pattern, ascii_only)
    try:
        found = reader.alternatives(0)
        reader.end()
    except _Unread:
        return pattern
    return _text(found)


def _text(alternatives: Alternatives) -> str:
    """Alternatives in an order of their own; which one comes first decides nothing."""
    return "|".join(sorted({"".join(map("".join, pieces)) for pieces in alternatives}))


class _Reader:
    """A place in a pattern."""

    def __init__(self, pattern: str, ascii_only: bool) -> None:
        self._rest = pattern
        self._ascii = ascii_only

    def end(self) -> None:
        """Nothing is left."""
        if self._rest:
            raise _Unread

    def alternatives(self, depth: int) -> Alternatives:
        """Up to the end of the group, or of the pattern."""
        if depth > _DEPTH:
            raise _Unread
        found = self._sequence(depth)
        while self._take("|"):
            found += self._sequence(depth)
        return found

    def _sequence(self, depth: int) -> Alternatives:
        """One alternative; several where it is nothing but a group of them."""
        pieces: list[Piece] = []
        choices: list[Alternatives] = []
        while self._rest and self._rest[0] not in "|)":
            inside = self._group(depth) if self._rest[0] == "(" else None
            atom = self._atom() if inside is None else ""
            often = self._often()
            if inside is None:
                pieces.append((atom, often))
            elif len(inside) == 1 and not often:
                pieces += inside[0]
            elif len(inside) == 1 and len(inside[0]) == 1 and not inside[0][0][1]:
                pieces.append((inside[0][0][0], often))
            else:
                pieces.append((f"(?:{_text(inside)})", often))
                choices += [] if often else [inside]
        return choices[0] if len(pieces) == len(choices) == 1 else [pieces]

    def _group(self, depth: int) -> Alternatives:
        begun = _GROUP.match(self._rest)
        if begun is None:
            raise _Unread
        self._rest = self._rest[begun.end() :]
        inside = self.alternatives(depth + 1)
        if not self._take(")"):
            raise _Unread
        if begun[1] not in ("?=", "?!"):
            return inside
        if self._rest[:1] in _SIGNS or self._rest[:1] == "{":
            raise _Unread
        return [[(f"({begun[1]}{_text(inside)})", "")]]

    def _often(self) -> str:
        """How often the thing before is there; whether few or many are tried first counts for nothing."""
        if found := _COUNT.match(self._rest):
            least = int(found[1])
            most = int(found[3]) if found[3] else None if found[2] else least
            if most is not None and most < least:
                raise _Unread
            often = f"{{{least},{'' if most is None else most}}}"
            self._rest = self._rest[found.end() :]
        elif self._rest[:1] in _SIGNS:
            often = _SIGNS[self._next()]
        else:
            return ""
        self._take("?")
        return "" if often == "{1,1}" else often

    def _atom(self) -> str:
        char = self._next()
        if char in "^$" or (char == "\\" and self._rest[:1] in ("b", "B")):
            whole = char if char in "^$" else f"\\{self._next()}"
            if self._rest[:1] in _SIGNS or self._rest[:1] == "{":
                raise _Unread
            return whole
        if char == ".":
            return char
        if char == "[":
            return self._class()
        if char == "\\":
            kind, letter = self._escaped()
            return self._written(False, [], {kind}) if kind else _literal(letter)
        if char in _SPECIAL:
            raise _Unread
        return _literal(_whole(char))

    def _escaped(self) -> tuple[str, str]:
        """What stands after a backslash: the letter of a kind of characters, or a character."""
        if found := _CHARACTER.match(self._rest):
            self._rest = self._rest[found.end() :]
            return "", _whole(chr(int(found[1] or found[2], 16)))
        char = self._next()
        if char in "dDwWsS":
            return char, ""
        if char in _CONTROLS:
            return "", _CONTROLS[char]
        if char.isalnum() or char == "_" or not char.isascii():
            raise _Unread
        return "", char

    def _class(self) -> str:
        negated = self._take("^")
        ranges: list[tuple[int, int]] = []
        kinds: set[str] = set()
        while not self._take("]"):
            kind, first = self._member()
            if kind:
                kinds.add(kind)
            last = first
            if self._rest[:1] == "-" and self._rest[1:2] != "]":
                self._next()
                other, last = self._member()
                if kind or other or ord(last) < ord(first):
                    raise _Unread
            if not kind:
                ranges.append((ord(first), ord(last)))
        if not ranges and not kinds:
            raise _Unread
        return self._written(negated, ranges, kinds)

    def _member(self) -> tuple[str, str]:
        char = self._next()
        if char == "\\":
            return self._escaped()
        if char == "[" or (char in "&~|-" and self._rest[:1] == char):
            raise _Unread  # other dialects have sets within sets
        return "", _whole(char)

    def _written(self, negated: bool, ranges: list[tuple[int, int]], kinds: set[str]) -> str:
        """A class in one way: without what is in it twice."""
        if len(kinds) == 1 and not ranges and (kind := next(iter(kinds))).isupper():
            negated, kinds = not negated, {kind.lower()}
        if self._ascii:
            ranges = ranges + [one for kind in kinds for one in _ASCII.get(kind, ())]
            kinds = kinds - _ASCII.keys()
        merged = list(_merged(ranges))
        if not negated and not kinds and len(merged) == 1 and merged[0][0] == merged[0][1]:
            return _literal(chr(merged[0][0]))
        inside = "".join(f"\\u{low:04x}-\\u{high:04x}" for low, high in merged)
        inside += "".join(f"\\{one}" for one in sorted(kinds))
        return f"[{'^' if negated else ''}{inside}]"

    def _take(self, text: str) -> bool:
        if not self._rest.startswith(text):
            return False
        self._rest = self._rest[len(text) :]
        return True

    def _next(self) -> str:
        if not self._rest:
            raise _Unread
        char, self._rest = self._rest[0], self._rest[1:]
        return char


def _whole(char: str) -> str:
    """A character that is one to every engine."""
    if 0xD800 <= ord(char) <= 0xDFFF or ord(char) > 0xFFFF:
        raise _Unread
    return char


def _literal(char: str) -> str:
    return f"\\{char}" if char in _SPECIAL else char


def _merged(ranges: list[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Ranges in order, those that touch as one."""
    begin, end = -1, -2
    for low, high in sorted(ranges):
        if low > end + 1:
            if end >= begin >= 0:
                yield begin, end
            begin, end = low, high
        else:
            end = max(end, high)
    if end >= begin >= 0:
        yield begin, end
