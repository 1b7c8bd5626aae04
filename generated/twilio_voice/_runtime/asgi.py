"""An ASGI application from the operation table: routing, decoding, answers. No framework.

The order for a request: route (404, 405 with Allow), security hook, media type (415), size (413), values (400), handler,
answer. HEAD is answered wherever GET is.
"""

from __future__ import annotations

import base64
import binascii
import logging
import re
from collections.abc import Awaitable, Callable, Iterator, Mapping, MutableMapping, Sequence
from functools import cache
from typing import Any
from urllib.parse import parse_qsl, quote, unquote, unquote_to_bytes, urlsplit

import msgspec
from msgspec import UNSET, Struct, field

from .codecs import Array
from .decode import Unreadable, examine
from .request import Problem
from .shapes import encode
from .table import Answer, Body, Operation, Parameter

Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]

FORM = "application/x-www-form-urlencoded"
log = logging.getLogger(__name__)


class HttpRequest(Struct, frozen=True):
    """A request as it arrived. Header names are lower case; `query` and `body` are as sent.

    Its repr shows nothing that could be a credential.
    """

    method: str
    path: str
    query: str
    headers: dict[str, str]
    body: bytes = b""
    client: str = ""
    scheme: str = "http"

    def __repr__(self) -> str:
        return f"HttpRequest({self.method!r}, {self.path!r}, ...)"

    def credentials(self) -> tuple[str, str] | None:
        """User and password of HTTP Basic authentication, or None."""
        kind, _, text = self.headers.get("authorization", "").partition(" ")
        if kind.lower() != "basic":
            return None
        try:
            user, colon, password = base64.b64decode(text, validate=True).decode().partition(":")
        except (binascii.Error, UnicodeDecodeError):
            return None
        return (user, password) if colon else None


class Fault(Exception):
    """An answer that is an error. Raise it from a handler or a security hook to leave with any status."""

    def __init__(
        self,
        status: int,
        message: str,
        *,
        code: int | str | None = None,
        headers: Mapping[str, str] | None = None,
        problems: Sequence[Problem] = (),
    ) -> None:
        super().__init__(message)
        self.status = status
        self.message = message
        self.code = status if code is None else code
        self.headers = dict(headers or {})
        self.problems = tuple(problems)


class RawAnswer(Exception):
    """The way out for an answer that the document does not know: raise it, it is sent as it is."""

    def __init__(
        self, status: int, content: bytes = b"", headers: Mapping[str, str] | None = None
    ) -> None:
        super().__init__(f"raw answer {status}")
        self.status = status
        self.content = content
        self.headers = dict(headers or {})


class Route(Struct, frozen=True):
    """An operation, what decodes its input, and the handler's method (None: not implemented)."""

    operation: Operation[Any]
    input: Any
    handler: Callable[[Any], Awaitable[Any]] | None


Authenticate = Callable[[HttpRequest, Operation[Any]], Awaitable[object]]
RenderFault = Callable[[Fault], tuple[str, bytes]]
Refuse = Callable[[HttpRequest, Operation[Any], Fault], Fault]


