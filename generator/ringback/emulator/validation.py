"""What is refused when a call is placed or changed, with the vendor's codes and messages."""

from __future__ import annotations

import re
from typing import Any

from ringback.emulator.errors import invalid, not_found
from ringback.emulator.records import (
    AccountRecord,
    ApplicationRecord,
    CallerRecord,
    KeyRecord,
    NumberRecord,
)
from ringback.emulator.settings import Settings
from ringback.emulator.store import Transaction
from ringback.emulator.urls import acceptable
from twilio_voice import UNSET, models
from twilio_voice._runtime.table import Operation
from twilio_voice.server import Fault, HttpRequest

E164 = re.compile(r"\+[1-9][0-9]{1,14}")
_SIP = re.compile(r"sips?:[^@\s]+@[A-Za-z0-9.-]+(:[0-9]+)?([;?]\S*)?")
_CLIENT = re.compile(r"client:[^\s]{1,121}")
_SIM = re.compile(r"sim:DE[0-9a-fA-F]{32}")
_APP = re.compile(r"app:AP[0-9a-fA-F]{32}(\?\S*)?")

_REQUIRED = {
    "To": (21201, "No 'To' number is specified"),
    "From": (21213, "No 'From' number is specified"),
}
_INVALID = {
    "SendDigits": 21206,
    "IfMachine": 21207,
    "Timeout": 21208,
    "Method": 21209,
    "FallbackMethod": 21209,
    "StatusCallbackMethod": 21209,
    "RecordingStatusCallbackMethod": 21209,
    "AsyncAmdStatusCallbackMethod": 21209,
    "ApplicationSid": 21218,
    "SipAuthUsername": 21221,
    "SipAuthPassword": 21222,
    "MachineDetection": 21234,
    "MachineDetectionTimeout": 21234,
    "Byoc": 21300,
    "PageSize": 20007,
}


def refusal(request: HttpRequest, operation: Operation[Any], fault: Fault) -> Fault:
    """The vendor's fault in the place of one of the stubs': a bad SID in a path is a resource that is not there."""
    in_path = {one.argument for one in operation.parameters if one.place == "path"}
    first = fault.problems[0]
    if any(one.argument in in_path for one in fault.problems):
        return not_found(request)
    if first.reason == "is required" and first.name in _REQUIRED:
        return invalid(*_REQUIRED[first.name])
    if first.reason == "is required":
        return invalid(20001, f"{first.name} parameter is required.")
    code = _INVALID.get(first.name, 20001)
    return invalid(code, f"{first.name} is not valid: {first.reason}")


def check_url(settings: Settings, name: str, url: str) -> None:
    """An address that is called later."""
    if not acceptable(url, settings.hosts_may_be_local):
        raise invalid(21205, f"{name} is not a valid URL: {url[:200]}")


URLS = (
    "url",
    "fallback_url",
    "status_callback",
    "recording_status_callback",
    "async_amd_status_callback",
    "amd_status_callback",
    "announce_url",
    "hold_url",
    "wait_url",
    "conference_status_callback",
    "conference_recording_status_callback",
    "client_notification_url",
)


def check_urls(settings: Settings, body: Any) -> None:
    """All addresses of a form."""
    for name in URLS:
        value = getattr(body, name, UNSET)
        if isinstance(value, str) and value:
            check_url(settings, "".join(part.title() for part in name.split("_")), value)


def is_number(endpoint: str) -> bool:
    """Whether an endpoint is a phone number."""
    return bool(E164.fullmatch(endpoint))


def check_to(to: str, *, application: bool = False) -> None:
    """Whom to call: a number, SIP, a client, a SIM; participants also an application."""
    if not to.strip():
        raise invalid(21201, "No 'To' number is specified")
    patterns = (E164, _SIP, _CLIENT, _SIM, *((_APP,) if application else ()))
    if not any(pattern.fullmatch(to) for pattern in patterns):
        raise invalid(
            21211, f"The phone number you are attempting to call, {to[:100]}, is not valid."
        )


def acts_itself(tx: Transaction, account: AccountRecord, request: HttpRequest) -> bool:
    """Whether an account uses credentials of its own; otherwise its parent acts on it."""
    user = (request.credentials() or ("", ""))[0]
    if user == account.account_sid:
        return True
    return user.startswith("SK") and tx.get(KeyRecord, account.account_sid, user) is not None


def check_from(
    tx: Transaction, account: AccountRecord, to: str, from_: str, request: HttpRequest
) -> str:
    """Who calls; gives the SID of the number or caller ID.

    A number must be the account's own, or verified; a parent that acts on its sub-account may use its own as well.
    """
    if not from_.strip():
        raise invalid(21213, "No 'From' number is specified")
    if not is_number(from_):
        if is_number(to) or not re.fullmatch(r"[^\s\x00-\x1f]{1,128}", from_):
            raise invalid(21212, f"From is not a valid phone number: {from_[:100]}")
        return ""
    owners = [account.account_sid]
    if account.parent_sid and not acts_itself(tx, account, request):
        owners.append(account.parent_sid)
    for kind in (NumberRecord, CallerRecord):
        for owner in owners:
            found = tx.named(kind, owner, from_)
            if found:
                return found[0].key()
    raise invalid(
        21210,
        f"The source phone number provided, {from_}, is not yet verified for your account. You may only make "
        "calls from phone numbers that you've verified or purchased from Twilio.",
    )


_MAGIC_FROM = {"+15005550001": (21212, "From is not a valid phone number: {}")}
_MAGIC_TO = {
    "+15005550001": (21217, "The phone number {} does not appear to be valid."),
    "+15005550002": (21214, "The phone number {} cannot be reached."),
    "+15005550003": (
        21215,
        "Account not authorized to call {}. Perhaps you need to enable some international permissions: "
        "https://www.twilio.com/console/voice/calls/geo-permissions/low-risk",
    ),
    "+15005550004": (21216, "Account not allowed to call {}"),
}
MAGIC_OK = "+15005550006"


def check_magic(to: str, from_: str) -> None:
    """Magic numbers give their error, with every account: ready-made refusals for tests."""
    if from_ in _MAGIC_FROM:
        code, text = _MAGIC_FROM[from_]
        raise invalid(code, text.format(from_))
    if to in _MAGIC_TO:
        code, text = _MAGIC_TO[to]
        raise invalid(code, text.format(to))


def check_instructions(
    tx: Transaction, account: AccountRecord, body: models.CreateCallRequest
) -> None:
    """One of Url, Twiml and ApplicationSid says what to do on the call. The application is the account's own."""
    if body.application_sid:
        if tx.get(ApplicationRecord, account.account_sid, body.application_sid) is None:
            raise invalid(21218, f"ApplicationSid is not valid: {body.application_sid}")
    elif not body.url and not body.twiml:
        raise invalid(21205, "Url parameter is required.")


def check_sip(body: Any) -> None:
    """A SIP password needs a user name and the other way round."""
    user, password = body.sip_auth_username, body.sip_auth_password
    if user and not password:
        raise invalid(21225, "SipAuthPassword is missing")
    if password and not user:
        raise invalid(21223, "SipAuthUsername is missing")


def check_detection(settings: Settings, body: Any) -> None:
    """How long machine detection may take."""
    low, high = settings.machine_detection_timeouts
    given = body.machine_detection_timeout
    if given is not UNSET and not low <= given <= high:
        raise invalid(21234, f"MachineDetectionTimeout must be between {low} and {high}")
