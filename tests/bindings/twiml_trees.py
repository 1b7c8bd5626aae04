"""Random documents, built with the printed classes from what the vocabulary allows."""

from __future__ import annotations

import inspect
from functools import cache
from pathlib import Path
from typing import Any

from hypothesis import strategies as st

from ringback import vocabulary
from twilio_voice import twiml
from twilio_voice._runtime.markup import Element

VOCABULARY = vocabulary.read(Path(__file__).parents[2] / "spec" / "twiml.yaml")
CLASSES: dict[str, Any] = {
    kind.WORD.name: kind
    for kind in vars(twiml).values()
    if inspect.isclass(kind) and issubclass(kind, Element) and kind.__module__ == twiml.__name__
}
TEXTS = st.text(max_size=12) | st.sampled_from(
    ["Hello & <welcome>", "+14155550199", "client:anna", "sip:anna@a.test", "support", "  ", "]]>", "\r\n\t"]
)  # fmt: skip


def speakable(text: str) -> bool:
    """Whether XML can carry a text."""
    return all(
        char in "\t\n\r" or (ord(char) >= 32 and not 0xD800 <= ord(char) < 0xE000) for char in text
    ) and not {"\ufffe", "\uffff"} & set(text)


@cache
def values(rule: vocabulary.Rule) -> st.SearchStrategy[Any]:
    """Right values of an attribute, as Python has them."""
    match rule:
        case vocabulary.Choice(words):
            return st.sampled_from(words)
        case vocabulary.Flag(also):
            return st.sampled_from([True, False, *also])
        case vocabulary.Whole(low, high, also):
            return st.sampled_from([low, high, min(low + 5, high), *also])
        case vocabulary.Several(words, whole):
            one = st.integers(0, 99) if whole else st.sampled_from(words or ("word",))
            return one | st.lists(one, min_size=1, max_size=3)
        case vocabulary.Text(pattern, _) if pattern:
            return st.from_regex(pattern, fullmatch=True).filter(speakable)
        case _:
            return TEXTS.filter(speakable)


@st.composite
def trees(draw: st.DrawFn, name: str = "Response", depth: int = 0) -> Element:
    """An element with some of its attributes, and some of what may stand in it."""
    word, kind = VOCABULARY.words[name], CLASSES[name]
    names = [one for one in inspect.signature(kind).parameters if one != "content"]
    pairs = list(zip(names, word.attributes, strict=True))
    chosen = draw(st.lists(st.sampled_from(pairs), max_size=4, unique=True)) if pairs else []
    given = {argument: draw(values(one.rule)) for argument, one in chosen}
    inside: list[Any] = []
    for _ in range(draw(st.integers(0 if depth else 1, 4 - depth))):
        if word.children and (not word.text or draw(st.booleans())):
            inside.append(draw(trees(draw(st.sampled_from(word.children)), depth + 1)))
        elif word.text and (word.mixed or not inside):
            inside.append(draw(TEXTS.filter(speakable)))
    made: Element = kind(*inside, **given)
    return made
