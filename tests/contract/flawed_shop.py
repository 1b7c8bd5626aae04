"""The pet shop with several things wrong at once, as an application that any process can have by its name."""

from __future__ import annotations

import asyncio
import os
from typing import Any

from shop import Shop

FAULTS = ("no filter", "page loses", "not deleted", "any key", "other kind")
CODES = {
    "filter-ignored",
    "page-lost",
    "not-deleted",
    "wrong-credentials-accepted",
    "schema",
}
PAUSE = "FLAWED_SHOP_PAUSE"
"""The variable that says how many seconds an answer takes."""


class _Several(str):
    """A fault that is all of these."""

    def __eq__(self, other: object) -> bool:
        return other in FAULTS

    def __ne__(self, other: object) -> bool:
        return other not in FAULTS

    __hash__ = str.__hash__


class FlawedShop(Shop):
    """Wrong in all of these ways."""

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        await asyncio.sleep(float(os.environ.get(PAUSE, "0")))
        await super().__call__(scope, receive, send)


def flawed() -> FlawedShop:
    """A new one."""
    return FlawedShop(fault=_Several())
