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
    "UNLOCKED",
    "AnswerPlan",
    "MODULES",
    "NO_CHOICES",
    "BodyPlan",
    "Covered",
    "CredentialPlan",
    "ChoiceFault",
    "Choices",
    "ContentPlan",
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
    "coverage",
    "draw",
    "index",
    "py",
    "read_lock",
]
    "WordsPlan",
    "choices_of",
