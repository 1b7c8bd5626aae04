"""A noun for a verb that does not hold it."""

from twilio_voice.twiml import Response

response = Response()
response.dial().number("+14155550199")
response.gather().number("+14155550199")  # error
