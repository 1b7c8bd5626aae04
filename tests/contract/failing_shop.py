"""The pet shop, failing for one value of a filter."""

from __future__ import annotations

from typing import Any

from shop import Shop


class FailingShop(Shop):
    """Raises where fish are asked for."""

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        query = scope.get("query_string", b"")
        if b"kind=fish" in query:
            raise RuntimeError("there are no fish")
        await super().__call__(scope, receive, send)


def failing() -> FailingShop:
    """A new one."""
    return FailingShop()
