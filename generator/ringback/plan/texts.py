"""What docstrings say: the document's own words, then the facts a caller needs.

Everything here is plain text. It enters Python through `emit`'s docstring encoder, never directly.
"""

from __future__ import annotations

from collections.abc import Iterable

from ringback.openapi import Operation, Schema
from ringback.plan.model_operations import AnswerPlan, ParameterPlan


def clean(text: str | None) -> str:
    """A description as a paragraph or several: outer white space off, lines trimmed."""
    return "\n".join(line.rstrip() for line in (text or "").strip().splitlines())


def sentence(text: str | None) -> str:
    """A description on one line, ending like a sentence."""
    line = " ".join((text or "").split())
    return line if not line or line[-1] in ".!?:…" else line + "."


def allowed(schema: Schema | None) -> str:
    """The values and bounds of a schema, in words; "" where there are none."""
    if schema is None:
        return ""
    target = schema.items if schema.items is not None and not schema.enum else schema
    told: list[str] = []
    if target.enum:
        told.append("one of " + ", ".join(str(value) for value in target.enum))
    if target.minimum is not None or target.maximum is not None:
        low = "" if target.minimum is None else f"{target.minimum}"
        high = "" if target.maximum is None else f"{target.maximum}"
        told.append(
            f"{low} to {high}" if low and high else f"at least {low}" if low else f"at most {high}"
        )
    if target.max_length is not None and not target.pattern:
        told.append(f"at most {target.max_length} characters")
    if schema.default not in (None, "") and not isinstance(schema.default, (dict, list)):
        default = (
            str(schema.default).lower() if isinstance(schema.default, bool) else schema.default
        )
        if repr(default) != "ABSENT":
            told.append(f"default {default}")
    return "; ".join(told)


def parameter_doc(wire: str, description: str | None, schema: Schema | None) -> str:
    """What a docstring says of one argument: description, wire name, allowed values."""
    facts = allowed(schema)
    told = sentence(description or (schema.description if schema else ""))
    return f"{told + ' ' if told else ''}Wire name `{wire}`{'; ' + facts if facts else ''}."


def operation_doc(
    operation: Operation,
    arguments: Iterable[ParameterPlan],
    answers: Iterable[AnswerPlan],
    method_line: str,
) -> str:
    """The docstring of a client's method: summary, description, arguments, answers."""
    summary = sentence(operation.summary) or sentence(operation.description)
    parts = [summary or method_line]
    if operation.summary and operation.description:
        parts.append(clean(operation.description))
    if summary:
        parts.append(f"`{method_line}`")
    told = [f"    {one.argument}: {one.doc}" for one in arguments]
    if told:
        parts.append("Args:\n" + "\n".join(told))
    statuses = [f"    {one.status}: {sentence(one.doc) or 'no description.'}" for one in answers]
    if statuses:
        parts.append("Answers:\n" + "\n".join(statuses))
    return "\n\n".join(parts)
