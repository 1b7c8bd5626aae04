"""A text for a number."""

from twilio_voice.twiml import Pause

Pause(length=2)
Pause(length="2")  # error
