"""The commands of the other pages, each run by itself where its page's files are: README and how-to pages have tests of their own.

A page of the reference shows a command to say how it is written, with files that the reader has. Here they are made first; a
command that asks for minutes, or for machines of others, is listed with the reason why it is not run.
"""

from __future__ import annotations

import os
import re
import shlex
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs"
RINGBACK = [sys.executable, "-m", "ringback"]
PAGES = [
    "contract-strength.md",
    "contract-testing.md",
    "diff.md",
    "emulator.md",
    "index.md",
    "mock.md",
    "plan.md",
]
TOLD_ELSEWHERE = {
    "architecture.md": "no commands",
    "contract-elsewhere.md": "programs of others; tests/contract/test_other_documents.py judges their recordings",
    "contract-reports.md": "no commands",
    "corpus.md": "no commands",
    "diff-oasdiff.md": "no commands",
    "diff-published.md": "repositories of others",
    "extensions.md": "no commands",
    "names.md": "tests/cli/test_names.py renames, keeps and drops",
    "products.md": "documents of others; test_products.py follows it where they are",
    "tutorial.md": "test_commands.py follows it",
    "twiml.md": "no commands",
    "vocabularies.md": "tests/test_pipeline.py generates with one",
}
NOT_RUN = {
    r"sandbox\.example\.com|10\.0\.0\.\d": "a machine of others",
    r"--scheduler local": "tests/contract/test_cluster.py starts workers",
    r"^ringback strength": "minutes; tests/contract/test_strength_measure.py measures",
}
SERVES = ("ringback mock", "ringback emulate")

DOCUMENT = """\
openapi: 3.1.0
info: {title: Notes, version: "1"}
servers: [{url: /}]
security: [{basicAuth: []}, {api-key: []}]
paths:
  /notes:
    get:
      operationId: listNotes
      responses:
        "200":
          description: All notes.
          content: {application/json: {schema: {type: array, items: {type: string}}}}
        "401": {description: Who is there?}
components:
  securitySchemes:
    basicAuth: {type: http, scheme: basic}
    api-key: {type: apiKey, in: header, name: Notes-Key}
"""
OVERLAY = """\
overlay: 1.0.0
info: {title: fixes, version: "1"}
actions: [{target: $.info, update: {description: Of everybody.}}]
"""
SERVER = """\
def app(environ, start_response):
    known = environ.get("HTTP_AUTHORIZATION") or environ.get("HTTP_NOTES_KEY")
    if environ["PATH_INFO"] != "/notes":
        start_response("404 Not Found", [])
    elif environ["REQUEST_METHOD"] != "GET":
        start_response("405 Method Not Allowed", [("Allow", "GET")])
    elif not known:
        start_response("401 Unauthorized", [("WWW-Authenticate", "Basic")])
    else:
        start_response("200 OK", [("Content-Type", "application/json")])
        return [b'["milk"]']
    return []
"""
ACCEPT = """\
accept:
  - {code: "*", where: GET /notes, reason: agreed, expires: 2999-12-31}
"""


def commands(page: str) -> list[str]:
    """The lines of a page's blocks that begin with `ringback`, or lead there."""
    found, fenced = [], False
    for line in (DOCS / page).read_text("utf-8").splitlines():
        fenced ^= line.startswith("```")
        if (fenced or line.startswith("    ")) and re.match(
            r"(ringback|.*&& ringback) ", line.strip()
        ):
            found.append(line.partition(" #")[0].strip())
    return found


def not_run(command: str) -> str:
    """Why a command is not run here; empty where it is."""
    return next((why for sign, why in NOT_RUN.items() if re.search(sign, command)), "")


