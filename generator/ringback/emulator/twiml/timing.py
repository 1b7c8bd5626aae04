"""How long things take that are not really done here. Times are in ms.

Say       2.5 words a second, and the length of its breaks, times `loop` (0: a thousand times)
Play      5 seconds, times `loop`; a URL can say otherwise in its fragment: .../hold.mp3#seconds=30
digits    a quarter of a second each; w is half a second, W a whole one
keys      the other side presses its first key one second after it was asked, and the next ones as fast
speech    the other side says 2.5 words a second, beginning one second after it was asked
Connect, Pay, Echo
          10, 20 and 10 seconds: what they connect to is not there
"""

from __future__ import annotations

import re
from urllib.parse import parse_qs, urlsplit

from ringback.emulator.twiml import values
from ringback.emulator.twiml.parser import Element

WORDS_A_SECOND = 2.5
PLAY = 5_000
KEY = 250
ASKED = 1_000
CONNECT = 10_000
PAY = 20_000
ECHO = 10_000
FOREVER = 1_000
"""How often something is said whose loop is 0."""
LONGEST = 86_400_000
CONFIDENCE = "0.9"
"""How sure the emulated speech recognition is of what it was told."""

_BREAKS = {"none": 0, "x-weak": 100, "weak": 250, "medium": 500, "strong": 750, "x-strong": 1_000}
_TIME = re.compile(r"\+?([0-9]{1,7}(?:\.[0-9]{1,6})?)(ms|s)")


def speech(text: str) -> int:
    """Saying a text once."""
    return round(len(text.split()) / WORDS_A_SECOND * 1_000)


def tones(digits: str) -> int:
    """Sending digits."""
    return sum({"w": 500, "W": 1_000}.get(digit, KEY) for digit in digits)


def say(element: Element) -> int:
    """A Say, with all its repetitions."""
    once = speech(element.spoken) + sum(
        _break(one) for one in element.within() if one.name == "break"
    )
    return _repeated(once, element)


def play(element: Element) -> int:
    """A Play, with all its repetitions."""
    digits = values.text(element, "digits")
    return tones(digits) if digits else _repeated(_length(element.text), element)


def pause(element: Element) -> int:
    """A Pause."""
    return values.number(element, "length", 1) * 1_000


def _repeated(once: int, element: Element) -> int:
    return min(once * (values.number(element, "loop", 1) or FOREVER), LONGEST)


def _length(url: str) -> int:
    try:
        told = parse_qs(urlsplit(url).fragment).get("seconds", [""])[0]
    except ValueError:
        return PLAY
    return round(float(told) * 1_000) if re.fullmatch(r"[0-9]{1,5}(\.[0-9]{1,3})?", told) else PLAY


def _break(element: Element) -> int:
    told = _TIME.fullmatch(values.text(element, "time"))
    if told is None:
        return _BREAKS.get(values.text(element, "strength"), _BREAKS["medium"])
    return round(float(told[1]) * (1 if told[2] == "ms" else 1_000))
