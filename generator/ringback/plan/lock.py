"""The names that users already use, kept from one generation to the next.

A name depends on its neighbours: two properties that come out the same are told apart by a number, an enum is called
after all the places where it stands. So something new can take the plain name of something old. The lock is a file beside the
manifest that says what everything was called; what it lists keeps its name for as long as the document has it, and only
what is new makes way.

The lock is a mapping of scopes: `attributes Call` maps wire names to the attributes of `Call`, `methods Calls` maps
operations to the methods of a group, `types` maps places to the types of models.py. Beside them stand the former names of
what was renamed, by scope: each is printed as a deprecated alias for as long as it is listed. Names come from the file
into Python, and a file can be edited: one that is no plain public identifier is refused.
"""

from __future__ import annotations

import json
import keyword
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

_quoted: Final = json.encoder.encode_basestring_ascii  # what json.dumps does with a string

_FORMAT: Final = 1
_ABOUT: Final = (
    "What ringback called everything, so that nothing is renamed when the document is reordered or grows. "
    "Commit it. A line that is removed is decided anew."
)


class LockFault(Exception):
    """The text is no lock of names: says why."""


@dataclass(frozen=True, slots=True)
class Former:
    """Whose name a former name was: the key in its scope, and the document's version with which it goes ("" for none)."""

    key: str
    until: str = ""


@dataclass(frozen=True, slots=True)
class NamesLock:
    """What each thing is called, by scope and by its key there; what it was called, by scope and former name."""

    scopes: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    former: Mapping[str, Mapping[str, Former]] = field(default_factory=dict)

    def text(self) -> str:
        """The lock as a file: JSON, sorted, a line for each name, so that two changes can be merged."""
        lines = ["{", f' "about": {json.dumps(_ABOUT)},', f' "format": {_FORMAT},', ' "names": {']
        scopes = [(scope, names) for scope, names in sorted(self.scopes.items()) if names]
        told = [_scope_text(scope, names) for scope, names in scopes]
        named = "\n".join([*lines, ",\n".join(told), " }"])
        kept = [(scope, names) for scope, names in sorted(self.former.items()) if names]
        if not kept:
            return named + "\n}\n"
        former = ",\n".join(_former_text(scope, names) for scope, names in kept)
        return f'{named},\n "former": {{\n{former}\n }}\n}}\n'


UNLOCKED: Final = NamesLock()
"""The lock of a document that is generated for the first time."""


def _scope_text(scope: str, names: Mapping[str, str]) -> str:
    rows = [f"   {_quoted(key)}: {_quoted(name)}" for key, name in sorted(names.items())]
    return f"  {_quoted(scope)}: {{\n" + ",\n".join(rows) + "\n  }"


def _former_text(scope: str, names: Mapping[str, Former]) -> str:
    rows = []
    for name, one in sorted(names.items()):
        until = f', "until": {_quoted(one.until)}' if one.until else ""
        rows.append(f'   {_quoted(name)}: {{"key": {_quoted(one.key)}{until}}}')
    return f"  {_quoted(scope)}: {{\n" + ",\n".join(rows) + "\n  }"


def read_lock(text: str) -> NamesLock:
    """The lock that a text holds. Raises LockFault where it holds none."""
    try:
        raw = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise LockFault(f"it is no JSON: {error}") from None
    if not isinstance(raw, dict) or raw.get("format") != _FORMAT:
        raise LockFault(f'it does not say "format": {_FORMAT}')
    scopes = raw.get("names")
    if not isinstance(scopes, dict):
        raise LockFault('it has no "names"')
    former = raw.get("former", {})
    if not isinstance(former, dict):
        raise LockFault('"former" is no mapping')
    return NamesLock(
        {scope: _checked(scope, names) for scope, names in scopes.items()},
        {scope: _checked_former(scope, names) for scope, names in former.items()},
    )


def _checked(scope: str, names: Any) -> dict[str, str]:
    if not isinstance(names, dict):
        raise LockFault(f"{scope!r} is no mapping of names")
    owners: dict[str, str] = {}
    for key, name in names.items():
        if not isinstance(name, str) or not is_public(name):
            raise LockFault(f"{name!r}, for {key!r} in {scope!r}, is no name that Python can have")
        if name in owners:
            raise LockFault(f"{scope!r} calls both {owners[name]!r} and {key!r} {name!r}")
        owners[name] = key
    return names


def _checked_former(scope: str, names: Any) -> dict[str, Former]:
    if not isinstance(names, dict):
        raise LockFault(f"the former names of {scope!r} are no mapping")
    found = {}
    for name, one in names.items():
        if not is_public(name):
            raise LockFault(
                f"the former name {name!r} in {scope!r} is no name that Python can have"
            )
        if not isinstance(one, dict) or not isinstance(one.get("key"), str):
            raise LockFault(f'the former name {name!r} in {scope!r} has no "key"')
        until = one.get("until", "")
        if not isinstance(until, str):
            raise LockFault(f'"until" of the former name {name!r} in {scope!r} is no text')
        found[name] = Former(one["key"], until)
    return found


def is_public(name: str) -> bool:
    """Whether something may be called so: a plain identifier, no keyword, nothing private."""
    plain = name.isidentifier() and unicodedata.is_normalized("NFKC", name)
    return plain and not name.startswith("_") and not keyword.iskeyword(name)
