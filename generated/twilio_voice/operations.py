"""The operations of Twilio Voice API, one row each.

The client, the server, the webhook receivers and the tests read this table and nothing else.
"""

from __future__ import annotations

from typing import Any


from ._runtime.codecs import (
    AnyOf,
    Array,
    Boolean,
    Choice,
    Date,
    DateTime,
    Enumeration,
    Identifier,
    Integer,
    Kind,
    Number,
    Rfc2822DateTime,
    Text,
)
from ._runtime.core import Credential, Scheme
from ._runtime.errors import ErrorShape
from ._runtime.signing import SignatureRules
from ._runtime.table import Answer, Body, Operation, Paging, Parameter
from .models import (
    AmdStatusCallback,
    AnsweredBy,
    ApiError,
    Call,
    CallDirection,
    CallEvent,
    CallList,
    CallStatus,
    CallStatusCallback,
    CallStatusUpdate,
    CallbackCallStatus,
    Conference,
    ConferenceBeep,
    ConferenceEndReason,
    ConferenceEvent,
    ConferenceList,
    ConferenceRecord,
    ConferenceRecordingEvent,
    ConferenceStatus,
    ConferenceStatusCallback,
    ConferenceStatusEvent,
    ConferenceStatusUpdate,
    CreateCallRecordingRequest,
    CreateCallRequest,
    CreateParticipantRequest,
    CreateQueueRequest,
    DialCallStatus,
    HttpMethod,
    JitterBufferSize,
    MachineDetection,
    Participant,
    ParticipantLeftReason,
    ParticipantList,
    ParticipantRecordingEvent,
    PauseBehavior,
    Queue,
    QueueList,
    QueueMember,
    QueueMemberList,
    QueueResult,
    Recording,
    RecordingChannels,
    RecordingEvent,
    RecordingList,
    RecordingSource,
    RecordingStatusCallback,
    RecordingStatusUpdate,
    RecordingTrack,
    RecordingTrim,
    UpdateCallRecordingRequest,
    UpdateCallRequest,
    UpdateConferenceRecordingRequest,
    UpdateConferenceRequest,
    UpdateParticipantRequest,
    UpdateQueueMemberRequest,
    UpdateQueueRequest,
    VoiceRequest,
)

BASE_URL = "https://api.twilio.com/2010-04-01"
BASE_PATH = "/2010-04-01"
DOCUMENT_VERSION = "2.0"

CREDENTIALS = (
    Credential("account_sid", "TWILIO_ACCOUNT_SID", False),
    Credential("auth_token", "TWILIO_AUTH_TOKEN", True),
    Credential("api_key", "TWILIO_API_KEY", False),
    Credential("api_key_secret", "TWILIO_API_SECRET", True),
)
SCHEMES = (Scheme("basic", (("api_key", "api_key_secret"), ("account_sid", "auth_token"))),)
ERROR_SHAPE = ErrorShape("code", "message", "more_info", "Twilio-Request-Id")
SIGNATURE: SignatureRules | None = SignatureRules(
    "X-Twilio-Signature", "X-Twilio-Webhooks-Signature-Settings", "bodySHA256"
)

_KINDS = (
    Kind("account SID", "AC…", "^AC[0-9a-fA-F]{32}\\Z"),
    Kind("application SID", "AP…", "^AP[0-9a-fA-F]{32}\\Z"),
    Kind("byoc trunk SID", "BY…", "^BY[0-9a-fA-F]{32}\\Z"),
    Kind("call SID", "CA…", "^CA[0-9a-fA-F]{32}\\Z"),
    Kind("conference SID", "CF…", "^CF[0-9a-fA-F]{32}\\Z"),
    Kind("group SID", "GP…", "^GP[0-9a-fA-F]{32}\\Z"),
    Kind("phone number SID", "PN…", "^PN[0-9a-fA-F]{32}\\Z"),
    Kind("queue SID", "QU…", "^QU[0-9a-fA-F]{32}\\Z"),
    Kind("recording SID", "RE…", "^RE[0-9a-fA-F]{32}\\Z"),
    Kind("transcription configuration SID", "JV…", "^JV[0-9a-fA-F]{32}\\Z"),
    Kind("trunk SID", "TK…", "^TK[0-9a-fA-F]{32}\\Z"),
)
_ACCOUNT_SID = Identifier(_KINDS[0], _KINDS)
_APPLICATION_SID = Identifier(_KINDS[1], _KINDS)
_BYOC_TRUNK_SID = Identifier(_KINDS[2], _KINDS)
_CALL_SID = Identifier(_KINDS[3], _KINDS)
_CONFERENCE_SID = Identifier(_KINDS[4], _KINDS)
_GROUP_SID = Identifier(_KINDS[5], _KINDS)
_PHONE_NUMBER_SID = Identifier(_KINDS[6], _KINDS)
_QUEUE_SID = Identifier(_KINDS[7], _KINDS)
_RECORDING_SID = Identifier(_KINDS[8], _KINDS)
_TRANSCRIPTION_CONFIGURATION_SID = Identifier(_KINDS[9], _KINDS)
_TRUNK_SID = Identifier(_KINDS[10], _KINDS)


LIST_CALLS: Operation[CallList] = Operation(
    id="listCalls",
    method="GET",
    path="/Accounts/{AccountSid}/Calls.json",
    parameters=(
        Parameter(
            "account_sid",
            "AccountSid",
            "path",
            _ACCOUNT_SID,
            required=True,
            explode=False,
            credential="account_sid",
        ),
        Parameter("to", "To", "query", Text()),
        Parameter("from_", "From", "query", Text()),
        Parameter("status", "Status", "query", Enumeration(CallStatus)),
        Parameter("start_time", "StartTime", "query", AnyOf((Date(), DateTime()))),
        Parameter("end_time", "EndTime", "query", AnyOf((Date(), DateTime()))),
        Parameter("start_time_before", "StartTime<", "query", AnyOf((Date(), DateTime()))),
        Parameter("start_time_after", "StartTime>", "query", AnyOf((Date(), DateTime()))),
        Parameter("end_time_before", "EndTime<", "query", AnyOf((Date(), DateTime()))),
        Parameter("end_time_after", "EndTime>", "query", AnyOf((Date(), DateTime()))),
        Parameter("parent_call_sid", "ParentCallSid", "query", _CALL_SID),
        Parameter("page_size", "PageSize", "query", Integer(minimum=1, maximum=1000)),
        Parameter("page", "Page", "query", Integer(minimum=0)),
        Parameter("page_token", "PageToken", "query", Text()),
    ),
    answers=(
        Answer("200", "application/json", CallList),
        Answer("400", "application/json", ApiError),
        Answer("401", "application/json", ApiError),
        Answer("429", "application/json", ApiError),
    ),
    paging=Paging("calls", "next_page_uri"),
)

