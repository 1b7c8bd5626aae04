"""Lists the calls with the vendor's own client; prints the seconds of each of fifteen times."""

from __future__ import annotations

import sys
import time
from pathlib import Path
from typing import Any

from twilio.http import HttpClient
from twilio.http.response import Response
from twilio.rest import Client

ROWS, TIMES = 1000, 15


class Http(HttpClient):
    """Stands in for the HTTP library: answers every request from the pages, in their order."""

    def __init__(self, pages: list[bytes]) -> None:
        super().__init__(None, False, None)
        self._pages = pages
        self.sent = 0

    def request(self, *_: Any, **__: Any) -> Response:
        page = self.sent % len(self._pages)
        self.sent += 1
        # Bytes are what arrives from a network; their decoding is part of the work, as it is for the other side.
        return Response(200, self._pages[page].decode())


def main(folder: Path, size: int) -> None:
    pages = [(folder / f"{number}.json").read_bytes() for number in range(ROWS // size)]
    http = Http(pages)
    client = Client("AC" + "0123456789abcdef" * 2, "secret", http_client=http)
    for number in range(-2, TIMES):
        begin = time.perf_counter()
        rows = client.calls.list(page_size=size)
        touched = [(row.sid, row.status, row.start_time, row.price) for row in rows]
        seconds = time.perf_counter() - begin
        assert len(touched) == ROWS and touched[7][2].year == 2010, "not every call was read"
        if number >= 0:
            print(seconds)
    assert http.sent == (TIMES + 2) * len(pages)


main(Path(sys.argv[1]), int(sys.argv[2]))
