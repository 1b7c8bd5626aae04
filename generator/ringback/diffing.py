"""The command `diff`: from its words to two documents, and from their changes to a text and an exit status."""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
from collections.abc import Callable, Iterable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Final

from ringback.keeping import kept_names
from ringback.outputs import write_whole
from ringback.revisions import Revision, RevisionError, has, inside, is_revision, lay_out, revision
from ringback.usage import UsageError

if TYPE_CHECKING:
    from ringback.diff import Change, Comparison, Entry
    from ringback.openapi import Document
    from ringback.plan import NamesLock
    from ringback.settings import Settings
    from ringback.source import Diagnostic, Location

OK: Final = 0
FOUND: Final = 1


@dataclass(frozen=True, slots=True)
class Version:
    """One of the two documents: a file of this machine (`at` is None), or of a revision.

    `path` is as the command line has it for a file, and a path of the repository for a revision.
    """

    path: str
    at: Revision | None = None

    @property
    def shown(self) -> str:
        """What it is called in messages."""
        return self.path if self.at is None else self.at.shown(self.path)

    @property
    def real(self) -> str:
        """Where it stands, or would stand, on this machine."""
        return os.path.realpath(self.path if self.at is None else self.at.root / self.path)


# -- what is compared


def versions(words: Sequence[str], settings: Settings) -> tuple[Version, Version]:
    """The two documents that the words mean. Raises UsageError and RevisionError."""
    if len(words) > 3:
        raise UsageError(f"diff takes two documents, not {len(words)}: see ringback diff --help")
    if len(words) == 3:
        folder = _folder(words[2])
        return _then(words[0], words[2], folder), _then(words[1], words[2], folder)
    if len(words) == 2:
        return _two(words[0], words[1], settings)
    if os.path.isfile(words[0]):
        raise UsageError(
            f"compare {words[0]} with what? Name a second file, or put a revision before it"
        )
    return _range(words[0] if ".." in words[0] else f"{words[0]}..", _document(settings))


def _two(old: str, new: str, settings: Settings) -> tuple[Version, Version]:
    """Two files, a revision and a file, or two revisions of the settings' document."""
    if ".." in old and ":" not in old and not os.path.exists(old):
        return _range(old, new)
    before, after = _is_name(old, new), _is_name(new, old)
    if before and after:
        folder = _folder(settings.document or "x")
        names = _commit(old, folder), _commit(new, folder)
        document = _document(settings)
        return _then(names[0], document, folder), _then(names[1], document, folder)
    if before and os.path.exists(new):
        return _then(_commit(old, _folder(new)), new, _folder(new)), Version(new)
    if before:
        raise UsageError(f"there is no file {new} to compare with {old}")
    if after and os.path.exists(old):
        raise UsageError(f"{new} is no file; a revision comes first: ringback diff {new} {old}")
    return _version(old), _version(new)


def _is_name(word: str, other: str) -> bool:
    """Whether a word names a revision: by its looks (`HEAD`, `v1.2`, `feature/calls`), or because there is one."""
    if ":" in word or os.path.exists(word):
        return False
    document = Path(word).suffix.lower() in (".yaml", ".yml", ".json")
    return not document or is_revision(word, _folder(other))


def _commit(name: str, folder: Path) -> str:
    """The name, where it is one of a revision. Raises UsageError where it is none, and no file either."""
    try:
        revision(name, folder)
    except RevisionError as error:
        raise UsageError(f"{name} is no file, and {error}") from None
    return name


def _range(words: str, document: str) -> tuple[Version, Version]:
    """`A..B`, and `A..` for what stands in the working tree."""
    before, _, after = words.partition("..")
    folder = _folder(document)
    old = _then(before or "HEAD", document, folder)
    return old, _then(after, document, folder) if after else Version(document)


def _then(name: str, path: str, folder: Path) -> Version:
    at = revision(name, folder)
    return Version(inside(path, at), at)


def _version(word: str) -> Version:
    """A file, or `REV:path`; a path that begins with a dot is relative to the current folder, as in git."""
    name, colon, path = word.partition(":")
    if not colon or os.path.exists(word):
        return Version(word)
    at = revision(name, Path.cwd())
    return Version(inside(path, at) if path.startswith(".") else path.lstrip("/"), at)


