"""`[tool.ringback]` in pyproject.toml.

The settings describe one document: what to apply to it, and where its bindings go. So they count only where that
document is meant; another document named on the command line gets none of its overlays, output or package.
"""

from __future__ import annotations

import os
import re
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from pathlib import Path
from typing import Any, Final

from ringback.choosing import format_of, paging_of
from ringback.source import MAXIMUM_DEPTH, Limits, Tree, is_url, load

_KEYS: Final = (
    "document", "overlays", "allow-refs", "strict", "output", "package", "standalone", "templates",
    "vocabulary", "limits",
    "test", "mock", "paging", "formats",
)  # fmt: skip
_TEST: Final = {
    "values": (dict, "a table of names and what to send for them"),
    "costs": (dict, "a table of operations and what a request to them costs"),
    "lifecycles": (dict, "a table of places and which states follow which"),
    "ignore": (list, "a list of codes of findings"),
    "timeout": (float, "a number of seconds above 0"),
    "patience": (float, "a number of seconds above 0"),
    "callback-url": (str, "the address under which the tested side reaches this machine"),
}
"""The settings of `ringback test`: what they are, and what is said where they are something else."""
_MOCK: Final = ("seed", "credentials", "initial", "data", "operations", "lifecycles")
"""The settings of `ringback mock`; what they are, the mock says itself."""
_LIMITS: Final = ("bytes", "depth", "nodes", "files", "variants", "checks")


class SettingsError(Exception):
    """The settings are at fault; the message begins with the place."""


@dataclass(frozen=True, slots=True)
class Settings:
    """What pyproject.toml says; paths are relative to the current folder."""

    document: str | None = None
    overlays: tuple[str, ...] = ()
    allowed: tuple[str, ...] = ()  # folders, files, beginnings of URLs that references may lead to
    strict: bool = False
    output: str | None = None
    package: str | None = None
    standalone: bool = False  # the package is published by itself
    templates: str | None = None
    vocabulary: str | None = None  # the words of a markup language that the bindings build
    limits: Limits = field(default_factory=Limits)
    test: Mapping[str, Any] = field(default_factory=dict)
    mock: Mapping[str, Any] = field(default_factory=dict)
    paging: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)  # by operation
    formats: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)

    def load(self) -> Tree:
        """The document with its overlays. Raises DocumentError."""
        return load(self.document or "", self.overlays, limits=self.limits, allowed=self.allowed)

    def for_document(self, document: str) -> Settings:
        """These settings if they describe `document`, else only what belongs to no document."""
        if self.document is not None and os.path.realpath(self.document) == os.path.realpath(
            document
        ):
            return self
        return Settings(strict=self.strict, templates=self.templates, limits=self.limits)


def read_settings(start: Path) -> Settings:
    """The settings of the nearest pyproject.toml, from `start` upwards, that has a [tool.ringback] table.

    Raises SettingsError where that file cannot be read, or says something that is no setting.
    """
    for folder in (start, *start.parents):
        file = folder / "pyproject.toml"
        if file.is_file():
            text = _text(file)
            table = _table(file, text)
            if table is not None:
                return _Reader(file, text, table).settings()
    return Settings()


def _text(file: Path) -> str:
    try:
        return file.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        why = error.strerror if isinstance(error, OSError) else error
        raise SettingsError(f"{_shown(file)}:1:1: error: cannot read the file: {why}") from None


def _table(file: Path, text: str) -> Any:
    try:
        return tomllib.loads(text).get("tool", {}).get("ringback")
    except (tomllib.TOMLDecodeError, AttributeError) as error:
        place = re.search(r"at line (\d+), column (\d+)", str(error))
        line, column = place.groups() if place else ("1", "1")
        raise SettingsError(f"{_shown(file)}:{line}:{column}: error: {error}") from None


