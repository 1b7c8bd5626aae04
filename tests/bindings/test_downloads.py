"""Content that is not JSON: at once, piece by piece, into a file; redirects lose the credentials."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

import httpx2
import pytest
from scripted import Script, answer, error_body

from twilio_voice import NotFound, PagingError

SID: Any = "RE" + "2" * 32
SOUND = b"RIFF" + bytes(range(256)) * 40


def sound(**headers: str) -> httpx2.Response:
    return httpx2.Response(200, content=SOUND, headers={"content-type": "audio/x-wav", **headers})


def moved(target: str, status: int = 307) -> httpx2.Response:
    return httpx2.Response(status, headers={"location": target})


def test_nothing_is_sent_before_it_is_read() -> None:
    script = Script(sound())
    download = script.client().recordings.media_wav(SID)
    assert script.requests == []
    assert download.read() == SOUND
    assert script.paths[0].endswith(f"/Recordings/{SID}.wav")
    assert script.requests[0].headers["accept"].startswith("audio/x-wav")


def test_piece_by_piece_and_into_a_file(tmp_path: Path) -> None:
    client = Script(sound(), sound()).client()
    with client.recordings.media_wav(SID, requested_channels=2) as download:
        assert download.content_type == "audio/x-wav"
        assert b"".join(download.iter_bytes()) == SOUND
    assert client.recordings.media_mp3(SID).save(tmp_path / "a.mp3") == len(SOUND)
    assert (tmp_path / "a.mp3").read_bytes() == SOUND


def test_the_same_async(tmp_path: Path) -> None:
    async def run() -> None:
        client = Script(sound(), sound(), sound()).async_client()
        assert await client.recordings.media_wav(SID).read() == SOUND
        async with client.recordings.media_wav(SID) as download:
            assert b"".join([chunk async for chunk in download.iter_bytes()]) == SOUND
        assert await client.recordings.media_wav(SID).save(tmp_path / "b.wav") == len(SOUND)

    asyncio.run(run())
    assert (tmp_path / "b.wav").read_bytes() == SOUND


def test_a_redirect_to_another_origin_goes_without_credentials() -> None:
    script = Script(moved("https://media.example/a.wav?sig=1"), sound())
    assert script.client().recordings.media_wav(SID).read() == SOUND
    first, second = script.requests
    assert "authorization" in first.headers
    assert "authorization" not in second.headers
    assert str(second.url) == "https://media.example/a.wav?sig=1"


def test_a_redirect_on_the_same_origin_keeps_them_sync_and_async() -> None:
    script = Script(moved("/elsewhere/a.wav"), sound())
    assert script.client().recordings.media_wav(SID).read() == SOUND
    assert "authorization" in script.requests[1].headers
    script = Script(moved("https://media.example/a.wav"), moved("https://api.test/x"), sound())
    assert asyncio.run(script.async_client().recordings.media_wav(SID).read()) == SOUND
    assert ["authorization" in one.headers for one in script.requests] == [True, False, True]


def test_redirects_end() -> None:
    script = Script(*[moved(f"https://api.test/{number}") for number in range(9)])
    with pytest.raises(PagingError, match="more than 5 redirects"):
        script.client().recordings.media_wav(SID).read()
    with pytest.raises(PagingError, match="file:///etc/passwd"):
        Script(moved("file:///etc/passwd")).client().recordings.media_wav(SID).read()


def test_a_json_operation_follows_no_redirect() -> None:
    script = Script(moved("https://evil.example/"))
    with pytest.raises(Exception, match="307"):
        script.client().recordings.fetch(SID)
    assert len(script.requests) == 1


def test_an_error_is_raised_before_anything_is_written(tmp_path: Path) -> None:
    client = Script(answer(404, error_body(404, 20404))).client()
    with pytest.raises(NotFound) as raised:
        client.recordings.media_wav(SID).save(tmp_path / "none.wav")
    assert raised.value.code == 20404
    assert not (tmp_path / "none.wav").exists()
    async_client = Script(answer(404, error_body(404, 20404))).async_client()
    with pytest.raises(NotFound):
        asyncio.run(async_client.recordings.media_wav(SID).save(tmp_path / "none.wav"))
    assert not (tmp_path / "none.wav").exists()
