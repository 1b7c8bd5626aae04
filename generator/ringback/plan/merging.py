"""The document's schemas as Python can have them: one shape each, and one direction each.

JSON Schema composes by conjunction: `allOf`, and any keyword beside any other. A Python type is one thing. So every schema
is copied into a form that later modules read plainly:

    allOf                        merged into one schema; what only describes its one part stays a name for it
    properties beside oneOf      moved into each variant
    a parent with discriminator  the union of itself and of all that are made from it with `allOf`, wherever it is used
    readOnly, writeOnly          two schemas where both directions use one: the answer's, and the request's (`…Input`)

Copies keep `path`, so that findings name the place in the document. The document itself is left as it is.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, fields, replace
from typing import Any, Literal

from ringback.openapi import (
    Callback,
    Discriminator,
    Document,
    MediaType,
    Operation,
    Parameter,
    RequestBody,
    Response,
    Schema,
    Webhook,
)
from ringback.plan.conjunction import Conflict, Conjunction, flattened, is_alias, parts_of
from ringback.plan.shapes import only_asks
from ringback.source import Path

Way = Literal["read", "write"]
FILE = "x-ringback-file"
"""The format that the files of a multipart body get here."""
_FIELDS = tuple(field.name for field in fields(Schema))


@dataclass(frozen=True, slots=True)
class Merged:
    """The document with merged schemas, and what could not be merged: schema and sentence."""

    document: Document
    conflicts: tuple[Conflict, ...]


def merged(document: Document) -> Merged:
    """The same document with schemas in the form above."""
    merger = _Merger(document)
    result = merger.document()
    return Merged(result, tuple(merger.conjunction.conflicts))


def children(schema: Schema) -> list[Schema]:
    """Every schema that stands directly inside another."""
    found = [child for _, child in schema.properties]
    for named in (schema.pattern_properties, schema.dependent_schemas):
        found += [child for _, child in named]
    for one in (
        schema.items, schema.not_, schema.contains, schema.content_schema, schema.property_names,
        schema.additional_properties, schema.unevaluated_properties,
    ):  # fmt: skip
        if isinstance(one, Schema):
            found.append(one)
    for several in (schema.prefix_items, schema.all_of, schema.one_of, schema.any_of):
        found += several
    if schema.discriminator is not None:
        found += [target for _, target in schema.discriminator.mapping]
    return found


def _reachable(roots: Iterable[Schema]) -> dict[int, tuple[Schema, list[Schema]]]:
    """These schemas and all inside of them, each with those that stand directly in it; by identity."""
    found: dict[int, tuple[Schema, list[Schema]]] = {}
    stack = list(roots)
    while stack:
        schema = stack.pop()
        if id(schema) not in found:
            inside = children(schema)
            found[id(schema)] = schema, inside
            stack.extend(inside)
    return found


def _parents(schemas: dict[int, tuple[Schema, list[Schema]]]) -> dict[int, list[int]]:
    """Which schemas each one stands directly inside of."""
    parents: dict[int, list[int]] = {}
    for ident, (_, inside) in schemas.items():
        for child in inside:
            parents.setdefault(id(child), []).append(ident)
    return parents


def _with_all_above(idents: Iterable[int], parents: dict[int, list[int]]) -> set[int]:
    """These schemas, and all that they are somewhere inside of."""
    found: set[int] = set()
    left = list(idents)
    while left:
        ident = left.pop()
        if ident not in found:
            found.add(ident)
            left.extend(parents.get(ident, ()))
    return found


def _has_ways(schema: Schema) -> bool:
    """Whether a property is readOnly or writeOnly."""
    return any(child.read_only or child.write_only for _, child in schema.properties)


def _is_composed(schema: Schema) -> bool:
    """Whether the form above may be another one than the schema's own, whatever is inside it."""
    if schema.all_of or schema.discriminator is not None:
        return True
    return bool(schema.one_of or schema.any_of) and _asks_more(
        schema.properties, schema.required, schema.additional_properties
    )


def _media(content: Iterable[MediaType]) -> Iterator[Schema]:
    for media in content:
        for schema in (media.schema, media.item_schema):
            if schema is not None:
                yield schema


