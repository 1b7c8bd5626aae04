"""A mutant: one way in which a correct server would be wrong, made from what the document says, and put in by the gateway.

A `Mutant` is plain knowledge: which operator, where, what it does, which line of the document it goes against. Its `make` gives the
`Fault` that does it, fresh for each run: a fault remembers what it has seen, and counts how often it changed anything, so that a mutant
whose occasion never came can be told from one that nobody noticed.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Final

from ringback.contract.traffic import Delivery, Headers, Reply, Request
from ringback.source import Location
from ringback.wire import Contract


@dataclass(frozen=True, slots=True)
class Setting:
    """What a fault may use: the document, the right credentials as headers, and the secret that callbacks are signed with."""

    contract: Contract
    auth: Headers = ()
    secret: str | None = None
    given: Mapping[str, str] = field(
        default_factory=dict
    )  # path values that follow from the credentials


class Fault:
    """Changes nothing. Those that change something count it in `applied`."""

    def __init__(self) -> None:
        self.applied = 0

    def request(self, request: Request, label: str | None) -> Request | Reply:
        """What arrives instead of a request, or what is answered without looking at it."""
        return request

    def reply(self, request: Request, reply: Reply, label: str | None) -> Reply:
        """What is answered instead."""
        return reply

    def delivery(self, delivery: Delivery) -> list[Delivery]:
        """What comes instead of a callback."""
        return [delivery]


@dataclass(frozen=True, slots=True)
class Mutant:
    """One fault. `operation` is the label of the operation that it shows at; `variant` groups those that are alike.

    `silent` says why the document allows what it does ("" where it does not), and `overlay` what an overlay would have to say so that it
    is forbidden. `hard` says why the tests may not tell it from what is right. `focus` are the labels of the operations that lead to it.
    """

    operator: str
    operation: str
    where: str
    what: str
    place: Location
    make: Callable[[Setting], Fault] = field(repr=False, compare=False)
    variant: str = ""
    silent: str = ""
    overlay: str = ""
    hard: str = ""
    focus: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """What it is known by in every run and process."""
        return f"{self.operator}: {self.operation} {self.where}".strip()


UNCHANGED: Final = "unchanged"
"""The name of the operator that changes nothing: what it is noticed by is a false finding."""


def unchanged(contract: Contract) -> list[Mutant]:
    """For each operation a mutant that changes nothing."""
    return [
        Mutant(
            operator=UNCHANGED,
            operation=contract.label(one),
            where="",
            what="nothing is changed",
            place=contract.locate(one.path),
            make=lambda _: Fault(),
        )
        for one in contract.operations
    ]
