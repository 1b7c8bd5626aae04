"""One document's bindings on a tour: every operation goes client -> wire -> stub and back, with values drawn from it.

What arrives on either side is compared with what was given; what passes between them, as bytes, is compared with what
was drawn and held to the document by the referee.
"""

from __future__ import annotations

import asyncio
import datetime as _datetime
import importlib
import json
import re
import sys
import typing
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from email.utils import parsedate_to_datetime
from functools import partial
from pathlib import Path
from random import Random
from types import SimpleNamespace
from typing import Any
from urllib.parse import parse_qsl

import httpx2
import msgspec
import yaml
from referee import Referee
from wirevalues import Drawer, NothingFits

from ringback import emit, openapi, plan, source
from ringback.plan import AnswerPlan, BodyPlan, OperationPlan, ParameterPlan

_EXPANSION = re.compile(r"\{[.;/?]?([^{}*]+)\*?\}")
"""A parameter of a path that is written as a URI template has it: `{;color*}`."""
FORM = "application/x-www-form-urlencoded"
WITHOUT_CREDENTIALS = ("client_id", "client_secret")  # a token of one's own is shown instead


@dataclass(frozen=True)
class Sent:
    """What goes in: the arguments of the method, what the stub must see, the body as JSON and where its schema stands."""

    arguments: dict[str, Any]
    seen: dict[str, Any]
    body: Any = None
    body_at: str = ""
    media_type: str = ""


@dataclass(frozen=True)
class Returned:
    """What comes back: the stub's answer, its value, the JSON of it and where its schema stands."""

    answer: Any
    status: int
    value: Any
    wire: Any = None
    at: str = ""
    stream: bool = False
    headers: dict[str, Any] = field(default_factory=dict)
    headers_class: str = ""


