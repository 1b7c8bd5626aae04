"""A voice API in memory: the generated server stubs with something behind them.

    uvicorn --factory memory_voice:memory_app      (in this folder)

What is created can be fetched, listed, changed and deleted, each account for itself. Nothing is dialled: a call stays
`queued` until somebody completes or cancels it. Any account SID with any password may come in, and sees what is
below its own path.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any
from urllib.parse import unquote

import msgspec
from memory_calls import Calls, Recordings
from memory_conferences import Conferences, Members, Participants, Queues
from memory_store import World

from twilio_voice import models
from twilio_voice.server import Fault, HttpRequest, build_app

ERROR_PAGES = "https://www.twilio.com/docs/errors/"

CODES = {400: 20001, 401: 20003, 403: 20006, 404: 20404, 405: 20004, 409: 20009, 500: 20500}
"""The vendor's error number for a status, where nothing more exact is known."""

PARAMETER_CODES = {
    "To": 21201,
    "From": 21213,
    "Url": 21205,
    "SendDigits": 21206,
    "Timeout": 21208,
    "Method": 21209,
    "ApplicationSid": 21218,
    "MachineDetection": 21234,
    "Byoc": 21300,
    "PageSize": 20007,
}
"""The vendor's error number for a parameter that is missing or not valid."""


def memory_app(
    seed: int | None = None,
    *,
    clock: Callable[[], datetime] | None = None,
    world: World | None = None,
    check_answers: bool = False,
) -> Any:
    """The ASGI application. The same seed gives the same SIDs; a world that is handed in can be looked into."""
    world = world or World(seed, clock)
    return build_app(
        calls=Calls(world),
        recordings=Recordings(world),
        conferences=Conferences(world),
        participants=Participants(world),
        queues=Queues(world),
        members=Members(world),
        authenticate=authenticate,
        render=render,
        check_answers=check_answers,
    )


async def authenticate(request: HttpRequest, operation: object) -> str:
    """Let an account at what is below its own path, whatever its password. Raises Fault 401."""
    realm = {"WWW-Authenticate": 'Basic realm="Twilio API"'}
    given = request.credentials()
    if given is None:
        raise Fault(401, "Authentication Error - No credentials provided", headers=realm)
    user, password = given
    owner = request.path.partition("/Accounts/")[2].partition("/")[0]
    if user != unquote(owner) or not password:
        raise Fault(401, "Authenticate", headers=realm)
    return user


def render(fault: Fault) -> tuple[str, bytes]:
    """An error body as the vendor writes it."""
    code = error_code(fault)
    body = models.ApiError(
        code=code,
        message=fault.message,
        more_info=f"{ERROR_PAGES}{code}",
        status=fault.status,
    )
    if fault.status == 401:
        body = msgspec.structs.replace(body, detail="Your AccountSid or AuthToken was incorrect.")
    return "application/json", msgspec.json.encode(body)


def error_code(fault: Fault) -> int:
    """The vendor's number: the handler's own, the first faulty parameter's, or the status's."""
    if isinstance(fault.code, int) and fault.code != fault.status:
        return fault.code
    for problem in fault.problems:
        if problem.name in PARAMETER_CODES:
            return PARAMETER_CODES[problem.name]
    return CODES.get(fault.status, fault.status)
