"""Kinds of value that neither JSON nor msgspec has by itself.

To a type checker `Rfc2822` is `datetime`, `IntText` is `int` and `DecimalString` is `Decimal`. At run time they are
marker classes: msgspec hands their values to `decode_hook`, which it would not do for the real classes (and would take
a JSON number or `"NaN"` for a decimal number in a string). The markers answer `isinstance` for the real classes, so
that msgspec accepts what the hook returns.
"""

from __future__ import annotations

import re
import threading
from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, Any, Final, NewType, TypeAlias

from msgspec import UNSET, Meta, UnsetType

__all__ = [
    "UNSET",
    "DecimalString",
    "IntText",
    "OpenEnum",
    "Rfc2822",
    "Unset",
    "decode_hook",
    "forget_unknown",
    "format_rfc2822",
    "format_rfc3339",
    "identifier",
    "parse_rfc2822",
    "unknown_members",
]

Unset: TypeAlias = UnsetType
"""The type of `UNSET`, the one value that means "not given": falsy, a singleton, not the same as null."""

_MONTHS: Final = (
    "Jan",
    "Feb",
    "Mar",
    "Apr",
    "May",
    "Jun",
    "Jul",
    "Aug",
    "Sep",
    "Oct",
    "Nov",
    "Dec",
)
_MONTH: Final = {name: f"{number:02}" for number, name in enumerate(_MONTHS, 1)}
_DAYS: Final = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_ZONES: Final = {
    "+0000": 0,
    "-0000": 0,
    "GMT": 0,
    "UT": 0,
    "UTC": 0,
    "Z": 0,
    "EST": -300,
    "EDT": -240,
}
_ZONES.update({"CST": -360, "CDT": -300, "MST": -420, "MDT": -360, "PST": -480, "PDT": -420})


class _Counter(threading.local):
    """How many unknown members were met. It only grows: a decode that saw it grow looks again, slowly.

    Each thread counts for itself: what another one meets says nothing about the value in hand.
    """

    unknown = 0


_counter = _Counter()


def unknown_members() -> int:
    """How many enum values that the document does not name have been met so far in this thread."""
    return _counter.unknown


def forget_unknown(before: int) -> None:
    """Take back what was counted since: the value was tried as a variant that it is not."""
    _counter.unknown = before


class OpenEnum(StrEnum):
    """A closed list when sending, an open one when reading.

    A value that the document does not name becomes a member-like string that compares equal to its text. It is
    not registered: reading a million different ones costs no memory.
    """

    @classmethod
    def _missing_(cls, value: object) -> OpenEnum | None:
        if not isinstance(value, str):
            return None
        _counter.unknown += 1
        member = str.__new__(cls, value)
        member._name_ = value
        member._value_ = value
        return member

    def __reduce_ex__(self, protocol: Any) -> tuple[Any, ...]:
        return type(self), (self._value_,)  # by value: a name finds only what the document names

    @property
    def known(self) -> bool:
        """Whether the document names this value."""
        return self._value_ in type(self)._value2member_map_


def parse_rfc2822(text: str) -> datetime:
    """Read `Tue, 31 Aug 2010 20:36:28 +0000` as an aware datetime; a wrong weekday is not held against it.

    Raises ValueError for any other shape.
    """
    try:
        if len(text) == 31 and text[26:] == "+0000" and text[3] == ",":
            return datetime.fromisoformat(
                f"{text[12:16]}-{_MONTH[text[8:11]]}-{text[5:7]}T{text[17:25]}+00:00"
            )
        return _parse_slowly(text)
    except (KeyError, IndexError, ValueError, OverflowError):
        raise ValueError(f"not an RFC 2822 date-time: {text[:60]!r}") from None


def _parse_slowly(text: str) -> datetime:
    parts = text.replace(",", " ").split()
    if parts[0] in _DAYS:
        del parts[0]
    day, month, year, clock, zone = parts
    hour, minute, *second = (int(part) for part in clock.split(":"))
    moment = datetime(
        int(year), int(_MONTH[month]), int(day), hour, minute, second[0] if second else 0
    )
    return moment.replace(tzinfo=timezone(timedelta(minutes=_offset(zone))))


def _offset(zone: str) -> int:
    if zone in _ZONES:
        return _ZONES[zone]
    if len(zone) != 5 or zone[0] not in "+-":
        raise ValueError(zone)
    minutes = int(zone[1:3]) * 60 + int(zone[3:5])
    return -minutes if zone[0] == "-" else minutes