@dataclass(frozen=True, slots=True)
class _Reader:
    file: Path
    text: str
    table: Any

    def settings(self) -> Settings:
        if not isinstance(self.table, dict):
            raise self.wrong("", "[tool.ringback] is a table")
        self.known(self.table, _KEYS)
        overlays = self.value("overlays", _texts, "a list of files") or []
        allowed = self.value("allow-refs", _texts, "a list of folders, files and URLs") or []
        return Settings(
            document=self.path(self.value("document", _is_text, "a file")),
            overlays=tuple(self.beside(overlay) for overlay in overlays),
            allowed=tuple(one if is_url(one) else self.beside(one) for one in allowed),
            strict=self.value("strict", _is_flag, "true or false") is True,
            output=self.path(self.value("output", _is_text, "a folder")),
            package=self.value("package", _is_text, "a name"),
            standalone=self.value("standalone", _is_flag, "true or false") is True,
            templates=self.path(self.value("templates", _is_text, "a folder")),
            vocabulary=self.path(self.value("vocabulary", _is_text, "a file")),
            limits=self.limits(
                self.value("limits", lambda value: isinstance(value, dict), "a table")
            ),
            test=self.test(self.value("test", lambda value: isinstance(value, dict), "a table")),
            mock=self.mock(self.value("mock", lambda value: isinstance(value, dict), "a table")),
            paging=self.choices("paging", paging_of),
            formats=self.choices("formats", format_of),
        )

    def choices(self, name: str, read: Callable[[Any], dict[str, Any]]) -> dict[str, Any]:
        """A table of choices about the document, each with its place."""
        given = self.value(name, lambda value: isinstance(value, dict), "a table") or {}
        found = {}
        for key, value in given.items():
            try:
                found[key] = {**read(value), "place": self.place(key, f"{name}.")}
            except ValueError as error:
                raise SettingsError(
                    f"{self.place(key, f'{name}.')}: error: {name} of {key}: {error}"
                ) from None
        return found

    def place(self, key: str, above: str) -> str:
        """Where a key stands: on a line of its own, or in the name of a table."""
        quoted = rf"(?:\"{re.escape(key)}\"|'{re.escape(key)}'|{re.escape(key)})"
        begin = max(self.text.find("[tool.ringback"), 0)
        pattern = rf"^[ \t]*(?:\[tool\.ringback\.{re.escape(above)}{quoted}\]|{quoted}[ \t]*=)"
        match = re.compile(pattern, re.MULTILINE).search(self.text, begin)
        line = self.text.count("\n", 0, match.start()) + 1 if match else 1
        return f"{_shown(self.file)}:{line}:1"

    def limits(self, table: dict[str, Any] | None) -> Limits:
        given = table or {}
        self.known(given, _LIMITS)
        for key, value in given.items():
            if type(value) is not int or value < 1:
                raise self.wrong(key, f"limits.{key} is {value!r}; it is a whole number above 0")
        if given.get("depth", 1) > MAXIMUM_DEPTH:
            raise self.wrong(
                "depth", f"limits.depth is {given['depth']}; {MAXIMUM_DEPTH} is the most"
            )
        return Limits(**given)

    def test(self, table: dict[str, Any] | None) -> dict[str, Any]:
        given = table or {}
        self.known(given, tuple(_TEST))
        for key, value in given.items():
            wanted, words = _TEST[key]
            table_of = isinstance(value, dict) and key == "costs"
            numbers = table_of and not all(_is_amount(one) for one in value.values())
            texts = key == "ignore" and not _texts(value)
            if numbers or texts or not _is(value, wanted):
                raise self.wrong(key, f"test.{key} is {value!r}; it is {words}")
        return given

    def mock(self, table: dict[str, Any] | None) -> dict[str, Any]:
        given = dict(table or {})
        self.known(given, _MOCK)
        if isinstance(given.get("data"), str):
            given["data"] = self.beside(given["data"])
        return given

    def known(self, table: dict[str, Any], keys: tuple[str, ...]) -> None:
        for key in table:
            if key not in keys:
                close = get_close_matches(key, keys, 1)
                hint = (
                    f"did you mean {close[0]}?" if close else f"the settings are {', '.join(keys)}"
                )
                raise self.wrong(key, f"there is no setting {key!r}; {hint}")

    def value(self, key: str, fits: Callable[[Any], bool], wanted: str) -> Any:
        value = self.table.get(key)
        if value is not None and not fits(value):
            raise self.wrong(key, f"{key} is {value!r}; it names {wanted}")
        return value

    def path(self, value: str | None) -> str | None:
        return None if value is None else self.beside(value)

    def beside(self, value: str) -> str:
        """A path in the settings is relative to their file; here, to the current folder."""
        return os.path.relpath(self.file.parent / value)

    def wrong(self, key: str, message: str) -> SettingsError:
        begin = self.text.find("[tool.ringback")
        pattern = (
            rf"^[ \t]*(?:\"|')?{re.escape(key)}(?:\"|')?[ \t]*=" if key else r"\[tool\.ringback"
        )
        match = re.compile(pattern, re.MULTILINE).search(self.text, max(begin, 0))
        line = self.text.count("\n", 0, match.start()) + 1 if match else 1
        return SettingsError(f"{_shown(self.file)}:{line}:1: error: {message}")


def _is(value: Any, wanted: type) -> bool:
    if wanted is float:
        return _is_amount(value) and value > 0
    return isinstance(value, wanted) and bool(value or wanted is not str)


def _is_amount(value: Any) -> bool:
    return type(value) in (int, float) and 0 <= value < float("inf")


def _is_text(value: Any) -> bool:
    return isinstance(value, str) and bool(value)


def _is_flag(value: Any) -> bool:
    return isinstance(value, bool)


def _texts(value: Any) -> bool:
    return isinstance(value, list) and all(_is_text(item) for item in value)


def _shown(file: Path) -> str:
    return os.path.relpath(file)
