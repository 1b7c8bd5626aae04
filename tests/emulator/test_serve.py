"""`ringback emulate` as a process, and what it says when it cannot start; the fixture for tests."""

from __future__ import annotations

import contextlib
import os
import signal
import socket
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx2
import pytest

from ringback import cli
from ringback.emulator import fixture, serve
from ringback.emulator.running import Emulator

_FORM = {"To": "+15005550009", "From": "+15005550006", "Twiml": "<Response/>"}


@contextmanager
def emulating(*arguments: str, folder: Path) -> Iterator[tuple[dict[str, str], Any]]:
    """A process; what it printed by name, and the process."""
    process = subprocess.Popen(
        [sys.executable, "-m", "ringback", "emulate", "--port", "0", *arguments],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, cwd=folder,
    )  # fmt: skip
    assert process.stdout is not None
    told: dict[str, str] = {}
    try:
        for line in process.stdout:
            name, _, text = line.strip().partition("  ")
            told[name] = text.strip()
            if name == "page":
                break
        assert told, process.stderr and process.stderr.read()
        yield told, process
    finally:
        process.kill()
        process.communicate()


def asked(told: dict[str, str], method: str, path: str, **given: Any) -> httpx2.Response:
    url = f"{told['listening']}/Accounts/{told['account']}{path}"
    for _ in range(100):
        try:
            with httpx2.Client(auth=(told["account"], told["auth token"])) as http:
                return http.request(method, url, **given)
        except httpx2.ConnectError:
            time.sleep(0.05)
    raise AssertionError("it does not listen")


@pytest.mark.slow
def test_it_says_where_it_listens_and_what_is_in_force(tmp_path: Path) -> None:
    with emulating("--clock", "60x", "--auth-token", "t", "--literal", folder=tmp_path) as (
        told,
        process,
    ):
        assert told["auth token"] == "t"
        assert told["document"] == "voice.yaml to the letter"
        assert told["clock"] == "60 times as fast as the wall's"
        assert told["state"] == "in memory"
        made = asked(told, "POST", "/Calls.json", data=_FORM)
        assert made.status_code == 201 and made.json()["date_created"].endswith("Z")
        until = time.monotonic() + 10
        while (call := asked(told, "GET", f"/Calls/{made.json()['sid']}.json").json())[
            "status"
        ] != "completed":
            assert time.monotonic() < until, call
            time.sleep(0.05)
        process.send_signal(signal.SIGINT)
        assert process.wait(10) == 130


@pytest.mark.slow
def test_a_database_keeps_accounts_and_calls(tmp_path: Path) -> None:
    with emulating("--database", "calls.db", "--clock", "manual", folder=tmp_path) as (
        first,
        process,
    ):
        sid = asked(first, "POST", "/Calls.json", data=_FORM).json()["sid"]
        process.kill()
    with emulating("--database", "calls.db", "--clock", "manual", folder=tmp_path) as (told, _):
        assert (told["account"], told["auth token"]) == (first["account"], first["auth token"])
        assert asked(told, "GET", f"/Calls/{sid}.json").json()["status"] == "queued"


