"""What changes between two documents, on the wire and in the generated Python, and for whom it breaks."""

from .compare import compare
from .model import Change, Kind, Rating, Rule, Side, change
from .rules import WIRE_RULES

__all__ = ["WIRE_RULES", "Change", "Kind", "Rating", "Rule", "Side", "change", "compare"]
