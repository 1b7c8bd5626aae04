"""The offsets of all values of a YAML text that has been read without a fault."""

from __future__ import annotations

from typing import Any

from yaml.events import (
    AliasEvent,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
)

from .places import Mark
from .text import Text
from .yaml_reader import event_source


def scan_yaml(text: Text) -> Mark:
    """The tree of marks; mirrors what `read_yaml` builds, merges and aliases included."""
    scan = _Scan(text.content)
    scan.next()  # the stream's start
    scan.next()  # the document's start
    return scan.value(scan.next(), None)


class _Scan:
    def __init__(self, content: str) -> None:
        self.next = event_source(content)
        self._anchors: dict[str, Mark] = {}
        self._keys: dict[str, str] = {}  # anchored keys

    def value(self, event: Any, key: int | None) -> Mark:
        """The mark of the value that begins with `event`; `key` is where its key stands."""
        offset: int = event.start_mark.index
        kind = type(event)
        if kind is AliasEvent:
            return Mark(
                offset, offset if key is None else key, self._anchors[event.anchor].children
            )
        mark = Mark(offset, offset if key is None else key)
        if kind is MappingStartEvent:
            mark.children = self._mapping()
        elif kind is not ScalarEvent:
            mark.children = self._sequence()
        if kind is not ScalarEvent and not event.flow_style:
            mark.offset = mark.key
        if event.anchor is not None:
            self._anchors[event.anchor] = mark
            if kind is ScalarEvent:
                self._keys[event.anchor] = event.value
        return mark

    def _sequence(self) -> list[Mark]:
        result = []
        event = self.next()
        while type(event) is not SequenceEndEvent:
            result.append(self.value(event, None))
            event = self.next()
        return result

    def _mapping(self) -> dict[str, Mark]:
        own: dict[str, Mark] = {}
        merged: list[Mark] = []
        following = self.next
        event: Any = following()
        while type(event) is not MappingEndEvent:
            merges = type(event) is ScalarEvent and event.value == "<<" and event.implicit[0]
            key = self._key(event)
            start: Any = event.start_mark
            inner: Any = following()
            if type(inner) is ScalarEvent and inner.anchor is None:
                begin: Any = inner.start_mark
                mark = Mark(begin.index, start.index)
            else:
                mark = self.value(inner, start.index)
            if merges:
                merged.append(mark)
            else:
                own[key] = mark
            event = following()
        return _merge(merged, own) if merged else own

    def _key(self, event: Any) -> str:
        if type(event) is AliasEvent:
            return self._keys[event.anchor or ""]
        if event.anchor is not None:
            self._anchors[event.anchor] = Mark(event.start_mark.index, event.start_mark.index)
            self._keys[event.anchor] = event.value
        text: str = event.value
        return text


def _merge(merged: list[Mark], own: dict[str, Mark]) -> dict[str, Mark]:
    result: dict[str, Mark] = {}
    for mark in merged:
        inside: Any = mark.children
        parts = (
            [inside]
            if isinstance(inside, dict)
            else [part.children for part in reversed(inside or ())]
        )
        for part in parts:
            assert isinstance(part, dict)
            result.update(part)
    result.update(own)
    return result
