"""Calls and their recordings, in memory. A call stays `queued` until somebody ends it: nothing is dialled."""

from __future__ import annotations

import io
import wave

from memory_store import (
    Account,
    World,
    check_urls,
    equals,
    not_found,
    page_of,
    subresources,
    uri,
    within,
)
from msgspec.structs import replace

from twilio_voice import UNSET, models
from twilio_voice import server as s
from twilio_voice.models import (
    AccountSid,
    CallDirection,
    CallSid,
    CallStatus,
    RecordingSid,
    RecordingSource,
    RecordingStatus,
)

ENDED = (
    CallStatus.COMPLETED,
    CallStatus.CANCELED,
    CallStatus.BUSY,
    CallStatus.FAILED,
    CallStatus.NO_ANSWER,
)
RUNNING = (RecordingStatus.IN_PROGRESS, RecordingStatus.PAUSED)


def new_call(world: World, account_sid: AccountSid, to: str, from_: str) -> models.Call:
    """Put a queued call on the shelf."""
    sid, now = CallSid(world.mint("CA")), world.now()
    call = models.Call(
        sid=sid,
        account_sid=account_sid,
        parent_call_sid=None,
        to=to,
        to_formatted=to,
        from_=from_,
        from_formatted=from_,
        phone_number_sid=None,
        status=CallStatus.QUEUED,
        direction=CallDirection.OUTBOUND_API,
        price=None,
        price_unit="USD",
        duration=None,
        start_time=None,
        end_time=None,
        date_created=now,
        date_updated=now,
        answered_by=None,
        caller_name=None,
        forwarded_from=None,
        group_sid=None,
        uri=uri(account_sid, "Calls", sid),
        api_version="2010-04-01",
        subresource_uris=subresources(account_sid, "Calls", sid, "recordings"),
        queue_time=0,
        trunk_sid=None,
    )
    return world.account(account_sid).calls.put(sid, call)


def end_call(world: World, call: models.Call, status: CallStatus) -> models.Call:
    """End a call, and the recordings that still run; one that has ended stays as it is."""
    if call.status in ENDED:
        return call
    account = world.account(call.account_sid)
    ended = replace(call, status=status, end_time=world.now(), date_updated=world.now())
    for one in list(account.recordings.rows(lambda row: row.call_sid == call.sid)):
        if one.status in RUNNING:
            stop_recording(world, one)
    return account.calls.put(call.sid, ended)


class Calls:
    """The group `calls`."""

    def __init__(self, world: World) -> None:
        self._world = world

    def _call(self, given: s.FetchCallInput | s.UpdateCallInput | s.DeleteCallInput) -> models.Call:
        call = self._world.account(given.account_sid).calls.get(given.call_sid)
        if call is None:
            raise not_found(given.request)
        return call

    async def list(self, given: s.ListCallsInput, /) -> s.ListCallsAnswer:
        def keep(call: models.Call) -> bool:
            return (
                equals(given.to, call.to)
                and equals(given.from_, call.from_)
                and equals(given.status, call.status)
                and equals(given.parent_call_sid, call.parent_call_sid)
                and within(
                    call.start_time,
                    given.start_time,
                    given.start_time_before,
                    given.start_time_after,
                )
                and within(
                    call.end_time, given.end_time, given.end_time_before, given.end_time_after
                )
            )

        rows, envelope = page_of(given, self._world.account(given.account_sid).calls, keep)
        return s.ListCalls200(models.CallList(calls=rows, **envelope))

    async def create(self, given: s.CreateCallInput, /) -> s.CreateCallAnswer:
        check_urls(given.body)
        if not (given.body.url or given.body.twiml or given.body.application_sid):
            raise s.Fault(400, "Url parameter is required.", code=21205)
        call = new_call(self._world, given.account_sid, given.body.to, given.body.from_)
        return s.CreateCall201(call)

    async def fetch(self, given: s.FetchCallInput, /) -> s.FetchCallAnswer:
        return s.FetchCall200(self._call(given))

    async def update(self, given: s.UpdateCallInput, /) -> s.UpdateCallAnswer:
        check_urls(given.body)
        call = self._call(given)
        if call.status in ENDED:
            raise s.Fault(400, "Call is not in-progress. Cannot redirect.", code=21220)
        if given.body.status:
            call = end_call(self._world, call, CallStatus(given.body.status))
        else:
            changed = replace(call, date_updated=self._world.now())
            call = self._world.account(given.account_sid).calls.put(call.sid, changed)
        return s.UpdateCall200(call)

    async def delete(self, given: s.DeleteCallInput, /) -> s.DeleteCallAnswer:
        call = self._call(given)
        if call.status not in ENDED:
            raise s.Fault(409, "The call cannot be deleted before it has ended", code=20009)
        self._world.account(given.account_sid).calls.drop(call.sid)
        return s.DeleteCall204()


