"""A verb inside another that does not hold it."""

from twilio_voice.twiml import Dial, Response, Say

response = Response()
response.append(Dial("+14155550199"))
response.append(Dial(Say("Hello")))  # error