CREATE_CALL: Operation[Call] = Operation(
    id="createCall",
    method="POST",
    path="/Accounts/{AccountSid}/Calls.json",
    parameters=(
        Parameter(
            "account_sid",
            "AccountSid",
            "path",
            _ACCOUNT_SID,
            required=True,
            explode=False,
            credential="account_sid",
        ),
    ),
    body=Body(
        "application/x-www-form-urlencoded",
        CreateCallRequest,
        fields=(
            Parameter("to", "To", "form", Text(), required=True),
            Parameter("from_", "From", "form", Text(), required=True),
            Parameter("url", "Url", "form", Text()),
            Parameter("application_sid", "ApplicationSid", "form", _APPLICATION_SID),
            Parameter("method", "Method", "form", Enumeration(HttpMethod)),
            Parameter("status_callback", "StatusCallback", "form", Text()),
            Parameter(
                "status_callback_method", "StatusCallbackMethod", "form", Enumeration(HttpMethod)
            ),
            Parameter(
                "status_callback_event",
                "StatusCallbackEvent",
                "form",
                Array(Enumeration(CallEvent)),
            ),
            Parameter("timeout", "Timeout", "form", Integer(minimum=1, maximum=600)),
            Parameter("record", "Record", "form", Boolean()),
            Parameter(
                "recording_channels", "RecordingChannels", "form", Enumeration(RecordingChannels)
            ),
            Parameter("recording_status_callback", "RecordingStatusCallback", "form", Text()),
            Parameter(
                "machine_detection", "MachineDetection", "form", Enumeration(MachineDetection)
            ),
            Parameter("twiml", "Twiml", "form", Text(max_length=4000)),
            Parameter("caller_id", "CallerId", "form", Text()),
            Parameter("fallback_url", "FallbackUrl", "form", Text()),
            Parameter("fallback_method", "FallbackMethod", "form", Enumeration(HttpMethod)),
            Parameter(
                "send_digits",
                "SendDigits",
                "form",
                Text(pattern="^[0-9A-D#*wW]+\\Z", max_length=32),
            ),
            Parameter("time_limit", "TimeLimit", "form", Integer()),
            Parameter(
                "recording_status_callback_method",
                "RecordingStatusCallbackMethod",
                "form",
                Enumeration(HttpMethod),
            ),
            Parameter(
                "recording_status_callback_event",
                "RecordingStatusCallbackEvent",
                "form",
                Array(Enumeration(RecordingEvent)),
            ),
            Parameter("recording_track", "RecordingTrack", "form", Enumeration(RecordingTrack)),
            Parameter("trim", "Trim", "form", Enumeration(RecordingTrim)),
            Parameter("sip_auth_username", "SipAuthUsername", "form", Text(max_length=255)),
            Parameter("sip_auth_password", "SipAuthPassword", "form", Text(max_length=255)),
            Parameter(
                "machine_detection_timeout",
                "MachineDetectionTimeout",
                "form",
                Integer(minimum=1, maximum=120),
            ),
            Parameter(
                "machine_detection_speech_threshold",
                "MachineDetectionSpeechThreshold",
                "form",
                Integer(minimum=1000, maximum=6000),
            ),
            Parameter(
                "machine_detection_speech_end_threshold",
                "MachineDetectionSpeechEndThreshold",
                "form",
                Integer(minimum=500, maximum=5000),
            ),
            Parameter(
                "machine_detection_silence_timeout",
                "MachineDetectionSilenceTimeout",
                "form",
                Integer(minimum=2000, maximum=10000),
            ),
            Parameter("async_amd", "AsyncAmd", "form", Boolean()),
            Parameter("async_amd_status_callback", "AsyncAmdStatusCallback", "form", Text()),
            Parameter(
                "async_amd_status_callback_method",
                "AsyncAmdStatusCallbackMethod",
                "form",
                Enumeration(HttpMethod),
            ),
            Parameter("byoc", "Byoc", "form", _BYOC_TRUNK_SID),
            Parameter("call_reason", "CallReason", "form", Text()),
            Parameter("call_token", "CallToken", "form", Text()),
            Parameter("client_notification_url", "ClientNotificationUrl", "form", Text()),
            Parameter("transcribe", "Transcribe", "form", Boolean()),
            Parameter(
                "transcription_configuration",
                "TranscriptionConfiguration",
                "form",
                _TRANSCRIPTION_CONFIGURATION_SID,
            ),
            Parameter("if_machine", "IfMachine", "form", Text()),
            Parameter("machine_detection_engine", "MachineDetectionEngine", "form", Text()),
            Parameter(
                "machine_detection_min_word_length",
                "MachineDetectionMinWordLength",
                "form",
                Integer(),
            ),
            Parameter(
                "machine_detection_max_word_length",
                "MachineDetectionMaxWordLength",
                "form",
                Integer(),
            ),
            Parameter(
                "machine_detection_words_silence", "MachineDetectionWordsSilence", "form", Integer()
            ),
            Parameter(
                "machine_detection_max_num_of_words",
                "MachineDetectionMaxNumOfWords",
                "form",
                Integer(),
            ),
            Parameter(
                "machine_detection_silence_threshold",
                "MachineDetectionSilenceThreshold",
                "form",
                Integer(),
            ),
        ),
        required=True,
    ),
    answers=(
        Answer("201", "application/json", Call),
        Answer("400", "application/json", ApiError),
        Answer("401", "application/json", ApiError),
        Answer("429", "application/json", ApiError),
    ),
)

FETCH_CALL: Operation[Call] = Operation(
    id="fetchCall",
    method="GET",
    path="/Accounts/{AccountSid}/Calls/{CallSid}.json",
    parameters=(
        Parameter(
            "account_sid",
            "AccountSid",
            "path",
            _ACCOUNT_SID,
            required=True,
            explode=False,
            credential="account_sid",
        ),
        Parameter("call_sid", "CallSid", "path", _CALL_SID, required=True, explode=False),
    ),
    answers=(
        Answer("200", "application/json", Call),
        Answer("400", "application/json", ApiError),
        Answer("401", "application/json", ApiError),
        Answer("404", "application/json", ApiError),
        Answer("429", "application/json", ApiError),
    ),
)

UPDATE_CALL: Operation[Call] = Operation(
    id="updateCall",
    method="POST",
    path="/Accounts/{AccountSid}/Calls/{CallSid}.json",
    parameters=(
        Parameter(
            "account_sid",
            "AccountSid",
            "path",
            _ACCOUNT_SID,
            required=True,
            explode=False,
            credential="account_sid",
        ),
        Parameter("call_sid", "CallSid", "path", _CALL_SID, required=True, explode=False),
    ),
    body=Body(
        "application/x-www-form-urlencoded",
        UpdateCallRequest,
        fields=(
            Parameter("url", "Url", "form", Text()),
            Parameter("method", "Method", "form", Enumeration(HttpMethod)),
            Parameter("status", "Status", "form", Enumeration(CallStatusUpdate)),
            Parameter("twiml", "Twiml", "form", Text(max_length=4000)),
            Parameter("fallback_url", "FallbackUrl", "form", Text()),
            Parameter("fallback_method", "FallbackMethod", "form", Enumeration(HttpMethod)),
            Parameter("status_callback", "StatusCallback", "form", Text()),
            Parameter(
                "status_callback_method", "StatusCallbackMethod", "form", Enumeration(HttpMethod)
            ),
            Parameter("time_limit", "TimeLimit", "form", Integer()),
        ),
        required=True,
    ),
    answers=(
        Answer("200", "application/json", Call),
        Answer("400", "application/json", ApiError),
        Answer("401", "application/json", ApiError),
        Answer("404", "application/json", ApiError),
        Answer("429", "application/json", ApiError),
    ),
)

DELETE_CALL: Operation[None] = Operation(
    id="deleteCall",
    method="DELETE",
    path="/Accounts/{AccountSid}/Calls/{CallSid}.json",
    parameters=(
        Parameter(
            "account_sid",
            "AccountSid",
            "path",
            _ACCOUNT_SID,
            required=True,
            explode=False,
            credential="account_sid",
        ),
        Parameter("call_sid", "CallSid", "path", _CALL_SID, required=True, explode=False),
    ),
    answers=(
        Answer("204"),
        Answer("400", "application/json", ApiError),
        Answer("401", "application/json", ApiError),
        Answer("404", "application/json", ApiError),
        Answer("409", "application/json", ApiError),
        Answer("429", "application/json", ApiError),
    ),
)

LIST_CALL_RECORDINGS: Operation[RecordingList] = Operation(
    id="listCallRecordings",
    method="GET",
    path="/Accounts/{AccountSid}/Calls/{CallSid}/Recordings.json",
    parameters=(
        Parameter(
            "account_sid",
            "AccountSid",
            "path",
            _ACCOUNT_SID,
            required=True,
            explode=False,
            credential="account_sid",
        ),
        Parameter("call_sid", "CallSid", "path", _CALL_SID, required=True, explode=False),
        Parameter("date_created", "DateCreated", "query", Date()),
        Parameter("date_created_before", "DateCreated<", "query", Date()),
        Parameter("date_created_after", "DateCreated>", "query", Date()),
        Parameter("page_size", "PageSize", "query", Integer(minimum=1, maximum=1000)),
        Parameter("page", "Page", "query", Integer(minimum=0)),
        Parameter("page_token", "PageToken", "query", Text()),
    ),
    answers=(
        Answer("200", "application/json", RecordingList),
        Answer("400", "application/json", ApiError),
        Answer("401", "application/json", ApiError),
        Answer("404", "application/json", ApiError),
        Answer("429", "application/json", ApiError),
    ),
    paging=Paging("recordings", "next_page_uri"),
)

