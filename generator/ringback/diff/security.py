"""Who may call: the alternatives of operations, their scopes, and the schemes themselves."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Final, TypeAlias

from ringback.openapi import Document, Operation, SecurityScheme
from ringback.source import Path, Tree

from .effective import canonical
from .ground import Ground, written_at
from .remarks import remarks
from .walk import Finding, Walk

Alternative: TypeAlias = Mapping[str, frozenset[str]]
"""The schemes that are needed together, with the scopes of each."""
_ADDRESSES: Final = ("authorizationUrl", "tokenUrl", "refreshUrl", "deviceAuthorizationUrl")


def compare_security(ground: Ground, old: Operation, new: Operation) -> None:
    """The alternatives of one operation. An alternative is covered where another one asks for no more than it."""
    at_old, at_new = _place(ground, ground.old, old), _place(ground, ground.new, new)
    was: list[Alternative] = [
        {ground.schemes.get(name, name): scopes for name, scopes in one.items()}
        for one in _alternatives(ground.old, at_old)
    ]
    now = _alternatives(ground.new, at_new)

    def say(code: str, message: str) -> None:
        found = Finding(code, "security", message, at_old, at_new, swapped=ground.turned)
        ground.walk.say(found, ground.label)

    if {} in was and {} not in now:
        say("security-required", f"credentials are needed now: {_listed(now)}")
        return
    if {} in now and {} not in was:
        say("security-dropped", f"credentials are not needed any more: {_listed(was)}")
        return
    for one in was:
        if any(_covers(other, one) for other in now):
            continue
        missing = _missing([other for other in now if other not in was], one)
        if missing is None:
            say("security-alternative-removed", f"{_called(one)} does not suffice any more")
        for name, scope in missing or ():
            say("security-scope-added", f"the scope {scope} of {name} is needed now")
    for one in now:
        if any(_covers(other, one) for other in was):
            continue
        missing = _missing([other for other in was if other not in now], one)
        if missing is None:
            say("security-alternative-added", f"{_called(one)} suffices too")
        for name, scope in missing or ():
            say("security-scope-removed", f"the scope {scope} of {name} is not needed any more")


def _alternatives(tree: Tree, at: Path) -> list[Alternative]:
    """Each alternative with the scopes of its schemes, as it is written: an operation merges those of its alternatives."""
    written: list[Mapping[str, Any]] = written_at(tree, at) or [{}]
    return [{str(name): frozenset(scopes or ()) for name, scopes in one.items()} for one in written]


def _covers(weak: Alternative, strong: Alternative) -> bool:
    """Whether who meets the second meets the first."""
    return all(name in strong and scopes <= strong[name] for name, scopes in weak.items())


def _missing(candidates: list[Alternative], one: Alternative) -> list[tuple[str, str]] | None:
    """The scopes that keep an alternative from covering another one; None where it is not scopes alone."""
    found = [
        [(name, scope) for name, scopes in other.items() for scope in sorted(scopes - one[name])]
        for other in candidates
        if other.keys() <= one.keys()
    ]
    return min(found, key=len, default=None)


def _place(ground: Ground, tree: Tree, operation: Operation) -> Path:
    """Where the security of an operation is written: with it, or for the whole document.

    What the whole document says is said to those who call the API. Where the API calls (a webhook), only what stands with
    the operation says how it proves itself.
    """
    own = (*operation.path, "security")
    return own if ground.turned or written_at(tree, own) is not None else ("security",)


def _called(alternative: Alternative) -> str:
    parts = (
        f"{name} ({', '.join(sorted(scopes))})" if scopes else name
        for name, scopes in sorted(alternative.items())
    )
    return " with ".join(parts) or "nothing"


def _listed(alternatives: Iterable[Alternative]) -> str:
    return " or ".join(map(_called, alternatives))


def renamed_schemes(old: Document, new: Document) -> dict[str, str]:
    """Schemes with another name that are otherwise the same: old name -> new name."""
    names_old = {one.name for one in old.security_schemes}
    names_new = {one.name for one in new.security_schemes}
    come = [one for one in new.security_schemes if one.name not in names_old]
    return {
        one.name: other.name
        for one in old.security_schemes
        if one.name not in names_new
        for other in come
        if _travels(one) == _travels(other) and canonical(one.flows) == canonical(other.flows)
    }


def _travels(scheme: SecurityScheme) -> tuple[str | None, ...]:
    """What decides how credentials travel."""
    named = scheme.parameter
    if named and (scheme.location or "").lower() == "header":
        named = named.lower()
    parts = (scheme.type, scheme.scheme, scheme.location)
    return *(part.lower() if part else part for part in parts), named


def compare_schemes(walk: Walk, old: Document, new: Document) -> None:
    """The schemes of two documents, each with the operations that use it."""
    names = renamed_schemes(old, new)
    before = {names.get(one.name, one.name): one for one in old.security_schemes}
    after = {one.name: one for one in new.security_schemes}
    for name, one in before.items():
        if name in after:
            _schemes(walk, old, new, one, after[name])
        else:
            _say(walk, "security-scheme-removed", name, "is gone", one.path, None)
    for name, one in after.items():
        if name not in before:
            _say(walk, "security-scheme-added", name, "is new", None, one.path)


def _say(
    walk: Walk, code: str, name: str, message: str, old: Path | None, new: Path | None, *labels: str
) -> None:
    subject = f"security scheme {name}"
    walk.say(Finding(code, subject, f"{subject} {message}", old, new), *labels)


def _schemes(
    walk: Walk, old: Document, new: Document, before: SecurityScheme, after: SecurityScheme
) -> None:
    users = tuple(
        f"{one.method} {one.template}"
        for one in new.operations
        if any(after.name in alternative for alternative in one.security or ())
    )
    subject = f"security scheme {after.name}"
    if before.name != after.name:
        _say(walk, "security-scheme-detail-changed", after.name, f"was called {before.name}",
             before.path, after.path, *users)  # fmt: skip
    if _travels(before) != _travels(after):
        _say(walk, "security-scheme-changed", after.name,
             f"is {_shown(after)}, was {_shown(before)}", before.path, after.path, *users)  # fmt: skip
    for name, was, now in (
        ("bearer format", before.bearer_format, after.bearer_format),
        ("address of its configuration", before.open_id_url, after.open_id_url),
        ("mark as deprecated", before.deprecated, after.deprecated),
    ):
        if was != now:
            _say(walk, "security-scheme-detail-changed", after.name, f"has another {name}: {now}, was {was}",
                 before.path, after.path, *users)  # fmt: skip
    _flows(walk, before, after, users)
    for finding in remarks(subject, written_at(old.tree, before.path), written_at(new.tree, after.path),
                           before.path, after.path):  # fmt: skip
        walk.say(finding, *users)


def _shown(scheme: SecurityScheme) -> str:
    parts = (scheme.type, scheme.scheme, scheme.location, scheme.parameter)
    return " ".join(part for part in parts if part)


def _flows(
    walk: Walk, before: SecurityScheme, after: SecurityScheme, users: tuple[str, ...]
) -> None:
    for flow in dict.fromkeys((*before.flows, *after.flows)):
        if str(flow).startswith("x-"):
            continue
        was, now = before.flows.get(flow), after.flows.get(flow)
        at_old, at_new = (*before.path, "flows", flow), (*after.path, "flows", flow)
        if not isinstance(was, dict):
            _say(walk, "security-flow-added", after.name, f"has the flow {flow} now", before.path,
                 at_new, *users)  # fmt: skip
        elif not isinstance(now, dict):
            _say(walk, "security-flow-removed", after.name, f"has no flow {flow} any more", at_old,
                 after.path, *users)  # fmt: skip
        else:
            _flow(walk, after.name, flow, was, now, at_old, at_new, users)


def _flow(
    walk: Walk, name: str, flow: str, was: Mapping[str, Any], now: Mapping[str, Any],
    at_old: Path, at_new: Path, users: tuple[str, ...],
) -> None:  # fmt: skip
    for key in _ADDRESSES:
        if was.get(key) != now.get(key):
            _say(walk, "security-scheme-detail-changed", name,
                 f"has another {key} in the flow {flow}: {now.get(key)}, was {was.get(key)}",
                 (*at_old, key), (*at_new, key), *users)  # fmt: skip
    before, after = was.get("scopes") or {}, now.get("scopes") or {}
    for scope in before:
        if scope not in after:
            _say(walk, "security-flow-scope-removed", name, f"does not know the scope {scope} any more",
                 (*at_old, "scopes", scope), (*at_new, "scopes"), *users)  # fmt: skip
        elif before[scope] != after[scope]:
            _say(walk, "description-changed", name, f"describes the scope {scope} differently",
                 (*at_old, "scopes", scope), (*at_new, "scopes", scope), *users)  # fmt: skip
    for scope in after:
        if scope not in before:
            _say(walk, "security-flow-scope-added", name, f"knows the scope {scope} now",
                 (*at_old, "scopes"), (*at_new, "scopes", scope), *users)  # fmt: skip
