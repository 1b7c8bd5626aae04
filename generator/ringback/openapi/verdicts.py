"""What openapi-spec-validator said of a document, remembered: its walk takes longer than everything else together.

It is remembered by parts: a part is what stands under one path, webhook or component, and what is left of the document
is one more. What the validator says of a part depends on the part's own text and on the parameters, answers and the like
that it refers to, but not on schemas elsewhere, which are judged where they stand. That is the key to what it said. So
where one schema of a document has changed, the validator sees a document that has only that, with empty schemas for others.

Where that is not so, the whole document is the key, and the whole is asked about: where references do not tell where they lead,
where a path is a reference (two that lead to the same operations have the same ids), and where there is an objection to
something that another part refers to, as the validator may have come to it only from there.

The verdicts stand in the user's cache folder, one file for each title and first path. Nothing depends on it: what
cannot be read there is asked for again.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import re
from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path as FilePath
from typing import Any, Final, TypeAlias
from urllib.parse import unquote

from ringback.source import Path, cache_folder, keep, steps_of

Objection: TypeAlias = tuple[Path, str]
"""Where, and what."""

Ask: TypeAlias = Callable[[Any], list[Objection] | None]
"""What asks about a document; None where the validator breaks."""

Part: TypeAlias = tuple[str, ...]
"""What the paths of everything inside begin with."""

_REST: Final[Part] = ()
_WHOLE: Final[Part] = ("",)  # stands for the whole document among the keys
_SCHEMAS: Final[Part] = ("components", "schemas")
_KEPT: Final = 200  # documents
_REFERENCE: Final = re.compile(r'"\$ref": ("(?:[^"\\]|\\.)*")')
# Where one of these stands, a reference does not tell where it leads.
_FAR: Final = re.compile(r'"\$(?:anchor|id|dynamicRef)": ')
# Where one of these stands beside a default, the schemas below are asked about the default, wherever they are.
_BELOW: Final = re.compile(
    r'"(?:prefixItems|contains|patternProperties|propertyNames|dependentSchemas|if|unevaluated\w+)": '
)


@dataclass(frozen=True, slots=True)
class Recalled:
    """A document and what is remembered of its parts.

    `said` has the objections to every part that is known. `left` is a document with all others: what is to be asked
    about; None where nothing is.
    """

    said: Mapping[Part, Sequence[Objection]]
    left: Any
    _root: Any
    _keys: Mapping[Part, str]
    _shared: Set[Part]
    _file: FilePath

    def completed(self, ask: Ask) -> list[Objection]:
        """Everything that is to be said, by asking about what is left; remembers it."""
        if self.left is None:
            return [objection for said in self.said.values() for objection in said]
        whole, found = self.left is self._root, ask(self.left)
        if not whole and self._is_vague(found):
            whole, found = True, ask(self._root)
        if found is None or self._is_vague(found):
            _remember(self._file, {self._keys[_WHOLE]: found or []})
            return found or []
        verdict: dict[Part, list[Objection]] = {
            part: [] if whole else list(self.said.get(part, ()))
            for part in self._keys
            if part != _WHOLE
        }
        for path, message in found:
            part = _part_of(path)
            if whole or part not in self.said:
                verdict[part].append((path, message))
        _remember(self._file, {self._keys[part]: said for part, said in verdict.items()})
        return [objection for said in verdict.values() for objection in said]

    def _is_vague(self, found: Sequence[Objection] | None) -> bool:
        """Whether nobody knows which part is to blame.

        The validator broke, or did not say where, or what it speaks of may have been looked at only because another
        part refers to it.
        """
        return found is None or any(not path or _part_of(path) in self._shared for path, _ in found)


def recall(root: Any) -> Recalled:
    """What is remembered of a document."""
    texts = _texts(root)
    references = None if _repeats(root) else _references(texts)
    shared = {part for several in (references or {}).values() for part in several}
    keys = _keys(texts, references)
    file = cache_folder("verdicts") / f"{_family(root)}.json"
    known = _known(file)
    if keys[_WHOLE] in known:
        return Recalled({_WHOLE: known[keys[_WHOLE]]}, None, root, keys, shared, file)
    said = {part: known[keys[part]] for part in texts if keys[part] in known}
    unknown = [part for part in texts if part not in said]
    if not unknown:
        return Recalled(said, None, root, keys, shared, file)
    judged = set(texts)
    if references is not None and not any(_asks_below(texts[part]) for part in unknown):
        judged = _reached([*unknown, _REST], references)
    left = root if len(judged) == len(texts) else _reduced(root, judged)
    return Recalled(said, left, root, keys, shared, file)


# -- parts, what they refer to, and what stands for them


def _divided(root: Any) -> Iterator[tuple[Part, dict[str, Any]]]:
    """The objects whose members are parts."""
    for name in ("paths", "webhooks"):
        if name in root:
            yield (name,), root[name]
    for name, section in root.get("components", {}).items():
        if isinstance(section, dict):
            yield ("components", name), section


def _part_of(path: Path) -> Part:
    """The part that a value is in."""
    length = {"paths": 2, "webhooks": 2, "components": 3}.get(str(path[0]), 0) if path else 0
    return tuple(map(str, path[:length])) if 0 < length <= len(path) else _REST


def _texts(root: Any) -> dict[Part, str]:
    """The text of every part."""
    texts: dict[Part, str] = {_REST: json.dumps({**_reduced(root, ()), "components": None})}
    for above, members in _divided(root):
        for name, value in members.items():
            texts[*above, name] = json.dumps(value)
    return texts


def _reduced(root: Any, parts: Container[Part]) -> Any:
    """The document with these parts alone, and with nothing said of other schemas."""
    reduced = dict(root)
    if "components" in root:
        reduced["components"] = dict(root["components"])
    for above, members in _divided(root):
        inside = reduced if len(above) == 1 else reduced["components"]
        inside[above[-1]] = {
            name: value if (*above, name) in parts else {}
            for name, value in members.items()
            if (*above, name) in parts or above == _SCHEMAS
        }
    return reduced


def _repeats(root: Any) -> bool:
    """Whether a path refers to what others may refer to as well: two have the same operation ids then."""
    return any(isinstance(one, dict) and "$ref" in one for one in root.get("paths", {}).values())


def _references(texts: Mapping[Part, str]) -> dict[Part, set[Part]] | None:
    """The parts that each part depends on by its references; None where a reference does not tell."""
    if any(_FAR.search(text) for text in texts.values()):
        return None
    return {
        part: {_part_of(path) for path in _targets(text) if not _is_schema(path)} & texts.keys()
        for part, text in texts.items()
    }


def _targets(text: str) -> list[Path]:
    return [_path(json.loads(one)) for one in set(_REFERENCE.findall(text))]


def _is_schema(path: Path) -> bool:
    """Whether this is where a schema stands that is a part."""
    return len(path) == 3 and path[:2] == _SCHEMAS


def _path(reference: str) -> Path:
    """The path that a reference names: they are pointers from the root, or examples of something else."""
    return steps_of(unquote(reference[1:])) if reference.startswith("#/") else ()


def _reached(first: Iterable[Part], references: Mapping[Part, set[Part]]) -> set[Part]:
    """These parts and all that they refer to."""
    reached, left = set(first), list(first)
    while left:
        more = references[left.pop()] - reached
        reached |= more
        left += more
    return reached


def _asks_below(text: str) -> bool:
    return '"default": ' in text and '"$ref": ' in text and _BELOW.search(text) is not None


def _keys(
    texts: Mapping[Part, str], references: Mapping[Part, set[Part]] | None
) -> dict[Part, str]:
    """What stands for each part and for all that the verdict about it depends on."""
    everything = _digest(texts.values())
    keys: dict[Part, str] = {_WHOLE: everything}
    if references is None:
        return keys | {part: _digest([str(part), everything]) for part in texts}
    for part, text in texts.items():
        depends = sorted(_reached(references[part], references))
        far = [everything] if _asks_below(text) else []
        keys[part] = _digest([str(part), text, *(texts[one] for one in depends), *far])
    return keys


def _digest(texts: Iterable[str]) -> str:
    told = hashlib.sha256()
    for text in texts:
        told.update(text.encode() + b"\0")
    return told.hexdigest()[:32]


def _family(root: Any) -> str:
    """What a document has in common with its earlier and later versions."""
    names = [str(root["openapi"]), str(root.get("jsonSchemaDialect")), str(root["info"]["title"])]
    for package in ("openapi-spec-validator", "openapi-schema-validator", "ringback"):
        with contextlib.suppress(metadata.PackageNotFoundError):
            names.append(f"{package} {metadata.version(package)}")
    return _digest([*names, *list(root.get("paths", ()))[:1]])


# -- the file


def _known(file: FilePath) -> dict[str, list[Objection]]:
    """What stands in a file; nothing where it is no file of ours."""
    with contextlib.suppress(OSError, ValueError, TypeError, AttributeError):
        told = json.loads(file.read_bytes())
        return {
            key: [(tuple(path), str(message)) for path, message in said]
            for key, said in told.items()
        }
    return {}


def _remember(file: FilePath, told: Mapping[str, list[Objection]]) -> None:
    if keep(file, json.dumps(told)):
        with contextlib.suppress(OSError):
            _forget(file.parent)


def _forget(folder: FilePath) -> None:
    """Keep the newest."""
    files = list(folder.iterdir())
    if len(files) > _KEPT:
        files.sort(key=lambda file: file.stat().st_mtime)
        for file in files[: len(files) - _KEPT // 2]:
            file.unlink(missing_ok=True)
