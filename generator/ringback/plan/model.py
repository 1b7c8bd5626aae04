"""What will be printed: every Python decision, taken.

A template reads these values and prints them; it decides nothing. Texts that come from the document (descriptions,
wire names, patterns) are held as they are and reach Python only through the literal and docstring encoders of `emit`.
Texts that are already Python (annotations, codec expressions, names) were made by this room.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ringback.plan.markup import MarkupPlan
    from ringback.plan.tabular import CsvPlan
    from ringback.plan.tokens import TokensPlan

_NAME = re.compile(r"[^\W\d]\w*")


@dataclass(frozen=True, slots=True)
class IdentifierPlan:
    """A string type with a pattern that names one kind of thing: `CallSid`."""

    name: str
    codec: str  # the constant that holds its codec: "_CALL_SID"
    phrase: str  # "call SID"
    hint: str  # "CA…"
    pattern: str  # as Python's re reads it


@dataclass(frozen=True, slots=True)
class MemberPlan:
    """One value of an enum: `IN_PROGRESS = "in-progress"`."""

    name: str
    value: str


@dataclass(frozen=True, slots=True)
class EnumPlan:
    """A set of strings; `literal` is the alias of the same values as literals."""

    name: str
    literal: str
    members: tuple[MemberPlan, ...]
    doc: str


@dataclass(frozen=True, slots=True)
class FieldPlan:
    """An attribute of a model. `default` is "" for a required one."""

    name: str
    wire: str
    annotation: str
    default: str
    doc: str


@dataclass(frozen=True, slots=True)
class ModelPlan:
    """A struct. `renamed` are the fields whose wire name is not their Python name.

    `rest` is the attribute that keeps properties without a field; `rules` are the arguments of its `ObjectRules`.
    """

    name: str
    doc: str
    fields: tuple[FieldPlan, ...]
    rest: str = ""
    rules: str = ""

    @property
    def renamed(self) -> tuple[FieldPlan, ...]:
        return tuple(field for field in self.fields if field.name != field.wire)


@dataclass(frozen=True, slots=True)
class UnionPlan:
    """A union that a class of its own decodes: its variants, and the type that each value of `tag` stands for.

    `default` is the type for any other value; "" where there is none.
    """

    name: str
    members: tuple[str, ...]
    tag: str
    mapping: tuple[tuple[str, str], ...]
    default: str
    doc: str


@dataclass(frozen=True, slots=True)
class AliasPlan:
    """A component that is neither a struct nor an enum: `Tags = list[str]`."""

    name: str
    annotation: str
    doc: str


@dataclass(frozen=True, slots=True)
class ParameterPlan:
    """A value of a request: what its argument is called and typed, how it travels."""

    argument: str
    wire: str
    place: str
    codec: str
    required: bool
    annotation: str  # in a server's input
    argument_annotation: str  # in a client's signature
    explode: bool
    delimiter: str
    credential: str
    doc: str
    attribute: str = ""  # of the body's model, where it is not called like the argument
    part: str = ""  # the part that it is a header of, in the place "part header"

    @property
    def needed(self) -> bool:
        """Whether a caller must give it."""
        return self.required and not self.credential


@dataclass(frozen=True, slots=True)
class BodyPlan:
    """What a request carries: a form's fields, or one value of a type.

    With `whole` a form is one value, too: where there are other media types. `argument` is the client's annotation.
    """

    media_type: str
    annotation: str  # the model of a form, the type of anything else
    fields: tuple[ParameterPlan, ...]
    required: bool
    doc: str
    whole: bool = False
    codec: str = ""


@dataclass(frozen=True, slots=True)
class AnswerPlan:
    """A documented answer. `literal_status` is "201", or "int" for a range and default."""

    name: str
    status: str
    literal_status: str
    media_type: str
    annotation: str  # "" where nothing is carried
    doc: str
    stream: str = ""  # sse, lines or seq: many values of that type
    whole: bool = False  # an event with its name and id, not its data alone
    other: bool = False  # not the first media type of its status
    headers_class: str = ""  # the class of its documented headers
    headers: tuple[ParameterPlan, ...] = ()

    @property
    def body(self) -> str:
        """The type of a server's body."""
        if not self.stream:
            return self.annotation
        return f"AsyncIterable[{self.annotation}] | Iterable[{self.annotation}]"


