"""Webhooks, received and sent. Receiving is tolerant as reading an answer is: what does not fit is kept and noted."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from typing import Any, Generic, TypeVar
from urllib.parse import parse_qsl, urlsplit

from msgspec import Struct

from .asgi import (
    Fault,
    HttpRequest,
    Receive,
    Scope,
    Send,
    form_of,
    http_request,
    read,
    send_answer,
    serve_lifespan,
    value_of,
)
from .codecs import Enumeration
from .decode import Drift, Unreadable, decode
from .errors import DriftError
from .request import Problem, Refused, form, form_pairs, whole_content, with_query
from .shapes import encode, shown
from .signing import SignatureError, signature, signed_url, verify
from .table import Body, Operation, SignatureRules

T = TypeVar("T")


class Event(Struct, Generic[T], frozen=True):
    """A webhook that arrived: its typed payload, every parameter as sent, and what did not fit."""

    payload: T
    form: dict[str, list[str]]
    drifts: tuple[Drift, ...] = ()


class PreparedWebhook(Struct, frozen=True):
    """A signed webhook, ready to be sent."""

    method: str
    url: str
    headers: dict[str, str]
    content: bytes

    def send(self, http: Any = None, *, timeout: float = 15.0) -> Any:
        """Send it with an HTTP client of httpx2's shape (a new one without); gives the answer."""
        if http is not None:
            return http.request(
                self.method, self.url, headers=self.headers, content=self.content, timeout=timeout
            )
        import httpx2

        with httpx2.Client() as client:
            return self.send(client, timeout=timeout)


def receive(
    operation: Operation[Any],
    rules: SignatureRules | None,
    secret: str | None,
    *,
    url: str,
    headers: Mapping[str, str],
    body: bytes,
    method: str,
    strict: bool,
) -> Event[Any]:
    """Verify and decode a webhook. Raises SignatureError, Unreadable, or DriftError in strict mode."""
    lowered = {name.lower(): text for name, text in headers.items()}
    media_type = lowered.get("content-type", "").partition(";")[0].strip().lower()
    is_form = media_type == "application/x-www-form-urlencoded"
    posted = form_of(body) if is_form and method != "GET" else {}
    if secret is not None and rules is not None:
        verify(rules, secret, url, lowered, posted, body if method != "GET" else b"")
    given = posted if method != "GET" else _query_of(url)
    entry = operation.body
    if entry is None:
        return Event(None, given)
    if entry.fields and entry.codec is None:
        payload, drifts = _payload(operation, given)
    elif not _is_json(entry):
        payload, drifts = _whole(operation, entry, HttpRequest(method, "", "", lowered, body)), []
    else:
        payload, found = decode(entry.type, body)
        drifts = list(found)
    if drifts and strict:
        raise DriftError(operation.id, payload, drifts)
    return Event(payload, given, tuple(drifts))


def _is_json(body: Body) -> bool:
    plain = body.type is bytes or (body.type is str and "json" not in body.media_type)
    return body.codec is None and not plain


def _whole(operation: Operation[Any], body: Body, request: HttpRequest) -> Any:
    """What is neither JSON nor a form: files and texts, or parts. Raises Unreadable."""
    problems: list[Problem] = []
    value = value_of(operation, body, request, problems, tolerant=True)
    if problems:
        raise Unreadable("; ".join(f"{one.name}: {one.reason}" for one in problems))
    return value


def _query_of(url: str) -> dict[str, list[str]]:
    grouped: dict[str, list[str]] = {}
    for name, value in parse_qsl(urlsplit(url).query, keep_blank_values=True):
        grouped.setdefault(name, []).append(value)
    return grouped


def _payload(operation: Operation[Any], given: Mapping[str, list[str]]) -> tuple[Any, list[Drift]]:
    assert operation.body is not None
    values: dict[str, Any] = {}
    drifts: list[Drift] = []
    for field in operation.body.fields:
        texts = given.get(field.name)
        if not texts:
            if field.required:
                drifts.append(Drift(f"/{field.name}", "a value", "nothing"))
                values[field.attribute or field.argument] = ""
            continue
        try:
            values[field.attribute or field.argument] = read(field, texts)
        except (ValueError, OverflowError) as error:
            drifts.append(Drift(f"/{field.name}", str(error), shown(texts[-1])))
            open_enum = isinstance(field.codec, Enumeration)
            values[field.attribute or field.argument] = field.codec.type(texts[-1]) if open_enum else texts[-1]  # type: ignore[attr-defined]
    return operation.body.type(**values), drifts


