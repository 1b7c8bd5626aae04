"""Media types: which of several is made, and which carry many values."""

from __future__ import annotations

from collections.abc import Iterable

from ringback.openapi import MediaType

FORM = "application/x-www-form-urlencoded"

_STREAMS = {
    "text/event-stream": "sse",
    "application/jsonl": "lines",
    "application/x-ndjson": "lines",
    "application/ndjson": "lines",
    "application/x-jsonlines": "lines",
    "application/json-lines": "lines",
    "application/json-seq": "seq",
    "application/geo+json-seq": "seq",
}


def stream_kind(media: MediaType) -> str:
    """How a media type carries many values: "" where it carries one."""
    essence = media.name.partition(";")[0].strip().lower()
    usual = "lines" if media.item_schema is not None and "json" in essence else ""
    return _STREAMS.get(essence, usual)


def chosen_media(content: Iterable[MediaType]) -> MediaType:
    """The media type that is made: JSON before a form before what comes first."""
    every = list(content)
    for wanted in ("application/json", FORM):
        for media in every:
            if media.name == wanted:
                return media
    plain = [media for media in every if "json" in media.name and not stream_kind(media)]
    return plain[0] if plain else every[0]
