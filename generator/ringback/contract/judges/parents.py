"""What an answer says of where it belongs agrees with the path that it was asked for under.

A parameter of the path and a property mean the same where they have one name (`CallSid` and `call_sid`), and the last parameter of an item's
path means the property that identifies it. Where the path names a thing by something else than its identifier (a label, a name,
`latest`), nothing can be said.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ringback.contract.judges.reading import NOTHING, Reading, properties
from ringback.contract.judges.words import plain, shown
from ringback.contract.ledger.entities import Role, Verb, roles_of
from ringback.contract.outcome import Finding
from ringback.openapi import Parameter, Schema


def parent_disagrees(reading: Reading) -> Iterator[Finding]:
    """`parent-disagrees`, once for each property."""
    if not reading.accepted or reading.value is NOTHING or not reading.values:
        return
    role = roles_of(reading.contract).get(reading.label)
    rows, own, where = _rows(reading, role)
    if not rows:
        return
    assert reading.operation is not None
    for one in reading.operation.parameters:
        if one.location != "path" or one.name not in reading.values:
            continue
        name = _property(one, role, own)
        if name is not None:
            yield from _judge(reading, one, name, own[name], rows, where)


def _rows(
    reading: Reading, role: Role | None
) -> tuple[list[dict[str, Any]], dict[str, Schema], str]:
    """The objects of an answer that the path speaks of, their properties, and where they stand."""
    value = reading.value
    if role is not None and role.verb is Verb.LIST:
        listed = (
            value if role.rows is None else value.get(role.rows) if isinstance(value, dict) else []
        )
        rows = [row for row in listed if isinstance(row, dict)] if isinstance(listed, list) else []
        where = f"body/{role.rows}/*" if role.rows else "body/*"
        return rows, role.entity.properties, where
    if isinstance(value, dict):
        own = role.entity.properties if role is not None else properties(reading.schema)
        return [value], own, "body"
    return [], {}, ""


def _property(one: Parameter, role: Role | None, own: dict[str, Schema]) -> str | None:
    if role is not None and one.name == role.parameter:
        return role.entity.identity
    return next((name for name in own if plain(name) == plain(one.name)), None)


def _judge(
    reading: Reading,
    one: Parameter,
    name: str,
    schema: Schema,
    rows: list[dict[str, Any]],
    where: str,
) -> Iterator[Finding]:
    asked = reading.values[one.name]
    wrong = [
        row[name]
        for row in rows
        if row.get(name) is not None
        and not isinstance(row[name], (dict, list))
        and str(row[name]).casefold() != asked.casefold()
    ]
    if not wrong or not _names_it(reading, schema, asked):
        return
    if not reading.contract.is_valid(schema, wrong[0], reply=True):
        return  # it is no identifier at all, which another check says
    message = f"{name} is {shown(wrong[0])}, wanted {shown(asked)} as the path says"
    yield reading.finding(
        "parent-disagrees", message, schema.path, where=f"{where}/{name}", count=len(wrong)
    )


def _names_it(reading: Reading, schema: Schema, asked: str) -> bool:
    """Whether the path names the thing by its identifier: by a value that could stand in the property."""
    if schema.pattern is None and schema.format != "uuid" and "integer" not in schema.types:
        return False
    value = int(asked) if "integer" in schema.types and asked.isdecimal() else asked
    return reading.contract.is_valid(schema, value, reply=True)
