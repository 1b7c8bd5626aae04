"""Clients for Twilio Voice API, sync and async: one namespace per group of operations.

Arguments are held to the document before anything is sent. Answers are read tolerantly: what
does not fit is kept, and recorded in `client.drifts` (or raised, with `strict=True`).
"""

from __future__ import annotations

import datetime as _dt
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from types import TracebackType
from typing import TYPE_CHECKING, Any, Literal

from . import operations as _ops
from ._runtime.core import CsvRules, Recorded, RequestOptions, Settings, gather, recording
from ._runtime.decode import Drift
from ._runtime.download import AsyncDownload, Download
from ._runtime.tabular import AsyncCsvPager, CsvPager
from ._runtime.transport import AsyncCore, SyncCore
from ._runtime.values import UNSET, Unset

if TYPE_CHECKING:
    from .models import (
        AccountSid,
        ApplicationSid,
        ByocTrunkSid,
        Call,
        CallEvent,
        CallEventValue,
        CallList,
        CallSid,
        CallStatus,
        CallStatusUpdate,
        CallStatusUpdateValue,
        CallStatusValue,
        Conference,
        ConferenceBeep,
        ConferenceBeepValue,
        ConferenceEvent,
        ConferenceEventValue,
        ConferenceList,
        ConferenceRecord,
        ConferenceRecordingEvent,
        ConferenceRecordingEventValue,
        ConferenceRecordValue,
        ConferenceSid,
        ConferenceStatus,
        ConferenceStatusUpdate,
        ConferenceStatusUpdateValue,
        ConferenceStatusValue,
        HttpMethod,
        HttpMethodValue,
        JitterBufferSize,
        JitterBufferSizeValue,
        MachineDetection,
        MachineDetectionValue,
        Participant,
        ParticipantList,
        ParticipantRecordingEvent,
        ParticipantRecordingEventValue,
        PauseBehavior,
        PauseBehaviorValue,
        Queue,
        QueueList,
        QueueMember,
        QueueMemberList,
        QueueSid,
        Recording,
        RecordingChannels,
        RecordingChannelsValue,
        RecordingEvent,
        RecordingEventValue,
        RecordingList,
        RecordingSid,
        RecordingStatusUpdate,
        RecordingStatusUpdateValue,
        RecordingTrack,
        RecordingTrackValue,
        RecordingTrim,
        RecordingTrimValue,
        TranscriptionConfigurationSid,
    )

_CSV = CsvRules(
    before=".json",
    after=".csv",
    parameter="PageToken",
    prefix="PA",
    columns=("Sid", "CallSid"),
    number="Page",
)


class CallsApi:
    """Making, watching and changing voice calls."""

    def __init__(self, core: SyncCore) -> None:
        self._core = core

    def list(
        self,
        *,
        to: str | Unset = UNSET,
        from_: str | Unset = UNSET,
        status: CallStatus | CallStatusValue | Unset = UNSET,
        start_time: _dt.date | _dt.datetime | Unset = UNSET,
        end_time: _dt.date | _dt.datetime | Unset = UNSET,
        start_time_before: _dt.date | _dt.datetime | Unset = UNSET,
        start_time_after: _dt.date | _dt.datetime | Unset = UNSET,
        end_time_before: _dt.date | _dt.datetime | Unset = UNSET,
        end_time_after: _dt.date | _dt.datetime | Unset = UNSET,
        parent_call_sid: CallSid | Unset = UNSET,
        page_size: int | Unset = UNSET,
        page: int | Unset = UNSET,
        page_token: str | Unset = UNSET,
        account_sid: AccountSid | Unset = UNSET,
        options: RequestOptions | None = None,
    ) -> CsvPager[Call, CallList]:
        """List calls.

        Lists the calls made to and from the account, most recently updated first. The filters
        combine: a call is listed when all of them match.

        `GET /Accounts/{AccountSid}/Calls.json`

        Args:
            account_sid: The SID of the account that owns the resource. Wire name
                `AccountSid`.
            to: Only calls made to this phone number, SIP address, client identifier or SIM
                SID. Wire name `To`.
            from_: Only calls made from this phone number, SIP address, client identifier or
                SIM SID. Wire name `From`.
            status: Only calls that are in this status. Wire name `Status`; one of queued,
                ringing, in-progress, canceled, completed, failed, busy, no-answer.
            start_time: Only calls that started on this day (YYYY-MM-DD, UTC). Wire name
                `StartTime`.
            end_time: Only calls that ended on this day (YYYY-MM-DD, UTC). Wire name
                `EndTime`.
            start_time_before: Only calls that started before this time, or by midnight at the
                start of this day (UTC). Wire name `StartTime<`.
            start_time_after: Only calls that started at this time or later, or since midnight
                of this day (UTC). Wire name `StartTime>`.
            end_time_before: Only calls that ended before this time, or by midnight at the
                start of this day (UTC). Wire name `EndTime<`.
            end_time_after: Only calls that ended at this time or later, or since midnight of
                this day (UTC). Wire name `EndTime>`.
            parent_call_sid: Only calls that this call created. Wire name `ParentCallSid`.
            page_size: How many rows one page holds, 1000 at most; who asks for more gets
                1000. Wire name `PageSize`; at least 1; default 50.
            page: The number of the page, counted from 0; only together with PageToken. Wire
                name `Page`; at least 0.
            page_token: Where the page begins, as next_page_uri and previous_page_uri say.
                Wire name `PageToken`.

        Answers:
            200: One page of calls.
            400: A parameter is missing or not valid; code says which.
            401: The credentials are missing or wrong.
            403: The account is suspended or closed, or test credentials cannot do this.
            404: There is no such resource, or it belongs to another account.
            429: Too many requests at once. This one was not processed and can be sent again.
        """
        return CsvPager(
            self._core,
            _ops.LIST_CALLS,
            {
                "to": to,
                "from_": from_,
                "status": status,
                "start_time": start_time,
                "end_time": end_time,
                "start_time_before": start_time_before,
                "start_time_after": start_time_after,
                "end_time_before": end_time_before,
                "end_time_after": end_time_after,
                "parent_call_sid": parent_call_sid,
                "page_size": page_size,
                "page": page,
                "page_token": page_token,
                "account_sid": account_sid,
            },
            options,
        )

    def create(
        self,
        *,
        to: str,
        from_: str,
        url: str | Unset = UNSET,
        application_sid: ApplicationSid | Unset = UNSET,
        method: HttpMethod | HttpMethodValue | Unset = UNSET,
        status_callback: str | Unset = UNSET,
        status_callback_method: HttpMethod | HttpMethodValue | Unset = UNSET,
        status_callback_event: Sequence[CallEvent | CallEventValue] | Unset = UNSET,
        timeout: int | Unset = UNSET,
        record: bool | Unset = UNSET,
        recording_channels: RecordingChannels | RecordingChannelsValue | Unset = UNSET,
        recording_status_callback: str | Unset = UNSET,
        machine_detection: MachineDetection | MachineDetectionValue | Unset = UNSET,
        twiml: str | Unset = UNSET,
        caller_id: str | Unset = UNSET,
        fallback_url: str | Unset = UNSET,
        fallback_method: HttpMethod | HttpMethodValue | Unset = UNSET,
        send_digits: str | Unset = UNSET,
        time_limit: int | Unset = UNSET,
        recording_status_callback_method: HttpMethod | HttpMethodValue | Unset = UNSET,
        recording_status_callback_event: (
            Sequence[RecordingEvent | RecordingEventValue] | Unset
        ) = UNSET,
        recording_track: RecordingTrack | RecordingTrackValue | Unset = UNSET,
        trim: RecordingTrim | RecordingTrimValue | Unset = UNSET,
        sip_auth_username: str | Unset = UNSET,
        sip_auth_password: str | Unset = UNSET,
        machine_detection_timeout: int | Unset = UNSET,
        machine_detection_speech_threshold: int | Unset = UNSET,
        machine_detection_speech_end_threshold: int | Unset = UNSET,
        machine_detection_silence_timeout: int | Unset = UNSET,
        async_amd: bool | Unset = UNSET,
        async_amd_status_callback: str | Unset = UNSET,
        async_amd_status_callback_method: HttpMethod | HttpMethodValue | Unset = UNSET,
        byoc: ByocTrunkSid | Unset = UNSET,
        call_reason: str | Unset = UNSET,
        call_token: str | Unset = UNSET,
        client_notification_url: str | Unset = UNSET,
        transcribe: bool | Unset = UNSET,
        transcription_configuration: TranscriptionConfigurationSid | Unset = UNSET,
        if_machine: str | Unset = UNSET,
        machine_detection_engine: str | Unset = UNSET,
        machine_detection_min_word_length: int | Unset = UNSET,
        machine_detection_max_word_length: int | Unset = UNSET,
        machine_detection_words_silence: int | Unset = UNSET,
        machine_detection_max_num_of_words: int | Unset = UNSET,
        machine_detection_silence_threshold: int | Unset = UNSET,
        account_sid: AccountSid | Unset = UNSET,
        options: RequestOptions | None = None,
    ) -> Call:
        """Make a call.

        Starts an outbound call. `To` and `From` say who is called and on whose behalf; `Url`,
        `Twiml` or `ApplicationSid` says what happens once somebody answers. The answer is the
        queued call, before anybody has been dialled.

        `POST /Accounts/{AccountSid}/Calls.json`

        Args:
            account_sid: The SID of the account that owns the resource. Wire name
                `AccountSid`.
            to: Whom to call: an E.164 phone number (+16175551212), a SIP address
                (sip:name@example.com) or a client identifier (client:name). Wire name `To`.
            from_: The caller ID: a phone number of the account, a verified outgoing caller ID
                or a client identifier. When To is a phone number, From has to be one too.
                Wire name `From`.
            url: Where the TwiML instructions for the call are fetched when it is answered.
                Wire name `Url`.
            application_sid: The SID of the TwiML application that handles the call. With it,
                Url, Method and the StatusCallback parameters have no effect. Wire name
                `ApplicationSid`.
            method: The HTTP method for Url. Wire name `Method`; one of GET, POST; default
                POST.
            status_callback: Where to report the progress of the call. Wire name
                `StatusCallback`.
            status_callback_method: The HTTP method for StatusCallback. Wire name
                `StatusCallbackMethod`; one of GET, POST.
            status_callback_event: Which steps of the call are reported to StatusCallback;
                only completed, unless this says otherwise. Wire name `StatusCallbackEvent`;
                one of initiated, ringing, answered, completed.
            timeout: How many seconds the phone may ring before the call counts as not
                answered. Some call flows add 5 seconds. Wire name `Timeout`; 1 to 600;
                default 60.
            record: Whether the call is recorded. Wire name `Record`; default false.
            recording_channels: `mono` mixes both legs of the call into one channel, `dual`
                keeps each leg in a channel of its own. Wire name `RecordingChannels`; one of
                mono, dual.
            recording_status_callback: Where to report that the recording is available. Wire
                name `RecordingStatusCallback`.
            machine_detection: Finds out whether a person, a machine or a fax answered.
                `Enable` reports as soon as that is known, `DetectMessageEnd` waits until a
                machine has finished its greeting, so that a message can be left. Wire name
                `MachineDetection`; one of Enable, DetectMessageEnd.
            twiml: The TwiML instructions themselves, at most 4000 characters. Ignored if
                there is a Url as well. Wire name `Twiml`; at most 4000 characters.
            caller_id: The caller ID shown to the called party. Wire name `CallerId`.
            fallback_url: Where TwiML is fetched if fetching or running that of Url fails.
                Wire name `FallbackUrl`.
            fallback_method: The HTTP method for FallbackUrl; POST unless given. Wire name
                `FallbackMethod`; one of GET, POST.
            send_digits: The keys to press once the call is connected: 0-9, A-D, # and *, w
                for half a second of silence and W for a whole one. With it, MachineDetection
                has no effect. Wire name `SendDigits`.
            time_limit: After how many seconds the call is hung up. Wire name `TimeLimit`.
            recording_status_callback_method: The HTTP method for RecordingStatusCallback;
                POST unless given. Wire name `RecordingStatusCallbackMethod`; one of GET,
                POST.
            recording_status_callback_event: Which states of the recording are reported to
                RecordingStatusCallback; completed unless given. Wire name
                `RecordingStatusCallbackEvent`; one of in-progress, completed, absent.
            recording_track: Which audio is recorded; both unless given. Wire name
                `RecordingTrack`; one of inbound, outbound, both.
            trim: Whether silence at the beginning and the end of the recording is cut off;
                trim-silence unless given. Wire name `Trim`; one of trim-silence, do-not-trim.
            sip_auth_username: The user name for a call to a SIP address that asks for one.
                Wire name `SipAuthUsername`; at most 255 characters.
            sip_auth_password: The password for a call to a SIP address that asks for one.
                Wire name `SipAuthPassword`; at most 255 characters.
            machine_detection_timeout: After how many seconds detection gives up and reports
                unknown; 30 unless given. Wire name `MachineDetectionTimeout`; 1 to 120.
            machine_detection_speech_threshold: In milliseconds: speech that is shorter counts
                as a person's, longer speech as a machine's; 2400 unless given. Wire name
                `MachineDetectionSpeechThreshold`; 1000 to 6000.
            machine_detection_speech_end_threshold: How many milliseconds of silence end what
                was spoken; 1200 unless given. Wire name `MachineDetectionSpeechEndThreshold`;
                500 to 5000.
            machine_detection_silence_timeout: After how many milliseconds of silence at the
                start detection reports unknown; 5000 unless given. Wire name
                `MachineDetectionSilenceTimeout`; 2000 to 10000.
            async_amd: Whether the call goes on while detection is still listening. Wire name
                `AsyncAmd`.
            async_amd_status_callback: Where to report what detection found, if AsyncAmd is
                set. Wire name `AsyncAmdStatusCallback`.
            async_amd_status_callback_method: The HTTP method for AsyncAmdStatusCallback; POST
                unless given. Wire name `AsyncAmdStatusCallbackMethod`; one of GET, POST.
            byoc: The SID of the trunk of your own carrier that the call goes through; for
                calls to phone numbers only. Wire name `Byoc`.
            call_reason: The reason of the call, shown to the called party where the network
                supports it. Wire name `CallReason`.
            call_token: The token of an incoming call, needed to pass it on under its caller's
                own number. Wire name `CallToken`.
            client_notification_url: Where a notification is sent that wakes up the client
                that is called. Wire name `ClientNotificationUrl`.
            transcribe: Whether the call is transcribed. Wire name `Transcribe`.
            transcription_configuration: The SID of the configuration of the transcription.
                Wire name `TranscriptionConfiguration`.
            if_machine: What to do if a machine answers; superseded by MachineDetection. Wire
                name `IfMachine`.
            machine_detection_engine: The engine that detects machines. Wire name
                `MachineDetectionEngine`.
            machine_detection_min_word_length: In milliseconds, the shortest sound that counts
                as a word. Wire name `MachineDetectionMinWordLength`.
            machine_detection_max_word_length: In milliseconds, the longest sound that counts
                as a word. Wire name `MachineDetectionMaxWordLength`.
            machine_detection_words_silence: In milliseconds, the silence that separates two
                words. Wire name `MachineDetectionWordsSilence`.
            machine_detection_max_num_of_words: More words than this count as a machine's.
                Wire name `MachineDetectionMaxNumOfWords`.
            machine_detection_silence_threshold: Below this level sound counts as silence.
                Wire name `MachineDetectionSilenceThreshold`.

        Answers:
            201: The call is queued.
            400: A parameter is missing or not valid; code says which.
            401: The credentials are missing or wrong.
            403: The account is suspended or closed, or test credentials cannot do this.
            404: There is no such resource, or it belongs to another account.
            429: Too many requests at once. This one was not processed and can be sent again.
        """
        return self._core.call(
            _ops.CREATE_CALL,
            {
                "to": to,
                "from_": from_,
                "url": url,
                "application_sid": application_sid,
                "method": method,
                "status_callback": status_callback,
                "status_callback_method": status_callback_method,
                "status_callback_event": status_callback_event,
                "timeout": timeout,
                "record": record,
                "recording_channels": recording_channels,
                "recording_status_callback": recording_status_callback,
                "machine_detection": machine_detection,
                "twiml": twiml,
                "caller_id": caller_id,
                "fallback_url": fallback_url,
                "fallback_method": fallback_method,
                "send_digits": send_digits,
                "time_limit": time_limit,
                "recording_status_callback_method": recording_status_callback_method,
                "recording_status_callback_event": recording_status_callback_event,
                "recording_track": recording_track,
                "trim": trim,
                "sip_auth_username": sip_auth_username,
                "sip_auth_password": sip_auth_password,
                "machine_detection_timeout": machine_detection_timeout,
                "machine_detection_speech_threshold": machine_detection_speech_threshold,
                "machine_detection_speech_end_threshold": machine_detection_speech_end_threshold,
                "machine_detection_silence_timeout": machine_detection_silence_timeout,
                "async_amd": async_amd,
                "async_amd_status_callback": async_amd_status_callback,
                "async_amd_status_callback_method": async_amd_status_callback_method,
                "byoc": byoc,
                "call_reason": call_reason,
                "call_token": call_token,
                "client_notification_url": client_notification_url,
                "transcribe": transcribe,
                "transcription_configuration": transcription_configuration,
                "if_machine": if_machine,
                "machine_detection_engine": machine_detection_engine,
                "machine_detection_min_word_length": machine_detection_min_word_length,
                "machine_detection_max_word_length": machine_detection_max_word_length,
                "machine_detection_words_silence": machine_detection_words_silence,
                "machine_detection_max_num_of_words": machine_detection_max_num_of_words,
                "machine_detection_silence_threshold": machine_detection_silence_threshold,
                "account_sid": account_sid,
            },
            options,
        )

    def fetch(
        self,
        call_sid: CallSid,
        *,
        account_sid: AccountSid | Unset = UNSET,
        options: RequestOptions | None = None,
    ) -> Call:
        """Fetch a call.

        Fetches one call by its SID, whether it is still running or long over.

        `GET /Accounts/{AccountSid}/Calls/{CallSid}.json`

        Args:
            account_sid: The SID of the account that owns the resource. Wire name
                `AccountSid`.
            call_sid: The SID of the call. Wire name `CallSid`.

        Answers:
            200: The call.
            400: A parameter is missing or not valid; code says which.
            401: The credentials are missing or wrong.
            403: The account is suspended or closed, or test credentials cannot do this.
            404: There is no such resource, or it belongs to another account.
            429: Too many requests at once. This one was not processed and can be sent again.
        """
        return self._core.call(
            _ops.FETCH_CALL,
            {"call_sid": call_sid, "account_sid": account_sid},
            options,
        )

    def update(
        self,
        call_sid: CallSid,
        *,
        url: str | Unset = UNSET,
        method: HttpMethod | HttpMethodValue | Unset = UNSET,
        status: CallStatusUpdate | CallStatusUpdateValue | Unset = UNSET,
        twiml: str | Unset = UNSET,
        fallback_url: str | Unset = UNSET,
        fallback_method: HttpMethod | HttpMethodValue | Unset = UNSET,
        status_callback: str | Unset = UNSET,
        status_callback_method: HttpMethod | HttpMethodValue | Unset = UNSET,
        time_limit: int | Unset = UNSET,
        account_sid: AccountSid | Unset = UNSET,
        options: RequestOptions | None = None,
    ) -> Call:
        """Modify a live call.

        Changes a call that has not ended: sends it to other TwiML, or hangs it up.

        `POST /Accounts/{AccountSid}/Calls/{CallSid}.json`

        Args:
            account_sid: The SID of the account that owns the resource. Wire name
                `AccountSid`.
            call_sid: The SID of the call. Wire name `CallSid`.
            url: Where the TwiML is fetched that the call continues with. Wire name `Url`.
            method: The HTTP method for Url. Wire name `Method`; one of GET, POST.
            status: `canceled` hangs the call up only while it is queued or ringing,
                `completed` also when it is in progress. Wire name `Status`; one of canceled,
                completed.
            twiml: The TwiML that the call continues with, at most 4000 characters; not
                together with Url. Wire name `Twiml`; at most 4000 characters.
            fallback_url: Where TwiML is fetched if fetching or running that of Url fails.
                Wire name `FallbackUrl`.
            fallback_method: The HTTP method for FallbackUrl; POST unless given. Wire name
                `FallbackMethod`; one of GET, POST.
            status_callback: Where to report the progress of the call from now on. Wire name
                `StatusCallback`.
            status_callback_method: The HTTP method for StatusCallback; POST unless given.
                Wire name `StatusCallbackMethod`; one of GET, POST.
            time_limit: After how many seconds the call is hung up. Wire name `TimeLimit`.

        Answers:
            200: The call after the change.
            400: A parameter is missing or not valid; code says which.
            401: The credentials are missing or wrong.
            403: The account is suspended or closed, or test credentials cannot do this.
            404: There is no such resource, or it belongs to another account.
            429: Too many requests at once. This one was not processed and can be sent again.
        """
        return self._core.call(
            _ops.UPDATE_CALL,
            {
                "call_sid": call_sid,
                "url": url,
                "method": method,
                "status": status,
                "twiml": twiml,
                "fallback_url": fallback_url,
                "fallback_method": fallback_method,
                "status_callback": status_callback,
                "status_callback_method": status_callback_method,
                "time_limit": time_limit,
                "account_sid": account_sid,
            },
            options,
        )

    def delete(
        self,
        call_sid: CallSid,
        *,
        account_sid: AccountSid | Unset = UNSET,
        options: RequestOptions | None = None,
    ) -> None:
        """Delete a call record.

        Deletes the record of a call from the account. The call must be over.

        `DELETE /Accounts/{AccountSid}/Calls/{CallSid}.json`

        Args:
            account_sid: The SID of the account that owns the resource. Wire name
                `AccountSid`.
            call_sid: The SID of the call. Wire name `CallSid`.

        Answers:
            204: The record is deleted.
            400: A parameter is missing or not valid; code says which.
            401: The credentials are missing or wrong.
            403: The account is suspended or closed, or test credentials cannot do this.
            404: There is no such resource, or it belongs to another account.
            409: The resource is not in a state in which this can be done.
            429: Too many requests at once. This one was not processed and can be sent again.
        """
        self._core.call(
            _ops.DELETE_CALL,
            {"call_sid": call_sid, "account_sid": account_sid},
            options,
        )


