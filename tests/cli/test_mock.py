"""`ringback mock`: what it explains, how it greets, what it says when it cannot."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
import urllib.request
from pathlib import Path

import pytest

from ringback.cli import main

ROOT = Path(__file__).parents[2]
LIBRARY = str(ROOT / "tests" / "corpus" / "mock" / "library.yaml")


def test_explain_serves_nothing_and_says_why(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["mock", LIBRARY, "--explain"]) == 0
    said = capsys.readouterr().out
    assert said.startswith("resources\n  books ")
    assert (
        "POST /books/{bookId}/loans          create loans: POST to loans; needs bookId in books"
        in said
    )


def test_explain_of_a_collection_without_items(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    rows = '{"200": {description: "", content: {application/json: {schema: {type: array, items: {$ref: "#/components/schemas/Pet"}}}}}}'
    one = '{content: {application/json: {schema: {$ref: "#/components/schemas/Pet"}}}}'
    (tmp_path / "api.yaml").write_text(
        'openapi: 3.1.0\ninfo: {title: P, version: "1"}\npaths:\n  /pets:\n'
        f"    get: {{responses: {rows}}}\n"
        f'    post: {{requestBody: {one}, responses: {{"201": {{description: "", {one[1:]}}}}}\n'
        "components: {schemas: {Pet: {type: object, required: [name], properties: {name: {type: string}}}}}\n"
    )
    assert main(["mock", str(tmp_path / "api.yaml"), "--explain"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert [line.strip() for line in lines[1:3]] == [
        "pets                     known by its path",
        "/pets",
    ]


@pytest.mark.parametrize(
    ("arguments", "status", "said"),
    [
        (["nowhere.yaml"], 1, "nowhere.yaml:1:1: error: cannot read the file"),
        (
            [LIBRARY, "--data", "nowhere.json"],
            2,
            "nowhere.json: cannot be read: No such file or directory\n",
        ),
        ([LIBRARY, "--data", LIBRARY], 2, "library.yaml:1:1: this is no JSON: Expecting value\n"),
        (
            [LIBRARY, "--state", ".", "--port", "0"],
            2,
            "--state . cannot be used: unable to open database file\n",
        ),
        ([LIBRARY, "--port", "99999"], 2, "cannot listen on 127.0.0.1 port 99999"),
        (
            [LIBRARY, "--state", "/nowhere/at/all.db", "--port", "0"],
            2,
            "--state /nowhere/at/all.db",
        ),
        ([LIBRARY, "--state", "odd://x", "--port", "0"], 2, "--state odd://x"),
    ],
)
def test_what_cannot_be_served_is_said(
    arguments: list[str], status: int, said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["mock", *arguments]) == status
    assert said in capsys.readouterr().err


def test_settings_of_the_document_count(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "api.yaml").write_text(Path(LIBRARY).read_text("utf-8"), "utf-8")
    settings = tmp_path / "pyproject.toml"
    settings.write_text(
        '[tool.ringback]\ndocument = "api.yaml"\n[tool.ringback.mock.operations."GET /books"]\nrole = "none"\n'
    )
    monkeypatch.chdir(tmp_path)
    assert main(["mock", "--explain"]) == 0
    assert "GET /books                          answers from the document: said so" in (
        capsys.readouterr().out
    )
    settings.write_text('[tool.ringback]\ndocument = "api.yaml"\n[tool.ringback.mock]\nseeds = 1\n')
    assert main(["mock", "--explain"]) == 2
    assert "pyproject.toml:4:1: error: there is no setting 'seeds'" in capsys.readouterr().err


def test_it_serves_and_keeps_what_is_made(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "ringback", "mock", LIBRARY, "--port", "0", "--seed", "4"]
    command += ["--state", str(tmp_path / "state.db")]
    child = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=dict(os.environ))
    assert child.stdout is not None
    try:
        greeting = [child.stdout.readline() for _ in range(7)]
        url = re.search(r"listening +(http://127\.0\.0\.1:\d+)", greeting[0])
        assert url is not None and "resources  books, loans" in greeting[2]
        assert greeting[6] == "auth       any credentials are believed (--auth says which)\n"
        request = urllib.request.Request(
            url[1] + "/books",
            b'{"title": "Mine"}',
            {"Content-Type": "application/json", "Authorization": "Basic YTpi"},
        )
        with urllib.request.urlopen(request) as answer:
            made, place = json.load(answer), answer.headers["Location"]
        again = urllib.request.Request(url[1] + place, headers={"Authorization": "Basic YTpi"})
        with urllib.request.urlopen(again) as answer:
            assert json.load(answer) == made
    finally:
        child.send_signal(signal.SIGINT)
        child.wait(10)
        child.stdout.close()
