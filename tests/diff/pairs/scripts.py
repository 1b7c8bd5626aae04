"""Programs against a package, made from nothing but the package's own source: a caller's and an implementer's.

They use everything once: each method with all of its arguments, by name and by position, and with none that may be left
out; each value of each enum; each attribute with the type that it is declared with. A program keeps the types of the
package that it was written for as texts (aliases and the texts of enums spelled out), and can then be checked against
another package: what the type checker says is what somebody's program would hear after an upgrade.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from tests.diff.pairs.packages import Package

_HEAD = """from __future__ import annotations

import datetime as _dt
from collections.abc import Mapping, Sequence
from typing import Any, Literal, assert_never

from {package} import UNSET, AsyncClient, Client, Unset, WebhookReceiver, WebhookSender
from {package}.server import build_app
from {package}.webhooks import Event
"""
_OWN = {"identity", "request", "headers", "status", "options", "self"}
_WORD = re.compile(r"[^\W\d]\w*")


@dataclass(frozen=True)
class Argument:
    """An argument of a method or an attribute of a class, with its type as a text."""

    name: str
    annotation: str
    required: bool
    positional: bool = False


@dataclass
class Surface:
    """What a package shows, read from its modules."""

    classes: dict[str, list[Argument]] = field(default_factory=dict)
    enums: dict[str, dict[str, str]] = field(default_factory=dict)
    aliases: dict[str, str] = field(default_factory=dict)
    names: list[str] = field(default_factory=list)
    methods: list[tuple[str, str, list[Argument], str]] = field(default_factory=list)
    credentials: list[str] = field(default_factory=list)
    inputs: dict[str, list[Argument]] = field(default_factory=dict)
    headers: dict[str, list[Argument]] = field(default_factory=dict)  # by their class
    protocols: dict[str, list[tuple[str, str, str]]] = field(default_factory=dict)
    groups: dict[str, str] = field(default_factory=dict)
    unions: dict[str, str] = field(default_factory=dict)  # of answers
    payloads: dict[str, str] = field(default_factory=dict)


def caller(found: Surface, target: str) -> str:
    """A program that calls and receives webhooks, written for a package and bound to the one called `target`."""
    return "\n".join([*_imports(found, target), *_heads(found, target), *_caller(found), ""])


def implementer(found: Surface, target: str) -> str:
    """A program that serves and sends webhooks, likewise."""
    names = [*found.inputs, *found.protocols, *found.unions]
    line = f"from {target}.server import {', '.join(names)}"
    return "\n".join([*_imports(found, target), line, *_implementer(found), ""])


# -- reading a package


def surface(package: Package) -> Surface:
    """What there is to use."""
    found = Surface()
    _models(ast.parse(package.text("models")), found)
    _client(ast.parse(package.text("client")), found)
    found.headers = _headers(package)
    _server(ast.parse(package.text("server")), found)
    _webhooks(ast.parse(package.text("webhooks")), found)
    return found


def _models(tree: ast.Module, found: Surface) -> None:
    guarded = [one for two in tree.body if isinstance(two, ast.If) for one in two.body]
    for node in (*tree.body, *guarded):
        if isinstance(node, ast.ClassDef):
            base = ast.unparse(node.bases[0])
            if base == "OpenEnum":
                members = [one for one in node.body if isinstance(one, ast.Assign)]
                found.enums[node.name] = {
                    ast.unparse(one.targets[0]): ast.literal_eval(one.value) for one in members
                }
            else:
                found.classes[node.name] = _fields(node)
        elif isinstance(node, ast.AnnAssign) and ast.unparse(node.annotation) == "TypeAlias":
            value = node.value
            text = value.value if isinstance(value, ast.Constant) else ast.unparse(value or node)
            found.aliases[ast.unparse(node.target)] = str(text)
        elif isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "__all__":
            found.names = ast.literal_eval(node.value)


def _fields(node: ast.ClassDef) -> list[Argument]:
    return [
        Argument(ast.unparse(one.target), ast.unparse(one.annotation), one.value is None)
        for one in node.body
        if isinstance(one, ast.AnnAssign) and "ClassVar" not in ast.unparse(one.annotation)
    ]


def _client(tree: ast.Module, found: Surface) -> None:
    classes = {one.name: one for one in tree.body if isinstance(one, ast.ClassDef)}
    for name in ("Client", "AsyncClient"):
        init = next(one for one in _functions(classes[name]) if one.name == "__init__")
        found.credentials = [one.arg for one in init.args.args[1:]]
        for node in ast.walk(init):
            if isinstance(node, ast.Assign) and ast.unparse(node.value).endswith("(self._core)"):
                attribute = ast.unparse(node.targets[0]).removeprefix("self.")
                for one in _functions(classes[ast.unparse(node.value).partition("(")[0]]):
                    if one.name != "__init__":
                        told = f"{attribute}.{one.name}"
                        found.methods.append((name, told, _arguments(one), _returned(one)))


def _functions(node: ast.ClassDef) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    return (one for one in node.body if isinstance(one, (ast.FunctionDef, ast.AsyncFunctionDef)))


def _returned(node: ast.FunctionDef | ast.AsyncFunctionDef) -> str:
    told = ast.unparse(node.returns) if node.returns else "None"
    return f"await {told}" if isinstance(node, ast.AsyncFunctionDef) else told


def _arguments(node: ast.FunctionDef | ast.AsyncFunctionDef) -> list[Argument]:
    positional, named = node.args.args[1:], node.args.kwonlyargs
    defaults = [None] * (len(positional) - len(node.args.defaults)) + list(node.args.defaults)
    rows = [
        *zip(positional, defaults, strict=True),
        *zip(named, node.args.kw_defaults, strict=True),
    ]
    return [
        Argument(one.arg, ast.unparse(one.annotation or node), default is None, one in positional)
        for one, default in rows
        if one.arg not in _OWN
    ]


def _headers(package: Package) -> dict[str, list[Argument]]:
    """The classes of documented headers; a package of a document without any has none."""
    if not package.has("headers"):
        return {}
    tree = ast.parse(package.text("headers"))
    return {one.name: _fields(one) for one in tree.body if isinstance(one, ast.ClassDef)}


def _server(tree: ast.Module, found: Surface) -> None:
    for node in tree.body:
        if isinstance(node, ast.ClassDef) and node.bases:
            base = ast.unparse(node.bases[0])
            if base == "Protocol":
                found.protocols[node.name] = [
                    (
                        one.name,
                        ast.unparse(one.args.posonlyargs[1].annotation or node),
                        _returned(one),
                    )
                    for one in _functions(node)
                ]
            elif base == "Struct":
                found.inputs[node.name] = _fields(node)
            elif base in found.headers:
                found.inputs[node.name] = [*_fields(node), *found.headers[base]]
        elif isinstance(node, ast.AnnAssign) and node.value is not None:
            found.unions[ast.unparse(node.target)] = ast.unparse(node.value)
        elif isinstance(node, ast.FunctionDef) and node.name == "build_app":
            for one in node.args.kwonlyargs:
                told = ast.unparse(one.annotation or node)
                if told.partition(" ")[0] in found.protocols:
                    found.groups[one.arg] = told.partition(" ")[0]


def _webhooks(tree: ast.Module, found: Surface) -> None:
    sender = next(
        one for one in tree.body if isinstance(one, ast.ClassDef) and one.name == "WebhookSender"
    )
    for one in _functions(sender):
        if not one.name.startswith("_"):
            payload = next(two for two in one.args.args if two.arg == "payload")
            found.payloads[one.name] = ast.unparse(payload.annotation or one)


# -- writing programs


def _imports(found: Surface, target: str) -> Iterator[str]:
    yield _HEAD.format(package=target)
    yield f"from {target}.models import {', '.join(found.names)}"


def _heads(found: Surface, target: str) -> Iterator[str]:
    """The classes of documented headers, which only callers need by name."""
    if found.headers:
        yield f"from {target}.headers import {', '.join(found.headers)}"


def _spelled(found: Surface, annotation: str) -> str:
    """An annotation with the aliases of its package taken apart."""
    text = re.sub(r"\b_builtins\.", "", annotation)
    text = ast.unparse(_Bare().visit(ast.parse(text, mode="eval")))
    while any(word in found.aliases for word in _WORD.findall(re.sub(r"'[^']*'", "", text))):
        text = _WORD.sub(lambda word: found.aliases.get(word[0], word[0]), text)
    return text


class _Bare(ast.NodeTransformer):
    """Takes `Annotated[int, ...]` for `int`."""

    def visit_Subscript(self, node: ast.Subscript) -> ast.AST:
        self.generic_visit(node)
        if ast.unparse(node.value) == "Annotated" and isinstance(node.slice, ast.Tuple):
            return node.slice.elts[0]
        return node


def _reached(found: Surface, annotations: Iterable[str]) -> list[str]:
    """The classes and enums that types lead to."""
    stack = [word for one in annotations for word in _WORD.findall(_spelled(found, one))]
    seen: dict[str, None] = {}
    while stack:
        name = stack.pop()
        if name not in seen and (name in found.classes or name in found.enums):
            seen[name] = None
            for one in found.classes.get(name, ()):
                stack.extend(_WORD.findall(_spelled(found, one.annotation)))
    return list(seen)


def _signature(found: Surface, arguments: Iterable[Argument]) -> str:
    return ", ".join(f"{one.name}: {_spelled(found, one.annotation)}" for one in arguments)


def _caller(found: Surface) -> Iterator[str]:
    sent: list[str] = []
    read = list(found.payloads.values())
    for fields in _answers(found).values():
        read.extend(one.annotation for one in fields)
    for number, (client, method, arguments, returned) in enumerate(found.methods):
        sent.extend(one.annotation for one in arguments)
        read.append(returned.removeprefix("await "))
        yield from _calls(found, f"{number}", client, method, arguments, returned)
    yield from _made(found, _reached(found, sent))
    yield from _read(found, _reached(found, read), exhaustive=False)
    for name, fields in found.headers.items():
        yield from _attributes(found, name, fields)
    named = ", ".join(f"{one}='x'" for one in found.credentials)
    yield f"Client({', '.join(chr(39) + 'x' + chr(39) for _ in found.credentials)})"
    yield f"AsyncClient({named})"
    for name, payload in found.payloads.items():
        yield f"async def on_{name}(event: Event[{payload}]) -> str | None: return None"
        yield f"WebhookReceiver(None).asgi({name}=on_{name})"
        yield f"event_{name}: Event[{payload}] = WebhookReceiver(None).{name}(url='u', headers={{}})"


def _calls(
    found: Surface, key: str, client: str, method: str, arguments: list[Argument], returned: str
) -> Iterator[str]:
    result = returned.removeprefix("await ")
    await_ = "await " if result != returned else ""
    head = "async def" if await_ else "def"
    given = "" if result == "None" else "return "
    for form, some in (("all", arguments), ("least", [one for one in arguments if one.required])):
        named = ", ".join(f"{one.name}={one.name}" for one in some)
        ordered = ", ".join(
            one.name if one.positional else f"{one.name}={one.name}" for one in some
        )
        for way, told in (("named", named), ("ordered", ordered)):
            signature = ", ".join(filter(None, [f"client: {client}", _signature(found, some)]))
            yield f"{head} {form}_{way}_{key}({signature}) -> {_spelled(found, result)}:"
            yield f"    {given}{await_}client.{method}({told})"


def _answers(found: Surface) -> dict[str, list[Argument]]:
    return {
        name: [one for one in fields if one.name not in _OWN]
        for name, fields in found.inputs.items()
        if not name.endswith("Input")
    }


def _arrivals(found: Surface) -> dict[str, list[Argument]]:
    return {
        name: [one for one in fields if one.name not in _OWN]
        for name, fields in found.inputs.items()
        if name.endswith("Input")
    }


def _made(found: Surface, names: list[str]) -> Iterator[str]:
    """Objects, with all attributes and with none that may be left out; members of enums."""
    for name in names:
        if name in found.enums:
            for number, (member, text) in enumerate(found.enums[name].items()):
                yield f"member_{name}_{number}: {name} = {name}.{member}"
                yield f"text_{name}_{number}: str = {name}({text!r}).value"
            continue
        fields = found.classes[name]
        for form, some in (("all", fields), ("least", [one for one in fields if one.required])):
            told = ", ".join(f"{one.name}={one.name}" for one in some)
            yield f"def {form}_of_{name}({_signature(found, some)}) -> {name}:"
            yield f"    return {name}({told})"


def _read(found: Surface, names: list[str], *, exhaustive: bool) -> Iterator[str]:
    """Attributes, each put where its type goes; enums told apart, by servers without a rest."""
    for name in names:
        if name in found.enums:
            yield f"def read_{name}(value: {name}) -> None:"
            yield "    match value:"
            for member in found.enums[name]:
                yield f"        case {name}.{member}: pass"
            yield f"        case _: {'assert_never(value)' if exhaustive else 'print(value)'}"
        else:
            yield from _attributes(found, name, found.classes[name])


def _attributes(found: Surface, name: str, fields: list[Argument]) -> Iterator[str]:
    yield f"def read_{name}(value: {name}) -> None:"
    for number, one in enumerate(fields):
        yield f"    v{number}: {_spelled(found, one.annotation)} = value.{one.name}"
    yield "    return None"


def _implementer(found: Surface) -> Iterator[str]:
    arrivals, answers = _arrivals(found), _answers(found)
    read = [one.annotation for fields in arrivals.values() for one in fields]
    made = [one.annotation for fields in answers.values() for one in fields]
    yield from _read(found, _reached(found, read), exhaustive=True)
    yield from _made(found, _reached(found, [*made, *found.payloads.values()]))
    for protocol, methods in found.protocols.items():
        yield f"class My{protocol}:"
        for name, given, returned in methods:
            result = returned.removeprefix("await ")
            yield f"    async def {name}(self, given: {given}, /) -> {result}:"
            for number, one in enumerate(arrivals[given]):
                yield f"        v{number}: {_spelled(found, one.annotation)} = given.{one.name}"
            yield "        raise NotImplementedError"
        yield f"my_{protocol}: {protocol} = My{protocol}()"
    for alias, union in found.unions.items():
        for name in union.split(" | "):
            yield from _answered(found, name, alias, answers[name])
    handlers = ", ".join(f"{group}=My{protocol}()" for group, protocol in found.groups.items())
    yield f"build_app({handlers})"
    for name, payload in found.payloads.items():
        yield f"def send_{name}(payload: {payload}) -> bytes:"
        yield f"    return WebhookSender(None).{name}('https://a.test', payload).content"


def _answered(found: Surface, name: str, alias: str, fields: list[Argument]) -> Iterator[str]:
    """An answer with all headers, and with none that may be left out; its body by position."""
    ranged = any(one.name == "status" for one in found.inputs[name])
    for form, some in (("all", fields), ("least", [one for one in fields if one.required])):
        told = ", ".join(
            one.name if one.name == "body" else f"{one.name}={one.name}" for one in some
        )
        told = ", ".join(filter(None, [told, "status=499" if ranged else ""]))
        yield f"def {form}_answer_{name}({_signature(found, some)}) -> {alias}:"
        yield f"    return {name}({told})"