class _Node:
    """One level of the router: literal segments first, then those with variables, most literal text first."""

    def __init__(self) -> None:
        self.literal: dict[str, _Node] = {}
        self.variable: dict[str, tuple[re.Pattern[str], _Node]] = {}
        self.methods: dict[str, Route] = {}
        self.capitals: dict[str, Route] = {}  # by method as most HTTP clients send it

    def child(self, segment: str) -> _Node:
        if "{" not in segment:
            return self.literal.setdefault(unquote(segment), _Node())
        shape = re.sub(r"\{[^{}]*\}", "{}", segment)
        if shape not in self.variable:
            parts = re.split(r"\{[^{}]*\}", segment)
            pattern = "(.+?)".join(map(_as_sent, parts))
            self.variable[shape] = re.compile(pattern, re.DOTALL), _Node()
            longest = sorted(self.variable.items(), key=lambda item: -len(item[0]))
            self.variable = dict(longest)
        return self.variable[shape][1]

    def matches(
        self, segments: list[str], values: tuple[str, ...] = (), at: int = 0
    ) -> Iterator[tuple[_Node, tuple[str, ...]]]:
        """Where segments lead from `at` on; recursion is for those that lead two ways."""
        node = self
        while at < len(segments):
            head = segments[at]
            at += 1
            literal = node.literal.get(unquote(head) if "%" in head else head)
            if not node.variable:
                if literal is None:
                    return
                node = literal
                continue
            variable = [
                (child, found.groups())
                for pattern, child in node.variable.values()
                if (found := pattern.fullmatch(head))
            ]
            if literal is not None and not variable:
                node = literal
            elif literal is None and len(variable) == 1:
                node, found_values = variable[0]
                values += found_values
            else:
                if literal is not None:
                    yield from literal.matches(segments, values, at)
                for child, found_values in variable:
                    yield from child.matches(segments, values + found_values, at)
                return
        if node.methods:
            yield node, values


def _as_sent(text: str) -> str:
    """A pattern for literal text of a path: as it stands, or percent-encoded where a URL cannot hold it."""
    encoded = quote(text, safe="!$&'()*+,;=:@%")
    return re.escape(text) if encoded == text else f"(?:{re.escape(text)}|{re.escape(encoded)})"


@cache
def _variables(path: str) -> tuple[str, ...]:
    """The names in a path of the table."""
    return tuple(re.findall(r"\{([^{}]*)\}", path))


class Router:
    """Finds the route of a path. Built once; matching splits the path and walks."""

    def __init__(self, routes: Sequence[Route], base_path: str) -> None:
        self._root = _Node()
        for route in routes:
            node = self._root
            prefix = urlsplit(route.operation.server).path or base_path
            for segment in (prefix.rstrip("/") + route.operation.path).split("/")[1:]:
                node = node.child(segment)
            method = route.operation.method
            node.methods[method] = route
            if method.isupper() or method.upper() not in node.capitals:
                node.capitals[method.upper()] = route

    def find(self, method: str, raw_path: str) -> tuple[Route, dict[str, str]]:
        """The route and its path values. Raises Fault 404 or 405."""
        route, values = self.locate(method, raw_path)
        return route, {name: unquote(text) for name, text in values.items()}

    def locate(self, method: str, raw_path: str) -> tuple[Route, dict[str, str]]:
        """The route and its path values, still encoded. Raises Fault 404 or 405."""
        allowed: set[str] = set()
        capitals = method.upper()
        wanted = "GET" if capitals == "HEAD" else capitals
        for node, values in self._root.matches(raw_path.split("/")[1:]):
            route = node.methods.get(method) or node.capitals.get(capitals)
            route = route or node.capitals.get(wanted)
            if route is not None:
                names = _variables(route.operation.path)
                return route, dict(zip(names, values, strict=True))
            allowed.update(node.methods)
        if not allowed:
            raise Fault(404, "The requested resource was not found")
        if "GET" in allowed:
            allowed.add("HEAD")
        raise Fault(405, "Method not allowed", headers={"Allow": ", ".join(sorted(allowed))})


