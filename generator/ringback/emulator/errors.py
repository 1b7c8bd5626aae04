"""The vendor's errors: code, status, message. One function per error that has a message of its own."""

from __future__ import annotations

import msgspec

from twilio_voice.server import Fault, HttpRequest

MORE = "https://www.twilio.com/docs/errors/"


class Body(msgspec.Struct, omit_defaults=True):
    """An error as JSON."""

    code: int
    message: str
    more_info: str
    status: int
    detail: str | None = None


def render(fault: Fault) -> tuple[str, bytes]:
    """A fault as the wire shows it."""
    code = (
        fault.code
        if isinstance(fault.code, int) and fault.code > 999
        else _USUAL.get(fault.status, 20001)
    )
    detail = "Your AccountSid or AuthToken was incorrect." if fault.status == 401 else None
    body = Body(code, fault.message, f"{MORE}{code}", fault.status, detail)
    return "application/json", msgspec.json.encode(body)


_USUAL = {
    400: 20001,
    401: 20003,
    403: 20006,
    404: 20404,
    405: 20004,
    413: 20001,
    415: 20001,
    429: 20429,
    500: 20500,
    501: 20500,
    503: 20503,
}


def not_found(request: HttpRequest) -> Fault:
    """What is asked for is not there, or is another account's."""
    return Fault(404, f"The requested resource {request.path} was not found", code=20404)


def invalid(code: int, message: str) -> Fault:
    """A parameter that is refused."""
    return Fault(400, message, code=code)


def unauthorized(message: str = "Authenticate") -> Fault:
    """The credentials are missing or wrong."""
    headers = {"www-authenticate": 'Basic realm="Twilio API"'}
    return Fault(401, message, code=20003, headers=headers)


def too_many() -> Fault:
    """Refused before anything was done."""
    return Fault(429, "Too Many Requests", code=20429)
