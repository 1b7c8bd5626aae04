"""A list with a word that is none of the attribute's."""

from twilio_voice.twiml import Number

Number("+14155550199", status_callback_event=["initiated", "answered"])
Number("+14155550199", status_callback_event=["initiated", "started"])  # error
