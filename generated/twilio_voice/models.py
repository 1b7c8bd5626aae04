"""The types of Twilio Voice API.

Objects are msgspec structs: keyword arguments only, frozen. A field that may be missing is
`UNSET` then; null is `None`. Sets of values are enums that are open when reading: a value
that the document does not name is kept.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any, Literal, NewType, TypeAlias

from msgspec import UNSET, Meta, Struct

from ._runtime.values import DecimalString, IntText, OpenEnum, Rfc2822, Unset, identifier

if TYPE_CHECKING:
    AccountSid = NewType("AccountSid", str)
    """Account SID (AC…): text matching `^AC[0-9a-fA-F]{32}\\Z`."""
    ApplicationSid = NewType("ApplicationSid", str)
    """Application SID (AP…): text matching `^AP[0-9a-fA-F]{32}\\Z`."""
    ByocTrunkSid = NewType("ByocTrunkSid", str)
    """Byoc trunk SID (BY…): text matching `^BY[0-9a-fA-F]{32}\\Z`."""
    CallSid = NewType("CallSid", str)
    """Call SID (CA…): text matching `^CA[0-9a-fA-F]{32}\\Z`."""
    ConferenceSid = NewType("ConferenceSid", str)
    """Conference SID (CF…): text matching `^CF[0-9a-fA-F]{32}\\Z`."""
    GroupSid = NewType("GroupSid", str)
    """Group SID (GP…): text matching `^GP[0-9a-fA-F]{32}\\Z`."""
    PhoneNumberSid = NewType("PhoneNumberSid", str)
    """Phone number SID (PN…): text matching `^PN[0-9a-fA-F]{32}\\Z`."""
    QueueSid = NewType("QueueSid", str)
    """Queue SID (QU…): text matching `^QU[0-9a-fA-F]{32}\\Z`."""
    RecordingSid = NewType("RecordingSid", str)
    """Recording SID (RE…): text matching `^RE[0-9a-fA-F]{32}\\Z`."""
    TranscriptionConfigurationSid = NewType("TranscriptionConfigurationSid", str)
    """Transcription configuration SID (JV…): text matching `^JV[0-9a-fA-F]{32}\\Z`."""
    TrunkSid = NewType("TrunkSid", str)
    """Trunk SID (TK…): text matching `^TK[0-9a-fA-F]{32}\\Z`."""
    AnsweredByValue: TypeAlias = Literal[
        "human",
        "machine_start",
        "machine_end_beep",
        "machine_end_silence",
        "machine_end_other",
        "fax",
        "unknown",
    ]
    CallAnsweredByValue: TypeAlias = Literal[
        "human",
        "machine",
        "machine_start",
        "machine_end_beep",
        "machine_end_silence",
        "machine_end_other",
        "fax",
        "unknown",
    ]
    CallDirectionValue: TypeAlias = Literal[
        "inbound",
        "outbound-api",
        "outbound-dial",
        "trunking-terminating",
        "trunking-originating",
    ]
    CallEventValue: TypeAlias = Literal["initiated", "ringing", "answered", "completed"]
    CallStatusValue: TypeAlias = Literal[
        "queued",
        "ringing",
        "in-progress",
        "canceled",
        "completed",
        "failed",
        "busy",
        "no-answer",
    ]
    CallStatusUpdateValue: TypeAlias = Literal["canceled", "completed"]
    CallbackCallStatusValue: TypeAlias = Literal[
        "queued",
        "initiated",
        "ringing",
        "in-progress",
        "completed",
        "busy",
        "failed",
        "no-answer",
        "canceled",
    ]
    ConferenceBeepValue: TypeAlias = Literal["true", "false", "onEnter", "onExit"]
    ConferenceEndReasonValue: TypeAlias = Literal[
        "conference-ended-via-api",
        "participant-with-end-conference-on-exit-left",
        "participant-with-end-conference-on-exit-kicked",
        "last-participant-kicked",
        "last-participant-left",
    ]
    ConferenceEventValue: TypeAlias = Literal[
        "start",
        "end",
        "join",
        "leave",
        "mute",
        "hold",
        "modify",
        "speaker",
        "announcement",
    ]
    ConferenceRecordValue: TypeAlias = Literal[
        "true",
        "false",
        "record-from-start",
        "do-not-record",
    ]
    ConferenceRecordingEventValue: TypeAlias = Literal[
        "in-progress",
        "completed",
        "failed",
        "absent",
    ]
    ConferenceStatusValue: TypeAlias = Literal["init", "in-progress", "completed"]
    ConferenceStatusEventValue: TypeAlias = Literal[
        "conference-start",
        "conference-end",
        "participant-join",
        "participant-leave",
        "participant-mute",
        "participant-unmute",
        "participant-hold",
        "participant-unhold",
        "participant-modify",
        "participant-speech-start",
        "participant-speech-stop",
        "announcement-end",
        "announcement-fail",
    ]
    ConferenceStatusUpdateValue: TypeAlias = Literal["completed"]
    DialCallStatusValue: TypeAlias = Literal[
        "completed",
        "answered",
        "busy",
        "no-answer",
        "failed",
        "canceled",
    ]
    HttpMethodValue: TypeAlias = Literal["GET", "POST"]
    JitterBufferSizeValue: TypeAlias = Literal["small", "medium", "large", "off"]
    MachineDetectionValue: TypeAlias = Literal["Enable", "DetectMessageEnd"]
    ParticipantLeftReasonValue: TypeAlias = Literal[
        "conference_ended_via_api",
        "moderator_ended_conference",
        "participant_updated_via_api",
        "participant_hung_up",
        "participant_add_failed",
    ]
    ParticipantRecordingEventValue: TypeAlias = Literal[
        "started",
        "in-progress",
        "paused",
        "resumed",
        "stopped",
        "completed",
        "failed",
        "absent",
    ]
    ParticipantStatusValue: TypeAlias = Literal[
        "queued",
        "connecting",
        "ringing",
        "connected",
        "complete",
        "failed",
    ]
    PauseBehaviorValue: TypeAlias = Literal["skip", "silence"]
    QueueResultValue: TypeAlias = Literal[
        "bridged",
        "bridging-in-process",
        "error",
        "hangup",
        "leave",
        "redirected",
        "redirected-from-bridged",
        "queue-full",
        "system-error",
    ]
    RecordingChannelsValue: TypeAlias = Literal["mono", "dual"]
    RecordingEventValue: TypeAlias = Literal["in-progress", "completed", "absent"]
    RecordingSourceValue: TypeAlias = Literal[
        "DialVerb",
        "Conference",
        "OutboundAPI",
        "Trunking",
        "RecordVerb",
        "StartCallRecordingAPI",
        "StartConferenceRecordingAPI",
    ]
    RecordingStatusValue: TypeAlias = Literal[
        "in-progress",
        "paused",
        "stopped",
        "processing",
        "completed",
        "absent",
        "deleted",
    ]
    RecordingStatusUpdateValue: TypeAlias = Literal["paused", "in-progress", "stopped"]
    RecordingTrackValue: TypeAlias = Literal["inbound", "outbound", "both"]
    RecordingTrimValue: TypeAlias = Literal["trim-silence", "do-not-trim"]
else:
    AccountSid = identifier("AccountSid", "^AC[0-9a-fA-F]{32}\\Z")
    ApplicationSid = identifier("ApplicationSid", "^AP[0-9a-fA-F]{32}\\Z")
    ByocTrunkSid = identifier("ByocTrunkSid", "^BY[0-9a-fA-F]{32}\\Z")
    CallSid = identifier("CallSid", "^CA[0-9a-fA-F]{32}\\Z")
    ConferenceSid = identifier("ConferenceSid", "^CF[0-9a-fA-F]{32}\\Z")
    GroupSid = identifier("GroupSid", "^GP[0-9a-fA-F]{32}\\Z")
    PhoneNumberSid = identifier("PhoneNumberSid", "^PN[0-9a-fA-F]{32}\\Z")
    QueueSid = identifier("QueueSid", "^QU[0-9a-fA-F]{32}\\Z")
    RecordingSid = identifier("RecordingSid", "^RE[0-9a-fA-F]{32}\\Z")
    TranscriptionConfigurationSid = identifier(
        "TranscriptionConfigurationSid",
        "^JV[0-9a-fA-F]{32}\\Z",
    )
    TrunkSid = identifier("TrunkSid", "^TK[0-9a-fA-F]{32}\\Z")


class AnsweredBy(OpenEnum):
    """One of a fixed set of texts."""

    HUMAN = "human"
    MACHINE_START = "machine_start"
    MACHINE_END_BEEP = "machine_end_beep"
    MACHINE_END_SILENCE = "machine_end_silence"
    MACHINE_END_OTHER = "machine_end_other"
    FAX = "fax"
    UNKNOWN = "unknown"


class CallAnsweredBy(OpenEnum):
    """What answering machine detection, if it was asked for, found at the other end."""

    HUMAN = "human"
    MACHINE = "machine"
    MACHINE_START = "machine_start"
    MACHINE_END_BEEP = "machine_end_beep"
    MACHINE_END_SILENCE = "machine_end_silence"
    MACHINE_END_OTHER = "machine_end_other"
    FAX = "fax"
    UNKNOWN = "unknown"


class CallDirection(OpenEnum):
    """One of a fixed set of texts."""

    INBOUND = "inbound"
    OUTBOUND_API = "outbound-api"
    OUTBOUND_DIAL = "outbound-dial"
    TRUNKING_TERMINATING = "trunking-terminating"
    TRUNKING_ORIGINATING = "trunking-originating"


class CallEvent(OpenEnum):
    """One of a fixed set of texts."""

    INITIATED = "initiated"
    RINGING = "ringing"
    ANSWERED = "answered"
    COMPLETED = "completed"


class CallStatus(OpenEnum):
    """How far the call has got."""

    QUEUED = "queued"
    RINGING = "ringing"
    IN_PROGRESS = "in-progress"
    CANCELED = "canceled"
    COMPLETED = "completed"
    FAILED = "failed"
    BUSY = "busy"
    NO_ANSWER = "no-answer"


class CallStatusUpdate(OpenEnum):
    """`canceled` hangs the call up only while it is queued or ringing, `completed` also when it
    is in progress.
    """

    CANCELED = "canceled"
    COMPLETED = "completed"


class CallbackCallStatus(OpenEnum):
    """How far the call has got."""

    QUEUED = "queued"
    INITIATED = "initiated"
    RINGING = "ringing"
    IN_PROGRESS = "in-progress"
    COMPLETED = "completed"
    BUSY = "busy"
    FAILED = "failed"
    NO_ANSWER = "no-answer"
    CANCELED = "canceled"


class ConferenceBeep(OpenEnum):
    """When a sound tells the others that this participant joins or leaves; true means both."""

    TRUE = "true"
    FALSE = "false"
    ON_ENTER = "onEnter"
    ON_EXIT = "onExit"


class ConferenceEndReason(OpenEnum):
    """Why the conference ended."""

    CONFERENCE_ENDED_VIA_API = "conference-ended-via-api"
    PARTICIPANT_WITH_END_CONFERENCE_ON_EXIT_LEFT = "participant-with-end-conference-on-exit-left"
    PARTICIPANT_WITH_END_CONFERENCE_ON_EXIT_KICKED = (
        "participant-with-end-conference-on-exit-kicked"
    )
    LAST_PARTICIPANT_KICKED = "last-participant-kicked"
    LAST_PARTICIPANT_LEFT = "last-participant-left"


class ConferenceEvent(OpenEnum):
    """One of a fixed set of texts."""

    START = "start"
    END = "end"
    JOIN = "join"
    LEAVE = "leave"
    MUTE = "mute"
    HOLD = "hold"
    MODIFY = "modify"
    SPEAKER = "speaker"
    ANNOUNCEMENT = "announcement"


class ConferenceRecord(OpenEnum):
    """Whether the whole conference is recorded; false unless given."""

    TRUE = "true"
    FALSE = "false"
    RECORD_FROM_START = "record-from-start"
    DO_NOT_RECORD = "do-not-record"


class ConferenceRecordingEvent(OpenEnum):
    """One of a fixed set of texts."""

    IN_PROGRESS = "in-progress"
    COMPLETED = "completed"
    FAILED = "failed"
    ABSENT = "absent"


class ConferenceStatus(OpenEnum):
    """How far the conference has got."""

    INIT = "init"
    IN_PROGRESS = "in-progress"
    COMPLETED = "completed"


class ConferenceStatusEvent(OpenEnum):
    """What happened."""

    CONFERENCE_START = "conference-start"
    CONFERENCE_END = "conference-end"
    PARTICIPANT_JOIN = "participant-join"
    PARTICIPANT_LEAVE = "participant-leave"
    PARTICIPANT_MUTE = "participant-mute"
    PARTICIPANT_UNMUTE = "participant-unmute"
    PARTICIPANT_HOLD = "participant-hold"
    PARTICIPANT_UNHOLD = "participant-unhold"
    PARTICIPANT_MODIFY = "participant-modify"
    PARTICIPANT_SPEECH_START = "participant-speech-start"
    PARTICIPANT_SPEECH_STOP = "participant-speech-stop"
    ANNOUNCEMENT_END = "announcement-end"
    ANNOUNCEMENT_FAIL = "announcement-fail"


class ConferenceStatusUpdate(OpenEnum):
    """Set to `completed` to end the conference and hang up on all its participants."""

    COMPLETED = "completed"


class DialCallStatus(OpenEnum):
    """How the dialled call ended, after Dial."""

    COMPLETED = "completed"
    ANSWERED = "answered"
    BUSY = "busy"
    NO_ANSWER = "no-answer"
    FAILED = "failed"
    CANCELED = "canceled"


class HttpMethod(OpenEnum):
    """One of a fixed set of texts."""

    GET = "GET"
    POST = "POST"


class JitterBufferSize(OpenEnum):
    """How far uneven arrival of the participant's audio is smoothed out; large unless given."""

    SMALL = "small"
    MEDIUM = "medium"
    LARGE = "large"
    OFF = "off"


