"""A request parameter that may be absent."""

from twilio_voice.server import CreateCallInput


def shouted(given: CreateCallInput) -> str:
    return given.body.url.upper()  # error
