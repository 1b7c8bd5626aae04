"""Whether a request breaks the document: by its path, its query, its headers or its body, read as the document has them."""

from __future__ import annotations

from ringback.contract.traffic import Request
from ringback.openapi import Operation, Parameter
from ringback.wire import Contract, forms


def is_faulty(contract: Contract, operation: Operation, request: Request) -> bool:
    """Whether a value of the request violates a schema, or something that is required is missing.

    What the document does not mention breaks nothing, nor does an optional value that is there and empty: in forms and queries
    many take that for absent. A body that cannot be read as its media type is faulty.
    """
    match = contract.match(request.method, request.target)
    if match is None or match.operation is not operation:
        return False  # another path altogether: what it answers is no word on this operation
    path = contract.path_values(operation, match.values)
    query = contract.query(operation, request.query)
    return any(
        _breaks(contract, one, path if one.location == "path" else query)
        for one in operation.parameters
        if one.location in ("path", "query")
    ) or _body(contract, operation, request)


def _breaks(contract: Contract, parameter: Parameter, given: dict[str, object]) -> bool:
    if parameter.name not in given:
        return parameter.required
    if parameter.schema is None or (given[parameter.name] == "" and not parameter.required):
        return False
    return not contract.is_valid(parameter.schema, given[parameter.name], reply=False)


def _body(contract: Contract, operation: Operation, request: Request) -> bool:
    if operation.body is None:
        return False
    if not request.body:
        # A form without fields is an empty body: what it lacks its schema says.
        if not operation.body.required:
            return False
        media = operation.body.content[0]
        is_form = media.name.startswith(forms.FORM)
        return not is_form or (
            media.schema is not None and not contract.is_valid(media.schema, {}, reply=False)
        )
    kind = request.header("content-type") or ""
    found = contract.media_type(operation.body.content, kind.partition(";")[0].strip().lower())
    if found is None or found.schema is None:
        return False
    value = contract.decoded(found, request.body, kind)
    if isinstance(value, dict) and found.name.startswith(forms.FORM):
        needed = found.schema.required
        value = {name: one for name, one in value.items() if one != "" or name in needed}
    return value is not None and not contract.is_valid(found.schema, value, reply=False)
