"""A file for `--load`: what it creates, that loading twice changes nothing, and what is said of a faulty one."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from ringback.emulator import load
from ringback.emulator.callee import behaviour_of
from ringback.emulator.clock import ManualClock
from ringback.emulator.records import (
    RECORDS,
    AccountRecord,
    ApplicationRecord,
    CallerRecord,
    KeyRecord,
    NumberRecord,
)
from ringback.emulator.store import Store
from ringback.source import DocumentError

AC = "AC" + "a" * 32
SK = "SK" + "b" * 32
WHOLE = f"""\
accounts:
  - sid: {AC}
    auth_token: secret
    friendly_name: shop
    calls_per_second: 5
    keys:
      - sid: {SK}
        secret: hush
    applications:
      - friendly_name: menu
        voice_url: https://shop.example/menu
        voice_method: GET
    numbers:
      - number: "+15005550100"
        voice_url: https://shop.example/voice
      - number: "+15005550101"
        application: menu
    callers: ["+15005550102"]
    behaviours:
      - number: "+1500555*"
        answer: 7
      - number: "*"
        busy: true
    subaccounts:
      - friendly_name: branch
        numbers: [{{number: "+15005550103"}}]
behaviours:
  - number: "client:*"
    machine: start
"""


@pytest.fixture
def store() -> Store:
    return Store("sqlite://", ManualClock(), seed=1)


def sown(store: Store, text: str, folder: Path) -> None:
    file = folder / "seed.yaml"
    file.write_text(text, encoding="utf-8")
    seed = load.read_seed(str(file))
    store.do(lambda tx: load.sow(tx, seed))


def everything(store: Store) -> list[Any]:
    return store.do(lambda tx: [one for kind in RECORDS.values() for one in tx.everything(kind)])


def test_a_file_creates_what_it_says(store: Store, tmp_path: Path) -> None:
    sown(store, WHOLE, tmp_path)

    def look(tx: Any) -> None:
        account = tx.get(AccountRecord, AC, AC)
        assert (account.auth_token, account.calls_per_second) == ("secret", 5)
        assert tx.owner(KeyRecord, SK).secret == "hush"
        (menu,) = tx.everything(ApplicationRecord)
        assert (menu.voice_url, menu.voice_method) == ("https://shop.example/menu", "GET")
        numbers = {one.number: one for one in tx.everything(NumberRecord)}
        assert numbers["+15005550101"].application_sid == menu.sid
        assert numbers["+15005550100"].voice_url == "https://shop.example/voice"
        assert [one.number for one in tx.everything(CallerRecord)] == ["+15005550102"]
        (branch,) = [one for one in tx.everything(AccountRecord) if one.parent_sid == AC]
        assert len(branch.auth_token) == 32
        assert numbers["+15005550103"].account_sid == branch.account_sid
        assert behaviour_of(tx, AC, "+15005550199")["answer"] == 7  # the first that matches
        assert behaviour_of(tx, AC, "+4930123")["busy"] is True
        assert behaviour_of(tx, "AC" + "0" * 32, "client:ann")["machine"] == "start"

    store.do(look)


def test_loading_again_changes_nothing_but_what_the_file_changed(
    store: Store, tmp_path: Path
) -> None:
    sown(store, WHOLE, tmp_path)
    before = everything(store)
    sown(store, WHOLE, tmp_path)
    assert everything(store) == before
    sown(store, WHOLE.replace("secret: hush", "secret: other"), tmp_path)
    assert len(everything(store)) == len(before)
    assert store.do(lambda tx: tx.everything(KeyRecord)[0].secret) == "other"


def test_without_a_file_there_is_a_sensible_set(store: Store) -> None:
    store.do(lambda tx: load.sow(tx, load.default(AC, "token", "http://localhost/hello")))
    kinds = sorted(type(one).__name__ for one in everything(store))
    assert kinds == ["AccountRecord", "ApplicationRecord", "CallerRecord", "NumberRecord"]
    assert store.do(lambda tx: tx.everything(NumberRecord)[0].voice_url) == "http://localhost/hello"
    assert store.do(lambda tx: tx.everything(AccountRecord)[0].auth_token) == "token"


FAULTY = f"""\
accounts:
  - sid: AC123
    auth_tokn: x
    calls_per_second: 0
    numbers:
      - number: 15005550100
      - {{number: "+15005550100", voice_url: "shop.example", application: menu}}
      - number: "+15005550100"
    keys: [{{sid: {SK}}}]
    subaccounts:
      - subaccounts: []
    behaviours:
      - number: "*"
        answer: soon
      - busy: true
people: []
"""


def test_all_findings_are_said_with_their_places(tmp_path: Path) -> None:
    file = tmp_path / "seed.yaml"
    file.write_text(FAULTY, encoding="utf-8")
    with pytest.raises(DocumentError) as caught:
        load.read_seed(str(file))
    said = [
        f"{one.location.line}:{one.location.column} [{one.code}] {one.message}"
        for one in caught.value.diagnostics
    ]
    assert said == [
        "2:10 [load-value] expected AC and 32 hexadecimal digits in lower case, found 'AC123'",
        "3:5 [load-key] there is no 'auth_tokn' here; did you mean auth_token?",
        "4:23 [load-value] expected a number of calls per second above 0, found 0",
        '6:17 [load-value] expected a number in quotes such as "+15005550006", found 15005550100',
        "7:45 [load-value] expected an absolute http or https address, found 'shop.example'",
        "7:74 [load-value] the account has no application 'menu': say its SID or friendly_name",
        f"8:17 [load-duplicate] +15005550100 is already at {file}:7:18",
        "9:12 [load-missing] secret is missing",
        "11:9 [load-key] there is no 'subaccounts' here; there are sid, auth_token, friendly_name, "
        "status, calls_per_second, test, keys, numbers, callers, applications, behaviours",
        "14:17 [load-value] answer cannot be 'soon'",
        "15:9 [load-missing] number is missing",
        "16:1 [load-key] there is no 'people' here; there are settings, accounts, behaviours",
    ]


@pytest.mark.parametrize("text", ["[]", "3", "accounts: {}", "accounts: [3]", "accounts:\n - null"])
def test_other_shapes_are_findings_too(tmp_path: Path, text: str) -> None:
    file = tmp_path / "seed.yaml"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(DocumentError):
        load.read_seed(str(file))


def test_the_example_of_the_page_loads(store: Store, tmp_path: Path) -> None:
    page = Path(__file__).parents[2] / "docs" / "emulator.md"
    example = page.read_text(encoding="utf-8").split("```yaml\n")[1].split("```")[0]
    sown(store, example, tmp_path)
    assert len(everything(store)) > 8
