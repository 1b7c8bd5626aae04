"""What is wrong with a call, whichever command it is of."""

from __future__ import annotations


class UsageError(Exception):
    """The command line asks for something that cannot be done; the sentence says what, or why. Exit status 2."""