class Application:
    """The ASGI application."""

    def __init__(
        self,
        routes: Sequence[Route],
        *,
        base_path: str,
        authenticate: Authenticate | None,
        render_fault: RenderFault,
        refuse: Refuse | None,
        check_answers: bool,
        max_body: int,
    ) -> None:
        self._router = Router(routes, base_path)
        self._authenticate = authenticate
        self._render_fault = render_fault
        self._refuse = refuse
        self._check_answers = check_answers
        self._max_body = max_body

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await serve_lifespan(receive, send)
            return
        if scope["type"] != "http":
            raise RuntimeError(f"an HTTP application was asked for {scope['type']}")
        status, headers, content = await self._answer(scope, receive)
        await send_answer(send, scope["method"], status, headers, content)

    async def _answer(self, scope: Scope, receive: Receive) -> tuple[int, dict[str, str], Any]:
        try:
            return await self._handled(scope, receive)
        except RawAnswer as raw:
            return raw.status, raw.headers, raw.content
        except Fault as fault:
            return self._faulted(fault)
        except Exception:
            log.exception("the handler of %s %s failed", scope["method"], scope["path"])
            return self._faulted(Fault(500, "The server failed"))

    def _faulted(self, fault: Fault) -> tuple[int, dict[str, str], Any]:
        media_type, content = self._render_fault(fault)
        headers = {name.lower(): text for name, text in fault.headers.items()}
        return fault.status, {**headers, "content-type": media_type}, content

    async def _handled(self, scope: Scope, receive: Receive) -> tuple[int, dict[str, str], Any]:
        request = _head(scope)
        route, values = self._router.locate(request.method, request.path)
        identity: object = None
        if self._authenticate is not None and route.operation.secured:
            identity = await self._authenticate(request, route.operation)
        body = await _read(receive, request.headers, self._max_body)
        if body:
            request = msgspec.structs.replace(request, body=body)
        if route.handler is None:
            raise Fault(501, f"{route.operation.id} is not implemented")
        inputs = self._decoded(route, request, values)
        answer = await route.handler(route.input(**inputs, identity=identity, request=request))
        return self._rendered(route.operation, answer)

    def _decoded(
        self, route: Route, request: HttpRequest, values: Mapping[str, str]
    ) -> dict[str, Any]:
        try:
            return decoded(route, request, values)
        except Fault as fault:
            if self._refuse is None or not fault.problems:
                raise
            raise self._refuse(request, route.operation, fault) from None

    def _rendered(self, operation: Operation[Any], answer: Any) -> tuple[int, dict[str, str], Any]:
        headers = {name.lower(): text for name, text in answer.headers.items()}
        if hasattr(answer, "__wire__"):
            headers = {**answer.__wire__.write(answer), **headers}
        body = getattr(answer, "body", None)
        entry = operation.answer(answer.status, getattr(answer, "media_type", ""))
        if self._check_answers:
            _check_kind(operation, answer, entry)
        if entry is None or entry.type is None:
            return answer.status, headers, b""
        kind = "application/octet-stream" if "*" in entry.media_type else entry.media_type
        headers.setdefault("content-type", kind)
        if entry.stream:
            return answer.status, headers, entry.writer(body, entry)
        if isinstance(body, bytes):
            return answer.status, headers, body
        if isinstance(body, str) and entry.type is str and "json" not in entry.media_type:
            return answer.status, headers, body.encode()
        content = encode(body, entry.type)
        if self._check_answers:
            _check(operation, answer.status, entry.type, content)
        return answer.status, headers, content


def _check_kind(operation: Operation[Any], answer: Any, entry: Answer | None) -> None:
    """Hold the status and the presence of a body to the document."""
    if entry is None:
        wanted = ", ".join(one.status for one in operation.answers)
        raise RuntimeError(f"{operation.id} answered {answer.status}; documented are {wanted}")
    body = getattr(answer, "body", None)
    if entry.type is None and body is not None:
        raise RuntimeError(f"{operation.id} answered {answer.status} with a body; it has none")
    if isinstance(body, bytes) and entry.type is not bytes:
        raise RuntimeError(f"{operation.id} answered {answer.status} with bytes")


def _check(operation: Operation[Any], status: int, kind: Any, content: bytes) -> None:
    try:
        found = examine(kind, content)
    except Unreadable as error:
        raise RuntimeError(f"{operation.id} answered {status} with {error}") from None
    if found.drifts:
        told = "; ".join(map(str, found.drifts[:5]))
        raise RuntimeError(f"{operation.id} answered {status} against the document: {told}")


