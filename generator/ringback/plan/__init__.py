"""Every Python decision: which types exist, what everything is called, how each value travels."""

from .choices import NO_CHOICES, ChoiceFault, Choices, choices_of
from .coverage import Covered, coverage
from .draw import Drawn, draw
from .index import Entry, index
from .literals import py
from .lock import UNLOCKED, LockFault, NamesLock, read_lock
from .model import (
    AnswerPlan,
    BodyPlan,
    CredentialPlan,
    GroupPlan,
    ModelPlan,
    OperationPlan,
    PagingPlan,
    ParameterPlan,
    Plan,
    SchemePlan,
    UnionPlan,
)

__all__ = [
    "NO_CHOICES",
    "UNLOCKED",
    "AnswerPlan",
    "BodyPlan",
    "ChoiceFault",
    "Choices",
    "Covered",
    "CredentialPlan",
    "Drawn",
    "Entry",
    "GroupPlan",
    "LockFault",
    "ModelPlan",
    "NamesLock",
    "OperationPlan",
    "PagingPlan",
    "ParameterPlan",
    "Plan",
    "SchemePlan",
    "UnionPlan",
    "choices_of",
    "coverage",
    "draw",
    "index",
    "py",
    "read_lock",
]
