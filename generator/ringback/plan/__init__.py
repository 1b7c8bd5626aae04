"""Every Python decision: which types exist, what everything is called, how each value travels."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from .choices import NO_CHOICES, ChoiceFault, Choices, choices_of
from .coverage import Covered, coverage
from .draw import Drawn, draw
from .index import Entry, former_name, index
from .literals import py
from .lock import UNLOCKED, Former, LockFault, NamesLock, is_public, read_lock
from .model import FormerPlan, Plan
from .model_access import CredentialPlan, SchemePlan, ServerPlan, VariablePlan
from .model_operations import (
    AnswerPlan,
    BodyPlan,
    GroupPlan,
    OperationPlan,
    PagingPlan,
    ParameterPlan,
)
from .model_types import EnumPlan, FieldPlan, FormatPlan, ModelPlan, UnionPlan
from .tabular import CsvPlan
from .tokens import PartyPlan, TokensPlan

if TYPE_CHECKING:
    from .markup import MODULES, ContentPlan, ElementPlan, MarkupPlan, WordsPlan, draw_markup
else:

    def __getattr__(name: str) -> Any:
        if name in (
            "MODULES",
            "ContentPlan",
            "ElementPlan",
            "MarkupPlan",
            "WordsPlan",
            "draw_markup",
        ):
            from . import markup as module  # few documents have a vocabulary

            return getattr(module, name)
        raise AttributeError(name)


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
    "CsvPlan",
    "Drawn",
    "ElementPlan",
    "Entry",
    "EnumPlan",
    "FieldPlan",
    "FormatPlan",
    "Former",
    "FormerPlan",
    "GroupPlan",
    "LockFault",
    "MarkupPlan",
    "ModelPlan",
    "NamesLock",
    "OperationPlan",
    "PagingPlan",
    "ParameterPlan",
    "PartyPlan",
    "Plan",
    "SchemePlan",
    "ServerPlan",
    "TokensPlan",
    "UnionPlan",
    "VariablePlan",
    "WordsPlan",
    "choices_of",
    "coverage",
    "draw",
    "former_name",
    "draw_markup",
    "index",
    "is_public",
    "py",
    "read_lock",
]