class Tour:
    """A generated package, imported, with what is needed to try it."""

    def __init__(self, file: Path, folder: Path, name: str) -> None:
        parsed, _ = openapi.parse(source.load(file), second=False)
        self.plan = plan.draw(parsed, name).plan
        for one in emit.render(self.plan):
            target = folder / name / one.path
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(one.text, encoding="utf-8")
        if str(folder) not in sys.path:
            sys.path.insert(0, str(folder))
        importlib.invalidate_caches()
        self._name = name
        raw = plainly(file)
        self.sending, self.answering = Referee(raw, "request"), Referee(raw, "answer")
        self.server, self.decode = self.module("server"), self.module("_runtime.decode").decode
        self._loop = asyncio.new_event_loop()

    def module(self, name: str) -> Any:
        """A module of the package."""
        return importlib.import_module(f"{self._name}.{name}")

    def close(self) -> None:
        """Forget the package."""
        self._loop.close()
        for name in [one for one in sys.modules if one.partition(".")[0] == self._name]:
            del sys.modules[name]

    # -- what is drawn

    def sent(self, operation: OperationPlan, chance: Random) -> Sent:
        """Arguments for an operation. Raises NothingFits where its schemas allow no value that is found."""
        drawer = Drawer(self.sending, chance)
        hints = typing.get_type_hints(getattr(self.server, operation.input), include_extras=True)
        arguments: dict[str, Any] = {}
        for one in operation.parameters:
            if one.required or chance.random() < 0.7:
                value = drawer.value(self._parameter_at(operation, one), plain=True)
                arguments[one.argument] = self.typed(hints[one.argument], value)
        seen = dict(arguments)
        first = operation.body
        if first is None:
            return Sent(arguments, seen)
        fielded = any(one.required for one in first.fields) and not first.whole
        if not (first.required or fielded or chance.random() < 0.8):
            return Sent(arguments, seen)
        body = chance.choice(
            [one for one in operation.bodies if not _in_parts(one)] or operation.bodies
        )
        return self._with_body(
            operation, body, drawer, Sent(arguments, seen, media_type=body.media_type)
        )

    def _with_body(
        self, operation: OperationPlan, body: BodyPlan, drawer: Drawer, sent: Sent
    ) -> Sent:
        entry = getattr(self.module("operations"), operation.constant)
        row = next(one for one in (entry.body, *entry.others) if one.media_type == body.media_type)
        at = f"{operation.place}/requestBody/content/{_escaped(body.media_type)}/schema"
        more: dict[str, Any] = {}
        if operation.chooser:
            more[operation.chooser] = body.media_type.replace("*/*", "a/b").replace("/*", "/b")
        if row.codec is not None and type(row.codec).__name__ == "LinesBody":
            raise NothingFits("a stream of requests has tests of its own")
        if row.fields and not row.whole:
            drawn = drawer.value(at, nulls=False)
            given = {
                one.argument: self._field(row, one, drawn[one.name])
                for one in row.fields
                if one.name in drawn
            }
            whole = {
                one.attribute or one.argument: given[one.argument]
                for one in row.fields
                if one.argument in given
            }
            seen = {**sent.seen, "body": row.type(**whole)}
            return Sent({**sent.arguments, **given, **more}, seen, drawn, at, body.media_type)
        if row.type in (str, bytes):
            value: Any = "ein Text: ü" if row.type is str else b"\x00\xff bytes"
            return Sent(
                {**sent.arguments, "body": value, **more},
                {**sent.seen, "body": value},
                None,
                "",
                body.media_type,
            )
        if "json" not in body.media_type and body.media_type != FORM:
            raise NothingFits("parts as one value have tests of their own")
        drawn = drawer.value(at)
        value = self.typed(row.type, drawn)
        return Sent(
            {**sent.arguments, "body": value, **more},
            {**sent.seen, "body": value},
            drawn,
            at,
            body.media_type,
        )

    def returned(self, operation: OperationPlan, chance: Random) -> Returned:
        """One of the documented answers, with its documented headers."""
        entry = getattr(self.module("operations"), operation.constant)
        pairs = list(zip(operation.answers, entry.answers, strict=True))
        listed = [(one, row) for one, row in pairs if not one.other]
        if not listed:
            raise NothingFits("no answer is documented")
        good = [pair for pair in listed if pair[0].status[0] == "2"]
        chosen, row = chance.choice(good if good and chance.random() < 0.7 else listed)
        status = _status(chosen.status, {one.status for one, _ in listed})
        kind = getattr(self.server, chosen.name)
        headers = self._headers(operation, chosen, kind, chance)
        more = {"status": status} if chosen.literal_status == "int" else {}
        found = self._content(
            operation, chosen, row, status, partial(kind, **more, **headers), chance
        )
        return replace(found, headers=headers, headers_class=chosen.headers_class)

    def _headers(
        self, operation: OperationPlan, chosen: AnswerPlan, kind: Any, chance: Random
    ) -> dict[str, Any]:
        drawer = Drawer(self.answering, chance)
        hints = typing.get_type_hints(kind, include_extras=True) if chosen.headers else {}
        found = {}
        for one in chosen.headers:
            at = f"{operation.place}/responses/{chosen.status}/headers/{_escaped(one.wire)}"
            content = self.answering.at(at).get("content")
            at += f"/content/{_escaped(next(iter(content)))}/schema" if content else "/schema"
            if one.required or chance.random() < 0.7:
                value = drawer.value(at, plain=True)
                if isinstance(value, str) and not (
                    value.isascii() and value.strip() == value != ""
                ):
                    value = "a text"
                found[one.argument] = self.typed(hints[one.argument], value)
        return found

    def _content(
        self, operation: OperationPlan, chosen: AnswerPlan, row: Any, status: int, kind: Any, chance: Random
    ) -> Returned:  # fmt: skip
        if not chosen.annotation:
            return Returned(kind(), status, None)
        if row.type is bytes or row.type is str:
            value: Any = b"\x00\xff bytes" if row.type is bytes else "ein Text: ü"
            return Returned(kind(value), status, value)
        at = f"{operation.place}/responses/{chosen.status}/content/{_escaped(row.media_type)}"
        item = "itemSchema" in self.answering.at(at)
        at += "/itemSchema" if item else "/schema"
        drawer = Drawer(self.answering, chance)
        if row.stream:
            if not item and "items" in self.answering.at(at):
                at += "/items"
            if row.whole:
                raise NothingFits("whole events have tests of their own")
            items = [drawer.value(at) for _ in range(2)]
            values = [self.typed(row.type, one) for one in items]
            return Returned(kind(values), status, values, items, at, True)
        described = "schema" in self.answering.at(at.rpartition("/")[0])
        drawn = drawer.value(at) if described else {"any": [1]}
        value = self.typed(row.type, drawn)
        return Returned(kind(value), status, value, drawn, at)

    def typed(self, kind: Any, wire: Any) -> Any:
        """A drawn value as the bindings read it: without a drift, since the document allows it."""
        if _is_time(kind):
            kind = _datetime.datetime if "T" in wire else _datetime.date
        value, drifts = self.decode(kind, msgspec.json.encode(wire))
        assert drifts == (), f"{[str(one) for one in drifts]} in {json.dumps(wire)}"
        return value

    def _field(self, body: Any, row: Any, wire: Any) -> Any:
        """A field of a form as Python has it. Files are bytes."""
        if getattr(row.codec, "kind", "") == "file":
            return [one.encode() for one in wire] if isinstance(wire, list) else wire.encode()
        hints = typing.get_type_hints(body.type, include_extras=True)
        return self.typed(hints[row.attribute or row.argument], wire)

    # -- where things stand in the document

    def _parameter_at(self, operation: OperationPlan, wanted: ParameterPlan) -> str:
        if wanted.part:
            at = f"{operation.place}/requestBody/content/multipart~1form-data/encoding"
            return f"{at}/{_escaped(wanted.part)}/headers/{_escaped(wanted.wire)}/schema"
        for base in (operation.place, operation.place.rpartition("/")[0]):
            for index, _ in enumerate(self.sending.at(base).get("parameters", ())):
                at = f"{base}/parameters/{index}"
                node = self.sending.at(at)
                if (node.get("name"), node["in"]) == (wanted.wire, wanted.place):
                    content = node.get("content")
                    return (
                        f"{at}/content/{_escaped(next(iter(content)))}/schema"
                        if content
                        else f"{at}/schema"
                    )
        raise AssertionError(f"{wanted.wire} is not in the document")

    # -- there and back

    def go(self, operation: OperationPlan, sent: Sent, returned: Returned) -> None:
        """One exchange, held to what was drawn at each of its four points."""
        inputs: list[Any] = []

        async def handle(given: Any) -> Any:
            inputs.append(given)
            return returned.answer

        group = next(one for one in self.plan.groups if operation in one.operations)
        wire = _Wire(self._app(group.attribute, group.base, operation.name, handle), self._loop)
        client = self._client(wire)
        with client.record() as recorded:
            found = _result(
                self.module("errors"), client, group.attribute, operation, sent, returned
            )
        assert inputs, f"the stub refused what the client sent: {wire.status} {wire.answer!r}"
        for name, value in sent.seen.items():
            assert same_value(getattr(inputs[0], name), value), (
                name,
                value,
                getattr(inputs[0], name),
            )
        if returned.wire is not None or returned.value is not None:
            assert same_value(found, returned.value), (returned.value, found)
        assert [str(drift) for _, drift in client.drifts] == []
        if returned.headers and recorded.exchanges:
            kind = getattr(self.module("headers"), returned.headers_class)
            headers = recorded.last.headers_as(kind)
            for name, value in returned.headers.items():
                assert same_value(getattr(headers, name), value), (name, value, headers)
        self._judge_request(sent, wire)
        self._judge_answer(returned, wire)

    def _app(self, group: str, base: str, method: str, handle: Any) -> Any:
        async def unexpected(given: Any) -> Any:
            raise AssertionError(f"the wrong operation was called: {given}")

        names = [one for one in vars(getattr(self.server, base)) if not one.startswith("_")]
        handler = SimpleNamespace(**{**dict.fromkeys(names, unexpected), method: handle})
        return self.server.build_app(**{group: handler}, check_answers=True)

    def _client(self, wire: _Wire) -> Any:
        given = {
            one.name: "x" for one in self.plan.credentials if one.name not in WITHOUT_CREDENTIALS
        }
        http = httpx2.Client(transport=wire)
        url = "http://stub.test" + self.plan.base_path
        return self.module("client").Client(base_url=url, http=http, max_retries=0, **given)

    def _judge_request(self, sent: Sent, wire: _Wire) -> None:
        if sent.body is None:
            return
        if "json" in sent.media_type:
            found = json.loads(wire.request)
            assert same_json(found, sent.body), (sent.body, found)
            assert self.sending.faults(sent.body_at, found) == []
        elif sent.media_type == FORM and all(isinstance(one, str) for one in sent.body.values()):
            assert dict(parse_qsl(wire.request.decode(), keep_blank_values=True)) == sent.body

    def _judge_answer(self, returned: Returned, wire: _Wire) -> None:
        assert wire.status == returned.status
        if returned.wire is None or returned.stream:
            return
        found = json.loads(wire.answer)
        assert same_json(found, returned.wire), (returned.wire, found)
        if returned.at.endswith("/schema"):
            assert not self.answering.faults(returned.at, found)


