"""Operations: their groups, their names, what they take and what they answer."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace

from ringback.openapi import Document, Encoding, MediaType, Operation, Parameter, Response, Schema
from ringback.plan import names, paging, texts
from ringback.plan.choices import NO_CHOICES, Choices
from ringback.plan.coding import Coding
from ringback.plan.ledger import printed
from ringback.plan.literals import py
from ringback.plan.media import FORM, chosen_media, stream_kind
from ringback.plan.model_operations import (
    AlternativePlan,
    AnswerPlan,
    BodyPlan,
    GroupPlan,
    OperationPlan,
    PagingPlan,
    ParameterPlan,
)
from ringback.plan.types import ANY, Catalogue, TypeRef
from ringback.plan.walk import operation_words
from ringback.source import pointer_of

_METHOD_RESERVED = frozenset({"mro"}) | names.TYPE_NAMES - {"list", "type", "set"}
_ARGUMENT_RESERVED = frozenset({"self", "options"})
_ANSWER_RESERVED = frozenset({"body", "headers", "media_type", "self", "status"})
_GROUP_RESERVED = frozenset({"close", "drifts", "record", "settings", "fetch"})


def handler_words(operation: Operation) -> str:
    """The words of an operation's name in the whole package."""
    return operation_words(operation)


def group_of(operation: Operation) -> str:
    """The namespace that an operation belongs to: named by an extension, else its first tag."""
    given = operation.extensions.get("x-ringback-group")
    if isinstance(given, str) and given:
        return given
    return operation.tags[0] if operation.tags else "default"


def unique_names(operations: Sequence[Operation]) -> dict[int, str]:
    """A name in the whole package for each operation: `create_call`."""
    keys = {id(one): f"{one.method} {one.template} {pointer_of(one.path)}" for one in operations}
    wanted = [(keys[id(one)], names.snake(handler_words(one))) for one in operations]
    given = names.assign(wanted, scope="operations")
    return {ident: given[key] for ident, key in keys.items()}


def method_names(operations: Sequence[Operation], group: str) -> dict[int, str]:
    """The names inside a group: `createCall` is `create` in calls, `createCallRecording` is not."""
    keys = {id(one): f"{one.method} {one.template}" for one in operations}
    wanted = [(keys[id(one)], _method_name(one, group)) for one in operations]
    chosen = {keys[id(one)] for one in operations if "x-ringback-name" in one.extensions}
    given = names.assign(wanted, _METHOD_RESERVED, scope=f"methods {group}", chosen=chosen)
    return {ident: given[key] for ident, key in keys.items()}


def group_names(groups_: Iterable[str]) -> dict[str, str]:
    """The attribute of the client for each group."""
    wanted = [(group, names.snake(group)) for group in groups_]
    return names.assign(wanted, _GROUP_RESERVED, scope="groups")


def _method_name(operation: Operation, group: str) -> str:
    explicit = operation.extensions.get("x-ringback-name")
    if isinstance(explicit, str):
        return names.snake(explicit)
    parts = names.words(handler_words(operation))
    noun = names.words(group)
    one = [*noun[:-1], names.singular(noun[-1])] if noun else []
    for tail in (noun, one):
        if tail and len(parts) > len(tail) and parts[-len(tail) :] == tail:
            parts = parts[: -len(tail)]
            break
    return names.snake(" ".join(parts))


