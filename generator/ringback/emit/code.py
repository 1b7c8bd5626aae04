"""The longer pieces of code that templates print: rows of the operation table, signatures, argument mappings."""

from __future__ import annotations

import re

from ringback.emit.layout import (
    WIDTH,
    alternatives,
    divided,
    exploded,
    fit,
    members,
    union,
    within,
)
from ringback.plan import (
    AnswerPlan,
    BodyPlan,
    FormatPlan,
    GroupPlan,
    ModelPlan,
    OperationPlan,
    PagingPlan,
    ParameterPlan,
    Plan,
    SchemePlan,
    ServerPlan,
    UnionPlan,
    VariablePlan,
    py,
)


def row(operation: OperationPlan) -> str:
    """A row of the operation table: `CREATE_CALL: Operation[Call] = Operation(...)`.

    Where that does not fit, the value stands in parentheses, or else what it returns on a line of its own.
    """
    named, value = f"{operation.constant}: Operation[{operation.returns}] = ", "Operation("
    if len(named) + len(value) <= WIDTH:
        return exploded(named + value, _row(operation, 0), ")")
    if len(named) + 1 <= WIDTH:
        return f"{named}(\n    {exploded(value, _row(operation, 4), ')', 4)}\n)"
    if operation.returns.isidentifier() and len(operation.returns) + 4 <= WIDTH:
        named = f"{operation.constant}: Operation[\n    {operation.returns}\n] = "
    return exploded(named + value, _row(operation, 0), ")")


def _row(operation: OperationPlan, base: int) -> list[str]:
    """What a row says, for a row at an indent."""
    items = [
        f"id={py(operation.id)}",
        f"method={py(operation.method)}",
        f"path={py(operation.template)}",
    ]
    if operation.parameters:
        items.append(
            "parameters="
            + _tuple(
                [parameter(one, base + 8) for one in operation.parameters], base + 4, "parameters="
            )
        )
    if operation.body is not None:
        items.append("body=" + _body(operation.body, base + 4))
    if operation.others:
        items.append(
            "others="
            + _tuple([_body(one, base + 8) for one in operation.others], base + 4, "others=")
        )
    if operation.answers:
        items.append(
            "answers="
            + _tuple([_answer(one, base + 8) for one in operation.answers], base + 4, "answers=")
        )
    if operation.paging is not None:
        items.append(_paging(operation.paging))
    if operation.security:
        items.append(f"security={py(operation.security)}")
    if not operation.secured:
        items.append("secured=False")
    if operation.binary:
        items.append("binary=True")
    if operation.server:
        items.append(f"server={py(operation.server)}")
    return items


def _paging(paging: PagingPlan) -> str:
    items = [py(paging.rows), py(paging.next)]
    if paging.kind != "link":
        items += [py(paging.kind), *([py(paging.parameter)] if paging.parameter else [])]
        items += [f"first={paging.first}"] if paging.first != 1 else []
    return f"paging=Paging({', '.join(items)})"


def _tuple(items: list[str], indent: int, head: str = "") -> str:
    """A tuple, exploded unless it has one item that fits: there the comma is part of the tuple."""
    if len(items) == 1 and indent + len(head) + len(items[0]) + 4 <= WIDTH and "\n" not in items[0]:
        return f"({items[0]},)"
    return exploded("(", items, ")", indent)


def parameter(one: ParameterPlan, indent: int) -> str:
    """A parameter of a row."""
    items = [py(one.argument), py(one.wire), py(one.place), _call(one.codec, indent + 4)]
    if one.required:
        items.append("required=True")
    if not one.explode:
        items.append("explode=False")
    if one.delimiter != ",":
        items.append(f"delimiter={py(one.delimiter)}")
    if one.credential:
        items.append(f"credential={py(one.credential)}")
    if one.attribute:
        items.append(f"attribute={py(one.attribute)}")
    if one.part:
        items.append(f"part={py(one.part)}")
    return fit("Parameter(", items, ")", indent, 1)


def _call(text: str, indent: int) -> str:
    """A call as it stands at an indent: its arguments on lines of their own where it does not fit on one."""
    parts = members(text)
    if len(parts) > 1 and indent + len(text) + 1 > WIDTH:
        return f"\n{' ' * indent}| ".join(parts)
    head, _, rest = text.partition("(")
    if (
        indent + len(text) + 1 <= WIDTH
        or not head.replace(".", "").isidentifier()
        or not rest.endswith(")")
    ):
        return text
    items = divided(rest[:-1], ", ")
    return fit(head + "(", [_call(one, indent + 4) for one in items], ")", indent, 1)