def _folder(path: str) -> Path:
    """The nearest folder around a file that is there: the file may be gone from the working tree."""
    folder = Path(path).resolve().parent
    while not folder.is_dir():
        folder = folder.parent
    return folder


def _document(settings: Settings) -> str:
    if settings.document is None:
        raise UsageError(
            "which document? Name one, or set document under [tool.ringback] in pyproject.toml"
        )
    return settings.document


# -- how it is read


class _Reader:
    """Reads versions; what git has is laid out in a folder that is gone afterwards."""

    def __init__(self, options: argparse.Namespace, settings: Settings, folder: Path) -> None:
        self._options = options
        self._settings = settings
        self._folder = folder
        self._names: dict[str, str] = {}  # beginnings of paths -> what they are called

    def document(self, version: Version, overlays: Iterable[Version]) -> Document:
        """A document with its overlays. Raises DocumentError and RevisionError."""
        from ringback.openapi import parse
        from ringback.source import DocumentError, load

        settings = self._settings
        allowed = (*settings.allowed, *(self._options.allow_ref or ()))
        try:
            tree = load(
                self._place(version), [self._place(one) for one in overlays],
                limits=settings.limits, allowed=allowed,
            )  # fmt: skip
            return parse(tree, second=False)[0]
        except DocumentError as error:
            raise DocumentError([self._called(one) for one in error.diagnostics]) from None

    def _place(self, version: Version) -> str:
        if version.at is None:
            return version.path
        folder = self._folder / version.at.commit
        self._names[f"{folder}{os.sep}"] = f"{version.at.name}:"
        return str(lay_out(version.at, version.path, folder, self._settings.limits.bytes))

    def _called(self, one: Diagnostic) -> Diagnostic:
        return replace(one, location=self._located(one.location), message=self._text(one.message))

    def named(self, change: Change) -> Change:
        """A change whose places are called as a person would call them."""
        old, new = change.old, change.new
        return replace(change, old=old and self._located(old), new=new and self._located(new))

    def _located(self, location: Location) -> Location:
        return replace(location, file=self._text(location.file))

    def _text(self, text: str) -> str:
        for place, name in self._names.items():
            text = text.replace(place, name)
        return text


def _overlays(
    options: argparse.Namespace, settings: Settings, version: Version, own: list[str] | None,
    whole: bool,
) -> list[Version]:  # fmt: skip
    """The overlays of one side. Those of the settings count where both sides are the settings' document (`whole`)."""
    given = own or options.overlay
    if given:
        return [_version(one) for one in given]
    if options.no_overlay or not whole:
        return []
    if version.at is None:
        return [Version(one) for one in settings.overlays]
    return [Version(one, version.at) for one in _then_overlays(settings, version.at)]


def _then_overlays(settings: Settings, at: Revision) -> list[str]:
    """The overlays of the settings that the revision has; where it has settings of its own, those that they name."""
    from ringback.settings import read_settings

    file = next((one / "pyproject.toml" for one in (Path.cwd(), *Path.cwd().parents)
                 if (one / "pyproject.toml").is_file()), None)  # fmt: skip
    with tempfile.TemporaryDirectory(prefix="ringback-") as name:
        folder = Path(name).resolve()
        if file is not None and has(at, path := inside(str(file), at)):
            then = read_settings(lay_out(at, path, folder, 0).parent)
            within = [Path(one).resolve() for one in then.overlays]
            if then.document and Path(then.document).resolve().is_relative_to(folder):
                return [one.relative_to(folder).as_posix() for one in within]
        paths = (inside(one, at) for one in settings.overlays)
        return [one for one in paths if has(at, one)]


# -- the command


def _silent(_: str) -> None:
    """No progress is shown."""


