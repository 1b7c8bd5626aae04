"""The status of an answer is one that the document has for the operation."""

from __future__ import annotations

from collections.abc import Iterator
from http import HTTPStatus

from ringback.contract.judges.reading import Reading
from ringback.contract.judges.words import one_of
from ringback.contract.outcome import Finding


def undocumented_status(reading: Reading) -> Iterator[Finding]:
    """`undocumented-status`; from 500 on `server-error`, unless the document has just that status for it."""
    status, operation = reading.status, reading.operation
    if operation is None or not status:
        return
    by_name = reading.response is not None and reading.response.status.lower() != "default"
    if by_name or (reading.response is not None and status < 500):
        return
    wanted = _wanted(reading)
    code = "server-error" if status >= 500 else "undocumented-status"
    message = f"status is {_named(status)}, wanted {wanted}"
    yield reading.finding(code, message, (*operation.path, "responses"), where=f"status/{status}")


def _wanted(reading: Reading) -> str:
    operation = reading.operation
    assert operation is not None
    texts = [one.status for one in operation.responses]
    return one_of([int(text) if text.isdecimal() else text for text in texts]).replace("'", "")


def _named(status: int) -> str:
    try:
        return f"{status} {HTTPStatus(status).phrase}"
    except ValueError:
        return str(status)
