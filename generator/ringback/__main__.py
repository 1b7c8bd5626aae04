"""`python -m ringback`."""

from ringback.cli import process

process()
