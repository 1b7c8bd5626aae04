"""An answer came at all, and the application did not fall over."""

from __future__ import annotations

from collections.abc import Iterator

from ringback.contract.judges.reading import Reading
from ringback.contract.outcome import Finding


def no_answer(reading: Reading) -> Iterator[Finding]:
    """`no-answer`, or `unhandled-exception` where an application in this process raised."""
    exchange = reading.exchange
    path = reading.operation.path if reading.operation is not None else ()
    if exchange.trace:
        message = f"the application raised {exchange.failure or 'an exception'}, wanted an answer"
        yield reading.finding("unhandled-exception", message, path)
    elif exchange.reply is None:
        message = f"no answer came ({exchange.failure or 'no reason given'}), wanted one"
        yield reading.finding("no-answer", message, path)
