"""Callbacks: an address of ours in every parameter that names one, then wait for what comes.

Where a request also says which events it wants, all are asked for, then each by itself; whether those that come are of the
declared form, signed, in order, and neither missing nor doubled, the ledger judges.
"""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from typing import Any, Final

from ringback.contract.outcome import Finding
from ringback.contract.scenarios import planting, resting
from ringback.contract.scenarios.asking import Ask
from ringback.contract.scenarios.bench import Bench, accepted, status
from ringback.contract.traffic import Exchange
from ringback.openapi import Operation, Schema
from ringback.wire import forms

_CALLBACK: Final = re.compile(r"(?i)callback|webhook|notif|hook|(?:^|_)events?_?ur[il]")
_ADDRESS: Final = re.compile(r"(?i)ur[il]$|callback$|hook$|endpoint$")
_OFF: Final = re.compile(r"(?i)^(false|no|none|off|never|disabled?)$|^do-?not")
_PLACES: Final = 6
_ALONE: Final = 5
"""So many events are asked for by themselves."""
_QUIET: Final = 0.35
"""Seconds without a callback after which no more are waited for, once things rest."""


def run(bench: Bench) -> Iterator[Finding]:
    """For each operation that takes an address of ours, ask with all events, then with each."""
    if bench.receiver is None:
        return
    asked: list[Exchange] = []
    for operation in bench.contract.operations:
        slots = slots_of(operation)
        if not slots or not bench.wanted(operation):
            continue
        events = _events(operation, slots)
        most = max((len(one) for one in events.values()), default=1)
        turns = list(range(min(most, _ALONE) + 1))
        all_asked = False
        for index, turn in enumerate([*turns, 0]):
            chosen = {
                name: list(one) if not turn else [one[(turn - 1) % len(one)]]
                for name, one in events.items()
            }
            if index == len(turns) and all_asked:
                continue  # all of them again only where nothing was there to be asked at first
            exchange = _ask(bench, operation, slots, chosen, _taken(bench, asked))
            all_asked = exchange is not None if not index else all_asked
            if exchange is not None:
                asked.append(exchange)
    if asked:
        _wait(bench, asked)
    yield from ()


def _taken(bench: Bench, asked: list[Exchange]) -> list[dict[str, str]]:
    return [item.values for one in asked if (item := bench.made(one)) is not None]


def slots_of(operation: Operation) -> tuple[str, ...]:
    """The properties of a body and the parameters of a query that take an address to be called back at."""
    declared = {
        found
        for callback in operation.callbacks
        for found in re.findall(r"\$request\.(?:body#/|query\.)([^}\s]+)", callback.expression)
    }
    return tuple(
        name
        for name, schema in _fields(operation)
        if name in declared or (_is_address(name, schema) and _CALLBACK.search(name))
    )


def _fields(operation: Operation) -> list[tuple[str, Schema]]:
    found = [
        (one.name, one.schema)
        for one in operation.parameters
        if one.location == "query" and one.schema is not None
    ]
    for media in operation.body.content[:1] if operation.body is not None else ():
        if media.schema is not None:
            found.extend(forms.properties_of(media.schema))
    return found


def _is_address(name: str, schema: Schema) -> bool:
    if schema.types != ("string",) or schema.enum is not None:
        return False
    return schema.format in ("uri", "url", "endpoint") and bool(_ADDRESS.search(name))


def _ask(
    bench: Bench,
    operation: Operation,
    slots: tuple[str, ...],
    events: dict[str, list[Any]],
    taken: list[dict[str, str]],
) -> Exchange | None:
    """Send a request with an address of ours in each slot; gives it if it was accepted.

    What is `taken` has addresses already, and is not given others.
    """
    planting.refresh(bench, operation)
    switched = _switches(operation, slots)
    # What is alone where it lives shares its callbacks with nobody.
    own = bench.own_place(operation)
    places = [*([own] if own is not None else ()), *bench.paths(operation)]
    for path in [one for one in places if one not in taken][:_PLACES]:
        for ask in _bases(bench, operation, path):
            exchange, urls = _sent(bench, ask, switched, slots, events)
            if exchange is not None and accepted(exchange):
                for slot, url in urls.items():
                    bench.watch(exchange.number, slot, url)
                return exchange
            if status(exchange) in (404, 409, 410):
                break  # it is not there any more, or cannot be used now
    return None


def _sent(
    bench: Bench,
    ask: Ask,
    switched: dict[str, Any],
    slots: tuple[str, ...],
    events: dict[str, list[Any]],
) -> tuple[Exchange | None, dict[str, str]]:
    """Send it with all that can be reported switched on, or else as it is; and the addresses that it named."""
    if switched:
        urls = _addresses(bench, slots)
        exchange = bench.send(ask.saying({**switched, **urls, **events}), "call back")
        if status(exchange) not in (400, 415, 422):
            return exchange, urls
    urls = _addresses(bench, slots)
    return bench.send(ask.saying({**urls, **events}), "call back"), urls


def _addresses(bench: Bench, slots: tuple[str, ...]) -> dict[str, str]:
    """New ones for each request: what comes to them is about the request that named them, not about a refused one before it."""
    receiver = bench.receiver
    return {slot: receiver.url(None, slot) for slot in slots} if receiver is not None else {}


def _switches(operation: Operation, slots: tuple[str, ...]) -> dict[str, Any]:
    """What has to be switched on so that there is something to report: Record for RecordingStatusCallback."""
    found: dict[str, Any] = {}
    for name, schema in _fields(operation):
        named = [one for one in slots if one != name and one.startswith(name)]
        if not named:
            continue
        chosen = [one for one in schema.enum or () if isinstance(one, str)]
        on = [one for one in chosen if not _OFF.search(one)]
        if schema.types == ("boolean",):
            found[name] = True
        elif on:
            found[name] = on[0]
    return found


def _events(operation: Operation, slots: tuple[str, ...]) -> dict[str, tuple[Any, ...]]:
    """The events that can be asked for beside addresses, by the name of the list."""
    return {
        name: schema.items.enum
        for name, schema in _fields(operation)
        if schema.items is not None and schema.items.enum and _belongs(name, slots)
    }


def _belongs(name: str, slots: tuple[str, ...]) -> bool:
    """Whether a list of events goes with one of the slots: StatusCallbackEvent with StatusCallback."""
    folded = re.sub(r"[_-]", "", name).lower()
    return any(folded.startswith(re.sub(r"[_-]|ur[il]$", "", slot).lower()) for slot in slots)


def _bases(bench: Bench, operation: Operation, path: dict[str, str]) -> list[Ask]:
    proven = bench.proven.get(bench.contract.label(operation), [])
    chosen = sorted(proven, key=lambda one: len(str(one.body)))[:3]
    return [one.at(path) for one in chosen] or list(bench.drafts(operation, path))[:3]


def _wait(bench: Bench, asked: list[Exchange]) -> None:
    """Until what was made rests and nothing has come for a while, but no longer than patience goes."""
    made = [item for one in asked if (item := bench.made(one)) is not None]
    items = [*made, *(twin for one in made for twin in bench.known.twins(one))]
    resting.watch(bench, items, bench.options.patience / 2)
    resting.settle(bench, items)  # what goes on for ever is ended, so that its last callbacks come
    until = min(time.monotonic() + bench.options.patience / 2, bench.until)
    if bench.receiver is not None:
        bench.receiver.calm(_QUIET, until)
