"""A parameter that the operation does not have."""

from twilio_voice import Client

client = Client()
client.queues.create(friendly_name="support", max_sise=10)  # error
