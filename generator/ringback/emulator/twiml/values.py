"""Reading attributes: what the document says, else the documented default. Wrong values are gone by now."""

from __future__ import annotations

from urllib.parse import urljoin

from ringback.emulator.twiml.parser import Element


def text(element: Element, name: str, default: str = "") -> str:
    """An attribute's text without the space around it."""
    return element.attributes.get(name, default).strip()


def flag(element: Element, name: str, default: bool = False) -> bool:
    """true or false."""
    given = text(element, name).lower()
    return default if not given else given == "true"


def number(element: Element, name: str, default: int) -> int:
    """A whole number; a word such as `auto` counts as not given."""
    given = text(element, name)
    return int(given) if given.isdecimal() else default


def method(element: Element, name: str = "method", default: str = "POST") -> str:
    """GET or POST."""
    return text(element, name).upper() or default


def words(element: Element, name: str, default: str = "") -> list[str]:
    """Several words."""
    return (text(element, name) or default).replace(",", " ").split()


def address(base: str, given: str) -> str:
    """A URL of a document, which may be relative to the document's own."""
    try:
        return urljoin(base, given) if base else given
    except ValueError:
        return given


def url(element: Element, name: str, base: str) -> str:
    """An attribute's URL, or "" where there is none."""
    given = text(element, name)
    return address(base, given) if given else ""
