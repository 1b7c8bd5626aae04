"""What can be asked: something that takes a request and gives an answer, or says in one sentence why none came."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from ringback.contract.traffic import Reply, Request


@dataclass(frozen=True, slots=True)
class Limits:
    """What an answer may be at most, in bytes; what is longer is no answer."""

    head: int = 64 * 1024
    body: int = 16 * 1024 * 1024


class TargetError(Exception):
    """No answer that can be used. `trace` is where an application in this process raised; its `reply`, if it had one.

    `unreachable` says that nothing was sent, because nobody was there.
    """

    def __init__(
        self,
        sentence: str,
        trace: str = "",
        *,
        reply: Reply | None = None,
        unreachable: bool = False,
    ) -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.trace = trace
        self.reply = reply
        self.unreachable = unreachable


class Target(Protocol):
    """The tested side. Any thread may call it, several at once."""

    @property
    def name(self) -> str:
        """What a report calls it: a URL without credentials, or MODULE:ATTR."""
        ...

    @property
    def loopback(self) -> bool:
        """Whether it is on this machine for certain, so that writing to it harms nobody else; known once open."""
        ...

    def open(self) -> None:
        """Make it ready. Raises TargetError; opening twice does nothing."""
        ...

    def call(self, request: Request, timeout: float) -> Reply:
        """Ask, and wait at most `timeout` seconds for the whole of the answer. Raises TargetError."""
        ...

    def close(self) -> None:
        """Let go of connections, threads and the application."""
        ...


def bodiless(method: str, status: int) -> bool:
    """Whether an answer has no body by what HTTP says, whatever its header says."""
    return method == "HEAD" or status in (204, 304) or 100 <= status < 200


def size(count: int) -> str:
    """A number of bytes as a person says it: "64 KiB"."""
    if count >= 1024 * 1024 and count % (1024 * 1024) == 0:
        return f"{count // (1024 * 1024)} MiB"
    if count >= 1024 and count % 1024 == 0:
        return f"{count // 1024} KiB"
    return f"{count} bytes"