CREATE_CALL_RECORDING: Operation[Recording] = Operation(
    id="createCallRecording",
    method="POST",
    path="/Accounts/{AccountSid}/Calls/{CallSid}/Recordings.json",
    parameters=(
        Parameter(
            "account_sid",
            "AccountSid",
            "path",
            _ACCOUNT_SID,
            required=True,
            explode=False,
            credential="account_sid",
        ),
        Parameter("call_sid", "CallSid", "path", _CALL_SID, required=True, explode=False),
    ),
    body=Body(
        "application/x-www-form-urlencoded",
        CreateCallRecordingRequest,
        fields=(
            Parameter("recording_status_callback", "RecordingStatusCallback", "form", Text()),
            Parameter(
                "recording_status_callback_method",
                "RecordingStatusCallbackMethod",
                "form",
                Enumeration(HttpMethod),
            ),
            Parameter(
                "recording_channels", "RecordingChannels", "form", Enumeration(RecordingChannels)
            ),
            Parameter("trim", "Trim", "form", Enumeration(RecordingTrim)),
            Parameter(
                "recording_status_callback_event",
                "RecordingStatusCallbackEvent",
                "form",
                Array(Enumeration(RecordingEvent)),
            ),
            Parameter("recording_track", "RecordingTrack", "form", Enumeration(RecordingTrack)),
        ),
    ),
    answers=(
        Answer("201", "application/json", Recording),
        Answer("200", "application/json", Recording),
        Answer("400", "application/json", ApiError),
        Answer("401", "application/json", ApiError),
        Answer("404", "application/json", ApiError),
        Answer("429", "application/json", ApiError),
    ),
)

LIST_RECORDINGS: Operation[RecordingList] = Operation(
    id="listRecordings",
    method="GET",
    path="/Accounts/{AccountSid}/Recordings.json",
    parameters=(
        Parameter(
            "account_sid",
            "AccountSid",
            "path",
            _ACCOUNT_SID,
            required=True,
            explode=False,
            credential="account_sid",
        ),
        Parameter("date_created", "DateCreated", "query", AnyOf((Date(), DateTime()))),
        Parameter("call_sid", "CallSid", "query", _CALL_SID),
        Parameter("date_created_before", "DateCreated<", "query", AnyOf((Date(), DateTime()))),
        Parameter("date_created_after", "DateCreated>", "query", AnyOf((Date(), DateTime()))),
        Parameter("conference_sid", "ConferenceSid", "query", _CONFERENCE_SID),
        Parameter("include_soft_deleted", "IncludeSoftDeleted", "query", Boolean()),
        Parameter("page_size", "PageSize", "query", Integer(minimum=1, maximum=1000)),
        Parameter("page", "Page", "query", Integer(minimum=0)),
        Parameter("page_token", "PageToken", "query", Text()),
    ),
    answers=(
        Answer("200", "application/json", RecordingList),
        Answer("400", "application/json", ApiError),
        Answer("401", "application/json", ApiError),
        Answer("429", "application/json", ApiError),
    ),
    paging=Paging("recordings", "next_page_uri"),
)

FETCH_RECORDING: Operation[Recording] = Operation(
    id="fetchRecording",
    method="GET",
    path="/Accounts/{AccountSid}/Recordings/{RecordingSid}.json",
    parameters=(
        Parameter(
            "account_sid",
            "AccountSid",
            "path",
            _ACCOUNT_SID,
            required=True,
            explode=False,
            credential="account_sid",
        ),
        Parameter(
            "recording_sid", "RecordingSid", "path", _RECORDING_SID, required=True, explode=False
        ),
        Parameter("include_soft_deleted", "IncludeSoftDeleted", "query", Boolean()),
    ),
    answers=(
        Answer("200", "application/json", Recording),
        Answer("400", "application/json", ApiError),
        Answer("401", "application/json", ApiError),
        Answer("404", "application/json", ApiError),
        Answer("429", "application/json", ApiError),
    ),
)

DELETE_RECORDING: Operation[None] = Operation(
    id="deleteRecording",
    method="DELETE",
    path="/Accounts/{AccountSid}/Recordings/{RecordingSid}.json",
    parameters=(
        Parameter(
            "account_sid",
            "AccountSid",
            "path",
            _ACCOUNT_SID,
            required=True,
            explode=False,
            credential="account_sid",
        ),
        Parameter(
            "recording_sid", "RecordingSid", "path", _RECORDING_SID, required=True, explode=False
        ),
    ),
    answers=(
        Answer("204"),
        Answer("400", "application/json", ApiError),
        Answer("401", "application/json", ApiError),
        Answer("404", "application/json", ApiError),
        Answer("409", "application/json", ApiError),
        Answer("429", "application/json", ApiError),
    ),
)

LIST_CONFERENCE_RECORDINGS: Operation[RecordingList] = Operation(
    id="listConferenceRecordings",
    method="GET",
    path="/Accounts/{AccountSid}/Conferences/{ConferenceSid}/Recordings.json",
    parameters=(
        Parameter(
            "account_sid",
            "AccountSid",
            "path",
            _ACCOUNT_SID,
            required=True,
            explode=False,
            credential="account_sid",
        ),
        Parameter(
            "conference_sid", "ConferenceSid", "path", _CONFERENCE_SID, required=True, explode=False
        ),
        Parameter("date_created", "DateCreated", "query", Date()),
        Parameter("date_created_before", "DateCreated<", "query", Date()),
        Parameter("date_created_after", "DateCreated>", "query", Date()),
        Parameter("page_size", "PageSize", "query", Integer(minimum=1, maximum=1000)),
        Parameter("page", "Page", "query", Integer(minimum=0)),
        Parameter("page_token", "PageToken", "query", Text()),
    ),
    answers=(
        Answer("200", "application/json", RecordingList),
        Answer("400", "application/json", ApiError),
        Answer("401", "application/json", ApiError),
        Answer("404", "application/json", ApiError),
        Answer("429", "application/json", ApiError),
    ),
    paging=Paging("recordings", "next_page_uri"),
)

FETCH_CONFERENCE_RECORDING: Operation[Recording] = Operation(
    id="fetchConferenceRecording",
    method="GET",
    path="/Accounts/{AccountSid}/Conferences/{ConferenceSid}/Recordings/{RecordingSid}.json",
    parameters=(
        Parameter(
            "account_sid",
            "AccountSid",
            "path",
            _ACCOUNT_SID,
            required=True,
            explode=False,
            credential="account_sid",
        ),
        Parameter(
            "conference_sid", "ConferenceSid", "path", _CONFERENCE_SID, required=True, explode=False
        ),
        Parameter(
            "recording_sid", "RecordingSid", "path", _RECORDING_SID, required=True, explode=False
        ),
    ),
    answers=(
        Answer("200", "application/json", Recording),
        Answer("400", "application/json", ApiError),
        Answer("401", "application/json", ApiError),
        Answer("404", "application/json", ApiError),
        Answer("429", "application/json", ApiError),
    ),
)

UPDATE_CONFERENCE_RECORDING: Operation[Recording] = Operation(
    id="updateConferenceRecording",
    method="POST",
    path="/Accounts/{AccountSid}/Conferences/{ConferenceSid}/Recordings/{RecordingSid}.json",
    parameters=(
        Parameter(
            "account_sid",
            "AccountSid",
            "path",
            _ACCOUNT_SID,
            required=True,
            explode=False,
            credential="account_sid",
        ),
        Parameter(
            "conference_sid", "ConferenceSid", "path", _CONFERENCE_SID, required=True, explode=False
        ),
        Parameter(
            "recording_sid",
            "RecordingSid",
            "path",
            AnyOf((_RECORDING_SID, Choice(("Twilio.CURRENT",)))),
            required=True,
            explode=False,
        ),
    ),
    body=Body(
        "application/x-www-form-urlencoded",
        UpdateConferenceRecordingRequest,
        fields=(
            Parameter(
                "status", "Status", "form", Enumeration(RecordingStatusUpdate), required=True
            ),
            Parameter("pause_behavior", "PauseBehavior", "form", Enumeration(PauseBehavior)),
        ),
        required=True,
    ),
    answers=(
        Answer("200", "application/json", Recording),
        Answer("400", "application/json", ApiError),
        Answer("401", "application/json", ApiError),
        Answer("404", "application/json", ApiError),
        Answer("429", "application/json", ApiError),
    ),
)

