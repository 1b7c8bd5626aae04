"""The nine published bodies, through bindings: of the plain document, and of the document with its overlays.

Faults are counted by JSON pointer, unknown properties apart, as tests/spec/test_samples.py does with jsonschema-rs.
"""

from __future__ import annotations

import json
import subprocess
import sys
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest
from effective import ROOT, SPEC

SAMPLES = ROOT / "tests" / "spec" / "samples"
GUIDE = tuple(f"003-call-{number}" for number in range(1, 8))
ANSWERS = ("000-call", *GUIDE)
REQUESTED = "001-create-call"

NULLS = {"answered_by", "caller_name", "group_sid", "parent_call_sid"}
DATES = {"date_created", "date_updated"}
PLAIN = {
    "000-call": NULLS
    | DATES
    | {"account_sid", "duration", "end_time", "forwarded_from", "price", "start_time"},
    **{name: NULLS | DATES | {"account_sid", "sid", "start_time", "end_time"} for name in GUIDE},
}
EFFECTIVE = {
    "000-call": {"account_sid", "phone_number_sid"},
    **{name: {"account_sid", "phone_number_sid", "sid"} for name in GUIDE},
}
FIRST_UNKNOWN = {
    "queue_time",
    "trunk_sid",
    "subresource_uris/events",
    "subresource_uris/payments",
}
LATER = ("siprec", "streams", "user_defined_messages", "user_defined_message_subscriptions")
UNKNOWN = {
    "000-call": FIRST_UNKNOWN,
    **{name: FIRST_UNKNOWN | {f"subresource_uris/{one}" for one in LATER} for name in GUIDE},
}
EXAMINE = """
import json, sys
sys.path.insert(0, sys.argv[1])
from pathlib import Path
from voice import errors, models
found = {}
for name in sys.argv[3:]:
    kind = models.CreateCallRequest if "create" in name else models.Call
    seen = errors.examine(kind, (Path(sys.argv[2]) / (name + ".json")).read_bytes())
    found[name] = [[drift.pointer for drift in seen.drifts], list(seen.unknown)]
print(json.dumps(found))
"""


@cache
def examined(folder: Path, *overlays: str) -> dict[str, tuple[list[str], list[str]]]:
    """Drifts and unknown properties by sample, as fresh bindings in a fresh interpreter see them."""
    generate = [sys.executable, "-m", "ringback", "generate", str(SPEC / "voice.yaml")]
    generate += [f"--overlay={SPEC / 'overlays' / name}" for name in overlays]
    generate += [] if overlays else ["--no-overlay"]
    generate += ["--output", str(folder / "voice"), "--package", "voice"]
    done = subprocess.run(
        generate,
        cwd=folder,
        env={"PYTHONPATH": str(ROOT / "generator"), "PATH": "/usr/bin:/bin"},
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    command = [sys.executable, "-c", EXAMINE, str(folder), str(SAMPLES), *ANSWERS, REQUESTED]
    done = subprocess.run(command, capture_output=True, text=True, check=True, timeout=60)
    found: dict[str, tuple[list[str], list[str]]] = json.loads(done.stdout)
    return found


@pytest.fixture(scope="module")
def plain(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    return examined(tmp_path_factory.mktemp("plain"))


@pytest.fixture(scope="module")
def effective(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    return examined(tmp_path_factory.mktemp("effective"), "twilio.yaml", "resources.yaml")


def pointers(*names: str) -> list[str]:
    return sorted(f"/{name}" for name in names)


@pytest.mark.parametrize("name", ANSWERS)
def test_bindings_of_the_plain_document_tell_every_drift(plain: Any, name: str) -> None:
    drifts, unknown = plain[name]
    assert sorted(drifts) == pointers(*PLAIN[name])
    assert sorted(unknown) == pointers(*UNKNOWN[name])


@pytest.mark.parametrize("name", ANSWERS)
def test_with_the_overlays_only_placeholders_drift(effective: Any, name: str) -> None:
    drifts, unknown = effective[name]
    assert sorted(drifts) == pointers(*EFFECTIVE[name])
    assert unknown == []


def test_the_plain_document_knows_eleven_of_the_requests_parameters(plain: Any) -> None:
    """Held as JSON, as it was published: Record is text there, and MachineDetection begins with a small letter."""
    drifts, unknown = plain[REQUESTED]
    assert sorted(drifts) == pointers("MachineDetection", "Record")
    assert (len(unknown), len(REQUEST)) == (25, 36)


def test_the_counts() -> None:
    """Twelve pointers in the first body, ten in each of the guide's; two and three once corrected."""
    assert [len(PLAIN[name]) for name in ANSWERS] == [12] + [10] * 7
    assert [len(EFFECTIVE[name]) for name in ANSWERS] == [2] + [3] * 7


# -- the request, with the committed bindings

REQUEST: dict[str, Any] = json.loads((SAMPLES / f"{REQUESTED}.json").read_text(encoding="utf-8"))


def test_the_published_request_is_refused_by_the_client_for_two_reasons() -> None:
    from effective import arguments_of, document, from_texts
    from scripted import Script

    from twilio_voice import InvalidRequest

    operation = next(one for one in document().operations if one.operation_id == "createCall")
    known = {one.name: one for one in arguments_of(operation)}
    assert REQUEST.keys() <= known.keys()
    given: dict[str, Any] = {}
    for name, value in REQUEST.items():
        text = str(value) if not isinstance(value, list) else value
        one = known[name]
        given[one.argument] = text if isinstance(text, list) else from_texts(one.schema, [text])
    script = Script()
    with pytest.raises(InvalidRequest) as refused:
        script.client().calls.create(**given)
    assert {one.name for one in refused.value.problems} == {"MachineDetection", "SendDigits"}
    assert script.requests == []


def test_the_published_request_is_refused_by_the_server_for_the_same() -> None:
    import asyncio

    import httpx2
    from scripted import ACCOUNT

    from twilio_voice.server import Fault, UnimplementedCalls, build_app

    def render(fault: Fault) -> tuple[str, bytes]:
        return "text/plain", " ".join(one.name for one in fault.problems).encode()

    async def post() -> httpx2.Response:
        app = build_app(calls=UnimplementedCalls(), render=render)
        transport = httpx2.ASGITransport(app=app)
        async with httpx2.AsyncClient(transport=transport) as http:
            return await http.post(
                f"http://t/2010-04-01/Accounts/{ACCOUNT}/Calls.json",
                content=urlencode(REQUEST, doseq=True),
                headers={"content-type": "application/x-www-form-urlencoded"},
            )

    answer = asyncio.run(post())
    assert answer.status_code == 400
    assert set(answer.text.split()) == {"MachineDetection", "SendDigits"}
