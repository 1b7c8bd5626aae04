"""TwiML: its words, its parser, and the machine that runs it, resumed by events."""

from __future__ import annotations

from ringback.emulator.twiml import (
    dialing,
    fetching,
    flow,
    gather,
    machine,
    recording,
    rooms,
    services,
    speaking,
    transcribing,
    transfers,
)
from ringback.emulator.twiml.entry import inbound
from ringback.emulator.twiml.parser import Document, Element, Finding, Unreadable, parse

__all__ = [
    "Document",
    "Element",
    "Finding",
    "Unreadable",
    "dialing",
    "fetching",
    "flow",
    "gather",
    "inbound",
    "machine",
    "parse",
    "recording",
    "rooms",
    "services",
    "speaking",
    "transcribing",
    "transfers",
]
