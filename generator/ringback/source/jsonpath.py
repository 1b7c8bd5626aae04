"""JSONPath (RFC 9535) over plain values, answered as paths.

Most targets of real overlays begin with names: `$.paths['/x'].get.responses[?…]`. The names are walked here and
only the rest is given to the library, which would otherwise visit one segment after the other in Python objects.
The library is imported when a path needs it.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any, Final

from .diagnostic import Path

_STEP: Final = re.compile(
    r"""\.([A-Za-z_\u0080-\ud7ff\ue000-\U0010ffff][\w\u0080-\ud7ff\ue000-\U0010ffff]*)(?![\w(])"""
    r"""|\['([^'\\\x00-\x1f]*)'\]|\["([^"\\\x00-\x1f]*)"\]|\[(0|[1-9][0-9]{0,8})\]""",
    re.ASCII,
)


class BadQuery(ValueError):
    """The text is not a JSONPath query; the message is the library's."""


def find(root: Any, query: str) -> list[Path]:
    """The paths of all nodes that a query selects, each once, in the order of the query. Raises BadQuery."""
    names, rest = _split(query)
    if rest and "$" in rest:  # a filter that looks at the whole document
        names, rest = (), query[1:]
    compiled = _compiled(f"${rest}") if rest else None
    try:
        value = _walk(root, names)
    except LookupError:
        return []
    if compiled is None:
        return [names]
    try:
        nodes = compiled.find(value)
    except Exception as error:  # the library lets its own recursion and type errors out
        raise BadQuery(f"the query cannot be answered: {error}") from None
    return list(dict.fromkeys((*names, *node.location) for node in nodes))


def _walk(value: Any, names: Path) -> Any:
    """The value at a path; LookupError where a name does not fit. A position never names a member."""
    for name in names:
        if isinstance(value, dict) is not isinstance(name, str) or not isinstance(
            value, (dict, list)
        ):
            raise LookupError
        value = value[name]  # type: ignore[index]
    return value


@lru_cache(maxsize=1024)
def _split(query: str) -> tuple[Path, str]:
    """The plain names and positions that a query begins with, and the rest of its text."""
    if not query.startswith("$"):
        raise BadQuery('a query begins with "$"')
    names: list[str | int] = []
    position = 1
    while match := _STEP.match(query, position):
        dotted, single, double, index = match.groups()
        names.append(
            int(index)
            if index
            else next(name for name in (dotted, single, double) if name is not None)
        )
        position = match.end()
    return tuple(names), query[position:]


@lru_cache(maxsize=1024)
def _compiled(query: str) -> Any:
    import jsonpath_rfc9535

    try:
        return jsonpath_rfc9535.compile(query)
    except jsonpath_rfc9535.JSONPathError as error:
        raise BadQuery(str(error).splitlines()[0]) from None
    except (ValueError, RecursionError) as error:
        raise BadQuery(str(error)) from None