def _head(scope: Scope) -> HttpRequest:
    raw = scope.get("raw_path") or quote(scope["path"]).encode()
    headers = {k.decode("latin-1").lower(): v.decode("latin-1") for k, v in scope["headers"]}
    return HttpRequest(
        scope["method"],
        raw.decode("latin-1").partition("?")[0],
        scope["query_string"].decode("latin-1"),
        headers,
        client=str((scope.get("client") or ("",))[0]),
        scheme=scope.get("scheme", "http"),
    )


async def http_request(scope: Scope, receive: Receive, most: int) -> HttpRequest:
    """A whole request. Raises Fault 413 where its body is larger than `most` bytes."""
    head = _head(scope)
    return msgspec.structs.replace(head, body=await _read(receive, head.headers, most))


async def serve_lifespan(receive: Receive, send: Send) -> None:
    """Answer the server's start and stop."""
    while True:
        message = await receive()
        await send({"type": message["type"] + ".complete"})
        if message["type"] == "lifespan.shutdown":
            return


async def send_answer(
    send: Send, method: str, status: int, headers: dict[str, str], content: Any
) -> None:
    """Send an answer, whole or piece by piece; HEAD, 204, 205 and 304 carry no content."""
    bodiless = status in (204, 304) or status < 200
    streamed = not isinstance(content, bytes)
    pairs = [
        (name.lower().encode("latin-1"), text.encode("latin-1"))
        for name, text in headers.items()
        if bodiless or name.lower() != "content-length"
    ]
    if not bodiless and not streamed:
        pairs.append((b"content-length", b"%d" % len(content)))
    await send({"type": "http.response.start", "status": status, "headers": pairs})
    if streamed:
        async for piece in content:
            if method == "HEAD":
                break
            await send({"type": "http.response.body", "body": piece, "more_body": True})
        await send({"type": "http.response.body", "body": b""})
        return
    shown = b"" if bodiless or method == "HEAD" else content
    await send({"type": "http.response.body", "body": shown})


async def _read(receive: Receive, headers: Mapping[str, str], most: int) -> bytes:
    length = headers.get("content-length", "0")
    if length.isdigit() and int(length) > most:
        raise Fault(413, f"The body is larger than {most} bytes")
    chunks: list[bytes] = []
    size = 0
    while True:
        message = await receive()
        if message["type"] == "http.disconnect":
            raise Fault(400, "The client went away")
        chunk = message.get("body", b"")
        size += len(chunk)
        if size > most:
            raise Fault(413, f"The body is larger than {most} bytes")
        chunks.append(chunk)
        if not message.get("more_body"):
            return b"".join(chunks)


def decoded(route: Route, request: HttpRequest, values: Mapping[str, str]) -> dict[str, Any]:
    """The arguments of a handler's input. Raises Fault 400 or 415."""
    problems: list[Problem] = []
    sources: dict[str, Mapping[str, list[str]]] = {}
    inputs: dict[str, Any] = {}
    for parameter in route.operation.parameters:
        if parameter.place == "part header":
            continue
        if hasattr(parameter.codec, "take"):
            _take(inputs, route.operation, parameter, _raw(parameter, request, values), problems)
            continue
        source = sources.get(parameter.place)
        if source is None:
            source = sources[parameter.place] = _source(parameter.place, request, values)
        name = parameter.name.lower() if parameter.place == "header" else parameter.name
        read_into(inputs, parameter, source.get(name), problems)
    body = route.operation.body
    if body is not None:
        value = _body(route.operation, request, problems)
        if value is not UNSET:
            inputs["body"] = value
            _read_part_headers(inputs, route.operation, request, problems)
    if problems:
        raise Fault(
            400, "; ".join(f"{one.name}: {one.reason}" for one in problems), problems=problems
        )
    return inputs


