"""How one value travels as text: in a path, a query, a header or a form.

A closed family, one small class per kind. Each has three methods: `check` holds a Python value to the document and
returns it (the client, before the wire), `text` writes it, `parse` reads it (the server, the webhook receiver).
`check` and `parse` raise ValueError with one sentence that says what was wanted and what was found.
"""

from __future__ import annotations

import re
from base64 import b64decode, b64encode
from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from functools import lru_cache
from math import isfinite
from typing import Any, Protocol
from uuid import UUID

import msgspec
from msgspec import Struct

from .decode import hold_rules
from .shapes import encode, shown
from .values import (
    NUMBER,
    OpenEnum,
    decode_hook,
    format_rfc2822,
    format_rfc3339,
    is_date,
    parse_decimal_text,
    parse_int_text,
    parse_rfc2822,
)


class Codec(Protocol):
    """What every member of the family can do."""

    def check(self, value: Any) -> Any:
        """Return the value, or raise ValueError where the document does not allow it."""
        ...

    def text(self, value: Any) -> str:
        """Write a value that `check` has passed."""
        ...

    def parse(self, text: str) -> Any:
        """Read and check a value."""
        ...


@lru_cache(maxsize=1024)
def compiled(pattern: str) -> re.Pattern[str]:
    """A pattern, compiled once."""
    return re.compile(pattern)


def _string(value: object) -> str:
    if not isinstance(value, str):
        raise ValueError(f"expected text, got {shown(value)}")
    if not value.isascii() and any("\ud800" <= char <= "\udfff" for char in value):
        raise ValueError(f"expected text that UTF-8 can carry, got {shown(value)}")
    return value


class Text(Struct, frozen=True):
    """Any text, within the bounds that the document gives."""

    pattern: str | None = None
    min_length: int = 0
    max_length: int | None = None

    def check(self, value: Any) -> str:
        text = _string(value)
        if len(text) < self.min_length:
            raise ValueError(f"expected at least {self.min_length} characters, got {len(text)}")
        if self.max_length is not None and len(text) > self.max_length:
            raise ValueError(f"expected at most {self.max_length} characters, got {len(text)}")
        if self.pattern is not None and not compiled(self.pattern).search(text):
            raise ValueError(f"expected text matching {self.pattern}, got {shown(text)}")
        return text

    def text(self, value: Any) -> str:
        return str(value)

    def parse(self, text: str) -> str:
        return self.check(text)


class IdentifierKind(Struct, frozen=True):
    """A kind of identifier: what people call it, how it begins, the pattern that holds it."""

    phrase: str
    hint: str
    pattern: str

    def __str__(self) -> str:
        return f"{self.phrase} ({self.hint})" if self.hint else self.phrase


class Identifier(Struct, frozen=True):
    """An identifier of one kind; the others are known so that a mix-up can be named."""

    kind: IdentifierKind
    others: tuple[IdentifierKind, ...] = ()

    def check(self, value: Any) -> str:
        if isinstance(value, str) and compiled(self.kind.pattern).search(value):
            return value
        wanted = f"expected {_article(self.kind.phrase)} {self.kind}"
        if isinstance(value, str):
            for other in self.others:
                if compiled(other.pattern).search(value):
                    raise ValueError(f"{wanted}, got {_article(other.phrase)} {other}")
        raise ValueError(f"{wanted}, got {shown(value)}")

    def text(self, value: Any) -> str:
        return str(value)

    def parse(self, text: str) -> str:
        return self.check(text)


def _article(phrase: str) -> str:
    return "an" if phrase[:1].lower() in "aeiou" else "a"


def _step(value: float, step: float | None) -> None:
    if step is not None and Decimal(repr(value)) % Decimal(repr(step)):
        raise ValueError(f"expected a multiple of {step}, got {shown(value)}")


class Integer(Struct, frozen=True):
    """A whole number, within bounds."""

    minimum: int | None = None
    maximum: int | None = None
    step: float | None = None

    def check(self, value: Any) -> int:
        if isinstance(value, bool) or not isinstance(value, int):
            raise ValueError(f"expected a whole number, got {shown(value)}")
        if self.minimum is not None and value < self.minimum:
            raise ValueError(f"expected at least {self.minimum}, got {shown(value)}")
        if self.maximum is not None and value > self.maximum:
            raise ValueError(f"expected at most {self.maximum}, got {shown(value)}")
        _step(value, self.step)
        return value

    def text(self, value: Any) -> str:
        return str(int(value))

    def parse(self, text: str) -> int:
        return self.check(parse_int_text(text))


