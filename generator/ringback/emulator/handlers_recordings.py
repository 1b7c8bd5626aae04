"""The group `recordings` of the API: those of the account, of a call, of a conference, and their sound."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any

from ringback.emulator import media, recordings
from ringback.emulator import shapes_rooms as shapes
from ringback.emulator import validation as v
from ringback.emulator.errors import invalid, not_found
from ringback.emulator.lists import equals, page, within
from ringback.emulator.records import CallRecord, ConferenceRecord, RecordingRecord
from ringback.emulator.statements import Bounds
from ringback.emulator.store import Transaction
from ringback.emulator.world import World
from twilio_voice import models
from twilio_voice import server as s

NOT_IN_PROGRESS = 21220
_MONO_ONLY = 16113
_SEVERAL = 16108


class Recordings:
    """Starting, pausing, stopping, listing, fetching and deleting recordings."""

    def __init__(self, world: World) -> None:
        self._world = world

    # -- of the account

    async def list(self, given: s.ListRecordingsInput, /) -> s.ListRecordingsAnswer:
        parent = given.conference_sid or given.call_sid or None

        def keep(row: RecordingRecord) -> bool:
            return (
                equals(given.call_sid, row.call_sid)
                and equals(given.conference_sid, row.conference_sid)
                and (given.include_soft_deleted is True or row.status != "deleted")
                and _created_within(row, given)
            )

        envelope = await self._world.store.run(
            lambda tx: self._page(tx, given, keep, shapes.recording, parent), read=True
        )
        return s.ListRecordings200(models.RecordingList(**envelope))

    async def fetch(self, given: s.FetchRecordingInput, /) -> s.FetchRecordingAnswer:
        deleted = given.include_soft_deleted is True
        found = await self._world.store.run(
            lambda tx: _recording(tx, given, deleted=deleted), read=True
        )
        return s.FetchRecording200(shapes.recording(found))

    async def delete(self, given: s.DeleteRecordingInput, /) -> s.DeleteRecordingAnswer:
        await self._delete(lambda tx: _recording(tx, given))
        return s.DeleteRecording204()

    async def media_wav(self, given: s.FetchRecordingWavInput, /) -> s.FetchRecordingWavAnswer:
        seconds, channels = await self._sound(given)
        return s.FetchRecordingWav200(await asyncio.to_thread(media.wav, seconds, channels))

    async def media_mp3(self, given: s.FetchRecordingMp3Input, /) -> s.FetchRecordingMp3Answer:
        seconds, channels = await self._sound(given)
        return s.FetchRecordingMp3200(await asyncio.to_thread(media.mp3, seconds, channels))

    # -- of a call

    async def list_for_call(
        self, given: s.ListCallRecordingsInput, /
    ) -> s.ListCallRecordingsAnswer:
        def work(tx: Transaction) -> dict[str, Any]:
            _call(tx, given)
            keep = _listed(given)
            return self._page(tx, given, keep, shapes.recording_of_call, given.call_sid)

        envelope = await self._world.store.run(work, read=True)
        return s.ListCallRecordings200(models.RecordingList(**envelope))

    async def create_for_call(
        self, given: s.CreateCallRecordingInput, /
    ) -> s.CreateCallRecordingAnswer:
        body, settings = given.body, self._world.settings
        v.check_urls(settings, body)

        def work(tx: Transaction) -> models.Recording:
            call = _call(tx, given)
            if call.status != "in-progress":
                told = "Requested resource is not eligible for recording"
                raise s.Fault(settings.ended_recording_status, told, code=NOT_IN_PROGRESS)
            started = recordings.start(
                self._world,
                tx,
                call.account_sid,
                call=call,
                source="StartCallRecordingAPI",
                channels=2 if body.recording_channels == "dual" else 1,
                track=str(body.recording_track or "both"),
                trim=str(body.trim or "do-not-trim"),
                callback=str(body.recording_status_callback or ""),
                callback_method=str(body.recording_status_callback_method or "POST"),
                callback_events=body.recording_status_callback_event or (),
            )
            return shapes.recording_of_call(started)

        started = await self._world.store.run(work)
        await self._world.acted()
        return s.CreateCallRecording201(started)

    async def fetch_for_call(
        self, given: s.FetchCallRecordingInput, /
    ) -> s.FetchCallRecordingAnswer:
        found = await self._world.store.run(lambda tx: _below(tx, given, given.call_sid), read=True)
        return s.FetchCallRecording200(shapes.recording_of_call(found))

    async def update_for_call(
        self, given: s.UpdateCallRecordingInput, /
    ) -> s.UpdateCallRecordingAnswer:
        changed = await self._update(given, given.call_sid)
        return s.UpdateCallRecording200(shapes.recording_of_call(changed))

    async def delete_for_call(
        self, given: s.DeleteCallRecordingInput, /
    ) -> s.DeleteCallRecordingAnswer:
        await self._delete(lambda tx: _below(tx, given, given.call_sid))
        return s.DeleteCallRecording204()

    # -- of a conference

    async def list_for_conference(
        self, given: s.ListConferenceRecordingsInput, /
    ) -> s.ListConferenceRecordingsAnswer:
        def work(tx: Transaction) -> dict[str, Any]:
            if tx.get(ConferenceRecord, given.account_sid, given.conference_sid) is None:
                raise not_found(given.request)
            keep, show = _listed(given), shapes.recording_of_conference
            return self._page(tx, given, keep, show, given.conference_sid)

        envelope = await self._world.store.run(work, read=True)
        return s.ListConferenceRecordings200(models.RecordingList(**envelope))

    async def fetch_for_conference(
        self, given: s.FetchConferenceRecordingInput, /
    ) -> s.FetchConferenceRecordingAnswer:
        found = await self._world.store.run(
            lambda tx: _below(tx, given, given.conference_sid), read=True
        )
        return s.FetchConferenceRecording200(shapes.recording_of_conference(found))

    async def update_for_conference(
        self, given: s.UpdateConferenceRecordingInput, /
    ) -> s.UpdateConferenceRecordingAnswer:
        changed = await self._update(given, given.conference_sid)
        return s.UpdateConferenceRecording200(shapes.recording_of_conference(changed))

    async def delete_for_conference(
        self, given: s.DeleteConferenceRecordingInput, /
    ) -> s.DeleteConferenceRecordingAnswer:
        await self._delete(lambda tx: _below(tx, given, given.conference_sid))
        return s.DeleteConferenceRecording204()

    # -- what they share

    def _page(
        self,
        tx: Transaction,
        given: Any,
        keep: Callable[[RecordingRecord], bool],
        show: Callable[[RecordingRecord], models.Recording],
        parent: str | None,
    ) -> dict[str, Any]:
        account, bounds = given.account_sid, Bounds(parent=parent)
        return page(self._world, tx, given, RecordingRecord, account, keep, show, bounds=bounds)

    async def _update(
        self,
        given: s.UpdateCallRecordingInput | s.UpdateConferenceRecordingInput,
        parent: str,
    ) -> RecordingRecord:
        wanted, behavior = str(given.body.status), str(given.body.pause_behavior or "silence")

        def work(tx: Transaction) -> RecordingRecord:
            recording = _below(tx, given, parent)
            if recording.status not in recordings.RUNNING:
                raise invalid(NOT_IN_PROGRESS, "Recording is not in progress. Cannot update.")
            if wanted == "paused":
                recordings.pause(self._world, tx, recording, behavior)
            elif wanted == "in-progress":
                recordings.resume(self._world, tx, recording)
            else:
                recordings.stop(self._world, tx, recording)
            return recording

        changed = await self._world.store.run(work)
        await self._world.acted()
        return changed

    async def _delete(self, find: Callable[[Transaction], RecordingRecord]) -> None:
        def work(tx: Transaction) -> None:
            recording = find(tx)
            if recording.status not in recordings.FINISHED:
                status = self._world.settings.deletion_conflict_status
                told = "Cannot delete this resource before it is complete"
                raise s.Fault(status, told, code=20009)
            recordings.delete(self._world, tx, recording)

        await self._world.store.run(work)
        await self._world.acted()

    async def _sound(
        self, given: s.FetchRecordingWavInput | s.FetchRecordingMp3Input
    ) -> tuple[int, int]:
        """Seconds and channels of what is fetched. A conference is mixed into one channel unless two are asked for."""
        found = await self._world.store.run(lambda tx: _recording(tx, given), read=True)
        if found.status != "completed":
            raise not_found(given.request)
        usual = 1 if found.conference_sid else found.channels
        channels = given.requested_channels or usual
        if channels > usual and not found.conference_sid and not self._world.settings.mono_as_dual:
            told = "Cannot download a dual-channel presentation of a mono recording"
            raise invalid(_MONO_ONLY, told)
        return min(found.seconds or 0, self._world.settings.longest_media), channels


def _created_within(row: RecordingRecord, given: Any) -> bool:
    return within(
        row.created, given.date_created, given.date_created_before, given.date_created_after
    )


def _listed(given: Any) -> Callable[[RecordingRecord], bool]:
    return lambda row: row.status != "deleted" and _created_within(row, given)


def _call(tx: Transaction, given: Any) -> CallRecord:
    call = tx.get(CallRecord, given.account_sid, given.call_sid)
    if call is None:
        raise not_found(given.request)
    return call


def _recording(tx: Transaction, given: Any, *, deleted: bool = False) -> RecordingRecord:
    found = tx.get(RecordingRecord, given.account_sid, given.recording_sid)
    if found is None or (found.status == "deleted" and not deleted):
        raise not_found(given.request)
    return found


def _below(tx: Transaction, given: Any, parent: str) -> RecordingRecord:
    """A recording of a call or conference by its SID, or the one that runs."""
    if given.recording_sid == recordings.CURRENT:
        running = recordings.running(tx, given.account_sid, parent)
        if not running:
            raise not_found(given.request)
        if len(running) > 1:
            raise invalid(_SEVERAL, "There is more than one active recording: name one by its SID.")
        return running[0]
    found = _recording(tx, given)
    if found.below() != parent:
        raise not_found(given.request)
    return found
