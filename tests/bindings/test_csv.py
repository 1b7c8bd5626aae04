"""Lists as CSV: of the emulator, page by page; of a script, piece by piece; of any document."""

from __future__ import annotations

import asyncio
import csv
import io
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx2
import pytest
from generated import Bindings, document
from scripted import Script
from tests.emulator.voice_world import CALLEE, NUMBER, voice

from twilio_voice import DriftError, NotFound, PagingError, UnreadableAnswer, write_csv
from twilio_voice.models import Call, CallStatus

LINES = "Sid,Status,DateCreated,QueueTime\r\n"


def sid(number: int) -> str:
    return f"CA{number:032x}"


def table(*rows: str, head: str = LINES, kind: str = "text/csv; charset=utf-8") -> httpx2.Response:
    return httpx2.Response(
        200, content=(head + "".join(rows)).encode(), headers={"content-type": kind}
    )


def line(number: int, status: str = "completed") -> str:
    return f'{sid(number)},{status},"Wed, 18 Jun 2025 10:00:00 +0000",{number}\r\n'


# -- the emulator


def test_every_list_of_the_emulator_has_the_same_rows_in_csv() -> None:
    async def run() -> None:
        async with voice() as made:
            client = made.client
            for _ in range(7):
                await client.calls.create(to=CALLEE, from_=NUMBER, url="http://app.test/twiml")
            for name in "abcd":
                await client.queues.create(friendly_name=name)
            for _ in range(3):
                await client.participants.create("room", from_=NUMBER, to=CALLEE)
            await made.advance(10)
            (room,) = await client.conferences.list().all()
            assert room.sid
            lists: list[Any] = [
                client.calls.list(page_size=3),
                client.calls.list(status="in-progress", page_size=2),
                client.queues.list(page_size=3),
                client.conferences.list(page_size=1),
                client.participants.list(room.sid, page_size=2),
                client.calls.list(to="+14150000000"),
            ]
            for pager in lists:
                typed = [row async for row in pager.csv().typed()]
                wanted = await pager.all()
                assert len(typed) == len(wanted)
                for one, other in zip(typed, wanted, strict=True):
                    assert plain(one) == plain(other)
            assert client.drifts == []

    asyncio.run(run())


def plain(row: Any) -> dict[str, Any]:
    """What CSV carries of a row; addresses lead to the representation that they were read in."""
    kept = {name: getattr(row, name) for name in row.__struct_fields__}
    return {
        name: value
        for name, value in kept.items()
        if name not in ("subresource_uris", "encryption_details", "uri")
    }


def test_a_list_becomes_one_file(tmp_path: Path) -> None:
    async def run() -> None:
        async with voice() as made:
            for _ in range(5):
                await made.client.calls.create(to=CALLEE, from_=NUMBER, url="http://app.test/twiml")
            pager = made.client.calls.list(page_size=2)
            assert await pager.csv().save(tmp_path / "calls.csv") == 5
            rows = list(csv.DictReader((tmp_path / "calls.csv").open(newline="", encoding="utf-8")))
            assert [row["Sid"] for row in rows] == [call.sid for call in await pager.all()]

    asyncio.run(run())


# -- a script


def test_pages_follow_the_last_row_until_one_is_empty() -> None:
    script = Script(table(line(1), line(2)), table(line(3)), table())
    rows = list(script.client().calls.list(page_size=2, status="completed").csv())
    assert [row["Sid"] for row in rows] == [sid(1), sid(2), sid(3)]
    path = script.requests[0].url.path
    assert path.endswith("/Calls.csv") and script.requests[0].headers["accept"] == "text/csv"
    assert [dict(one.url.params) for one in script.requests] == [
        {"Status": "completed", "PageSize": "2"},
        {"Status": "completed", "PageSize": "2", "PageToken": "PA" + sid(2), "Page": "1"},
        {"Status": "completed", "PageSize": "2", "PageToken": "PA" + sid(3), "Page": "2"},
    ]