@dataclass(frozen=True, slots=True)
class AlternativePlan:
    """Another media type that a success may have, and what the client's method gives then."""

    media_type: str
    returns: str
    stream: bool


@dataclass(frozen=True, slots=True)
class PagingPlan:
    """How a list goes on: attributes of its answer, and the type of a row."""

    rows: str
    next: str
    row: str
    kind: str = "link"  # link, header, cursor, page, offset
    parameter: str = ""
    first: int = 1
    given: bool = False  # by the settings, not found in the document


@dataclass(frozen=True, slots=True)
class OperationPlan:
    """An operation, on both sides of the wire."""

    id: str
    constant: str
    method: str
    template: str
    name: str  # of the client's method
    handler: str  # of the server's method
    input: str
    answer_alias: str
    parameters: tuple[ParameterPlan, ...]
    body: BodyPlan | None
    answers: tuple[AnswerPlan, ...]
    returns: str  # the client's: "Call", "None", "bytes"
    paging: PagingPlan | None
    binary: bool
    secured: bool
    deprecated: bool
    summary: str
    doc: str
    place: str  # JSON pointer
    server: str = ""  # where it is, if not with the others
    paging_said: str = ""  # the place of the settings that speak of its paging
    others: tuple[BodyPlan, ...] = ()  # the body in other media types
    chooser: str = ""  # the argument that names the body's media type
    stream: str = ""  # the type of a value, where the answer is a stream
    media_type: str = ""  # of a success, where there are others
    alternatives: tuple[AlternativePlan, ...] = ()
    accept: str = ""  # the argument that chooses between them
    security: tuple[
        tuple[str, ...], ...
    ] = ()  # alternatives of schemes, where not every scheme will do
    csv: bool = False  # whether the list can be read as CSV

    @property
    def pager(self) -> str:
        """The class of a list."""
        return "CsvPager" if self.csv else "Pager"

    @property
    def arguments(self) -> tuple[ParameterPlan, ...]:
        """Every argument of the client's method, in the order of its signature after the path's."""
        given = self.parameters + (self.body.fields if self.body and not self.body.whole else ())
        rest = [one for one in given if not (one.place == "path" and one.needed)]
        return tuple(sorted(rest, key=lambda one: (not one.needed, bool(one.credential))))

    @property
    def takes(self) -> bool:
        """Whether it takes anything but a whole body."""
        return bool(self.parameters or any(one.fields for one in self.bodies))

    @property
    def positional(self) -> tuple[ParameterPlan, ...]:
        """The path's values that a caller must give."""
        return tuple(one for one in self.parameters if one.place == "path" and one.needed)

    @property
    def whole_body(self) -> BodyPlan | None:
        """The body, where it is one argument of its own."""
        body = self.body
        return body if body is not None and (body.whole or not body.fields) else None

    @property
    def bodies(self) -> tuple[BodyPlan, ...]:
        """The body in each of its media types."""
        return (*((self.body,) if self.body else ()), *self.others)

    @property
    def carried(self) -> str:
        """The type of the body in any of its media types."""
        return " | ".join(dict.fromkeys(one.annotation for one in self.bodies))


@dataclass(frozen=True, slots=True)
class GroupPlan:
    """A namespace of the client and a Protocol of the server."""

    attribute: str
    name: str
    protocol: str
    base: str  # answers 501 to everything
    doc: str
    operations: tuple[OperationPlan, ...]

    @property
    def hidden(self) -> tuple[str, ...]:
        """The builtins that its methods hide: annotations name them by their module."""
        return tuple(sorted({one.name for one in self.operations} & {"list", "set", "type"}))


@dataclass(frozen=True, slots=True)
class WebhookPlan:
    """A request that the API sends."""

    name: str
    constant: str
    operation: OperationPlan
    payload: str


@dataclass(frozen=True, slots=True)
class CredentialPlan:
    """An argument of the client that authenticates."""

    name: str
    env: str
    secret: bool


