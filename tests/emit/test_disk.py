"""Writing never loses a file: not ours, not a person's, not when it is interrupted."""

from __future__ import annotations

import contextlib
import errno
import os
import threading
from pathlib import Path

import pytest

from ringback.emit import disk
from ringback.emit.printing import GeneratedFile


def _files(**texts: str) -> tuple[GeneratedFile, ...]:
    return tuple(
        GeneratedFile(name.replace("__", "/") + ".py", text, "p" + text)
        for name, text in texts.items()
    )


def _write(folder: Path, files: tuple[GeneratedFile, ...], force: bool = False) -> disk.Change:
    manifest = disk.read_manifest(folder)
    change = disk.compare(folder, files, manifest)
    disk.write(folder, files, change, disk.manifest_of(files, "f"), manifest, force=force)
    return change


def test_writing_twice_touches_nothing(tmp_path: Path) -> None:
    _write(tmp_path, _files(a="1", sub__b="2"))
    before = {path: path.stat().st_mtime_ns for path in tmp_path.rglob("*")}
    change = _write(tmp_path, _files(a="1", sub__b="2"))
    assert change.unchanged == ("a.py", "sub/b.py") and not change.write
    assert {path: path.stat().st_mtime_ns for path in tmp_path.rglob("*")} == before


def test_only_what_differs_is_written_and_what_is_no_longer_made_is_removed(tmp_path: Path) -> None:
    _write(tmp_path, _files(a="1", b="2", sub__c="3"))
    untouched = (tmp_path / "a.py").stat().st_mtime_ns
    change = _write(tmp_path, _files(a="1", b="22"))
    assert (change.write, change.remove) == (("b.py",), ("sub/c.py",))
    assert (tmp_path / "b.py").read_text() == "22"
    assert not (tmp_path / "sub").exists()
    assert (tmp_path / "a.py").stat().st_mtime_ns == untouched


def test_a_file_that_is_not_ours_is_never_removed(tmp_path: Path) -> None:
    _write(tmp_path, _files(a="1", sub__b="2"))
    (tmp_path / "sub" / "mine.py").write_text("mine")
    _write(tmp_path, _files(a="1"))
    assert (tmp_path / "sub" / "mine.py").read_text() == "mine"
    assert not (tmp_path / "sub" / "b.py").exists()


def test_edited_and_foreign_files_are_told_apart(tmp_path: Path) -> None:
    _write(tmp_path, _files(a="1", b="2"))
    (tmp_path / "a.py").write_text("edited")
    (tmp_path / "c.py").write_text("foreign")
    change = disk.compare(tmp_path, _files(a="1", b="2", c="3"), disk.read_manifest(tmp_path))
    assert (change.edited, change.foreign, change.unchanged) == (("a.py",), ("c.py",), ("b.py",))


def test_an_edited_file_that_is_no_longer_made_is_reported_not_removed(tmp_path: Path) -> None:
    _write(tmp_path, _files(a="1", b="2"))
    (tmp_path / "b.py").write_text("edited")
    change = disk.compare(tmp_path, _files(a="1"), disk.read_manifest(tmp_path))
    assert (change.edited, change.remove) == (("b.py",), ())


def test_force_overwrites(tmp_path: Path) -> None:
    _write(tmp_path, _files(a="1"))
    (tmp_path / "a.py").write_text("edited")
    _write(tmp_path, _files(a="1"), force=True)
    assert (tmp_path / "a.py").read_text() == "1"


@pytest.mark.parametrize("stop", range(1, 6))
def test_an_interrupted_move_is_finished_by_the_next_run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, stop: int
) -> None:
    """Stop at every rename in turn: afterwards the old files are whole, or the next run makes the new ones whole."""
    old, new = _files(a="1", b="2", gone="3"), _files(a="11", b="22", c="33")
    _write(tmp_path, old)
    count = 0
    replace = os.replace

    def stopping(source: Path, target: Path) -> None:
        nonlocal count
        count += 1
        if count == stop:
            raise KeyboardInterrupt
        replace(source, target)

    monkeypatch.setattr(os, "replace", stopping)
    with pytest.raises(KeyboardInterrupt):
        _write(tmp_path, new)
    monkeypatch.undo()
    finished = disk.complete(tmp_path)
    texts = {path.name: path.read_text() for path in tmp_path.glob("*.py")}
    if finished:
        assert texts == {"a.py": "11", "b.py": "22", "c.py": "33"}
    else:
        assert texts == {"a.py": "1", "b.py": "2", "gone.py": "3"}
    assert finished == (stop > 1)
    assert not (tmp_path / disk.NEXT).exists()
    assert not disk.compare(tmp_path, new if finished else old, disk.read_manifest(tmp_path)).write