@pytest.mark.slow
def test_a_dropped_connection_is_dropped(tmp_path: Path) -> None:
    with emulating(folder=tmp_path) as (told, _):
        asked(told, "GET", "/Calls.json")
        for fault in ("drop", "drop=after"):
            with pytest.raises((httpx2.RemoteProtocolError, httpx2.ReadError)):
                asked(told, "POST", "/Calls.json", data=_FORM, headers={"X-Ringback-Fault": fault})
        assert len(asked(told, "GET", "/Calls.json").json()["calls"]) == 1


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["--clock", "fast"], "--clock: 'fast' is no clock"),
        (["--account-sid", "AC1"], "--account-sid is AC and 32 hexadecimal digits"),
        (["--host", "192.0.2.1"], "cannot listen on 192.0.2.1"),
        (["--port", "70000"], "cannot listen on 127.0.0.1 port 70000"),
        (["--database", "nothing://x"], "cannot open the database"),
        (["--database", "/nowhere/at/all.db"], "cannot open the database"),
        (["--load", "x.yaml", "--account-sid", "AC" + "1" * 32], "exclude each other"),
        (["--control-token", ""], "--control-token is empty"),
    ],
)
def test_what_cannot_start_says_why(
    arguments: list[str], told: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(["emulate", *arguments]) == cli.USAGE
    heard = capsys.readouterr()
    assert told in heard.err and len(heard.err.splitlines()) == 1 and heard.out == ""


def test_a_port_in_use_is_said(capsys: pytest.CaptureFixture[str]) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        assert cli.main(["emulate", "--port", str(taken.getsockname()[1])]) == cli.USAGE
    assert "Address already in use" in capsys.readouterr().err


def test_a_faulty_file_is_reported_with_places(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "seed.yaml"
    file.write_text(
        "accounts:\n- sid: AC1\nsettings: {calls_per_second: fast, fault: x=1}\n", "utf-8"
    )
    assert cli.main(["emulate", "--load", str(file)]) == cli.USAGE
    heard = capsys.readouterr().err
    assert f"{file}:2:8: error: expected AC" in heard
    assert f"{file}:3:30: error: calls_per_second: expected `float`, got `str`" in heard
    assert "x=1 is no fault" in heard and "3 errors" in heard


def test_without_the_extra_there_is_a_sentence(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(serve, "_NEEDED", ("sqlalchemy", "no_such_package"))
    assert cli.main(["emulate"]) == cli.USAGE
    assert "needs no_such_package: pip install 'ringback[emulator]'" in capsys.readouterr().err


def test_a_file_names_accounts_and_settings(tmp_path: Path) -> None:
    file = tmp_path / "seed.yaml"
    file.write_text(
        f"settings: {{seed: 3, first_conference_sequence: 0, machine_detection_timeouts: [3, 59]}}\n"
        f"accounts: [{{sid: AC{'5' * 32}, auth_token: five}}]\n", "utf-8",
    )  # fmt: skip
    ready = serve.prepared(serve.Options(port=0, load=str(file)))
    try:
        assert (ready.account.account_sid, ready.account.auth_token) == ("AC" + "5" * 32, "five")
        assert ready.world.settings.first_conference_sequence == 0
        assert ready.world.settings.machine_detection_timeouts == (3, 59)
        assert ready.world.store.seed == 3
    finally:
        ready.listening.close()
        ready.world.store.close()


def test_a_password_is_not_shown() -> None:
    assert (
        serve._safe("postgresql+psycopg://me:secret@host/db") == "postgresql+psycopg://me:…@host/db"
    )


@pytest.mark.slow
def test_it_starts_within_a_second(tmp_path: Path) -> None:
    began = time.monotonic()
    with emulating(folder=tmp_path) as (told, _):
        asked(told, "GET", "/Calls.json")
    limit = 1.0 if os.environ.get("CI") is None else 3.0
    assert time.monotonic() - began < limit * 2  # the machine may be busy with other tests


# -- the fixture

ringback_emulator = fixture.ringback_emulator  # also where no entry point brings it


def test_a_test_has_an_emulator_and_moves_its_time(
    request: pytest.FixtureRequest,
) -> None:
    emulator: Emulator = request.getfixturevalue("ringback_emulator")
    emulator.behave("+1500555*", busy=True)
    base = f"{emulator.url}/2010-04-01/Accounts/{emulator.account_sid}/Calls"
    with httpx2.Client(auth=(emulator.account_sid, emulator.auth_token)) as http:
        sid = http.post(base + ".json", data=_FORM).json()["sid"]
        emulator.advance(5)
        assert http.get(f"{base}/{sid}.json").json()["status"] == "busy"
    assert emulator.timeline(sid)[-1] == "busy"
    called = emulator.call_in("+15005550006")
    emulator.advance(5)
    emulator.press(called, "1")
    emulator.say(called, "nobody listens")
    emulator.hang_up(called)
    assert emulator.story(called)["call"]["status"] == "completed"
    with pytest.raises(RuntimeError, match="The call is over"):
        emulator.hang_up(called)
    emulator.reset()
    with pytest.raises(RuntimeError, match="There is no call"):
        emulator.story(called)


def test_the_plugin_loads_nothing_of_the_emulator() -> None:
    code = (
        "import sys, ringback.emulator.fixture; "
        "print([m for m in ('sqlalchemy', 'uvicorn', 'msgspec', 'httpx2') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_a_database_of_another_version_is_said(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "calls.db"
    with contextlib.closing(sqlite3.connect(file)) as old:
        old.execute("CREATE TABLE facts (name TEXT PRIMARY KEY, value INTEGER)")
    assert cli.main(["emulate", "--database", str(file)]) == cli.USAGE
    heard = capsys.readouterr().err
    assert "tables are of an older version of the emulator" in heard
    assert len(heard.splitlines()) == 1
