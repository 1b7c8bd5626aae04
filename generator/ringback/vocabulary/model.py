"""A vocabulary as values: what the file says, with its groups and named types put where they are used."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, TypeAlias

LARGEST: Final = 1_000_000_000
"""The largest number that an attribute may hold."""


@dataclass(frozen=True, slots=True)
class Text:
    """Any text, or any that matches a pattern of Python's `re`; `wanted` says in words what that is."""

    pattern: str = ""
    wanted: str = ""


@dataclass(frozen=True, slots=True)
class Choice:
    """One of some words."""

    values: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Flag:
    """true or false, or one of some words."""

    also: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Whole:
    """A whole number within bounds, both included, or one of some words."""

    minimum: int = 0
    maximum: int = LARGEST
    also: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Several:
    """Words with spaces between them: of some, where `values` are given; numbers, where `whole` is set."""

    values: tuple[str, ...] = ()
    whole: bool = False


Rule: TypeAlias = Text | Choice | Flag | Whole | Several


@dataclass(frozen=True, slots=True)
class Attribute:
    """What an element may carry. `default` is what counts where it is not given, as text; None where nobody says."""

    name: str
    rule: Rule
    description: str = ""
    default: str | None = None
    deprecated: bool = False


@dataclass(frozen=True, slots=True)
class Word:
    """An element. `text` says whether it holds text; `mixed`, whether text and elements stand side by side in it."""

    name: str
    description: str
    attributes: tuple[Attribute, ...]
    children: tuple[str, ...]
    text: bool
    mixed: bool


@dataclass(frozen=True, slots=True)
class Inline:
    """How many characters a document may have where it is sent as a value, and what that value is."""

    most: int
    where: str


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """All elements by name, in the order of the file; `root` names the one that a document begins with.

    `inputs` are the files that were read, each with the SHA-256 of its bytes.
    """

    title: str
    version: str
    description: str
    module: str
    root: str
    inline: Inline | None
    words: Mapping[str, Word]
    inputs: tuple[tuple[str, str], ...]
