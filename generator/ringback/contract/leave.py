"""What may be written to a server that is not this machine: what this run created, and nothing else.

A resource is owned by its path: what `POST /shops/7/orders` answered with id 12 owns `/shops/7/orders/12` and all below
it. The number 12 alone says nothing: other collections count too. An identifier that nobody can guess
(`ORa81f…`, a UUID) is owned wherever it stands, since many documents give one thing several paths.
"""

from __future__ import annotations

import contextlib
import json
import re
import threading
from collections.abc import Iterable, Mapping
from typing import Any, Final, Protocol
from urllib.parse import unquote, urlsplit

from ringback.contract.traffic import Reply, Request
from ringback.openapi import Operation

SAFE: Final = frozenset({"GET", "HEAD", "OPTIONS", "TRACE"})
_OVERRIDES: Final = frozenset({"x-http-method-override", "x-http-method", "x-method-override"})
_NAME: Final = re.compile(r"\{([^{}]+)\}")
_SUFFIX: Final = re.compile(r"(?<=.)\.(?:json|xml|yaml|csv|html?)\Z")
_UNGUESSABLE: Final = re.compile(r"(?=.*[0-9])(?=.*[A-Za-z])[A-Za-z0-9_-]{16,}")

Key = tuple[str, ...]


class Match(Protocol):
    """An operation that a target belongs to, and the values of its path, decoded."""

    @property
    def operation(self) -> Operation: ...
    @property
    def values(self) -> Mapping[str, str]: ...


def is_write(request: Request) -> bool:
    """Whether a request may change something: by its method, or by a header that some servers take for one."""
    return request.method not in SAFE or any(name in _OVERRIDES for name, _ in request.headers)


class Leave:
    """What this run created, and what it may therefore change. Threads share it."""

    def __init__(self, operations: Iterable[Operation]) -> None:
        self._lock = threading.Lock()
        self._created_in: set[Key] = (
            set()
        )  # templates of collections that something can be created in
        self._addressed: dict[Key, set[str]] = (
            {}
        )  # what operations are about; what its parameter is called
        for operation in operations:
            segments = _segments(operation.template)
            key = _shape(segments)
            if operation.method == "POST":
                self._created_in.add(key)
            self._addressed.setdefault(key, set()).update(
                _NAME.findall(segments[-1]) if segments else ()
            )
        self._owned: set[Key] = set()
        self._known: set[str] = set()

    @property
    def owned(self) -> frozenset[str]:
        """The identifiers of what this run created."""
        with self._lock:
            return frozenset(self._known)

    def refusal(self, request: Request, match: Match | None) -> str:
        """Why a write must not be sent to a server of others, even with leave to write; "" if it may."""
        if request.method in SAFE:
            return "a header asks the server to take another method"
        if match is None:
            return "the document does not have this operation"
        if any(_leads_away(value) for value in match.values.values()) or "//" in request.path:
            return "the path leads elsewhere"
        operation = match.operation
        segments = _segments(operation.template)
        owned = False
        for index, segment in enumerate(segments):
            if not _NAME.search(segment):
                continue
            prefix = _key(segments[: index + 1], match.values)
            last = index == len(segments) - 1
            owned = self._owns(prefix)
            if not owned and (last or not self._free(operation, segments, index)):
                return f"{prefix[-1]} was not created by this run"
        if operation.method != "POST" and not owned:
            return f"{request.path} was not created by this run"
        return ""

    def learn(self, request: Request, reply: Reply, match: Match | None) -> None:
        """Take what an answer says that was created."""
        if match is None or match.operation.method != "POST" or not 200 <= reply.status < 300:
            return
        segments = _segments(match.operation.template)
        if not segments or _NAME.search(segments[-1]):
            return
        collection = _key(segments, match.values)
        names = self._names(_shape(segments))
        for value in _created(reply, names):
            # What was named in the request may have been there before, unless the answer says Created.
            if reply.status != 201 and _mentions(request, value):
                continue
            with self._lock:
                self._owned.add((*collection, value))
                self._known.add(value)

    def _owns(self, prefix: Key) -> bool:
        with self._lock:
            if prefix in self._owned:
                return True
            return prefix[-1] in self._known and bool(_UNGUESSABLE.fullmatch(prefix[-1]))

    def _free(self, operation: Operation, segments: list[str], index: int) -> bool:
        """Whether a parent is one that a run cannot create: the account that it works in, above all."""
        named = set(_NAME.findall(segments[index]))
        if any(
            one.name in named and "x-ringback-credential" in one.extensions
            for one in operation.parameters
        ):
            return True
        shape = _shape(segments[: index + 1])
        return shape[:-1] not in self._created_in and shape not in self._addressed

    def _names(self, collection: Key) -> set[str]:
        """What the identifier of a new resource may be called in an answer."""
        named = self._addressed.get((*collection, "{}"), set())
        return {"id", "sid", "uuid", "guid"} | {_plain(name) for name in named}


def _segments(template: str) -> list[str]:
    parts = template.strip("/").split("/") if template.strip("/") else []
    return [*parts[:-1], _SUFFIX.sub("", parts[-1])] if parts else []


def _shape(segments: list[str]) -> Key:
    """A template whose parameters are the same whatever they are called."""
    return tuple(_NAME.sub("{}", one) for one in segments)


def _key(segments: list[str], values: Mapping[str, str]) -> Key:
    return tuple(
        _NAME.sub(lambda found: values.get(found[1], found[0]), segment) for segment in segments
    )


def _plain(name: str) -> str:
    return name.lower().replace("_", "").replace("-", "")


def _leads_away(value: str) -> bool:
    return value in ("", ".", "..") or any(sign in value for sign in "/\\\0;?#%")


def _mentions(request: Request, value: str) -> bool:
    sent = f"{unquote(request.target)} {unquote(request.body.decode('latin-1'))}"
    return re.search(rf"(?<![0-9A-Za-z]){re.escape(value)}(?![0-9A-Za-z])", sent) is not None


def _created(reply: Reply, names: set[str]) -> set[str]:
    """The identifiers that an answer to a creation gives the new resource."""
    found: set[str] = set()
    with contextlib.suppress(ValueError, RecursionError):
        body: Any = json.loads(reply.body)
        if (
            isinstance(body, dict)
            and len(body) == 1
            and isinstance(next(iter(body.values())), dict)
        ):
            body = next(iter(body.values()))
        if isinstance(body, dict):
            for name, value in body.items():
                fits = isinstance(value, str | int) and not isinstance(value, bool)
                if fits and _plain(name) in names:
                    found.add(str(value))
    location = reply.header("location")
    if location:
        with contextlib.suppress(ValueError):
            last = urlsplit(location).path.rstrip("/").rpartition("/")[2]
            found.add(unquote(_SUFFIX.sub("", last)))
    return {value for value in found if not _leads_away(value)}
