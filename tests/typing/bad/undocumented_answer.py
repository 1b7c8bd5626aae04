"""A status that the operation does not document: fetching never answers 409."""

from twilio_voice import ApiError
from twilio_voice.server import DeleteCall409, FetchCallAnswer, FetchCallInput, UnimplementedCalls


class Calls(UnimplementedCalls):
    async def fetch(self, given: FetchCallInput, /) -> FetchCallAnswer:
        running = ApiError(code=20009, message="still running", more_info="", status=409)
        return DeleteCall409(running)  # error
