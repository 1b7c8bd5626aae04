"""Every Python decision: which types exist, what everything is called, how each value travels."""

from .choices import NO_CHOICES, ChoiceFault, Choices, choices_of
from .coverage import Covered, coverage
from .draw import Drawn, draw
from .index import Entry, index
from .literals import py
from .lock import UNLOCKED, LockFault, NamesLock, read_lock
from .markup import MODULES, ContentPlan, ElementPlan, MarkupPlan, WordsPlan, draw_markup
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
    "MODULES",
    "NO_CHOICES",
    "UNLOCKED",
    "AnswerPlan",
    "BodyPlan",
    "ChoiceFault",
    "Choices",
    "ContentPlan",
    "Covered",
    "CredentialPlan",
    "Drawn",
    "ElementPlan",
    "Entry",
    "GroupPlan",
    "LockFault",
    "MarkupPlan",
    "ModelPlan",
    "NamesLock",
    "OperationPlan",
    "PagingPlan",
    "ParameterPlan",
    "Plan",
    "SchemePlan",
    "UnionPlan",
    "WordsPlan",
    "choices_of",
    "coverage",
    "draw",
    "draw_markup",
    "index",
    "py",
    "read_lock",
]
