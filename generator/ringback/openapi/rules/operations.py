"""Operations: their names, their paths, their parameters."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, Final

from ringback.openapi.reader import IGNORED_HEADERS
from ringback.openapi.survey import METHODS
from ringback.source import Diagnostic, Path

from .finding import Context

_VARIABLE: Final = re.compile(r"\{([^{}/]+)\}")


def duplicate_operation_id(context: Context) -> Iterator[Diagnostic]:
    """An operationId names one operation, in paths, webhooks and callbacks together."""
    named: dict[str, list[Path]] = {}
    for path, node in context.survey.of("operation"):
        if isinstance(node.get("operationId"), str):
            named.setdefault(node["operationId"], []).append((*path, "operationId"))
    for name, places in named.items():
        if len(places) == 1:
            continue  # places cost a walk through the text: only where there is something to say
        first, *others = sorted(places, key=context.tree.locate)
        for place in others:
            message = f"the operationId {name!r} is taken: {context.where(first)}"
            hint = "give each operation a name of its own"
            yield context.warning(place, "duplicate-operation-id", message, hint)


def path_template(context: Context) -> Iterator[Diagnostic]:
    """A path begins with a slash, and its braces enclose names."""
    for template in context.tree.root.get("paths") or {}:
        if template.startswith("x-"):
            continue
        path = ("paths", template)
        if not template.startswith("/"):
            yield context.error(
                path,
                "path-template",
                f"the path {template!r} does not begin with a slash",
                key=True,
            )
        elif set(_VARIABLE.sub("", template)) & set("{}"):
            message = f"the braces in {template!r} enclose no name"
            yield context.error(
                path, "path-template", message, "a variable is {name}, inside one segment", key=True
            )
        names = _VARIABLE.findall(template)
        for name in sorted({name for name in names if names.count(name) > 1}):
            message = f"{{{name}}} stands twice in {template!r}"
            yield context.error(path, "path-template", message, key=True)


def path_parameters(context: Context) -> Iterator[Diagnostic]:
    """Every variable of a path is a parameter of every operation on it, and is read as text where it is none.

    Other path parameters are left out.
    """
    for path, name in missing_path_parameters(context):
        message = f"the path has {{{name}}}, and this operation has no path parameter {name!r}"
        hint = "it is read as text; add a parameter with in: path and required: true"
        yield context.warning(path, "path-parameter", message, hint)
    for _, template, found in _path_parameters(context):
        for name in sorted(found.keys() - set(_VARIABLE.findall(template))):
            message = f"the path parameter {name!r} does not stand in {template!r}"
            hint = "it is left out; add it to the path, or remove it"
            yield context.warning(found[name], "path-parameter", message, hint)


def missing_path_parameters(context: Context) -> list[tuple[Path, str]]:
    """The variables of paths that an operation has no parameter for: its place, and the variable."""
    return [
        (path, name)
        for path, template, found in _path_parameters(context)
        for name in dict.fromkeys(_VARIABLE.findall(template))
        if name not in found
    ]


def _path_parameters(context: Context) -> Iterator[tuple[Path, str, dict[str, Path]]]:
    """The operations under `paths`, each with its template and the places of its path parameters."""
    for template, item in (context.tree.root.get("paths") or {}).items():
        if template.startswith("x-") or not isinstance(item, dict):
            continue
        for path, shared in _operations(context, ("paths", template)):
            own = list(context.listed((*path, "parameters")))
            yield path, template, {
                node["name"]: place for place, node in [*shared, *own] if node.get("in") == "path"
            }


def duplicate_path(context: Context) -> Iterator[Diagnostic]:
    """No two paths are the same but for the names of their variables.

    Where they have no method in common every request still belongs to one of them.
    """
    first: dict[str, str] = {}
    for template in context.tree.root.get("paths") or {}:
        form = _VARIABLE.sub("{}", template)
        if form in first and not template.startswith("x-"):
            other = first[form]
            message = (
                f"{template!r} is the same path as {other!r}: {context.where(('paths', other))}"
            )
            shared = _methods_of(context, template) & _methods_of(context, other)
            say = context.error if shared else context.warning
            yield say(("paths", template), "duplicate-path", message, key=True)
        first.setdefault(form, template)


def _methods_of(context: Context, template: str) -> set[str | int]:
    return {path[-1] for path, _ in _operations(context, ("paths", template))}


def duplicate_parameter(context: Context) -> Iterator[Diagnostic]:
    """A list of parameters has one for each name and location."""
    for kind in ("operation", "path-item"):
        for path, _ in context.survey.of(kind):
            first: dict[tuple[str, str], Path] = {}
            for place, node in context.listed((*path, "parameters")):
                name = (str(node.get("name")), str(node.get("in")))
                if name in first:
                    message = f"the {name[1]} parameter {name[0]!r} is listed twice: {context.where(first[name])}"
                    yield context.error(place, "duplicate-parameter", message)
                first.setdefault(name, place)


def ignored_header(context: Context) -> Iterator[Diagnostic]:
    """Header parameters that OpenAPI says are to be ignored."""
    for path, node in context.survey.of("parameter"):
        if node.get("in") == "header" and str(node.get("name")).lower() in IGNORED_HEADERS:
            message = f"OpenAPI ignores a header parameter named {node['name']!r}"
            hint = "content types stand under content, credentials under security"
            yield context.warning(path, "ignored-header", message, hint)


def _operations(context: Context, path: Path) -> Iterator[tuple[Path, list[tuple[Path, Any]]]]:
    """The operations of a path item, references followed, with the parameters that all of them share."""
    found = context.resolved(path)
    layers = [path] if found is None or found[0] == path else [path, found[0]]
    shared = [one for layer in layers for one in context.listed((*layer, "parameters"))]
    for layer in layers:
        node = context.tree.at(layer)
        places = [(*layer, method) for method in METHODS if isinstance(node.get(method), dict)]
        places += [
            (*layer, "additionalOperations", method)
            for method in node.get("additionalOperations") or ()
        ]
        for place in places:
            yield place, shared
