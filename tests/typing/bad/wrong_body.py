"""A documented status with a body of another kind."""

from twilio_voice import Call
from twilio_voice.server import ListCalls200


def answer(call: Call) -> ListCalls200:
    return ListCalls200(call)  # error
