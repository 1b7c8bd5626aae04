"""The program: a document goes through the rooms.

    tree = source.load(...)          text     -> tree
    document = openapi.parse(tree)   tree     -> Document
    drawn = plan.draw(document)      Document -> Plan
    files = emit.render(plan)        Plan     -> files
    emit.write(files)

The rest of this page is what surrounds the walk: recognising that nothing has changed, and saying what happened.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ringback.keeping import LockUnreadable, kept_names, names_file
from ringback.settings import SettingsError
from ringback.source import Diagnostic, Limits, Location, Severity, collector_paused, is_url
from ringback.standing import in_the_way, no_longer_alone, out_of_date
from ringback.usage import UsageError, package_fault

if TYPE_CHECKING:
    from ringback.emit import Change, GeneratedFile, Manifest
    from ringback.openapi import Document
    from ringback.vocabulary import Vocabulary


@dataclass(frozen=True, slots=True)
class Job:
    """What to generate, from what, and how. Paths are as the caller wrote them."""

    document: str
    overlays: tuple[str, ...]
    output: str
    package: str
    check: bool = False
    force: bool = False
    standalone: bool = False
    templates: str | None = None
    vocabulary: str | None = None
    limits: Limits = field(default_factory=Limits)
    allowed: tuple[str, ...] = ()  # where references may lead besides the document's folder
    strict: bool = False

    paging: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)  # as the settings have it
    formats: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a run did. `exit_code` is the process's: 0 all made, 1 nothing written, 3 something left out.

    `diagnostics` are of the document, `files` of what stands in the package's folder.
    `material` keeps what the package was made of in memory: to take a large document apart takes its time.
    """

    diagnostics: tuple[Diagnostic, ...] = ()
    exit_code: int = 0
    written: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    unchanged: int = 0
    difference: str = ""
    files: tuple[Diagnostic, ...] = ()
    material: object = field(default=None, repr=False, compare=False)


class ConfigurationError(UsageError):
    """The call, not the document, is at fault: exit code 2."""


def _ignore(_: str) -> None:
    """No progress is shown."""


_TRIES = 5  # as often may other runs write to the folder while this one is at work


def generate(job: Job, progress: Callable[[str], None] = _ignore) -> Outcome:
    """Generate the package of a job. Raises DocumentError, ConfigurationError and SettingsError."""
    _checked(job)
    from ringback.emit import Overtaken

    for _ in range(_TRIES):
        with contextlib.suppress(Overtaken):
            return _generated(job, progress)
    raise ConfigurationError(f"{job.output}: other runs keep writing to this folder")


def _generated(job: Job, progress: Callable[[str], None]) -> Outcome:
    """One try. Raises Overtaken where another run wrote to the folder meanwhile."""
    before = None if job.check else _unchanged(job, Path(job.output))
    if before is not None:
        return before
    with collector_paused():
        return _walked(job, progress)


def _walked(job: Job, progress: Callable[[str], None]) -> Outcome:
    """Through the first two rooms; the second judge works beside the others."""
    progress("reading")
    from ringback import openapi, source

    tree = source.load(job.document, job.overlays, limits=job.limits, allowed=job.allowed)
    progress("judging")
    document, warnings = openapi.parse(tree, second=False, formats=job.formats)
    second = openapi.judge_again(document, warnings)
    try:
        return _made(job, document, warnings, second, progress)
    finally:
        second()


