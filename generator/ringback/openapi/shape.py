"""Whether every object of the document has the form that OpenAPI's own schema gives it.

jsonschema-rs finds what is wrong in milliseconds; this module says it in sentences. Where the schema offers a
choice of forms, only the form that the author most likely meant is spoken of.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from difflib import get_close_matches
from itertools import pairwise
from typing import Any, Final

from ringback.source import Diagnostic, Path, Severity, Tree

from .mend import (
    Mend,
    apply,
    is_name,
    mend_of_absence,
    mend_of_pair,
    mend_of_status,
    mend_of_type,
    mend_of_value,
)
from .meta import known_keys, meta_schema, meta_validator
from .refs import at
from .survey import SCHEMAS_INSIDE

_TYPES: Final = {
    "string": "text", "integer": "a whole number", "number": "a number", "boolean": "true or false",
    "object": "an object", "array": "a list", "null": "null",
}  # fmt: skip
_HARMLESS_ABSENCES: Final = frozenset(
    (
        "the document needs 'paths'",
        "a Response Object needs 'description'",
        "an Operation Object needs 'responses'",
        "a Parameter Object needs 'required'",
        "a License Object needs 'name'",
        "a Device Authorization Object needs 'scopes'",
    )
)
# Definitions that OpenAPI's schemas share between objects, or that are a part of one.
_HELPER: Final = re.compile(
    r"(styles?|explode|type|content|map)-|specification-extensions|examples\Z|parameters\Z|schemaArray|nonNeg"
    r"|simpleTypes|stringArray|(Example|Schema)XOR|ParameterLocation|anchorString"
)
_ROUNDS: Final = 4  # a mended value may have faults of its own
_WORD_START: Final = re.compile(r"(?<=[a-z])(?=[A-Z])|-|_")


def shape_faults(
    tree: Tree, version: str, path: Path = (), definition: str | None = None
) -> list[Diagnostic]:
    """What is wrong with the form of the document, or of one object in it that has to fit a definition."""
    found: dict[Diagnostic, None] = {}
    known: set[Path] = set()
    for _ in range(_ROUNDS):
        judge = _Judge(tree, version, path, definition, known)
        try:
            errors = meta_validator(version, definition).iter_errors(at(tree.root, path))
            found.update(dict.fromkeys(judge.all(errors)))
        except ValueError as error:
            # The engine's own limit of levels, should ours have been raised to it.
            said = f"the document cannot be judged: {error}"
            return [*found, Diagnostic(tree.locate(path), "wrong-value", said)]
        for mend in judge.mends:
            apply(tree, mend)
        if version == "3.0":
            judge.unjudged += [(*one.path[:-1], one.rename) for one in judge.mends if one.rename]
            for place in judge.unjudged:
                known.add(place)
                found.update(dict.fromkeys(_strangers(tree, version, place)))
        if not judge.mends:
            break
    return list(found)


def _strangers(tree: Tree, version: str, path: Path) -> Iterator[Diagnostic]:
    """What is wrong with the schemas under a keyword that OpenAPI 3.0 does not know, and so does not look into."""
    try:
        container, value = SCHEMAS_INSIDE[str(path[-1])], at(tree.root, path)
    except (KeyError, IndexError, TypeError):
        return  # what was around it has been left out
    if container == "list" and isinstance(value, list):
        places: list[Path] = [(*path, index) for index in range(len(value))]
    elif container == "map" and isinstance(value, dict):
        places = [(*path, name) for name in value]
    else:
        places = [path] if container == "one" and isinstance(value, dict) else []
    if not places and not isinstance(value, bool) and value not in ([], {}):
        del at(tree.root, path[:-1])[path[-1]]
    for place in places:
        if isinstance(at(tree.root, place), bool):
            continue
        yield from shape_faults(tree, version, place, "schema")


class _Judge:
    """Turns the engine's errors into findings."""

    def __init__(
        self, tree: Tree, version: str, base: Path, definition: str | None, known: set[Path]
    ) -> None:
        self.mends: list[Mend] = []
        self.unjudged: list[Path] = []
        self._known = known
        self._faulty: list[Path] = []
        self._tree = tree
        self._version = version
        self._base = base
        self._definition = definition

    def all(self, errors: Iterable[Any]) -> Iterator[Diagnostic]:
        listed = [one for one in errors if not _is_in_extension(tuple(one.instance_path))]
        self._faulty = [tuple(one.instance_path) for one in listed]
        for error in listed:
            yield from self._one(error)

    def _one(self, error: Any) -> Iterator[Diagnostic]:
        kind, path = error.kind, self._path(error)
        name = type(kind).__name__
        if name in ("AnyOf", "OneOfNotValid"):
            yield from self._choice(error, path)
        elif name in ("AdditionalProperties", "UnevaluatedProperties"):
            for key in kind.unexpected:
                inside = (*error.instance_path, key)
                # Where something inside is wrong, the engine calls the whole unknown.
                fixed = self._what(error) not in ("a Responses Object", "a Paths Object")
                common = inside[:-1] if fixed and key in known_keys(self._version) else inside
                faulty = any(
                    len(one) > len(path) - len(self._base) and one[: len(common)] == common
                    for one in self._faulty
                )
                if not faulty and (*path, key) not in self._known:
                    yield self._unknown(error, (*path, key))
        elif name == "Required":
            yield self._missing(error, path, (kind.property,))
        elif name == "Type":
            wanted = " or ".join(_TYPES.get(one, str(one)) for one in kind.types)
            yield self._fault(
                path,
                "wrong-type",
                f"{self._shown(path)} where {wanted} belongs",
                _quote_hint(error, kind),
                mend=mend_of_type(self._tree, path, tuple(str(one) for one in kind.types)),
            )
        else:
            yield self._other(error, name, path)

    def _other(self, error: Any, name: str, path: Path) -> Diagnostic:
        kind = error.kind
        if name in ("Enum", "Constant"):
            options = kind.options if name == "Enum" else [kind.expected_value]
            return self._options(path, options)
        if name == "PropertyNames":
            inner = kind.error if hasattr(kind, "error") else error
            key = getattr(inner, "instance", None)
            where = (*path, key) if isinstance(key, str) else path
            return self._fault(
                where, "wrong-value", f"{where[-1]!r} cannot be a name here", at_key=True
            )
        if name == "Pattern":
            return self._fault(
                path, "wrong-value", f"{self._shown(path)} does not match {kind.pattern}"
            )
        if name == "UniqueItems":
            return self._fault(path, "wrong-value", "the list says the same thing twice")
        if name in ("Not", "OneOfMultipleValid"):
            return self._exclusive(error, name, path)
        if name == "FalseSchema":
            return self._fault(path, "wrong-value", "this cannot stand here", at_key=True)
        return self._fault(path, "wrong-value", _lower(error.message[:300]))

    def _unknown(self, error: Any, path: Path) -> Diagnostic:
        keys = self._known_keys(error)
        close = get_close_matches(str(path[-1]), keys, 1)
        hint = f"did you mean {close[0]}?" if close else "keys of your own begin with x-"
        message = f"{self._what(error)} has no key {path[-1]!r}"
        if "esponses" in self._what(error):
            hint = "a status is 200 to 599, 4XX or default" if not close else hint
            said, mend = f"{path[-1]!r} is no status", mend_of_status(self._tree, path)
            return self._fault(path, "bad-status", said, hint, at_key=True, mend=mend)
        if self._what(error) == "a Paths Object":
            said = f"the path {path[-1]!r} does not begin with a slash"
            return self._fault(path, "path-template", said, at_key=True)
        if path[-1] not in known_keys(self._version) and self._what(error) != "a Schema Object":
            # What only another version has: nobody has looked at it, so nobody is to read it.
            self.mends.append(Mend(path, "", remove=True))
        elif path[-1] in SCHEMAS_INSIDE:
            self.unjudged.append(path)
        place = self._tree.locate(path, key=True)
        return Diagnostic(place, "unknown-key", message, Severity.WARNING, hint)

    def _choice(self, error: Any, path: Path) -> Iterator[Diagnostic]:
        """An error for each of several forms: those of the form that comes nearest."""
        branches: list[list[Any]] = [list(branch) for branch in error.kind.context if branch]
        missing = [_only_required(branch) for branch in branches]
        if (
            branches
            and all(missing)
            and all(len(one.instance_path) == len(error.instance_path) for one, in branches)
        ):
            yield self._missing(error, path, tuple(dict.fromkeys(name for name in missing if name)))
            return
        options = _common_options(branches)
        if options is not None:
            place, values = options
            yield self._options(self._fit(place), values)
            return
        if branches:
            level = len(error.instance_path)
            nearest = min(branches, key=lambda branch: _distance(branch, level))
            yield from self.all(nearest)

    def _missing(self, error: Any, path: Path, names: tuple[str, ...]) -> Diagnostic:
        named = " or ".join(repr(name) for name in names)
        said = f"{self._what(error)} needs {named}"
        mend = mend_of_absence(self._tree, path, names)
        return self._fault(path, "missing-key", said, at_key=True, mend=mend)

    def _exclusive(self, error: Any, name: str, path: Path) -> Diagnostic:
        schema = at(meta_schema(self._version), self._schema_path(error))
        forms = schema if isinstance(schema, list) else [schema]
        keys = [key for form in forms if isinstance(form, dict) for key in form.get("required", ())]
        node = at(self._tree.root, path)
        present = [key for key in dict.fromkeys(keys) if isinstance(node, dict) and key in node]
        if not present and path[-1:] == ("parameters",):
            said = "the whole query is one parameter (in: querystring), and parts of it are others"
            place = self._tree.locate(path, key=True)
            return Diagnostic(place, "wrong-value", said, Severity.WARNING)
        if not present:
            return self._fault(
                path, "wrong-value", f"{self._what(error)} cannot have this form", at_key=True
            )
        named = " and ".join(repr(key) for key in present)
        said = "exclude each other" if len(present) > 1 else "cannot stand here"
        return self._fault(
            (*path, present[-1]),
            "wrong-value",
            f"{named} {said} in {self._what(error)}",
            at_key=True,
            mend=mend_of_pair(path, tuple(present)),
        )

    def _options(self, path: Path, options: Iterable[Any]) -> Diagnostic:
        listed = list(dict.fromkeys(_json(option) for option in options))
        found = at(self._tree.root, path)
        close = get_close_matches(str(found), listed, 1)
        hint = f"did you mean {close[0]}?" if close else ""
        wanted = listed[0] if len(listed) == 1 else f"one of {', '.join(listed)}"
        return self._fault(path, "wrong-value", f"{self._shown(path)}; it is {wanted}", hint)

    def _fault(
        self, path: Path, code: str, message: str, hint: str = "", *, at_key: bool = False,
        mend: Mend | None = None,
    ) -> Diagnostic:  # fmt: skip
        """A finding; a warning where it is harmless, or where `mend` says how it is read."""
        harmless = self._is_harmless(path, code, message)
        if mend is None and code == "wrong-value" and not harmless:
            mend = mend_of_value(self._tree, path)
        if mend is not None and not harmless:
            self.mends.append(mend)
            hint = mend.said
        severity = Severity.WARNING if harmless or mend is not None else Severity.ERROR
        return Diagnostic(self._tree.locate(path, key=at_key), code, message, severity, hint)

    def _is_harmless(self, path: Path, code: str, message: str) -> bool:
        """Whether everything can go on with the fault: nothing is read from there, or what is meant is plain."""
        if code == "missing-key":
            return message in _HARMLESS_ABSENCES
        if path[:1] == ("info",) and len(path) > 2:
            return path[1] not in ("title", "version", "description") and code != "wrong-type"
        if path[:1] == ("components",) and len(path) == 3 and code == "wrong-value":
            return True  # an odd name of a component: it is named otherwise in Python anyway
        if is_name(path):
            return False
        if path[-1:] == ("type",):
            return self._is_readable_type(at(self._tree.root, path))
        if path[-1:] in (("exclusiveMinimum",), ("exclusiveMaximum",)) and self._version != "3.0":
            return isinstance(at(self._tree.root, path), bool)  # as 3.0 had it, and read so
        doubled = path[-1:] == ("required",) and code == "wrong-value"
        return doubled or path[-1:] == ("$recursiveAnchor",)

    def _is_readable_type(self, given: Any) -> bool:
        """`null` in 3.0, read as 3.1 reads it; `[string, null]` in 3.1, where null lacks its quotes."""
        named = given if isinstance(given, list) else [given]
        if self._version == "3.0":
            return all(isinstance(one, str) and one in _TYPES for one in named)
        return isinstance(given, list) and all(
            one is None or (isinstance(one, str) and one in _TYPES) for one in named
        )

    def _shown(self, path: Path) -> str:
        """A value as a message begins with it: `type is 'String'`."""
        value = at(self._tree.root, path)
        name = path[-1] if path else "the document"
        subject = f"item {name}" if isinstance(name, int) else name
        if isinstance(value, (dict, list)):
            return f"{subject} is {_TYPES['object' if isinstance(value, dict) else 'array']}"
        shown = repr(value) if isinstance(value, str) else _json(value)
        return f"{subject} is {shown if len(shown) < 60 else shown[:57] + '…'}"

    def _what(self, error: Any) -> str:
        """The object that an error is about, by the name of its definition: "a Media Type Object"."""
        steps = [str(step) for step in error.schema_path]
        names = [name for before, name in pairwise(steps) if before in ("definitions", "$defs")]
        named = [name for name in names if not _HELPER.match(name)]
        name = named[-1] if named else self._definition
        if name is None:
            return "the document"
        words = " ".join(_WORD_START.sub(" ", name.removesuffix("-or-reference")).split()).title()
        return f"{'an' if words[0] in 'AEIO' else 'a'} {words} Object"

    def _known_keys(self, error: Any) -> list[str]:
        try:
            parent = at(meta_schema(self._version), self._schema_path(error)[:-1])
        except (KeyError, IndexError, TypeError):
            return []
        return list(parent.get("properties", ()))

    def _schema_path(self, error: Any) -> Path:
        """The path of the failing keyword inside the schema, from its root."""
        return tuple(error.schema_path)

    def _path(self, error: Any) -> Path:
        return self._fit(tuple(error.instance_path))

    def _fit(self, path: Path) -> Path:
        """The path inside the tree: the engine takes the key "200" for a position."""
        value = at(self._tree.root, self._base)
        fitted: list[str | int] = []
        for part in path:
            part = str(part) if isinstance(value, dict) else part
            value = value[part]
            fitted.append(part)
        return (*self._base, *fitted)


