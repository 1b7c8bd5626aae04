"""A pytest plugin for suites with contract tests: seeds and time on the command line, and reports of all tests together.

    pytest --contract-seconds 20 --contract-report html=contract.html

An installed ringback is found by pytest by itself, in every project that has it: so nothing of the tester is loaded here before a suite
or an option asks for it. Under pytest-xdist each worker hands what its tests did to the one process that writes the reports.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from typing import Any, Final

import pytest

_KEY: Final = "ringback_contract_runs"
_SUITE: Final = "ringback.contract.suite"


def pytest_addoption(parser: pytest.Parser) -> None:
    group = parser.getgroup("ringback", "contract tests")
    group.addoption(
        "--contract-seed",
        action="append",
        type=int,
        metavar="N",
        help="test with this seed instead of those in the suite; may be repeated",
    )
    group.addoption(
        "--contract-seconds", type=float, metavar="S", help="seconds for each operation"
    )
    group.addoption(
        "--contract-report",
        action="append",
        metavar="KIND=PATH",
        help="write html, junit, json, sarif, github or har of all contract tests; may be repeated",
    )


def pytest_configure(config: pytest.Config) -> None:
    seeds, seconds = config.getoption("--contract-seed"), config.getoption("--contract-seconds")
    if seconds is not None and not seconds > 0:
        raise pytest.UsageError("--contract-seconds is a number above 0")
    for text in config.getoption("--contract-report") or ():
        _report(text)
    if not seeds and seconds is None and _SUITE not in sys.modules:
        return
    from ringback.contract import suite

    suite.SAID.seeds = tuple(dict.fromkeys(seeds)) if seeds else None
    suite.SAID.seconds = seconds


def _report(text: str) -> tuple[str, str]:
    from ringback.contract import REPORTS

    kind, _, path = text.partition("=")
    if kind not in REPORTS or not path:
        wanted = ", ".join(sorted(REPORTS))
        raise pytest.UsageError(
            f"--contract-report: {text!r} names no report; write KIND=PATH, with {wanted}"
        )
    return kind, path


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish(session: pytest.Session) -> None:
    output: dict[str, Any] | None = getattr(session.config, "workeroutput", None)
    if output is None or _SUITE not in sys.modules:
        return
    from ringback.contract import suite  # a worker of pytest-xdist, with contract tests

    output[_KEY] = suite.handed_over()


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node: Any, error: object) -> None:
    done = (getattr(node, "workeroutput", None) or {}).get(_KEY)
    if not done:
        return
    from ringback.contract import suite

    suite.taken(done)


def pytest_terminal_summary(terminalreporter: Any, config: pytest.Config) -> None:
    if _SUITE not in sys.modules:
        return
    from ringback.contract import suite

    runs, suite.RUNS[:] = list(suite.RUNS), []
    wanted = [_report(text) for text in config.getoption("--contract-report") or ()]
    if not runs or not wanted:
        return
    terminalreporter.section("contract")
    for index, part in enumerate(_by_document(runs)):
        for kind, path in wanted:
            _write(terminalreporter, part, kind, path if not index else f"{path}.{index}")


def _by_document(runs: Sequence[Any]) -> list[Any]:
    """One run for each document that was tested."""
    from ringback.contract import merge_runs

    parts: dict[tuple[str, tuple[str, ...]], list[Any]] = {}
    for run in runs:
        parts.setdefault((run.document, run.overlays), []).append(run)
    return [merge_runs(part) for part in parts.values()]


def _write(reporter: Any, run: Any, kind: str, path: str) -> None:
    from ringback.contract import ReportError, write_report

    try:
        write_report(kind, run, path)
    except (OSError, ReportError) as error:
        reporter.line(f"{kind}: cannot write {path}: {error}", red=True)
    else:
        reporter.line(f"{kind}: {path}")