def _made(
    job: Job,
    document: Document,
    warnings: tuple[Diagnostic, ...],
    second: Callable[[], tuple[Diagnostic, ...]],
    progress: Callable[[str], None],
) -> Outcome:
    """From a document to files; the second judge is heard before anything is written."""
    progress("planning")
    from ringback import emit, plan
    from ringback.source import DocumentError

    folder = Path(job.output)
    try:
        if not job.check:
            emit.complete(folder)
        # Before all else that another run may change: who sees this manifest again has seen all of it.
        manifest = emit.read_manifest(folder)
        names = kept_names(folder)
        words = _vocabulary(job)
        choices = plan.choices_of(job.paging, job.formats)
        drawn = plan.draw(document, job.package, names.lock, choices=choices)
        progress("printing")
        overrides = Path(job.templates) if job.templates else None
        known = {} if job.check else emit.known_texts(folder, manifest, emit.formatter())
        made = replace(drawn.plan, markup=plan.draw_markup(words)) if words else drawn.plan
        files = emit.render(made, known=known, overrides=overrides, standalone=job.standalone)
        files = (*files, names_file(drawn.lock))
        found = (*warnings, *second(), *drawn.warnings, *drawn.skipped)
        if job.strict and found:
            raise DocumentError([replace(one, severity=Severity.ERROR) for one in found])
        coming = emit.manifest_of(files, emit.formatter())
        progress("writing")
        change = emit.compare(folder, files, names.own(manifest))
        outcome = _settled(job, folder, files, coming, manifest, change, found, bool(drawn.skipped))
        if outcome.exit_code != 1 and not job.check:
            named = 1 + len(job.overlays)
            read = document.tree.inputs
            read = (*read[:named], *(words.inputs if words else ()), *read[named:])
            _remember(job, folder, read, outcome)
        return replace(outcome, material=(drawn, files))
    except (emit.Obstacle, emit.TemplateFault, LockUnreadable) as error:
        raise ConfigurationError(str(error)) from None
    except plan.ChoiceFault as error:
        raise SettingsError(str(error)) from None


def _vocabulary(job: Job) -> Vocabulary | None:
    """The vocabulary of a job, where it has one."""
    if job.vocabulary is None:
        return None
    from ringback import plan, vocabulary

    words = vocabulary.read(job.vocabulary, limits=job.limits)
    if words.module in plan.MODULES:
        raise ConfigurationError(
            f"{job.vocabulary}: module is {words.module!r}, and the package has a module of that name"
        )
    return words


def _settled(
    job: Job, folder: Path, files: tuple[GeneratedFile, ...], coming: Manifest, earlier: Manifest,
    change: Change, found: tuple[Diagnostic, ...], skipped: bool,
) -> Outcome:  # fmt: skip
    """Say what differs from the disk, or write it where that is wanted and allowed."""
    from ringback import emit

    diagnostics = tuple(sorted(found))
    texts = {one.path: one.text for one in files}
    if job.check:
        text = emit.difference(folder, files, change)
        unsettled = emit.unsettled(folder, coming)
        told = out_of_date(folder, texts, change, unsettled=unsettled)
        if not job.standalone and "pyproject.toml" in change.remove:
            told = (no_longer_alone(job.output), *told)
        return Outcome(
            diagnostics, 1 if told else 3 if skipped else 0, change.write, change.remove,
            len(change.unchanged), text, told,
        )  # fmt: skip
    if (change.edited or change.foreign) and not job.force:
        emit.check_alone(folder, earlier)
        told = in_the_way(folder, texts, change)
        return Outcome(diagnostics, 1, unchanged=len(change.unchanged), files=told)
    emit.write(folder, files, change, coming, earlier, force=job.force)
    written = tuple(sorted({*change.write, *change.edited, *change.foreign}))
    return Outcome(diagnostics, 3 if skipped else 0, written, change.remove, len(change.unchanged))


def _checked(job: Job) -> None:
    if Path(job.output).is_file():
        raise ConfigurationError(f"{job.output} is a file; --output names the package's folder")
    if fault := package_fault(job.package):
        raise ConfigurationError(fault)
    if job.templates is not None and not Path(job.templates).is_dir():
        raise ConfigurationError(f"{job.templates} is no folder of templates")


# -- nothing has changed


def _unchanged(job: Job, folder: Path) -> Outcome | None:
    """The outcome where the same inputs made what is on the disk: without reading any of them as a document."""
    from ringback import emit

    try:
        memory = emit.remembered(folder)
        if not memory or (folder / emit.NEXT).exists():
            return None
        if not all(os.path.isfile(name) for name in _named(job)):
            return None  # what comes by a pipe comes once
        told = json.loads(memory)
        if told["inputs"] != _inputs(job, _hashed(job, told["files"])):
            return None
        if told["found"] and told["names"] != _names(job):
            return None  # the findings speak of the files by other names
        manifest = emit.read_manifest(folder)
        for name, entry in manifest.files.items():
            if emit.digest((folder / name).read_bytes()) != entry.sha256:
                return None
        found = tuple(_diagnostic(one) for one in told["found"])
        return Outcome(found, told["exit"], unchanged=len(manifest.files))
    except (OSError, ValueError, KeyError, TypeError, emit.Obstacle):
        return None


