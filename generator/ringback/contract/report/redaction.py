"""The one way in which a run loses its secrets before it is written: all reports of a run show the same pseudonyms."""

from __future__ import annotations

from threading import Lock
from typing import Final

from ringback.contract import redact
from ringback.contract.outcome import Run
from ringback.contract.redact import Redactor

_lock: Final = Lock()
_last: list[tuple[Run, Redactor, Run]] = []  # the run that was asked for last, and what came of it


def redacted(run: Run, redactor: Redactor | None = None) -> Run:
    """The run with secrets, accounts and numbers replaced, for being written down.

    Without a redactor the run gets one of its own, and keeps it while its reports are written one after the other.
    """
    with _lock:
        for known, own, result in _last:
            if known is run and redactor in (None, own):
                return result
        used = redactor or Redactor()
        result = redact.redacted(run, used)
        _last[:] = [(run, used, result)]
        return result
