"""Documents of a markup language, built of typed elements: checked, written, and read back.

The classes of the elements are printed beside this; here is what they share. Nothing but the standard library is needed.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, ClassVar, Generic, NoReturn, ParamSpec, Protocol, Self, TypeVar, overload

P = ParamSpec("P")
Made = TypeVar("Made", bound="Element")

_DECLARATION = '<?xml version="1.0" encoding="UTF-8"?>'
_DEEPEST = 100
_LARGEST = 1 << 20
_SHOWN = 60
_NAME = re.compile(r"[A-Za-z_][\w.-]*(:[A-Za-z_][\w.-]*)?")
_IN_TEXT = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", "\r": "&#13;"})
_IN_ATTRIBUTE = {**_IN_TEXT, ord('"'): "&quot;", ord("\t"): "&#9;", ord("\n"): "&#10;"}


class MarkupError(ValueError):
    """A document that the vocabulary does not allow, or that XML cannot carry."""


class Rule(Protocol):
    """Which values are right for an attribute."""

    def wants(self, text: str) -> str:
        """What is wanted, where a text is wrong; "" where it is right."""
        ...


class Text:
    """Any text, or any that matches a pattern."""

    __slots__ = ("_pattern", "_wanted")

    def __init__(self, pattern: str = "", wanted: str = "") -> None:
        self._pattern = pattern
        self._wanted = wanted

    def wants(self, text: str) -> str:
        right = not self._pattern or re.fullmatch(self._pattern, text)
        return "" if right else self._wanted


class Choice:
    """One of some words."""

    __slots__ = ("_values",)

    def __init__(self, *values: str) -> None:
        self._values = values

    def wants(self, text: str) -> str:
        return "" if text in self._values else _or(self._values)


class Whole:
    """A whole number within bounds, or one of some words."""

    __slots__ = ("_also", "_high", "_low")

    def __init__(self, low: int, high: int, *also: str) -> None:
        self._low = low
        self._high = high
        self._also = also

    def wants(self, text: str) -> str:
        digits = text.isascii() and text.isdecimal() and len(text) < 12
        if text in self._also or (digits and self._low <= int(text) <= self._high):
            return ""
        return _or((f"a whole number from {self._low} to {self._high}", *self._also))


class Several:
    """Words with spaces between them: of some, or any."""

    __slots__ = ("_values",)

    def __init__(self, *values: str) -> None:
        self._values = values

    def wants(self, text: str) -> str:
        if not self._values or set(text.split()) <= set(self._values):
            return ""
        return f"some of {', '.join(self._values)}"


class Numbers:
    """Whole numbers with spaces between them."""

    __slots__ = ()

    def wants(self, text: str) -> str:
        right = all(one.isascii() and one.isdecimal() for one in text.split())
        return "" if right else "whole numbers"


def _or(words: Sequence[str]) -> str:
    return " or ".join(words) if len(words) < 4 else f"one of {', '.join(words)}"


class Word:
    """What an element may carry and hold. `mixed`: text and elements stand side by side in it."""

    __slots__ = ("children", "mixed", "name", "root", "rules", "text")

    def __init__(
        self,
        name: str,
        rules: Mapping[str, Rule],
        children: tuple[str, ...] = (),
        *,
        text: bool = False,
        mixed: bool = False,
        root: bool = False,
    ) -> None:
        self.name = name
        self.rules = rules
        self.children = children
        self.text = text
        self.mixed = mixed
        self.root = root


class Element:
    """An element: what it carries, as the texts that are written, and what it holds, in order."""

    __slots__ = ("attributes", "content")
    WORD: ClassVar[Word]
    attributes: dict[str, str]
    content: list[str | Element]

    def _fill(self, content: Sequence[str | Element], values: Mapping[str, Any]) -> None:
        self.attributes = {}
        self.content = []
        for name, value in values.items():
            if value is not None:
                self._carry(name, value)
        self._put(content)

    def _carry(self, name: str, value: Any) -> None:
        rule = self.WORD.rules.get(name)
        text = _text_of(value, isinstance(rule, (Several, Numbers)))
        wanted = "text" if text is None else rule.wants(text) if rule is not None else ""
        if text is None or wanted:
            shown = repr(value)[:_SHOWN]
            raise MarkupError(f"{name} of <{self.tag}> is {shown}, and {wanted} is wanted")
        _speakable(text, f"{name} of <{self.tag}>")
        self.attributes[name] = text

    def _put(self, content: Sequence[str | Element]) -> Self:
        for one in content:
            self._hold(one)
        self.content.extend(content)
        return self

    def _hold(self, one: object) -> None:
        """Raises MarkupError for what may not stand in here."""
        if isinstance(one, str):
            if one.strip() and not self.WORD.text:
                raise MarkupError(f"<{self.tag}> holds no text, and {one[:_SHOWN]!r} is text")
            _speakable(one, f"the text of <{self.tag}>")
        elif not isinstance(one, Element):
            shown = type(one).__name__
            raise MarkupError(f"<{self.tag}> holds text and elements, and no {shown}")
        elif not isinstance(one, Other) and one.tag not in self.WORD.children:
            raise MarkupError(f"<{one.tag}> may not stand in <{self.tag}>, {self._holds()}")

    def _holds(self) -> str:
        told = ", ".join(f"<{name}>" for name in self.WORD.children)
        if not told:
            return "which holds only text" if self.WORD.text else "which holds nothing"
        return f"which holds {told}"

    @property
    def tag(self) -> str:
        """The name of the element in the markup."""
        return self.WORD.name

    @property
    def parts(self) -> list[str | Element]:
        """What stands in here as it is written: adjoining texts are one, space that means nothing is left out."""
        found: list[str | Element] = []
        for one in self.content:
            if isinstance(one, str) and found and isinstance(found[-1], str):
                found[-1] += one
            elif one != "":
                found.append(one)
        if self.WORD.mixed or not any(isinstance(one, Element) for one in found):
            return found
        return [one for one in found if not isinstance(one, str) or one.strip()]

    @property
    def text(self) -> str:
        """The text in here and in all elements below, in order."""
        return "".join(one if isinstance(one, str) else one.text for one in self.parts)

    def walk(self) -> Iterator[Element]:
        """This element and all below it, in order."""
        yield self
        for one in self.content:
            if isinstance(one, Element):
                yield from one.walk()

    def extra(self, name: str, value: str) -> Self:
        """Carry an attribute by its name in the markup: for one that the vocabulary does not know (yet)."""
        _named(name)
        self._carry(name, value)
        return self

    def to_xml(self) -> str:
        """The element as XML; a whole document begins with its declaration.

        Raises MarkupError where XML cannot carry it.
        """
        pieces = [_DECLARATION] if self.WORD.root else []
        self._write(pieces.append, 1)
        return "".join(pieces)

    def _write(self, out: Callable[[str], None], depth: int) -> None:
        if depth > _DEEPEST:
            raise MarkupError(f"<{self.tag}> stands more than {_DEEPEST} elements deep")
        out(f"<{self.tag}")
        for name, value in self.attributes.items():
            _speakable(value, f"{name} of <{self.tag}>")
            out(f' {name}="{value.translate(_IN_ATTRIBUTE)}"')
        parts = self.parts
        out(">" if parts else "/>")
        for one in parts:
            if isinstance(one, str):
                _speakable(one, f"the text of <{self.tag}>")
                out(one.translate(_IN_TEXT))
            else:
                one._write(out, depth + 1)
        if parts:
            out(f"</{self.tag}>")

    def __str__(self) -> str:
        return self.to_xml()

    def __repr__(self) -> str:
        carried = ", ".join(self.attributes) or "no attributes"
        return f"<{type(self).__name__} with {carried}, {len(self.parts)} inside>"

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Element):
            return NotImplemented
        same = type(self) is type(other) and self.tag == other.tag
        return same and self.attributes == other.attributes and self.parts == other.parts

    __hash__ = None  # type: ignore[assignment]


class Child(Generic[P, Made]):
    """A method of an element that makes another, puts it into the first, and gives it.

    It takes what the other's class takes: `gather.say("Hello", loop=2)` is `gather.append(Say("Hello", loop=2))`.
    """

    def __init__(self, kind: Callable[[], Callable[P, Made]]) -> None:
        self._kind = kind  # asked for when it is needed: classes hold each other, and themselves

    @overload
    def __get__(self, parent: None, owner: type[Element]) -> Self: ...
    @overload
    def __get__(self, parent: Element, owner: type[Element]) -> Callable[P, Made]: ...
    def __get__(self, parent: Element | None, owner: type[Element]) -> Self | Callable[P, Made]:
        if parent is None:
            return self
        kind = self._kind()

        def put(*given: P.args, **named: P.kwargs) -> Made:
            made = kind(*given, **named)
            parent._put((made,))
            return made

        put.__doc__ = kind.__doc__
        put.__wrapped__ = kind  # type: ignore[attr-defined]  # what `inspect` shows as its signature
        return put


class Other(Element):
    """An element that the vocabulary does not know (yet). It may stand anywhere, and carry and hold anything."""

    __slots__ = ("_tag",)
    WORD = Word("", {}, text=True, mixed=True)

    def __init__(
        self, tag: str, *content: str | Element, attributes: Mapping[str, str] | None = None
    ) -> None:
        self._tag = _named(tag)
        for name in attributes or {}:
            _named(name)
        self._fill(content, attributes or {})

    def _hold(self, one: object) -> None:
        if not isinstance(one, Element):
            super()._hold(one)

    @property
    def tag(self) -> str:
        """The name of the element in the markup."""
        return self._tag

    def append(self, *content: str | Element) -> Self:
        """Put more into it, after what it holds."""
        return self._put(content)


def _named(name: str) -> str:
    if not isinstance(name, str) or not _NAME.fullmatch(name):
        raise MarkupError(f"{name!r} is no name for an element or an attribute")
    return name


def _text_of(value: Any, several: bool) -> str | None:
    """A value as it is written; None for what has no writing."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return int.__str__(value)
    if isinstance(value, str):
        return str.__str__(value)
    if not several or not isinstance(value, Sequence):
        return None
    texts = [_text_of(one, False) for one in value]
    return None if None in texts else " ".join(map(str, texts))


