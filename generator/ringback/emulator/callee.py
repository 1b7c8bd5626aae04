"""The other side of a call: what somebody who is called does.

A behaviour is a small mapping; every part of it has a default:

    answer: 3            seconds of ringing before the call is answered
    busy: true           the line is busy                         (SIP 486)
    fails: 404           the network refuses with a SIP code
    ignores: true        nobody answers
    machine: start       a machine answers: start, beep, silence, other; or fax; unknown
    hangs_up: 20         seconds after answering (and after everything below) until the other side hangs up
    presses: "1#"        keys pressed after each Gather, a list for one Gather after the other
    says: "sales"        what is said into each Gather, a list likewise
    speaks: 5            seconds of speech into each Record (3 unless told otherwise; 0: nothing is said)
    rejects_screening: true
                         presses nothing when a call is screened
    refers: "sip:…"      a SIP endpoint that was dialled asks to be replaced by somebody else
    callbacks: twice     what goes wrong with webhooks about the call: drop, twice, unsigned, forged

They are found by the number that is called: a behaviour of the call itself, then those that were set for a pattern
(newest first; `*` stands for any text), then magic numbers, then the default: somebody who answers after two seconds.
"""

from __future__ import annotations

import fnmatch
from contextvars import ContextVar
from typing import Any

from ringback.emulator.records import BehaviourRecord
from ringback.emulator.store import Transaction

DEFAULT: dict[str, Any] = {"answer": 2.0}

KEYS = {
    "answer": (int, float),
    "busy": (bool,),
    "fails": (int,),
    "ignores": (bool,),
    "machine": (str,),
    "hangs_up": (int, float),
    "presses": (str, list),
    "says": (str, list),
    "speaks": (int, float),
    "rejects_screening": (bool,),
    "refers": (str,),
    "callbacks": (str,),
}
MACHINES = ("start", "beep", "silence", "other", "fax", "unknown")

CALLBACK_FAULTS = ("drop", "twice", "unsigned", "forged")

ASKED: ContextVar[dict[str, Any] | None] = ContextVar("asked", default=None)
"""The behaviour that the request in progress asks for, of the calls that it makes."""

ANYBODY = "*"
"""The account of behaviours that count for all accounts."""


def checked(raw: Any) -> dict[str, Any]:
    """A behaviour as it was given, or ValueError with one sentence."""
    if not isinstance(raw, dict):
        raise ValueError("a behaviour is a mapping")
    for key, value in raw.items():
        kinds = KEYS.get(key)
        if kinds is None:
            raise ValueError(f"{key!r} is no part of a behaviour; there are {', '.join(KEYS)}")
        if not isinstance(value, kinds) or (isinstance(value, bool) and bool not in kinds):
            raise ValueError(f"{key} cannot be {value!r}")
        if (
            isinstance(value, (int, float))
            and not isinstance(value, bool)
            and not 0 <= value <= 86_400
        ):
            raise ValueError(f"{key} cannot be {value!r}")
    for key in ("presses", "says"):
        for one in raw.get(key, ()):
            if not isinstance(one, str):
                raise ValueError(f"{key} cannot be {raw[key]!r}: it is a text, or a list of texts")
    if raw.get("machine", "start") not in MACHINES:
        raise ValueError(f"machine is one of {', '.join(MACHINES)}")
    if raw.get("callbacks", "drop") not in CALLBACK_FAULTS:
        raise ValueError(f"callbacks is one of {', '.join(CALLBACK_FAULTS)}")
    return dict(raw)


def behaviour_of(tx: Transaction, account: str, number: str) -> dict[str, Any]:
    """What the other side does when a number is called."""
    for owner in (account, ANYBODY):
        for _, record in tx.rows(BehaviourRecord, owner):
            if fnmatch.fnmatchcase(number, record.pattern):
                return {**DEFAULT, **record.behaviour}
    return dict(DEFAULT)