@dataclass(frozen=True, slots=True)
class SchemePlan:
    """How credentials go along."""

    kind: str
    pairs: tuple[tuple[str, ...], ...]
    parameter: str
    name: str = ""
    token_url: str = ""
    scopes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class FormatPlan:
    """A format that is a type of the user's own: what formats.py calls it, and where it comes from, as `module:name`.

    `decode` makes a value of text or number, `encode` the other way; "" is `str`.
    """

    format: str
    name: str
    type: str
    decode: str
    encode: str

    @property
    def annotation(self) -> str:
        return f"_formats.{self.name}"


@dataclass(frozen=True, slots=True)
class VariablePlan:
    """A part of a server's URL that a client's argument chooses; `values` is empty where any text will do."""

    argument: str
    wire: str
    default: str
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ServerPlan:
    """One of the servers that a client can be made for; `url` has its variables in braces."""

    url: str
    name: str
    variables: tuple[VariablePlan, ...]


@dataclass(frozen=True, slots=True)
class ErrorShapePlan:
    """Where error bodies keep what an exception carries."""

    code: str
    message: str
    link: str
    status: str
    request_id_header: str
    model: str  # "" where the document describes none


@dataclass(frozen=True, slots=True)
class SignaturePlan:
    """How webhooks are signed; `secret` is the name of the argument that holds the key."""

    header: str
    settings_header: str
    body_hash: str
    secret: str


@dataclass(frozen=True, slots=True)
class FormerPlan:
    """A name that something had, printed as a deprecated alias: `now` is its name, `message` says so to people.

    `scope` says whose names these are: types, literals, groups, client, server, constants, `attributes Call`,
    `members CallStatus`, `arguments create_call`, `methods calls`.
    """

    scope: str
    name: str
    now: str
    message: str
    operation: str = ""  # the constant of the operation, of a method


