"""Regular expressions of a document (ECMA 262): whether a text fits one, and texts that do.

Fitting is asked of jsonschema-rs, as it is for whole answers, so that a value drawn here is judged by the same engine.
Drawing reads the expression with Python's own parser, which knows nearly all of ECMA's syntax, and tries again where
the engine disagrees. Anchors cost nothing; look-arounds are left to luck.
"""

from __future__ import annotations

import re
import string
from functools import lru_cache
from importlib import import_module
from random import Random
from typing import Any, Final

import jsonschema_rs

_PARSER: Final[Any] = import_module("re._parser")  # what `re` itself reads patterns with
_LIMIT: Final = 12  # how often something is repeated that may be repeated for ever
_LONG: Final = (
    4096  # the same where a long text is wanted, but not for what is repeated inside of that
)
_ALPHABET: Final = string.ascii_letters + string.digits
_CLASSES: Final = {
    "CATEGORY_DIGIT": string.digits,
    "CATEGORY_WORD": _ALPHABET + "_",
    "CATEGORY_SPACE": " ",
    "CATEGORY_NOT_DIGIT": string.ascii_letters,
    "CATEGORY_NOT_WORD": "-.",
    "CATEGORY_NOT_SPACE": _ALPHABET,
}
_PRINTABLE: Final = "".join(map(chr, range(0x20, 0x7F)))


@lru_cache(maxsize=4096)
def is_known(pattern: str) -> bool:
    """Whether the engine can read the expression; one that it cannot is held by nobody."""
    return _validator(pattern) is not None


@lru_cache(maxsize=4096)
def _validator(pattern: str) -> Any:
    try:
        return jsonschema_rs.Draft202012Validator({"pattern": pattern}, offline=True)
    except (jsonschema_rs.ValidationError, ValueError):
        return None


def fits(pattern: str, text: str) -> bool:
    """Whether the expression is found in the text; True for an expression that the engine cannot read."""
    validator = _validator(pattern)
    if validator is None or validator.is_valid(text):
        return True
    return any(type(error.kind).__name__ != "Pattern" for error in validator.iter_errors(text))


def draw(pattern: str, rng: Random, *, shortest: int = 0, longest: int | None = None) -> str | None:
    """A text that fits, None where none was found; of `shortest` to `longest` characters where these are given."""
    parsed = _parsed(pattern)
    if parsed is None:
        return None
    often = min(2 * shortest, _LONG if longest is None else longest, _LONG)
    for attempt in range(30):
        text = _sequence(parsed, rng, max(often, _LIMIT if attempt < 10 else 2))
        right = len(text) >= shortest and (longest is None or len(text) <= longest)
        if right and fits(pattern, text):
            return text
    return None


@lru_cache(maxsize=4096)
def _parsed(pattern: str) -> Any:
    try:
        with_python = re.sub(r"\(\?<(?![=!])", "(?P<", pattern).replace(r"\/", "/")
        return _PARSER.parse(with_python)
    except (re.error, OverflowError, RecursionError, ValueError):
        return None


def _sequence(parsed: Any, rng: Random, limit: int) -> str:
    return "".join(_piece(str(op), given, rng, limit) for op, given in parsed)


def _piece(op: str, given: Any, rng: Random, limit: int) -> str:
    if op == "LITERAL":
        return chr(given)
    if op == "IN":
        return rng.choice(_members(given))
    if op == "ANY":
        return rng.choice(_ALPHABET)
    if op == "NOT_LITERAL":
        return rng.choice([char for char in _ALPHABET if ord(char) != given])
    if op in ("MAX_REPEAT", "MIN_REPEAT", "POSSESSIVE_REPEAT"):
        low, high, inner = given
        most = max(low, min(int(high), low + limit))
        return "".join(
            _sequence(inner, rng, min(limit, _LIMIT)) for _ in range(rng.randint(low, most))
        )
    if op == "SUBPATTERN":
        return _sequence(given[-1], rng, limit)
    if op == "ATOMIC_GROUP":
        return _sequence(given, rng, limit)
    if op == "BRANCH":
        return _sequence(rng.choice(given[1]), rng, limit)
    return ""  # anchors and look-arounds: the engine has the last word


def _members(given: Any) -> str:
    """The characters of a class, of which one is drawn; never empty."""
    found: list[str] = []
    negated = False
    for op, value in given:
        name = str(op)
        if name == "NEGATE":
            negated = True
        elif name == "LITERAL":
            found.append(chr(value))
        elif name == "RANGE":
            found.extend(map(chr, range(value[0], min(value[1], value[0] + 127) + 1)))
        elif name == "CATEGORY":
            found.extend(_CLASSES.get(str(value), _ALPHABET))
    if negated:
        rest = [char for char in _ALPHABET + "-_ ." if char not in found]
        return "".join(rest) or "".join(c for c in _PRINTABLE if c not in found) or "\u00e9"
    return "".join(found) or "x"
