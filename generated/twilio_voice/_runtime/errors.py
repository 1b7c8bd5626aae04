"""What can go wrong, one class each. No text here ever carries a credential.

RequestFailed
    InvalidRequest      refused before the wire
    ConnectionFailed    no answer arrived
    DeadlineExceeded    the time for the request ran out
    UnreadableAnswer    an answer that is not what its media type says
    DriftError          strict mode only: the answer differs from the document
    PagingError         a next page that must not or cannot be followed
    StatusError         an answer that is not a success; one subclass per status
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, TypeVar

from msgspec import Struct

from .decode import Drift
from .request import Problem

Headers = TypeVar("Headers")


def typed_headers(kind: type[Headers], headers: Mapping[str, str]) -> Headers:
    """Headers, by lower-case name, as a class of `headers.py`."""
    value: Headers = kind._read(headers)  # type: ignore[attr-defined]
    return value


class Exchange(Struct, frozen=True):
    """One request and its raw answer. `request_headers` has the credentials taken out; `elapsed` is in seconds."""

    operation: str
    method: str
    url: str
    request_headers: dict[str, str]
    request_content: bytes | None
    status: int
    headers: dict[str, str]
    content: bytes | None
    elapsed: float
    request_id: str | None = None
    drifts: tuple[Drift, ...] = ()

    def headers_as(self, kind: type[Headers]) -> Headers:
        """The answer's headers as a class of `headers.py`, which names the documented ones of a status.

        What did not come is `UNSET`, what does not fit is the text as it came.
        """
        return typed_headers(kind, self.headers)


class ErrorShape(Struct, frozen=True):
    """Where an error body keeps its code, its message and its link; where the request's id stands."""

    code: str = "code"
    message: str = "message"
    link: str = ""
    request_id_header: str = "X-Request-Id"


def _restored(
    kind: type[RequestFailed], told: tuple[Any, ...], state: dict[str, Any]
) -> RequestFailed:
    error = kind.__new__(kind)
    error.args = told
    error.__dict__.update(state)
    return error


class RequestFailed(Exception):
    """The base of all that a client raises. It can be pickled, so that it crosses to another process."""

    def __reduce__(self) -> tuple[Any, ...]:
        return _restored, (type(self), self.args, self.__dict__)


class InvalidRequest(RequestFailed, ValueError):
    """Refused before the wire: `problems` names every argument that the document does not allow."""

    def __init__(self, operation: str, problems: Sequence[Problem]) -> None:
        self.operation = operation
        self.problems = tuple(problems)
        super().__init__(f"{operation}: " + "; ".join(map(str, self.problems)))


class ConnectionFailed(RequestFailed):
    """No answer arrived. `sent` says whether the server may have got the request."""

    def __init__(self, message: str, *, sent: bool) -> None:
        self.sent = sent
        super().__init__(message)


class DeadlineExceeded(ConnectionFailed):
    """The time for the request, all tries together, ran out."""


class UnreadableAnswer(RequestFailed):
    """A success that could not be read; the raw answer is in `exchange`, nothing is lost."""

    def __init__(self, message: str, exchange: Exchange) -> None:
        self.exchange = exchange
        super().__init__(message)


class DriftError(RequestFailed):
    """Strict mode: the answer differs from the document. `value` is the answer all the same."""

    def __init__(self, operation: str, value: Any, drifts: Sequence[Drift]) -> None:
        self.operation = operation
        self.value = value
        self.drifts = tuple(drifts)
        super().__init__(f"{operation}: " + "; ".join(map(str, self.drifts[:10])))


class PagingError(RequestFailed):
    """The next page was not asked for: another origin, or a page that was already read."""


class StatusError(RequestFailed):
    """An answer that is not a success, with what its body says.

    `code`, `message` and `more_info` come from the body where it has the documented shape; `body` is the decoded
    body, `exchange` the raw answer.
    """

    def __init__(self, exchange: Exchange, body: Any, shape: ErrorShape) -> None:
        self.exchange = exchange
        self.status = exchange.status
        self.body = body
        self.code: int | str | None = _member(body, shape.code)
        self.message: str = str(_member(body, shape.message) or "")
        self.more_info: str | None = _member(body, shape.link) if shape.link else None
        self.request_id = exchange.request_id
        super().__init__(self._sentence())

    def _sentence(self) -> str:
        told = f"{self.exchange.operation}: {self.status}"
        if self.code not in (None, self.status):
            told += f" (code {self.code})"
        if self.message:
            told += f": {self.message[:500]}"
        if self.more_info:
            told += f" — see {self.more_info}"
        return told + (f" [request {self.request_id}]" if self.request_id else "")


def _member(body: Any, name: str) -> Any:
    value = body.get(name) if isinstance(body, Mapping) else getattr(body, name, None)
    return value if isinstance(value, (str, int)) else None


class BadRequest(StatusError):
    """400"""


class Unauthorized(StatusError):
    """401"""


class Forbidden(StatusError):
    """403"""


class NotFound(StatusError):
    """404"""


class MethodNotAllowed(StatusError):
    """405"""


class Conflict(StatusError):
    """409"""


class UnprocessableContent(StatusError):
    """422"""


class RateLimited(StatusError):
    """429. `retry_after` is the wait in seconds that the server asks for, if it names one."""

    retry_after: float | None = None


class ServerError(StatusError):
    """500 and above"""


_CLASSES: dict[int, type[StatusError]] = {
    400: BadRequest,
    401: Unauthorized,
    403: Forbidden,
    404: NotFound,
    405: MethodNotAllowed,
    409: Conflict,
    422: UnprocessableContent,
    429: RateLimited,
}


def status_error(exchange: Exchange, body: Any, shape: ErrorShape) -> StatusError:
    """The exception for an answer."""
    fallback = ServerError if exchange.status >= 500 else StatusError
    return _CLASSES.get(exchange.status, fallback)(exchange, body, shape)
