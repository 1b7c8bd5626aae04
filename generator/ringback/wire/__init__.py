"""What a document says of requests and answers: values on the wire and back, judged and drawn; which resources there are."""

from . import forms, patterns, words
from .drawing import Drawer, Undrawable
from .examples import answer_examples, body_examples, parameter_examples
from .flat import Flat, flatten
from .formats import Format
from .formats import known as format_of
from .kinds import Kind
from .resources import (
    Resource,
    answers_of,
    bare,
    good_statuses,
    is_one_thing,
    json_schema,
    literal_of,
    rows_of,
    unnamed,
)
from .view import Contract, Match, is_json
from .violations import Violation

__all__ = [
    "Contract",
    "Drawer",
    "Flat",
    "Format",
    "Kind",
    "Match",
    "Resource",
    "Undrawable",
    "Violation",
    "answer_examples",
    "answers_of",
    "bare",
    "body_examples",
    "flatten",
    "format_of",
    "forms",
    "good_statuses",
    "is_json",
    "is_one_thing",
    "json_schema",
    "literal_of",
    "parameter_examples",
    "patterns",
    "rows_of",
    "unnamed",
    "words",
]
