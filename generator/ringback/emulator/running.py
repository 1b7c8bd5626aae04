"""An emulator beside a test: served on a free port by a thread, with a clock that the test moves."""

from __future__ import annotations

import threading
import time
from types import TracebackType
from typing import Any, Final

import httpx2

from ringback.emulator.serve import Options, prepared, server

_PATIENCE: Final = 10.0


class Emulator:
    """A running emulator; use it with `with`. The clock is manual unless `options` say otherwise."""

    def __init__(self, options: Options | None = None) -> None:
        self._ready = prepared(options or Options(port=0, clock="manual", seed=1))
        self.world = self._ready.world
        self.url = self._ready.url
        self.account_sid = self._ready.account.account_sid
        self.auth_token = self._ready.account.auth_token
        self._server = server(self._ready.app)
        self._thread = threading.Thread(target=self._run, name="ringback-emulator", daemon=True)
        self._http = httpx2.Client(base_url=self.url + "/_ringback/", timeout=_PATIENCE)

    def _run(self) -> None:
        self._server.run(sockets=[self._ready.listening])

    def __enter__(self) -> Emulator:
        self._thread.start()
        until = time.monotonic() + _PATIENCE
        while not self._server.started:
            if not self._thread.is_alive() or time.monotonic() > until:
                raise RuntimeError("the emulator did not start")
            time.sleep(0.005)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._http.close()
        self._server.should_exit = True
        self._thread.join(_PATIENCE)
        self._ready.close()

    # -- what a test does with it

    def advance(self, seconds: float) -> None:
        """Let time pass."""
        self.control("POST", "clock/advance", {"seconds": seconds})

    def behave(self, number: str, **behaviour: Any) -> None:
        """Say what those do whose number matches a pattern: `behave("+1500*", busy=True)`."""
        self.control("POST", "behaviours", {"number": number, "behaviour": behaviour})

    def call_in(self, to: str, from_: str = "+15005550011", **behaviour: Any) -> str:
        """Somebody calls a number; gives the SID of the call."""
        asked = {"to": to, "from": from_, "behaviour": behaviour}
        return str(self.control("POST", "inbound", asked)["sid"])

    def press(self, call_sid: str, digits: str) -> None:
        """The other side of a call presses keys."""
        self.control("POST", f"calls/{call_sid}/digits", {"digits": digits})

    def say(self, call_sid: str, text: str) -> None:
        """The other side of a call says something."""
        self.control("POST", f"calls/{call_sid}/speech", {"text": text})

    def hang_up(self, call_sid: str) -> None:
        """The other side of a call hangs up."""
        self.control("POST", f"calls/{call_sid}/hangup", {})

    def story(self, call_sid: str) -> dict[str, Any]:
        """Everything about a call: `call`, `timeline`, `attempts`, `recordings`, `notifications`."""
        return self.control("GET", f"calls/{call_sid}")

    def timeline(self, call_sid: str) -> list[str]:
        """The kinds of a call's events, in order."""
        return [entry["kind"] for entry in self.story(call_sid)["timeline"]]

    def reset(self) -> None:
        """Back to the beginning; time stays."""
        self.control("POST", "reset", {})

    def control(self, method: str, path: str, body: Any = None) -> dict[str, Any]:
        """Ask a control endpoint. Raises RuntimeError with its sentence when it refuses."""
        answer = self._http.request(method, path, json=body)
        found: dict[str, Any] = answer.json()
        if answer.status_code != 200:
            raise RuntimeError(found.get("error", answer.text))
        return found