def diff(
    options: argparse.Namespace, settings: Settings, progress: Callable[[str], None] = _silent,
    today: date | None = None,
) -> int:  # fmt: skip
    """`ringback diff`; gives the exit status. Raises UsageError, and DocumentError."""
    from ringback.diff import Audience, Comparison, FailOn, agreed, fails, in_order

    if options.no_overlay and (options.overlay or options.old_overlay or options.new_overlay):
        raise UsageError("--overlay and --no-overlay exclude each other")
    entries = _entries(options.accept)
    try:
        sides = versions(options.words, settings)
        names, changes = _compared(options, settings, sides, progress)
    except RevisionError as error:
        raise UsageError(str(error)) from None
    finally:
        progress("")
    audience = Audience(options.audience)
    sorted_ = agreed(changes, entries, today or date.today())
    new = sides[1]
    comparison = Comparison(
        names[0], names[1], audience, in_order(sorted_.open, audience), sorted_.accepted,
        sorted_.notices, file=new.path, revision=new.at.shown("") if new.at else "",
    )  # fmt: skip
    failed = fails(comparison, FailOn(options.fail_on))
    _show(options, comparison, failed)
    return FOUND if failed else OK


def _entries(file: str | None) -> tuple[Entry, ...]:
    from ringback.diff import PYTHON_RULES, WIRE_RULES, read_accepted
    from ringback.source import DocumentError

    if file is None:
        return ()
    try:
        return read_accepted(file, (*WIRE_RULES, *PYTHON_RULES))
    except DocumentError as error:
        said = "\n".join(f"{one.location}: {one.message}" for one in error.diagnostics)
        raise UsageError(f"the accept file is at fault\n{said}") from None


def _compared(
    options: argparse.Namespace, settings: Settings, sides: tuple[Version, Version],
    progress: Callable[[str], None],
) -> tuple[list[str], list[Change]]:  # fmt: skip
    """The names of the two documents, and what changes."""
    from ringback.diff import compare, compare_python
    from ringback.source import collector_paused

    before, after = sides
    real = settings.document and os.path.realpath(settings.document)
    whole = before.real == after.real == real
    if not whole:
        settings = settings.for_document("")
    with ExitStack() as stack:
        stack.enter_context(collector_paused())
        folder = stack.enter_context(tempfile.TemporaryDirectory(prefix="ringback-"))
        reader = _Reader(options, settings, Path(folder).resolve())
        overlays = [
            _overlays(options, settings, version, own, whole)
            for version, own in ((before, options.old_overlay), (after, options.new_overlay))
        ]
        progress("reading")
        old = reader.document(before, overlays[0])
        new = reader.document(after, overlays[1])
        progress("comparing")
        found = compare(old, new)
        progress("planning")
        found += compare_python(old, new, lock=_lock(settings))
        names = [_called(one, over) for one, over in zip(sides, overlays, strict=True)]
        return names, [reader.named(one) for one in found]


def _lock(settings: Settings) -> NamesLock:
    """The names that the generated package has, where the settings say where it is."""
    from ringback.plan import UNLOCKED

    return kept_names(Path(settings.output)).lock if settings.output else UNLOCKED


def _called(version: Version, overlays: list[Version]) -> str:
    return " with ".join(
        [version.shown, *([", ".join(one.shown for one in overlays)] if overlays else [])]
    )


# -- what is shown


def _show(options: argparse.Namespace, comparison: Comparison, failed: bool) -> None:
    from ringback.diff import as_github, as_json, as_markdown, lines

    makers: dict[str, Callable[[], str]] = {
        "json": lambda: as_json(comparison, failed=failed),
        "markdown": lambda: as_markdown(comparison),
        "github": lambda: "".join(f"{line}\n" for line in as_github(comparison)),
        "text": lambda: "".join(
            "".join(text for text, _ in line).rstrip() + "\n" for line in lines(comparison)
        ),
    }
    if options.output:
        try:
            write_whole(options.output, makers[options.format]())
        except OSError as error:
            raise UsageError(f"cannot write {options.output}: {error.strerror}") from None
        *_, last = lines(comparison)
        print("".join(text for text, _ in last))
    elif options.format == "text" and sys.stdout.isatty():
        _coloured(comparison)
    else:
        sys.stdout.write(makers[options.format]())


def _coloured(comparison: Comparison) -> None:
    from rich.console import Console
    from rich.text import Text

    from ringback.diff import lines

    console = Console(highlight=False, soft_wrap=True)
    for line in lines(comparison):
        console.print(Text.assemble(*line))
