"""The courier: sends what is due, signed, within limits, and writes every attempt into the journal.

A delivery stays in its queue until its attempt has been written down, so a process that dies sends it again: at least once,
and exactly once as long as nothing dies.
"""

from __future__ import annotations

import asyncio
import ipaddress
import logging
import time
from http.cookiejar import DefaultCookiePolicy
from typing import TYPE_CHECKING, Any
from urllib.parse import urljoin, urlsplit

import httpx2

from ringback.emulator.faults import tampered
from ringback.emulator.hosts import Hosts
from ringback.emulator.records import AccountRecord, Delivery
from ringback.emulator.store import Transaction
from ringback.emulator.urls import Fragment, fragment_of
from twilio_voice._runtime.request import form, with_query
from twilio_voice._runtime.signing import signature

if TYPE_CHECKING:
    from ringback.emulator.world import World

log = logging.getLogger(__name__)
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_MOST_REDIRECTS = 5
_PORTS = {"http": 80, "https": 443}


class Answer:
    """What came back: a status and a body, or an error."""

    __slots__ = ("body", "content_type", "error", "final", "status", "timed_out", "url")

    def __init__(
        self, status: int = 0, body: bytes = b"", content_type: str = "", error: str = "", url: str = "",
        timed_out: bool = False,
        final: bool = False,
    ) -> None:  # fmt: skip
        self.status = status
        self.body = body
        self.content_type = content_type
        self.error = error
        self.url = url
        self.timed_out = timed_out
        self.final = final  # another attempt would end the same way


