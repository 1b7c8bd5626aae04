"""The group `calls` of the API."""

from __future__ import annotations

from typing import Any

from ringback.emulator import calls, shapes
from ringback.emulator import validation as v
from ringback.emulator.errors import invalid, not_found
from ringback.emulator.lists import equals, page, span
from ringback.emulator.records import AccountRecord, CallRecord
from ringback.emulator.statements import Bounds
from ringback.emulator.store import Transaction, column
from ringback.emulator.world import World
from twilio_voice import UNSET, models
from twilio_voice import server as s


def _text(value: Any, default: str = "") -> str:
    return default if value is UNSET or value is None else str(value)


def _optional(value: Any) -> str | None:
    return None if value is UNSET else str(value)


class Calls:
    """Making, watching and changing calls."""

    def __init__(self, world: World) -> None:
        self._world = world

    def _call(self, tx: Transaction, given: Any) -> CallRecord:
        call = tx.get(CallRecord, given.account_sid, given.call_sid)
        if call is None:
            raise not_found(given.request)
        return call

    async def list(self, given: s.ListCallsInput, /) -> s.ListCallsAnswer:
        store, asked = self._world.store, (given.request.path, given.request.query)
        commits = store.known.commits
        answer = store.known.answer(asked)
        if answer is None:
            envelope = await store.run(lambda tx: self._page(tx, given), read=True)
            answer = shapes.call_list(envelope)
            if store.private:
                store.known.keep_answer(asked, answer, commits)
        return s.ListCalls200(shapes.as_written(answer))

    def _page(self, tx: Transaction, given: s.ListCallsInput) -> dict[str, Any]:
        """A page of calls, by its fields. Of numbers that are longer than their column, its beginning is searched by."""

        def keep(call: CallRecord) -> bool:
            return equals(given.to, call.to) and equals(given.from_, call.from_)

        bounds = _bounds(given)
        whole = all(one is None or column(one) == one for one in (bounds.callee, bounds.caller))
        return page(
            self._world,
            tx,
            given,
            CallRecord,
            given.account_sid,
            None if whole else keep,
            shapes.wire_call,
            bounds=bounds,
            show_stored=shapes.stored_call,
        )

    async def create(self, given: s.CreateCallInput, /) -> s.CreateCallAnswer:
        body, settings = given.body, self._world.settings
        v.check_to(body.to)
        v.check_magic(body.to, body.from_)
        v.check_urls(settings, body)
        v.check_sip(body)
        v.check_detection(settings, body)

        def work(tx: Transaction) -> models.Call:
            account: AccountRecord = given.identity
            v.check_instructions(tx, account, body)
            number = (
                ""
                if body.from_ == v.MAGIC_OK
                else v.check_from(tx, account, body.to, body.from_, given.request)
            )
            if calls.waiting_time(self._world, tx, account) > settings.longest_queue * 1000:
                raise invalid(
                    22005, "Call queue is full: queued calls would take more than 24 hours to dial"
                )
            call = _new_call(tx, account.account_sid, body, number)
            if account.test:
                return shapes.wire_call(call)
            calls.queue(self._world, tx, account, call)
            return shapes.wire_call(call)

        made = await self._world.store.run(work)
        await self._world.acted()
        return s.CreateCall201(made)

    async def fetch(self, given: s.FetchCallInput, /) -> s.FetchCallAnswer:
        def work(tx: Transaction) -> bytes:
            stored = tx.stored(CallRecord, given.account_sid, given.call_sid)
            if stored is None:
                raise not_found(given.request)
            return stored

        return s.FetchCall200(shapes.stored_call(await self._world.store.run(work, read=True)))

    async def update(self, given: s.UpdateCallInput, /) -> s.UpdateCallAnswer:
        body = given.body
        v.check_urls(self._world.settings, body)
        if body.url and body.twiml:
            raise invalid(21205, "Url and Twiml exclude each other.")

        def work(tx: Transaction) -> models.Call:
            call = self._call(tx, given)
            if call.is_over and (body.url or body.twiml or body.status):
                raise invalid(21220, "Call is not in-progress. Cannot redirect.")
            if (body.url or body.twiml) and call.status != "in-progress":
                raise invalid(21220, "Call is not in-progress. Cannot redirect.")
            changes = _changes(body)
            if changes:
                calls.redirect(self._world, tx, call, changes)
            if body.status:
                call = self._call(tx, given)
                calls.change_status(self._world, tx, call, str(body.status))
            return shapes.wire_call(self._call(tx, given))

        changed = await self._world.store.run(work)
        await self._world.acted()
        return s.UpdateCall200(changed)

    async def delete(self, given: s.DeleteCallInput, /) -> s.DeleteCallAnswer:
        def work(tx: Transaction) -> None:
            call = self._call(tx, given)
            if not call.is_over:
                status = self._world.settings.deletion_conflict_status
                raise s.Fault(
                    status, "Cannot delete this resource before it is complete", code=20009
                )
            tx.unschedule(call.sid)
            tx.drop(call)

        await self._world.store.run(work)
        await self._world.acted()
        return s.DeleteCall204()