class _Wire(httpx2.BaseTransport):
    """The way to an application in this process; it keeps what passed."""

    def __init__(self, app: Any, loop: asyncio.AbstractEventLoop) -> None:
        self._transport, self._loop = httpx2.ASGITransport(app=app), loop
        self.request = self.answer = b""
        self.status = 0

    def handle_request(self, request: httpx2.Request) -> httpx2.Response:
        self.request = request.read()
        return self._loop.run_until_complete(self._answer(request))

    async def _answer(self, request: httpx2.Request) -> httpx2.Response:
        asked = httpx2.Request(
            request.method, request.url, headers=request.headers, content=self.request
        )
        answer = await self._transport.handle_async_request(asked)
        self.status, self.answer = answer.status_code, await answer.aread()
        return httpx2.Response(self.status, headers=answer.headers, content=self.answer)


def _result(
    errors: Any, client: Any, group: str, operation: OperationPlan, sent: Sent, returned: Returned
) -> Any:
    """What the caller of the client's method gets: the value of a success, the body of an error."""
    method = getattr(getattr(client, group), operation.name)
    try:
        found = method(**sent.arguments)
        if operation.paging is not None:
            return next(found.pages())
        if returned.stream:
            return list(found)
        if operation.stream:
            list(found)
        return found.read() if hasattr(found, "read") and operation.binary else found
    except errors.StatusError as error:
        assert error.status == returned.status, f"{error.status}, not {returned.status}: {error}"
        return error.body