class MachineDetection(OpenEnum):
    """One of a fixed set of texts."""

    ENABLE = "Enable"
    DETECT_MESSAGE_END = "DetectMessageEnd"


class ParticipantLeftReason(OpenEnum):
    """Why the participant left."""

    CONFERENCE_ENDED_VIA_API = "conference_ended_via_api"
    MODERATOR_ENDED_CONFERENCE = "moderator_ended_conference"
    PARTICIPANT_UPDATED_VIA_API = "participant_updated_via_api"
    PARTICIPANT_HUNG_UP = "participant_hung_up"
    PARTICIPANT_ADD_FAILED = "participant_add_failed"


class ParticipantRecordingEvent(OpenEnum):
    """How far the recording has got, or which of the events came that were asked for; a
    participant's recording can be asked for more of them than others.
    """

    STARTED = "started"
    IN_PROGRESS = "in-progress"
    PAUSED = "paused"
    RESUMED = "resumed"
    STOPPED = "stopped"
    COMPLETED = "completed"
    FAILED = "failed"
    ABSENT = "absent"


class ParticipantStatus(OpenEnum):
    """How far the participant's call has got."""

    QUEUED = "queued"
    CONNECTING = "connecting"
    RINGING = "ringing"
    CONNECTED = "connected"
    COMPLETE = "complete"
    FAILED = "failed"


class PauseBehavior(OpenEnum):
    """Whether a pause is left out of the recording or recorded as silence; silence unless given."""

    SKIP = "skip"
    SILENCE = "silence"


class QueueResult(OpenEnum):
    """How the wait ended, after Enqueue."""

    BRIDGED = "bridged"
    BRIDGING_IN_PROCESS = "bridging-in-process"
    ERROR = "error"
    HANGUP = "hangup"
    LEAVE = "leave"
    REDIRECTED = "redirected"
    REDIRECTED_FROM_BRIDGED = "redirected-from-bridged"
    QUEUE_FULL = "queue-full"
    SYSTEM_ERROR = "system-error"


class RecordingChannels(OpenEnum):
    """One of a fixed set of texts."""

    MONO = "mono"
    DUAL = "dual"


class RecordingEvent(OpenEnum):
    """One of a fixed set of texts."""

    IN_PROGRESS = "in-progress"
    COMPLETED = "completed"
    ABSENT = "absent"


class RecordingSource(OpenEnum):
    """What started the recording."""

    DIAL_VERB = "DialVerb"
    CONFERENCE = "Conference"
    OUTBOUND_API = "OutboundAPI"
    TRUNKING = "Trunking"
    RECORD_VERB = "RecordVerb"
    START_CALL_RECORDING_API = "StartCallRecordingAPI"
    START_CONFERENCE_RECORDING_API = "StartConferenceRecordingAPI"


class RecordingStatus(OpenEnum):
    """How far the recording has got."""

    IN_PROGRESS = "in-progress"
    PAUSED = "paused"
    STOPPED = "stopped"
    PROCESSING = "processing"
    COMPLETED = "completed"
    ABSENT = "absent"
    DELETED = "deleted"


class RecordingStatusUpdate(OpenEnum):
    """What the recording is to do; in-progress takes a paused one up again."""

    PAUSED = "paused"
    IN_PROGRESS = "in-progress"
    STOPPED = "stopped"


class RecordingTrack(OpenEnum):
    """One of a fixed set of texts."""

    INBOUND = "inbound"
    OUTBOUND = "outbound"
    BOTH = "both"


class RecordingTrim(OpenEnum):
    """One of a fixed set of texts."""

    TRIM_SILENCE = "trim-silence"
    DO_NOT_TRIM = "do-not-trim"


class AmdStatusCallback(
    Struct,
    frozen=True,
    kw_only=True,
    rename={
        "call_sid": "CallSid",
        "account_sid": "AccountSid",
        "answered_by": "AnsweredBy",
        "machine_detection_duration": "MachineDetectionDuration",
    },
):
    """Reports what answering machine detection found while the call went on."""

    call_sid: CallSid
    """The SID of the call."""
    account_sid: AccountSid
    """The SID of the account that the call belongs to."""
    answered_by: AnsweredBy
    """What was found at the other end."""
    machine_detection_duration: int | Unset = UNSET
    """How many milliseconds detection took."""


