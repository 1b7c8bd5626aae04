"""Everything that the client and the webhook receivers raise."""

from ._runtime.decode import Drift, Examination, Unreadable, examine
from ._runtime.errors import (
    BadRequest,
    Conflict,
    ConnectionFailed,
    DeadlineExceeded,
    DriftError,
    Exchange,
    Forbidden,
    InvalidRequest,
    MethodNotAllowed,
    NotFound,
    PagingError,
    RateLimited,
    RequestFailed,
    ServerError,
    StatusError,
    Unauthorized,
    UnprocessableContent,
    UnreadableAnswer,
)
from ._runtime.request import Problem, Refused
from ._runtime.signing import SignatureError

__all__ = [
    "BadRequest",
    "Conflict",
    "ConnectionFailed",
    "DeadlineExceeded",
    "Drift",
    "DriftError",
    "Examination",
    "Exchange",
    "Forbidden",
    "InvalidRequest",
    "MethodNotAllowed",
    "NotFound",
    "PagingError",
    "Problem",
    "RateLimited",
    "Refused",
    "RequestFailed",
    "ServerError",
    "SignatureError",
    "StatusError",
    "Unauthorized",
    "UnprocessableContent",
    "Unreadable",
    "UnreadableAnswer",
    "examine",
]
