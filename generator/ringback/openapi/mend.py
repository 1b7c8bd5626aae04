"""What a document says wrongly and everyone reads rightly: how it is read.

A third of the published documents break the specification somewhere. Where only one meaning is possible the
document is mended as a reader would do it in the head, and a warning says so: a number that stands unquoted where text
belongs is the text that was written; null where something optional belongs is nothing; a list under `items` is what
`prefixItems` was called before 2020. What has two meanings, or none, stays an error.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

from ringback.source import Diagnostic, Path, Severity, Tree

from .refs import at

_MAPS: Final = frozenset((
    "responses", "schemas", "properties", "patternProperties", "paths", "$defs", "headers", "examples", "callbacks",
    "content", "webhooks", "variables", "encoding", "links", "parameters", "securitySchemes", "requestBodies",
    "pathItems", "mediaTypes", "dependentSchemas", "mapping", "scopes", "additionalOperations",
))  # fmt: skip
"""Objects whose keys are names: a name with null after it is still a name."""
_ASIDE: Final = frozenset(
    ("description", "summary", "externalDocs", "examples", "xml", "license", "contact")
)
"""What explains and decides nothing: it is left out where it cannot be read."""
_ONE_OF_LIST: Final = frozenset(("tags", "required"))
_WORDS: Final = {"true": True, "false": False}
_RANGE: Final = re.compile("[1-5]xx", re.IGNORECASE)
_OPERATORS: Final = re.compile(r"\{([.;]?)([^{}/.;*]+)(\*?)\}")


@dataclass(frozen=True, slots=True)
class Mend:
    """How the value at `path` is read: as `value`; with `remove`, not at all; with `rename`, under another key."""

    path: Path
    said: str
    value: Any = None
    remove: bool = False
    rename: str = ""


def mend_of_type(tree: Tree, path: Path, wanted: tuple[str, ...]) -> Mend | None:
    """How a value of the wrong JSON type is read; None where nobody can say."""
    if not path or not isinstance(at(tree.root, path[:-1]), dict):
        return _item(tree, path, wanted) if path else None
    key, value = path[-1], at(tree.root, path)
    if value is not None and is_name(path):
        return _reading(tree, path, value, wanted)
    if key == "items" and isinstance(value, list):
        return Mend(
            path, "read as prefixItems, which it is called since 2020", rename="prefixItems"
        )
    if key == "required" and isinstance(value, bool) and "array" in wanted:
        said = (
            "it counts for nothing: the list `required` beside `properties` says what must be there"
        )
        return Mend(path, said, remove=True)
    if key == "type" and value is None:
        return Mend(path, 'read as "null"; put it in quotes', "null")
    if value is None:
        return _null(path, wanted)
    if (read := _reading(tree, path, value, wanted)) is not None:
        return read
    if key in _ASIDE:
        return Mend(path, "it is left out", remove=True)
    return None


def mend_of_value(tree: Tree, path: Path) -> Mend | None:
    """How a value of the right type is read that is none of those allowed."""
    try:
        key, value = path[-1], at(tree.root, path)
    except (KeyError, IndexError, TypeError):
        return None  # it is a name that is wrong
    if key == "$anchor":
        return Mend(path, "no reference can name it: it is left out", remove=True)
    if key == "required" and value is False and _is_path_parameter(tree, path[:-1]):
        return Mend(path, "a path parameter is always there: read as true", True)
    return None


def mend_of_pair(path: Path, keys: tuple[str, ...]) -> Mend | None:
    """Which of two keys counts that exclude each other."""
    if set(keys) == {"schema", "content"}:
        return Mend((*path, "schema"), "content counts", remove=True)
    if set(keys) == {"example", "examples"}:
        return Mend((*path, "example"), "examples counts", remove=True)
    return None


def mend_of_status(tree: Tree, path: Path) -> Mend | None:
    """Which status a key stands for that has its letters in the other case."""
    written = str(path[-1])
    read = written.upper() if _RANGE.fullmatch(written) else written.lower()
    if not _RANGE.fullmatch(read) and read != "default":
        return None
    if read in at(tree.root, path[:-1]):
        return None  # which of the two counts?
    return Mend(path, f"read as {read}", rename=read)


def mend_of_absence(tree: Tree, path: Path, names: tuple[str, ...]) -> Mend | None:
    """What is read where a required key is missing."""
    if set(names) == {"schema", "content"}:
        return Mend((*path, "schema"), "read as text of any form", {"type": "string"})
    node = at(tree.root, path)
    if names == ("name",) and isinstance(node, dict) and node.get("in") == "querystring":
        return Mend((*path, "name"), "it is only a label: read as 'querystring'", "querystring")
    return None


def is_name(path: Path) -> bool:
    """Whether the last part of a path is a name that the document gives, not a keyword: a property `type`."""
    return len(path) > 1 and path[-2] in _MAPS


def apply(tree: Tree, mend: Mend) -> None:
    """Change the tree as a mend says; a second mend of the same place finds nothing to do."""
    container, key = at(tree.root, mend.path[:-1]), mend.path[-1]
    if mend.rename and key in container:
        tree.rename(mend.path, mend.rename)
    elif mend.remove and key in container:
        del container[key]
    elif not mend.rename and not mend.remove:
        container[key] = mend.value


def _item(tree: Tree, path: Path, wanted: tuple[str, ...]) -> Mend | None:
    value = at(tree.root, path)
    return None if value is None else _reading(tree, path, value, wanted)


def _null(path: Path, wanted: tuple[str, ...]) -> Mend | None:
    if is_name(path) and "object" in wanted:
        return Mend(path, "read as an empty object, {}", {})
    if path[-1] in ("schema", "additionalProperties", "items") and "object" in wanted:
        return Mend(path, "read as an empty object, {}, which allows anything", {})
    return Mend(path, "read as if it were not there", remove=True)


def _reading(tree: Tree, path: Path, value: Any, wanted: tuple[str, ...]) -> Mend | None:
    """A plain value of one type that stands for one of another."""
    if isinstance(value, (bool, int, float)) and "string" in wanted:
        text = tree.written(path) or json.dumps(value)
        return Mend(path, f"read as {text!r}; put it in quotes", text)
    if isinstance(value, str) and "boolean" in wanted and value.lower() in _WORDS:
        return Mend(path, "read without its quotes", _WORDS[value.lower()])
    if isinstance(value, str) and {"integer", "number"} & set(wanted):
        number = _number(value)
        return None if number is None else Mend(path, "read without its quotes", number)
    if isinstance(value, str) and "array" in wanted and path[-1] in _ONE_OF_LIST:
        return Mend(path, "read as a list of one", [value])
    return None


def _number(text: str) -> int | float | None:
    if not re.fullmatch(r"-?[0-9]{1,15}(\.[0-9]{1,15})?", text):
        return None
    return float(text) if "." in text else int(text)


def _is_path_parameter(tree: Tree, path: Path) -> bool:
    node = at(tree.root, path)
    return isinstance(node, dict) and node.get("in") == "path"


# -- paths


def plain_templates(tree: Tree) -> Iterator[Diagnostic]:
    """RFC 6570's operators in a path: OpenAPI has none, style and explode of the parameter say the same."""
    paths = tree.root.get("paths")
    if not isinstance(paths, dict):
        return
    for template in list(paths):
        plain = _OPERATORS.sub(r"{\2}", template)
        if plain == template or plain in paths or _declares(paths[template], template):
            continue
        place = tree.locate(("paths", template), key=True)
        said = f"OpenAPI has no operators in the braces of {template!r}"
        hint = "read without them: style and explode of the parameter say how it is written"
        yield Diagnostic(place, "path-template", said, Severity.WARNING, hint)
        tree.rename(("paths", template), plain)


def _declares(item: Any, template: str) -> bool:
    """Whether a parameter's own name has the operator, odd as that is."""
    decorated = {match.group()[1:-1] for match in _OPERATORS.finditer(template)}
    decorated -= {match.group(2) for match in _OPERATORS.finditer(template)}
    holders = [item, *item.values()] if isinstance(item, dict) else []
    lists = [one.get("parameters") for one in holders if isinstance(one, dict)]
    return any(
        isinstance(one, dict) and one.get("in") == "path" and str(one.get("name")) in decorated
        for parameters in lists
        if isinstance(parameters, list)
        for one in parameters
    )


def declare(tree: Tree, operation: Path, name: str) -> None:
    """Give an operation the path parameter that it leaves out."""
    node = at(tree.root, operation)
    listed = node.setdefault("parameters", [])
    listed.append({"name": name, "in": "path", "required": True, "schema": {"type": "string"}})
