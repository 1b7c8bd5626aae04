"""A handler that lacks most of its group and is not based on the ready-made one."""

from twilio_voice import build_app
from twilio_voice.server import FetchCall200, FetchCallAnswer, FetchCallInput


class Calls:
    async def fetch(self, given: FetchCallInput, /) -> FetchCallAnswer:
        raise NotImplementedError(FetchCall200)


app = build_app(calls=Calls())  # error
