"""What changes between two documents, on the wire and in the generated Python, and for whom it breaks."""

from .accept import Agreed, Entry, agreed, read_accepted
from .as_github import as_github
from .as_json import as_json
from .as_markdown import as_markdown
from .as_text import lines
from .compare import compare
from .model import Change, Kind, Rating, Rule, Side, change
from .python import compare_plans, compare_python
from .python_rules import PYTHON_RULES
from .rules import WIRE_RULES
from .verdict import Accepted, Audience, Comparison, FailOn, Step, fails, in_order, rating, step

__all__ = [
    "PYTHON_RULES",
    "WIRE_RULES",
    "Accepted",
    "Agreed",
    "Audience",
    "Change",
    "Comparison",
    "Entry",
    "FailOn",
    "Kind",
    "Rating",
    "Rule",
    "Side",
    "Step",
    "agreed",
    "as_github",
    "as_json",
    "as_markdown",
    "change",
    "compare",
    "compare_plans",
    "compare_python",
    "fails",
    "in_order",
    "lines",
    "rating",
    "read_accepted",
    "step",
]