DELETE_CONFERENCE_RECORDING: Operation[None] = Operation(
    id="deleteConferenceRecording",
    method="DELETE",
    path="/Accounts/{AccountSid}/Conferences/{ConferenceSid}/Recordings/{RecordingSid}.json",
    parameters=(
        Parameter(
            "account_sid",
            "AccountSid",
            "path",
            _ACCOUNT_SID,
            required=True,
            explode=False,
            credential="account_sid",
        ),
        Parameter(
            "conference_sid", "ConferenceSid", "path", _CONFERENCE_SID, required=True, explode=False
        ),
        Parameter(
            "recording_sid", "RecordingSid", "path", _RECORDING_SID, required=True, explode=False
        ),
    ),
    answers=(
        Answer("204"),
        Answer("400", "application/json", ApiError),
        Answer("401", "application/json", ApiError),
        Answer("404", "application/json", ApiError),
        Answer("409", "application/json", ApiError),
        Answer("429", "application/json", ApiError),
    ),
)

FETCH_CALL_RECORDING: Operation[Recording] = Operation(
    id="fetchCallRecording",
    method="GET",
    path="/Accounts/{AccountSid}/Calls/{CallSid}/Recordings/{RecordingSid}.json",
    parameters=(
        Parameter(
            "account_sid",
            "AccountSid",
            "path",
            _ACCOUNT_SID,
            required=True,
            explode=False,
            credential="account_sid",
        ),
        Parameter("call_sid", "CallSid", "path", _CALL_SID, required=True, explode=False),
        Parameter(
            "recording_sid", "RecordingSid", "path", _RECORDING_SID, required=True, explode=False
        ),
    ),
    answers=(
        Answer("200", "application/json", Recording),
        Answer("400", "application/json", ApiError),
        Answer("401", "application/json", ApiError),
        Answer("404", "application/json", ApiError),
        Answer("429", "application/json", ApiError),
    ),
)

UPDATE_CALL_RECORDING: Operation[Recording] = Operation(
    id="updateCallRecording",
    method="POST",
    path="/Accounts/{AccountSid}/Calls/{CallSid}/Recordings/{RecordingSid}.json",
    parameters=(
        Parameter(
            "account_sid",
            "AccountSid",
            "path",
            _ACCOUNT_SID,
            required=True,
            explode=False,
            credential="account_sid",
        ),
        Parameter("call_sid", "CallSid", "path", _CALL_SID, required=True, explode=False),
        Parameter(
            "recording_sid",
            "RecordingSid",
            "path",
            AnyOf((_RECORDING_SID, Choice(("Twilio.CURRENT",)))),
            required=True,
            explode=False,
        ),
    ),
    body=Body(
        "application/x-www-form-urlencoded",
        UpdateCallRecordingRequest,
        fields=(
            Parameter(
                "status", "Status", "form", Enumeration(RecordingStatusUpdate), required=True
            ),
            Parameter("pause_behavior", "PauseBehavior", "form", Enumeration(PauseBehavior)),
        ),
        required=True,
    ),
    answers=(
        Answer("200", "application/json", Recording),
        Answer("400", "application/json", ApiError),
        Answer("401", "application/json", ApiError),
        Answer("404", "application/json", ApiError),
        Answer("408", "application/json", ApiError),
        Answer("429", "application/json", ApiError),
    ),
)

DELETE_CALL_RECORDING: Operation[None] = Operation(
    id="deleteCallRecording",
    method="DELETE",
    path="/Accounts/{AccountSid}/Calls/{CallSid}/Recordings/{RecordingSid}.json",
    parameters=(
        Parameter(
            "account_sid",
            "AccountSid",
            "path",
            _ACCOUNT_SID,
            required=True,
            explode=False,
            credential="account_sid",
        ),
        Parameter("call_sid", "CallSid", "path", _CALL_SID, required=True, explode=False),
        Parameter(
            "recording_sid", "RecordingSid", "path", _RECORDING_SID, required=True, explode=False
        ),
    ),
    answers=(
        Answer("204"),
        Answer("400", "application/json", ApiError),
        Answer("401", "application/json", ApiError),
        Answer("404", "application/json", ApiError),
        Answer("409", "application/json", ApiError),
        Answer("429", "application/json", ApiError),
    ),
)

FETCH_RECORDING_WAV: Operation[bytes] = Operation(
    id="fetchRecordingWav",
    method="GET",
    path="/Accounts/{AccountSid}/Recordings/{RecordingSid}.wav",
    parameters=(
        Parameter(
            "account_sid",
            "AccountSid",
            "path",
            _ACCOUNT_SID,
            required=True,
            explode=False,
            credential="account_sid",
        ),
        Parameter(
            "recording_sid", "RecordingSid", "path", _RECORDING_SID, required=True, explode=False
        ),
        Parameter(
            "requested_channels", "RequestedChannels", "query", Integer(minimum=1, maximum=2)
        ),
    ),
    answers=(
        Answer("200", "audio/x-wav", bytes),
        Answer("400", "application/json", ApiError),
        Answer("401", "application/json", ApiError),
        Answer("404", "application/json", ApiError),
        Answer("429", "application/json", ApiError),
    ),
    binary=True,
)

FETCH_RECORDING_MP3: Operation[bytes] = Operation(
    id="fetchRecordingMp3",
    method="GET",
    path="/Accounts/{AccountSid}/Recordings/{RecordingSid}.mp3",
    parameters=(
        Parameter(
            "account_sid",
            "AccountSid",
            "path",
            _ACCOUNT_SID,
            required=True,
            explode=False,
            credential="account_sid",
        ),
        Parameter(
            "recording_sid", "RecordingSid", "path", _RECORDING_SID, required=True, explode=False
        ),
        Parameter(
            "requested_channels", "RequestedChannels", "query", Integer(minimum=1, maximum=2)
        ),
    ),
    answers=(
        Answer("200", "audio/mpeg", bytes),
        Answer("400", "application/json", ApiError),
        Answer("401", "application/json", ApiError),
        Answer("404", "application/json", ApiError),
        Answer("429", "application/json", ApiError),
    ),
    binary=True,
)

LIST_CONFERENCES: Operation[ConferenceList] = Operation(
    id="listConferences",
    method="GET",
    path="/Accounts/{AccountSid}/Conferences.json",
    parameters=(
        Parameter(
            "account_sid",
            "AccountSid",
            "path",
            _ACCOUNT_SID,
            required=True,
            explode=False,
            credential="account_sid",
        ),
        Parameter("status", "Status", "query", Enumeration(ConferenceStatus)),
        Parameter("friendly_name", "FriendlyName", "query", Text()),
        Parameter("date_created", "DateCreated", "query", Date()),
        Parameter("date_created_before", "DateCreated<", "query", Date()),
        Parameter("date_created_after", "DateCreated>", "query", Date()),
        Parameter("date_updated", "DateUpdated", "query", Date()),
        Parameter("date_updated_before", "DateUpdated<", "query", Date()),
        Parameter("date_updated_after", "DateUpdated>", "query", Date()),
        Parameter("page_size", "PageSize", "query", Integer(minimum=1, maximum=1000)),
        Parameter("page", "Page", "query", Integer(minimum=0)),
        Parameter("page_token", "PageToken", "query", Text()),
    ),
    answers=(
        Answer("200", "application/json", ConferenceList),
        Answer("400", "application/json", ApiError),
        Answer("401", "application/json", ApiError),
        Answer("429", "application/json", ApiError),
    ),
    paging=Paging("conferences", "next_page_uri"),
)

FETCH_CONFERENCE: Operation[Conference] = Operation(
    id="fetchConference",
    method="GET",
    path="/Accounts/{AccountSid}/Conferences/{ConferenceSid}.json",
    parameters=(
        Parameter(
            "account_sid",
            "AccountSid",
            "path",
            _ACCOUNT_SID,
            required=True,
            explode=False,
            credential="account_sid",
        ),
        Parameter(
            "conference_sid", "ConferenceSid", "path", _CONFERENCE_SID, required=True, explode=False
        ),
    ),
    answers=(
        Answer("200", "application/json", Conference),
        Answer("400", "application/json", ApiError),
        Answer("401", "application/json", ApiError),
        Answer("404", "application/json", ApiError),
        Answer("429", "application/json", ApiError),
    ),
)

