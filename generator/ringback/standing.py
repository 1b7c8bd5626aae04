"""What there is to say of the files in a package's folder: who edited one, which are not ours, which are out of date."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from ringback.source import Diagnostic, Location

if TYPE_CHECKING:
    from ringback.emit import Change

_AGAIN = "run ringback generate, and commit what it writes"


def in_the_way(folder: Path, texts: Mapping[str, str], change: Change) -> tuple[Diagnostic, ...]:
    """The files that a run does not touch, so that nothing is written at all."""
    return tuple(_others(folder, texts, change, "nothing was written; --force overwrites it"))


def out_of_date(
    folder: Path, texts: Mapping[str, str], change: Change, *, unsettled: bool
) -> tuple[Diagnostic, ...]:
    """The files that are not as a run would leave them.

    `texts` are those that would be written, by path. Where no file differs and the list of files itself does
    (`unsettled`), that is what is said.
    """
    from ringback.emit import MANIFEST

    found = list(_others(folder, texts, change, "--force overwrites it"))
    for name in (*change.write, *change.remove):
        there = (folder / name).exists()
        message = "not as the document says" if there else "missing"
        if name not in texts:
            message = "no longer generated"
        place = _differs(folder, name, texts)
        found.append(Diagnostic(place, "outdated-file", message, hint=_AGAIN))
    if unsettled and not found:
        place = Location(str(folder / MANIFEST), 1, 1)
        message = "the list of generated files is not as a run would leave it"
        found.append(Diagnostic(place, "outdated-file", message, hint=_AGAIN))
    return tuple(found)


def no_longer_alone(output: str) -> Diagnostic:
    """The package was published alone, and would not be any more."""
    place = Location(str(Path(output, "pyproject.toml")), 1, 1)
    message = f"{output} was made with --standalone, and this run is without it"
    hint = "say --standalone again, or set standalone = true under [tool.ringback]"
    return Diagnostic(place, "standalone-missing", message, hint=hint)


def _others(
    folder: Path, texts: Mapping[str, str], change: Change, hint: str
) -> Iterator[Diagnostic]:
    """The files that a person wrote, or wrote in."""
    for name in change.edited:
        place = _differs(folder, name, texts)
        yield Diagnostic(place, "edited-file", "edited by hand since it was generated", hint=hint)
    for name in change.foreign:
        place = Location(str(folder / name), 1, 1)
        yield Diagnostic(place, "foreign-file", "not made by ringback", hint=hint)


def _differs(folder: Path, name: str, texts: Mapping[str, str]) -> Location:
    """The first line of a file that is not as it would be written; its beginning where there is none."""
    path = folder / name
    if name not in texts or not path.is_file():
        return Location(str(path), 1, 1)
    there, wanted = path.read_text("utf-8", "replace").splitlines(), texts[name].splitlines()
    pairs = enumerate(zip(there, wanted, strict=False), start=1)
    line = next((number for number, (a, b) in pairs if a != b), min(len(there), len(wanted)) + 1)
    return Location(str(path), max(1, min(line, len(there))), 1)
