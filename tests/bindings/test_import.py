"""Importing the package loads no HTTP library; making a client does; preload() loads everything."""

from __future__ import annotations

import subprocess
import sys

from effective import ROOT

SOURCE = f"""
import sys
sys.path.insert(0, {str(ROOT / "generated")!r})
import twilio_voice
"""


def loaded_after(code: str) -> set[str]:
    """The modules that a fresh interpreter has loaded after a piece of code."""
    script = SOURCE + code + "\nprint(*sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True, timeout=60
    )
    return set(done.stdout.split())


def test_importing_the_package_loads_no_http_library() -> None:
    modules = loaded_after("")
    assert "twilio_voice" in modules
    assert not modules & {"httpx2", "httpcore2", "ssl", "asyncio", "twilio_voice.client"}


def test_models_and_server_need_none_either() -> None:
    modules = loaded_after("twilio_voice.Call, twilio_voice.CallStatus.QUEUED")
    assert "twilio_voice.models" in modules
    assert not modules & {"httpx2", "twilio_voice.client"}
    assert "httpx2" not in loaded_after("import twilio_voice.server, twilio_voice.webhooks")


def test_a_client_loads_it_when_it_is_made() -> None:
    assert "httpx2" not in loaded_after("twilio_voice.Client")
    assert "httpx2" in loaded_after("twilio_voice.Client('AC' + '0' * 32, 'x')")


def test_preload_loads_all() -> None:
    modules = loaded_after("twilio_voice.preload()")
    parts = ("models", "operations", "client", "server", "webhooks", "errors")
    assert {"httpx2", *(f"twilio_voice.{part}" for part in parts)} <= modules


def test_every_name_that_is_promised_is_there() -> None:
    code = "missing = [n for n in twilio_voice.__all__ if not hasattr(twilio_voice, n)]\nassert not missing"
    loaded_after(code)
    loaded_after("assert set(twilio_voice.__all__) <= set(dir(twilio_voice))")
