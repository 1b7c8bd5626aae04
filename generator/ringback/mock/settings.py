"""What inference cannot know: settings of a mock, and the extension `x-ringback-mock` that says the same in a document."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from ringback.openapi import Operation

EXTENSION: Final = "x-ringback-mock"
ROLES: Final = ("create", "list", "fetch", "merge", "replace", "delete", "none")
INITIAL: Final = 2


class Unusable(Exception):
    """The mock cannot be made as it is asked for; the message says why."""


@dataclass(frozen=True, slots=True)
class Said:
    """What somebody says of one operation. None is what is not said."""

    resource: str | None = None
    role: str | None = None
    identifier: str | None = None
    rows: str | None = None
    item: str | None = None


@dataclass(frozen=True, slots=True)
class Settings:
    """Of one mock. `resources` and `operations` are by resource name and by label ("POST /pets").

    `credentials` are those that are believed ("user:password", or a token); where there are none, any are. `initial` is how
    many items there are of what nobody created. `data` are rows to begin with, by resource name.
    """

    seed: int = 0
    credentials: tuple[str, ...] = ()
    initial: int = INITIAL
    data: Mapping[str, tuple[Mapping[str, Any], ...]] = field(default_factory=dict)
    operations: Mapping[str, Said] = field(default_factory=dict)
    lifecycles: Mapping[str, Mapping[str, tuple[str, ...]]] = field(default_factory=dict)

    @staticmethod
    def of(given: Mapping[str, Any], folder: Path = Path()) -> Settings:
        """From a table such as `[tool.ringback.mock]`; files are relative to `folder`. Raises Unusable."""
        _known(
            given, ("seed", "credentials", "initial", "data", "operations", "lifecycles"), "mock"
        )
        seed, initial = given.get("seed", 0), given.get("initial", INITIAL)
        if type(seed) is not int:
            raise Unusable(f"mock.seed is {seed!r}; it is a whole number")
        if type(initial) is not int or not 0 <= initial <= 1000:
            raise Unusable(f"mock.initial is {initial!r}; it is a whole number from 0 to 1000")
        credentials = given.get("credentials", [])
        if not isinstance(credentials, list) or not all(
            isinstance(one, str) and one for one in credentials
        ):
            raise Unusable("mock.credentials is a list of texts: user:password, or a token")
        data = given.get("data", {})
        if isinstance(data, str):
            data = _file(folder / data)
        return Settings(
            seed,
            tuple(credentials),
            initial,
            _rows(data),
            {
                label: _said(one, f"mock.operations.{label}")
                for label, one in _table(given, "operations")
            },
            {
                name: _steps(one, f"mock.lifecycles.{name}")
                for name, one in _table(given, "lifecycles")
            },
        )

    def of_operation(self, label: str, operation: Operation) -> Said:
        """What is said of an operation: by the settings, else by the document. Raises Unusable."""
        if label in self.operations:
            return self.operations[label]
        given = operation.extensions.get(EXTENSION)
        return Said() if given is None else _said(given, f"{EXTENSION} of {label}")


def _file(path: Path) -> Any:
    try:
        return json.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError) as error:
        why = error.strerror if isinstance(error, OSError) else "it is not UTF-8"
        raise Unusable(f"{path}: cannot be read: {why}") from None
    except json.JSONDecodeError as error:
        place = f"{path}:{error.lineno}:{error.colno}"
        raise Unusable(f"{place}: this is no JSON: {error.msg}") from None
    except (ValueError, RecursionError) as error:
        raise Unusable(f"{path}: this is no JSON: {error}") from None


def _rows(data: Any) -> dict[str, tuple[Mapping[str, Any], ...]]:
    if not isinstance(data, dict):
        raise Unusable("mock.data is a file, or a table of rows by resource name")
    for name, rows in data.items():
        if not isinstance(rows, list) or not all(isinstance(one, dict) for one in rows):
            raise Unusable(f"mock.data: {name} is no list of objects")
    return {name: tuple(rows) for name, rows in data.items()}


def _said(given: Any, where: str) -> Said:
    if not isinstance(given, Mapping):
        raise Unusable(f"{where} is no table")
    _known(given, ("resource", "role", "identifier", "rows", "item"), where)
    for name, value in given.items():
        if not isinstance(value, str):
            raise Unusable(f"{where}: {name} is {value!r}; it is a text")
    role = given.get("role")
    if role is not None and role not in ROLES:
        raise Unusable(f"{where}: role is {role!r}; it is one of {', '.join(ROLES)}")
    return Said(**given)


def _steps(given: Any, where: str) -> dict[str, tuple[str, ...]]:
    if not isinstance(given, Mapping) or not all(isinstance(one, list) for one in given.values()):
        raise Unusable(f"{where} is a table of states, each with a list of those that may follow")
    return {str(name): tuple(map(str, after)) for name, after in given.items()}


def _table(given: Mapping[str, Any], name: str) -> Any:
    found = given.get(name, {})
    if not isinstance(found, Mapping):
        raise Unusable(f"mock.{name} is no table")
    return found.items()


def _known(given: Mapping[str, Any], names: tuple[str, ...], where: str) -> None:
    for name in given:
        if name not in names:
            raise Unusable(
                f"{where}: there is no setting {name!r}; the settings are {', '.join(names)}"
            )