class ApiError(Struct, frozen=True, kw_only=True):
    """Why a request was refused."""

    code: int
    """The number of the error in the vendor's error dictionary, such as 20404."""
    message: str
    """What went wrong, in a sentence."""
    more_info: str
    """Where the error is documented."""
    status: int
    """The HTTP status of the answer."""
    detail: str | Unset | None = UNSET
    """A second sentence; seen with wrong credentials."""
    details: dict[str, Any] | Unset | None = UNSET
    """Further facts about the error, by name."""


class Call(Struct, frozen=True, kw_only=True, rename={"from_": "from"}):
    """A connection between a telephone and Twilio, inbound or outbound, running or over."""

    sid: CallSid
    """The SID of the call."""
    account_sid: AccountSid
    """The SID of the account that made or received the call."""
    parent_call_sid: CallSid | None
    """The SID of the call that created this leg; a call that is the first leg has none."""
    to: str | None
    """Who received the call: an E.164 phone number, a SIP address, a client identifier
    (client:name) or a SIM (sim:SID).
    """
    to_formatted: str | None
    """Who received the call, formatted for display."""
    from_: str | None
    """Who made the call: an E.164 phone number, a SIP address, a client identifier (client:name)
    or a SIM (sim:SID).
    """
    from_formatted: str | None
    """Who made the call, formatted for display."""
    phone_number_sid: PhoneNumberSid | None
    """The SID of the incoming phone number that received an inbound call, or of the outgoing
    caller ID from which an outbound call was placed.
    """
    status: CallStatus
    """How far the call has got."""
    direction: CallDirection | None
    """How the call came about: it came in, the REST API placed it, a <Dial> verb did, or it went
    through an Elastic SIP trunk.
    """
    price: DecimalString | None
    """What the connection cost, in the unit of price_unit, as a decimal number in a string and
    negative for a charge. Filled in some time after the call has ended.
    """
    price_unit: str | None
    """The currency of the price, as an ISO 4217 code such as USD."""
    duration: IntText | None
    """How long the call lasted, in whole seconds, as a string."""
    start_time: Rfc2822 | None
    """When the call was answered."""
    end_time: Rfc2822 | None
    """When the call ended."""
    date_created: Rfc2822 | None
    """When the record of the call was created."""
    date_updated: Rfc2822 | None
    """When the record of the call last changed."""
    answered_by: CallAnsweredBy | None
    """What answering machine detection, if it was asked for, found at the other end."""
    caller_name: str | None
    """The caller's name, when the number that was called has caller ID lookup switched on."""
    forwarded_from: str | None
    """The number that forwarded the call, where the carrier passes it on."""
    group_sid: GroupSid | None
    """The SID of the group that the call belongs to."""
    uri: str
    """The path of this resource, relative to the host."""
    api_version: str | None
    """The version of the API that made the call."""
    subresource_uris: dict[str, str]
    """The paths of the resources below this call, relative to the host."""
    queue_time: IntText | None
    """An estimate of how long the call waits before it is dialled, in whole milliseconds, as a
    string.
    """
    trunk_sid: TrunkSid | None
    """The SID of the SIP trunk that carried the call."""


class CallList(Struct, frozen=True, kw_only=True):
    """One page of calls."""

    calls: list[Call]
    """The calls of this page."""
    first_page_uri: str
    """The path of the first page, relative to the host."""
    page: int
    """The number of this page, counted from 0."""
    page_size: int
    """How many rows a full page holds."""
    next_page_uri: str | None
    """The path of the next page, relative to the host; null on the last page."""
    previous_page_uri: str | None
    """The path of the previous page, relative to the host; null on the first page."""
    start: int
    """The number of the first row of this page, counted from 0."""
    end: int
    """The number of the last row of this page, counted from 0."""
    uri: str
    """The path of this page, relative to the host."""


class CallStatusCallback(
    Struct,
    frozen=True,
    kw_only=True,
    rename={
        "call_sid": "CallSid",
        "account_sid": "AccountSid",
        "from_": "From",
        "to": "To",
        "call_status": "CallStatus",
        "api_version": "ApiVersion",
        "direction": "Direction",
        "forwarded_from": "ForwardedFrom",
        "caller_name": "CallerName",
        "parent_call_sid": "ParentCallSid",
        "called": "Called",
        "caller": "Caller",
        "from_city": "FromCity",
        "from_state": "FromState",
        "from_zip": "FromZip",
        "from_country": "FromCountry",
        "to_city": "ToCity",
        "to_state": "ToState",
        "to_zip": "ToZip",
        "to_country": "ToCountry",
        "call_token": "CallToken",
        "stir_verstat": "StirVerstat",
        "stir_passport_token": "StirPassportToken",
        "timestamp": "Timestamp",
        "callback_source": "CallbackSource",
        "sequence_number": "SequenceNumber",
        "duration": "Duration",
        "call_duration": "CallDuration",
        "sip_response_code": "SipResponseCode",
        "recording_url": "RecordingUrl",
        "recording_sid": "RecordingSid",
        "recording_duration": "RecordingDuration",
        "answered_by": "AnsweredBy",
    },
):
    """Reports the progress of a call to its StatusCallback."""

    call_sid: CallSid
    """The SID of the call."""
    account_sid: AccountSid
    """The SID of the account that the call belongs to."""
    from_: str
    """Who made the call, as an E.164 phone number, a SIP address or a client identifier."""
    to: str
    """Who is called, as an E.164 phone number, a SIP address or a client identifier."""
    call_status: CallbackCallStatus
    """How far the call has got."""
    api_version: str
    """The version of the API that handles the call."""
    direction: CallDirection
    """How the call came about."""
    forwarded_from: str | Unset = UNSET
    """The number that forwarded the call, where the carrier passes it on."""
    caller_name: str | Unset = UNSET
    """The caller's name, when the number that was called has caller ID lookup switched on."""
    parent_call_sid: CallSid | Unset = UNSET
    """The SID of the call that created this leg; not sent for a first leg."""
    called: str | Unset = UNSET
    """The same as To."""
    caller: str | Unset = UNSET
    """The same as From."""
    from_city: str | Unset = UNSET
    """The city that the caller's number belongs to."""
    from_state: str | Unset = UNSET
    """The state or province that the caller's number belongs to."""
    from_zip: str | Unset = UNSET
    """The postal code that the caller's number belongs to."""
    from_country: str | Unset = UNSET
    """The country that the caller's number belongs to."""
    to_city: str | Unset = UNSET
    """The city that the called number belongs to."""
    to_state: str | Unset = UNSET
    """The state or province that the called number belongs to."""
    to_zip: str | Unset = UNSET
    """The postal code that the called number belongs to."""
    to_country: str | Unset = UNSET
    """The country that the called number belongs to."""
    call_token: str | Unset = UNSET
    """The token with which an incoming call can be passed on under its caller's own number."""
    stir_verstat: str | Unset = UNSET
    """How far the network vouches for the caller's number."""
    stir_passport_token: str | Unset = UNSET
    """The signed token behind StirVerstat."""
    timestamp: Rfc2822 | Unset = UNSET
    """When the event happened."""
    callback_source: str | Unset = UNSET
    """Why the request was made; always call-progress-events."""
    sequence_number: Annotated[int, Meta(ge=0)] | Unset = UNSET
    """The place of the event in the order of events, counted from 0; requests may overtake each
    other.
    """
    duration: int | Unset = UNSET
    """How many minutes are billed for the call; only when it is over."""
    call_duration: int | Unset = UNSET
    """How many seconds the call lasted; only when it is over."""
    sip_response_code: int | Unset = UNSET
    """The final SIP response code, such as 404 or 487."""
    recording_url: str | Unset = UNSET
    """Where the audio of the recording is; only when the call is over and was recorded with
    Record.
    """
    recording_sid: RecordingSid | Unset = UNSET
    """The SID of the recording; only when the call is over and was recorded with Record."""
    recording_duration: int | Unset = UNSET
    """How many seconds of audio were recorded; only when the call is over."""
    answered_by: AnsweredBy | Unset = UNSET
    """What answering machine detection found at the other end."""


class Conference(Struct, frozen=True, kw_only=True):
    """A conference, running or completed."""

    sid: ConferenceSid
    """The SID of the conference."""
    account_sid: AccountSid
    """The SID of the account that owns the conference."""
    friendly_name: str | None
    """The name by which calls are put into the conference."""
    status: ConferenceStatus
    """How far the conference has got."""
    region: str | None
    """The region in which the audio of the conference is mixed."""
    reason_conference_ended: ConferenceEndReason | None
    """Why the conference ended."""
    call_sid_ending_conference: CallSid | None
    """The SID of the call whose leaving ended the conference."""
    date_created: Rfc2822 | None
    """When the conference was created."""
    date_updated: Rfc2822 | None
    """When the conference last changed."""
    uri: str
    """The path of this resource, relative to the host."""
    subresource_uris: dict[str, str]
    """The paths of the resources below this conference, relative to the host."""
    api_version: str | None
    """The version of the API that made the conference."""


