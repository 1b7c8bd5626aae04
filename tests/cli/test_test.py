"""`ringback test` and `ringback replay` from the command line: exit statuses, reports, and clear words for what cannot be."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import textwrap
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from ringback.cli import main
from ringback.outputs import will_not_write

ROOT = Path(__file__).parents[2]
SHOP = """
    import sys
    sys.path.insert(0, {folder!r})
    from shop import Shop
    app = Shop({fault!r})
    """
KEY = "open-sesame"
ASKED = """
from pathlib import Path

async def noting(scope, receive, send):
    if scope["type"] == "http":
        Path("asked").touch()
    await app(scope, receive, send)
"""
OPEN = """
openapi: 3.0.3
info: {title: Open, version: "1"}
paths:
  /things:
    get: {responses: {"200": {description: all}, "400": {description: no}, "404": {description: none}}}
"""
ALWAYS = """
async def app(scope, receive, send):
    if scope["type"] == "http":
        await send({{"type": "http.response.start", "status": {status}, "headers": []}})
        await send({{"type": "http.response.body"}})
"""


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder with the shop's document, where commands are run."""
    sys.path.insert(0, str(ROOT / "tests" / "contract"))
    try:
        from shop import DOCUMENT
    finally:
        sys.path.pop(0)
    (tmp_path / "shop.yaml").write_text(DOCUMENT, encoding="utf-8")
    settings = "[tool.ringback]\ndocument = 'shop.yaml'\n[tool.ringback.test]\npatience = 0.3\n"
    (tmp_path / "pyproject.toml").write_text(settings, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("RINGBACK_TEST_AUTH", raising=False)
    monkeypatch.setattr(sys, "path", list(sys.path))
    return tmp_path


def app(folder: Path, name: str, fault: str = "") -> str:
    """A module that holds the shop, by a name of its own: modules are imported once."""
    (folder / f"{name}.py").write_text(app_text(fault), encoding="utf-8")
    return f"{name}:app"


def app_text(fault: str = "") -> str:
    where = str(ROOT / "tests" / "contract")
    return textwrap.dedent(SHOP).format(folder=where, fault=fault)


def test_kept_is_0(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    name = app(folder, "good_shop")
    assert main(["test", "--app", name, "--auth", KEY, "--max-time", "5"]) == 0
    said = capsys.readouterr().out
    assert "GET    /pets" in said or "GET /pets" in said
    assert "kept" in said.splitlines()[-1]


def test_findings_are_1_with_reports_and_a_baseline(
    folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("RINGBACK_TEST_AUTH", KEY)
    name = app(folder, "unfiltered_shop", "no filter")
    run = ["test", "shop.yaml", "--app", name, "--max-time", "5", "--seed", "3"]
    reports = [f"--report={kind}=out.{kind}" for kind in ("json", "junit", "sarif", "html", "har")]
    assert main([*run, *reports]) == 1
    said = capsys.readouterr().out
    assert "filter-ignored" in said and "shop.yaml:" in said and "--seed 3" in said
    held = json.loads((folder / "out.json").read_text(encoding="utf-8"))["run"]
    assert [one["code"] for one in held["findings"]] == ["filter-ignored"]
    for kind in ("json", "junit", "sarif", "html", "har"):
        assert KEY not in (folder / f"out.{kind}").read_text(encoding="utf-8")
    assert KEY not in said
    assert main([*run, "--fail-on", "never"]) == 0
    baseline = """
        accepted:
          - code: filter-ignored
            operation: GET /pets
            reason: known
        """
    (folder / "accepted.yaml").write_text(textwrap.dedent(baseline), encoding="utf-8")
    assert main([*run, "--baseline", "accepted.yaml"]) == 0


def test_a_recording_is_judged_as_the_run_was(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    name = app(folder, "odd_shop", "other kind")
    run = ["test", "--app", name, "--auth", KEY, "--max-time", "4"]
    assert main([*run, "--report", "har=out.har", "--propose-overlay", "live.yaml"]) == 1
    capsys.readouterr()
    assert main(["replay", "shop.yaml", "out.har", "--propose-overlay", "replayed.yaml"]) == 1
    said = capsys.readouterr().out
    assert "kind is 'bird', wanted one of 'cat', 'dog', 'fish'" in said
    for file in ("live.yaml", "replayed.yaml"):
        assert "bird" in (folder / file).read_text(encoding="utf-8")


def test_an_overlay_that_was_proposed_makes_the_answers_legal(folder: Path) -> None:
    name = app(folder, "proposing_shop", "other kind")
    run = ["test", "shop.yaml", "--app", name, "--auth", KEY, "--max-time", "4"]
    assert main([*run, "--propose-overlay", "proposed.yaml"]) == 1
    # What was asked for still is not what comes back; but no answer breaks a schema any more.
    main([*run, "--overlay", "proposed.yaml", "--report", "json=out.json"])
    held = json.loads((folder / "out.json").read_text(encoding="utf-8"))["run"]
    assert "schema" not in {one["code"] for one in held["findings"]}


# -- what cannot be


@pytest.mark.parametrize(
    ("arguments", "word"),
    [
        (["--app", "no_such_module:app"], "there is no module no_such_module"),
        (["--app", "json:nothing"], "json has no nothing"),
        (["--app", "json"], "MODULE:ATTR"),
        (["--url", "ftp://example.com"], "http"),
        (["--app", "json:loads", "--fail-on", "sometimes"], "sometimes"),
        (["--app", "json:loads", "--baseline", "missing.yaml"], "missing.yaml"),
        (["--url", "http://127.0.0.1:9", "--max-time", "5"], "nothing could be tested"),
        (["--app", "json:loads", "--scheduler", "nonsense"], "nonsense"),
    ],
)
def test_what_cannot_be_tested_is_2(
    arguments: list[str], word: str, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["test", "shop.yaml", *arguments]) == 2
    said = capsys.readouterr()
    assert word in said.err + said.out
    assert "Traceback" not in said.err and "internal error" not in said.err


@pytest.mark.parametrize("path", ["", "/v1", "/v1/"])
def test_the_url_may_have_the_path_of_the_documents_servers(path: str, folder: Path) -> None:
    (folder / "based.yaml").write_text(f"{OPEN}servers: [{{url: https://open.example/v1}}]\n")
    asked: set[str] = set()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.add(self.path.partition("?")[0])
            self.send_response(200)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *_: object) -> None:
            """Nothing of it is shown."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        threading.Thread(target=server.serve_forever).start()
        url = f"http://127.0.0.1:{server.server_port}{path}"
        status = main(["test", "based.yaml", "--url", url, "--max-requests", "3"])
        server.shutdown()
    assert (status, asked) == (0, {"/v1/things"})


@pytest.mark.parametrize(
    ("command", "readers"),
    [
        (["test", "-", "--app", "json:loads", "--scheduler", "local:1"], "the workers of a scheduler"),
        (["strength", "-", "--app", "json:loads"], "the processes that measure"),
    ],
)  # fmt: skip
def test_what_comes_by_a_pipe_cannot_be_read_by_many(
    command: list[str], readers: str, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(command) == 2
    said = capsys.readouterr().err
    assert said == f"ringback: error: {readers} read /dev/stdin again: save it as a file\n"
    if hasattr(os, "mkfifo"):
        os.mkfifo("pipe.yaml")
        assert main([*command, "--overlay", "pipe.yaml"]) == 2
        assert main([command[0], "shop.yaml", *command[2:], "--overlay", "pipe.yaml"]) == 2
        assert "read pipe.yaml again" in capsys.readouterr().err


@pytest.mark.parametrize(
    "arguments",
    [
        [],
        ["--app", "a:b", "--url", "http://localhost"],
        ["--app", "a:b", "--rate", "fast"],
        ["--app", "a:b", "--rate", "0/s"],
        ["--app", "a:b", "--max-requests", "-1"],
        ["--app", "a:b", "--workers", "0"],
        ["--app", "a:b", "--max-time", "nan"],
        ["--app", "a:b", "--report", "pdf=x"],
        ["--app", "a:b", "--report", "html"],
        ["--app", "a:b", "--seed", "one"],
    ],
)
def test_a_wrong_command_line_is_2(
    arguments: list[str], folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as stopped:
        main(["test", "shop.yaml", *arguments])
    assert stopped.value.code == 2
    assert "usage: ringback test" in capsys.readouterr().err


def test_missing_credentials_are_2_with_a_word(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    name = app(folder, "closed_shop")
    assert main(["test", "--app", name, "--max-time", "5"]) == 2
    said = capsys.readouterr().err
    assert "are needed: --auth, or RINGBACK_TEST_AUTH" in said


def test_a_measurement_without_credentials_is_2_with_a_word(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "guarded.py").write_text(app_text(), encoding="utf-8")
    run = ["strength", "--app", "guarded:app", "--max-time-each", "3", "--jobs", "1"]
    assert main([*run, "--operators", "forget"]) == 2
    said = capsys.readouterr().err
    assert "nothing could be tested" in said and "--auth, or RINGBACK_TEST_AUTH" in said


@pytest.mark.parametrize("status", [404, 400])
def test_where_nothing_is_accepted_nothing_was_tested(
    status: int, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "open.yaml").write_text(OPEN, encoding="utf-8")
    (folder / f"always_{status}.py").write_text(ALWAYS.format(status=status), encoding="utf-8")
    run = ["test", "open.yaml", "--app", f"always_{status}:app", "--max-time", "3"]
    assert main([*run, "--fail-on", "never"]) == 2
    said = capsys.readouterr()
    assert f"answers were {status} and none was of success" in said.err
    assert main([*run, "--fail-on", "never", "--seed", "1", "--seed", "2"]) == 2


def test_a_document_at_fault_is_2_with_its_places(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "bad.yaml").write_text("openapi: 3.0.0\npaths: 3\n", encoding="utf-8")
    assert main(["test", "bad.yaml", "--app", "json:loads"]) == 2
    assert "bad.yaml:" in capsys.readouterr().err


@pytest.mark.parametrize("recording", ["missing.har", "no.har"])
def test_a_recording_that_is_none_is_2(
    recording: str, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "no.har").write_text("{", encoding="utf-8")
    assert main(["replay", "shop.yaml", recording]) == 2
    assert recording in capsys.readouterr().err


@pytest.mark.parametrize(
    ("settings", "word"),
    [
        ("patience = -1", "test.patience"),
        ("costs = {'GET /pets' = 'much'}", "test.costs"),
        ("ignore = 'schema'", "test.ignore"),
        ("values = 3", "test.values"),
        ("nonsense = 1", "nonsense"),
    ],
)
def test_wrong_settings_are_2_with_their_place(
    settings: str, word: str, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = f"[tool.ringback]\ndocument = 'shop.yaml'\n[tool.ringback.test]\n{settings}\n"
    (folder / "pyproject.toml").write_text(text, encoding="utf-8")
    assert main(["test", "--app", "json:loads"]) == 2
    said = capsys.readouterr().err
    assert word in said and "pyproject.toml:4" in said


def test_an_interruption_is_130_with_a_report(folder: Path) -> None:
    (folder / "busy_shop.py").write_text(app_text() + ASKED, encoding="utf-8")
    name = "busy_shop:noting"
    environment = {
        **os.environ,
        "PYTHONPATH": os.pathsep.join([str(ROOT / "generator"), *sys.path[:1]]),
        "RINGBACK_TEST_AUTH": KEY,
    }
    command = [sys.executable, "-m", "ringback", "test", "--app", name, "--max-time", "60"]
    command += ["--report", "json=out.json", "--rate", "20/s"]
    process = subprocess.Popen(
        command, cwd=folder, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    until = time.monotonic() + 120
    while not (folder / "asked").exists() and time.monotonic() < until:
        time.sleep(0.05)  # it has to be on its way; how far does not matter
    process.send_signal(signal.SIGINT)
    out, err = process.communicate(timeout=30)
    assert process.returncode == 130, err.decode()
    assert b"Traceback" not in err
    held = json.loads((folder / "out.json").read_text(encoding="utf-8"))["run"]
    assert held["stopped"] == "interrupted"
    assert b"interrupted" in out


@pytest.mark.parametrize(
    ("options", "why"),
    [
        (["--report", "html=."], "cannot write .: Is a directory"),
        (["--report", "junit=shop.yaml/report.xml"], "cannot write shop.yaml/report.xml: Not a directory"),
        (["--propose-overlay", "."], "cannot write .: Is a directory"),
    ],
)  # fmt: skip
def test_what_cannot_be_written_is_said_before_anything_is_sent(
    folder: Path, capsys: pytest.CaptureFixture[str], options: list[str], why: str
) -> None:
    (folder / "noting_shop.py").write_text(textwrap.dedent(app_text("")) + ASKED, encoding="utf-8")
    for command in (
        ["test", "--app", "noting_shop:noting"],
        ["strength", "--app", "noting_shop:noting"],
    ):
        if command[0] == "strength":
            if options[0] != "--report":
                continue
            options = ["--report", "json=" + options[1].partition("=")[2]]
        assert main([*command, *options]) == 2
        assert capsys.readouterr().err == f"ringback: error: {why}\n"
    assert not (folder / "asked").exists()


def test_no_permission_is_seen_before(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert (
        will_not_write("deep/er/report.html")
        == ""
        == will_not_write("-")
        == will_not_write("/dev/null")
    )
    monkeypatch.setattr(os, "access", lambda path, mode: str(path) != str(folder))
    assert (
        will_not_write("deep/er/report.html") == "Permission denied" == will_not_write("shop.yaml")
    )
