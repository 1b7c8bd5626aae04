"""JSONPath (RFC 9535) over plain values, answered as paths.

The library parses every query that is more than names. Answering it is another matter: an object per visited
node makes each `$..[?…]` cost hundredths of a second, and an overlay has dozens. So what the library parsed is
turned into plain functions here, for the forms that overlays are made of; a query with any other part (slices,
`$` inside a filter, `length()`, …) is answered by the library itself. A test holds both to the same answers.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache
from typing import Any, Final, TypeAlias

from .diagnostic import Path

Node: TypeAlias = tuple[Path, Any]
Step: TypeAlias = Callable[[Iterable[Node]], Iterator[Node]]
Test: TypeAlias = Callable[[Any], bool]

_STEP: Final = re.compile(
    r"""\.([A-Za-z_\u0080-\ud7ff\ue000-\U0010ffff][\w\u0080-\ud7ff\ue000-\U0010ffff]*)(?![\w(])"""
    r"""|\['([^'\\\x00-\x1f]*)'\]|\["([^"\\\x00-\x1f]*)"\]|\[(0|[1-9][0-9]{0,8})\]""",
    re.ASCII,
)
_ABSENT: Final = object()


class BadQuery(ValueError):
    """The text is not a JSONPath query; the message is the library's."""


class _Foreign(Exception):
    """A part of a query that only the library answers."""


def find(root: Any, query: str) -> list[Path]:
    """The paths of all nodes that a query selects, each once, in the order of the query. Raises BadQuery."""
    names = _names(query)
    if names is not None:
        return [] if _value(root, names) is _ABSENT else [names]
    compiled, steps = _compiled(query)
    if steps is None:
        return _by_library(root, compiled)
    nodes: Iterable[Node] = [((), root)]
    for step in steps:
        nodes = step(nodes)
    return list(dict.fromkeys(path for path, _ in nodes))


def reached(root: Any, query: str) -> list[Path]:
    """The last nodes that a query comes to which selects nothing: where it cannot go on."""
    names = _names(query)
    if names is not None:
        end = next(n for n in range(len(names), -1, -1) if _value(root, names[:n]) is not _ABSENT)
        return [names[:end]]
    nodes: list[Node] = [((), root)]
    for step in _compiled(query)[1] or ():
        later = list(step(nodes))
        if not later:
            break
        nodes = later
    return list(dict.fromkeys(path for path, _ in nodes))


def _by_library(root: Any, compiled: Any) -> list[Path]:
    try:
        nodes = compiled.find(root)
    except Exception as error:  # the library lets its own recursion and type errors out
        raise BadQuery(f"the query cannot be answered: {error}") from None
    return list(dict.fromkeys(tuple(node.location) for node in nodes))


@lru_cache(maxsize=1024)
def _names(query: str) -> Path | None:
    """The parts of a query that is nothing but names and positions; None for any other."""
    if not query.startswith("$"):
        raise BadQuery('a query begins with "$"')
    names: list[str | int] = []
    position = 1
    while match := _STEP.match(query, position):
        names.append(next(name for name in match.groups() if name is not None))
        if match.lastindex == 4:
            names[-1] = int(names[-1])
        position = match.end()
    return tuple(names) if position == len(query) else None


@lru_cache(maxsize=1024)
def _compiled(query: str) -> tuple[Any, tuple[Step, ...] | None]:
    """What the library makes of a query, and our own functions for it where they suffice."""
    import jsonpath_rfc9535

    try:
        compiled = jsonpath_rfc9535.compile(query)
    except (jsonpath_rfc9535.JSONPathError, ValueError, RecursionError) as error:
        raise BadQuery((str(error) or type(error).__name__).splitlines()[0]) from None
    try:
        return compiled, tuple(_step(segment) for segment in compiled.segments)
    except _Foreign:
        return compiled, None


def _step(segment: Any) -> Step:
    """One segment as a function from nodes to nodes."""
    selectors = [_selector(selector) for selector in segment.selectors]
    descend = _is(segment, "JSONPathRecursiveDescentSegment")
    if not descend and not _is(segment, "JSONPathChildSegment"):
        raise _Foreign

    def step(nodes: Iterable[Node]) -> Iterator[Node]:
        for node in nodes:
            for path, value in _below(node) if descend else (node,):
                for select in selectors:
                    yield from select(path, value)

    return step


