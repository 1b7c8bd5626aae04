"""Credentials as the document's security schemes take them: right, wrong, and what of the path follows from them.

A document may have several schemes, and an operation may want several of them at once (AND) or one of several (OR). What
the user gives is by scheme; each operation is shown what the first of its alternatives wants that is given whole. One
value without a scheme's name is for the scheme that most operations name.
"""

from __future__ import annotations

import base64
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final
from urllib.parse import quote

from ringback.contract.traffic import Headers, Request
from ringback.openapi import Operation, SecurityScheme
from ringback.wire import Contract

_UNKNOWN: Final = "someone:something"
Proven = tuple[tuple[SecurityScheme, str], ...]
"""Schemes with what is given for each."""


@dataclass(frozen=True, slots=True)
class Proof:
    """What a request shows: header fields (names in lower case), and fields of its query."""

    headers: Headers = ()
    query: tuple[tuple[str, str], ...] = ()

    def on(self, request: Request) -> Request:
        """A request with these in the place of its own of the same names."""
        if not self.headers and not self.query:
            return request
        ours = {name for name, _ in self.headers}
        kept = tuple(one for one in request.headers if one[0] not in ours)
        target = _with_query(request.target, self.query) if self.query else request.target
        return Request(request.method, target, (*kept, *self.headers), request.body)


@dataclass(frozen=True, slots=True)
class Credentials:
    """What is shown with every request, by the label of its operation where that one wants something of its own.

    `path` are the path values that are filled from it, `secret` what callbacks are signed with.
    """

    usual: Proof = Proof()
    path: tuple[tuple[str, str], ...] = ()
    secret: str | None = None
    given: Mapping[str, str] = field(default_factory=dict)  # by the name of a scheme
    own: Mapping[str, Proof] = field(default_factory=dict)

    def of(self, label: str | None) -> Proof:
        """What an operation is shown."""
        return self.own.get(label, self.usual) if label is not None else self.usual


@dataclass(frozen=True, slots=True)
class Way:
    """Credentials that are tried in the place of the usual ones, and what they are."""

    what: str
    proof: Proof


def credentials(
    contract: Contract, given: str | None, by_scheme: Mapping[str, str] | None = None
) -> Credentials:
    """What the user gives as a document takes it: by the names of schemes, and one value for whichever takes it."""
    named = dict(by_scheme or {})
    usual: Proof | None = None
    if given:
        takers = [one for one in _used(contract) if one.name not in named and _takes(one)]
        if takers:
            named = {takers[0].name: given, **named}
        else:  # the document says nothing: what most servers take
            usual = Proof(
                (("authorization", _basic(given) if ":" in given else f"Bearer {given}"),)
            )
    if not named:
        return Credentials(usual or Proof(), secret=_password(given or ""))
    proven = _proven(contract, named)
    users = [(scheme, value) for scheme, value in proven if _is_basic(scheme)] or proven
    return Credentials(
        usual=_proof(proven) if usual is None else usual,
        path=tuple(pair for scheme, value in users[:1] for pair in _path(contract, scheme, value)),
        secret=next((found for _, value in users if (found := _password(value))), None),
        given=named,
        own=_by_operation(contract, named) if len(named) > 1 else {},
    )


def needs_credentials(operation: Operation) -> bool:
    """Whether an operation may only be used with credentials."""
    return bool(operation.security) and all(operation.security or ())


def schemes(contract: Contract) -> tuple[str, ...]:
    """The names of the schemes that credentials can be given for."""
    return tuple(one.name for one in contract.document.security_schemes if _takes(one))


def wrong(
    contract: Contract, told: Credentials, operation: Operation
) -> tuple[tuple[Way, ...], tuple[Way, ...]]:
    """What an operation must not accept: what is always tried, and what is tried in turn."""
    wanted = _alternative(operation, told.given) or _wanted(contract, operation)
    proven = _proven(contract, {name: told.given.get(name, _UNKNOWN) for name in wanted})
    nothing = Way("no credentials", Proof())
    if len(proven) > 1:
        return (nothing, *_partly(operation, proven)), ()
    if not proven:
        return (nothing,), ()
    scheme, value = proven[0]
    if not _is_basic(scheme):
        return (nothing, Way("wrong credentials", _proof(((scheme, _other(value)),)))), ()
    user, _, password = value.partition(":")
    return (nothing, _basically("a wrong password", _basic(f"{user}:{_other(password)}"))), (
        _basically("an unknown user", _basic(f"{_other(user)}:{password}")),
        _basically("credentials that are no base64", "Basic ?"),
        _basically("a bearer token in place of Basic", "Bearer abc"),
    )


def others(contract: Contract, told: Credentials, operation: Operation) -> Iterator[Way]:
    """Further alternatives of an operation for which everything is given: each is enough by itself, says the document."""
    usual = _alternative(operation, told.given)
    for names in operation.security or ():
        if names and names != usual and _is_given(names, told.given):
            proven = _proven(contract, {name: told.given[name] for name in names})
            yield Way(" and ".join(names), _proof(proven))


def _partly(operation: Operation, proven: Proven) -> Iterator[Way]:
    """Of several that are wanted at once: each left out, and each wrong."""
    for scheme, value in proven:
        rest = tuple(one for one in proven if one[0] is not scheme)
        names = {one.name for one, _ in rest}
        if not any(set(enough) <= names for enough in operation.security or ()):
            yield Way(f"nothing for {scheme.name}", _proof(rest))
            yield Way(f"a wrong {scheme.name}", _proof((*rest, (scheme, _other(value)))))


