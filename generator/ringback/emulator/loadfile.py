"""The shape of a file for `--load`, and its judge: every finding has file, line and column."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Callable, Mapping
from difflib import get_close_matches
from typing import Any, Final, TypeAlias, get_type_hints

import msgspec

from ringback.emulator.callee import KEYS, checked
from ringback.emulator.faults import plan_of
from ringback.emulator.settings import Settings, problem
from ringback.emulator.urls import acceptable
from ringback.source import Diagnostic, DocumentError, Path, Tree, load

BEHAVIOUR_NUMBER: Final = "number"
"""The key of a behaviour that is no part of it: whose it is, as a pattern."""

Judge: TypeAlias = Callable[["_Judge", Any, Path], None]


def read(file: str) -> dict[str, Any]:
    """The content of a file, checked. Raises DocumentError with all findings."""
    tree = load(file)
    judge = _Judge(tree)
    judge.mapping(tree.root, (), _TOP)
    if judge.found:
        raise DocumentError(judge.found)
    return dict(tree.root)


class _Judge:
    def __init__(self, tree: Tree) -> None:
        self._tree = tree
        self._once: dict[str, Path] = {}
        self.found: list[Diagnostic] = []

    def fault(self, path: Path, code: str, message: str, *, key: bool = False) -> None:
        self.found.append(Diagnostic(self._tree.locate(path, key=key), code, message))

    def mapping(
        self, value: Any, path: Path, keys: dict[str, Judge], required: tuple[str, ...] = ()
    ) -> None:
        """A mapping with known keys, each judged."""
        if not isinstance(value, dict):
            self.fault(path, "load-value", f"expected a mapping, found {_shown(value)}")
            return
        for key, item in value.items():
            if key in keys:
                keys[key](self, item, (*path, key))
                continue
            close = get_close_matches(str(key), keys, 1)
            hint = f"did you mean {close[0]}?" if close else f"there are {', '.join(keys)}"
            self.fault((*path, key), "load-key", f"there is no {key!r} here; {hint}", key=True)
        for key in required:
            if key not in value:
                self.fault(path, "load-missing", f"{key} is missing")

    def sid(self, value: Any, path: Path, prefix: str) -> None:
        """A SID of a kind, which nothing else has."""
        if not isinstance(value, str) or not re.fullmatch(prefix + "[0-9a-f]{32}", value):
            wanted = f"{prefix} and 32 hexadecimal digits in lower case"
            self.fault(path, "load-value", f"expected {wanted}, found {_shown(value)}")
        else:
            self.once(value, path)

    def once(self, value: str, path: Path) -> None:
        """Something that stands in one place only."""
        first = self._once.setdefault(value, path)
        if first is not path:
            self.fault(path, "load-duplicate", f"{value} is already at {self._tree.locate(first)}")


def _shown(value: Any) -> str:
    if value is None:
        return "nothing"
    if isinstance(value, (dict, list)):
        return "a mapping" if isinstance(value, dict) else "a list"
    return repr(value)[:80]


# -- judges of single values


def _sid(prefix: str) -> Judge:
    return lambda judge, value, path: judge.sid(value, path, prefix)


def _such(wanted: str, fits: Callable[[Any], bool]) -> Judge:
    def judged(judge: _Judge, value: Any, path: Path) -> None:
        if not fits(value):
            judge.fault(path, "load-value", f"expected {wanted}, found {_shown(value)}")

    return judged


def _own_number(judge: _Judge, value: Any, path: Path) -> None:
    _NUMBER(judge, value, path)
    if _is_number(value):
        judge.once(value, path)


def _is_number(value: Any) -> bool:
    return isinstance(value, str) and re.fullmatch(r"\+[1-9][0-9]{5,14}", value) is not None


def _is_rate(value: Any) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool) and 0 < value <= 10_000


def _one_of(*names: str) -> Judge:
    return _such(f"one of {', '.join(names)}", lambda value: value in names)


_TEXT: Final = _such("a text", lambda value: isinstance(value, str) and value != "")
_BOOL: Final = _such("true or false", lambda value: isinstance(value, bool))
_RATE: Final = _such("a number of calls per second above 0", _is_rate)
_NUMBER: Final = _such('a number in quotes such as "+15005550006"', _is_number)
_METHOD: Final = _one_of("GET", "POST")
_URL: Final = _such(
    "an absolute http or https address",
    lambda value: isinstance(value, str) and acceptable(value, local=True),
)


def _list_of(one: Judge) -> Judge:
    def judged(judge: _Judge, value: Any, path: Path) -> None:
        if value is None:
            return
        if not isinstance(value, list):
            judge.fault(path, "load-value", f"expected a list, found {_shown(value)}")
            return
        for index, item in enumerate(value):
            one(judge, item, (*path, index))

    return judged


def _object(keys: dict[str, Judge], *required: str) -> Judge:
    return lambda judge, value, path: judge.mapping(value, path, keys, required)


def _caller(judge: _Judge, value: Any, path: Path) -> None:
    if isinstance(value, dict):
        judge.mapping(value, path, {"sid": _sid("PN"), "number": _NUMBER}, ("number",))
    else:
        _NUMBER(judge, value, path)


def _behaviour(judge: _Judge, value: Any, path: Path) -> None:
    anything: dict[str, Judge] = dict.fromkeys(KEYS, _free)
    judge.mapping(value, path, {BEHAVIOUR_NUMBER: _TEXT, **anything}, (BEHAVIOUR_NUMBER,))
    if not isinstance(value, dict):
        return
    for key, item in value.items():
        if key not in KEYS:
            continue
        try:
            checked({key: item})
        except ValueError as error:
            judge.fault((*path, key), "load-value", str(error))


def _free(judge: _Judge, value: Any, path: Path) -> None:
    """What another judge looks at."""


_VOICE: Final[dict[str, Judge]] = {
    "voice_url": _URL,
    "voice_method": _METHOD,
    "fallback_url": _URL,
    "fallback_method": _METHOD,
    "status_callback": _URL,
    "status_callback_method": _METHOD,
}
_ACCOUNT: Final[dict[str, Judge]] = {
    "sid": _sid("AC"),
    "auth_token": _TEXT,
    "friendly_name": _TEXT,
    "status": _one_of("active", "suspended", "closed"),
    "calls_per_second": _RATE,
    "test": _BOOL,
    "keys": _list_of(_object({"sid": _sid("SK"), "secret": _TEXT}, "sid", "secret")),
    "numbers": _list_of(
        _object(
            {"sid": _sid("PN"), "number": _own_number, "application": _TEXT, **_VOICE}, "number"
        )
    ),
    "callers": _list_of(_caller),
    "applications": _list_of(_object({"sid": _sid("AP"), "friendly_name": _TEXT, **_VOICE})),
    "behaviours": _list_of(_behaviour),
}


def _account(keys: dict[str, Judge]) -> Judge:
    def judged(judge: _Judge, value: Any, path: Path) -> None:
        judge.mapping(value, path, keys)
        for index, number in enumerate(_rows(value, "numbers")):
            named = number.get("application")
            if named is not None and named not in known_applications(value):
                where = (*path, "numbers", index, "application")
                message = f"the account has no application {named!r}: say its SID or friendly_name"
                judge.fault(where, "load-value", message)

    return judged


def known_applications(account: Any) -> list[Any]:
    """By what the applications of an account can be named: their SIDs and friendly names."""
    rows = _rows(account, "applications")
    return [one[key] for one in rows for key in ("sid", "friendly_name") if one.get(key)]


def _rows(value: Any, key: str) -> list[dict[str, Any]]:
    rows = value.get(key) if isinstance(value, dict) else None
    return [one for one in rows if isinstance(one, dict)] if isinstance(rows, list) else []


_SUBACCOUNT: Final = _account(dict(_ACCOUNT))
_HINTS: Final = get_type_hints(Settings)


def _setting(name: str) -> Judge:
    def judged(judge: _Judge, value: Any, path: Path) -> None:
        try:
            found = msgspec.convert(value, _HINTS[name])
        except msgspec.ValidationError as error:
            judge.fault(path, "load-value", f"{name}: {str(error)[:1].lower()}{str(error)[1:]}")
            return
        why = problem(name, found)
        if why:
            judge.fault(path, "load-value", f"{name}: {why}")
        if name == "fault":
            _plan(judge, value, path)

    return judged


def _plan(judge: _Judge, value: str, path: Path) -> None:
    try:
        plan_of(value)
    except ValueError as error:
        judge.fault(path, "load-value", str(error))


def settings_of(given: Mapping[str, Any]) -> dict[str, Any]:
    """The settings of a file that was read, each in the type of its field."""
    stated = given.get("settings") or {}
    return {name: msgspec.convert(value, _HINTS[name]) for name, value in stated.items()}


_TOP: Final[dict[str, Judge]] = {
    "settings": _object({one.name: _setting(one.name) for one in dataclasses.fields(Settings)}),
    "accounts": _list_of(_account({**_ACCOUNT, "subaccounts": _list_of(_SUBACCOUNT)})),
    "behaviours": _list_of(_behaviour),
}