def _below(node: Node) -> Iterator[Node]:
    """A node and all containers below it, each before what is inside."""
    path, value = node
    yield node
    for part, inner in _children(value):
        if isinstance(inner, (dict, list)):
            yield from _below(((*path, part), inner))


def _children(value: Any) -> Iterable[tuple[str | int, Any]]:
    if isinstance(value, dict):
        return value.items()
    return enumerate(value) if isinstance(value, list) else ()


def _selector(selector: Any) -> Callable[[Path, Any], Iterator[Node]]:
    if _is(selector, "NameSelector", "IndexSelector"):
        return _one(_part(selector))
    if _is(selector, "WildcardSelector"):
        return _every(lambda _: True)
    if _is(selector, "FilterSelector"):
        return _every(_test(selector.expression.expression))
    raise _Foreign


def _one(part: str | int) -> Callable[[Path, Any], Iterator[Node]]:
    def select(path: Path, value: Any) -> Iterator[Node]:
        inner = _value(value, (part,))
        if inner is not _ABSENT:
            yield (*path, part), inner

    return select


def _every(test: Test) -> Callable[[Path, Any], Iterator[Node]]:
    def select(path: Path, value: Any) -> Iterator[Node]:
        for part, inner in _children(value):
            if test(inner):
                yield (*path, part), inner

    return select


def _test(expression: Any) -> Test:
    """The condition of a filter as a function of the value that is `@`."""
    if _is(expression, "LogicalExpression"):
        left, right = _test(expression.left), _test(expression.right)
        if expression.operator == "&&":
            return lambda value: left(value) and right(value)
        return lambda value: left(value) or right(value)
    if _is(expression, "PrefixExpression"):
        inner = _test(expression.right)
        return lambda value: not inner(value)
    if _is(expression, "RelativeFilterQuery"):
        names = _relative(expression)
        if not names:
            raise _Foreign
        return lambda value: _value(value, names) is not _ABSENT
    if _is(expression, "ComparisonExpression"):
        return _comparison(expression)
    if _is(expression, "FunctionExtension"):
        return _function(expression)
    raise _Foreign


def _comparison(expression: Any) -> Test:
    """`@.name == 'text'` and `!=`; other comparisons have rules better left to the library."""
    if expression.operator not in ("==", "!=") or not _is(expression.right, "StringLiteral"):
        raise _Foreign
    names, wanted = _relative(expression.left), expression.right.value
    if expression.operator == "==":
        return lambda value: bool(_value(value, names) == wanted)
    return lambda value: bool(_value(value, names) != wanted)


def _function(expression: Any) -> Test:
    """`match(@.name, 'pattern')` and `search`, by the library's own functions."""
    if expression.name not in ("match", "search") or not _is(expression.args[1], "StringLiteral"):
        raise _Foreign
    import jsonpath_rfc9535

    function = jsonpath_rfc9535.JSONPathEnvironment().function_extensions[expression.name]
    names, pattern = _relative(expression.args[0]), expression.args[1].value

    def test(value: Any) -> bool:
        found = _value(value, names)
        return isinstance(found, str) and bool(function(found, pattern))

    return test


def _relative(expression: Any) -> Path:
    """The names of a query like `@.a['b'][0]`."""
    if not _is(expression, "RelativeFilterQuery"):
        raise _Foreign
    names = []
    for segment in expression.query.segments:
        if not _is(segment, "JSONPathChildSegment") or len(segment.selectors) != 1:
            raise _Foreign
        names.append(_part(segment.selectors[0]))
    return tuple(names)


def _part(selector: Any) -> str | int:
    if _is(selector, "NameSelector"):
        return str(selector.name)
    if _is(selector, "IndexSelector") and selector.index >= 0:
        return int(selector.index)
    raise _Foreign


def _value(value: Any, names: Path) -> Any:
    """The value at a path, _ABSENT where nothing stands there. A position never names a member."""
    for name in names:
        if isinstance(value, dict):
            value = value.get(name, _ABSENT)
        elif isinstance(value, list) and isinstance(name, int) and name < len(value):
            value = value[name]
        else:
            return _ABSENT
    return value


def _is(thing: Any, *names: str) -> bool:
    return type(thing).__name__ in names
