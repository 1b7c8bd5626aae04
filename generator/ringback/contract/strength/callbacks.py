"""Operators on callbacks: missing, doubled, out of order, unsigned."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Final

from ringback.contract.judges.words import plain
from ringback.contract.ledger import signature
from ringback.contract.ledger.callbacks import OWN
from ringback.contract.scenarios.calling_back import slots_of
from ringback.contract.strength.editing import form_of, with_form
from ringback.contract.strength.mutant import Fault, Mutant, Setting
from ringback.contract.strength.surface import action, family
from ringback.contract.traffic import Delivery, Reply, Request
from ringback.openapi import Schema
from ringback.source import Location
from ringback.wire import Contract, forms

_TOKEN: Final = re.compile(r"rb[0-9a-f]{32}")
_LATE: Final = 2.0
"""Seconds by which a callback comes too late that another one has overtaken: more than the network explains."""
_NUMBERS: Final = frozenset(("sequencenumber", "sequence", "seq", "eventnumber"))


@dataclass(frozen=True, slots=True)
class Slot:
    """A parameter that names where callbacks go."""

    label: str
    name: str
    place: Location


def slots(contract: Contract) -> Iterator[Slot]:
    """Every parameter of every operation that takes the address of callbacks."""
    for operation in contract.operations:
        paths = {
            name: schema.path
            for media in (operation.body.content if operation.body is not None else ())
            for name, schema in forms.properties_of(media.schema)
        }
        for name in slots_of(operation):
            place = contract.locate(paths.get(name, operation.path))
            yield Slot(contract.label(operation), name, place)


class _Posted(Fault):
    """Knows which deliveries are those of one slot: by the addresses in the requests of its operation."""

    def __init__(self, setting: Setting, slot: Slot) -> None:
        super().__init__()
        self._setting, self._slot = setting, slot
        self._tokens: set[str] = set()

    def request(self, request: Request, label: str | None) -> Request | Reply:
        if label == self._slot.label:
            text = request.target + request.body.decode("latin-1")
            self._tokens.update(_TOKEN.findall(text))
        return request

    def delivery(self, delivery: Delivery) -> list[Delivery]:
        if delivery.slot != self._slot.name or delivery.token not in self._tokens:
            return [delivery]
        return self.changed(delivery)

    def changed(self, delivery: Delivery) -> list[Delivery]:
        """What comes instead of one of the slot's."""
        return [delivery]


def _mutant(contract: Contract, operator: str, slot: Slot, where: str, what: str, make: type[_Posted]) -> Mutant:  # fmt: skip
    return Mutant(
        operator, slot.label, f"{slot.name}: {where}", what, slot.place,
        lambda setting: make(setting, slot), variant=where, focus=family(contract, slot.label),
    )  # fmt: skip


class Silent(_Posted):
    """No callback comes."""

    def changed(self, delivery: Delivery) -> list[Delivery]:
        self.applied += 1
        return []


class Gap(_Posted):
    """The second callback to each address does not come."""

    def __init__(self, setting: Setting, slot: Slot) -> None:
        super().__init__(setting, slot)
        self._count: dict[str, int] = {}

    def changed(self, delivery: Delivery) -> list[Delivery]:
        count = self._count[delivery.token] = self._count.get(delivery.token, 0) + 1
        if count != 2:
            return [delivery]
        self.applied += 1
        return []


class Endless(_Posted):
    """The callback that says how it ended does not come."""

    def changed(self, delivery: Delivery) -> list[Delivery]:
        final = _finals(self._setting.contract)
        pairs = form_of(delivery.request) or []
        if not any(value in final.get(name, ()) for name, value in pairs):
            return [delivery]
        self.applied += 1
        return []


def _finals(contract: Contract) -> Mapping[str, frozenset[str]]:
    """By the name of a property of a callback: the states that nothing follows."""
    found: dict[str, frozenset[str]] = {}
    for webhook in contract.document.webhooks:
        for operation in webhook.operations:
            for media in operation.body.content if operation.body is not None else ():
                for name, schema in forms.properties_of(media.schema):
                    found.setdefault(name, _last(schema))
    return found


def _last(schema: Schema) -> frozenset[str]:
    steps = schema.extensions.get("x-ringback-lifecycle")
    if not isinstance(steps, Mapping):
        return frozenset()
    return frozenset(str(one) for one in schema.enum or () if one in steps and not steps[one])


def missing(contract: Contract) -> Iterator[Mutant]:
    """`callback-missing`."""
    for one in _missing(contract):
        reason = _unpromised(contract, one.operation, one.where.partition(":")[0])
        yield replace(one, silent=reason[0], overlay=reason[1]) if reason else one


def is_own(contract: Contract, label: str, slot: str) -> bool:
    """Whether the events of the thing itself are reported there, not those of its parts or of what it shares with others."""
    found = contract.kinds.resource_of(label)
    thing = plain(found[0].name.rpartition("/")[2]).removesuffix("s") if found else ""
    return bool(thing) and plain(slot).removeprefix(thing) in OWN


