"""Files that commands write where their user says."""

from __future__ import annotations

import errno
import os
from pathlib import Path


def will_not_write(file: str) -> str:
    """Why a file cannot be written, as far as that is seen before there is something to write; "" where nothing is.

    A folder that is missing can be made. `-` is standard output.
    """
    if file == "-":
        return ""
    path = Path(file).absolute()
    there = next(one for one in (path, *path.parents) if one.exists())
    if there != path and not there.is_dir():
        return os.strerror(errno.ENOTDIR)
    if there == path and path.is_dir():
        return os.strerror(errno.EISDIR)
    beside = path.parent if path.is_file() else there  # a file is replaced, not changed
    return "" if os.access(beside, os.W_OK) else os.strerror(errno.EACCES)


def write_whole(file: str, text: str) -> None:
    """Write a file as a whole or not at all; what is there and is no file (a device, a pipe) is written to. Raises OSError."""
    whole = not os.path.exists(file) or os.path.isfile(file)
    place = f"{file}.{os.getpid()}.tmp" if whole else file
    try:
        with open(place, "w", encoding="utf-8", newline="\n") as stream:
            stream.write(text)
        if whole:
            os.replace(place, file)
    except OSError as error:  # of the file that was meant, whichever it was
        raise OSError(error.errno, error.strerror, file) from None
    finally:
        if whole and os.path.exists(place):
            os.unlink(place)
