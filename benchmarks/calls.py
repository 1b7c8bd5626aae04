"""Listing a thousand calls, from one page and from twenty, with no network on either side.

Both clients get the same bytes from an object that stands in for their HTTP library, and both must hand out the same
four attributes of every row. The answers are written to files first; a child process reads them before the clock runs.
"""

from __future__ import annotations

import hashlib
import json
import statistics
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROWS = 1000
PAGINGS = {"1 page of 1,000": 1000, "20 pages of 50": 50}
CHILDREN = Path(__file__).parent / "children"
ACCOUNT = "AC" + "0123456789abcdef" * 2
HOME = f"/2010-04-01/Accounts/{ACCOUNT}/Calls"
STATES = ("completed", "busy", "no-answer", "in-progress", "failed")


@dataclass(frozen=True, slots=True)
class Listing:
    """Medians in seconds for one paging; theirs is None where twilio could not be installed."""

    name: str
    ours: float
    theirs: float | None


def measured(work: Path, their_python: Path | None, rounds: int) -> list[Listing]:
    """Measure both sides, in turns."""
    found = []
    for name, size in PAGINGS.items():
        folder = work / f"pages-{size}"
        written(folder, size)
        ours: list[float] = []
        theirs: list[float] = []
        for _ in range(rounds):
            ours += _samples(Path(sys.executable), "list_ringback.py", folder, size)
            if their_python is not None:
                theirs += _samples(their_python, "list_twilio.py", folder, size)
        found.append(
            Listing(name, statistics.median(ours), statistics.median(theirs) if theirs else None)
        )
    return found


def written(folder: Path, size: int) -> None:
    """Write the answers, page by page, as the API words them."""
    folder.mkdir(parents=True, exist_ok=True)
    for page in range(ROWS // size):
        (folder / f"{page}.json").write_bytes(_page(page, size))


def _page(page: int, size: int) -> bytes:
    rows = [_call(number) for number in range(page * size, (page + 1) * size)]
    body: dict[str, Any] = {
        "calls": rows,
        "end": page * size + size - 1,
        "first_page_uri": _uri(size, 0),
        "next_page_uri": _uri(size, page + 1) if (page + 1) * size < ROWS else None,
        "page": page,
        "page_size": size,
        "previous_page_uri": _uri(size, page - 1) if page else None,
        "start": page * size,
        "uri": _uri(size, page),
    }
    return json.dumps(body).encode()


def _uri(size: int, page: int) -> str:
    return f"{HOME}.json?PageSize={size}&Page={page}&PageToken=PA{_call_sid(page * size)}"


def _call_sid(number: int) -> str:
    return "CA" + hashlib.md5(str(number).encode()).hexdigest()


def _call(number: int) -> dict[str, Any]:
    sid, second = _call_sid(number), number % 60
    parts = ("Notifications", "Recordings", "Payments", "Events", "Siprec", "Streams")
    return {
        "account_sid": ACCOUNT,
        "annotation": None,
        "answered_by": None,
        "api_version": "2010-04-01",
        "caller_name": None,
        "date_created": f"Tue, 31 Aug 2010 20:36:{second:02} +0000",
        "date_updated": f"Tue, 31 Aug 2010 20:37:{second:02} +0000",
        "direction": "outbound-api" if number % 2 else "inbound",
        "duration": str(number % 600),
        "end_time": f"Tue, 31 Aug 2010 20:37:{second:02} +0000",
        "forwarded_from": None,
        "from": f"+1415555{number % 10000:04}",
        "from_formatted": f"(415) 555-{number % 10000:04}",
        "group_sid": None,
        "parent_call_sid": None,
        "phone_number_sid": "PN" + sid[2:],
        "price": f"-0.{number % 100:02}000",
        "price_unit": "USD",
        "queue_time": str(number),
        "sid": sid,
        "start_time": f"Tue, 31 Aug 2010 20:36:{second:02} +0000",
        "status": STATES[number % len(STATES)],
        "subresource_uris": {part.lower(): f"{HOME}/{sid}/{part}.json" for part in parts},
        "to": "+14155551212",
        "to_formatted": "(415) 555-1212",
        "trunk_sid": None,
        "uri": f"{HOME}/{sid}.json",
    }


def _samples(python: Path, child: str, folder: Path, size: int) -> list[float]:
    command = [str(python), str(CHILDREN / child), str(folder), str(size)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimeError(f"{child}: {done.stderr.strip()}")
    return [float(line) for line in done.stdout.split()]