class _Roots:
    """The schemas that a document's operations begin with, by direction."""

    def __init__(self, document: Document) -> None:
        self.read: list[Schema] = []
        self.write: list[Schema] = []
        for operation in document.operations:
            self._operation(operation, self.write, self.read)
            for callback in operation.callbacks:
                for inner in callback.operations:
                    self._operation(inner, self.read, self.write)
        for webhook in document.webhooks:
            for operation in webhook.operations:
                self._operation(operation, self.read, self.write)

    @staticmethod
    def _operation(operation: Operation, sent: list[Schema], answered: list[Schema]) -> None:
        sent.extend(one.schema for one in operation.parameters if one.schema is not None)
        sent.extend(_media(operation.body.content if operation.body else ()))
        for response in operation.responses:
            answered.extend(_media(response.content))
            answered.extend(one.schema for one in response.headers if one.schema is not None)


class _Merger:
    def __init__(self, document: Document) -> None:
        self._document = document
        self.conjunction = Conjunction(document.tree.library.limits)
        roots = _Roots(document)
        components = [schema for _, schema in document.schemas]
        every = _reachable([*components, *roots.read, *roots.write])
        parents = _parents(every)
        self._split = _with_all_above(
            (ident for ident, (one, _) in every.items() if _has_ways(one)), parents
        )
        self._read = _reachable(roots.read) if self._split else {}
        self._write = _reachable(roots.write) if self._split else {}
        self._heirs = _heirs(document)
        composed = [ident for ident, (one, _) in every.items() if _is_composed(one)]
        self._own = every.keys() - _with_all_above((*composed, *self._heirs, *self._split), parents)
        self._made: dict[tuple[int, str], Schema] = {}
        self._queue: list[tuple[Schema, Schema, Way]] = []
        self._joints: list[Schema] = []  # made here, and kept, so that their ids stay their own
        self._families: dict[int, Schema] = {}
        self._is_family: set[int] = set()

    # -- the document around the schemas

    def document(self) -> Document:
        document = replace(
            self._document,
            operations=tuple(self._operation(one, "write") for one in self._document.operations),
            webhooks=tuple(self._webhook(one) for one in self._document.webhooks),
            schemas=tuple(self._components()),
        )
        self._finish()
        return document

    def _components(self) -> Iterator[tuple[str, Schema]]:
        for name, schema in self._document.schemas:
            both = id(schema) in self._read and id(schema) in self._write
            only_written = id(schema) in self._write and not both
            yield name, self._copy(schema, "write" if only_written else "read")
            if both and id(schema) in self._split:
                yield name + "Input", self._copy(schema, "write")

    def _webhook(self, webhook: Webhook) -> Webhook:
        return replace(
            webhook, operations=tuple(self._operation(one, "read") for one in webhook.operations)
        )

    def _operation(self, operation: Operation, sent: Way) -> Operation:
        answered: Way = "read" if sent == "write" else "write"
        body = operation.body
        return replace(
            operation,
            parameters=tuple(self._parameter(one, sent) for one in operation.parameters),
            body=self._body(body, sent) if body is not None else None,
            responses=tuple(self._response(one, answered) for one in operation.responses),
            callbacks=tuple(self._callback(one, answered) for one in operation.callbacks),
        )

    def _callback(self, callback: Callback, sent: Way) -> Callback:
        return replace(
            callback, operations=tuple(self._operation(one, sent) for one in callback.operations)
        )

    def _body(self, body: RequestBody, way: Way) -> RequestBody:
        return replace(body, content=tuple(self._media_type(one, way) for one in body.content))

    def _response(self, response: Response, way: Way) -> Response:
        return replace(
            response,
            headers=tuple(self._parameter(one, way) for one in response.headers),
            content=tuple(self._media_type(one, way) for one in response.content),
        )

    def _media_type(self, media: MediaType, way: Way) -> MediaType:
        schema = media.schema
        if schema is not None and media.name.startswith("multipart/"):
            schema = self._parted(schema, media)
        return replace(
            media,
            schema=self._used(schema, way) if schema is not None else None,
            item_schema=self._used(media.item_schema, way) if media.item_schema else None,
            encodings=tuple(
                replace(one, headers=tuple(self._parameter(two, way) for two in one.headers))
                for one in media.encodings
            ),
        )

    def _parted(self, schema: Schema, media: MediaType) -> Schema:
        """A multipart body: an object of its own, whose binary properties are files."""
        target = _target(schema)
        values = (
            self.conjunction.of(target)
            if target.all_of
            else {name: getattr(target, name) for name in _FIELDS}
        )
        types = {one.name: one.content_types for one in media.encodings}
        properties = tuple(
            (name, _filed(child, types.get(name, ()))) for name, child in values["properties"]
        )
        made = Schema(**{**values, "name": None, "properties": properties})
        self._joints.append(made)
        if self._is_split(target) or any(self._is_split(one) for _, one in properties):
            self._split.add(id(made))
        return made

    def _parameter(self, parameter: Parameter, way: Way) -> Parameter:
        if parameter.schema is None:
            return parameter
        return replace(parameter, schema=self._used(parameter.schema, way))

    # -- schemas

    def _used(self, schema: Schema, way: Way) -> Schema:
        """The copy of a schema where it is used: of a parent with heirs, the union of them all."""
        if id(schema) in self._heirs:
            schema = self._family(schema)
        return self._copy(schema, way)

    def _family(self, parent: Schema) -> Schema:
        if id(parent) not in self._families:
            heirs = self._heirs[id(parent)]
            assert parent.discriminator is not None
            name = f"Any{(parent.name or 'Object')[:1].upper()}{(parent.name or 'Object')[1:]}"
            family = Schema(
                path=parent.path,
                raw=parent.raw,
                one_of=(*heirs, parent),
                nullable=parent.nullable,
                discriminator=parent.discriminator,
                description=parent.description,
                extensions={"x-ringback-name": name},
            )
            self._families[id(parent)] = family
            self._is_family.add(id(family))
        return self._families[id(parent)]

    def _copy(self, schema: Schema, way: Way) -> Schema:
        """The form above; a schema that has it, down to everything inside, is its own."""
        if id(schema) in self._own:
            return schema
        split = self._is_split(schema)
        key = id(schema), way if split else ""
        made = self._made.get(key)
        if made is None:
            made = self._made[key] = Schema.__new__(Schema)
            self._queue.append((made, schema, way))
        return made

    def _is_split(self, schema: Schema) -> bool:
        """Whether the two directions differ; what was made here differs where one of its parts does."""
        if id(schema) in self._split:
            return True
        return bool(schema.all_of or id(schema) in self._is_family) and any(
            id(one) in self._split for one in (*flattened(schema, set()), *schema.one_of)
        )

    def _finish(self) -> None:
        while self._queue:
            made, schema, way = self._queue.pop()
            self._fill(made, schema, way)

    def _fill(self, made: Schema, schema: Schema, way: Way) -> None:
        values = {name: getattr(schema, name) for name in _FIELDS}
        if schema.all_of and not is_alias(schema):
            values = self.conjunction.of(schema)
        elif schema.all_of:
            target = next(one for one in parts_of(schema) if one is not schema)
            values["all_of"] = (target,)
            values["types"] = ()
        if (values["one_of"] or values["any_of"]) and id(schema) not in self._is_family:
            values = self._distributed(schema, values)
        self._renamed(schema, values, way)
        Schema.__init__(made, **self._mapped(values, way, id(schema) in self._is_family))

    def _renamed(self, schema: Schema, values: dict[str, Any], way: Way) -> None:
        """The request's form of a schema that answers have too is called `…Input`."""
        if way == "read" or id(schema) not in self._split or id(schema) not in self._read:
            return
        if schema.name is not None:
            values["name"] = schema.name + "Input"
        given = schema.extensions.get("x-ringback-name")
        if isinstance(given, str):
            values["extensions"] = {**schema.extensions, "x-ringback-name": given + "Input"}

    def _mapped(self, values: dict[str, Any], way: Way, family: bool) -> dict[str, Any]:
        def use(one: Schema) -> Schema:
            return self._copy(one, way) if family else self._used(one, way)

        def kept(child: Schema) -> bool:
            return not (child.read_only if way == "write" else child.write_only)

        shown = [(name, one) for name, one in values["properties"] if kept(one)]
        gone = {name for name, one in values["properties"] if not kept(one)}
        result = dict(values)
        result["properties"] = tuple((name, use(one)) for name, one in shown)
        result["required"] = tuple(one for one in values["required"] if one not in gone)
        for name in ("pattern_properties", "dependent_schemas"):
            result[name] = tuple((key, use(one)) for key, one in values[name])
        for name in ("prefix_items", "one_of", "any_of"):
            result[name] = tuple(map(use, values[name]))
        result["all_of"] = tuple(self._used(one, way) for one in values["all_of"])
        for name in (
            "items", "additional_properties", "unevaluated_properties", "not_", "contains",
            "content_schema", "property_names",
        ):  # fmt: skip
            if isinstance(values[name], Schema):
                result[name] = use(values[name])
        if values["discriminator"] is not None:
            result["discriminator"] = self._discriminator(values, use)
        return result

    def _discriminator(self, values: dict[str, Any], use: Any) -> Discriminator:
        """With a value for every variant: those that the mapping names, and names of components."""
        given: Discriminator = values["discriminator"]
        mapping = dict(_full_mapping(given, (*values["one_of"], *values["any_of"])))
        linked = tuple((value, use(one)) for value, one in mapping.items())
        default = use(given.default) if given.default is not None else None
        return Discriminator(given.property_name, linked, default)

    # -- properties beside a union

    def _distributed(self, schema: Schema, values: dict[str, Any]) -> dict[str, Any]:
        """Every variant with what stands beside the union; a union that only asks for names is none."""
        base = _beside(values)
        if base is None:
            return values
        name = "one_of" if values["one_of"] else "any_of"
        variants: tuple[Schema, ...] = values[name]
        if all(map(only_asks, variants)):
            return values
        keyword = "oneOf" if values["one_of"] else "anyOf"
        moved = [
            (one, self._joined(base, one, (*schema.path, keyword, index)))
            for index, one in enumerate(variants)
        ]
        result = {**values, name: tuple(new for _, new in moved), "properties": (), "required": ()}
        if values["discriminator"] is not None:
            places = {id(_target(old)): new for old, new in moved}
            mapping = tuple(
                (value, places.get(id(_target(one)), one))
                for value, one in _full_mapping(values["discriminator"], variants)
            )
            result["discriminator"] = replace(values["discriminator"], mapping=mapping)
        result["types"] = ()
        result["additional_properties"] = None
        return result

    def _joined(self, base: Schema, variant: Schema, path: Path) -> Schema:
        target = _target(variant)
        if target.types and not set(target.types) & {"object"} and base.properties:
            return variant
        made = Schema(
            path=path,
            raw=variant.raw,
            title=target.name or variant.title,
            description=variant.description or target.description,
            all_of=(base, variant),
        )
        self._joints.append(made)
        return made


