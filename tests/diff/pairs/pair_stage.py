"""A client of one package and a server of another one, in one process: what the client says, and what arrives.

The requests are all that the client's document allows, the answers all that the server's allows (representatives.py).
What does not go well is written down as one of three things: `broken` (refused on either side, not found, an error,
another value than was sent), `drifted` (the client kept an answer that is not as its document says; a strict client raises
there) or `lost` (the server's document does not speak of a value, so that no program can read it).
"""

from __future__ import annotations

import asyncio
import typing
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from types import SimpleNamespace
from typing import Any, Final

import httpx2
import jsonschema_rs
import msgspec

from ringback.openapi import Document, MediaType, Operation, Response, SecurityScheme
from ringback.plan import AnswerPlan, BodyPlan, OperationPlan
from ringback.source import pointer_of
from tests.diff.pairs.packages import Package
from tests.diff.pairs.representatives import values

_EXAMPLE: Final = {"4XX": 422, "5XX": 500, "DEFAULT": 503}
"""A status of a range, and one that only the default speaks of."""


@dataclass
class Happened:
    """What did not go well, as sentences."""

    broken: list[str] = field(default_factory=list)
    drifted: list[str] = field(default_factory=list)
    lost: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Request:
    """What a caller wants to say: JSON by (place, wire name); the body under ("body", "")."""

    said: Mapping[tuple[str, str], Any]


