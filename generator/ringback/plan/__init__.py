"""Every Python decision: which types exist, what everything is called, how each value travels."""

from .draw import Drawn, draw
from .literals import py
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
    "AnswerPlan",
    "BodyPlan",
    "CredentialPlan",
    "Drawn",
    "GroupPlan",
    "ModelPlan",
    "OperationPlan",
    "PagingPlan",
    "ParameterPlan",
    "Plan",
    "SchemePlan",
    "UnionPlan",
    "draw",
    "py",
]