def _body(body: BodyPlan, indent: int) -> str:
    items = [py(body.media_type), body.annotation]
    if body.fields:
        items.append(
            "fields="
            + _tuple([parameter(one, indent + 8) for one in body.fields], indent + 4, "fields=")
        )
    if body.required:
        items.append("required=True")
    if body.whole and body.fields:
        items.append("whole=True")
    if body.codec:
        items.append(f"codec={body.codec}")
    return exploded("Body(", items, ")", indent)


def _answer(answer: AnswerPlan, indent: int) -> str:
    carried = [py(answer.media_type), answer.annotation] if answer.annotation else []
    if answer.stream:
        carried += [f"stream={py(answer.stream)}", "writer=stream_of"]
        carried += ["whole=True"] if answer.whole else []
    if answer.headers:
        rows = _tuple([parameter(one, indent + 12) for one in answer.headers], indent + 8)
        carried.append(fit("headers=HeaderRows(", [rows], ")", indent + 4, 1))
    return fit("Answer(", [py(answer.status), *carried], ")", indent, 1)


def definition(head: str, arguments: list[str], tail: str, hidden: tuple[str, ...] = ()) -> str:
    """The first lines of a method: `    def create(self, *, to: str) -> Call:`.

    `hidden` are builtins that the class has methods of the same name for.
    """
    if hidden:
        shown = re.compile(rf"\b({'|'.join(hidden)})\[")
        arguments = [shown.sub(r"_builtins.\1[", one) for one in arguments]
        tail = shown.sub(r"_builtins.\1[", tail)
    return "    " + fit(head + "(", arguments, ")" + tail, 4)


def optional(annotation: str) -> str:
    """The annotation and default of what may be left out; null is named last."""
    if annotation.endswith(" | None"):
        annotation = annotation.removesuffix(" | None") + " | Unset | None"
    else:
        annotation += " | Unset"
    return annotation + " = UNSET"


def argument(name: str, typed: str, indent: int = 8) -> str:
    """An argument with its type and default; a union that is too long for the line stands in parentheses.

    What black would break inside of a member is left on its long line, for black.
    """
    line = f"{name}: {typed}"
    annotation, equals, default = typed.rpartition(" = ") if " = " in typed else (typed, "", "")
    parts = members(annotation)
    inner = alternatives(parts, indent + 4)
    if indent + len(line) + 1 <= WIDTH or len(parts) == 1 or not within(inner):
        return line
    return f"{name}: (\n{inner}\n{' ' * indent}){equals}{default}"


def variants_of(operation: OperationPlan) -> list[tuple[list[str], str, bool]]:
    """The overloads of a client's method: what `accept` may be, what is given, whether that is a stream."""
    groups: dict[tuple[str, bool], list[str]] = {}
    groups[operation.stream or operation.returns, bool(operation.stream)] = [operation.media_type]
    for one in operation.alternatives:
        groups.setdefault((one.returns, one.stream), []).append(one.media_type)
    return [(types, returns, stream) for (returns, stream), types in groups.items()]


def streamed(operation: OperationPlan) -> str:
    """The media types of an operation that are streams, as a tuple."""
    found = [one.media_type for one in operation.alternatives if one.stream]
    return py(tuple(found + ([operation.media_type] if operation.stream else [])))


def signature(operation: OperationPlan, accept: list[str] | None = None) -> list[str]:
    """The arguments of a client's method; of an overload with what `accept` may be in it."""
    items = [
        "self",
        *(argument(one.argument, one.argument_annotation) for one in operation.positional),
    ]
    body, carried = operation.whole_body, operation.carried
    if body is not None:
        items.append(argument("body", carried if body.required else optional(carried)))
    items.append("*")
    for one in operation.arguments:
        annotation = one.argument_annotation
        items.append(argument(one.argument, annotation if one.needed else optional(annotation)))
    if operation.chooser:
        items.append(argument(operation.chooser, optional(_media_types(operation))))
    if operation.accept:
        every = [operation.media_type, *(one.media_type for one in operation.alternatives)]
        told = accept or every
        default = f" = {py(operation.media_type)}" if operation.media_type in told else ""
        literal = f"Literal[{', '.join(map(py, dict.fromkeys(told)))}]"
        items.append(argument(operation.accept, literal + default))
    return [*items, "options: RequestOptions | None = None"]


def _media_types(operation: OperationPlan) -> str:
    """The media types that a body may have; any text where one of them is a range."""
    listed = [one.media_type for one in operation.bodies]
    if any("*" in one for one in listed):
        return "str"
    return f"Literal[{', '.join(map(py, listed))}]"


