"""What will be printed: every Python decision, taken.

A template reads these values and prints them; it decides nothing. Texts that come from the document (descriptions,
wire names, patterns) are held as they are and reach Python only through the literal and docstring encoders of `emit`.
Texts that are already Python (annotations, codec expressions, names) were made by this room.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING

from ringback.plan.model_access import (
    CredentialPlan,
    ErrorShapePlan,
    SchemePlan,
    ServerPlan,
    SignaturePlan,
    VariablePlan,
)
from ringback.plan.model_operations import AnswerPlan, GroupPlan, OperationPlan, WebhookPlan
from ringback.plan.model_types import (
    AliasPlan,
    EnumPlan,
    FormatPlan,
    IdentifierPlan,
    ModelPlan,
    UnionPlan,
)

if TYPE_CHECKING:
    from ringback.plan.markup import MarkupPlan
    from ringback.plan.tabular import CsvPlan
    from ringback.plan.tokens import TokensPlan

_NAME = re.compile(r"[^\W\d]\w*")


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


@dataclass(frozen=True)
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

    @cached_property
    def operations(self) -> tuple[OperationPlan, ...]:
        return tuple(operation for group in self.groups for operation in group.operations)

    @cached_property
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

    @cached_property
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

    @cached_property
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

    @cached_property
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

    @cached_property
    def is_checked(self) -> bool:
        """Whether values have rules that msgspec does not check, or properties without fields."""
        if any(model.rest or model.rules for model in self.models):
            return True
        if any("Meta(" in told and "extra={" in told for told in self._annotations()):
            return True
        return "_predicates" in self.operation_words

    def _annotations(self) -> Iterator[str]:
        for model in self.models:
            yield from (field.annotation for field in model.fields)
        for one in self.unions:
            yield from one.members
        for operation in self.all_operations:
            yield from (answer.annotation for answer in operation.answers)
            yield operation.carried
            yield from (one.codec for one in operation.parameters)
            yield from (one.codec for body in operation.bodies for one in body.fields)

    @cached_property
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
