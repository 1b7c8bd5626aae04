"""The emulated world: state, time, and the loops that let things happen.

Two loops run beside the HTTP application. The engine takes events that are due and lets them happen, each in a transaction
of its own. The courier sends webhooks and TwiML requests, several at once, and writes down what became of them. Under a
manual clock neither runs: `advance` lets time pass in steps, one event or delivery after the other, so that the same
requests give the same story.
"""

from __future__ import annotations

import asyncio
import logging
import sqlite3
import threading
from collections.abc import Callable
from typing import Any
from weakref import WeakKeyDictionary

from sqlalchemy.exc import DataError, DBAPIError, IntegrityError

from ringback.emulator.clock import Clock, ManualClock
from ringback.emulator.courier import Courier
from ringback.emulator.records import Due
from ringback.emulator.settings import Settings
from ringback.emulator.store import Store, Transaction

log = logging.getLogger(__name__)
_FAR = 1 << 60

Handler = Callable[["World", Transaction, Due], None]
_handlers: dict[str, Handler] = {}


def on(kind: str) -> Callable[[Handler], Handler]:
    """Declare what happens when an event of a kind is due."""

    def declare(handler: Handler) -> Handler:
        assert kind not in _handlers, f"{kind} is handled twice"
        _handlers[kind] = handler
        return handler

    return declare


class World:
    """One emulated API in one process."""

    def __init__(self, store: Store, settings: Settings, http: Any = None) -> None:
        self.store = store
        self.settings = settings
        store.most = {"timeline": settings.timeline_entries, "journal": settings.journal_entries}
        self.courier = Courier(self, http)
        self.watchers: list[Callable[[], None]] = []
        self.forgetters: list[Callable[[], None]] = []  # called when accounts change
        self._lives: list[tuple[asyncio.AbstractEventLoop, asyncio.Task[None]]] = []
        self._book = threading.Lock()
        self._awake = threading.Lock()  # held by the event loop in which things happen
        self._turns: WeakKeyDictionary[asyncio.AbstractEventLoop, asyncio.Lock] = (
            WeakKeyDictionary()
        )

    @property
    def clock(self) -> Clock:
        """The time of this world."""
        return self.store.clock

    # -- running by itself

    async def start(self) -> None:
        """Start the loops; with a manual clock there are none.

        An in-process client may bring an event loop for every request, or one for each of its threads. The loops run in
        one of those that have started them; when that one stops, another takes over.
        """
        loop = asyncio.get_running_loop()
        if self.clock.manual:
            return
        with self._book:
            self._lives = [one for one in self._lives if not one[0].is_closed()]
            self._lives.append((loop, loop.create_task(self._live())))

    async def stop(self) -> None:
        """Stop the loops. What is on its way is sent again after the next start."""
        if self.clock.manual:
            await self.courier.close()
            return
        loop = asyncio.get_running_loop()
        with self._book:
            mine = [one for one in self._lives if one[0] is loop][:1]
            self._lives = [one for one in self._lives if one not in mine]
        for _, life in mine:
            life.cancel()
            await asyncio.gather(life, return_exceptions=True)

    async def _live(self) -> None:
        while not self._awake.acquire(blocking=False):
            await asyncio.sleep(0.05)
        self.courier.abandon()  # what an event loop has left behind that ended without a word
        tasks: list[asyncio.Task[None]] = []
        try:
            tasks += [asyncio.create_task(self._run()), asyncio.create_task(self.courier.run())]
            await asyncio.gather(*tasks)
        finally:
            for task in tasks:
                task.cancel()
            try:
                await asyncio.gather(*tasks, return_exceptions=True)
                await self.courier.close()
            finally:
                self._awake.release()

    @property
    def _turn(self) -> asyncio.Lock:
        """Who moves the clock; a lock belongs to an event loop."""
        return self._turns.setdefault(asyncio.get_running_loop(), asyncio.Lock())

    async def _run(self) -> None:
        while True:
            try:
                busy = await self.happen()
                if not busy:
                    self.store.arm()
                    # Not when a delivery is due: those that wait for a slow receiver are the courier's.
                    due = await self.store.run(lambda tx: tx.next_event())
                    wait = 1.0 if due is None else min(1.0, self.clock.wait(due))
                    until = due if due is not None else _FAR
                    await self.store.stirred(max(wait, 0.001), until)
            except asyncio.CancelledError:
                raise
            except Exception:
                log.exception("the engine stumbled")
                await asyncio.sleep(0.5)

    async def happen(self) -> bool:
        """Let the next event that is due happen; gives whether there was one.

        One that cannot happen is set aside: at the head of the queue it would hold up those of all other calls. When it is
        the database that fails, it stays, and is tried again.
        """
        until = self.clock.now()
        taken: list[Due] = []

        def work(tx: Transaction) -> bool:
            due = tx.take_event(until)
            taken[:] = [due] if due is not None else []
            if due is None:
                return False
            handler = _handlers[due.kind]
            handler(self, tx, due)
            return True

        try:
            happened = await self.store.run(work)
        except Exception as error:
            if not taken or _of_the_database(error):
                raise
            log.exception("%s of %s could not happen", taken[0].kind, taken[0].subject)
            told = f"{type(error).__name__}: {error}"[:300]
            await self.store.run(lambda tx: _set_aside(tx, taken[0], told))
            happened = True
        if happened:
            self.changed()
        return happened

    # -- moved by hand

    async def advance(self, milliseconds: int) -> None:
        """Let time pass under a manual clock: events and deliveries in the order in which they are due."""
        clock = self.clock
        assert isinstance(clock, ManualClock)
        async with self._turn:
            target = clock.now() + milliseconds
            await self.settle()
            while True:
                due = await self.store.run(lambda tx: tx.next_due())
                if due is None or due > target:
                    break
                clock.move(due)
                await self.settle()
                await asyncio.sleep(0)  # a year of waiting music must not keep everybody else out
            clock.move(target)
            await self.store.run(lambda tx: tx.remember("clock", target))
            await self.settle()

    async def settle(self) -> None:
        """Under a manual clock: everything that is due now happens, until nothing more is."""
        for _ in range(100_000):
            if not (await self.happen() or await self.courier.step()):
                return

    async def acted(self) -> None:
        """After a request under a manual clock: what is due at once happens before the answer is seen."""
        self.changed()
        if self.clock.manual and not self._turn.locked():
            async with self._turn:
                await self.settle()

    # -- those who look on

    def changed(self) -> None:
        """Tell those who look on that something has changed."""
        for watcher in self.watchers:
            watcher()


def _of_the_database(error: Exception) -> bool:
    """Whether the database is what failed, not what was asked of it."""
    if not isinstance(error, DBAPIError | sqlite3.Error):
        return False
    cause = error.orig if isinstance(error, DBAPIError) else error
    if isinstance(cause, sqlite3.DataError | sqlite3.IntegrityError):
        return False
    return not isinstance(error, DataError | IntegrityError)


def _set_aside(tx: Transaction, due: Due, why: str) -> None:
    tx.drop_event(due)
    tx.note(due.account, due.subject, "error", message=f"{due.kind} could not happen: {why}")
