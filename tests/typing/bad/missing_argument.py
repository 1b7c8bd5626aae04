"""A call from nobody."""

from twilio_voice import Client

client = Client()
client.calls.create(to="+14155551212", url="https://example.com/voice.xml")  # error
