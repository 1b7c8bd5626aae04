"""Two type checkers judge the bindings as their users meet them.

`good/` is a small project that must pass without a word; each file of `bad/` has one fault, and both checkers must
find it, on the marked line and nowhere else. A checker that cannot resolve msgspec takes everything for Any and finds
nothing: so `good/` alone would prove little.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
GOOD = sorted((HERE / "good").glob("*.py"))
BAD = sorted((HERE / "bad").glob("*.py"))
BINDINGS = ROOT / "generated" / "twilio_voice"
OURS = ROOT / "generator" / "ringback"

Found = dict[str, list[tuple[int, str]]]  # file name -> lines and messages
Checker = Callable[..., Found]

pytestmark = pytest.mark.slow


def mypy(*targets: Path) -> Found:
    """The errors that `mypy --strict` finds."""
    command = [sys.executable, "-m", "mypy", "--strict", "--no-error-summary", *map(str, targets)]
    done = _run(
        command, MYPYPATH=os.pathsep.join(map(str, (ROOT / "generator", ROOT / "generated")))
    )
    assert done.returncode in (0, 1), done.stderr or done.stdout
    errors = re.findall(r"^(.+?):(\d+): error: (.*)$", done.stdout, re.MULTILINE)
    assert bool(errors) == bool(done.returncode), done.stdout
    return _by_file([(file, int(line), text) for file, line, text in errors])


def pyright(*targets: Path) -> Found:
    """The errors that pyright finds."""
    command = [sys.executable, "-m", "pyright", "--pythonpath", sys.executable, "--outputjson"]
    done = _run([*command, *map(str, targets)])
    assert done.returncode in (0, 1), done.stderr or done.stdout
    told = json.loads(done.stdout)
    assert told["summary"]["filesAnalyzed"] > 0, done.stdout
    return _by_file(
        [
            (one["file"], one["range"]["start"]["line"] + 1, one["message"])
            for one in told["generalDiagnostics"]
            if one["severity"] == "error"
        ]
    )


def _run(command: list[str], **env: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        command, capture_output=True, text=True, cwd=ROOT, env={**os.environ, **env}, check=False
    )


def _by_file(errors: list[tuple[str, int, str]]) -> Found:
    found: Found = {}
    for file, line, text in errors:
        found.setdefault(Path(file).name, []).append((line, text))
    return found


def _marked(file: Path) -> int:
    lines = file.read_text(encoding="utf-8").splitlines()
    marked = [number for number, line in enumerate(lines, 1) if line.endswith("# error")]
    assert len(marked) == 1, f"{file.name}: one line is marked, and one only"
    return marked[0]


CHECKERS = pytest.mark.parametrize("checker", [mypy, pyright], ids=["mypy", "pyright"])


@CHECKERS
def test_a_project_that_uses_the_bindings_passes(checker: Checker) -> None:
    assert len(GOOD) == 6
    assert checker(*GOOD) == {}


@CHECKERS
def test_the_readme_passes(checker: Checker, tmp_path: Path) -> None:
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    blocks = re.findall(r"^```python\n(.*?)^```", text, re.MULTILINE | re.DOTALL)
    assert len(blocks) == 4
    files = [tmp_path / f"block_{number}.py" for number in range(len(blocks))]
    for file, block in zip(files, blocks, strict=True):
        file.write_text(block, encoding="utf-8")
    assert checker(*files) == {}


@CHECKERS
def test_each_fault_is_found_where_it_is_and_nowhere_else(checker: Checker) -> None:
    found = checker(*BAD)
    lines = {name: {line for line, _ in errors} for name, errors in found.items()}
    assert lines == {file.name: {_marked(file)} for file in BAD}


@CHECKERS
def test_generator_and_bindings_have_no_error(checker: Checker) -> None:
    assert checker(OURS, BINDINGS) == {}
