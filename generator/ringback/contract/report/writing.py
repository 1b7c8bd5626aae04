"""A run to a file, in the form that was asked for."""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Final

from ringback.contract.outcome import Run
from ringback.contract.redact import Redactor

from .failure import ReportError
from .redaction import redacted

KINDS: Final = ("html", "junit", "json", "sarif", "github", "har")
"""The forms that `--report KIND=PATH` knows."""


def write(kind: str, run: Run, path: str | Path, redactor: Redactor | None = None) -> None:
    """Write a run's report; `-` is the standard output. Folders are made, a file there is replaced as a whole.

    Secrets, accounts and numbers are replaced before anything is written, by the same pseudonyms in all reports of
    one run. Raises ReportError where the form is not known, OSError where the file cannot be written.
    """
    if kind not in KINDS:
        raise ReportError(
            f"there is no report of the kind '{kind}', wanted one of {', '.join(KINDS)}"
        )
    _write(path, _text(kind, run, redactor))


def _text(kind: str, run: Run, redactor: Redactor | None) -> str:
    """The report as text. Each form is imported where it is asked for: most runs want one."""
    shown = redacted(run, redactor)
    if kind == "har":
        from ringback.contract import har

        return har.dumps(shown)
    if kind == "html":
        from . import page

        return page.text(shown)
    from . import as_json, github, junit, sarif

    forms: dict[str, Callable[[Run], str]] = {
        "junit": junit.text,
        "json": as_json.text,
        "sarif": sarif.text,
        "github": github.text,
    }
    return forms[kind](shown)


def _write(path: str | Path, text: str) -> None:
    if str(path) == "-":
        sys.stdout.write(text)
        sys.stdout.flush()
        return
    target = Path(path)
    target.parent.mkdir(parents=True, exist_ok=True)
    _replace(target, text.encode("utf-8", "replace"))


def _replace(target: Path, data: bytes) -> None:
    """Write beside the file and move over it, so that no reader meets half a report."""
    if target.exists() and not target.is_file():  # a pipe or a device is written to as it is
        target.write_bytes(data)
        return
    handle, name = tempfile.mkstemp(prefix=f".{target.name[:100]}.", dir=target.parent)
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(data)
        # mkstemp makes a private file; a report is as readable as any other file here.
        mask = os.umask(0)
        os.umask(mask)
        os.chmod(name, 0o666 & ~mask)
        os.replace(name, target)
    except BaseException:
        os.unlink(name)
        raise