UPDATE_CONFERENCE: Operation[Conference] = Operation(
    id="updateConference",
    method="POST",
    path="/Accounts/{AccountSid}/Conferences/{ConferenceSid}.json",
    parameters=(
        Parameter(
            "account_sid",
            "AccountSid",
            "path",
            _ACCOUNT_SID,
            required=True,
            explode=False,
            credential="account_sid",
        ),
        Parameter(
            "conference_sid",
            "ConferenceSid",
            "path",
            Text(min_length=1, max_length=128),
            required=True,
            explode=False,
        ),
    ),
    body=Body(
        "application/x-www-form-urlencoded",
        UpdateConferenceRequest,
        fields=(
            Parameter("status", "Status", "form", Enumeration(ConferenceStatusUpdate)),
            Parameter("announce_url", "AnnounceUrl", "form", Text()),
            Parameter("announce_method", "AnnounceMethod", "form", Enumeration(HttpMethod)),
        ),
    ),
    answers=(
        Answer("200", "application/json", Conference),
        Answer("400", "application/json", ApiError),
        Answer("401", "application/json", ApiError),
        Answer("404", "application/json", ApiError),
        Answer("429", "application/json", ApiError),
    ),
)

LIST_PARTICIPANTS: Operation[ParticipantList] = Operation(
    id="listParticipants",
    method="GET",
    path="/Accounts/{AccountSid}/Conferences/{ConferenceSid}/Participants.json",
    parameters=(
        Parameter(
            "account_sid",
            "AccountSid",
            "path",
            _ACCOUNT_SID,
            required=True,
            explode=False,
            credential="account_sid",
        ),
        Parameter(
            "conference_sid", "ConferenceSid", "path", _CONFERENCE_SID, required=True, explode=False
        ),
        Parameter("muted", "Muted", "query", Boolean()),
        Parameter("hold", "Hold", "query", Boolean()),
        Parameter("coaching", "Coaching", "query", Boolean()),
        Parameter("page_size", "PageSize", "query", Integer(minimum=1, maximum=1000)),
        Parameter("page", "Page", "query", Integer(minimum=0)),
        Parameter("page_token", "PageToken", "query", Text()),
    ),
    answers=(
        Answer("200", "application/json", ParticipantList),
        Answer("400", "application/json", ApiError),
        Answer("401", "application/json", ApiError),
        Answer("404", "application/json", ApiError),
        Answer("429", "application/json", ApiError),
    ),
    paging=Paging("participants", "next_page_uri"),
)

CREATE_PARTICIPANT: Operation[Participant] = Operation(
    id="createParticipant",
    method="POST",
    path="/Accounts/{AccountSid}/Conferences/{ConferenceSid}/Participants.json",
    parameters=(
        Parameter(
            "account_sid",
            "AccountSid",
            "path",
            _ACCOUNT_SID,
            required=True,
            explode=False,
            credential="account_sid",
        ),
        Parameter(
            "conference_sid",
            "ConferenceSid",
            "path",
            Text(min_length=1, max_length=128),
            required=True,
            explode=False,
        ),
    ),
    body=Body(
        "application/x-www-form-urlencoded",
        CreateParticipantRequest,
        fields=(
            Parameter("from_", "From", "form", Text(), required=True),
            Parameter("to", "To", "form", Text(), required=True),
            Parameter("muted", "Muted", "form", Boolean()),
            Parameter("record", "Record", "form", Boolean()),
            Parameter("status_callback", "StatusCallback", "form", Text()),
            Parameter(
                "status_callback_method", "StatusCallbackMethod", "form", Enumeration(HttpMethod)
            ),
            Parameter(
                "status_callback_event",
                "StatusCallbackEvent",
                "form",
                Array(Enumeration(CallEvent)),
            ),
            Parameter("label", "Label", "form", Text(max_length=128)),
            Parameter("timeout", "Timeout", "form", Integer(minimum=5, maximum=600)),
            Parameter("time_limit", "TimeLimit", "form", Integer()),
            Parameter("beep", "Beep", "form", Enumeration(ConferenceBeep)),
            Parameter("start_conference_on_enter", "StartConferenceOnEnter", "form", Boolean()),
            Parameter("end_conference_on_exit", "EndConferenceOnExit", "form", Boolean()),
            Parameter("wait_url", "WaitUrl", "form", Text()),
            Parameter("wait_method", "WaitMethod", "form", Enumeration(HttpMethod)),
            Parameter("early_media", "EarlyMedia", "form", Boolean()),
            Parameter(
                "max_participants", "MaxParticipants", "form", Integer(minimum=2, maximum=250)
            ),
            Parameter("coaching", "Coaching", "form", Boolean()),
            Parameter("call_sid_to_coach", "CallSidToCoach", "form", _CALL_SID),
            Parameter("caller_id", "CallerId", "form", Text()),
            Parameter("caller_display_name", "CallerDisplayName", "form", Text()),
            Parameter("call_reason", "CallReason", "form", Text()),
            Parameter("call_token", "CallToken", "form", Text()),
            Parameter("byoc", "Byoc", "form", _BYOC_TRUNK_SID),
            Parameter("client_notification_url", "ClientNotificationUrl", "form", Text()),
            Parameter("sip_auth_username", "SipAuthUsername", "form", Text(max_length=255)),
            Parameter("sip_auth_password", "SipAuthPassword", "form", Text(max_length=255)),
            Parameter("region", "Region", "form", Text()),
            Parameter(
                "jitter_buffer_size", "JitterBufferSize", "form", Enumeration(JitterBufferSize)
            ),
            Parameter(
                "recording_channels", "RecordingChannels", "form", Enumeration(RecordingChannels)
            ),
            Parameter("recording_track", "RecordingTrack", "form", Enumeration(RecordingTrack)),
            Parameter("trim", "Trim", "form", Enumeration(RecordingTrim)),
            Parameter("recording_status_callback", "RecordingStatusCallback", "form", Text()),
            Parameter(
                "recording_status_callback_method",
                "RecordingStatusCallbackMethod",
                "form",
                Enumeration(HttpMethod),
            ),
            Parameter(
                "recording_status_callback_event",
                "RecordingStatusCallbackEvent",
                "form",
                Array(Enumeration(ParticipantRecordingEvent)),
            ),
            Parameter(
                "conference_record", "ConferenceRecord", "form", Enumeration(ConferenceRecord)
            ),
            Parameter("conference_trim", "ConferenceTrim", "form", Enumeration(RecordingTrim)),
            Parameter(
                "conference_recording_status_callback",
                "ConferenceRecordingStatusCallback",
                "form",
                Text(),
            ),
            Parameter(
                "conference_recording_status_callback_method",
                "ConferenceRecordingStatusCallbackMethod",
                "form",
                Enumeration(HttpMethod),
            ),
            Parameter(
                "conference_recording_status_callback_event",
                "ConferenceRecordingStatusCallbackEvent",
                "form",
                Array(Enumeration(ConferenceRecordingEvent)),
            ),
            Parameter("conference_status_callback", "ConferenceStatusCallback", "form", Text()),
            Parameter(
                "conference_status_callback_method",
                "ConferenceStatusCallbackMethod",
                "form",
                Enumeration(HttpMethod),
            ),
            Parameter(
                "conference_status_callback_event",
                "ConferenceStatusCallbackEvent",
                "form",
                Array(Enumeration(ConferenceEvent)),
            ),
            Parameter(
                "machine_detection", "MachineDetection", "form", Enumeration(MachineDetection)
            ),
            Parameter(
                "machine_detection_timeout",
                "MachineDetectionTimeout",
                "form",
                Integer(minimum=1, maximum=120),
            ),
            Parameter(
                "machine_detection_speech_threshold",
                "MachineDetectionSpeechThreshold",
                "form",
                Integer(minimum=1000, maximum=6000),
            ),
            Parameter(
                "machine_detection_speech_end_threshold",
                "MachineDetectionSpeechEndThreshold",
                "form",
                Integer(minimum=500, maximum=5000),
            ),
            Parameter(
                "machine_detection_silence_timeout",
                "MachineDetectionSilenceTimeout",
                "form",
                Integer(minimum=2000, maximum=10000),
            ),
            Parameter("amd_status_callback", "AmdStatusCallback", "form", Text()),
            Parameter(
                "amd_status_callback_method",
                "AmdStatusCallbackMethod",
                "form",
                Enumeration(HttpMethod),
            ),
        ),
        required=True,
    ),
    answers=(
        Answer("201", "application/json", Participant),
        Answer("400", "application/json", ApiError),
        Answer("401", "application/json", ApiError),
        Answer("404", "application/json", ApiError),
        Answer("429", "application/json", ApiError),
    ),
)

