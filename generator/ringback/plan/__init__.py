"""Every Python decision: which types exist, what everything is called, how each value travels."""

from .draw import Drawn, draw
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
    "BodyPlan",
    "CredentialPlan",
    "Drawn",
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
    "draw",
    "py",
    "read_lock",
]