@dataclass(frozen=True, slots=True)
class Plan:
    """The whole package."""

    package: str
    title: str
    doc: str
    document_version: str
    base_url: str
    base_path: str
    identifiers: tuple[IdentifierPlan, ...]
    enums: tuple[EnumPlan, ...]
    models: tuple[ModelPlan, ...]
    aliases: tuple[AliasPlan, ...]
    unions: tuple[UnionPlan, ...]
    groups: tuple[GroupPlan, ...]
    webhooks: tuple[WebhookPlan, ...]
    credentials: tuple[CredentialPlan, ...]
    schemes: tuple[SchemePlan, ...]
    errors: ErrorShapePlan
    signature: SignaturePlan | None
    license_name: str
    markup: MarkupPlan | None = None  # the module of a vocabulary, where there is one
    tokens: TokensPlan | None = None  # the module of tokens, where there is one
    csv: CsvPlan | None = None  # how lists are asked for as CSV, where any can be
    servers: tuple[ServerPlan, ...] = ()  # where there is a choice
    formats: tuple[FormatPlan, ...] = ()  # with types of the user's own
    openapi_version: str = ""
    document_digest: str = ""  # SHA-256 of the effective document
    former: tuple[FormerPlan, ...] = ()

    def former_of(self, scope: str, now: str = "") -> tuple[FormerPlan, ...]:
        """The former names of a scope, or those of one name in it."""
        return tuple(one for one in self.former if one.scope == scope and now in ("", one.now))

    def former_in(self, kind: str) -> tuple[FormerPlan, ...]:
        """The former names of all scopes of a kind: attributes, members."""
        return tuple(one for one in self.former if one.scope.partition(" ")[0] == kind)

    def former_own(self, group: GroupPlan) -> tuple[FormerPlan, ...]:
        """The former names of a group's methods, but for those of methods that are in another group now."""
        inside = {one.constant for one in group.operations}
        found = self.former_of(f"methods {group.attribute}")
        return tuple(one for one in found if one.operation in inside)

    @property
    def former_inputs(self) -> bool:
        """Whether a parameter of any operation has a former name: an attribute of what a server is given."""
        return any(
            one.argument == old.now
            for operation in self.operations
            for old in self.former_of(f"arguments {operation.constant.lower()}")
            for one in operation.parameters
        )

    def declared(self, name: str) -> str:
        """The name that a class of models.py is written down by: its newest former name, where it has one.

        A type checker reports the use of a deprecated class by the name that it was written down by, and takes an alias of
        it for the same type. So the class has its former name, and its name is the alias; at run time it is the other way round.
        """
        found = self.former_of("types", name)
        return found[0].name if found else name

    @property
    def operations(self) -> tuple[OperationPlan, ...]:
        return tuple(operation for group in self.groups for operation in group.operations)

    @property
    def exported(self) -> tuple[str, ...]:
        """The names of models.py, sorted."""
        kinds = (self.identifiers, self.enums, self.models, self.aliases, self.unions)
        return tuple(sorted(one.name for kind in kinds for one in kind))

    @property
    def user_agent(self) -> str:
        """What the client calls itself: printable ASCII."""
        text = f"{self.package}/{self.document_version}".encode("ascii", "replace").decode()
        return "".join(char if char.isprintable() else "?" for char in text)

    @property
    def release(self) -> str:
        """The document's version as a version of a Python package, or 0."""
        found = re.match(r"v?(\d{1,9}(\.\d{1,9}){0,3})$", self.document_version.strip(), re.ASCII)
        return found.group(1) if found else "0"

    @property
    def variables(self) -> tuple[VariablePlan, ...]:
        """The variables of all servers, one for each argument; where servers differ, any of their values is typed."""
        found: dict[str, VariablePlan] = {}
        for one in (one for server in self.servers for one in server.variables):
            had = found.setdefault(one.argument, one)
            both = tuple(dict.fromkeys((*had.values, *one.values)))
            values = both if had.values and one.values else ()
            found[one.argument] = replace(had, values=values)
        return tuple(found.values())

    @property
    def servers_doc(self) -> str:
        """What a client is told about its servers."""
        named = [f"{number}{f' or {one.name!r}' if one.name else ''}: {one.url}" for number, one in enumerate(self.servers)]  # fmt: skip
        return (
            "`server` chooses where requests go, unless `base_url` does; what stands in braces is chosen by the "
            "argument of that name, None being the default. " + "; ".join(named)
        )

    @property
    def server_keys(self) -> tuple[int | str, ...]:
        """What a client can name a server by: its number, its name."""
        named = (one.name for one in self.servers if one.name)
        return (*range(len(self.servers)), *dict.fromkeys(named))

    @property
    def header_answers(self) -> tuple[tuple[str, AnswerPlan], ...]:
        """The answers with documented headers, one for each class of headers, each after its row in the table."""
        found: dict[str, tuple[str, AnswerPlan]] = {}
        for operation in self.operations:
            for number, one in enumerate(operation.answers):
                if one.headers:
                    row = f"{operation.constant}.answers[{number}]"
                    found.setdefault(one.headers_class, (row, one))
        return tuple(found.values())

    @property
    def header_words(self) -> frozenset[str]:
        """Every name that headers.py uses."""
        return _words([two.annotation for _, one in self.header_answers for two in one.headers])

    @property
    def has_optional_headers(self) -> bool:
        """Whether any documented header may be missing."""
        return any(not two.required for _, one in self.header_answers for two in one.headers)

    @property
    def all_operations(self) -> tuple[OperationPlan, ...]:
        """The operations and those of the webhooks."""
        return (*self.operations, *(hook.operation for hook in self.webhooks))

    @property
    def pagers(self) -> frozenset[str]:
        """The classes of lists that the client names."""
        return frozenset(one.pager for one in self.operations if one.paging)

    @property
    def has_optional_arguments(self) -> bool:
        """Whether any method of the client may be called without one of its arguments."""
        whole = [one.whole_body for one in self.operations if one.whole_body is not None]
        given = [one for operation in self.operations for one in operation.arguments]
        choosers = any(one.chooser for one in self.operations)
        optional = any(not body.required for body in whole)
        return choosers or optional or any(not one.needed for one in given)

    @property
    def has_optional_inputs(self) -> bool:
        """Whether any input of the server may lack a value."""
        return any(
            not one.required for operation in self.operations for one in operation.parameters
        ) or any(
            not body.required and (body.whole or not body.fields)
            for operation in self.operations
            if (body := operation.body) is not None
        )

    @property
    def model_words(self) -> frozenset[str]:
        """Every name that the annotations of models.py use."""
        fields = [field.annotation for model in self.models for field in model.fields]
        parts = [member for one in self.unions for member in one.members]
        return _words([*fields, *parts, *(alias.annotation for alias in self.aliases)])

    @property
    def parts(self) -> frozenset[str]:
        """The parts of the runtime that only some documents need."""
        needed = {
            "checks": self.is_checked,
            "former": bool(self.former),
            "formats": bool(self.formats),
            "headers": any(one.headers for two in self.operations for one in two.answers),
            "markup": self.markup is not None,
            "multipart": "Multipart" in self.operation_words,
            "servers": bool(self.servers),
            "streams": bool({"stream_of", "LinesBody"} & self.operation_words),
            "styles": bool({"Styled", "FormBody"} & self.operation_words),
            "tabular": self.csv is not None,
            "tokens": self.tokens is not None,
            "unions": bool(self.unions),
        }
        return frozenset(name for name, wanted in needed.items() if wanted)

    @property
    def is_checked(self) -> bool:
        """Whether values have rules that msgspec does not check, or properties without fields."""
        if any(model.rest or model.rules for model in self.models):
            return True
        return any("Meta(" in told and "extra={" in told for told in self._annotations())

    def _annotations(self) -> Iterator[str]:
        for model in self.models:
            yield from (field.annotation for field in model.fields)
        for one in self.unions:
            yield from one.members
        for operation in self.all_operations:
            yield from (answer.annotation for answer in operation.answers)
            yield operation.carried

    @property
    def operation_words(self) -> frozenset[str]:
        """Every name that the rows of operations.py use."""
        told: list[str] = [one.codec for one in self.identifiers]
        for operation in self.all_operations:
            told.append(operation.returns)
            told.extend("stream_of" for one in operation.answers if one.stream)
            told.extend(one.codec for one in operation.arguments)
            told.extend(one.codec for one in operation.parameters)
            told.extend(one.annotation for one in operation.answers)
            told.extend(two.codec for one in operation.answers for two in one.headers)
            told.append(operation.carried)
            told.extend(one.codec for one in operation.bodies)
            told.extend(two.codec for one in operation.bodies for two in one.fields)
        return _words(told)

    @property
    def client_words(self) -> frozenset[str]:
        """Every name that the signatures of client.py use."""
        told: list[str] = []
        for operation in self.operations:
            told.append("" if operation.binary else operation.returns)
            told.append(operation.paging.row if operation.paging else "")
            told.extend(
                one.argument_annotation for one in (*operation.positional, *operation.arguments)
            )
            told.append(operation.carried if operation.whole_body else "")
            told.append("Literal" if operation.chooser or operation.accept else "")
            told.append("overload" if operation.alternatives else "")
            told.append(f"Stream {operation.stream}" if operation.stream else "")
            for one in operation.alternatives:
                told.append(f"Stream {one.returns}" if one.stream else one.returns)
        return _words(told)

    @property
    def hides_builtins(self) -> bool:
        """Whether an annotation of client.py means a builtin that a method hides."""
        return any(
            any(f"{name}[" in text for name in group.hidden for text in _told(one))
            for group in self.groups
            if group.hidden
            for one in group.operations
        )

    @property
    def server_words(self) -> frozenset[str]:
        """Every name that the inputs and answers of server.py use."""
        told: list[str] = []
        for operation in self.operations:
            told.extend(one.annotation for one in operation.parameters)
            told.extend(one.body for one in operation.answers)
            told.append(operation.carried)
        return _words(told)

    @property
    def webhook_words(self) -> frozenset[str]:
        """Every name that the signatures of webhooks.py use."""
        return _words([hook.payload for hook in self.webhooks])


def _told(operation: OperationPlan) -> Iterator[str]:
    """What the signature of a client's method says."""
    yield from (
        operation.returns,
        operation.carried,
        operation.paging.row if operation.paging else "",
    )
    yield from (one.argument_annotation for one in (*operation.positional, *operation.arguments))


def _words(texts: Iterable[str]) -> frozenset[str]:
    return frozenset(word for text in set(texts) for word in _NAME.findall(text))