FETCH_PARTICIPANT: Operation[Participant] = Operation(
    id="fetchParticipant",
    method="GET",
    path="/Accounts/{AccountSid}/Conferences/{ConferenceSid}/Participants/{CallSid}.json",
    parameters=(
        Parameter(
            "account_sid",
            "AccountSid",
            "path",
            _ACCOUNT_SID,
            required=True,
            explode=False,
            credential="account_sid",
        ),
        Parameter(
            "conference_sid", "ConferenceSid", "path", _CONFERENCE_SID, required=True, explode=False
        ),
        Parameter(
            "call_sid",
            "CallSid",
            "path",
            Text(min_length=1, max_length=128),
            required=True,
            explode=False,
        ),
    ),
    answers=(
        Answer("200", "application/json", Participant),
        Answer("400", "application/json", ApiError),
        Answer("401", "application/json", ApiError),
        Answer("404", "application/json", ApiError),
        Answer("429", "application/json", ApiError),
    ),
)

UPDATE_PARTICIPANT: Operation[Participant] = Operation(
    id="updateParticipant",
    method="POST",
    path="/Accounts/{AccountSid}/Conferences/{ConferenceSid}/Participants/{CallSid}.json",
    parameters=(
        Parameter(
            "account_sid",
            "AccountSid",
            "path",
            _ACCOUNT_SID,
            required=True,
            explode=False,
            credential="account_sid",
        ),
        Parameter(
            "conference_sid", "ConferenceSid", "path", _CONFERENCE_SID, required=True, explode=False
        ),
        Parameter(
            "call_sid",
            "CallSid",
            "path",
            Text(min_length=1, max_length=128),
            required=True,
            explode=False,
        ),
    ),
    body=Body(
        "application/x-www-form-urlencoded",
        UpdateParticipantRequest,
        fields=(
            Parameter("muted", "Muted", "form", Boolean()),
            Parameter("hold", "Hold", "form", Boolean()),
            Parameter("hold_url", "HoldUrl", "form", Text()),
            Parameter("hold_method", "HoldMethod", "form", Enumeration(HttpMethod)),
            Parameter("announce_url", "AnnounceUrl", "form", Text()),
            Parameter("announce_method", "AnnounceMethod", "form", Enumeration(HttpMethod)),
            Parameter("wait_url", "WaitUrl", "form", Text()),
            Parameter("wait_method", "WaitMethod", "form", Enumeration(HttpMethod)),
            Parameter("beep_on_exit", "BeepOnExit", "form", Boolean()),
            Parameter("end_conference_on_exit", "EndConferenceOnExit", "form", Boolean()),
            Parameter("coaching", "Coaching", "form", Boolean()),
            Parameter("call_sid_to_coach", "CallSidToCoach", "form", _CALL_SID),
        ),
    ),
    answers=(
        Answer("200", "application/json", Participant),
        Answer("400", "application/json", ApiError),
        Answer("401", "application/json", ApiError),
        Answer("404", "application/json", ApiError),
        Answer("429", "application/json", ApiError),
    ),
)

DELETE_PARTICIPANT: Operation[None] = Operation(
    id="deleteParticipant",
    method="DELETE",
    path="/Accounts/{AccountSid}/Conferences/{ConferenceSid}/Participants/{CallSid}.json",
    parameters=(
        Parameter(
            "account_sid",
            "AccountSid",
            "path",
            _ACCOUNT_SID,
            required=True,
            explode=False,
            credential="account_sid",
        ),
        Parameter(
            "conference_sid", "ConferenceSid", "path", _CONFERENCE_SID, required=True, explode=False
        ),
        Parameter(
            "call_sid",
            "CallSid",
            "path",
            Text(min_length=1, max_length=128),
            required=True,
            explode=False,
        ),
    ),
    answers=(
        Answer("204"),
        Answer("400", "application/json", ApiError),
        Answer("401", "application/json", ApiError),
        Answer("404", "application/json", ApiError),
        Answer("429", "application/json", ApiError),
    ),
)

LIST_QUEUES: Operation[QueueList] = Operation(
    id="listQueues",
    method="GET",
    path="/Accounts/{AccountSid}/Queues.json",
    parameters=(
        Parameter(
            "account_sid",
            "AccountSid",
            "path",
            _ACCOUNT_SID,
            required=True,
            explode=False,
            credential="account_sid",
        ),
        Parameter("page_size", "PageSize", "query", Integer(minimum=1, maximum=1000)),
        Parameter("page", "Page", "query", Integer(minimum=0)),
        Parameter("page_token", "PageToken", "query", Text()),
    ),
    answers=(
        Answer("200", "application/json", QueueList),
        Answer("400", "application/json", ApiError),
        Answer("401", "application/json", ApiError),
        Answer("429", "application/json", ApiError),
    ),
    paging=Paging("queues", "next_page_uri"),
)

CREATE_QUEUE: Operation[Queue] = Operation(
    id="createQueue",
    method="POST",
    path="/Accounts/{AccountSid}/Queues.json",
    parameters=(
        Parameter(
            "account_sid",
            "AccountSid",
            "path",
            _ACCOUNT_SID,
            required=True,
            explode=False,
            credential="account_sid",
        ),
    ),
    body=Body(
        "application/x-www-form-urlencoded",
        CreateQueueRequest,
        fields=(
            Parameter("friendly_name", "FriendlyName", "form", Text(max_length=64), required=True),
            Parameter("max_size", "MaxSize", "form", Integer(maximum=5000)),
        ),
        required=True,
    ),
    answers=(
        Answer("201", "application/json", Queue),
        Answer("400", "application/json", ApiError),
        Answer("401", "application/json", ApiError),
        Answer("429", "application/json", ApiError),
    ),
)

FETCH_QUEUE: Operation[Queue] = Operation(
    id="fetchQueue",
    method="GET",
    path="/Accounts/{AccountSid}/Queues/{QueueSid}.json",
    parameters=(
        Parameter(
            "account_sid",
            "AccountSid",
            "path",
            _ACCOUNT_SID,
            required=True,
            explode=False,
            credential="account_sid",
        ),
        Parameter("queue_sid", "QueueSid", "path", _QUEUE_SID, required=True, explode=False),
    ),
    answers=(
        Answer("200", "application/json", Queue),
        Answer("400", "application/json", ApiError),
        Answer("401", "application/json", ApiError),
        Answer("404", "application/json", ApiError),
        Answer("429", "application/json", ApiError),
    ),
)

UPDATE_QUEUE: Operation[Queue] = Operation(
    id="updateQueue",
    method="POST",
    path="/Accounts/{AccountSid}/Queues/{QueueSid}.json",
    parameters=(
        Parameter(
            "account_sid",
            "AccountSid",
            "path",
            _ACCOUNT_SID,
            required=True,
            explode=False,
            credential="account_sid",
        ),
        Parameter("queue_sid", "QueueSid", "path", _QUEUE_SID, required=True, explode=False),
    ),
    body=Body(
        "application/x-www-form-urlencoded",
        UpdateQueueRequest,
        fields=(
            Parameter("friendly_name", "FriendlyName", "form", Text(max_length=64)),
            Parameter("max_size", "MaxSize", "form", Integer(maximum=5000)),
        ),
    ),
    answers=(
        Answer("200", "application/json", Queue),
        Answer("400", "application/json", ApiError),
        Answer("401", "application/json", ApiError),
        Answer("404", "application/json", ApiError),
        Answer("429", "application/json", ApiError),
    ),
)

