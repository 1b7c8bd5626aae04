"""The pieces of code that templates print for former names: signatures, constructors, tables."""

from __future__ import annotations

from collections.abc import Iterable

from ringback.emit.code import argument, optional, signature
from ringback.emit.layout import fit
from ringback.plan import FormerPlan, ModelPlan, OperationPlan, py


def former_signature(operation: OperationPlan, renamed: tuple[FormerPlan, ...]) -> list[str]:
    """The arguments of a method as old callers give them, by name: of an overload.

    Where one argument was renamed, its former name stands in its place; where several were, each may have either name.
    """
    leading, named, last = _parts(operation)
    olds = _by_name(renamed)
    index = next((at for at, item in enumerate(leading) if _name(item) in olds), len(leading))
    kept = [item for item in (*leading[index:], *named) if _name(item) not in olds]
    if len(renamed) == 1:
        one = renamed[0]
        was = next(item for item in (*leading, *named) if _name(item) == one.now)
        return [*leading[:index], "*", was.replace(one.now, one.name, 1), *kept, last]
    return [*leading[:index], "*", *kept, *_either(operation, olds, with_new=True), last]


def former_method(operation: OperationPlan, renamed: tuple[FormerPlan, ...]) -> list[str]:
    """The arguments of a method that has another name itself: by position, or by either name."""
    leading, named, last = _parts(operation)
    olds = _by_name(renamed)
    index = next((at for at, item in enumerate(leading) if _name(item) in olds), len(leading))
    typed = _typed(operation)
    loose = [argument(_name(item), optional(typed[_name(item)])) for item in leading[index:]]
    kept = [argument(name, optional(typed[name])) if name in olds else item for item in named if (name := _name(item))]  # fmt: skip
    return [*leading[:index], *loose, "*", *kept, *_either(operation, olds, with_new=False), last]


def _parts(operation: OperationPlan) -> tuple[list[str], list[str], str]:
    """What a method takes by position, by name, and `options`."""
    items = signature(operation)
    star = items.index("*")
    return items[:star], items[star + 1 : -1], items[-1]


def _by_name(renamed: tuple[FormerPlan, ...]) -> dict[str, list[str]]:
    olds: dict[str, list[str]] = {}
    for one in renamed:
        olds.setdefault(one.now, []).append(one.name)
    return olds


def _either(operation: OperationPlan, olds: dict[str, list[str]], *, with_new: bool) -> list[str]:
    typed = _typed(operation)
    names = [name for new, old in olds.items() for name in ((new, *old) if with_new else old)]
    news = {old: new for new, listed in olds.items() for old in listed}
    return [argument(name, optional(typed[news.get(name, name)])) for name in names]


def _typed(operation: OperationPlan) -> dict[str, str]:
    given = (*operation.positional, *operation.arguments)
    return {one.argument: one.argument_annotation for one in given} | {"body": operation.carried}


def _name(item: str) -> str:
    return item.partition(":")[0]


def method_form(operation: OperationPlan, is_async: bool) -> tuple[str, str]:
    """The keyword and the answer of a client's method: `async def`, `Call`."""
    prefix = "Async" if is_async else ""
    keyword = "async def" if is_async else "def"
    if operation.binary:
        return "def", f"{prefix}Download"
    if operation.alternatives:
        return keyword, "Any"
    if operation.stream:
        return "def", f"{prefix}Stream[{operation.stream}]"
    if operation.paging is not None:
        return "def", f"{prefix}{operation.pager}[{operation.paging.row}, {operation.returns}]"
    return keyword, operation.returns


def renames(former: Iterable[FormerPlan]) -> str:
    """The former names with the names: `{"sender": "from_"}`."""
    return "{" + ", ".join(f"{py(one.name)}: {py(one.now)}" for one in former) + "}"


def retirement(former: tuple[FormerPlan, ...]) -> str:
    """The `__getattr__` of a module with former names."""
    rows = [fit(f"{py(one.name)}: (", [py(one.now), py(one.message)], ")", 12, 1) for one in former]
    inner = "".join(f"            {row},\n" for row in rows)
    return f"__getattr__ = retired(\n        globals(),\n        {{\n{inner}        }},\n    )"


def constructors(model: ModelPlan, renamed: tuple[FormerPlan, ...]) -> list[list[str]]:
    """The arguments of a struct's constructor as it is, and as old callers give them."""
    olds = _by_name(renamed)
    now, before = ["self", "*"], ["self", "*"]
    for field in model.fields:
        typed = f"{field.annotation} = ..." if field.default else field.annotation
        now.append(argument(field.name, typed, 12))
        names = [field.name, *olds.get(field.name, [])]
        if len(names) > 1:
            names = names[1:] if len(renamed) == 1 else names
            typed = typed if len(renamed) == 1 else f"{field.annotation} = ..."
        before += [argument(name, typed, 12) for name in names]
    return [now, before]
