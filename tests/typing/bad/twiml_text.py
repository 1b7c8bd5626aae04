"""Text where only elements stand."""

from twilio_voice.twiml import Gather, Say

Gather(Say("Hello"))
Gather("Hello")  # error
