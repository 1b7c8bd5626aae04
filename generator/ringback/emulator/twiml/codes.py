"""The codes of what can go wrong while a call runs its TwiML, in one table.

An error of a document (11xxx, 12100 to 12300) ends it: the fallback URL is asked, or the call ends. Everything else is
noted and the call goes on: a wrong attribute counts as not given, a verb that cannot be run is passed over.
"""

from __future__ import annotations

MESSAGES: dict[int, str] = {
    11100: "Invalid URL format",
    11200: "HTTP retrieval failure",
    11205: "HTTP connection failure",
    11215: "HTTP too many redirects",
    11750: "TwiML response body too large",
    11770: "Empty response body",
    12100: "Document parse failure",
    12102: "The root element must be Response",
    12200: "Schema validation warning",
    12300: "Invalid Content-Type",
    12400: "Internal Failure",
    13000: "Conference Noun cannot be mixed with Number nouns",
    13201: "Dial: Cannot Dial out from a Dial Call Segment",
    13210: "Dial: Invalid method value",
    13212: "Dial: Invalid timeout value",
    13213: "Dial: Invalid hangupOnStar value",
    13214: "Dial: Invalid callerId value",
    13215: "Dial: Invalid nested element",
    13216: "Dial: Invalid timeLimit value",
    13217: "Dial: Invalid record value",
    13218: "Dial: Invalid sequential value",
    13219: "Dial: Invalid answerOnBridge value",
    13220: "Dial: Invalid ringTone value",
    13221: "Dial->Number: Invalid method value",
    13222: "Dial->Number: Invalid sendDigits value",
    13223: "Dial: Invalid phone number format",
    13224: "Dial: Twilio does not support calling this number or the number is invalid",
    13230: "Dial->Conference: Invalid muted value",
    13231: "Dial->Conference: Invalid endConferenceOnExit value",
    13232: "Dial->Conference: Invalid startConferenceOnEnter value",
    13233: "Dial->Conference: Invalid waitUrl",
    13234: "Dial->Conference: Invalid waitMethod",
    13235: "Dial->Conference: Invalid beep value",
    13237: "Dial->Conference: Invalid Conference Name",
    13238: "Dial->Conference: Invalid Verb used in waitUrl, holdUrl, or announceUrl TwiML",
    13239: "Dial->Conference: Invalid Trim Value",
    13241: "Dial->SIP: Invalid method value",
    13243: "Dial->SIP: Invalid SIP URI",
    13256: "Invalid recordingStatusCallback URL",
    13310: "Gather: Invalid finishOnKey value",
    13311: "Gather: Invalid finishOnKey value",
    13312: "Gather: Invalid method value",
    13313: "Gather: Invalid timeout value",
    13314: "Gather: Invalid numDigits value",
    13320: "Gather: Invalid nested verb",
    13326: "Gather: Invalid input value",
    13327: "Gather: Invalid speechTimeout value",
    13328: "Gather: Invalid maxSpeechTime value",
    13329: "Gather: Invalid partialResultCallbackMethod value",
    13332: "Gather: Invalid bargeIn value",
    13333: "Gather: Invalid profanityFilter value",
    13338: "Gather: Invalid actionOnEmptyResult value",
    13410: "Play: Invalid loop value",
    13430: "Play: Invalid DTMF String",
    13510: "Say: Invalid loop value",
    13520: "Say: Invalid text",
    13521: "Say: element character limits exceeded",
    13610: "Record: Invalid method value",
    13611: "Record: Invalid timeout value",
    13612: "Record: Invalid maxLength value",
    13613: "Record: Invalid finishOnKey value",
    13614: "Record: Invalid transcribe value",
    13616: "Record: playBeep must be true or false",
    13621: "Invalid 'recordingStatusCallbackEvent'",
    13622: "Record: invalid recordingTrack value",
    13699: "Record: Invalid trim value",
    13710: "Redirect: Invalid method value",
    13801: "Refer not allowed on non-SIP call legs",
    13810: "Reject: Invalid cause",
    13910: "Pause: Invalid length value",
    14201: "Enqueue: Invalid method value",
    14202: "Enqueue: Invalid waitUrl",
    14204: "Enqueue: Queue name too short",
    14205: "Enqueue: Queue name too long",
    14206: "Enqueue: Invalid waitUrlMethod value",
    14207: "Enqueue: The targeted queue reached max queue size",
    14210: "Dial->Queue: Invalid whisper method",
    14212: "Dial->Queue: queue name too short",
    14213: "Dial->Queue: queue name too long",
    14300: "Start: Invalid nested noun value",
    16020: "Conference is full",
    16025: "Dial->Conference: Participant label is in use by another participant",
}