class ConferenceList(Struct, frozen=True, kw_only=True):
    """One page of conferences."""

    conferences: list[Conference]
    """The conferences of this page."""
    first_page_uri: str
    """The path of the first page, relative to the host."""
    page: int
    """The number of this page, counted from 0."""
    page_size: int
    """How many rows a full page holds."""
    next_page_uri: str | None
    """The path of the next page, relative to the host; null on the last page."""
    previous_page_uri: str | None
    """The path of the previous page, relative to the host; null on the first page."""
    start: int
    """The number of the first row of this page, counted from 0."""
    end: int
    """The number of the last row of this page, counted from 0."""
    uri: str
    """The path of this page, relative to the host."""


class ConferenceStatusCallback(
    Struct,
    frozen=True,
    kw_only=True,
    rename={
        "conference_sid": "ConferenceSid",
        "friendly_name": "FriendlyName",
        "account_sid": "AccountSid",
        "sequence_number": "SequenceNumber",
        "timestamp": "Timestamp",
        "status_callback_event": "StatusCallbackEvent",
        "call_sid": "CallSid",
        "participant_label": "ParticipantLabel",
        "muted": "Muted",
        "hold": "Hold",
        "coaching": "Coaching",
        "start_conference_on_enter": "StartConferenceOnEnter",
        "end_conference_on_exit": "EndConferenceOnExit",
        "participant_call_status": "ParticipantCallStatus",
        "reason_participant_left": "ReasonParticipantLeft",
        "call_sid_ending_conference": "CallSidEndingConference",
        "participant_label_ending_conference": "ParticipantLabelEndingConference",
        "reason_conference_ended": "ReasonConferenceEnded",
        "reason": "Reason",
    },
):
    """Reports what happens in a conference to its status callback."""

    conference_sid: ConferenceSid
    """The SID of the conference."""
    friendly_name: str
    """The name of the conference."""
    account_sid: AccountSid
    """The SID of the account that owns the conference."""
    sequence_number: Annotated[int, Meta(ge=0)]
    """The place of the event in the order of events; requests may overtake each other."""
    timestamp: Rfc2822
    """When the event happened."""
    status_callback_event: ConferenceStatusEvent
    """What happened."""
    call_sid: CallSid | Unset = UNSET
    """The SID of the participant's call; only with what happens to a participant."""
    participant_label: str | Unset = UNSET
    """The label of the participant, if it has one."""
    muted: bool | Unset = UNSET
    """Whether the participant is muted."""
    hold: bool | Unset = UNSET
    """Whether the participant is on hold."""
    coaching: bool | Unset = UNSET
    """Whether the participant coaches another one."""
    start_conference_on_enter: bool | Unset = UNSET
    """Whether the conference starts when the participant joins."""
    end_conference_on_exit: bool | Unset = UNSET
    """Whether the conference ends when the participant leaves."""
    participant_call_status: str | Unset = UNSET
    """The status of the call of a participant who left."""
    reason_participant_left: ParticipantLeftReason | Unset = UNSET
    """Why the participant left."""
    call_sid_ending_conference: CallSid | Unset = UNSET
    """The SID of the call whose leaving ended the conference."""
    participant_label_ending_conference: str | Unset = UNSET
    """The label of the participant whose leaving ended the conference."""
    reason_conference_ended: ConferenceEndReason | Unset = UNSET
    """Why the conference ended."""
    reason: str | Unset = UNSET
    """The end of the conference in a sentence."""


class CreateCallRecordingRequest(
    Struct,
    frozen=True,
    kw_only=True,
    rename={
        "recording_status_callback": "RecordingStatusCallback",
        "recording_status_callback_method": "RecordingStatusCallbackMethod",
        "recording_channels": "RecordingChannels",
        "trim": "Trim",
        "recording_status_callback_event": "RecordingStatusCallbackEvent",
        "recording_track": "RecordingTrack",
    },
):
    """An object of the document."""

    recording_status_callback: str | Unset = UNSET
    """Where to report that the state of the recording changed."""
    recording_status_callback_method: HttpMethod | Unset = UNSET
    """The HTTP method for RecordingStatusCallback."""
    recording_channels: RecordingChannels | Unset = UNSET
    """`mono` mixes both legs of the call into one channel, `dual` keeps each leg in a channel of
    its own.
    """
    trim: RecordingTrim | Unset = UNSET
    """Whether silence at the beginning and the end of the recording is cut off."""
    recording_status_callback_event: list[RecordingEvent] | Unset = UNSET
    """Which states of the recording are reported to RecordingStatusCallback; completed unless
    given.
    """
    recording_track: RecordingTrack | Unset = UNSET
    """Which audio is recorded; both unless given."""


