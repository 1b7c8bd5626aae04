"""An attribute that the element has not."""

from twilio_voice.twiml import Response

response = Response()
response.gather(num_digits=1)
response.gather(max_digits=1)  # error