def _read_part_headers(
    inputs: dict[str, Any],
    operation: Operation[Any],
    request: HttpRequest,
    problems: list[Problem],
) -> None:
    """Read the headers of parts; of several parts with one name, those of the first."""
    wanted = [one for one in operation.parameters if one.place == "part header"]
    media_type = request.headers.get("content-type", "")
    chosen = _body_for(operation, media_type) if wanted else None
    if chosen is None or not chosen.fields or chosen.codec is None:
        return
    parts = chosen.codec.parts(request.body, media_type) if request.body else {}
    for one in wanted:
        files = parts.get(one.part)
        if not files:
            continue
        text = files[0].headers.get(one.name.lower())
        if hasattr(one.codec, "take"):
            pairs = [(one.name, text)] if text is not None else []
            _take(inputs, operation, one, pairs, problems, place="header")
        else:
            read_into(inputs, one, None if text is None else [text], problems)


def _source(place: str, request: HttpRequest, values: Mapping[str, str]) -> Mapping[str, list[str]]:
    """The texts of all parameters that stand in one place."""
    if place == "querystring":
        return _Whole(unquote(request.query))
    if place == "query":
        return _grouped(parse_qsl(request.query, keep_blank_values=True))
    if place == "cookie":
        return _cookies(request.headers.get("cookie", ""))
    if place == "path":
        return {name: [unquote(text)] for name, text in values.items()}
    return {name: [text] for name, text in request.headers.items()}


def _raw(
    parameter: Parameter, request: HttpRequest, values: Mapping[str, str]
) -> list[tuple[str, str]]:
    """What stands at the place of a parameter whose codec knows its style: pairs, still encoded."""
    if parameter.place in ("path", "header"):
        found = values if parameter.place == "path" else request.headers
        name = parameter.name if parameter.place == "path" else parameter.name.lower()
        return [(name, found[name])] if name in found else []
    if parameter.place != "cookie":
        return raw_pairs(request.query)
    cookies = (one.strip() for one in request.headers.get("cookie", "").split(";"))
    return [pair for one in cookies for pair in raw_pairs(one)]


def raw_pairs(text: str) -> list[tuple[str, str]]:
    """The names and values of a query or a form, still encoded; a plus is a space."""
    split = (one.replace("+", "%20").partition("=") for one in text.split("&") if one)
    return [(name, value) for name, _, value in split]


def _take(
    inputs: dict[str, Any],
    operation: Operation[Any],
    parameter: Parameter,
    given: list[tuple[str, str]],
    problems: list[Problem],
    place: str = "",
) -> None:
    """Read one parameter whose codec knows its style."""
    codec: Any = parameter.codec
    fields = operation.body.fields if operation.body else ()
    listed = fields if parameter.place == "form" else operation.parameters
    others = frozenset(one.name for one in listed if one is not parameter)
    if parameter.place != "cookie" and not codec.repeats:
        texts = [text for name, text in given if unquote(name) == parameter.name]
        if _too_often(parameter, texts, problems):
            return
    try:
        value = codec.take(place or parameter.place, parameter.name, given, others)
    except (ValueError, OverflowError) as error:
        problems.append(Problem(parameter.argument, parameter.name, str(error)))
        return
    if value is not UNSET:
        inputs[parameter.argument] = value
    elif parameter.required:
        problems.append(Problem(parameter.argument, parameter.name, "is required"))


class _Whole(dict[str, list[str]]):
    """One text, whatever name it is asked for by."""

    def __init__(self, text: str) -> None:
        super().__init__({"": [text]} if text else {})

    def get(self, name: str, default: Any = None) -> Any:
        return super().get("", default)


def _grouped(pairs: Sequence[tuple[str, str]]) -> dict[str, list[str]]:
    grouped: dict[str, list[str]] = {}
    for name, value in pairs:
        grouped.setdefault(name, []).append(value)
    return grouped


def _cookies(header: str) -> dict[str, list[str]]:
    pairs = (part.strip().partition("=") for part in header.split(";") if "=" in part)
    return {unquote(name): [unquote(value)] for name, _, value in pairs}