DELETE_QUEUE: Operation[None] = Operation(
    id="deleteQueue",
    method="DELETE",
    path="/Accounts/{AccountSid}/Queues/{QueueSid}.json",
    parameters=(
        Parameter(
            "account_sid",
            "AccountSid",
            "path",
            _ACCOUNT_SID,
            required=True,
            explode=False,
            credential="account_sid",
        ),
        Parameter("queue_sid", "QueueSid", "path", _QUEUE_SID, required=True, explode=False),
    ),
    answers=(
        Answer("204"),
        Answer("400", "application/json", ApiError),
        Answer("401", "application/json", ApiError),
        Answer("404", "application/json", ApiError),
        Answer("429", "application/json", ApiError),
    ),
)

LIST_QUEUE_MEMBERS: Operation[QueueMemberList] = Operation(
    id="listQueueMembers",
    method="GET",
    path="/Accounts/{AccountSid}/Queues/{QueueSid}/Members.json",
    parameters=(
        Parameter(
            "account_sid",
            "AccountSid",
            "path",
            _ACCOUNT_SID,
            required=True,
            explode=False,
            credential="account_sid",
        ),
        Parameter("queue_sid", "QueueSid", "path", _QUEUE_SID, required=True, explode=False),
        Parameter("page_size", "PageSize", "query", Integer(minimum=1, maximum=1000)),
        Parameter("page", "Page", "query", Integer(minimum=0)),
        Parameter("page_token", "PageToken", "query", Text()),
    ),
    answers=(
        Answer("200", "application/json", QueueMemberList),
        Answer("400", "application/json", ApiError),
        Answer("401", "application/json", ApiError),
        Answer("404", "application/json", ApiError),
        Answer("429", "application/json", ApiError),
    ),
    paging=Paging("queue_members", "next_page_uri"),
)

FETCH_QUEUE_MEMBER: Operation[QueueMember] = Operation(
    id="fetchQueueMember",
    method="GET",
    path="/Accounts/{AccountSid}/Queues/{QueueSid}/Members/{CallSid}.json",
    parameters=(
        Parameter(
            "account_sid",
            "AccountSid",
            "path",
            _ACCOUNT_SID,
            required=True,
            explode=False,
            credential="account_sid",
        ),
        Parameter("queue_sid", "QueueSid", "path", _QUEUE_SID, required=True, explode=False),
        Parameter(
            "call_sid",
            "CallSid",
            "path",
            AnyOf((_CALL_SID, Choice(("Front",)))),
            required=True,
            explode=False,
        ),
    ),
    answers=(
        Answer("200", "application/json", QueueMember),
        Answer("400", "application/json", ApiError),
        Answer("401", "application/json", ApiError),
        Answer("404", "application/json", ApiError),
        Answer("429", "application/json", ApiError),
    ),
)

UPDATE_QUEUE_MEMBER: Operation[QueueMember] = Operation(
    id="updateQueueMember",
    method="POST",
    path="/Accounts/{AccountSid}/Queues/{QueueSid}/Members/{CallSid}.json",
    parameters=(
        Parameter(
            "account_sid",
            "AccountSid",
            "path",
            _ACCOUNT_SID,
            required=True,
            explode=False,
            credential="account_sid",
        ),
        Parameter("queue_sid", "QueueSid", "path", _QUEUE_SID, required=True, explode=False),
        Parameter(
            "call_sid",
            "CallSid",
            "path",
            AnyOf((_CALL_SID, Choice(("Front",)))),
            required=True,
            explode=False,
        ),
    ),
    body=Body(
        "application/x-www-form-urlencoded",
        UpdateQueueMemberRequest,
        fields=(
            Parameter("url", "Url", "form", Text(), required=True),
            Parameter("method", "Method", "form", Enumeration(HttpMethod)),
        ),
        required=True,
    ),
    answers=(
        Answer("200", "application/json", QueueMember),
        Answer("400", "application/json", ApiError),
        Answer("401", "application/json", ApiError),
        Answer("404", "application/json", ApiError),
        Answer("429", "application/json", ApiError),
    ),
)

WEBHOOK_CALL_STATUS: Operation[None] = Operation(
    id="receiveCallStatus",
    method="POST",
    path="",
    body=Body(
        "application/x-www-form-urlencoded",
        CallStatusCallback,
        fields=(
            Parameter("call_sid", "CallSid", "form", _CALL_SID, required=True),
            Parameter("account_sid", "AccountSid", "form", _ACCOUNT_SID, required=True),
            Parameter("from_", "From", "form", Text(), required=True),
            Parameter("to", "To", "form", Text(), required=True),
            Parameter(
                "call_status", "CallStatus", "form", Enumeration(CallbackCallStatus), required=True
            ),
            Parameter("api_version", "ApiVersion", "form", Text(), required=True),
            Parameter("direction", "Direction", "form", Enumeration(CallDirection), required=True),
            Parameter("forwarded_from", "ForwardedFrom", "form", Text()),
            Parameter("caller_name", "CallerName", "form", Text()),
            Parameter("parent_call_sid", "ParentCallSid", "form", _CALL_SID),
            Parameter("called", "Called", "form", Text()),
            Parameter("caller", "Caller", "form", Text()),
            Parameter("from_city", "FromCity", "form", Text()),
            Parameter("from_state", "FromState", "form", Text()),
            Parameter("from_zip", "FromZip", "form", Text()),
            Parameter("from_country", "FromCountry", "form", Text()),
            Parameter("to_city", "ToCity", "form", Text()),
            Parameter("to_state", "ToState", "form", Text()),
            Parameter("to_zip", "ToZip", "form", Text()),
            Parameter("to_country", "ToCountry", "form", Text()),
            Parameter("call_token", "CallToken", "form", Text()),
            Parameter("stir_verstat", "StirVerstat", "form", Text()),
            Parameter("stir_passport_token", "StirPassportToken", "form", Text()),
            Parameter("timestamp", "Timestamp", "form", Rfc2822DateTime()),
            Parameter("callback_source", "CallbackSource", "form", Text()),
            Parameter("sequence_number", "SequenceNumber", "form", Integer(minimum=0)),
            Parameter("duration", "Duration", "form", Integer()),
            Parameter("call_duration", "CallDuration", "form", Integer()),
            Parameter("sip_response_code", "SipResponseCode", "form", Integer()),
            Parameter("recording_url", "RecordingUrl", "form", Text()),
            Parameter("recording_sid", "RecordingSid", "form", _RECORDING_SID),
            Parameter("recording_duration", "RecordingDuration", "form", Integer()),
            Parameter("answered_by", "AnsweredBy", "form", Enumeration(AnsweredBy)),
        ),
        required=True,
    ),
    answers=(
        Answer("200"),
        Answer("204"),
    ),
    secured=False,
)

WEBHOOK_RECORDING_STATUS: Operation[None] = Operation(
    id="receiveRecordingStatus",
    method="POST",
    path="",
    body=Body(
        "application/x-www-form-urlencoded",
        RecordingStatusCallback,
        fields=(
            Parameter("account_sid", "AccountSid", "form", _ACCOUNT_SID, required=True),
            Parameter("call_sid", "CallSid", "form", _CALL_SID),
            Parameter("conference_sid", "ConferenceSid", "form", _CONFERENCE_SID),
            Parameter("recording_sid", "RecordingSid", "form", _RECORDING_SID, required=True),
            Parameter("recording_url", "RecordingUrl", "form", Text()),
            Parameter(
                "recording_status",
                "RecordingStatus",
                "form",
                Enumeration(RecordingEvent),
                required=True,
            ),
            Parameter("recording_duration", "RecordingDuration", "form", Integer()),
            Parameter(
                "recording_channels", "RecordingChannels", "form", Integer(minimum=1, maximum=2)
            ),
            Parameter("recording_start_time", "RecordingStartTime", "form", Rfc2822DateTime()),
            Parameter("recording_source", "RecordingSource", "form", Enumeration(RecordingSource)),
            Parameter("recording_track", "RecordingTrack", "form", Enumeration(RecordingTrack)),
        ),
        required=True,
    ),
    answers=(
        Answer("200"),
        Answer("204"),
    ),
    secured=False,
)

