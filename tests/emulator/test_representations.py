"""Representations by extension, headers, the document's own shapes, faults that are asked for."""

from __future__ import annotations

import asyncio
import csv
import io
import re
import xml.etree.ElementTree as ET
from typing import Any
from urllib.parse import parse_qsl

import httpx2
import jsonschema_rs
import pytest
import yaml

from ringback.emulator.app import create_app
from ringback.emulator.documents import DOCUMENT, OVERLAYS, spec_dir
from ringback.emulator.limits import Dropped
from ringback.emulator.records import CallRecord
from ringback.emulator.representations import wanted
from ringback.emulator.settings import Settings
from ringback.emulator.world import World
from twilio_voice._runtime.signing import signature

from .surface_world import ACCOUNT, CALLS, FORM, TOKEN, a_world, ask


def app_of(world: World, literal: bool = False) -> Any:
    return create_app(world, literal=literal)


@pytest.fixture
def world() -> World:
    return a_world()


def placed(world: World, **given: str) -> str:
    answer = ask(app_of(world), "POST", f"{CALLS}.json", form={**FORM, **given})
    assert answer.status_code == 201, answer.text
    return str(answer.json()["sid"])


def tree(answer: Any) -> Any:
    assert answer.headers["content-type"] == "application/xml"
    return ET.fromstring(answer.content)


def test_xml_of_a_call_has_the_fields_of_its_json(world: World) -> None:
    sid = placed(world)
    app = app_of(world)
    shown = ask(app, "GET", f"{CALLS}/{sid}.json").json()
    for path in (f"{CALLS}/{sid}", f"{CALLS}/{sid}.xml"):
        call = tree(ask(app, "GET", path)).find("Call")
        assert call.find("Sid").text == sid
        assert call.find("DateCreated").text == shown["date_created"]
        assert call.find("Price").text is None
        assert len(call) == len(shown)
    assert call.find("Uri").text == f"{CALLS}/{sid}.xml"
    assert call.find("SubresourceUris/Recordings").text == f"{CALLS}/{sid}/Recordings.xml"


def test_xml_of_a_list_has_its_paging_in_attributes(world: World) -> None:
    sids = [placed(world) for _ in range(3)]
    page = tree(ask(app_of(world), "GET", f"{CALLS}?PageSize=2&To=%2B15005550009")).find("Calls")
    assert [call.find("Sid").text for call in page] == sids[:0:-1]
    assert (page.get("page"), page.get("pagesize"), page.get("start"), page.get("end")) == ("0", "2", "0", "1")  # fmt: skip
    assert page.get("nextpageuri") == (
        f"{CALLS}?To=%2B15005550009&PageSize=2&Page=1&PageToken=PA{sids[1]}"
    )
    assert page.get("previouspageuri") == ""
    after = tree(ask(app_of(world), "GET", page.get("nextpageuri"))).find("Calls")
    assert [call.find("Sid").text for call in after] == sids[:1]


def test_creating_without_an_extension_answers_in_xml(world: World) -> None:
    answer = ask(app_of(world), "POST", CALLS, form=FORM)
    assert answer.status_code == 201
    assert tree(answer).find("Call/Status").text == "queued"


def test_what_xml_cannot_carry_is_replaced_and_markup_is_escaped(world: World) -> None:
    sid = placed(world)

    def spoil(tx: Any) -> None:
        call = tx.get(CallRecord, ACCOUNT, sid)
        call.caller_name = "<b>&\x00\x1b"
        tx.save(call)

    world.store.do(spoil)
    call = tree(ask(app_of(world), "GET", f"{CALLS}/{sid}.xml")).find("Call")
    assert call.find("CallerName").text == "<b>&\ufffd\ufffd"


def test_errors_in_xml_and_of_csv(world: World) -> None:
    for suffix in ("", ".xml", ".csv"):
        answer = ask(app_of(world), "GET", f"{CALLS}/CA{'0' * 32}{suffix}")
        assert answer.status_code == 404
        found = tree(answer).find("RestException")
        assert [one.tag for one in found] == ["Code", "Message", "MoreInfo", "Status"]
        assert found.find("Code").text == "20404"


def test_csv_of_a_list_and_of_an_empty_one_have_the_same_columns(world: World) -> None:
    empty = ask(app_of(world), "GET", f"{CALLS}.csv").text
    sids = [placed(world) for _ in range(2)]
    answer = ask(app_of(world), "GET", f"{CALLS}.csv")
    assert answer.headers["content-type"].startswith("text/csv")
    rows = list(csv.DictReader(io.StringIO(answer.text)))
    assert [row["Sid"] for row in rows] == sids[::-1]
    assert rows[0]["To"] == FORM["To"] and rows[0]["Uri"].endswith(".csv")
    assert "SubresourceUris" not in rows[0]
    assert sorted(empty.strip().split(",")) == sorted(rows[0])


def test_a_recording_without_extension_is_its_audio() -> None:
    path = f"/2010-04-01/Accounts/{ACCOUNT}/Recordings/RE{'a' * 32}"
    assert wanted(path) == (path + ".wav", "as it is")
    assert wanted(path + ".mp3") == (path + ".mp3", "as it is")
    assert wanted(path + ".xml") == (path + ".json", "xml")


