"""`ringback doctor`: what is installed, and whether the settings find everything that they name.

It is asked when something is wrong, so it stands on the standard library as far as it can: a library that is missing is a line
of the report and no traceback.
"""

from __future__ import annotations

import json
import os
import platform
import re
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from importlib import metadata
from pathlib import Path
from typing import Any, Final

NAME: Final = "ringback"
_PROGRAMS: Final = {
    "git": "compares revisions of a document",
    "mypy": "checks programs that use the bindings",
    "pyright": "checks programs that use the bindings",
}
OK, ABSENT, WRONG = "ok", "absent", "wrong"
"""A row is fine; says that something is not there which nobody needs; or is why the exit status is 1."""


@dataclass(frozen=True, slots=True)
class Row:
    """One thing that was looked at. `what` groups rows: python, ringback, library, extra, program, settings."""

    what: str
    name: str
    status: str
    found: str = ""
    wanted: str = ""
    advice: str = ""


def examine(folder: Path) -> tuple[Row, ...]:
    """Everything there is to say of this installation, and of the settings that count in a folder."""
    wanted = _requirements()
    extras = tuple(_extras(wanted))
    return (
        _python(wanted),
        _ringback(),
        *(_library(one) for one in wanted.base),
        *extras,
        *_programs(),
        *_settings(folder, {one.name: one for one in extras}),
    )


def failed(rows: tuple[Row, ...]) -> bool:
    """Whether something is missing that is needed."""
    return any(one.status == WRONG for one in rows)


# -- what the distribution asks for


@dataclass(frozen=True, slots=True)
class _Wanted:
    """The requirements of the distribution as it states them, those of the extras apart."""

    python: str
    base: tuple[str, ...]
    extras: dict[str, tuple[str, ...]]


def _requirements() -> _Wanted:
    """From the metadata of what is installed, or from the pyproject.toml of the checkout that is running."""
    checkout = Path(__file__).parents[2] / "pyproject.toml"
    if Path(__file__).parents[1].name == "generator" and checkout.is_file():
        project = tomllib.loads(checkout.read_text(encoding="utf-8"))["project"]
        stated = {name: tuple(one) for name, one in project["optional-dependencies"].items()}
        return _Wanted(project["requires-python"], tuple(project["dependencies"]), stated)
    try:
        told = metadata.metadata(NAME)
    except metadata.PackageNotFoundError:
        return _Wanted("", (), {})
    extras = dict.fromkeys(told.get_all("Provides-Extra") or (), tuple[str, ...]())
    base: list[str] = []
    for line in metadata.requires(NAME) or ():
        text, _, marker = line.partition(";")
        extra = re.search(r"extra\s*==\s*[\"']([^\"']+)", marker)
        if extra is None:
            base.append(line)
        else:
            extras[extra[1]] = (*extras.get(extra[1], ()), text.strip())
    python = (told.get_all("Requires-Python") or [""])[0]
    return _Wanted(python, tuple(base), extras)


def _python(wanted: _Wanted) -> Row:
    version = platform.python_version()
    fine = _fits(wanted.python, version)
    advice = "" if fine else f"ringback needs Python {wanted.python}"
    status = OK if fine else WRONG
    return Row("python", platform.python_implementation(), status, version, wanted.python, advice)


def _ringback() -> Row:
    from ringback import __version__

    return Row(NAME, NAME, OK, __version__, "", str(Path(__file__).parent))


def _library(requirement: str) -> Row:
    """One requirement: whether it is installed, in a version that will do."""
    name, specifier = _parted(requirement)
    try:
        version = metadata.version(name)
    except metadata.PackageNotFoundError:
        return Row("library", name, WRONG, "", specifier, f"pip install '{name}{specifier}'")
    if _fits(specifier, version):
        return Row("library", name, OK, version, specifier)
    return Row("library", name, WRONG, version, specifier, f"pip install '{name}{specifier}'")


def _parted(requirement: str) -> tuple[str, str]:
    """A requirement's name and its versions: `uvicorn[standard]>=0.40` gives uvicorn and >=0.40."""
    found = re.match(r"\s*([\w.-]+)\s*(?:\[[^\]]*\])?\s*\(?([^;)]*)", requirement)
    return (found[1], found[2].strip()) if found else (requirement, "")


def _fits(specifier: str, version: str) -> bool:
    """Whether a version will do. Without the library that knows versions everything does."""
    try:
        from packaging.specifiers import InvalidSpecifier, SpecifierSet
    except ImportError:
        return True
    try:
        return SpecifierSet(specifier).contains(version, prereleases=True)
    except InvalidSpecifier:
        return True


