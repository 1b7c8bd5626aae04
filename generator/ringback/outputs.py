"""Files that commands write where their user says."""

from __future__ import annotations

import os


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
