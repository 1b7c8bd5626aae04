"""The servers of a document, where a client has a choice: several of them, or variables in their URLs."""

from __future__ import annotations

from collections.abc import Collection

from ringback.openapi import Document
from ringback.plan import names
from ringback.plan.model_access import ServerPlan, VariablePlan

CLIENT_RESERVED = frozenset(
    {"self", "base_url", "server", "timeout", "max_retries", "strict", "on_drift", "http"}
)
"""Arguments that every client has."""


def servers(document: Document, credentials: Collection[str]) -> tuple[ServerPlan, ...]:
    """The servers to choose from; none where the only one leaves nothing to choose."""
    listed = document.servers
    if len(listed) < 2 and not any(one.variables for one in listed):
        return ()
    wires = dict.fromkeys(one.name for server in listed for one in server.variables)
    wanted = [(wire, names.snake(wire)) for wire in wires]
    given = names.assign(wanted, {*CLIENT_RESERVED, *credentials}, scope="server variables")
    return tuple(
        ServerPlan(
            server.template or server.url,
            server.name or "",
            tuple(
                VariablePlan(given[one.name], one.name, one.default, one.enum)
                for one in server.variables
            ),
        )
        for server in listed
    )
