"""The Link header (RFC 8288): where the next page is."""

from __future__ import annotations

import re

__all__ = ["next_link"]

_QUOTED = r'"(?:[^"\\]|\\.)*"'
_LINK = re.compile(
    rf"\s*<([^<>]*)>((?:\s*;\s*[^\s=;,]+(?:\s*=\s*(?:{_QUOTED}|[^\s\";,]*))?)*)\s*(?:,|$)"
)
_PARAMETER = re.compile(rf"([^\s=;,]+)(?:\s*=\s*({_QUOTED}|[^\s\";,]*))?")


def next_link(header: str) -> str | None:
    """The address of the first link whose relation is `next`; None where there is none.

    A link with an `anchor` speaks of something else than the answer, and is passed over.
    """
    at = 0
    while found := _LINK.match(header, at):
        at = found.end()
        given: dict[str, str] = {}
        for name, value in _PARAMETER.findall(found.group(2)):
            given.setdefault(name.lower(), _plain(value))
        if "next" in given.get("rel", "").lower().split() and "anchor" not in given:
            return found.group(1).strip()
        if at == len(header):
            break
    return None


def _plain(value: str) -> str:
    """A parameter's value without its quotes."""
    return re.sub(r"\\(.)", r"\1", value[1:-1]) if value[:1] == '"' else value
