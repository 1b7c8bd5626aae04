"""A runner for this repository's own action: what GitHub does with action.yml, as far as the action uses it.

A step runs where its `if` holds, in bash, with its `env`; what it writes to $GITHUB_OUTPUT and $GITHUB_STEP_SUMMARY is kept.
"""

from __future__ import annotations

import json
import os
import re
import shlex
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

ROOT = Path(__file__).parents[2]
TERM = re.compile(
    r"!cancelled\(\)|steps\.(?P<step>\w+)\.outcome == 'success'"
    r"|contains\(steps\.install\.outputs\.(?P<output>\w+), '(?P<word>[^']*)'\)"
)


def action() -> dict[str, Any]:
    """action.yml as it is."""
    held: dict[str, Any] = yaml.safe_load((ROOT / "action.yml").read_text("utf-8"))
    return held


@dataclass(slots=True)
class Ran:
    """What a run of the action did: statuses of the steps that ran, what they printed, outputs, the job's summary."""

    statuses: dict[str, int] = field(default_factory=dict)
    printed: dict[str, str] = field(default_factory=dict)
    outputs: dict[str, str] = field(default_factory=dict)
    summary: str = ""

    @property
    def failed(self) -> bool:
        """Whether the job is red."""
        return any(self.statuses.values())

    def annotations(self, step: str, kind: str) -> list[str]:
        """The workflow commands of a kind that a step printed."""
        return [one for one in self.printed[step].splitlines() if one.startswith(f"::{kind}")]


@dataclass(frozen=True, slots=True)
class Runner:
    """A checkout, and a folder beside it for what GitHub keeps elsewhere."""

    workspace: Path
    beside: Path

    def run(self, event: dict[str, Any], github: dict[str, str], **inputs: str) -> Ran:
        """All steps of the action, in order."""
        held = action()
        given = {name: str(one.get("default", "")) for name, one in held["inputs"].items()}
        told = {name.replace("_", "-"): value for name, value in inputs.items()}
        assert told.keys() <= given.keys(), "there is no such input"
        given |= told
        env = self._environment(event, github)
        ran = Ran()
        for step in held["runs"]["steps"]:
            if not self._holds(step.get("if", ""), ran):
                continue
            done = self._step(step, given, env)
            ran.statuses[step["name"]] = done.returncode
            ran.printed[step["name"]] = done.stdout
        ran.outputs.update(self._outputs())
        ran.summary = self._kept("summary")
        return ran

    def _holds(self, condition: str, ran: Ran) -> bool:
        if not condition:
            return not ran.failed
        inner = re.fullmatch(r"\$\{\{ (.*) \}\}", condition)
        assert inner is not None, condition
        return all(self._term(term, ran) for term in inner[1].split(" && "))

    def _term(self, term: str, ran: Ran) -> bool:
        found = TERM.fullmatch(term)
        assert found is not None, f"this runner does not know {term}"
        if found["step"]:
            return ran.statuses.get(found["step"]) == 0
        if found["output"]:
            return found["word"] in self._outputs().get(found["output"], "")
        return True

    def _step(
        self, step: dict[str, Any], given: dict[str, str], env: dict[str, str]
    ) -> subprocess.CompletedProcess[str]:
        values = {name: self._value(text, given) for name, text in step["env"].items()}
        return subprocess.run(
            ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", step["run"]],
            cwd=self.workspace,
            env={**env, **values},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            encoding="utf-8",
            timeout=200,
            check=False,
        )

    def _value(self, text: str, given: dict[str, str]) -> str:
        found = re.fullmatch(r"\$\{\{ inputs\.([\w-]+) \}\}", text)
        if found:
            return given[found[1]]
        assert text == "${{ github.action_path }}", f"this runner does not know {text}"
        return str(ROOT)

    def _environment(self, event: dict[str, Any], github: dict[str, str]) -> dict[str, str]:
        self.beside.mkdir(exist_ok=True)
        binaries = self.beside / "bin"
        binaries.mkdir(exist_ok=True)
        script = f'#!/bin/sh\nexec {shlex.quote(sys.executable)} "$@"\n'
        (binaries / "python").write_text(script, encoding="utf-8")
        (binaries / "python").chmod(0o755)
        (self.beside / "event.json").write_text(json.dumps(event), encoding="utf-8")
        for name in ("output", "summary"):
            (self.beside / name).write_text("", encoding="utf-8")
        return {
            "PATH": os.pathsep.join([str(binaries), os.environ["PATH"]]),
            "PYTHONPATH": os.pathsep.join([str(ROOT / "generator"), *filter(None, sys.path)]),
            "PYTHONDONTWRITEBYTECODE": "1",
            "PIP_NO_INDEX": "1",
            "HOME": str(self.beside),
            "LANG": "C.UTF-8",
            "GIT_CONFIG_NOSYSTEM": "1",
            "GITHUB_ACTIONS": "true",
            "GITHUB_EVENT_PATH": str(self.beside / "event.json"),
            "GITHUB_OUTPUT": str(self.beside / "output"),
            "GITHUB_STEP_SUMMARY": str(self.beside / "summary"),
            **github,
        }

    def _outputs(self) -> dict[str, str]:
        """What all steps have written; their names are told apart in the action."""
        lines = self._kept("output").splitlines()
        return {name: value for name, _, value in (line.partition("=") for line in lines if line)}

    def _kept(self, name: str) -> str:
        return (self.beside / name).read_text("utf-8")