class Stage:
    """The server's side runs for as long as the stage stands."""

    def __init__(self, client: Package, server: Package, loop: asyncio.AbstractEventLoop) -> None:
        self._client, self._server, self._loop = client, server, loop
        self._answers: Iterator[Any] = iter(())
        self._answer: Any = None
        self._given: Any = None
        app = server.module("server").build_app(**self._handlers(), authenticate=self._authenticate)
        made = client.module("client").AsyncClient
        credentials = {one.name: "secret" for one in client.plan.credentials}
        http = httpx2.AsyncClient(transport=httpx2.ASGITransport(app=app))
        self._api = made(**credentials, max_retries=0, http=http)
        self.happened = Happened()

    def run(self) -> Happened:
        """Every operation of the client's document, and every webhook that both know."""
        served = {_label(one): one for _, one in _operations(self._server)}
        for group, plan in _operations(self._client):
            other = served.get(_label(plan))
            self._loop.run_until_complete(self._operation(group, plan, other))
        return self.happened

    # -- the server's side

    def _handlers(self) -> dict[str, Any]:
        async def handle(given: Any) -> Any:
            self._given = given
            return self._answer

        return {
            group.attribute: SimpleNamespace(**{one.name: handle for one in group.operations})
            for group in self._server.plan.groups
        }

    async def _authenticate(self, request: Any, operation: Any) -> object:
        document = self._server.document
        schemes = {one.name: one for one in document.security_schemes}
        wanted = next(one for one in document.operations if one.operation_id == operation.id)
        for alternative in wanted.security or ((),):
            if all(_shown(request, schemes[name]) for name in alternative):
                return "somebody"
        raise self._server.module("server").Fault(401, "who are you?")

    # -- an operation

    async def _operation(
        self, group: str, plan: OperationPlan, other: OperationPlan | None
    ) -> None:
        requests = list(_requests(self._client.document, plan))
        answers = list(self._prepared(other)) if other is not None else [(None, None)]
        for number in range(max(len(requests), len(answers))):
            request = requests[number % len(requests)]
            self._answer, status = answers[number % len(answers)]
            self._given = None
            try:
                await self._said(group, plan, request)
            except Exception as error:  # whatever a program could meet is what is looked for
                if status is None or getattr(error, "status", 0) != status or status < 400:
                    told = f"{type(error).__name__}: {error}"
                    self.happened.broken.append(f"{plan.id}: {told[:200]}")
                    continue
                exchange = getattr(error, "exchange", None)
                self._drifted(plan, exchange.drifts if exchange is not None else ())
            if other is not None:
                self._arrived(plan, other, request)

    async def _said(self, group: str, plan: OperationPlan, request: Request) -> None:
        before = len(self._api.drifts)
        method = getattr(getattr(self._api, group), plan.name)
        with self._api.record() as recorded:
            await method(**self._arguments(plan, request))
        self._drifted(plan, list(self._api.drifts)[before:])
        self._headed(plan, recorded.last)

    def _headed(self, plan: OperationPlan, exchange: Any) -> None:
        """Hold the headers that the client reads to those that the server's answer has."""
        answer = next((one for one in plan.answers if one.status == str(exchange.status)), None)
        if answer is None or not answer.headers:
            return
        found = exchange.headers_as(getattr(self._client.module("headers"), answer.headers_class))
        for one in answer.headers:
            sent, read = (getattr(two, one.argument, msgspec.UNSET) for two in (self._answer, found))  # fmt: skip
            if sent is not msgspec.UNSET and not _agrees(_plain(sent), _plain(read)):
                self.happened.broken.append(f"{plan.id}: {one.wire} was {sent!r}, is {read!r}")

    def _drifted(self, plan: OperationPlan, drifts: Any) -> None:
        self.happened.drifted.extend(f"{plan.id}: {one}" for one in drifts)

    def _arguments(self, plan: OperationPlan, request: Request) -> dict[str, Any]:
        hints = _hints(getattr(self._client.module("server"), plan.input))
        given = {
            one.argument: self._typed(hints[one.argument], request.said[one.place, one.wire])
            for one in plan.parameters
            if (one.place, one.wire) in request.said
        }
        body, whole = plan.body, request.said.get(("body", ""), msgspec.UNSET)
        if body is None or whole is msgspec.UNSET:
            return given
        if not body.fields or body.whole:
            chosen = {plan.chooser: body.media_type} if plan.chooser else {}
            return {**given, **chosen, "body": self._typed(hints["body"], whole)}
        types = _hints(getattr(self._client.module("models"), body.annotation))
        for one in body.fields:
            if one.wire in whole:
                kind = types[one.attribute or one.argument]
                given[one.argument] = self._typed(kind, whole[one.wire])
        return given

    def _typed(self, kind: Any, value: Any) -> Any:
        hook = self._client.module("_runtime.values").decode_hook
        return msgspec.convert(value, kind, dec_hook=hook)

    def _arrived(self, plan: OperationPlan, other: OperationPlan, request: Request) -> None:
        """Hold what the server read to what the client was told to say, where the server's document speaks of it."""
        if self._given is None:
            self.happened.broken.append(f"{plan.id}: no handler was called")
            return
        found: dict[tuple[str, str], Any] = {}
        for one in other.parameters:
            key = (one.place, one.wire)
            if one.place == "path":
                key = (
                    "path",
                    _variables(plan.template)[_variables(other.template).index(one.wire)],
                )
            found[key] = _plain(getattr(self._given, one.argument))
        if other.body is not None:
            found["body", ""] = _plain(self._given.body)
        for key, value in found.items():
            self._same(plan, key, request, value)
        self._judged(plan, other, request)
        self.happened.lost.extend(
            f"{plan.id}: {one}" for one in _unheard(request.said, found) if one != ("body", "")
        )

    def _judged(self, plan: OperationPlan, other: OperationPlan, request: Request) -> None:
        """Hold a body to the server's schema as a judge does who is no part of this project: he knows of overlaps."""
        body = request.said.get(("body", ""), msgspec.UNSET)
        document = self._server.document
        operation = _operation_of(document, other)
        media = _media(operation, other.body)
        if body is msgspec.UNSET or media is None or media.schema is None:
            return
        told = {**media.schema.raw, "components": document.tree.root["components"]}
        judge = jsonschema_rs.validator_for(told, validate_formats=True)
        self.happened.broken.extend(f"{plan.id}: {one.message}" for one in judge.iter_errors(body))

    def _same(
        self, plan: OperationPlan, key: tuple[str, str], request: Request, found: Any
    ) -> None:
        sent = request.said.get(key, msgspec.UNSET)
        if sent == [] and found is msgspec.UNSET:
            return  # an empty list leaves no trace in a query
        if sent is not msgspec.UNSET and not _agrees(sent, found):
            self.happened.broken.append(f"{plan.id}: {key} was {sent!r}, arrived as {found!r}")

    def _prepared(self, plan: OperationPlan) -> Iterator[tuple[Any, int]]:
        """Every answer that the server may give, as its package has it."""
        document, module = self._server.document, self._server.module("server")
        operation = _operation_of(document, plan)
        for one in plan.answers:
            kind = getattr(module, one.name)
            status = _EXAMPLE.get(one.status.upper()) or int(one.status)
            chosen = {} if one.status.isdecimal() else {"status": status}
            response = next(two for two in operation.responses if two.status == one.status)
            schema = response.content[0].schema if response.content else None
            heads = list(self._heads(one, response, _hints(kind)))
            bodies = [self._convert(_hints(kind)["body"], two) for two in values(schema)] if schema else []  # fmt: skip
            for number in range(max(len(heads), len(bodies))):
                body = bodies[number % len(bodies) :][:1] if bodies else []
                yield kind(*body, **chosen, **heads[number % len(heads)]), status

    def _heads(
        self, plan: AnswerPlan, response: Response, hints: Mapping[str, Any]
    ) -> Iterator[dict[str, Any]]:
        """The documented headers of an answer: all of them, those that are required, each value of each."""
        schemas = {one.name.lower(): one.schema for one in response.headers}
        choices: dict[str, list[Any]] = {}
        for one in plan.headers:
            schema = schemas[one.wire.lower()]
            told = values(schema) if schema is not None else ["x"]
            choices[one.argument] = [self._convert(hints[one.argument], two) for two in told]
        full = {name: found[0] for name, found in choices.items()}
        yield full
        if choices:
            yield {one.argument: full[one.argument] for one in plan.headers if one.required}
        for name, found in choices.items():
            yield from ({**full, name: two} for two in found[1:])

    def _convert(self, kind: Any, value: Any) -> Any:
        hook = self._server.module("_runtime.values").decode_hook
        return msgspec.convert(value, kind, dec_hook=hook)


