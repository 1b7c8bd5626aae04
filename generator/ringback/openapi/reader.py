"""The tree to `Document`. Runs after the rules: what it reads is known to be well formed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

from ringback.source import FILES, Path, Tree

from .model import (
    Callback,
    Document,
    MediaType,
    Operation,
    Parameter,
    RequestBody,
    Response,
    SecurityScheme,
    Server,
    Tag,
    Webhook,
)
from .refs import Resolver, at
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
        schema = self._schemas.schema((*path, "schema")) if "schema" in node else None
        return Parameter(
            path=path,
            name=name,
            location=location,
            required=location == "path" or node.get("required") is True,
            schema=content[0].schema if content else schema,
            media_type=content[0].name if content else None,
            style=style,
            explode=node.get("explode", style in ("form", "cookie")),
            allow_reserved=node.get("allowReserved") is True,
            description=node.get("description"),
            deprecated=node.get("deprecated") is True,
            extensions=extensions(node),
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
        said = node.get("description") or ""
        return Response(path, status, said, headers, self._content(path, node), extensions(node))

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
        schema = self._schemas.schema((*path, "schema")) if "schema" in node else None
        return MediaType(path, name, schema, node.get("encoding") or {})

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
    return tuple(Server(_filled(node), node.get("description")) for node in nodes or ())


def _filled(server: Mapping[str, Any]) -> str:
    url: str = server["url"]
    for name, variable in (server.get("variables") or {}).items():
        url = url.replace("{" + name + "}", variable["default"])
    return url


def _tag(node: Mapping[str, Any]) -> Tag:
    return Tag(node["name"], node.get("description"), extensions(node))