def _filed(schema: Schema, media_types: tuple[str, ...]) -> Schema:
    """A property of a multipart body: a file where it is binary, or a list of files."""
    target = _target(schema)
    if target.types == ("array",) and target.items is not None:
        item = _filed(target.items, media_types)
        return schema if item is target.items else replace(target, name=None, items=item)
    if not _is_binary(target, media_types):
        return schema
    return Schema(
        path=schema.path,
        raw=schema.raw,
        types=("string",),
        format=FILE,
        nullable=schema.nullable,
        description=schema.description,
        extensions=schema.extensions,
    )


def _is_binary(schema: Schema, media_types: tuple[str, ...]) -> bool:
    if schema.types not in ((), ("string",)) or schema.enum is not None:
        return False
    if schema.format == "binary" or (schema.raw == {} and not media_types):
        return True
    told = media_types or ((schema.content_media_type,) if schema.content_media_type else ())
    texts = all(one.startswith("text/") or "json" in one or "xml" in one for one in told)
    return bool(told) and not texts and schema.content_encoding is None


def _full_mapping(
    given: Discriminator, variants: tuple[Schema, ...]
) -> Iterator[tuple[str, Schema]]:
    """The mapping as the document has it, and the names of components that it leaves out."""
    named = {id(_target(one)) for _, one in given.mapping}
    yield from given.mapping
    for one in variants:
        name = _target(one).name
        if name is not None and id(_target(one)) not in named:
            yield name, one