def read_into(
    inputs: dict[str, Any], parameter: Parameter, texts: list[str] | None, problems: list[Problem]
) -> None:
    """Read one parameter's texts, if there are any, into the inputs."""
    if not texts:
        if parameter.required:
            problems.append(Problem(parameter.argument, parameter.name, "is required"))
        return
    if not parameter.repeats and _too_often(parameter, texts, problems):
        return
    try:
        inputs[parameter.argument] = read(parameter, texts)
    except (ValueError, OverflowError) as error:
        problems.append(Problem(parameter.argument, parameter.name, str(error)))


def _too_often(parameter: Parameter, given: Sequence[Any], problems: list[Problem]) -> bool:
    """Whether a name that takes one value stands there more than once: nobody knows which of them counts."""
    if len(given) > 1:
        told = f"is given {len(given)} times, and takes one value"
        problems.append(Problem(parameter.argument, parameter.name, told))
    return len(given) > 1


def read(parameter: Parameter, texts: list[str]) -> Any:
    """The value that texts stand for; of several for a single value the last counts. Raises ValueError."""
    codec = parameter.codec
    if not isinstance(codec, Array):
        return codec.parse(texts[-1])
    if not parameter.explode:
        texts = texts[-1].split(parameter.delimiter) if texts[-1] else []
    return codec.parse_all(texts)


def form_of(content: bytes) -> dict[str, list[str]]:
    """The names and values of a form. Raises Fault 400 where it is not UTF-8."""
    grouped: dict[str, list[str]] = {}
    try:
        for pair in content.split(b"&"):
            if not pair:
                continue
            name, _, value = pair.replace(b"+", b" ").partition(b"=")
            grouped.setdefault(_unquoted(name), []).append(_unquoted(value))
    except UnicodeDecodeError:
        raise Fault(400, "The form is not UTF-8") from None
    return grouped


def _unquoted(text: bytes) -> str:
    return (unquote_to_bytes(text) if b"%" in text else text).decode()


def _body(operation: Operation[Any], request: HttpRequest, problems: list[Problem]) -> Any:
    body = operation.body
    assert body is not None
    media_type = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    bodies = (body, *operation.others)
    chosen = _body_for(operation, media_type)
    empty_form = chosen is not None and media_type == "application/x-www-form-urlencoded"
    if not request.body and not empty_form and (not body.fields or body.whole):
        if body.required:
            problems.append(Problem("body", "body", "is required"))
        return UNSET
    if chosen is None and (media_type or request.body):
        wanted = " or ".join(dict.fromkeys(one.media_type for one in bodies))
        raise Fault(415, f"Expected {wanted}, got {media_type or 'no media type'}")
    return value_of(operation, chosen or body, request, problems)


def _body_for(operation: Operation[Any], media_type: str) -> Body | None:
    """The body of an operation in a media type."""
    essence = media_type.partition(";")[0].strip().lower()
    bodies = (*([operation.body] if operation.body is not None else []), *operation.others)
    return next((one for one in bodies if one.takes(essence)), None)


def value_of(
    operation: Operation[Any],
    body: Body,
    request: HttpRequest,
    problems: list[Problem],
    *,
    tolerant: bool = False,
) -> Any:
    """The value of a body in one of its media types; what does not fit is added to the problems.

    With `tolerant`, properties that an object must not have are passed over, and of several parts with a name that
    takes one the last counts.
    """
    if body.fields:
        closed = None if tolerant else getattr(body.type, "__closed__", None)
        if body.codec is not None:
            return _multipart_body(body, request, problems, closed, tolerant=tolerant)
        return _form_body(operation, body, request, problems, closed)
    try:
        if body.codec is not None:
            return body.codec.read(request.body)
        if body.type is bytes:
            return request.body
        if body.type is str and "json" not in body.media_type:
            return request.body.decode("utf-8", "replace")
        found = examine(body.type, request.body)
    except (Unreadable, ValueError) as error:
        problems.append(Problem("body", "body", str(error)))
        return UNSET
    problems.extend(
        Problem("body", one.pointer or "body", f"expected {one.wanted}, got {one.found}")
        for one in found.drifts
    )
    problems.extend(Problem("body", pointer, _STRANGER) for pointer in found.forbidden)
    return found.value