WEBHOOK_CONFERENCE_STATUS: Operation[None] = Operation(
    id="receiveConferenceStatus",
    method="POST",
    path="",
    body=Body(
        "application/x-www-form-urlencoded",
        ConferenceStatusCallback,
        fields=(
            Parameter("conference_sid", "ConferenceSid", "form", _CONFERENCE_SID, required=True),
            Parameter("friendly_name", "FriendlyName", "form", Text(), required=True),
            Parameter("account_sid", "AccountSid", "form", _ACCOUNT_SID, required=True),
            Parameter(
                "sequence_number", "SequenceNumber", "form", Integer(minimum=0), required=True
            ),
            Parameter("timestamp", "Timestamp", "form", Rfc2822DateTime(), required=True),
            Parameter(
                "status_callback_event",
                "StatusCallbackEvent",
                "form",
                Enumeration(ConferenceStatusEvent),
                required=True,
            ),
            Parameter("call_sid", "CallSid", "form", _CALL_SID),
            Parameter("participant_label", "ParticipantLabel", "form", Text()),
            Parameter("muted", "Muted", "form", Boolean()),
            Parameter("hold", "Hold", "form", Boolean()),
            Parameter("coaching", "Coaching", "form", Boolean()),
            Parameter("start_conference_on_enter", "StartConferenceOnEnter", "form", Boolean()),
            Parameter("end_conference_on_exit", "EndConferenceOnExit", "form", Boolean()),
            Parameter("participant_call_status", "ParticipantCallStatus", "form", Text()),
            Parameter(
                "reason_participant_left",
                "ReasonParticipantLeft",
                "form",
                Enumeration(ParticipantLeftReason),
            ),
            Parameter("call_sid_ending_conference", "CallSidEndingConference", "form", _CALL_SID),
            Parameter(
                "participant_label_ending_conference",
                "ParticipantLabelEndingConference",
                "form",
                Text(),
            ),
            Parameter(
                "reason_conference_ended",
                "ReasonConferenceEnded",
                "form",
                Enumeration(ConferenceEndReason),
            ),
            Parameter("reason", "Reason", "form", Text()),
        ),
        required=True,
    ),
    answers=(
        Answer("200"),
        Answer("204"),
    ),
    secured=False,
)

WEBHOOK_AMD_STATUS: Operation[None] = Operation(
    id="receiveAmdStatus",
    method="POST",
    path="",
    body=Body(
        "application/x-www-form-urlencoded",
        AmdStatusCallback,
        fields=(
            Parameter("call_sid", "CallSid", "form", _CALL_SID, required=True),
            Parameter("account_sid", "AccountSid", "form", _ACCOUNT_SID, required=True),
            Parameter("answered_by", "AnsweredBy", "form", Enumeration(AnsweredBy), required=True),
            Parameter("machine_detection_duration", "MachineDetectionDuration", "form", Integer()),
        ),
        required=True,
    ),
    answers=(
        Answer("200"),
        Answer("204"),
    ),
    secured=False,
)

WEBHOOK_VOICE_REQUEST: Operation[str] = Operation(
    id="answerVoiceRequest",
    method="POST",
    path="",
    body=Body(
        "application/x-www-form-urlencoded",
        VoiceRequest,
        fields=(
            Parameter("call_sid", "CallSid", "form", _CALL_SID, required=True),
            Parameter("account_sid", "AccountSid", "form", _ACCOUNT_SID, required=True),
            Parameter("from_", "From", "form", Text(), required=True),
            Parameter("to", "To", "form", Text(), required=True),
            Parameter(
                "call_status", "CallStatus", "form", Enumeration(CallbackCallStatus), required=True
            ),
            Parameter("api_version", "ApiVersion", "form", Text(), required=True),
            Parameter("direction", "Direction", "form", Enumeration(CallDirection), required=True),
            Parameter("forwarded_from", "ForwardedFrom", "form", Text()),
            Parameter("caller_name", "CallerName", "form", Text()),
            Parameter("parent_call_sid", "ParentCallSid", "form", _CALL_SID),
            Parameter("called", "Called", "form", Text()),
            Parameter("caller", "Caller", "form", Text()),
            Parameter("from_city", "FromCity", "form", Text()),
            Parameter("from_state", "FromState", "form", Text()),
            Parameter("from_zip", "FromZip", "form", Text()),
            Parameter("from_country", "FromCountry", "form", Text()),
            Parameter("to_city", "ToCity", "form", Text()),
            Parameter("to_state", "ToState", "form", Text()),
            Parameter("to_zip", "ToZip", "form", Text()),
            Parameter("to_country", "ToCountry", "form", Text()),
            Parameter("call_token", "CallToken", "form", Text()),
            Parameter("stir_verstat", "StirVerstat", "form", Text()),
            Parameter("stir_passport_token", "StirPassportToken", "form", Text()),
            Parameter("answered_by", "AnsweredBy", "form", Enumeration(AnsweredBy)),
            Parameter("machine_detection_duration", "MachineDetectionDuration", "form", Integer()),
            Parameter("digits", "Digits", "form", Text()),
            Parameter("finished_on_key", "FinishedOnKey", "form", Text()),
            Parameter("speech_result", "SpeechResult", "form", Text()),
            Parameter("confidence", "Confidence", "form", Number()),
            Parameter("recording_url", "RecordingUrl", "form", Text()),
            Parameter("recording_sid", "RecordingSid", "form", _RECORDING_SID),
            Parameter("recording_duration", "RecordingDuration", "form", Integer()),
            Parameter("dial_call_status", "DialCallStatus", "form", Enumeration(DialCallStatus)),
            Parameter("dial_call_sid", "DialCallSid", "form", _CALL_SID),
            Parameter("dial_call_duration", "DialCallDuration", "form", Integer()),
            Parameter("dial_bridged", "DialBridged", "form", Boolean()),
            Parameter("queue_result", "QueueResult", "form", Enumeration(QueueResult)),
            Parameter("queue_sid", "QueueSid", "form", _QUEUE_SID),
            Parameter("queue_time", "QueueTime", "form", Integer()),
            Parameter("queue_position", "QueuePosition", "form", Integer()),
            Parameter("avg_queue_time", "AvgQueueTime", "form", Integer()),
            Parameter("current_queue_size", "CurrentQueueSize", "form", Integer()),
            Parameter("max_queue_size", "MaxQueueSize", "form", Integer()),
            Parameter("error_code", "ErrorCode", "form", Integer()),
            Parameter("error_url", "ErrorUrl", "form", Text()),
        ),
        required=True,
    ),
    answers=(Answer("200", "text/xml", str),),
    secured=False,
)

OPERATIONS: tuple[Operation[Any], ...] = (
    LIST_CALLS,
    CREATE_CALL,
    FETCH_CALL,
    UPDATE_CALL,
    DELETE_CALL,
    LIST_CALL_RECORDINGS,
    CREATE_CALL_RECORDING,
    LIST_RECORDINGS,
    FETCH_RECORDING,
    DELETE_RECORDING,
    LIST_CONFERENCE_RECORDINGS,
    FETCH_CONFERENCE_RECORDING,
    UPDATE_CONFERENCE_RECORDING,
    DELETE_CONFERENCE_RECORDING,
    FETCH_CALL_RECORDING,
    UPDATE_CALL_RECORDING,
    DELETE_CALL_RECORDING,
    FETCH_RECORDING_WAV,
    FETCH_RECORDING_MP3,
    LIST_CONFERENCES,
    FETCH_CONFERENCE,
    UPDATE_CONFERENCE,
    LIST_PARTICIPANTS,
    CREATE_PARTICIPANT,
    FETCH_PARTICIPANT,
    UPDATE_PARTICIPANT,
    DELETE_PARTICIPANT,
    LIST_QUEUES,
    CREATE_QUEUE,
    FETCH_QUEUE,
    UPDATE_QUEUE,
    DELETE_QUEUE,
    LIST_QUEUE_MEMBERS,
    FETCH_QUEUE_MEMBER,
    UPDATE_QUEUE_MEMBER,
)
"""Every operation, in the order of the document's groups."""

WEBHOOKS: dict[str, Operation[Any]] = {
    "call_status": WEBHOOK_CALL_STATUS,
    "recording_status": WEBHOOK_RECORDING_STATUS,
    "conference_status": WEBHOOK_CONFERENCE_STATUS,
    "amd_status": WEBHOOK_AMD_STATUS,
    "voice_request": WEBHOOK_VOICE_REQUEST,
}
"""Every webhook, by its name in Python."""
