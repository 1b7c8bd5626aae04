"""A builder for a vocabulary: a class for each element, an argument for each attribute, a method for each child.

    Gather, numDigits       class Gather, num_digits: int | None
    say-as, interpret-as    class SayAs, interpret_as: str | None
    Say within Gather       gather.say("Hello", loop=2)

A set of words is an alias of literals. It is named after its attribute where that says it all (`Method`), else after the
element and the attribute (`GatherInput`).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from ringback.plan import names
from ringback.plan.literals import py
from ringback.plan.texts import clean, sentence
from ringback.vocabulary import (
    Attribute,
    Choice,
    Flag,
    Inline,
    Rule,
    Several,
    Text,
    Vocabulary,
    Whole,
    Word,
)

MODULES: Final = frozenset(
    {"client", "errors", "models", "operations", "server", "tokens", "webhooks"}
)
"""Modules of a package that no vocabulary may be called after."""

_TAKEN: Final = {
    "Any", "Element", "Literal", "Mapping", "MarkupError", "Other", "Self", "Sequence", "TypeAlias",
}  # fmt: skip
_METHODS: Final = {
    "append", "attributes", "content", "extra", "inline", "parts", "tag", "text", "to_xml", "walk",
    *names.TYPE_NAMES,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class WordsPlan:
    """A set of words: `Method: TypeAlias = Literal["GET", "POST"]`."""

    name: str
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ContentPlan:
    """What several elements hold: `SayContent: TypeAlias = "str | Break | Emphasis"`."""

    name: str
    annotation: str


@dataclass(frozen=True, slots=True)
class AttributePlan:
    """An argument of an element's class; `rule` is the expression that holds its values at run time."""

    name: str
    wire: str
    annotation: str
    rule: str


@dataclass(frozen=True, slots=True)
class ChildPlan:
    """A method that puts an element into another."""

    method: str
    element: str  # the name of its class


@dataclass(frozen=True, slots=True)
class ElementPlan:
    """A class; `content` is what it holds, as an annotation, "" for nothing."""

    name: str
    wire: str
    doc: str
    content: str
    attributes: tuple[AttributePlan, ...]
    children: tuple[ChildPlan, ...]
    nested: tuple[str, ...]  # the children's names in the markup
    text: bool
    mixed: bool
    root: bool


@dataclass(frozen=True, slots=True)
class MarkupPlan:
    """The module of a vocabulary; `root` is the class of a whole document."""

    module: str
    title: str
    doc: str
    root: str
    tag: str  # the root's name in the markup
    most: int  # characters, where a document is sent as a value; 0 for any number
    where: str
    words: tuple[WordsPlan, ...]
    contents: tuple[ContentPlan, ...]
    elements: tuple[ElementPlan, ...]

    @property
    def exported(self) -> tuple[str, ...]:
        """What the module offers, sorted."""
        made = [one.name for one in self.elements]
        made += [one.name for one in self.words] + [one.name for one in self.contents]
        return tuple(sorted([*made, "MarkupError", "Other", "parse"]))

    @property
    def has_several(self) -> bool:
        """Whether any attribute takes several values."""
        told = [two.annotation for one in self.elements for two in one.attributes]
        return any("Sequence[" in one for one in told)


def draw_markup(vocabulary: Vocabulary) -> MarkupPlan:
    """Take every Python decision for a vocabulary."""
    wanted = [(name, names.camel(name)) for name in vocabulary.words]
    classes = names.assign(wanted, _TAKEN)
    words = _words(vocabulary, classes)
    contents = _contents(vocabulary, classes, {*words.values()})
    elements = [
        _element(word, classes, words, contents, root=word.name == vocabulary.root)
        for word in vocabulary.words.values()
    ]
    inline = vocabulary.inline or Inline(0, "")
    told = clean(vocabulary.description)
    return MarkupPlan(
        module=vocabulary.module,
        title=vocabulary.title,
        doc=f"{vocabulary.title} {vocabulary.version}.\n\n{told}" if told else vocabulary.title,
        root=classes[vocabulary.root],
        tag=vocabulary.root,
        most=inline.most,
        where=inline.where,
        words=tuple(sorted((WordsPlan(name, one) for one, name in words.items()), key=_by_name)),
        contents=tuple(ContentPlan(name, held) for held, name in contents.items()),
        elements=tuple(elements),
    )


def _by_name(one: WordsPlan) -> str:
    return one.name


# -- sets of words


def _set_of(rule: Rule) -> tuple[str, ...]:
    """The words that a rule lists: those that need an alias."""
    match rule:
        case Choice(values) | Several(values):
            return values
        case Flag(also) | Whole(_, _, also):
            return also if len(also) > 1 else ()
        case Text():
            return ()


