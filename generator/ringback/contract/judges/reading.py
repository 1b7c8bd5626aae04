"""One exchange, read once: its operation, the answer that the document describes, and the values on both sides.

Judges, ledger and coverage look at the same exchange one after the other, so the last reading of each thread is kept.
"""

from __future__ import annotations

import json
import threading
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import unquote_plus

from ringback.contract.outcome import Finding
from ringback.contract.traffic import Exchange
from ringback.openapi import MediaType, Operation, Parameter, Response, Schema
from ringback.source import Path, Severity

if TYPE_CHECKING:
    from ringback.wire import Contract

NOTHING: Final = object()
"""There is no value: no body, or one that cannot be read."""

_FORM: Final = ("application/x-www-form-urlencoded", "multipart/form-data")
_last = threading.local()


@dataclass(slots=True, eq=False)
class Reading:
    """What an exchange says in the words of the document. `operation` is None where its path has none."""

    contract: Contract
    exchange: Exchange
    operation: Operation | None
    label: str
    values: dict[str, str]  # of the path, decoded
    response: Response | None = None
    media: MediaType | None = None
    value: Any = NOTHING  # the answer's JSON
    fault: str = ""  # why the answer's body cannot be read
    _told: dict[str, dict[str, Any]] | None = field(default=None)

    @property
    def status(self) -> int:
        """The answer's status; 0 where there is no answer."""
        return self.exchange.reply.status if self.exchange.reply is not None else 0

    @property
    def accepted(self) -> bool:
        return 200 <= self.status < 300

    @property
    def started(self) -> float:
        return self.exchange.started

    @property
    def ended(self) -> float:
        return self.exchange.started + self.exchange.elapsed

    @property
    def schema(self) -> Schema | None:
        return self.media.schema if self.media is not None else None

    @property
    def told(self) -> dict[str, dict[str, Any]]:
        """What the request says, by `query` and `body`: names to values, as their schemas read them."""
        if self._told is None:
            self._told = {"query": self._query(), "body": self._body()}
        return self._told

    def _query(self) -> dict[str, Any]:
        query = self.exchange.request.query
        if self.operation is None or not query:
            return {}
        return dict(self.contract.query(self.operation, query))

    def _body(self) -> dict[str, Any]:
        request = self.exchange.request
        if self.operation is None or self.operation.body is None or not request.body:
            return {}
        media = (request.header("content-type") or "").partition(";")[0].strip().lower()
        if is_json(media):
            value = read_json(request.body)
            return value if isinstance(value, dict) else {}
        if media not in _FORM:
            return {}
        return dict(self.contract.form(self.operation, request.body, media) or {})

    def finding(
        self,
        code: str,
        message: str,
        path: Path,
        *,
        where: str = "",
        evidence: tuple[int, ...] = (),
        severity: Severity = Severity.ERROR,
        count: int = 1,
        hint: str = "",
    ) -> Finding:
        """A finding of this exchange; `path` is where the document says what is not kept to."""
        return Finding(
            code=code,
            operation=self.label,
            message=message,
            where=where,
            place=self.contract.locate(path),
            evidence=(*evidence, self.exchange.number),
            severity=severity,
            count=count,
            hint=hint,
        )


def read(contract: Contract, exchange: Exchange) -> Reading:
    """Read an exchange; the same one again costs nothing."""
    kept: Reading | None = getattr(_last, "reading", None)
    if kept is not None and _last.exchange is exchange and kept.contract is contract:
        return kept
    made = _read(contract, without_keys(contract, exchange))
    _last.reading, _last.exchange = made, exchange
    return made


def without_keys(contract: Contract, exchange: Exchange) -> Exchange:
    """An exchange as if the keys in its query had been shown elsewhere: they say who asks, not what is asked."""
    schemes = contract.document.security_schemes
    names = {one.parameter for one in schemes if one.type == "apiKey" and one.location == "query"}
    query = exchange.request.query
    if not names or not query:
        return exchange
    fields = query.split("&")
    kept = [one for one in fields if unquote_plus(one.partition("=")[0]) not in names]
    if len(kept) == len(fields):
        return exchange
    target = exchange.request.path + ("?" + "&".join(kept) if kept else "")
    return replace(exchange, request=replace(exchange.request, target=target))


def _read(contract: Contract, exchange: Exchange) -> Reading:
    request, reply = exchange.request, exchange.reply
    match = contract.match(request.method, request.target)
    if match is None:
        return Reading(contract, exchange, None, exchange.operation or "", {})
    operation: Operation = match.operation
    made = Reading(contract, exchange, operation, contract.label(operation), dict(match.values))
    if reply is None:
        return made
    made.response = contract.response(operation, reply.status)
    if made.response is not None:
        made.media = media_of(made.response.content, reply.media_type)
    if reply.body and is_json(reply.media_type):
        try:
            made.value = json.loads(reply.body)
        except (ValueError, RecursionError) as error:
            made.fault = _sentence(error)
    return made


def _sentence(error: Exception) -> str:
    if isinstance(error, json.JSONDecodeError):
        return f"{error.msg} at character {error.pos}"
    return "it is nested too deeply" if isinstance(error, RecursionError) else "it is not UTF-8"


def read_json(text: bytes) -> Any:
    """The value of a JSON text, or NOTHING."""
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return NOTHING


def is_json(media_type: str) -> bool:
    return media_type.endswith(("/json", "+json"))


def media_of(content: tuple[MediaType, ...], name: str) -> MediaType | None:
    """The entry of a `content` map for a media type: the type itself, its family (`text/*`), or anything (`*/*`)."""
    kind = name.partition("/")[0]
    for wanted in (name, f"{kind}/*", "*/*"):
        for one in content:
            if one.name.partition(";")[0].strip().lower() == wanted:
                return one
    return None


def properties(schema: Schema | None) -> dict[str, Schema]:
    """The properties of an object schema, those of its parts (`allOf`, `anyOf`, `oneOf`) among them."""
    found: dict[str, Schema] = {}
    _gather(schema, found, set())
    return found


def _gather(schema: Schema | None, found: dict[str, Schema], seen: set[int]) -> None:
    if schema is None or id(schema) in seen:
        return
    seen.add(id(schema))
    for name, sub in schema.properties:
        found.setdefault(name, sub)
    for part in (*schema.all_of, *schema.any_of, *schema.one_of):
        _gather(part, found, seen)


def parameter(operation: Operation, location: str, name: str) -> Parameter | None:
    return next(
        (one for one in operation.parameters if one.location == location and one.name == name), None
    )