class RecordingsApi:
    """Recordings of calls and conferences."""

    def __init__(self, core: SyncCore) -> None:
        self._core = core

    def list_for_call(
        self,
        call_sid: CallSid,
        *,
        date_created: _dt.date | Unset = UNSET,
        date_created_before: _dt.date | Unset = UNSET,
        date_created_after: _dt.date | Unset = UNSET,
        page_size: int | Unset = UNSET,
        page: int | Unset = UNSET,
        page_token: str | Unset = UNSET,
        account_sid: AccountSid | Unset = UNSET,
        options: RequestOptions | None = None,
    ) -> CsvPager[Recording, RecordingList]:
        """List the recordings of a call.

        Lists the recordings made of one call.

        `GET /Accounts/{AccountSid}/Calls/{CallSid}/Recordings.json`

        Args:
            account_sid: The SID of the account that owns the resource. Wire name
                `AccountSid`.
            call_sid: The SID of the call. Wire name `CallSid`.
            date_created: Only recordings created on this day (YYYY-MM-DD, UTC). Wire name
                `DateCreated`.
            date_created_before: Only recordings created by midnight at the start of this day
                (YYYY-MM-DD, UTC). Wire name `DateCreated<`.
            date_created_after: Only recordings created since midnight of this day
                (YYYY-MM-DD, UTC). Wire name `DateCreated>`.
            page_size: How many rows one page holds, 1000 at most; who asks for more gets
                1000. Wire name `PageSize`; at least 1; default 50.
            page: The number of the page, counted from 0; only together with PageToken. Wire
                name `Page`; at least 0.
            page_token: Where the page begins, as next_page_uri and previous_page_uri say.
                Wire name `PageToken`.

        Answers:
            200: One page of recordings.
            400: A parameter is missing or not valid; code says which.
            401: The credentials are missing or wrong.
            403: The account is suspended or closed, or test credentials cannot do this.
            404: There is no such resource, or it belongs to another account.
            429: Too many requests at once. This one was not processed and can be sent again.
        """
        return CsvPager(
            self._core,
            _ops.LIST_CALL_RECORDINGS,
            {
                "call_sid": call_sid,
                "date_created": date_created,
                "date_created_before": date_created_before,
                "date_created_after": date_created_after,
                "page_size": page_size,
                "page": page,
                "page_token": page_token,
                "account_sid": account_sid,
            },
            options,
        )

    def create_for_call(
        self,
        call_sid: CallSid,
        *,
        recording_status_callback: str | Unset = UNSET,
        recording_status_callback_method: HttpMethod | HttpMethodValue | Unset = UNSET,
        recording_channels: RecordingChannels | RecordingChannelsValue | Unset = UNSET,
        trim: RecordingTrim | RecordingTrimValue | Unset = UNSET,
        recording_status_callback_event: (
            Sequence[RecordingEvent | RecordingEventValue] | Unset
        ) = UNSET,
        recording_track: RecordingTrack | RecordingTrackValue | Unset = UNSET,
        account_sid: AccountSid | Unset = UNSET,
        options: RequestOptions | None = None,
    ) -> Recording:
        """Start recording a call.

        Starts recording a call that is in progress.

        `POST /Accounts/{AccountSid}/Calls/{CallSid}/Recordings.json`

        Args:
            account_sid: The SID of the account that owns the resource. Wire name
                `AccountSid`.
            call_sid: The SID of the call. Wire name `CallSid`.
            recording_status_callback: Where to report that the state of the recording
                changed. Wire name `RecordingStatusCallback`.
            recording_status_callback_method: The HTTP method for RecordingStatusCallback.
                Wire name `RecordingStatusCallbackMethod`; one of GET, POST.
            recording_channels: `mono` mixes both legs of the call into one channel, `dual`
                keeps each leg in a channel of its own. Wire name `RecordingChannels`; one of
                mono, dual.
            trim: Whether silence at the beginning and the end of the recording is cut off.
                Wire name `Trim`; one of trim-silence, do-not-trim.
            recording_status_callback_event: Which states of the recording are reported to
                RecordingStatusCallback; completed unless given. Wire name
                `RecordingStatusCallbackEvent`; one of in-progress, completed, absent.
            recording_track: Which audio is recorded; both unless given. Wire name
                `RecordingTrack`; one of inbound, outbound, both.

        Answers:
            201: The recording has started.
            200: The recording has started.
            400: A parameter is missing or not valid; code says which.
            401: The credentials are missing or wrong.
            403: The account is suspended or closed, or test credentials cannot do this.
            404: There is no such resource, or it belongs to another account.
            429: Too many requests at once. This one was not processed and can be sent again.
        """
        return self._core.call(
            _ops.CREATE_CALL_RECORDING,
            {
                "call_sid": call_sid,
                "recording_status_callback": recording_status_callback,
                "recording_status_callback_method": recording_status_callback_method,
                "recording_channels": recording_channels,
                "trim": trim,
                "recording_status_callback_event": recording_status_callback_event,
                "recording_track": recording_track,
                "account_sid": account_sid,
            },
            options,
        )

    def list(
        self,
        *,
        date_created: _dt.date | _dt.datetime | Unset = UNSET,
        call_sid: CallSid | Unset = UNSET,
        date_created_before: _dt.date | _dt.datetime | Unset = UNSET,
        date_created_after: _dt.date | _dt.datetime | Unset = UNSET,
        conference_sid: ConferenceSid | Unset = UNSET,
        include_soft_deleted: bool | Unset = UNSET,
        page_size: int | Unset = UNSET,
        page: int | Unset = UNSET,
        page_token: str | Unset = UNSET,
        account_sid: AccountSid | Unset = UNSET,
        options: RequestOptions | None = None,
    ) -> CsvPager[Recording, RecordingList]:
        """List recordings.

        Lists all recordings of the account, whatever they were made of.

        `GET /Accounts/{AccountSid}/Recordings.json`

        Args:
            account_sid: The SID of the account that owns the resource. Wire name
                `AccountSid`.
            date_created: Only recordings created on this day (YYYY-MM-DD, UTC). Wire name
                `DateCreated`.
            call_sid: Only recordings of this call. Wire name `CallSid`.
            date_created_before: Only recordings created before this time, or by midnight at
                the start of this day (UTC). Wire name `DateCreated<`.
            date_created_after: Only recordings created at this time or later, or since
                midnight of this day (UTC). Wire name `DateCreated>`.
            conference_sid: Only recordings of this conference. Wire name `ConferenceSid`.
            include_soft_deleted: Whether recordings are included whose audio is deleted and
                whose metadata is still kept. Wire name `IncludeSoftDeleted`.
            page_size: How many rows one page holds, 1000 at most; who asks for more gets
                1000. Wire name `PageSize`; at least 1; default 50.
            page: The number of the page, counted from 0; only together with PageToken. Wire
                name `Page`; at least 0.
            page_token: Where the page begins, as next_page_uri and previous_page_uri say.
                Wire name `PageToken`.

        Answers:
            200: One page of recordings.
            400: A parameter is missing or not valid; code says which.
            401: The credentials are missing or wrong.
            403: The account is suspended or closed, or test credentials cannot do this.
            404: There is no such resource, or it belongs to another account.
            429: Too many requests at once. This one was not processed and can be sent again.
        """
        return CsvPager(
            self._core,
            _ops.LIST_RECORDINGS,
            {
                "date_created": date_created,
                "call_sid": call_sid,
                "date_created_before": date_created_before,
                "date_created_after": date_created_after,
                "conference_sid": conference_sid,
                "include_soft_deleted": include_soft_deleted,
                "page_size": page_size,
                "page": page,
                "page_token": page_token,
                "account_sid": account_sid,
            },
            options,
        )

    def fetch(
        self,
        recording_sid: RecordingSid,
        *,
        include_soft_deleted: bool | Unset = UNSET,
        account_sid: AccountSid | Unset = UNSET,
        options: RequestOptions | None = None,
    ) -> Recording:
        """Fetch a recording.

        Fetches the metadata of one recording. The audio itself is a separate resource.

        `GET /Accounts/{AccountSid}/Recordings/{RecordingSid}.json`

        Args:
            account_sid: The SID of the account that owns the resource. Wire name
                `AccountSid`.
            recording_sid: The SID of the recording. Wire name `RecordingSid`.
            include_soft_deleted: Whether a recording is found whose audio is deleted and
                whose metadata is still kept. Wire name `IncludeSoftDeleted`.

        Answers:
            200: The recording.
            400: A parameter is missing or not valid; code says which.
            401: The credentials are missing or wrong.
            403: The account is suspended or closed, or test credentials cannot do this.
            404: There is no such resource, or it belongs to another account.
            429: Too many requests at once. This one was not processed and can be sent again.
        """
        return self._core.call(
            _ops.FETCH_RECORDING,
            {
                "recording_sid": recording_sid,
                "include_soft_deleted": include_soft_deleted,
                "account_sid": account_sid,
            },
            options,
        )

    def delete(
        self,
        recording_sid: RecordingSid,
        *,
        account_sid: AccountSid | Unset = UNSET,
        options: RequestOptions | None = None,
    ) -> None:
        """Delete a recording.

        Deletes a recording together with its audio.

        `DELETE /Accounts/{AccountSid}/Recordings/{RecordingSid}.json`

        Args:
            account_sid: The SID of the account that owns the resource. Wire name
                `AccountSid`.
            recording_sid: The SID of the recording. Wire name `RecordingSid`.

        Answers:
            204: The recording is deleted.
            400: A parameter is missing or not valid; code says which.
            401: The credentials are missing or wrong.
            403: The account is suspended or closed, or test credentials cannot do this.
            404: There is no such resource, or it belongs to another account.
            409: The resource is not in a state in which this can be done.
            429: Too many requests at once. This one was not processed and can be sent again.
        """
        self._core.call(
            _ops.DELETE_RECORDING,
            {"recording_sid": recording_sid, "account_sid": account_sid},
            options,
        )

    def list_for_conference(
        self,
        conference_sid: ConferenceSid,
        *,
        date_created: _dt.date | Unset = UNSET,
        date_created_before: _dt.date | Unset = UNSET,
        date_created_after: _dt.date | Unset = UNSET,
        page_size: int | Unset = UNSET,
        page: int | Unset = UNSET,
        page_token: str | Unset = UNSET,
        account_sid: AccountSid | Unset = UNSET,
        options: RequestOptions | None = None,
    ) -> CsvPager[Recording, RecordingList]:
        """List the recordings of a conference.

        Lists the recordings made of one conference.

        `GET /Accounts/{AccountSid}/Conferences/{ConferenceSid}/Recordings.json`

        Args:
            account_sid: The SID of the account that owns the resource. Wire name
                `AccountSid`.
            conference_sid: The SID of the conference. Wire name `ConferenceSid`.
            date_created: Only recordings created on this day (YYYY-MM-DD, UTC). Wire name
                `DateCreated`.
            date_created_before: Only recordings created by midnight at the start of this day
                (YYYY-MM-DD, UTC). Wire name `DateCreated<`.
            date_created_after: Only recordings created since midnight of this day
                (YYYY-MM-DD, UTC). Wire name `DateCreated>`.
            page_size: How many rows one page holds, 1000 at most; who asks for more gets
                1000. Wire name `PageSize`; at least 1; default 50.
            page: The number of the page, counted from 0; only together with PageToken. Wire
                name `Page`; at least 0.
            page_token: Where the page begins, as next_page_uri and previous_page_uri say.
                Wire name `PageToken`.

        Answers:
            200: One page of recordings.
            400: A parameter is missing or not valid; code says which.
            401: The credentials are missing or wrong.
            403: The account is suspended or closed, or test credentials cannot do this.
            404: There is no such resource, or it belongs to another account.
            429: Too many requests at once. This one was not processed and can be sent again.
        """
        return CsvPager(
            self._core,
            _ops.LIST_CONFERENCE_RECORDINGS,
            {
                "conference_sid": conference_sid,
                "date_created": date_created,
                "date_created_before": date_created_before,
                "date_created_after": date_created_after,
                "page_size": page_size,
                "page": page,
                "page_token": page_token,
                "account_sid": account_sid,
            },
            options,
        )

    def fetch_for_conference(
        self,
        conference_sid: ConferenceSid,
        recording_sid: RecordingSid,
        *,
        account_sid: AccountSid | Unset = UNSET,
        options: RequestOptions | None = None,
    ) -> Recording:
        """Fetch a recording of a conference.

        Fetches the metadata of one recording of a conference.

        `GET
        /Accounts/{AccountSid}/Conferences/{ConferenceSid}/Recordings/{RecordingSid}.json`

        Args:
            account_sid: The SID of the account that owns the resource. Wire name
                `AccountSid`.
            conference_sid: The SID of the conference. Wire name `ConferenceSid`.
            recording_sid: The SID of the recording. Wire name `RecordingSid`.

        Answers:
            200: The recording.
            400: A parameter is missing or not valid; code says which.
            401: The credentials are missing or wrong.
            403: The account is suspended or closed, or test credentials cannot do this.
            404: There is no such resource, or it belongs to another account.
            429: Too many requests at once. This one was not processed and can be sent again.
        """
        return self._core.call(
            _ops.FETCH_CONFERENCE_RECORDING,
            {
                "conference_sid": conference_sid,
                "recording_sid": recording_sid,
                "account_sid": account_sid,
            },
            options,
        )

    def update_for_conference(
        self,
        conference_sid: ConferenceSid,
        recording_sid: RecordingSid | Literal["Twilio.CURRENT"],
        *,
        status: RecordingStatusUpdate | RecordingStatusUpdateValue,
        pause_behavior: PauseBehavior | PauseBehaviorValue | Unset = UNSET,
        account_sid: AccountSid | Unset = UNSET,
        options: RequestOptions | None = None,
    ) -> Recording:
        """Pause, resume or stop a recording of a conference.

        Pauses, resumes or stops a recording of a conference while it runs.

        `POST
        /Accounts/{AccountSid}/Conferences/{ConferenceSid}/Recordings/{RecordingSid}.json`

        Args:
            account_sid: The SID of the account that owns the resource. Wire name
                `AccountSid`.
            conference_sid: The SID of the conference. Wire name `ConferenceSid`.
            recording_sid: The SID of the recording, or Twilio.CURRENT for the one that is
                running. Wire name `RecordingSid`.
            status: What the recording is to do; in-progress takes a paused one up again. Wire
                name `Status`; one of paused, in-progress, stopped.
            pause_behavior: Whether a pause is left out of the recording or recorded as
                silence; silence unless given. Wire name `PauseBehavior`; one of skip,
                silence.

        Answers:
            200: The recording after the change.
            400: A parameter is missing or not valid; code says which.
            401: The credentials are missing or wrong.
            403: The account is suspended or closed, or test credentials cannot do this.
            404: There is no such resource, or it belongs to another account.
            429: Too many requests at once. This one was not processed and can be sent again.
        """
        return self._core.call(
            _ops.UPDATE_CONFERENCE_RECORDING,
            {
                "conference_sid": conference_sid,
                "recording_sid": recording_sid,
                "status": status,
                "pause_behavior": pause_behavior,
                "account_sid": account_sid,
            },
            options,
        )

    def delete_for_conference(
        self,
        conference_sid: ConferenceSid,
        recording_sid: RecordingSid,
        *,
        account_sid: AccountSid | Unset = UNSET,
        options: RequestOptions | None = None,
    ) -> None:
        """Delete a recording of a conference.

        Deletes a completed recording of a conference together with its audio.

        `DELETE
        /Accounts/{AccountSid}/Conferences/{ConferenceSid}/Recordings/{RecordingSid}.json`

        Args:
            account_sid: The SID of the account that owns the resource. Wire name
                `AccountSid`.
            conference_sid: The SID of the conference. Wire name `ConferenceSid`.
            recording_sid: The SID of the recording. Wire name `RecordingSid`.

        Answers:
            204: The recording is deleted.
            400: A parameter is missing or not valid; code says which.
            401: The credentials are missing or wrong.
            403: The account is suspended or closed, or test credentials cannot do this.
            404: There is no such resource, or it belongs to another account.
            409: The resource is not in a state in which this can be done.
            429: Too many requests at once. This one was not processed and can be sent again.
        """
        self._core.call(
            _ops.DELETE_CONFERENCE_RECORDING,
            {
                "conference_sid": conference_sid,
                "recording_sid": recording_sid,
                "account_sid": account_sid,
            },
            options,
        )

    def fetch_for_call(
        self,
        call_sid: CallSid,
        recording_sid: RecordingSid,
        *,
        account_sid: AccountSid | Unset = UNSET,
        options: RequestOptions | None = None,
    ) -> Recording:
        """Fetch a recording of a call.

        Fetches the metadata of one recording of a call.

        `GET /Accounts/{AccountSid}/Calls/{CallSid}/Recordings/{RecordingSid}.json`

        Args:
            account_sid: The SID of the account that owns the resource. Wire name
                `AccountSid`.
            call_sid: The SID of the call. Wire name `CallSid`.
            recording_sid: The SID of the recording. Wire name `RecordingSid`.

        Answers:
            200: The recording.
            400: A parameter is missing or not valid; code says which.
            401: The credentials are missing or wrong.
            403: The account is suspended or closed, or test credentials cannot do this.
            404: There is no such resource, or it belongs to another account.
            429: Too many requests at once. This one was not processed and can be sent again.
        """
        return self._core.call(
            _ops.FETCH_CALL_RECORDING,
            {"call_sid": call_sid, "recording_sid": recording_sid, "account_sid": account_sid},
            options,
        )

    def update_for_call(
        self,
        call_sid: CallSid,
        recording_sid: RecordingSid | Literal["Twilio.CURRENT"],
        *,
        status: RecordingStatusUpdate | RecordingStatusUpdateValue,
        pause_behavior: PauseBehavior | PauseBehaviorValue | Unset = UNSET,
        account_sid: AccountSid | Unset = UNSET,
        options: RequestOptions | None = None,
    ) -> Recording:
        """Pause, resume or stop a recording of a call.

        Pauses, resumes or stops a recording of a call while it runs.

        `POST /Accounts/{AccountSid}/Calls/{CallSid}/Recordings/{RecordingSid}.json`

        Args:
            account_sid: The SID of the account that owns the resource. Wire name
                `AccountSid`.
            call_sid: The SID of the call. Wire name `CallSid`.
            recording_sid: The SID of the recording, or Twilio.CURRENT for the one that is
                running. Wire name `RecordingSid`.
            status: What the recording is to do; in-progress takes a paused one up again. Wire
                name `Status`; one of paused, in-progress, stopped.
            pause_behavior: Whether a pause is left out of the recording or recorded as
                silence; silence unless given. Wire name `PauseBehavior`; one of skip,
                silence.

        Answers:
            200: The recording after the change.
            400: A parameter is missing or not valid; code says which.
            401: The credentials are missing or wrong.
            403: The account is suspended or closed, or test credentials cannot do this.
            404: There is no such resource, or it belongs to another account.
            408: The request was not carried out in time.
            429: Too many requests at once. This one was not processed and can be sent again.
        """
        return self._core.call(
            _ops.UPDATE_CALL_RECORDING,
            {
                "call_sid": call_sid,
                "recording_sid": recording_sid,
                "status": status,
                "pause_behavior": pause_behavior,
                "account_sid": account_sid,
            },
            options,
        )

    def delete_for_call(
        self,
        call_sid: CallSid,
        recording_sid: RecordingSid,
        *,
        account_sid: AccountSid | Unset = UNSET,
        options: RequestOptions | None = None,
    ) -> None:
        """Delete a recording of a call.

        Deletes a completed recording of a call together with its audio.

        `DELETE /Accounts/{AccountSid}/Calls/{CallSid}/Recordings/{RecordingSid}.json`

        Args:
            account_sid: The SID of the account that owns the resource. Wire name
                `AccountSid`.
            call_sid: The SID of the call. Wire name `CallSid`.
            recording_sid: The SID of the recording. Wire name `RecordingSid`.

        Answers:
            204: The recording is deleted.
            400: A parameter is missing or not valid; code says which.
            401: The credentials are missing or wrong.
            403: The account is suspended or closed, or test credentials cannot do this.
            404: There is no such resource, or it belongs to another account.
            409: The resource is not in a state in which this can be done.
            429: Too many requests at once. This one was not processed and can be sent again.
        """
        self._core.call(
            _ops.DELETE_CALL_RECORDING,
            {"call_sid": call_sid, "recording_sid": recording_sid, "account_sid": account_sid},
            options,
        )

    def media_wav(
        self,
        recording_sid: RecordingSid,
        *,
        requested_channels: int | Unset = UNSET,
        account_sid: AccountSid | Unset = UNSET,
        options: RequestOptions | None = None,
    ) -> Download:
        """Fetch a recording as WAV.

        Fetches the audio of a recording as WAV.

        `GET /Accounts/{AccountSid}/Recordings/{RecordingSid}.wav`

        Args:
            account_sid: The SID of the account that owns the resource. Wire name
                `AccountSid`.
            recording_sid: The SID of the recording. Wire name `RecordingSid`.
            requested_channels: How many channels the audio is to have; as many as were
                recorded unless given. Wire name `RequestedChannels`; 1 to 2.

        Answers:
            200: The audio, as WAV.
            400: A parameter is missing or not valid; code says which.
            401: The credentials are missing or wrong.
            403: The account is suspended or closed, or test credentials cannot do this.
            404: There is no such resource, or it belongs to another account.
            429: Too many requests at once. This one was not processed and can be sent again.
        """
        return Download(
            self._core,
            _ops.FETCH_RECORDING_WAV,
            {
                "recording_sid": recording_sid,
                "requested_channels": requested_channels,
                "account_sid": account_sid,
            },
            options,
        )

    def media_mp3(
        self,
        recording_sid: RecordingSid,
        *,
        requested_channels: int | Unset = UNSET,
        account_sid: AccountSid | Unset = UNSET,
        options: RequestOptions | None = None,
    ) -> Download:
        """Fetch a recording as MP3.

        Fetches the audio of a recording as MP3.

        `GET /Accounts/{AccountSid}/Recordings/{RecordingSid}.mp3`

        Args:
            account_sid: The SID of the account that owns the resource. Wire name
                `AccountSid`.
            recording_sid: The SID of the recording. Wire name `RecordingSid`.
            requested_channels: How many channels the audio is to have; as many as were
                recorded unless given. Wire name `RequestedChannels`; 1 to 2.

        Answers:
            200: The audio, as MP3.
            400: A parameter is missing or not valid; code says which.
            401: The credentials are missing or wrong.
            403: The account is suspended or closed, or test credentials cannot do this.
            404: There is no such resource, or it belongs to another account.
            429: Too many requests at once. This one was not processed and can be sent again.
        """
        return Download(
            self._core,
            _ops.FETCH_RECORDING_MP3,
            {
                "recording_sid": recording_sid,
                "requested_channels": requested_channels,
                "account_sid": account_sid,
            },
            options,
        )