class CreateCallRequest(
    Struct,
    frozen=True,
    kw_only=True,
    rename={
        "to": "To",
        "from_": "From",
        "url": "Url",
        "application_sid": "ApplicationSid",
        "method": "Method",
        "status_callback": "StatusCallback",
        "status_callback_method": "StatusCallbackMethod",
        "status_callback_event": "StatusCallbackEvent",
        "timeout": "Timeout",
        "record": "Record",
        "recording_channels": "RecordingChannels",
        "recording_status_callback": "RecordingStatusCallback",
        "machine_detection": "MachineDetection",
        "twiml": "Twiml",
        "caller_id": "CallerId",
        "fallback_url": "FallbackUrl",
        "fallback_method": "FallbackMethod",
        "send_digits": "SendDigits",
        "time_limit": "TimeLimit",
        "recording_status_callback_method": "RecordingStatusCallbackMethod",
        "recording_status_callback_event": "RecordingStatusCallbackEvent",
        "recording_track": "RecordingTrack",
        "trim": "Trim",
        "sip_auth_username": "SipAuthUsername",
        "sip_auth_password": "SipAuthPassword",
        "machine_detection_timeout": "MachineDetectionTimeout",
        "machine_detection_speech_threshold": "MachineDetectionSpeechThreshold",
        "machine_detection_speech_end_threshold": "MachineDetectionSpeechEndThreshold",
        "machine_detection_silence_timeout": "MachineDetectionSilenceTimeout",
        "async_amd": "AsyncAmd",
        "async_amd_status_callback": "AsyncAmdStatusCallback",
        "async_amd_status_callback_method": "AsyncAmdStatusCallbackMethod",
        "byoc": "Byoc",
        "call_reason": "CallReason",
        "call_token": "CallToken",
        "client_notification_url": "ClientNotificationUrl",
        "transcribe": "Transcribe",
        "transcription_configuration": "TranscriptionConfiguration",
        "if_machine": "IfMachine",
        "machine_detection_engine": "MachineDetectionEngine",
        "machine_detection_min_word_length": "MachineDetectionMinWordLength",
        "machine_detection_max_word_length": "MachineDetectionMaxWordLength",
        "machine_detection_words_silence": "MachineDetectionWordsSilence",
        "machine_detection_max_num_of_words": "MachineDetectionMaxNumOfWords",
        "machine_detection_silence_threshold": "MachineDetectionSilenceThreshold",
    },
):
    """What createCall takes. One of Url, Twiml and ApplicationSid has to say what the call does
    once it is answered.
    """

    to: str
    """Whom to call: an E.164 phone number (+16175551212), a SIP address (sip:name@example.com)
    or a client identifier (client:name).
    """
    from_: str
    """The caller ID: a phone number of the account, a verified outgoing caller ID or a client
    identifier. When To is a phone number, From has to be one too.
    """
    url: str | Unset = UNSET
    """Where the TwiML instructions for the call are fetched when it is answered."""
    application_sid: ApplicationSid | Unset = UNSET
    """The SID of the TwiML application that handles the call. With it, Url, Method and the
    StatusCallback parameters have no effect.
    """
    method: HttpMethod | Unset = UNSET
    """The HTTP method for Url."""
    status_callback: str | Unset = UNSET
    """Where to report the progress of the call."""
    status_callback_method: HttpMethod | Unset = UNSET
    """The HTTP method for StatusCallback."""
    status_callback_event: list[CallEvent] | Unset = UNSET
    """Which steps of the call are reported to StatusCallback; only completed, unless this says
    otherwise.
    """
    timeout: Annotated[int, Meta(ge=1, le=600)] | Unset = UNSET
    """How many seconds the phone may ring before the call counts as not answered. Some call
    flows add 5 seconds.
    """
    record: bool | Unset = UNSET
    """Whether the call is recorded."""
    recording_channels: RecordingChannels | Unset = UNSET
    """`mono` mixes both legs of the call into one channel, `dual` keeps each leg in a channel of
    its own.
    """
    recording_status_callback: str | Unset = UNSET
    """Where to report that the recording is available."""
    machine_detection: MachineDetection | Unset = UNSET
    """Finds out whether a person, a machine or a fax answered. `Enable` reports as soon as that
    is known, `DetectMessageEnd` waits until a machine has finished its greeting, so that a
    message can be left.
    """
    twiml: Annotated[str, Meta(max_length=4000)] | Unset = UNSET
    """The TwiML instructions themselves, at most 4000 characters. Ignored if there is a Url as
    well.
    """
    caller_id: str | Unset = UNSET
    """The caller ID shown to the called party."""
    fallback_url: str | Unset = UNSET
    """Where TwiML is fetched if fetching or running that of Url fails."""
    fallback_method: HttpMethod | Unset = UNSET
    """The HTTP method for FallbackUrl; POST unless given."""
    send_digits: Annotated[str, Meta(pattern="^[0-9A-D#*wW]+\\Z", max_length=32)] | Unset = UNSET
    """The keys to press once the call is connected: 0-9, A-D, # and *, w for half a second of
    silence and W for a whole one. With it, MachineDetection has no effect.
    """
    time_limit: int | Unset = UNSET
    """After how many seconds the call is hung up."""
    recording_status_callback_method: HttpMethod | Unset = UNSET
    """The HTTP method for RecordingStatusCallback; POST unless given."""
    recording_status_callback_event: list[RecordingEvent] | Unset = UNSET
    """Which states of the recording are reported to RecordingStatusCallback; completed unless
    given.
    """
    recording_track: RecordingTrack | Unset = UNSET
    """Which audio is recorded; both unless given."""
    trim: RecordingTrim | Unset = UNSET
    """Whether silence at the beginning and the end of the recording is cut off; trim-silence
    unless given.
    """
    sip_auth_username: Annotated[str, Meta(max_length=255)] | Unset = UNSET
    """The user name for a call to a SIP address that asks for one."""
    sip_auth_password: Annotated[str, Meta(max_length=255)] | Unset = UNSET
    """The password for a call to a SIP address that asks for one."""
    machine_detection_timeout: Annotated[int, Meta(ge=1, le=120)] | Unset = UNSET
    """After how many seconds detection gives up and reports unknown; 30 unless given."""
    machine_detection_speech_threshold: Annotated[int, Meta(ge=1000, le=6000)] | Unset = UNSET
    """In milliseconds: speech that is shorter counts as a person's, longer speech as a
    machine's; 2400 unless given.
    """
    machine_detection_speech_end_threshold: Annotated[int, Meta(ge=500, le=5000)] | Unset = UNSET
    """How many milliseconds of silence end what was spoken; 1200 unless given."""
    machine_detection_silence_timeout: Annotated[int, Meta(ge=2000, le=10000)] | Unset = UNSET
    """After how many milliseconds of silence at the start detection reports unknown; 5000 unless
    given.
    """
    async_amd: bool | Unset = UNSET
    """Whether the call goes on while detection is still listening."""
    async_amd_status_callback: str | Unset = UNSET
    """Where to report what detection found, if AsyncAmd is set."""
    async_amd_status_callback_method: HttpMethod | Unset = UNSET
    """The HTTP method for AsyncAmdStatusCallback; POST unless given."""
    byoc: ByocTrunkSid | Unset = UNSET
    """The SID of the trunk of your own carrier that the call goes through; for calls to phone
    numbers only.
    """
    call_reason: str | Unset = UNSET
    """The reason of the call, shown to the called party where the network supports it."""
    call_token: str | Unset = UNSET
    """The token of an incoming call, needed to pass it on under its caller's own number."""
    client_notification_url: str | Unset = UNSET
    """Where a notification is sent that wakes up the client that is called."""
    transcribe: bool | Unset = UNSET
    """Whether the call is transcribed."""
    transcription_configuration: TranscriptionConfigurationSid | Unset = UNSET
    """The SID of the configuration of the transcription."""
    if_machine: str | Unset = UNSET
    """What to do if a machine answers; superseded by MachineDetection."""
    machine_detection_engine: str | Unset = UNSET
    """The engine that detects machines."""
    machine_detection_min_word_length: int | Unset = UNSET
    """In milliseconds, the shortest sound that counts as a word."""
    machine_detection_max_word_length: int | Unset = UNSET
    """In milliseconds, the longest sound that counts as a word."""
    machine_detection_words_silence: int | Unset = UNSET
    """In milliseconds, the silence that separates two words."""
    machine_detection_max_num_of_words: int | Unset = UNSET
    """More words than this count as a machine's."""
    machine_detection_silence_threshold: int | Unset = UNSET
    """Below this level sound counts as silence."""


class CreateParticipantRequest(
    Struct,
    frozen=True,
    kw_only=True,
    rename={
        "from_": "From",
        "to": "To",
        "muted": "Muted",
        "record": "Record",
        "status_callback": "StatusCallback",
        "status_callback_method": "StatusCallbackMethod",
        "status_callback_event": "StatusCallbackEvent",
        "label": "Label",
        "timeout": "Timeout",
        "time_limit": "TimeLimit",
        "beep": "Beep",
        "start_conference_on_enter": "StartConferenceOnEnter",
        "end_conference_on_exit": "EndConferenceOnExit",
        "wait_url": "WaitUrl",
        "wait_method": "WaitMethod",
        "early_media": "EarlyMedia",
        "max_participants": "MaxParticipants",
        "coaching": "Coaching",
        "call_sid_to_coach": "CallSidToCoach",
        "caller_id": "CallerId",
        "caller_display_name": "CallerDisplayName",
        "call_reason": "CallReason",
        "call_token": "CallToken",
        "byoc": "Byoc",
        "client_notification_url": "ClientNotificationUrl",
        "sip_auth_username": "SipAuthUsername",
        "sip_auth_password": "SipAuthPassword",
        "region": "Region",
        "jitter_buffer_size": "JitterBufferSize",
        "recording_channels": "RecordingChannels",
        "recording_track": "RecordingTrack",
        "trim": "Trim",
        "recording_status_callback": "RecordingStatusCallback",
        "recording_status_callback_method": "RecordingStatusCallbackMethod",
        "recording_status_callback_event": "RecordingStatusCallbackEvent",
        "conference_record": "ConferenceRecord",
        "conference_trim": "ConferenceTrim",
        "conference_recording_status_callback": "ConferenceRecordingStatusCallback",
        "conference_recording_status_callback_method": "ConferenceRecordingStatusCallbackMethod",
        "conference_recording_status_callback_event": "ConferenceRecordingStatusCallbackEvent",
        "conference_status_callback": "ConferenceStatusCallback",
        "conference_status_callback_method": "ConferenceStatusCallbackMethod",
        "conference_status_callback_event": "ConferenceStatusCallbackEvent",
        "machine_detection": "MachineDetection",
        "machine_detection_timeout": "MachineDetectionTimeout",
        "machine_detection_speech_threshold": "MachineDetectionSpeechThreshold",
        "machine_detection_speech_end_threshold": "MachineDetectionSpeechEndThreshold",
        "machine_detection_silence_timeout": "MachineDetectionSilenceTimeout",
        "amd_status_callback": "AmdStatusCallback",
        "amd_status_callback_method": "AmdStatusCallbackMethod",
    },
):
    """An object of the document."""

    from_: str
    """The phone number or client identifier that the called party sees. A phone number must
    belong to the account or be a verified caller ID.
    """
    to: str
    """The phone number, SIP address or client identifier to dial."""
    muted: bool | Unset = UNSET
    """Whether the participant joins muted."""
    record: bool | Unset = UNSET
    """Whether the call leg of this participant is recorded."""
    status_callback: str | Unset = UNSET
    """Where to report the progress of the call to this participant."""
    status_callback_method: HttpMethod | Unset = UNSET
    """The HTTP method for StatusCallback; POST unless given."""
    status_callback_event: list[CallEvent] | Unset = UNSET
    """Which steps of the call are reported to StatusCallback; completed unless given."""
    label: Annotated[str, Meta(max_length=128)] | Unset = UNSET
    """A name for the participant, unique in the conference, by which it can be addressed."""
    timeout: Annotated[int, Meta(ge=5, le=600)] | Unset = UNSET
    """How many seconds the phone may ring before the call counts as not answered; 60 unless
    given.
    """
    time_limit: int | Unset = UNSET
    """After how many seconds the call is hung up."""
    beep: ConferenceBeep | Unset = UNSET
    """When a sound tells the others that this participant joins or leaves; true means both."""
    start_conference_on_enter: bool | Unset = UNSET
    """Whether the conference starts when this participant joins; true unless given."""
    end_conference_on_exit: bool | Unset = UNSET
    """Whether the conference ends when this participant leaves; false unless given."""
    wait_url: str | Unset = UNSET
    """Where the TwiML is fetched that is heard until the conference starts."""
    wait_method: HttpMethod | Unset = UNSET
    """The HTTP method for WaitUrl; POST unless given."""
    early_media: bool | Unset = UNSET
    """Whether the others hear what is to be heard before the call is answered; true unless
    given.
    """
    max_participants: Annotated[int, Meta(ge=2, le=250)] | Unset = UNSET
    """How many participants the conference may have; 250 unless given."""
    coaching: bool | Unset = UNSET
    """Whether the participant coaches another one, who alone hears it."""
    call_sid_to_coach: CallSid | Unset = UNSET
    """The SID of the participant that is coached; required with Coaching."""
    caller_id: str | Unset = UNSET
    """The caller ID shown to the called party."""
    caller_display_name: str | Unset = UNSET
    """The name shown beside the caller ID, for calls to SIP addresses and clients."""
    call_reason: str | Unset = UNSET
    """The reason of the call, shown to the called party where the network supports it."""
    call_token: str | Unset = UNSET
    """The token of an incoming call, needed to pass it on under its caller's own number."""
    byoc: ByocTrunkSid | Unset = UNSET
    """The SID of the trunk of your own carrier that the call goes through; for calls to phone
    numbers only.
    """
    client_notification_url: str | Unset = UNSET
    """Where a notification is sent that wakes up the client that is called."""
    sip_auth_username: Annotated[str, Meta(max_length=255)] | Unset = UNSET
    """The user name for a call to a SIP address that asks for one."""
    sip_auth_password: Annotated[str, Meta(max_length=255)] | Unset = UNSET
    """The password for a call to a SIP address that asks for one."""
    region: str | Unset = UNSET
    """The region in which the audio of the conference is mixed, such as us1, ie1 or au1."""
    jitter_buffer_size: JitterBufferSize | Unset = UNSET
    """How far uneven arrival of the participant's audio is smoothed out; large unless given."""
    recording_channels: RecordingChannels | Unset = UNSET
    """Whether the recording of the participant has one channel or two; mono unless given."""
    recording_track: RecordingTrack | Unset = UNSET
    """Which audio of the participant is recorded; both unless given."""
    trim: RecordingTrim | Unset = UNSET
    """Whether silence at the beginning and the end of the participant's recording is cut off."""
    recording_status_callback: str | Unset = UNSET
    """Where to report the states of the participant's recording."""
    recording_status_callback_method: HttpMethod | Unset = UNSET
    """The HTTP method for RecordingStatusCallback; POST unless given."""
    recording_status_callback_event: list[ParticipantRecordingEvent] | Unset = UNSET
    """Which states of the recording are reported to RecordingStatusCallback; completed unless
    given.
    """
    conference_record: ConferenceRecord | Unset = UNSET
    """Whether the whole conference is recorded; false unless given."""
    conference_trim: RecordingTrim | Unset = UNSET
    """Whether silence at the beginning and the end of the conference's recording is cut off."""
    conference_recording_status_callback: str | Unset = UNSET
    """Where to report the states of the conference's recording."""
    conference_recording_status_callback_method: HttpMethod | Unset = UNSET
    """The HTTP method for ConferenceRecordingStatusCallback; POST unless given."""
    conference_recording_status_callback_event: list[ConferenceRecordingEvent] | Unset = UNSET
    """Which states of the recording are reported to ConferenceRecordingStatusCallback; completed
    unless given.
    """
    conference_status_callback: str | Unset = UNSET
    """Where to report what happens in the conference. Only the one that the first participant
    brings along counts.
    """
    conference_status_callback_method: HttpMethod | Unset = UNSET
    """The HTTP method for ConferenceStatusCallback; POST unless given."""
    conference_status_callback_event: list[ConferenceEvent] | Unset = UNSET
    """What is reported to ConferenceStatusCallback; start and end unless given."""
    machine_detection: MachineDetection | Unset = UNSET
    """Finds out whether a person, a machine or a fax answered. `Enable` reports as soon as that
    is known, `DetectMessageEnd` waits until a machine has finished its greeting.
    """
    machine_detection_timeout: Annotated[int, Meta(ge=1, le=120)] | Unset = UNSET
    """After how many seconds detection gives up and reports unknown; 30 unless given."""
    machine_detection_speech_threshold: Annotated[int, Meta(ge=1000, le=6000)] | Unset = UNSET
    """In milliseconds: speech that is shorter counts as a person's, longer speech as a
    machine's; 2400 unless given.
    """
    machine_detection_speech_end_threshold: Annotated[int, Meta(ge=500, le=5000)] | Unset = UNSET
    """How many milliseconds of silence end what was spoken; 1200 unless given."""
    machine_detection_silence_timeout: Annotated[int, Meta(ge=2000, le=10000)] | Unset = UNSET
    """After how many milliseconds of silence at the start detection reports unknown; 5000 unless
    given.
    """
    amd_status_callback: str | Unset = UNSET
    """Where to report what detection found."""
    amd_status_callback_method: HttpMethod | Unset = UNSET
    """The HTTP method for AmdStatusCallback; POST unless given."""


