"""The command `strength`: from the command line to a measurement, and from it to reports and an exit status."""

from __future__ import annotations

import argparse
import os
import sys
from typing import TYPE_CHECKING, Final

from ringback.outputs import write_whole
from ringback.testing import given_auth, load_contract, need_extra, need_files, need_writable
from ringback.usage import UsageError

if TYPE_CHECKING:
    from ringback.contract import strength as measuring
    from ringback.settings import Settings

SOUND: Final = 0
UNSOUND: Final = 1
BEGIN: Final = "<!-- measured -->"
END: Final = "<!-- end -->"
"""Between these marks of a page that is there already, `--report markdown=PATH` puts the tables."""


def strength(options: argparse.Namespace, settings: Settings) -> int:
    """`ringback strength`; gives the exit status. Raises UsageError, and DocumentError."""
    need_extra()
    need_writable(path for _, path in options.report or ())
    from ringback.contract import TargetError, load_app
    from ringback.contract import strength as measuring

    need_files(settings, "the processes that measure")
    plan = _plan(options, settings)
    seeds = tuple(dict.fromkeys(options.seed or (1,)))
    try:
        load_app(plan.app)  # what is wrong with it is said before anything else
        found = measuring.measure(
            plan, seeds, per_operator=options.per_operator, jobs=options.jobs,
            compare=options.compare == "schemathesis", say=_say,
        )  # fmt: skip
    except (TargetError, measuring.Unmeasurable) as error:
        raise UsageError(str(error)) from None
    sys.stdout.write(measuring.text(found))
    sys.stdout.flush()
    for kind, path in options.report or ():
        _write(kind, path, found)
    return SOUND if found.sound else UNSOUND


def _plan(options: argparse.Namespace, settings: Settings) -> measuring.Plan:
    from ringback.contract import strength as measuring

    operators = tuple(dict.fromkeys(options.operators or measuring.OPERATORS))
    unknown = [name for name in operators if name not in measuring.OPERATORS]
    if unknown:
        raise UsageError(
            f"--operators: there is no operator {unknown[0]!r}; there are {', '.join(measuring.OPERATORS)}"
        )
    told = settings.test
    auth = given_auth(options, load_contract(settings))
    return measuring.Plan(
        document=settings.document or "",
        overlays=settings.overlays,
        app=options.app,
        auth=auth.usual,
        schemes=auth.schemes,
        seconds=options.max_time_each,
        operators=operators,
        values=told.get("values", {}),
        lifecycles=told.get("lifecycles", {}),
        ignore=tuple(told.get("ignore", ())),
        limits=settings.limits,
        allowed=settings.allowed,
    )


def _write(kind: str, path: str, found: measuring.Strength) -> None:
    from ringback.contract import strength as measuring

    content = measuring.as_json(found) if kind == "json" else measuring.markdown(found)
    if path == "-":
        sys.stdout.write(content)
        return
    try:
        if kind == "markdown":
            content = _spliced(path, content)
        os.makedirs(os.path.dirname(path) or ".", exist_ok=True)
        write_whole(path, content)
    except OSError as error:
        raise UsageError(f"cannot write {path}: {error.strerror}") from None
    print(f"{kind}: {path}")


def _spliced(path: str, content: str) -> str:
    """The page with the tables between its marks; where there is no such page, the tables alone."""
    try:
        with open(path, encoding="utf-8") as stream:
            before, mark, rest = stream.read().partition(BEGIN)
    except FileNotFoundError:
        return content
    _, end, after = rest.partition(END)
    return f"{before}{BEGIN}\n{content}{END}{after}" if mark and end else content


def _say(line: str) -> None:
    """How far it has come: one line that the next overwrites on a terminal, a log elsewhere."""
    if sys.stderr.isatty():
        sys.stderr.write(f"\r\x1b[K{line[:110]}")
    else:
        sys.stderr.write(line + "\n")
    sys.stderr.flush()
