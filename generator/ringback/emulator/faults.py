"""What can be made to go wrong: for one request by its header X-Ringback-Fault, or for all by the settings.

    latency=500          the answer comes so many ms later
    status=503           the request is refused with a status from 400 to 599 and not processed
    drop                 the connection is dropped and the request not processed
    drop=after           the request is processed, and the connection dropped in place of the answer
    callback=twice       webhooks about the calls that the request makes: drop, twice, unsigned, forged
    rate=0.1             only so many of the requests are affected, evenly

Several stand with commas between them: `latency=200, status=500, rate=0.25`.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache

import msgspec

from ringback.emulator.callee import CALLBACK_FAULTS
from ringback.emulator.records import CallRecord, Delivery
from ringback.emulator.settings import Settings
from ringback.emulator.store import Transaction

_LONGEST = 600_000


@dataclass(frozen=True, slots=True)
class Plan:
    """What goes wrong with a request."""

    latency: float = 0.0  # seconds
    status: int | None = None
    drop: str = ""  # "before", "after"
    callback: str = ""
    rate: float = 1.0

    def hits(self, number: int) -> bool:
        """Whether the request of a number (from 1) is affected, so that they are spread evenly."""
        return int(number * self.rate) > int((number - 1) * self.rate)


NOTHING = Plan()


@lru_cache(maxsize=256)
def plan_of(text: str) -> Plan:
    """Read what shall go wrong. Raises ValueError with one sentence."""
    plan = NOTHING
    for part in filter(None, (one.strip() for one in text.split(","))):
        name, _, value = part.partition("=")
        plan = _with(plan, name.strip(), value.strip())
    return plan


def _with(plan: Plan, name: str, value: str) -> Plan:
    if name == "latency":
        return replace(plan, latency=_number(name, value, 0, _LONGEST) / 1000)
    if name == "status":
        return replace(plan, status=int(_number(name, value, 400, 599)))
    if name == "rate":
        return replace(plan, rate=_number(name, value, 0, 1))
    if name == "drop" and value in ("", "before", "after"):
        return replace(plan, drop=value or "before")
    if name == "callback" and value in CALLBACK_FAULTS:
        return replace(plan, callback=value)
    known = f"latency=, status=, drop, drop=after, callback={'|'.join(CALLBACK_FAULTS)}, rate="
    raise ValueError(f"{name}={value} is no fault; there are {known}")


def _number(name: str, text: str, low: float, high: float) -> float:
    try:
        value = float(text)
    except ValueError:
        value = float("nan")
    if not low <= value <= high:
        raise ValueError(f"{name} is a number from {low} to {high}, not {text!r}")
    return value


def tampered(
    settings: Settings, tx: Transaction, delivery_id: int, delivery: Delivery, secret: str
) -> str | None:
    """The secret that a webhook is signed with: none, a wrong one, or None where it is not to be sent at all."""
    if delivery.purpose:
        return secret
    fault = _fault_of(settings, tx, delivery)
    if fault == "drop":
        tx.settle(delivery_id, _untried(delivery), delivery)
        return None
    if fault == "twice" and delivery.attempt == 1 and "copy" not in delivery.data:
        tx.send(msgspec.structs.replace(delivery, data={**delivery.data, "copy": True}))
    return {"unsigned": "", "forged": f"not {secret}"}.get(fault, secret)


def _fault_of(settings: Settings, tx: Transaction, delivery: Delivery) -> str:
    if delivery.subject.startswith("CA"):
        call = tx.get(CallRecord, delivery.account, delivery.subject)
        asked = call.behaviour.get("callbacks", "") if call else ""
        if asked:
            return str(asked)
    return plan_of(settings.fault).callback


def _untried(delivery: Delivery) -> dict[str, object]:
    """What the journal says of a webhook that was not sent."""
    return {
        "about": delivery.about,
        "attempt": delivery.attempt,
        "method": delivery.method,
        "url": delivery.url,
        "params": delivery.params,
        "headers": {},
        "status": 0,
        "error": "dropped: somebody asked for that",
        "answer": "",
        "milliseconds": 0,
    }