def format_rfc2822(moment: datetime) -> str:
    """Write a datetime as `Tue, 31 Aug 2010 20:36:28 +0000`; one without a zone is taken as UTC.

    The format carries whole seconds: a fraction is cut off.
    """
    zone = "+0000" if moment.tzinfo in (None, UTC) else _zone(moment.utcoffset() or timedelta())
    return (
        f"{_DAYS[moment.weekday()]}, {moment.day:02} {_MONTHS[moment.month - 1]} {moment.year:04} "
        f"{moment.hour:02}:{moment.minute:02}:{moment.second:02} {zone}"
    )


def _zone(offset: timedelta) -> str:
    minutes = int(offset.total_seconds() // 60)
    sign, size = ("-", -minutes) if minutes < 0 else ("+", minutes)
    return f"{sign}{size // 60:02}{size % 60:02}"


def format_rfc3339(moment: datetime) -> str:
    """Write a datetime as `2010-08-31T20:36:28Z`; one without a zone is taken as UTC."""
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=UTC)
    text = moment.isoformat()
    return text[:-6] + "Z" if text.endswith("+00:00") else text


if TYPE_CHECKING:
    Rfc2822: TypeAlias = datetime
    IntText: TypeAlias = int
    DecimalString: TypeAlias = Decimal

    def identifier(name: str, pattern: str) -> Any:
        """An identifier type: to msgspec a string with a pattern, to a type checker a type of its own."""

else:

    class _AnswersForDatetime(type):
        def __instancecheck__(cls, value: object) -> bool:
            return isinstance(value, datetime)

    class Rfc2822(metaclass=_AnswersForDatetime):
        """A date-time that travels as RFC 2822 text."""

    class _AnswersForInt(type):
        def __instancecheck__(cls, value: object) -> bool:
            return isinstance(value, int)

    class IntText(metaclass=_AnswersForInt):
        """A whole number that travels as text."""

    class _AnswersForDecimal(type):
        def __instancecheck__(cls, value: object) -> bool:
            return isinstance(value, Decimal)

    class DecimalString(metaclass=_AnswersForDecimal):
        """A decimal number that travels as text."""

    def identifier(name: str, pattern: str) -> Any:
        """An identifier type: to msgspec a string with a pattern, to a type checker a type of its own."""
        return NewType(name, Annotated[str, Meta(pattern=pattern)])


def parse_int_text(text: str) -> int:
    """Read a whole number written in ASCII digits. Raises ValueError for anything else."""
    digits = text[1:] if text[:1] == "-" else text
    if digits.isdecimal() and digits.isascii() and len(digits) <= 40:
        return int(text)
    raise ValueError(f"not a whole number: {text[:60]!r}")


NUMBER: Final = re.compile(r"-?[0-9]{1,40}(\.[0-9]{1,40})?([eE][+-]?[0-9]{1,3})?")


def parse_decimal_text(text: str) -> Decimal:
    """Read a finite decimal number written in ASCII. Raises ValueError for anything else."""
    if NUMBER.fullmatch(text):
        return Decimal(text)
    raise ValueError(f"not a decimal number: {text[:60]!r}")


def decode_hook(kind: type, value: Any) -> Any:
    """Make the value of a marker class from what JSON carried. msgspec turns its ValueError into a place."""
    if isinstance(value, str):
        if kind is Rfc2822:
            return parse_rfc2822(value)
        if kind is IntText:
            return parse_int_text(value)
        if kind is DecimalString:
            return parse_decimal_text(value)
    if kind is Rfc2822 and isinstance(value, datetime):
        return value
    if kind is DecimalString and isinstance(value, Decimal):
        return value
    convert = getattr(kind, "__convert__", None)
    if convert is not None:
        return convert(value)
    if hasattr(kind, "__variants__"):
        return kind.__decode__(value)  # type: ignore[attr-defined]
    if kind is IntText and isinstance(value, int) and not isinstance(value, bool):
        raise ValueError("expected a whole number as text, got a JSON number")
    raise ValueError(f"expected text, got {type(value).__name__}")


def is_date(value: object) -> bool:
    """Whether a value is a date without a time."""
    return isinstance(value, date) and not isinstance(value, datetime)