class ConferencesApi:
    """Conferences and their participants."""

    def __init__(self, core: SyncCore) -> None:
        self._core = core

    def list(
        self,
        *,
        status: ConferenceStatus | ConferenceStatusValue | Unset = UNSET,
        friendly_name: str | Unset = UNSET,
        date_created: _dt.date | Unset = UNSET,
        date_created_before: _dt.date | Unset = UNSET,
        date_created_after: _dt.date | Unset = UNSET,
        date_updated: _dt.date | Unset = UNSET,
        date_updated_before: _dt.date | Unset = UNSET,
        date_updated_after: _dt.date | Unset = UNSET,
        page_size: int | Unset = UNSET,
        page: int | Unset = UNSET,
        page_token: str | Unset = UNSET,
        account_sid: AccountSid | Unset = UNSET,
        options: RequestOptions | None = None,
    ) -> CsvPager[Conference, ConferenceList]:
        """List conferences.

        Lists the conferences of the account, running and completed.

        `GET /Accounts/{AccountSid}/Conferences.json`

        Args:
            account_sid: The SID of the account that owns the resource. Wire name
                `AccountSid`.
            status: Only conferences that are in this status. Wire name `Status`; one of init,
                in-progress, completed.
            friendly_name: Only conferences with exactly this name. Wire name `FriendlyName`.
            date_created: Only conferences created on this day (YYYY-MM-DD, UTC). Wire name
                `DateCreated`.
            date_created_before: Only conferences created by midnight at the start of this day
                (YYYY-MM-DD, UTC). Wire name `DateCreated<`.
            date_created_after: Only conferences created since midnight of this day
                (YYYY-MM-DD, UTC). Wire name `DateCreated>`.
            date_updated: Only conferences last changed on this day (YYYY-MM-DD, UTC). Wire
                name `DateUpdated`.
            date_updated_before: Only conferences last changed by midnight at the start of
                this day (YYYY-MM-DD, UTC). Wire name `DateUpdated<`.
            date_updated_after: Only conferences last changed since midnight of this day
                (YYYY-MM-DD, UTC). Wire name `DateUpdated>`.
            page_size: How many rows one page holds, 1000 at most; who asks for more gets
                1000. Wire name `PageSize`; at least 1; default 50.
            page: The number of the page, counted from 0; only together with PageToken. Wire
                name `Page`; at least 0.
            page_token: Where the page begins, as next_page_uri and previous_page_uri say.
                Wire name `PageToken`.

        Answers:
            200: One page of conferences.
            400: A parameter is missing or not valid; code says which.
            401: The credentials are missing or wrong.
            403: The account is suspended or closed, or test credentials cannot do this.
            404: There is no such resource, or it belongs to another account.
            429: Too many requests at once. This one was not processed and can be sent again.
        """
        return CsvPager(
            self._core,
            _ops.LIST_CONFERENCES,
            {
                "status": status,
                "friendly_name": friendly_name,
                "date_created": date_created,
                "date_created_before": date_created_before,
                "date_created_after": date_created_after,
                "date_updated": date_updated,
                "date_updated_before": date_updated_before,
                "date_updated_after": date_updated_after,
                "page_size": page_size,
                "page": page,
                "page_token": page_token,
                "account_sid": account_sid,
            },
            options,
        )

    def fetch(
        self,
        conference_sid: ConferenceSid,
        *,
        account_sid: AccountSid | Unset = UNSET,
        options: RequestOptions | None = None,
    ) -> Conference:
        """Fetch a conference.

        Fetches one conference by its SID.

        `GET /Accounts/{AccountSid}/Conferences/{ConferenceSid}.json`

        Args:
            account_sid: The SID of the account that owns the resource. Wire name
                `AccountSid`.
            conference_sid: The SID of the conference. Wire name `ConferenceSid`.

        Answers:
            200: The conference.
            400: A parameter is missing or not valid; code says which.
            401: The credentials are missing or wrong.
            403: The account is suspended or closed, or test credentials cannot do this.
            404: There is no such resource, or it belongs to another account.
            429: Too many requests at once. This one was not processed and can be sent again.
        """
        return self._core.call(
            _ops.FETCH_CONFERENCE,
            {"conference_sid": conference_sid, "account_sid": account_sid},
            options,
        )

    def update(
        self,
        conference_sid: str,
        *,
        status: ConferenceStatusUpdate | ConferenceStatusUpdateValue | Unset = UNSET,
        announce_url: str | Unset = UNSET,
        announce_method: HttpMethod | HttpMethodValue | Unset = UNSET,
        account_sid: AccountSid | Unset = UNSET,
        options: RequestOptions | None = None,
    ) -> Conference:
        """Update a conference.

        Ends a running conference, or plays an announcement to everybody in it.

        `POST /Accounts/{AccountSid}/Conferences/{ConferenceSid}.json`

        Args:
            account_sid: The SID of the account that owns the resource. Wire name
                `AccountSid`.
            conference_sid: The SID of the conference, or its name. Wire name `ConferenceSid`;
                at most 128 characters.
            status: Set to `completed` to end the conference and hang up on all its
                participants. Wire name `Status`; one of completed.
            announce_url: Where the TwiML of an announcement is fetched that all participants
                hear. Wire name `AnnounceUrl`.
            announce_method: The HTTP method for AnnounceUrl. Wire name `AnnounceMethod`; one
                of GET, POST.

        Answers:
            200: The conference after the change.
            400: A parameter is missing or not valid; code says which.
            401: The credentials are missing or wrong.
            403: The account is suspended or closed, or test credentials cannot do this.
            404: There is no such resource, or it belongs to another account.
            429: Too many requests at once. This one was not processed and can be sent again.
        """
        return self._core.call(
            _ops.UPDATE_CONFERENCE,
            {
                "conference_sid": conference_sid,
                "status": status,
                "announce_url": announce_url,
                "announce_method": announce_method,
                "account_sid": account_sid,
            },
            options,
        )


class ParticipantsApi:
    """Operations of participants."""

    def __init__(self, core: SyncCore) -> None:
        self._core = core

    def list(
        self,
        conference_sid: ConferenceSid,
        *,
        muted: bool | Unset = UNSET,
        hold: bool | Unset = UNSET,
        coaching: bool | Unset = UNSET,
        page_size: int | Unset = UNSET,
        page: int | Unset = UNSET,
        page_token: str | Unset = UNSET,
        account_sid: AccountSid | Unset = UNSET,
        options: RequestOptions | None = None,
    ) -> CsvPager[Participant, ParticipantList]:
        """List the participants of a conference.

        Lists the calls that are in a conference at the moment.

        `GET /Accounts/{AccountSid}/Conferences/{ConferenceSid}/Participants.json`

        Args:
            account_sid: The SID of the account that owns the resource. Wire name
                `AccountSid`.
            conference_sid: The SID of the conference. Wire name `ConferenceSid`.
            muted: Only participants that are muted, or only those that are not. Wire name
                `Muted`.
            hold: Only participants that are on hold, or only those that are not. Wire name
                `Hold`.
            coaching: Only participants that coach another one, or only those that do not.
                Wire name `Coaching`.
            page_size: How many rows one page holds, 1000 at most; who asks for more gets
                1000. Wire name `PageSize`; at least 1; default 50.
            page: The number of the page, counted from 0; only together with PageToken. Wire
                name `Page`; at least 0.
            page_token: Where the page begins, as next_page_uri and previous_page_uri say.
                Wire name `PageToken`.

        Answers:
            200: One page of participants.
            400: A parameter is missing or not valid; code says which.
            401: The credentials are missing or wrong.
            403: The account is suspended or closed, or test credentials cannot do this.
            404: There is no such resource, or it belongs to another account.
            429: Too many requests at once. This one was not processed and can be sent again.
        """
        return CsvPager(
            self._core,
            _ops.LIST_PARTICIPANTS,
            {
                "conference_sid": conference_sid,
                "muted": muted,
                "hold": hold,
                "coaching": coaching,
                "page_size": page_size,
                "page": page,
                "page_token": page_token,
                "account_sid": account_sid,
            },
            options,
        )

    def create(
        self,
        conference_sid: str,
        *,
        from_: str,
        to: str,
        muted: bool | Unset = UNSET,
        record: bool | Unset = UNSET,
        status_callback: str | Unset = UNSET,
        status_callback_method: HttpMethod | HttpMethodValue | Unset = UNSET,
        status_callback_event: Sequence[CallEvent | CallEventValue] | Unset = UNSET,
        label: str | Unset = UNSET,
        timeout: int | Unset = UNSET,
        time_limit: int | Unset = UNSET,
        beep: ConferenceBeep | ConferenceBeepValue | Unset = UNSET,
        start_conference_on_enter: bool | Unset = UNSET,
        end_conference_on_exit: bool | Unset = UNSET,
        wait_url: str | Unset = UNSET,
        wait_method: HttpMethod | HttpMethodValue | Unset = UNSET,
        early_media: bool | Unset = UNSET,
        max_participants: int | Unset = UNSET,
        coaching: bool | Unset = UNSET,
        call_sid_to_coach: CallSid | Unset = UNSET,
        caller_id: str | Unset = UNSET,
        caller_display_name: str | Unset = UNSET,
        call_reason: str | Unset = UNSET,
        call_token: str | Unset = UNSET,
        byoc: ByocTrunkSid | Unset = UNSET,
        client_notification_url: str | Unset = UNSET,
        sip_auth_username: str | Unset = UNSET,
        sip_auth_password: str | Unset = UNSET,
        region: str | Unset = UNSET,
        jitter_buffer_size: JitterBufferSize | JitterBufferSizeValue | Unset = UNSET,
        recording_channels: RecordingChannels | RecordingChannelsValue | Unset = UNSET,
        recording_track: RecordingTrack | RecordingTrackValue | Unset = UNSET,
        trim: RecordingTrim | RecordingTrimValue | Unset = UNSET,
        recording_status_callback: str | Unset = UNSET,
        recording_status_callback_method: HttpMethod | HttpMethodValue | Unset = UNSET,
        recording_status_callback_event: (
            Sequence[ParticipantRecordingEvent | ParticipantRecordingEventValue] | Unset
        ) = UNSET,
        conference_record: ConferenceRecord | ConferenceRecordValue | Unset = UNSET,
        conference_trim: RecordingTrim | RecordingTrimValue | Unset = UNSET,
        conference_recording_status_callback: str | Unset = UNSET,
        conference_recording_status_callback_method: HttpMethod | HttpMethodValue | Unset = UNSET,
        conference_recording_status_callback_event: (
            Sequence[ConferenceRecordingEvent | ConferenceRecordingEventValue] | Unset
        ) = UNSET,
        conference_status_callback: str | Unset = UNSET,
        conference_status_callback_method: HttpMethod | HttpMethodValue | Unset = UNSET,
        conference_status_callback_event: (
            Sequence[ConferenceEvent | ConferenceEventValue] | Unset
        ) = UNSET,
        machine_detection: MachineDetection | MachineDetectionValue | Unset = UNSET,
        machine_detection_timeout: int | Unset = UNSET,
        machine_detection_speech_threshold: int | Unset = UNSET,
        machine_detection_speech_end_threshold: int | Unset = UNSET,
        machine_detection_silence_timeout: int | Unset = UNSET,
        amd_status_callback: str | Unset = UNSET,
        amd_status_callback_method: HttpMethod | HttpMethodValue | Unset = UNSET,
        account_sid: AccountSid | Unset = UNSET,
        options: RequestOptions | None = None,
    ) -> Participant:
        """Add a participant to a conference.

        Dials out and puts whoever answers into the conference.

        `POST /Accounts/{AccountSid}/Conferences/{ConferenceSid}/Participants.json`

        Args:
            account_sid: The SID of the account that owns the resource. Wire name
                `AccountSid`.
            conference_sid: The SID of the conference, or its name. Wire name `ConferenceSid`;
                at most 128 characters.
            from_: The phone number or client identifier that the called party sees. A phone
                number must belong to the account or be a verified caller ID. Wire name
                `From`.
            to: The phone number, SIP address or client identifier to dial. Wire name `To`.
            muted: Whether the participant joins muted. Wire name `Muted`.
            record: Whether the call leg of this participant is recorded. Wire name `Record`.
            status_callback: Where to report the progress of the call to this participant.
                Wire name `StatusCallback`.
            status_callback_method: The HTTP method for StatusCallback; POST unless given.
                Wire name `StatusCallbackMethod`; one of GET, POST.
            status_callback_event: Which steps of the call are reported to StatusCallback;
                completed unless given. Wire name `StatusCallbackEvent`; one of initiated,
                ringing, answered, completed.
            label: A name for the participant, unique in the conference, by which it can be
                addressed. Wire name `Label`; at most 128 characters.
            timeout: How many seconds the phone may ring before the call counts as not
                answered; 60 unless given. Wire name `Timeout`; 5 to 600.
            time_limit: After how many seconds the call is hung up. Wire name `TimeLimit`.
            beep: When a sound tells the others that this participant joins or leaves; true
                means both. Wire name `Beep`; one of true, false, onEnter, onExit.
            start_conference_on_enter: Whether the conference starts when this participant
                joins; true unless given. Wire name `StartConferenceOnEnter`.
            end_conference_on_exit: Whether the conference ends when this participant leaves;
                false unless given. Wire name `EndConferenceOnExit`.
            wait_url: Where the TwiML is fetched that is heard until the conference starts.
                Wire name `WaitUrl`.
            wait_method: The HTTP method for WaitUrl; POST unless given. Wire name
                `WaitMethod`; one of GET, POST.
            early_media: Whether the others hear what is to be heard before the call is
                answered; true unless given. Wire name `EarlyMedia`.
            max_participants: How many participants the conference may have; 250 unless given.
                Wire name `MaxParticipants`; 2 to 250.
            coaching: Whether the participant coaches another one, who alone hears it. Wire
                name `Coaching`.
            call_sid_to_coach: The SID of the participant that is coached; required with
                Coaching. Wire name `CallSidToCoach`.
            caller_id: The caller ID shown to the called party. Wire name `CallerId`.
            caller_display_name: The name shown beside the caller ID, for calls to SIP
                addresses and clients. Wire name `CallerDisplayName`.
            call_reason: The reason of the call, shown to the called party where the network
                supports it. Wire name `CallReason`.
            call_token: The token of an incoming call, needed to pass it on under its caller's
                own number. Wire name `CallToken`.
            byoc: The SID of the trunk of your own carrier that the call goes through; for
                calls to phone numbers only. Wire name `Byoc`.
            client_notification_url: Where a notification is sent that wakes up the client
                that is called. Wire name `ClientNotificationUrl`.
            sip_auth_username: The user name for a call to a SIP address that asks for one.
                Wire name `SipAuthUsername`; at most 255 characters.
            sip_auth_password: The password for a call to a SIP address that asks for one.
                Wire name `SipAuthPassword`; at most 255 characters.
            region: The region in which the audio of the conference is mixed, such as us1, ie1
                or au1. Wire name `Region`.
            jitter_buffer_size: How far uneven arrival of the participant's audio is smoothed
                out; large unless given. Wire name `JitterBufferSize`; one of small, medium,
                large, off.
            recording_channels: Whether the recording of the participant has one channel or
                two; mono unless given. Wire name `RecordingChannels`; one of mono, dual.
            recording_track: Which audio of the participant is recorded; both unless given.
                Wire name `RecordingTrack`; one of inbound, outbound, both.
            trim: Whether silence at the beginning and the end of the participant's recording
                is cut off. Wire name `Trim`; one of trim-silence, do-not-trim.
            recording_status_callback: Where to report the states of the participant's
                recording. Wire name `RecordingStatusCallback`.
            recording_status_callback_method: The HTTP method for RecordingStatusCallback;
                POST unless given. Wire name `RecordingStatusCallbackMethod`; one of GET,
                POST.
            recording_status_callback_event: Which states of the recording are reported to
                RecordingStatusCallback; completed unless given. Wire name
                `RecordingStatusCallbackEvent`; one of started, in-progress, paused, resumed,
                stopped, completed, failed, absent.
            conference_record: Whether the whole conference is recorded; false unless given.
                Wire name `ConferenceRecord`; one of true, false, record-from-start,
                do-not-record.
            conference_trim: Whether silence at the beginning and the end of the conference's
                recording is cut off. Wire name `ConferenceTrim`; one of trim-silence,
                do-not-trim.
            conference_recording_status_callback: Where to report the states of the
                conference's recording. Wire name `ConferenceRecordingStatusCallback`.
            conference_recording_status_callback_method: The HTTP method for
                ConferenceRecordingStatusCallback; POST unless given. Wire name
                `ConferenceRecordingStatusCallbackMethod`; one of GET, POST.
            conference_recording_status_callback_event: Which states of the recording are
                reported to ConferenceRecordingStatusCallback; completed unless given. Wire
                name `ConferenceRecordingStatusCallbackEvent`; one of in-progress, completed,
                failed, absent.
            conference_status_callback: Where to report what happens in the conference. Only
                the one that the first participant brings along counts. Wire name
                `ConferenceStatusCallback`.
            conference_status_callback_method: The HTTP method for ConferenceStatusCallback;
                POST unless given. Wire name `ConferenceStatusCallbackMethod`; one of GET,
                POST.
            conference_status_callback_event: What is reported to ConferenceStatusCallback;
                start and end unless given. Wire name `ConferenceStatusCallbackEvent`; one of
                start, end, join, leave, mute, hold, modify, speaker, announcement.
            machine_detection: Finds out whether a person, a machine or a fax answered.
                `Enable` reports as soon as that is known, `DetectMessageEnd` waits until a
                machine has finished its greeting. Wire name `MachineDetection`; one of
                Enable, DetectMessageEnd.
            machine_detection_timeout: After how many seconds detection gives up and reports
                unknown; 30 unless given. Wire name `MachineDetectionTimeout`; 1 to 120.
            machine_detection_speech_threshold: In milliseconds: speech that is shorter counts
                as a person's, longer speech as a machine's; 2400 unless given. Wire name
                `MachineDetectionSpeechThreshold`; 1000 to 6000.
            machine_detection_speech_end_threshold: How many milliseconds of silence end what
                was spoken; 1200 unless given. Wire name `MachineDetectionSpeechEndThreshold`;
                500 to 5000.
            machine_detection_silence_timeout: After how many milliseconds of silence at the
                start detection reports unknown; 5000 unless given. Wire name
                `MachineDetectionSilenceTimeout`; 2000 to 10000.
            amd_status_callback: Where to report what detection found. Wire name
                `AmdStatusCallback`.
            amd_status_callback_method: The HTTP method for AmdStatusCallback; POST unless
                given. Wire name `AmdStatusCallbackMethod`; one of GET, POST.

        Answers:
            201: The participant is being dialled.
            400: A parameter is missing or not valid; code says which.
            401: The credentials are missing or wrong.
            403: The account is suspended or closed, or test credentials cannot do this.
            404: There is no such resource, or it belongs to another account.
            429: Too many requests at once. This one was not processed and can be sent again.
        """
        return self._core.call(
            _ops.CREATE_PARTICIPANT,
            {
                "conference_sid": conference_sid,
                "from_": from_,
                "to": to,
                "muted": muted,
                "record": record,
                "status_callback": status_callback,
                "status_callback_method": status_callback_method,
                "status_callback_event": status_callback_event,
                "label": label,
                "timeout": timeout,
                "time_limit": time_limit,
                "beep": beep,
                "start_conference_on_enter": start_conference_on_enter,
                "end_conference_on_exit": end_conference_on_exit,
                "wait_url": wait_url,
                "wait_method": wait_method,
                "early_media": early_media,
                "max_participants": max_participants,
                "coaching": coaching,
                "call_sid_to_coach": call_sid_to_coach,
                "caller_id": caller_id,
                "caller_display_name": caller_display_name,
                "call_reason": call_reason,
                "call_token": call_token,
                "byoc": byoc,
                "client_notification_url": client_notification_url,
                "sip_auth_username": sip_auth_username,
                "sip_auth_password": sip_auth_password,
                "region": region,
                "jitter_buffer_size": jitter_buffer_size,
                "recording_channels": recording_channels,
                "recording_track": recording_track,
                "trim": trim,
                "recording_status_callback": recording_status_callback,
                "recording_status_callback_method": recording_status_callback_method,
                "recording_status_callback_event": recording_status_callback_event,
                "conference_record": conference_record,
                "conference_trim": conference_trim,
                "conference_recording_status_callback": conference_recording_status_callback,
                "conference_recording_status_callback_method": (
                    conference_recording_status_callback_method
                ),
                "conference_recording_status_callback_event": (
                    conference_recording_status_callback_event
                ),
                "conference_status_callback": conference_status_callback,
                "conference_status_callback_method": conference_status_callback_method,
                "conference_status_callback_event": conference_status_callback_event,
                "machine_detection": machine_detection,
                "machine_detection_timeout": machine_detection_timeout,
                "machine_detection_speech_threshold": machine_detection_speech_threshold,
                "machine_detection_speech_end_threshold": machine_detection_speech_end_threshold,
                "machine_detection_silence_timeout": machine_detection_silence_timeout,
                "amd_status_callback": amd_status_callback,
                "amd_status_callback_method": amd_status_callback_method,
                "account_sid": account_sid,
            },
            options,
        )

    def fetch(
        self,
        conference_sid: ConferenceSid,
        call_sid: str,
        *,
        account_sid: AccountSid | Unset = UNSET,
        options: RequestOptions | None = None,
    ) -> Participant:
        """Fetch a participant.

        Fetches one participant of a conference.

        `GET /Accounts/{AccountSid}/Conferences/{ConferenceSid}/Participants/{CallSid}.json`

        Args:
            account_sid: The SID of the account that owns the resource. Wire name
                `AccountSid`.
            conference_sid: The SID of the conference. Wire name `ConferenceSid`.
            call_sid: The SID of the participant's call, or the label that the participant was
                given. Wire name `CallSid`; at most 128 characters.

        Answers:
            200: The participant.
            400: A parameter is missing or not valid; code says which.
            401: The credentials are missing or wrong.
            403: The account is suspended or closed, or test credentials cannot do this.
            404: There is no such resource, or it belongs to another account.
            429: Too many requests at once. This one was not processed and can be sent again.
        """
        return self._core.call(
            _ops.FETCH_PARTICIPANT,
            {"conference_sid": conference_sid, "call_sid": call_sid, "account_sid": account_sid},
            options,
        )

    def update(
        self,
        conference_sid: ConferenceSid,
        call_sid: str,
        *,
        muted: bool | Unset = UNSET,
        hold: bool | Unset = UNSET,
        hold_url: str | Unset = UNSET,
        hold_method: HttpMethod | HttpMethodValue | Unset = UNSET,
        announce_url: str | Unset = UNSET,
        announce_method: HttpMethod | HttpMethodValue | Unset = UNSET,
        wait_url: str | Unset = UNSET,
        wait_method: HttpMethod | HttpMethodValue | Unset = UNSET,
        beep_on_exit: bool | Unset = UNSET,
        end_conference_on_exit: bool | Unset = UNSET,
        coaching: bool | Unset = UNSET,
        call_sid_to_coach: CallSid | Unset = UNSET,
        account_sid: AccountSid | Unset = UNSET,
        options: RequestOptions | None = None,
    ) -> Participant:
        """Update a participant.

        Mutes a participant, puts it on hold, plays it an announcement or lets it coach
        another one.

        `POST /Accounts/{AccountSid}/Conferences/{ConferenceSid}/Participants/{CallSid}.json`

        Args:
            account_sid: The SID of the account that owns the resource. Wire name
                `AccountSid`.
            conference_sid: The SID of the conference. Wire name `ConferenceSid`.
            call_sid: The SID of the participant's call, or the label that the participant was
                given. Wire name `CallSid`; at most 128 characters.
            muted: Whether the participant is muted. Wire name `Muted`.
            hold: Whether the participant is on hold. Wire name `Hold`.
            hold_url: Where the TwiML is fetched that is heard on hold. Wire name `HoldUrl`.
            hold_method: The HTTP method for HoldUrl; GET unless given. Wire name
                `HoldMethod`; one of GET, POST.
            announce_url: Where the TwiML of an announcement is fetched that this participant
                alone hears. Wire name `AnnounceUrl`.
            announce_method: The HTTP method for AnnounceUrl; POST unless given. Wire name
                `AnnounceMethod`; one of GET, POST.
            wait_url: Where the TwiML is fetched that is heard until the conference starts.
                Wire name `WaitUrl`.
            wait_method: The HTTP method for WaitUrl; POST unless given. Wire name
                `WaitMethod`; one of GET, POST.
            beep_on_exit: Whether a sound tells the others that the participant leaves. Wire
                name `BeepOnExit`.
            end_conference_on_exit: Whether the conference ends when the participant leaves.
                Wire name `EndConferenceOnExit`.
            coaching: Whether the participant coaches another one, who alone hears it. Wire
                name `Coaching`.
            call_sid_to_coach: The SID of the participant that is coached; required with
                Coaching. Wire name `CallSidToCoach`.

        Answers:
            200: The participant after the change.
            400: A parameter is missing or not valid; code says which.
            401: The credentials are missing or wrong.
            403: The account is suspended or closed, or test credentials cannot do this.
            404: There is no such resource, or it belongs to another account.
            429: Too many requests at once. This one was not processed and can be sent again.
        """
        return self._core.call(
            _ops.UPDATE_PARTICIPANT,
            {
                "conference_sid": conference_sid,
                "call_sid": call_sid,
                "muted": muted,
                "hold": hold,
                "hold_url": hold_url,
                "hold_method": hold_method,
                "announce_url": announce_url,
                "announce_method": announce_method,
                "wait_url": wait_url,
                "wait_method": wait_method,
                "beep_on_exit": beep_on_exit,
                "end_conference_on_exit": end_conference_on_exit,
                "coaching": coaching,
                "call_sid_to_coach": call_sid_to_coach,
                "account_sid": account_sid,
            },
            options,
        )

    def delete(
        self,
        conference_sid: ConferenceSid,
        call_sid: str,
        *,
        account_sid: AccountSid | Unset = UNSET,
        options: RequestOptions | None = None,
    ) -> None:
        """Remove a participant.

        Hangs up on a participant.

        `DELETE
        /Accounts/{AccountSid}/Conferences/{ConferenceSid}/Participants/{CallSid}.json`

        Args:
            account_sid: The SID of the account that owns the resource. Wire name
                `AccountSid`.
            conference_sid: The SID of the conference. Wire name `ConferenceSid`.
            call_sid: The SID of the participant's call, or the label that the participant was
                given. Wire name `CallSid`; at most 128 characters.

        Answers:
            204: The participant is removed.
            400: A parameter is missing or not valid; code says which.
            401: The credentials are missing or wrong.
            403: The account is suspended or closed, or test credentials cannot do this.
            404: There is no such resource, or it belongs to another account.
            429: Too many requests at once. This one was not processed and can be sent again.
        """
        self._core.call(
            _ops.DELETE_PARTICIPANT,
            {"conference_sid": conference_sid, "call_sid": call_sid, "account_sid": account_sid},
            options,
        )