def send(
    operation: Operation[Any],
    rules: SignatureRules | None,
    secret: str | None,
    *,
    url: str,
    payload: Any,
    method: str,
    algorithm: str,
) -> PreparedWebhook:
    """Encode and sign a webhook. With GET the form travels in the query. Raises Refused for a bad payload."""
    headers: dict[str, str] = {}
    content = b""
    entry = operation.body
    signed: dict[str, list[str]] = {}
    if entry is not None and entry.fields and entry.codec is None:
        pairs = form_pairs(entry.fields, payload)
        if method == "GET":
            url = _with_pairs(url, pairs)
        else:
            content = form(pairs)
            headers["Content-Type"] = entry.media_type
            for name, value in pairs:
                signed.setdefault(name, []).append(value)
    elif entry is not None:
        content = _written(entry, payload, headers)
        if rules is not None and rules.body_hash:
            url = signed_url(rules, url, content)
    if rules is not None and secret is not None:
        headers[rules.header] = signature(secret, url, signed, algorithm)
        if algorithm != "HMAC_SHA1" and rules.settings_header:
            headers[rules.settings_header] = f"algorithm={algorithm}"
    return PreparedWebhook(method, url, headers, content)


def _written(body: Body, payload: Any, headers: dict[str, str]) -> bytes:
    if _is_json(body):
        headers["Content-Type"] = body.media_type
        return encode(payload, body.type)
    problems: list[Problem] = []
    content = whole_content(body, payload, headers, problems)
    if problems:
        raise Refused(problems)
    return content if isinstance(content, bytes) else b"".join(content)


def _with_pairs(url: str, pairs: list[tuple[str, str]]) -> str:
    bare, sign, fragment = url.partition("#")
    for name, value in pairs:
        bare = with_query(bare, {name: value})
    return bare + sign + fragment


class _ReceiverApp:
    """The ASGI application of a webhook receiver: one path per webhook."""

    def __init__(
        self,
        take: Callable[[str, str, Mapping[str, str], bytes, str], Event[Any]],
        handlers: Mapping[str, Callable[[Event[Any]], Awaitable[str | None]]],
        url: Callable[[HttpRequest], str] | None,
    ) -> None:
        self._take = take
        self._handlers = handlers
        self._url = url or _address

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await serve_lifespan(receive, send)
            return
        try:
            request = await http_request(scope, receive, 1 << 20)
            status, media_type, content = await self._answer(request)
        except Fault as fault:
            status, media_type, content = fault.status, "text/plain", fault.message.encode()
        await send_answer(send, scope["method"], status, {"content-type": media_type}, content)

    async def _answer(self, request: HttpRequest) -> tuple[int, str, bytes]:
        name = request.path.strip("/").rpartition("/")[2]
        handler = self._handlers.get(name)
        if handler is None:
            return 404, "text/plain", b"no such webhook"
        try:
            event = self._take(
                name, self._url(request), request.headers, request.body, request.method
            )
        except SignatureError as error:
            return 403, "text/plain", str(error).encode()
        except (Unreadable, DriftError, Fault) as error:
            return 400, "text/plain", str(error).encode()
        text = await handler(event)
        return (204, "text/plain", b"") if text is None else (200, "text/xml", text.encode())


def _address(request: HttpRequest) -> str:
    host = request.headers.get("host", "")
    return f"{request.scheme}://{host}{request.path}" + (
        f"?{request.query}" if request.query else ""
    )


def receiver_app(
    take: Callable[[str, str, Mapping[str, str], bytes, str], Event[Any]],
    handlers: Mapping[str, Callable[[Event[Any]], Awaitable[str | None]]],
    url: Callable[[HttpRequest], str] | None,
) -> _ReceiverApp:
    """An ASGI application that receives webhooks; see `WebhookReceiver.asgi`."""
    return _ReceiverApp(take, handlers, url)
