"""What the command line takes, and the help that teaches it."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING, Final, TypeAlias

from ringback import (
    __version__,
    diff_arguments,
    mocking_arguments,
    setup_arguments,
    testing_arguments,
)
from ringback.common_arguments import CommandParser, Help, Parser, document, listening

if TYPE_CHECKING:
    _Commands: TypeAlias = "argparse._SubParsersAction[CommandParser]"

_ABOUT: Final = """\
Turns an OpenAPI document into typed Python bindings: models, clients, server stubs, webhook receivers.

Settings are read from [tool.ringback] in the nearest pyproject.toml: document, overlays, allow-refs,
strict, output, package, standalone, templates, vocabulary, limits. They count for the document they name; another DOC gets none of them.
"""
_CODES: Final = """\
exit status:
  0  all is well
  1  the document is at fault; --check found a difference; a file edited by hand is in the way
  2  the command line or the settings are at fault
  3  written, but something of the document had to be left out (each with its reason)
  130  interrupted
  141  the reader of the output went away (| head)
"""
_VALIDATE: Final = """\
Reads the document, applies the overlays, and holds the result to OpenAPI and to rules of our own.
All findings are shown at once, each with file, line, column and JSON pointer.

example:
  ringback validate api.yaml --overlay fixes.overlay.yaml
  ringback validate api.yaml --format github      # annotations in a pull request

exit status:
  0  the document is right, or has warnings only
  1  it is at fault; with --strict also where it has a warning
  2  the command line or the settings are at fault
"""
_BUNDLE: Final = """\
Writes the document with its overlays applied as one file: YAML, or JSON where FILE ends in .json.

example:
  ringback bundle api.yaml --overlay fixes.overlay.yaml --output effective.yaml
  ringback bundle --output - | less               # the document of the settings, as it is used

exit status:
  0  written
  1  the document or an overlay is at fault
  2  the command line or the settings are at fault, or FILE cannot be written
"""
_GENERATE: Final = """\
Writes the bindings. DIR is the package's own folder: with --output src/voice_api, `import voice_api` works from
src/. Only files that differ are written, only files of ours are removed, and one that was edited by hand is
reported, not overwritten.

example:
  ringback generate api.yaml --output src/voice_api
  ringback generate --check                       # in CI: is what is committed up to date?
  ringback generate --watch                       # while writing the document

exit status:
  0  all is written, or up to date
  1  the document is at fault, --check found a difference, or a file edited by hand is in the way
  2  the command line or the settings are at fault
  3  written, but something of the document had to be left out (each with its reason)
"""
_EXPLAIN: Final = """\
Says where a Python name comes from in the document, why it is called so, what was found (paging), what was degraded; or
the other way round, which names a place of the document has. NAME is a Python name (client.calls.create,
Call.date_created, CallStatus.IN_PROGRESS), a JSON pointer, FILE:LINE, or the document's own name (an operationId).

example:
  ringback explain client.calls.create
  ringback explain api.yaml '#/components/schemas/Call'
  ringback explain api.yaml --coverage            # every operation, schema, parameter: generated, degraded, skipped

exit status:
  0  shown
  1  the document is at fault
  2  nothing is called so, or the command line or the settings are at fault
"""
_NAMES: Final = """\
Names are kept in a lock beside the package, and what is renamed keeps its former name as a deprecated alias until the lock no longer
lists it: type checkers report its use (PEP 702), and Python gives a DeprecationWarning. Without an option, shows the former names
and the names that only the lock keeps. The lock is all that this command writes: `ringback generate` prints what it says.

example:
  ringback names                                            # what has a former name
  ringback names --rename client.calls.create=place --until 2.0
  ringback names --renew                                    # after an operationId changed
  ringback names --drop client.calls.create --drop Call.state

exit status:
  0  shown, or the lock is written
  1  the document is at fault
  2  nothing is called so, or the command line, the settings or the lock are at fault
"""
_PLAN: Final = """\
Prints the plan: every decision that generation takes, as templates read it. docs/plan.md says what it holds.

example:
  ringback plan api.yaml
  ringback plan api.yaml --format json

exit status:
  0  shown
  1  the document is at fault
  2  the command line or the settings are at fault
"""
_EMULATE: Final = """\
Serves the Voice API on this machine, with state, time and callbacks; needs the extra: pip install 'ringback[emulator]'.
What happens can be watched, and moved by hand, at http://127.0.0.1:4010/_ringback/

example:
  ringback emulate
  ringback emulate --clock 60x --database calls.db
  ringback emulate --clock manual --seed 1 --load accounts.yaml

exit status:
  0  stopped by a signal
  2  the command line is at fault, or the port, the database or a file cannot be used
