"""What `ringback test`, `ringback replay` and `ringback strength` take on the command line."""

from __future__ import annotations

import argparse
from typing import Final

from ringback.common_arguments import document, overlays

TEST: Final = """\
Does the other side keep to the document? Sends requests to a server, or to an application in this process, judges every
answer, and says what was tested as plainly as what failed; needs the extra: pip install 'ringback[test]'.

Nothing is written to a host other than this machine unless --allow-writes says so, and then only what the run itself created
is changed or deleted. Credentials come from --auth or from the environment: RINGBACK_TEST_AUTH, or
RINGBACK_TEST_AUTH_SCHEME for a security scheme of the document.

exit status: 0 kept, 1 findings, 2 usage, or nothing could be tested, 130 interrupted (what was done is reported)

example:
  ringback test api.yaml --app shop.server:app
  ringback test api.yaml --url http://127.0.0.1:8000 --auth user:password --report html=report.html
  ringback test api.yaml --url https://sandbox.example.com --allow-writes --max-requests 500 --rate 5/s
"""
REPLAY: Final = """\
Judges recorded traffic (HAR: from `ringback test`, a browser, a proxy) as `ringback test` judges its own, and sends nothing.

exit status: 0 kept, 1 findings, 2 usage, or nothing could be judged

example:
  ringback replay api.yaml traffic.har
  ringback replay api.yaml traffic.har --propose-overlay observed.overlay.yaml
"""

STRENGTH: Final = """\
How much would `ringback test` notice? Takes an application in this process to be right, makes it wrong in one place after the other (a
field dropped, a filter ignored, a deletion that deletes nothing), lets the tests run against each, and says what share was
noticed; needs the extra: pip install 'ringback[test]'. See docs/contract-strength.md.

exit status: 0 measured, 1 something was found where nothing was wrong, 2 usage, or nothing could be measured, 130 interrupted

example:
  ringback strength api.yaml --app shop.server:app
  ringback strength api.yaml --app shop.server:app --seed 1 --seed 2 --operators forget,no-filter --report json=strength.json
"""


def test(command: argparse.ArgumentParser) -> None:
    """The arguments of `ringback test`."""
    document(command)
    where = command.add_mutually_exclusive_group(required=True)
    where.add_argument(
        "--url",
        metavar="URL",
        help="the server, with the path of the document's servers or without; another path goes before it",
    )
    where.add_argument(
        "--app", metavar="MODULE:ATTR", help="an ASGI or WSGI application, or what makes one"
    )
    _auth(command)
    command.add_argument(
        "--seed", action="append", type=int, metavar="N", help="repeat for several (default: 1)"
    )
    command.add_argument(
        "--max-time", type=_seconds, metavar="S", help="seconds that it may take (default: 50)"
    )
    command.add_argument("--max-requests", type=_count, metavar="N", help="never send more")
    command.add_argument("--max-writes", type=_count, metavar="N", help="of these, never more")
    command.add_argument(
        "--max-cost", type=_amount, metavar="X", help="what it may cost, by the costs in settings"
    )
    command.add_argument(
        "--allow-writes", action="store_true", help="write to hosts other than this machine"
    )
    command.add_argument("--rate", type=_rate, metavar="N/s", help="requests a second, or N/m")
    command.add_argument(
        "--workers", type=_workers, default=1, metavar="N", help="requests at a time (default: 1)"
    )
    command.add_argument(
        "--scheduler",
        metavar="ADDRESS",
        help="spread it over the workers of a dask scheduler; local or local:N starts some here",
    )
    _results(command)


def replay(command: argparse.ArgumentParser) -> None:
    """The arguments of `ringback replay`."""
    command.add_argument("document", metavar="DOC", help="YAML or JSON; - is standard input")
    command.add_argument("recording", metavar="FILE", help="a HAR file")
    overlays(command)
    _results(command)


