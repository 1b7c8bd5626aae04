"""Credentials from the command line and the environment: one value for whichever scheme takes it, or values by the names of schemes."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

AUTH: Final = "RINGBACK_TEST_AUTH"
_NAMED: Final = re.compile(r"([A-Za-z0-9._-]+)=(.*)", re.DOTALL)


class AuthError(Exception):
    """The credentials cannot be meant so; the sentence says why."""


@dataclass(frozen=True, slots=True)
class Given:
    """`usual` is for the scheme that most operations name, `schemes` by name."""

    usual: str | None = None
    schemes: Mapping[str, str] = field(default_factory=dict)

    @property
    def secrets(self) -> tuple[str, ...]:
        """What of them must not be shown: passwords, or all where there is no user."""
        every = (self.usual or "", *self.schemes.values())
        return tuple(found for one in every if (found := _secret(one)))


def given(texts: Sequence[str], known: Sequence[str], environment: Mapping[str, str]) -> Given:
    """What `--auth` (each time) and the environment say; `known` are the document's schemes. Raises AuthError.

    The command line counts before the environment.
    """
    usual: list[str] = []
    schemes: dict[str, str] = {}
    for text in texts:
        named = _NAMED.fullmatch(text)
        if named is None or named[1] not in known:
            if named is not None:
                _mistaken(named[1], known)
            usual.append(text)
        elif not named[2]:
            raise AuthError(f"--auth {named[1]}= has no value")
        elif named[1] in schemes:
            raise AuthError(f"--auth {named[1]}= was given twice")
        else:
            schemes[named[1]] = named[2]
    if len(usual) > 1:
        raise AuthError(
            f"--auth was given {len(usual)} times without the name of a scheme: write SCHEME=VALUE, with {_list(known)}"
        )
    for name in known:
        found = environment.get(variable(name))
        if found and name not in schemes:
            schemes[name] = found
    return Given(usual[0] if usual else environment.get(AUTH) or None, schemes)


def variable(scheme: str) -> str:
    """The variable of the environment that has the credentials of a scheme: RINGBACK_TEST_AUTH_API_KEY of "api-key"."""
    return f"{AUTH}_{re.sub('[^A-Za-z0-9]', '_', scheme).upper()}"


def _mistaken(name: str, known: Sequence[str]) -> None:
    """Raises AuthError where a name is nearly that of a scheme: else it is part of a token."""
    close = difflib.get_close_matches(name.lower(), [one.lower() for one in known], 1, 0.75)
    if close:
        meant = next(one for one in known if one.lower() == close[0])
        raise AuthError(
            f"--auth {name}=: the document has no such security scheme; did you mean {meant}="
        )


def _list(known: Iterable[str]) -> str:
    return ", ".join(known) or "a scheme of the document, which has none"


def _secret(value: str) -> str:
    user, sign, password = value.partition(":")
    return password if sign and password else user