def _unpromised(contract: Contract, label: str, slot: str) -> tuple[str, str] | None:
    """Why the document does not say that a callback must come: nobody can ask for its events, or they are not the thing's own."""
    operation = contract.operation(label)
    found = contract.kinds.resource_of(label)
    own = is_own(contract, label, slot)
    lists = {
        name: media.schema
        for media in (operation.body.content if operation.body is not None else ())
        for name, schema in forms.properties_of(media.schema)
        if forms.is_type(schema, "array") and media.schema is not None
    }
    listed = any(plain(name).startswith(plain(slot)) for name in lists)
    if own and listed and found is not None and found[1] == "create":
        return None
    path = next((media.schema.path for media in operation.body.content if media.schema), operation.path) if operation.body is not None else operation.path  # fmt: skip
    wanted = f"{{properties: {{{slot}Event: {{type: array, items: {{type: string, enum: [‹events›]}}}}}}}}"
    return f"which events come to {slot} the document does not say", action(path, wanted)


def _missing(contract: Contract) -> Iterator[Mutant]:
    for slot in slots(contract):
        yield _mutant(
            contract, "callback-missing", slot, "all", f"no callback comes to {slot.name}", Silent
        )
        yield _mutant(contract, "callback-missing", slot, "the second", f"the second callback to {slot.name} does not come", Gap)  # fmt: skip
        if any(_finals(contract).values()):
            yield _mutant(contract, "callback-missing", slot, "the last", f"{slot.name} is not told how it ended", Endless)  # fmt: skip


class Twice(_Posted):
    """Every callback comes twice."""

    def changed(self, delivery: Delivery) -> list[Delivery]:
        self.applied += 1
        return [delivery, replace(delivery, received=delivery.received + 0.01)]


def doubled(contract: Contract) -> Iterator[Mutant]:
    """`callback-doubled`."""
    for slot in slots(contract):
        yield _mutant(contract, "callback-doubled", slot, "each", f"each callback to {slot.name} comes twice", Twice)  # fmt: skip


class Overtaken(_Posted):
    """The first callback to each address comes only after the second, long after it."""

    def __init__(self, setting: Setting, slot: Slot) -> None:
        super().__init__(setting, slot)
        self._held: dict[str, Delivery | None] = {}

    def changed(self, delivery: Delivery) -> list[Delivery]:
        if delivery.token not in self._held:
            self._held[delivery.token] = delivery
            return []
        held, self._held[delivery.token] = self._held[delivery.token], None
        if held is None:
            return [delivery]
        self.applied += 1
        return [delivery, replace(held, received=delivery.received + _LATE)]


class Misnumbered(_Posted):
    """The numbers that tell the order of callbacks run the wrong way; signed as they are."""

    def __init__(self, setting: Setting, slot: Slot) -> None:
        super().__init__(setting, slot)
        self._numbered: set[str] = set()

    def changed(self, delivery: Delivery) -> list[Delivery]:
        pairs = form_of(delivery.request)
        names = [name for name, _ in pairs or () if plain(name) in _NUMBERS]
        if pairs is None or not names:
            return [delivery]
        self.applied += delivery.token in self._numbered  # one by itself has no order
        self._numbered.add(delivery.token)
        told = [(name, str(1000 - int(value)) if name in names and value.isdigit() else value) for name, value in pairs]  # fmt: skip
        return [
            _signed(self._setting, replace(delivery, request=with_form(delivery.request, told)))
        ]


def _signed(setting: Setting, delivery: Delivery, secret: str | None = None) -> Delivery:
    """A callback with a signature that agrees with what it says, or with another secret's."""
    rules = signature.rules_of(setting.contract.document.extensions)
    key = secret or setting.secret
    if rules is None or key is None:
        return delivery
    form = form_of(delivery.request) or []
    # The URL is ours: what was handed out is what is asked for.
    url = delivery.url.partition("#")[0]
    made = signature.sign(key, url, form)
    dropped = {rules.header, rules.settings_header}
    kept = tuple(one for one in delivery.request.headers if one[0] not in dropped)
    return replace(
        delivery, request=replace(delivery.request, headers=(*kept, (rules.header, made)))
    )


def disordered(contract: Contract) -> Iterator[Mutant]:
    """`callback-out-of-order`."""
    for slot in slots(contract):
        yield _mutant(contract, "callback-out-of-order", slot, "late", f"the first callback to {slot.name} comes long after the second", Overtaken)  # fmt: skip
        yield _mutant(contract, "callback-out-of-order", slot, "numbers", f"the numbers of callbacks to {slot.name} run backwards", Misnumbered)  # fmt: skip


class Unsigned(_Posted):
    """Callbacks have no signature."""

    def changed(self, delivery: Delivery) -> list[Delivery]:
        rules = signature.rules_of(self._setting.contract.document.extensions)
        header = rules.header if rules is not None else ""
        kept = tuple(one for one in delivery.request.headers if one[0] != header)
        self.applied += len(kept) < len(delivery.request.headers)
        return [replace(delivery, request=replace(delivery.request, headers=kept))]


class Forged(_Posted):
    """Callbacks are signed with another secret."""

    def changed(self, delivery: Delivery) -> list[Delivery]:
        self.applied += 1
        return [_signed(self._setting, delivery, "another secret")]


def unsigned(contract: Contract) -> Iterator[Mutant]:
    """`callback-unsigned`."""
    if signature.rules_of(contract.document.extensions) is None:
        return
    for slot in slots(contract):
        yield _mutant(contract, "callback-unsigned", slot, "none", f"callbacks to {slot.name} are not signed", Unsigned)  # fmt: skip
        yield _mutant(contract, "callback-unsigned", slot, "forged", f"callbacks to {slot.name} are signed with another secret", Forged)  # fmt: skip
