"""An answer is a value: it does not change."""

from twilio_voice import Call


def rename(call: Call) -> None:
    call.caller_name = "somebody"  # error
