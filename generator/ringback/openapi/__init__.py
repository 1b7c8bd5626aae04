"""A tree to a `Document`: every rule of OpenAPI held, every reference linked."""

from .model import (
    ABSENT,
    Callback,
    Discriminator,
    Document,
    Encoding,
    Link,
    MediaType,
    Operation,
    Parameter,
    RequestBody,
    Response,
    Schema,
    SecurityScheme,
    Server,
    ServerVariable,
    Tag,
    Webhook,
)
from .parse import joined, judge_again, parse
from .refs import Unresolved, pointed

__all__ = [
    "ABSENT",
    "Callback",
    "Discriminator",
    "Document",
    "Encoding",
    "Link",
    "MediaType",
    "Operation",
    "Parameter",
    "RequestBody",
    "Response",
    "Schema",
    "SecurityScheme",
    "Server",
    "ServerVariable",
    "Tag",
    "Unresolved",
    "Webhook",
    "joined",
    "judge_again",
    "parse",
    "pointed",
]