class Courier:
    """Sends the deliveries of a world."""

    def __init__(self, world: World, http: Any = None) -> None:
        self._world = world
        self._given = http
        self._http: Any = http
        self._hosts = Hosts()
        self._busy: set[asyncio.Task[None]] = set()
        self.forbidden: set[tuple[str, int]] = set()  # addresses of our own control endpoints

    def forbid(self, url: str) -> None:
        """No webhook may go to the control endpoints of a server at this address."""
        parts = urlsplit(url)
        if parts.hostname:
            self.forbidden.add((_host(parts.hostname), parts.port or _PORTS.get(parts.scheme, 0)))

    async def run(self) -> None:
        """Send for ever, several at once."""
        while True:
            taken = None
            most = self._world.settings.callback_concurrency
            if len(self._busy) < 2 * most:
                try:
                    taken = await self._take(waited=len(self._busy) >= most)
                except Exception:
                    log.exception("the courier stumbled")
                    await asyncio.sleep(0.5)
                    continue
            if taken is None:
                await asyncio.sleep(0.01 if self._busy else 0.02)
                continue
            task = asyncio.create_task(self._carry(*taken))
            self._busy.add(task)
            task.add_done_callback(self._carried)

    def _carried(self, task: asyncio.Task[None]) -> None:
        """One is done. What could not be written down stays in the queue, and is sent again after its lease."""
        self._busy.discard(task)
        if not task.cancelled() and task.exception() is not None:
            log.error("an attempt could not be written down", exc_info=task.exception())

    async def step(self) -> bool:
        """Send the next one and wait for it; gives whether there was one."""
        taken = await self._take()
        if taken is None:
            return False
        await self._carry(*taken)
        return True

    async def close(self) -> None:
        """Leave off; what is on its way stays in the queue."""
        for task in list(self._busy):
            task.cancel()
        await asyncio.gather(*self._busy, return_exceptions=True)
        self._hosts.close()
        if self._http is not None and self._given is None:
            await self._http.aclose()
            self._http = None

    def abandon(self) -> None:
        """Forget what belonged to an event loop that is no more; what was on its way is sent again after its lease."""
        self._busy = set()
        self._hosts.close()
        self._http = self._given

    async def _take(self, *, waited: bool = False) -> tuple[int, Delivery, str] | None:
        def work(tx: Transaction) -> tuple[int, Delivery, str] | None:
            while True:
                settings = self._world.settings
                lease = max(settings.callback_lease, settings.callback_timeout + 5)
                found = tx.take_delivery(round(lease * 1000), waited=waited)
                if found is None:
                    return None
                account = tx.get(AccountRecord, found[1].account, found[1].account)
                secret = tampered(
                    self._world.settings, tx, *found, account.auth_token if account else ""
                )
                if secret is not None:
                    return (*found, secret)

        return await self._world.store.run(work)

    async def _carry(self, delivery_id: int, delivery: Delivery, secret: str) -> None:
        fragment = fragment_of(delivery.url)
        began = time.monotonic()
        try:
            answer, sent = await self._exchange(delivery, secret, fragment)
        except Exception as error:  # whatever it is, the same delivery must not come for ever
            log.exception("a webhook could not be sent")
            told = f"{type(error).__name__}: {error}"[:200]
            answer, sent = Answer(error=told, final=True), {}
        took = round((time.monotonic() - began) * 1000)
        if self._world.clock.manual:
            took = 0  # the story must not depend on this machine
        attempt = {
            "about": delivery.about,
            "attempt": delivery.attempt,
            "method": delivery.method,
            "url": delivery.url,
            "params": delivery.params,
            "headers": sent,
            "status": answer.status,
            "error": answer.error,
            "answer": answer.body[:4096].decode("utf-8", "replace"),
            "milliseconds": took,
        }
        again = fragment.again(answer, delivery.attempt, self._world.settings.callback_retries)

        def work(tx: Transaction) -> None:
            if not tx.settle(delivery_id, attempt, delivery):
                return
            if again:
                delivery.attempt += 1
                tx.send(delivery)
            elif delivery.purpose:
                tx.schedule(
                    tx.now, delivery.purpose, delivery.account, delivery.subject,
                    status=answer.status, body=answer.body.decode("utf-8", "replace"), error=answer.error,
                    content_type=answer.content_type, url=answer.url or delivery.url,
                    timed_out=answer.timed_out, request={"url": delivery.url, "method": delivery.method},
                    **delivery.data,
                )  # fmt: skip

        await self._world.store.run(work)
        self._world.changed()

    async def _exchange(
        self, delivery: Delivery, secret: str, fragment: Fragment
    ) -> tuple[Answer, dict[str, str]]:
        url = delivery.url.partition("#")[0]
        method = delivery.method
        headers = {"User-Agent": "ringback-emulator/1.0", "Accept": "*/*"}
        if delivery.token and delivery.attempt > 1:
            headers["I-Twilio-Idempotency-Token"] = delivery.token
        content: bytes | None = None
        signed: dict[str, list[str]] = {}
        if method == "GET":
            for name, value in delivery.params:
                url = with_query(url, {name: value})
        else:
            content = form(delivery.params)
            headers["Content-Type"] = "application/x-www-form-urlencoded"
            for name, value in delivery.params:
                signed.setdefault(name, []).append(value)
        if secret:
            headers["X-Twilio-Signature"] = signature(secret, url, signed)
        until = time.monotonic() + (fragment.total or self._world.settings.callback_timeout)
        for _ in range(_MOST_REDIRECTS + 1):
            refusal = self._refused(url)
            if refusal:
                return Answer(error=refusal, url=url, final=True), headers
            answer, location = await self._send(method, url, headers, content, fragment, until)
            if location is None:
                return answer, headers
            try:
                url, method, content = urljoin(url, location), "GET", None
            except ValueError:
                return Answer(error=f"not a URL: {location[:100]}", url=url, final=True), headers
            headers.pop("Content-Type", None)
            if secret:
                headers["X-Twilio-Signature"] = signature(secret, url, {})
        return Answer(error=f"more than {_MOST_REDIRECTS} redirects", url=url, final=True), headers

    def _refused(self, url: str) -> str:
        """Why an address must not be asked: not HTTP, or our own control endpoints."""
        try:
            parts = urlsplit(url)
        except ValueError:
            return f"not a URL: {url[:100]}"
        if parts.scheme not in ("http", "https") or not parts.hostname:
            return f"not an HTTP address: {url[:100]}"
        try:
            port = parts.port or _PORTS[parts.scheme]
        except ValueError:
            return f"not a port: {url[:100]}"
        if parts.path.startswith("/_ringback") and (_host(parts.hostname), port) in self.forbidden:
            return "the control endpoints are not for webhooks"
        return ""

    async def _send(
        self,
        method: str,
        url: str,
        headers: dict[str, str],
        content: bytes | None,
        fragment: Fragment,
        until: float,
    ) -> tuple[Answer, str | None]:
        """One request; redirects share the time that all of them have, which ends at `until`."""
        settings = self._world.settings
        if self._http is None:
            self._http = httpx2.AsyncClient(follow_redirects=False)
            # One client sends for all calls: what a receiver sets for one must not come with the others.
            self._http.cookies.jar.set_policy(DefaultCookiePolicy(allowed_domains=()))
        total = max(until - time.monotonic(), 0.001)
        connect = fragment.connect or settings.callback_connect_timeout
        if self._given is None:
            trouble = await self._hosts.trouble(url, min(total, connect))
            if trouble:
                return Answer(error=trouble, url=url), None
        limits = httpx2.Timeout(fragment.read or total, connect=connect)
        try:
            async with asyncio.timeout(total):
                request = self._http.build_request(
                    method, url, headers=headers, content=content, timeout=limits
                )
                answer = await self._http.send(request, stream=True)
                try:
                    body = await _limited(answer, settings.callback_body_limit)
                finally:
                    await answer.aclose()
        except TimeoutError:
            return Answer(error="timed out", url=url, timed_out=True), None
        except (
            httpx2.HTTPError,
            httpx2.InvalidURL,
            httpx2.StreamError,
            OSError,
            ValueError,
        ) as error:
            timed_out = isinstance(error, httpx2.TimeoutException)
            timed_out = timed_out and not isinstance(error, httpx2.ConnectTimeout)
            told = "timed out" if timed_out else f"{type(error).__name__}: {error}"[:200]
            return Answer(error=told, url=url, timed_out=timed_out), None
        if body is None:
            return (
                Answer(answer.status_code, error="the answer is too large", url=url, final=True),
                None,
            )
        location = answer.headers.get("location") if answer.status_code in _REDIRECTS else None
        return (
            Answer(answer.status_code, body, answer.headers.get("content-type", ""), url=url),
            location,
        )


async def _limited(answer: Any, most: int) -> bytes | None:
    chunks: list[bytes] = []
    size = 0
    async for chunk in answer.aiter_bytes():
        size += len(chunk)
        if size > most:
            return None
        chunks.append(chunk)
    return b"".join(chunks)


def _host(name: str) -> str:
    """A host's name, all spellings of this machine as one."""
    try:
        if ipaddress.ip_address(name).is_loopback or ipaddress.ip_address(name).is_unspecified:
            return "localhost"
    except ValueError:
        pass
    return "localhost" if name.lower() in ("localhost", "localhost.localdomain") else name.lower()
