"""The words of TwiML: elements, what they may carry and hold, and which values are right.

The names are those of the vendor's typed builders. Voices, languages and ring tones change often and do nothing here: any
text is right. An attribute without a value rule is text.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Protocol


class Rule(Protocol):
    """Which texts are right for an attribute."""

    def wants(self, text: str) -> str:
        """What was wanted, where a text is wrong; "" where it is right."""
        ...


@dataclass(frozen=True, slots=True)
class Text:
    """Any text that matches a pattern."""

    pattern: str = ""
    told: str = "another text"

    def wants(self, text: str) -> str:
        return "" if not self.pattern or re.fullmatch(self.pattern, text, re.DOTALL) else self.told


@dataclass(frozen=True, slots=True)
class Number:
    """A whole number within bounds, or one of some words."""

    low: int = 0
    high: int = 1_000_000_000
    words: tuple[str, ...] = ()

    def wants(self, text: str) -> str:
        whole = text.isascii() and text.isdecimal() and len(text) < 12
        if text in self.words or (whole and self.low <= int(text) <= self.high):
            return ""
        return f"a whole number from {self.low} to {self.high}"


@dataclass(frozen=True, slots=True)
class OneOf:
    """One of some words, in either case."""

    words: tuple[str, ...]

    def wants(self, text: str) -> str:
        return (
            "" if text.lower() in {word.lower() for word in self.words} else " or ".join(self.words)
        )


@dataclass(frozen=True, slots=True)
class Several:
    """Some of some words, with spaces or commas between them."""

    words: tuple[str, ...]

    def wants(self, text: str) -> str:
        wrong = set(text.replace(",", " ").split()) - set(self.words)
        return f"some of {', '.join(self.words)}" if wrong else ""


@dataclass(frozen=True, slots=True)
class Word:
    """An element of the language."""

    attributes: Mapping[str, Rule] = field(default_factory=dict)
    children: tuple[str, ...] = ()
    text: bool = False
    open: bool = False  # takes attributes that are not listed


ANY = Text()
FLAG = OneOf(("true", "false"))
METHOD = OneOf(("GET", "POST"))
URL = Text(r"\S*", "a URL without spaces")
KEYS = Text(r"[0-9#*]*", "keys: 0 to 9, # and *")
KEY = Text(r"[0-9#*]?", "one key: 0 to 9, # or *")
TONES = Text(r"[0-9#*wWA-D]*", "keys: 0 to 9, #, *, and w for half a second")
TRIM = OneOf(("trim-silence", "do-not-trim"))
TRACK = OneOf(("inbound", "outbound", "both"))
TRACKS = OneOf(("inbound_track", "outbound_track", "both_tracks"))
CALL_EVENTS = Several(("initiated", "ringing", "answered", "completed"))
RECORDING_EVENTS = Several(("in-progress", "completed", "absent"))
CARDS = Several(
    ("visa", "mastercard", "amex", "maestro", "discover", "optima", "jcb", "diners-club", "enroute")
)

_RECORDS = (
    "do-not-record",
    "record-from-answer",
    "record-from-ringing",
    "record-from-answer-dual",
    "record-from-ringing-dual",
)
_ACTION: dict[str, Rule] = {"action": URL, "method": METHOD}
_STATUS: dict[str, Rule] = {"statusCallback": URL, "statusCallbackMethod": METHOD}
_CALL_STATUS: dict[str, Rule] = {**_STATUS, "statusCallbackEvent": CALL_EVENTS}
_RECORDING: dict[str, Rule] = {
    "recordingStatusCallback": URL,
    "recordingStatusCallbackMethod": METHOD,
    "recordingStatusCallbackEvent": RECORDING_EVENTS,
    "recordingConfigurationId": ANY,
}
_DETECTION: dict[str, Rule] = {
    "machineDetection": OneOf(("Enable", "DetectMessageEnd")),
    "machineDetectionTimeout": Number(1, 120),
    "machineDetectionSpeechThreshold": Number(),
    "machineDetectionSpeechEndThreshold": Number(),
    "machineDetectionSilenceTimeout": Number(),
    "amdStatusCallback": URL,
    "amdStatusCallbackMethod": METHOD,
}


def _plain(*names: str) -> dict[str, Rule]:
    return dict.fromkeys(names, ANY)


_SSML = ("break", "emphasis", "lang", "p", "phoneme", "prosody", "s", "say-as", "sub", "w")
_MEDIA = ("Say", "Play", "Pause")

WORDS: dict[str, Word] = {
    "Response": Word(
        children=(
            "Connect",
            "Dial",
            "Echo",
            "Enqueue",
            "Gather",
            "Hangup",
            "Leave",
            "Pause",
            "Play",
            "Queue",
            "Record",
            "Redirect",
            "Reject",
            "Say",
            "Sms",
            "Pay",
            "Prompt",
            "Start",
            "Stop",
            "Refer",
        ),
    ),
    "Say": Word({**_plain("voice", "language"), "loop": Number()}, _SSML, text=True),
    "Play": Word({"loop": Number(), "digits": TONES}, text=True),
    "Pause": Word({"length": Number(0, 86_400)}),
    "Gather": Word(
        {
            **_ACTION,
            "input": Several(("dtmf", "speech")),
            "timeout": Number(0, 600, ("auto",)),
            "finishOnKey": KEY,
            "numDigits": Number(1, 1000),
            "actionOnEmptyResult": FLAG,
            "speechTimeout": Number(0, 600, ("auto",)),
            "maxSpeechTime": Number(1, 600),
            "bargeIn": FLAG,
            "profanityFilter": FLAG,
            "enhanced": FLAG,
            "debug": FLAG,
            "partialResultCallback": URL,
            "partialResultCallbackMethod": METHOD,
            **_plain("hints", "language", "speechModel"),
        },
        _MEDIA,
    ),
    "Record": Word(
        {
            **_ACTION,
            **_RECORDING,
            "timeout": Number(0, 600),
            "finishOnKey": KEYS,
            "maxLength": Number(1, 14_400),
            "playBeep": FLAG,
            "trim": TRIM,
            "transcribe": FLAG,
            "transcribeCallback": URL,
            "recordingTrack": TRACK,
        }
    ),
    "Dial": Word(
        {
            **_ACTION,
            **_RECORDING,
            "timeout": Number(1, 600),
            "timeLimit": Number(1, 86_400),
            "hangupOnStar": FLAG,
            "callerId": ANY,
            "record": OneOf((*_RECORDS, "true", "false")),
            "recordingTrack": TRACK,
            "trim": TRIM,
            "answerOnBridge": FLAG,
            "sequential": FLAG,
            "referUrl": URL,
            "referMethod": METHOD,
            "ringTone": ANY,
            "events": OneOf(("call-progress-event",)),
            "passports": ANY,
        },
        ("Client", "Conference", "Number", "Queue", "Sim", "Sip", "Application", "WhatsApp"),
        text=True,
    ),
    "Number": Word(
        {
            **_CALL_STATUS,
            **_DETECTION,
            "url": URL,
            "method": METHOD,
            "sendDigits": TONES,
            "byoc": ANY,
        },
        text=True,
    ),
    "Client": Word(
        {**_CALL_STATUS, "url": URL, "method": METHOD}, ("Identity", "Parameter"), text=True
    ),
    "Sip": Word(
        {
            **_CALL_STATUS,
            **_DETECTION,
            "url": URL,
            "method": METHOD,
            **_plain("username", "password"),
        },
        ("Uri", "Headers"),
        text=True,
    ),
    "Sim": Word(text=True),
    "WhatsApp": Word({**_CALL_STATUS, "url": URL, "method": METHOD}, text=True),
    "Application": Word(
        {**_CALL_STATUS, "url": URL, "method": METHOD, "customerId": ANY, "copyParentTo": FLAG},
        ("ApplicationSid", "Parameter"),
        text=True,
    ),
    "Conference": Word(
        {
            **_RECORDING,
            **_STATUS,
            "statusCallbackEvent": Several(
                (
                    "start",
                    "end",
                    "join",
                    "leave",
                    "mute",
                    "hold",
                    "modify",
                    "speaker",
                    "announcement",
                )
            ),
            "muted": FLAG,
            "beep": OneOf(("true", "false", "onEnter", "onExit")),
            "startConferenceOnEnter": FLAG,
            "endConferenceOnExit": FLAG,
            "participantLabel": Text(r"[^/]{0,128}", "at most 128 characters, no slash"),
            "jitterBufferSize": OneOf(("large", "medium", "small", "off")),
            "waitUrl": URL,
            "waitMethod": METHOD,
            "maxParticipants": Number(2, 250),
            "record": OneOf(("do-not-record", "record-from-start")),
            "region": OneOf(("us1", "us2", "ie1", "sg1", "br1", "au1", "jp1", "de1")),
            "trim": TRIM,
            "coach": ANY,
            "eventCallbackUrl": URL,
        },
        text=True,
    ),
    "Queue": Word(
        {"url": URL, "method": METHOD, **_plain("reservationSid", "postWorkActivitySid")}, text=True
    ),
    "Enqueue": Word(
        {
            **_ACTION,
            "waitUrl": URL,
            "waitUrlMethod": METHOD,
            "workflowSid": ANY,
            "maxQueueSize": Number(1, 5000),
        },
        ("Task",),
        text=True,
    ),
    "Redirect": Word({"method": METHOD}, text=True),
    "Reject": Word({"reason": OneOf(("rejected", "busy"))}, ("Parameter",)),
    "Hangup": Word(children=("Parameter",)),
    "Leave": Word(),
    "Echo": Word(),
    "Refer": Word(_ACTION, ("Sip",)),
    "Sms": Word({**_ACTION, "to": ANY, "from": ANY, "statusCallback": URL}, text=True),
    "Start": Word(_ACTION, ("Stream", "Siprec", "Transcription", "Recording")),
    "Stop": Word({}, ("Stream", "Siprec", "Transcription", "Recording")),
    "Connect": Word(
        _ACTION,
        (
            "Room",
            "Autopilot",
            "Stream",
            "VirtualAgent",
            "Conversation",
            "ConversationRelay",
            "AiSession",
            "ConversationRelaySession",
        ),
    ),
    "Stream": Word(
        {
            **_STATUS,
            **_plain("name", "connectorName", "audioFormat", "sampleRate"),
            "url": URL,
            "track": TRACKS,
        },
        ("Parameter",),
    ),
    "Siprec": Word({**_STATUS, **_plain("name", "connectorName"), "track": TRACKS}, ("Parameter",)),
    "Transcription": Word(
        {
            **_plain(
                "name",
                "hints",
                "inboundTrackLabel",
                "outboundTrackLabel",
                "intelligenceService",
                "languageCode",
                "speechModel",
                "transcriptionEngine",
            ),
            "track": TRACKS,
            "partialResults": FLAG,
            "profanityFilter": FLAG,
            "enableAutomaticPunctuation": FLAG,
            "statusCallbackUrl": URL,
            "statusCallbackMethod": METHOD,
        },
        ("Config", "Parameter"),
    ),
    "Recording": Word(
        {**_RECORDING, "channels": OneOf(("mono", "dual")), "track": TRACK, "trim": TRIM}
    ),
    "Room": Word({"participantIdentity": ANY}, text=True),
    "Autopilot": Word(text=True),
    "VirtualAgent": Word(
        {**_STATUS, **_plain("connectorName", "language"), "sentimentAnalysis": FLAG},
        ("Config", "Parameter"),
    ),
    "Conversation": Word(open=True),
    "ConversationRelay": Word(children=("Language", "Parameter"), open=True),
    "ConversationRelaySession": Word({**_plain("connector", "sessionConfiguration")}),
    "AiSession": Word({**_plain("aiConnector", "aiSessionConfiguration")}),
    "Pay": Word(
        {
            **_ACTION,
            **_STATUS,
            **_plain(
                "chargeAmount",
                "currency",
                "description",
                "language",
                "minPostalCodeLength",
                "paymentConnector",
                "postalCode",
            ),
            "bankAccountType": OneOf(
                (
                    "consumer-checking",
                    "consumer-savings",
                    "commercial-checking",
                    "commercial-savings",
                )
            ),
            "input": OneOf(("dtmf",)),
            "maxAttempts": Number(1, 3),
            "paymentMethod": OneOf(("ach-debit", "credit-card")),
            "securityCode": FLAG,
            "timeout": Number(1, 600),
            "tokenType": OneOf(("one-time", "reusable", "payment-method")),
            "validCardTypes": CARDS,
        },
        ("Prompt", "Parameter"),
    ),
    "Prompt": Word(
        {
            "for": OneOf(
                (
                    "payment-card-number",
                    "expiration-date",
                    "security-code",
                    "postal-code",
                    "payment-processing",
                    "bank-account-number",
                    "bank-routing-number",
                )
            ),
            "errorType": Several(
                (
                    "timeout",
                    "invalid-card-number",
                    "invalid-card-type",
                    "invalid-date",
                    "invalid-security-code",
                    "internal-error",
                    "input-matching-failed",
                )
            ),
            "cardType": CARDS,
            "attempt": Text(r"[0-9 ,]*", "numbers"),
            "requireMatchingInputs": FLAG,
        },
        _MEDIA,
    ),
    "Task": Word({"priority": Number(), "timeout": Number()}, text=True),
    "Identity": Word(text=True),
    "ApplicationSid": Word(text=True),
    "Parameter": Word(_plain("name", "value")),
    "Config": Word(_plain("name", "value")),
    "Language": Word(
        _plain("code", "ttsProvider", "voice", "transcriptionProvider", "speechModel")
    ),
    "Uri": Word(_plain("username", "password", "priority", "weight"), text=True),
    "Headers": Word({}, ("Header",)),
    "Header": Word(_plain("name", "value")),
    "break": Word(
        {"strength": OneOf(("none", "x-weak", "weak", "medium", "strong", "x-strong")), "time": ANY}
    ),
    "emphasis": Word({"level": OneOf(("strong", "moderate", "reduced"))}, _SSML, text=True),
    "lang": Word(_plain("xml:lang"), _SSML, text=True),
    "p": Word({}, _SSML, text=True),
    "s": Word({}, _SSML, text=True),
    "phoneme": Word(_plain("alphabet", "ph"), text=True),
    "prosody": Word(_plain("volume", "rate", "pitch"), _SSML, text=True),
    "say-as": Word(_plain("interpret-as", "format", "role"), text=True),
    "sub": Word(_plain("alias"), text=True),
    "w": Word(_plain("role"), _SSML, text=True),
}
