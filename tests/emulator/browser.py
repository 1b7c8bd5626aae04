"""A headless Chromium, driven over its own protocol: enough to open a page, run scripts in it and take pictures."""

from __future__ import annotations

import base64
import json
import re
import shutil
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from websockets.sync.client import ClientConnection, connect

_NAMES = ("chromium", "chromium-browser", "google-chrome")
_FLAGS = (
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
    "--disable-dev-shm-usage", "--hide-scrollbars", "--mute-audio", "--remote-debugging-port=0",
    "--autoplay-policy=no-user-gesture-required",
)  # fmt: skip


def installed() -> str | None:
    """Where the browser is, if there is one."""
    return next((found for name in _NAMES if (found := shutil.which(name))), None)


class Tab:
    """One page."""

    def __init__(self, socket: ClientConnection) -> None:
        self._socket = socket
        self._number = 0
        self.complaints: list[str] = (
            []
        )  # what the page said on its console, and its uncaught errors

    def ask(self, method: str, **params: Any) -> Any:
        """Send a command and wait for its result."""
        self._number += 1
        self._socket.send(json.dumps({"id": self._number, "method": method, "params": params}))
        while True:
            message = json.loads(self._socket.recv(timeout=20))
            if message.get("id") == self._number:
                assert "error" not in message, message["error"]
                return message["result"]
            if message.get("method") in ("Runtime.exceptionThrown", "Log.entryAdded"):
                self.complaints.append(json.dumps(message["params"])[:500])

    def run(self, script: str) -> Any:
        """The value of an expression in the page."""
        found = self.ask(
            "Runtime.evaluate", expression=script, returnByValue=True, awaitPromise=True
        )
        assert "exceptionDetails" not in found, found["exceptionDetails"]
        return found["result"].get("value")

    def until(self, script: str, seconds: float = 10.0) -> Any:
        """Wait until an expression is true in the page; gives its value."""
        end = time.monotonic() + seconds
        while not (value := self.run(script)):
            assert time.monotonic() < end, f"never: {script}\n{self.run('document.body.innerText')}"
            time.sleep(0.05)
        return value

    def open(self, url: str) -> None:
        """Go to a page."""
        self.ask("Page.navigate", url=url)
        self.until("document.readyState === 'complete'")

    def size(self, width: int, height: int, *, dark: bool = False) -> None:
        """Be a window of a size; a narrow one is a phone's."""
        self.ask(
            "Emulation.setDeviceMetricsOverride",
            width=width, height=height, deviceScaleFactor=1, mobile=width < 600,
        )  # fmt: skip
        scheme = {"name": "prefers-color-scheme", "value": "dark" if dark else "light"}
        self.ask("Emulation.setEmulatedMedia", features=[scheme])

    def picture(self, file: Path) -> None:
        """Write what is seen into a PNG file."""
        file.write_bytes(base64.b64decode(self.ask("Page.captureScreenshot", format="png")["data"]))


@contextmanager
def browser(folder: Path) -> Iterator[Tab]:
    """A fresh browser with one tab; its profile is kept in a folder."""
    program = installed()
    assert program is not None
    errors = folder / "browser.log"
    with errors.open("w") as log:
        process = subprocess.Popen(
            [program, *_FLAGS, f"--user-data-dir={folder / 'profile'}", "about:blank"],
            stdout=subprocess.DEVNULL, stderr=log,
        )  # fmt: skip
    try:
        with connect(_tab(_endpoint(errors, process)), max_size=None, proxy=None) as socket:
            tab = Tab(socket)
            for part in ("Page", "Runtime", "Log"):
                tab.ask(f"{part}.enable")
            yield tab
    finally:
        process.terminate()
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            process.kill()


def _endpoint(errors: Path, process: subprocess.Popen[bytes]) -> str:
    end = time.monotonic() + 30
    while True:
        found = re.search(
            r"DevTools listening on ws://([^/\s]+)/", errors.read_text("utf-8", "replace")
        )
        if found:
            return found[1]
        assert process.poll() is None and time.monotonic() < end, errors.read_text(
            "utf-8", "replace"
        )
        time.sleep(0.05)


def _tab(endpoint: str) -> str:
    import urllib.request

    with urllib.request.urlopen(f"http://{endpoint}/json/list", timeout=10) as answer:
        pages = [one for one in json.load(answer) if one["type"] == "page"]
    return str(pages[0]["webSocketDebuggerUrl"])