def strength(command: argparse.ArgumentParser) -> None:
    """The arguments of `ringback strength`."""
    document(command)
    command.add_argument(
        "--app",
        metavar="MODULE:ATTR",
        required=True,
        help="an ASGI or WSGI application, or what makes one; each mutant gets its own",
    )
    _auth(command)
    command.add_argument(
        "--seed", action="append", type=int, metavar="N", help="repeat for several (default: 1)"
    )
    command.add_argument(
        "--operators", type=_names, metavar="LIST", help="names with commas between (default: all)"
    )
    command.add_argument(
        "--per-operator", type=_workers, default=3, metavar="N", help="mutants of each (default: 3)"
    )
    command.add_argument(
        "--max-time-each", type=_seconds, default=20.0, metavar="S", help="seconds (default: 20)"
    )
    command.add_argument(
        "--jobs", type=_workers, default=2, metavar="N", help="processes (default: 2)"
    )
    command.add_argument(
        "--compare",
        choices=("schemathesis",),
        help="put the same mutants before schemathesis alone, with as many requests",
    )
    command.add_argument(
        "--report",
        action="append",
        type=_measurement,
        metavar="KIND=PATH",
        help="json or markdown; may be repeated",
    )


def _auth(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--auth",
        action="append",
        metavar="USER:PASSWORD",
        help="credentials, or a token; SCHEME=VALUE for one of several schemes, repeated",
    )


def _names(text: str) -> list[str]:
    found = [one.strip() for one in text.split(",") if one.strip()]
    if not found:
        raise argparse.ArgumentTypeError("names no operator")
    return found


def _measurement(text: str) -> tuple[str, str]:
    kind, _, path = text.partition("=")
    if kind not in ("json", "markdown") or not path:
        raise argparse.ArgumentTypeError(
            f"{text!r} names no report; write KIND=PATH, with json or markdown"
        )
    return kind, path


def _results(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--report",
        action="append",
        type=_report,
        metavar="KIND=PATH",
        help="html, junit, json, sarif, github or har; may be repeated",
    )
    command.add_argument(
        "--fail-on",
        default="error",
        metavar="WHAT",
        help="error, warning, any, never, code=CODE, coverage.operations<90 (default: error)",
    )
    command.add_argument("--baseline", metavar="FILE", help="findings that are accepted for now")
    command.add_argument(
        "--propose-overlay",
        metavar="FILE",
        help="write an overlay that would make the observed answers legal",
    )


def _seconds(text: str) -> float:
    value = _number(text)
    if not 0 < value <= 7 * 86400:
        raise argparse.ArgumentTypeError("is a number of seconds above 0, a week at most")
    return value


def _amount(text: str) -> float:
    value = _number(text)
    if not value >= 0:
        raise argparse.ArgumentTypeError("is a number, not below 0")
    return value


def _number(text: str) -> float:
    try:
        value = float(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is no number") from None
    if value != value or value in (float("inf"), float("-inf")):
        raise argparse.ArgumentTypeError(f"{text!r} is no number")
    return value


def _count(text: str) -> int:
    if not text.isascii() or not text.isdigit() or len(text) > 12:
        raise argparse.ArgumentTypeError(f"{text!r} is no whole number, not below 0")
    return int(text)


def _workers(text: str) -> int:
    value = _count(text)
    if not 1 <= value <= 64:
        raise argparse.ArgumentTypeError("is a whole number from 1 to 64")
    return value


def _rate(text: str) -> float:
    number, _, unit = text.partition("/")
    value = _number(number)
    per = {"": 1.0, "s": 1.0, "m": 60.0, "h": 3600.0}.get(unit)
    if per is None or value <= 0:
        raise argparse.ArgumentTypeError(f"{text!r} is no rate; write 5/s, 100/m or 1000/h")
    return value / per


def _report(text: str) -> tuple[str, str]:
    kind, _, path = text.partition("=")
    if kind not in ("html", "junit", "json", "sarif", "github", "har") or not path:
        raise argparse.ArgumentTypeError(
            f"{text!r} names no report; write KIND=PATH, with html, junit, json, sarif, github or har"
        )
    return kind, path
