"""Every Python name, made in one place.

A name must be a valid identifier, not a keyword, unique in its scope, and the same tomorrow. The form is Python's own:
`snake_case` for functions, arguments and attributes, `CamelCase` for types, `UPPER_CASE` for constants.

    CallSid             call_sid            StatusCallbackEvent  status_callback_event
    from                from_               2xxCount             n2xx_count
    StartTime<          start_time_lt       (an overlay's `x-ringback-name` says it better)
    in-progress         IN_PROGRESS         +1                   PLUS_1
    größe               größe               (NFKC first, as Python itself reads identifiers)

Two wire names that come out the same are told apart by a number. Which of them gets it depends on the wire names alone,
never on their order in the document: the one that comes first in sorted order keeps the plain name. So reordering
a document renames nothing. Where a lock of names is there, what it lists keeps its name, and only the others are
told apart (`lock.py`).
"""

from __future__ import annotations

import builtins
import keyword
import re
import unicodedata
from collections.abc import Collection, Iterable
from functools import cache

from ringback.plan.ledger import current

TYPE_NAMES = frozenset(
    {"str", "int", "float", "bool", "bytes", "list", "dict", "object", "tuple", "set", "type"}
)
"""Builtins that annotations print: an attribute of this name would hide them."""

_SYMBOLS = {
    "<": "lt",
    ">": "gt",
    "=": "eq",
    "+": "plus",
    "*": "star",
    "&": "and",
    "%": "percent",
    "#": "hash",
    "@": "at",
    "!": "not",
    "$": "dollar",
    "~": "tilde",
    "^": "caret",
    "|": "or",
}
_SYMBOL = re.compile(f"[{re.escape(''.join(_SYMBOLS))}]")
_WORD = re.compile(r"[A-Z]+(?=[A-Z][a-z])|[A-Z]?[^\W\d_A-Z]+|[A-Z]+|[0-9]+")
_ACRONYMS = frozenset(
    {"sid", "id", "url", "uri", "uuid", "api", "sip", "http", "ip", "iban", "vat"}
)


def words(text: str) -> list[str]:
    """The words of a wire name, in lower case: `StatusCallbackURL` gives status, callback, url."""
    return list(_words(text))


@cache
def _words(text: str) -> tuple[str, ...]:
    """The same name stands in a document in many places, and each is looked at several times."""
    spelled = text if text.isascii() else unicodedata.normalize("NFKC", text)
    if _SYMBOL.search(spelled):
        spelled = "".join(f" {_SYMBOLS[c]} " if c in _SYMBOLS else c for c in spelled)
    found = [word.lower() for word in _WORD.findall(spelled)]
    return tuple(word for word in found if word.isascii() or _is_identifier_text(word))


def _is_identifier_text(word: str) -> bool:
    return ("_" + unicodedata.normalize("NFKC", word)).isidentifier()


@cache
def snake(text: str, *, fallback: str = "value") -> str:
    """A name for an argument or attribute."""
    return _safe("_".join(_joined(words(text))) or fallback, digit="n")


def _joined(parts: list[str]) -> list[str]:
    """Words with digits kept at the word before them, or after if they are first: `version2`, `2xx`."""
    result: list[str] = []
    for part in parts:
        digits = part[0].isdigit()
        if result and (
            (digits and not result[-1][-1].isdigit()) or (result[-1].isdigit() and not digits)
        ):
            result[-1] += part
        else:
            result.append(part)
    return result


@cache
def camel(text: str, *, fallback: str = "Value") -> str:
    """A name for a type. Capitals inside a word of the wire name are kept as words."""
    return _safe(
        "".join(word[:1].upper() + word[1:] for word in words(text)) or fallback, digit="N"
    )


def upper(text: str, *, fallback: str = "EMPTY") -> str:
    """A name for a constant or an enum's member."""
    return _safe("_".join(words(text)).upper() or fallback, digit="N")


def _safe(name: str, *, digit: str) -> str:
    if name[0].isdigit():
        name = digit + name
    if keyword.iskeyword(name) or name in ("None", "True", "False"):
        return name + "_"
    return name


def phrase(name: str) -> str:
    """A type's name as people say it: `CallSid` gives "call SID"."""
    return " ".join(word.upper() if word in _ACRONYMS else word for word in words(name))


def singular(text: str) -> str:
    """The singular of an English plural, by the commonest rules: `Queries` gives Query."""
    if text.endswith("ies") and len(text) > 4:
        return text[:-3] + "y"
    if re.search(r"(ss|us|is)$", text) or not text.endswith("s"):
        return text
    return text[:-2] if re.search(r"(x|ch|sh|ss)es$", text) else text[:-1]


def assign(
    wanted: Iterable[tuple[str, str]],
    reserved: Iterable[str] = (),
    *,
    scope: str = "",
    chosen: Collection[str] = (),
) -> dict[str, str]:
    """Give each key of a scope its name: pairs of key and wanted name in, key to name out.

    Injective whatever the wanted names are, and independent of the order of the pairs. A `scope` with a name is kept
    in the lock of names: its keys are called what they were called before. `chosen` are the keys whose names the
    document's author wrote down.
    """
    pairs = list(wanted)
    taken = set(reserved)
    ledger = current() if scope else None
    if ledger is not None:
        taken |= ledger.set_aside(scope, pairs, chosen)
    result = ledger.kept(scope, pairs, taken, chosen) if ledger is not None else {}
    kept = frozenset(result)
    taken.update(result.values())
    _give([(key, name) for key, name in pairs if key not in kept], taken, result)
    if ledger is not None:
        ledger.note(scope, pairs, result, kept)
    return result


def _give(wanted: list[tuple[str, str]], taken: set[str], result: dict[str, str]) -> None:
    groups: dict[str, list[str]] = {}
    for key, name in wanted:
        groups.setdefault(unicodedata.normalize("NFKC", name), []).append(key)
    later: list[tuple[str, str]] = []
    for name in sorted(groups):
        first, *rest = sorted(set(groups[name]))
        if name in taken:
            later.append((name, first))
        else:
            taken.add(name)
            result[first] = name
        later.extend((name, key) for key in rest)
    for name, key in later:
        result[key] = _next(name, taken)
        taken.add(result[key])


def _next(name: str, taken: set[str]) -> str:
    plain = name.rstrip("_")
    if (
        name == plain
        and name + "_" not in taken
        and (name in TYPE_NAMES or hasattr(builtins, name))
    ):
        return name + "_"
    number = 2
    while f"{plain}_{number}" in taken:
        number += 1
    return f"{plain}_{number}"