def _in_parts(body: BodyPlan) -> bool:
    """Whether it is a body of several parts that is given as one value."""
    return body.whole and body.media_type.startswith("multipart/")


def _is_time(kind: Any) -> bool:
    """Whether it is a day or a moment, which are one type of text to msgspec."""
    return {_datetime.date, _datetime.datetime} <= set(typing.get_args(kind))


def plainly(file: Path) -> dict[str, Any]:
    """A document as a plain YAML reader has it, with texts where YAML would make dates."""
    text = file.read_text(encoding="utf-8")
    if file.suffix == ".json":
        loaded = json.loads(text)
    else:
        loaded = json.loads(json.dumps(yaml.load(text, Loader=_Texts)))
    assert isinstance(loaded, dict)
    paths = loaded.get("paths", {})
    loaded["paths"] = {_EXPANSION.sub(r"{\1}", path): item for path, item in paths.items()}
    return loaded


class _Texts(yaml.SafeLoader):
    """YAML without dates."""


_Texts.yaml_implicit_resolvers = {
    first: [pair for pair in pairs if pair[0] != "tag:yaml.org,2002:timestamp"]
    for first, pairs in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


def same_value(found: Any, wanted: Any) -> bool:
    """Whether two values of Python are the same; a file is the same as its content."""
    if isinstance(wanted, bytes) and hasattr(found, "content"):
        return bool(found.content == wanted)
    if isinstance(wanted, list) and isinstance(found, list):
        pairs = zip(found, wanted, strict=False)
        return len(found) == len(wanted) and all(same_value(one, other) for one, other in pairs)
    if isinstance(wanted, msgspec.Struct) and type(found) is type(wanted):
        names = wanted.__struct_fields__
        return all(same_value(getattr(found, one), getattr(wanted, one)) for one in names)
    return bool(found == wanted)


def same_json(found: Any, wanted: Any) -> bool:
    """Whether two values of JSON mean the same: numbers by value, times by moment."""
    if isinstance(wanted, dict) and isinstance(found, dict):
        return found.keys() == wanted.keys() and all(
            same_json(found[one], wanted[one]) for one in wanted
        )
    if isinstance(wanted, list) and isinstance(found, list):
        pairs = zip(found, wanted, strict=False)
        return len(found) == len(wanted) and all(same_json(one, other) for one, other in pairs)
    if isinstance(wanted, bool) or isinstance(found, bool):
        return found is wanted
    if isinstance(wanted, str) and isinstance(found, str) and found != wanted:
        return _moment(found) is not None and _moment(found) == _moment(wanted)
    return bool(found == wanted)


def _moment(text: str) -> _datetime.datetime | None:
    for read in (_datetime.datetime.fromisoformat, parsedate_to_datetime):
        try:
            return read(text)
        except ValueError:
            continue
    return None


def _status(status: str, listed: set[str]) -> int:
    """A status that an answer is for."""
    if status.isdigit():
        return int(status)
    wanted: Iterator[int] = (
        iter(range(int(status[0]) * 100 + 18, 600))
        if status[0].isdigit()
        else iter([418, 518] if any(one[0] == "2" for one in listed) else [200, 299])
    )
    return next(one for one in wanted if str(one) not in listed)


def _escaped(key: str) -> str:
    return key.replace("~", "~0").replace("/", "~1")
