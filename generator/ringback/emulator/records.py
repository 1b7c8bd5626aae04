"""What the emulator remembers of each thing. Times are in ms since 1970; what the wire shows is made in `shapes.py`.

Every record knows its account and what else is searched by: its key, what it stands below, what it is called, its state,
and, where it is a call, who is called by whom, and when.
"""

from __future__ import annotations

from typing import Any, ClassVar

import msgspec


class Record(msgspec.Struct, kw_only=True, omit_defaults=True):
    """The base: something that belongs to an account."""

    account_sid: str

    def key(self) -> str:
        """What names it among its kind."""
        return str(getattr(self, "sid", ""))

    def below(self) -> str:
        """The SID of what it stands below."""
        return ""

    def called(self) -> str:
        """Its friendly name, label or number."""
        return ""

    def state(self) -> str:
        """Its status."""
        return str(getattr(self, "status", ""))

    def ends(self) -> tuple[str, str]:
        """Who is called and who calls."""
        return "", ""

    def span(self) -> tuple[int | None, int | None]:
        """When it started and when it ended, where lists are filtered by that."""
        return None, None


class AccountRecord(Record, kw_only=True, omit_defaults=True):
    """An account. A sub-account has a parent that may act on it."""

    auth_token: str
    parent_sid: str = ""
    friendly_name: str = ""
    status: str = "active"
    calls_per_second: float | None = None
    test: bool = False  # test credentials: magic numbers, nothing happens

    def key(self) -> str:
        return self.account_sid

    def below(self) -> str:
        return self.parent_sid


class KeyRecord(Record, kw_only=True, omit_defaults=True):
    """An API key of an account."""

    sid: str
    secret: str


class NumberRecord(Record, kw_only=True, omit_defaults=True):
    """A phone number of an account, and what it does when it is called."""

    sid: str
    number: str
    voice_url: str = ""
    voice_method: str = "POST"
    fallback_url: str = ""
    fallback_method: str = "POST"
    status_callback: str = ""
    status_callback_method: str = "POST"
    application_sid: str = ""

    def called(self) -> str:
        return self.number


class CallerRecord(Record, kw_only=True, omit_defaults=True):
    """A verified caller ID."""

    sid: str
    number: str

    def called(self) -> str:
        return self.number


class ApplicationRecord(Record, kw_only=True, omit_defaults=True):
    """A TwiML application."""

    sid: str
    friendly_name: str = ""
    voice_url: str = ""
    voice_method: str = "POST"
    fallback_url: str = ""
    fallback_method: str = "POST"
    status_callback: str = ""
    status_callback_method: str = "POST"


class Program(msgspec.Struct, kw_only=True, omit_defaults=True):
    """Where a call stands in its TwiML."""

    twiml: str = ""
    base_url: str = ""  # where the document came from: relative addresses start there
    at: list[int] = msgspec.field(
        default_factory=lambda: [0]
    )  # the position of the running verb: [2] is the third, [2, 0] its first child
    steps: int = 0  # verbs run since time last passed
    ticket: int = 0  # raised by every wait: what comes for an earlier one is too late
    waiting: str = ""  # what the verb waits for: "time", "fetch", "gather", "dial", "queue", ...
    data: dict[str, Any] = {}  # what the running verb remembers
    kind: str = (
        "call"  # call, wait (in a queue), music (before a conference), screen (before a bridge)
    )
    fallen: bool = False  # the fallback URL has been asked: it is asked once
    outer: Program | None = None  # what goes on when a wait or a screening is over


class CallRecord(Record, kw_only=True, omit_defaults=True):
    """A call leg."""

    sid: str
    to: str
    from_: str
    status: str = "queued"
    direction: str = "outbound-api"
    parent_call_sid: str = ""
    phone_number_sid: str = ""
    created: int
    updated: int
    queue_ms: int = 0
    started: int | None = None
    ended: int | None = None
    seconds: int | None = None
    price: str | None = None
    answered_by: str | None = None
    detection_ms: int | None = None
    forwarded_from: str | None = None
    caller_name: str | None = None
    sip_code: int | None = None
    # what to do
    url: str = ""
    method: str = "POST"
    fallback_url: str = ""
    fallback_method: str = "POST"
    twiml: str = ""
    application_sid: str = ""
    status_callback: str = ""
    status_callback_method: str = "POST"
    status_callback_events: list[str] = []
    sequence: int = 0
    timeout: int = 60
    time_limit: int = 14_400
    send_digits: str = ""
    # recording
    record: bool = False
    recording_channels: str = "mono"
    recording_track: str = "both"
    recording_trim: str = "trim-silence"
    recording_status_callback: str = ""
    recording_status_callback_method: str = "POST"
    recording_status_callback_events: list[str] = []
    # machine detection
    machine_detection: str = ""
    machine_detection_timeout: int = 30
    async_amd: bool = False
    amd_status_callback: str = ""
    amd_status_callback_method: str = "POST"
    # where it is
    program: Program | None = None
    conference_sid: str = ""
    queue_sid: str = ""
    child_call_sid: str = ""
    behaviour: dict[str, Any] = {}
    heard: str = ""  # digits the other side has pressed and nobody has collected yet

    def below(self) -> str:
        return self.parent_call_sid

    def ends(self) -> tuple[str, str]:
        return self.to, self.from_

    def span(self) -> tuple[int | None, int | None]:
        return self.started, self.ended

    ENDED: ClassVar[frozenset[str]] = frozenset(
        {"completed", "canceled", "busy", "failed", "no-answer"}
    )

    @property
    def is_over(self) -> bool:
        """Whether it has ended."""
        return self.status in self.ENDED


