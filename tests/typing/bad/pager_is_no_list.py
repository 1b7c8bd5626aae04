"""A list that is fetched page by page has no length."""

from twilio_voice import Client

client = Client()
print(len(client.calls.list()))  # error