def _speakable(text: str, where: str) -> None:
    """Raises MarkupError for what XML 1.0 cannot carry, not even escaped."""
    if text.isprintable():
        return
    for place, char in enumerate(text, 1):
        code = ord(char)
        control = code < 0x20 and char not in "\t\n\r"
        if control or 0xD800 <= code <= 0xDFFF or code in (0xFFFE, 0xFFFF):
            told = f"{where} holds U+{code:04X} at character {place}"
            raise MarkupError(f"{told}: XML cannot carry that")


def within(text: str, most: int, where: str) -> str:
    """A document that is sent as a value. Raises MarkupError where it is too long for that."""
    if len(text) > most:
        raise MarkupError(f"the document has {len(text)} characters; {where} takes {most}")
    return text


class _Reader:
    """Builds the tree while expat reads."""

    def __init__(self, kinds: Mapping[str, type[Element]], root: str, lenient: bool) -> None:
        from xml.parsers import expat

        self.expat = expat
        self._kinds = kinds
        self._root = root
        self._lenient = lenient
        self._open: list[Element] = []
        self._places: list[tuple[int, int]] = []
        self._parser: Any = None
        self.found: Element | None = None

    def read(self, text: str | bytes) -> Element:
        if len(text) > _LARGEST:
            raise MarkupError(f"the document is larger than {_LARGEST}")
        if isinstance(text, str):
            _speakable(text, "the document")
        parser = self.expat.ParserCreate("utf-8" if isinstance(text, str) else None)
        self._parser = parser
        parser.buffer_text = True
        parser.ordered_attributes = True
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._data
        parser.StartDoctypeDeclHandler = self._doctype
        try:
            parser.Parse(text.encode() if isinstance(text, str) else text, True)
        except self.expat.ExpatError as error:
            told = self.expat.ErrorString(error.code)
            raise MarkupError(_placed(error.lineno, error.offset, f"no XML: {told}")) from None
        except MarkupError as error:
            raise MarkupError(_placed(*self._places[-1], str(error))) from None
        except (ValueError, LookupError) as error:
            raise MarkupError(f"the document cannot be decoded: {error}") from None
        assert self.found is not None  # expat has refused a text without an element
        return self.found

    def _here(self) -> None:
        """Remember where the reader is: what is wrong now is wrong here."""
        self._places.append((self._parser.CurrentLineNumber, self._parser.CurrentColumnNumber))

    def _doctype(self, *_: object) -> NoReturn:
        self._here()
        raise MarkupError("document types are refused, and entities with them")

    def _start(self, tag: str, attributes: list[str]) -> None:
        self._here()
        if len(self._open) >= _DEEPEST:
            raise MarkupError(f"<{tag}> stands more than {_DEEPEST} elements deep")
        if not self._open and tag != self._root:
            raise MarkupError(f"the document begins with <{tag}>, and <{self._root}> is wanted")
        kind = self._kinds.get(tag)
        if kind is None and not self._lenient:
            raise MarkupError(f"there is no element <{tag}>")
        element = Other(tag) if kind is None else kind.__new__(kind)
        element.attributes = {}
        element.content = []
        for name, value in zip(attributes[::2], attributes[1::2], strict=True):
            if self._lenient or isinstance(element, Other):
                element.attributes[name] = value
            elif name in element.WORD.rules:
                element._carry(name, value)
            else:
                raise MarkupError(f"<{tag}> has no attribute {name}")
        if self._open:
            if not self._lenient:
                self._open[-1]._hold(element)
            self._open[-1].content.append(element)
        else:
            self.found = element
        self._open.append(element)

    def _data(self, text: str) -> None:
        parent = self._open[-1]
        if not parent.WORD.text and not text.strip():
            return
        if not self._lenient:
            parent._hold(text)
        parent.content.append(text)

    def _end(self, tag: str) -> None:
        self._open.pop()
        self._places.pop()


def _placed(line: int, column: int, told: str) -> str:
    return f"line {line}, column {column + 1}: {told}"


def read(
    text: str | bytes, kinds: Mapping[str, type[Element]], root: str, lenient: bool
) -> Element:
    """A document as a tree. Raises MarkupError with line and column.

    A lenient reader keeps what the vocabulary does not know or allow; unknown elements are `Other`.
    """
    return _Reader(kinds, root, lenient).read(text)
