"""The tree to `Document`. Runs after the rules: what it reads is known to be well formed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final

from ringback.source import FILES, Path, Tree

from .model import (
    ABSENT,
    Callback,
    Document,
    Encoding,
    Link,
    MediaType,
    Operation,
    Parameter,
    RequestBody,
    Response,
    Schema,
    SecurityScheme,
    Server,
    ServerVariable,
    Tag,
    Webhook,
)
from .refs import Resolver, Unresolved, at
from .schemas import SchemaReader, extensions
from .survey import METHODS

IGNORED_HEADERS: Final = ("accept", "content-type", "authorization")
"""Names of header parameters that OpenAPI says are to be ignored."""


def read_document(tree: Tree, version: str, schemas: SchemaReader, resolver: Resolver) -> Document:
    """The whole document as values; `schemas` makes its schemas, and holds all of them afterwards."""
    return _Reader(tree, version, schemas, resolver).document()


class _Reader:
    def __init__(self, tree: Tree, version: str, schemas: SchemaReader, resolver: Resolver) -> None:
        self._tree = tree
        self._root: Mapping[str, Any] = tree.root
        self._version = version
        self._resolver = resolver
        self._schemas = schemas

    def document(self) -> Document:
        root, info = self._root, self._root["info"]
        components = root.get("components") or {}
        named = components.get("schemas") or {}
        document = Document(
            tree=self._tree,
            version=self._version,
            title=info["title"],
            api_version=info["version"],
            description=info.get("description"),
            servers=_servers(root.get("servers")),
            tags=tuple(_tag(tag) for tag in root.get("tags") or ()),
            operations=tuple(self._paths()),
            webhooks=tuple(self._webhook(name) for name in root.get("webhooks") or {}),
            schemas=tuple(
                (name, self._schemas.schema(("components", "schemas", name))) for name in named
            ),
            security_schemes=tuple(
                self._security_scheme(name) for name in components.get("securitySchemes") or {}
            ),
            license_name=(info.get("license") or {}).get("name"),
            extensions={key: value for key, value in extensions(root).items() if key != FILES},
        )
        self._schemas.finish()
        return document

    def _paths(self) -> Iterator[Operation]:
        for template in self._root.get("paths") or {}:
            if not template.startswith("x-"):
                yield from self._path_item(("paths", template), template)

    def _webhook(self, name: str) -> Webhook:
        path: Path = ("webhooks", name)
        operations = tuple(self._path_item(path, ""))
        return Webhook(path, name, operations, extensions(at(self._root, path)))

    def _path_item(self, path: Path, template: str) -> Iterator[Operation]:
        """The operations of a path item; with `$ref`, those beside it first and then those of its target."""
        layers = [path]
        while isinstance(reference := at(self._root, layers[-1]).get("$ref"), str):
            layers.append(self._resolver.target(reference))
        nodes = [at(self._root, layer) for layer in layers]
        shared = [
            (*layer, "parameters")
            for layer, node in zip(layers, nodes, strict=True)
            if "parameters" in node
        ]
        servers = next((node["servers"] for node in nodes if node.get("servers")), None)
        seen: set[str] = set()
        for layer, node in zip(layers, nodes, strict=True):
            for method, place in _methods(layer, node):
                if method not in seen:
                    seen.add(method)
                    yield self._operation(place, method, template, shared, servers)

    def _operation(
        self, path: Path, method: str, template: str, shared: list[Path], servers: list[Any] | None
    ) -> Operation:
        node = at(self._root, path)
        responses = node.get("responses") or {}
        security = node.get("security", self._root.get("security"))
        return Operation(
            path=path,
            method=method,
            template=template,
            operation_id=node.get("operationId"),
            summary=node.get("summary"),
            description=node.get("description"),
            tags=tuple(node.get("tags") or ()),
            parameters=self._parameters([*reversed(shared), (*path, "parameters")], template),
            body=self._body((*path, "requestBody")) if "requestBody" in node else None,
            responses=tuple(
                self._response((*path, "responses", status), status)
                for status in responses
                if not status.startswith("x-")
            ),
            security=None if security is None else self._alternatives(security),
            servers=_servers(node.get("servers") or servers),
            deprecated=node.get("deprecated") is True,
            callbacks=tuple(self._callbacks((*path, "callbacks"), node.get("callbacks") or {})),
            extensions=extensions(node),
            scopes=_scopes(security or ()),
        )

    def _alternatives(self, security: list[Mapping[str, Any]]) -> tuple[tuple[str, ...], ...]:
        """What may be shown as credentials; what names an unknown scheme only where there is nothing else."""
        known = (self._root.get("components") or {}).get("securitySchemes") or {}
        named = tuple(tuple(needed) for needed in security)
        return tuple(one for one in named if all(scheme in known for scheme in one)) or named

    def _callbacks(self, path: Path, node: Mapping[str, Any]) -> Iterator[Callback]:
        for name in node:
            place = self._resolver.final((*path, name))
            for expression in at(self._root, place):
                if expression.startswith("x-"):
                    continue
                item = (*place, expression)
                yield Callback(item, name, expression, tuple(self._path_item(item, "")))

    def _parameters(self, lists: list[Path], template: str) -> tuple[Parameter, ...]:
        """The parameters of several lists; of two with one name and location, the one in the later list.

        Left out are those that a rule has warned of: path parameters that the path does not have, and the
        headers that OpenAPI ignores.
        """
        found: dict[tuple[str, str], Parameter] = {}
        for path in lists:
            for index in range(len(_list(self._root, path))):
                parameter = self._parameter((*path, index))
                found[parameter.name, parameter.location] = parameter
        return tuple(one for one in found.values() if not _is_idle(one, template))

    def _parameter(self, path: Path) -> Parameter:
        path = self._resolver.final(path)
        node = at(self._root, path)
        return self._described(path, node, node["name"], node["in"])

    def _described(
        self, path: Path, node: Mapping[str, Any], name: str, location: str
    ) -> Parameter:
        """A parameter or a header: they differ only in where their name and location stand."""
        style = node.get("style") or ("form" if location in ("query", "cookie") else "simple")
        content = self._content(path, node)
        return Parameter(
            path=path,
            name=name,
            location=location,
            required=location == "path" or node.get("required") is True,
            schema=content[0].schema if content else self._schema(path, node, "schema"),
            media_type=content[0].name if content else None,
            style=style,
            explode=node.get("explode", style in ("form", "cookie")),
            allow_reserved=node.get("allowReserved") is True,
            description=node.get("description"),
            deprecated=node.get("deprecated") is True,
            extensions=extensions(node),
            allow_empty=node.get("allowEmptyValue") is True,
            content=content[0] if content else None,
        )

    def _body(self, path: Path) -> RequestBody:
        path = self._resolver.final(path)
        node = at(self._root, path)
        content = self._content(path, node)
        return RequestBody(
            path, content, node.get("required") is True, node.get("description"), extensions(node)
        )

    def _response(self, path: Path, status: str) -> Response:
        path = self._resolver.final(path)
        node = at(self._root, path)
        headers = tuple(
            self._header((*path, "headers", name), name)
            for name in node.get("headers") or {}
            if name.lower() != "content-type"
        )
        return Response(
            path=path,
            status=status,
            description=node.get("description") or "",
            headers=headers,
            content=self._content(path, node),
            extensions=extensions(node),
            links=tuple(self._links((*path, "links"), node.get("links") or {})),
            summary=node.get("summary"),
        )

    def _links(self, path: Path, node: Mapping[str, Any]) -> Iterator[Link]:
        """The links of an answer, without those that lead nowhere: a rule has warned of them."""
        for name in node:
            try:
                place = self._resolver.final((*path, name))
            except Unresolved:
                continue
            link = at(self._root, place)
            yield Link(
                path=place,
                name=name,
                operation_id=link.get("operationId"),
                operation_ref=link.get("operationRef"),
                parameters=link.get("parameters") or {},
                request_body=link.get("requestBody", ABSENT),
                description=link.get("description"),
                server=_server(link["server"]) if link.get("server") else None,
                extensions=extensions(link),
            )

    def _header(self, path: Path, name: str) -> Parameter:
        path = self._resolver.final(path)
        return self._described(path, at(self._root, path), name, "header")

    def _content(self, path: Path, node: Mapping[str, Any]) -> tuple[MediaType, ...]:
        return tuple(
            self._media_type((*path, "content", name), name) for name in node.get("content") or {}
        )

    def _media_type(self, path: Path, name: str) -> MediaType:
        path = self._resolver.final(path)
        node = at(self._root, path)
        given = node.get("encoding") or {}
        first = node.get("prefixEncoding") or ()
        return MediaType(
            path=path,
            name=name,
            schema=self._schema(path, node, "schema"),
            encoding=given,
            item_schema=self._schema(path, node, "itemSchema"),
            encodings=tuple(self._encoding((*path, "encoding", one), one) for one in given),
            prefix_encodings=tuple(
                self._encoding((*path, "prefixEncoding", index), "") for index in range(len(first))
            ),
            item_encoding=(
                self._encoding((*path, "itemEncoding"), "") if "itemEncoding" in node else None
            ),
        )

    def _schema(self, path: Path, node: Mapping[str, Any], key: str) -> Schema | None:
        return self._schemas.schema((*path, key)) if key in node else None

    def _encoding(self, path: Path, name: str) -> Encoding:
        node = at(self._root, path)
        types = node.get("contentType") or ""
        return Encoding(
            path=path,
            name=name,
            content_types=tuple(one.strip() for one in types.split(",") if one.strip()),
            headers=tuple(
                self._header((*path, "headers", one), one)
                for one in node.get("headers") or {}
                if one.lower() != "content-type"
            ),
            style=node.get("style"),
            explode=node.get("explode"),
            allow_reserved=node.get("allowReserved") is True,
            extensions=extensions(node),
        )

    def _security_scheme(self, name: str) -> SecurityScheme:
        path = self._resolver.final(("components", "securitySchemes", name))
        node = at(self._root, path)
        return SecurityScheme(
            path=path,
            name=name,
            type=node["type"],
            scheme=node.get("scheme"),
            location=node.get("in"),
            parameter=node.get("name"),
            flows=node.get("flows") or {},
            description=node.get("description"),
            extensions=extensions(node),
            bearer_format=node.get("bearerFormat"),
            open_id_url=node.get("openIdConnectUrl"),
            deprecated=node.get("deprecated") is True,
        )


def _is_idle(parameter: Parameter, template: str) -> bool:
    if parameter.location == "path":
        return bool(template) and f"{{{parameter.name}}}" not in template
    return parameter.location == "header" and parameter.name.lower() in IGNORED_HEADERS


def _methods(path: Path, node: Mapping[str, Any]) -> Iterator[tuple[str, Path]]:
    """The operations of one path item object: method in upper case, and place."""
    for key in node:
        if key in METHODS:
            yield key.upper(), (*path, key)
        if key == "additionalOperations":
            for method in node[key]:
                yield method, (*path, key, method)


def _list(root: Any, path: Path) -> list[Any]:
    found: list[Any] = at(root, path[:-1]).get(path[-1]) or []
    return found


def _servers(nodes: list[Any] | None) -> tuple[Server, ...]:
    return tuple(_server(node) for node in nodes or ())


def _server(node: Mapping[str, Any]) -> Server:
    variables = tuple(
        ServerVariable(
            name,
            variable["default"],
            tuple(variable.get("enum") or ()),
            variable.get("description"),
        )
        for name, variable in (node.get("variables") or {}).items()
    )
    url: str = node["url"]
    for variable in variables:
        url = url.replace("{" + variable.name + "}", variable.default)
    return Server(url, node.get("description"), node["url"], variables, node.get("name"))


def _scopes(security: Iterable[Mapping[str, Any]]) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """The scopes that alternatives ask for, by scheme."""
    found: dict[str, dict[str, None]] = {}
    for needed in security:
        for name, scopes in needed.items():
            if scopes:
                found.setdefault(name, {}).update(dict.fromkeys(scopes))
    return tuple((name, tuple(scopes)) for name, scopes in found.items())


def _tag(node: Mapping[str, Any]) -> Tag:
    return Tag(
        node["name"],
        node.get("description"),
        extensions(node),
        node.get("summary"),
        node.get("parent"),
        node.get("kind"),
    )
