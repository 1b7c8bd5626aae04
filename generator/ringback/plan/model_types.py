"""The part of a plan that models.py is printed from: the types of a document."""

from __future__ import annotations

from dataclasses import dataclass


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
    closed: tuple[str, ...] | None = None  # no other properties than these and the fields

    @property
    def has_class_facts(self) -> bool:
        """Whether its class says more than its fields do."""
        return bool(self.rest or self.rules) or self.closed is not None

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
