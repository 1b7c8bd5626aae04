"""The words of TwiML: elements, what they may carry and hold, and which values are right.

They are those of spec/twiml.yaml, from which the generator prints the builder of the bindings too: what can be built is
known here. Voices, languages and ring tones change often and do nothing here: any text is right.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol

from ringback import vocabulary
from ringback.emulator.documents import VOCABULARY, spec_dir


class Rule(Protocol):
    """Which texts are right for an attribute."""

    def wants(self, text: str) -> str:
        """What was wanted, where a text is wrong; "" where it is right."""
        ...


@dataclass(frozen=True, slots=True)
class Text:
    """Any text that matches a pattern."""

    pattern: str = ""
    told: str = "another text"

    def wants(self, text: str) -> str:
        return "" if not self.pattern or re.fullmatch(self.pattern, text, re.DOTALL) else self.told


@dataclass(frozen=True, slots=True)
class Number:
    """A whole number within bounds, or one of some words."""

    low: int = 0
    high: int = 1_000_000_000
    words: tuple[str, ...] = ()

    def wants(self, text: str) -> str:
        whole = text.isascii() and text.isdecimal() and len(text) < 12
        if text in self.words or (whole and self.low <= int(text) <= self.high):
            return ""
        return f"a whole number from {self.low} to {self.high}"


@dataclass(frozen=True, slots=True)
class OneOf:
    """One of some words, in either case."""

    words: tuple[str, ...]

    def wants(self, text: str) -> str:
        return (
            "" if text.lower() in {word.lower() for word in self.words} else " or ".join(self.words)
        )


@dataclass(frozen=True, slots=True)
class Several:
    """Some of some words, or numbers, with spaces or commas between them."""

    words: tuple[str, ...]
    numbers: bool = False

    def wants(self, text: str) -> str:
        given = set(text.replace(",", " ").split())
        if self.numbers:
            return "" if all(one.isascii() and one.isdecimal() for one in given) else "numbers"
        wrong = given - set(self.words)
        return f"some of {', '.join(self.words)}" if wrong and self.words else ""


@dataclass(frozen=True, slots=True)
class Word:
    """An element of the language."""

    attributes: Mapping[str, Rule]
    children: tuple[str, ...]
    text: bool


def _rule(rule: vocabulary.Rule) -> Rule:
    """A rule as the vendor holds it: words in either case, several of them with commas too."""
    match rule:
        case vocabulary.Text(pattern, wanted):
            return Text(pattern, wanted)
        case vocabulary.Choice(values):
            return OneOf(values)
        case vocabulary.Flag(also):
            return OneOf(("true", "false", *also))
        case vocabulary.Whole(low, high, also):
            return Number(low, high, also)
        case vocabulary.Several(values, whole):
            return Several(values, whole)


def _words() -> dict[str, Word]:
    read = vocabulary.read(spec_dir() / VOCABULARY).words
    return {
        name: Word({one.name: _rule(one.rule) for one in word.attributes}, word.children, word.text)
        for name, word in read.items()
    }


WORDS: Mapping[str, Word] = _words()
