"""The page of other products: followed to its end where the vendor's documents are, and otherwise read.

`PRODUCTS=FOLDER` names a folder with twilio_video_v1.json, twilio_taskrouter_v1.json and twilio_flex_v1.json, as the page fetches them;
no copy of them is kept here.
"""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest
from tests.docs.following import Command, File, NotRun, Reader, steps
from tests.docs.test_commands import (
    BASH,
    NOT_RUN,
    environment,
    is_installation,
    with_free_ports,
)

from ringback import openapi, source

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs" / "products.md"
FOLDER = os.environ.get("PRODUCTS", "")
STEPS = tuple(steps(PAGE.read_text("utf-8")))

STAND_IN = """
openapi: 3.0.1
info: {title: Rooms, version: "1"}
paths:
  /v1/Rooms:
    get: {operationId: List, responses: {"200": {description: Rooms.}}}
    post: {operationId: Make, responses: {"201": {description: Made.}}}
  /v1/Rooms/{Sid}:
    parameters: [{name: Sid, in: path, required: true, schema: {type: string}}]
    get: {operationId: Fetch, responses: {"200": {description: A room.}}}
    post: {operationId: Change, responses: {"202": {description: Changed.}}}
components:
  securitySchemes: {accountSid_authToken: {type: http, scheme: basic}}
  schemas: {room_enum_room_status: {type: string, enum: [in-progress, completed, failed]}}
"""


def files() -> dict[str, str]:
    return {step.name: step.text for step in STEPS if isinstance(step, File)}


@BASH
@pytest.mark.skipif(not FOLDER, reason="PRODUCTS names no folder with the vendor's documents")
def test_the_page_is_so(tmp_path: Path) -> None:
    here = tmp_path / "here"
    here.mkdir()
    for one in sorted(Path(FOLDER).glob("twilio_*_v1.json")):
        shutil.copy(one, here)
    todo = [
        step
        for step in steps(with_free_ports(PAGE.read_text("utf-8")))
        if not (isinstance(step, Command) and is_installation(step.text))
    ]
    with Reader(here, environment(tmp_path), seconds=300) as reader:
        reader.follow(todo)


def test_only_fetching_needs_the_network() -> None:
    reasons = [step.reason for step in STEPS if isinstance(step, NotRun)]
    assert reasons == ["it needs the network"] and set(reasons) <= NOT_RUN.keys()


def test_its_programs_are_python() -> None:
    programs = {name: text for name, text in files().items() if name.endswith(".py")}
    assert programs.keys() == {"rooms.py", "enter.py", "tasks.py", "flows.py"}
    for name, text in programs.items():
        compile(text, name, "exec")


def test_its_overlays_do_what_they_say(tmp_path: Path) -> None:
    (tmp_path / "rooms.yaml").write_text(STAND_IN, "utf-8")
    overlays = []
    for name, text in files().items():
        if name.endswith(".overlay.yaml"):
            overlays.append(tmp_path / name)
            overlays[-1].write_text(text, "utf-8")
    assert len(overlays) == 2
    document, findings = openapi.parse(source.load(tmp_path / "rooms.yaml", overlays), second=False)
    assert [str(one) for one in findings] == []
    said = {
        (one.extensions.get("x-ringback-group"), one.extensions.get("x-ringback-name"))
        for one in document.operations
    }
    assert said == {("rooms", name) for name in ("create", "list", "fetch", "update")}
    assert all(one.responses[-1].status == "default" for one in document.operations)
