"""Names as words: `petId`, `pet_id` and `PetID` are the same three to a tester."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

BARE: Final = frozenset(
    {"id", "sid", "uuid", "guid", "uid", "key", "slug", "identifier", "ident", "handle"}
)
"""Words that say that something is an identifier, and not of what."""

IDENTIFYING: Final = BARE | {"token", "name", "number", "code", "ref"}
"""Words under which an identifier's property may go in its resource."""

_PIECES: Final = re.compile(r"[A-Z]+(?=[A-Z][a-z])|[A-Z]?[a-z]+|[A-Z]+|[0-9]+")


@lru_cache(maxsize=65536)
def words(name: str) -> tuple[str, ...]:
    """The words of a name in lower case: ``CallSid`` gives call, sid; ``IDs`` gives id."""
    found = tuple(piece.lower() for piece in _PIECES.findall(re.sub(r"IDs\b", "Ids", name)))
    return (*found[:-1], "id") if found and found[-1] == "ids" else found


def singular(word: str) -> str:
    """One of many, as English mostly has it: queries gives query, statuses status, calls call."""
    if len(word) > 3 and word.endswith("ies"):
        return word[:-3] + "y"
    if word.endswith(("sses", "shes", "ches", "xes", "uses")):
        return word[:-2]
    if len(word) > 2 and word.endswith("s") and not word.endswith(("ss", "us", "is")):
        return word[:-1]
    return word


def pascal(parts: tuple[str, ...]) -> str:
    """Words as a type's name: CallSid."""
    return "".join(part[:1].upper() + part[1:] for part in parts)
