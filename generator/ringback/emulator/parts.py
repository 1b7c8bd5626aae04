"""The parts of the world, in the order in which they hear signals."""

from __future__ import annotations

from importlib import import_module

_PARTS = (
    "ringback.emulator.calls",
    "ringback.emulator.recordings",
    "ringback.emulator.conferences",
    "ringback.emulator.queues",
    "ringback.emulator.twiml",
    "ringback.emulator.conference_control",
)


def load() -> None:
    """Import all parts: that registers what they handle and listen to."""
    for part in _PARTS:
        import_module(part)
