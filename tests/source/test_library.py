"""Other files: which may be read, which may not, and what each is called."""

from __future__ import annotations

import os
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest

from ringback.source import DocumentError, Limits, Missing, Refused, Tree, load


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    api = tmp_path / "api"
    (api / "schemas").mkdir(parents=True)
    (api / "doc.yaml").write_text("a: 1\n")
    (api / "schemas" / "pet.json").write_text('{"type":\n "object"}')
    (api / "schemas" / "cat.yaml").write_text("type: object\n")
    (tmp_path / "outside.yaml").write_text("secret: 1\n")
    return api


def tree(folder: Path, *allowed: str, limits: Limits | None = None) -> Tree:
    return load(folder / "doc.yaml", allowed=allowed, limits=limits)


def test_a_file_of_the_folder_hangs_in_the_tree_and_keeps_its_place(folder: Path) -> None:
    found = tree(folder)
    path = found.library.open("schemas/pet.json", "")
    assert found.at(path) == {"type": "object"}
    place = found.locate((*path, "type"))
    assert (place.file, place.line, place.column) == (str(folder / "schemas" / "pet.json"), 2, 2)
    assert place.pointer == "/type"
    assert found.locate(("a",)).file == str(folder / "doc.yaml")
    assert [os.path.basename(name) for name, _ in found.inputs] == ["doc.yaml", "pet.json"]


def test_names_are_relative_to_the_file_they_stand_in_and_each_is_read_once(folder: Path) -> None:
    library = tree(folder).library
    pet = library.open("./schemas/pet.json", "")
    assert library.open("cat.yaml", "schemas/pet.json") == library.open("schemas/cat.yaml", "")
    assert library.open("../schemas/p%65t.json", "schemas/cat.yaml") == pet
    assert library.open("../doc.yaml", "schemas/cat.yaml") == ()
    assert len(library.inputs) == 3


@pytest.mark.parametrize(
    "name", ["../outside.yaml", "%2e%2e/outside.yaml", "schemas/../../outside.yaml", "/etc/passwd"]
)
def test_nothing_outside_the_folder_is_read_unasked(folder: Path, name: str) -> None:
    with pytest.raises(Refused, match="leads out of the document's folder") as caught:
        tree(folder).library.open(name, "")
    assert "--allow-ref" in caught.value.hint


def test_links_are_followed_before_the_folder_is_looked_at(folder: Path) -> None:
    (folder / "link.yaml").symlink_to("../outside.yaml")
    (folder / "more").symlink_to("..")
    (folder / "near.yaml").symlink_to("schemas/cat.yaml")
    library = tree(folder).library
    for name in ("link.yaml", "more/outside.yaml"):
        with pytest.raises(Refused):
            library.open(name, "")
    assert library.open("near.yaml", "") == library.open("schemas/cat.yaml", "")


def test_what_is_allowed_by_name_is_read(folder: Path) -> None:
    outside = folder.parent / "outside.yaml"
    for allowed in (str(outside), str(folder.parent)):
        found = tree(folder, allowed)
        assert found.at(found.library.open("../outside.yaml", "")) == {"secret": 1}
    with pytest.raises(Refused):
        tree(folder, str(folder.parent / "out")).library.open("../outside.yaml", "")


def test_only_regular_files_are_read(folder: Path) -> None:
    os.mkfifo(folder / "pipe.yaml")
    for name, reason in (
        ("pipe.yaml", "no regular file"),
        ("schemas", "no regular file"),
        ("gone.yaml", "No such file"),
        ("a%00b.yaml", "no name of a file"),
        ("..\\outside.yaml", "no name of a file"),
    ):
        with pytest.raises(Missing, match=reason):
            tree(folder).library.open(name, "")


@pytest.mark.parametrize(
    "name", ["file:///etc/passwd", "gopher://x/1", "data:text/plain,a", "C:/x"]
)
def test_other_schemes_name_no_file(folder: Path, name: str) -> None:
    with pytest.raises(Refused, match="names no file"):
        tree(folder, "/").library.open(name, "")


@pytest.mark.parametrize(
    ("limits", "code"),
    [
        (Limits(bytes=30), "too-many-bytes"),
        (Limits(nodes=5), "too-many-nodes"),
        (Limits(files=2), "too-many-files"),
    ],
)
def test_limits_count_over_all_files(folder: Path, limits: Limits, code: str) -> None:
    library = tree(folder, limits=limits).library
    library.open("schemas/pet.json", "")
    with pytest.raises(DocumentError) as caught:
        library.open("schemas/cat.yaml", "")
    (found,) = caught.value.diagnostics
    assert (found.code, found.location.file) == (code, str(folder / "schemas" / "cat.yaml"))
    assert "[tool.ringback.limits]" in found.hint


class _Files(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        if self.path == "/api/moved.yaml":
            self.send_response(302)
            self.send_header("Location", "/other/pet.yaml")
            self.end_headers()
            return
        known = self.path.endswith("pet.yaml")
        self.send_response(200 if known else 404)
        self.end_headers()
        self.wfile.write(b"type: object\n" if known else b"")

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


@pytest.fixture
def address() -> Iterator[str]:
    server = HTTPServer(("127.0.0.1", 0), _Files)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


def test_the_network_is_asked_only_where_it_is_allowed(folder: Path, address: str) -> None:
    with pytest.raises(Refused, match="nothing is fetched unasked"):
        tree(folder).library.open(f"{address}/api/pet.yaml", "")
    found = tree(folder, f"{address}/api")
    path = found.library.open(f"{address}/api/pet.yaml", "")
    assert found.at(path) == {"type": "object"}
    assert found.locate((*path, "type")).file == f"{address}/api/pet.yaml"
    assert found.library.open("pet.yaml", str(path[1])) == path
    for name in ("/other/pet.yaml", "/apiary/pet.yaml", "/api/../other/pet.yaml"):
        with pytest.raises(Refused):
            found.library.open(f"{address}{name}", "")
    with pytest.raises(Missing, match=r"redirects to .*/other/pet.yaml, which is not allowed"):
        found.library.open(f"{address}/api/moved.yaml", "")
    with pytest.raises(Missing, match="404"):
        found.library.open(f"{address}/api/gone.yaml", "")
