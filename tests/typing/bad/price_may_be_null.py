"""A price that is not there yet."""

from decimal import Decimal

from twilio_voice import Call


def doubled(call: Call) -> Decimal:
    return call.price * 2  # error