class CreateQueueRequest(
    Struct,
    frozen=True,
    kw_only=True,
    rename={"friendly_name": "FriendlyName", "max_size": "MaxSize"},
):
    """An object of the document."""

    friendly_name: Annotated[str, Meta(max_length=64)]
    """A name for people to read, at most 64 characters long."""
    max_size: Annotated[int, Meta(le=5000)] | Unset = UNSET
    """How many calls may wait in the queue at once."""


class Participant(Struct, frozen=True, kw_only=True):
    """A call that takes part in a conference."""

    call_sid: CallSid
    """The SID of the participant's call."""
    conference_sid: ConferenceSid
    """The SID of the conference."""
    account_sid: AccountSid
    """The SID of the account that owns the conference."""
    muted: bool | None
    """Whether the participant is muted."""
    hold: bool | None
    """Whether the participant is on hold."""
    coaching: bool | None
    """Whether the participant is coaching another one."""
    status: ParticipantStatus
    """How far the participant's call has got."""
    start_conference_on_enter: bool | None
    """Whether the conference starts when this participant joins."""
    end_conference_on_exit: bool | None
    """Whether the conference ends when this participant leaves."""
    date_created: Rfc2822 | None
    """When the participant was created."""
    date_updated: Rfc2822 | None
    """When the participant last changed."""
    uri: str
    """The path of this resource, relative to the host."""
    label: str | None
    """The label given to the participant when it was added, by which it can be addressed."""
    call_sid_to_coach: CallSid | None
    """The SID of the participant that this one coaches."""
    queue_time: IntText | Unset | None = UNSET
    """An estimate of how long the call waits before it is dialled, in whole milliseconds, as a
    string.
    """


class ParticipantList(Struct, frozen=True, kw_only=True):
    """One page of participants."""

    participants: list[Participant]
    """The participants of this page."""
    first_page_uri: str
    """The path of the first page, relative to the host."""
    page: int
    """The number of this page, counted from 0."""
    page_size: int
    """How many rows a full page holds."""
    next_page_uri: str | None
    """The path of the next page, relative to the host; null on the last page."""
    previous_page_uri: str | None
    """The path of the previous page, relative to the host; null on the first page."""
    start: int
    """The number of the first row of this page, counted from 0."""
    end: int
    """The number of the last row of this page, counted from 0."""
    uri: str
    """The path of this page, relative to the host."""


class Queue(Struct, frozen=True, kw_only=True):
    """A queue in which callers wait."""

    sid: QueueSid
    """The SID of the queue."""
    account_sid: AccountSid
    """The SID of the account that owns the queue."""
    friendly_name: str | None
    """A name for people to read."""
    current_size: int
    """How many calls are waiting in the queue."""
    max_size: int
    """How many calls may wait in the queue at once."""
    average_wait_time: int
    """How long the calls now in the queue have been waiting on average, in seconds."""
    date_created: Rfc2822 | None
    """When the queue was created."""
    date_updated: Rfc2822 | None
    """When the queue last changed."""
    uri: str
    """The path of this resource, relative to the host."""


class QueueList(Struct, frozen=True, kw_only=True):
    """One page of queues."""

    queues: list[Queue]
    """The queues of this page."""
    first_page_uri: str
    """The path of the first page, relative to the host."""
    page: int
    """The number of this page, counted from 0."""
    page_size: int
    """How many rows a full page holds."""
    next_page_uri: str | None
    """The path of the next page, relative to the host; null on the last page."""
    previous_page_uri: str | None
    """The path of the previous page, relative to the host; null on the first page."""
    start: int
    """The number of the first row of this page, counted from 0."""
    end: int
    """The number of the last row of this page, counted from 0."""
    uri: str
    """The path of this page, relative to the host."""


class QueueMember(Struct, frozen=True, kw_only=True):
    """A call that waits in a queue."""

    queue_sid: QueueSid
    """The SID of the queue."""
    call_sid: CallSid
    """The SID of the waiting call."""
    date_enqueued: Rfc2822 | None
    """When the call joined the queue."""
    position: int
    """The place of the call in the queue, counted from 1."""
    wait_time: int
    """How many seconds the call has waited."""
    uri: str
    """The path of this resource, relative to the host."""


