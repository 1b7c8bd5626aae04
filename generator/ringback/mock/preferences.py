"""`Prefer: code=404, example=name, dynamic=true`, and `?__code=` and `?__example=`: which documented answer somebody wants."""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import parse_qsl, urlencode

from .requests import Request

_PAIR = re.compile(r"\s*([A-Za-z_-]+)\s*=\s*(?:\"([^\"]*)\"|([^,;\"]*))\s*(?:[,;]|\Z)")


@dataclass(frozen=True, slots=True)
class Preference:
    """What is wanted; None is what is not said."""

    code: str | None = None
    example: str | None = None
    dynamic: bool = False

    @property
    def anything(self) -> bool:
        return self.code is not None or self.example is not None or self.dynamic


_NONE = Preference()


def preference(request: Request) -> tuple[Preference, Request]:
    """What a request prefers, and the request without the parameters that said so."""
    header = request.headers.get("prefer")
    if header is None and "__" not in request.query:
        return _NONE, request
    told: dict[str, str] = {}
    for name, quoted, bare in _PAIR.findall(header or ""):
        told.setdefault(name.lower(), quoted or bare.strip())
    kept = []
    for name, value in parse_qsl(request.query, keep_blank_values=True):
        if name in ("__code", "__example", "__dynamic"):
            told[name[2:]] = value
        else:
            kept.append((name, value))
    if "__" in request.query:
        from dataclasses import replace

        request = replace(request, query=urlencode(kept))
    found = Preference(told.get("code"), told.get("example"), told.get("dynamic") == "true")
    return found, request
