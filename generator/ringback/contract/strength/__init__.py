"""How much would the suite notice? Mutants of a correct server, made from the document, put before it one by one."""

from .measure import Unmeasurable, measure
from .operators import OPERATORS
from .tables import as_json, markdown, text
from .trial import Plan
from .verdict import Outcome, Share, Strength, Verdict

__all__ = [
    "OPERATORS",
    "Outcome",
    "Plan",
    "Share",
    "Strength",
    "Unmeasurable",
    "Verdict",
    "as_json",
    "markdown",
    "measure",
    "text",
]
