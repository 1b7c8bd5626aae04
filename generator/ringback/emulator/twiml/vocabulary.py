"""The words of TwiML: elements, what they may carry and hold, and which values are right.

They are those of spec/twiml.yaml, from which the generator prints the builder of the bindings too: what can be built is
known here. Voices, languages and ring tones change often and do nothing here: any text is right.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from ringback import vocabulary
from ringback.emulator.documents import VOCABULARY, spec_dir
from ringback.vocabulary import Choice, Flag, Rule, Several, Text, Whole


@dataclass(frozen=True, slots=True)
class Word:
    """An element of the language."""

    attributes: Mapping[str, Rule]
    children: tuple[str, ...]
    text: bool


@lru_cache(maxsize=1)
def words() -> Mapping[str, Word]:
    """All elements by name; the file is read when they are first asked for."""
    read = vocabulary.read(spec_dir() / VOCABULARY).words
    return {
        name: Word({one.name: one.rule for one in word.attributes}, word.children, word.text)
        for name, word in read.items()
    }


def wants(rule: Rule, text: str) -> str:
    """What was wanted of an attribute, where a text is wrong; "" where it is right.

    The vendor takes words in either case, and several of them with commas too.
    """
    match rule:
        case Text(pattern, wanted):
            fits = not pattern or re.fullmatch(pattern, text, re.DOTALL)
            return "" if fits else wanted or "another text"
        case Choice(values):
            return _one_of(values, text)
        case Flag(also):
            return _one_of(("true", "false", *also), text)
        case Whole(low, high, also):
            whole = text.isascii() and text.isdecimal() and len(text) < 12
            right = text in also or (whole and low <= int(text) <= high)
            return "" if right else f"a whole number from {low} to {high}"
        case Several(values, numbers):
            return _some_of(values, numbers, set(text.replace(",", " ").split()))


def _one_of(values: tuple[str, ...], text: str) -> str:
    right = text.lower() in {one.lower() for one in values}
    return "" if right else " or ".join(values)


def _some_of(values: tuple[str, ...], numbers: bool, given: set[str]) -> str:
    if numbers:
        return "" if all(one.isascii() and one.isdecimal() for one in given) else "numbers"
    return f"some of {', '.join(values)}" if values and given - set(values) else ""