def test_what_a_person_edits_after_an_interruption_is_left_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    old, new = _files(a="1", b="2", gone="3"), _files(a="11", b="22")
    _write(tmp_path, old)

    def stopping(source: Path, target: Path) -> None:
        if source.name == "a.py":
            raise KeyboardInterrupt
        os.rename(source, target)

    monkeypatch.setattr(os, "replace", stopping)
    with pytest.raises(KeyboardInterrupt):
        _write(tmp_path, new)
    monkeypatch.undo()
    (tmp_path / "b.py").write_text("edited")
    (tmp_path / "gone.py").write_text("edited")
    assert disk.complete(tmp_path)
    texts = {path.name: path.read_text() for path in tmp_path.glob("*.py")}
    assert texts == {"a.py": "11", "b.py": "edited", "gone.py": "edited"}
    assert disk.compare(tmp_path, new, disk.read_manifest(tmp_path)).edited == ("b.py",)


def test_a_manifest_that_names_files_outside_is_refused(tmp_path: Path) -> None:
    text = '{"formatter": "", "files": {"../x.py": {"sha256": "", "printed": ""}}}'
    (tmp_path / disk.MANIFEST).write_text(text)
    with pytest.raises(disk.Obstacle, match=r"'\.\./x\.py' is no path below the folder"):
        disk.read_manifest(tmp_path)


def test_a_folder_in_the_way_is_an_obstacle(tmp_path: Path) -> None:
    (tmp_path / "a.py").mkdir()
    with pytest.raises(disk.Obstacle, match="in the way"):
        disk.compare(tmp_path, _files(a="1"), disk.Manifest())


@pytest.mark.parametrize("link", ["sub", disk.NEXT])
def test_a_link_that_leads_out_of_the_folder_is_an_obstacle(tmp_path: Path, link: str) -> None:
    folder, elsewhere = tmp_path / "out", tmp_path / "elsewhere"
    folder.mkdir()
    elsewhere.mkdir()
    (folder / link).symlink_to(elsewhere)
    with pytest.raises(disk.Obstacle, match="is a link that leads elsewhere"):
        _write(folder, _files(sub__a="1"))
    with pytest.raises(disk.Obstacle) if link == disk.NEXT else contextlib.nullcontext():
        disk.complete(folder)
    assert not list(elsewhere.iterdir())


def test_the_folder_itself_may_be_a_link(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    (tmp_path / "out").symlink_to(tmp_path / "real")
    _write(tmp_path / "out", _files(sub__a="1"))
    assert (tmp_path / "real/sub/a.py").read_text() == "1"


@pytest.mark.parametrize("there", [False, True])
def test_a_full_disk_leaves_everything_as_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, there: bool
) -> None:
    folder = tmp_path / "package"
    if there:
        _write(folder, _files(a="1"))
    before = {path: path.read_bytes() for path in tmp_path.rglob("*.*") if path.is_file()}
    write_bytes = Path.write_bytes

    def full(path: Path, content: bytes) -> int:
        if path.name == "b.py":
            raise OSError(errno.ENOSPC, "No space left on device", str(path))
        return write_bytes(path, content)

    monkeypatch.setattr(Path, "write_bytes", full)
    with pytest.raises(disk.Obstacle, match=r"b\.py: No space left on device"):
        _write(folder, _files(a="11", b="22"))
    assert {path: path.read_bytes() for path in tmp_path.rglob("*.*") if path.is_file()} == before
    assert list(tmp_path.iterdir()) == ([folder] if there else [])


@pytest.mark.parametrize("unfinished", [False, True])
def test_who_compared_before_another_run_wrote_writes_nothing(
    tmp_path: Path, unfinished: bool
) -> None:
    _write(tmp_path, _files(a="1"))
    earlier = disk.read_manifest(tmp_path)
    mine = _files(a="11", b="22")
    change = disk.compare(tmp_path, mine, earlier)
    if unfinished:
        (tmp_path / disk.NEXT).mkdir()
    else:
        _write(tmp_path, _files(a="one", c="three"))
    with pytest.raises(disk.Overtaken):
        disk.write(tmp_path, mine, change, disk.manifest_of(mine, "f"), earlier)
    assert sorted(path.name for path in tmp_path.glob("*.py")) == (
        ["a.py"] if unfinished else ["a.py", "c.py"]
    )
    assert (tmp_path / "a.py").read_text() == ("1" if unfinished else "one")
    assert (tmp_path / disk.NEXT).exists() == unfinished


def test_a_run_at_work_is_waited_for_and_not_taken_for_an_interrupted_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pytest.importorskip("fcntl")
    _write(tmp_path, _files(a="1", b="2"))
    moving, seen = threading.Event(), threading.Event()
    replace = os.replace

    def slowly(source: Path, target: Path) -> None:
        if target.name == "b.py":
            moving.set()
            assert not seen.wait(0.3), "the other run did not wait"
        replace(source, target)

    monkeypatch.setattr(os, "replace", slowly)
    writer = threading.Thread(target=_write, args=(tmp_path, _files(a="11", b="22")))
    writer.start()
    assert moving.wait(10)
    finished = disk.complete(tmp_path)
    seen.set()
    writer.join()
    assert not finished
    assert [(tmp_path / name).read_text() for name in ("a.py", "b.py")] == ["11", "22"]
    assert not (tmp_path / disk.NEXT).exists()
