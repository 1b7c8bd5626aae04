"""The longer pieces of code of a vocabulary's module: aliases, words, arguments."""

from __future__ import annotations

from ringback.emit.layout import WIDTH, exploded, fit, union
from ringback.plan import ContentPlan, ElementPlan, WordsPlan, py


def words_alias(one: WordsPlan) -> str:
    """A set of words as literals."""
    return fit(f"{one.name}: TypeAlias = Literal[", [py(value) for value in one.values], "]")


def content_alias(one: ContentPlan) -> str:
    """What an element holds."""
    return union(f"{one.name}: TypeAlias = ", one.annotation.split(" | "))


def word_of(one: ElementPlan) -> str:
    """What holds an element at run time: `WORD = _m.Word("Pause", {"length": _m.Whole(0, 86400)})`."""
    rules = [f"{py(two.wire)}: {two.rule}" for two in one.attributes]
    more = [py(one.nested)] if one.nested else []
    more += [f"{flag}=True" for flag in ("text", "mixed", "root") if getattr(one, flag)]
    flat = fit("WORD = _m.Word(", [py(one.wire), "{" + ", ".join(rules) + "}", *more], ")", 4)
    if "\n" not in flat:
        return flat
    nested = fit("(", [py(name) for name in one.nested], ")", 8, 1)
    more = [nested if two == py(one.nested) and len(one.nested) > 1 else two for two in more]
    return exploded("WORD = _m.Word(", [py(one.wire), fit("{", rules, "}", 8, 1), *more], ")", 4)


def taken(one: ElementPlan) -> list[str]:
    """The arguments of an element's class."""
    found = [f"*content: {one.content}"] if one.content else ["*"] if one.attributes else []
    return found + [f"{two.name}: {two.annotation} = None" for two in one.attributes]


def filled(one: ElementPlan) -> str:
    """What `__init__` does with its arguments."""
    content = "content" if one.content else "()"
    pairs = [f"{py(two.wire)}: {two.name}" for two in one.attributes]
    flat = f"self._fill({content}, {{{', '.join(pairs)}}})"
    if 8 + len(flat) <= WIDTH:
        return flat
    return exploded("self._fill(", [content, fit("{", pairs, "}", 12, 1)], ")", 8)