def test_head_has_the_length_of_the_representation(world: World) -> None:
    sid = placed(world)
    for suffix in (".json", ".xml", ".csv"):
        got = ask(app_of(world), "GET", f"{CALLS}/{sid}{suffix}")
        head = ask(app_of(world), "HEAD", f"{CALLS}/{sid}{suffix}")
        assert head.content == b"" and head.headers["content-length"] == str(len(got.content))


def test_every_answer_carries_the_headers(world: World) -> None:
    for path in (f"{CALLS}.json", f"{CALLS}.csv", f"{CALLS}/CA1.json", "/2010-04-01/nothing"):
        headers = ask(app_of(world), "GET", path).headers
        assert re.fullmatch(r"RQ[0-9a-f]{32}", headers["twilio-request-id"])
        assert headers["twilio-concurrent-requests"] == "1"
        assert headers["access-control-allow-origin"] == "*"
        assert headers["x-home-region"] == "us1"
    assert ask(app_of(world), "OPTIONS", f"{CALLS}.json").status_code == 204


def test_more_rows_than_a_page_can_hold_may_be_asked_for(world: World) -> None:
    placed(world)
    answer = ask(app_of(world), "GET", f"{CALLS}.json?PageSize=1500")
    assert answer.json()["page_size"] == 1000
    strict = a_world(Settings(strict_page_size=True))
    refused = ask(app_of(strict), "GET", f"{CALLS}.json?PageSize=1500")
    assert (refused.status_code, refused.json()["code"]) == (400, 20007)


# -- the document's own shapes


@pytest.fixture(scope="module")
def document() -> Any:
    return yaml.safe_load((spec_dir() / DOCUMENT).read_text(encoding="utf-8"))


def judged(document: Any, name: str, value: Any) -> list[str]:
    schema = {
        "$ref": f"#/components/schemas/{name}",
        "components": document["components"],
        "$schema": "https://json-schema.org/draft/2020-12/schema",
    }
    judge = jsonschema_rs.validator_for(schema, validate_formats=True)
    return [error.message for error in judge.iter_errors(value)]


def test_literal_answers_keep_the_document_and_the_usual_ones_do_not(
    world: World, document: Any
) -> None:
    sid = placed(world)

    def answered(tx: Any) -> None:
        call = tx.get(CallRecord, ACCOUNT, sid)
        call.answered_by = "machine_end_beep"
        tx.save(call)

    world.store.do(answered)
    literal = app_of(world, literal=True)
    known = set(document["components"]["schemas"]["Call"]["properties"])
    for name, path in (("Call", f"{CALLS}/{sid}.json"), ("CallList", f"{CALLS}.json")):
        assert judged(document, name, ask(app_of(world), "GET", path).json())
        shown = ask(literal, "GET", path).json()
        assert judged(document, name, shown) == []
        call = shown if name == "Call" else shown["calls"][0]
        assert set(call) <= known
        assert call["answered_by"] == "machine"
        assert call["date_created"] == "2026-01-01T00:00:00Z"
        assert "price" not in call and call["to"] == FORM["To"]
    created = ask(literal, "POST", f"{CALLS}.json", form=FORM)
    assert created.status_code == 201 and judged(document, "Call", created.json()) == []


def lived_in() -> World:
    """A world with a call that was recorded, a conference with somebody in it, and a queue."""
    world = a_world()
    app = create_app(world)
    room = "<Response><Dial record='record-from-answer'><Conference>Room</Conference></Dial></Response>"
    forms = [
        {"Twiml": room, "Record": "true"},
        {"Twiml": room},
        {"Twiml": "<Response><Enqueue>sales</Enqueue></Response>"},
        {"Twiml": "<Response><Pause length='5'/></Response>", "Record": "true"},
    ]
    for form in forms:
        form = {"To": FORM["To"], "From": FORM["From"], **form}
        assert ask(app, "POST", f"{CALLS}.json", form=form).status_code == 201
    asyncio.run(world.advance(30_000))
    return world


def test_every_documented_answer_keeps_the_document_to_the_letter(document: Any) -> None:
    literal = create_app(lived_in(), literal=True)
    base = f"/2010-04-01/Accounts/{ACCOUNT}"

    def rows(path: str, key: str) -> list[Any]:
        found: list[Any] = ask(literal, "GET", f"{base}/{path}.json").json()[key]
        assert found, path
        return found

    room = rows("Conferences", "conferences")[0]["sid"]
    known = {
        "{AccountSid}": ACCOUNT,
        "{CallSid}": rows("Calls", "calls")[0]["sid"],
        "{RecordingSid}": rows("Recordings", "recordings")[0]["sid"],
        "{ConferenceSid}": room,
        "{QueueSid}": rows("Queues", "queues")[0]["sid"],
    }
    seen = set()
    for template, item in document["paths"].items():
        for status, answer in item.get("get", {}).get("responses", {}).items():
            schema = answer.get("content", {}).get("application/json", {}).get("schema")
            if schema is None:
                continue
            path = "/2010-04-01" + template
            for name, sid in known.items():
                path = path.replace(name, sid)
            got = ask(literal, "GET", path)
            assert got.status_code == int(status), path
            found = judged(document, schema["$ref"].rpartition("/")[2], got.json())
            assert found == [], path
            seen.add(template)
    assert len(seen) > 8


