"""When two names mean one thing, and when two values say the same: what a request asks for and what an answer tells.

Requests and answers spell alike things differently (`FriendlyName` and `friendly_name`, `"5"` and `5`, one date in two
notations, a phone number with and without spaces). Whoever compares them strictly finds faults that are none.
"""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from email.utils import parsedate_to_datetime
from functools import lru_cache
from typing import Any, Final

_DIGITS: Final = re.compile(r"[+()\d\s./-]+\Z")
_RFC_3339: Final = re.compile(
    r"(\d{4}-\d\d-\d\d)[Tt ](\d\d:\d\d:\d\d)(\.\d+)?([Zz]|[+-]\d\d:\d\d)\Z"
)
_RFC_2822: Final = re.compile(r"(?:[A-Z][a-z]{2}, )?\d{1,2} [A-Z][a-z]{2} \d{4} \d\d:\d\d")
_DATE: Final = re.compile(r"\d{4}-\d\d-\d\d\Z")


@lru_cache(maxsize=4096)
def plain(name: str) -> str:
    """A name without case, underscores and other marks: `FriendlyName` and `friendly_name` are one."""
    return "".join(one for one in name.lower() if one.isalnum())


def moment(value: object) -> datetime | None:
    """A date or time in a notation of the wire (RFC 3339, RFC 2822, a day), in UTC; None where it is none."""
    if not isinstance(value, str) or not 8 < len(value) < 40:
        return None
    try:
        if _DATE.match(value):
            return datetime.combine(date.fromisoformat(value), datetime.min.time(), UTC)
        if found := _RFC_3339.match(value):
            zone = "+00:00" if found[4] in "Zz" else found[4]
            fraction = (found[3] or "")[:7]
            return datetime.fromisoformat(f"{found[1]}T{found[2]}{fraction}{zone}").astimezone(UTC)
        if _RFC_2822.match(value):
            read = parsedate_to_datetime(value)
            return (read if read.tzinfo else read.replace(tzinfo=UTC)).astimezone(UTC)
    except (ValueError, TypeError, OverflowError):
        return None
    return None


def is_day(value: object) -> bool:
    """Whether a text is a day without a time."""
    return isinstance(value, str) and _DATE.match(value) is not None


def same(told: Any, found: Any) -> bool:
    """Whether two values say the same, as far as their notations allow to tell."""
    if told == found:
        return True
    if isinstance(told, (list, tuple)) and isinstance(found, (list, tuple)):
        return len(told) == len(found) and all(
            any(same(one, other) for other in found) for one in told
        )
    if isinstance(told, dict) and isinstance(found, dict):
        return all(key in found and same(value, found[key]) for key, value in told.items())
    if isinstance(told, (dict, list)) or isinstance(found, (dict, list)):
        return False
    return _same_scalar(told, found)


def _same_scalar(told: Any, found: Any) -> bool:
    if told is None or found is None:
        return told in (None, "") and found in (None, "")
    left, right = text_of(told).strip(), text_of(found).strip()
    if left.casefold() == right.casefold():
        return True
    if _DIGITS.match(left) and _DIGITS.match(right) and not (is_day(left) or is_day(right)):
        return _same_number(left, right)
    one, other = moment(left), moment(right)
    if one is not None and other is not None:
        return one.replace(microsecond=0) == other.replace(microsecond=0)
    return left.rstrip("/") == right.rstrip("/")


def _same_number(left: str, right: str) -> bool:
    try:
        if float(left) == float(right):
            return True
    except ValueError:
        pass
    digits = [re.sub(r"\D", "", text) for text in (left, right)]
    return digits[0] == digits[1] and len(digits[0]) > 4


def text_of(value: Any) -> str:
    """A scalar as a form or a query would carry it."""
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value)


def shown(value: Any, most: int = 80) -> str:
    """A value in a message, cut where it is long."""
    text = repr(value)
    return text if len(text) <= most else f"{text[: most - 1]}…"


def one_of(values: Any, most: int = 12) -> str:
    """A list of what was wanted: `one of 'a', 'b'`, or the value itself where there is one."""
    texts = [shown(value) for value in values]
    if len(texts) == 1:
        return texts[0]
    more = f" and {len(texts) - most} more" if len(texts) > most else ""
    return f"one of {', '.join(texts[:most])}{more}"