# -- recordings


def new_recording(
    world: World,
    account_sid: AccountSid,
    source: RecordingSource,
    *,
    call_sid: models.CallSid | None = None,
    conference_sid: models.ConferenceSid | None = None,
    channels: int = 1,
    track: models.RecordingTrack | None = None,
) -> models.Recording:
    """Put a running recording of a call or of a conference on the shelf."""
    sid, now = RecordingSid(world.mint("RE")), world.now()
    recording = models.Recording(
        sid=sid,
        account_sid=account_sid,
        call_sid=call_sid,
        conference_sid=conference_sid,
        channels=channels,
        status=RecordingStatus.IN_PROGRESS,
        duration=None,
        price=None,
        price_unit="USD",
        source=source,
        date_created=now,
        date_updated=now,
        uri=uri(account_sid, "Recordings", sid),
        api_version="2010-04-01",
        start_time=now,
        error_code=None,
        track=track,
        encryption_details=None,
        media_url="https://api.twilio.com" + uri(account_sid, "Recordings", sid, suffix=""),
        subresource_uris=subresources(account_sid, "Recordings", sid, "add_on_results"),
    )
    return world.account(account_sid).recordings.put(sid, recording)


def stop_recording(world: World, recording: models.Recording) -> models.Recording:
    """Complete a recording: it is as long as it has run."""
    seconds = int((world.now() - (recording.start_time or world.now())).total_seconds())
    return world.account(recording.account_sid).recordings.put(
        recording.sid,
        replace(
            recording,
            status=RecordingStatus.COMPLETED,
            duration=seconds,
            date_updated=world.now(),
        ),
    )


def of_account(recording: models.Recording) -> models.Recording:
    """A recording as it is shown among those of the account."""
    return replace(recording, track=UNSET)


def below(recording: models.Recording, *parent: str) -> models.Recording:
    """A recording as it is shown below its call or conference."""
    path = uri(recording.account_sid, *parent, "Recordings", recording.sid)
    return replace(recording, uri=path, media_url=UNSET)