class QueueMemberList(Struct, frozen=True, kw_only=True):
    """One page of queue members."""

    queue_members: list[QueueMember]
    """The members of this page."""
    first_page_uri: str
    """The path of the first page, relative to the host."""
    page: int
    """The number of this page, counted from 0."""
    page_size: int
    """How many rows a full page holds."""
    next_page_uri: str | None
    """The path of the next page, relative to the host; null on the last page."""
    previous_page_uri: str | None
    """The path of the previous page, relative to the host; null on the first page."""
    start: int
    """The number of the first row of this page, counted from 0."""
    end: int
    """The number of the last row of this page, counted from 0."""
    uri: str
    """The path of this page, relative to the host."""


class Recording(Struct, frozen=True, kw_only=True):
    """A recording of a call or a conference: what is known about it, not its audio."""

    sid: RecordingSid
    """The SID of the recording."""
    account_sid: AccountSid
    """The SID of the account that made the recording."""
    call_sid: CallSid | None
    """The SID of the call that was recorded."""
    conference_sid: ConferenceSid | None
    """The SID of the conference, if a conference was recorded."""
    channels: int | None
    """The number of channels in the recording, 1 or 2."""
    status: RecordingStatus
    """How far the recording has got."""
    duration: IntText | None
    """How long the recording is, in whole seconds, as a string."""
    price: DecimalString | None
    """What the recording cost, in the unit of price_unit, as a decimal number in a string and
    negative for a charge.
    """
    price_unit: str | None
    """The currency of the price, as an ISO 4217 code such as USD."""
    source: RecordingSource
    """What started the recording."""
    date_created: Rfc2822 | None
    """When the recording was created."""
    date_updated: Rfc2822 | None
    """When the recording last changed."""
    uri: str
    """The path of this resource, relative to the host."""
    api_version: str | None
    """The version of the API that made the recording."""
    start_time: Rfc2822 | None
    """When the recording started."""
    error_code: int | None
    """Why the recording is absent, as a number in the vendor's error dictionary."""
    track: RecordingTrack | Unset | None = UNSET
    """Which audio was recorded; only with recordings below a call."""
    encryption_details: dict[str, Any] | None
    """How to decrypt the recording, if it was encrypted."""
    media_url: str | Unset | None = UNSET
    """Where the audio is; only with recordings of the account."""
    subresource_uris: dict[str, str] | Unset = UNSET
    """The paths of the resources below this recording, relative to the host."""


class RecordingList(Struct, frozen=True, kw_only=True):
    """One page of recordings."""

    recordings: list[Recording]
    """The recordings of this page."""
    first_page_uri: str
    """The path of the first page, relative to the host."""
    page: int
    """The number of this page, counted from 0."""
    page_size: int
    """How many rows a full page holds."""
    next_page_uri: str | None
    """The path of the next page, relative to the host; null on the last page."""
    previous_page_uri: str | None
    """The path of the previous page, relative to the host; null on the first page."""
    start: int
    """The number of the first row of this page, counted from 0."""
    end: int
    """The number of the last row of this page, counted from 0."""
    uri: str
    """The path of this page, relative to the host."""


class RecordingStatusCallback(
    Struct,
    frozen=True,
    kw_only=True,
    rename={
        "account_sid": "AccountSid",
        "call_sid": "CallSid",
        "conference_sid": "ConferenceSid",
        "recording_sid": "RecordingSid",
        "recording_url": "RecordingUrl",
        "recording_status": "RecordingStatus",
        "recording_duration": "RecordingDuration",
        "recording_channels": "RecordingChannels",
        "recording_start_time": "RecordingStartTime",
        "recording_source": "RecordingSource",
        "recording_track": "RecordingTrack",
    },
):
    """Reports the state of a recording to its RecordingStatusCallback."""

    account_sid: AccountSid
    """The SID of the account that made the recording."""
    call_sid: CallSid | Unset = UNSET
    """The SID of the recorded call, always that of the parent leg; not sent for a conference."""
    conference_sid: ConferenceSid | Unset = UNSET
    """The SID of the recorded conference."""
    recording_sid: RecordingSid
    """The SID of the recording."""
    recording_url: str | Unset = UNSET
    """Where the audio of the recording is."""
    recording_status: ParticipantRecordingEvent
    """How far the recording has got, or which of the events came that were asked for; a
    participant's recording can be asked for more of them than others.
    """
    recording_duration: int | Unset = UNSET
    """How many seconds of audio there are; only when the recording is completed."""
    recording_channels: Annotated[int, Meta(ge=1, le=2)] | Unset = UNSET
    """The number of channels in the recording."""
    recording_start_time: Rfc2822 | Unset = UNSET
    """When the recording started."""
    recording_source: RecordingSource | Unset = UNSET
    """What started the recording."""
    recording_track: RecordingTrack | Unset = UNSET
    """Which audio was recorded."""


class UpdateCallRecordingRequest(
    Struct,
    frozen=True,
    kw_only=True,
    rename={"status": "Status", "pause_behavior": "PauseBehavior"},
):
    """An object of the document."""

    status: RecordingStatusUpdate
    """What the recording is to do; in-progress takes a paused one up again."""
    pause_behavior: PauseBehavior | Unset = UNSET
    """Whether a pause is left out of the recording or recorded as silence; silence unless given."""


class UpdateCallRequest(
    Struct,
    frozen=True,
    kw_only=True,
    rename={
        "url": "Url",
        "method": "Method",
        "status": "Status",
        "twiml": "Twiml",
        "fallback_url": "FallbackUrl",
        "fallback_method": "FallbackMethod",
        "status_callback": "StatusCallback",
        "status_callback_method": "StatusCallbackMethod",
        "time_limit": "TimeLimit",
    },
):
    """What updateCall takes."""

    url: str | Unset = UNSET
    """Where the TwiML is fetched that the call continues with."""
    method: HttpMethod | Unset = UNSET
    """The HTTP method for Url."""
    status: CallStatusUpdate | Unset = UNSET
    """`canceled` hangs the call up only while it is queued or ringing, `completed` also when it
    is in progress.
    """
    twiml: Annotated[str, Meta(max_length=4000)] | Unset = UNSET
    """The TwiML that the call continues with, at most 4000 characters; not together with Url."""
    fallback_url: str | Unset = UNSET
    """Where TwiML is fetched if fetching or running that of Url fails."""
    fallback_method: HttpMethod | Unset = UNSET
    """The HTTP method for FallbackUrl; POST unless given."""
    status_callback: str | Unset = UNSET
    """Where to report the progress of the call from now on."""
    status_callback_method: HttpMethod | Unset = UNSET
    """The HTTP method for StatusCallback; POST unless given."""
    time_limit: int | Unset = UNSET
    """After how many seconds the call is hung up."""


class UpdateConferenceRecordingRequest(
    Struct,
    frozen=True,
    kw_only=True,
    rename={"status": "Status", "pause_behavior": "PauseBehavior"},
):
    """An object of the document."""

    status: RecordingStatusUpdate
    """What the recording is to do; in-progress takes a paused one up again."""
    pause_behavior: PauseBehavior | Unset = UNSET
    """Whether a pause is left out of the recording or recorded as silence; silence unless given."""


class UpdateConferenceRequest(
    Struct,
    frozen=True,
    kw_only=True,
    rename={"status": "Status", "announce_url": "AnnounceUrl", "announce_method": "AnnounceMethod"},
):
    """An object of the document."""

    status: ConferenceStatusUpdate | Unset = UNSET
    """Set to `completed` to end the conference and hang up on all its participants."""
    announce_url: str | Unset = UNSET
    """Where the TwiML of an announcement is fetched that all participants hear."""
    announce_method: HttpMethod | Unset = UNSET
    """The HTTP method for AnnounceUrl."""


class UpdateParticipantRequest(
    Struct,
    frozen=True,
    kw_only=True,
    rename={
        "muted": "Muted",
        "hold": "Hold",
        "hold_url": "HoldUrl",
        "hold_method": "HoldMethod",
        "announce_url": "AnnounceUrl",
        "announce_method": "AnnounceMethod",
        "wait_url": "WaitUrl",
        "wait_method": "WaitMethod",
        "beep_on_exit": "BeepOnExit",
        "end_conference_on_exit": "EndConferenceOnExit",
        "coaching": "Coaching",
        "call_sid_to_coach": "CallSidToCoach",
    },
):
    """An object of the document."""

    muted: bool | Unset = UNSET
    """Whether the participant is muted."""
    hold: bool | Unset = UNSET
    """Whether the participant is on hold."""
    hold_url: str | Unset = UNSET
    """Where the TwiML is fetched that is heard on hold."""
    hold_method: HttpMethod | Unset = UNSET
    """The HTTP method for HoldUrl; GET unless given."""
    announce_url: str | Unset = UNSET
    """Where the TwiML of an announcement is fetched that this participant alone hears."""
    announce_method: HttpMethod | Unset = UNSET
    """The HTTP method for AnnounceUrl; POST unless given."""
    wait_url: str | Unset = UNSET
    """Where the TwiML is fetched that is heard until the conference starts."""
    wait_method: HttpMethod | Unset = UNSET
    """The HTTP method for WaitUrl; POST unless given."""
    beep_on_exit: bool | Unset = UNSET
    """Whether a sound tells the others that the participant leaves."""
    end_conference_on_exit: bool | Unset = UNSET
    """Whether the conference ends when the participant leaves."""
    coaching: bool | Unset = UNSET
    """Whether the participant coaches another one, who alone hears it."""
    call_sid_to_coach: CallSid | Unset = UNSET
    """The SID of the participant that is coached; required with Coaching."""