def _extras(wanted: _Wanted) -> Iterator[Row]:
    for extra in sorted(wanted.extras):
        missing = [one for one in _flat(wanted, extra, set()) if one.status == WRONG]
        if not missing:
            yield Row("extra", extra, OK)
            continue
        lacks = ", ".join(f"{one.name} {one.found}".strip() for one in missing)
        yield Row("extra", extra, ABSENT, lacks, "", f"pip install '{NAME}[{extra}]'")


def _flat(wanted: _Wanted, extra: str, seen: set[str]) -> Iterator[Row]:
    """The libraries of an extra, and of the extras that it names."""
    if extra in seen:
        return
    seen.add(extra)
    for requirement in wanted.extras.get(extra, ()):
        if _parted(requirement)[0] != NAME:
            yield _library(requirement)
            continue
        for inner in re.findall(r"[\w-]+", requirement.partition("[")[2].partition("]")[0]):
            yield from _flat(wanted, inner, seen)


# -- beside it


def _programs() -> Iterator[Row]:
    for name, purpose in _PROGRAMS.items():
        path = shutil.which(name)
        if path is None:
            yield Row("program", name, ABSENT, "", "", purpose)
        else:
            yield Row("program", name, OK, _version_of(path), "", purpose)


def _version_of(program: str) -> str:
    """What a program says of its version; nothing where it does not say it at once."""
    try:
        done = subprocess.run(
            [program, "--version"], capture_output=True, text=True, timeout=10, check=False,
            stdin=subprocess.DEVNULL,
        )  # fmt: skip
    except (OSError, subprocess.SubprocessError):
        return ""
    found = re.search(r"\d+(\.\d+)+", done.stdout)
    return found[0] if found else ""


def _settings(folder: Path, extras: dict[str, Row]) -> Iterator[Row]:
    try:
        from ringback.settings import SettingsError, read_settings
    except ImportError as error:
        yield Row("settings", "pyproject.toml", WRONG, "", "", f"cannot be read: {error}")
        return
    before = Path.cwd()
    try:
        os.chdir(folder)
        told = read_settings(folder)
    except SettingsError as error:
        yield Row("settings", "pyproject.toml", WRONG, "", "", str(error))
        return
    finally:
        os.chdir(before)
    if told.document is None and told.output is None:
        yield Row("settings", "pyproject.toml", ABSENT, "", "", "no [tool.ringback]: ringback init")
        return
    named = [("document", told.document), *(("overlay", one) for one in told.overlays)]
    named += [("templates", told.templates)]
    for what, path in named:
        if path is not None:
            there = (folder / path).exists()
            advice = "" if there else f"there is no {path}"
            yield Row("settings", what, OK if there else WRONG, path, "", advice)
    if told.output is not None:
        made = (folder / told.output / ".ringback.json").is_file()
        advice = "" if made else "nothing was generated there yet: ringback generate"
        yield Row("settings", "output", OK if made else ABSENT, told.output, "", advice)
    if told.test and "test" in extras:
        fine = extras["test"].status == OK
        advice = "" if fine else extras["test"].advice
        yield Row("settings", "test", OK if fine else WRONG, "", "the extra test", advice)


# -- what is shown


def shown(rows: tuple[Row, ...], form: str) -> str:
    """The report as text or as JSON."""
    if form == "json":
        told: dict[str, Any] = {"ok": not failed(rows), "rows": [asdict(one) for one in rows]}
        return json.dumps(told, indent=2, ensure_ascii=False) + "\n"
    lines: list[str] = []
    heads = {
        "library": "libraries",
        "extra": "extras",
        "program": "programs",
        "settings": "settings",
    }
    before = ""
    for one in rows:
        if one.what != before and one.what in heads:
            lines.append(f"{heads[one.what]}:")
        before = one.what
        lines.append(_line(one, "  " if one.what in heads else ""))
    wrong = [one for one in rows if one.status == WRONG]
    verdict = "all that is needed is there" if not wrong else f"{len(wrong)} missing or too old"
    return "\n".join([*lines, verdict]) + "\n"


def _line(row: Row, indent: str) -> str:
    mark = {OK: "ok", ABSENT: "--", WRONG: "!!"}[row.status]
    found = row.found or ("" if row.status == OK else "missing" if row.what != "settings" else "")
    if row.what == "extra" and row.status == ABSENT:
        found = f"lacks {row.found}"
    wanted = f"(wanted {row.wanted})" if row.wanted and row.status == WRONG else ""
    if row.what == "program":
        advice = f"({row.advice})"
    else:
        advice = f"- {row.advice}" if row.advice else ""
    name = f"{row.name:<22}" if row.what != NAME else f"{NAME:<24}"
    name = f"{row.name:<24}" if row.what == "python" else name
    return " ".join(filter(None, (f"{indent}{mark}", name, found, wanted, advice))).rstrip()


def main(form: str) -> int:
    """Print the report; gives the exit status."""
    rows = examine(Path.cwd())
    sys.stdout.write(shown(rows, form))
    return 1 if failed(rows) else 0
