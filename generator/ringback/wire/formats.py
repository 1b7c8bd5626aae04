"""Formats of text and numbers: whether a value has one, and values that do.

`BUILT_IN` are judged by jsonschema-rs itself; the others by a function here. A format that nobody here knows constrains
nothing: what a document means by `format: sku` it has to say with a pattern, or a setting has to.
"""

from __future__ import annotations

import base64
import binascii
import re
import string
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime, parsedate_to_datetime
from random import Random
from typing import Final
from uuid import UUID

Holds = Callable[[str], bool]
Draw = Callable[[Random], str]


@dataclass(frozen=True, slots=True)
class Format:
    """One format. `holds` is None where the JSON Schema engine judges it; `draw` None where nobody can draw it."""

    name: str
    wanted: str  # as a message says it: "a date such as 2026-03-01"
    holds: Holds | None = None
    draw: Draw | None = None


INTEGERS: Final[Mapping[str, tuple[int, int]]] = {
    "int8": (-(2**7), 2**7 - 1),
    "int16": (-(2**15), 2**15 - 1),
    "int32": (-(2**31), 2**31 - 1),
    "int64": (-(2**63), 2**63 - 1),
    "uint8": (0, 2**8 - 1),
    "uint16": (0, 2**16 - 1),
    "uint32": (0, 2**32 - 1),
    "uint64": (0, 2**64 - 1),
}
"""Formats of whole numbers, with their bounds; on a string they mean its digits."""

_WHOLE: Final = re.compile(r"-?[0-9]{1,20}", re.ASCII)
_DECIMAL: Final = re.compile(r"[-+]?[0-9]+(?:\.[0-9]+)?", re.ASCII)
_E164: Final = re.compile(r"\+[1-9][0-9]{1,14}", re.ASCII)
_RFC_2822: Final = re.compile(
    r"(?:(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun),\s+)?[0-9]{1,2}\s+(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)\s+"
    r"[0-9]{4}\s+[0-9]{2}:[0-9]{2}(?::[0-9]{2})?\s+(?:[-+][0-9]{4}|GMT|UTC?|Z)",
    re.ASCII,
)


def _integer(name: str) -> Holds:
    low, high = INTEGERS[name]
    return lambda text: _WHOLE.fullmatch(text) is not None and low <= int(text) <= high


def is_rfc_2822(text: str) -> bool:
    """A date and time as in e-mail, with its zone: ``Tue, 31 Aug 2010 20:36:28 +0000``."""
    if _RFC_2822.fullmatch(text) is None:
        return False
    try:
        parsedate_to_datetime(text)
    except (ValueError, TypeError):
        return False
    return True


def _is_base64(text: str) -> bool:
    try:
        base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        return False
    return True


def _moment(rng: Random) -> datetime:
    """A moment in the years 2015 to 2029, in UTC, with whole seconds."""
    return datetime(2015, 1, 1, tzinfo=UTC) + timedelta(seconds=rng.randrange(15 * 365 * 86_400))


def _word(rng: Random, least: int = 3, most: int = 9) -> str:
    return "".join(rng.choices(string.ascii_lowercase, k=rng.randint(least, most)))


def _uuid(rng: Random) -> str:
    return str(UUID(int=rng.getrandbits(128), version=4))


def _uri(rng: Random) -> str:
    return f"https://example.com/{_word(rng)}/{rng.randrange(1000)}"


def _of(name: str, wanted: str, holds: Holds | None, draw: Draw | None) -> Format:
    return Format(name, wanted, holds, draw)


_ALL: Final = (
    _of("date-time", "a date and time such as 2026-03-01T08:30:00Z", None,
        lambda rng: _moment(rng).strftime("%Y-%m-%dT%H:%M:%SZ")),
    _of("date", "a date such as 2026-03-01", None, lambda rng: _moment(rng).date().isoformat()),
    _of("time", "a time such as 08:30:00Z", None, lambda rng: _moment(rng).strftime("%H:%M:%SZ")),
    _of("duration", "a duration such as PT90S", None, lambda rng: f"PT{rng.randint(1, 5000)}S"),
    _of("date-time-rfc-2822", "a date and time such as Tue, 31 Aug 2010 20:36:28 +0000", is_rfc_2822,
        lambda rng: format_datetime(_moment(rng))),
    _of("uuid", "a UUID", None, _uuid),
    _of("uri", "an absolute URI", None, _uri),
    _of("url", "an absolute URL", lambda text: re.match(r"[A-Za-z][A-Za-z0-9+.-]*:\S+\Z", text) is not None, _uri),
    _of("iri", "an absolute IRI", None, _uri),
    _of("uri-reference", "a URI or a path", None, lambda rng: f"/{_word(rng)}/{rng.randrange(1000)}"),
    _of("iri-reference", "an IRI or a path", None, lambda rng: f"/{_word(rng)}/{rng.randrange(1000)}"),
    _of("uri-template", "a URI template", None, lambda rng: f"https://example.com/{_word(rng)}/{{id}}"),
    _of("email", "an e-mail address", None, lambda rng: f"{_word(rng)}@example.com"),
    _of("idn-email", "an e-mail address", None, lambda rng: f"{_word(rng)}@example.com"),
    _of("hostname", "a host name", None, lambda rng: f"{_word(rng)}.example.com"),
    _of("idn-hostname", "a host name", None, lambda rng: f"{_word(rng)}.example.com"),
    _of("ipv4", "an IPv4 address", None, lambda rng: f"192.0.2.{rng.randint(1, 254)}"),
    _of("ipv6", "an IPv6 address", None, lambda rng: f"2001:db8::{rng.randint(1, 0xFFFF):x}"),
    _of("json-pointer", "a JSON pointer", None, lambda rng: f"/{_word(rng)}"),
    _of("relative-json-pointer", "a relative JSON pointer", None, lambda rng: f"0/{_word(rng)}"),
    _of("regex", "a regular expression", None, lambda rng: f"^{_word(rng)}$"),
    _of("byte", "base64", _is_base64, lambda rng: base64.b64encode(rng.randbytes(9)).decode()),
    _of("decimal", "a decimal number such as -0.0200", lambda text: _DECIMAL.fullmatch(text) is not None,
        lambda rng: f"{rng.randint(-999, 999)}.{rng.randint(0, 9999):04d}"),
    _of("e164", "a phone number such as +15550100100", lambda text: _E164.fullmatch(text) is not None,
        lambda rng: f"+1555{rng.randrange(10**7):07d}"),
    *(_of(name, f"a whole number of {name}", _integer(name), lambda rng: str(rng.randint(0, 100)))
      for name in INTEGERS),
)  # fmt: skip

FORMATS: Final[Mapping[str, Format]] = {one.name: one for one in _ALL}
"""Every format that is held, by the name that documents use."""

ALIASES: Final[Mapping[str, str]] = {
    "date-time-rfc2822": "date-time-rfc-2822",
    "e.164": "e164",
    "guid": "uuid",
}
"""Other spellings of the same."""


def known(name: str | None, own: Mapping[str, Format] | None = None) -> Format | None:
    """The format of that name: one of the caller's own, or one of these."""
    if name is None:
        return None
    return (own or {}).get(name) or FORMATS.get(ALIASES.get(name, name))


def of_pattern(name: str, pattern: str) -> Format:
    """A format that a setting declares by a regular expression."""
    from . import patterns

    return Format(
        name,
        f"text that matches {pattern}",
        lambda text: patterns.fits(pattern, text),
        lambda rng: patterns.draw(pattern, rng) or "",
    )
