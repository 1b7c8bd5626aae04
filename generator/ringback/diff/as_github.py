"""The comparison as annotations of a pull request: errors where something breaks, warnings where something may."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from .model import Rating
from .verdict import Audience, Comparison, in_order, rating
from .words import Told, grouped, operations, verdict

_COMMANDS: Final = {Rating.BREAKING: "error", Rating.RISKY: "warning"}


def as_github(comparison: Comparison) -> Iterator[str]:
    """Lines without their ends. What is safe is not annotated; the last line says the verdict."""
    for one in grouped(in_order(comparison.changes, comparison.audience)):
        command = _COMMANDS.get(rating(one.change, comparison.audience))
        if command is not None:
            yield _annotation(command, one, comparison)
    for notice in comparison.notices:
        yield f"::warning title=accepted changes::{_escape(notice)}"
    yield f"::notice title=API changes::{_escape(verdict(comparison))}"


def _annotation(command: str, told: Told, comparison: Comparison) -> str:
    change = told.change
    new = change.new
    # An annotation stands in a file of the pull request, whatever revision it was read from.
    properties = {"file": comparison.file or comparison.new}
    if new is not None:
        file = new.file.removeprefix(comparison.revision)
        properties = {"file": file, "line": str(new.line), "col": str(new.column)}
    properties["title"] = change.code
    listed = ",".join(f"{key}={_escape(value, ':,')}" for key, value in properties.items())
    return f"::{command} {listed}::{_escape(_message(told, comparison.audience))}"


def _message(told: Told, audience: Audience) -> str:
    change = told.change
    parts = [told.message]
    touched = operations(change)
    if touched:
        parts.append(touched)
    if audience is Audience.BOTH:
        parts.append(f"callers: {change.callers}, servers: {change.servers}")
    if change.old is not None:
        parts.append(f"was {change.old}")
    return "\n".join(parts)


def _escape(text: str, more: str = "") -> str:
    """GitHub's escapes: percent and line ends everywhere, colon and comma in properties."""
    for sign in ("%", "\r", "\n", *more):
        text = text.replace(sign, f"%{ord(sign):02X}")
    return text
