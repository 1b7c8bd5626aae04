"""TwiML text to a frozen tree.

The parser takes no document type, no entities of its own and nothing from outside, and it stops at limits of depth and
number while it reads. What is wrong but can be lived with (unknown words, wrong values) is listed beside the tree.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from xml.etree.ElementTree import ParseError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import DefusedXMLParser

from ringback.emulator.twiml import codes
from ringback.emulator.twiml.vocabulary import Word, wants, words

DEEPEST = 16
MOST = 2_000
LONGEST = 64 * 1024
_LONGEST_NAME = 64


@dataclass(frozen=True, slots=True)
class Element:
    """A verb or noun: its name, attributes, own text and children. `spoken` is all text within, in order."""

    name: str
    attributes: dict[str, str]
    text: str
    spoken: str
    children: tuple[Element, ...] = ()

    def within(self) -> Iterator[Element]:
        """This element and all below it."""
        yield self
        for child in self.children:
            yield from child.within()


@dataclass(frozen=True, slots=True)
class Finding:
    """Something about a document that the caller should know."""

    code: int
    message: str


@dataclass(frozen=True, slots=True)
class Document:
    """A parsed document and what was found in it. Wrong attributes and unknown elements are left out of the tree."""

    root: Element
    findings: tuple[Finding, ...]


class Unreadable(ValueError):
    """The text is no TwiML document."""

    def __init__(self, code: int, message: str) -> None:
        super().__init__(message)
        self.code = code


@dataclass(slots=True)
class _Open:
    name: str
    attributes: dict[str, str]
    own: list[str] = field(default_factory=list)
    spoken: list[str] = field(default_factory=list)
    children: list[Element] = field(default_factory=list)

    def closed(self) -> Element:
        own = " ".join("".join(self.own).split())
        spoken = " ".join("".join(self.spoken).split())
        return Element(self.name, self.attributes, own, spoken, tuple(self.children))


class _Builder:
    """Builds the tree while expat reads, and stops at the limits."""

    def __init__(self) -> None:
        self._open: list[_Open] = []
        self._count = 0
        self.root: Element | None = None

    def start(self, name: str, attributes: dict[str, str]) -> None:
        self._count += 1
        if len(self._open) >= DEEPEST:
            raise Unreadable(12100, f"elements are nested more than {DEEPEST} deep")
        if self._count > MOST:
            raise Unreadable(12100, f"there are more than {MOST} elements")
        self._open.append(
            _Open(_local(name), {_local(key): value for key, value in attributes.items()})
        )

    def data(self, text: str) -> None:
        for one in self._open:
            one.spoken.append(text)
        self._open[-1].own.append(text)

    def end(self, name: str) -> None:
        element = self._open.pop().closed()
        if self._open:
            self._open[-1].children.append(element)
        else:
            self.root = element

    def close(self) -> None:
        """The tree stays here."""


def _local(name: str) -> str:
    """A name as it was written, as far as that is known: the XML namespace has its prefix, others have none."""
    space, _, local = name.rpartition("}")
    return f"xml:{local}" if space.endswith("XML/1998/namespace") else local


@lru_cache(maxsize=512)
def parse(text: str) -> Document:
    """Read a document. Raises Unreadable with the code of the failure."""
    if len(text.encode("utf-8", "replace")) > LONGEST:
        raise Unreadable(11750, f"the document is larger than {LONGEST} bytes")
    builder = _Builder()
    parser = DefusedXMLParser(target=builder, forbid_dtd=True)
    try:
        parser.feed(text.strip())
        parser.close()
    except ParseError as error:
        raise Unreadable(12100, f"Error on line {error.position[0]} of document: {error}") from None
    except DefusedXmlException as error:
        raise Unreadable(12100, f"document types and entities are refused: {error}") from None
    except Unreadable:
        raise
    except ValueError as error:
        raise Unreadable(12100, f"the document cannot be read: {error}") from None
    root = builder.root
    if root is None:
        raise Unreadable(12100, "there is no element")
    if root.name != "Response":
        raise Unreadable(12102, f"the root element is {root.name[:_LONGEST_NAME]}")
    findings: list[Finding] = []
    return Document(_checked(root, words()["Response"], findings), tuple(findings[:100]))


def _checked(element: Element, word: Word, findings: list[Finding]) -> Element:
    """An element without what is wrong in it; what was wrong goes to the findings."""
    attributes = {
        name: value
        for name, value in element.attributes.items()
        if _attribute_is_right(element, word, name, value, findings)
    }
    if element.text and not word.text:
        findings.append(Finding(12200, f"{element.name} holds no text: {element.text[:60]!r}"))
    children = []
    for child in element.children:
        known = words().get(child.name)
        if known is None or child.name not in word.children:
            code = 12200 if known is None else codes.of_nesting(element.name)
            name = child.name[:_LONGEST_NAME]
            findings.append(Finding(code, f"{name} is not allowed within {element.name}"))
            continue
        children.append(_checked(child, known, findings))
    return Element(element.name, attributes, element.text, element.spoken, tuple(children))


def _attribute_is_right(
    element: Element, word: Word, name: str, value: str, findings: list[Finding]
) -> bool:
    rule = word.attributes.get(name)
    if rule is None:
        told = name[:_LONGEST_NAME]
        findings.append(Finding(12200, f"{element.name} has no attribute {told}"))
        return False
    wanted = wants(rule, value.strip())
    if not wanted:
        return True
    code = codes.of_attribute(element.name, name)
    findings.append(Finding(code, f"{element.name} {name} is {value[:60]!r}, not {wanted}"))
    return False
