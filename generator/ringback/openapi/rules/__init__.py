"""Our own rules of an OpenAPI document: one function each, each giving its findings.

They hold inside `webhooks` and `callbacks` as they do under `paths`. `DOCUMENT_RULES` look at the tree, with the
form of every object already checked; `VALUE_RULES` at the values read from it.
"""

from .extensions import unknown_extension
from .finding import Context
from .operations import (
    duplicate_operation_id,
    duplicate_parameter,
    duplicate_path,
    ignored_header,
    missing_path_parameters,
    path_parameters,
    path_template,
)
from .references import (
    dynamic_reference,
    reference_cycle,
    reference_kind,
    reference_sibling,
    reference_target,
)
from .schemas import array_without_items, discriminator, invalid_pattern, unknown_format
from .security import security_requirement, server_variables
from .tabular import csv_shape
from .tokens import token_shape
from .values import default_mismatch, enum_duplicate, enum_mismatch, example_mismatch

DOCUMENT_RULES = (
    reference_target,
    dynamic_reference,
    reference_cycle,
    reference_kind,
    reference_sibling,
    duplicate_operation_id,
    path_template,
    path_parameters,
    duplicate_path,
    duplicate_parameter,
    ignored_header,
    unknown_format,
    unknown_extension,
    token_shape,
    csv_shape,
    invalid_pattern,
    array_without_items,
    discriminator,
    security_requirement,
    server_variables,
)
VALUE_RULES = (enum_mismatch, enum_duplicate, default_mismatch, example_mismatch)

__all__ = [
    "DOCUMENT_RULES",
    "VALUE_RULES",
    "Context",
    "missing_path_parameters",
    "reference_target",
]
