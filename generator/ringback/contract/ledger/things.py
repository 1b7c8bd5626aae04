"""What is known of one thing from all that was said about it: where it lives, since when, until when, and its values."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NamedTuple

from ringback.contract.judges.reading import Reading
from ringback.contract.judges.words import plain
from ringback.contract.ledger.entities import Entity, Role

if TYPE_CHECKING:
    from ringback.contract.view import Contract

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
    created: Seen | None = None
    created_by: str = ""  # label
    gone: Seen | None = None
    moved: bool = False  # an update put it into another state, in which lists may leave it out
    values: dict[str, Fact] = field(default_factory=dict)
    told: dict[str, Told] = field(default_factory=dict)

    @property
    def identifier(self) -> str:
        return self.key[-1]


def home_of(
    contract: Contract, role: Role, reading: Reading, row: dict[str, Any]
) -> dict[str, str]:
    """To what a row belongs: as it says itself, else as the path says where that names things by identifier."""
    own = {plain(name): value for name, value in row.items() if isinstance(value, (str, int))}
    found: dict[str, str] = {}
    for name in parents(role):
        said = own.get(plain(name))
        if said not in (None, ""):
            found[plain(name)] = str(said)
        elif plain(name) not in map(plain, row):
            value = reading.values.get(name)
            if value is not None and names_by_identifier(role, name):
                found[plain(name)] = value
    for collection in role.entity.collections:
        for name in _names(collection):
            said = own.get(plain(name))
            if said not in (None, "") and plain(name) != plain(role.entity.identity):
                found.setdefault(plain(name), str(said))
    return found


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
