"""kill -9 under load: what was acknowledged is there, what was due is delivered. And two workers on one database."""

from __future__ import annotations

import os
import random
import signal
import socket
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx2
import pytest
from tests.emulator.postgres import postgres
from tests.emulator.served import ACCOUNT, CALLEE, NUMBER, TOKEN, receiver

ROOT = Path(__file__).parents[2]
TIMES = int(os.environ.get("RINGBACK_CRASHES", "20"))


def _free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


class Process:
    """An emulator in a process of its own."""

    def __init__(self, port: int, url: str) -> None:
        self.base = f"http://127.0.0.1:{port}/2010-04-01/Accounts/{ACCOUNT}"
        command = [sys.executable, "-m", "tests.emulator.crash_server", str(port), url]
        path = os.pathsep.join([str(ROOT / "generator"), str(ROOT / "generated"), str(ROOT)])
        self._process = subprocess.Popen(command, cwd=ROOT, env={**os.environ, "PYTHONPATH": path})
        self._wait()

    def _wait(self) -> None:
        end = time.monotonic() + 20
        while time.monotonic() < end:
            assert self._process.poll() is None, "the emulator did not start"
            try:
                if httpx2.get(f"{self.base}/Queues.json", auth=(ACCOUNT, TOKEN)).status_code == 200:
                    return
            except httpx2.TransportError:
                time.sleep(0.02)
        raise AssertionError("the emulator did not answer")

    def kill(self) -> None:
        """kill -9"""
        self._process.send_signal(signal.SIGKILL)
        self._process.wait()


class Load(threading.Thread):
    """Makes calls as fast as they are answered, and remembers what was acknowledged."""

    def __init__(self, base: str, callback: str) -> None:
        super().__init__(daemon=True)
        self._base = base
        self._form = {
            "To": CALLEE,
            "From": NUMBER,
            "Twiml": "<Response/>",
            "StatusCallback": callback,
            "StatusCallbackEvent": "initiated",
        }
        self.acknowledged: list[str] = []
        self.refused = 0

    def run(self) -> None:
        with httpx2.Client(auth=(ACCOUNT, TOKEN)) as http:
            while True:
                try:
                    bad = len(self.acknowledged) % 5 == 4
                    form = (
                        {**self._form, "From": "+14159999999"}
                        if bad and self.refused % 2 == 0
                        else self._form
                    )
                    answer = http.post(f"{self._base}/Calls.json", data=form)
                except httpx2.TransportError:
                    return
                if answer.status_code == 201:
                    self.acknowledged.append(answer.json()["sid"])
                self.refused += answer.status_code != 201


@pytest.fixture(params=["sqlite", "postgresql"])
def database(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'voice.db'}"
        return
    with postgres() as url:
        yield url


def _missing(base: str, sids: list[str]) -> list[str]:
    with httpx2.Client(auth=(ACCOUNT, TOKEN)) as http:
        return [sid for sid in sids if http.get(f"{base}/Calls/{sid}.json").status_code != 200]


@pytest.mark.slow
def test_nothing_acknowledged_is_lost(database: str) -> None:
    chance = random.Random(3)
    acknowledged: list[str] = []
    with receiver({}) as (hooks, got):
        port = _free_port()
        process = Process(port, database)
        for _ in range(TIMES):
            loads = [Load(process.base, hooks + "/status") for _ in range(3)]
            for load in loads:
                load.start()
            time.sleep(0.1 + chance.random() * 0.4)
            process.kill()
            for load in loads:
                load.join(5)
                acknowledged += load.acknowledged
            process = Process(port, database)
        try:
            assert len(acknowledged) > TIMES
            assert _missing(process.base, acknowledged) == []
            end = time.monotonic() + 30
            while time.monotonic() < end and _untold(acknowledged, got):
                time.sleep(0.1)
            assert _untold(acknowledged, got) == set()
            known = set(_listed(process.base))
            assert {
                one.params["CallSid"][0] for one in got
            } <= known, "a call that was rolled back was told of"
        finally:
            process.kill()


def _untold(acknowledged: list[str], got: list[Any]) -> set[str]:
    return set(acknowledged) - {one.params["CallSid"][0] for one in list(got)}


def _listed(base: str) -> Iterator[str]:
    origin = base.partition("/2010")[0]
    link = f"/2010-04-01/Accounts/{ACCOUNT}/Calls.json?PageSize=1000"
    with httpx2.Client(auth=(ACCOUNT, TOKEN)) as http:
        while link:
            page = http.get(origin + link).json()
            yield from (call["sid"] for call in page["calls"])
            link = page["next_page_uri"]


@pytest.mark.slow
def test_two_workers_share_a_database_and_tell_everything_once() -> None:
    with postgres() as url, receiver({}) as (hooks, got):
        workers = [Process(_free_port(), url) for _ in range(2)]
        try:
            sids = []
            form = {
                "To": CALLEE,
                "From": NUMBER,
                "Twiml": "<Response/>",
                "StatusCallback": hooks + "/status",
            }
            events = ["initiated", "ringing", "answered", "completed"]
            with httpx2.Client(auth=(ACCOUNT, TOKEN)) as http:
                for number in range(40):
                    worker = workers[number % 2]
                    answer = http.post(
                        f"{worker.base}/Calls.json", data={**form, "StatusCallbackEvent": events}
                    )
                    sids.append(answer.json()["sid"])
                other = [
                    http.get(f"{workers[(n + 1) % 2].base}/Calls/{sid}.json")
                    for n, sid in enumerate(sids)
                ]
            assert [answer.status_code for answer in other] == [200] * 40
            end = time.monotonic() + 30
            while time.monotonic() < end and len(got) < 160:
                time.sleep(0.1)
            time.sleep(1)
            told = Counter(
                (one.params["CallSid"][0], one.params["SequenceNumber"][0]) for one in got
            )
            assert set(told.values()) == {1}
            assert set(told) == {(sid, str(number)) for sid in sids for number in range(4)}
        finally:
            for worker in workers:
                worker.kill()
