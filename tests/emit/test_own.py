"""Templates of the user's own: a mistake in one is told with its file and line, and nothing is written."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from ringback import emit

DOCUMENT = """\
openapi: 3.1.0
info: {title: Clock, version: "1"}
servers: [{url: "https://clock.example"}]
paths:
  /now:
    get:
      operationId: readClock
      responses:
        "200": {description: The time., content: {application/json: {schema: {type: string}}}}
"""


@pytest.mark.parametrize(
    ("added", "said"),
    [
        (
            "X = {{ plan.verison | py }}",
            "'ringback.plan.model.Plan object' has no attribute 'verison'",
        ),
        (
            "X = '{{ plan.verison }}'",
            "'ringback.plan.model.Plan object' has no attribute 'verison'",
        ),
        ("X = {{ nothing | py }}", "'nothing' is undefined"),
        ("X = {{ plan | py }}", "no literal for Plan"),
        ("{% for %}", "Expected an expression, got 'end of statement block'"),
        ("{{ 1 | upside_down }}", "No filter named 'upside_down'."),
    ],
)
def test_a_mistake_in_a_template_is_told_with_its_line(
    tmp_path: Path, added: str, said: str
) -> None:
    done = generated(tmp_path, added)
    line = len((emit.templates_dir() / "__init__.py.j2").read_text("utf-8").splitlines()) + 1
    assert done.stderr == f"ringback: error: mine/__init__.py.j2:{line}:1: error: {said}\n"
    assert done.returncode == 2
    assert not (tmp_path / "clock").exists()


def test_a_template_that_prints_no_python_is_named(tmp_path: Path) -> None:
    done = generated(tmp_path, "class {{ plan.title | py }}:")
    assert done.returncode == 2
    assert "mine/__init__.py.j2:" in done.stderr and "__init__.py" in done.stderr
    assert "internal error" not in done.stderr


def test_a_template_that_is_right_is_printed(tmp_path: Path) -> None:
    assert generated(tmp_path, "X = {{ plan.title | py }}").returncode == 0
    assert 'X = "Clock"' in (tmp_path / "clock" / "__init__.py").read_text("utf-8")


def generated(folder: Path, added: str) -> subprocess.CompletedProcess[str]:
    """What `ringback generate` says with our template and a line of the user's own at its end."""
    (folder / "mine").mkdir()
    (folder / "api.yaml").write_text(DOCUMENT, "utf-8")
    ours = (emit.templates_dir() / "__init__.py.j2").read_text("utf-8")
    (folder / "mine" / "__init__.py.j2").write_text(f"{ours}{added}\n", "utf-8")
    command = ["generate", "api.yaml", "--output", "clock", "--templates", "mine"]
    return subprocess.run(
        [sys.executable, "-m", "ringback", *command],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
    )
