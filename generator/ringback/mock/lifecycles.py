"""Which state may follow which: as the document says with `x-ringback-lifecycle`, or as settings do (`"Order.status"`)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Final

from ringback.wire import forms

from .requests import Fault, Refused
from .settings import Settings, Unusable
from .tables import Table, plain

EXTENSION: Final = "x-ringback-lifecycle"
Steps = Mapping[str, tuple[str, ...]]


class Lifecycles:
    """The life cycles of all tables, by table and property."""

    def __init__(self, settings: Settings, tables: Iterable[Table]) -> None:
        self._steps: dict[int, dict[str, Steps]] = {}
        used: set[str] = set()
        for table in tables:
            found: dict[str, Steps] = {}
            for name, schema in forms.properties_of(table.schema):
                owner = table.schema.name if table.schema is not None else None
                said = [f"{one}.{name}" for one in (table.name, owner) if one]
                named = next((one for one in said if one in settings.lifecycles), None)
                if named is not None:
                    found[name] = settings.lifecycles[named]
                    used.add(named)
                elif isinstance(given := schema.extensions.get(EXTENSION), Mapping):
                    found[name] = {
                        str(state): tuple(map(str, after or ())) for state, after in given.items()
                    }
            self._steps[id(table)] = found
        unknown = settings.lifecycles.keys() - used
        if unknown:
            raise Unusable(f"mock.lifecycles: no resource has {sorted(unknown)[0]!r}")

    def begun(self, table: Table, item: Any, sent: Mapping[str, Any]) -> Any:
        """A new item in the first state of each life cycle, unless a state was sent."""
        said = {plain(name) for name in sent}
        first = {
            name: next(iter(steps))
            for name, steps in self._steps[id(table)].items()
            if steps and plain(name) not in said
        }
        return {**item, **first} if isinstance(item, dict) and first else item

    def check(self, table: Table, item: Any, sent: Mapping[str, Any]) -> None:
        """Raises Refused where a state is asked for that does not follow the one that is there."""
        asked = {plain(name): value for name, value in sent.items()}
        for name, steps in self._steps[id(table)].items():
            wanted = asked.get(plain(name))
            now = item.get(name) if isinstance(item, dict) else None
            if not isinstance(now, str) or now not in steps or wanted == now:
                continue
            if wanted not in _named(steps):
                continue
            if wanted not in steps[now]:
                following = " or ".join(steps[now]) or "nothing"
                message = f"{name} is {now}, which {following} follows, not {wanted}"
                raise Refused("conflict", message, (Fault(f"body/{name}", message),))


def _named(steps: Steps) -> set[str]:
    return {*steps, *(one for after in steps.values() for one in after)}
