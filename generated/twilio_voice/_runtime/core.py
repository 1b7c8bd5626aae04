"""What the sync and the async client share: everything but the waiting.

Decisions are functions without side effects: which headers go along, whether to try again and when, what an answer
means. The two clients add one loop each that sends and sleeps.
"""

from __future__ import annotations

import base64
import os
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, TypeVar
from urllib.parse import quote, urljoin, urlsplit

import msgspec
from msgspec import UNSET, Struct, field

from .decode import Drift, Unreadable, decode
from .errors import (
    ConnectionFailed,
    DriftError,
    ErrorShape,
    Exchange,
    InvalidRequest,
    RateLimited,
    UnreadableAnswer,
    status_error,
)
from .request import Prepared, Refused, form, origin, prepare, with_query
from .table import Answer, Operation

T = TypeVar("T")

SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS", "PUT", "DELETE"})
"""Methods that may be sent twice: the second time changes nothing more."""


def chance() -> float:
    """A number from 0 to 1, each as likely: what spreads retries over time."""
    return int.from_bytes(os.urandom(4), "big") / 2**32


class Secret:
    """Text that does not show itself: `str` and `repr` give asterisks, `reveal()` gives the text."""

    __slots__ = ("_text",)

    def __init__(self, text: str) -> None:
        self._text = text

    def reveal(self) -> str:
        """The text itself."""
        return self._text

    def __repr__(self) -> str:
        return "Secret('***')"

    def __reduce__(self) -> tuple[Any, ...]:
        raise TypeError("a Secret is not pickled")


class Credential(Struct, frozen=True):
    """A client argument that authenticates, and the environment variable it falls back to."""

    name: str
    env: str = ""
    secret: bool = False


class Scheme(Struct, frozen=True):
    """How credentials go along: `kind` is basic, bearer, header, query, cookie or oauth2 (client credentials).

    `pairs` are alternatives, the names of the arguments that make up the credential; the first whose
    arguments are all given is used.
    """

    kind: str
    pairs: tuple[tuple[str, ...], ...]
    parameter: str = ""
    name: str = ""
    token_url: str = ""
    scopes: tuple[str, ...] = ()


class RequestOptions(Struct, frozen=True, kw_only=True):
    """What can be set for one request. Times are in seconds."""

    timeout: float | None = None
    max_retries: int | None = None
    headers: Mapping[str, str] = field(default_factory=dict)
    extra_query: Mapping[str, str] = field(default_factory=dict)
    extra_form: Mapping[str, str] = field(default_factory=dict)
    strict: bool | None = None


class CsvRules(Struct, frozen=True):
    """How a list is asked for as CSV: its path ends in `after` in place of `before`.

    The page after one is asked for by `parameter`: `prefix` and what the last row has in the first of `columns`; `number`
    counts pages.
    """

    before: str = ""
    after: str = ""
    parameter: str = ""
    prefix: str = ""
    columns: tuple[str, ...] = ()
    number: str = ""


class Settings(Struct, frozen=True, kw_only=True):
    """What a client was made with. `moved`: its base URL is not the document's, and operations have none of their own."""

    base_url: str
    credentials: dict[str, Any]
    schemes: tuple[Scheme, ...]
    shape: ErrorShape
    user_agent: str
    moved: bool = False
    timeout: float = 30.0
    connect_timeout: float = 5.0
    max_retries: int = 2
    strict: bool = False
    on_drift: Callable[[str, Drift], None] | None = None
    csv: CsvRules | None = None
    clock: Callable[[], float] = time.monotonic
    chance: Callable[[], float] = chance


def gather(known: tuple[Credential, ...], given: Mapping[str, str | None]) -> dict[str, Any]:
    """The credentials: arguments first, then the environment; secrets wrapped.

    Where a secret was given as an argument, the environment gives none: the two are never mixed.
    """
    explicit = any(one.secret and given.get(one.name) for one in known)
    found: dict[str, Any] = {}
    for one in known:
        text = given.get(one.name)
        if text is None and one.env and not (explicit and one.secret):
            text = os.environ.get(one.env)
        if text:
            found[one.name] = Secret(text) if one.secret else text
    return found


def _text(value: Any) -> str:
    return value.reveal() if isinstance(value, Secret) else str(value)


