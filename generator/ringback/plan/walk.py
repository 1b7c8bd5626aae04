"""Every schema that the document uses, with what it is called where it is used.

Names of types are decided from all the places at once, so that the order of the document does not matter.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from ringback.openapi import Document, Operation, Schema
from ringback.plan import names
from ringback.plan.merging import children
from ringback.plan.shapes import others_of

_VERBS = frozenset(
    {"list", "get", "fetch", "create", "add", "make", "post", "delete", "remove", "read", "search"}
)
_SUFFIXES = ("Request", "Response", "Body", "List", "Payload")


class Use(NamedTuple):
    """A schema at one place: its name there, what owns it (words of a resource), and how much the place says.

    `type_name` is what a struct that stands here would be called.
    """

    schema: Schema
    name: str
    owner: str
    weight: int
    type_name: str


def uses(document: Document) -> list[Use]:
    """All uses, each schema's children once. Sorted, since the first use of a schema names what is inside it."""
    walker = _Walker()
    for name, schema in sorted(document.schemas, key=_first):
        walker.visit(Use(schema, name, "", 1, _explicit(schema) or names.camel(name)))
    for operation in sorted(document.operations, key=lambda one: (one.template, one.method)):
        walker.operation(operation, operation_words(operation))
    for webhook in sorted(document.webhooks, key=lambda one: one.name):
        for operation in sorted(webhook.operations, key=lambda one: one.method):
            walker.operation(operation, webhook.name, "Payload")
    return walker.found


def _first(pair: tuple[str, Schema]) -> str:
    return pair[0]


def operation_words(operation: Operation) -> str:
    """What an operation is called: its operationId, or its method and path."""
    return operation.operation_id or f"{operation.method.lower()} {operation.template}"


def owner_of(text: str) -> str:
    """The resource that an operation or a request is about: `listCalls` and `CreateCallRequest` are about a Call."""
    for suffix in _SUFFIXES:
        if text.endswith(suffix) and len(text) > len(suffix):
            text = text[: -len(suffix)]
    parts = names.words(text)
    if len(parts) > 1 and parts[0] in _VERBS:
        parts = parts[1:]
    return " ".join([*parts[:-1], names.singular(parts[-1])]) if parts else ""


def _explicit(schema: Schema) -> str:
    given = schema.extensions.get("x-ringback-name")
    return names.camel(given) if isinstance(given, str) else ""


class _Walker:
    def __init__(self) -> None:
        self.found: list[Use] = []
        self._seen: set[int] = set()

    def operation(self, operation: Operation, words: str, suffix: str = "Request") -> None:
        owner = owner_of(words)
        for parameter in operation.parameters:
            if parameter.schema is not None:
                weight = 100 if parameter.location == "path" else 2
                self.visit(self._use(parameter.schema, parameter.name, owner, weight))
        for media in operation.body.content if operation.body else ():
            for header in (one for encoding in media.encodings for one in encoding.headers):
                if header.schema is not None:
                    self.visit(self._use(header.schema, header.name, owner, 1))
            if media.schema is not None:
                kind = _explicit(media.schema) or names.camel(words) + suffix
                self.visit(Use(media.schema, words, "", 1, kind))
        for response in sorted(operation.responses, key=lambda one: one.status):
            for header in response.headers:
                if header.schema is not None:
                    self.visit(self._use(header.schema, header.name, owner, 1))
            for media in response.content:
                if media.schema is not None:
                    status = "" if response.status[:1] == "2" else response.status.capitalize()
                    kind = _explicit(media.schema) or names.camel(words) + "Body" + status
                    self.visit(Use(media.schema, words, "", 1, kind))

    def _use(self, schema: Schema, name: str, owner: str, weight: int) -> Use:
        words = names.words(name)
        prefix = owner.split()
        text = name if words[: len(prefix)] == prefix else f"{owner} {name}"
        return Use(schema, name, owner, weight, _explicit(schema) or names.camel(text))

    def visit(self, use: Use) -> None:
        """Note a use, and everything below its schema; a loop, so that deep documents do not exhaust the stack."""
        stack = [use]
        while stack:
            one = stack.pop()
            self.found.append(one)
            if id(one.schema) in self._seen:
                continue
            self._seen.add(id(one.schema))
            stack.extend(reversed([*self._children(one)]))

    def _children(self, use: Use) -> Iterator[Use]:
        schema = use.schema
        if not children(schema):
            return  # most are plain values: no need to think of words for what is inside
        owner = owner_of(schema.name or use.type_name)
        here = use.type_name  # a component's parts are called after it, wherever it is met first
        if schema.name:
            here = _explicit(schema) or names.camel(schema.name)
        for name, child in sorted(schema.properties, key=_first):
            explicit = _explicit(child)
            kind = explicit or here + names.camel(name)
            yield Use(child, name, owner, 3 if schema.name else 2, kind)
        if schema.items is not None:
            item = _explicit(schema.items) or _item_name(here)
            yield Use(schema.items, names.singular(use.name), use.owner, use.weight, item)
        rest = others_of(schema)
        if isinstance(rest, Schema):
            yield Use(rest, "value", owner, 1, here + "Value")
        for _, child in sorted(schema.pattern_properties, key=_first):
            yield Use(child, "value", owner, 1, here + "Value")
        for index, part in enumerate(schema.prefix_items, 1):
            yield Use(part, use.name, use.owner, use.weight, f"{here}Item{index}")
        for index, part in enumerate((*schema.all_of, *schema.one_of, *schema.any_of), 1):
            kind = _explicit(part) or f"{here}{_variant_name(part, index)}"
            yield Use(part, use.name, use.owner, use.weight, kind)


def _variant_name(part: Schema, index: int) -> str:
    """What a variant adds to its union's name: the title of one that has no name, or a number."""
    title = names.camel(part.title) if part.title and names.words(part.title) else ""
    return title if 0 < len(title) <= 40 else f"Variant{index}"


def _item_name(name: str) -> str:
    one = names.singular(name)
    return one if one != name else name + "Item"