def _is_in_extension(path: Path) -> bool:
    """Whether a place is inside an extension of a callback, which OpenAPI's own schema takes for a path item."""
    return any(
        part == "callbacks" and str(path[index + 2]).startswith("x-")
        for index, part in enumerate(path[:-2])
    )


def _quote_hint(error: Any, kind: Any) -> str:
    plain = isinstance(error.instance, (int, float)) and "string" in kind.types
    return "put it in quotes" if plain else ""


def _only_required(branch: list[Any]) -> str | None:
    if len(branch) != 1 or type(branch[0].kind).__name__ != "Required":
        return None
    name: str = branch[0].kind.property
    return name


def _common_options(branches: list[list[Any]]) -> tuple[Path, list[Any]] | None:
    """Where every form wants another value of the same key: the place, and all those values."""
    places: set[Path] = set()
    options: list[Any] = []
    for branch in branches:
        wanted = [error for error in branch if type(error.kind).__name__ in ("Enum", "Constant")]
        if len(wanted) != 1:
            return None
        places.add(tuple(wanted[0].instance_path))
        kind = wanted[0].kind
        options += kind.options if type(kind).__name__ == "Enum" else [kind.expected_value]
    return (places.pop(), options) if len(places) == 1 else None


def _distance(branch: list[Any], level: int) -> tuple[bool, bool, int]:
    """How far a form is from what was written: another type altogether, another kind of object, more errors."""
    kinds = [(type(error.kind).__name__, len(error.instance_path) - level) for error in branch]
    return (
        ("Type", 0) in kinds,
        any(name in ("Enum", "Constant") and depth == 1 for name, depth in kinds),
        len(branch),
    )


def _json(value: Any) -> str:
    return value if isinstance(value, str) else json.dumps(value)


def _lower(text: str) -> str:
    return text[:1].lower() + text[1:]
