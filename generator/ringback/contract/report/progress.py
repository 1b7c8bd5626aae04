"""What a run is doing, while it does it: a line that moves on a terminal, and nothing anywhere else."""

from __future__ import annotations

import time
from dataclasses import dataclass
from threading import Lock
from types import TracebackType
from typing import TYPE_CHECKING, Any, Final, TextIO

if TYPE_CHECKING:
    from rich.live import Live

_PER_SECOND: Final = 8  # how often the display is drawn, whatever comes in


@dataclass(frozen=True, slots=True)
class Event:
    """Where a campaign is. Counts are of the whole run so far; `note` says what is done just now."""

    phase: str
    requests: int = 0
    findings: int = 0
    note: str = ""


class Progress:
    """A live display, to be used as a context manager and called with every Event, from any thread.

    `max_requests` is what the run may spend, for the bar. Where the stream is no terminal nothing is written.
    """

    def __init__(self, stream: TextIO, max_requests: int | None = None) -> None:
        self._stream = stream
        self._most = max_requests
        self._event = Event("starting")
        self._begun = self._now = time.monotonic()
        self._rate = 0.0
        self._mark = (self._begun, 0)
        self._lock = Lock()
        self._live: Live | None = None

    def __enter__(self) -> Progress:
        if self._stream.isatty():
            from rich.console import Console
            from rich.live import Live

            console = Console(file=self._stream, highlight=False)
            self._live = Live(
                get_renderable=self._drawn,
                console=console,
                refresh_per_second=_PER_SECOND,
                transient=True,
            )
            self._live.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._live is not None:
            self._live.stop()
            self._live = None

    def __call__(self, event: Event) -> None:
        """Take what the campaign says. Costs next to nothing: drawing has its own pace."""
        with self._lock:
            self._event = event

    @property
    def rate(self) -> float:
        """Requests per second over about the last second."""
        now = time.monotonic()
        with self._lock:
            then, before = self._mark
            if now - then >= 1.0:
                self._rate = (self._event.requests - before) / (now - then)
                self._mark = (now, self._event.requests)
            elif not self._rate and now > self._begun:
                return self._event.requests / max(now - self._begun, 0.1)
        return self._rate

    def _drawn(self) -> Any:
        from rich.progress_bar import ProgressBar
        from rich.spinner import Spinner
        from rich.table import Table
        from rich.text import Text

        event = self._event
        grid = Table.grid(padding=(0, 1))
        found = (
            ("0 findings", "green")
            if not event.findings
            else (f"{event.findings} found", "bold red")
        )
        cells: list[Any] = [
            Spinner("dots", style="cyan"),
            Text(event.phase, style="bold"),
            Text(f"{event.requests:,} requests"),
            Text(f"{self.rate:,.0f}/s", style="dim"),
            Text(*found),
        ]
        if self._most:
            done = min(event.requests, self._most)
            cells.append(ProgressBar(total=self._most, completed=done, width=24))
        cells.append(Text(event.note, style="dim", overflow="ellipsis", no_wrap=True))
        grid.add_row(*cells)
        return grid
