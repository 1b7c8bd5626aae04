"""`--load FILE`: what no operation of the API creates: accounts, keys, numbers, callers, applications, behaviours.

The file is YAML (or JSON); docs/emulator.md shows one whole. Everything that is wrong with it is said at once, with its
place. A SID that the file leaves out follows from what it names, so that loading the same file again changes nothing.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from ringback.emulator.callee import ANYBODY, checked
from ringback.emulator.loadfile import BEHAVIOUR_NUMBER, read, settings_of
from ringback.emulator.records import (
    AccountRecord,
    ApplicationRecord,
    BehaviourRecord,
    CallerRecord,
    KeyRecord,
    NumberRecord,
    Record,
)
from ringback.emulator.store import Transaction

__all__ = ["Seed", "default", "read_seed", "sow"]


@dataclass(frozen=True, slots=True)
class Seed:
    """What a world begins with."""

    records: tuple[Record, ...] = ()
    tokens: frozenset[str] = field(default_factory=frozenset)
    """The accounts whose token nobody has given: it is made when they are."""
    settings: Mapping[str, Any] = field(default_factory=dict)
    """Fields of Settings that the file sets."""


def read_seed(file: str) -> Seed:
    """Read a file. Raises ringback.source.DocumentError with all findings."""
    given = read(file)
    seed = _Sower()
    for index, account in enumerate(given.get("accounts") or ()):
        seed.account(account, "", str(index))
    seed.behaviours(given.get("behaviours") or (), ANYBODY)
    return Seed(tuple(seed.records), frozenset(seed.tokens), settings_of(given))


NUMBER: Final = "+15005550006"
CALLER: Final = "+15005550010"


def default(account_sid: str = "", auth_token: str = "", hello: str = "") -> Seed:
    """An account with one number, one verified caller and one application that answer with the TwiML at `hello`."""
    seed = _Sower()
    voice = {"voice_url": hello} if hello else {}
    given: dict[str, Any] = {
        "friendly_name": "ringback",
        "numbers": [{"number": NUMBER, **voice}],
        "callers": [CALLER],
        "applications": [{"friendly_name": "hello", **voice}],
    }
    if account_sid:
        given["sid"] = account_sid
    if auth_token:
        given["auth_token"] = auth_token
    seed.account(given, "", "0")
    return Seed(tuple(seed.records), frozenset(seed.tokens))


def sow(tx: Transaction, seed: Seed) -> None:
    """Create what a seed holds; what is there already is brought to what it says."""
    for record in seed.records:
        known = tx.get(type(record), record.account_sid, record.key())
        if isinstance(record, AccountRecord) and record.account_sid in seed.tokens:
            kept = known.auth_token if isinstance(known, AccountRecord) else tx.mint("")
            record.auth_token = kept
        if known is None:
            tx.add(record)
        else:
            tx.save(record)


class _Sower:
    """Makes records of what a file holds, which has been checked."""

    def __init__(self) -> None:
        self.records: list[Record] = []
        self.tokens: set[str] = set()
        self._applications: dict[str, str] = {}  # of the account at hand: SIDs by friendly name

    def account(self, given: Mapping[str, Any], parent: str, place: str) -> None:
        sid = given.get("sid") or _sid("AC", parent, str(given.get("friendly_name") or place))
        if "auth_token" not in given:
            self.tokens.add(sid)
        own = {k: given[k] for k in _ACCOUNT if k in given}
        own.setdefault("auth_token", "")
        self.records.append(AccountRecord(account_sid=sid, parent_sid=parent, **own))
        for key in given.get("keys") or ():
            self.records.append(KeyRecord(account_sid=sid, sid=key["sid"], secret=key["secret"]))
        self._applications = {}
        self._each(given, "applications", sid, self._application)
        self._each(given, "numbers", sid, self._number)
        self._each(given, "callers", sid, self._caller)
        self.behaviours(given.get("behaviours") or (), sid)
        for index, below in enumerate(given.get("subaccounts") or ()):
            self.account(below, sid, f"{place}/{index}")

    def _each(
        self,
        given: Mapping[str, Any],
        key: str,
        account: str,
        make: Callable[[str, Any, int], Record],
    ) -> None:
        for index, one in enumerate(given.get(key) or ()):
            self.records.append(make(account, one, index))

    def _number(self, account: str, given: Mapping[str, Any], _: int) -> Record:
        own = {k: v for k, v in given.items() if k not in ("sid", "application")}
        if given.get("application"):
            named = given["application"]
            own["application_sid"] = self._applications.get(named, named)
        sid = given.get("sid") or _sid("PN", account, given["number"])
        return NumberRecord(account_sid=account, sid=sid, **own)

    def _caller(self, account: str, given: Any, _: int) -> Record:
        number = given if isinstance(given, str) else given["number"]
        named = "" if isinstance(given, str) else given.get("sid", "")
        return CallerRecord(
            account_sid=account, sid=named or _sid("PN", account, "caller " + number), number=number
        )

    def _application(self, account: str, given: Mapping[str, Any], index: int) -> Record:
        own = {k: v for k, v in given.items() if k != "sid"}
        name = str(given.get("friendly_name") or index)
        sid = given.get("sid") or _sid("AP", account, name)
        self._applications[name] = sid
        return ApplicationRecord(account_sid=account, sid=sid, **own)

    def behaviours(self, given: Any, account: str) -> None:
        # The newest of several that match counts; in a file, that is the first.
        for one in reversed(list(given)):
            own = {k: v for k, v in one.items() if k != BEHAVIOUR_NUMBER}
            self.records.append(behaviour(account, one[BEHAVIOUR_NUMBER], own))


def behaviour(account: str, pattern: str, given: Any) -> BehaviourRecord:
    """What those do whose number matches a pattern. Raises ValueError."""
    sid = _sid("BH", account, pattern)
    return BehaviourRecord(account_sid=account, sid=sid, pattern=pattern, behaviour=checked(given))


_ACCOUNT: Final = ("auth_token", "friendly_name", "status", "calls_per_second", "test")


def _sid(prefix: str, account: str, name: str) -> str:
    """A SID that follows from what it names."""
    return prefix + hashlib.sha256(f"{prefix}:{account}:{name}".encode()).hexdigest()[:32]
