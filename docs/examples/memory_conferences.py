"""Conferences, their participants, queues and their members, in memory."""

from __future__ import annotations

from collections.abc import Sequence

from memory_calls import end_call, new_call, new_recording, stop_recording
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

from twilio_voice import models
from twilio_voice import server as s
from twilio_voice.models import (
    AccountSid,
    CallStatus,
    ConferenceEndReason,
    ConferenceRecord,
    ConferenceSid,
    ConferenceStatus,
    ParticipantStatus,
    QueueSid,
    RecordingSource,
)


def find_conference(account: Account, name: str) -> models.Conference | None:
    """A conference by its SID, or the live one that has this name."""
    by_sid = account.conferences.get(name)
    if by_sid is not None:
        return by_sid
    live = account.conferences.rows(lambda row: row.status != ConferenceStatus.COMPLETED)
    return next((row for row in live if row.friendly_name == name), None)


def new_conference(world: World, account_sid: AccountSid, name: str) -> models.Conference:
    """Put a conference that nobody has joined yet on the shelf."""
    sid, now = ConferenceSid(world.mint("CF")), world.now()
    conference = models.Conference(
        sid=sid,
        account_sid=account_sid,
        friendly_name=name,
        status=ConferenceStatus.INIT,
        region="us1",
        reason_conference_ended=None,
        call_sid_ending_conference=None,
        date_created=now,
        date_updated=now,
        uri=uri(account_sid, "Conferences", sid),
        subresource_uris=subresources(
            account_sid, "Conferences", sid, "participants", "recordings"
        ),
        api_version="2010-04-01",
    )
    return world.account(account_sid).conferences.put(sid, conference)


def new_participant(
    world: World, conference: models.Conference, body: models.CreateParticipantRequest
) -> models.Participant:
    """Make a call that joins a conference."""
    account_sid = conference.account_sid
    call = new_call(world, account_sid, body.to, body.from_)
    participant = models.Participant(
        call_sid=call.sid,
        conference_sid=conference.sid,
        account_sid=account_sid,
        muted=body.muted or False,
        hold=False,
        coaching=body.coaching or False,
        status=ParticipantStatus.QUEUED,
        start_conference_on_enter=body.start_conference_on_enter is not False,
        end_conference_on_exit=body.end_conference_on_exit or False,
        date_created=world.now(),
        date_updated=world.now(),
        uri=uri(account_sid, "Conferences", conference.sid, "Participants", call.sid),
        label=body.label or None,
        call_sid_to_coach=body.call_sid_to_coach or None,
    )
    return world.account(account_sid).participants.put(call.sid, participant)


def end_conference(
    world: World, conference: models.Conference, reason: ConferenceEndReason
) -> models.Conference:
    """End a conference, the calls in it and its recordings."""
    account = world.account(conference.account_sid)
    last = None
    for one in list(account.participants.rows(lambda row: row.conference_sid == conference.sid)):
        last = one.call_sid
        remove_participant(world, one)
    for recording in list(
        account.recordings.rows(lambda row: row.conference_sid == conference.sid)
    ):
        if recording.status in ("in-progress", "paused"):
            stop_recording(world, recording)
    ended = replace(
        conference,
        status=ConferenceStatus.COMPLETED,
        reason_conference_ended=reason,
        call_sid_ending_conference=last,
        date_updated=world.now(),
    )
    return account.conferences.put(conference.sid, ended)


def remove_participant(world: World, participant: models.Participant) -> None:
    """Take a participant out of its conference and end its call."""
    account = world.account(participant.account_sid)
    account.participants.drop(participant.call_sid)
    call = account.calls.get(participant.call_sid)
    if call is not None:
        end_call(world, call, CallStatus.COMPLETED)


class Conferences:
    """The group `conferences`."""

    def __init__(self, world: World) -> None:
        self._world = world

    async def list(self, given: s.ListConferencesInput, /) -> s.ListConferencesAnswer:
        def keep(row: models.Conference) -> bool:
            created = (given.date_created, given.date_created_before, given.date_created_after)
            updated = (given.date_updated, given.date_updated_before, given.date_updated_after)
            return (
                equals(given.status, row.status)
                and equals(given.friendly_name, row.friendly_name)
                and within(row.date_created, *created)
                and within(row.date_updated, *updated)
            )

        rows, envelope = page_of(given, self._world.account(given.account_sid).conferences, keep)
        return s.ListConferences200(models.ConferenceList(conferences=rows, **envelope))

    async def fetch(self, given: s.FetchConferenceInput, /) -> s.FetchConferenceAnswer:
        found = self._world.account(given.account_sid).conferences.get(given.conference_sid)
        if found is None:
            raise not_found(given.request)
        return s.FetchConference200(found)

    async def update(self, given: s.UpdateConferenceInput, /) -> s.UpdateConferenceAnswer:
        check_urls(given.body)
        account = self._world.account(given.account_sid)
        found = find_conference(account, given.conference_sid)
        if found is None:
            raise not_found(given.request)
        if given.body.status and found.status != ConferenceStatus.COMPLETED:
            reason = ConferenceEndReason.CONFERENCE_ENDED_VIA_API
            found = end_conference(self._world, found, reason)
        return s.UpdateConference200(found)


