"""The SID of a recording where that of a call is wanted."""

from twilio_voice import Client, RecordingSid


def fetch(client: Client, sid: RecordingSid) -> None:
    client.calls.fetch(sid)  # error
