"""What operations answer: a class for each documented status and media type, with its documented headers."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace

from ringback.openapi import MediaType, Operation, Parameter, Response
from ringback.plan import names, texts
from ringback.plan.ledger import printed
from ringback.plan.media import chosen_media, stream_kind
from ringback.plan.model_operations import AlternativePlan, AnswerPlan, ParameterPlan
from ringback.plan.type_ref import ANY, TypeRef
from ringback.plan.types import Catalogue

_ANSWER_RESERVED = frozenset({"body", "headers", "media_type", "self", "status"})


class AnswerPlanner:
    """Plans answers with the types of one catalogue; `header` plans one of their headers."""

    def __init__(
        self, catalogue: Catalogue, header: Callable[[Parameter, str], ParameterPlan]
    ) -> None:
        self._types = catalogue
        self._header = header

    def of(self, operation: Operation, prefix: str, *, headed: bool) -> tuple[AnswerPlan, ...]:
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
        keys = [(key, names.snake(chosen_name(one) or one.name)) for key, one in named.items()]
        chosen = {key for key, one in named.items() if chosen_name(one)}
        given = names.assign(keys, _ANSWER_RESERVED, scope=f"headers {scope}", chosen=chosen)
        return tuple(self._header(one, given[key]) for key, one in named.items())

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
            return raw_kind(media.name).annotation, "", False
        kind = self._types.in_json(media.schema)
        if "json" in media.name or kind.annotation in ("str", "bytes"):
            return kind.annotation, "", False
        raw = raw_kind(media.name)
        if warned and self._types.is_struct(media.schema):
            told = f"what {media.name} carries has no types here: it is given as it came"
            self._types.warn(media.schema, "untyped-body", told)
        return raw.annotation, "", False


def _is_content(header: Parameter) -> bool:
    """Whether a header is the media type's own, which the content map speaks of."""
    return header.name.lower() == "content-type"


def successes(answers: Iterable[AnswerPlan]) -> list[AnswerPlan]:
    """What a client's method gives: the 2xx answers; where none is documented, the answer for every status."""
    listed = [one for one in answers if not one.other]
    found = [one for one in listed if one.status.startswith("2")]
    return found or [one for one in listed if one.status == "default"]


def alternatives_of(
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


def raw_kind(media_type: str) -> TypeRef:
    """The type of a body that is no JSON: text, or bytes."""
    if "json" in media_type:
        return ANY
    kind = "str" if media_type.startswith("text/") or media_type.endswith("xml") else "bytes"
    return TypeRef(kind, kind, "", frozenset({"string"}))


def chosen_name(header: Parameter) -> str:
    """What the document says that a header is called; "" where it says nothing."""
    given = header.extensions.get("x-ringback-name")
    return given if isinstance(given, str) else ""
