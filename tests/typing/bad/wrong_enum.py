"""A value that the set does not have."""

from twilio_voice import Client

client = Client()
client.calls.list(status="hung-up")  # error
