"""What operations, their groups and the classes that are printed for them are called."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence

from ringback.openapi import Document, Operation
from ringback.plan import names
from ringback.plan.ledger import printed
from ringback.plan.walk import operation_words
from ringback.source import pointer_of

_METHOD_RESERVED = frozenset({"mro"}) | names.TYPE_NAMES - {"list", "type", "set"}
_GROUP_RESERVED = frozenset({
    "close", "drifts", "record", "settings", "fetch",  # of the client
    "authenticate", "base_path", "render", "refuse", "check_answers", "max_body", "former_handlers",  # of build_app
})  # fmt: skip

_ROWS_RESERVED = frozenset({
    "BASE_PATH", "BASE_URL", "CREDENTIALS", "DOCUMENT_VERSION", "ERROR_SHAPE", "OPERATIONS", "SCHEMES", "SERVERS",
    "SIGNATURE", "TYPE_CHECKING", "UUID", "WEBHOOKS",
})  # fmt: skip
"""What operations.py has besides its rows."""


def group_of(operation: Operation) -> str:
    """The namespace that an operation belongs to: named by an extension, else its first tag."""
    given = operation.extensions.get("x-ringback-group")
    if isinstance(given, str) and given:
        return given
    return operation.tags[0] if operation.tags else "default"


def unique_names(operations: Sequence[Operation]) -> dict[int, str]:
    """A name in the whole package for each operation: `create_call`."""
    keys = {id(one): f"{one.method} {one.template} {pointer_of(one.path)}" for one in operations}
    wanted = [(keys[id(one)], names.snake(operation_words(one))) for one in operations]
    given = names.assign(wanted, scope="operations")
    return {ident: given[key] for ident, key in keys.items()}


def constant_of(handler: str, others: Collection[str]) -> str:
    """The row of an operation in operations.py: its name in capitals, which nothing else in there has.

    `others` are the types of the document, which are imported there, and the rows of webhooks.
    """
    name = handler.upper()
    while name in _ROWS_RESERVED or name in others:
        name += "_"
    return name


def method_names(operations: Sequence[Operation], group: str) -> dict[int, str]:
    """The names inside a group: `createCall` is `create` in calls, `createCallRecording` is not."""
    keys = {id(one): f"{one.method} {one.template}" for one in operations}
    wanted = [(keys[id(one)], _method_name(one, group)) for one in operations]
    chosen = {keys[id(one)] for one in operations if "x-ringback-name" in one.extensions}
    given = names.assign(wanted, _METHOD_RESERVED, scope=f"methods {group}", chosen=chosen)
    return {ident: given[key] for ident, key in keys.items()}


def group_names(groups_: Iterable[str]) -> dict[str, str]:
    """The attribute of the client for each group."""
    wanted = [(group, names.snake(group)) for group in groups_]
    return names.assign(wanted, _GROUP_RESERVED, scope="groups")


def _method_name(operation: Operation, group: str) -> str:
    explicit = operation.extensions.get("x-ringback-name")
    if isinstance(explicit, str):
        return names.snake(explicit)
    parts = names.words(operation_words(operation))
    noun = names.words(group)
    one = [*noun[:-1], names.singular(noun[-1])] if noun else []
    for tail in (noun, one):
        if tail and len(parts) > len(tail) and parts[-len(tail) :] == tail:
            parts = parts[: -len(tail)]
            break
    return names.snake(" ".join(parts))


def group_classes(noun: str) -> tuple[str, str, str]:
    """The classes of a group: its namespace, its handler, the handler that answers nothing. The suffixes keep them
    apart from the types of the document."""
    api = printed(f"{noun}Api", f"Async{noun}Api")
    return api, printed(f"{noun}Handler"), printed(f"Unimplemented{noun}")


def printed_names(document: Document) -> set[str]:
    """The classes that client and server print: no type of the document may be called so."""
    found: set[str] = set()
    for attribute in group_names({group_of(one) for one in document.operations}).values():
        api, *others = group_classes(names.camel(attribute))
        found |= {api, f"Async{api}", *others}
    hooks = [names.snake(hook.name) for hook in document.webhooks]
    given = unique_names(document.operations)
    for operation in document.operations:
        name = names.camel(given[id(operation)])
        found |= {printed(f"{name}Input"), printed(f"{name}Answer")}
        for response in operation.responses:
            status = printed(name + response.status.capitalize())
            found |= {printed(status + "Headers")} if response.headers else set()
            others = [printed(status + names.camel(one.name)) for one in response.content]
            found |= {status, *others}
    return found | {printed(names.camel(hook) + "Answer") for hook in hooks}
