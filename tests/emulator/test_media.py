"""The sound of recordings: files that can be played, of the right length and number of channels."""

from __future__ import annotations

import array
import io
import sys
import wave
from itertools import pairwise

import pytest
from tests.emulator.rooms import hangs_up, in_a_world, joins, up
from tests.emulator.voice_world import Voice

from ringback.emulator import media
from twilio_voice import errors
from twilio_voice.models import RecordingSid
from twilio_voice.server import Fault

_KBITS = (0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160)


def heard(data: bytes) -> tuple[int, float]:
    """Channels and seconds of an MP3 file, by the headers of its frames (MPEG 2.5 layer III, 8 kHz)."""
    place, frames, channels = 0, 0, 0
    while place < len(data):
        head = int.from_bytes(data[place : place + 4], "big")
        assert head >> 21 == 0x7FF, f"no frame at byte {place}"
        version, layer = head >> 19 & 3, head >> 17 & 3
        assert (version, layer, head >> 10 & 3) == (0, 1, 2)
        channels = 1 if head >> 6 & 3 == 3 else 2
        place += 72 * _KBITS[head >> 12 & 15] * 1000 // 8000 + (head >> 9 & 1)
        frames += 1
    assert place == len(data), "the last frame is cut"
    return channels, frames * 576 / 8000


@pytest.mark.parametrize("channels", [1, 2])
@pytest.mark.parametrize("seconds", [1, 7, 100])
def test_wav(seconds: int, channels: int) -> None:
    with wave.open(io.BytesIO(media.wav(seconds, channels))) as audio:
        assert audio.getparams()[:4] == (channels, 2, 8000, 8000 * seconds)
        samples = array.array("h", audio.readframes(8000))
    if sys.byteorder == "big":
        samples.byteswap()
    left = samples[::channels]
    assert max(left) > 5000, "there is something to hear"
    crossings = sum(1 for a, b in pairwise(left) if a < 0 <= b)
    assert abs(crossings - 440) <= 1
    if channels == 2:
        assert samples[::2] != samples[1::2]


@pytest.mark.parametrize("channels", [1, 2])
@pytest.mark.parametrize("seconds", [1, 36, 37, 100])
def test_mp3(seconds: int, channels: int) -> None:
    pytest.importorskip("lameenc")
    found, length = heard(media.mp3(seconds, channels))
    assert found == channels
    assert seconds <= length < seconds + 0.1


def test_without_an_encoder_mp3_says_what_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "lameenc", None)
    media._piece.cache_clear()
    with pytest.raises(Fault) as caught:
        media.mp3(1, 1)
    assert caught.value.status == 501
    assert "lameenc" in caught.value.message


@in_a_world
async def test_over_the_api(voice: Voice) -> None:
    sid, other = await up(voice, 2)
    client = voice.client.recordings
    recording = await client.create_for_call(sid, recording_channels="dual")
    await joins(voice, sid, "room", record="record-from-start")
    await joins(voice, other, "room")
    with pytest.raises(errors.NotFound):
        await client.media_wav(recording.sid).read()
    await voice.advance(8)
    await hangs_up(voice, sid)
    await hangs_up(voice, other)
    await voice.advance(2)
    (room,) = [one async for one in voice.client.conferences.list()]
    (mixed,) = [one async for one in client.list_for_conference(room.sid)]
    assert await _channels(voice, recording.sid) == (2, 8, 1)
    assert await _channels(voice, mixed.sid) == (1, 8, 2)


async def _channels(voice: Voice, sid: RecordingSid) -> tuple[int, int, int]:
    """The channels and seconds of a recording as it is, and the channels when the other number is asked for."""
    client = voice.client.recordings
    plain = await client.media_wav(sid).read()
    with wave.open(io.BytesIO(plain)) as audio:
        usual, seconds = audio.getnchannels(), audio.getnframes() // audio.getframerate()
    channels, _ = heard(await client.media_mp3(sid, requested_channels=3 - usual).read())
    return usual, seconds, channels