def _bounds(given: s.ListCallsInput) -> Bounds:
    """The filters of a list of calls."""
    started = span(given.start_time, given.start_time_before, given.start_time_after)
    ended = span(given.end_time, given.end_time_before, given.end_time_after)
    return Bounds(
        parent=_optional(given.parent_call_sid),
        status=_optional(given.status),
        callee=_optional(given.to),
        caller=_optional(given.from_),
        started_from=started[0],
        started_before=started[1],
        ended_from=ended[0],
        ended_before=ended[1],
    )


_UPDATES = (
    "url",
    "method",
    "twiml",
    "fallback_url",
    "fallback_method",
    "status_callback",
    "status_callback_method",
    "time_limit",
)


def _changes(body: models.UpdateCallRequest) -> dict[str, Any]:
    """What an update sets, by the record's field."""
    found: dict[str, Any] = {}
    for name in _UPDATES:
        value = getattr(body, name)
        if value is not UNSET:
            found[name] = value if isinstance(value, int) else str(value)
    return found


def _new_call(
    tx: Transaction, account_sid: str, body: models.CreateCallRequest, number: str
) -> CallRecord:
    """A call from its form. With an application the form's own addresses do not count."""
    own = not body.application_sid
    return CallRecord(
        account_sid=account_sid,
        sid=tx.mint("CA"),
        to=body.to,
        from_=_text(body.caller_id) or body.from_,
        phone_number_sid=number,
        created=tx.now,
        updated=tx.now,
        url=_text(body.url) if own else "",
        method=_text(body.method, "POST"),
        fallback_url=_text(body.fallback_url) if own else "",
        fallback_method=_text(body.fallback_method, "POST"),
        twiml=_text(body.twiml) if own and not body.url else "",
        application_sid=_text(body.application_sid),
        status_callback=_text(body.status_callback) if own else "",
        status_callback_method=_text(body.status_callback_method, "POST"),
        status_callback_events=(
            [str(one) for one in body.status_callback_event or ()] if own else []
        ),
        timeout=body.timeout or 60,
        time_limit=calls.time_limit(body.time_limit),
        send_digits=_text(body.send_digits),
        record=bool(body.record),
        recording_channels=_text(body.recording_channels, "mono"),
        recording_track=_text(body.recording_track, "both"),
        recording_trim=_text(body.trim, "trim-silence"),
        recording_status_callback=_text(body.recording_status_callback),
        recording_status_callback_method=_text(body.recording_status_callback_method, "POST"),
        recording_status_callback_events=[
            str(one) for one in body.recording_status_callback_event or ()
        ],
        machine_detection=_text(body.machine_detection),
        machine_detection_timeout=body.machine_detection_timeout or 30,
        async_amd=bool(body.async_amd),
        amd_status_callback=_text(body.async_amd_status_callback),
        amd_status_callback_method=_text(body.async_amd_status_callback_method, "POST"),
    )