class Participants:
    """The group `participants`."""

    def __init__(self, world: World) -> None:
        self._world = world

    async def list(self, given: s.ListParticipantsInput, /) -> s.ListParticipantsAnswer:
        account = self._world.account(given.account_sid)
        if account.conferences.get(given.conference_sid) is None:
            raise not_found(given.request)

        def keep(row: models.Participant) -> bool:
            return (
                row.conference_sid == given.conference_sid
                and equals(given.muted, row.muted)
                and equals(given.hold, row.hold)
                and equals(given.coaching, row.coaching)
            )

        rows, envelope = page_of(given, account.participants, keep)
        return s.ListParticipants200(models.ParticipantList(participants=rows, **envelope))

    async def create(self, given: s.CreateParticipantInput, /) -> s.CreateParticipantAnswer:
        check_urls(given.body)
        participant = new_participant(self._world, self._joined(given), given.body)
        return s.CreateParticipant201(replace(participant, queue_time=0))

    async def fetch(self, given: s.FetchParticipantInput, /) -> s.FetchParticipantAnswer:
        return s.FetchParticipant200(self._participant(given))

    async def update(self, given: s.UpdateParticipantInput, /) -> s.UpdateParticipantAnswer:
        check_urls(given.body)
        found, body = self._participant(given), given.body
        muted, hold, coaching = body.muted, body.hold, body.coaching
        changed = replace(
            found,
            muted=muted if isinstance(muted, bool) else found.muted,
            hold=hold if isinstance(hold, bool) else found.hold,
            coaching=coaching if isinstance(coaching, bool) else found.coaching,
            end_conference_on_exit=(
                body.end_conference_on_exit
                if isinstance(body.end_conference_on_exit, bool)
                else found.end_conference_on_exit
            ),
            call_sid_to_coach=body.call_sid_to_coach or found.call_sid_to_coach,
            date_updated=self._world.now(),
        )
        self._world.account(given.account_sid).participants.put(found.call_sid, changed)
        return s.UpdateParticipant200(changed)

    async def delete(self, given: s.DeleteParticipantInput, /) -> s.DeleteParticipantAnswer:
        found = self._participant(given)
        account = self._world.account(given.account_sid)
        conference = account.conferences[found.conference_sid]
        remove_participant(self._world, found)
        left = account.participants.rows(lambda row: row.conference_sid == conference.sid)
        reason = ConferenceEndReason.LAST_PARTICIPANT_KICKED
        if found.end_conference_on_exit:
            reason = ConferenceEndReason.PARTICIPANT_WITH_END_CONFERENCE_ON_EXIT_KICKED
        if found.end_conference_on_exit or next(left, None) is None:
            ended = end_conference(self._world, conference, reason)
            account.conferences.put(
                ended.sid, replace(ended, call_sid_ending_conference=found.call_sid)
            )
        return s.DeleteParticipant204()

    def _joined(self, given: s.CreateParticipantInput) -> models.Conference:
        """The conference to join. A name makes one where there is none; a SID does not."""
        account = self._world.account(given.account_sid)
        found = find_conference(account, given.conference_sid)
        if found is not None and found.status == ConferenceStatus.COMPLETED:
            found = None
        if found is None and _is_sid(given.conference_sid):
            raise not_found(given.request)
        if found is None:
            found = new_conference(self._world, given.account_sid, given.conference_sid)
            if given.body.conference_record in (
                ConferenceRecord.TRUE,
                ConferenceRecord.RECORD_FROM_START,
            ):
                source = RecordingSource.CONFERENCE
                new_recording(self._world, given.account_sid, source, conference_sid=found.sid)
            return found
        return account.conferences.put(
            found.sid,
            replace(found, status=ConferenceStatus.IN_PROGRESS, date_updated=self._world.now()),
        )

    def _participant(
        self,
        given: s.FetchParticipantInput | s.UpdateParticipantInput | s.DeleteParticipantInput,
    ) -> models.Participant:
        def fits(row: models.Participant) -> bool:
            named = given.call_sid in (row.call_sid, row.label)
            return named and row.conference_sid == given.conference_sid

        found = next(self._world.account(given.account_sid).participants.rows(fits), None)
        if found is None:
            raise not_found(given.request)
        return found


def _is_sid(name: str) -> bool:
    digits = name[2:].lower()
    return name[:2] == "CF" and len(digits) == 32 and set(digits) <= set("0123456789abcdef")


# -- queues


