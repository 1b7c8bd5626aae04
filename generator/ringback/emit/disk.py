"""Files to the disk, without ever losing one.

A manifest (`.ringback.json`, beside the files) says which files are ours, with the digest each had when we wrote it. From it
follows what may happen to a file: ours and unchanged, it is replaced or removed; ours but edited by a person, it
is reported and left alone unless forced; not ours, it is reported and never touched.

Writing is two steps. First everything is written below `.ringback-next/`, the manifest to come last of all in there. Then
files move into place one by one, the manifest at the very end. A run that finds a complete `.ringback-next/` (its
manifest is there) finishes the move first: whatever interrupted it, the next run ends in a whole state.

Two runs at once take turns: the folder is locked while files are put down and moved, and a run that finds another
manifest than the one it compared with is told so (Overtaken), to begin anew.
"""

from __future__ import annotations

import contextlib
import difflib
import hashlib
import json
import os
import shutil
from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from ringback.emit.printing import GeneratedFile

MANIFEST = ".ringback.json"
NEXT = ".ringback-next"
REMEMBERED = "__pycache__/ringback-inputs"
_FORMAT = 1


@dataclass(frozen=True, slots=True)
class Entry:
    """What the manifest says of a file: its digest, and the digest of what was printed before formatting."""

    sha256: str
    printed: str


@dataclass(frozen=True, slots=True)
class Manifest:
    """The files that are ours, and what formatted them."""

    formatter: str = ""
    files: Mapping[str, Entry] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Change:
    """What writing would do: paths below the package's folder, sorted."""

    write: tuple[str, ...]
    remove: tuple[str, ...]
    unchanged: tuple[str, ...]
    edited: tuple[str, ...]  # ours, but a person changed them
    foreign: tuple[str, ...]  # not ours, in the way


class Obstacle(Exception):
    """The folder cannot be written to: what stands in the way."""


class Overtaken(Exception):
    """Another run has written to the folder since it was compared: nothing was written, begin anew."""


def digest(content: bytes) -> str:
    """The SHA-256 of a file's content, in hexadecimal."""
    return hashlib.sha256(content).hexdigest()


def read_manifest(folder: Path) -> Manifest:
    """The manifest of a folder; an empty one where there is none. Raises Obstacle where it cannot be read."""
    path = folder / MANIFEST
    if not path.is_file():
        return Manifest()
    try:
        raw = json.loads(path.read_bytes())
        files = {
            _checked(name): Entry(str(one["sha256"]), str(one["printed"]))
            for name, one in raw["files"].items()
        }
        return Manifest(str(raw["formatter"]), files)
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise Obstacle(
            f"{path} is not a manifest of ringback (remove it to begin anew): {error}"
        ) from None


def _checked(name: str) -> str:
    parts = name.split("/")
    if (
        not name
        or name.startswith("/")
        or "\\" in name
        or any(part in ("", ".", "..") for part in parts)
    ):
        raise ValueError(f"{name!r} is no path below the folder")
    return name


def complete(folder: Path) -> bool:
    """Finish an earlier run whose move was interrupted; gives whether there was one. Raises Obstacle."""
    if not (folder / NEXT).is_dir():
        return False
    with _alone(folder):
        return _completed(folder, folder / NEXT)


def _completed(folder: Path, waiting: Path) -> bool:
    if not waiting.is_dir():
        return False  # it was no interrupted run but one at work, and that is done now
    _inside(folder, {f"{NEXT}/{MANIFEST}"})
    whole = (waiting / MANIFEST).is_file()
    if whole:
        earlier = read_manifest(folder)
        coming = read_manifest(waiting)
        _inside(folder, {*earlier.files, *coming.files})
        _move(waiting, folder, earlier, _edited_since(folder, earlier, coming))
    shutil.rmtree(waiting, ignore_errors=True)
    return whole


def _edited_since(folder: Path, earlier: Manifest, coming: Manifest) -> set[str]:
    """Files that are neither as they were nor as they were to become: a person was here since the interruption."""
    edited = set()
    for name in {*earlier.files, *coming.files}:
        ours = {one.files[name].sha256 for one in (earlier, coming) if name in one.files}
        content = _content(folder / name)
        if content is not None and digest(content) not in ours:
            edited.add(name)
    return edited


