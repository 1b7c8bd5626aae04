"""Waiting for a change of what a job reads."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ringback.pipeline import Job


def changes(job: Job) -> None:
    """Return when a file that the job reads has changed. Raises KeyboardInterrupt on Ctrl-C.

    Folders are watched, not files: an editor that saves by renaming leaves a watched file behind. What else
    happens in those folders (our own output, for one) is not looked at.
    """
    from watchfiles import Change, watch

    from ringback.pipeline import watched

    inputs = [Path(os.path.realpath(path)) for path in watched(job)]
    folders = {inner for path in inputs for inner in _folders(path)}

    def concerns(_: Change, changed: str) -> bool:
        path = Path(os.path.realpath(changed))
        return any(path == one or one in path.parents for one in inputs)

    for _ in watch(*sorted(folders), watch_filter=concerns, recursive=False):
        return


def _folders(path: Path) -> list[Path]:
    if not path.is_dir():
        return [path.parent]
    return [Path(folder) for folder, _, _ in os.walk(path)]
