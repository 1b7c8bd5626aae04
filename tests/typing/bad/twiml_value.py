"""A word that is none of the attribute's."""

from twilio_voice.twiml import Conference

Conference("room", beep="onExit", record="record-from-start")
Conference("room", beep="onExit", record="record-from-answer")  # error
