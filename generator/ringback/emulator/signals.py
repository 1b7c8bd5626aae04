"""How one part of the world tells the others what has just happened, inside the same transaction.

    @listens("call.ended")
    def stop_recordings(world, tx, call): ...

    tell(world, tx, "call.ended", call)

Listeners of a signal run in the order of their modules in `parts.py`; a part knows the signals, not the other parts.

    call.answered     a leg is connected                 (call)
    call.ended        a leg is over, whatever its status (call)
    call.redirected   new instructions, by URL or TwiML  (call)
    instructions      the leg shall run its TwiML now    (call)
    digits            the other side pressed keys        (call, digits)
    speech            the other side said something      (call, text)
    conference.started  the call's room has begun         (call)
    conference.held     the call is put on hold, or not   (call, on hold)
    conference.left     the call is out of its room and goes on (call)
    queue.left          the call is out of its queue       (call, result, waited seconds, queue)
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from ringback.emulator.store import Transaction

if TYPE_CHECKING:
    from ringback.emulator.world import World

Listener = Callable[..., None]
_listeners: dict[str, list[Listener]] = {}


def listens(signal: str) -> Callable[[Listener], Listener]:
    """Declare a listener of a signal."""

    def declare(listener: Listener) -> Listener:
        _listeners.setdefault(signal, []).append(listener)
        return listener

    return declare


def tell(world: World, tx: Transaction, signal: str, *about: Any) -> None:
    """Tell all listeners of a signal."""
    for listener in _listeners.get(signal, ()):
        listener(world, tx, *about)
