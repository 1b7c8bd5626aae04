"""Every Python decision: which types exist, what everything is called, how each value travels."""

from .coverage import Covered, coverage
from .draw import Drawn, draw
from .index import Entry, index
from .literals import py
from .lock import UNLOCKED, LockFault, NamesLock, read_lock
from .model import (
    AnswerPlan,
    BodyPlan,
    CredentialPlan,
    EnumPlan,
    FieldPlan,
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
    "BodyPlan",
    "Covered",
    "CredentialPlan",
    "Drawn",
    "Entry",
    "EnumPlan",
    "FieldPlan",
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
