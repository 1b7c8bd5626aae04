"""`ringback names`: what is called otherwise than before, and how it comes to be.

Everything here reads and writes the lock of names and nothing else: the next `ringback generate` prints what it says. A name that
changes leaves its former name behind in the lock, and that becomes a deprecated alias.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from ringback.explaining import Sight, look, redrawn
from ringback.usage import UsageError

if TYPE_CHECKING:
    from ringback.plan import Former, NamesLock
    from ringback.settings import Settings

EVERY = "all"


class Unnamed(UsageError):
    """What was asked for cannot be done: nothing is called so, or the name is taken."""


def names(options: argparse.Namespace, settings: Settings) -> tuple[str, str]:
    """Do what `ringback names` asks for: the text to show, and the new lock as text ("" where nothing changed).

    Raises DocumentError, LockUnreadable and Unnamed.
    """
    sight = look(options, settings)
    before = sight.drawn.lock
    lock = _dropped(sight, before, options.drop or ())
    asked = [_asked(sight, one) for one in options.rename or ()]
    lock = _renamed(sight, lock, asked, options.until or "")
    if options.renew:
        lock = _renewed(options, settings, lock, options.until or "")
    elif options.until and not options.rename:
        lock = _until(lock, options.until)
    changed = lock != before
    after = redrawn(options, settings, lock) if changed else sight
    if changed:
        _check(asked, after)
    anew = redrawn(options, settings, before, renew=True) if not changed else None
    text = _shown(after, anew, options.format)
    return text, after.drawn.lock.text() if changed else ""


# -- what is shown


def _shown(sight: Sight, anew: Sight | None, form: str) -> str:
    former = [
        {"name": shown, "now": now, "until": one.until} for shown, now, _, _, one in rows(sight)
    ]
    other = (
        _otherwise(anew, {(scope, name) for _, _, scope, name, _ in rows(sight)}) if anew else []
    )
    if form == "json":
        return (
            json.dumps({"former": former, "otherwise": other}, indent=2, ensure_ascii=False) + "\n"
        )
    lines = [
        "former names, printed as deprecated aliases:" if former else "there are no former names"
    ]
    for one in former:
        until = f", until version {one['until']}" if one["until"] else ""
        lines.append(f"  {one['name']} -> {one['now']}{until}")
    if other:
        lines.append("kept by the lock; the document alone would call them otherwise (--renew):")
        lines += [f"  {one['name']} -> {one['would']}" for one in other]
    return "\n".join(lines) + "\n"


def _otherwise(anew: Sight, known: set[tuple[str, str]]) -> list[dict[str, str]]:
    return [
        {"name": shown, "would": now}
        for shown, now, scope, name, _ in rows(anew)
        if (scope, name) not in known
    ]


def rows(sight: Sight) -> Iterator[tuple[str, str, str, str, Former]]:
    """Every former name of a plan's lock: as it is shown, what it is now, and its scope, name and entry in the lock."""
    for scope, listed in sorted(sight.drawn.lock.former.items()):
        given = sight.drawn.told.given.get(scope, {})
        for name, one in sorted(listed.items()):
            here = one.key in given
            now = dotted(sight, scope, given[one.key].name) if here else _moved(sight, one.key)
            yield dotted(sight, scope, name), now, scope, name, one


def _moved(sight: Sight, line: str) -> str:
    """The method that an operation has in another group."""
    for group in sight.drawn.plan.groups:
        for one in group.operations:
            if f"{one.method} {one.template}" == line:
                return f"client.{group.attribute}.{one.name}"
    return line


def dotted(sight: Sight, scope: str, name: str) -> str:
    """A name as people say it: `client.calls.create`, `Call.status`."""
    kind, _, owner = scope.partition(" ")
    plan, given = sight.drawn.plan, sight.drawn.told.given
    if kind == "groups":
        return f"client.{name}"
    if kind == "methods":
        groups = given.get("groups", {})
        return f"client.{groups[owner].name if owner in groups else owner}.{name}"
    if kind == "arguments":
        for group in plan.groups:
            for one in group.operations:
                if one.constant.lower() == owner:
                    return f"client.{group.attribute}.{one.name}.{name}"
    return f"{owner}.{name}" if owner else name


