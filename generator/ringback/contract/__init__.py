"""Does the other side keep to the document? Requests, judges and reports."""

from .outcome import Budget, Coverage, Finding, OperationCoverage, Run, Seen, Transition
from .traffic import Delivery, Exchange, Intent, Phase, Reply, Request

__all__ = [
    "Budget",
    "Coverage",
    "Delivery",
    "Exchange",
    "Finding",
    "Intent",
    "OperationCoverage",
    "Phase",
    "Reply",
    "Request",
    "Run",
    "Seen",
    "Transition",
]