class QueuesApi:
    """Queues in which callers wait."""

    def __init__(self, core: SyncCore) -> None:
        self._core = core

    def list(
        self,
        *,
        page_size: int | Unset = UNSET,
        page: int | Unset = UNSET,
        page_token: str | Unset = UNSET,
        account_sid: AccountSid | Unset = UNSET,
        options: RequestOptions | None = None,
    ) -> CsvPager[Queue, QueueList]:
        """List queues.

        Lists the call queues of the account.

        `GET /Accounts/{AccountSid}/Queues.json`

        Args:
            account_sid: The SID of the account that owns the resource. Wire name
                `AccountSid`.
            page_size: How many rows one page holds, 1000 at most; who asks for more gets
                1000. Wire name `PageSize`; at least 1; default 50.
            page: The number of the page, counted from 0; only together with PageToken. Wire
                name `Page`; at least 0.
            page_token: Where the page begins, as next_page_uri and previous_page_uri say.
                Wire name `PageToken`.

        Answers:
            200: One page of queues.
            400: A parameter is missing or not valid; code says which.
            401: The credentials are missing or wrong.
            403: The account is suspended or closed, or test credentials cannot do this.
            404: There is no such resource, or it belongs to another account.
            429: Too many requests at once. This one was not processed and can be sent again.
        """
        return CsvPager(
            self._core,
            _ops.LIST_QUEUES,
            {
                "page_size": page_size,
                "page": page,
                "page_token": page_token,
                "account_sid": account_sid,
            },
            options,
        )

    def create(
        self,
        *,
        friendly_name: str,
        max_size: int | Unset = UNSET,
        account_sid: AccountSid | Unset = UNSET,
        options: RequestOptions | None = None,
    ) -> Queue:
        """Create a queue.

        Creates a queue in which callers can wait.

        `POST /Accounts/{AccountSid}/Queues.json`

        Args:
            account_sid: The SID of the account that owns the resource. Wire name
                `AccountSid`.
            friendly_name: A name for people to read, at most 64 characters long. Wire name
                `FriendlyName`; at most 64 characters.
            max_size: How many calls may wait in the queue at once. Wire name `MaxSize`; at
                most 5000; default 1000.

        Answers:
            201: The queue is created.
            400: A parameter is missing or not valid; code says which.
            401: The credentials are missing or wrong.
            403: The account is suspended or closed, or test credentials cannot do this.
            404: There is no such resource, or it belongs to another account.
            429: Too many requests at once. This one was not processed and can be sent again.
        """
        return self._core.call(
            _ops.CREATE_QUEUE,
            {"friendly_name": friendly_name, "max_size": max_size, "account_sid": account_sid},
            options,
        )

    def fetch(
        self,
        queue_sid: QueueSid,
        *,
        account_sid: AccountSid | Unset = UNSET,
        options: RequestOptions | None = None,
    ) -> Queue:
        """Fetch a queue.

        Fetches one queue, with its present size and waiting time.

        `GET /Accounts/{AccountSid}/Queues/{QueueSid}.json`

        Args:
            account_sid: The SID of the account that owns the resource. Wire name
                `AccountSid`.
            queue_sid: The SID of the queue. Wire name `QueueSid`.

        Answers:
            200: The queue.
            400: A parameter is missing or not valid; code says which.
            401: The credentials are missing or wrong.
            403: The account is suspended or closed, or test credentials cannot do this.
            404: There is no such resource, or it belongs to another account.
            429: Too many requests at once. This one was not processed and can be sent again.
        """
        return self._core.call(
            _ops.FETCH_QUEUE,
            {"queue_sid": queue_sid, "account_sid": account_sid},
            options,
        )

    def update(
        self,
        queue_sid: QueueSid,
        *,
        friendly_name: str | Unset = UNSET,
        max_size: int | Unset = UNSET,
        account_sid: AccountSid | Unset = UNSET,
        options: RequestOptions | None = None,
    ) -> Queue:
        """Update a queue.

        Renames a queue or changes how many calls it holds.

        `POST /Accounts/{AccountSid}/Queues/{QueueSid}.json`

        Args:
            account_sid: The SID of the account that owns the resource. Wire name
                `AccountSid`.
            queue_sid: The SID of the queue. Wire name `QueueSid`.
            friendly_name: The new name of the queue, at most 64 characters long. Wire name
                `FriendlyName`; at most 64 characters.
            max_size: How many calls may wait in the queue at once. Wire name `MaxSize`; at
                most 5000.

        Answers:
            200: The queue after the change.
            400: A parameter is missing or not valid; code says which.
            401: The credentials are missing or wrong.
            403: The account is suspended or closed, or test credentials cannot do this.
            404: There is no such resource, or it belongs to another account.
            429: Too many requests at once. This one was not processed and can be sent again.
        """
        return self._core.call(
            _ops.UPDATE_QUEUE,
            {
                "queue_sid": queue_sid,
                "friendly_name": friendly_name,
                "max_size": max_size,
                "account_sid": account_sid,
            },
            options,
        )

    def delete(
        self,
        queue_sid: QueueSid,
        *,
        account_sid: AccountSid | Unset = UNSET,
        options: RequestOptions | None = None,
    ) -> None:
        """Delete a queue.

        Deletes a queue. Only an empty queue can be deleted.

        `DELETE /Accounts/{AccountSid}/Queues/{QueueSid}.json`

        Args:
            account_sid: The SID of the account that owns the resource. Wire name
                `AccountSid`.
            queue_sid: The SID of the queue. Wire name `QueueSid`.

        Answers:
            204: The queue is deleted.
            400: A parameter is missing or not valid; code says which.
            401: The credentials are missing or wrong.
            403: The account is suspended or closed, or test credentials cannot do this.
            404: There is no such resource, or it belongs to another account.
            429: Too many requests at once. This one was not processed and can be sent again.
        """
        self._core.call(
            _ops.DELETE_QUEUE,
            {"queue_sid": queue_sid, "account_sid": account_sid},
            options,
        )


class MembersApi:
    """Operations of members."""

    def __init__(self, core: SyncCore) -> None:
        self._core = core

    def list(
        self,
        queue_sid: QueueSid,
        *,
        page_size: int | Unset = UNSET,
        page: int | Unset = UNSET,
        page_token: str | Unset = UNSET,
        account_sid: AccountSid | Unset = UNSET,
        options: RequestOptions | None = None,
    ) -> CsvPager[QueueMember, QueueMemberList]:
        """List the members of a queue.

        Lists the calls that wait in a queue.

        `GET /Accounts/{AccountSid}/Queues/{QueueSid}/Members.json`

        Args:
            account_sid: The SID of the account that owns the resource. Wire name
                `AccountSid`.
            queue_sid: The SID of the queue. Wire name `QueueSid`.
            page_size: How many rows one page holds, 1000 at most; who asks for more gets
                1000. Wire name `PageSize`; at least 1; default 50.
            page: The number of the page, counted from 0; only together with PageToken. Wire
                name `Page`; at least 0.
            page_token: Where the page begins, as next_page_uri and previous_page_uri say.
                Wire name `PageToken`.

        Answers:
            200: One page of members.
            400: A parameter is missing or not valid; code says which.
            401: The credentials are missing or wrong.
            403: The account is suspended or closed, or test credentials cannot do this.
            404: There is no such resource, or it belongs to another account.
            429: Too many requests at once. This one was not processed and can be sent again.
        """
        return CsvPager(
            self._core,
            _ops.LIST_QUEUE_MEMBERS,
            {
                "queue_sid": queue_sid,
                "page_size": page_size,
                "page": page,
                "page_token": page_token,
                "account_sid": account_sid,
            },
            options,
        )

    def fetch(
        self,
        queue_sid: QueueSid,
        call_sid: CallSid | Literal["Front"],
        *,
        account_sid: AccountSid | Unset = UNSET,
        options: RequestOptions | None = None,
    ) -> QueueMember:
        """Fetch a member of a queue.

        Fetches one call that waits in a queue.

        `GET /Accounts/{AccountSid}/Queues/{QueueSid}/Members/{CallSid}.json`

        Args:
            account_sid: The SID of the account that owns the resource. Wire name
                `AccountSid`.
            queue_sid: The SID of the queue. Wire name `QueueSid`.
            call_sid: The SID of the waiting call, or Front for the one that has waited
                longest. Wire name `CallSid`.

        Answers:
            200: The member.
            400: A parameter is missing or not valid; code says which.
            401: The credentials are missing or wrong.
            403: The account is suspended or closed, or test credentials cannot do this.
            404: There is no such resource, or it belongs to another account.
            429: Too many requests at once. This one was not processed and can be sent again.
        """
        return self._core.call(
            _ops.FETCH_QUEUE_MEMBER,
            {"queue_sid": queue_sid, "call_sid": call_sid, "account_sid": account_sid},
            options,
        )

    def update(
        self,
        queue_sid: QueueSid,
        call_sid: CallSid | Literal["Front"],
        *,
        url: str,
        method: HttpMethod | HttpMethodValue | Unset = UNSET,
        account_sid: AccountSid | Unset = UNSET,
        options: RequestOptions | None = None,
    ) -> QueueMember:
        """Take a member out of a queue.

        Takes a call out of a queue and lets it continue with other TwiML.

        `POST /Accounts/{AccountSid}/Queues/{QueueSid}/Members/{CallSid}.json`

        Args:
            account_sid: The SID of the account that owns the resource. Wire name
                `AccountSid`.
            queue_sid: The SID of the queue. Wire name `QueueSid`.
            call_sid: The SID of the waiting call, or Front for the one that has waited
                longest. Wire name `CallSid`.
            url: Where the TwiML is fetched that the call continues with. Wire name `Url`.
            method: The HTTP method for Url; POST unless given. Wire name `Method`; one of
                GET, POST.

        Answers:
            200: The member, now out of the queue.
            400: A parameter is missing or not valid; code says which.
            401: The credentials are missing or wrong.
            403: The account is suspended or closed, or test credentials cannot do this.
            404: There is no such resource, or it belongs to another account.
            429: Too many requests at once. This one was not processed and can be sent again.
        """
        return self._core.call(
            _ops.UPDATE_QUEUE_MEMBER,
            {
                "queue_sid": queue_sid,
                "call_sid": call_sid,
                "url": url,
                "method": method,
                "account_sid": account_sid,
            },
            options,
        )