RUN = [
    (page, command) for page in PAGES for command in commands(page) if not not_run(command)
]  # fmt: skip


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A repository with the files that the pages speak of."""
    folder = tmp_path_factory.mktemp("made")
    files = {
        **dict.fromkeys(("api.yaml", "old.yaml", "new.yaml", "spec/api.yaml"), DOCUMENT),
        "fixes.overlay.yaml": OVERLAY,
        "shop/main.py": SERVER,
        "shop/__init__.py": "",  # before any other module of that name
        "my_server.py": SERVER,
        "accepted.yaml": ACCEPT,
        "pyproject.toml": '[tool.ringback]\ndocument = "spec/api.yaml"\n',
    }
    for name, text in files.items():
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_text(text, "utf-8")
    shutil.copytree(ROOT / "templates", folder / "templates")
    git(folder, "init", "--quiet", "--initial-branch=main")
    for message in ("one", "two"):
        (folder / "spec" / "api.yaml").write_text(DOCUMENT.replace("All", f"All, {message},"))
        git(folder, "add", "--all")
        git(folder, "commit", "--quiet", "--message", message)
    git(folder, "update-ref", "refs/remotes/origin/main", "HEAD")
    har = ["--report", "har=traffic.har", "--max-time", "1", "--fail-on", "never"]
    ringback(folder, ["test", "api.yaml", "--app", "shop.main:app", *KNOWN, *har])
    return folder


KNOWN = ["--auth", "basicAuth=user:password", "--auth", "api-key=secret"]


def git(folder: Path, *arguments: str) -> None:
    who = ["-c", "user.name=user", "-c", "user.email=user@example.com"]
    subprocess.run(["git", *who, *arguments], cwd=folder, check=True, capture_output=True)


def environment() -> dict[str, str]:
    paths = [str(ROOT / "generator"), str(ROOT / "generated"), ".", *filter(None, sys.path)]
    return {**os.environ, "PYTHONPATH": os.pathsep.join(paths), "NO_COLOR": "1"}


def ringback(folder: Path, arguments: list[str]) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [*RINGBACK, *arguments],
        cwd=folder,
        env=environment(),
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


@pytest.fixture(scope="module")
def server(made: Path) -> Iterator[str]:
    """The address of a mock of the document."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    with serving(made, ["mock", "api.yaml", "--port", str(port)]):
        yield f"http://127.0.0.1:{port}"


class serving:
    """A command that serves until it is ended."""

    def __init__(self, folder: Path, arguments: list[str]) -> None:
        self._process = subprocess.Popen(
            [*RINGBACK, *arguments],
            cwd=folder,
            env=environment(),
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )

    def __enter__(self) -> str:
        assert self._process.stdout is not None
        end = time.monotonic() + 60
        said = ""
        while "listening" not in said and self._process.poll() is None and time.monotonic() < end:
            said += self._process.stdout.readline()
        return said

    def __exit__(self, *_: object) -> None:
        self._process.terminate()
        self._process.communicate()


@pytest.mark.parametrize(("page", "command"), RUN, ids=[f"{p}: {c}" for p, c in RUN])
def test_a_command_does_what_its_page_says(
    page: str, command: str, made: Path, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    folder = tmp_path / "here"
    shutil.copytree(made, folder)
    before, _, last = command.rpartition("&& ")
    if before:
        subprocess.run(["sh", "-c", before.rstrip(" &")], cwd=folder, check=True)
    if "http://127.0.0.1:8000" in last:
        last = last.replace("http://127.0.0.1:8000", request.getfixturevalue("server"))
    arguments = shlex.split(last)[1:]
    if last.startswith(SERVES) and "--explain" not in last:
        with serving(folder, [*arguments, "--port", "0"]) as said:
            assert "listening" in said, said
        return
    if arguments[0] == "test":
        # As long as a reader's would be, but for the time that it takes, and with credentials where the page leaves them out.
        arguments += ["--max-time", "1", *([] if "--auth" in arguments else KNOWN)]
    done = ringback(folder, arguments)
    # A verdict, good or bad; what cannot be done, or is no command, ends with something else.
    allowed = (0, 1) if arguments[0] in ("test", "replay") else (0,)
    assert done.returncode in allowed, f"{done.stdout}{done.stderr}"


def test_every_page_of_the_reference_is_run_or_has_a_reason() -> None:
    pages = {path.name for path in DOCS.glob("*.md")}
    unknown = {page for page in pages - {*PAGES} - TOLD_ELSEWHERE.keys() if commands(page)}
    assert not unknown, "these pages have commands: put them into PAGES"
    silent = [name for name, why in TOLD_ELSEWHERE.items() if why == "no commands"]
    assert not [name for name in silent if (DOCS / name).is_file() and commands(name)]


def test_what_is_not_run_is_there() -> None:
    every = [command for page in PAGES for command in commands(page)]
    for sign in NOT_RUN:
        assert any(re.search(sign, command) for command in every), f"nothing is like {sign}"
    assert len(RUN) > 15