"""


def parser() -> argparse.ArgumentParser:
    """The whole command line."""
    root = Parser(
        prog="ringback",
        description=_ABOUT,
        epilog=_CODES,
        formatter_class=Help,
        allow_abbrev=False,
    )
    root.add_argument("--version", action="version", version=f"ringback {__version__}")
    commands = root.add_subparsers(
        dest="command", metavar="COMMAND", required=True, parser_class=CommandParser
    )
    setup_arguments.init(
        _command(commands, "init", "write the settings of a project", setup_arguments.INIT)
    )
    _validate(_command(commands, "validate", "check a document", _VALIDATE))
    _bundle(_command(commands, "bundle", "write document and overlays as one file", _BUNDLE))
    _generate(_command(commands, "generate", "write the Python bindings", _GENERATE))
    testing_arguments.test(
        _command(commands, "test", "hold a server to a document", testing_arguments.TEST)
    )
    testing_arguments.replay(
        _command(
            commands, "replay", "hold recorded traffic to a document", testing_arguments.REPLAY
        )
    )
    testing_arguments.strength(
        _command(
            commands, "strength", "measure how much the tests notice", testing_arguments.STRENGTH
        )
    )
    mocking_arguments.mock(
        _command(commands, "mock", "serve a document with state", mocking_arguments.MOCK)
    )
    _explain(_command(commands, "explain", "where a name comes from, and why", _EXPLAIN))
    _names(_command(commands, "names", "rename, and see what has former names", _NAMES))
    _plan(_command(commands, "plan", "print every decision that generation takes", _PLAN))
    diff_arguments.diff(
        _command(commands, "diff", "what changes, and for whom it breaks", diff_arguments.DIFF)
    )
    _emulate(_command(commands, "emulate", "serve the voice API on this machine", _EMULATE))
    setup_arguments.doctor(
        _command(
            commands, "doctor", "say what is installed, and what is missing", setup_arguments.DOCTOR
        )
    )
    setup_arguments.completion(
        _command(commands, "completion", "print a shell's completion", setup_arguments.COMPLETION)
    )
    return root


def _command(commands: _Commands, name: str, summary: str, about: str) -> argparse.ArgumentParser:
    return commands.add_parser(
        name,
        help=summary,
        description=about,
        formatter_class=Help,
        allow_abbrev=False,
    )


def _validate(command: argparse.ArgumentParser) -> None:
    document(command)
    _format(command)
    _strict(command)


def _bundle(command: argparse.ArgumentParser) -> None:
    document(command)
    command.add_argument(
        "--output", required=True, metavar="FILE", help="where to write it; - is standard output"
    )


def _generate(command: argparse.ArgumentParser) -> None:
    document(command)
    _format(command)
    _strict(command)
    command.add_argument(
        "--output", metavar="DIR", help="the folder of the package (default: from the settings)"
    )
    command.add_argument(
        "--package", metavar="NAME", help="its import name (default: the folder's name)"
    )
    command.add_argument(
        "--check", action="store_true", help="write nothing; exit 1 where something would change"
    )
    command.add_argument(
        "--force", action="store_true", help="overwrite files that were edited by hand"
    )
    command.add_argument(
        "--watch", action="store_true", help="generate again whenever an input changes"
    )
    command.add_argument(
        "--standalone",
        action="store_true",
        help="also write a pyproject.toml and a README into DIR, so that it can be published (default: from the settings)",
    )
    command.add_argument(
        "--templates", metavar="DIR", help="templates of your own; those it lacks are ours"
    )
    command.add_argument(
        "--vocabulary",
        metavar="FILE",
        help="the words of a markup language, whose builder is printed as well",
    )


def _explain(command: argparse.ArgumentParser) -> None:
    document(command)
    command.add_argument("name", nargs="?", metavar="NAME", help="a name or a place")
    command.add_argument(
        "--coverage", action="store_true", help="report on every operation, schema and parameter"
    )
    _seen(command)


def _names(command: argparse.ArgumentParser) -> None:
    document(command)
    _seen(command)
    command.add_argument(
        "--rename", action="append", metavar="OLD=NEW", help="give something another name; may be repeated"
    )  # fmt: skip
    command.add_argument(
        "--renew", action="store_true", help="call everything what the document alone makes of it"
    )
    command.add_argument(
        "--drop", action="append", metavar="NAME", help="print no alias for a former name, or for all; may be repeated"
    )  # fmt: skip
    command.add_argument(
        "--until", metavar="VERSION", help="the document's version with which former names go: of what is renamed now, or of all"
    )  # fmt: skip


def _plan(command: argparse.ArgumentParser) -> None:
    document(command)
    _seen(command)


def _seen(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--output", metavar="DIR", help="the package's folder, whose names count (default: from the settings)"
    )  # fmt: skip
    command.add_argument(
        "--format", choices=("text", "json"), default="text", help="how it is shown (default: text)"
    )


def _strict(command: argparse.ArgumentParser) -> None:
    command.add_argument("--strict", action="store_true", help="warnings count as errors")


def _format(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--format",
        choices=("text", "json", "github"),
        default="text",
        help="how findings are shown (default: text)",
    )


def _emulate(command: argparse.ArgumentParser) -> None:
    listening(command)
    command.add_argument(
        "--database",
        default="sqlite://",
        metavar="URL",
        help="where state is kept: a file for SQLite, or postgresql+psycopg://… (default: memory)",
    )
    command.add_argument(
        "--clock", default="real", help="real, a speed such as 60x, or manual (default: real)"
    )
    command.add_argument(
        "--seed", type=int, metavar="N", help="make the same SIDs and events every time"
    )
    command.add_argument("--account-sid", default="", metavar="SID", help="the account's SID")
    command.add_argument("--auth-token", default="", metavar="TOKEN", help="the account's token")
    command.add_argument(
        "--load", metavar="FILE", help="accounts, numbers, behaviours and settings to begin with"
    )
    command.add_argument(
        "--literal", action="store_true", help="answer in the shapes of the document uncorrected"
    )
    command.add_argument(
        "--no-page", action="store_true", help="serve the control endpoints without their web page"
    )
    command.add_argument(
        "--control-token",
        metavar="TOKEN",
        help="open the control endpoints to others than this machine",
    )
