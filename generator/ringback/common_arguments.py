"""What several commands take on the command line, and how the parsers of all of them speak."""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Iterable
from typing import Any, Final, NoReturn

STANDARD_INPUT: Final = "/dev/stdin"
"""What the document `-` is read from."""
_WIDEST: Final = 110  # columns of running text


class Help(argparse.RawDescriptionHelpFormatter):
    """Breaks sentences where the terminal ends; examples stay lines that can be copied."""

    def _fill_text(self, text: str, width: int, indent: str) -> str:
        width = min(width, _WIDEST)
        blocks = re.split(r"\n(?=\s|$)|(?<=:)\n", text)
        return "\n".join(_filled(one, width) for one in blocks)


def _filled(block: str, width: int) -> str:
    """A paragraph, or an indented line: of those only exit statuses are sentences."""
    if block.startswith("\n"):
        return f"\n{_filled(block[1:], width)}"
    import textwrap

    status = re.match(r" +\d+ +", block)
    if block.startswith(" ") and status is None:
        return block
    return textwrap.fill(block, width, subsequent_indent=" " * (status.end() if status else 0))


class Parser(argparse.ArgumentParser):
    """Says what may have been meant where a word or an option is not known."""

    def error(self, message: str) -> NoReturn:
        found = re.search(r"invalid choice: '([^']*)' \(choose from (.*)\)", message)
        if found is not None:
            message += _meant(found[1], re.findall(r"[\w-]+", found[2]))
        super().error(message)


class CommandParser(Parser):
    """A command whose options may also stand between its positional arguments: `diff OLD --format json NEW`."""

    _intermixing = False

    def parse_known_args(  # pyright: ignore[reportIncompatibleMethodOverride]
        self, args: Iterable[str] | None = None, namespace: Any = None
    ) -> tuple[Any, list[str]]:
        """As `parse_known_intermixed_args` does, which comes back here once for options and once for the rest.

        What is not known is refused here, by the command whose usage helps.
        """
        if self._intermixing:
            return super().parse_known_args(args, namespace)
        given = list(sys.argv[1:] if args is None else args)
        # After `--` nothing is an option: the second round would take it for one.
        parse = super().parse_known_args if "--" in given else self.parse_known_intermixed_args
        self._intermixing = True
        try:
            told, more = parse(given, namespace)
        finally:
            self._intermixing = False
        if more:
            known = [name for action in self._actions for name in action.option_strings]
            option = more[0].partition("=")[0]
            hint = _meant(option, known) if option.startswith("-") else ""
            self.error(f"unrecognized arguments: {' '.join(more)}{hint}")
        return told, more


def _meant(word: str, known: Iterable[str]) -> str:
    from difflib import get_close_matches  # not at every start: for who has mistyped

    close = get_close_matches(word, list(known), 1)
    return f"; did you mean {close[0]}?" if close else ""


def document(command: argparse.ArgumentParser) -> None:
    """The document that a command is about, and what is applied to it."""
    command.add_argument(
        "document",
        nargs="?",
        metavar="DOC",
        help="YAML or JSON; - is standard input (default: from the settings)",
    )
    overlays(command)


def overlays(command: argparse.ArgumentParser) -> None:
    """What is applied to a document, and what it may refer to."""
    command.add_argument(
        "--overlay",
        action="append",
        metavar="FILE",
        help="an OpenAPI Overlay to apply; may be repeated, and replaces those of the settings",
    )
    no_overlay(command)
    command.add_argument(
        "--allow-ref",
        action="append",
        metavar="PREFIX",
        help="where $ref may lead besides the document's folder: a folder, a file, or the beginning of a URL,"
        " which is then fetched; may be repeated",
    )


def no_overlay(command: argparse.ArgumentParser) -> None:
    """The option that applies nothing."""
    command.add_argument(
        "--no-overlay", action="store_true", help="apply none, not even those of the settings"
    )


def listening(command: argparse.ArgumentParser) -> None:
    """Where a server of ours listens."""
    command.add_argument(
        "--host", default="127.0.0.1", help="the address to listen on (default: 127.0.0.1)"
    )
    command.add_argument(
        "--port", type=int, default=4010, help="the port; 0 takes a free one (default: 4010)"
    )