def authentication(
    settings: Settings, operation: Operation[Any] | None = None, token: str = ""
) -> tuple[dict[str, str], dict[str, str]]:
    """The headers and the query parameters that carry the credentials.

    Of the alternatives of an operation it is the first whose schemes all have their credentials.
    """
    headers: dict[str, str] = {}
    query: dict[str, str] = {}
    for scheme, names in _usable(settings, operation):
        texts = [_text(settings.credentials[name]) for name in names]
        if scheme.kind == "basic":
            pair = base64.b64encode(":".join(texts).encode()).decode()
            headers["Authorization"] = "Basic " + pair
        elif scheme.kind == "bearer":
            headers["Authorization"] = "Bearer " + texts[0]
        elif scheme.kind == "oauth2":
            headers["Authorization"] = "Bearer " + token
        elif scheme.kind == "header":
            headers[scheme.parameter] = texts[0]
        elif scheme.kind == "cookie":
            cookie = f"{scheme.parameter}={quote(texts[0], safe='')}"
            headers["Cookie"] = "; ".join(filter(None, (headers.get("Cookie"), cookie)))
        else:
            query[scheme.parameter] = texts[0]
    return headers, query


Usable = list[tuple[Scheme, tuple[str, ...]]]


def _usable(settings: Settings, operation: Operation[Any] | None) -> Usable:
    """The schemes that go along with a request, with the credentials that they take."""
    found: Usable = []
    for scheme in settings.schemes:
        names = next((p for p in scheme.pairs if all(n in settings.credentials for n in p)), None)
        if names is not None and all(scheme.name != other.name for other, _ in found):
            found.append((scheme, names))
    if operation is None or not operation.security:
        return found[:1]
    for needed in operation.security:
        chosen = [pair for pair in found if pair[0].name in needed]
        if len(chosen) == len(needed):
            return chosen
    return []


def token_scheme(settings: Settings, operation: Operation[Any]) -> Scheme | None:
    """The scheme for which a token has to be got before a request is sent."""
    if not operation.secured and not operation.security:
        return None
    return next((one for one, _ in _usable(settings, operation) if one.kind == "oauth2"), None)


class Token(Struct):
    """A token of a client's own credentials, and until when it holds, by the client's clock."""

    text: str = ""
    until: float = 0.0


def token_request(settings: Settings, scheme: Scheme) -> Prepared:
    """The request for a token (RFC 6749, section 4.4); the credentials go in the header."""
    names = next(p for p in scheme.pairs if all(n in settings.credentials for n in p))
    texts = [quote(_text(settings.credentials[name]), safe="") for name in names]
    pair = base64.b64encode(":".join(texts).encode()).decode()
    scope = [("scope", " ".join(scheme.scopes))] if scheme.scopes else []
    return Prepared(
        "POST",
        urljoin(settings.base_url, scheme.token_url),
        {
            "Accept": "application/json",
            "Authorization": "Basic " + pair,
            "Content-Type": "application/x-www-form-urlencoded",
        },
        form([("grant_type", "client_credentials"), *scope]),
    )


def token_of(settings: Settings, status: int, content: bytes) -> Token:
    """The token that an answer gives; it counts as gone a little before it is. Raises ConnectionFailed."""
    try:
        given = msgspec.json.decode(content)
        text, seconds = str(given["access_token"]), float(given.get("expires_in", 3600))
    except (msgspec.DecodeError, UnicodeDecodeError, KeyError, TypeError, ValueError):
        raise ConnectionFailed(f"no token was given: status {status}", sent=False) from None
    return Token(text, settings.clock() + seconds - min(30.0, seconds / 10))


def request_for(
    settings: Settings,
    operation: Operation[Any],
    arguments: Mapping[str, Any],
    options: RequestOptions,
) -> Prepared:
    """The request of an operation, without credentials. Raises InvalidRequest."""
    defaults = {k: v for k, v in settings.credentials.items() if isinstance(v, str)}
    try:
        prepared = prepare(operation, home(settings, operation), arguments, defaults)
    except Refused as error:
        raise InvalidRequest(operation.id, error.problems) from None
    url = with_query(prepared.url, options.extra_query)
    content = prepared.content
    if options.extra_form:
        extra = form(list(options.extra_form.items()))
        content = content + b"&" + extra if isinstance(content, bytes) and content else extra
    headers = overlaid({**prepared.headers, "User-Agent": settings.user_agent}, options.headers)
    return Prepared(prepared.method, url, headers, content)


