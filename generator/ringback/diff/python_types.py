"""Which annotation a type checker takes where another was: the part of Python's typing that generated packages use.

An annotation is read into a set of members (`str | Unset | None` has three). What was written against the old package is
checked against the new one, so both annotations are seen in the new package: a type that only has another name there is
the same type (`Names.renamed`), aliases and unions are what each package says they are.
"""

from __future__ import annotations

import ast
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Final, TypeAlias

from ringback.plan import Plan

Member: TypeAlias = tuple[str, tuple["Union", ...]]
"""A name with what stands in its brackets; a literal is `=` with its repr behind it."""
Union: TypeAlias = frozenset[Member]

_ANY: Final = "Any"
_INVARIANT: Final = frozenset({"list", "dict", "Pager", "Stream", "Event", "tuple", "set"})
_COVARIANT: Final = {"list": "Sequence", "dict": "Mapping", "AsyncIterable": "AsyncIterable"}
_SAME: Final = {"Rfc2822": "datetime", "IntText": "int", "DecimalString": "Decimal"}
_BASES: Final = {"bool": "int", "int": "float", "datetime": "date"}


@dataclass(frozen=True)
class Names:
    """What the names in a package's annotations mean: aliases, and the builtin that a type of its own is made of."""

    aliases: Mapping[str, str] = field(default_factory=dict)
    bases: Mapping[str, str] = field(default_factory=dict)
    renamed: Mapping[str, str] = field(default_factory=dict)  # old type names to new ones


def names_of(plan: Plan, renamed: Mapping[str, str] | None = None) -> Names:
    """The names of a plan's models.py. The values of an enum stay a type of their own, so that a member that is new
    or gone is one change and not one in every signature."""
    aliases = {one.name: one.annotation for one in plan.aliases}
    aliases |= {one.name: " | ".join(one.members) for one in plan.unions}
    bases = {one.name: "str" for one in plan.identifiers}
    bases |= {one.name: "str" for one in plan.enums}
    bases |= {one.literal: "str" for one in plan.enums}
    return Names(aliases, bases, renamed or {})


def read(annotation: str, names: Names) -> Union:
    """The members of an annotation, aliases taken apart."""
    return _union(_parsed(annotation), names, ())


def fits(given: Union, wanted: Union, bases: Mapping[str, str]) -> bool:
    """Whether a value of the one type may stand where the other is wanted."""
    if any(name == _ANY for name, _ in wanted):
        return True
    return all(any(_member_fits(one, two, bases) for two in wanted) for one in given)


def is_any(union: Union) -> bool:
    """Whether nothing is checked there."""
    return any(name == _ANY for name, _ in union)


def plain(annotation: str) -> str:
    """An annotation as a person reads it: without the bounds that only the run knows."""
    return ast.unparse(_Bare().visit(ast.parse(annotation, mode="eval")))


def opened(annotation: str, aliases: Mapping[str, str]) -> str:
    """An annotation with what its aliases stand for, one step deep."""
    return ast.unparse(_Opened(aliases).visit(ast.parse(annotation, mode="eval")))


class _Opened(ast.NodeTransformer):
    def __init__(self, aliases: Mapping[str, str]) -> None:
        self._aliases = aliases

    def visit_Name(self, node: ast.Name) -> ast.AST:
        meant = self._aliases.get(node.id)
        return node if meant is None else ast.parse(meant, mode="eval").body


class _Bare(ast.NodeTransformer):
    def visit_Subscript(self, node: ast.Subscript) -> ast.AST:
        self.generic_visit(node)
        bounded = isinstance(node.value, ast.Name) and node.value.id == "Annotated"
        return node.slice.elts[0] if bounded and isinstance(node.slice, ast.Tuple) else node


@lru_cache(maxsize=4096)
def _parsed(annotation: str) -> ast.expr:
    return ast.parse(annotation, mode="eval").body


def _union(node: ast.expr, names: Names, inside: tuple[str, ...]) -> Union:
    if isinstance(node, ast.BinOp):
        return _union(node.left, names, inside) | _union(node.right, names, inside)
    if isinstance(node, ast.Constant):
        if isinstance(node.value, str):
            return _union(_parsed(node.value), names, inside)
        return frozenset({(str(node.value), ())})
    if isinstance(node, ast.Subscript):
        return _subscript(node, names, inside)
    name = node.attr if isinstance(node, ast.Attribute) else ast.unparse(node)
    if name in names.aliases and name not in inside:
        return _union(_parsed(names.aliases[name]), names, (*inside, name))
    name = _SAME.get(name, name)
    return frozenset({(names.renamed.get(name, name), ())})


def _subscript(node: ast.Subscript, names: Names, inside: tuple[str, ...]) -> Union:
    head = ast.unparse(node.value).rpartition(".")[2]
    parts = node.slice.elts if isinstance(node.slice, ast.Tuple) else [node.slice]
    if head == "Annotated":
        return _union(parts[0], names, inside)
    if head == "Literal":
        return frozenset((f"={ast.unparse(one)}", ()) for one in parts)
    if head == "ClassVar":
        return _union(parts[0], names, inside)
    return frozenset({(head, tuple(_union(one, names, inside) for one in parts))})


def _member_fits(given: Member, wanted: Member, bases: Mapping[str, str]) -> bool:
    name, parts = given
    if name == _ANY or given == wanted:
        return True
    if not parts:
        return not wanted[1] and wanted[0] in _bases_of(name, bases)
    other, others = wanted
    if name == other and name in _INVARIANT and len(parts) == len(others):
        pairs = list(zip(parts, others, strict=True))
        return all(fits(a, b, bases) and fits(b, a, bases) for a, b in pairs)
    if other not in (name, _COVARIANT.get(name)) or len(parts) != len(others):
        return False
    return all(fits(a, b, bases) for a, b in zip(parts, others, strict=True))


def _bases_of(name: str, bases: Mapping[str, str]) -> set[str]:
    """The types that a type may stand for."""
    found = {name, "object"}
    if name.startswith("="):
        name = type(ast.literal_eval(name[1:])).__name__
        found.add(name)
    while name in bases or name in _BASES:
        name = bases.get(name) or _BASES[name]
        found.add(name)
    return found
