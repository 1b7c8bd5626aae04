"""YAML text to plain dict, list and scalars, from the parser's events.

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
from .text import Text, forbidden_character

_STANDARD: Final = "tag:yaml.org,2002:"
_COLLECTIONS: Final[dict[type, str]] = {
    MappingStartEvent: f"{_STANDARD}map",
    SequenceStartEvent: f"{_STANDARD}seq",
}
_OPEN: Final = object()  # the value of an anchor whose node is still being read


def read_yaml(text: Text, limits: Limits) -> Any:
    """The one document of a YAML text. Raises DocumentError with every fault found."""
    if fault := forbidden_character(text):
        raise DocumentError([fault])
    builder = _Builder(text, limits)
    with collector_paused(), yaml_faults(text, builder.faults):
        value = builder.document()
    if builder.faults:
        raise DocumentError(builder.faults)
    return value


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
        self._sizes: dict[str, tuple[int, int]] = {}  # anchor: values, levels
        self._nodes = 0

    def document(self) -> Any:
        self._next()  # the stream's start
        event = self._next()
        if not isinstance(event, DocumentStartEvent):
            raise DocumentError([self._text.fault(0, "empty-document", "the file holds no value")])
        value = self._value(self._next(), 1)
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
        return value

    def _value(self, event: Any, depth: int) -> Any:
        kind = type(event)
        if kind is AliasEvent:
            return self._alias(event, depth)
        before = self._nodes
        self._count(event, 1)
        if event.anchor is not None:
            self._anchors[event.anchor] = _OPEN
        value: Any
        if kind is ScalarEvent:
            value = self._scalar(event)
        else:
            self._check_collection(event, depth)
            value = self._mapping(depth) if kind is MappingStartEvent else self._sequence(depth)
        if event.anchor is not None:
            self._anchors[event.anchor] = value
            self._sizes[event.anchor] = (self._nodes - before, _levels(value))
        return value

    def _sequence(self, depth: int) -> list[Any]:
        result: list[Any] = []
        following = self._next
        event = following()
        while type(event) is not SequenceEndEvent:
            result.append(self._value(event, depth + 1))
            event = following()
        return result

    def _mapping(self, depth: int) -> dict[str, Any]:
        result: dict[str, Any] = {}
        keys: dict[str, Any] = {}  # the event of each key, for naming the first of two
        merged: list[tuple[Any, Any]] = []
        following, plain = self._next, self._plain
        event = following()
        while type(event) is not MappingEndEvent:
            key = self._key(event, depth)
            if key in keys:
                self._duplicate(event, key, keys[key])
            keys[key] = event
            inner = following()
            # The common case, a plain text that has been seen before, without a call.
            common = type(inner) is ScalarEvent and inner.tag is None and inner.anchor is None
            if common and inner.implicit[0] and inner.value in plain:
                self._nodes += 1
                value = plain[inner.value]
            else:
                value = self._value(inner, depth + 1)
            if key == "<<" and event.implicit[0]:
                merged.append((event, value))
            else:
                result[key] = value
            event = following()
        return self._merge(merged, result) if merged else result

    def _key(self, event: Any, depth: int) -> str:
        """The key as text; a key that JSON could not have is a fault, and what stands under it is read on."""
        if type(event) is ScalarEvent:
            text: str = event.value
            if event.tag is None and event.anchor is None and text not in _WORDS_AS_KEYS:
                return text
            if event.anchor is not None:
                self._anchors[event.anchor] = text
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
        value = self._value(event, depth + 1)
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

    def _merge(self, merged: list[tuple[Any, Any]], own: dict[str, Any]) -> dict[str, Any]:
        result: dict[str, Any] = {}
        for event, value in merged:
            parts = value if isinstance(value, list) else [value]
            if not all(isinstance(part, dict) for part in parts):
                self._fault(
                    event,
                    "odd-key",
                    "<< merges objects, and this is none",
                    'write "<<" in quotes for a plain key',
                )
                continue
            for part in reversed(parts):  # the first one named wins
                result.update(part)
        result.update(own)
        return result

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

    def _duplicate(self, event: Any, key: str, first: Any) -> None:
        line = first.start_mark.line + 1
        said = f"the key {key!r} stands twice in one object, first in line {line}"
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
