"""Who may do what: accounts are walls, except that a parent acts on its sub-accounts."""

from __future__ import annotations

import hmac
from typing import Any, Final

from ringback.emulator.errors import not_found, unauthorized
from ringback.emulator.records import AccountRecord, KeyRecord
from ringback.emulator.store import Transaction
from ringback.emulator.world import World
from twilio_voice._runtime.table import Operation
from twilio_voice.server import Fault, HttpRequest

_FOR_TESTS: Final = frozenset({"createCall"})
"""The operations that test credentials serve; they change nothing."""
_PLACING: Final = frozenset({"createCall", "createParticipant"})
"""The operations that a sub-account which is suspended or closed is refused; its parent may still look after the rest."""


def account_of(tx: Transaction, sid: str, request: HttpRequest) -> AccountRecord:
    """The account of a path."""
    account = tx.get(AccountRecord, sid, sid)
    if account is None:
        raise not_found(request)
    return account


def authenticator(world: World) -> Any:
    """The security hook: who calls, and whether the path's account is theirs. Known pairs are remembered."""
    known: dict[tuple[str, str, str], AccountRecord] = {}

    async def authenticate(request: HttpRequest, operation: Operation[Any]) -> AccountRecord:
        given = request.credentials()
        if given is None:
            raise unauthorized("Authentication Error - No credentials provided")
        parts = request.path.split("/")
        wanted = parts[3] if len(parts) > 3 else ""
        key = (given[0], given[1], wanted)
        account = known.get(key) if world.store.private else None
        if account is None:
            account = await world.store.run(
                lambda tx: _allowed(tx, given[0], given[1], wanted, request)
            )
            known[key] = account
            if len(known) > 10_000:
                known.clear()
        if account.status != "active" and operation.id in _PLACING:
            raise Fault(403, "Account not active", code=20005)
        if account.test and operation.id not in _FOR_TESTS:
            raise Fault(403, "Resource not accessible with test credentials", code=20008)
        return account

    def forget() -> None:
        known.clear()

    world.forgetters.append(forget)
    return authenticate


def _allowed(
    tx: Transaction, user: str, password: str, wanted: str, request: HttpRequest
) -> AccountRecord:
    """The account that acts. Raises 401 for bad credentials, 404 for an account that is none of the caller's."""
    if user.startswith("SK"):
        key = tx.owner(KeyRecord, user)
        if key is None or not hmac.compare_digest(key.secret.encode(), password.encode()):
            raise unauthorized("Authenticate")
        account = tx.get(AccountRecord, key.account_sid, key.account_sid)
    else:
        account = tx.get(AccountRecord, user, user)
        if account is None:
            raise unauthorized("Authentication Error - invalid username")
        if not hmac.compare_digest(account.auth_token.encode(), password.encode()):
            raise unauthorized("Authenticate")
    if account is None or account.status == "closed":
        raise unauthorized("Authenticate")
    if account.status != "active":
        raise Fault(403, "Account not active", code=20005)
    if wanted != account.account_sid:
        below = tx.get(AccountRecord, wanted, wanted)
        if below is None or below.parent_sid != account.account_sid:
            raise not_found(request)
        return below
    return account
