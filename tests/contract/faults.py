"""Applications that are wrong in one place each: what a contract test has to find."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from memory_calls import Calls, Recordings
from memory_conferences import Conferences, Members, Participants, Queues
from memory_store import World
from memory_voice import authenticate, memory_app, render

from twilio_voice import server

Change = Callable[[int, dict[str, Any]], int]


def changed(app: Any, change: Change) -> Any:
    """The application with its JSON answers changed: `change` gets status and body, and gives the status."""

    async def wrong(scope: Any, receive: Any, send: Any) -> None:
        if scope["type"] != "http":
            await app(scope, receive, send)
            return
        start: dict[str, Any] = {}

        async def spoil(message: Any) -> None:
            if message["type"] == "http.response.start":
                start.update(message)
                return
            content = message.get("body", b"")
            if content.startswith(b"{"):
                body = json.loads(content)
                start["status"] = change(start["status"], body)
                content = json.dumps(body).encode()
            kept = [one for one in start["headers"] if one[0] != b"content-length"]
            await send({**start, "headers": kept})
            await send({**message, "body": content})

        await app(scope, receive, spoil)

    return wrong


def wrong_kind_of_sid(status: int, body: dict[str, Any]) -> int:
    if status == 200 and str(body.get("sid", ""))[:2] == "CA":
        body["sid"] = "RE" + body["sid"][2:]
    return status


def value_outside_the_enum(status: int, body: dict[str, Any]) -> int:
    if status == 200 and str(body.get("sid", ""))[:2] == "CF":
        body["status"] = "over"
    return status


def undocumented_status(status: int, body: dict[str, Any]) -> int:
    made_a_queue = status == 201 and str(body.get("sid", ""))[:2] == "QU"
    return 202 if made_a_queue else status


def missing_property(status: int, body: dict[str, Any]) -> int:
    for row in body.get("calls", []):
        del row["date_created"]
    return status


def date_in_another_format(status: int, body: dict[str, Any]) -> int:
    if status == 200 and str(body.get("sid", ""))[:2] == "CA":
        body["date_created"] = "2010-08-31T20:36:28Z"
    return status


def accepting_any_timeout(app: Any) -> Any:
    """The application without its bounds on Timeout: what it does not like, it does not see."""

    async def lax(scope: Any, receive: Any, send: Any) -> None:
        async def heard() -> Any:
            message = await receive()
            if message["type"] != "http.request":
                return message
            pairs = message.get("body", b"").split(b"&")
            kept = [pair for pair in pairs if not pair.startswith(b"Timeout=")]
            return {**message, "body": b"&".join(kept)}

        await app(scope, heard, send)

    return lax


class Undeleting(Queues):
    """Says that a queue is deleted, and keeps it."""

    async def delete(self, given: server.DeleteQueueInput, /) -> server.DeleteQueueAnswer:
        self._queue(given)
        return server.DeleteQueue204()


def undeleting_app(world: World) -> Any:
    return server.build_app(
        calls=Calls(world),
        recordings=Recordings(world),
        conferences=Conferences(world),
        participants=Participants(world),
        queues=Undeleting(world),
        members=Members(world),
        authenticate=authenticate,
        render=render,
    )


FAULTS: dict[str, tuple[Callable[[World], Any], str, str]] = {
    "a SID of another kind": (
        lambda world: changed(memory_app(world=world), wrong_kind_of_sid),
        r"/Calls/\{CallSid\}\.json$",
        "response_schema_conformance",
    ),
    "a value outside the enum": (
        lambda world: changed(memory_app(world=world), value_outside_the_enum),
        r"/Conferences/\{ConferenceSid\}\.json$",
        "response_schema_conformance",
    ),
    "an undocumented status": (
        lambda world: changed(memory_app(world=world), undocumented_status),
        r"/Queues\.json$",
        "status_code_conformance",
    ),
    "a missing property": (
        lambda world: changed(memory_app(world=world), missing_property),
        r"/Calls\.json$",
        "response_schema_conformance",
    ),
    "a date in another format": (
        lambda world: changed(memory_app(world=world), date_in_another_format),
        r"/Calls/\{CallSid\}\.json$",
        "documented_formats",
    ),
    "an invalid form value accepted": (
        lambda world: accepting_any_timeout(memory_app(world=world)),
        r"/Calls\.json$",
        "negative_data_rejection",
    ),
    "a deletion that does not delete": (
        undeleting_app,
        r"/Queues",
        "use_after_free",
    ),
}
"""By name: the faulty application, the paths where the fault can show, and the check that has to find it."""
