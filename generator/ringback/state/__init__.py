"""How the emulator and the mock keep state: transactions, commits that are shared, what has been read remembered."""

from . import checkpoints
from .database import Database, OtherVersion, Time
from .facts import VERSION, Facts, facts_table
from .remembered import EVERYTHING, MOST, Key, Remembered
from .statement import Statement
from .unit import Unit

__all__ = [
    "EVERYTHING",
    "MOST",
    "VERSION",
    "Database",
    "Facts",
    "Key",
    "OtherVersion",
    "Remembered",
    "Statement",
    "Time",
    "Unit",
    "checkpoints",
    "facts_table",
]