def new_queue(
    world: World, account_sid: AccountSid, name: str, max_size: int = 1000
) -> models.Queue:
    """Put an empty queue on the shelf."""
    sid, now = QueueSid(world.mint("QU")), world.now()
    queue = models.Queue(
        sid=sid,
        account_sid=account_sid,
        friendly_name=name,
        current_size=0,
        max_size=max_size,
        average_wait_time=0,
        date_created=now,
        date_updated=now,
        uri=uri(account_sid, "Queues", sid),
    )
    return world.account(account_sid).queues.put(sid, queue)


class Queues:
    """The group `queues`."""

    def __init__(self, world: World) -> None:
        self._world = world

    async def list(self, given: s.ListQueuesInput, /) -> s.ListQueuesAnswer:
        account = self._world.account(given.account_sid)
        rows, envelope = page_of(given, account.queues, lambda _: True)
        shown = [self._counted(row) for row in rows]
        return s.ListQueues200(models.QueueList(queues=shown, **envelope))

    async def create(self, given: s.CreateQueueInput, /) -> s.CreateQueueAnswer:
        size = given.body.max_size if isinstance(given.body.max_size, int) else 1000
        name = given.body.friendly_name
        return s.CreateQueue201(new_queue(self._world, given.account_sid, name, size))

    async def fetch(self, given: s.FetchQueueInput, /) -> s.FetchQueueAnswer:
        return s.FetchQueue200(self._counted(self._queue(given)))

    async def update(self, given: s.UpdateQueueInput, /) -> s.UpdateQueueAnswer:
        found, size = self._queue(given), given.body.max_size
        changed = replace(
            found,
            friendly_name=given.body.friendly_name or found.friendly_name,
            max_size=size if isinstance(size, int) else found.max_size,
            date_updated=self._world.now(),
        )
        self._world.account(given.account_sid).queues.put(found.sid, changed)
        return s.UpdateQueue200(self._counted(changed))

    async def delete(self, given: s.DeleteQueueInput, /) -> s.DeleteQueueAnswer:
        queue = self._counted(self._queue(given))
        if queue.current_size:
            raise s.Fault(400, "The queue is not empty", code=20009)
        self._world.account(given.account_sid).queues.drop(queue.sid)
        return s.DeleteQueue204()

    def _queue(
        self, given: s.FetchQueueInput | s.UpdateQueueInput | s.DeleteQueueInput
    ) -> models.Queue:
        found = self._world.account(given.account_sid).queues.get(given.queue_sid)
        if found is None:
            raise not_found(given.request)
        return found

    def _counted(self, queue: models.Queue) -> models.Queue:
        """A queue with the figures of this moment."""
        waiting = waiting_in(self._world, queue.account_sid, queue.sid)
        seconds = sum(one.wait_time for one in waiting)
        average = round(seconds / len(waiting)) if waiting else 0
        return replace(queue, current_size=len(waiting), average_wait_time=average)


def waiting_in(
    world: World, account_sid: AccountSid, queue_sid: QueueSid
) -> list[models.QueueMember]:
    """The members of a queue, the longest waiting first, with their places and times of this moment."""
    rows = world.account(account_sid).members.rows(lambda row: row.queue_sid == queue_sid)
    return [
        replace(
            row,
            position=place,
            wait_time=int((world.now() - (row.date_enqueued or world.now())).total_seconds()),
        )
        for place, row in enumerate(rows, 1)
    ]


class Members:
    """The group `members`."""

    def __init__(self, world: World) -> None:
        self._world = world

    async def list(self, given: s.ListQueueMembersInput, /) -> s.ListQueueMembersAnswer:
        account = self._world.account(given.account_sid)
        if account.queues.get(given.queue_sid) is None:
            raise not_found(given.request)
        waiting = {one.call_sid: one for one in self._waiting(given)}
        rows, envelope = page_of(given, account.members, lambda row: row.call_sid in waiting)
        shown = [waiting[row.call_sid] for row in rows]
        return s.ListQueueMembers200(models.QueueMemberList(queue_members=shown, **envelope))

    async def fetch(self, given: s.FetchQueueMemberInput, /) -> s.FetchQueueMemberAnswer:
        return s.FetchQueueMember200(self._member(given))

    async def update(self, given: s.UpdateQueueMemberInput, /) -> s.UpdateQueueMemberAnswer:
        check_urls(given.body)
        member = self._member(given)
        self._world.account(given.account_sid).members.drop(member.call_sid)
        return s.UpdateQueueMember200(member)

    def _waiting(
        self,
        given: s.ListQueueMembersInput | s.FetchQueueMemberInput | s.UpdateQueueMemberInput,
    ) -> Sequence[models.QueueMember]:
        return waiting_in(self._world, given.account_sid, given.queue_sid)

    def _member(
        self, given: s.FetchQueueMemberInput | s.UpdateQueueMemberInput
    ) -> models.QueueMember:
        """A waiting call by its SID; `Front` is the one that has waited longest."""
        for member in self._waiting(given):
            if given.call_sid in ("Front", member.call_sid):
                return member
        raise not_found(given.request)
