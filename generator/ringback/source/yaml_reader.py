"""YAML text to plain dict, list and scalars, and to the places of all of them, from the parser's events.

The events come from libyaml where PyYAML was built with it (seven times faster) and from PyYAML itself where it
was not. Building the values here, not in a PyYAML loader, gives what a loader does not: no tag can construct
anything, duplicate keys are errors, aliases are copies under a limit, and every fault has its place. All faults
of a text are collected; only a syntax error or a limit ends the reading.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, Final

import yaml
import yaml.parser
import yaml.scanner
from yaml.events import (
    AliasEvent,
    DocumentEndEvent,
    DocumentStartEvent,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
    StreamEndEvent,
)

from . import scalars
from .collector import collector_paused
from .diagnostic import Diagnostic, DocumentError, Location
from .limits import Limits
from .places import Mark
from .text import Text, forbidden_character

_STANDARD: Final = "tag:yaml.org,2002:"
_COLLECTIONS: Final[dict[type, str]] = {
    MappingStartEvent: f"{_STANDARD}map",
    SequenceStartEvent: f"{_STANDARD}seq",
}
_OPEN: Final = object()  # the value of an anchor whose node is still being read


def read_yaml(text: Text, limits: Limits) -> tuple[Any, Mark]:
    """The one document of a YAML text, and its mark. Raises DocumentError with every fault found."""
    if fault := forbidden_character(text):
        raise DocumentError([fault])
    builder = _Builder(text, limits)
    with collector_paused(), yaml_faults(text, builder.faults):
        value, mark = builder.document()
    if builder.faults:
        raise DocumentError(builder.faults)
    return value, mark


def event_source(content: str) -> Callable[[], Any]:
    """A function that returns the next event of a YAML text each time it is called."""
    try:
        from yaml.cyaml import CParser  # type: ignore[attr-defined]
    except ImportError:
        return _PurePython(content).get_event
    return CParser(content).get_event


@contextmanager
def yaml_faults(text: Text, faults: list[Diagnostic]) -> Iterator[None]:
    """Turns a syntax error of the YAML library into a DocumentError, with the faults found before it."""
    try:
        yield
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        place = (
            Location(text.file, mark.line + 1, mark.column + 1)
            if mark
            else Location(text.file, 1, 1)
        )
        said = ", ".join(part for part in (error.context, error.problem) if part)
        raise DocumentError([*faults, Diagnostic(place, "yaml-syntax", said)]) from None
    except yaml.YAMLError as error:
        said = str(getattr(error, "reason", "") or error).splitlines()[0]
        raise DocumentError([*faults, text.fault(0, "yaml-syntax", said)]) from None


class _PurePython(yaml.reader.Reader, yaml.scanner.Scanner, yaml.parser.Parser):
    """PyYAML's own parser, for builds without libyaml."""

    def __init__(self, content: str) -> None:
        yaml.reader.Reader.__init__(self, content)
        yaml.scanner.Scanner.__init__(self)
        yaml.parser.Parser.__init__(self)


