"""What is wrong with a call, whichever command it is of."""

from __future__ import annotations

import keyword


class UsageError(Exception):
    """The command line asks for something that cannot be done; the sentence says what, or why. Exit status 2."""


def package_fault(name: str) -> str:
    """What is wrong with the import name of a package; "" where nothing is."""
    if name.isidentifier() and not keyword.iskeyword(name):
        return ""
    return f"{name!r} is no name for a package: --package must be a Python identifier"