# -- what changes


def _dropped(sight: Sight, lock: NamesLock, wanted: tuple[str, ...]) -> NamesLock:
    if not wanted:
        return lock
    if EVERY in wanted:
        return replace(lock, former={})
    listed = {shown: (scope, name) for shown, _, scope, name, _ in rows(sight)}
    former = {scope: dict(names) for scope, names in lock.former.items()}
    for one in wanted:
        if one not in listed:
            known = f"; there are {', '.join(sorted(listed))}" if listed else ""
            raise Unnamed(f"{one!r} is no former name{known}")
        scope, name = listed[one]
        former[scope].pop(name, None)
    return replace(lock, former=former)


def _asked(sight: Sight, rename: str) -> tuple[str, str, str]:
    """The scope, the key and the new name of an OLD=NEW."""
    from ringback.plan import is_public

    old, equals, new = rename.partition("=")
    new = new.rpartition(".")[2]
    if not equals or not is_public(new):
        raise Unnamed(f"--rename {rename}: it is OLD=NEW, and NEW is a name that Python can have")
    scope, key, _ = _found(sight, old)
    return scope, key, new


def _renamed(
    sight: Sight, lock: NamesLock, asked: Sequence[tuple[str, str, str]], until: str
) -> NamesLock:
    from ringback.plan import Former

    for scope, key, new in asked:
        names = dict(lock.scopes[scope])
        name = names[key]
        owner = next((other for other, had in names.items() if had == new and other != key), None)
        if owner is not None:
            shown = dotted(sight, scope, new)
            raise Unnamed(f"{shown} is taken: it is the name of {owner!r}")
        if new == name:
            continue
        former = {what: one for what, one in lock.former.get(scope, {}).items() if what != new}
        lock = replace(
            lock,
            scopes={**lock.scopes, scope: {**names, key: new}},
            former={**lock.former, scope: {**former, name: Former(key, until)}},
        )
    return lock


def _found(sight: Sight, wanted: str) -> tuple[str, str, str]:
    """The scope, the key and the name of what a dotted name stands for."""
    plain = wanted.removeprefix(f"{sight.package}.").removeprefix("models.")
    scopes = ("types", "identifiers", "groups", "operations")
    kinds = ("attributes", "members", "arguments", "methods")
    for scope, given in sight.drawn.told.given.items():
        if scope not in scopes and scope.partition(" ")[0] not in kinds:
            continue
        for key, one in given.items():
            if dotted(sight, scope, one.name) == plain:
                return scope, key, one.name
    raise Unnamed(f"nothing that can be renamed is called {wanted!r}; ringback explain finds names")


def _renewed(
    options: argparse.Namespace, settings: Settings, lock: NamesLock, until: str
) -> NamesLock:
    """Everything called what the document makes of it."""
    found = redrawn(options, settings, lock, renew=True).drawn.lock
    known = {
        (scope.partition(" ")[0], name, one.key)
        for scope, listed in lock.former.items()
        for name, one in listed.items()
    }
    former = {
        scope: {
            name: one if (scope.partition(" ")[0], name, one.key) in known else replace(one, until=until)
            for name, one in listed.items()
        }
        for scope, listed in found.former.items()
    }  # fmt: skip
    return replace(found, former=former)


def _until(lock: NamesLock, until: str) -> NamesLock:
    return replace(
        lock,
        former={
            scope: {name: replace(one, until=until) for name, one in listed.items()}
            for scope, listed in lock.former.items()
        },
    )


def _check(asked: Sequence[tuple[str, str, str]], after: Sight) -> None:
    """A name may be needed by the package itself: then the plan gives another. An owner may have been renamed, too."""
    for scope, key, name in asked:
        kind = scope.partition(" ")[0]
        given = [
            names.get(key)
            for one, names in after.drawn.told.given.items()
            if one.partition(" ")[0] == kind
        ]
        if not any(one is not None and one.name == name for one in given):
            raise Unnamed(f"{name} is needed for something else: nothing can be renamed so")
