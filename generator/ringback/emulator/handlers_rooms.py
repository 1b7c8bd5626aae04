"""The groups of the API that are about what calls meet in: recordings, conferences, participants, queues, members."""

from __future__ import annotations

from ringback.emulator.handlers_conferences import Conferences
from ringback.emulator.handlers_participants import Participants
from ringback.emulator.handlers_queues import Members, Queues
from ringback.emulator.handlers_recordings import Recordings

__all__ = ["Conferences", "Members", "Participants", "Queues", "Recordings"]
