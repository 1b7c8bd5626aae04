"""A part of a recording, as players ask for it."""

from __future__ import annotations

import pytest

from ringback.emulator import ranges
from ringback.emulator.app import create_app
from ringback.emulator.records import RecordingRecord

from .surface_world import ACCOUNT, a_world, ask

RE = "RE" + "1" * 32
HOME = f"/2010-04-01/Accounts/{ACCOUNT}/Recordings/{RE}"


@pytest.mark.parametrize(
    ("wanted", "status", "told", "content"),
    [
        (b"", 200, None, b"0123456789"),
        (b"bytes=2-4", 206, b"bytes 2-4/10", b"234"),
        (b"bytes=7-", 206, b"bytes 7-9/10", b"789"),
        (b"bytes=-3", 206, b"bytes 7-9/10", b"789"),
        (b"bytes=-99", 206, b"bytes 0-9/10", b"0123456789"),
        (b"bytes=5-99", 206, b"bytes 5-9/10", b"56789"),
        (b"BYTES=0-0", 206, b"bytes 0-0/10", b"0"),
        (b"bytes=10-", 416, b"bytes */10", b""),
        (b"bytes=-0", 416, b"bytes */10", b""),
        (b"bytes=4-2", 200, None, b"0123456789"),
        (b"bytes=-", 200, None, b"0123456789"),
        (b"bytes=0-1,3-4", 200, None, b"0123456789"),
        (b"seconds=1-2", 200, None, b"0123456789"),
    ],
)
def test_cut(wanted: bytes, status: int, told: bytes | None, content: bytes) -> None:
    got, headers, part = ranges.cut(wanted, b"0123456789")
    assert (got, part, dict(headers).get(b"content-range")) == (status, content, told)
    assert dict(headers)[b"accept-ranges"] == b"bytes"


@pytest.mark.parametrize("path", [HOME + ".wav", HOME, f"/_ringback/recordings/{RE}.wav"])
def test_a_recording_is_fetched_in_parts(path: str) -> None:
    world = a_world()
    record = RecordingRecord(
        account_sid=ACCOUNT, sid=RE, status="completed", seconds=1, created=0, updated=0
    )
    world.store.do(lambda tx: tx.add(record))
    app = create_app(world)
    whole = ask(app, "GET", path)
    assert (whole.status_code, whole.headers["accept-ranges"]) == (200, "bytes")
    part = ask(app, "GET", path, headers={"Range": "bytes=44-99"})
    assert (part.status_code, part.content) == (206, whole.content[44:100])
    assert part.headers["content-range"] == f"bytes 44-99/{len(whole.content)}"
    assert part.headers["content-type"] == whole.headers["content-type"]
    behind = ask(app, "GET", path, headers={"Range": "bytes=99999999-"})
    assert (behind.status_code, behind.content) == (416, b"")
    since = ask(app, "GET", path, headers={"Range": "bytes=0-1", "If-Range": '"x"'})
    assert (since.status_code, since.content) == (200, whole.content)
    head = ask(app, "HEAD", path, headers={"Range": "bytes=0-1"})
    assert (head.status_code, head.content) == (200, b"")


def test_what_is_not_there_stays_so() -> None:
    answer = ask(create_app(a_world()), "GET", HOME + ".wav", headers={"Range": "bytes=0-1"})
    assert (answer.status_code, answer.json()["code"]) == (404, 20404)
