"""A vocabulary: the elements of a markup language, what they carry and what they hold. This room knows no OpenAPI."""

from .model import Attribute, Choice, Flag, Inline, Rule, Several, Text, Vocabulary, Whole, Word
from .read import read

__all__ = [
    "Attribute",
    "Choice",
    "Flag",
    "Inline",
    "Rule",
    "Several",
    "Text",
    "Vocabulary",
    "Whole",
    "Word",
    "read",
]