def _words(vocabulary: Vocabulary, classes: Mapping[str, str]) -> dict[tuple[str, ...], str]:
    """The alias of each set of words."""
    uses: dict[tuple[str, ...], list[tuple[str, str]]] = {}
    for word in vocabulary.words.values():
        for one in word.attributes:
            if values := _set_of(one.rule):
                uses.setdefault(values, []).append((classes[word.name], one.name))
    short = {values: min((name for _, name in used), key=len) for values, used in uses.items()}
    plain = [names.camel(name) for name in short.values()]
    taken = {*_TAKEN, *classes.values()}
    wanted = []
    for values, used in uses.items():
        name = names.camel(short[values])
        if len(used) == 1 or plain.count(name) > 1 or name in taken:
            owner = next(element for element, attribute in used if attribute == short[values])
            name = owner + name
        wanted.append((" ".join(values), name))
    given = names.assign(wanted, taken)
    return {values: given[" ".join(values)] for values in uses}


# -- elements


def _held(word: Word, classes: Mapping[str, str]) -> str:
    """What an element holds; where it holds elements, those that nobody knows yet as well."""
    held = ["str"] if word.text else []
    if word.children:
        held += [*(classes[name] for name in word.children), "Other"]
    return " | ".join(held)


def _contents(
    vocabulary: Vocabulary, classes: Mapping[str, str], taken: set[str]
) -> dict[str, str]:
    """The aliases of what elements hold, where that is long: each named after the first that holds it."""
    found: dict[str, str] = {}
    for word in vocabulary.words.values():
        if len(word.children) > 1:
            found.setdefault(_held(word, classes), classes[word.name] + "Content")
    return names.assign(found.items(), {*_TAKEN, *classes.values(), *taken})


def _element(
    word: Word,
    classes: Mapping[str, str],
    words: Mapping[tuple[str, ...], str],
    contents: Mapping[str, str],
    *,
    root: bool,
) -> ElementPlan:
    given = names.assign(
        [(one.name, names.snake(one.name)) for one in word.attributes], {"self", "content"}
    )
    methods = names.assign([(name, names.snake(name)) for name in word.children], _METHODS)
    held = _held(word, classes)
    attributes = [
        AttributePlan(
            given[one.name], one.name, _annotation(one.rule, words) + " | None", _rule(one.rule)
        )
        for one in word.attributes
    ]
    told = "\n".join(
        f"    {given[one.name]}: {fact}" for one in word.attributes if (fact := _told(one))
    )
    doc = sentence(word.description) or f"<{word.name}>"
    return ElementPlan(
        name=classes[word.name],
        wire=word.name,
        doc=f"{doc}\n\nArgs:\n{told}" if told else doc,
        content=contents.get(held, held),
        attributes=tuple(attributes),
        children=tuple(ChildPlan(methods[name], classes[name]) for name in word.children),
        nested=word.children,
        text=word.text,
        mixed=word.mixed,
        root=root,
    )


def _told(one: Attribute) -> str:
    """What a docstring says of an attribute, "" where there is nothing to say."""
    parts = [sentence(one.description)]
    match one.rule:
        case Whole(low, high, _):
            parts.append(f"{low} to {high}." if high < 1_000_000_000 else "")
        case Text(_, wanted) if not one.description:
            parts.append(sentence(wanted[:1].upper() + wanted[1:]))
    if one.default is not None:
        parts.append(f"Default {one.default}." if one.default else "Empty by default.")
    parts.append("Deprecated." if one.deprecated else "")
    return " ".join(part for part in parts if part)


def _annotation(rule: Rule, words: Mapping[tuple[str, ...], str]) -> str:
    match rule:
        case Text():
            return "str"
        case Choice(values):
            return words[values]
        case Flag(also):
            return " | ".join(["bool", *_alternatives(also, words)])
        case Whole(_, _, also):
            return " | ".join(["int", *_alternatives(also, words)])
        case Several(values, whole):
            one = "int" if whole else words[values] if values else "str"
            return f"{one} | Sequence[{one}]"


def _alternatives(also: tuple[str, ...], words: Mapping[tuple[str, ...], str]) -> Iterator[str]:
    if also:
        yield words.get(also) or f"Literal[{', '.join(map(py, also))}]"


def _rule(rule: Rule) -> str:
    match rule:
        case Text(pattern, wanted):
            return _call("Text", [pattern, wanted] if pattern else [])
        case Choice(values):
            return _call("Choice", values)
        case Flag(also):
            return _call("Choice", ("true", "false", *also))
        case Whole(low, high, also):
            return _call("Whole", (low, high, *also))
        case Several(values, whole):
            return _call("Numbers", ()) if whole else _call("Several", values)


def _call(name: str, given: tuple[str | int, ...] | list[str]) -> str:
    return f"_m.{name}({', '.join(map(py, given))})"