def home(settings: Settings, operation: Operation[Any]) -> str:
    """The URL that an operation's path is below."""
    if not operation.server:
        return settings.base_url
    path = operation.server if operation.server[0] == "/" else urlsplit(operation.server).path
    if settings.moved or path == operation.server:
        return urljoin(settings.base_url, path)
    return operation.server


def overlaid(headers: Mapping[str, str], others: Mapping[str, str]) -> dict[str, str]:
    """Headers with others in place of those of the same name, whatever its case."""
    names = {name.lower() for name in others}
    return {**{k: v for k, v in headers.items() if k.lower() not in names}, **others}


def following(url: str, first: Prepared) -> Prepared:
    """The request for a page whose address an answer gave: with the headers of the first."""
    return Prepared("GET", url, first.headers)


def credentialed(
    settings: Settings, prepared: Prepared, operation: Operation[Any], token: str = ""
) -> Prepared:
    """The request as it is sent. Credentials go to the origin of the operation's server and nowhere else."""
    wanted = operation.secured or bool(operation.security)
    if not wanted or origin(prepared.url) != origin(home(settings, operation)):
        return prepared
    headers, query = authentication(settings, operation, token)
    own = next((v for k, v in prepared.headers.items() if k.lower() == "cookie"), "")
    if own and "Cookie" in headers:
        headers["Cookie"] = f"{own}; {headers['Cookie']}"
    return Prepared(
        prepared.method,
        with_query(prepared.url, query),
        overlaid(prepared.headers, headers),
        prepared.content,
    )


class Failure(Struct, frozen=True):
    """Why no answer arrived; `sent` says whether the server may have begun to work on the request."""

    message: str
    sent: bool
    timed_out: bool = False


def wait_before_retry(
    method: str,
    outcome: int | Failure,
    tries: int,
    retries: int,
    headers: Mapping[str, str],
    chance: Callable[[], float],
) -> float | None:
    """Seconds to wait before the next try, or None where there must not be one.

    429 and a connection that never stood are safe to repeat for every method; anything after which the server may
    have done the work is repeated only for methods that may be sent twice.
    """
    if tries > retries:
        return None
    if isinstance(outcome, Failure):
        again = not outcome.sent or method in SAFE_METHODS
    else:
        again = outcome == 429 or (method in SAFE_METHODS and outcome in (408, 502, 503, 504))
    if not again:
        return None
    asked = retry_after(headers)
    backoff = min(8.0, 0.5 * 2.0 ** (tries - 1)) * (0.5 + chance() / 2)
    return backoff if asked is None else asked


def retry_after(headers: Mapping[str, str]) -> float | None:
    """The wait that an answer asks for, in seconds; given as a number or as a date (none for one that is over)."""
    text = headers.get("retry-after", "").strip()
    if not text:
        return None
    try:
        return float(text) if text.replace(".", "", 1).isdigit() else _until(text)
    except (ValueError, TypeError, OverflowError):
        return None


def _until(text: str) -> float:
    from email.utils import parsedate_to_datetime

    return max(0.0, parsedate_to_datetime(text).timestamp() - time.time())


class Recorded:
    """What `record()` gives: every exchange made inside the `with` block, in order."""

    def __init__(self) -> None:
        self.exchanges: list[Exchange] = []

    @property
    def last(self) -> Exchange:
        """The newest exchange. Raises IndexError before the first."""
        return self.exchanges[-1]


_recorders: ContextVar[tuple[Recorded, ...]] = ContextVar("recorders", default=())


@contextmanager
def recording() -> Iterator[Recorded]:
    """Keep the raw answers of every request made inside the block."""
    recorded = Recorded()
    token = _recorders.set((*_recorders.get(), recorded))
    try:
        yield recorded
    finally:
        _recorders.reset(token)


def _kept(content: Any) -> bytes | None:
    """What a record keeps of a request's content: not what was read while it was sent."""
    return content if isinstance(content, bytes) else None


def _header_drifts(
    answer: Answer | None, status: int, headers: Mapping[str, str]
) -> tuple[Drift, ...]:
    """Where the headers of an answer differ from the document."""
    if answer is None or answer.headers is None or not answer.matches(status):
        return ()
    drifts: tuple[Drift, ...] = answer.headers.read(headers)[1]
    return drifts


