"""What changes between two documents, on the wire and in the generated Python, and for whom it breaks."""

from .model import Change, Kind, Rating, Rule, Side, change

__all__ = ["Change", "Kind", "Rating", "Rule", "Side", "change"]