class OperationPlanner:
    """Plans operations one by one with the types of one catalogue."""

    def __init__(
        self, document: Document, catalogue: Catalogue, choices: Choices = NO_CHOICES
    ) -> None:
        self._document = document
        self._choices = choices
        self._types = catalogue
        self._coding = Coding(catalogue)
        self._home = document.servers[0].url if document.servers else ""

    def plan(
        self, operation: Operation, name: str, handler: str, constant: str = ""
    ) -> OperationPlan:
        """The plan of one operation."""
        parameters = self._parameters(operation, f"arguments {(constant or handler).lower()}")
        bodies = self._bodies(operation)
        body = bodies[0] if bodies else None
        answers = self._answers(operation, names.camel(handler), headed=not constant)
        success = _success(answers)
        pages, said = self._pages(operation)
        first = success[0] if success else None
        alternatives = () if pages is not None else _alternatives(answers, first)
        binary = [one.annotation for one in success] == ["bytes"] and not alternatives
        stream = first.annotation if first is not None and first.stream else ""
        returns = " | ".join(dict.fromkeys(one.annotation or "None" for one in success)) or "None"
        line = f"{operation.method} {operation.template or handler}"
        given = [*parameters, *(body.fields if body and not body.whole else ())]
        return OperationPlan(
            id=operation.operation_id or handler,
            constant=constant or handler.upper(),
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
        codec = kind.codec if kind.codec.startswith("LinesBody") else codec
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
            return _raw(media.name)
        if "json" in media.name or media.name == FORM:
            return self._types.in_json(media.schema)
        raw = _raw(media.name)
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

    # -- what is answered

    def _answers(
        self, operation: Operation, prefix: str, *, headed: bool
    ) -> tuple[AnswerPlan, ...]:
        """The answers; those to a webhook have no typed headers (`headed` is false)."""
        bodiless = operation.method == "HEAD"
        found = [row for one in operation.responses for row in self._rows(one, prefix, bodiless)]
        return tuple(map(self._headed(operation), found)) if headed else tuple(found)

    def _headed(self, operation: Operation) -> Callable[[AnswerPlan], AnswerPlan]:
        """What gives an answer its documented headers; the media types of one status share them."""
        given: dict[str, tuple[str, tuple[ParameterPlan, ...]]] = {}

        def headed(answer: AnswerPlan) -> AnswerPlan:
            if answer.status not in given:
                response = next(one for one in operation.responses if one.status == answer.status)
                name = printed(answer.name + "Headers")
                given[answer.status] = name, self._headers(response, name)
            name, headers = given[answer.status]
            return replace(answer, headers_class=name, headers=headers) if headers else answer

        return headed

    def _headers(self, response: Response, scope: str) -> tuple[ParameterPlan, ...]:
        named = {one.name.lower(): one for one in response.headers if not _is_content(one)}
        keys = [(key, names.snake(_chosen_name(one) or one.name)) for key, one in named.items()]
        chosen = {key for key, one in named.items() if _chosen_name(one)}
        given = names.assign(keys, _ANSWER_RESERVED, scope=f"headers {scope}", chosen=chosen)
        return tuple(self._parameter(one, given[key]) for key, one in named.items())

    def _rows(self, response: Response, prefix: str, bodiless: bool) -> Iterator[AnswerPlan]:
        """An answer for each media type that carries something else."""
        exact = response.status.isdigit()
        plan = AnswerPlan(
            name=printed(prefix + (response.status if exact else response.status.capitalize())),
            status=response.status,
            literal_status=response.status if exact else "int",
            media_type="",
            annotation="",
            doc=texts.sentence(response.description),
        )
        if not response.content or bodiless or response.status in ("204", "205", "304"):
            yield plan
            return
        first = chosen_media(response.content)
        seen: set[tuple[str, str]] = set()
        for media in (first, *(one for one in response.content if one is not first)):
            kind, stream, whole = self._answered(media, warned=media is first)
            if (kind, stream) in seen:
                continue
            seen.add((kind, stream))
            other = media is not first
            yield replace(
                plan,
                name=printed(plan.name + names.camel(media.name)) if other else plan.name,
                media_type=media.name,
                annotation=kind,
                stream=stream,
                whole=whole,
                other=other,
            )

    def _answered(self, media: MediaType, warned: bool) -> tuple[str, str, bool]:
        """What an answer carries: its type, the kind of stream, whether an event is given whole."""
        stream = stream_kind(media)
        if stream:
            item = media.item_schema or media.schema
            if media.item_schema is None and item is not None and item.items is not None:
                item = item.items
            if item is None:
                return ("str" if stream == "sse" else "Any"), stream, False
            names_ = (
                {name for name, _, _ in self._types.fields(item)}
                if self._types.is_struct(item)
                else set()
            )
            whole = stream == "sse" and "data" in names_ and bool(names_ & {"event", "id", "retry"})
            return self._types.in_json(item).annotation, stream, whole
        if media.schema is None:
            return _raw(media.name).annotation, "", False
        kind = self._types.in_json(media.schema)
        if "json" in media.name or kind.annotation in ("str", "bytes"):
            return kind.annotation, "", False
        raw = _raw(media.name)
        if warned and self._types.is_struct(media.schema):
            told = f"what {media.name} carries has no types here: it is given as it came"
            self._types.warn(media.schema, "untyped-body", told)
        return raw.annotation, "", False


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
    return _chosen_name(header) or f"{part} {header.name}"


def _is_content(header: Parameter) -> bool:
    """Whether a header is the media type's own, which the content map speaks of."""
    return header.name.lower() == "content-type"


def _chosen_name(header: Parameter) -> str:
    given = header.extensions.get("x-ringback-name")
    return given if isinstance(given, str) else ""


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


def _success(answers: Iterable[AnswerPlan]) -> list[AnswerPlan]:
    """What a client's method gives: the 2xx answers; where none is documented, the answer for every status."""
    listed = [one for one in answers if not one.other]
    found = [one for one in listed if one.status.startswith("2")]
    return found or [one for one in listed if one.status == "default"]


def _alternatives(
    answers: Iterable[AnswerPlan], first: AnswerPlan | None
) -> tuple[AlternativePlan, ...]:
    """The other media types of the first success."""
    if first is None:
        return ()
    return tuple(
        AlternativePlan(one.media_type, one.annotation, bool(one.stream))
        for one in answers
        if one.other and one.status == first.status and "*" not in one.media_type
    )


def _raw(media_type: str) -> TypeRef:
    if "json" in media_type:
        return ANY
    kind = "str" if media_type.startswith("text/") or media_type.endswith("xml") else "bytes"
    return TypeRef(kind, kind, "", frozenset({"string"}))


def _group_classes(noun: str) -> tuple[str, str, str]:
    """The classes of a group: its namespace, its handler, the handler that answers nothing. The suffixes keep them
    apart from the types of the document."""
    api = printed(f"{noun}Api", f"Async{noun}Api")
    return api, printed(f"{noun}Handler"), printed(f"Unimplemented{noun}")


def printed_names(document: Document) -> set[str]:
    """The classes that client and server print: no type of the document may be called so."""
    found: set[str] = set()
    for attribute in group_names({group_of(one) for one in document.operations}).values():
        api, *others = _group_classes(names.camel(attribute))
        found |= {api, f"Async{api}", *others}
    hooks = [names.snake(hook.name) for hook in document.webhooks]
    given = unique_names(document.operations)
    for operation in document.operations:
        name = names.camel(given[id(operation)])
        found |= {printed(f"{name}Input"), printed(f"{name}Answer")}
        for response in operation.responses:
            status = printed(name + response.status.capitalize())
            found |= {printed(status + "Headers")} if response.headers else set()
            others = [printed(status + names.camel(one.name)) for one in response.content]
            found |= {status, *others}
    return found | {printed(names.camel(hook) + "Answer") for hook in hooks}


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
        classes = _group_classes(names.camel(given[group]))
        plans.append(GroupPlan(given[group], *classes, doc, tuple(made)))
    return tuple(plans)