def test_rows_are_typed_by_their_schema() -> None:
    head = "Sid,Status,DateCreated,QueueTime,Price,To,Unheard\r\n"
    script = Script(
        table(f'{sid(1)},completed,"Wed, 18 Jun 2025 10:00:00 +0000",500,,+1,x\r\n', head=head),
        table(head=head),
    )
    (call,) = script.client().calls.list().csv().typed()
    assert isinstance(call, Call)
    assert (call.sid, call.status, call.queue_time) == (sid(1), CallStatus.COMPLETED, 500)
    assert (
        call.date_created is not None
        and call.date_created.isoformat() == "2025-06-18T10:00:00+00:00"
    )
    assert (call.price, call.to) == (None, "+1")
    assert repr(call.subresource_uris) == "UNSET"


def test_what_does_not_fit_is_kept_and_recorded() -> None:
    def script() -> Script:
        return Script(table(f"{sid(1)},completed,yesterday,soon\r\n"), table())

    client = script().client()
    (call,) = client.calls.list().csv().typed()
    assert (call.date_created, call.queue_time) == ("yesterday", "soon")
    assert [drift.pointer for _, drift in client.drifts] == ["/DateCreated", "/QueueTime"]
    with pytest.raises(DriftError, match="/DateCreated: wanted an RFC 2822 date-time"):
        list(script().client(strict=True).calls.list().csv().typed())


def test_rows_are_given_before_the_answer_has_ended() -> None:
    sent = []

    def endless() -> Iterator[bytes]:
        yield LINES.encode()
        for number in range(1_000_000):
            sent.append(number)
            yield line(number).encode()

    kind = {"content-type": "text/csv"}
    client = Script(httpx2.Response(200, content=endless(), headers=kind)).client()
    rows = iter(client.calls.list().csv())
    assert [next(rows)["Sid"] for _ in range(3)] == [sid(0), sid(1), sid(2)]
    assert len(sent) < 10


@pytest.mark.parametrize("size", [1, 2, 3, 7, 1000])
def test_records_are_whole_however_they_are_cut(size: int) -> None:
    text = '\ufeffSid,To,From\r\n1,"a, ""b""\r\nc",ü\r\n\r\n2,"",\n3,x,y'
    content = text.encode()
    pieces = [content[start : start + size] for start in range(0, len(content), size)]
    kind = {"content-type": "text/csv"}
    script = Script(
        httpx2.Response(200, content=iter(pieces), headers=kind), table(head="Sid,To,From")
    )
    assert list(script.client().calls.list().csv()) == [
        {"Sid": "1", "To": 'a, "b"\r\nc', "From": "ü"},
        {"Sid": "2", "To": "", "From": ""},
        {"Sid": "3", "To": "x", "From": "y"},
    ]


@pytest.mark.parametrize(
    ("answer", "told"),
    [
        (table(kind="application/json"), "expected text/csv, got application/json"),
        (table("1,2\r\n"), "not CSV: a row of 2 values below 4 columns"),
        (table('"a" b,2,3,4\r\n'), "not CSV: "),
        (table('"never closed'), "not CSV: unexpected end of data"),
        (table('"' + "x" * (1 << 20) + "\n"), "not CSV: a row of more than 1048576 characters"),
    ],
)
def test_what_is_no_table_is_told(answer: httpx2.Response, told: str) -> None:
    client = Script(answer).client()
    with client.record() as seen, pytest.raises(UnreadableAnswer, match=told):
        list(client.calls.list().csv())
    assert seen.exchanges[0].status == 200


def test_an_error_is_the_exception_of_its_status() -> None:
    answer = httpx2.Response(
        404, json={"code": 20404, "message": "no", "more_info": "", "status": 404}
    )
    with pytest.raises(NotFound) as caught:
        list(Script(answer).client().calls.list().csv())
    assert caught.value.code == 20404


