"""The command line: parses arguments, shows what the rooms say, sets the exit status. Nothing else prints.

Imports stand inside the functions that need them: `ringback --version` in a pre-commit hook should not load a
template engine, and a usage error should be there at once.
"""

from __future__ import annotations

import argparse
import atexit
import errno
import os
import sys
import threading
from collections.abc import Sequence
from io import TextIOWrapper
from pathlib import Path
from typing import TYPE_CHECKING, Final, NoReturn, TextIO

from ringback.arguments import parser
from ringback.common_arguments import STANDARD_INPUT
from ringback.outputs import write_whole
from ringback.usage import UsageError

if TYPE_CHECKING:
    from ringback.pipeline import Job, Outcome
    from ringback.settings import Settings
    from ringback.source import Diagnostic

OK: Final = 0
FAULT: Final = 1
USAGE: Final = 2
INTERNAL: Final = 70
INTERRUPTED: Final = 130
UNREAD: Final = 141
"""What a shell says of a program that SIGPIPE ended: the reader of the output went away."""
_UNWRITABLE: Final = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EIO})
_held: Final[list[object]] = []
"""What the last command made in memory, which is not taken apart before the process ends."""
_OF_OTHERS: Final = frozenset({"test", "replay", "strength", "emulate"})
"""Commands whose status 1 says something of the tested side, or nothing: a document at fault is 2, as nothing was done."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; gives the exit status."""
    # A stream that was closed before we came (`>&-`) is none at all for Python.
    sys.stdout = sys.stdout or open(os.devnull, "w")  # noqa: SIM115  (it lives as long as we do)
    sys.stderr = sys.stderr or open(os.devnull, "w")  # noqa: SIM115
    try:
        status = _run(arguments)
        sys.stdout.flush()
        return status
    except KeyboardInterrupt:
        if sys.stderr.isatty():
            print(file=sys.stderr)  # the prompt begins a line
        return INTERRUPTED
    except BrokenPipeError:
        # The reader has gone (`| head`): nothing to say, and nobody to say it to.
        _forget(sys.stdout)
        return UNREAD
    except SystemExit as stop:
        if isinstance(stop.__context__, BrokenPipeError):  # as rich ends where the reader has gone
            return UNREAD
        raise
    except Exception as error:
        if isinstance(error, OSError) and error.errno in _UNWRITABLE and error.filename is None:
            _forget(sys.stdout)
            _say(f"cannot write standard output: {error.strerror}")
            return USAGE
        if os.environ.get("RINGBACK_DEBUG") == "1":
            raise
        said = " ".join(f"{type(error).__name__}: {error}".split())[:300]
        _say(f"internal error: {said}; please report it (RINGBACK_DEBUG=1 shows where)")
        return INTERNAL


def process() -> NoReturn:
    """The process of the command: `main`, and the end.

    What was read and drawn is not taken apart piece by piece before the end: of a large document that takes longer than
    writing its package.
    """
    status = main()
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()  # what was printed before an interruption or a defect of ours
        except OSError:
            _forget(stream)
    if threading.active_count() > 1:
        raise SystemExit(status)
    atexit._run_exitfuncs()
    os._exit(status)