_STRANGER = "is no property of this object, which has no others than the document names"


def _strangers(
    given: Mapping[str, Any], body: Body, closed: Sequence[str] | None
) -> Iterator[Problem]:
    """The fields that a form must not have: where the document names all, none else."""
    if closed is None or any(hasattr(one.codec, "take") for one in body.fields):
        return  # the names that a style writes are its own
    named = {one.name for one in body.fields}
    for name in given:
        if name not in named and name not in closed:
            yield Problem("body", name, _STRANGER)


def _multipart_body(
    body: Body,
    request: HttpRequest,
    problems: list[Problem],
    closed: Sequence[str] | None,
    *,
    tolerant: bool,
) -> Any:
    media_type = request.headers.get("content-type", "")
    try:
        parts = body.codec.parts(request.body, media_type) if request.body else {}
    except ValueError as error:
        problems.append(Problem("body", "body", str(error)))
        return UNSET
    values: dict[str, Any] = {}
    before = len(problems)
    problems.extend(_strangers(parts, body, closed))
    for one in body.fields:
        found = parts.get(one.name)
        if not found:
            if one.required:
                problems.append(Problem(one.argument, one.name, "is required"))
            continue
        codec: Any = one.codec
        if not tolerant and not codec.many and _too_often(one, found, problems):
            continue
        try:
            values[one.attribute or one.argument] = codec.value(found)
        except (ValueError, OverflowError) as error:
            problems.append(Problem(one.argument, one.name, str(error)))
    return body.type(**values) if len(problems) == before else UNSET


_Fields = tuple[Body, dict[str, Parameter], tuple[Parameter, ...]]
_BY_NAME: dict[int, _Fields] = {}


def _fields(body: Body) -> _Fields:
    """A form (kept, so that its id stays its own), its fields by name, and those it needs."""
    if id(body) not in _BY_NAME:
        named = {field.name: field for field in body.fields}
        needed = tuple(field for field in body.fields if field.required)
        _BY_NAME[id(body)] = body, named, needed
    return _BY_NAME[id(body)]


def _form_body(
    operation: Operation[Any],
    body: Body,
    request: HttpRequest,
    problems: list[Problem],
    closed: Sequence[str] | None,
) -> Any:
    texts = form_of(request.body)
    values: dict[str, Any] = {}
    before = len(problems)
    problems.extend(_strangers(texts, body, closed))
    _, named, required = _fields(body)
    for name, given in texts.items():
        if name in named and not hasattr(named[name].codec, "take"):
            read_into(values, named[name], given, problems)
    for parameter in named.values():
        if hasattr(parameter.codec, "take"):
            pairs = raw_pairs(request.body.decode("latin-1"))
            _take(values, operation, parameter, pairs, problems)
    for parameter in required:
        if not texts.get(parameter.name) and not hasattr(parameter.codec, "take"):
            read_into(values, parameter, None, problems)
    if len(problems) != before:
        return UNSET
    for parameter in named.values():
        if parameter.attribute and parameter.argument in values:
            values[parameter.attribute] = values.pop(parameter.argument)
    return body.type(**values)


class Refusal(Struct, frozen=True):
    """The body of an error where the document does not describe one (RFC 9457)."""

    type: str
    title: str
    status: int
    errors: list[dict[str, str]] = field(default_factory=list)


def problem_json(fault: Fault) -> tuple[str, bytes]:
    """A fault as application/problem+json."""
    errors = [{"name": one.name, "detail": one.reason} for one in fault.problems]
    body = Refusal("about:blank", fault.message, fault.status, errors)
    return "application/problem+json", msgspec.json.encode(body)
