"""Text that nobody has said to be the SID of a call."""

from twilio_voice import Client

client = Client()
client.calls.fetch("CA" + "0" * 32)  # error