def _forget(stream: TextIO) -> None:
    """What could not be written is not tried again when the process ends."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


def _run(arguments: Sequence[str] | None) -> int:
    if not (sys.argv[1:] if arguments is None else arguments):
        parser().print_help(sys.stderr)
        return USAGE
    options = parser().parse_args(arguments)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
    if options.command == "doctor":  # says which library is missing: the others need them
        from ringback import doctor

        return doctor.main(options.format)
    from ringback.settings import SettingsError, read_settings
    from ringback.source import DocumentError

    try:
        if options.command in ("init", "completion"):
            return _set_up(options)
        if options.command == "emulate":
            return _emulate(options)
        if options.command in ("explain", "plan"):
            return _look(options, read_settings(Path.cwd()))
        if options.command == "diff":
            return _diff(options, read_settings(Path.cwd()))
        settings = _chosen(options, read_settings(Path.cwd()))
        commands = {
            "validate": _validate,
            "bundle": _bundle,
            "generate": _generate,
            "names": _names,
            "test": _test,
            "replay": _replay,
            "strength": _strength,
            "mock": _mock,
        }
        return commands[options.command](options, settings)
    except SettingsError as error:
        print(error, file=sys.stderr)
    except UsageError as error:
        _say(str(error))
    except DocumentError as error:
        _show(error.diagnostics, "text")
        return USAGE if options.command in _OF_OTHERS else FAULT
    return USAGE


def _set_up(options: argparse.Namespace) -> int:
    """The commands that come before there is a document: none of them reads the settings first."""
    if options.command == "completion":
        from ringback import completion

        sys.stdout.write(completion.script(parser(), options.shell))
        return OK
    from ringback import init

    asked = None if options.yes else init.terminal
    try:
        told = init.init(options, Path.cwd(), asked)
    except OSError as error:
        raise UsageError(f"cannot write {error.filename}: {error.strerror}") from None
    print("\n".join(told))
    return OK


def _chosen(options: argparse.Namespace, settings: Settings) -> Settings:
    """The settings that count for this run: those of the document, with what the command line says instead."""
    from dataclasses import replace

    document = options.document or settings.document
    if document is None:
        raise UsageError(
            "which document? Name one, or set document under [tool.ringback] in pyproject.toml"
        )
    place = STANDARD_INPUT if document == "-" else document
    chosen = replace(settings.for_document(document), document=place)
    if options.overlay:
        chosen = replace(chosen, overlays=tuple(options.overlay))
    if options.no_overlay:
        if options.overlay:
            raise UsageError("--overlay and --no-overlay exclude each other")
        chosen = replace(chosen, overlays=())
    if options.allow_ref:
        chosen = replace(chosen, allowed=(*chosen.allowed, *options.allow_ref))
    return chosen


def _validate(options: argparse.Namespace, settings: Settings) -> int:
    from ringback.openapi import parse
    from ringback.report import count, report
    from ringback.source import DocumentError

    failed = False
    try:
        _, findings = parse(settings.load(), formats=settings.formats)
    except DocumentError as error:
        findings, failed = tuple(error.diagnostics), True
    if settings.vocabulary is not None:
        from ringback import vocabulary

        try:
            vocabulary.read(settings.vocabulary, limits=settings.limits)
        except DocumentError as error:
            findings, failed = (*findings, *error.diagnostics), True
    report(findings, options.format, sys.stdout)
    if options.format == "text":
        if settings.overlays:
            print(f"{settings.document} with {', '.join(settings.overlays)}")
        print(count(findings))
    strict = options.strict or settings.strict
    return FAULT if failed or (strict and findings) else OK


def _look(options: argparse.Namespace, settings: Settings) -> int:
    """Explain a name, or show the plan; `explaining.py` finds the words."""
    from ringback import explaining

    explaining.settle(options)
    name: str | None = getattr(options, "name", None)
    if options.command == "explain" and name is None and not options.coverage:
        raise UsageError("explain what? Give a name, a JSON pointer or FILE:LINE, or --coverage")
    sight = explaining.look(options, _chosen(options, settings))
    if options.command == "plan":
        text = explaining.planned(sight, options.format)
    elif options.coverage:
        text = explaining.covered(sight, options.format)
    else:
        text = explaining.explained(sight, name or "", options.format)
    sys.stdout.write(text)
    return OK


def _diff(options: argparse.Namespace, settings: Settings) -> int:
    """Compare two documents; `diffing.py` finds them, and the words."""
    from ringback.diffing import diff

    return diff(options, settings, _progress)


def _names(options: argparse.Namespace, settings: Settings) -> int:
    """Show the former names, or change the lock of names."""
    from ringback import renaming
    from ringback.keeping import NAMES

    output = options.output or settings.output
    if output is None or not Path(output, NAMES).is_file():
        raise UsageError("there is no lock of names; say --output DIR, and generate the package")
    text, lock = renaming.names(options, settings)
    if lock:
        _written(str(Path(output, NAMES)), lock)
    sys.stdout.write(text)
    if lock:
        print(f"{Path(output, NAMES)} is written; ringback generate prints it", file=sys.stderr)
    return OK


def _bundle(options: argparse.Namespace, settings: Settings) -> int:
    from ringback.openapi import joined
    from ringback.source import dump

    tree = joined(settings.load())
    _show(tree.warnings, "text")
    text = dump(tree, as_json=options.output.endswith(".json"))
    if options.output == "-":
        sys.stdout.write(text)
        return OK
    _written(options.output, text)
    return OK


def _written(file: str, text: str) -> None:
    try:
        write_whole(file, text)
    except OSError as error:
        raise UsageError(f"cannot write {file}: {error.strerror}") from None


def _generate(options: argparse.Namespace, settings: Settings) -> int:
    job = _job(options, settings)
    if not options.watch:
        outcome = _generated(job, options.format)
        _held[:] = [outcome.material]
        return outcome.exit_code
    if options.check:
        raise UsageError("--watch and --check exclude each other")
    from ringback.pipeline import stamps
    from ringback.watch import changes

    while True:
        before = stamps(job)
        _generated(job, options.format)
        if stamps(job) == before:  # else something was saved meanwhile
            changes(job)


def _test(options: argparse.Namespace, settings: Settings) -> int:
    from ringback.testing import test

    return test(options, settings)


def _replay(options: argparse.Namespace, settings: Settings) -> int:
    from ringback.testing import replay

    return replay(options, settings)


def _strength(options: argparse.Namespace, settings: Settings) -> int:
    from ringback.strength import strength

    return strength(options, settings)


def _mock(options: argparse.Namespace, settings: Settings) -> int:
    from ringback.mocking import mock

    return mock(options, settings)


def _emulate(options: argparse.Namespace) -> int:
    """Serve the emulator; it has its documents with it, so that settings of other documents do not count."""
    from ringback.emulator import Options, Unusable, emulate

    chosen = Options(
        host=options.host,
        port=options.port,
        database=options.database,
        clock=options.clock,
        seed=options.seed,
        account_sid=options.account_sid,
        auth_token=options.auth_token,
        load=options.load,
        literal=options.literal,
        page=not options.no_page,
        control_token=options.control_token,
    )
    try:
        emulate(chosen, lambda line: print(line, flush=True))
    except Unusable as error:
        raise UsageError(str(error)) from None
    return OK


def _job(options: argparse.Namespace, settings: Settings) -> Job:
    from ringback.pipeline import Job

    output = options.output or settings.output
    if output is None:
        raise UsageError(
            "where to? Say --output DIR, or set output under [tool.ringback] in pyproject.toml"
        )
    same_place = settings.output is not None and os.path.realpath(output) == os.path.realpath(
        settings.output
    )
    package = (
        options.package or (settings.package if same_place else None) or Path(output).resolve().name
    )
    return Job(
        document=settings.document or "",
        overlays=settings.overlays,
        output=output,
        package=package,
        check=options.check,
        force=options.force,
        standalone=options.standalone or (same_place and settings.standalone),
        templates=options.templates or settings.templates,
        vocabulary=options.vocabulary or settings.vocabulary,
        limits=settings.limits,
        allowed=settings.allowed,
        strict=options.strict or settings.strict,
        paging=settings.paging,
        formats=settings.formats,
    )


def _generated(job: Job, form: str) -> Outcome:
    from ringback.pipeline import Outcome, generate
    from ringback.source import DocumentError

    try:
        outcome = generate(job, _progress)
    except DocumentError as error:
        _show(error.diagnostics, form)
        return Outcome(exit_code=FAULT)
    finally:
        _progress("")
    differs = form == "text" and outcome.difference  # which says what is out of date, line by line
    files = [one for one in outcome.files if not differs or one.code != "outdated-file"]
    _show((*outcome.diagnostics, *files), form)
    sys.stdout.write(outcome.difference)
    print(_summary(job, outcome), flush=True)
    return outcome


def _summary(job: Job, outcome: Outcome) -> str:
    written, removed = len(outcome.written), len(outcome.removed)
    if job.check:
        return f"{job.output}: {'up to date' if outcome.exit_code == OK else 'not up to date'}"
    return f"{job.output}: {written} written, {removed} removed, {outcome.unchanged} unchanged"


def _show(findings: Sequence[Diagnostic], form: str) -> None:
    """Findings beside other output: on standard error, and nothing where there are none."""
    if not findings:
        return
    from ringback.report import count, report

    report(findings, form, sys.stderr)
    if form == "text":
        print(count(findings), file=sys.stderr)


def _progress(step: str) -> None:
    """What is being done, on one line that the next step overwrites; only where a person looks on."""
    if sys.stderr.isatty():
        sys.stderr.write(f"\r\x1b[K{step}" if step else "\r\x1b[K")
        sys.stderr.flush()


def _say(message: str) -> None:
    print(f"ringback: error: {message}", file=sys.stderr)


if __name__ == "__main__":
    raise SystemExit(main())
