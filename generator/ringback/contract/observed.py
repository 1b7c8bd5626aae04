"""What was observed that the document does not allow, gathered by the place in the document that has to change."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from ringback.contract.judges.headers import header_value
from ringback.contract.judges.reading import NOTHING, Reading, read
from ringback.contract.judges.schema import value_at
from ringback.contract.traffic import Exchange
from ringback.openapi import Schema
from ringback.source import Path

if TYPE_CHECKING:
    from ringback.wire import Contract, Violation

_MOST_VALUES = 200


@dataclass(slots=True)
class Observation:
    """Values that one place of the document does not allow (or does not mention).

    `keyword`: of a schema what is violated; `status`, `content` and `property` for what is missing. `detail` tells apart what is
    missing there: a status, a media type, the name of a property.
    """

    path: Path
    keyword: str
    detail: str
    count: int = 0
    values: list[Any] = field(default_factory=list)

    def add(self, value: Any) -> None:
        self.count += 1
        if len(self.values) < _MOST_VALUES and value is not NOTHING:
            self.values.append(value)


class Observations:
    """Gathers from exchanges. What a server itself calls its error (5xx) is not made legal."""

    def __init__(self, contract: Contract) -> None:
        self._contract = contract
        self.found: dict[tuple[Path, str, str], Observation] = {}

    def take(self, exchanges: Iterable[Exchange]) -> None:
        for exchange in exchanges:
            reading = read(self._contract, exchange)
            if reading.operation is not None and exchange.reply is not None:
                self._take(reading)

    def _note(self, path: Path, keyword: str, detail: str, value: Any) -> None:
        key = (path, keyword, detail)
        if key not in self.found:
            self.found[key] = Observation(path, keyword, detail)
        self.found[key].add(value)

    def _take(self, reading: Reading) -> None:
        operation, reply = reading.operation, reading.exchange.reply
        assert operation is not None and reply is not None
        if reading.response is None:
            if reading.status < 500:
                status = f"{reading.status} {reply.media_type}".strip()
                self._note((*operation.path, "responses"), "status", status, reading.value)
            return
        response = reading.response
        self._headers(reading)
        if reply.body and reading.media is None and reply.media_type and not reading.fault:
            self._note(response.path, "content", reply.media_type, reading.value)
        if reading.value is NOTHING or reading.schema is None:
            return
        for one in self._contract.violations(reading.schema, reading.value, reply=True):
            self._violation(one, reading.value)
        for path, name, value in unmentioned(reading.schema, reading.value):
            self._note((*path, "properties"), "property", name, value)

    def _headers(self, reading: Reading) -> None:
        reply, response = reading.exchange.reply, reading.response
        for one in response.headers if reply is not None and response is not None else ():
            given = reply.header(one.name.lower()) if reply is not None else None
            if given is None:
                if one.required:
                    self._note(one.path, "header", "", NOTHING)
            elif one.schema is not None:
                value = header_value(one, one.schema, given)
                for violation in self._contract.violations(one.schema, value, reply=True):
                    self._violation(violation, value)

    def _violation(self, one: Violation, value: Any) -> None:
        if one.keyword in ("required", "additionalProperties", "unevaluatedProperties"):
            detail = one.where.rpartition("/")[2].replace("~1", "/").replace("~0", "~")
        else:
            detail = ""
        self._note(one.path, one.keyword, detail, value_at(value, one.where))


def unmentioned(schema: Schema, value: Any, depth: int = 0) -> Iterator[tuple[Path, str, Any]]:
    """Properties that a value has and its schema, though it lists some, does not mention: schema's path, name, value."""
    if depth > 32:
        return
    if isinstance(value, list) and schema.items is not None:
        for item in value:
            yield from unmentioned(schema.items, item, depth + 1)
        return
    whole = [schema, *schema.all_of]
    if not isinstance(value, dict) or schema.any_of or schema.one_of:
        return
    known = {name: sub for part in whole for name, sub in part.properties}
    for name, item in value.items():
        if name in known:
            yield from unmentioned(known[name], item, depth + 1)
    owner = next((part for part in whole if part.properties), None)
    open_ = all(part.additional_properties is None for part in whole)
    if owner is not None and open_ and not any(part.all_of for part in schema.all_of):
        for name in value.keys() - known.keys():
            yield owner.path, name, value[name]