def _move(waiting: Path, folder: Path, earlier: Manifest, spared: Set[str] = frozenset()) -> None:
    coming = read_manifest(waiting)
    for name in sorted(set(coming.files) - spared):
        if (waiting / name).is_file():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            os.replace(waiting / name, folder / name)
    for name in sorted(set(earlier.files) - set(coming.files) - spared):
        _remove(folder, name)
    os.replace(waiting / MANIFEST, folder / MANIFEST)


def _remove(folder: Path, name: str) -> None:
    (folder / name).unlink(missing_ok=True)
    parent = (folder / name).parent
    while parent != folder and parent.is_dir():
        entries = [one for one in parent.iterdir() if one.name != "__pycache__"]
        if entries:
            return
        shutil.rmtree(parent)
        parent = parent.parent


def compare(folder: Path, files: Sequence[GeneratedFile], manifest: Manifest) -> Change:
    """What writing these files would do to a folder. Raises Obstacle where a link leads out of it."""
    _inside(folder, {*manifest.files, *(file.path for file in files), f"{NEXT}/{MANIFEST}"})
    write: list[str] = []
    unchanged: list[str] = []
    edited: list[str] = []
    foreign: list[str] = []
    for file in files:
        current = _content(folder / file.path)
        wanted = file.text.encode()
        if current == wanted:
            unchanged.append(file.path)
        elif current is None:
            write.append(file.path)
        elif file.path not in manifest.files:
            foreign.append(file.path)
        elif digest(current) != manifest.files[file.path].sha256:
            edited.append(file.path)
        else:
            write.append(file.path)
    made = {file.path for file in files}
    remove: list[str] = []
    for name in sorted(set(manifest.files) - made):
        current = _content(folder / name)
        if current is None or digest(current) == manifest.files[name].sha256:
            remove.append(name)
        else:
            edited.append(name)
    return Change(*(tuple(sorted(one)) for one in (write, remove, unchanged, edited, foreign)))


def _inside(folder: Path, names: Set[str]) -> None:
    home = os.path.realpath(folder)
    for parent in sorted({str(Path(name).parent) for name in names}):
        if os.path.realpath(folder / parent) != os.path.normpath(os.path.join(home, parent)):
            raise Obstacle(f"{folder / parent} is a link that leads elsewhere")


def _content(path: Path) -> bytes | None:
    try:
        return path.read_bytes()
    except FileNotFoundError:
        return None
    except (NotADirectoryError, IsADirectoryError, PermissionError) as error:
        raise Obstacle(f"{path} is in the way: {error.strerror}") from None


def difference(folder: Path, files: Sequence[GeneratedFile], change: Change) -> str:
    """A unified diff from what is on the disk to what would be written; "" where nothing would change."""
    texts = {file.path: file.text for file in files}
    pieces: list[str] = []
    for name in sorted({*change.write, *change.remove, *change.edited, *change.foreign}):
        current = (_content(folder / name) or b"").decode("utf-8", "replace")
        lines = difflib.unified_diff(
            current.splitlines(keepends=True),
            texts.get(name, "").splitlines(keepends=True),
            f"{name} (on disk)",
            f"{name} (generated)",
        )
        pieces.extend(line if line.endswith("\n") else line + "\n" for line in lines)
    return "".join(pieces)


def write(
    folder: Path,
    files: Sequence[GeneratedFile],
    change: Change,
    manifest: Manifest,
    earlier: Manifest,
    *,
    force: bool = False,
) -> None:
    """Put files into a folder; only what differs is touched. `earlier` is the manifest that was there for `compare`.

    Raises Obstacle where the disk refuses, and Overtaken where another run was here meanwhile.
    """
    texts = {file.path: file.text for file in files}
    names = sorted(
        {*change.write, *((*change.edited, *change.foreign) if force else ())} & set(texts)
    )
    content = encoded(manifest)
    if not names and not change.remove and _content(folder / MANIFEST) == content:
        return
    made = not folder.exists()
    with _alone(folder):
        waiting = folder / NEXT
        check_alone(folder, earlier)
        try:
            _put(waiting, {name: texts[name].encode() for name in names}, content)
            _move(waiting, folder, earlier)
        finally:
            if not (waiting / MANIFEST).is_file():  # moved to its place, or never written
                shutil.rmtree(waiting, ignore_errors=True)
            if made:
                _leave_nothing(folder)


