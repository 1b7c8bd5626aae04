"""The page in a browser: a call is placed, rings, is answered and ends, and nothing is reloaded."""

from __future__ import annotations

import base64
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlencode
from urllib.request import Request, urlopen

import pytest

from ringback.emulator.running import Emulator
from ringback.emulator.serve import Options

from .browser import Tab, browser, installed

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(
        installed() is None,
        reason="NOT TESTED: no Chromium here (Debian: apt-get install chromium)",
    ),
]


@pytest.fixture(scope="module")
def tab(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Tab]:
    with browser(tmp_path_factory.mktemp("browser")) as found:
        yield found


@pytest.fixture
def emulator() -> Iterator[Emulator]:
    with Emulator(Options(port=0, clock="manual", seed=1, auth_token="t")) as found:
        yield found


def place(emulator: Emulator, to: str, twiml: str) -> None:
    """Place a call over the API, as a program would."""
    url = f"{emulator.url}/2010-04-01/Accounts/{emulator.account_sid}/Calls.json"
    form = urlencode({"To": to, "From": "+15005550006", "Twiml": twiml}).encode()
    basic = base64.b64encode(f"{emulator.account_sid}:{emulator.auth_token}".encode()).decode()
    request = Request(url, form, {"Authorization": f"Basic {basic}"})
    with urlopen(request, timeout=10) as answer:
        assert answer.status == 201


def opened(tab: Tab, emulator: Emulator) -> None:
    tab.size(1400, 900)
    tab.open(emulator.url + "/_ringback/")
    tab.until("document.getElementById('dot').className === 'dot on'")
    tab.run("window.sameDocument = true")


FIRST = "document.querySelector('#calls .item')?.innerText ?? ''"


def test_a_call_rings_is_answered_and_ends_before_ones_eyes(tab: Tab, emulator: Emulator) -> None:
    opened(tab, emulator)
    place(emulator, "+15005550009", "<Response><Say>Hello</Say><Pause length='10'/></Response>")
    tab.until(f"({FIRST}).includes('queued')")
    tab.run("document.querySelector('#calls .item').click()")
    emulator.advance(1)
    tab.until(f"({FIRST}).includes('ringing')")
    tab.until("document.getElementById('status').innerText.includes('ringing')")
    emulator.advance(2)
    tab.until("document.getElementById('status').innerText.includes('in-progress')")
    tab.until("document.getElementById('timeline').innerText.includes('Hello')")
    tab.run("document.querySelector('#advance [data-seconds=\"60\"]').click()")
    tab.until("document.getElementById('status').innerText.includes('completed')")
    assert tab.run("window.sameDocument") is True
    assert tab.complaints == []


def test_an_inbound_call_is_placed_and_its_webhooks_are_shown(tab: Tab, emulator: Emulator) -> None:
    opened(tab, emulator)
    tab.run("document.getElementById('inbound').click()")
    tab.until("document.getElementById('to').value === '+15005550006'")
    tab.run("document.querySelector('#place button.main').click()")
    tab.until("document.getElementById('timeline').innerText.includes('Hello')")
    emulator.advance(5)
    tab.until("document.getElementById('timeline').innerText.includes('Gather')")
    tab.until("document.querySelectorAll('#attempts details').length === 1")
    tab.run("document.querySelector('#attempts summary').click()")
    told = tab.until("document.querySelector('#attempts .inside').innerText")
    assert "CallSid=CA" in told and "X-Twilio-Signature" in told and "<Gather" in told
    tab.run("document.getElementById('digits').value = '5'")
    tab.run("document.querySelector('#tools button').click()")
    emulator.advance(2)
    tab.until("document.getElementById('timeline').innerText.includes('/hello/pressed')")
    assert tab.run("document.querySelector('#attempts details').open") is True


def test_a_recording_plays(tab: Tab, emulator: Emulator) -> None:
    opened(tab, emulator)
    sid = emulator.call_in("+15005550006")
    emulator.advance(40)
    tab.run(f"location.hash = '{sid}'")
    tab.until("!!document.querySelector('#own-recordings audio')")
    tab.run("document.querySelector('#own-recordings audio').play().then(() => 1)")
    seconds = tab.until("document.querySelector('#own-recordings audio').duration")
    assert 4.5 < seconds < 5.5
    tab.until("document.querySelector('#own-recordings audio').currentTime > 0.1")
    emulator.advance(1)  # what plays is not drawn anew
    tab.until("document.querySelector('#own-recordings audio').currentTime > 0.4")


def test_rooms_and_queues_are_shown(tab: Tab, emulator: Emulator) -> None:
    opened(tab, emulator)
    room = "<Response><Dial><Conference>Room 1</Conference></Dial></Response>"
    place(emulator, "+15005550009", room)
    place(emulator, "+15005550009", "<Response><Enqueue>sales</Enqueue></Response>")
    emulator.advance(10)
    tab.until("document.getElementById('conferences').innerText.includes('Room 1')")
    tab.until("document.getElementById('queues').innerText.includes('sales')")


def test_what_callers_write_is_shown_as_text(tab: Tab, emulator: Emulator) -> None:
    opened(tab, emulator)
    evil = "<img src=x onerror='window.evil=1'>"
    emulator.call_in("+15005550006", from_=f"sip:{evil}")
    tab.until(f"({FIRST}).includes('<img')")
    tab.run("document.querySelector('#calls .item').click()")
    tab.until("document.getElementById('head').innerText.includes('<img')")
    assert tab.run("window.evil") is None
    assert tab.run("document.querySelectorAll('img').length") == 0


@pytest.mark.parametrize(("width", "height"), [(390, 844), (1400, 900)])
def test_nothing_is_wider_than_the_window(
    tab: Tab, emulator: Emulator, width: int, height: int, tmp_path: Path
) -> None:
    sid = emulator.call_in("+15005550006")
    emulator.advance(30)
    tab.size(width, height, dark=width < 600)
    tab.open(f"{emulator.url}/_ringback/#{sid}")
    tab.until("document.getElementById('timeline').innerText.includes('Goodbye')")
    assert tab.run("document.documentElement.scrollWidth") <= width
    shown = "getComputedStyle(document.getElementById('side')).display"
    assert tab.run(shown) == ("none" if width < 600 else "block")
    tab.picture(tmp_path / "page.png")
    assert (tmp_path / "page.png").stat().st_size > 10_000
    if width < 600:
        tab.run("document.getElementById('back').click()")
        tab.until(f"{shown} === 'block'")
        assert tab.run("document.documentElement.scrollWidth") <= width
