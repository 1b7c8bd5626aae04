"""Say, Play, Pause: what takes time and makes sound, which is noted and not made."""

from __future__ import annotations

from ringback.emulator.twiml import timing, values
from ringback.emulator.twiml.machine import Run, verb
from ringback.emulator.twiml.parser import Element

_LONGEST_SAY = 4_096


@verb("Say")
def say(run: Run, element: Element) -> bool:
    """Say a text."""
    if not element.spoken:
        run.report(13520, "there is nothing to say")
        return True
    if len(element.spoken) > _LONGEST_SAY:
        run.report(13521, f"{len(element.spoken)} characters")
        return True
    took = timing.say(element)
    about = {name: values.text(element, name) for name in ("voice", "language", "loop")}
    run.note("Say", text=element.spoken, **about, seconds=took / 1000)
    return run.wait("time", took)


@verb("Play")
def play(run: Run, element: Element) -> bool:
    """Play a file, or digits."""
    digits = values.text(element, "digits")
    if not digits and not element.text:
        run.report(11100, "Play has neither a URL nor digits")
        return True
    took = timing.play(element)
    url = "" if digits else values.address(run.program.base_url, element.text)
    run.note("Play", url=url, digits=digits, loop=values.text(element, "loop"), seconds=took / 1000)
    return run.wait("time", took)


@verb("Pause")
def pause(run: Run, element: Element) -> bool:
    """Wait."""
    took = timing.pause(element)
    run.note("Pause", seconds=took / 1000)
    return run.wait("time", took)
