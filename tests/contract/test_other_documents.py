"""Not only the Voice document: what is found on others is real, and each finding has its reason in the list beside this test.

Recordings of runs against Prism and Synapse are judged again, without either. Where Prism is installed, it is asked anew.
"""

from __future__ import annotations

import gzip
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml
from talking import document

from ringback import openapi, source
from ringback.contract import Contract, LiveTarget, Options, Phase, Run, read_har, replay, run
from ringback.contract.judges import judge
from ringback.contract.traffic import Exchange, Intent, Reply, Request

HERE = Path(__file__).parent
FOLDER = HERE / "expected" / "elsewhere"
INSTALLED = HERE.parents[1] / "benchmarks" / ".venvs" / "prism" / "node_modules" / ".bin" / "prism"
MOCKED = {"museum": "visitor:secret", "petstore": "special-key"}
ALL = (*MOCKED, "matrix-keys")
Fact = tuple[str, str]


@cache
def contract(name: str) -> Contract:
    """A document as it is tested: those that Prism serves are served at the root."""
    overlays = [FOLDER / "at-the-root.yaml"] if name in MOCKED else []
    tree = source.load(FOLDER / f"{name}.yaml", overlays)
    return Contract.of(openapi.parse(tree, second=False)[0])


def facts(found: Run) -> set[Fact]:
    return {(f"{one.operation} {one.where}".strip(), one.code) for one in found.findings}


def listed(name: str, **wanted: bool) -> set[Fact]:
    """What is on the list of a document; `live` and `sometimes` narrow it down."""
    entries: list[dict[str, Any]] = yaml.safe_load((FOLDER / "findings.yaml").read_text("utf-8"))[
        name
    ]
    assert all(one["why"].strip() for one in entries)
    return {
        (place, one["what"])
        for one in entries
        if all(one.get(key, False) is value for key, value in wanted.items())
        for place in one["where"]
    }


@pytest.mark.parametrize("name", ALL)
def test_a_recording_shows_what_the_list_explains(name: str, tmp_path: Path) -> None:
    file = tmp_path / f"{name}.har"
    file.write_bytes(gzip.decompress((FOLDER / f"{name}.har.gz").read_bytes()))
    found = replay(contract(name), read_har(file))
    assert facts(found) - listed(name) == set()
    assert listed(name, live=False, sometimes=False) - facts(found) == set()
    assert all(one.place is not None for one in found.findings)


# -- Prism itself


@contextmanager
def mocked(name: str) -> Iterator[str]:
    """Prism, serving a document; gives its address."""
    command = shutil.which("prism") or (str(INSTALLED) if INSTALLED.is_file() else None)
    if command is None or shutil.which("node") is None:
        pytest.skip("Prism is not installed: npm install --global @stoplight/prism-cli@5")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    args = [
        command,
        "mock",
        "--host",
        "127.0.0.1",
        "--port",
        str(port),
        str(FOLDER / f"{name}.yaml"),
    ]
    quiet = subprocess.DEVNULL
    with subprocess.Popen(args, stdout=quiet, stderr=quiet) as server:
        try:
            _listening(server, port)
            yield f"http://127.0.0.1:{port}"
        finally:
            server.terminate()


def _listening(server: subprocess.Popen[bytes], port: int) -> None:
    until = time.monotonic() + 60
    while time.monotonic() < until:
        assert server.poll() is None, "Prism ended"
        with socket.socket() as one:
            if one.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    pytest.fail("Prism does not listen")


@pytest.mark.parametrize("name", MOCKED)
def test_prism_shows_what_the_list_explains(name: str) -> None:
    with mocked(name) as url:
        options = Options(max_time=60, auth=MOCKED[name], phases=(Phase.SCENARIO,), patience=0.5)
        found = run(contract(name), LiveTarget(url), options)
    assert found.stopped == ""
    assert facts(found) - listed(name) == set()
    assert listed(name, sometimes=False) - facts(found) == set()


class Nowhere:
    """A server that has nothing at any path."""

    name, loopback = "http://127.0.0.1:9", True

    def open(self) -> None:
        pass

    def close(self) -> None:
        pass

    def call(self, request: Request, timeout: float) -> Reply:
        kind = (("content-type", "application/problem+json"),)
        return Reply(404, kind, b'{"type": "about:blank", "title": "No such path"}')


def test_a_base_path_that_the_other_side_does_not_have_is_said() -> None:
    bare = source.load(FOLDER / "museum.yaml")
    museum = Contract.of(openapi.parse(bare, second=False)[0])
    found = run(museum, Nowhere(), Options(phases=(Phase.SCENARIO,), patience=0.1))
    never = [one for one in found.findings if one.code == "never-accepted"]
    assert never and all(f"begin with {museum.base}" in one.hint for one in never)


# -- false findings that were met there, and are none any more

TABLES = """
openapi: 3.1.0
info: {title: Tables, version: '1'}
paths:
  /query:
    post:
      requestBody:
        content:
          application/json:
            schema:
              type: object
              properties:
                keys: {type: object, additionalProperties: {type: array, items: {type: string}}}
      responses:
        '200':
          description: What was found.
          content:
            application/json:
              schema:
                type: object
                properties:
                  keys: {type: object, additionalProperties: {type: object}}
  /tickets:
    post:
      requestBody:
        content:
          application/json:
            schema: &ticket
              type: object
              properties:
                ticketId: {type: string, format: uuid}
                id: {type: integer}
                ticketDate: {type: string}
                holder: {type: object, properties: {name: {type: string}, age: {type: integer}}}
      responses:
        '201':
          description: Made.
          content: {application/json: {schema: *ticket}}
"""


def asked(method: str, target: str, body: str, status: int, answer: str) -> Exchange:
    kind = (("content-type", "application/json"),)
    request = Request(method, target, kind, body.encode())
    reply = Reply(status, kind, answer.encode())
    return Exchange(1, request, reply, None, Phase.SCENARIO, Intent.VALID)


TOLD: Mapping[str, tuple[Exchange, list[str]]] = {
    "a table of what is looked for": (
        asked("POST", "/query", '{"keys": {"@a": []}}', 200, '{"keys": {}}'),
        [],
    ),
    "an identifier that the server makes": (
        asked(
            "POST", "/tickets",
            '{"ticketId": "6b1a1f1e-7d0e-4f2a-9f43-0d2f9a6a3c11", "id": 7}', 201,
            '{"ticketId": "0d2f9a6a-7d0e-4f2a-9f43-6b1a1f1e3c11", "id": 8}',
        ),
        [],
    ),
    "what is no identifier": (
        asked("POST", "/tickets", '{"ticketDate": "today"}', 201, '{"ticketDate": "never"}'),
        ["ticketDate is 'never', wanted 'today' as ticketDate asked"],
    ),
    "a part that has names of its own": (
        asked("POST", "/tickets", '{"holder": {"name": "a"}}', 201, '{"holder": {"name": "b"}}'),
        ["holder is {'name': 'b'}, wanted {'name': 'a'} as holder asked"],
    ),
    "a part of which more is known than was told": (
        asked("POST", "/tickets", '{"holder": {"name": "a"}}', 201, '{"holder": {"name": "a", "age": 5}}'),
        [],
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", TOLD)
def test_only_what_was_asked_for_has_to_come_back(name: str, tmp_path: Path) -> None:
    exchange, messages = TOLD[name]
    found = judge(document(TABLES, tmp_path), exchange)
    assert [one.message for one in found] == messages
