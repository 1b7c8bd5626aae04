"""`Prefer: code=404, example=name, dynamic=true, seed=7`, or `?__code=404&…`: which documented answer somebody wants, as Prism reads it."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Final
from urllib.parse import parse_qsl, urlencode

from .requests import Fault, Refused, Request

_PAIR: Final = re.compile(r"\s*([A-Za-z_-]+)\s*=\s*(?:\"([^\"]*)\"|([^,;\"]*))\s*(?:[,;]|\Z)")
_CODE: Final = re.compile(r"[0-9]{3}", re.ASCII)
_IN_QUERY: Final = frozenset(("__code", "__example", "__dynamic", "__seed"))


@dataclass(frozen=True, slots=True)
class Preference:
    """What is wanted; None is what is not said. `seed` decides what is drawn where it is to be `dynamic`."""

    code: int | None = None
    example: str | None = None
    dynamic: bool = False
    seed: str | None = None

    @property
    def anything(self) -> bool:
        return self.code is not None or self.example is not None or self.dynamic


_NONE: Final = Preference()


def preference(request: Request) -> tuple[Preference, Request]:
    """What a request prefers, and the request without the parameters that said so. Raises Refused.

    Where there is a header, the query is not asked.
    """
    header = request.headers.get("prefer")
    if header is None and "__" not in request.query:
        return _NONE, request
    asked: dict[str, str] = {}
    if "__" in request.query:
        pairs = parse_qsl(request.query, keep_blank_values=True)
        asked = {name[2:]: value for name, value in pairs if name in _IN_QUERY}
        kept = [(name, value) for name, value in pairs if name not in _IN_QUERY]
        request = replace(request, query=urlencode(kept))
    if header is not None:
        asked = {}
        for name, quoted, bare in _PAIR.findall(header):
            asked.setdefault(name.lower(), quoted or bare.strip())
    return _read(asked), request


def _read(asked: dict[str, str]) -> Preference:
    code, dynamic = asked.get("code"), asked.get("dynamic", "false")
    if code is not None and _CODE.fullmatch(code) is None:
        raise _unreadable("code", code, "three digits")
    if dynamic not in ("true", "false"):
        raise _unreadable("dynamic", dynamic, "true or false")
    return Preference(
        int(code) if code is not None else None,
        asked.get("example"),
        dynamic == "true",
        asked.get("seed"),
    )


def _unreadable(name: str, given: str, wanted: str) -> Refused:
    message = f"the preferred {name} is {given!r}, wanted {wanted}"
    return Refused("preference", message, (Fault(f"prefer/{name}", message),))
