"""Formats: which Python type a format is, of ours and as the settings say.

A format of the settings is like one of ours, or a type of the user's own, which the generated module `formats` imports under
a name that is made here. Nothing of it is imported while generating.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from ringback.openapi import Schema
from ringback.plan import names
from ringback.plan.choices import ChoiceFault, FormatChoice
from ringback.plan.model_types import FormatPlan
from ringback.plan.unions import HOOKED_FORMATS, Hooked

TEXT_FORMATS = {
    "date": ("_dt.date", "Date()"),
    "date-time": ("_dt.datetime", "DateTime()"),
    "date-time-rfc-2822": ("Rfc2822", "Rfc2822DateTime()"),
    "decimal": ("DecimalString", "DecimalText()"),
    "uuid": ("UUID", "Uuid()"),
    "int32": ("IntText", "WholeNumberText()"),
    "int64": ("IntText", "WholeNumberText()"),
}
"""What ours are: the type, and the codec for text."""
_LIKE = frozenset({*TEXT_FORMATS, "binary", "byte"})


@dataclass(frozen=True, slots=True)
class Formats:
    """The formats of one document: those that are like another, those with types of their own, and which go to a hook."""

    likes: Mapping[str, str] = field(default_factory=dict)
    plans: Mapping[str, FormatPlan] = field(default_factory=dict)
    hooked: Hooked = field(default_factory=Hooked)

    def known(self, name: str | None) -> str:
        """The format of ours that a format is, or is like."""
        return self.likes.get(name or "", name or "")

    def own(self, schema: Schema) -> FormatPlan | None:
        """The type of the user's own that a schema's values have."""
        return self.plans.get(schema.format or "")


NO_FORMATS = Formats()


def formats(choices: Mapping[str, FormatChoice]) -> Formats:
    """The formats that the settings decide. Raises ChoiceFault."""
    if not choices:
        return NO_FORMATS
    likes: dict[str, str] = {}
    for name, one in choices.items():
        if one.like and one.like not in _LIKE:
            known = ", ".join(sorted(_LIKE))
            told = f"formats of {name}: there is no format {one.like!r}; there are {known}"
            raise ChoiceFault(f"{one.place}: error: {told}")
        if one.like:
            likes[name] = one.like
    typed = {name: one for name, one in choices.items() if one.type}
    plans = dict(zip(typed, _plans(typed), strict=True))
    usual = {name for name, like in likes.items() if like in HOOKED_FORMATS}
    usual |= HOOKED_FORMATS - likes.keys() - typed.keys()
    return Formats(likes, plans, Hooked(frozenset(usual), frozenset(typed)))


def _plans(choices: Mapping[str, FormatChoice]) -> list[FormatPlan]:
    wanted = [
        (name, one.type.rpartition(":")[2].rpartition(".")[2]) for name, one in choices.items()
    ]
    reserved = {"TYPE_CHECKING", "TypeAlias", "annotations", "custom"}
    given = names.assign(wanted, reserved, scope="formats")
    return [
        FormatPlan(name, given[name], one.type, one.decode or one.type, one.encode)
        for name, one in choices.items()
    ]
