"""What a run says, to people and to programs: terminal, HTML, JUnit, JSON, SARIF, GitHub annotations, HAR."""

from .as_json import FORMAT, SCHEMA_FILE, load
from .failure import ReportError
from .merge import merge
from .progress import Event, Progress
from .shares import Share, shares
from .terminal import terminal
from .words import Verdict, verdict
from .writing import KINDS, write

__all__ = [
    "FORMAT",
    "KINDS",
    "SCHEMA_FILE",
    "Event",
    "Progress",
    "ReportError",
    "Share",
    "Verdict",
    "load",
    "merge",
    "shares",
    "terminal",
    "verdict",
    "write",
]
