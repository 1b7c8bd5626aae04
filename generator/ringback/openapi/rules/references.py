"""References: that they lead somewhere, to the right kind of object, and not in circles."""

from __future__ import annotations

from collections.abc import Iterator
from difflib import get_close_matches
from typing import Final

from ringback.openapi.refs import External, Unresolved, at
from ringback.source import Diagnostic, pointer_of

from .finding import Context

_HARMLESS: Final = ("$ref", "description", "summary", "title", "example", "examples", "deprecated", "default",
                    "readOnly", "writeOnly", "externalDocs", "xml")  # fmt: skip


def reference_target(context: Context) -> Iterator[Diagnostic]:
    """A reference names something that there is, in this file or in one that may be read."""
    for reference in context.survey.references:
        path, error = (*reference.path, "$ref"), reference.fault
        # Nothing is generated from what only explains.
        say = context.warning if reference.kind in ("link", "example") else context.error
        if isinstance(error, External):
            yield say(path, "external-ref", str(error), error.hint)
        elif error is not None:
            message = f"{reference.text} names nothing: {error}"
            yield say(path, "unresolved-ref", message, _similar(context, reference.text))


def dynamic_reference(context: Context) -> Iterator[Diagnostic]:
    """A `$dynamicRef` names a schema of this document; one that does not allows anything."""
    for path, node in context.survey.of("schema"):
        text = node.get("$dynamicRef")
        if not isinstance(text, str):
            continue
        place = (*path, "$dynamicRef")
        try:
            context.survey.resolver.target(text, path)
        except External as error:
            yield context.error(place, "external-ref", str(error), error.hint)
        except Unresolved as error:
            message = f"{text} names nothing: {error}"
            yield context.warning(place, "unresolved-ref", message, "it is read as anything")


def reference_cycle(context: Context) -> Iterator[Diagnostic]:
    """A chain of references ends at something that is no reference."""
    old = context.version == "3.0"
    for reference in context.survey.references:
        node = at(context.tree.root, reference.path)
        if reference.kind == "schema" and len(node) > 1 and not old:
            continue  # a schema of its own, that says more than the reference
        if reference.target is None:
            continue
        try:
            context.survey.resolver.final(reference.path)
        except Unresolved as error:
            if "circle" in str(error):
                message = f"{reference.text} leads back to itself"
                yield context.error(
                    (*reference.path, "$ref"),
                    "ref-cycle",
                    message,
                    "let one of them say what it is",
                )


def reference_kind(context: Context) -> Iterator[Diagnostic]:
    """A reference names the kind of object that belongs where it stands."""
    for reference in context.survey.references:
        if reference.target is None:
            continue
        node = at(context.tree.root, reference.target)
        found = context.survey.kinds.get(id(node), _described(node))
        if found != reference.kind and not (isinstance(node, bool) and reference.kind == "schema"):
            message = f"{reference.text} is a {found}, and a {reference.kind} belongs here"
            # A parameter has everything that a header has, so it can be read as one.
            say = (
                context.warning
                if (found, reference.kind) == ("parameter", "header")
                else context.error
            )
            yield say((*reference.path, "$ref"), "ref-kind", message)


def reference_sibling(context: Context) -> Iterator[Diagnostic]:
    """OpenAPI 3.0 ignores what stands beside a `$ref`; where that would have changed the meaning, it is said."""
    if context.version != "3.0":
        return
    for reference in context.survey.references:
        if reference.kind != "schema":
            continue
        for key in at(context.tree.root, reference.path):
            if key not in _HARMLESS and not key.startswith("x-"):
                message = f"{key} beside $ref counts for nothing in OpenAPI 3.0"
                hint = "put the $ref into an allOf, or say openapi: 3.1.0"
                yield context.warning(
                    (*reference.path, key), "ref-sibling", message, hint, key=True
                )


def _similar(context: Context, text: str) -> str:
    folder, _, name = text.removeprefix("#/").rpartition("/")
    try:
        siblings = at(context.tree.root, tuple(folder.split("/")))
    except (KeyError, IndexError, TypeError):
        return ""
    close = get_close_matches(name, list(siblings), 1) if isinstance(siblings, dict) else []
    return f"did you mean #{pointer_of((*folder.split('/'), close[0]))}?" if close else ""


def _described(node: object) -> str:
    return (
        "object of another kind"
        if isinstance(node, dict)
        else "list" if isinstance(node, list) else "plain value"
    )