def test_a_list_that_turns_in_a_circle_is_left() -> None:
    script = Script(table(line(1)), table(line(1)))
    with pytest.raises(PagingError, match="has no Sid or CallSid to go on from"):
        list(Script(table(",a,b,1\r\n")).client().calls.list().csv())
    rows = iter(script.client().calls.list().csv())
    assert [next(rows)["Sid"], next(rows)["Sid"]] == [sid(1), sid(1)]
    again = Script(*[table(line(1)) for _ in range(5)])
    with pytest.raises(PagingError, match="the next page has the same rows"):
        list(again.client().calls.list().csv())


def test_the_async_client_reads_the_same() -> None:
    async def run() -> list[str]:
        script = Script(table(line(1), line(2)), table(line(3)), table())
        pager = script.async_client().calls.list()
        return [row.sid or "" async for row in pager.csv().typed()]

    assert asyncio.run(run()) == [sid(1), sid(2), sid(3)]


def test_typed_rows_are_written_as_csv() -> None:
    script = Script(table(line(1), line(2, "busy")), table())
    calls = list(script.client().calls.list().csv().typed())
    file = io.StringIO(newline="")
    assert write_csv(calls, file) == 2
    rows = list(csv.DictReader(io.StringIO(file.getvalue())))
    assert [row["status"] for row in rows] == ["completed", "busy"]
    assert rows[0]["date_created"] == "Wed, 18 Jun 2025 10:00:00 +0000"
    assert "subresource_uris" not in rows[0]
    read = Script(table(file.getvalue(), head=""), table(head=""))
    again = list(read.client().calls.list().csv().typed())
    assert [(one.sid, one.status, one.date_created, one.queue_time) for one in again] == [
        (one.sid, one.status, one.date_created, one.queue_time) for one in calls
    ]
    assert write_csv([], io.StringIO()) == 0


# -- any document

SCHEMA = {
    "type": "object",
    "properties": {
        "name": {"type": "string"},
        "size": {"type": "integer"},
        "ratio": {"type": ["number", "null"]},
        "live": {"type": "boolean"},
        "tags": {"type": "array", "items": {"type": "string"}},
    },
    "required": ["name", "size"],
}


def listed(folder: Path, rules: Any, *asked: str, **more: Any) -> Bindings:
    page = {"type": "object", "properties": {"rows": {"type": "array", "items": SCHEMA}, **more}}
    operation = {
        "operationId": "listThings",
        "tags": ["things"],
        "parameters": [{"name": name, "in": "query", "schema": {"type": "integer"}} for name in asked],
        "responses": {"200": {"description": "Some.", "content": {"application/json": {"schema": page}}}},
    }  # fmt: skip
    made = document({"/things": {"get": operation}})
    return Bindings({**made, "x-ringback-csv": rules}, folder)


def test_counted_pages_need_no_column(tmp_path: Path) -> None:
    made = listed(tmp_path, {}, "page")
    head = "name,size,ratio,live\n"
    client, sent = made.answering(
        table("a,1,0.5,true\n", "b,2,,false\n", head=head),
        table("c,3,1,\n", head=head),
        table(head=head),
    )
    rows = list(client.things.list().csv().typed())
    assert [(one.name, one.size, one.ratio, one.live) for one in rows[:2]] == [
        ("a", 1, 0.5, True),
        ("b", 2, None, False),
    ]
    assert [dict(one.url.params) for one in sent] == [{}, {"page": "2"}, {"page": "3"}]
    assert [one.url.path for one in sent] == ["/things"] * 3
    assert sent[0].headers["accept"] == "text/csv"
    client, _ = made.answering(*[table("a,1,,\n", head=head) for _ in range(3)])
    with pytest.raises(made.module("errors").PagingError, match="the next page has the same rows"):
        list(client.things.list().csv())


def test_a_list_whose_next_page_nobody_can_name_is_told(tmp_path: Path) -> None:
    made = listed(tmp_path, {}, next_page_uri={"type": ["string", "null"]})
    assert [one.code for one in made.drawn.warnings] == ["csv-without-next"]
    assert "listThings: not read as CSV" in made.drawn.warnings[0].message
    client, _ = made.answering()
    assert not hasattr(client.things.list(), "csv")
    assert not hasattr(made.package, "write_csv")