class Number(Struct, frozen=True):
    """A number, within bounds."""

    minimum: float | None = None
    maximum: float | None = None
    above: float | None = None
    below: float | None = None
    step: float | None = None

    def check(self, value: Any) -> float:
        if isinstance(value, bool) or not isinstance(value, (int, float)):
            raise ValueError(f"expected a number, got {shown(value)}")
        if isinstance(value, float) and not isfinite(value):
            raise ValueError(f"expected a finite number, got {shown(value)}")
        if self.minimum is not None and value < self.minimum:
            raise ValueError(f"expected at least {self.minimum}, got {shown(value)}")
        if self.maximum is not None and value > self.maximum:
            raise ValueError(f"expected at most {self.maximum}, got {shown(value)}")
        if self.above is not None and value <= self.above:
            raise ValueError(f"expected more than {self.above}, got {shown(value)}")
        if self.below is not None and value >= self.below:
            raise ValueError(f"expected less than {self.below}, got {shown(value)}")
        _step(value, self.step)
        return value

    def text(self, value: Any) -> str:
        return repr(value)

    def parse(self, text: str) -> float:
        if not NUMBER.fullmatch(text):
            raise ValueError(f"expected a number, got {shown(text)}")
        return self.check(float(text))


class Boolean(Struct, frozen=True):
    """`true` or `false`."""

    def check(self, value: Any) -> bool:
        if not isinstance(value, bool):
            raise ValueError(f"expected True or False, got {shown(value)}")
        return value

    def text(self, value: Any) -> str:
        return "true" if value else "false"

    def parse(self, text: str) -> bool:
        if text not in ("true", "false"):
            raise ValueError(f"expected true or false, got {shown(text)}")
        return text == "true"


class Enumeration(Struct, frozen=True):
    """One of the values that the document names; an unknown one is refused, in both directions."""

    type: type[OpenEnum]

    def check(self, value: Any) -> OpenEnum:
        member = self.type._value2member_map_.get(value) if isinstance(value, str) else None
        if not isinstance(member, self.type):
            names = ", ".join(repr(one.value) for one in self.type)
            raise ValueError(f"expected one of {names}; got {shown(value)}")
        return member

    def text(self, value: Any) -> str:
        return str(value.value)

    def parse(self, text: str) -> OpenEnum:
        return self.check(text)


class Choice(Struct, frozen=True):
    """One of a few values that are not all text; `values` holds them as Python has them."""

    values: tuple[Any, ...]

    def check(self, value: Any) -> Any:
        for one in self.values:
            if one == value and type(one) is type(value):
                return one
        names = ", ".join(repr(one) for one in self.values)
        raise ValueError(f"expected one of {names}; got {shown(value)}")

    def text(self, value: Any) -> str:
        return _plain(value)

    def parse(self, text: str) -> Any:
        for one in self.values:
            if _plain(one) == text:
                return one
        return self.check(text)


