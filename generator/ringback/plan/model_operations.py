"""The part of a plan that is the table of operations: what they take, what they answer, how they are grouped."""

from __future__ import annotations

from dataclasses import dataclass


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
        """The path's values that a caller must give, in the order of the path."""
        found = [one for one in self.parameters if one.place == "path" and one.needed]
        return tuple(sorted(found, key=lambda one: self.template.find("{" + one.wire + "}")))

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