class _Builder:
    """Builds one value from events; `faults` grows on the way."""

    def __init__(self, text: Text, limits: Limits) -> None:
        self.faults: list[Diagnostic] = []
        self._text = text
        self._limits = limits
        self._next = event_source(text.content)
        self._plain: dict[str, scalars.Scalar] = {}
        self._anchors: dict[str, Any] = {}
        self._marks: dict[str, Mark] = {}  # by anchor
        self._sizes: dict[str, tuple[int, int]] = {}  # anchor: values, levels
        self._nodes = 0

    def document(self) -> tuple[Any, Mark]:
        self._next()  # the stream's start
        event = self._next()
        if not isinstance(event, DocumentStartEvent):
            raise DocumentError([self._text.fault(0, "empty-document", "the file holds no value")])
        value, mark = self._value(self._next(), None, 1)
        event = self._next()
        assert isinstance(event, DocumentEndEvent)
        event = self._next()
        if not isinstance(event, StreamEndEvent):
            self._fault(
                event,
                "several-documents",
                "a second YAML document begins here",
                "keep one document per file",
            )
        return value, mark

    def _value(self, event: Any, key: int | None, depth: int) -> tuple[Any, Mark]:
        """The value that begins with `event`, and its mark; `key` is where its key stands."""
        kind = type(event)
        offset: int = event.start_mark.index
        mark = Mark(offset, offset if key is None else key)
        value: Any
        if kind is AliasEvent:
            value = self._alias(event, depth)
            if event.anchor in self._marks:
                mark.children = self._marks[event.anchor].children
            return value, mark
        before = self._nodes
        self._count(event, 1)
        if event.anchor is not None:
            self._anchors[event.anchor] = _OPEN
        if kind is ScalarEvent:
            value = self._scalar(event)
        else:
            self._check_collection(event, depth)
            if not event.flow_style:
                mark.offset = mark.key
            if kind is MappingStartEvent:
                value, mark.children = self._mapping(depth)
            else:
                value, mark.children = self._sequence(depth)
        if event.anchor is not None:
            self._anchors[event.anchor] = value
            self._marks[event.anchor] = mark
            self._sizes[event.anchor] = (self._nodes - before, _levels(value))
        return value, mark

    def _sequence(self, depth: int) -> tuple[list[Any], list[Mark]]:
        result: list[Any] = []
        marks: list[Mark] = []
        following = self._next
        event = following()
        while type(event) is not SequenceEndEvent:
            value, mark = self._value(event, None, depth + 1)
            result.append(value)
            marks.append(mark)
            event = following()
        return result, marks

    def _mapping(self, depth: int) -> tuple[dict[str, Any], dict[str, Mark]]:
        result: dict[str, Any] = {}
        marks: dict[str, Mark] = {}
        merged: list[tuple[Any, Any, Mark]] = []
        following, plain = self._next, self._plain
        event = following()
        while type(event) is not MappingEndEvent:
            key = self._key(event, depth)
            if key in marks:
                self._duplicate(event, key, marks[key])
            start: int = event.start_mark.index
            inner = following()
            # The common case, a plain text that has been seen before, without a call.
            common = type(inner) is ScalarEvent and inner.tag is None and inner.anchor is None
            if common and inner.implicit[0] and inner.value in plain:
                self._nodes += 1
                begin: Any = inner.start_mark
                value, mark = plain[inner.value], Mark(begin.index, start)
            else:
                value, mark = self._value(inner, start, depth + 1)
            marks[key] = mark
            if key == "<<" and event.implicit[0]:
                merged.append((event, value, mark))
            else:
                result[key] = value
            event = following()
        return self._merge(merged, result, marks) if merged else (result, marks)

    def _key(self, event: Any, depth: int) -> str:
        """The key as text; a key that JSON could not have is a fault, and what stands under it is read on."""
        if type(event) is ScalarEvent:
            text: str = event.value
            if event.tag is None and event.anchor is None and text not in _WORDS_AS_KEYS:
                return text
            if event.anchor is not None:
                start: Any = event.start_mark
                self._anchors[event.anchor] = text
                offset: int = start.index
                self._marks[event.anchor] = Mark(offset, offset)
                self._sizes[event.anchor] = (1, 0)
            if event.implicit[0] and text in _WORDS_AS_KEYS:
                found = "an empty key" if not text else f"the unquoted key {text}"
                self._fault(
                    event, "odd-key", f"{found} is not text in YAML", "put the key in quotes"
                )
            elif event.tag not in (None, "!", f"{_STANDARD}str"):
                self._fault(
                    event, "unknown-tag", f"a key with the tag {event.tag}", "remove the tag"
                )
            return text
        value, _ = self._value(event, None, depth + 1)
        if type(event) is AliasEvent and isinstance(value, str):
            return value
        self._fault(
            event, "odd-key", "a key must be text, not a list or an object", "put the key in quotes"
        )
        return f"\x00{len(self.faults)}"

    def _scalar(self, event: Any) -> scalars.Scalar:
        text: str = event.value
        if event.tag is not None and event.tag != "!":
            return self._tagged(event, text)
        if event.tag == "!" or not event.implicit[0]:
            return text
        try:
            return self._plain[text]
        except KeyError:
            value = self._plain[text] = self._resolved(event, scalars.plain, text)
            return value

    def _tagged(self, event: Any, text: str) -> scalars.Scalar:
        if event.tag == f"{_STANDARD}str":
            return text
        if event.tag in _TAGS:
            value = self._resolved(event, scalars.plain, text)
            if isinstance(value, _TAGS[event.tag]):
                return value
        self._fault(
            event, "unknown-tag", f"the tag {event.tag} cannot be used here", "remove the tag"
        )
        return text

    def _resolved(
        self, event: Any, read: Callable[[str], scalars.Scalar], text: str
    ) -> scalars.Scalar:
        try:
            return read(text)
        except scalars.NotJson as error:
            self._fault(event, "not-json", str(error), "put it in quotes if it is meant as text")
            return text

    def _alias(self, event: Any, depth: int) -> Any:
        value = self._anchors.get(event.anchor, None)
        if event.anchor not in self._anchors:
            self._fault(
                event, "undefined-alias", f"no anchor &{event.anchor} stands before this alias"
            )
            return None
        if value is _OPEN:
            self._fault(
                event, "undefined-alias", f"the alias *{event.anchor} stands inside its own anchor"
            )
            return None
        nodes, levels = self._sizes[event.anchor]
        self._count(event, nodes)
        if depth + levels - 1 > self._limits.depth:
            self._too_deep(event)
        return _copy(value)

    def _merge(
        self, merged: list[tuple[Any, Any, Mark]], own: dict[str, Any], marks: dict[str, Mark]
    ) -> tuple[dict[str, Any], dict[str, Mark]]:
        marks.pop("<<")
        result: dict[str, Any] = {}
        places: dict[str, Mark] = {}
        for event, value, mark in merged:
            parts = value if isinstance(value, list) else [value]
            if not all(isinstance(part, dict) for part in parts):
                self._fault(
                    event,
                    "odd-key",
                    "<< merges objects, and this is none",
                    'write "<<" in quotes for a plain key',
                )
                continue
            inside: Any = [mark] if isinstance(value, dict) else mark.children
            for part, where in zip(reversed(parts), reversed(inside), strict=True):
                result.update(part)  # the first one named wins
                places.update(where.children)
        return {**result, **own}, {**places, **marks}

    def _check_collection(self, event: Any, depth: int) -> None:
        if depth > self._limits.depth:
            self._too_deep(event)
        if event.tag not in (None, "!", _COLLECTIONS[type(event)]):
            self._fault(
                event, "unknown-tag", f"the tag {event.tag} cannot be used here", "remove the tag"
            )

    def _count(self, event: Any, nodes: int) -> None:
        self._nodes += nodes
        if self._nodes > self._limits.nodes:
            said = f"more than {self._limits.nodes} values once aliases are expanded"
            self._stop(event, "too-many-nodes", said, f"raise {self._limits.setting('nodes')}")

    def _too_deep(self, event: Any) -> None:
        said = f"nested deeper than {self._limits.depth} levels"
        self._stop(event, "too-deep", said, f"raise {self._limits.setting('depth')}")

    def _duplicate(self, event: Any, key: str, first: Mark) -> None:
        there = self._text.location(first.key)
        where = f"line {there.line}, column {there.column}"
        said = f"the key {key!r} stands twice in one object, first in {where}"
        self._fault(event, "duplicate-key", said, "remove one of the two")

    def _stop(self, event: Any, code: str, message: str, hint: str) -> None:
        self._fault(event, code, message, hint)
        raise DocumentError(self.faults)

    def _fault(self, event: Any, code: str, message: str, hint: str = "") -> None:
        self.faults.append(self._text.fault(event.start_mark.index, code, message, hint))


_WORDS_AS_KEYS: Final = frozenset(
    ("", "~", "null", "Null", "NULL", "true", "True", "TRUE", "false", "False", "FALSE")
)
_TAGS: Final[dict[str, type | tuple[type, ...]]] = {
    f"{_STANDARD}null": type(None),
    f"{_STANDARD}bool": bool,
    f"{_STANDARD}int": int,
    f"{_STANDARD}float": (int, float),
}


def _copy(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _copy(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_copy(item) for item in value]
    return value


def _levels(value: Any) -> int:
    """How many containers stand inside each other in a value."""
    layer, levels = [value], 0
    while layer := [item for item in layer if isinstance(item, (dict, list))]:
        levels += 1
        layer = [
            inner for item in layer for inner in (item.values() if isinstance(item, dict) else item)
        ]
    return levels
