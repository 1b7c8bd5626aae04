"""The longer pieces of code of the module of tokens."""

from __future__ import annotations

from ringback.emit.layout import fit
from ringback.plan import PartyPlan, TokensPlan, py


def party(one: PartyPlan) -> str:
    """An argument of a token: `_t.Party("key", "SHOP_KEY", pattern="K.*")`."""
    given = [py(one.name)]
    given += [f"env={py(one.env)}"] if one.env else []
    given += [f"pattern={py(one.pattern)}"] if one.pattern else []
    return fit("_t.Party(", given, ")", 8, 8)


def given_names(made: TokensPlan) -> str:
    """The arguments that say whose token it is, by their names."""
    return fit("{", [f"{py(one.name)}: {one.name}" for one in made.parties], "}", 8, 8)