class AsyncCallsApi:
    """Making, watching and changing voice calls."""

    def __init__(self, core: AsyncCore) -> None:
        self._core = core

    def list(
        self,
        *,
        to: str | Unset = UNSET,
        from_: str | Unset = UNSET,
        status: CallStatus | CallStatusValue | Unset = UNSET,
        start_time: _dt.date | _dt.datetime | Unset = UNSET,
        end_time: _dt.date | _dt.datetime | Unset = UNSET,
        start_time_before: _dt.date | _dt.datetime | Unset = UNSET,
        start_time_after: _dt.date | _dt.datetime | Unset = UNSET,
        end_time_before: _dt.date | _dt.datetime | Unset = UNSET,
        end_time_after: _dt.date | _dt.datetime | Unset = UNSET,
        parent_call_sid: CallSid | Unset = UNSET,
        page_size: int | Unset = UNSET,
        page: int | Unset = UNSET,
        page_token: str | Unset = UNSET,
        account_sid: AccountSid | Unset = UNSET,
        options: RequestOptions | None = None,
    ) -> AsyncCsvPager[Call, CallList]:
        """List calls.

        Lists the calls made to and from the account, most recently updated first. The filters
        combine: a call is listed when all of them match.

        `GET /Accounts/{AccountSid}/Calls.json`

        Args:
            account_sid: The SID of the account that owns the resource. Wire name
                `AccountSid`.
            to: Only calls made to this phone number, SIP address, client identifier or SIM
                SID. Wire name `To`.
            from_: Only calls made from this phone number, SIP address, client identifier or
                SIM SID. Wire name `From`.
            status: Only calls that are in this status. Wire name `Status`; one of queued,
                ringing, in-progress, canceled, completed, failed, busy, no-answer.
            start_time: Only calls that started on this day (YYYY-MM-DD, UTC). Wire name
                `StartTime`.
            end_time: Only calls that ended on this day (YYYY-MM-DD, UTC). Wire name
                `EndTime`.
            start_time_before: Only calls that started before this time, or by midnight at the
                start of this day (UTC). Wire name `StartTime<`.
            start_time_after: Only calls that started at this time or later, or since midnight
                of this day (UTC). Wire name `StartTime>`.
            end_time_before: Only calls that ended before this time, or by midnight at the
                start of this day (UTC). Wire name `EndTime<`.
            end_time_after: Only calls that ended at this time or later, or since midnight of
                this day (UTC). Wire name `EndTime>`.
            parent_call_sid: Only calls that this call created. Wire name `ParentCallSid`.
            page_size: How many rows one page holds, 1000 at most; who asks for more gets
                1000. Wire name `PageSize`; at least 1; default 50.
            page: The number of the page, counted from 0; only together with PageToken. Wire
                name `Page`; at least 0.
            page_token: Where the page begins, as next_page_uri and previous_page_uri say.
                Wire name `PageToken`.

        Answers:
            200: One page of calls.
            400: A parameter is missing or not valid; code says which.
            401: The credentials are missing or wrong.
            403: The account is suspended or closed, or test credentials cannot do this.
            404: There is no such resource, or it belongs to another account.
            429: Too many requests at once. This one was not processed and can be sent again.
        """
        return AsyncCsvPager(
            self._core,
            _ops.LIST_CALLS,
            {
                "to": to,
                "from_": from_,
                "status": status,
                "start_time": start_time,
                "end_time": end_time,
                "start_time_before": start_time_before,
                "start_time_after": start_time_after,
                "end_time_before": end_time_before,
                "end_time_after": end_time_after,
                "parent_call_sid": parent_call_sid,
                "page_size": page_size,
                "page": page,
                "page_token": page_token,
                "account_sid": account_sid,
            },
            options,
        )

    async def create(
        self,
        *,
        to: str,
        from_: str,
        url: str | Unset = UNSET,
        application_sid: ApplicationSid | Unset = UNSET,
        method: HttpMethod | HttpMethodValue | Unset = UNSET,
        status_callback: str | Unset = UNSET,
        status_callback_method: HttpMethod | HttpMethodValue | Unset = UNSET,
        status_callback_event: Sequence[CallEvent | CallEventValue] | Unset = UNSET,
        timeout: int | Unset = UNSET,
        record: bool | Unset = UNSET,
        recording_channels: RecordingChannels | RecordingChannelsValue | Unset = UNSET,
        recording_status_callback: str | Unset = UNSET,
        machine_detection: MachineDetection | MachineDetectionValue | Unset = UNSET,
        twiml: str | Unset = UNSET,
        caller_id: str | Unset = UNSET,
        fallback_url: str | Unset = UNSET,
        fallback_method: HttpMethod | HttpMethodValue | Unset = UNSET,
        send_digits: str | Unset = UNSET,
        time_limit: int | Unset = UNSET,
        recording_status_callback_method: HttpMethod | HttpMethodValue | Unset = UNSET,
        recording_status_callback_event: (
            Sequence[RecordingEvent | RecordingEventValue] | Unset
        ) = UNSET,
        recording_track: RecordingTrack | RecordingTrackValue | Unset = UNSET,
        trim: RecordingTrim | RecordingTrimValue | Unset = UNSET,
        sip_auth_username: str | Unset = UNSET,
        sip_auth_password: str | Unset = UNSET,
        machine_detection_timeout: int | Unset = UNSET,
        machine_detection_speech_threshold: int | Unset = UNSET,
        machine_detection_speech_end_threshold: int | Unset = UNSET,
        machine_detection_silence_timeout: int | Unset = UNSET,
        async_amd: bool | Unset = UNSET,
        async_amd_status_callback: str | Unset = UNSET,
        async_amd_status_callback_method: HttpMethod | HttpMethodValue | Unset = UNSET,
        byoc: ByocTrunkSid | Unset = UNSET,
        call_reason: str | Unset = UNSET,
        call_token: str | Unset = UNSET,
        client_notification_url: str | Unset = UNSET,
        transcribe: bool | Unset = UNSET,
        transcription_configuration: TranscriptionConfigurationSid | Unset = UNSET,
        if_machine: str | Unset = UNSET,
        machine_detection_engine: str | Unset = UNSET,
        machine_detection_min_word_length: int | Unset = UNSET,
        machine_detection_max_word_length: int | Unset = UNSET,
        machine_detection_words_silence: int | Unset = UNSET,
        machine_detection_max_num_of_words: int | Unset = UNSET,
        machine_detection_silence_threshold: int | Unset = UNSET,
        account_sid: AccountSid | Unset = UNSET,
        options: RequestOptions | None = None,
    ) -> Call:
        """Make a call.

        Starts an outbound call. `To` and `From` say who is called and on whose behalf; `Url`,
        `Twiml` or `ApplicationSid` says what happens once somebody answers. The answer is the
        queued call, before anybody has been dialled.

        `POST /Accounts/{AccountSid}/Calls.json`

        Args:
            account_sid: The SID of the account that owns the resource. Wire name
                `AccountSid`.
            to: Whom to call: an E.164 phone number (+16175551212), a SIP address
                (sip:name@example.com) or a client identifier (client:name). Wire name `To`.
            from_: The caller ID: a phone number of the account, a verified outgoing caller ID
                or a client identifier. When To is a phone number, From has to be one too.
                Wire name `From`.
            url: Where the TwiML instructions for the call are fetched when it is answered.
                Wire name `Url`.
            application_sid: The SID of the TwiML application that handles the call. With it,
                Url, Method and the StatusCallback parameters have no effect. Wire name
                `ApplicationSid`.
            method: The HTTP method for Url. Wire name `Method`; one of GET, POST; default
                POST.
            status_callback: Where to report the progress of the call. Wire name
                `StatusCallback`.
            status_callback_method: The HTTP method for StatusCallback. Wire name
                `StatusCallbackMethod`; one of GET, POST.
            status_callback_event: Which steps of the call are reported to StatusCallback;
                only completed, unless this says otherwise. Wire name `StatusCallbackEvent`;
                one of initiated, ringing, answered, completed.
            timeout: How many seconds the phone may ring before the call counts as not
                answered. Some call flows add 5 seconds. Wire name `Timeout`; 1 to 600;
                default 60.
            record: Whether the call is recorded. Wire name `Record`; default false.
            recording_channels: `mono` mixes both legs of the call into one channel, `dual`
                keeps each leg in a channel of its own. Wire name `RecordingChannels`; one of
                mono, dual.
            recording_status_callback: Where to report that the recording is available. Wire
                name `RecordingStatusCallback`.
            machine_detection: Finds out whether a person, a machine or a fax answered.
                `Enable` reports as soon as that is known, `DetectMessageEnd` waits until a
                machine has finished its greeting, so that a message can be left. Wire name
                `MachineDetection`; one of Enable, DetectMessageEnd.
            twiml: The TwiML instructions themselves, at most 4000 characters. Ignored if
                there is a Url as well. Wire name `Twiml`; at most 4000 characters.
            caller_id: The caller ID shown to the called party. Wire name `CallerId`.
            fallback_url: Where TwiML is fetched if fetching or running that of Url fails.
                Wire name `FallbackUrl`.
            fallback_method: The HTTP method for FallbackUrl; POST unless given. Wire name
                `FallbackMethod`; one of GET, POST.
            send_digits: The keys to press once the call is connected: 0-9, A-D, # and *, w
                for half a second of silence and W for a whole one. With it, MachineDetection
                has no effect. Wire name `SendDigits`.
            time_limit: After how many seconds the call is hung up. Wire name `TimeLimit`.
            recording_status_callback_method: The HTTP method for RecordingStatusCallback;
                POST unless given. Wire name `RecordingStatusCallbackMethod`; one of GET,
                POST.
            recording_status_callback_event: Which states of the recording are reported to
                RecordingStatusCallback; completed unless given. Wire name
                `RecordingStatusCallbackEvent`; one of in-progress, completed, absent.
            recording_track: Which audio is recorded; both unless given. Wire name
                `RecordingTrack`; one of inbound, outbound, both.
            trim: Whether silence at the beginning and the end of the recording is cut off;
                trim-silence unless given. Wire name `Trim`; one of trim-silence, do-not-trim.
            sip_auth_username: The user name for a call to a SIP address that asks for one.
                Wire name `SipAuthUsername`; at most 255 characters.
            sip_auth_password: The password for a call to a SIP address that asks for one.
                Wire name `SipAuthPassword`; at most 255 characters.
            machine_detection_timeout: After how many seconds detection gives up and reports
                unknown; 30 unless given. Wire name `MachineDetectionTimeout`; 1 to 120.
            machine_detection_speech_threshold: In milliseconds: speech that is shorter counts
                as a person's, longer speech as a machine's; 2400 unless given. Wire name
                `MachineDetectionSpeechThreshold`; 1000 to 6000.
            machine_detection_speech_end_threshold: How many milliseconds of silence end what
                was spoken; 1200 unless given. Wire name `MachineDetectionSpeechEndThreshold`;
                500 to 5000.
            machine_detection_silence_timeout: After how many milliseconds of silence at the
                start detection reports unknown; 5000 unless given. Wire name
                `MachineDetectionSilenceTimeout`; 2000 to 10000.
            async_amd: Whether the call goes on while detection is still listening. Wire name
                `AsyncAmd`.
            async_amd_status_callback: Where to report what detection found, if AsyncAmd is
                set. Wire name `AsyncAmdStatusCallback`.
            async_amd_status_callback_method: The HTTP method for AsyncAmdStatusCallback; POST
                unless given. Wire name `AsyncAmdStatusCallbackMethod`; one of GET, POST.
            byoc: The SID of the trunk of your own carrier that the call goes through; for
                calls to phone numbers only. Wire name `Byoc`.
            call_reason: The reason of the call, shown to the called party where the network
                supports it. Wire name `CallReason`.
            call_token: The token of an incoming call, needed to pass it on under its caller's
                own number. Wire name `CallToken`.
            client_notification_url: Where a notification is sent that wakes up the client
                that is called. Wire name `ClientNotificationUrl`.
            transcribe: Whether the call is transcribed. Wire name `Transcribe`.
            transcription_configuration: The SID of the configuration of the transcription.
                Wire name `TranscriptionConfiguration`.
            if_machine: What to do if a machine answers; superseded by MachineDetection. Wire
                name `IfMachine`.
            machine_detection_engine: The engine that detects machines. Wire name
                `MachineDetectionEngine`.
            machine_detection_min_word_length: In milliseconds, the shortest sound that counts
                as a word. Wire name `MachineDetectionMinWordLength`.
            machine_detection_max_word_length: In milliseconds, the longest sound that counts
                as a word. Wire name `MachineDetectionMaxWordLength`.
            machine_detection_words_silence: In milliseconds, the silence that separates two
                words. Wire name `MachineDetectionWordsSilence`.
            machine_detection_max_num_of_words: More words than this count as a machine's.
                Wire name `MachineDetectionMaxNumOfWords`.
            machine_detection_silence_threshold: Below this level sound counts as silence.
                Wire name `MachineDetectionSilenceThreshold`.

        Answers:
            201: The call is queued.
            400: A parameter is missing or not valid; code says which.
            401: The credentials are missing or wrong.
            403: The account is suspended or closed, or test credentials cannot do this.
            404: There is no such resource, or it belongs to another account.
            429: Too many requests at once. This one was not processed and can be sent again.
        """
        return await self._core.call(
            _ops.CREATE_CALL,
            {
                "to": to,
                "from_": from_,
                "url": url,
                "application_sid": application_sid,
                "method": method,
                "status_callback": status_callback,
                "status_callback_method": status_callback_method,
                "status_callback_event": status_callback_event,
                "timeout": timeout,
                "record": record,
                "recording_channels": recording_channels,
                "recording_status_callback": recording_status_callback,
                "machine_detection": machine_detection,
                "twiml": twiml,
                "caller_id": caller_id,
                "fallback_url": fallback_url,
                "fallback_method": fallback_method,
                "send_digits": send_digits,
                "time_limit": time_limit,
                "recording_status_callback_method": recording_status_callback_method,
                "recording_status_callback_event": recording_status_callback_event,
                "recording_track": recording_track,
                "trim": trim,
                "sip_auth_username": sip_auth_username,
                "sip_auth_password": sip_auth_password,
                "machine_detection_timeout": machine_detection_timeout,
                "machine_detection_speech_threshold": machine_detection_speech_threshold,
                "machine_detection_speech_end_threshold": machine_detection_speech_end_threshold,
                "machine_detection_silence_timeout": machine_detection_silence_timeout,
                "async_amd": async_amd,
                "async_amd_status_callback": async_amd_status_callback,
                "async_amd_status_callback_method": async_amd_status_callback_method,
                "byoc": byoc,
                "call_reason": call_reason,
                "call_token": call_token,
                "client_notification_url": client_notification_url,
                "transcribe": transcribe,
                "transcription_configuration": transcription_configuration,
                "if_machine": if_machine,
                "machine_detection_engine": machine_detection_engine,
                "machine_detection_min_word_length": machine_detection_min_word_length,
                "machine_detection_max_word_length": machine_detection_max_word_length,
                "machine_detection_words_silence": machine_detection_words_silence,
                "machine_detection_max_num_of_words": machine_detection_max_num_of_words,
                "machine_detection_silence_threshold": machine_detection_silence_threshold,
                "account_sid": account_sid,
            },
            options,
        )

    async def fetch(
        self,
        call_sid: CallSid,
        *,
        account_sid: AccountSid | Unset = UNSET,
        options: RequestOptions | None = None,
    ) -> Call:
        """Fetch a call.

        Fetches one call by its SID, whether it is still running or long over.

        `GET /Accounts/{AccountSid}/Calls/{CallSid}.json`

        Args:
            account_sid: The SID of the account that owns the resource. Wire name
                `AccountSid`.
            call_sid: The SID of the call. Wire name `CallSid`.

        Answers:
            200: The call.
            400: A parameter is missing or not valid; code says which.
            401: The credentials are missing or wrong.
            403: The account is suspended or closed, or test credentials cannot do this.
            404: There is no such resource, or it belongs to another account.
            429: Too many requests at once. This one was not processed and can be sent again.
        """
        return await self._core.call(
            _ops.FETCH_CALL,
            {"call_sid": call_sid, "account_sid": account_sid},
            options,
        )

    async def update(
        self,
        call_sid: CallSid,
        *,
        url: str | Unset = UNSET,
        method: HttpMethod | HttpMethodValue | Unset = UNSET,
        status: CallStatusUpdate | CallStatusUpdateValue | Unset = UNSET,
        twiml: str | Unset = UNSET,
        fallback_url: str | Unset = UNSET,
        fallback_method: HttpMethod | HttpMethodValue | Unset = UNSET,
        status_callback: str | Unset = UNSET,
        status_callback_method: HttpMethod | HttpMethodValue | Unset = UNSET,
        time_limit: int | Unset = UNSET,
        account_sid: AccountSid | Unset = UNSET,
        options: RequestOptions | None = None,
    ) -> Call:
        """Modify a live call.

        Changes a call that has not ended: sends it to other TwiML, or hangs it up.

        `POST /Accounts/{AccountSid}/Calls/{CallSid}.json`

        Args:
            account_sid: The SID of the account that owns the resource. Wire name
                `AccountSid`.
            call_sid: The SID of the call. Wire name `CallSid`.
            url: Where the TwiML is fetched that the call continues with. Wire name `Url`.
            method: The HTTP method for Url. Wire name `Method`; one of GET, POST.
            status: `canceled` hangs the call up only while it is queued or ringing,
                `completed` also when it is in progress. Wire name `Status`; one of canceled,
                completed.
            twiml: The TwiML that the call continues with, at most 4000 characters; not
                together with Url. Wire name `Twiml`; at most 4000 characters.
            fallback_url: Where TwiML is fetched if fetching or running that of Url fails.
                Wire name `FallbackUrl`.
            fallback_method: The HTTP method for FallbackUrl; POST unless given. Wire name
                `FallbackMethod`; one of GET, POST.
            status_callback: Where to report the progress of the call from now on. Wire name
                `StatusCallback`.
            status_callback_method: The HTTP method for StatusCallback; POST unless given.
                Wire name `StatusCallbackMethod`; one of GET, POST.
            time_limit: After how many seconds the call is hung up. Wire name `TimeLimit`.

        Answers:
            200: The call after the change.
            400: A parameter is missing or not valid; code says which.
            401: The credentials are missing or wrong.
            403: The account is suspended or closed, or test credentials cannot do this.
            404: There is no such resource, or it belongs to another account.
            429: Too many requests at once. This one was not processed and can be sent again.
        """
        return await self._core.call(
            _ops.UPDATE_CALL,
            {
                "call_sid": call_sid,
                "url": url,
                "method": method,
                "status": status,
                "twiml": twiml,
                "fallback_url": fallback_url,
                "fallback_method": fallback_method,
                "status_callback": status_callback,
                "status_callback_method": status_callback_method,
                "time_limit": time_limit,
                "account_sid": account_sid,
            },
            options,
        )

    async def delete(
        self,
        call_sid: CallSid,
        *,
        account_sid: AccountSid | Unset = UNSET,
        options: RequestOptions | None = None,
    ) -> None:
        """Delete a call record.

        Deletes the record of a call from the account. The call must be over.

        `DELETE /Accounts/{AccountSid}/Calls/{CallSid}.json`

        Args:
            account_sid: The SID of the account that owns the resource. Wire name
                `AccountSid`.
            call_sid: The SID of the call. Wire name `CallSid`.

        Answers:
            204: The record is deleted.
            400: A parameter is missing or not valid; code says which.
            401: The credentials are missing or wrong.
            403: The account is suspended or closed, or test credentials cannot do this.
            404: There is no such resource, or it belongs to another account.
            409: The resource is not in a state in which this can be done.
            429: Too many requests at once. This one was not processed and can be sent again.
        """
        await self._core.call(
            _ops.DELETE_CALL,
            {"call_sid": call_sid, "account_sid": account_sid},
            options,
        )


