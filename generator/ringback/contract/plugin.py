"""A pytest plugin for suites with contract tests: seeds and time on the command line, and reports of all tests together.

    pytest -p ringback.contract.plugin --contract-seconds 20 --contract-report html=contract.html

Under pytest-xdist each worker hands what its tests did to the one process that writes the reports.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

import pytest

_KEY: Final = "ringback_contract_runs"


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
    from ringback.contract import suite

    seeds, seconds = config.getoption("--contract-seed"), config.getoption("--contract-seconds")
    for text in config.getoption("--contract-report") or ():
        _report(text)
    if seconds is not None and not seconds > 0:
        raise pytest.UsageError("--contract-seconds is a number above 0")
    suite.SAID.seeds = tuple(dict.fromkeys(seeds)) if seeds else None
    suite.SAID.seconds = seconds


def _report(text: str) -> tuple[str, str]:
    from ringback.contract.report import KINDS

    kind, _, path = text.partition("=")
    if kind not in KINDS or not path:
        wanted = ", ".join(sorted(KINDS))
        raise pytest.UsageError(
            f"--contract-report: {text!r} names no report; write KIND=PATH, with {wanted}"
        )
    return kind, path


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish(session: pytest.Session) -> None:
    from ringback.contract import suite
    from ringback.contract.report.as_json import plain

    output: dict[str, Any] | None = getattr(session.config, "workeroutput", None)
    if output is not None:  # a worker of pytest-xdist
        output[_KEY] = [plain(run) for run in suite.RUNS]
        suite.RUNS.clear()


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node: Any, error: object) -> None:
    from ringback.contract import suite
    from ringback.contract.report.as_json import from_plain

    output = getattr(node, "workeroutput", None) or {}
    suite.RUNS.extend(from_plain(one, "what a worker did") for one in output.get(_KEY, ()))


def pytest_terminal_summary(terminalreporter: Any, config: pytest.Config) -> None:
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
    from ringback.contract.report import merge

    parts: dict[tuple[str, tuple[str, ...]], list[Any]] = {}
    for run in runs:
        parts.setdefault((run.document, run.overlays), []).append(run)
    return [merge(part) for part in parts.values()]


def _write(reporter: Any, run: Any, kind: str, path: str) -> None:
    from ringback.contract.report import ReportError, write

    try:
        write(kind, run, path)
    except (OSError, ReportError) as error:
        reporter.line(f"{kind}: cannot write {path}: {error}", red=True)
    else:
        reporter.line(f"{kind}: {path}")