def _plain(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return "null" if value is None else str(value)


class Date(Struct, frozen=True):
    """A day, as `2010-08-31`."""

    def check(self, value: Any) -> date:
        if not isinstance(value, date) or isinstance(value, datetime):
            raise ValueError(f"expected a date, got {shown(value)}")
        return value

    def text(self, value: Any) -> str:
        return str(value.isoformat())

    def parse(self, text: str) -> date:
        if not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", text):
            raise ValueError(f"expected a date as YYYY-MM-DD, got {shown(text)}")
        return date.fromisoformat(text)


class DateTime(Struct, frozen=True):
    """A moment, as RFC 3339 has it; one without a zone is taken as UTC."""

    def check(self, value: Any) -> datetime:
        if not isinstance(value, datetime):
            raise ValueError(f"expected a datetime, got {shown(value)}")
        return value

    def text(self, value: Any) -> str:
        return format_rfc3339(value)

    def parse(self, text: str) -> datetime:
        if not re.match(r"[0-9]{4}-[0-9]{2}-[0-9]{2}[Tt ][0-9]{2}:[0-9]{2}:[0-9]{2}", text):
            raise ValueError(f"expected a date-time as YYYY-MM-DDTHH:MM:SSZ, got {shown(text)}")
        moment = datetime.fromisoformat(text.upper())
        if moment.tzinfo is None:
            raise ValueError(f"expected a date-time with its zone, got {shown(text)}")
        return moment


class Rfc2822DateTime(Struct, frozen=True):
    """A moment, as RFC 2822 has it."""

    def check(self, value: Any) -> datetime:
        if not isinstance(value, datetime):
            raise ValueError(f"expected a datetime, got {shown(value)}")
        return value

    def text(self, value: Any) -> str:
        return format_rfc2822(value)

    def parse(self, text: str) -> datetime:
        return parse_rfc2822(text)


class DecimalText(Struct, frozen=True):
    """An exact decimal number."""

    def check(self, value: Any) -> Decimal:
        if isinstance(value, bool) or not isinstance(value, (Decimal, int)):
            raise ValueError(f"expected a Decimal, got {shown(value)}")
        number = Decimal(value)
        if not number.is_finite():
            raise ValueError(f"expected a finite number, got {shown(value)}")
        return number

    def text(self, value: Any) -> str:
        return format(value, "f")

    def parse(self, text: str) -> Decimal:
        return parse_decimal_text(text)


class WholeNumberText(Integer, frozen=True):
    """A whole number that JSON carries as text; in a form it looks like any other."""


class Uuid(Struct, frozen=True):
    """A UUID."""

    def check(self, value: Any) -> UUID:
        if not isinstance(value, UUID):
            raise ValueError(f"expected a UUID, got {shown(value)}")
        return value

    def text(self, value: Any) -> str:
        return str(value)

    def parse(self, text: str) -> UUID:
        if not re.fullmatch(r"[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}", text):
            raise ValueError(f"expected a UUID, got {shown(text)}")
        return UUID(text)


class WholeText(Struct, frozen=True):
    """A whole body of text, whose value a codec holds to the document."""

    codec: Codec

    def write(self, value: Any) -> bytes:
        return self.codec.text(self.codec.check(value)).encode()

    def read(self, content: bytes) -> Any:
        return self.codec.parse(content.decode("utf-8", "replace"))


class AnyOf(Struct, frozen=True):
    """A value of one of several kinds; the first that fits is taken."""

    kinds: tuple[Any, ...]

    def check(self, value: Any) -> Any:
        return self._first("check", value)

    def text(self, value: Any) -> str:
        for kind in self.kinds:
            try:
                return str(kind.text(kind.check(value)))
            except ValueError:
                continue
        raise ValueError(f"no kind fits {shown(value)}")

    def parse(self, text: str) -> Any:
        return self._first("parse", text)

    def _first(self, step: str, value: Any) -> Any:
        reasons: list[str] = []
        for kind in self.kinds:
            try:
                return getattr(kind, step)(value)
            except ValueError as error:
                reasons.append(str(error))
        raise ValueError("; or ".join(reasons))


class Array(Struct, frozen=True):
    """Several values. How they are joined is the parameter's style.

    With `words` a text that is read may hold several values with spaces between them. `holds` is called with the list,
    and raises ValueError where it is not as it should be.
    """

    item: Any
    min_items: int = 0
    max_items: int | None = None
    words: bool = False
    unique: bool = False
    holds: Any = None

    def check(self, value: Any) -> list[Any]:
        if isinstance(value, (str, bytes)) or not isinstance(value, Sequence):
            raise ValueError(f"expected a list, got {shown(value)}")
        if len(value) < self.min_items:
            raise ValueError(f"expected at least {self.min_items} values, got {len(value)}")
        if self.max_items is not None and len(value) > self.max_items:
            raise ValueError(f"expected at most {self.max_items} values, got {len(value)}")
        checked = [self.item.check(one) for one in value]
        if self.unique and any(one in checked[:index] for index, one in enumerate(checked)):
            raise ValueError("expected no value twice")
        if self.holds is not None:
            self.holds(checked)
        return checked

    def texts(self, value: Any) -> list[str]:
        return [self.item.text(one) for one in value]

    def text(self, value: Any) -> str:
        return ",".join(self.texts(value))

    def parse_all(self, texts: Sequence[str]) -> list[Any]:
        if self.words:
            texts = [word for text in texts for word in text.split() or [text]]
        return self.check([self.item.parse(one) for one in texts])

    def parse(self, text: str) -> list[Any]:
        return self.parse_all(text.split(","))


class Base64(Struct, frozen=True):
    """Bytes as base64."""

    def check(self, value: Any) -> bytes:
        if isinstance(value, bytes | bytearray | memoryview):
            return bytes(value)
        raise ValueError(f"expected bytes, got {shown(value)}")

    def text(self, value: Any) -> str:
        return b64encode(value).decode("ascii")

    def parse(self, text: str) -> bytes:
        try:
            return b64decode(text, validate=True)
        except ValueError:
            raise ValueError(f"expected base64 text, got {shown(text)}") from None


class JsonText(Struct, frozen=True):
    """A value that a form cannot carry by itself: as JSON text."""

    type: Any

    def check(self, value: Any) -> Any:
        return self.parse(self.text(value))

    def text(self, value: Any) -> str:
        try:
            return encode(value, self.type).decode()
        except (msgspec.EncodeError, TypeError) as error:
            raise ValueError(f"expected what JSON can carry, got {shown(value)}: {error}") from None

    def parse(self, text: str) -> Any:
        try:
            value = msgspec.json.decode(text, type=self.type, dec_hook=decode_hook)
        except msgspec.DecodeError as error:
            raise ValueError(f"expected JSON: {error}") from None
        hold_rules(value, text.encode(), self.type)
        return value


__all__ = [
    "AnyOf",
    "Array",
    "Base64",
    "Boolean",
    "Choice",
    "Codec",
    "Date",
    "DateTime",
    "DecimalText",
    "Enumeration",
    "Identifier",
    "IdentifierKind",
    "Integer",
    "JsonText",
    "Number",
    "Rfc2822DateTime",
    "Text",
    "Uuid",
    "WholeNumberText",
    "WholeText",
    "compiled",
    "is_date",
    "shown",
]
