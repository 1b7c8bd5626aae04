"""What an OpenAPI document says, as frozen values.

These are the only values that leave this room. Versions 3.0, 3.1 and 3.2 are one shape here: `nullable: true`
and `type: [string, "null"]` are both `Schema.nullable`, a boolean `exclusiveMinimum` has become a number.
A `$ref` is linked by identity: two places that refer to one component hold the very same `Schema`, so values
compare and hash by identity and recursive schemas cost nothing.

`path` is where a value stands in the tree (`Tree.locate(path)` gives file, line and column).
`extensions` holds the `x-…` keys of the object as plain data.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from ringback.source import Path, Tree, pointer_of


class _Absent:
    """Marks a keyword that the document does not give, where `null` is a value of its own."""

    def __repr__(self) -> str:
        return "ABSENT"

    def __bool__(self) -> bool:
        return False

    def __reduce__(self) -> str:
        return "ABSENT"  # there is one of it, also in a document that another process hands over


ABSENT: Final = _Absent()


@dataclass(frozen=True, slots=True, eq=False)
class Discriminator:
    """Which property names the variant, and the explicit mapping value -> schema (already linked).

    `default` is the variant of values that no mapping names, or that lack the property (3.2: `defaultMapping`).
    """

    property_name: str
    mapping: tuple[tuple[str, Schema], ...] = ()
    default: Schema | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Condition:
    """`if` with its `then` and its `else`."""

    test: Schema
    then: Schema | None = None
    otherwise: Schema | None = None


# Without slots: most of its fields are at their defaults, and those stand in the class once for all.
@dataclass(frozen=True, eq=False, repr=False)
class Schema:
    """A Schema Object. `types` never holds "null": that is `nullable`. A `$ref` with siblings is an `all_of`.

    `anyOf: [X, {type: "null"}]` is `any_of=(X,)` and nullable. What is null and nothing else has `enum=()` and is
    nullable. The schema `false` has `not_`, a schema without keywords.

    A schema with a `$dynamicRef` is a generic type: it is a value of its own for every set of types that it is used
    with, and what the `$dynamicRef` names there is linked like any other reference.
    """

    path: Path
    raw: Any
    name: str | None = None  # the key under components/schemas, if it stands there
    types: tuple[str, ...] = ()
    nullable: bool = False
    format: str | None = None
    pattern: str | None = None
    enum: tuple[Any, ...] | None = None  # without null; None where there is no enum
    const: Any = ABSENT
    default: Any = ABSENT
    minimum: float | int | None = None
    maximum: float | int | None = None
    exclusive_minimum: float | int | None = None
    exclusive_maximum: float | int | None = None
    multiple_of: float | int | None = None
    min_length: int | None = None
    max_length: int | None = None
    min_items: int | None = None
    max_items: int | None = None
    unique_items: bool = False
    min_properties: int | None = None
    max_properties: int | None = None
    properties: tuple[tuple[str, Schema], ...] = ()
    required: tuple[str, ...] = ()
    additional_properties: bool | Schema | None = None  # None: not given (open)
    pattern_properties: tuple[tuple[str, Schema], ...] = ()  # by regular expression of the name
    property_names: Schema | None = None
    unevaluated_properties: bool | Schema | None = None  # what no part of a composition speaks of
    dependent_required: tuple[tuple[str, tuple[str, ...]], ...] = ()
    dependent_schemas: tuple[tuple[str, Schema], ...] = ()
    items: Schema | None = None
    prefix_items: tuple[Schema, ...] = ()  # `items` is then what follows them
    unevaluated_items: bool | Schema | None = None
    contains: Schema | None = None
    min_contains: int | None = None
    max_contains: int | None = None
    all_of: tuple[Schema, ...] = ()
    one_of: tuple[Schema, ...] = ()
    any_of: tuple[Schema, ...] = ()
    not_: Schema | None = None
    conditions: tuple[Condition, ...] = ()
    discriminator: Discriminator | None = None
    title: str | None = None
    description: str | None = None
    deprecated: bool = False
    read_only: bool = False
    write_only: bool = False
    content_media_type: str | None = None
    content_encoding: str | None = None  # base64, …
    content_schema: Schema | None = None  # of what the text holds
    examples: tuple[Any, ...] = ()
    extensions: Mapping[str, Any] = field(default_factory=dict)
    unknown: tuple[str, ...] = ()  # keywords that constrain values and that have no field here

    def __repr__(self) -> str:
        return f"<Schema {pointer_of(self.path)}>"  # all of it would be half a document, or endless


@dataclass(frozen=True, slots=True, eq=False)
class Encoding:
    """How one property of a form or one part of a multipart body travels; None and () are what is not said.

    `name` is the property's, and "" where parts have positions instead (3.2). `content_types` are alternatives.
    """

    path: Path
    name: str
    content_types: tuple[str, ...] = ()
    headers: tuple[Parameter, ...] = ()
    style: str | None = None
    explode: bool | None = None
    allow_reserved: bool = False
    extensions: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, eq=False)
class MediaType:
    """One entry of a `content` map: `application/json` and the schema of what it carries.

    `item_schema` is that of each item of a stream (3.2). `encoding` is as the document has it, `encodings` as values.
    """

    path: Path
    name: str
    schema: Schema | None = None
    encoding: Mapping[str, Any] = field(default_factory=dict)
    item_schema: Schema | None = None
    encodings: tuple[Encoding, ...] = ()
    prefix_encodings: tuple[Encoding, ...] = ()
    item_encoding: Encoding | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Parameter:
    """A parameter or a response header (`location` is then "header"). `media_type` is set where `content` was used.

    In the location "querystring" (3.2) it is the whole query, and its `content` says how it is written.
    """

    path: Path
    name: str
    location: str  # path, query, querystring, header, cookie
    required: bool = False
    schema: Schema | None = None
    media_type: str | None = None
    style: str = "simple"
    explode: bool = False
    allow_reserved: bool = False
    description: str | None = None
    deprecated: bool = False
    extensions: Mapping[str, Any] = field(default_factory=dict)
    allow_empty: bool = False
    content: MediaType | None = None


@dataclass(frozen=True, slots=True, eq=False)
class RequestBody:
    """What is sent: alternatives by media type, in the order of the document."""

    path: Path
    content: tuple[MediaType, ...]
    required: bool = False
    description: str | None = None
    extensions: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, eq=False)
class Link:
    """What an answer gives that another operation takes: parameter names (or "in.name") to expressions or values.

    The operation is named by `operation_id`, or by `operation_ref`, a reference as the document has it.
    """

    path: Path
    name: str
    operation_id: str | None = None
    operation_ref: str | None = None
    parameters: Mapping[str, Any] = field(default_factory=dict)
    request_body: Any = ABSENT
    description: str | None = None
    server: Server | None = None
    extensions: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, eq=False)
class Response:
    """An answer for one status: "200", "4XX" or "default"."""

    path: Path
    status: str
    description: str = ""
    headers: tuple[Parameter, ...] = ()
    content: tuple[MediaType, ...] = ()
    extensions: Mapping[str, Any] = field(default_factory=dict)
    links: tuple[Link, ...] = ()
    summary: str | None = None


@dataclass(frozen=True, slots=True, eq=False)
class SecurityScheme:
    """How a caller proves who it is. `type`: http, apiKey, oauth2, openIdConnect, mutualTLS."""

    path: Path
    name: str
    type: str
    scheme: str | None = None  # http: basic, bearer, …
    location: str | None = None  # apiKey: query, header, cookie
    parameter: str | None = None  # apiKey: its name on the wire
    flows: Mapping[str, Any] = field(default_factory=dict)
    description: str | None = None
    extensions: Mapping[str, Any] = field(default_factory=dict)
    bearer_format: str | None = None
    open_id_url: str | None = None  # openIdConnect: where its configuration stands
    deprecated: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class ServerVariable:
    """A part of a server's URL that can be chosen; `enum` is empty where any text will do."""

    name: str
    default: str
    enum: tuple[str, ...] = ()
    description: str | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Server:
    """A base URL with its variables already at their defaults; `template` has them in braces, as `{name}`."""

    url: str
    description: str | None = None
    template: str = ""
    variables: tuple[ServerVariable, ...] = ()
    name: str | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Callback:
    """A request that the API sends because of an operation: its name, and the expression that gives its URL."""

    path: Path
    name: str
    expression: str
    operations: tuple[Operation, ...] = ()


