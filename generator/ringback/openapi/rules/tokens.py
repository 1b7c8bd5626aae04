"""`x-ringback-tokens` says how tokens are made that the bindings sign: what it says has to be whole, or nothing can be."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, Final

from ringback.source import Diagnostic, Path

from .finding import Context

_KEY: Final = "x-ringback-tokens"
_KEYS: Final = (
    "name", "description", "algorithm", "header", "issuer", "subject", "secret", "lifetime", "within", "identity",
    "grants",
)  # fmt: skip
_PARTY: Final = ("name", "env", "pattern")
_GRANT: Final = ("claim", "name", "description", "values")
_VALUE: Final = ("name", "at", "type", "pattern", "description")
_TYPES: Final = ("string", "boolean", "integer", "object")
_ALGORITHMS: Final = ("HS256", "HS384", "HS512")


def token_shape(context: Context) -> Iterator[Diagnostic]:
    """What `x-ringback-tokens` says is what it can say."""
    tokens = context.tree.root.get(_KEY)
    if tokens is None:
        return
    for path, message in _faults(tokens, (_KEY,)):
        yield context.error(path, "token-shape", message)


_Fault = tuple[Path, str]


def _faults(tokens: Any, path: Path) -> Iterator[_Fault]:
    if not isinstance(tokens, dict):
        yield path, f"{_KEY} is an object"
        return
    yield from _strangers(tokens, path, _KEYS)
    yield from _texts(tokens, path, ("name", "description", "within", "identity"))
    if tokens.get("algorithm", "HS256") not in _ALGORITHMS:
        yield (*path, "algorithm"), f"algorithm is one of {', '.join(_ALGORITHMS)}"
    header = tokens.get("header", {})
    if not isinstance(header, dict) or not all(isinstance(one, str) for one in header.values()):
        yield (*path, "header"), "header is an object of texts"
    for key in ("issuer", "subject", "secret"):
        if key in tokens or key != "subject":
            yield from _party(tokens.get(key), (*path, key))
    yield from _lifetime(tokens.get("lifetime", {}), (*path, "lifetime"))
    grants = tokens.get("grants")
    if not isinstance(grants, list) or not grants:
        yield (*path, "grants"), "grants is a list with at least one grant"
        return
    for index, grant in enumerate(grants):
        yield from _grant(grant, (*path, "grants", index))


def _party(party: Any, path: Path) -> Iterator[_Fault]:
    if not isinstance(party, dict) or not isinstance(party.get("name"), str):
        yield path, f"{path[-1]} is an object with the name of an argument"
        return
    yield from _strangers(party, path, _PARTY)
    yield from _texts(party, path, ("env",))
    yield from _pattern(party, path)


def _lifetime(lifetime: Any, path: Path) -> Iterator[_Fault]:
    given = lifetime if isinstance(lifetime, dict) else {"?": lifetime}
    right = all(type(value) is int and value > 0 for value in given.values())
    if not right or not set(given) <= {"default", "most"}:
        yield path, "lifetime is an object with default and most, in seconds above 0"
    elif given.get("default", 1) > given.get("most", given.get("default", 1)):
        yield path, "the default lifetime is longer than the longest"


def _grant(grant: Any, path: Path) -> Iterator[_Fault]:
    if not isinstance(grant, dict) or not isinstance(grant.get("claim"), str):
        yield path, "a grant is an object with claim, its key in the token"
        return
    yield from _strangers(grant, path, _GRANT)
    yield from _texts(grant, path, ("name", "description"))
    values = grant.get("values", [])
    if not isinstance(values, list):
        yield (*path, "values"), "values is a list"
        return
    for index, value in enumerate(values):
        yield from _value(value, (*path, "values", index))


def _value(value: Any, path: Path) -> Iterator[_Fault]:
    if not isinstance(value, dict) or not isinstance(value.get("name"), str):
        yield path, "a value of a grant is an object with the name of an argument"
        return
    yield from _strangers(value, path, _VALUE)
    yield from _texts(value, path, ("description",))
    at = value.get("at", ["?"])
    if not isinstance(at, list) or not at or not all(isinstance(one, str) for one in at):
        yield (*path, "at"), "at is a list of keys that lead to the value"
    if value.get("type", "string") not in _TYPES:
        yield (*path, "type"), f"type is one of {', '.join(_TYPES)}"
    yield from _pattern(value, path)


def _pattern(node: dict[str, Any], path: Path) -> Iterator[_Fault]:
    try:
        re.compile(node.get("pattern", ""))
    except (re.error, TypeError, OverflowError, RecursionError) as error:
        yield (*path, "pattern"), f"{node['pattern']!r} is no regular expression: {error}"


def _texts(node: dict[str, Any], path: Path, keys: tuple[str, ...]) -> Iterator[_Fault]:
    for key in keys:
        if not isinstance(node.get(key, ""), str):
            yield (*path, key), f"{key} is text"


def _strangers(node: dict[str, Any], path: Path, known: tuple[str, ...]) -> Iterator[_Fault]:
    for key in node:
        if key not in known:
            yield (*path, key), f"there is no key {key!r} here; the keys are {', '.join(known)}"