def check_alone(folder: Path, earlier: Manifest) -> None:
    """Raise Overtaken where another run has been here, or still is, since the manifest was read."""
    if (folder / NEXT).exists() or read_manifest(folder) != earlier:
        raise Overtaken


def _put(waiting: Path, contents: Mapping[str, bytes], manifest: bytes) -> None:
    """Write what is to be moved; the manifest comes last, and whole."""
    waiting.mkdir()
    for name, content in contents.items():
        (waiting / name).parent.mkdir(parents=True, exist_ok=True)
        (waiting / name).write_bytes(content)
    (waiting / "manifest").write_bytes(manifest)
    os.replace(waiting / "manifest", waiting / MANIFEST)


def _leave_nothing(folder: Path) -> None:
    """Take an empty folder away."""
    with contextlib.suppress(OSError):
        folder.rmdir()


@contextlib.contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """Keep other runs out of a folder, which is made where it is missing. Raises Obstacle for what the disk refuses.

    The lock is the folder itself, so that nothing of it remains. Where the system has no such lock (Windows, some
    network disks) nobody is kept out.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with contextlib.ExitStack() as held:
            with contextlib.suppress(ImportError, OSError):
                import fcntl

                handle = os.open(folder, os.O_RDONLY)
                held.callback(os.close, handle)
                fcntl.flock(handle, fcntl.LOCK_EX)
            yield
    except OSError as error:
        raise Obstacle(f"{error.filename or folder}: {error.strerror or error}") from None


def manifest_of(files: Sequence[GeneratedFile], formatter: str) -> Manifest:
    """The manifest for files as they will stand on the disk."""
    entries = {file.path: Entry(digest(file.text.encode()), file.printed) for file in files}
    return Manifest(formatter, entries)


def encoded(manifest: Manifest) -> bytes:
    """The manifest as it is written: JSON with sorted keys, the same bytes on every machine."""
    raw: dict[str, Any] = {
        "about": "Made by ringback; lists the files it made. Do not edit them: change the document or an overlay.",
        "format": _FORMAT,
        "formatter": manifest.formatter,
        "files": {
            name: {"printed": entry.printed, "sha256": entry.sha256}
            for name, entry in sorted(manifest.files.items())
        },
    }
    return (json.dumps(raw, indent=1) + "\n").encode()


def unsettled(folder: Path, coming: Manifest) -> bool:
    """Whether the folder's own records are not as a run would leave them: no such manifest, or an unfinished move."""
    return (folder / NEXT).exists() or _content(folder / MANIFEST) != encoded(coming)


def remembered(folder: Path) -> str:
    """What was remembered of the run that made the files; "" where nobody knows.

    It counts for the manifest it was written with: other files may have been put into the folder since.
    """
    try:
        manifest, _, memory = (folder / REMEMBERED).read_text("utf-8").partition("\n")
        return memory if manifest == digest((folder / MANIFEST).read_bytes()) else ""
    except (OSError, ValueError):
        return ""


def remember(folder: Path, memory: str) -> None:
    """Remember a run, as any text; forgetting it costs time and nothing else."""
    if remembered(folder) == memory:
        return
    with contextlib.suppress(OSError):
        manifest = digest((folder / MANIFEST).read_bytes())
        (folder / REMEMBERED).parent.mkdir(exist_ok=True)
        (folder / REMEMBERED).write_text(f"{manifest}\n{memory}", "utf-8")


def known_texts(folder: Path, manifest: Manifest, formatter: str) -> dict[str, tuple[str, str]]:
    """Formatted texts that can be used again: files on the disk just as we wrote them, with the same formatter."""
    if manifest.formatter != formatter:
        return {}
    found: dict[str, tuple[str, str]] = {}
    for name, entry in manifest.files.items():
        current = _content(folder / name)
        if current is not None and digest(current) == entry.sha256:
            found[name] = (entry.printed, current.decode())
    return found