@dataclass(frozen=True, slots=True, eq=False)
class Operation:
    """One method on one path (or on one webhook: `template` is then "").

    `security` is None where neither the operation nor the document names any; otherwise alternatives, each a
    tuple of scheme names that are needed together (an empty tuple: no credentials needed). `scopes` has the scopes
    of each scheme that the alternatives name with some. Where no alternative can be met the document names a scheme
    that it does not declare (`Document.security_schemes` lacks it): a client has nothing to show, a server asks.
    """

    path: Path
    method: str  # upper case
    template: str  # "/Accounts/{AccountSid}/Calls.json"
    operation_id: str | None = None
    summary: str | None = None
    description: str | None = None
    tags: tuple[str, ...] = ()
    parameters: tuple[Parameter, ...] = ()  # the path item's merged with the operation's own
    body: RequestBody | None = None
    responses: tuple[Response, ...] = ()
    security: tuple[tuple[str, ...], ...] | None = None
    servers: tuple[Server, ...] = ()
    deprecated: bool = False
    callbacks: tuple[Callback, ...] = ()
    extensions: Mapping[str, Any] = field(default_factory=dict)
    scopes: tuple[tuple[str, tuple[str, ...]], ...] = ()


@dataclass(frozen=True, slots=True, eq=False)
class Webhook:
    """A request that the API sends: the name under `webhooks` and its operations."""

    path: Path
    name: str
    operations: tuple[Operation, ...] = ()
    extensions: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, eq=False)
class Tag:
    """A group of operations. `parent` names the tag that it is a part of; `kind` is "nav", "badge", … (3.2)."""

    name: str
    description: str | None = None
    extensions: Mapping[str, Any] = field(default_factory=dict)
    summary: str | None = None
    parent: str | None = None
    kind: str | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Document:
    """The whole document, judged: what stands here is right, or its warnings have been reported."""

    tree: Tree
    version: str  # "3.1.0"
    title: str
    api_version: str
    description: str | None = None
    servers: tuple[Server, ...] = ()
    tags: tuple[Tag, ...] = ()
    operations: tuple[Operation, ...] = ()  # in the order of the document
    webhooks: tuple[Webhook, ...] = ()
    schemas: tuple[tuple[str, Schema], ...] = ()  # components/schemas, in the order of the document
    security_schemes: tuple[SecurityScheme, ...] = ()
    license_name: str | None = None
    extensions: Mapping[str, Any] = field(default_factory=dict)