class Recordings:
    """The group `recordings`: those of the account, of a call, of a conference."""

    def __init__(self, world: World) -> None:
        self._world = world

    # -- of the account

    async def list(self, given: s.ListRecordingsInput, /) -> s.ListRecordingsAnswer:
        def keep(row: models.Recording) -> bool:
            return (
                equals(given.call_sid, row.call_sid)
                and equals(given.conference_sid, row.conference_sid)
                and (given.include_soft_deleted is True or row.status != RecordingStatus.DELETED)
                and within(
                    row.date_created,
                    given.date_created,
                    given.date_created_before,
                    given.date_created_after,
                )
            )

        rows, envelope = page_of(given, self._world.account(given.account_sid).recordings, keep)
        shown = [of_account(row) for row in rows]
        return s.ListRecordings200(models.RecordingList(recordings=shown, **envelope))

    async def fetch(self, given: s.FetchRecordingInput, /) -> s.FetchRecordingAnswer:
        deleted = given.include_soft_deleted is True
        return s.FetchRecording200(of_account(self._recording(given, deleted=deleted)))

    async def delete(self, given: s.DeleteRecordingInput, /) -> s.DeleteRecordingAnswer:
        self._delete(self._recording(given))
        return s.DeleteRecording204()

    async def media_wav(self, given: s.FetchRecordingWavInput, /) -> s.FetchRecordingWavAnswer:
        channels = given.requested_channels or self._audible(given).channels or 1
        return s.FetchRecordingWav200(silent_wav(channels))

    async def media_mp3(self, given: s.FetchRecordingMp3Input, /) -> s.FetchRecordingMp3Answer:
        self._audible(given)
        return s.FetchRecordingMp3200(SILENT_MP3)

    # -- of a call

    async def list_for_call(
        self, given: s.ListCallRecordingsInput, /
    ) -> s.ListCallRecordingsAnswer:
        account = self._with_call(given)

        def keep(row: models.Recording) -> bool:
            return _listed(row, given) and row.call_sid == given.call_sid

        rows, envelope = page_of(given, account.recordings, keep)
        shown = [below(row, "Calls", given.call_sid) for row in rows]
        return s.ListCallRecordings200(models.RecordingList(recordings=shown, **envelope))

    async def create_for_call(
        self, given: s.CreateCallRecordingInput, /
    ) -> s.CreateCallRecordingAnswer:
        check_urls(given.body)
        if self._with_call(given).calls[given.call_sid].status in ENDED:
            raise s.Fault(400, "Requested resource is not eligible for recording", code=21220)
        recording = new_recording(
            self._world,
            given.account_sid,
            RecordingSource.START_CALL_RECORDING_API,
            call_sid=given.call_sid,
            channels=2 if given.body.recording_channels == "dual" else 1,
            track=given.body.recording_track or models.RecordingTrack.BOTH,
        )
        return s.CreateCallRecording201(below(recording, "Calls", given.call_sid))

    async def fetch_for_call(
        self, given: s.FetchCallRecordingInput, /
    ) -> s.FetchCallRecordingAnswer:
        return s.FetchCallRecording200(below(self._of_call(given), "Calls", given.call_sid))

    async def update_for_call(
        self, given: s.UpdateCallRecordingInput, /
    ) -> s.UpdateCallRecordingAnswer:
        changed = self._change(self._of_call(given), given.body.status)
        return s.UpdateCallRecording200(below(changed, "Calls", given.call_sid))

    async def delete_for_call(
        self, given: s.DeleteCallRecordingInput, /
    ) -> s.DeleteCallRecordingAnswer:
        self._delete(self._of_call(given))
        return s.DeleteCallRecording204()

    # -- of a conference

    async def list_for_conference(
        self, given: s.ListConferenceRecordingsInput, /
    ) -> s.ListConferenceRecordingsAnswer:
        account = self._world.account(given.account_sid)
        if account.conferences.get(given.conference_sid) is None:
            raise not_found(given.request)

        def keep(row: models.Recording) -> bool:
            return _listed(row, given) and row.conference_sid == given.conference_sid

        rows, envelope = page_of(given, account.recordings, keep)
        shown = [below(row, "Conferences", given.conference_sid) for row in rows]
        return s.ListConferenceRecordings200(models.RecordingList(recordings=shown, **envelope))

    async def fetch_for_conference(
        self, given: s.FetchConferenceRecordingInput, /
    ) -> s.FetchConferenceRecordingAnswer:
        found = self._of_conference(given)
        return s.FetchConferenceRecording200(below(found, "Conferences", given.conference_sid))

    async def update_for_conference(
        self, given: s.UpdateConferenceRecordingInput, /
    ) -> s.UpdateConferenceRecordingAnswer:
        changed = self._change(self._of_conference(given), given.body.status)
        return s.UpdateConferenceRecording200(below(changed, "Conferences", given.conference_sid))

    async def delete_for_conference(
        self, given: s.DeleteConferenceRecordingInput, /
    ) -> s.DeleteConferenceRecordingAnswer:
        self._delete(self._of_conference(given))
        return s.DeleteConferenceRecording204()

    # -- finding and changing

    def _recording(
        self,
        given: (
            s.FetchRecordingInput
            | s.DeleteRecordingInput
            | s.FetchRecordingWavInput
            | s.FetchRecordingMp3Input
        ),
        *,
        deleted: bool = False,
    ) -> models.Recording:
        found = self._world.account(given.account_sid).recordings.get(given.recording_sid)
        if found is None or (found.status == RecordingStatus.DELETED and not deleted):
            raise not_found(given.request)
        return found

    def _audible(
        self, given: s.FetchRecordingWavInput | s.FetchRecordingMp3Input
    ) -> models.Recording:
        found = self._recording(given)
        if found.status != RecordingStatus.COMPLETED:
            raise not_found(given.request)
        return found

    def _with_call(self, given: s.ListCallRecordingsInput | s.CreateCallRecordingInput) -> Account:
        account = self._world.account(given.account_sid)
        if account.calls.get(given.call_sid) is None:
            raise not_found(given.request)
        return account

    def _of_call(
        self,
        given: s.FetchCallRecordingInput | s.UpdateCallRecordingInput | s.DeleteCallRecordingInput,
    ) -> models.Recording:
        """The recording of a call; `Twilio.CURRENT` is the newest one that runs."""
        current = given.recording_sid == "Twilio.CURRENT"

        def fits(row: models.Recording) -> bool:
            named = row.status in RUNNING if current else row.sid == given.recording_sid
            return (
                named and row.call_sid == given.call_sid and row.status != RecordingStatus.DELETED
            )

        found = next(self._world.account(given.account_sid).recordings.rows(fits), None)
        if found is None:
            raise not_found(given.request)
        return found

    def _of_conference(
        self,
        given: (
            s.FetchConferenceRecordingInput
            | s.UpdateConferenceRecordingInput
            | s.DeleteConferenceRecordingInput
        ),
    ) -> models.Recording:
        current = given.recording_sid == "Twilio.CURRENT"

        def fits(row: models.Recording) -> bool:
            named = row.status in RUNNING if current else row.sid == given.recording_sid
            return (
                named
                and row.conference_sid == given.conference_sid
                and row.status != RecordingStatus.DELETED
            )

        found = next(self._world.account(given.account_sid).recordings.rows(fits), None)
        if found is None:
            raise not_found(given.request)
        return found

    def _change(
        self, recording: models.Recording, status: models.RecordingStatusUpdate
    ) -> models.Recording:
        if recording.status not in RUNNING:
            raise s.Fault(400, "The recording is not in progress", code=21220)
        if status == models.RecordingStatusUpdate.STOPPED:
            return replace(
                stop_recording(self._world, recording),
                status=RecordingStatus.STOPPED,
                duration=None,
            )
        changed = replace(recording, status=RecordingStatus(status), date_updated=self._world.now())
        return self._world.account(recording.account_sid).recordings.put(recording.sid, changed)

    def _delete(self, recording: models.Recording) -> None:
        """The audio goes, the metadata stays for those who ask for deleted recordings too."""
        if recording.status in RUNNING:
            raise s.Fault(409, "The recording is not complete", code=20009)
        gone = replace(recording, status=RecordingStatus.DELETED, date_updated=self._world.now())
        self._world.account(recording.account_sid).recordings.put(recording.sid, gone)


def _listed(
    row: models.Recording, given: s.ListCallRecordingsInput | s.ListConferenceRecordingsInput
) -> bool:
    return row.status != RecordingStatus.DELETED and within(
        row.date_created, given.date_created, given.date_created_before, given.date_created_after
    )


SILENT_MP3 = b"\xff\xfb\x90\x00" + bytes(413)
"""One frame of MPEG-1 layer III, 128 kbit/s, 44.1 kHz: 26 ms of silence."""


def silent_wav(channels: int) -> bytes:
    """A tenth of a second of silence, 8 kHz, 16 bits."""
    target = io.BytesIO()
    with wave.open(target, "wb") as audio:
        audio.setnchannels(channels)
        audio.setsampwidth(2)
        audio.setframerate(8000)
        audio.writeframes(bytes(2 * channels * 800))
    return target.getvalue()