# -- webhooks


def webhooks(receiver: Package, sender: Package) -> Happened:
    """Everything that the one may send, received by the other where it knows the webhook."""
    happened = Happened()
    known = {one.name for one in receiver.plan.webhooks}
    made = receiver.module("webhooks").WebhookReceiver(None)
    sends = sender.module("webhooks").WebhookSender(None)
    hook = sender.module("_runtime.values").decode_hook
    operations = {pointer_of(two.path): two for one in sender.document.webhooks for two in one.operations}  # fmt: skip
    for one in sender.plan.webhooks:
        if one.name not in known:
            continue
        operation = operations[one.operation.place]
        schema = operation.body.content[0].schema if operation.body else None
        kind = getattr(sender.module("models"), one.payload)
        for value in values(schema) if schema is not None else ():
            payload = msgspec.convert(value, kind, dec_hook=hook)
            sent = getattr(sends, one.name)("https://a.test/", payload)
            event = getattr(made, one.name)(
                url=sent.url, headers=sent.headers, body=sent.content, method=sent.method
            )
            happened.drifted.extend(f"{one.name}: {drift}" for drift in event.drifts)
    return happened


def _unheard(
    said: Mapping[tuple[str, str], Any], found: Mapping[tuple[str, str], Any]
) -> list[Any]:
    """What was said and cannot be read: parameters, and properties of an object."""
    body: Any = said.get(("body", ""))
    read: Any = found.get(("body", ""))
    inside = [("body", name) for name in body if name not in read] if _objects(body, read) else []
    return [key for key in said if key not in found] + inside


def _objects(*values: Any) -> bool:
    return all(isinstance(one, dict) for one in values)


def _operations(package: Package) -> Iterator[tuple[str, OperationPlan]]:
    for group in package.plan.groups:
        yield from ((group.attribute, one) for one in group.operations)


def _label(plan: OperationPlan) -> str:
    text = plan.template
    for one in _variables(text):
        text = text.replace("{" + one + "}", "{}")
    return f"{plan.method} {text}"


def _variables(template: str) -> list[str]:
    return [one.partition("}")[0] for one in template.split("{")[1:]]


def _operation_of(document: Document, plan: OperationPlan) -> Operation:
    return next(one for one in document.operations if pointer_of(one.path) == plan.place)


def _requests(document: Document, plan: OperationPlan) -> Iterator[Request]:
    """All parameters, those that are required, and each value of each of them by itself; the same of the body."""
    operation = _operation_of(document, plan)
    choices: dict[tuple[str, str], list[Any]] = {}
    needed: set[tuple[str, str]] = set()
    for one in operation.parameters:
        key = (one.location, one.name)
        choices[key] = values(one.schema, sent=True) if one.schema is not None else ["x"]
        needed |= {key} if one.required else set()
    media = _media(operation, plan.body)
    if operation.body is not None and media is not None and media.schema is not None:
        choices["body", ""] = values(media.schema, sent=True)
        needed |= {("body", "")} if operation.body.required else set()
    full = {key: found[0] for key, found in choices.items()}
    yield Request(full)
    yield Request({key: value for key, value in full.items() if key in needed})
    for key, found in choices.items():
        yield from (Request({**full, key: one}) for one in found[1:])


def _media(operation: Operation, body: BodyPlan | None) -> MediaType | None:
    content = operation.body.content if operation.body is not None else ()
    return next((one for one in content if body and one.name == body.media_type), None)


def _shown(request: Any, scheme: SecurityScheme) -> bool:
    """Whether a request has the credentials of a scheme."""
    if scheme.type == "apiKey":
        return bool(request.headers.get(str(scheme.parameter).lower()) == "secret")
    return bool(request.headers.get("authorization") == "Bearer secret")


@cache
def _hints(kind: Any) -> dict[str, Any]:
    return typing.get_type_hints(kind, include_extras=True)


def _plain(value: Any) -> Any:
    return value if value is msgspec.UNSET else msgspec.to_builtins(value)


def _agrees(sent: Any, found: Any) -> bool:
    """Whether what arrived is what was sent, as far as the server's types speak of it."""
    if isinstance(sent, dict) and isinstance(found, dict):
        return all(_agrees(sent[key], one) for key, one in found.items() if key in sent)
    if isinstance(sent, list) and isinstance(found, list):
        return len(sent) == len(found) and all(map(_agrees, sent, found))
    return sent == found or (isinstance(sent, float) and str(sent) == found)
