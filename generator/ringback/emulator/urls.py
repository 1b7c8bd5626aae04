"""Addresses that callers give: which are accepted, and what their fragment says about sending."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, urlsplit

if TYPE_CHECKING:
    from ringback.emulator.courier import Answer

_HOST = re.compile(r"[A-Za-z0-9.-]+|\[[0-9A-Fa-f:.]+\]")
_UNPRINTED = re.compile(r"[\s\x00-\x1f]")
_LOCAL = frozenset({"localhost", "127.0.0.1", "[::1]", "0.0.0.0"})


@lru_cache(maxsize=1024)
def acceptable(url: str, local: bool) -> bool:
    """Whether a URL is absolute HTTP with a valid host: no underscore, and no host of this machine unless `local`."""
    try:
        parts = urlsplit(url)
        host = parts.netloc.rpartition("@")[2]
        parts.port  # noqa: B018  raises for what is no port
    except ValueError:
        return False
    name = re.sub(r":[0-9]*$", "", host)
    if parts.scheme not in ("http", "https") or not name or not _HOST.fullmatch(name):
        return False
    if _UNPRINTED.search(url):
        return False
    return local or name.lower() not in _LOCAL


@dataclass(frozen=True, slots=True)
class Fragment:
    """What a URL's fragment overrides: `#ct=500&rt=2000&tt=5000&rc=3&rp=4xx,5xx`; times here are in seconds."""

    connect: float | None = None
    read: float | None = None
    total: float | None = None
    count: int | None = None
    policy: frozenset[str] = frozenset({"ct"})

    def again(self, answer: Answer, attempt: int, usual: int) -> bool:
        """Whether an attempt is followed by another."""
        most = usual if self.count is None else self.count
        if attempt > most or answer.final:
            return False
        if answer.error:
            kind = "rt" if answer.timed_out else "ct"
            return bool(self.policy & {kind, "all"})
        family = f"{answer.status // 100}xx"
        return family in ("4xx", "5xx") and bool(self.policy & {family, "all"})


def fragment_of(url: str) -> Fragment:
    """The overrides of a URL. What cannot be read is ignored."""
    values = {name: texts[-1] for name, texts in parse_qs(url.partition("#")[2]).items()}
    policy = frozenset(values["rp"].split(",")) if "rp" in values else frozenset({"ct"})
    count = _whole(values.get("rc"), 0, 5)
    return Fragment(
        _seconds(values.get("ct"), 100, 10_000),
        _seconds(values.get("rt"), 100, 15_000),
        _seconds(values.get("tt"), 100, 15_000),
        count,
        policy,
    )


def _whole(text: str | None, low: int, high: int) -> int | None:
    if text is None or not text.isdecimal() or not text.isascii() or len(text) > 9:
        return None
    return min(max(int(text), low), high)


def _seconds(text: str | None, low: int, high: int) -> float | None:
    found = _whole(text, low, high)
    return None if found is None else found / 1000
