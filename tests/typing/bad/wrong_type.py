"""Seconds as text."""

from twilio_voice import Client

client = Client()
client.calls.create(to="+14155551212", from_="+15017122661", timeout="30")  # error