class Judge:
    """Turns raw answers into values and exceptions, and keeps the drifts of one client."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.drifts: deque[tuple[str, Drift]] = deque(maxlen=1000)

    def exchange(
        self,
        operation: Operation[Any],
        sent: Prepared,
        status: int,
        headers: dict[str, str],
        content: bytes | None,
        elapsed: float,
    ) -> Exchange:
        """The record of an exchange; the credentials are not in it."""
        wanted = self.settings.shape.request_id_header.lower()
        return Exchange(
            operation.id, sent.method, sent.url, sent.headers, _kept(sent.content), status, headers, content,
            elapsed, headers.get(wanted),
        )  # fmt: skip

    def value(self, operation: Operation[T], exchange: Exchange, strict: bool) -> T:
        """The value of an answer. Raises StatusError, UnreadableAnswer, or DriftError in strict mode."""
        if not 200 <= exchange.status < 300:
            raise self.failure(operation, exchange)
        answer = operation.answer(exchange.status, exchange.headers.get("content-type", ""))
        drifts: list[Drift] = []
        if answer is None or answer.status == "default":
            answer = operation.success() or answer
            if operation.answer(exchange.status) is None:
                wanted = " or ".join(one.status for one in operation.answers)
                drifts.append(Drift("", f"status {wanted}", f"status {exchange.status}"))
        value: Any = None
        if answer is not None and answer.type is not None:
            value, found = self._decoded(answer.type, exchange)
            drifts.extend(found)
        drifts.extend(_header_drifts(answer, exchange.status, exchange.headers))
        self.keep(operation, exchange, drifts)
        if drifts and strict:
            raise DriftError(operation.id, value, drifts)
        return value  # type: ignore[no-any-return]

    def _decoded(self, kind: Any, exchange: Exchange) -> tuple[Any, tuple[Drift, ...]]:
        content = exchange.content or b""
        if kind is bytes:
            return content, ()
        if kind is str and "json" not in exchange.headers.get("content-type", ""):
            return content.decode("utf-8", "replace"), ()
        try:
            return decode(kind, content)
        except Unreadable as error:
            self.keep_raw(exchange)
            raise UnreadableAnswer(f"{exchange.operation}: {error}", exchange) from None

    def failure(self, operation: Operation[Any], exchange: Exchange) -> Exception:
        """The exception for an answer that is not a success."""
        answer = operation.answer(exchange.status, exchange.headers.get("content-type", ""))
        drifts: tuple[Drift, ...] = ()
        body: Any = None
        try:
            if answer is not None and answer.type is not None:
                body, drifts = decode(answer.type, exchange.content or b"")
            else:
                body = msgspec.json.decode(exchange.content or b"null")
        except (Unreadable, msgspec.DecodeError, UnicodeDecodeError, RecursionError):
            body = (exchange.content or b"").decode("utf-8", "replace")
        if answer is None:
            wanted = " or ".join(one.status for one in operation.answers)
            drifts = (*drifts, Drift("", f"status {wanted}", f"status {exchange.status}"))
        drifts = (*drifts, *_header_drifts(answer, exchange.status, exchange.headers))
        self.keep(operation, exchange, drifts)
        error = status_error(exchange, body, self.settings.shape)
        if isinstance(error, RateLimited):
            error.retry_after = retry_after(exchange.headers)
        return error

    def begun(
        self, operation: Operation[Any], status: int, headers: Mapping[str, str], strict: bool
    ) -> None:
        """Judge the headers of an answer whose content is read later. Raises DriftError in strict mode."""
        answer = operation.answer(status, headers.get("content-type", ""))
        drifts = _header_drifts(answer, status, headers)
        self._note(operation, drifts)
        if drifts and strict:
            raise DriftError(operation.id, None, drifts)

    def _note(self, operation: Operation[Any], drifts: Iterable[Drift]) -> None:
        for drift in drifts:
            self.drifts.append((operation.id, drift))
            if self.settings.on_drift is not None:
                self.settings.on_drift(operation.id, drift)

    def keep(self, operation: Operation[Any], exchange: Exchange, drifts: Any) -> None:
        """Record an exchange and its drifts."""
        self._note(operation, drifts)
        if _recorders.get():
            self.keep_raw(msgspec.structs.replace(exchange, drifts=tuple(drifts)))

    def keep_raw(self, exchange: Exchange) -> None:
        """Record an exchange alone."""
        for recorded in _recorders.get():
            recorded.exchanges.append(exchange)


__all__ = [
    "UNSET",
    "Credential",
    "Judge",
    "Recorded",
    "RequestOptions",
    "Scheme",
    "Secret",
    "Settings",
]