def passed(operation: OperationPlan, head: str, own_core: bool = False, indent: int = 8) -> str:
    """A client's method handing on its arguments: `head(_ops.CREATE_CALL, {...}, options)`.

    With `own_core` the core comes first.
    """
    names = [one.argument for one in operation.positional]
    names += ["body"] if operation.whole_body is not None else []
    names += [one.argument for one in operation.arguments]
    pairs = [f"{py(name)}: {name}" for name in names]
    chosen = f'"*content_type": {operation.chooser}'
    more = [chosen] if operation.chooser else []
    more += [f'"*accept": {operation.accept}'] if operation.accept else []
    pairs += more
    constant = f"_ops.{operation.constant}"
    leading = ["self._core"] if own_core else []
    flat = [*leading, constant, "{" + ", ".join(pairs) + "}", "options"]
    line = fit(head + "(", flat, ")", indent)
    if "\n" not in line:
        return line
    entries = [_entry(name, indent + 8) for name in names] + more
    mapping = fit("{", entries, "}", indent + 4, 1)
    return exploded(head + "(", [*leading, constant, mapping, "options"], ")", indent)


def _entry(name: str, indent: int) -> str:
    """A pair of the mapping; a value that would stand too far right stands below its key, in parentheses."""
    line = f"{py(name)}: {name}"
    margin = " " * indent
    return (
        line if indent + len(line) + 1 <= WIDTH else f"{py(name)}: (\n{margin}    {name}\n{margin})"
    )


def class_head(model: ModelPlan, name: str = "", more: str = "") -> str:
    """The first line of a struct, with the wire names that differ; under another name, and with more arguments."""
    name = name or model.name
    items = ["Struct", "frozen=True", "kw_only=True", *([more] if more else [])]
    if model.renamed:
        pairs = [f"{py(field.name)}: {py(field.wire)}" for field in model.renamed]
        flat = f"rename={{{', '.join(pairs)}}}"
        line = f"class {name}({', '.join([*items, flat])}):"
        items.append(flat if len(line) <= WIDTH else fit("rename={", pairs, "}", 4, 1))
    return fit(f"class {name}(", items, "):")


def union_alias(one: UnionPlan) -> str:
    """A union as a type checker sees it: as text, because its variants are defined later."""
    text = py(" | ".join(one.members))
    line = f"{one.name}: TypeAlias = {text}"
    return line if 4 + len(line) <= WIDTH else f"{one.name}: TypeAlias = (\n        {text}\n    )"


def variants(one: UnionPlan) -> str:
    """A union's class: `Pet = union("Pet", lambda: (Cat, Dog), "kind", lambda: {"cat": Cat})`."""
    members = f"({one.members[0]},)" if len(one.members) == 1 else f"({', '.join(one.members)})"
    if 8 + len(members) + 9 > WIDTH:
        members = exploded("(", list(one.members), ")", 8)
    items = [py(one.name), f"lambda: {members}"]
    if one.tag:
        pairs = [f"{py(value)}: {kind}" for value, kind in one.mapping]
        items += [py(one.tag), fit("lambda: {", pairs, "}", 8, 1)]
    if one.default:
        items.append(f"lambda: {one.default}")
    return fit(f"{one.name} = union(", items, ")", 4)


def rules(model: ModelPlan) -> str:
    """What holds for a struct as a whole."""
    line = f"    __rules__: ClassVar[ObjectRules] = ObjectRules({model.rules})"
    if len(line) <= WIDTH:
        return f"ObjectRules({model.rules})"
    return f"ObjectRules(\n        {model.rules}\n    )"


def answers_alias(operation: OperationPlan) -> str:
    """The union of an operation's answers."""
    names = [one.name for one in operation.answers] or ["None"]
    return union(f"{operation.answer_alias}: TypeAlias = ", names)


def literal_alias(name: str, values: tuple[str, ...]) -> str:
    """A union of literal texts, inside the block for type checkers."""
    return fit(f"{name}: TypeAlias = Literal[", [py(value) for value in values], "]", 4)


def credentials(plan: Plan) -> str:
    """The client's credentials, as a tuple."""
    if not plan.credentials:
        return "()"
    return _tuple(
        [
            f"Credential({py(one.name)}, {py(one.env)}, {py(one.secret)})"
            for one in plan.credentials
        ],
        0,
    )


def schemes(plan: Plan) -> str:
    """The security schemes, as a tuple."""
    return _tuple([_scheme(one) for one in plan.schemes], 0) if plan.schemes else "()"


