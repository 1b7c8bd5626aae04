"""The first row of a list that may be empty."""

from twilio_voice import Client

client = Client()
print(client.calls.list().first().sid)  # error
