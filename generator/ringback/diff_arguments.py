"""What `ringback diff` takes."""

from __future__ import annotations

import argparse
from typing import Final

from ringback.common_arguments import no_overlay

DIFF: Final = """\
Says what changes from one document to another: what is sent and received, and what the generated Python looks like.
Each change is rated (breaking, risky, safe) for callers and for implementers of the server, with its place in both
documents. docs/diff.md explains the ratings; each code has a page in docs/changes/.

OLD and NEW are files, or files at a git revision (REV:path). A revision can stand before a file, too; without a file, the
document of the settings is meant, with the overlays that it had.

example:
  ringback diff old.yaml new.yaml
  ringback diff main:spec/api.yaml spec/api.yaml
  ringback diff HEAD~1 HEAD spec/api.yaml          # two revisions of one file
  ringback diff main                               # the settings' document, then and now
  ringback diff main --format markdown --output comment.md
  ringback diff main --for servers --fail-on any

exit status:
  0  nothing that --fail-on names
  1  a change that --fail-on names, and that --accept does not; or one of the documents is at fault
  2  the command line, the settings or the accept file are at fault
"""


def diff(command: argparse.ArgumentParser) -> None:
    """Add the arguments of `diff`."""
    command.usage = "%(prog)s [options] (OLD NEW | REV [REV] FILE | REV [REV])"
    command.add_argument(
        "words", nargs="+", metavar="OLD NEW", help="files, REV:path, or revisions before a file"
    )
    command.add_argument(
        "--overlay", action="append", metavar="FILE",
        help="an OpenAPI Overlay for both documents; may be repeated, and replaces those of the settings",
    )  # fmt: skip
    command.add_argument(
        "--old-overlay", action="append", metavar="FILE",
        help="an overlay for the old document only, instead; a file or REV:path",
    )  # fmt: skip
    command.add_argument(
        "--new-overlay", action="append", metavar="FILE",
        help="an overlay for the new document only, instead; a file or REV:path",
    )  # fmt: skip
    no_overlay(command)
    command.add_argument(
        "--allow-ref", action="append", metavar="PREFIX",
        help="where $ref may lead besides the document's folder; may be repeated",
    )  # fmt: skip
    command.add_argument(
        "--format", choices=("text", "json", "markdown", "github"), default="text",
        help="text for a terminal, markdown for a comment or a changelog, github for annotations (default: text)",
    )  # fmt: skip
    command.add_argument(
        "--output", metavar="FILE", help="write it there, and only the verdict to standard output"
    )
    command.add_argument(
        "--for", dest="audience", choices=("callers", "servers", "both"), default="callers",
        help="whose ratings decide the order, the verdict and the exit status (default: callers)",
    )  # fmt: skip
    command.add_argument(
        "--fail-on", choices=("breaking", "risky", "any", "never"), default="breaking",
        help="from which rating on the exit status is 1 (default: breaking)",
    )  # fmt: skip
    command.add_argument(
        "--accept", metavar="FILE",
        help="changes that are agreed to, each with code, where, reason and expires: YAML or TOML",
    )  # fmt: skip