def _alternative(operation: Operation, given: Mapping[str, str]) -> tuple[str, ...]:
    """The first alternative of an operation for which everything is given; none: ()."""
    return next((one for one in operation.security or () if one and _is_given(one, given)), ())


def _is_given(names: Sequence[str], given: Mapping[str, str]) -> bool:
    return all(name in given for name in names)


def _wanted(contract: Contract, operation: Operation) -> tuple[str, ...]:
    """What an operation wants where nothing is given for it: the scheme of the document that is used most, or its own."""
    named = {name for alternative in operation.security or () for name in alternative}
    return tuple(one.name for one in _used(contract) if one.name in named and _takes(one))[:1]


def _by_operation(contract: Contract, given: Mapping[str, str]) -> dict[str, Proof]:
    found: dict[str, Proof] = {}
    for operation in contract.operations:
        names = _alternative(operation, given)
        if names:
            proven = _proven(contract, {name: given[name] for name in names})
            found[contract.label(operation)] = _proof(proven)
    return found


def _proven(contract: Contract, given: Mapping[str, str]) -> Proven:
    """Schemes with their values, in the order of the names."""
    known = {one.name: one for one in contract.document.security_schemes}
    return tuple((known[name], value) for name, value in given.items() if name in known)


def _used(contract: Contract) -> list[SecurityScheme]:
    """The schemes that operations name, the most used first."""
    count: dict[str, int] = {}
    for operation in contract.operations:
        for alternative in operation.security or ():
            for name in alternative:
                count[name] = count.get(name, 0) + 1
    known = contract.document.security_schemes
    return sorted((one for one in known if one.name in count), key=lambda one: -count[one.name])


# -- on the wire


def _proof(proven: Proven) -> Proof:
    """What is shown for several schemes at once. Of two that want the same field, the first has it."""
    headers: dict[str, str] = {}
    cookies: list[str] = []
    query: dict[str, str] = {}
    for scheme, value in proven:
        if scheme.type != "apiKey":
            headers.setdefault("authorization", _authorization(scheme, value))
        elif scheme.location == "header" and scheme.parameter:
            headers.setdefault(scheme.parameter.lower(), value)
        elif scheme.location == "cookie" and scheme.parameter:
            cookies.append(f"{scheme.parameter}={value}")
        elif scheme.parameter:
            query.setdefault(scheme.parameter, value)
    if cookies:
        headers["cookie"] = "; ".join(cookies)
    return Proof(tuple(headers.items()), tuple(query.items()))


def _takes(scheme: SecurityScheme) -> bool:
    """Whether a value can be shown for a scheme: a certificate cannot."""
    return scheme.type != "mutualTLS" and (scheme.type != "apiKey" or bool(scheme.parameter))


def _authorization(scheme: SecurityScheme, value: str) -> str:
    if _is_basic(scheme):
        return _basic(value)
    word = scheme.scheme if scheme.type == "http" and scheme.scheme else "Bearer"
    return f"{'Bearer' if word.lower() == 'bearer' else word} {value}"


def _is_basic(scheme: SecurityScheme) -> bool:
    return scheme.type == "http" and (scheme.scheme or "").lower() == "basic"


def _basically(what: str, value: str) -> Way:
    return Way(what, Proof((("authorization", value),)))


def _with_query(target: str, fields: Sequence[tuple[str, str]]) -> str:
    path, sign, query = target.partition("?")
    names = {quote(name, safe="") for name, _ in fields}
    kept = [one for one in query.split("&") if sign and one.partition("=")[0] not in names]
    ours = [f"{quote(name, safe='')}={quote(value, safe='')}" for name, value in fields]
    return f"{path}?{'&'.join([*kept, *ours])}"


def _password(value: str) -> str | None:
    return value.partition(":")[2] or None


# -- what of the path follows from them


def _path(contract: Contract, scheme: SecurityScheme, given: str) -> Iterator[tuple[str, str]]:
    """Path parameters that the user name fills: as `x-ringback-credential` says, or else as their pattern does."""
    user = given.partition(":")[0]
    told: Any = scheme.extensions.get("x-ringback-credentials")
    pairs = told.get("pairs", ()) if isinstance(told, Mapping) else ()
    names = {pair.get("username") for pair in pairs if isinstance(pair, Mapping)}
    said = False
    for operation in contract.operations:
        for parameter in operation.parameters:
            filled = parameter.extensions.get("x-ringback-credential")
            if parameter.location != "path" or filled is None:
                continue
            said = True
            if names and filled not in names:
                continue
            if parameter.schema is None or contract.is_valid(parameter.schema, user, reply=False):
                yield parameter.name, user
    if not said:
        yield from _leading(contract, user)


def _leading(contract: Contract, user: str) -> Iterator[tuple[str, str]]:
    """What a document leaves unsaid: a path that begins with whose it is, in the form that user names have.

    Only a pattern that the user name keeps to says so; a name or a number would fit anywhere.
    """
    for operation in contract.operations:
        first = re.search(r"\{([^{}]+)\}", operation.template)
        for one in operation.parameters:
            if one.location != "path" or one.schema is None or first is None:
                continue
            if (
                one.name == first[1]
                and one.schema.pattern
                and contract.is_valid(one.schema, user, reply=False)
            ):
                yield one.name, user


def _other(text: str) -> str:
    """Another text of the same form, whatever it is: its last letter or digit is changed."""
    for index in range(len(text) - 1, -1, -1):
        if text[index].isalnum():
            changed = "b" if text[index] == "a" else "a" if text[index].isalpha() else "7"
            changed = "8" if changed == text[index] else changed
            return text[:index] + changed + text[index + 1 :]
    return text + "x"


def _basic(given: str) -> str:
    return "Basic " + base64.b64encode(given.encode()).decode()
