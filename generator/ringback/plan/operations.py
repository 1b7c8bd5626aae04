"""Operations: their groups, their names, what they take and what they answer."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from ringback.openapi import Document, Encoding, MediaType, Operation, Parameter, Schema
from ringback.plan import names, paging, texts
from ringback.plan.answers import (
    AnswerPlanner,
    alternatives_of,
    chosen_name,
    raw_kind,
    successes,
)
from ringback.plan.choices import NO_CHOICES, Choices
from ringback.plan.coding import Coding
from ringback.plan.ledger import printed
from ringback.plan.literals import py
from ringback.plan.media import FORM, chosen_media, stream_kind
from ringback.plan.model_operations import (
    BodyPlan,
    GroupPlan,
    OperationPlan,
    PagingPlan,
    ParameterPlan,
)
from ringback.plan.operation_names import (
    constant_of,
    group_classes,
    group_names,
    group_of,
    method_names,
    unique_names,
)
from ringback.plan.type_ref import TypeRef
from ringback.plan.types import Catalogue
from ringback.source import pointer_of

_TEXTS = ("Text(", "_predicates.Held(Text(")
_ARGUMENT_RESERVED = frozenset({"self", "options"})


class OperationPlanner:
    """Plans operations one by one with the types of one catalogue."""

    def __init__(
        self, document: Document, catalogue: Catalogue, choices: Choices = NO_CHOICES
    ) -> None:
        self._document = document
        self._choices = choices
        self._types = catalogue
        hooks = (names.snake(one.name).upper() for one in document.webhooks)
        self._others = catalogue.names | {f"WEBHOOK_{hook}" for hook in hooks}
        self._coding = Coding(catalogue)
        self._answers = AnswerPlanner(catalogue, self._parameter)
        self._home = document.servers[0].url if document.servers else ""

    def plan(
        self, operation: Operation, name: str, handler: str, constant: str = ""
    ) -> OperationPlan:
        """The plan of one operation."""
        parameters = self._parameters(operation, f"arguments {(constant or handler).lower()}")
        bodies = self._bodies(operation)
        body = bodies[0] if bodies else None
        answers = self._answers.of(operation, names.camel(handler), headed=not constant)
        success = successes(answers)
        pages, said = self._pages(operation)
        first = success[0] if success else None
        alternatives = () if pages is not None else alternatives_of(answers, first)
        binary = [one.annotation for one in success] == ["bytes"] and not alternatives
        stream = first.annotation if first is not None and first.stream else ""
        returns = " | ".join(dict.fromkeys(one.annotation or "None" for one in success)) or "None"
        line = f"{operation.method} {operation.template or handler}"
        given = [*parameters, *(body.fields if body and not body.whole else ())]
        return OperationPlan(
            id=operation.operation_id or handler,
            constant=constant or constant_of(handler, self._others),
            method=operation.method,
            template=operation.template,
            name=name,
            handler=handler,
            input=printed(names.camel(handler) + "Input"),
            answer_alias=printed(names.camel(handler) + "Answer"),
            parameters=tuple(parameters),
            body=body,
            answers=answers,
            returns=returns,
            paging=pages,
            paging_said=said,
            binary=binary,
            secured=self._secured(operation),
            deprecated=operation.deprecated,
            summary=texts.sentence(operation.summary or operation.description),
            doc=texts.operation_doc(operation, given, answers, line),
            place=pointer_of(operation.path),
            server=self._server(operation),
            others=bodies[1:],
            security=self._security(operation),
            stream=stream,
            media_type=first.media_type if first is not None else "",
            alternatives=alternatives,
            accept=self._given.get("accept", "") if alternatives else "",
            chooser=self._given.get("content type", ""),
        )

    def _server(self, operation: Operation) -> str:
        """Where an operation is, if it has a server of its own."""
        own = operation.servers[0].url if operation.servers else self._home
        return "" if own == self._home or not operation.template else own

    def _security(self, operation: Operation) -> tuple[tuple[str, ...], ...]:
        """The schemes that an operation asks for, where the document has several that are not alike."""
        if len(self._document.security_schemes) < 2 or not operation.security:
            return ()
        return tuple(one for one in operation.security if one)

    def _secured(self, operation: Operation) -> bool:
        return bool(operation.security) and all(needed for needed in operation.security or ())

    # -- what is taken

    def _parameters(self, operation: Operation, scope: str) -> list[ParameterPlan]:
        content = operation.body.content if operation.body else ()
        only = content[0] if len(content) == 1 else None
        fields = self._form_fields(only) if only is not None else []
        keys = [(f"{one.location} {one.name}", _argument_name(one)) for one in operation.parameters]
        keys += [(f"form {wire}", self._field_name(child, wire)) for wire, child, _ in fields]
        if len(content) > 1 or (only is not None and "*" in only.name):
            keys.append(("content type", "content_type"))
        reserved = set(_ARGUMENT_RESERVED) | ({"body"} if content and not fields else set())
        clashing = {"identity", "request", *(("body",) if content else ())}
        reserved |= clashing & {_argument_name(one) for one in operation.parameters}
        taken = {_argument_name(one) for one in operation.parameters}
        if any(len(one.content) > 1 for one in operation.responses):
            keys.append(("accept", "answer_type" if "accept" in taken else "accept"))
        if "content_type" in taken:  # the API's own argument keeps the name
            keys = [pair for pair in keys if pair[0] != "content type"]
            keys.append(("content type", "body_type"))
        chosen = {f"{one.location} {one.name}" for one in operation.parameters if _is_chosen(one)}
        chosen |= {f"form {wire}" for wire, child, _ in fields if _is_written(child)}
        headers = _part_headers(content)
        keys += [(_part_key(part, one), names.snake(_part_argument(part, one))) for part, one, _ in headers]  # fmt: skip
        self._given = names.assign(keys, reserved, scope=scope, chosen=chosen)
        found = [
            self._parameter(one, self._given[f"{one.location} {one.name}"])
            for one in operation.parameters
        ]
        sure = operation.body is not None and operation.body.required and only is not None
        return found + [
            replace(
                self._parameter(one, self._given[_part_key(part, one)]),
                place="part header",
                part=part,
                required=one.required and needed and sure,
            )
            for part, one, needed in headers
        ]

    @staticmethod
    def _field_name(schema: Schema, wire: str) -> str:
        explicit = schema.extensions.get("x-ringback-name")
        is_type = schema.enum is not None or bool(schema.properties)
        return names.snake(explicit if isinstance(explicit, str) and not is_type else wire)

    def _parameter(self, parameter: Parameter, argument: str) -> ParameterPlan:
        coded = self._coding.parameter(parameter)
        credential = parameter.extensions.get("x-ringback-credential")
        return ParameterPlan(
            argument=argument,
            wire=parameter.name,
            place=parameter.location,
            codec=coded.codec,
            required=parameter.required,
            annotation=coded.annotation,
            argument_annotation=coded.argument,
            explode=parameter.explode and parameter.location == "query",
            delimiter=",",
            credential=credential if isinstance(credential, str) else "",
            doc=texts.parameter_doc(parameter.name, parameter.description, parameter.schema),
        )

    def _bodies(self, operation: Operation) -> tuple[BodyPlan, ...]:
        """The body in each of its media types, the likeliest first."""
        if operation.body is None or not operation.body.content:
            return ()
        content = operation.body.content
        first = chosen_media(content)
        ordered = [first, *(one for one in content if one is not first)]
        return tuple(self._body(operation, media, len(content) > 1) for media in ordered)

    def _body(self, operation: Operation, media: MediaType, whole: bool) -> BodyPlan:
        assert operation.body is not None
        required, doc = operation.body.required, texts.sentence(operation.body.description)
        parted = media.name.startswith("multipart/")
        fields = self._form_fields(media)
        if fields:
            assert media.schema is not None
            attributes = self._types.attributes(media.schema)
            encodings = {one.name: one for one in media.encodings}
            plans = tuple(
                self._field(
                    wire, child, needed, encodings.get(wire), parted, attributes[wire], whole
                )
                for wire, child, needed in fields
            )
            kind = self._types.in_json(media.schema).given()
            codec = f"Multipart({py(media.name)})" if parted else ""
            return BodyPlan(media.name, kind.annotation, plans, required, doc, whole, codec)
        kind = self._carried(media)
        codec = f"FormBody({kind.annotation})" if media.name == FORM else ""
        codec = kind.codec if kind.codec.startswith(("LinesBody", "WholeText")) else codec
        return BodyPlan(media.name, kind.annotation, (), required, doc, whole, codec)

    def _carried(self, media: MediaType) -> TypeRef:
        """The type of a value that is a whole body."""
        if stream := stream_kind(media):
            item = (
                media.item_schema or (media.schema.items if media.schema else None) or media.schema
            )
            kind = self._types.in_json(item).annotation if item is not None else "Any"
            codec = f"LinesBody({kind}, {py(stream)})"
            return TypeRef(f"Sequence[{kind}]", "", codec, frozenset({"array"}))
        if media.schema is None:
            return raw_kind(media.name)
        if "json" in media.name or media.name == FORM:
            return self._types.in_json(media.schema)
        raw = raw_kind(media.name)
        text = self._types.of(media.schema)
        if raw.annotation == "str" and text.codec != "Text()" and text.codec.startswith(_TEXTS):
            return replace(raw, codec=f"WholeText({text.codec})")
        if raw.annotation == "bytes" and self._types.in_json(media.schema).annotation != "bytes":
            binary = media.name.partition("/")[0] in ("image", "audio", "video")
            if not binary and "*" not in media.name and "octet" not in media.name:
                told = f"what {media.name} carries has no types here: bytes are taken"
                self._types.warn(media.schema, "untyped-body", told)
        return raw

    def _form_fields(self, media: MediaType) -> list[tuple[str, Schema, bool]]:
        parted = media.name.startswith("multipart/")
        if not (parted or media.name == FORM) or media.schema is None:
            return []
        return self._types.fields(media.schema) if self._types.is_struct(media.schema) else []

    def _field(
        self, wire: str, schema: Schema, required: bool, encoding: Encoding | None, parted: bool,
        attribute: str, whole: bool,
    ) -> ParameterPlan:  # fmt: skip
        kind = (
            self._coding.part(schema, encoding) if parted else self._coding.field(schema, encoding)
        )
        argument = attribute if whole else self._given[f"form {wire}"]
        return ParameterPlan(
            argument=argument,
            wire=wire,
            place="part" if parted else "form",
            codec=kind.codec,
            required=required,
            annotation=kind.annotation,
            argument_annotation=kind.argument,
            explode=True,
            delimiter=",",
            credential="",
            doc=texts.parameter_doc(wire, None, schema),
            attribute="" if argument == attribute else attribute,
        )

    def _pages(self, operation: Operation) -> tuple[PagingPlan | None, str]:
        """How a list goes on, and where the settings say so."""
        for name in paging.names_of(operation):
            choice = self._choices.paging.get(name)
            if choice is not None:
                return paging.chosen(self._types, operation, choice), choice.place
        return paging.found(self._types, operation), ""


def _part_headers(content: Iterable[MediaType]) -> list[tuple[str, Parameter, bool]]:
    """The headers of parts: the part, the header, whether the part is always there."""
    found: dict[str, tuple[str, Parameter, bool]] = {}
    for media in content:
        needed = media.schema.required if media.schema is not None else ()
        for encoding in media.encodings if media.name.startswith("multipart/") else ():
            for one in encoding.headers:
                if not one.name.lower().startswith("content-") and encoding.name:
                    key = _part_key(encoding.name, one)
                    found.setdefault(key, (encoding.name, one, encoding.name in needed))
    return list(found.values())


def _part_key(part: str, header: Parameter) -> str:
    return f"part header {part} {header.name.lower()}"


def _part_argument(part: str, header: Parameter) -> str:
    return chosen_name(header) or f"{part} {header.name}"


def _argument_name(parameter: Parameter) -> str:
    explicit = parameter.extensions.get("x-ringback-name")
    if not isinstance(explicit, str) and parameter.schema is not None and not parameter.schema.name:
        inner = parameter.schema.extensions.get("x-ringback-name")
        is_type = parameter.schema.enum is not None or bool(parameter.schema.properties)
        explicit = None if is_type else inner
    return names.snake(explicit if isinstance(explicit, str) else parameter.name)


def _is_written(schema: Schema) -> bool:
    """Whether the document says what a form's field is called, and not what its type is."""
    is_type = schema.enum is not None or bool(schema.properties)
    return "x-ringback-name" in schema.extensions and not is_type


def _is_chosen(parameter: Parameter) -> bool:
    """Whether the document says what the argument is called."""
    inner = parameter.schema.extensions if parameter.schema is not None else {}
    return "x-ringback-name" in parameter.extensions or "x-ringback-name" in inner


def groups(document: Document, planner: OperationPlanner) -> tuple[GroupPlan, ...]:
    """All operations by group."""
    handlers = unique_names(document.operations)
    members: dict[str, list[Operation]] = {}
    for operation in document.operations:
        members.setdefault(group_of(operation), []).append(operation)
    given = group_names(members)
    docs = {tag.name: tag.description for tag in document.tags}
    plans = []
    for group, operations in members.items():
        inside = method_names(operations, group)
        made = [planner.plan(one, inside[id(one)], handlers[id(one)]) for one in operations]
        doc = (
            texts.sentence(docs.get(group) or docs.get(group.capitalize()))
            or f"Operations of {group}."
        )
        classes = group_classes(names.camel(given[group]))
        plans.append(GroupPlan(given[group], *classes, doc, tuple(made)))
    return tuple(plans)
