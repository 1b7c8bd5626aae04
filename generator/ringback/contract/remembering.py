"""Generated requests that made a server fail, remembered for other runs: in a folder, or in Redis for several machines.

Hypothesis keeps them and tries them first the next time, by the operation and phase that they belong to. What is kept are its own
choices and not requests: after a change of the document they are tried for nothing, and forgotten.
"""

from __future__ import annotations

from datetime import timedelta
from importlib import import_module
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from hypothesis.database import ExampleDatabase

_PROFILE: Final = "ringback"
_KEPT: Final = timedelta(days=8)
_PREFIX: Final = b"ringback:"
_WAIT: Final = 2.0  # seconds for Redis to answer: without it a run goes on


class RememberError(Exception):
    """There is no such place; the sentence says why."""


def use(where: str) -> None:
    """Let hypothesis remember there, for this process. Raises RememberError."""
    import hypothesis

    # Not on top of what is in force: in continuous integration that draws the same every time and remembers nothing.
    plain = hypothesis.settings.get_profile("default")
    hypothesis.settings.register_profile(
        _PROFILE, parent=plain, derandomize=False, database=_database(where)
    )
    hypothesis.settings.load_profile(_PROFILE)


def check(where: str) -> None:
    """Whether a place can be used. Raises RememberError."""
    if not _is_redis(where):
        return
    client = _redis(where)
    try:
        client.ping()
    except Exception as error:
        raise RememberError(f"Redis does not answer at {_shown(where)}: {error}") from None
    finally:
        client.close()


def _database(where: str) -> ExampleDatabase:
    from hypothesis.database import BackgroundWriteDatabase, DirectoryBasedExampleDatabase

    if not _is_redis(where):
        return DirectoryBasedExampleDatabase(where)
    from hypothesis.extra.redis import RedisExampleDatabase

    kept = RedisExampleDatabase(_redis(where), expire_after=_KEPT, key_prefix=_PREFIX)
    return BackgroundWriteDatabase(kept)


def _redis(where: str) -> Any:
    try:
        redis = import_module("redis")
    except ImportError:
        raise RememberError("examples in Redis need its client: pip install redis") from None
    try:
        return redis.Redis.from_url(where, socket_connect_timeout=_WAIT, socket_timeout=_WAIT)
    except ValueError as error:
        raise RememberError(f"{_shown(where)}: {error}") from None


def _is_redis(where: str) -> bool:
    return where.startswith(("redis://", "rediss://", "unix://"))


def _shown(where: str) -> str:
    """An address without credentials."""
    scheme, _, rest = where.partition("://")
    return f"{scheme}://{rest.rpartition('@')[2]}"