_ERRORS = frozenset({13201, 13224, 13231, 13238, 13239, 13338, 13621, 13801, *range(14201, 14207)})
WARNINGS = frozenset(code for code in MESSAGES if code == 12200 or 13000 <= code < 14300) - _ERRORS
"""What is a warning, not an error."""

_OF_ATTRIBUTE: dict[tuple[str, str], int] = {
    ("Dial", "method"): 13210,
    ("Dial", "timeout"): 13212,
    ("Dial", "hangupOnStar"): 13213,
    ("Dial", "callerId"): 13214,
    ("Dial", "timeLimit"): 13216,
    ("Dial", "record"): 13217,
    ("Dial", "sequential"): 13218,
    ("Dial", "answerOnBridge"): 13219,
    ("Dial", "ringTone"): 13220,
    ("Number", "method"): 13221,
    ("Number", "sendDigits"): 13222,
    ("Sip", "method"): 13241,
    ("Conference", "muted"): 13230,
    ("Conference", "endConferenceOnExit"): 13231,
    ("Conference", "startConferenceOnEnter"): 13232,
    ("Conference", "waitUrl"): 13233,
    ("Conference", "waitMethod"): 13234,
    ("Conference", "beep"): 13235,
    ("Conference", "trim"): 13239,
    ("Gather", "method"): 13312,
    ("Gather", "timeout"): 13313,
    ("Gather", "numDigits"): 13314,
    ("Gather", "finishOnKey"): 13310,
    ("Gather", "input"): 13326,
    ("Gather", "speechTimeout"): 13327,
    ("Gather", "maxSpeechTime"): 13328,
    ("Gather", "partialResultCallbackMethod"): 13329,
    ("Gather", "bargeIn"): 13332,
    ("Gather", "profanityFilter"): 13333,
    ("Gather", "actionOnEmptyResult"): 13338,
    ("Play", "loop"): 13410,
    ("Play", "digits"): 13430,
    ("Say", "loop"): 13510,
    ("Record", "method"): 13610,
    ("Record", "timeout"): 13611,
    ("Record", "maxLength"): 13612,
    ("Record", "finishOnKey"): 13613,
    ("Record", "transcribe"): 13614,
    ("Record", "playBeep"): 13616,
    ("Record", "trim"): 13699,
    ("Redirect", "method"): 13710,
    ("Reject", "reason"): 13810,
    ("Pause", "length"): 13910,
    ("Enqueue", "method"): 14201,
    ("Enqueue", "waitUrl"): 14202,
    ("Enqueue", "waitUrlMethod"): 14206,
    ("Queue", "method"): 14210,
}

_OF_NESTING = {"Dial": 13215, "Gather": 13320, "Start": 14300}


def of_attribute(element: str, attribute: str) -> int:
    """The code of an attribute's wrong value."""
    if attribute == "recordingStatusCallbackEvent":
        return 13621
    if attribute == "recordingStatusCallback":
        return 13256
    if attribute == "recordingTrack":
        return 13622
    return _OF_ATTRIBUTE.get((element, attribute), 12200)


def of_nesting(parent: str) -> int:
    """The code of an element that does not belong where it stands."""
    return _OF_NESTING.get(parent, 12200)
