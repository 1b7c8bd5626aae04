"""What the mock takes a document for: its resources, what each operation does to them, and why it thinks so."""

from __future__ import annotations

from .app import Application
from .deeds import Deed
from .lists import Listing
from .roles import Role, Verb
from .tables import Table


def explain(app: Application) -> str:
    """The tables, then the operations, for a person to read."""
    world = app.world
    lines = ["resources"]
    for table in world.tables:
        lines.append(f"  {table.name:<24} {_described(table)}")
        lines += [f"  {'':<24}   {one}" for one in table.why]
    if not world.tables:
        lines.append("  none: every answer comes from the document alone")
    lines.append("operations")
    width = min(max((len(one.label) for one in world.deeds.values()), default=0), 60)
    for deed in world.deeds.values():
        lines.append(f"  {deed.label:<{width}}  {_deed(deed)}")
        lines += [f"  {'':<{width}}    {one}" for one in _listing(deed.listing)]
    return "\n".join(lines) + "\n"


def _described(table: Table) -> str:
    if table.single:
        return "there once" + _below(table)
    name = ".".join(table.identifier)
    told = f"known by {name}" if name else "known by its path"
    made = "" if table.creatable else ", made by nobody: planted"
    made = ", which nobody is told: planted too" if table.hidden else made
    return told + _below(table) + made


def _below(table: Table) -> str:
    return f", for each {' and '.join(table.above)}" if table.above else ""


def _deed(deed: Deed) -> str:
    role = deed.role
    if role.table is None or role.verb is Verb.NONE:
        return f"answers from the document: {role.why}" + _needs(role)
    said = f"{role.verb.value} {role.table.name}: {role.why}"
    if role.lookup is not None:
        said += f", looked up by {role.lookup}"
    if role.upsert:
        said += ", made where it is not there"
    if role.wrapper:
        said += f", the item is in {'.'.join(role.wrapper)}"
    if role.verb is Verb.LIST:
        said += (
            f", the rows are in {'.'.join(role.rows)}" if role.rows else ", the answer is the rows"
        )
    return said + _needs(role)


def _needs(role: Role) -> str:
    """What has to be there."""
    wanted = [f"{one.parameter} in {one.table.name}" for one in role.parents]
    return f"; needs {' and '.join(wanted)}" if wanted else ""


def _listing(listing: Listing) -> list[str]:
    found: list[str] = []
    if listing.filters:
        marked = [f"{one.parameter} ({one.property} {one.mark or '='})" for one in listing.filters]
        found.append("filters: " + ", ".join(marked))
    if listing.searches:
        found.append("searches: " + ", ".join(listing.searches))
    if listing.orders:
        found.append("orders: " + ", ".join(one.name for one in listing.orders))
    if listing.pages:
        size = listing.size.name if listing.size is not None else "of 50"
        place = (
            f", {listing.position.name} ({listing.kind})" if listing.position is not None else ""
        )
        found.append(f"pages: {size}{place}")
    return found
