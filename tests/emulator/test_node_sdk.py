"""The vendor's SDK for Node drives the emulator too, where Node is present; `node_client.js` is what it does."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
from tests.emulator.served import ACCOUNT, NUMBER, TOKEN, receiver, served

SCRIPT = Path(__file__).with_name("node_client.js")
SDK = "twilio@6"
OLDEST_NODE = 18
WAIT = "<Response><Pause length='3000'/></Response>"
ANSWERS = {
    "/twiml": WAIT,
    "/wait": WAIT,
    "/queue": "<Response><Enqueue waitUrl='/wait'>support</Enqueue></Response>",
}


@pytest.fixture(scope="module")
def modules(request: pytest.FixtureRequest) -> Path:
    """Where the SDK is installed: in pytest's cache, once."""
    node, npm = shutil.which("node"), shutil.which("npm")
    if node is None or npm is None:
        pytest.skip("SKIPPED LOUDLY: Node and npm are not installed, its SDK was not tried")
    told = subprocess.run([node, "--version"], capture_output=True, text=True).stdout
    found = re.match(r"v(\d+)", told)
    if found is None or int(found[1]) < OLDEST_NODE:
        pytest.skip(
            f"SKIPPED LOUDLY: Node {OLDEST_NODE} or newer is needed, here is {told.strip()}"
        )
    cache = request.config.cache
    assert cache is not None
    home = cache.mkdir("node-" + SDK.replace("@", "-"))
    if not (home / ".ready").exists():
        quiet = ["--silent", "--no-audit", "--no-fund", "--prefix", str(home)]
        done = subprocess.run([npm, "install", *quiet, SDK], capture_output=True, text=True)
        if done.returncode:
            pytest.skip(f"SKIPPED LOUDLY: npm could not install {SDK}: {done.stderr[-300:]}")
        (home / ".ready").touch()
    return Path(home) / "node_modules"


@pytest.fixture(scope="module")
def seen(modules: Path) -> dict[str, Any]:
    """What the SDK saw."""
    with receiver(ANSWERS) as (hooks, got), served() as running:
        done = subprocess.run(
            ["node", str(SCRIPT), running.url, ACCOUNT, TOKEN, NUMBER, hooks],
            env={**os.environ, "NODE_PATH": str(modules)},
            capture_output=True,
            text=True,
            timeout=90,
        )
        assert done.returncode == 0, done.stderr
        found: dict[str, Any] = json.loads(done.stdout)
        sid = found["calls"]["sid"]

        def mine() -> list[str]:
            return [
                one.params["CallStatus"][0]
                for one in list(got)
                if one.path == "/status" and one.params["CallSid"] == [sid]
            ]

        running.wait(lambda: len(mine()) == 4)
        return {**found, "told": sorted(mine())}


def test_a_call_is_made_fetched_and_ended(seen: dict[str, Any]) -> None:
    calls = seen["calls"]
    assert re.fullmatch("CA[0-9a-f]{32}", calls["sid"]) and calls["created"] is True
    assert (calls["made"], calls["live"], calls["ended"]) == ("queued", "in-progress", "completed")
    assert seen["told"] == ["completed", "in-progress", "initiated", "ringing"]
    assert calls["removed"] is True


def test_lists_and_pages_are_in_order(seen: dict[str, Any]) -> None:
    calls = seen["calls"]
    newest = calls["more"][::-1]
    assert calls["listed"] == newest
    assert calls["filtered"] == [calls["more"][3]]
    assert calls["pages"] == [newest[:2], newest[2:4]]


def test_errors_carry_status_and_code(seen: dict[str, Any]) -> None:
    assert (seen["calls"]["gone"]["status"], seen["calls"]["gone"]["code"]) == (404, 20404)
    assert (seen["calls"]["unknown"]["status"], seen["calls"]["unknown"]["code"]) == (400, 21217)
    assert (seen["stranger"]["status"], seen["stranger"]["code"]) == (401, 20003)


def test_rooms_queues_and_recordings(seen: dict[str, Any]) -> None:
    assert seen["conferences"] == {"label": "one", "muted": True, "ended": "completed"}
    assert seen["queues"] == {"size": 5, "waited": True, "position": 1}
    assert seen["recordings"] == {
        "channels": 2,
        "source": "StartCallRecordingAPI",
        "done": "completed",
    }
