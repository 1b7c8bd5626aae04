"""Follows docs/tutorial.md word for word as somebody who has nothing: a folder, a Python, an index of packages.

python -m tests.docs.tutorial

Builds the wheel of this checkout, which is what `pip install ringback` then gets; everything else comes from where pip is set up to
look. Says how long each command took, and ends with 1 where the page is wrong or takes longer than the ten minutes that it promises.
"""

from __future__ import annotations

import ast
import os
import re
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from tests.docs.following import Command, PageError, Reader, Step, steps

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs" / "tutorial.md"
PROMISED = 600.0  # seconds, as the page's title says
OURS = ("PYTHON", "VIRTUAL_ENV", "RINGBACK", "MYPY", "COVERAGE", "PYTEST")


def main() -> int:
    """Follow the page; gives the exit status."""
    with tempfile.TemporaryDirectory(prefix="tutorial-") as name:
        folder = Path(name)
        print("building the wheel")
        environment = _environment(folder, _wheel(folder / "wheel"))
        here = folder / "here"
        here.mkdir()
        clock = _Clock()
        try:
            with Reader(here, environment, seconds=PROMISED) as reader:
                reader.follow(steps(PAGE.read_text("utf-8")), clock)
        except PageError as error:
            print(f"docs/tutorial.md, {error}", file=sys.stderr)
            return 1
        clock.close()
    print(f"{clock.total:6.1f} s in all, {PROMISED - clock.total:.0f} s left of the ten minutes")
    return 0 if clock.total < PROMISED else 1


class _Clock:
    """Prints each step when the next one begins, with what it took."""

    def __init__(self) -> None:
        self.total = 0.0
        self._step: Step | None = None
        self._began = time.monotonic()

    def __call__(self, step: Step) -> None:
        self.close()
        self._step = step

    def close(self) -> None:
        """The step that was done last is over."""
        took = time.monotonic() - self._began
        if self._step is not None:
            self.total += took
            line = self._step.text.splitlines()[0] if isinstance(self._step, Command) else ""
            print(f"{took:6.1f} s  {line or 'saved a file'}", flush=True)
        self._began = time.monotonic()


def _wheel(folder: Path) -> Path:
    command = [sys.executable, "-m", "pip", "wheel", "--quiet", "--disable-pip-version-check"]
    subprocess.run([*command, "--no-deps", "--wheel-dir", str(folder), str(ROOT)], check=True)
    (wheel,) = folder.glob("ringback-*.whl")
    return wheel


def _folders() -> list[str]:
    """Where pip looks besides an index: what a variable says takes the place of what is configured."""
    command = [sys.executable, "-m", "pip", "config", "list"]
    listed = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    values = re.findall(r"(?m)^(?:\w+\.find.links|:env:\.find.links)=(.*)$", listed)
    return [one for value in values for one in ast.literal_eval(value).split()]


def _environment(folder: Path, wheel: Path) -> dict[str, str]:
    """This machine's, without what belongs to this checkout: another interpreter, and nothing installed."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(OURS)}
    binaries = folder / "bin"
    binaries.mkdir()
    base = getattr(sys, "_base_executable", sys.executable)
    (binaries / "python3").write_text(f'#!/bin/sh\nexec "{base}" "$@"\n', encoding="utf-8")
    (binaries / "python3").chmod(0o755)
    ours = str(Path(sys.executable).parent)
    paths = [one for one in kept.get("PATH", "").split(os.pathsep) if one != ours]
    constraint = folder / "constraint.txt"
    constraint.write_text(f"ringback=={wheel.name.split('-')[1]}\n", encoding="utf-8")
    return {
        **kept,
        "PATH": os.pathsep.join([str(binaries), *paths]),
        "PIP_CONSTRAINT": str(constraint),
        "PIP_FIND_LINKS": " ".join([*_folders(), str(wheel.parent)]),
        "PIP_DISABLE_PIP_VERSION_CHECK": "1",
        "PIP_CACHE_DIR": str(folder / "cache"),
        "COLUMNS": "100",
        "NO_COLOR": "1",
    }


if __name__ == "__main__":
    raise SystemExit(main())
