"""What `ringback init`, `ringback doctor` and `ringback completion` take on the command line."""

from __future__ import annotations

import argparse
from typing import Final

SHELLS: Final = ("bash", "zsh", "fish")

INIT: Final = """\
Writes the settings: asks which document, overlays, output and package are meant, with what it found in this folder as answers,
and adds [tool.ringback] to pyproject.toml. What is there already is never changed: the table is added at the end of the file,
and other files are written only where they are missing. On request also a hook for pre-commit and a workflow for GitHub.

example:
  ringback init
  ringback init --yes --document spec/api.yaml --output src/voice_api
  ringback init --yes --pre-commit --github       # what was found, and both checks

exit status:
  0  written
  1  the document cannot be read
  2  there are settings already, no document was found, or an answer is missing
"""
DOCTOR: Final = """\
Says what is installed: Python, ringback, what it stands on and in which versions, which extras are complete, which programs were
found, and whether everything that the settings name is there. Send its output along with a report of a defect.

example:
  ringback doctor
  ringback doctor --format json

exit status:
  0  everything that ringback and the settings need is there
  1  something is missing or too old, each with what to do
  2  the command line is at fault
"""
COMPLETION: Final = """\
Prints a script for a shell that completes commands, options, their values, and files.

example:
  ringback completion bash > ~/.local/share/bash-completion/completions/ringback
  ringback completion zsh > ~/.zfunc/_ringback    # a folder of $fpath
  ringback completion fish > ~/.config/fish/completions/ringback.fish
  eval "$(ringback completion bash)"              # in this shell only

exit status:
  0  printed
  2  there is no such shell
"""


def init(command: argparse.ArgumentParser) -> None:
    """The arguments of `ringback init`."""
    command.add_argument(
        "--yes",
        action="store_true",
        help="ask nothing: take what the options say, or what was found",
    )
    command.add_argument("--document", metavar="FILE", help="the OpenAPI document")
    command.add_argument(
        "--overlay", action="append", metavar="FILE", help="an overlay; may be repeated"
    )
    command.add_argument("--output", metavar="DIR", help="the folder of the package")
    command.add_argument(
        "--package", metavar="NAME", help="its import name (default: the folder's name)"
    )
    command.add_argument(
        "--standalone",
        action="store_true",
        help="the package is published by itself: with a pyproject.toml and a README of its own",
    )
    command.add_argument(
        "--pre-commit",
        action="store_true",
        help="write .pre-commit-config.yaml where there is none",
    )
    command.add_argument(
        "--github", action="store_true", help="write .github/workflows/ringback.yaml where there is none"
    )  # fmt: skip


def doctor(command: argparse.ArgumentParser) -> None:
    """The arguments of `ringback doctor`."""
    command.add_argument(
        "--format", choices=("text", "json"), default="text", help="how it is shown (default: text)"
    )


def completion(command: argparse.ArgumentParser) -> None:
    """The arguments of `ringback completion`."""
    command.add_argument("shell", choices=SHELLS, metavar="SHELL", help=", ".join(SHELLS))
