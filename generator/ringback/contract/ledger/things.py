"""What is known of one thing from all that was said about it: where it lives, since when, until when, and its values."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NamedTuple

from ringback.contract.judges.reading import Reading
from ringback.contract.judges.words import plain
from ringback.contract.ledger.entities import Entity, Role

if TYPE_CHECKING:
    from ringback.wire import Contract

Key = tuple[str, ...]


class Seen(NamedTuple):
    """An exchange as a witness: its number, when it began, when its answer was there (seconds)."""

    number: int
    started: float
    ended: float

    def before(self, other: Seen) -> bool:
        """Whether this was over when the other began: only then one can know of the other."""
        return self.ended <= other.started and self.number != other.number


def seen(reading: Reading) -> Seen:
    return Seen(reading.exchange.number, reading.started, reading.ended)


class Fact(NamedTuple):
    """A value, and which exchange told it."""

    value: Any
    seen: Seen


class Told(NamedTuple):
    """A value that a write asked for and that was acknowledged. `old` is what stood there before."""

    value: Any
    seen: Seen
    old: Any
    by_creation: bool = False


@dataclass(slots=True, eq=False)
class Thing:
    """One resource. `home`: by plain parameter name, the identifiers of what it belongs to."""

    entity: Entity
    key: Key
    home: dict[str, str] = field(default_factory=dict)
    home_seen: Seen | None = None
    created: Seen | None = None  # None too where it may be gone since
    made: Seen | None = None  # the last creation, whatever became of it
    created_by: str = ""  # label
    gone: Seen | None = None
    moved: bool = False  # an update put it into another state, in which lists may leave it out
    redirected: bool = False  # an update named other addresses for its callbacks, or may have
    row: dict[str, Any] = field(default_factory=dict)  # as it was shown last
    row_seen: Seen | None = None
    told: dict[str, Told] = field(default_factory=dict)

    def fact(self, name: str) -> Fact | None:
        """What it said last of one of its properties."""
        if self.row_seen is None or name not in self.row:
            return None
        return Fact(self.row[name], self.row_seen)

    @property
    def identifier(self) -> str:
        return self.key[-1]


@dataclass(frozen=True, slots=True)
class _Above:
    """One thing that a row belongs to: its plain name, the row's property of that name, the path's parameter."""

    name: str
    property: str | None
    parameter: str | None


_plans: dict[int, tuple[Role, tuple[_Above, ...]]] = {}


def home_of(role: Role, reading: Reading, row: dict[str, Any]) -> dict[str, str]:
    """To what a row belongs: as it says itself, else as the path says where that names things by identifier."""
    found: dict[str, str] = {}
    for above in _plan(role):
        if above.property is not None:
            said = row.get(above.property)
            if said is not None and said != "" and isinstance(said, (str, int)):
                found[above.name] = str(said)
        elif above.parameter is not None and above.parameter in reading.values:
            found[above.name] = reading.values[above.parameter]
    return found


def _plan(role: Role) -> tuple[_Above, ...]:
    kept = _plans.get(id(role))
    if kept is not None and kept[0] is role:
        return kept[1]
    own = {plain(name): name for name in role.entity.properties}
    found: dict[str, _Above] = {}
    for name in parents(role):
        parameter = name if names_by_identifier(role, name) else None
        found[plain(name)] = _Above(plain(name), own.get(plain(name)), parameter)
    for collection in role.entity.collections:
        for name in map(plain, _names(collection)):
            if name in own and own[name] != role.entity.identity:
                found.setdefault(name, _Above(name, own[name], None))
    if len(_plans) > 512:
        _plans.clear()
    _plans[id(role)] = (role, tuple(found.values()))
    return _plans[id(role)][1]


def parents(role: Role) -> list[str]:
    """The parameters of a path but the one that names the thing itself."""
    return [
        one.name
        for one in role.operation.parameters
        if one.location == "path" and one.name != role.parameter
    ]


def names_by_identifier(role: Role, name: str) -> bool:
    """Whether a parameter holds an identifier in one spelling only, not a name or an alias such as `me`."""
    for one in role.operation.parameters:
        if one.name == name and one.location == "path" and one.schema is not None:
            schema = one.schema
            return bool(schema.pattern or schema.format == "uuid" or "integer" in schema.types)
    return False


def _names(template: str) -> list[str]:
    return [part.partition("}")[0] for part in template.split("{")[1:]]


def key_of(entity: Entity, identifier: object, home: dict[str, str]) -> Key | None:
    """What tells a thing from all others; None where not enough is known of it."""
    if not isinstance(identifier, (str, int)) or isinstance(identifier, bool) or identifier == "":
        return None
    if entity.own:
        return (entity.name, str(identifier))
    collection = min(entity.collections, key=len, default="")
    above = [home.get(plain(name)) for name in _names(collection)]
    if not collection or any(one is None for one in above):
        return None
    return (entity.name, *[str(one) for one in above], str(identifier))


def path_key(contract: Contract, role: Role, reading: Reading) -> Key | None:
    """The key of what a path names; None where it names it by something else than its identifier (a label, `latest`)."""
    value = reading.values.get(role.parameter or "")
    if value is None:
        return None
    schema = role.entity.identity_schema
    whole = int(value) if "integer" in schema.types and value.isdecimal() else value
    if not contract.is_valid(schema, whole, reply=True):
        return None
    home = {
        plain(name): reading.values[name]
        for name in parents(role)
        if name in reading.values and (role.entity.own or names_by_identifier(role, name))
    }
    return key_of(role.entity, value, home)
