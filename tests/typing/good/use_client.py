"""A caller of the sync client, written as its users write."""

from datetime import date
from decimal import Decimal
from pathlib import Path

from twilio_voice import (
    UNSET,
    Call,
    CallSid,
    CallStatus,
    Client,
    InvalidRequest,
    NotFound,
    RateLimited,
    RequestOptions,
)


def place(client: Client, to: str) -> CallSid:
    """Place a call; values of sets may be members or their texts."""
    call = client.calls.create(
        to=to,
        from_="+15017122661",
        url="https://example.com/voice.xml",
        status_callback_event=["initiated", "completed"],
        machine_detection="Enable",
        timeout=30,
        options=RequestOptions(timeout=5.0, max_retries=0),
    )
    return call.sid


def spent(client: Client, since: date) -> Decimal:
    """What the completed calls cost; a call that has no price yet counts nothing."""
    calls = client.calls.list(status=CallStatus.COMPLETED, start_time_after=since, page_size=100)
    return sum((-call.price for call in calls if call.price is not None), Decimal(0))


def newest(client: Client) -> Call | None:
    """The first row of a list, or none."""
    return client.calls.list(page_size=1).first()


def fetched(client: Client, text: str) -> Call | None:
    """A SID that came as text is named as one where it enters."""
    try:
        return client.calls.fetch(CallSid(text))
    except NotFound:
        return None
    except InvalidRequest as error:
        print(*error.problems)
        raise
    except RateLimited as error:
        print(error.retry_after)
        raise


def hang_up(client: Client, call: Call) -> CallStatus:
    """An update names the call by its SID."""
    return client.calls.update(call.sid, status="completed").status


def save(client: Client, folder: Path) -> int:
    """Recordings, saved as they stream in; gives the bytes."""
    total = 0
    for recording in client.recordings.list().limit(3):
        with client.recordings.media_wav(recording.sid) as media:
            total += media.save(folder / f"{recording.sid}.wav")
        if recording.track is not UNSET and recording.track is not None:
            print(recording.track.value)
    return total


def raw(client: Client, sid: CallSid) -> int:
    """The raw answer beside the value."""
    with client.record() as recorded:
        client.calls.fetch(sid)
    return recorded.last.status


def main() -> None:
    with Client("AC" + "0" * 32, "secret", strict=True) as client:
        print(place(client, "+14155551212"), spent(client, date(2026, 1, 1)), newest(client))
        for page in client.calls.list(page_size=50).pages():
            print(len(page.calls))
        for where, drift in client.drifts:
            print(where, drift.pointer, drift.wanted, drift.found)
