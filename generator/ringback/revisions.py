"""Files as they were at a git revision, read with git's plumbing and laid out in a folder of our own.

Only `rev-parse`, `ls-tree` and `cat-file` are asked: they read objects and run nothing, neither hooks nor filters (which
`git archive` would). A revision is turned into the id of a commit before anything else sees it, and one that begins with
`-` is refused, so that it is never taken for an option.
"""

from __future__ import annotations

import os
import re
import subprocess
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Final

_REGULAR: Final = ("100644", "100755")
_READABLE: Final = ("", ".yaml", ".yml", ".json")
_OUTSIDE: Final = re.compile(r"""\$ref["']?\s*:\s*["']?(?!["']?\s*#)""")
_ENVIRONMENT: Final = {
    "GIT_TERMINAL_PROMPT": "0", "GIT_OPTIONAL_LOCKS": "0", "GIT_NO_LAZY_FETCH": "1", "LC_ALL": "C",
}  # fmt: skip


class RevisionError(Exception):
    """Git does not have what was asked for; the message says what."""


@dataclass(frozen=True, slots=True)
class Revision:
    """A commit of a repository: `name` as a person gave it, `commit` its id, `root` the repository's folder."""

    name: str
    commit: str
    root: Path

    def shown(self, path: str) -> str:
        """What a file of it is called in messages: `HEAD~1:spec/api.yaml`."""
        return f"{self.name}:{path}"


def revision(name: str, folder: Path) -> Revision:
    """The commit that a name means in the repository around a folder. Raises RevisionError."""
    if not name or name.startswith("-") or any(sign in name for sign in "\0\n\r"):
        raise RevisionError(f"{name!r} is no revision")
    root = _text(folder, "rev-parse", "--show-toplevel", why="this is no git repository")
    commit = _text(
        folder, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{name}^{{commit}}",
        why=f"there is no revision {name!r}",
    )  # fmt: skip
    if not re.fullmatch(r"[0-9a-f]{40,64}", commit):
        raise RevisionError(f"there is no revision {name!r}")
    return Revision(name, commit, Path(root))


def is_revision(name: str, folder: Path) -> bool:
    """Whether a name means a commit."""
    try:
        revision(name, folder)
    except RevisionError:
        return False
    return True


def inside(path: str, at: Revision) -> str:
    """A path of this machine as a path of the repository. Raises RevisionError where it is not in there."""
    relative = os.path.relpath(os.path.realpath(path), os.path.realpath(at.root))
    if relative.startswith(".."):
        raise RevisionError(f"{path} is not in the repository of {at.name}")
    return PurePosixPath(*Path(relative).parts).as_posix()


def has(at: Revision, path: str) -> bool:
    """Whether a revision has a file."""
    return bool(_listed(at, path))


def lay_out(at: Revision, path: str, folder: Path, most: int) -> Path:
    """Write a file as it was into a folder, at its own path below it, and what it may refer to.

    A document that refers to other files gets the readable files of its own folder, each of at most `most` bytes.
    Gives the place of the file. Raises RevisionError where the revision has no such file.
    """
    found = _listed(at, path)
    if not found:
        raise RevisionError(f"{at.name} has no file {path}")
    _write(at, found, folder)
    place = folder / path
    if _OUTSIDE.search(place.read_text(encoding="utf-8", errors="replace")):
        around = PurePosixPath(path).parent.as_posix()
        others = _listed(at, "" if around == "." else f"{around}/", most)
        _write(at, {name: blob for name, blob in others.items() if name != path}, folder)
    return place


def _listed(at: Revision, path: str, most: int | None = None) -> dict[str, str]:
    """Regular files by path, each with the id of its content; with `most`, those of a folder that may be documents."""
    below = ["--", path] if path else []
    told = _git(at.root, "ls-tree", "-r", "-z", "-l", "--full-tree", at.commit, *below)
    found = {}
    for row in told.split(b"\0"):
        head, _, name = row.partition(b"\t")
        if not name:
            continue
        mode, _, blob, size = head.decode().split()
        text = name.decode("utf-8", "surrogateescape")
        fits = most is None or (int(size) <= most and PurePosixPath(text).suffix in _READABLE)
        if mode in _REGULAR and fits and (most is not None or text == path):
            found[text] = blob
    return found


def _write(at: Revision, files: dict[str, str], folder: Path) -> None:
    """Write files below a folder; what would stand elsewhere is no file of an honest repository."""
    told = _git(at.root, "cat-file", "--batch", send="".join(f"{one}\n" for one in files.values()))
    position = 0
    for name in files:
        end = told.index(b"\n", position)
        size = int(told[position:end].split()[-1])
        content = told[end + 1 : end + 1 + size]
        position = end + 2 + size
        if ".." in PurePosixPath(name).parts or PurePosixPath(name).is_absolute():
            raise RevisionError(f"{at.name} has a file with the name {name!r}")
        place = folder / name
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(content)


def _text(folder: Path, *arguments: str, why: str) -> str:
    try:
        return _git(folder, *arguments).decode().strip()
    except RevisionError as error:
        said = str(error)
        raise RevisionError(said if "dubious" in said or "found" in said else why) from None


def _git(folder: Path, *arguments: str, send: str = "") -> bytes:
    try:
        done = subprocess.run(
            ["git", "--no-pager", *arguments],
            cwd=folder,
            input=send.encode("utf-8", "surrogateescape"),
            capture_output=True,
            env={**os.environ, **_ENVIRONMENT},
            check=False,
        )
    except FileNotFoundError:
        raise RevisionError("git was not found: revisions need it") from None
    if done.returncode:
        said = done.stderr.decode(errors="replace").strip().splitlines()
        raise RevisionError(said[0] if said else f"git {arguments[0]} failed")
    return done.stdout
