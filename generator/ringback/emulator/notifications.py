"""The Notifications list of a call: the run-time errors and warnings of its TwiML and its webhooks.

The document does not have this resource; it is served all the same, because it is where the vendor says why a call went
wrong. The rows of its operations are made here, for the same runtime that serves the document's.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

import msgspec

from ringback.emulator.callbacks import API_VERSION
from ringback.emulator.errors import MORE, not_found, render
from ringback.emulator.lists import page
from ringback.emulator.records import CallRecord, NotificationRecord
from ringback.emulator.shapes import moment, uri
from ringback.emulator.statements import Bounds
from ringback.emulator.store import Transaction
from ringback.emulator.validation import refusal
from ringback.emulator.world import World
from twilio_voice._runtime.asgi import Application, Authenticate, HttpRequest, Route
from twilio_voice._runtime.codecs import Integer, Text
from twilio_voice._runtime.table import Answer, Operation, Parameter
from twilio_voice._runtime.values import UNSET, IntText, Rfc2822, Unset


class Notification(msgspec.Struct, frozen=True, kw_only=True):
    """An error or a warning, as the wire shows it."""

    sid: str
    account_sid: str
    call_sid: str
    api_version: str = API_VERSION
    date_created: Rfc2822 | None
    date_updated: Rfc2822 | None
    error_code: IntText
    log: IntText
    message_date: Rfc2822 | None
    message_text: str
    more_info: str
    request_method: str
    request_url: str
    uri: str


class NotificationList(msgspec.Struct, frozen=True, kw_only=True):
    """A page of notifications."""

    notifications: list[Notification]
    first_page_uri: str
    next_page_uri: str | None
    previous_page_uri: str | None
    page: int
    page_size: int
    start: int
    end: int
    uri: str


class Given(msgspec.Struct, frozen=True, kw_only=True):
    """What arrives for either operation."""

    account_sid: str
    call_sid: str
    sid: str = ""
    log: int | Unset = UNSET
    message_date: dt.date | Unset = UNSET
    page_size: int | Unset = UNSET
    page: int | Unset = UNSET
    page_token: str | Unset = UNSET
    identity: Any = None
    request: HttpRequest


class Listed(msgspec.Struct, frozen=True):
    """200, with a list or with one."""

    body: Any
    headers: dict[str, str] = msgspec.field(default_factory=dict)
    status: int = 200


_SID = r"^[A-Z]{2}[0-9a-fA-F]{32}\Z"
_PATH = (
    Parameter("account_sid", "AccountSid", "path", Text(pattern=_SID), required=True),
    Parameter("call_sid", "CallSid", "path", Text(pattern=_SID), required=True),
)
LIST: Operation[NotificationList] = Operation(
    id="listCallNotifications",
    method="GET",
    path="/Accounts/{AccountSid}/Calls/{CallSid}/Notifications.json",
    parameters=(
        *_PATH,
        Parameter("log", "Log", "query", Integer(0, 1)),
        Parameter("page_size", "PageSize", "query", Integer(1, 1000)),
        Parameter("page", "Page", "query", Integer(0)),
        Parameter("page_token", "PageToken", "query", Text()),
    ),
    answers=(Answer("200", "application/json", NotificationList),),
)
FETCH: Operation[Notification] = Operation(
    id="fetchCallNotification",
    method="GET",
    path="/Accounts/{AccountSid}/Calls/{CallSid}/Notifications/{Sid}.json",
    parameters=(*_PATH, Parameter("sid", "Sid", "path", Text(pattern=_SID), required=True)),
    answers=(Answer("200", "application/json", Notification),),
)


def shown(record: NotificationRecord) -> Notification:
    """A record as the wire shows it."""
    when = moment(record.created)
    return Notification(
        sid=record.sid,
        account_sid=record.account_sid,
        call_sid=record.call_sid,
        date_created=when,
        date_updated=when,
        error_code=record.error_code,
        log=record.log,
        message_date=when,
        message_text=record.message,
        more_info=f"{MORE}{record.error_code}",
        request_method=record.request_method,
        request_url=record.request_url,
        uri=uri(record.account_sid, "Calls", record.call_sid, "Notifications", record.sid),
    )


class Notifications:
    """The two operations."""

    def __init__(self, world: World) -> None:
        self._world = world

    async def list(self, given: Given) -> Listed:
        """The notifications of a call, newest first."""

        def work(tx: Transaction) -> dict[str, Any]:
            if tx.get(CallRecord, given.account_sid, given.call_sid) is None:
                raise not_found(given.request)
            keep = None if given.log is UNSET else lambda record: record.log == given.log
            return page(
                self._world,
                tx,
                given,
                NotificationRecord,
                given.account_sid,
                keep,
                shown,
                bounds=Bounds(parent=given.call_sid),
            )

        return Listed(NotificationList(**await self._world.store.run(work, read=True)))

    async def fetch(self, given: Given) -> Listed:
        """One notification of a call."""

        def work(tx: Transaction) -> Notification:
            found = tx.get(NotificationRecord, given.account_sid, given.sid)
            if found is None or found.call_sid != given.call_sid:
                raise not_found(given.request)
            return shown(found)

        return Listed(await self._world.store.run(work, read=True))


class WithNotifications:
    """The API, and beside it the notifications of calls."""

    def __init__(self, world: World, api: Any, authenticate: Authenticate) -> None:
        handlers = Notifications(world)
        self._api = api
        self._own = Application(
            (Route(LIST, Given, handlers.list), Route(FETCH, Given, handlers.fetch)),
            base_path="/" + API_VERSION,
            authenticate=authenticate,
            render_fault=render,
            refuse=refusal,
            check_answers=False,
            max_body=0,
        )

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        own = "/Notifications" in scope["path"] and "/Calls/" in scope["path"]
        await (self._own if own else self._api)(scope, receive, send)