class AsyncRecordingsApi:
    """Recordings of calls and conferences."""

    def __init__(self, core: AsyncCore) -> None:
        self._core = core

    def list_for_call(
        self,
        call_sid: CallSid,
        *,
        date_created: _dt.date | Unset = UNSET,
        date_created_before: _dt.date | Unset = UNSET,
        date_created_after: _dt.date | Unset = UNSET,
        page_size: int | Unset = UNSET,
        page: int | Unset = UNSET,
        page_token: str | Unset = UNSET,
        account_sid: AccountSid | Unset = UNSET,
        options: RequestOptions | None = None,
    ) -> AsyncCsvPager[Recording, RecordingList]:
        """List the recordings of a call.

        Lists the recordings made of one call.

        `GET /Accounts/{AccountSid}/Calls/{CallSid}/Recordings.json`

        Args:
            account_sid: The SID of the account that owns the resource. Wire name
                `AccountSid`.
            call_sid: The SID of the call. Wire name `CallSid`.
            date_created: Only recordings created on this day (YYYY-MM-DD, UTC). Wire name
                `DateCreated`.
            date_created_before: Only recordings created by midnight at the start of this day
                (YYYY-MM-DD, UTC). Wire name `DateCreated<`.
            date_created_after: Only recordings created since midnight of this day
                (YYYY-MM-DD, UTC). Wire name `DateCreated>`.
            page_size: How many rows one page holds, 1000 at most; who asks for more gets
                1000. Wire name `PageSize`; at least 1; default 50.
            page: The number of the page, counted from 0; only together with PageToken. Wire
                name `Page`; at least 0.
            page_token: Where the page begins, as next_page_uri and previous_page_uri say.
                Wire name `PageToken`.

        Answers:
            200: One page of recordings.
            400: A parameter is missing or not valid; code says which.
            401: The credentials are missing or wrong.
            403: The account is suspended or closed, or test credentials cannot do this.
            404: There is no such resource, or it belongs to another account.
            429: Too many requests at once. This one was not processed and can be sent again.
        """
        return AsyncCsvPager(
            self._core,
            _ops.LIST_CALL_RECORDINGS,
            {
                "call_sid": call_sid,
                "date_created": date_created,
                "date_created_before": date_created_before,
                "date_created_after": date_created_after,
                "page_size": page_size,
                "page": page,
                "page_token": page_token,
                "account_sid": account_sid,
            },
            options,
        )

    async def create_for_call(
        self,
        call_sid: CallSid,
        *,
        recording_status_callback: str | Unset = UNSET,
        recording_status_callback_method: HttpMethod | HttpMethodValue | Unset = UNSET,
        recording_channels: RecordingChannels | RecordingChannelsValue | Unset = UNSET,
        trim: RecordingTrim | RecordingTrimValue | Unset = UNSET,
        recording_status_callback_event: (
            Sequence[RecordingEvent | RecordingEventValue] | Unset
        ) = UNSET,
        recording_track: RecordingTrack | RecordingTrackValue | Unset = UNSET,
        account_sid: AccountSid | Unset = UNSET,
        options: RequestOptions | None = None,
    ) -> Recording:
        """Start recording a call.

        Starts recording a call that is in progress.

        `POST /Accounts/{AccountSid}/Calls/{CallSid}/Recordings.json`

        Args:
            account_sid: The SID of the account that owns the resource. Wire name
                `AccountSid`.
            call_sid: The SID of the call. Wire name `CallSid`.
            recording_status_callback: Where to report that the state of the recording
                changed. Wire name `RecordingStatusCallback`.
            recording_status_callback_method: The HTTP method for RecordingStatusCallback.
                Wire name `RecordingStatusCallbackMethod`; one of GET, POST.
            recording_channels: `mono` mixes both legs of the call into one channel, `dual`
                keeps each leg in a channel of its own. Wire name `RecordingChannels`; one of
                mono, dual.
            trim: Whether silence at the beginning and the end of the recording is cut off.
                Wire name `Trim`; one of trim-silence, do-not-trim.
            recording_status_callback_event: Which states of the recording are reported to
                RecordingStatusCallback; completed unless given. Wire name
                `RecordingStatusCallbackEvent`; one of in-progress, completed, absent.
            recording_track: Which audio is recorded; both unless given. Wire name
                `RecordingTrack`; one of inbound, outbound, both.

        Answers:
            201: The recording has started.
            200: The recording has started.
            400: A parameter is missing or not valid; code says which.
            401: The credentials are missing or wrong.
            403: The account is suspended or closed, or test credentials cannot do this.
            404: There is no such resource, or it belongs to another account.
            429: Too many requests at once. This one was not processed and can be sent again.
        """
        return await self._core.call(
            _ops.CREATE_CALL_RECORDING,
            {
                "call_sid": call_sid,
                "recording_status_callback": recording_status_callback,
                "recording_status_callback_method": recording_status_callback_method,
                "recording_channels": recording_channels,
                "trim": trim,
                "recording_status_callback_event": recording_status_callback_event,
                "recording_track": recording_track,
                "account_sid": account_sid,
            },
            options,
        )

    def list(
        self,
        *,
        date_created: _dt.date | _dt.datetime | Unset = UNSET,
        call_sid: CallSid | Unset = UNSET,
        date_created_before: _dt.date | _dt.datetime | Unset = UNSET,
        date_created_after: _dt.date | _dt.datetime | Unset = UNSET,
        conference_sid: ConferenceSid | Unset = UNSET,
        include_soft_deleted: bool | Unset = UNSET,
        page_size: int | Unset = UNSET,
        page: int | Unset = UNSET,
        page_token: str | Unset = UNSET,
        account_sid: AccountSid | Unset = UNSET,
        options: RequestOptions | None = None,
    ) -> AsyncCsvPager[Recording, RecordingList]:
        """List recordings.

        Lists all recordings of the account, whatever they were made of.

        `GET /Accounts/{AccountSid}/Recordings.json`

        Args:
            account_sid: The SID of the account that owns the resource. Wire name
                `AccountSid`.
            date_created: Only recordings created on this day (YYYY-MM-DD, UTC). Wire name
                `DateCreated`.
            call_sid: Only recordings of this call. Wire name `CallSid`.
            date_created_before: Only recordings created before this time, or by midnight at
                the start of this day (UTC). Wire name `DateCreated<`.
            date_created_after: Only recordings created at this time or later, or since
                midnight of this day (UTC). Wire name `DateCreated>`.
            conference_sid: Only recordings of this conference. Wire name `ConferenceSid`.
            include_soft_deleted: Whether recordings are included whose audio is deleted and
                whose metadata is still kept. Wire name `IncludeSoftDeleted`.
            page_size: How many rows one page holds, 1000 at most; who asks for more gets
                1000. Wire name `PageSize`; at least 1; default 50.
            page: The number of the page, counted from 0; only together with PageToken. Wire
                name `Page`; at least 0.
            page_token: Where the page begins, as next_page_uri and previous_page_uri say.
                Wire name `PageToken`.

        Answers:
            200: One page of recordings.
            400: A parameter is missing or not valid; code says which.
            401: The credentials are missing or wrong.
            403: The account is suspended or closed, or test credentials cannot do this.
            404: There is no such resource, or it belongs to another account.
            429: Too many requests at once. This one was not processed and can be sent again.
        """
        return AsyncCsvPager(
            self._core,
            _ops.LIST_RECORDINGS,
            {
                "date_created": date_created,
                "call_sid": call_sid,
                "date_created_before": date_created_before,
                "date_created_after": date_created_after,
                "conference_sid": conference_sid,
                "include_soft_deleted": include_soft_deleted,
                "page_size": page_size,
                "page": page,
                "page_token": page_token,
                "account_sid": account_sid,
            },
            options,
        )

    async def fetch(
        self,
        recording_sid: RecordingSid,
        *,
        include_soft_deleted: bool | Unset = UNSET,
        account_sid: AccountSid | Unset = UNSET,
        options: RequestOptions | None = None,
    ) -> Recording:
        """Fetch a recording.

        Fetches the metadata of one recording. The audio itself is a separate resource.

        `GET /Accounts/{AccountSid}/Recordings/{RecordingSid}.json`

        Args:
            account_sid: The SID of the account that owns the resource. Wire name
                `AccountSid`.
            recording_sid: The SID of the recording. Wire name `RecordingSid`.
            include_soft_deleted: Whether a recording is found whose audio is deleted and
                whose metadata is still kept. Wire name `IncludeSoftDeleted`.

        Answers:
            200: The recording.
            400: A parameter is missing or not valid; code says which.
            401: The credentials are missing or wrong.
            403: The account is suspended or closed, or test credentials cannot do this.
            404: There is no such resource, or it belongs to another account.
            429: Too many requests at once. This one was not processed and can be sent again.
        """
        return await self._core.call(
            _ops.FETCH_RECORDING,
            {
                "recording_sid": recording_sid,
                "include_soft_deleted": include_soft_deleted,
                "account_sid": account_sid,
            },
            options,
        )

    async def delete(
        self,
        recording_sid: RecordingSid,
        *,
        account_sid: AccountSid | Unset = UNSET,
        options: RequestOptions | None = None,
    ) -> None:
        """Delete a recording.

        Deletes a recording together with its audio.

        `DELETE /Accounts/{AccountSid}/Recordings/{RecordingSid}.json`

        Args:
            account_sid: The SID of the account that owns the resource. Wire name
                `AccountSid`.
            recording_sid: The SID of the recording. Wire name `RecordingSid`.

        Answers:
            204: The recording is deleted.
            400: A parameter is missing or not valid; code says which.
            401: The credentials are missing or wrong.
            403: The account is suspended or closed, or test credentials cannot do this.
            404: There is no such resource, or it belongs to another account.
            409: The resource is not in a state in which this can be done.
            429: Too many requests at once. This one was not processed and can be sent again.
        """
        await self._core.call(
            _ops.DELETE_RECORDING,
            {"recording_sid": recording_sid, "account_sid": account_sid},
            options,
        )

    def list_for_conference(
        self,
        conference_sid: ConferenceSid,
        *,
        date_created: _dt.date | Unset = UNSET,
        date_created_before: _dt.date | Unset = UNSET,
        date_created_after: _dt.date | Unset = UNSET,
        page_size: int | Unset = UNSET,
        page: int | Unset = UNSET,
        page_token: str | Unset = UNSET,
        account_sid: AccountSid | Unset = UNSET,
        options: RequestOptions | None = None,
    ) -> AsyncCsvPager[Recording, RecordingList]:
        """List the recordings of a conference.

        Lists the recordings made of one conference.

        `GET /Accounts/{AccountSid}/Conferences/{ConferenceSid}/Recordings.json`

        Args:
            account_sid: The SID of the account that owns the resource. Wire name
                `AccountSid`.
            conference_sid: The SID of the conference. Wire name `ConferenceSid`.
            date_created: Only recordings created on this day (YYYY-MM-DD, UTC). Wire name
                `DateCreated`.
            date_created_before: Only recordings created by midnight at the start of this day
                (YYYY-MM-DD, UTC). Wire name `DateCreated<`.
            date_created_after: Only recordings created since midnight of this day
                (YYYY-MM-DD, UTC). Wire name `DateCreated>`.
            page_size: How many rows one page holds, 1000 at most; who asks for more gets
                1000. Wire name `PageSize`; at least 1; default 50.
            page: The number of the page, counted from 0; only together with PageToken. Wire
                name `Page`; at least 0.
            page_token: Where the page begins, as next_page_uri and previous_page_uri say.
                Wire name `PageToken`.

        Answers:
            200: One page of recordings.
            400: A parameter is missing or not valid; code says which.
            401: The credentials are missing or wrong.
            403: The account is suspended or closed, or test credentials cannot do this.
            404: There is no such resource, or it belongs to another account.
            429: Too many requests at once. This one was not processed and can be sent again.
        """
        return AsyncCsvPager(
            self._core,
            _ops.LIST_CONFERENCE_RECORDINGS,
            {
                "conference_sid": conference_sid,
                "date_created": date_created,
                "date_created_before": date_created_before,
                "date_created_after": date_created_after,
                "page_size": page_size,
                "page": page,
                "page_token": page_token,
                "account_sid": account_sid,
            },
            options,
        )

    async def fetch_for_conference(
        self,
        conference_sid: ConferenceSid,
        recording_sid: RecordingSid,
        *,
        account_sid: AccountSid | Unset = UNSET,
        options: RequestOptions | None = None,
    ) -> Recording:
        """Fetch a recording of a conference.

        Fetches the metadata of one recording of a conference.

        `GET
        /Accounts/{AccountSid}/Conferences/{ConferenceSid}/Recordings/{RecordingSid}.json`

        Args:
            account_sid: The SID of the account that owns the resource. Wire name
                `AccountSid`.
            conference_sid: The SID of the conference. Wire name `ConferenceSid`.
            recording_sid: The SID of the recording. Wire name `RecordingSid`.

        Answers:
            200: The recording.
            400: A parameter is missing or not valid; code says which.
            401: The credentials are missing or wrong.
            403: The account is suspended or closed, or test credentials cannot do this.
            404: There is no such resource, or it belongs to another account.
            429: Too many requests at once. This one was not processed and can be sent again.
        """
        return await self._core.call(
            _ops.FETCH_CONFERENCE_RECORDING,
            {
                "conference_sid": conference_sid,
                "recording_sid": recording_sid,
                "account_sid": account_sid,
            },
            options,
        )

    async def update_for_conference(
        self,
        conference_sid: ConferenceSid,
        recording_sid: RecordingSid | Literal["Twilio.CURRENT"],
        *,
        status: RecordingStatusUpdate | RecordingStatusUpdateValue,
        pause_behavior: PauseBehavior | PauseBehaviorValue | Unset = UNSET,
        account_sid: AccountSid | Unset = UNSET,
        options: RequestOptions | None = None,
    ) -> Recording:
        """Pause, resume or stop a recording of a conference.

        Pauses, resumes or stops a recording of a conference while it runs.

        `POST
        /Accounts/{AccountSid}/Conferences/{ConferenceSid}/Recordings/{RecordingSid}.json`

        Args:
            account_sid: The SID of the account that owns the resource. Wire name
                `AccountSid`.
            conference_sid: The SID of the conference. Wire name `ConferenceSid`.
            recording_sid: The SID of the recording, or Twilio.CURRENT for the one that is
                running. Wire name `RecordingSid`.
            status: What the recording is to do; in-progress takes a paused one up again. Wire
                name `Status`; one of paused, in-progress, stopped.
            pause_behavior: Whether a pause is left out of the recording or recorded as
                silence; silence unless given. Wire name `PauseBehavior`; one of skip,
                silence.

        Answers:
            200: The recording after the change.
            400: A parameter is missing or not valid; code says which.
            401: The credentials are missing or wrong.
            403: The account is suspended or closed, or test credentials cannot do this.
            404: There is no such resource, or it belongs to another account.
            429: Too many requests at once. This one was not processed and can be sent again.
        """
        return await self._core.call(
            _ops.UPDATE_CONFERENCE_RECORDING,
            {
                "conference_sid": conference_sid,
                "recording_sid": recording_sid,
                "status": status,
                "pause_behavior": pause_behavior,
                "account_sid": account_sid,
            },
            options,
        )

    async def delete_for_conference(
        self,
        conference_sid: ConferenceSid,
        recording_sid: RecordingSid,
        *,
        account_sid: AccountSid | Unset = UNSET,
        options: RequestOptions | None = None,
    ) -> None:
        """Delete a recording of a conference.

        Deletes a completed recording of a conference together with its audio.

        `DELETE
        /Accounts/{AccountSid}/Conferences/{ConferenceSid}/Recordings/{RecordingSid}.json`

        Args:
            account_sid: The SID of the account that owns the resource. Wire name
                `AccountSid`.
            conference_sid: The SID of the conference. Wire name `ConferenceSid`.
            recording_sid: The SID of the recording. Wire name `RecordingSid`.

        Answers:
            204: The recording is deleted.
            400: A parameter is missing or not valid; code says which.
            401: The credentials are missing or wrong.
            403: The account is suspended or closed, or test credentials cannot do this.
            404: There is no such resource, or it belongs to another account.
            409: The resource is not in a state in which this can be done.
            429: Too many requests at once. This one was not processed and can be sent again.
        """
        await self._core.call(
            _ops.DELETE_CONFERENCE_RECORDING,
            {
                "conference_sid": conference_sid,
                "recording_sid": recording_sid,
                "account_sid": account_sid,
            },
            options,
        )

    async def fetch_for_call(
        self,
        call_sid: CallSid,
        recording_sid: RecordingSid,
        *,
        account_sid: AccountSid | Unset = UNSET,
        options: RequestOptions | None = None,
    ) -> Recording:
        """Fetch a recording of a call.

        Fetches the metadata of one recording of a call.

        `GET /Accounts/{AccountSid}/Calls/{CallSid}/Recordings/{RecordingSid}.json`

        Args:
            account_sid: The SID of the account that owns the resource. Wire name
                `AccountSid`.
            call_sid: The SID of the call. Wire name `CallSid`.
            recording_sid: The SID of the recording. Wire name `RecordingSid`.

        Answers:
            200: The recording.
            400: A parameter is missing or not valid; code says which.
            401: The credentials are missing or wrong.
            403: The account is suspended or closed, or test credentials cannot do this.
            404: There is no such resource, or it belongs to another account.
            429: Too many requests at once. This one was not processed and can be sent again.
        """
        return await self._core.call(
            _ops.FETCH_CALL_RECORDING,
            {"call_sid": call_sid, "recording_sid": recording_sid, "account_sid": account_sid},
            options,
        )

    async def update_for_call(
        self,
        call_sid: CallSid,
        recording_sid: RecordingSid | Literal["Twilio.CURRENT"],
        *,
        status: RecordingStatusUpdate | RecordingStatusUpdateValue,
        pause_behavior: PauseBehavior | PauseBehaviorValue | Unset = UNSET,
        account_sid: AccountSid | Unset = UNSET,
        options: RequestOptions | None = None,
    ) -> Recording:
        """Pause, resume or stop a recording of a call.

        Pauses, resumes or stops a recording of a call while it runs.

        `POST /Accounts/{AccountSid}/Calls/{CallSid}/Recordings/{RecordingSid}.json`

        Args:
            account_sid: The SID of the account that owns the resource. Wire name
                `AccountSid`.
            call_sid: The SID of the call. Wire name `CallSid`.
            recording_sid: The SID of the recording, or Twilio.CURRENT for the one that is
                running. Wire name `RecordingSid`.
            status: What the recording is to do; in-progress takes a paused one up again. Wire
                name `Status`; one of paused, in-progress, stopped.
            pause_behavior: Whether a pause is left out of the recording or recorded as
                silence; silence unless given. Wire name `PauseBehavior`; one of skip,
                silence.

        Answers:
            200: The recording after the change.
            400: A parameter is missing or not valid; code says which.
            401: The credentials are missing or wrong.
            403: The account is suspended or closed, or test credentials cannot do this.
            404: There is no such resource, or it belongs to another account.
            408: The request was not carried out in time.
            429: Too many requests at once. This one was not processed and can be sent again.
        """
        return await self._core.call(
            _ops.UPDATE_CALL_RECORDING,
            {
                "call_sid": call_sid,
                "recording_sid": recording_sid,
                "status": status,
                "pause_behavior": pause_behavior,
                "account_sid": account_sid,
            },
            options,
        )

    async def delete_for_call(
        self,
        call_sid: CallSid,
        recording_sid: RecordingSid,
        *,
        account_sid: AccountSid | Unset = UNSET,
        options: RequestOptions | None = None,
    ) -> None:
        """Delete a recording of a call.

        Deletes a completed recording of a call together with its audio.

        `DELETE /Accounts/{AccountSid}/Calls/{CallSid}/Recordings/{RecordingSid}.json`

        Args:
            account_sid: The SID of the account that owns the resource. Wire name
                `AccountSid`.
            call_sid: The SID of the call. Wire name `CallSid`.
            recording_sid: The SID of the recording. Wire name `RecordingSid`.

        Answers:
            204: The recording is deleted.
            400: A parameter is missing or not valid; code says which.
            401: The credentials are missing or wrong.
            403: The account is suspended or closed, or test credentials cannot do this.
            404: There is no such resource, or it belongs to another account.
            409: The resource is not in a state in which this can be done.
            429: Too many requests at once. This one was not processed and can be sent again.
        """
        await self._core.call(
            _ops.DELETE_CALL_RECORDING,
            {"call_sid": call_sid, "recording_sid": recording_sid, "account_sid": account_sid},
            options,
        )

    def media_wav(
        self,
        recording_sid: RecordingSid,
        *,
        requested_channels: int | Unset = UNSET,
        account_sid: AccountSid | Unset = UNSET,
        options: RequestOptions | None = None,
    ) -> AsyncDownload:
        """Fetch a recording as WAV.

        Fetches the audio of a recording as WAV.

        `GET /Accounts/{AccountSid}/Recordings/{RecordingSid}.wav`

        Args:
            account_sid: The SID of the account that owns the resource. Wire name
                `AccountSid`.
            recording_sid: The SID of the recording. Wire name `RecordingSid`.
            requested_channels: How many channels the audio is to have; as many as were
                recorded unless given. Wire name `RequestedChannels`; 1 to 2.

        Answers:
            200: The audio, as WAV.
            400: A parameter is missing or not valid; code says which.
            401: The credentials are missing or wrong.
            403: The account is suspended or closed, or test credentials cannot do this.
            404: There is no such resource, or it belongs to another account.
            429: Too many requests at once. This one was not processed and can be sent again.
        """
        return AsyncDownload(
            self._core,
            _ops.FETCH_RECORDING_WAV,
            {
                "recording_sid": recording_sid,
                "requested_channels": requested_channels,
                "account_sid": account_sid,
            },
            options,
        )

    def media_mp3(
        self,
        recording_sid: RecordingSid,
        *,
        requested_channels: int | Unset = UNSET,
        account_sid: AccountSid | Unset = UNSET,
        options: RequestOptions | None = None,
    ) -> AsyncDownload:
        """Fetch a recording as MP3.

        Fetches the audio of a recording as MP3.

        `GET /Accounts/{AccountSid}/Recordings/{RecordingSid}.mp3`

        Args:
            account_sid: The SID of the account that owns the resource. Wire name
                `AccountSid`.
            recording_sid: The SID of the recording. Wire name `RecordingSid`.
            requested_channels: How many channels the audio is to have; as many as were
                recorded unless given. Wire name `RequestedChannels`; 1 to 2.

        Answers:
            200: The audio, as MP3.
            400: A parameter is missing or not valid; code says which.
            401: The credentials are missing or wrong.
            403: The account is suspended or closed, or test credentials cannot do this.
            404: There is no such resource, or it belongs to another account.
            429: Too many requests at once. This one was not processed and can be sent again.
        """
        return AsyncDownload(
            self._core,
            _ops.FETCH_RECORDING_MP3,
            {
                "recording_sid": recording_sid,
                "requested_channels": requested_channels,
                "account_sid": account_sid,
            },
            options,
        )


