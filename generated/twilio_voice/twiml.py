"""TwiML 2026-04.

The markup by which a voice call is told what to do: verbs are run one after the other, nouns
inside them say with whom or what.

A class for each element, an argument for each attribute, and a method for each element that
may stand inside. What the vocabulary does not allow is an error of the type checker, and
`MarkupError` at run time.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal, Self, TypeAlias, cast

from ._runtime import markup as _m
from ._runtime.markup import Element as _Element
from ._runtime.markup import MarkupError, Other

BreakStrength: TypeAlias = Literal["none", "x-weak", "weak", "medium", "strong", "x-strong"]
CardType: TypeAlias = Literal[
    "visa",
    "mastercard",
    "amex",
    "maestro",
    "discover",
    "optima",
    "jcb",
    "diners-club",
    "enroute",
]
ConferenceBeep: TypeAlias = Literal["onEnter", "onExit"]
ConferenceJitterBufferSize: TypeAlias = Literal["large", "medium", "small", "off"]
ConferenceRecord: TypeAlias = Literal["do-not-record", "record-from-start"]
ConferenceRegion: TypeAlias = Literal["us1", "us2", "ie1", "sg1", "br1", "au1", "jp1", "de1"]
ConferenceStatusCallbackEvent: TypeAlias = Literal[
    "start",
    "end",
    "join",
    "leave",
    "mute",
    "hold",
    "modify",
    "speaker",
    "announcement",
]
ConversationStatusCallbackEvent: TypeAlias = Literal[
    "call-initiated",
    "call-ringing",
    "call-answered",
    "call-completed",
]
DialEvents: TypeAlias = Literal["call-progress-event"]
DialRecord: TypeAlias = Literal[
    "do-not-record",
    "record-from-answer",
    "record-from-ringing",
    "record-from-answer-dual",
    "record-from-ringing-dual",
]
EmphasisLevel: TypeAlias = Literal["strong", "moderate", "reduced"]
GatherInput: TypeAlias = Literal["dtmf", "speech"]
MachineDetection: TypeAlias = Literal["Enable", "DetectMessageEnd"]
Method: TypeAlias = Literal["GET", "POST"]
NumberStatusCallbackEvent: TypeAlias = Literal["initiated", "ringing", "answered", "completed"]
PayBankAccountType: TypeAlias = Literal[
    "consumer-checking",
    "consumer-savings",
    "commercial-checking",
    "commercial-savings",
]
PayInput: TypeAlias = Literal["dtmf"]
PayPaymentMethod: TypeAlias = Literal["ach-debit", "credit-card"]
PayTokenType: TypeAlias = Literal["one-time", "reusable", "payment-method"]
PromptErrorType: TypeAlias = Literal[
    "timeout",
    "invalid-card-number",
    "invalid-card-type",
    "invalid-date",
    "invalid-security-code",
    "internal-error",
    "input-matching-failed",
]
PromptFor: TypeAlias = Literal[
    "payment-card-number",
    "expiration-date",
    "security-code",
    "postal-code",
    "payment-processing",
    "bank-account-number",
    "bank-routing-number",
]
RecordingChannels: TypeAlias = Literal["mono", "dual"]
RecordingStatusCallbackEvent: TypeAlias = Literal["in-progress", "completed", "absent"]
RecordingTrack: TypeAlias = Literal["inbound", "outbound", "both"]
RejectReason: TypeAlias = Literal["rejected", "busy"]
StreamTrack: TypeAlias = Literal["inbound_track", "outbound_track", "both_tracks"]
Trim: TypeAlias = Literal["trim-silence", "do-not-trim"]


class Response(_Element):
    """A whole document. Its verbs are run in their order."""

    __slots__ = ()
    WORD = _m.Word(
        "Response",
        {},
        (
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
        root=True,
    )

    def __init__(self, *content: ResponseContent) -> None:
        self._fill(content, {})

    def append(self, *content: ResponseContent) -> Self:
        """Put more into it, after what it holds."""
        return self._put(content)

    connect = _m.Child(lambda: Connect)
    dial = _m.Child(lambda: Dial)
    echo = _m.Child(lambda: Echo)
    enqueue = _m.Child(lambda: Enqueue)
    gather = _m.Child(lambda: Gather)
    hangup = _m.Child(lambda: Hangup)
    leave = _m.Child(lambda: Leave)
    pause = _m.Child(lambda: Pause)
    play = _m.Child(lambda: Play)
    queue = _m.Child(lambda: Queue)
    record = _m.Child(lambda: Record)
    redirect = _m.Child(lambda: Redirect)
    reject = _m.Child(lambda: Reject)
    say = _m.Child(lambda: Say)
    sms = _m.Child(lambda: Sms)
    pay = _m.Child(lambda: Pay)
    prompt = _m.Child(lambda: Prompt)
    start = _m.Child(lambda: Start)
    stop = _m.Child(lambda: Stop)
    refer = _m.Child(lambda: Refer)

    def inline(self) -> str:
        """The document as it is sent as a value.

        Raises MarkupError where it has more than 4000 characters: that is all that the
        parameter Twiml of a call takes.
        """
        return _m.within(self.to_xml(), 4000, "the parameter Twiml of a call")


class Say(_Element):
    """Speaks a text. Elements of SSML inside it say how.

    Args:
        voice: Whose voice.
        language: The language, such as en-US.
        loop: How often; 0 is until the call ends, or a thousand times. Default 1.
    """

    __slots__ = ()
    WORD = _m.Word(
        "Say",
        {"voice": _m.Text(), "language": _m.Text(), "loop": _m.Whole(0, 1000000000)},
        ("break", "emphasis", "lang", "p", "phoneme", "prosody", "s", "say-as", "sub", "w"),
        text=True,
        mixed=True,
    )

    def __init__(
        self,
        *content: SayContent,
        voice: str | None = None,
        language: str | None = None,
        loop: int | None = None,
    ) -> None:
        self._fill(content, {"voice": voice, "language": language, "loop": loop})

    def append(self, *content: SayContent) -> Self:
        """Put more into it, after what it holds."""
        return self._put(content)

    break_ = _m.Child(lambda: Break)
    emphasis = _m.Child(lambda: Emphasis)
    lang = _m.Child(lambda: Lang)
    p = _m.Child(lambda: P)
    phoneme = _m.Child(lambda: Phoneme)
    prosody = _m.Child(lambda: Prosody)
    s = _m.Child(lambda: S)
    say_as = _m.Child(lambda: SayAs)
    sub = _m.Child(lambda: Sub)
    w = _m.Child(lambda: W)


class Play(_Element):
    """Plays the audio of a URL, or sends tones.

    Args:
        loop: How often; 0 is until the call ends, or a thousand times. Default 1.
        digits: Tones to send; w waits for half a second, W for one.
    """

    __slots__ = ()
    WORD = _m.Word(
        "Play",
        {
            "loop": _m.Whole(0, 1000000000),
            "digits": _m.Text("[0-9#*wWA-D]*", "keys: 0 to 9, #, *, and w for half a second"),
        },
        text=True,
    )

    def __init__(self, *content: str, loop: int | None = None, digits: str | None = None) -> None:
        self._fill(content, {"loop": loop, "digits": digits})

    def append(self, *content: str) -> Self:
        """Put more into it, after what it holds."""
        return self._put(content)


class Pause(_Element):
    """Waits.

    Args:
        length: Seconds. 0 to 86400. Default 1.
    """

    __slots__ = ()
    WORD = _m.Word("Pause", {"length": _m.Whole(0, 86400)})

    def __init__(self, *, length: int | None = None) -> None:
        self._fill((), {"length": length})


class Gather(_Element):
    """Listens for keys or speech, and asks for the next document with them.

    Args:
        action: Where the next document is asked for when this is done.
        method: How action is asked. Default POST.
        input: What counts. Default dtmf.
        timeout: Seconds without a key or a word after which it ends. 0 to 600. Default 5.
        finish_on_key: The key that ends it; empty for none. Default #.
        num_digits: How many keys end it. 1 to 1000.
        action_on_empty_result: Whether action is asked though nothing was entered. Default
            false.
        speech_timeout: Seconds of silence that end speech. 0 to 600.
        max_speech_time: Seconds. 1 to 600. Default 60.
        barge_in: Whether a key or a word interrupts what is played. Default true.
        profanity_filter: Default true.
        enhanced: Default false.
        partial_result_callback: Who is told of speech while it is spoken.
        partial_result_callback_method: Default POST.
        hints: Words to expect, with commas between them.
        language: The language of the speech. Default en-US.
    """

    __slots__ = ()
    WORD = _m.Word(
        "Gather",
        {
            "action": _m.Text("\\S*", "a URL without spaces"),
            "method": _m.Choice("GET", "POST"),
            "input": _m.Several("dtmf", "speech"),
            "timeout": _m.Whole(0, 600, "auto"),
            "finishOnKey": _m.Text("[0-9#*]?", "one key: 0 to 9, # or *"),
            "numDigits": _m.Whole(1, 1000),
            "actionOnEmptyResult": _m.Choice("true", "false"),
            "speechTimeout": _m.Whole(0, 600, "auto"),
            "maxSpeechTime": _m.Whole(1, 600),
            "bargeIn": _m.Choice("true", "false"),
            "profanityFilter": _m.Choice("true", "false"),
            "enhanced": _m.Choice("true", "false"),
            "debug": _m.Choice("true", "false"),
            "partialResultCallback": _m.Text("\\S*", "a URL without spaces"),
            "partialResultCallbackMethod": _m.Choice("GET", "POST"),
            "hints": _m.Text(),
            "language": _m.Text(),
            "speechModel": _m.Text(),
        },
        ("Say", "Pause", "Play"),
    )

    def __init__(
        self,
        *content: GatherContent,
        action: str | None = None,
        method: Method | None = None,
        input: GatherInput | Sequence[GatherInput] | None = None,
        timeout: int | Literal["auto"] | None = None,
        finish_on_key: str | None = None,
        num_digits: int | None = None,
        action_on_empty_result: bool | None = None,
        speech_timeout: int | Literal["auto"] | None = None,
        max_speech_time: int | None = None,
        barge_in: bool | None = None,
        profanity_filter: bool | None = None,
        enhanced: bool | None = None,
        debug: bool | None = None,
        partial_result_callback: str | None = None,
        partial_result_callback_method: Method | None = None,
        hints: str | None = None,
        language: str | None = None,
        speech_model: str | None = None,
    ) -> None:
        self._fill(
            content,
            {
                "action": action,
                "method": method,
                "input": input,
                "timeout": timeout,
                "finishOnKey": finish_on_key,
                "numDigits": num_digits,
                "actionOnEmptyResult": action_on_empty_result,
                "speechTimeout": speech_timeout,
                "maxSpeechTime": max_speech_time,
                "bargeIn": barge_in,
                "profanityFilter": profanity_filter,
                "enhanced": enhanced,
                "debug": debug,
                "partialResultCallback": partial_result_callback,
                "partialResultCallbackMethod": partial_result_callback_method,
                "hints": hints,
                "language": language,
                "speechModel": speech_model,
            },
        )

    def append(self, *content: GatherContent) -> Self:
        """Put more into it, after what it holds."""
        return self._put(content)

    say = _m.Child(lambda: Say)
    pause = _m.Child(lambda: Pause)
    play = _m.Child(lambda: Play)


class Record(_Element):
    """Records what the caller says.

    Args:
        action: Where the next document is asked for when this is done.
        method: How action is asked. Default POST.
        recording_status_callback: Who is told of the recording.
        recording_status_callback_method: Default POST.
        recording_status_callback_event: What is told of the recording. Default completed.
        timeout: Seconds of silence that end it. 0 to 600. Default 5.
        finish_on_key: The keys that end it. Default 1234567890*#.
        max_length: Seconds. 1 to 14400. Default 3600.
        play_beep: Default true.
        trim: Whether silence is cut off. Default do-not-trim.
        transcribe: Default false.
        transcribe_callback: Who is told what was said.
    """

    __slots__ = ()
    WORD = _m.Word(
        "Record",
        {
            "action": _m.Text("\\S*", "a URL without spaces"),
            "method": _m.Choice("GET", "POST"),
            "recordingStatusCallback": _m.Text("\\S*", "a URL without spaces"),
            "recordingStatusCallbackMethod": _m.Choice("GET", "POST"),
            "recordingStatusCallbackEvent": _m.Several("in-progress", "completed", "absent"),
            "recordingConfigurationId": _m.Text(),
            "timeout": _m.Whole(0, 600),
            "finishOnKey": _m.Text("[0-9#*]*", "keys: 0 to 9, # and *"),
            "maxLength": _m.Whole(1, 14400),
            "playBeep": _m.Choice("true", "false"),
            "trim": _m.Choice("trim-silence", "do-not-trim"),
            "transcribe": _m.Choice("true", "false"),
            "transcribeCallback": _m.Text("\\S*", "a URL without spaces"),
            "recordingTrack": _m.Choice("inbound", "outbound", "both"),
        },
    )

    def __init__(
        self,
        *,
        action: str | None = None,
        method: Method | None = None,
        recording_status_callback: str | None = None,
        recording_status_callback_method: Method | None = None,
        recording_status_callback_event: (
            RecordingStatusCallbackEvent | Sequence[RecordingStatusCallbackEvent] | None
        ) = None,
        recording_configuration_id: str | None = None,
        timeout: int | None = None,
        finish_on_key: str | None = None,
        max_length: int | None = None,
        play_beep: bool | None = None,
        trim: Trim | None = None,
        transcribe: bool | None = None,
        transcribe_callback: str | None = None,
        recording_track: RecordingTrack | None = None,
    ) -> None:
        self._fill(
            (),
            {
                "action": action,
                "method": method,
                "recordingStatusCallback": recording_status_callback,
                "recordingStatusCallbackMethod": recording_status_callback_method,
                "recordingStatusCallbackEvent": recording_status_callback_event,
                "recordingConfigurationId": recording_configuration_id,
                "timeout": timeout,
                "finishOnKey": finish_on_key,
                "maxLength": max_length,
                "playBeep": play_beep,
                "trim": trim,
                "transcribe": transcribe,
                "transcribeCallback": transcribe_callback,
                "recordingTrack": recording_track,
            },
        )


class Pay(_Element):
    """Takes a payment by keys.

    Args:
        action: Where the next document is asked for when this is done.
        method: How action is asked. Default POST.
        status_callback: Who is told what happens.
        status_callback_method: Default POST.
        charge_amount: How much; without it a token is made.
        max_attempts: 1 to 3.
        postal_code: true, false, or the code itself.
        timeout: Seconds. 1 to 600.
    """

    __slots__ = ()
    WORD = _m.Word(
        "Pay",
        {
            "action": _m.Text("\\S*", "a URL without spaces"),
            "method": _m.Choice("GET", "POST"),
            "statusCallback": _m.Text("\\S*", "a URL without spaces"),
            "statusCallbackMethod": _m.Choice("GET", "POST"),
            "input": _m.Choice("dtmf"),
            "bankAccountType": _m.Choice(
                "consumer-checking", "consumer-savings", "commercial-checking", "commercial-savings"
            ),
            "chargeAmount": _m.Text(),
            "currency": _m.Text(),
            "description": _m.Text(),
            "language": _m.Text(),
            "maxAttempts": _m.Whole(1, 3),
            "minPostalCodeLength": _m.Whole(0, 1000000000),
            "paymentConnector": _m.Text(),
            "paymentMethod": _m.Choice("ach-debit", "credit-card"),
            "postalCode": _m.Text(),
            "securityCode": _m.Choice("true", "false"),
            "timeout": _m.Whole(1, 600),
            "tokenType": _m.Choice("one-time", "reusable", "payment-method"),
            "validCardTypes": _m.Several(
                "visa",
                "mastercard",
                "amex",
                "maestro",
                "discover",
                "optima",
                "jcb",
                "diners-club",
                "enroute",
            ),
        },
        ("Prompt", "Parameter"),
    )

    def __init__(
        self,
        *content: PayContent,
        action: str | None = None,
        method: Method | None = None,
        status_callback: str | None = None,
        status_callback_method: Method | None = None,
        input: PayInput | None = None,
        bank_account_type: PayBankAccountType | None = None,
        charge_amount: str | None = None,
        currency: str | None = None,
        description: str | None = None,
        language: str | None = None,
        max_attempts: int | None = None,
        min_postal_code_length: int | None = None,
        payment_connector: str | None = None,
        payment_method: PayPaymentMethod | None = None,
        postal_code: str | None = None,
        security_code: bool | None = None,
        timeout: int | None = None,
        token_type: PayTokenType | None = None,
        valid_card_types: CardType | Sequence[CardType] | None = None,
    ) -> None:
        self._fill(
            content,
            {
                "action": action,
                "method": method,
                "statusCallback": status_callback,
                "statusCallbackMethod": status_callback_method,
                "input": input,
                "bankAccountType": bank_account_type,
                "chargeAmount": charge_amount,
                "currency": currency,
                "description": description,
                "language": language,
                "maxAttempts": max_attempts,
                "minPostalCodeLength": min_postal_code_length,
                "paymentConnector": payment_connector,
                "paymentMethod": payment_method,
                "postalCode": postal_code,
                "securityCode": security_code,
                "timeout": timeout,
                "tokenType": token_type,
                "validCardTypes": valid_card_types,
            },
        )

    def append(self, *content: PayContent) -> Self:
        """Put more into it, after what it holds."""
        return self._put(content)

    prompt = _m.Child(lambda: Prompt)
    parameter = _m.Child(lambda: Parameter)


class Prompt(_Element):
    """What is said at a step of a payment.

    Args:
        for_: The step.
        error_type: After which errors.
        card_type: For which cards.
        attempt: At which attempts.
    """

    __slots__ = ()
    WORD = _m.Word(
        "Prompt",
        {
            "for": _m.Choice(
                "payment-card-number",
                "expiration-date",
                "security-code",
                "postal-code",
                "payment-processing",
                "bank-account-number",
                "bank-routing-number",
            ),
            "errorType": _m.Several(
                "timeout",
                "invalid-card-number",
                "invalid-card-type",
                "invalid-date",
                "invalid-security-code",
                "internal-error",
                "input-matching-failed",
            ),
            "cardType": _m.Several(
                "visa",
                "mastercard",
                "amex",
                "maestro",
                "discover",
                "optima",
                "jcb",
                "diners-club",
                "enroute",
            ),
            "attempt": _m.Numbers(),
            "requireMatchingInputs": _m.Choice("true", "false"),
        },
        ("Say", "Play", "Pause"),
    )

    def __init__(
        self,
        *content: PromptContent,
        for_: PromptFor | None = None,
        error_type: PromptErrorType | Sequence[PromptErrorType] | None = None,
        card_type: CardType | Sequence[CardType] | None = None,
        attempt: int | Sequence[int] | None = None,
        require_matching_inputs: bool | None = None,
    ) -> None:
        self._fill(
            content,
            {
                "for": for_,
                "errorType": error_type,
                "cardType": card_type,
                "attempt": attempt,
                "requireMatchingInputs": require_matching_inputs,
            },
        )

    def append(self, *content: PromptContent) -> Self:
        """Put more into it, after what it holds."""
        return self._put(content)

    say = _m.Child(lambda: Say)
    play = _m.Child(lambda: Play)
    pause = _m.Child(lambda: Pause)


class Dial(_Element):
    """Connects the call with somebody else, whom its text names or the nouns inside it.

    Args:
        action: Where the next document is asked for when this is done.
        method: How action is asked. Default POST.
        recording_status_callback: Who is told of the recording.
        recording_status_callback_method: Default POST.
        recording_status_callback_event: What is told of the recording. Default completed.
        timeout: Seconds of ringing. 1 to 600. Default 30.
        time_limit: Seconds of talking. 1 to 86400. Default 14400.
        hangup_on_star: Whether the caller ends the connection by the key *. Default false.
        caller_id: The number that is shown; the caller's own without it.
        record: Default do-not-record.
        answer_on_bridge: Whether the caller hears ringing until somebody answers. Default
            false.
        sequential: Whether several are dialled one after the other. Default false.
        refer_url: Who is asked when the other side transfers the call.
        refer_method: Default POST.
        ring_tone: The ringing that is heard, by country.
    """

    __slots__ = ()
    WORD = _m.Word(
        "Dial",
        {
            "action": _m.Text("\\S*", "a URL without spaces"),
            "method": _m.Choice("GET", "POST"),
            "recordingStatusCallback": _m.Text("\\S*", "a URL without spaces"),
            "recordingStatusCallbackMethod": _m.Choice("GET", "POST"),
            "recordingStatusCallbackEvent": _m.Several("in-progress", "completed", "absent"),
            "recordingConfigurationId": _m.Text(),
            "timeout": _m.Whole(1, 600),
            "timeLimit": _m.Whole(1, 86400),
            "hangupOnStar": _m.Choice("true", "false"),
            "callerId": _m.Text(),
            "record": _m.Choice(
                "true",
                "false",
                "do-not-record",
                "record-from-answer",
                "record-from-ringing",
                "record-from-answer-dual",
                "record-from-ringing-dual",
            ),
            "recordingTrack": _m.Choice("inbound", "outbound", "both"),
            "trim": _m.Choice("trim-silence", "do-not-trim"),
            "answerOnBridge": _m.Choice("true", "false"),
            "sequential": _m.Choice("true", "false"),
            "referUrl": _m.Text("\\S*", "a URL without spaces"),
            "referMethod": _m.Choice("GET", "POST"),
            "ringTone": _m.Text(),
            "events": _m.Choice("call-progress-event"),
            "passports": _m.Text(),
        },
        ("Client", "Conference", "Number", "Queue", "Sim", "Sip", "Application", "WhatsApp"),
        text=True,
    )

    def __init__(
        self,
        *content: DialContent,
        action: str | None = None,
        method: Method | None = None,
        recording_status_callback: str | None = None,
        recording_status_callback_method: Method | None = None,
        recording_status_callback_event: (
            RecordingStatusCallbackEvent | Sequence[RecordingStatusCallbackEvent] | None
        ) = None,
        recording_configuration_id: str | None = None,
        timeout: int | None = None,
        time_limit: int | None = None,
        hangup_on_star: bool | None = None,
        caller_id: str | None = None,
        record: bool | DialRecord | None = None,
        recording_track: RecordingTrack | None = None,
        trim: Trim | None = None,
        answer_on_bridge: bool | None = None,
        sequential: bool | None = None,
        refer_url: str | None = None,
        refer_method: Method | None = None,
        ring_tone: str | None = None,
        events: DialEvents | None = None,
        passports: str | None = None,
    ) -> None:
        self._fill(
            content,
            {
                "action": action,
                "method": method,
                "recordingStatusCallback": recording_status_callback,
                "recordingStatusCallbackMethod": recording_status_callback_method,
                "recordingStatusCallbackEvent": recording_status_callback_event,
                "recordingConfigurationId": recording_configuration_id,
                "timeout": timeout,
                "timeLimit": time_limit,
                "hangupOnStar": hangup_on_star,
                "callerId": caller_id,
                "record": record,
                "recordingTrack": recording_track,
                "trim": trim,
                "answerOnBridge": answer_on_bridge,
                "sequential": sequential,
                "referUrl": refer_url,
                "referMethod": refer_method,
                "ringTone": ring_tone,
                "events": events,
                "passports": passports,
            },
        )

    def append(self, *content: DialContent) -> Self:
        """Put more into it, after what it holds."""
        return self._put(content)

    client = _m.Child(lambda: Client)
    conference = _m.Child(lambda: Conference)
    number = _m.Child(lambda: Number)
    queue = _m.Child(lambda: Queue)
    sim = _m.Child(lambda: Sim)
    sip = _m.Child(lambda: Sip)
    application = _m.Child(lambda: Application)
    whats_app = _m.Child(lambda: WhatsApp)


class Number(_Element):
    """A phone number to dial.

    Args:
        url: A document for the dialled side before it is connected.
        method: How url is asked. Default POST.
        status_callback: Who is told how far the dialled call is.
        status_callback_method: Default POST.
        status_callback_event: What is told. Default completed.
        machine_detection: Whether to find out if a machine answers.
        machine_detection_timeout: Seconds. 1 to 120. Default 30.
        machine_detection_speech_threshold: Milliseconds. Default 2400.
        machine_detection_speech_end_threshold: Milliseconds. Default 1200.
        machine_detection_silence_timeout: Milliseconds. Default 5000.
        amd_status_callback: A URL without spaces.
        amd_status_callback_method: Default POST.
        send_digits: Tones to send when it is answered.
    """

    __slots__ = ()
    WORD = _m.Word(
        "Number",
        {
            "url": _m.Text("\\S*", "a URL without spaces"),
            "method": _m.Choice("GET", "POST"),
            "statusCallback": _m.Text("\\S*", "a URL without spaces"),
            "statusCallbackMethod": _m.Choice("GET", "POST"),
            "statusCallbackEvent": _m.Several("initiated", "ringing", "answered", "completed"),
            "machineDetection": _m.Choice("Enable", "DetectMessageEnd"),
            "machineDetectionTimeout": _m.Whole(1, 120),
            "machineDetectionSpeechThreshold": _m.Whole(0, 1000000000),
            "machineDetectionSpeechEndThreshold": _m.Whole(0, 1000000000),
            "machineDetectionSilenceTimeout": _m.Whole(0, 1000000000),
            "amdStatusCallback": _m.Text("\\S*", "a URL without spaces"),
            "amdStatusCallbackMethod": _m.Choice("GET", "POST"),
            "sendDigits": _m.Text("[0-9#*wWA-D]*", "keys: 0 to 9, #, *, and w for half a second"),
            "byoc": _m.Text(),
        },
        text=True,
    )

    def __init__(
        self,
        *content: str,
        url: str | None = None,
        method: Method | None = None,
        status_callback: str | None = None,
        status_callback_method: Method | None = None,
        status_callback_event: (
            NumberStatusCallbackEvent | Sequence[NumberStatusCallbackEvent] | None
        ) = None,
        machine_detection: MachineDetection | None = None,
        machine_detection_timeout: int | None = None,
        machine_detection_speech_threshold: int | None = None,
        machine_detection_speech_end_threshold: int | None = None,
        machine_detection_silence_timeout: int | None = None,
        amd_status_callback: str | None = None,
        amd_status_callback_method: Method | None = None,
        send_digits: str | None = None,
        byoc: str | None = None,
    ) -> None:
        self._fill(
            content,
            {
                "url": url,
                "method": method,
                "statusCallback": status_callback,
                "statusCallbackMethod": status_callback_method,
                "statusCallbackEvent": status_callback_event,
                "machineDetection": machine_detection,
                "machineDetectionTimeout": machine_detection_timeout,
                "machineDetectionSpeechThreshold": machine_detection_speech_threshold,
                "machineDetectionSpeechEndThreshold": machine_detection_speech_end_threshold,
                "machineDetectionSilenceTimeout": machine_detection_silence_timeout,
                "amdStatusCallback": amd_status_callback,
                "amdStatusCallbackMethod": amd_status_callback_method,
                "sendDigits": send_digits,
                "byoc": byoc,
            },
        )

    def append(self, *content: str) -> Self:
        """Put more into it, after what it holds."""
        return self._put(content)


class Client(_Element):
    """An application of yours to dial, by its identity.

    Args:
        url: A document for the dialled side before it is connected.
        method: How url is asked. Default POST.
        status_callback: Who is told how far the dialled call is.
        status_callback_method: Default POST.
        status_callback_event: What is told. Default completed.
    """

    __slots__ = ()
    WORD = _m.Word(
        "Client",
        {
            "url": _m.Text("\\S*", "a URL without spaces"),
            "method": _m.Choice("GET", "POST"),
            "statusCallback": _m.Text("\\S*", "a URL without spaces"),
            "statusCallbackMethod": _m.Choice("GET", "POST"),
            "statusCallbackEvent": _m.Several("initiated", "ringing", "answered", "completed"),
        },
        ("Identity", "Parameter"),
        text=True,
    )

    def __init__(
        self,
        *content: ClientContent,
        url: str | None = None,
        method: Method | None = None,
        status_callback: str | None = None,
        status_callback_method: Method | None = None,
        status_callback_event: (
            NumberStatusCallbackEvent | Sequence[NumberStatusCallbackEvent] | None
        ) = None,
    ) -> None:
        self._fill(
            content,
            {
                "url": url,
                "method": method,
                "statusCallback": status_callback,
                "statusCallbackMethod": status_callback_method,
                "statusCallbackEvent": status_callback_event,
            },
        )

    def append(self, *content: ClientContent) -> Self:
        """Put more into it, after what it holds."""
        return self._put(content)

    identity = _m.Child(lambda: Identity)
    parameter = _m.Child(lambda: Parameter)


class Identity(_Element):
    """The identity of a client, where parameters stand beside it."""

    __slots__ = ()
    WORD = _m.Word("Identity", {}, text=True)

    def __init__(self, *content: str) -> None:
        self._fill(content, {})

    def append(self, *content: str) -> Self:
        """Put more into it, after what it holds."""
        return self._put(content)


class Sip(_Element):
    """A SIP address to dial.

    Args:
        url: A document for the dialled side before it is connected.
        method: How url is asked. Default POST.
        status_callback: Who is told how far the dialled call is.
        status_callback_method: Default POST.
        status_callback_event: What is told. Default completed.
        machine_detection: Whether to find out if a machine answers.
        machine_detection_timeout: Seconds. 1 to 120. Default 30.
        machine_detection_speech_threshold: Milliseconds. Default 2400.
        machine_detection_speech_end_threshold: Milliseconds. Default 1200.
        machine_detection_silence_timeout: Milliseconds. Default 5000.
        amd_status_callback: A URL without spaces.
        amd_status_callback_method: Default POST.
    """

    __slots__ = ()
    WORD = _m.Word(
        "Sip",
        {
            "url": _m.Text("\\S*", "a URL without spaces"),
            "method": _m.Choice("GET", "POST"),
            "statusCallback": _m.Text("\\S*", "a URL without spaces"),
            "statusCallbackMethod": _m.Choice("GET", "POST"),
            "statusCallbackEvent": _m.Several("initiated", "ringing", "answered", "completed"),
            "machineDetection": _m.Choice("Enable", "DetectMessageEnd"),
            "machineDetectionTimeout": _m.Whole(1, 120),
            "machineDetectionSpeechThreshold": _m.Whole(0, 1000000000),
            "machineDetectionSpeechEndThreshold": _m.Whole(0, 1000000000),
            "machineDetectionSilenceTimeout": _m.Whole(0, 1000000000),
            "amdStatusCallback": _m.Text("\\S*", "a URL without spaces"),
            "amdStatusCallbackMethod": _m.Choice("GET", "POST"),
            "username": _m.Text(),
            "password": _m.Text(),
        },
        ("Uri", "Headers"),
        text=True,
    )

    def __init__(
        self,
        *content: SipContent,
        url: str | None = None,
        method: Method | None = None,
        status_callback: str | None = None,
        status_callback_method: Method | None = None,
        status_callback_event: (
            NumberStatusCallbackEvent | Sequence[NumberStatusCallbackEvent] | None
        ) = None,
        machine_detection: MachineDetection | None = None,
        machine_detection_timeout: int | None = None,
        machine_detection_speech_threshold: int | None = None,
        machine_detection_speech_end_threshold: int | None = None,
        machine_detection_silence_timeout: int | None = None,
        amd_status_callback: str | None = None,
        amd_status_callback_method: Method | None = None,
        username: str | None = None,
        password: str | None = None,
    ) -> None:
        self._fill(
            content,
            {
                "url": url,
                "method": method,
                "statusCallback": status_callback,
                "statusCallbackMethod": status_callback_method,
                "statusCallbackEvent": status_callback_event,
                "machineDetection": machine_detection,
                "machineDetectionTimeout": machine_detection_timeout,
                "machineDetectionSpeechThreshold": machine_detection_speech_threshold,
                "machineDetectionSpeechEndThreshold": machine_detection_speech_end_threshold,
                "machineDetectionSilenceTimeout": machine_detection_silence_timeout,
                "amdStatusCallback": amd_status_callback,
                "amdStatusCallbackMethod": amd_status_callback_method,
                "username": username,
                "password": password,
            },
        )

    def append(self, *content: SipContent) -> Self:
        """Put more into it, after what it holds."""
        return self._put(content)

    uri = _m.Child(lambda: Uri)
    headers = _m.Child(lambda: Headers)


class Uri(_Element):
    """One address of a SIP endpoint."""

    __slots__ = ()
    WORD = _m.Word(
        "Uri",
        {"username": _m.Text(), "password": _m.Text(), "priority": _m.Text(), "weight": _m.Text()},
        text=True,
    )

    def __init__(
        self,
        *content: str,
        username: str | None = None,
        password: str | None = None,
        priority: str | None = None,
        weight: str | None = None,
    ) -> None:
        self._fill(
            content,
            {"username": username, "password": password, "priority": priority, "weight": weight},
        )

    def append(self, *content: str) -> Self:
        """Put more into it, after what it holds."""
        return self._put(content)


class Headers(_Element):
    """Headers for the SIP invitation."""

    __slots__ = ()
    WORD = _m.Word("Headers", {}, ("Header",))

    def __init__(self, *content: Header | Other) -> None:
        self._fill(content, {})

    def append(self, *content: Header | Other) -> Self:
        """Put more into it, after what it holds."""
        return self._put(content)

    header = _m.Child(lambda: Header)


class Header(_Element):
    """A header for the SIP invitation."""

    __slots__ = ()
    WORD = _m.Word("Header", {"name": _m.Text(), "value": _m.Text()})

    def __init__(self, *, name: str | None = None, value: str | None = None) -> None:
        self._fill((), {"name": name, "value": value})


class Sim(_Element):
    """A SIM to dial, by its SID."""

    __slots__ = ()
    WORD = _m.Word("Sim", {}, text=True)

    def __init__(self, *content: str) -> None:
        self._fill(content, {})

    def append(self, *content: str) -> Self:
        """Put more into it, after what it holds."""
        return self._put(content)


class WhatsApp(_Element):
    """A WhatsApp number to dial.

    Args:
        url: A document for the dialled side before it is connected.
        method: How url is asked. Default POST.
        status_callback: Who is told how far the dialled call is.
        status_callback_method: Default POST.
        status_callback_event: What is told. Default completed.
    """

    __slots__ = ()
    WORD = _m.Word(
        "WhatsApp",
        {
            "url": _m.Text("\\S*", "a URL without spaces"),
            "method": _m.Choice("GET", "POST"),
            "statusCallback": _m.Text("\\S*", "a URL without spaces"),
            "statusCallbackMethod": _m.Choice("GET", "POST"),
            "statusCallbackEvent": _m.Several("initiated", "ringing", "answered", "completed"),
        },
        text=True,
    )

    def __init__(
        self,
        *content: str,
        url: str | None = None,
        method: Method | None = None,
        status_callback: str | None = None,
        status_callback_method: Method | None = None,
        status_callback_event: (
            NumberStatusCallbackEvent | Sequence[NumberStatusCallbackEvent] | None
        ) = None,
    ) -> None:
        self._fill(
            content,
            {
                "url": url,
                "method": method,
                "statusCallback": status_callback,
                "statusCallbackMethod": status_callback_method,
                "statusCallbackEvent": status_callback_event,
            },
        )

    def append(self, *content: str) -> Self:
        """Put more into it, after what it holds."""
        return self._put(content)


class Application(_Element):
    """A TwiML application to dial.

    Args:
        url: A document for the dialled side before it is connected.
        method: How url is asked. Default POST.
        status_callback: Who is told how far the dialled call is.
        status_callback_method: Default POST.
        status_callback_event: What is told. Default completed.
    """

    __slots__ = ()
    WORD = _m.Word(
        "Application",
        {
            "url": _m.Text("\\S*", "a URL without spaces"),
            "method": _m.Choice("GET", "POST"),
            "statusCallback": _m.Text("\\S*", "a URL without spaces"),
            "statusCallbackMethod": _m.Choice("GET", "POST"),
            "statusCallbackEvent": _m.Several("initiated", "ringing", "answered", "completed"),
            "customerId": _m.Text(),
            "copyParentTo": _m.Choice("true", "false"),
        },
        ("ApplicationSid", "Parameter"),
        text=True,
    )

    def __init__(
        self,
        *content: ApplicationContent,
        url: str | None = None,
        method: Method | None = None,
        status_callback: str | None = None,
        status_callback_method: Method | None = None,
        status_callback_event: (
            NumberStatusCallbackEvent | Sequence[NumberStatusCallbackEvent] | None
        ) = None,
        customer_id: str | None = None,
        copy_parent_to: bool | None = None,
    ) -> None:
        self._fill(
            content,
            {
                "url": url,
                "method": method,
                "statusCallback": status_callback,
                "statusCallbackMethod": status_callback_method,
                "statusCallbackEvent": status_callback_event,
                "customerId": customer_id,
                "copyParentTo": copy_parent_to,
            },
        )

    def append(self, *content: ApplicationContent) -> Self:
        """Put more into it, after what it holds."""
        return self._put(content)

    application_sid = _m.Child(lambda: ApplicationSid)
    parameter = _m.Child(lambda: Parameter)


class ApplicationSid(_Element):
    """The SID of an application, where parameters stand beside it."""

    __slots__ = ()
    WORD = _m.Word("ApplicationSid", {}, text=True)

    def __init__(self, *content: str) -> None:
        self._fill(content, {})

    def append(self, *content: str) -> Self:
        """Put more into it, after what it holds."""
        return self._put(content)


class Conference(_Element):
    """A room, by its name. Whoever dials the same name meets there.

    Args:
        status_callback: Who is told what happens.
        status_callback_method: Default POST.
        recording_status_callback: Who is told of the recording.
        recording_status_callback_method: Default POST.
        recording_status_callback_event: What is told of the recording. Default completed.
        status_callback_event: What is told.
        muted: Default false.
        beep: Default true.
        start_conference_on_enter: Whether the room starts when this call enters. Default
            true.
        end_conference_on_exit: Whether the room ends when this call leaves. Default false.
        participant_label: At most 128 characters, no slash.
        jitter_buffer_size: Default large.
        wait_url: What is heard before the room starts.
        wait_method: Default POST.
        max_participants: 2 to 250. Default 250.
        record: Default do-not-record.
        trim: Default trim-silence.
        coach: The SID of the call that alone hears this one.
        event_callback_url: Replaced by statusCallback. Deprecated.
    """

    __slots__ = ()
    WORD = _m.Word(
        "Conference",
        {
            "statusCallback": _m.Text("\\S*", "a URL without spaces"),
            "statusCallbackMethod": _m.Choice("GET", "POST"),
            "recordingStatusCallback": _m.Text("\\S*", "a URL without spaces"),
            "recordingStatusCallbackMethod": _m.Choice("GET", "POST"),
            "recordingStatusCallbackEvent": _m.Several("in-progress", "completed", "absent"),
            "recordingConfigurationId": _m.Text(),
            "statusCallbackEvent": _m.Several(
                "start", "end", "join", "leave", "mute", "hold", "modify", "speaker", "announcement"
            ),
            "muted": _m.Choice("true", "false"),
            "beep": _m.Choice("true", "false", "onEnter", "onExit"),
            "startConferenceOnEnter": _m.Choice("true", "false"),
            "endConferenceOnExit": _m.Choice("true", "false"),
            "participantLabel": _m.Text("[^/]{0,128}", "at most 128 characters, no slash"),
            "jitterBufferSize": _m.Choice("large", "medium", "small", "off"),
            "waitUrl": _m.Text("\\S*", "a URL without spaces"),
            "waitMethod": _m.Choice("GET", "POST"),
            "maxParticipants": _m.Whole(2, 250),
            "record": _m.Choice("do-not-record", "record-from-start"),
            "region": _m.Choice("us1", "us2", "ie1", "sg1", "br1", "au1", "jp1", "de1"),
            "trim": _m.Choice("trim-silence", "do-not-trim"),
            "coach": _m.Text(),
            "eventCallbackUrl": _m.Text("\\S*", "a URL without spaces"),
        },
        text=True,
    )

    def __init__(
        self,
        *content: str,
        status_callback: str | None = None,
        status_callback_method: Method | None = None,
        recording_status_callback: str | None = None,
        recording_status_callback_method: Method | None = None,
        recording_status_callback_event: (
            RecordingStatusCallbackEvent | Sequence[RecordingStatusCallbackEvent] | None
        ) = None,
        recording_configuration_id: str | None = None,
        status_callback_event: (
            ConferenceStatusCallbackEvent | Sequence[ConferenceStatusCallbackEvent] | None
        ) = None,
        muted: bool | None = None,
        beep: bool | ConferenceBeep | None = None,
        start_conference_on_enter: bool | None = None,
        end_conference_on_exit: bool | None = None,
        participant_label: str | None = None,
        jitter_buffer_size: ConferenceJitterBufferSize | None = None,
        wait_url: str | None = None,
        wait_method: Method | None = None,
        max_participants: int | None = None,
        record: ConferenceRecord | None = None,
        region: ConferenceRegion | None = None,
        trim: Trim | None = None,
        coach: str | None = None,
        event_callback_url: str | None = None,
    ) -> None:
        self._fill(
            content,
            {
                "statusCallback": status_callback,
                "statusCallbackMethod": status_callback_method,
                "recordingStatusCallback": recording_status_callback,
                "recordingStatusCallbackMethod": recording_status_callback_method,
                "recordingStatusCallbackEvent": recording_status_callback_event,
                "recordingConfigurationId": recording_configuration_id,
                "statusCallbackEvent": status_callback_event,
                "muted": muted,
                "beep": beep,
                "startConferenceOnEnter": start_conference_on_enter,
                "endConferenceOnExit": end_conference_on_exit,
                "participantLabel": participant_label,
                "jitterBufferSize": jitter_buffer_size,
                "waitUrl": wait_url,
                "waitMethod": wait_method,
                "maxParticipants": max_participants,
                "record": record,
                "region": region,
                "trim": trim,
                "coach": coach,
                "eventCallbackUrl": event_callback_url,
            },
        )

    def append(self, *content: str) -> Self:
        """Put more into it, after what it holds."""
        return self._put(content)


class Queue(_Element):
    """The first call of a queue, by the queue's name.

    Args:
        url: A document for the waiting call before it is connected.
        method: Default POST.
    """

    __slots__ = ()
    WORD = _m.Word(
        "Queue",
        {
            "url": _m.Text("\\S*", "a URL without spaces"),
            "method": _m.Choice("GET", "POST"),
            "reservationSid": _m.Text(),
            "postWorkActivitySid": _m.Text(),
        },
        text=True,
    )

    def __init__(
        self,
        *content: str,
        url: str | None = None,
        method: Method | None = None,
        reservation_sid: str | None = None,
        post_work_activity_sid: str | None = None,
    ) -> None:
        self._fill(
            content,
            {
                "url": url,
                "method": method,
                "reservationSid": reservation_sid,
                "postWorkActivitySid": post_work_activity_sid,
            },
        )

    def append(self, *content: str) -> Self:
        """Put more into it, after what it holds."""
        return self._put(content)


class Enqueue(_Element):
    """Puts the call into a queue, by the queue's name.

    Args:
        action: Where the next document is asked for when this is done.
        method: How action is asked. Default POST.
        wait_url: What is heard while waiting.
        wait_url_method: Default POST.
        workflow_sid: Who routes the call instead of a queue.
        max_queue_size: 1 to 5000.
    """

    __slots__ = ()
    WORD = _m.Word(
        "Enqueue",
        {
            "action": _m.Text("\\S*", "a URL without spaces"),
            "method": _m.Choice("GET", "POST"),
            "waitUrl": _m.Text("\\S*", "a URL without spaces"),
            "waitUrlMethod": _m.Choice("GET", "POST"),
            "workflowSid": _m.Text(),
            "maxQueueSize": _m.Whole(1, 5000),
        },
        ("Task",),
        text=True,
    )

    def __init__(
        self,
        *content: str | Task | Other,
        action: str | None = None,
        method: Method | None = None,
        wait_url: str | None = None,
        wait_url_method: Method | None = None,
        workflow_sid: str | None = None,
        max_queue_size: int | None = None,
    ) -> None:
        self._fill(
            content,
            {
                "action": action,
                "method": method,
                "waitUrl": wait_url,
                "waitUrlMethod": wait_url_method,
                "workflowSid": workflow_sid,
                "maxQueueSize": max_queue_size,
            },
        )

    def append(self, *content: str | Task | Other) -> Self:
        """Put more into it, after what it holds."""
        return self._put(content)

    task = _m.Child(lambda: Task)


class Task(_Element):
    """The attributes of a task, as JSON.

    Args:
        timeout: Seconds.
    """

    __slots__ = ()
    WORD = _m.Word(
        "Task",
        {"priority": _m.Whole(0, 1000000000), "timeout": _m.Whole(0, 1000000000)},
        text=True,
    )

    def __init__(
        self,
        *content: str,
        priority: int | None = None,
        timeout: int | None = None,
    ) -> None:
        self._fill(content, {"priority": priority, "timeout": timeout})

    def append(self, *content: str) -> Self:
        """Put more into it, after what it holds."""
        return self._put(content)


class Redirect(_Element):
    """Goes on with the document of a URL.

    Args:
        method: Default POST.
    """

    __slots__ = ()
    WORD = _m.Word("Redirect", {"method": _m.Choice("GET", "POST")}, text=True)

    def __init__(self, *content: str, method: Method | None = None) -> None:
        self._fill(content, {"method": method})

    def append(self, *content: str) -> Self:
        """Put more into it, after what it holds."""
        return self._put(content)


class Reject(_Element):
    """Does not answer the call.

    Args:
        reason: Default rejected.
    """

    __slots__ = ()
    WORD = _m.Word("Reject", {"reason": _m.Choice("rejected", "busy")}, ("Parameter",))

    def __init__(self, *content: Parameter | Other, reason: RejectReason | None = None) -> None:
        self._fill(content, {"reason": reason})

    def append(self, *content: Parameter | Other) -> Self:
        """Put more into it, after what it holds."""
        return self._put(content)

    parameter = _m.Child(lambda: Parameter)


class Hangup(_Element):
    """Ends the call."""

    __slots__ = ()
    WORD = _m.Word("Hangup", {}, ("Parameter",))

    def __init__(self, *content: Parameter | Other) -> None:
        self._fill(content, {})

    def append(self, *content: Parameter | Other) -> Self:
        """Put more into it, after what it holds."""
        return self._put(content)

    parameter = _m.Child(lambda: Parameter)


class Leave(_Element):
    """Takes the call out of its queue."""

    __slots__ = ()
    WORD = _m.Word("Leave", {})

    def __init__(self) -> None:
        self._fill((), {})


class Echo(_Element):
    """Sends back what is heard."""

    __slots__ = ()
    WORD = _m.Word("Echo", {})

    def __init__(self) -> None:
        self._fill((), {})


class Refer(_Element):
    """Hands a SIP call over to somebody else.

    Args:
        action: Where the next document is asked for when this is done.
        method: How action is asked. Default POST.
    """

    __slots__ = ()
    WORD = _m.Word(
        "Refer",
        {"action": _m.Text("\\S*", "a URL without spaces"), "method": _m.Choice("GET", "POST")},
        ("Sip",),
    )

    def __init__(
        self,
        *content: Sip | Other,
        action: str | None = None,
        method: Method | None = None,
    ) -> None:
        self._fill(content, {"action": action, "method": method})

    def append(self, *content: Sip | Other) -> Self:
        """Put more into it, after what it holds."""
        return self._put(content)

    sip = _m.Child(lambda: Sip)


class Sms(_Element):
    """Sends a message.

    Args:
        action: Where the next document is asked for when this is done.
        method: How action is asked. Default POST.
        status_callback: A URL without spaces.
    """

    __slots__ = ()
    WORD = _m.Word(
        "Sms",
        {
            "action": _m.Text("\\S*", "a URL without spaces"),
            "method": _m.Choice("GET", "POST"),
            "to": _m.Text(),
            "from": _m.Text(),
            "statusCallback": _m.Text("\\S*", "a URL without spaces"),
        },
        text=True,
    )

    def __init__(
        self,
        *content: str,
        action: str | None = None,
        method: Method | None = None,
        to: str | None = None,
        from_: str | None = None,
        status_callback: str | None = None,
    ) -> None:
        self._fill(
            content,
            {
                "action": action,
                "method": method,
                "to": to,
                "from": from_,
                "statusCallback": status_callback,
            },
        )

    def append(self, *content: str) -> Self:
        """Put more into it, after what it holds."""
        return self._put(content)


class Start(_Element):
    """Starts something beside the call, which goes on at once.

    Args:
        action: Where the next document is asked for when this is done.
        method: How action is asked. Default POST.
    """

    __slots__ = ()
    WORD = _m.Word(
        "Start",
        {"action": _m.Text("\\S*", "a URL without spaces"), "method": _m.Choice("GET", "POST")},
        ("Stream", "Siprec", "Transcription", "Recording"),
    )

    def __init__(
        self,
        *content: StartContent,
        action: str | None = None,
        method: Method | None = None,
    ) -> None:
        self._fill(content, {"action": action, "method": method})

    def append(self, *content: StartContent) -> Self:
        """Put more into it, after what it holds."""
        return self._put(content)

    stream = _m.Child(lambda: Stream)
    siprec = _m.Child(lambda: Siprec)
    transcription = _m.Child(lambda: Transcription)
    recording = _m.Child(lambda: Recording)


class Stop(_Element):
    """Stops what Start has started, by its name."""

    __slots__ = ()
    WORD = _m.Word("Stop", {}, ("Stream", "Siprec", "Transcription", "Recording"))

    def __init__(self, *content: StartContent) -> None:
        self._fill(content, {})

    def append(self, *content: StartContent) -> Self:
        """Put more into it, after what it holds."""
        return self._put(content)

    stream = _m.Child(lambda: Stream)
    siprec = _m.Child(lambda: Siprec)
    transcription = _m.Child(lambda: Transcription)
    recording = _m.Child(lambda: Recording)


class Connect(_Element):
    """Hands the call over to a service until that is done.

    Args:
        action: Where the next document is asked for when this is done.
        method: How action is asked. Default POST.
    """

    __slots__ = ()
    WORD = _m.Word(
        "Connect",
        {"action": _m.Text("\\S*", "a URL without spaces"), "method": _m.Choice("GET", "POST")},
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
    )

    def __init__(
        self,
        *content: ConnectContent,
        action: str | None = None,
        method: Method | None = None,
    ) -> None:
        self._fill(content, {"action": action, "method": method})

    def append(self, *content: ConnectContent) -> Self:
        """Put more into it, after what it holds."""
        return self._put(content)

    room = _m.Child(lambda: Room)
    autopilot = _m.Child(lambda: Autopilot)
    stream = _m.Child(lambda: Stream)
    virtual_agent = _m.Child(lambda: VirtualAgent)
    conversation = _m.Child(lambda: Conversation)
    conversation_relay = _m.Child(lambda: ConversationRelay)
    ai_session = _m.Child(lambda: AiSession)
    conversation_relay_session = _m.Child(lambda: ConversationRelaySession)


class Stream(_Element):
    """The audio of the call, to a web socket.

    Args:
        status_callback: Who is told what happens.
        status_callback_method: Default POST.
        url: The address of the web socket, wss://…
        track: Default inbound_track.
    """

    __slots__ = ()
    WORD = _m.Word(
        "Stream",
        {
            "statusCallback": _m.Text("\\S*", "a URL without spaces"),
            "statusCallbackMethod": _m.Choice("GET", "POST"),
            "url": _m.Text("\\S*", "a URL without spaces"),
            "name": _m.Text(),
            "connectorName": _m.Text(),
            "audioFormat": _m.Text(),
            "sampleRate": _m.Text(),
            "track": _m.Choice("inbound_track", "outbound_track", "both_tracks"),
        },
        ("Parameter",),
    )

    def __init__(
        self,
        *content: Parameter | Other,
        status_callback: str | None = None,
        status_callback_method: Method | None = None,
        url: str | None = None,
        name: str | None = None,
        connector_name: str | None = None,
        audio_format: str | None = None,
        sample_rate: str | None = None,
        track: StreamTrack | None = None,
    ) -> None:
        self._fill(
            content,
            {
                "statusCallback": status_callback,
                "statusCallbackMethod": status_callback_method,
                "url": url,
                "name": name,
                "connectorName": connector_name,
                "audioFormat": audio_format,
                "sampleRate": sample_rate,
                "track": track,
            },
        )

    def append(self, *content: Parameter | Other) -> Self:
        """Put more into it, after what it holds."""
        return self._put(content)

    parameter = _m.Child(lambda: Parameter)


class Siprec(_Element):
    """The audio of the call, to a recorder by SIPREC.

    Args:
        status_callback: Who is told what happens.
        status_callback_method: Default POST.
    """

    __slots__ = ()
    WORD = _m.Word(
        "Siprec",
        {
            "statusCallback": _m.Text("\\S*", "a URL without spaces"),
            "statusCallbackMethod": _m.Choice("GET", "POST"),
            "name": _m.Text(),
            "connectorName": _m.Text(),
            "track": _m.Choice("inbound_track", "outbound_track", "both_tracks"),
        },
        ("Parameter",),
    )

    def __init__(
        self,
        *content: Parameter | Other,
        status_callback: str | None = None,
        status_callback_method: Method | None = None,
        name: str | None = None,
        connector_name: str | None = None,
        track: StreamTrack | None = None,
    ) -> None:
        self._fill(
            content,
            {
                "statusCallback": status_callback,
                "statusCallbackMethod": status_callback_method,
                "name": name,
                "connectorName": connector_name,
                "track": track,
            },
        )

    def append(self, *content: Parameter | Other) -> Self:
        """Put more into it, after what it holds."""
        return self._put(content)

    parameter = _m.Child(lambda: Parameter)


class Transcription(_Element):
    """The words of the call, while it goes on.

    Args:
        hints: Words to expect, with commas between them.
        status_callback_url: A URL without spaces.
        status_callback_method: Default POST.
    """

    __slots__ = ()
    WORD = _m.Word(
        "Transcription",
        {
            "name": _m.Text(),
            "track": _m.Choice("inbound_track", "outbound_track", "both_tracks"),
            "hints": _m.Text(),
            "inboundTrackLabel": _m.Text(),
            "outboundTrackLabel": _m.Text(),
            "intelligenceService": _m.Text(),
            "languageCode": _m.Text(),
            "speechModel": _m.Text(),
            "transcriptionEngine": _m.Text(),
            "partialResults": _m.Choice("true", "false"),
            "profanityFilter": _m.Choice("true", "false"),
            "enableAutomaticPunctuation": _m.Choice("true", "false"),
            "statusCallbackUrl": _m.Text("\\S*", "a URL without spaces"),
            "statusCallbackMethod": _m.Choice("GET", "POST"),
        },
        ("Config", "Parameter"),
    )

    def __init__(
        self,
        *content: TranscriptionContent,
        name: str | None = None,
        track: StreamTrack | None = None,
        hints: str | None = None,
        inbound_track_label: str | None = None,
        outbound_track_label: str | None = None,
        intelligence_service: str | None = None,
        language_code: str | None = None,
        speech_model: str | None = None,
        transcription_engine: str | None = None,
        partial_results: bool | None = None,
        profanity_filter: bool | None = None,
        enable_automatic_punctuation: bool | None = None,
        status_callback_url: str | None = None,
        status_callback_method: Method | None = None,
    ) -> None:
        self._fill(
            content,
            {
                "name": name,
                "track": track,
                "hints": hints,
                "inboundTrackLabel": inbound_track_label,
                "outboundTrackLabel": outbound_track_label,
                "intelligenceService": intelligence_service,
                "languageCode": language_code,
                "speechModel": speech_model,
                "transcriptionEngine": transcription_engine,
                "partialResults": partial_results,
                "profanityFilter": profanity_filter,
                "enableAutomaticPunctuation": enable_automatic_punctuation,
                "statusCallbackUrl": status_callback_url,
                "statusCallbackMethod": status_callback_method,
            },
        )

    def append(self, *content: TranscriptionContent) -> Self:
        """Put more into it, after what it holds."""
        return self._put(content)

    config = _m.Child(lambda: Config)
    parameter = _m.Child(lambda: Parameter)


class Recording(_Element):
    """A recording of the call.

    Args:
        recording_status_callback: Who is told of the recording.
        recording_status_callback_method: Default POST.
        recording_status_callback_event: What is told of the recording. Default completed.
    """

    __slots__ = ()
    WORD = _m.Word(
        "Recording",
        {
            "recordingStatusCallback": _m.Text("\\S*", "a URL without spaces"),
            "recordingStatusCallbackMethod": _m.Choice("GET", "POST"),
            "recordingStatusCallbackEvent": _m.Several("in-progress", "completed", "absent"),
            "recordingConfigurationId": _m.Text(),
            "channels": _m.Choice("mono", "dual"),
            "track": _m.Choice("inbound", "outbound", "both"),
            "trim": _m.Choice("trim-silence", "do-not-trim"),
        },
    )

    def __init__(
        self,
        *,
        recording_status_callback: str | None = None,
        recording_status_callback_method: Method | None = None,
        recording_status_callback_event: (
            RecordingStatusCallbackEvent | Sequence[RecordingStatusCallbackEvent] | None
        ) = None,
        recording_configuration_id: str | None = None,
        channels: RecordingChannels | None = None,
        track: RecordingTrack | None = None,
        trim: Trim | None = None,
    ) -> None:
        self._fill(
            (),
            {
                "recordingStatusCallback": recording_status_callback,
                "recordingStatusCallbackMethod": recording_status_callback_method,
                "recordingStatusCallbackEvent": recording_status_callback_event,
                "recordingConfigurationId": recording_configuration_id,
                "channels": channels,
                "track": track,
                "trim": trim,
            },
        )


class Room(_Element):
    """A video room, by its name."""

    __slots__ = ()
    WORD = _m.Word("Room", {"participantIdentity": _m.Text()}, text=True)

    def __init__(self, *content: str, participant_identity: str | None = None) -> None:
        self._fill(content, {"participantIdentity": participant_identity})

    def append(self, *content: str) -> Self:
        """Put more into it, after what it holds."""
        return self._put(content)


class Autopilot(_Element):
    """An assistant, by its name."""

    __slots__ = ()
    WORD = _m.Word("Autopilot", {}, text=True)

    def __init__(self, *content: str) -> None:
        self._fill(content, {})

    def append(self, *content: str) -> Self:
        """Put more into it, after what it holds."""
        return self._put(content)


class VirtualAgent(_Element):
    """An agent of another vendor.

    Args:
        status_callback: Who is told what happens.
        status_callback_method: Default POST.
    """

    __slots__ = ()
    WORD = _m.Word(
        "VirtualAgent",
        {
            "statusCallback": _m.Text("\\S*", "a URL without spaces"),
            "statusCallbackMethod": _m.Choice("GET", "POST"),
            "connectorName": _m.Text(),
            "language": _m.Text(),
            "sentimentAnalysis": _m.Choice("true", "false"),
        },
        ("Config", "Parameter"),
    )

    def __init__(
        self,
        *content: TranscriptionContent,
        status_callback: str | None = None,
        status_callback_method: Method | None = None,
        connector_name: str | None = None,
        language: str | None = None,
        sentiment_analysis: bool | None = None,
    ) -> None:
        self._fill(
            content,
            {
                "statusCallback": status_callback,
                "statusCallbackMethod": status_callback_method,
                "connectorName": connector_name,
                "language": language,
                "sentimentAnalysis": sentiment_analysis,
            },
        )

    def append(self, *content: TranscriptionContent) -> Self:
        """Put more into it, after what it holds."""
        return self._put(content)

    config = _m.Child(lambda: Config)
    parameter = _m.Child(lambda: Parameter)


class Conversation(_Element):
    """A conversation, which routes the call.

    Args:
        url: A document for the dialled side before it is connected.
        method: How url is asked. Default POST.
        status_callback: Who is told what happens.
        status_callback_method: Default POST.
        inbound_timeout: Seconds.
        routing_assignment_timeout: Seconds.
        recording_status_callback: A URL without spaces.
        recording_status_callback_method: Default POST.
        recording_status_callback_event: Default completed.
    """

    __slots__ = ()
    WORD = _m.Word(
        "Conversation",
        {
            "url": _m.Text("\\S*", "a URL without spaces"),
            "method": _m.Choice("GET", "POST"),
            "statusCallback": _m.Text("\\S*", "a URL without spaces"),
            "statusCallbackMethod": _m.Choice("GET", "POST"),
            "inboundAutocreation": _m.Choice("true", "false"),
            "inboundTimeout": _m.Whole(0, 1000000000),
            "serviceInstanceSid": _m.Text(),
            "routingAssignmentTimeout": _m.Whole(0, 1000000000),
            "record": _m.Choice(
                "true",
                "false",
                "do-not-record",
                "record-from-answer",
                "record-from-ringing",
                "record-from-answer-dual",
                "record-from-ringing-dual",
            ),
            "trim": _m.Choice("trim-silence", "do-not-trim"),
            "recordingStatusCallback": _m.Text("\\S*", "a URL without spaces"),
            "recordingStatusCallbackMethod": _m.Choice("GET", "POST"),
            "recordingStatusCallbackEvent": _m.Several("in-progress", "completed", "absent"),
            "statusCallbackEvent": _m.Several(
                "call-initiated", "call-ringing", "call-answered", "call-completed"
            ),
        },
    )

    def __init__(
        self,
        *,
        url: str | None = None,
        method: Method | None = None,
        status_callback: str | None = None,
        status_callback_method: Method | None = None,
        inbound_autocreation: bool | None = None,
        inbound_timeout: int | None = None,
        service_instance_sid: str | None = None,
        routing_assignment_timeout: int | None = None,
        record: bool | DialRecord | None = None,
        trim: Trim | None = None,
        recording_status_callback: str | None = None,
        recording_status_callback_method: Method | None = None,
        recording_status_callback_event: (
            RecordingStatusCallbackEvent | Sequence[RecordingStatusCallbackEvent] | None
        ) = None,
        status_callback_event: (
            ConversationStatusCallbackEvent | Sequence[ConversationStatusCallbackEvent] | None
        ) = None,
    ) -> None:
        self._fill(
            (),
            {
                "url": url,
                "method": method,
                "statusCallback": status_callback,
                "statusCallbackMethod": status_callback_method,
                "inboundAutocreation": inbound_autocreation,
                "inboundTimeout": inbound_timeout,
                "serviceInstanceSid": service_instance_sid,
                "routingAssignmentTimeout": routing_assignment_timeout,
                "record": record,
                "trim": trim,
                "recordingStatusCallback": recording_status_callback,
                "recordingStatusCallbackMethod": recording_status_callback_method,
                "recordingStatusCallbackEvent": recording_status_callback_event,
                "statusCallbackEvent": status_callback_event,
            },
        )


class ConversationRelay(_Element):
    """The words of the call to a web socket, and its words to the call.

    Args:
        url: The address of the web socket, wss://…
        hints: Words to expect, with commas between them.
    """

    __slots__ = ()
    WORD = _m.Word(
        "ConversationRelay",
        {
            "url": _m.Text("\\S*", "a URL without spaces"),
            "welcomeGreeting": _m.Text(),
            "welcomeGreetingInterruptible": _m.Text(),
            "language": _m.Text(),
            "ttsLanguage": _m.Text(),
            "ttsProvider": _m.Text(),
            "voice": _m.Text(),
            "transcriptionLanguage": _m.Text(),
            "transcriptionProvider": _m.Text(),
            "speechModel": _m.Text(),
            "interruptible": _m.Text(),
            "interruptSensitivity": _m.Text(),
            "dtmfDetection": _m.Choice("true", "false"),
            "reportInputDuringAgentSpeech": _m.Choice("true", "false"),
            "preemptible": _m.Choice("true", "false"),
            "partialPrompts": _m.Choice("true", "false"),
            "profanityFilter": _m.Choice("true", "false"),
            "hints": _m.Text(),
            "intelligenceService": _m.Text(),
            "elevenlabsTextNormalization": _m.Text(),
            "backgroundnoisereduction": _m.Text(),
            "deepgramsmartformat": _m.Text(),
            "ignorebackchannel": _m.Text(),
            "speechtimeout": _m.Text(),
            "events": _m.Text(),
            "debug": _m.Text(),
        },
        ("Language", "Parameter"),
    )

    def __init__(
        self,
        *content: ConversationRelayContent,
        url: str | None = None,
        welcome_greeting: str | None = None,
        welcome_greeting_interruptible: str | None = None,
        language: str | None = None,
        tts_language: str | None = None,
        tts_provider: str | None = None,
        voice: str | None = None,
        transcription_language: str | None = None,
        transcription_provider: str | None = None,
        speech_model: str | None = None,
        interruptible: str | None = None,
        interrupt_sensitivity: str | None = None,
        dtmf_detection: bool | None = None,
        report_input_during_agent_speech: bool | None = None,
        preemptible: bool | None = None,
        partial_prompts: bool | None = None,
        profanity_filter: bool | None = None,
        hints: str | None = None,
        intelligence_service: str | None = None,
        elevenlabs_text_normalization: str | None = None,
        backgroundnoisereduction: str | None = None,
        deepgramsmartformat: str | None = None,
        ignorebackchannel: str | None = None,
        speechtimeout: str | None = None,
        events: str | None = None,
        debug: str | None = None,
    ) -> None:
        self._fill(
            content,
            {
                "url": url,
                "welcomeGreeting": welcome_greeting,
                "welcomeGreetingInterruptible": welcome_greeting_interruptible,
                "language": language,
                "ttsLanguage": tts_language,
                "ttsProvider": tts_provider,
                "voice": voice,
                "transcriptionLanguage": transcription_language,
                "transcriptionProvider": transcription_provider,
                "speechModel": speech_model,
                "interruptible": interruptible,
                "interruptSensitivity": interrupt_sensitivity,
                "dtmfDetection": dtmf_detection,
                "reportInputDuringAgentSpeech": report_input_during_agent_speech,
                "preemptible": preemptible,
                "partialPrompts": partial_prompts,
                "profanityFilter": profanity_filter,
                "hints": hints,
                "intelligenceService": intelligence_service,
                "elevenlabsTextNormalization": elevenlabs_text_normalization,
                "backgroundnoisereduction": backgroundnoisereduction,
                "deepgramsmartformat": deepgramsmartformat,
                "ignorebackchannel": ignorebackchannel,
                "speechtimeout": speechtimeout,
                "events": events,
                "debug": debug,
            },
        )

    def append(self, *content: ConversationRelayContent) -> Self:
        """Put more into it, after what it holds."""
        return self._put(content)

    language = _m.Child(lambda: Language)
    parameter = _m.Child(lambda: Parameter)


class Language(_Element):
    """How a relayed conversation speaks and hears one language."""

    __slots__ = ()
    WORD = _m.Word(
        "Language",
        {
            "code": _m.Text(),
            "ttsProvider": _m.Text(),
            "voice": _m.Text(),
            "transcriptionProvider": _m.Text(),
            "speechModel": _m.Text(),
        },
    )

    def __init__(
        self,
        *,
        code: str | None = None,
        tts_provider: str | None = None,
        voice: str | None = None,
        transcription_provider: str | None = None,
        speech_model: str | None = None,
    ) -> None:
        self._fill(
            (),
            {
                "code": code,
                "ttsProvider": tts_provider,
                "voice": voice,
                "transcriptionProvider": transcription_provider,
                "speechModel": speech_model,
            },
        )


class ConversationRelaySession(_Element):
    """A relayed conversation, by its configuration."""

    __slots__ = ()
    WORD = _m.Word(
        "ConversationRelaySession",
        {"connector": _m.Text(), "sessionConfiguration": _m.Text()},
    )

    def __init__(
        self,
        *,
        connector: str | None = None,
        session_configuration: str | None = None,
    ) -> None:
        self._fill((), {"connector": connector, "sessionConfiguration": session_configuration})


class AiSession(_Element):
    """A conversation with a model, by its configuration."""

    __slots__ = ()
    WORD = _m.Word("AiSession", {"aiConnector": _m.Text(), "aiSessionConfiguration": _m.Text()})

    def __init__(
        self,
        *,
        ai_connector: str | None = None,
        ai_session_configuration: str | None = None,
    ) -> None:
        self._fill(
            (),
            {"aiConnector": ai_connector, "aiSessionConfiguration": ai_session_configuration},
        )


class Parameter(_Element):
    """A value of yours that goes along."""

    __slots__ = ()
    WORD = _m.Word("Parameter", {"name": _m.Text(), "value": _m.Text()})

    def __init__(self, *, name: str | None = None, value: str | None = None) -> None:
        self._fill((), {"name": name, "value": value})


class Config(_Element):
    """A setting of the service."""

    __slots__ = ()
    WORD = _m.Word("Config", {"name": _m.Text(), "value": _m.Text()})

    def __init__(self, *, name: str | None = None, value: str | None = None) -> None:
        self._fill((), {"name": name, "value": value})


class Break(_Element):
    """A silence within speech.

    Args:
        time: How long: 500ms, 2s.
    """

    __slots__ = ()
    WORD = _m.Word(
        "break",
        {
            "strength": _m.Choice("none", "x-weak", "weak", "medium", "strong", "x-strong"),
            "time": _m.Text(),
        },
    )

    def __init__(self, *, strength: BreakStrength | None = None, time: str | None = None) -> None:
        self._fill((), {"strength": strength, "time": time})


class Emphasis(_Element):
    """Stressed words."""

    __slots__ = ()
    WORD = _m.Word(
        "emphasis",
        {"level": _m.Choice("strong", "moderate", "reduced")},
        ("break", "emphasis", "lang", "p", "phoneme", "prosody", "s", "say-as", "sub", "w"),
        text=True,
        mixed=True,
    )

    def __init__(self, *content: SayContent, level: EmphasisLevel | None = None) -> None:
        self._fill(content, {"level": level})

    def append(self, *content: SayContent) -> Self:
        """Put more into it, after what it holds."""
        return self._put(content)

    break_ = _m.Child(lambda: Break)
    emphasis = _m.Child(lambda: Emphasis)
    lang = _m.Child(lambda: Lang)
    p = _m.Child(lambda: P)
    phoneme = _m.Child(lambda: Phoneme)
    prosody = _m.Child(lambda: Prosody)
    s = _m.Child(lambda: S)
    say_as = _m.Child(lambda: SayAs)
    sub = _m.Child(lambda: Sub)
    w = _m.Child(lambda: W)


class Lang(_Element):
    """Words of another language."""

    __slots__ = ()
    WORD = _m.Word(
        "lang",
        {"xml:lang": _m.Text()},
        ("break", "emphasis", "lang", "p", "phoneme", "prosody", "s", "say-as", "sub", "w"),
        text=True,
        mixed=True,
    )

    def __init__(self, *content: SayContent, xml_lang: str | None = None) -> None:
        self._fill(content, {"xml:lang": xml_lang})

    def append(self, *content: SayContent) -> Self:
        """Put more into it, after what it holds."""
        return self._put(content)

    break_ = _m.Child(lambda: Break)
    emphasis = _m.Child(lambda: Emphasis)
    lang = _m.Child(lambda: Lang)
    p = _m.Child(lambda: P)
    phoneme = _m.Child(lambda: Phoneme)
    prosody = _m.Child(lambda: Prosody)
    s = _m.Child(lambda: S)
    say_as = _m.Child(lambda: SayAs)
    sub = _m.Child(lambda: Sub)
    w = _m.Child(lambda: W)


class P(_Element):
    """A paragraph."""

    __slots__ = ()
    WORD = _m.Word(
        "p",
        {},
        ("break", "emphasis", "lang", "p", "phoneme", "prosody", "s", "say-as", "sub", "w"),
        text=True,
        mixed=True,
    )

    def __init__(self, *content: SayContent) -> None:
        self._fill(content, {})

    def append(self, *content: SayContent) -> Self:
        """Put more into it, after what it holds."""
        return self._put(content)

    break_ = _m.Child(lambda: Break)
    emphasis = _m.Child(lambda: Emphasis)
    lang = _m.Child(lambda: Lang)
    p = _m.Child(lambda: P)
    phoneme = _m.Child(lambda: Phoneme)
    prosody = _m.Child(lambda: Prosody)
    s = _m.Child(lambda: S)
    say_as = _m.Child(lambda: SayAs)
    sub = _m.Child(lambda: Sub)
    w = _m.Child(lambda: W)


class S(_Element):
    """A sentence."""

    __slots__ = ()
    WORD = _m.Word(
        "s",
        {},
        ("break", "emphasis", "lang", "p", "phoneme", "prosody", "s", "say-as", "sub", "w"),
        text=True,
        mixed=True,
    )

    def __init__(self, *content: SayContent) -> None:
        self._fill(content, {})

    def append(self, *content: SayContent) -> Self:
        """Put more into it, after what it holds."""
        return self._put(content)

    break_ = _m.Child(lambda: Break)
    emphasis = _m.Child(lambda: Emphasis)
    lang = _m.Child(lambda: Lang)
    p = _m.Child(lambda: P)
    phoneme = _m.Child(lambda: Phoneme)
    prosody = _m.Child(lambda: Prosody)
    s = _m.Child(lambda: S)
    say_as = _m.Child(lambda: SayAs)
    sub = _m.Child(lambda: Sub)
    w = _m.Child(lambda: W)


class Phoneme(_Element):
    """Words with their pronunciation.

    Args:
        alphabet: Such as ipa, x-sampa.
        ph: The pronunciation.
    """

    __slots__ = ()
    WORD = _m.Word("phoneme", {"alphabet": _m.Text(), "ph": _m.Text()}, text=True, mixed=True)

    def __init__(self, *content: str, alphabet: str | None = None, ph: str | None = None) -> None:
        self._fill(content, {"alphabet": alphabet, "ph": ph})

    def append(self, *content: str) -> Self:
        """Put more into it, after what it holds."""
        return self._put(content)


class Prosody(_Element):
    """Words with volume, rate and pitch."""

    __slots__ = ()
    WORD = _m.Word(
        "prosody",
        {"volume": _m.Text(), "rate": _m.Text(), "pitch": _m.Text()},
        ("break", "emphasis", "lang", "p", "phoneme", "prosody", "s", "say-as", "sub", "w"),
        text=True,
        mixed=True,
    )

    def __init__(
        self,
        *content: SayContent,
        volume: str | None = None,
        rate: str | None = None,
        pitch: str | None = None,
    ) -> None:
        self._fill(content, {"volume": volume, "rate": rate, "pitch": pitch})

    def append(self, *content: SayContent) -> Self:
        """Put more into it, after what it holds."""
        return self._put(content)

    break_ = _m.Child(lambda: Break)
    emphasis = _m.Child(lambda: Emphasis)
    lang = _m.Child(lambda: Lang)
    p = _m.Child(lambda: P)
    phoneme = _m.Child(lambda: Phoneme)
    prosody = _m.Child(lambda: Prosody)
    s = _m.Child(lambda: S)
    say_as = _m.Child(lambda: SayAs)
    sub = _m.Child(lambda: Sub)
    w = _m.Child(lambda: W)


class SayAs(_Element):
    """Words that are a date, a number, letters.

    Args:
        interpret_as: Such as date, digits, telephone.
        format: Such as mdy, of a date.
    """

    __slots__ = ()
    WORD = _m.Word(
        "say-as",
        {"interpret-as": _m.Text(), "format": _m.Text(), "role": _m.Text()},
        text=True,
        mixed=True,
    )

    def __init__(
        self,
        *content: str,
        interpret_as: str | None = None,
        format: str | None = None,
        role: str | None = None,
    ) -> None:
        self._fill(content, {"interpret-as": interpret_as, "format": format, "role": role})

    def append(self, *content: str) -> Self:
        """Put more into it, after what it holds."""
        return self._put(content)


class Sub(_Element):
    """Words that are spoken as others.

    Args:
        alias: What is spoken.
    """

    __slots__ = ()
    WORD = _m.Word("sub", {"alias": _m.Text()}, text=True, mixed=True)

    def __init__(self, *content: str, alias: str | None = None) -> None:
        self._fill(content, {"alias": alias})

    def append(self, *content: str) -> Self:
        """Put more into it, after what it holds."""
        return self._put(content)


class W(_Element):
    """A word with its role in the sentence."""

    __slots__ = ()
    WORD = _m.Word(
        "w",
        {"role": _m.Text()},
        ("break", "emphasis", "lang", "p", "phoneme", "prosody", "s", "say-as", "sub", "w"),
        text=True,
        mixed=True,
    )

    def __init__(self, *content: SayContent, role: str | None = None) -> None:
        self._fill(content, {"role": role})

    def append(self, *content: SayContent) -> Self:
        """Put more into it, after what it holds."""
        return self._put(content)

    break_ = _m.Child(lambda: Break)
    emphasis = _m.Child(lambda: Emphasis)
    lang = _m.Child(lambda: Lang)
    p = _m.Child(lambda: P)
    phoneme = _m.Child(lambda: Phoneme)
    prosody = _m.Child(lambda: Prosody)
    s = _m.Child(lambda: S)
    say_as = _m.Child(lambda: SayAs)
    sub = _m.Child(lambda: Sub)
    w = _m.Child(lambda: W)


ApplicationContent: TypeAlias = str | ApplicationSid | Parameter | Other
ClientContent: TypeAlias = str | Identity | Parameter | Other
ConnectContent: TypeAlias = (
    Room
    | Autopilot
    | Stream
    | VirtualAgent
    | Conversation
    | ConversationRelay
    | AiSession
    | ConversationRelaySession
    | Other
)
ConversationRelayContent: TypeAlias = Language | Parameter | Other
DialContent: TypeAlias = (
    str | Client | Conference | Number | Queue | Sim | Sip | Application | WhatsApp | Other
)
GatherContent: TypeAlias = Say | Pause | Play | Other
PayContent: TypeAlias = Prompt | Parameter | Other
PromptContent: TypeAlias = Say | Play | Pause | Other
ResponseContent: TypeAlias = (
    Connect
    | Dial
    | Echo
    | Enqueue
    | Gather
    | Hangup
    | Leave
    | Pause
    | Play
    | Queue
    | Record
    | Redirect
    | Reject
    | Say
    | Sms
    | Pay
    | Prompt
    | Start
    | Stop
    | Refer
    | Other
)
SayContent: TypeAlias = (
    str | Break | Emphasis | Lang | P | Phoneme | Prosody | S | SayAs | Sub | W | Other
)
SipContent: TypeAlias = str | Uri | Headers | Other
StartContent: TypeAlias = Stream | Siprec | Transcription | Recording | Other
TranscriptionContent: TypeAlias = Config | Parameter | Other

_KINDS: dict[str, type[_Element]] = {
    "Response": Response,
    "Say": Say,
    "Play": Play,
    "Pause": Pause,
    "Gather": Gather,
    "Record": Record,
    "Pay": Pay,
    "Prompt": Prompt,
    "Dial": Dial,
    "Number": Number,
    "Client": Client,
    "Identity": Identity,
    "Sip": Sip,
    "Uri": Uri,
    "Headers": Headers,
    "Header": Header,
    "Sim": Sim,
    "WhatsApp": WhatsApp,
    "Application": Application,
    "ApplicationSid": ApplicationSid,
    "Conference": Conference,
    "Queue": Queue,
    "Enqueue": Enqueue,
    "Task": Task,
    "Redirect": Redirect,
    "Reject": Reject,
    "Hangup": Hangup,
    "Leave": Leave,
    "Echo": Echo,
    "Refer": Refer,
    "Sms": Sms,
    "Start": Start,
    "Stop": Stop,
    "Connect": Connect,
    "Stream": Stream,
    "Siprec": Siprec,
    "Transcription": Transcription,
    "Recording": Recording,
    "Room": Room,
    "Autopilot": Autopilot,
    "VirtualAgent": VirtualAgent,
    "Conversation": Conversation,
    "ConversationRelay": ConversationRelay,
    "Language": Language,
    "ConversationRelaySession": ConversationRelaySession,
    "AiSession": AiSession,
    "Parameter": Parameter,
    "Config": Config,
    "break": Break,
    "emphasis": Emphasis,
    "lang": Lang,
    "p": P,
    "s": S,
    "phoneme": Phoneme,
    "prosody": Prosody,
    "say-as": SayAs,
    "sub": Sub,
    "w": W,
}


def parse(xml: str | bytes, *, lenient: bool = False) -> Response:
    """Read a document.

    Raises MarkupError, with line and column, for what is no XML or what the vocabulary does not
    allow. `lenient=True` keeps the latter as it stands; an unknown element is an `Other` then.
    """
    return cast(Response, _m.read(xml, _KINDS, "Response", lenient))


__all__ = [
    "AiSession",
    "Application",
    "ApplicationContent",
    "ApplicationSid",
    "Autopilot",
    "Break",
    "BreakStrength",
    "CardType",
    "Client",
    "ClientContent",
    "Conference",
    "ConferenceBeep",
    "ConferenceJitterBufferSize",
    "ConferenceRecord",
    "ConferenceRegion",
    "ConferenceStatusCallbackEvent",
    "Config",
    "Connect",
    "ConnectContent",
    "Conversation",
    "ConversationRelay",
    "ConversationRelayContent",
    "ConversationRelaySession",
    "ConversationStatusCallbackEvent",
    "Dial",
    "DialContent",
    "DialEvents",
    "DialRecord",
    "Echo",
    "Emphasis",
    "EmphasisLevel",
    "Enqueue",
    "Gather",
    "GatherContent",
    "GatherInput",
    "Hangup",
    "Header",
    "Headers",
    "Identity",
    "Lang",
    "Language",
    "Leave",
    "MachineDetection",
    "MarkupError",
    "Method",
    "Number",
    "NumberStatusCallbackEvent",
    "Other",
    "P",
    "Parameter",
    "Pause",
    "Pay",
    "PayBankAccountType",
    "PayContent",
    "PayInput",
    "PayPaymentMethod",
    "PayTokenType",
    "Phoneme",
    "Play",
    "Prompt",
    "PromptContent",
    "PromptErrorType",
    "PromptFor",
    "Prosody",
    "Queue",
    "Record",
    "Recording",
    "RecordingChannels",
    "RecordingStatusCallbackEvent",
    "RecordingTrack",
    "Redirect",
    "Refer",
    "Reject",
    "RejectReason",
    "Response",
    "ResponseContent",
    "Room",
    "S",
    "Say",
    "SayAs",
    "SayContent",
    "Sim",
    "Sip",
    "SipContent",
    "Siprec",
    "Sms",
    "Start",
    "StartContent",
    "Stop",
    "Stream",
    "StreamTrack",
    "Sub",
    "Task",
    "Transcription",
    "TranscriptionContent",
    "Trim",
    "Uri",
    "VirtualAgent",
    "W",
    "WhatsApp",
    "parse",
]
