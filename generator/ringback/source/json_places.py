"""The offsets of the values of a JSON text, and the faults that the standard library's decoder does not name.

Two ways. `opened` expects text that the decoder has read: it opens a container when somebody asks for what is inside,
and has the decoder skip all the rest. `scan_json` goes through all tokens once, without recursion, and names faults; it
takes JSON that is nested too deeply for the decoder.
"""

from __future__ import annotations

import json
import re
from typing import Final

from .diagnostic import Diagnostic, DocumentError
from .limits import Limits
from .places import Children, Mark
from .text import Text

_SKIP: Final = json.JSONDecoder(strict=False).raw_decode
_SPACE: Final = re.compile(r"[ \t\r\n]*")
_TOKEN: Final = re.compile(r'[ \t\r\n]*(?:("(?:[^"\\]|\\.)*")|([\[\]{}:,])|([^\s"\[\]{}:,]+))')
_HALF: Final = re.compile("[\ud800-\udfff]")
_UNBOUNDED: Final = Limits(depth=1 << 62, nodes=1 << 62)


def opened(text: Text) -> Mark:
    """The mark of the whole value; what is inside is looked for when it is asked for."""
    return _Container(_after_space(text.content, 0), text.content)


class _Container(Mark):
    """The mark of a value whose members are not looked for before somebody asks for one."""

    __slots__ = ("_content",)

    def __init__(self, offset: int, content: str, key: int | None = None) -> None:
        super().__init__(offset, offset if key is None else key)
        self._content = content

    def child(self, part: str | int) -> Mark | None:
        if self.children is None:
            self.children = self._inside()
        return super().child(part)

    def _inside(self) -> Children:
        content, first = self._content, self._content[self.offset]
        position = _after_space(content, self.offset + 1)
        if first == "{":
            members: dict[str, Mark] = {}
            while content[position] != "}":
                name, end = _SKIP(content, position)
                value = _after_space(content, _after_space(content, end) + 1)
                members[name] = _Container(value, content, position)
                position = _next(content, value)
            return members
        items: list[Mark] = []
        while first == "[" and content[position] != "]":
            items.append(_Container(position, content))
            position = _next(content, position)
        return items


def _after_space(content: str, position: int) -> int:
    space = _SPACE.match(content, position)
    return space.end() if space else position


def _next(content: str, position: int) -> int:
    """Where the member after the value at `position` begins, or where its container ends."""
    try:
        _, end = _SKIP(content, position)
    except RecursionError:
        end = _end(content, position)
    end = _after_space(content, end)
    return _after_space(content, end + 1) if content[end] == "," else end


def _end(content: str, position: int) -> int:
    """Where the value at `position` ends, however deep it is."""
    levels = 0
    while match := _TOKEN.match(content, position):
        position = match.end()
        sign = match.group(2) or ""
        levels += (sign in "{[") - (sign in "}]") if sign else 0
        if levels == 0:
            break
    return position


def scan_json(
    text: Text, limits: Limits = _UNBOUNDED, faults: list[Diagnostic] | None = None
) -> Mark:
    """The tree of marks. Appends what is wrong to `faults`; raises DocumentError where a limit is passed."""
    scan = _Scan(text, limits, [] if faults is None else faults)
    position = 0
    while match := _TOKEN.match(text.content, position):
        scan.token(match)
        position = match.end()
    if text.content[position:].strip() or len(scan.open) != 1 or not scan.root:
        scan.fault(min(position, len(text.content)), "json-syntax", "this is not JSON")
    return scan.root[0] if scan.root else Mark(0, 0)


class _Scan:
    """The containers that are open, the innermost last, and the key read last in each."""

    def __init__(self, text: Text, limits: Limits, faults: list[Diagnostic]) -> None:
        self._text = text
        self._limits = limits
        self._faults = faults
        self._nodes = 0
        self.root: list[Mark] = []
        self.open: list[dict[str, Mark] | list[Mark]] = [self.root]
        self._keys: list[tuple[str, int] | None] = [None]

    def token(self, match: re.Match[str]) -> None:
        string, sign, word = match.groups()
        offset = match.start(match.lastindex or 0)
        if string is not None:
            self._string(string, offset)
        elif word is not None:
            self._word(word, offset)
            self._place(offset, None)
        elif sign in "{[":
            self._begin(offset, {} if sign == "{" else [])
        elif sign in "}]":
            self._end(offset)

    def fault(self, offset: int, code: str, message: str, hint: str = "") -> None:
        self._faults.append(self._text.fault(offset, code, message, hint))

    def _string(self, token: str, offset: int) -> None:
        value: str = json.loads(token, strict=False) if "\\" in token else token[1:-1]
        if _HALF.search(value):
            hint = "write the character itself, or both halves of the pair"
            self.fault(
                offset, "invalid-character", "half of a surrogate pair is not a character", hint
            )
        inside = self.open[-1]
        if not isinstance(inside, dict) or self._keys[-1] is not None:
            self._place(offset, None)
            return
        self._keys[-1] = (value, offset)
        if value in inside:
            there = self._text.location(inside[value].key)
            where = f"line {there.line}, column {there.column}"
            message = f"the key {value!r} stands twice in one object, first in {where}"
            self.fault(offset, "duplicate-key", message, "remove one of the two")

    def _word(self, word: str, offset: int) -> None:
        if word in ("true", "false", "null"):
            return
        try:
            fits = abs(json.loads(word)) < float("inf")
        except (ValueError, OverflowError):
            fits = word.lstrip("-").isdigit() and len(word) < 4300
        if not fits:
            shown = word if len(word) < 40 else f"a number of {len(word)} characters"
            self.fault(offset, "not-json", f"{shown} is not a value that JSON can carry")

    def _place(self, offset: int, children: dict[str, Mark] | list[Mark] | None) -> None:
        inside, key = self.open[-1], self._keys[-1]
        if isinstance(inside, list):
            inside.append(Mark(offset, offset, children))
        elif key is not None:
            inside[key[0]] = Mark(offset, key[1], children)
            self._keys[-1] = None
        self._nodes += 1
        if self._nodes > self._limits.nodes:
            message = f"more than {self._limits.nodes} values"
            self._stop(offset, "too-many-nodes", message, f"raise {self._limits.setting('nodes')}")

    def _begin(self, offset: int, children: dict[str, Mark] | list[Mark]) -> None:
        self._place(offset, children)
        self.open.append(children)
        self._keys.append(None)
        if len(self.open) - 1 > self._limits.depth:
            message = f"nested deeper than {self._limits.depth} levels"
            self._stop(offset, "too-deep", message, f"raise {self._limits.setting('depth')}")

    def _end(self, offset: int) -> None:
        if len(self.open) == 1:
            self.fault(offset, "json-syntax", "this closes nothing")
            return
        self.open.pop()
        self._keys.pop()

    def _stop(self, offset: int, code: str, message: str, hint: str) -> None:
        self.fault(offset, code, message, hint)
        raise DocumentError(self._faults)
