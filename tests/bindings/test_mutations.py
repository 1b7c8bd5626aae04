"""The property tests can fail: bindings printed from a broken template do not pass them."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest
from effective import OVERLAYS, ROOT, SPEC

TESTS = Path(__file__).parent / "test_round_trip.py"


@dataclass(frozen=True)
class Mutation:
    """One thing that goes wrong in one template, and what the property tests say about it."""

    name: str
    template: str
    find: str
    replace: str
    said: str


MUTATIONS = [
    Mutation(
        "a wrong wire name",
        "operations.py.j2",
        "{{ row(op) }}",
        """{{ row(op) | replace('"StatusCallback"', '"StatusCallBack"') }}""",
        "StatusCallBack is no documented name in the form",
    ),
    Mutation(
        "a lost field",
        "models.py.j2",
        "{% for field in model.fields %}",
        '{% for field in model.fields if field.wire != "price_unit" %}',
        "price_unit",
    ),
    Mutation(
        "a swapped status",
        "server.py.j2",
        "{{ server_answer(op, one) }}",
        """{{ server_answer(op, one) | replace("[201]] = 201", "[200]] = 200")
           if op.id == "createCallRecording" else server_answer(op, one) }}""",
        "200 == 201",
    ),
]


def _environment(**more: str) -> dict[str, str]:
    return {**os.environ, "PYTHONPATH": str(ROOT / "generator"), **more}


def _generated(folder: Path, templates: Path) -> Path:
    """Bindings of the voice document from a folder of templates."""
    package = folder / "twilio_voice"
    command = [sys.executable, "-m", "ringback", "generate", str(SPEC / "voice.yaml")]
    command += [f"--overlay={overlay}" for overlay in OVERLAYS]
    command += ["--output", str(package), "--templates", str(templates)]
    done = subprocess.run(command, env=_environment(), capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stdout + done.stderr
    return package


def _tried(package: Path) -> subprocess.CompletedProcess[str]:
    """The property tests, with few examples, on a package."""
    command = [sys.executable, "-m", "pytest", "-x", "-p", "no:cacheprovider", str(TESTS)]
    env = _environment(RINGBACK_BINDINGS=str(package), RINGBACK_EXAMPLES="fast")
    return subprocess.run(command, env=env, cwd=ROOT, capture_output=True, text=True, timeout=240)


@pytest.fixture
def templates(tmp_path: Path) -> Path:
    return Path(shutil.copytree(ROOT / "templates", tmp_path / "templates"))


def test_unbroken_templates_pass(tmp_path: Path, templates: Path) -> None:
    done = _tried(_generated(tmp_path, templates))
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize("mutation", MUTATIONS, ids=lambda one: one.name)
def test_a_broken_template_is_found(tmp_path: Path, templates: Path, mutation: Mutation) -> None:
    target = templates / mutation.template
    text = target.read_text(encoding="utf-8")
    assert text.count(mutation.find) == 1, "the template has changed: this mutation must follow"
    target.write_text(text.replace(mutation.find, mutation.replace), encoding="utf-8")
    done = _tried(_generated(tmp_path, templates))
    assert done.returncode == 1, done.stdout + done.stderr
    assert mutation.said in done.stdout
