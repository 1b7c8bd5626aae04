"""A server made from the stubs, written as its users write."""

from twilio_voice import ApiError, Call, CallSid, Fault, RawAnswer, build_app
from twilio_voice.server import (
    CallsHandler,
    FetchCall200,
    FetchCall404,
    FetchCallAnswer,
    FetchCallInput,
    UnimplementedCalls,
    UpdateCall200,
    UpdateCallAnswer,
    UpdateCallInput,
)


class Calls(UnimplementedCalls):
    """Two operations of one group; the others answer 501."""

    def __init__(self) -> None:
        self._calls: dict[CallSid, Call] = {}

    async def fetch(self, given: FetchCallInput, /) -> FetchCallAnswer:
        call = self._calls.get(given.call_sid)
        if call is None:
            missing = ApiError(code=20404, message="no such call", more_info="", status=404)
            return FetchCall404(missing, headers={"Retry-After": "1"})
        return FetchCall200(call)

    async def update(self, given: UpdateCallInput, /) -> UpdateCallAnswer:
        if given.identity is None:
            raise Fault(401, "who are you?", code=20003)
        if given.call_sid not in self._calls:
            raise RawAnswer(418, b"short and stout")
        return UpdateCall200(self._calls[given.call_sid])


handler: CallsHandler = Calls()
app = build_app(calls=handler, check_answers=True)