class RecordingRecord(Record, kw_only=True, omit_defaults=True):
    """A recording of a call or of a conference."""

    sid: str
    call_sid: str = ""
    conference_sid: str = ""
    status: str = "in-progress"
    source: str = "StartCallRecordingAPI"
    channels: int = 1
    track: str = "both"
    created: int
    updated: int
    started: int | None = None
    recorded_ms: int = 0  # before the last pause
    running_since: int | None = None
    seconds: int | None = None
    price: str | None = None
    error_code: int | None = None
    deleted: int | None = None
    callback: str = ""
    callback_method: str = "POST"
    callback_events: list[str] = []

    def below(self) -> str:
        return self.conference_sid or self.call_sid


class ConferenceRecord(Record, kw_only=True, omit_defaults=True):
    """A conference room."""

    sid: str
    friendly_name: str
    status: str = "init"
    created: int
    updated: int
    started: int | None = None
    region: str = "us1"
    reason_ended: str | None = None
    ended_by: str = ""
    max_participants: int = 250
    record: str = "do-not-record"
    recording_callback: str = ""
    recording_callback_method: str = "POST"
    recording_callback_events: list[str] = []
    callback: str = ""
    callback_method: str = "POST"
    callback_events: list[str] = []
    sequence: int = 0
    wait_url: str = ""
    wait_method: str = "POST"

    def called(self) -> str:
        return self.friendly_name


class ParticipantRecord(Record, kw_only=True, omit_defaults=True):
    """A call in a conference."""

    conference_sid: str
    call_sid: str
    label: str = ""
    status: str = "queued"
    muted: bool = False
    hold: bool = False
    hold_url: str = ""
    hold_method: str = "GET"
    coaching: bool = False
    call_sid_to_coach: str = ""
    start_on_enter: bool = True
    end_on_exit: bool = False
    beep: str = "true"
    wait_url: str = ""
    wait_method: str = "POST"
    queue_ms: int | None = None
    created: int
    updated: int

    def key(self) -> str:
        return f"{self.conference_sid}/{self.call_sid}"

    def below(self) -> str:
        return self.conference_sid

    def called(self) -> str:
        return self.label


class QueueRecord(Record, kw_only=True, omit_defaults=True):
    """A queue of waiting calls."""

    sid: str
    friendly_name: str
    max_size: int = 1000
    created: int
    updated: int

    def called(self) -> str:
        return self.friendly_name


class MemberRecord(Record, kw_only=True, omit_defaults=True):
    """A call that waits in a queue."""

    queue_sid: str
    call_sid: str
    enqueued: int

    def key(self) -> str:
        return f"{self.queue_sid}/{self.call_sid}"

    def below(self) -> str:
        return self.queue_sid


class NotificationRecord(Record, kw_only=True, omit_defaults=True):
    """A run-time error or warning of a call."""

    sid: str
    call_sid: str
    error_code: int
    log: int = 0  # 0 error, 1 warning
    message: str = ""
    request_url: str = ""
    request_method: str = "POST"
    created: int

    def below(self) -> str:
        return self.call_sid


class BehaviourRecord(Record, kw_only=True, omit_defaults=True):
    """What the other side of a call does: for numbers that match a pattern."""

    sid: str
    pattern: str
    behaviour: dict[str, Any]

    def called(self) -> str:
        return self.pattern


RECORDS: dict[str, type[Record]] = {
    "account": AccountRecord,
    "key": KeyRecord,
    "number": NumberRecord,
    "caller": CallerRecord,
    "application": ApplicationRecord,
    "call": CallRecord,
    "recording": RecordingRecord,
    "conference": ConferenceRecord,
    "participant": ParticipantRecord,
    "queue": QueueRecord,
    "member": MemberRecord,
    "notification": NotificationRecord,
    "behaviour": BehaviourRecord,
}


class Due(msgspec.Struct, frozen=True):
    """Something that happens now."""

    at: int
    kind: str
    account: str
    subject: str
    data: dict[str, Any]


class Delivery(msgspec.Struct, kw_only=True, omit_defaults=True):
    """A request that the API sends.

    `purpose` says what its answer is for: "" (nothing) or the kind of event that gets the answer. `params` is the form,
    in the order in which it was made.
    """

    account: str
    subject: str
    url: str
    method: str = "POST"
    params: list[tuple[str, str]]
    purpose: str = ""
    about: str = ""  # "status", "recording", "twiml": for the journal
    attempt: int = 1
    token: str = ""  # the same for all attempts
    lease: int = 0  # until when whoever has taken it keeps it: what names this taking
    data: dict[str, Any] = {}


class TimelineEntry(msgspec.Struct, frozen=True):
    """What happened to a call at a time."""

    at: int
    kind: str
    data: dict[str, Any]
