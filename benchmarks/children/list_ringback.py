"""Lists the calls with the generated client; prints the seconds of each of fifteen times."""

from __future__ import annotations

import sys
import time
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from twilio_voice import Client

ROWS, TIMES = 1000, 15


class Answer:
    """An answer whose bytes are already there."""

    status_code = 200
    headers = {"content-type": "application/json"}

    def __init__(self, content: bytes) -> None:
        self._content = content

    def iter_bytes(self) -> Any:
        yield self._content

    def close(self) -> None:
        """Nothing is open."""


class Http:
    """Stands in for the HTTP library: answers every request from the pages, in their order."""

    def __init__(self, pages: list[bytes]) -> None:
        self._pages = pages
        self.sent = 0

    def build_request(self, method: str, url: str, **_: Any) -> Any:
        return SimpleNamespace(method=method, url=url)

    def send(self, request: Any, *, stream: bool) -> Answer:
        page = self.sent % len(self._pages)
        self.sent += 1
        return Answer(self._pages[page])


def main(folder: Path, size: int) -> None:
    pages = [(folder / f"{number}.json").read_bytes() for number in range(ROWS // size)]
    http = Http(pages)
    client = Client("AC" + "0123456789abcdef" * 2, "secret", http=http)
    for number in range(-2, TIMES):  # two times without the clock: decoders are built at first use
        begin = time.perf_counter()
        rows = client.calls.list(page_size=size).all()
        touched = [(row.sid, row.status, row.start_time, row.price) for row in rows]
        seconds = time.perf_counter() - begin
        assert len(touched) == ROWS and touched[7][2].year == 2010, "not every call was read"
        assert not client.drifts, client.drifts
        if number >= 0:
            print(seconds)
    assert http.sent == (TIMES + 2) * len(pages)


main(Path(sys.argv[1]), int(sys.argv[2]))
