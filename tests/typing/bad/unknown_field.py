"""A field that the payload does not have."""

from twilio_voice import CallStatusCallback, Event


def read(event: Event[CallStatusCallback]) -> object:
    return event.payload.call_stauts  # error