def _asks_more(properties: object, required: object, rest: object) -> bool:
    """Whether what stands beside a union says something of its variants."""
    return bool(properties or required) or isinstance(rest, Schema)


def _beside(values: dict[str, Any]) -> Schema | None:
    """What stands beside a union, where it says something of its variants."""
    if not _asks_more(values["properties"], values["required"], values["additional_properties"]):
        return None
    names = (
        "path",
        "raw",
        "types",
        "properties",
        "required",
        "additional_properties",
        "pattern_properties",
    )
    return Schema(**{name: values[name] for name in names})


def _target(schema: Schema) -> Schema:
    """What a name for another schema stands for."""
    seen: set[int] = set()
    while schema.all_of and is_alias(schema) and id(schema) not in seen:
        seen.add(id(schema))
        schema = next(one for one in parts_of(schema) if one is not schema)
    return schema


def _heirs(document: Document) -> dict[int, list[Schema]]:
    """The components made with `allOf` from a parent that has a discriminator and no union of its own."""
    found: dict[int, list[Schema]] = {}
    for _, schema in document.schemas:
        seen: set[int] = {id(schema)}
        stack = list(schema.all_of)
        while stack:
            part = stack.pop()
            if id(part) in seen:
                continue
            seen.add(id(part))
            stack.extend(part.all_of)
            if part.discriminator is not None and not (part.one_of or part.any_of) and part.name:
                found.setdefault(id(part), []).append(schema)
    return found