class AsyncConferencesApi:
    """Conferences and their participants."""

    def __init__(self, core: AsyncCore) -> None:
        self._core = core

    def list(
        self,
        *,
        status: ConferenceStatus | ConferenceStatusValue | Unset = UNSET,
        friendly_name: str | Unset = UNSET,
        date_created: _dt.date | Unset = UNSET,
        date_created_before: _dt.date | Unset = UNSET,
        date_created_after: _dt.date | Unset = UNSET,
        date_updated: _dt.date | Unset = UNSET,
        date_updated_before: _dt.date | Unset = UNSET,
        date_updated_after: _dt.date | Unset = UNSET,
        page_size: int | Unset = UNSET,
        page: int | Unset = UNSET,
        page_token: str | Unset = UNSET,
        account_sid: AccountSid | Unset = UNSET,
        options: RequestOptions | None = None,
    ) -> AsyncCsvPager[Conference, ConferenceList]:
        """List conferences.

        Lists the conferences of the account, running and completed.

        `GET /Accounts/{AccountSid}/Conferences.json`

        Args:
            account_sid: The SID of the account that owns the resource. Wire name
                `AccountSid`.
            status: Only conferences that are in this status. Wire name `Status`; one of init,
                in-progress, completed.
            friendly_name: Only conferences with exactly this name. Wire name `FriendlyName`.
            date_created: Only conferences created on this day (YYYY-MM-DD, UTC). Wire name
                `DateCreated`.
            date_created_before: Only conferences created by midnight at the start of this day
                (YYYY-MM-DD, UTC). Wire name `DateCreated<`.
            date_created_after: Only conferences created since midnight of this day
                (YYYY-MM-DD, UTC). Wire name `DateCreated>`.
            date_updated: Only conferences last changed on this day (YYYY-MM-DD, UTC). Wire
                name `DateUpdated`.
            date_updated_before: Only conferences last changed by midnight at the start of
                this day (YYYY-MM-DD, UTC). Wire name `DateUpdated<`.
            date_updated_after: Only conferences last changed since midnight of this day
                (YYYY-MM-DD, UTC). Wire name `DateUpdated>`.
            page_size: How many rows one page holds, 1000 at most; who asks for more gets
                1000. Wire name `PageSize`; at least 1; default 50.
            page: The number of the page, counted from 0; only together with PageToken. Wire
                name `Page`; at least 0.
            page_token: Where the page begins, as next_page_uri and previous_page_uri say.
                Wire name `PageToken`.

        Answers:
            200: One page of conferences.
            400: A parameter is missing or not valid; code says which.
            401: The credentials are missing or wrong.
            403: The account is suspended or closed, or test credentials cannot do this.
            404: There is no such resource, or it belongs to another account.
            429: Too many requests at once. This one was not processed and can be sent again.
        """
        return AsyncCsvPager(
            self._core,
            _ops.LIST_CONFERENCES,
            {
                "status": status,
                "friendly_name": friendly_name,
                "date_created": date_created,
                "date_created_before": date_created_before,
                "date_created_after": date_created_after,
                "date_updated": date_updated,
                "date_updated_before": date_updated_before,
                "date_updated_after": date_updated_after,
                "page_size": page_size,
                "page": page,
                "page_token": page_token,
                "account_sid": account_sid,
            },
            options,
        )

    async def fetch(
        self,
        conference_sid: ConferenceSid,
        *,
        account_sid: AccountSid | Unset = UNSET,
        options: RequestOptions | None = None,
    ) -> Conference:
        """Fetch a conference.

        Fetches one conference by its SID.

        `GET /Accounts/{AccountSid}/Conferences/{ConferenceSid}.json`

        Args:
            account_sid: The SID of the account that owns the resource. Wire name
                `AccountSid`.
            conference_sid: The SID of the conference. Wire name `ConferenceSid`.

        Answers:
            200: The conference.
            400: A parameter is missing or not valid; code says which.
            401: The credentials are missing or wrong.
            403: The account is suspended or closed, or test credentials cannot do this.
            404: There is no such resource, or it belongs to another account.
            429: Too many requests at once. This one was not processed and can be sent again.
        """
        return await self._core.call(
            _ops.FETCH_CONFERENCE,
            {"conference_sid": conference_sid, "account_sid": account_sid},
            options,
        )

    async def update(
        self,
        conference_sid: str,
        *,
        status: ConferenceStatusUpdate | ConferenceStatusUpdateValue | Unset = UNSET,
        announce_url: str | Unset = UNSET,
        announce_method: HttpMethod | HttpMethodValue | Unset = UNSET,
        account_sid: AccountSid | Unset = UNSET,
        options: RequestOptions | None = None,
    ) -> Conference:
        """Update a conference.

        Ends a running conference, or plays an announcement to everybody in it.

        `POST /Accounts/{AccountSid}/Conferences/{ConferenceSid}.json`

        Args:
            account_sid: The SID of the account that owns the resource. Wire name
                `AccountSid`.
            conference_sid: The SID of the conference, or its name. Wire name `ConferenceSid`;
                at most 128 characters.
            status: Set to `completed` to end the conference and hang up on all its
                participants. Wire name `Status`; one of completed.
            announce_url: Where the TwiML of an announcement is fetched that all participants
                hear. Wire name `AnnounceUrl`.
            announce_method: The HTTP method for AnnounceUrl. Wire name `AnnounceMethod`; one
                of GET, POST.

        Answers:
            200: The conference after the change.
            400: A parameter is missing or not valid; code says which.
            401: The credentials are missing or wrong.
            403: The account is suspended or closed, or test credentials cannot do this.
            404: There is no such resource, or it belongs to another account.
            429: Too many requests at once. This one was not processed and can be sent again.
        """
        return await self._core.call(
            _ops.UPDATE_CONFERENCE,
            {
                "conference_sid": conference_sid,
                "status": status,
                "announce_url": announce_url,
                "announce_method": announce_method,
                "account_sid": account_sid,
            },
            options,
        )


class AsyncParticipantsApi:
    """Operations of participants."""

    def __init__(self, core: AsyncCore) -> None:
        self._core = core

    def list(
        self,
        conference_sid: ConferenceSid,
        *,
        muted: bool | Unset = UNSET,
        hold: bool | Unset = UNSET,
        coaching: bool | Unset = UNSET,
        page_size: int | Unset = UNSET,
        page: int | Unset = UNSET,
        page_token: str | Unset = UNSET,
        account_sid: AccountSid | Unset = UNSET,
        options: RequestOptions | None = None,
    ) -> AsyncCsvPager[Participant, ParticipantList]:
        """List the participants of a conference.

        Lists the calls that are in a conference at the moment.

        `GET /Accounts/{AccountSid}/Conferences/{ConferenceSid}/Participants.json`

        Args:
            account_sid: The SID of the account that owns the resource. Wire name
                `AccountSid`.
            conference_sid: The SID of the conference. Wire name `ConferenceSid`.
            muted: Only participants that are muted, or only those that are not. Wire name
                `Muted`.
            hold: Only participants that are on hold, or only those that are not. Wire name
                `Hold`.
            coaching: Only participants that coach another one, or only those that do not.
                Wire name `Coaching`.
            page_size: How many rows one page holds, 1000 at most; who asks for more gets
                1000. Wire name `PageSize`; at least 1; default 50.
            page: The number of the page, counted from 0; only together with PageToken. Wire
                name `Page`; at least 0.
            page_token: Where the page begins, as next_page_uri and previous_page_uri say.
                Wire name `PageToken`.

        Answers:
            200: One page of participants.
            400: A parameter is missing or not valid; code says which.
            401: The credentials are missing or wrong.
            403: The account is suspended or closed, or test credentials cannot do this.
            404: There is no such resource, or it belongs to another account.
            429: Too many requests at once. This one was not processed and can be sent again.
        """
        return AsyncCsvPager(
            self._core,
            _ops.LIST_PARTICIPANTS,
            {
                "conference_sid": conference_sid,
                "muted": muted,
                "hold": hold,
                "coaching": coaching,
                "page_size": page_size,
                "page": page,
                "page_token": page_token,
                "account_sid": account_sid,
            },
            options,
        )

    async def create(
        self,
        conference_sid: str,
        *,
        from_: str,
        to: str,
        muted: bool | Unset = UNSET,
        record: bool | Unset = UNSET,
        status_callback: str | Unset = UNSET,
        status_callback_method: HttpMethod | HttpMethodValue | Unset = UNSET,
        status_callback_event: Sequence[CallEvent | CallEventValue] | Unset = UNSET,
        label: str | Unset = UNSET,
        timeout: int | Unset = UNSET,
        time_limit: int | Unset = UNSET,
        beep: ConferenceBeep | ConferenceBeepValue | Unset = UNSET,
        start_conference_on_enter: bool | Unset = UNSET,
        end_conference_on_exit: bool | Unset = UNSET,
        wait_url: str | Unset = UNSET,
        wait_method: HttpMethod | HttpMethodValue | Unset = UNSET,
        early_media: bool | Unset = UNSET,
        max_participants: int | Unset = UNSET,
        coaching: bool | Unset = UNSET,
        call_sid_to_coach: CallSid | Unset = UNSET,
        caller_id: str | Unset = UNSET,
        caller_display_name: str | Unset = UNSET,
        call_reason: str | Unset = UNSET,
        call_token: str | Unset = UNSET,
        byoc: ByocTrunkSid | Unset = UNSET,
        client_notification_url: str | Unset = UNSET,
        sip_auth_username: str | Unset = UNSET,
        sip_auth_password: str | Unset = UNSET,
        region: str | Unset = UNSET,
        jitter_buffer_size: JitterBufferSize | JitterBufferSizeValue | Unset = UNSET,
        recording_channels: RecordingChannels | RecordingChannelsValue | Unset = UNSET,
        recording_track: RecordingTrack | RecordingTrackValue | Unset = UNSET,
        trim: RecordingTrim | RecordingTrimValue | Unset = UNSET,
        recording_status_callback: str | Unset = UNSET,
        recording_status_callback_method: HttpMethod | HttpMethodValue | Unset = UNSET,
        recording_status_callback_event: (
            Sequence[ParticipantRecordingEvent | ParticipantRecordingEventValue] | Unset
        ) = UNSET,
        conference_record: ConferenceRecord | ConferenceRecordValue | Unset = UNSET,
        conference_trim: RecordingTrim | RecordingTrimValue | Unset = UNSET,
        conference_recording_status_callback: str | Unset = UNSET,
        conference_recording_status_callback_method: HttpMethod | HttpMethodValue | Unset = UNSET,
        conference_recording_status_callback_event: (
            Sequence[ConferenceRecordingEvent | ConferenceRecordingEventValue] | Unset
        ) = UNSET,
        conference_status_callback: str | Unset = UNSET,
        conference_status_callback_method: HttpMethod | HttpMethodValue | Unset = UNSET,
        conference_status_callback_event: (
            Sequence[ConferenceEvent | ConferenceEventValue] | Unset
        ) = UNSET,
        machine_detection: MachineDetection | MachineDetectionValue | Unset = UNSET,
        machine_detection_timeout: int | Unset = UNSET,
        machine_detection_speech_threshold: int | Unset = UNSET,
        machine_detection_speech_end_threshold: int | Unset = UNSET,
        machine_detection_silence_timeout: int | Unset = UNSET,
        amd_status_callback: str | Unset = UNSET,
        amd_status_callback_method: HttpMethod | HttpMethodValue | Unset = UNSET,
        account_sid: AccountSid | Unset = UNSET,
        options: RequestOptions | None = None,
    ) -> Participant:
        """Add a participant to a conference.

        Dials out and puts whoever answers into the conference.

        `POST /Accounts/{AccountSid}/Conferences/{ConferenceSid}/Participants.json`

        Args:
            account_sid: The SID of the account that owns the resource. Wire name
                `AccountSid`.
            conference_sid: The SID of the conference, or its name. Wire name `ConferenceSid`;
                at most 128 characters.
            from_: The phone number or client identifier that the called party sees. A phone
                number must belong to the account or be a verified caller ID. Wire name
                `From`.
            to: The phone number, SIP address or client identifier to dial. Wire name `To`.
            muted: Whether the participant joins muted. Wire name `Muted`.
            record: Whether the call leg of this participant is recorded. Wire name `Record`.
            status_callback: Where to report the progress of the call to this participant.
                Wire name `StatusCallback`.
            status_callback_method: The HTTP method for StatusCallback; POST unless given.
                Wire name `StatusCallbackMethod`; one of GET, POST.
            status_callback_event: Which steps of the call are reported to StatusCallback;
                completed unless given. Wire name `StatusCallbackEvent`; one of initiated,
                ringing, answered, completed.
            label: A name for the participant, unique in the conference, by which it can be
                addressed. Wire name `Label`; at most 128 characters.
            timeout: How many seconds the phone may ring before the call counts as not
                answered; 60 unless given. Wire name `Timeout`; 5 to 600.
            time_limit: After how many seconds the call is hung up. Wire name `TimeLimit`.
            beep: When a sound tells the others that this participant joins or leaves; true
                means both. Wire name `Beep`; one of true, false, onEnter, onExit.
            start_conference_on_enter: Whether the conference starts when this participant
                joins; true unless given. Wire name `StartConferenceOnEnter`.
            end_conference_on_exit: Whether the conference ends when this participant leaves;
                false unless given. Wire name `EndConferenceOnExit`.
            wait_url: Where the TwiML is fetched that is heard until the conference starts.
                Wire name `WaitUrl`.
            wait_method: The HTTP method for WaitUrl; POST unless given. Wire name
                `WaitMethod`; one of GET, POST.
            early_media: Whether the others hear what is to be heard before the call is
                answered; true unless given. Wire name `EarlyMedia`.
            max_participants: How many participants the conference may have; 250 unless given.
                Wire name `MaxParticipants`; 2 to 250.
            coaching: Whether the participant coaches another one, who alone hears it. Wire
                name `Coaching`.
            call_sid_to_coach: The SID of the participant that is coached; required with
                Coaching. Wire name `CallSidToCoach`.
            caller_id: The caller ID shown to the called party. Wire name `CallerId`.
            caller_display_name: The name shown beside the caller ID, for calls to SIP
                addresses and clients. Wire name `CallerDisplayName`.
            call_reason: The reason of the call, shown to the called party where the network
                supports it. Wire name `CallReason`.
            call_token: The token of an incoming call, needed to pass it on under its caller's
                own number. Wire name `CallToken`.
            byoc: The SID of the trunk of your own carrier that the call goes through; for
                calls to phone numbers only. Wire name `Byoc`.
            client_notification_url: Where a notification is sent that wakes up the client
                that is called. Wire name `ClientNotificationUrl`.
            sip_auth_username: The user name for a call to a SIP address that asks for one.
                Wire name `SipAuthUsername`; at most 255 characters.
            sip_auth_password: The password for a call to a SIP address that asks for one.
                Wire name `SipAuthPassword`; at most 255 characters.
            region: The region in which the audio of the conference is mixed, such as us1, ie1
                or au1. Wire name `Region`.
            jitter_buffer_size: How far uneven arrival of the participant's audio is smoothed
                out; large unless given. Wire name `JitterBufferSize`; one of small, medium,
                large, off.
            recording_channels: Whether the recording of the participant has one channel or
                two; mono unless given. Wire name `RecordingChannels`; one of mono, dual.
            recording_track: Which audio of the participant is recorded; both unless given.
                Wire name `RecordingTrack`; one of inbound, outbound, both.
            trim: Whether silence at the beginning and the end of the participant's recording
                is cut off. Wire name `Trim`; one of trim-silence, do-not-trim.
            recording_status_callback: Where to report the states of the participant's
                recording. Wire name `RecordingStatusCallback`.
            recording_status_callback_method: The HTTP method for RecordingStatusCallback;
                POST unless given. Wire name `RecordingStatusCallbackMethod`; one of GET,
                POST.
            recording_status_callback_event: Which states of the recording are reported to
                RecordingStatusCallback; completed unless given. Wire name
                `RecordingStatusCallbackEvent`; one of started, in-progress, paused, resumed,
                stopped, completed, failed, absent.
            conference_record: Whether the whole conference is recorded; false unless given.
                Wire name `ConferenceRecord`; one of true, false, record-from-start,
                do-not-record.
            conference_trim: Whether silence at the beginning and the end of the conference's
                recording is cut off. Wire name `ConferenceTrim`; one of trim-silence,
                do-not-trim.
            conference_recording_status_callback: Where to report the states of the
                conference's recording. Wire name `ConferenceRecordingStatusCallback`.
            conference_recording_status_callback_method: The HTTP method for
                ConferenceRecordingStatusCallback; POST unless given. Wire name
                `ConferenceRecordingStatusCallbackMethod`; one of GET, POST.
            conference_recording_status_callback_event: Which states of the recording are
                reported to ConferenceRecordingStatusCallback; completed unless given. Wire
                name `ConferenceRecordingStatusCallbackEvent`; one of in-progress, completed,
                failed, absent.
            conference_status_callback: Where to report what happens in the conference. Only
                the one that the first participant brings along counts. Wire name
                `ConferenceStatusCallback`.
            conference_status_callback_method: The HTTP method for ConferenceStatusCallback;
                POST unless given. Wire name `ConferenceStatusCallbackMethod`; one of GET,
                POST.
            conference_status_callback_event: What is reported to ConferenceStatusCallback;
                start and end unless given. Wire name `ConferenceStatusCallbackEvent`; one of
                start, end, join, leave, mute, hold, modify, speaker, announcement.
            machine_detection: Finds out whether a person, a machine or a fax answered.
                `Enable` reports as soon as that is known, `DetectMessageEnd` waits until a
                machine has finished its greeting. Wire name `MachineDetection`; one of
                Enable, DetectMessageEnd.
            machine_detection_timeout: After how many seconds detection gives up and reports
                unknown; 30 unless given. Wire name `MachineDetectionTimeout`; 1 to 120.
            machine_detection_speech_threshold: In milliseconds: speech that is shorter counts
                as a person's, longer speech as a machine's; 2400 unless given. Wire name
                `MachineDetectionSpeechThreshold`; 1000 to 6000.
            machine_detection_speech_end_threshold: How many milliseconds of silence end what
                was spoken; 1200 unless given. Wire name `MachineDetectionSpeechEndThreshold`;
                500 to 5000.
            machine_detection_silence_timeout: After how many milliseconds of silence at the
                start detection reports unknown; 5000 unless given. Wire name
                `MachineDetectionSilenceTimeout`; 2000 to 10000.
            amd_status_callback: Where to report what detection found. Wire name
                `AmdStatusCallback`.
            amd_status_callback_method: The HTTP method for AmdStatusCallback; POST unless
                given. Wire name `AmdStatusCallbackMethod`; one of GET, POST.

        Answers:
            201: The participant is being dialled.
            400: A parameter is missing or not valid; code says which.
            401: The credentials are missing or wrong.
            403: The account is suspended or closed, or test credentials cannot do this.
            404: There is no such resource, or it belongs to another account.
            429: Too many requests at once. This one was not processed and can be sent again.
        """
        return await self._core.call(
            _ops.CREATE_PARTICIPANT,
            {
                "conference_sid": conference_sid,
                "from_": from_,
                "to": to,
                "muted": muted,
                "record": record,
                "status_callback": status_callback,
                "status_callback_method": status_callback_method,
                "status_callback_event": status_callback_event,
                "label": label,
                "timeout": timeout,
                "time_limit": time_limit,
                "beep": beep,
                "start_conference_on_enter": start_conference_on_enter,
                "end_conference_on_exit": end_conference_on_exit,
                "wait_url": wait_url,
                "wait_method": wait_method,
                "early_media": early_media,
                "max_participants": max_participants,
                "coaching": coaching,
                "call_sid_to_coach": call_sid_to_coach,
                "caller_id": caller_id,
                "caller_display_name": caller_display_name,
                "call_reason": call_reason,
                "call_token": call_token,
                "byoc": byoc,
                "client_notification_url": client_notification_url,
                "sip_auth_username": sip_auth_username,
                "sip_auth_password": sip_auth_password,
                "region": region,
                "jitter_buffer_size": jitter_buffer_size,
                "recording_channels": recording_channels,
                "recording_track": recording_track,
                "trim": trim,
                "recording_status_callback": recording_status_callback,
                "recording_status_callback_method": recording_status_callback_method,
                "recording_status_callback_event": recording_status_callback_event,
                "conference_record": conference_record,
                "conference_trim": conference_trim,
                "conference_recording_status_callback": conference_recording_status_callback,
                "conference_recording_status_callback_method": (
                    conference_recording_status_callback_method
                ),
                "conference_recording_status_callback_event": (
                    conference_recording_status_callback_event
                ),
                "conference_status_callback": conference_status_callback,
                "conference_status_callback_method": conference_status_callback_method,
                "conference_status_callback_event": conference_status_callback_event,
                "machine_detection": machine_detection,
                "machine_detection_timeout": machine_detection_timeout,
                "machine_detection_speech_threshold": machine_detection_speech_threshold,
                "machine_detection_speech_end_threshold": machine_detection_speech_end_threshold,
                "machine_detection_silence_timeout": machine_detection_silence_timeout,
                "amd_status_callback": amd_status_callback,
                "amd_status_callback_method": amd_status_callback_method,
                "account_sid": account_sid,
            },
            options,
        )

    async def fetch(
        self,
        conference_sid: ConferenceSid,
        call_sid: str,
        *,
        account_sid: AccountSid | Unset = UNSET,
        options: RequestOptions | None = None,
    ) -> Participant:
        """Fetch a participant.

        Fetches one participant of a conference.

        `GET /Accounts/{AccountSid}/Conferences/{ConferenceSid}/Participants/{CallSid}.json`

        Args:
            account_sid: The SID of the account that owns the resource. Wire name
                `AccountSid`.
            conference_sid: The SID of the conference. Wire name `ConferenceSid`.
            call_sid: The SID of the participant's call, or the label that the participant was
                given. Wire name `CallSid`; at most 128 characters.

        Answers:
            200: The participant.
            400: A parameter is missing or not valid; code says which.
            401: The credentials are missing or wrong.
            403: The account is suspended or closed, or test credentials cannot do this.
            404: There is no such resource, or it belongs to another account.
            429: Too many requests at once. This one was not processed and can be sent again.
        """
        return await self._core.call(
            _ops.FETCH_PARTICIPANT,
            {"conference_sid": conference_sid, "call_sid": call_sid, "account_sid": account_sid},
            options,
        )

    async def update(
        self,
        conference_sid: ConferenceSid,
        call_sid: str,
        *,
        muted: bool | Unset = UNSET,
        hold: bool | Unset = UNSET,
        hold_url: str | Unset = UNSET,
        hold_method: HttpMethod | HttpMethodValue | Unset = UNSET,
        announce_url: str | Unset = UNSET,
        announce_method: HttpMethod | HttpMethodValue | Unset = UNSET,
        wait_url: str | Unset = UNSET,
        wait_method: HttpMethod | HttpMethodValue | Unset = UNSET,
        beep_on_exit: bool | Unset = UNSET,
        end_conference_on_exit: bool | Unset = UNSET,
        coaching: bool | Unset = UNSET,
        call_sid_to_coach: CallSid | Unset = UNSET,
        account_sid: AccountSid | Unset = UNSET,
        options: RequestOptions | None = None,
    ) -> Participant:
        """Update a participant.

        Mutes a participant, puts it on hold, plays it an announcement or lets it coach
        another one.

        `POST /Accounts/{AccountSid}/Conferences/{ConferenceSid}/Participants/{CallSid}.json`

        Args:
            account_sid: The SID of the account that owns the resource. Wire name
                `AccountSid`.
            conference_sid: The SID of the conference. Wire name `ConferenceSid`.
            call_sid: The SID of the participant's call, or the label that the participant was
                given. Wire name `CallSid`; at most 128 characters.
            muted: Whether the participant is muted. Wire name `Muted`.
            hold: Whether the participant is on hold. Wire name `Hold`.
            hold_url: Where the TwiML is fetched that is heard on hold. Wire name `HoldUrl`.
            hold_method: The HTTP method for HoldUrl; GET unless given. Wire name
                `HoldMethod`; one of GET, POST.
            announce_url: Where the TwiML of an announcement is fetched that this participant
                alone hears. Wire name `AnnounceUrl`.
            announce_method: The HTTP method for AnnounceUrl; POST unless given. Wire name
                `AnnounceMethod`; one of GET, POST.
            wait_url: Where the TwiML is fetched that is heard until the conference starts.
                Wire name `WaitUrl`.
            wait_method: The HTTP method for WaitUrl; POST unless given. Wire name
                `WaitMethod`; one of GET, POST.
            beep_on_exit: Whether a sound tells the others that the participant leaves. Wire
                name `BeepOnExit`.
            end_conference_on_exit: Whether the conference ends when the participant leaves.
                Wire name `EndConferenceOnExit`.
            coaching: Whether the participant coaches another one, who alone hears it. Wire
                name `Coaching`.
            call_sid_to_coach: The SID of the participant that is coached; required with
                Coaching. Wire name `CallSidToCoach`.

        Answers:
            200: The participant after the change.
            400: A parameter is missing or not valid; code says which.
            401: The credentials are missing or wrong.
            403: The account is suspended or closed, or test credentials cannot do this.
            404: There is no such resource, or it belongs to another account.
            429: Too many requests at once. This one was not processed and can be sent again.
        """
        return await self._core.call(
            _ops.UPDATE_PARTICIPANT,
            {
                "conference_sid": conference_sid,
                "call_sid": call_sid,
                "muted": muted,
                "hold": hold,
                "hold_url": hold_url,
                "hold_method": hold_method,
                "announce_url": announce_url,
                "announce_method": announce_method,
                "wait_url": wait_url,
                "wait_method": wait_method,
                "beep_on_exit": beep_on_exit,
                "end_conference_on_exit": end_conference_on_exit,
                "coaching": coaching,
                "call_sid_to_coach": call_sid_to_coach,
                "account_sid": account_sid,
            },
            options,
        )

    async def delete(
        self,
        conference_sid: ConferenceSid,
        call_sid: str,
        *,
        account_sid: AccountSid | Unset = UNSET,
        options: RequestOptions | None = None,
    ) -> None:
        """Remove a participant.

        Hangs up on a participant.

        `DELETE
        /Accounts/{AccountSid}/Conferences/{ConferenceSid}/Participants/{CallSid}.json`

        Args:
            account_sid: The SID of the account that owns the resource. Wire name
                `AccountSid`.
            conference_sid: The SID of the conference. Wire name `ConferenceSid`.
            call_sid: The SID of the participant's call, or the label that the participant was
                given. Wire name `CallSid`; at most 128 characters.

        Answers:
            204: The participant is removed.
            400: A parameter is missing or not valid; code says which.
            401: The credentials are missing or wrong.
            403: The account is suspended or closed, or test credentials cannot do this.
            404: There is no such resource, or it belongs to another account.
            429: Too many requests at once. This one was not processed and can be sent again.
        """
        await self._core.call(
            _ops.DELETE_PARTICIPANT,
            {"conference_sid": conference_sid, "call_sid": call_sid, "account_sid": account_sid},
            options,
        )


