"""Whether a campaign over a document can follow what it creates; a green run that could not would mean nothing.

Where a document lets things be created and no answer leads to any other request, everything that is worth testing (what
was created can be read, what was deleted is gone) is out of reach. The doctor says why, operation by operation.
"""

from __future__ import annotations

from ringback.openapi import Operation
from ringback.wire import Contract, answers_of

from .links import steps


def doctor(contract: Contract) -> tuple[str, ...]:
    """What keeps a campaign from being more than single requests; empty where nothing does."""
    makers = tuple(one for one in contract.operations if _creates(contract, one))
    if not makers or steps(contract):
        return ()
    return tuple(_why(contract, one) for one in makers)


def _creates(contract: Contract, operation: Operation) -> bool:
    role = contract.kinds.resource_of(contract.label(operation))
    if role is not None and role[1] == "create":
        return True
    return operation.method == "POST" and any(one.status == "201" for one in operation.responses)


def _why(contract: Contract, operation: Operation) -> str:
    label = contract.label(operation)
    place = contract.locate(operation.path)
    return f"{place}: {label} creates something that no other request can reach: {_reason(contract, operation)}"


def _reason(contract: Contract, operation: Operation) -> str:
    found = contract.kinds.resource_of(contract.label(operation))
    if not answers_of(operation):
        return "no JSON answer of success is documented"
    if found is None or found[0].item is None:
        return "no path takes what it creates (such as /things/{id} beside /things)"
    resource = found[0]
    if resource.identifier is None:
        return f"its answer has no property that holds the {resource.parameter} of {resource.item}"
    return (
        f"the path {resource.item} takes more than its answer and the path of the request give; "
        "name identifiers alike, or mark them with x-ringback-identifier"
    )