class UpdateQueueMemberRequest(
    Struct,
    frozen=True,
    kw_only=True,
    rename={"url": "Url", "method": "Method"},
):
    """An object of the document."""

    url: str
    """Where the TwiML is fetched that the call continues with."""
    method: HttpMethod | Unset = UNSET
    """The HTTP method for Url; POST unless given."""


class UpdateQueueRequest(
    Struct,
    frozen=True,
    kw_only=True,
    rename={"friendly_name": "FriendlyName", "max_size": "MaxSize"},
):
    """An object of the document."""

    friendly_name: Annotated[str, Meta(max_length=64)] | Unset = UNSET
    """The new name of the queue, at most 64 characters long."""
    max_size: Annotated[int, Meta(le=5000)] | Unset = UNSET
    """How many calls may wait in the queue at once."""


class VoiceRequest(
    Struct,
    frozen=True,
    kw_only=True,
    rename={
        "call_sid": "CallSid",
        "account_sid": "AccountSid",
        "from_": "From",
        "to": "To",
        "call_status": "CallStatus",
        "api_version": "ApiVersion",
        "direction": "Direction",
        "forwarded_from": "ForwardedFrom",
        "caller_name": "CallerName",
        "parent_call_sid": "ParentCallSid",
        "called": "Called",
        "caller": "Caller",
        "from_city": "FromCity",
        "from_state": "FromState",
        "from_zip": "FromZip",
        "from_country": "FromCountry",
        "to_city": "ToCity",
        "to_state": "ToState",
        "to_zip": "ToZip",
        "to_country": "ToCountry",
        "call_token": "CallToken",
        "stir_verstat": "StirVerstat",
        "stir_passport_token": "StirPassportToken",
        "answered_by": "AnsweredBy",
        "machine_detection_duration": "MachineDetectionDuration",
        "digits": "Digits",
        "finished_on_key": "FinishedOnKey",
        "speech_result": "SpeechResult",
        "confidence": "Confidence",
        "recording_url": "RecordingUrl",
        "recording_sid": "RecordingSid",
        "recording_duration": "RecordingDuration",
        "dial_call_status": "DialCallStatus",
        "dial_call_sid": "DialCallSid",
        "dial_call_duration": "DialCallDuration",
        "dial_bridged": "DialBridged",
        "queue_result": "QueueResult",
        "queue_sid": "QueueSid",
        "queue_time": "QueueTime",
        "queue_position": "QueuePosition",
        "avg_queue_time": "AvgQueueTime",
        "current_queue_size": "CurrentQueueSize",
        "max_queue_size": "MaxQueueSize",
        "error_code": "ErrorCode",
        "error_url": "ErrorUrl",
    },
):
    """Asks an application for TwiML, when a call connects or a verb's action is due."""

    call_sid: CallSid
    """The SID of the call."""
    account_sid: AccountSid
    """The SID of the account that the call belongs to."""
    from_: str
    """Who made the call, as an E.164 phone number, a SIP address or a client identifier."""
    to: str
    """Who is called, as an E.164 phone number, a SIP address or a client identifier."""
    call_status: CallbackCallStatus
    """How far the call has got."""
    api_version: str
    """The version of the API that handles the call."""
    direction: CallDirection
    """How the call came about."""
    forwarded_from: str | Unset = UNSET
    """The number that forwarded the call, where the carrier passes it on."""
    caller_name: str | Unset = UNSET
    """The caller's name, when the number that was called has caller ID lookup switched on."""
    parent_call_sid: CallSid | Unset = UNSET
    """The SID of the call that created this leg; not sent for a first leg."""
    called: str | Unset = UNSET
    """The same as To."""
    caller: str | Unset = UNSET
    """The same as From."""
    from_city: str | Unset = UNSET
    """The city that the caller's number belongs to."""
    from_state: str | Unset = UNSET
    """The state or province that the caller's number belongs to."""
    from_zip: str | Unset = UNSET
    """The postal code that the caller's number belongs to."""
    from_country: str | Unset = UNSET
    """The country that the caller's number belongs to."""
    to_city: str | Unset = UNSET
    """The city that the called number belongs to."""
    to_state: str | Unset = UNSET
    """The state or province that the called number belongs to."""
    to_zip: str | Unset = UNSET
    """The postal code that the called number belongs to."""
    to_country: str | Unset = UNSET
    """The country that the called number belongs to."""
    call_token: str | Unset = UNSET
    """The token with which an incoming call can be passed on under its caller's own number."""
    stir_verstat: str | Unset = UNSET
    """How far the network vouches for the caller's number."""
    stir_passport_token: str | Unset = UNSET
    """The signed token behind StirVerstat."""
    answered_by: AnsweredBy | Unset = UNSET
    """What answering machine detection found, if the call waited for it."""
    machine_detection_duration: int | Unset = UNSET
    """How many milliseconds detection took."""
    digits: str | Unset = UNSET
    """The keys pressed, after Gather or Record."""
    finished_on_key: str | Unset = UNSET
    """The key that ended the input, after Gather."""
    speech_result: str | Unset = UNSET
    """What was said, after Gather."""
    confidence: float | Unset = UNSET
    """How sure the recognition of SpeechResult is, from 0 to 1."""
    recording_url: str | Unset = UNSET
    """Where the audio of the recording is, after Record or Dial."""
    recording_sid: RecordingSid | Unset = UNSET
    """The SID of the recording, after Record or Dial."""
    recording_duration: int | Unset = UNSET
    """How many seconds were recorded, after Record."""
    dial_call_status: DialCallStatus | Unset = UNSET
    """How the dialled call ended, after Dial."""
    dial_call_sid: CallSid | Unset = UNSET
    """The SID of the dialled call, after Dial."""
    dial_call_duration: int | Unset = UNSET
    """How many seconds the dialled call lasted, after Dial."""
    dial_bridged: bool | Unset = UNSET
    """Whether the two calls were connected, after Dial."""
    queue_result: QueueResult | Unset = UNSET
    """How the wait ended, after Enqueue."""
    queue_sid: QueueSid | Unset = UNSET
    """The SID of the queue that the call waits or waited in."""
    queue_time: int | Unset = UNSET
    """How many seconds the call has waited."""
    queue_position: int | Unset = UNSET
    """The place of the call in the queue, counted from 1."""
    avg_queue_time: int | Unset = UNSET
    """How many seconds the calls in the queue have waited on average."""
    current_queue_size: int | Unset = UNSET
    """How many calls wait in the queue."""
    max_queue_size: int | Unset = UNSET
    """How many calls may wait in the queue."""
    error_code: int | Unset = UNSET
    """What went wrong with the first URL, when this is a request to the fallback URL."""
    error_url: str | Unset = UNSET
    """The URL that failed, when this is a request to the fallback URL."""


__all__ = [
    "AccountSid",
    "AmdStatusCallback",
    "AnsweredBy",
    "ApiError",
    "ApplicationSid",
    "ByocTrunkSid",
    "Call",
    "CallAnsweredBy",
    "CallDirection",
    "CallEvent",
    "CallList",
    "CallSid",
    "CallStatus",
    "CallStatusCallback",
    "CallStatusUpdate",
    "CallbackCallStatus",
    "Conference",
    "ConferenceBeep",
    "ConferenceEndReason",
    "ConferenceEvent",
    "ConferenceList",
    "ConferenceRecord",
    "ConferenceRecordingEvent",
    "ConferenceSid",
    "ConferenceStatus",
    "ConferenceStatusCallback",
    "ConferenceStatusEvent",
    "ConferenceStatusUpdate",
    "CreateCallRecordingRequest",
    "CreateCallRequest",
    "CreateParticipantRequest",
    "CreateQueueRequest",
    "DialCallStatus",
    "GroupSid",
    "HttpMethod",
    "JitterBufferSize",
    "MachineDetection",
    "Participant",
    "ParticipantLeftReason",
    "ParticipantList",
    "ParticipantRecordingEvent",
    "ParticipantStatus",
    "PauseBehavior",
    "PhoneNumberSid",
    "Queue",
    "QueueList",
    "QueueMember",
    "QueueMemberList",
    "QueueResult",
    "QueueSid",
    "Recording",
    "RecordingChannels",
    "RecordingEvent",
    "RecordingList",
    "RecordingSid",
    "RecordingSource",
    "RecordingStatus",
    "RecordingStatusCallback",
    "RecordingStatusUpdate",
    "RecordingTrack",
    "RecordingTrim",
    "TranscriptionConfigurationSid",
    "TrunkSid",
    "UpdateCallRecordingRequest",
    "UpdateCallRequest",
    "UpdateConferenceRecordingRequest",
    "UpdateConferenceRequest",
    "UpdateParticipantRequest",
    "UpdateQueueMemberRequest",
    "UpdateQueueRequest",
    "VoiceRequest",
]