class AsyncQueuesApi:
    """Queues in which callers wait."""

    def __init__(self, core: AsyncCore) -> None:
        self._core = core

    def list(
        self,
        *,
        page_size: int | Unset = UNSET,
        page: int | Unset = UNSET,
        page_token: str | Unset = UNSET,
        account_sid: AccountSid | Unset = UNSET,
        options: RequestOptions | None = None,
    ) -> AsyncCsvPager[Queue, QueueList]:
        """List queues.

        Lists the call queues of the account.

        `GET /Accounts/{AccountSid}/Queues.json`

        Args:
            account_sid: The SID of the account that owns the resource. Wire name
                `AccountSid`.
            page_size: How many rows one page holds, 1000 at most; who asks for more gets
                1000. Wire name `PageSize`; at least 1; default 50.
            page: The number of the page, counted from 0; only together with PageToken. Wire
                name `Page`; at least 0.
            page_token: Where the page begins, as next_page_uri and previous_page_uri say.
                Wire name `PageToken`.

        Answers:
            200: One page of queues.
            400: A parameter is missing or not valid; code says which.
            401: The credentials are missing or wrong.
            403: The account is suspended or closed, or test credentials cannot do this.
            404: There is no such resource, or it belongs to another account.
            429: Too many requests at once. This one was not processed and can be sent again.
        """
        return AsyncCsvPager(
            self._core,
            _ops.LIST_QUEUES,
            {
                "page_size": page_size,
                "page": page,
                "page_token": page_token,
                "account_sid": account_sid,
            },
            options,
        )

    async def create(
        self,
        *,
        friendly_name: str,
        max_size: int | Unset = UNSET,
        account_sid: AccountSid | Unset = UNSET,
        options: RequestOptions | None = None,
    ) -> Queue:
        """Create a queue.

        Creates a queue in which callers can wait.

        `POST /Accounts/{AccountSid}/Queues.json`

        Args:
            account_sid: The SID of the account that owns the resource. Wire name
                `AccountSid`.
            friendly_name: A name for people to read, at most 64 characters long. Wire name
                `FriendlyName`; at most 64 characters.
            max_size: How many calls may wait in the queue at once. Wire name `MaxSize`; at
                most 5000; default 1000.

        Answers:
            201: The queue is created.
            400: A parameter is missing or not valid; code says which.
            401: The credentials are missing or wrong.
            403: The account is suspended or closed, or test credentials cannot do this.
            404: There is no such resource, or it belongs to another account.
            429: Too many requests at once. This one was not processed and can be sent again.
        """
        return await self._core.call(
            _ops.CREATE_QUEUE,
            {"friendly_name": friendly_name, "max_size": max_size, "account_sid": account_sid},
            options,
        )

    async def fetch(
        self,
        queue_sid: QueueSid,
        *,
        account_sid: AccountSid | Unset = UNSET,
        options: RequestOptions | None = None,
    ) -> Queue:
        """Fetch a queue.

        Fetches one queue, with its present size and waiting time.

        `GET /Accounts/{AccountSid}/Queues/{QueueSid}.json`

        Args:
            account_sid: The SID of the account that owns the resource. Wire name
                `AccountSid`.
            queue_sid: The SID of the queue. Wire name `QueueSid`.

        Answers:
            200: The queue.
            400: A parameter is missing or not valid; code says which.
            401: The credentials are missing or wrong.
            403: The account is suspended or closed, or test credentials cannot do this.
            404: There is no such resource, or it belongs to another account.
            429: Too many requests at once. This one was not processed and can be sent again.
        """
        return await self._core.call(
            _ops.FETCH_QUEUE,
            {"queue_sid": queue_sid, "account_sid": account_sid},
            options,
        )

    async def update(
        self,
        queue_sid: QueueSid,
        *,
        friendly_name: str | Unset = UNSET,
        max_size: int | Unset = UNSET,
        account_sid: AccountSid | Unset = UNSET,
        options: RequestOptions | None = None,
    ) -> Queue:
        """Update a queue.

        Renames a queue or changes how many calls it holds.

        `POST /Accounts/{AccountSid}/Queues/{QueueSid}.json`

        Args:
            account_sid: The SID of the account that owns the resource. Wire name
                `AccountSid`.
            queue_sid: The SID of the queue. Wire name `QueueSid`.
            friendly_name: The new name of the queue, at most 64 characters long. Wire name
                `FriendlyName`; at most 64 characters.
            max_size: How many calls may wait in the queue at once. Wire name `MaxSize`; at
                most 5000.

        Answers:
            200: The queue after the change.
            400: A parameter is missing or not valid; code says which.
            401: The credentials are missing or wrong.
            403: The account is suspended or closed, or test credentials cannot do this.
            404: There is no such resource, or it belongs to another account.
            429: Too many requests at once. This one was not processed and can be sent again.
        """
        return await self._core.call(
            _ops.UPDATE_QUEUE,
            {
                "queue_sid": queue_sid,
                "friendly_name": friendly_name,
                "max_size": max_size,
                "account_sid": account_sid,
            },
            options,
        )

    async def delete(
        self,
        queue_sid: QueueSid,
        *,
        account_sid: AccountSid | Unset = UNSET,
        options: RequestOptions | None = None,
    ) -> None:
        """Delete a queue.

        Deletes a queue. Only an empty queue can be deleted.

        `DELETE /Accounts/{AccountSid}/Queues/{QueueSid}.json`

        Args:
            account_sid: The SID of the account that owns the resource. Wire name
                `AccountSid`.
            queue_sid: The SID of the queue. Wire name `QueueSid`.

        Answers:
            204: The queue is deleted.
            400: A parameter is missing or not valid; code says which.
            401: The credentials are missing or wrong.
            403: The account is suspended or closed, or test credentials cannot do this.
            404: There is no such resource, or it belongs to another account.
            429: Too many requests at once. This one was not processed and can be sent again.
        """
        await self._core.call(
            _ops.DELETE_QUEUE,
            {"queue_sid": queue_sid, "account_sid": account_sid},
            options,
        )


class AsyncMembersApi:
    """Operations of members."""

    def __init__(self, core: AsyncCore) -> None:
        self._core = core

    def list(
        self,
        queue_sid: QueueSid,
        *,
        page_size: int | Unset = UNSET,
        page: int | Unset = UNSET,
        page_token: str | Unset = UNSET,
        account_sid: AccountSid | Unset = UNSET,
        options: RequestOptions | None = None,
    ) -> AsyncCsvPager[QueueMember, QueueMemberList]:
        """List the members of a queue.

        Lists the calls that wait in a queue.

        `GET /Accounts/{AccountSid}/Queues/{QueueSid}/Members.json`

        Args:
            account_sid: The SID of the account that owns the resource. Wire name
                `AccountSid`.
            queue_sid: The SID of the queue. Wire name `QueueSid`.
            page_size: How many rows one page holds, 1000 at most; who asks for more gets
                1000. Wire name `PageSize`; at least 1; default 50.
            page: The number of the page, counted from 0; only together with PageToken. Wire
                name `Page`; at least 0.
            page_token: Where the page begins, as next_page_uri and previous_page_uri say.
                Wire name `PageToken`.

        Answers:
            200: One page of members.
            400: A parameter is missing or not valid; code says which.
            401: The credentials are missing or wrong.
            403: The account is suspended or closed, or test credentials cannot do this.
            404: There is no such resource, or it belongs to another account.
            429: Too many requests at once. This one was not processed and can be sent again.
        """
        return AsyncCsvPager(
            self._core,
            _ops.LIST_QUEUE_MEMBERS,
            {
                "queue_sid": queue_sid,
                "page_size": page_size,
                "page": page,
                "page_token": page_token,
                "account_sid": account_sid,
            },
            options,
        )

    async def fetch(
        self,
        queue_sid: QueueSid,
        call_sid: CallSid | Literal["Front"],
        *,
        account_sid: AccountSid | Unset = UNSET,
        options: RequestOptions | None = None,
    ) -> QueueMember:
        """Fetch a member of a queue.

        Fetches one call that waits in a queue.

        `GET /Accounts/{AccountSid}/Queues/{QueueSid}/Members/{CallSid}.json`

        Args:
            account_sid: The SID of the account that owns the resource. Wire name
                `AccountSid`.
            queue_sid: The SID of the queue. Wire name `QueueSid`.
            call_sid: The SID of the waiting call, or Front for the one that has waited
                longest. Wire name `CallSid`.

        Answers:
            200: The member.
            400: A parameter is missing or not valid; code says which.
            401: The credentials are missing or wrong.
            403: The account is suspended or closed, or test credentials cannot do this.
            404: There is no such resource, or it belongs to another account.
            429: Too many requests at once. This one was not processed and can be sent again.
        """
        return await self._core.call(
            _ops.FETCH_QUEUE_MEMBER,
            {"queue_sid": queue_sid, "call_sid": call_sid, "account_sid": account_sid},
            options,
        )

    async def update(
        self,
        queue_sid: QueueSid,
        call_sid: CallSid | Literal["Front"],
        *,
        url: str,
        method: HttpMethod | HttpMethodValue | Unset = UNSET,
        account_sid: AccountSid | Unset = UNSET,
        options: RequestOptions | None = None,
    ) -> QueueMember:
        """Take a member out of a queue.

        Takes a call out of a queue and lets it continue with other TwiML.

        `POST /Accounts/{AccountSid}/Queues/{QueueSid}/Members/{CallSid}.json`

        Args:
            account_sid: The SID of the account that owns the resource. Wire name
                `AccountSid`.
            queue_sid: The SID of the queue. Wire name `QueueSid`.
            call_sid: The SID of the waiting call, or Front for the one that has waited
                longest. Wire name `CallSid`.
            url: Where the TwiML is fetched that the call continues with. Wire name `Url`.
            method: The HTTP method for Url; POST unless given. Wire name `Method`; one of
                GET, POST.

        Answers:
            200: The member, now out of the queue.
            400: A parameter is missing or not valid; code says which.
            401: The credentials are missing or wrong.
            403: The account is suspended or closed, or test credentials cannot do this.
            404: There is no such resource, or it belongs to another account.
            429: Too many requests at once. This one was not processed and can be sent again.
        """
        return await self._core.call(
            _ops.UPDATE_QUEUE_MEMBER,
            {
                "queue_sid": queue_sid,
                "call_sid": call_sid,
                "url": url,
                "method": method,
                "account_sid": account_sid,
            },
            options,
        )


class Client:
    """The client of Twilio Voice API.

    Credentials come from the arguments, or from the environment. Times are in seconds;
    `timeout` is for a request with all its tries. Requests that cannot do harm twice are
    tried again up to `max_retries` times.

    `http` takes any client object of httpx2's shape (`build_request`, `send`), for proxies,
    test transports and the like.
    """

    def __init__(
        self,
        account_sid: str | None = None,
        auth_token: str | None = None,
        api_key: str | None = None,
        api_key_secret: str | None = None,
        *,
        base_url: str = _ops.BASE_URL,
        timeout: float = 30.0,
        max_retries: int = 2,
        strict: bool = False,
        on_drift: Callable[[str, Drift], None] | None = None,
        http: Any = None,
    ) -> None:
        given: dict[str, str | None] = {
            "account_sid": account_sid,
            "auth_token": auth_token,
            "api_key": api_key,
            "api_key_secret": api_key_secret,
        }
        self.settings = Settings(
            base_url=base_url,
            credentials=gather(_ops.CREDENTIALS, given),
            schemes=_ops.SCHEMES,
            shape=_ops.ERROR_SHAPE,
            user_agent="twilio_voice/2.0",
            timeout=timeout,
            max_retries=max_retries,
            strict=strict,
            on_drift=on_drift,
            csv=_CSV,
        )
        self._core = SyncCore(self.settings, http)
        self.calls = CallsApi(self._core)
        self.recordings = RecordingsApi(self._core)
        self.conferences = ConferencesApi(self._core)
        self.participants = ParticipantsApi(self._core)
        self.queues = QueuesApi(self._core)
        self.members = MembersApi(self._core)

    def __repr__(self) -> str:
        return f"Client({self.settings.base_url!r})"

    @property
    def drifts(self) -> list[tuple[str, Drift]]:
        """The newest thousand places where answers differed from the document, by operation."""
        return list(self._core.judge.drifts)

    def record(self) -> AbstractContextManager[Recorded]:
        """Keep the raw answers of every request made inside a `with` block."""
        return recording()

    def close(self) -> None:
        """Close the connections. An HTTP client that was handed in stays open."""
        self._core.close()

    def __enter__(self) -> Client:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()


class AsyncClient:
    """The async client of Twilio Voice API.

    Credentials come from the arguments, or from the environment. Times are in seconds;
    `timeout` is for a request with all its tries. Requests that cannot do harm twice are
    tried again up to `max_retries` times.

    `http` takes any client object of httpx2's shape (`build_request`, `send`), for proxies,
    test transports and the like.
    """

    def __init__(
        self,
        account_sid: str | None = None,
        auth_token: str | None = None,
        api_key: str | None = None,
        api_key_secret: str | None = None,
        *,
        base_url: str = _ops.BASE_URL,
        timeout: float = 30.0,
        max_retries: int = 2,
        strict: bool = False,
        on_drift: Callable[[str, Drift], None] | None = None,
        http: Any = None,
    ) -> None:
        given: dict[str, str | None] = {
            "account_sid": account_sid,
            "auth_token": auth_token,
            "api_key": api_key,
            "api_key_secret": api_key_secret,
        }
        self.settings = Settings(
            base_url=base_url,
            credentials=gather(_ops.CREDENTIALS, given),
            schemes=_ops.SCHEMES,
            shape=_ops.ERROR_SHAPE,
            user_agent="twilio_voice/2.0",
            timeout=timeout,
            max_retries=max_retries,
            strict=strict,
            on_drift=on_drift,
            csv=_CSV,
        )
        self._core = AsyncCore(self.settings, http)
        self.calls = AsyncCallsApi(self._core)
        self.recordings = AsyncRecordingsApi(self._core)
        self.conferences = AsyncConferencesApi(self._core)
        self.participants = AsyncParticipantsApi(self._core)
        self.queues = AsyncQueuesApi(self._core)
        self.members = AsyncMembersApi(self._core)

    def __repr__(self) -> str:
        return f"AsyncClient({self.settings.base_url!r})"

    @property
    def drifts(self) -> list[tuple[str, Drift]]:
        """The newest thousand places where answers differed from the document, by operation."""
        return list(self._core.judge.drifts)

    def record(self) -> AbstractContextManager[Recorded]:
        """Keep the raw answers of every request made inside a `with` block."""
        return recording()

    async def close(self) -> None:
        """Close the connections. An HTTP client that was handed in stays open."""
        await self._core.close()

    async def __aenter__(self) -> AsyncClient:
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        await self.close()