def server_table(plan: Plan) -> str:
    """The servers that a client can be made for, as a tuple."""
    return _tuple([_server(one) for one in plan.servers], 0)


def _server(one: ServerPlan) -> str:
    items = [py(one.url)]
    items += [f"name={py(one.name)}"] if one.name else []
    if one.variables:
        rows = [_variable(two, 12) for two in one.variables]
        items.append("variables=" + _tuple(rows, 8, "variables="))
    return fit("_servers.Server(", items, ")", 4, 1)


def _variable(one: VariablePlan, indent: int) -> str:
    items = [py(one.argument), py(one.wire), py(one.default)]
    items += [py(one.values)] if one.values else []
    return fit("_servers.Variable(", items, ")", indent, 1)


def server_argument(plan: Plan) -> str:
    """The client's argument that chooses a server: by number, or by name."""
    return fit("server: Literal[", [py(one) for one in plan.server_keys], "] = 0", 8, 1)


def server_choice(plan: Plan) -> str:
    """The address that a client's arguments choose."""
    pairs = [f"{py(one.argument)}: {one.argument}" for one in plan.variables]
    given = fit("{", pairs, "}", 16, 1)
    return fit("chosen_url(", ["_ops.SERVERS", "base_url", "server", given], ")", 12, 1 + 9)


def variable_argument(one: VariablePlan) -> str:
    """The client's argument for a variable of the server's URL; None is the server's default."""
    if not one.values:
        return f"{one.argument}: str | None = None"
    return fit(
        f"{one.argument}: Literal[", [py(two) for two in one.values], "] | None = None", 8, 1
    )


def format_modules(plan: Plan) -> dict[str, str]:
    """The modules that formats come from, with what each is called in formats.py."""
    told = [text for one in plan.formats for text in (one.type, one.decode, one.encode) if text]
    modules = sorted({text.partition(":")[0] for text in told})
    return {module: f"_module_{number}" for number, module in enumerate(modules, 1)}


def format_parts(one: FormatPlan, modules: dict[str, str]) -> list[str]:
    """A format's type, what reads it and what writes it, as expressions in formats.py."""
    parts = [text.partition(":") for text in (one.type, one.decode, one.encode)]
    return [f"{modules[module]}.{name}" if module else "str" for module, _, name in parts]


def _scheme(one: SchemePlan) -> str:
    extra = [py(one.parameter)] if one.parameter else []
    extra += [f"name={py(one.name)}"] if one.name else []
    if one.token_url:
        extra += [f"token_url={py(one.token_url)}", f"scopes={py(one.scopes)}"]
    return fit("Scheme(", [py(one.kind), py(one.pairs), *extra], ")", 4, 1)


def route(group: GroupPlan, operation: OperationPlan) -> str:
    """A route of the server's application."""
    parts = [
        f"{group.attribute}.{operation.name}",
        f"if {group.attribute} is not None",
        "else None",
    ]
    method = " ".join(parts)
    if 12 + len(method) + 1 > WIDTH:
        inner = method if 16 + len(method) <= WIDTH else f"\n{16 * ' '}".join(parts)
        method = f"(\n{16 * ' '}{inner}\n{12 * ' '})"
    return fit("Route(", [f"_ops.{operation.constant}", operation.input, method], ")", 8, 1)


def server_answer(operation: OperationPlan, one: AnswerPlan) -> str:
    """What stands below the docstring of an answer's class."""
    lines = [f"    body: {one.body}"] if one.annotation else []
    if one.literal_status == "int":
        lines.append("    status: int")
    lines.append("    headers: Mapping[str, str] = field(default_factory=dict)")
    if one.literal_status != "int":
        lines.append(f"    status: ClassVar[Literal[{one.status}]] = {one.status}")
    if one.other:
        lines.append(f"    media_type: ClassVar[str] = {py(one.media_type)}")
    return "\n".join(lines)


def answer_head(one: AnswerPlan) -> str:
    """The first line of an answer's class; documented headers are fields of its base."""
    return fit(f"class {one.name}(", [one.headers_class or "Struct", "frozen=True"], "):")


def server_names(plan: Plan) -> list[str]:
    """What server.py offers."""
    names = ["Application", "Fault", "HttpRequest", "RawAnswer", "build_app", "render_fault"]
    for group in plan.groups:
        names += [group.protocol, group.base]
    for operation in plan.operations:
        names += [operation.input, operation.answer_alias, *(one.name for one in operation.answers)]
    return sorted(names)
