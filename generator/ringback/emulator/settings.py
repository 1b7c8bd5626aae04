"""What can be set about the emulated API, and the defaults for what the vendor's documents leave open.

Every question that the documents do not answer is a field here, with the answer that is taken when nobody says otherwise.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any, Final


@dataclass(frozen=True, slots=True)
class Settings:
    """The behaviour of an emulator. Times are in seconds where a name does not say otherwise."""

    seed: int | None = None
    """The same seed, the same requests and a manual clock give the same SIDs, times and events."""

    calls_per_second: float = 1.0
    """How fast queued calls of one account are dialled."""

    longest_queue: float = 86_400.0
    """A call that would wait longer is refused with code 22005."""

    ringing_after: float = 0.5
    """From dialling to the first ring."""

    hosts_may_be_local: bool = True
    """Whether URLs on this machine are accepted; the vendor refuses them with code 21205."""

    deletion_conflict_status: int = 409
    """The status of code 20009: deleting a call or recording that has not ended (documents differ: 400 or 409)."""

    ended_recording_status: int = 400
    """The status of starting to record a call that is not in progress (code 21220)."""

    first_conference_sequence: int = 1
    """The number of a conference's first callback (the documents' example shows 1)."""

    largest_page: int = 1000
    """A PageSize above it is cut down to it, unless `strict_page_size`."""

    strict_page_size: bool = False
    """Refuse a PageSize above the largest with code 20007."""

    queues_may_share_a_name: bool = False
    """Whether a second queue with the same friendly name can be created."""

    delete_filled_queue: bool = False
    """Whether a queue that holds calls can be deleted; otherwise it is refused with 400."""

    machine_detection_timeouts: tuple[int, int] = (1, 120)
    """The range of MachineDetectionTimeout."""

    callback_concurrency: int = 16
    """How many webhooks are on their way at once. As many again go out if a call waits for their answer, so that a receiver
    of status callbacks that is slow does not hold up the TwiML of others."""

    callback_connect_timeout: float = 5.0
    callback_timeout: float = 15.0
    callback_retries: int = 1
    """How often a webhook whose connection failed is sent again; a URL's fragment (`#rc=3`) overrides it."""

    callback_lease: float = 20.0
    """For how long a worker that has taken a webhook keeps the others from it: more than `callback_timeout`."""

    callback_body_limit: int = 64 * 1024
    """The most bytes of an answer to a webhook or a TwiML request that are read."""

    price_per_minute: str = "0.0140"
    """What a started minute of an answered outbound call costs."""

    cost_after: float = 1.0
    """How long after its end a call's price is filled in."""

    recording_ready_after: float = 1.0
    """How long a recording that was stopped is processed before it is completed."""

    recording_price_per_minute: str = "0.0025"
    """What a started minute of a recording costs; its price is filled in when it is completed."""

    deleted_recording_days: float = 40.0
    """How long a deleted recording is still shown to those who ask for deleted ones too."""

    mono_as_dual: bool = True
    """Whether the audio of a mono recording can be had in two channels; otherwise code 16113."""

    longest_media: int = 14_400
    """The most seconds of sound that are made of a recording, which is 230 MB of WAV: what follows is left out."""

    queue_size: int = 1000
    """How many calls a queue holds when nobody says otherwise (older documents: 100)."""

    fault: str = ""
    """What goes wrong with every request, in the words of the header X-Ringback-Fault; see `faults.py`."""

    concurrent_requests: int | None = None
    """How many requests of an account are served at once; one more is refused with 429, code 20429."""

    rejected_status: str = "no-answer"
    """The status of an inbound call that <Reject reason="rejected"> turns away; the documents name no status."""

    twiml_steps: int = 1000
    """How many verbs a call may run without time passing, before it is ended as an endless loop."""

    timeline_entries: int = 1_000_000
    """How many entries the timelines of all calls have together; the oldest go, a thousand at a time."""

    journal_entries: int = 100_000
    """How many attempts to send a webhook are remembered; the oldest go, a thousand at a time."""

    control_token: str | None = None
    """Opens the control endpoints to others than this machine."""


_RANGES: Final[dict[str, tuple[float, float]]] = {
    "calls_per_second": (0.001, 100_000),
    "deletion_conflict_status": (400, 499),
    "ended_recording_status": (400, 499),
    "largest_page": (1, 100_000),
    "callback_concurrency": (1, 1_000),
    "callback_connect_timeout": (0.001, 600),
    "callback_timeout": (0.001, 600),
    "callback_lease": (1, 3_600),
    "callback_body_limit": (1, 1 << 26),
    "queue_size": (1, 5_000),
    "concurrent_requests": (1, 1_000_000),
    "twiml_steps": (1, 1_000_000),
    "timeline_entries": (1_000, 1_000_000_000),
    "journal_entries": (1_000, 1_000_000_000),
}
_USUAL: Final = (0, 1_000_000_000)
_AMOUNTS: Final = frozenset({"price_per_minute", "recording_price_per_minute"})


def problem(name: str, value: Any) -> str:
    """Why a setting cannot have a value that is of its type, or ""."""
    if name in _AMOUNTS:
        try:
            fine = 0 <= Decimal(value) < 1_000_000
        except InvalidOperation:
            fine = False
        return "" if fine else f"expected an amount such as 0.0140, found {value!r}"
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        return ""
    low, high = _RANGES.get(name, _USUAL)
    return (
        ""
        if low <= value <= high
        else f"expected a number from {low:g} to {high:g}, found {value:g}"
    )