def _remember(
    job: Job, folder: Path, inputs: tuple[tuple[str, str], ...], outcome: Outcome
) -> None:
    """Remember what the files were made from, and what there was to say about it."""
    from ringback import emit

    files = [name for name, _ in inputs[len(_named(job)) :]]
    if any(is_url(name) for name in files):
        return  # nobody knows whether it has changed without fetching it
    told = {
        "inputs": _inputs(job, inputs),
        "files": files,
        "names": _names(job),
        "exit": outcome.exit_code,
        "found": [asdict(one) for one in outcome.diagnostics],
    }
    emit.remember(folder, json.dumps(told))


def _names(job: Job) -> list[str]:
    return [os.getcwd(), job.document, *job.overlays]


def _diagnostic(told: dict[str, Any]) -> Diagnostic:
    place = Location(**told.pop("location"))
    return Diagnostic(place, severity=Severity(told.pop("severity")), **told)


def _named(job: Job) -> tuple[str, ...]:
    """The files that a job names; those that they refer to come after them."""
    return (job.document, *job.overlays, *([job.vocabulary] if job.vocabulary else []))


def _hashed(job: Job, files: list[str]) -> tuple[tuple[str, str], ...]:
    names = (*_named(job), *files)
    return tuple((name, hashlib.sha256(Path(name).read_bytes()).hexdigest()) for name in names)


def _inputs(job: Job, inputs: tuple[tuple[str, str], ...]) -> str:
    """The digest of everything that decides the output: documents, settings, templates, our own code.

    It holds no path, so that it is the same from another folder and on another machine.
    """
    from ringback import emit

    told = hashlib.sha256()
    for text in (
        job.package,
        str(job.standalone),
        str(job.limits),
        str(job.allowed),
        str(job.strict),
        _told(job.paging),
        _told(job.formats),
        emit.formatter(),
        *(one for _, one in inputs),
    ):
        told.update(text.encode() + b"\0")
    package = Path(__file__).parent
    folders = [(package, "*.py"), (_templates(), "*.j2")]
    if job.templates:
        folders.append((Path(job.templates), "*"))
    for folder, pattern in folders:
        for path in sorted(
            one for one in folder.rglob(pattern) if one.is_file() and "__pycache__" not in one.parts
        ):
            told.update(path.relative_to(folder).as_posix().encode() + b"\0")
            told.update(path.read_bytes())
    return told.hexdigest()


def _told(choices: Mapping[str, Mapping[str, Any]]) -> str:
    """What the settings say, without the places where they say it."""
    told = {name: {key: two for key, two in one.items() if key != "place"} for name, one in choices.items()}  # fmt: skip
    return json.dumps(told, sort_keys=True)


def _templates() -> Path:
    from ringback.emit import templates_dir

    return templates_dir()


def stamps(job: Job) -> dict[Path, tuple[int, int]]:
    """Time and size of every file that `--watch` looks at: whether one changed while we were at work."""
    found = {}
    for path in watched(job):
        for one in path.rglob("*") if path.is_dir() else (path,):
            with contextlib.suppress(OSError):
                state = one.stat()
                found[one] = (state.st_mtime_ns, state.st_size)
    return found


def watched(job: Job) -> tuple[Path, ...]:
    """What `--watch` looks at: the document, its overlays, the other files that it referred to, the templates."""
    from ringback import emit

    named = [*map(Path, _named(job)), _templates()]
    memory = emit.remembered(Path(job.output))
    if memory:
        named += map(Path, json.loads(memory)["files"])
    return tuple(named + ([Path(job.templates)] if job.templates else []))