def test_literal_leaves_errors_and_unknown_operations_alone(world: World) -> None:
    answer = ask(app_of(world, literal=True), "GET", f"{CALLS}/CA{'0' * 32}.json")
    assert answer.json()["code"] == 20404
    answer = ask(app_of(world, literal=True), "GET", f"{CALLS}/CA{'0' * 32}/Events.json")
    assert answer.status_code == 404


def test_the_documents_are_where_the_emulator_looks() -> None:
    assert all((spec_dir() / name).is_file() for name in (DOCUMENT, *OVERLAYS))


# -- limits and faults


def fault(world: World, text: str, method: str = "POST") -> Any:
    return ask(
        app_of(world), method, f"{CALLS}.json",
        form=FORM if method == "POST" else None, headers={"X-Ringback-Fault": text},
    )  # fmt: skip


def calls(world: World) -> list[CallRecord]:
    return world.store.do(lambda tx: tx.everything(CallRecord))


def test_a_status_that_is_asked_for_comes_without_processing(world: World) -> None:
    answer = fault(world, "latency=1, status=503")
    assert (answer.status_code, answer.json()["code"]) == (503, 20503)
    assert fault(world, "status=429").json()["code"] == 20429
    assert calls(world) == []


def test_a_dropped_request_is_processed_only_if_that_is_asked_for(world: World) -> None:
    with pytest.raises(Dropped):
        fault(world, "drop")
    assert calls(world) == []
    with pytest.raises(Dropped):
        fault(world, "drop=after")
    assert len(calls(world)) == 1


@pytest.mark.parametrize("text", ["status=200", "latency=-1", "latency=x", "explode", "callback=x"])
def test_a_fault_that_is_none_is_refused_with_a_sentence(world: World, text: str) -> None:
    answer = fault(world, text)
    assert answer.status_code == 400 and text.partition("=")[0] in answer.json()["message"]


def test_faults_of_the_settings_hit_evenly() -> None:
    world = a_world(Settings(fault="status=500, rate=0.25"))
    app = app_of(world)
    got = [ask(app, "GET", f"{CALLS}.json").status_code for _ in range(8)]
    assert got == [200, 200, 200, 500, 200, 200, 200, 500]


def test_a_request_says_what_those_whom_it_calls_do(world: World) -> None:
    headers = {"X-Ringback-Behaviour": '{"busy": true}', "X-Ringback-Fault": "callback=twice"}
    ask(app_of(world), "POST", f"{CALLS}.json", form=FORM, headers=headers)
    (call,) = calls(world)
    assert call.behaviour["busy"] is True and call.behaviour["callbacks"] == "twice"
    for bad in ('{"busy": 3}', "{", "[]"):
        answer = ask(
            app_of(world), "POST", f"{CALLS}.json", form=FORM, headers={"X-Ringback-Behaviour": bad}
        )
        assert answer.status_code == 400


def test_one_request_too_many_is_refused_and_its_account_only() -> None:
    world = a_world(Settings(concurrent_requests=0))
    answer = ask(app_of(world), "GET", f"{CALLS}.json")
    assert (answer.status_code, answer.json()["code"]) == (429, 20429)


def heard(fault: str) -> list[httpx2.Request]:
    """The webhooks about a call that was placed with a fault, as they arrived."""
    got: list[httpx2.Request] = []

    def listen(request: httpx2.Request) -> httpx2.Response:
        got.append(request)
        return httpx2.Response(204)

    world = a_world(http=httpx2.AsyncClient(transport=httpx2.MockTransport(listen)))
    form = {**FORM, "StatusCallback": "http://localhost/status", "Twiml": "<Response/>"}
    del form["Url"]
    headers = {"X-Ringback-Fault": f"callback={fault}"} if fault else {}
    app = create_app(world)
    assert ask(app, "POST", f"{CALLS}.json", form=form, headers=headers).status_code == 201
    asyncio.run(world.advance(10_000))
    return got


@pytest.mark.parametrize(("fault", "times"), [("", 1), ("twice", 2), ("drop", 0), ("unsigned", 1)])
def test_webhooks_come_as_often_as_was_asked_for(fault: str, times: int) -> None:
    got = heard(fault)
    assert len(got) == times
    assert len({request.content for request in got}) == min(times, 1)
    assert all(
        ("x-twilio-signature" in request.headers) == (fault != "unsigned") for request in got
    )


def test_a_forged_webhook_has_a_signature_that_is_wrong() -> None:
    def right(request: httpx2.Request) -> bool:
        form = {name: [value] for name, value in parse_qsl(request.content.decode())}
        return request.headers["x-twilio-signature"] == signature(TOKEN, str(request.url), form)

    assert [right(one) for one in heard("")] == [True]
    assert [right(one) for one in heard("forged")] == [False]
