"""The group `conferences` of the API."""

from __future__ import annotations

from typing import Any

from ringback.emulator import conference_control, conferences
from ringback.emulator import shapes_rooms as shapes
from ringback.emulator import validation as v
from ringback.emulator.errors import invalid, not_found
from ringback.emulator.lists import equals, page, within
from ringback.emulator.records import ConferenceRecord
from ringback.emulator.statements import Bounds
from ringback.emulator.store import Transaction
from ringback.emulator.world import World
from twilio_voice import models
from twilio_voice import server as s


def room_of(tx: Transaction, account_sid: str, named: str) -> ConferenceRecord | None:
    """A room by its SID, or the live room of a name."""
    found = tx.get(ConferenceRecord, account_sid, named)
    return found or conferences.live(tx, account_sid, named)


class Conferences:
    """Finding conferences, ending them, and announcing something in them."""

    def __init__(self, world: World) -> None:
        self._world = world

    async def list(self, given: s.ListConferencesInput, /) -> s.ListConferencesAnswer:
        created = (given.date_created, given.date_created_before, given.date_created_after)
        updated = (given.date_updated, given.date_updated_before, given.date_updated_after)

        def keep(row: ConferenceRecord) -> bool:
            return (
                equals(given.friendly_name, row.friendly_name)
                and within(row.created, *created)
                and within(row.updated, *updated)
            )

        def work(tx: Transaction) -> dict[str, Any]:
            return page(
                self._world,
                tx,
                given,
                ConferenceRecord,
                given.account_sid,
                keep,
                shapes.conference,
                bounds=Bounds(status=str(given.status) if given.status else None),
            )

        envelope = await self._world.store.run(work, read=True)
        return s.ListConferences200(models.ConferenceList(**envelope))

    async def fetch(self, given: s.FetchConferenceInput, /) -> s.FetchConferenceAnswer:
        found = await self._world.store.run(
            lambda tx: tx.get(ConferenceRecord, given.account_sid, given.conference_sid), read=True
        )
        if found is None:
            raise not_found(given.request)
        return s.FetchConference200(shapes.conference(found))

    async def update(self, given: s.UpdateConferenceInput, /) -> s.UpdateConferenceAnswer:
        body = given.body
        v.check_urls(self._world.settings, body)

        def work(tx: Transaction) -> models.Conference:
            room = room_of(tx, given.account_sid, given.conference_sid)
            if room is None:
                raise not_found(given.request)
            if body.announce_url:
                if room.status == "completed":
                    raise invalid(20001, "Conference has ended. Cannot announce.")
                method = str(body.announce_method or "POST")
                conference_control.announce(tx, room, None, body.announce_url, method)
            if body.status:
                conferences.end(self._world, tx, room, "conference-ended-via-api")
            room = tx.get(ConferenceRecord, room.account_sid, room.sid) or room
            return shapes.conference(room)

        changed = await self._world.store.run(work)
        await self._world.acted()
        return s.UpdateConference200(changed)
