"""The sound of recordings: real WAV and MP3 files with a steady tone, of the right length and number of channels.

Nothing is recorded, so there is nothing to keep: a file is made when it is fetched, from a short piece that repeats. WAV is
8 kHz with 16 bits. MP3 is cut between frames; a frame never needs one that comes after it, and a piece starts with a frame
that needs none before it, so that pieces can be put one after the other.
"""

from __future__ import annotations

import array
import io
import math
import sys
import wave
from functools import lru_cache
from importlib import import_module
from typing import Any

from twilio_voice.server import Fault

RATE = 8000
_TONES = (
    440,
    550,
)  # a channel each: whole numbers of waves in a second, so that seconds join without a click
_LOUDNESS = 8000
_PIECE_SECONDS = 36
_FRAME_SAMPLES = 576
_MP3_KBITS = 16


def wav(seconds: int, channels: int) -> bytes:
    """A WAV file of so many seconds."""
    target = io.BytesIO()
    with wave.open(target, "wb") as audio:
        audio.setnchannels(channels)
        audio.setsampwidth(2)
        audio.setframerate(RATE)
        audio.writeframes(_second(channels) * seconds)
    return target.getvalue()


def mp3(seconds: int, channels: int) -> bytes:
    """An MP3 file of so many seconds, up to the end of its last frame. Raises Fault 501 without an encoder."""
    frames = -(-seconds * RATE // _FRAME_SAMPLES)
    piece = _piece(channels)
    whole, rest = divmod(frames, len(piece))
    return b"".join(piece) * whole + b"".join(piece[:rest])


@lru_cache(maxsize=2)
def _second(channels: int) -> bytes:
    """One second of tone, as little-endian samples, the channels in turn."""
    samples = array.array("h")
    for place in range(RATE):
        for tone in _TONES[:channels]:
            samples.append(round(_LOUDNESS * math.sin(2 * math.pi * tone * place / RATE)))
    if sys.byteorder == "big":
        samples.byteswap()
    return samples.tobytes()


@lru_cache(maxsize=2)
def _piece(channels: int) -> tuple[bytes, ...]:
    """The frames of a piece of tone."""
    try:
        lameenc: Any = import_module("lameenc")
    except ImportError:
        told = (
            "MP3 needs an encoder that is not installed here (lameenc); fetch the recording as .wav"
        )
        raise Fault(501, told, code=20500) from None
    encoder = lameenc.Encoder()
    encoder.set_channels(channels)
    encoder.set_in_sample_rate(RATE)
    encoder.set_out_sample_rate(RATE)
    encoder.set_bit_rate(_MP3_KBITS * channels)
    encoder.set_quality(7)
    encoder.silence()
    data = bytes(encoder.encode(_second(channels) * _PIECE_SECONDS)) + bytes(encoder.flush())
    return tuple(_frames(data))[: _PIECE_SECONDS * RATE // _FRAME_SAMPLES]


_KBITS_25 = (0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160)


def _frames(data: bytes) -> list[bytes]:
    """The frames of MPEG 2.5 layer III at 8 kHz."""
    found: list[bytes] = []
    place = 0
    while place + 4 <= len(data):
        head = data[place : place + 4]
        assert head[0] == 0xFF and head[1] & 0xFE == 0xE2, "an encoder that does not write MPEG 2.5"
        size = 72 * _KBITS_25[head[2] >> 4] * 1000 // RATE + (head[2] >> 1 & 1)
        found.append(data[place : place + size])
        place += size
    return found
