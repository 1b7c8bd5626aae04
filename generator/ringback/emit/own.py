"""Templates of the user's own: what is wrong with one is told as any other mistake in a file, with the file and the line."""

from __future__ import annotations

import os
from pathlib import Path
from traceback import extract_tb


class TemplateFault(Exception):
    """A template that is not ours is at fault; the message begins with its place."""


def blamed(error: Exception, template: str, overrides: Path | None) -> TemplateFault | None:
    """What went wrong, if it did so in a template of the user's own."""
    if overrides is None or not (overrides / template).exists():
        return None
    file = overrides / template
    said = " ".join(str(error).split("\n")[0].split()) or type(error).__name__
    return TemplateFault(f"{os.path.relpath(file)}:{_line(error, file)}:1: error: {said}")


def _line(error: Exception, file: Path) -> int:
    """The line of the template: a mistake of its form says it, else the innermost frame that is the template's."""
    said = getattr(error, "lineno", None)
    if isinstance(said, int):
        return said
    lines = [
        frame.lineno or 1
        for frame in extract_tb(error.__traceback__)
        if os.path.realpath(frame.filename) == os.path.realpath(file)
    ]
    return lines[-1] if lines else 1
