"""What a person decides about a document in the settings, because the document does not say it.

`paging` says how a list goes on, by operation; `formats` says which Python type a format is. Both come from
`[tool.ringback]`, whose reader has held them to their shape; what only the document can tell wrong is told wrong here, as a
`ChoiceFault` with the place in the settings.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


class ChoiceFault(Exception):
    """A setting that does not fit the document; the message begins with the setting's place."""


@dataclass(frozen=True, slots=True)
class PagingChoice:
    """How a list goes on; with the kind "" it does not. `rows` is None where they are to be found.

    `rows` and `next` are names on the wire, with dots between the names of objects within objects.
    """

    kind: str
    place: str
    rows: str | None = None
    next: str = ""
    parameter: str = ""
    first: int | None = None


@dataclass(frozen=True, slots=True)
class FormatChoice:
    """What a format is: another one (`like`), or a type with what reads and writes it, each as `module:name`."""

    place: str
    like: str = ""
    type: str = ""
    decode: str = ""
    encode: str = ""


@dataclass(frozen=True, slots=True)
class Choices:
    """What the settings decide."""

    paging: Mapping[str, PagingChoice] = field(default_factory=dict)
    formats: Mapping[str, FormatChoice] = field(default_factory=dict)


NO_CHOICES = Choices()


def choices_of(paging: Mapping[str, Mapping[str, Any]], formats: Mapping[str, Mapping[str, Any]]) -> Choices:  # fmt: skip
    """Choices from the tables of the settings."""
    return Choices(
        {name: PagingChoice(**told) for name, told in paging.items()},
        {name: FormatChoice(**told) for name, told in formats.items()},
    )
