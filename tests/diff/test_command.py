"""`ringback diff` as a person calls it: files and revisions, formats, exit statuses, and what is refused."""

from __future__ import annotations

import json
import os
import re
import stat
import subprocess
from pathlib import Path

import pytest

from ringback.cli import main

OLD = """\
openapi: 3.1.0
info: {title: Calls, version: 1.0.0}
paths:
  /calls:
    get:
      operationId: listCalls
      parameters:
      - {name: limit, in: query, schema: {type: integer}}
      responses:
        '200':
          description: It worked.
          content:
            application/json:
              schema: {type: object, properties: {status: {type: string, enum: [queued]}}}
"""
NEW = OLD.replace("in: query,", "in: query, required: true,").replace("[queued]", "[queued, busy]")
WORDS = OLD.replace("It worked.", "It has worked.")
OVERLAY = """\
overlay: 1.0.0
info: {title: Fixes, version: 1.0.0}
actions:
- target: $.paths['/calls'].get
  update: {deprecated: true}
"""


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "old.yaml").write_text(OLD, encoding="utf-8")
    (tmp_path / "new.yaml").write_text(NEW, encoding="utf-8")
    (tmp_path / "words.yaml").write_text(WORDS, encoding="utf-8")
    (tmp_path / "fixes.yaml").write_text(OVERLAY, encoding="utf-8")
    return tmp_path


Run = tuple[int, str, str]


def run(capsys: pytest.CaptureFixture[str], *words: str) -> Run:
    status = main(["diff", *words])
    told = capsys.readouterr()
    return status, told.out, told.err


def git(folder: Path, *words: str) -> str:
    environment = {
        **os.environ, "GIT_CONFIG_GLOBAL": str(folder / "no-config"), "GIT_CONFIG_NOSYSTEM": "1",
        "GIT_AUTHOR_NAME": "a", "GIT_AUTHOR_EMAIL": "a@example.com",
        "GIT_COMMITTER_NAME": "a", "GIT_COMMITTER_EMAIL": "a@example.com",
    }  # fmt: skip
    done = subprocess.run(
        ["git", *words], cwd=folder, env=environment, capture_output=True, text=True, check=True
    )
    return done.stdout


@pytest.fixture
def repository(folder: Path) -> Path:
    """Two commits of spec/api.yaml, which refers to a second file, and a working tree like the second commit."""
    spec = folder / "spec"
    spec.mkdir()
    part = "type: object\nproperties: {status: {type: string, enum: [queued]}}\n"
    inline = "{type: object, properties: {status: {type: string, enum: [queued]}}}"
    (spec / "api.yaml").write_text(OLD.replace(inline, "{$ref: part.yaml}"), encoding="utf-8")
    (spec / "part.yaml").write_text(part, encoding="utf-8")
    git(folder, "init", "-q")
    git(folder, "add", "spec")
    git(folder, "commit", "-q", "-m", "first")
    (spec / "part.yaml").write_text(part.replace("queued", "queued, busy"), encoding="utf-8")
    git(folder, "add", "spec")
    git(folder, "commit", "-q", "-m", "second")
    return folder


# -- what is shown

TEXT = """\
old.yaml → new.yaml

On the wire: 1 breaking, 1 safe for callers

  breaking  query parameter limit is required now [request-parameter-became-required]
            GET /calls · servers: safe
            new.yaml:8:44, was old.yaml:8:9

  safe      answer 200.status may also be "busy" [response-enum-value-added]
"""


def test_text_names_the_change_its_operations_and_its_places(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    status, out, err = run(capsys, "old.yaml", "new.yaml")
    assert (status, err) == (1, "")
    assert out.startswith(TEXT)
    assert "In the generated Python: " in out
    assert out.splitlines()[-1].startswith("Verdict: major for callers (")


def test_json_says_everything(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    status, out, _ = run(capsys, "old.yaml", "new.yaml", "--format", "json", "--for", "servers")
    told = json.loads(out)
    assert (status, told["failed"], told["for"]) == (int(told["failed"]), told["failed"], "servers")
    change = next(
        one for one in told["changes"] if one["code"] == "request-parameter-became-required"
    )
    assert change["callers"] == "breaking"
    assert change["old"] == {
        "file": "old.yaml", "line": 8, "column": 9, "pointer": "/paths/~1calls/get/parameters/0",
    }  # fmt: skip
    assert change["operations"] == ["GET /calls"]
    assert sum(told["counts"]["callers"].values()) == len(told["changes"])


def test_github_annotates_what_breaks(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    _, out, _ = run(capsys, "old.yaml", "new.yaml", "--format", "github")
    lines = out.splitlines()
    assert lines[0] == (
        "::error file=new.yaml,line=8,col=44,title=request-parameter-became-required::"
        "query parameter limit is required now%0AGET /calls%0Awas old.yaml:8:9"
    )
    assert lines[-1].startswith("::notice title=API changes::major for callers")
    assert all(re.match(r"::(error|warning|notice) ", line) for line in lines)


def test_markdown_takes_a_documents_markup_apart(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    hostile = "<img src=x> [click](http://example.com) @everyone `x`"
    text = OLD.replace("[queued]", f"[queued, {json.dumps(hostile)}]")
    (folder / "new.yaml").write_text(text, encoding="utf-8")
    _, out, _ = run(capsys, "old.yaml", "new.yaml", "--format", "markdown")
    assert "<img" not in out
    assert "[click](" not in out
    assert re.search(r"(?<!\\)@everyone", out) is None
    assert out.startswith("### API changes: **minor**: nothing is known to break for callers")


def test_a_comment_fits_into_a_comment(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    many = "\n".join(
        f"      - {{name: parameter{number}, in: query, required: true, schema: {{type: string}}}}"
        for number in range(900)
    )
    line = "      - {name: limit"
    (folder / "new.yaml").write_text(OLD.replace(line, f"{many}\n{line}"), encoding="utf-8")
    _, out, _ = run(capsys, "old.yaml", "new.yaml", "--format", "markdown")
    assert len(out) < 65_536
    assert re.search(r"- … and \d+ more changes", out)


def test_a_file_takes_the_text_and_the_terminal_the_verdict(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    _, out, _ = run(
        capsys, "old.yaml", "new.yaml", "--format", "markdown", "--output", "comment.md"
    )
    assert out.startswith("Verdict: major for callers")
    assert len(out.splitlines()) == 1
    assert (folder / "comment.md").read_text(encoding="utf-8").startswith("### API changes")


def test_what_is_no_file_is_written_to_and_not_replaced(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    pipe = folder / "pipe"
    os.mkfifo(pipe)
    reading = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    try:
        run(capsys, "old.yaml", "words.yaml", "--output", "pipe")
        assert stat.S_ISFIFO(pipe.stat().st_mode)
        assert os.read(reading, 1 << 16).startswith("old.yaml → words.yaml".encode())
    finally:
        os.close(reading)


def test_control_characters_of_a_document_reach_no_terminal(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = OLD.replace("[queued]", '[queued, "\\u001b[31m\\u0007"]')
    (folder / "new.yaml").write_text(text, encoding="utf-8")
    for form in ("text", "markdown", "github", "json"):
        _, out, _ = run(capsys, "old.yaml", "new.yaml", "--format", form)
        assert "\x1b" not in out and "\x07" not in out


def test_an_annotation_stands_in_a_file_of_the_pull_request(
    repository: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = (repository / "spec" / "api.yaml").read_text(encoding="utf-8")
    required = text.replace("in: query,", "in: query, required: true,")
    (repository / "spec" / "api.yaml").write_text(required, encoding="utf-8")
    git(repository, "commit", "-q", "-a", "-m", "third")
    words = ("HEAD~1", "HEAD", "spec/api.yaml", "--format", "github")
    _, out, _ = run(capsys, *words)
    assert out.startswith("::error file=spec/api.yaml,line=8,")
    (repository / "spec" / "api.yaml").write_text(
        required.replace("/calls:", "/other:"), encoding="utf-8"
    )
    git(repository, "commit", "-q", "-a", "-m", "fourth")
    _, out, _ = run(capsys, *words)
    assert out.count("::error file=spec/api.yaml") == out.count("::error ") > 0


# -- exit statuses


@pytest.mark.parametrize(
    ("words", "status"),
    [
        (["old.yaml", "old.yaml", "--fail-on", "any"], 0),
        (["old.yaml", "words.yaml", "--fail-on", "any"], 1),
        (["old.yaml", "words.yaml", "--fail-on", "risky"], 0),
        (["old.yaml", "new.yaml"], 1),
        (["old.yaml", "new.yaml", "--fail-on", "never"], 0),
        (["old.yaml", "new.yaml", "--for", "servers", "--fail-on", "any"], 1),
    ],
)
def test_the_exit_status_is_what_was_asked_for(
    words: list[str], status: int, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(capsys, *words)[0] == status


def test_what_is_accepted_does_not_fail(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    entries = "accept:\n- {code: '*', where: '*', reason: we agreed}\n"
    (folder / "accept.yaml").write_text(entries, encoding="utf-8")
    status, out, _ = run(capsys, "old.yaml", "new.yaml", "--accept", "accept.yaml")
    assert status == 0
    assert "On the wire: nothing for callers" in out
    assert "we agreed" in out
    assert "Verdict: major for callers" in out  # agreed to, it breaks all the same


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["old.yaml"], "compare old.yaml with what?"),
        (["old.yaml", "new.yaml", "a", "b"], "diff takes two documents, not 4"),
        (["HEAD"], "which document?"),
        (["HEAD:api.yaml", "new.yaml"], "this is no git repository"),
        (["HEAD", "HEAD"], "HEAD is no file, and this is no git repository"),
        (["HEAD", "new.yaml"], "HEAD is no file, and this is no git repository"),
        (["HEAD", "nowhere.yaml"], "there is no file nowhere.yaml to compare with HEAD"),
        (["old.yaml", "v1.2"], "v1.2 is no file; a revision comes first: ringback diff v1.2 old.yaml"),
        (["--fail-on=never", "--no-overlay", "--overlay", "fixes.yaml", "old.yaml", "new.yaml"],
         "--overlay and --no-overlay exclude each other"),
        (["old.yaml", "new.yaml", "--accept", "nowhere.yaml"], "the accept file is at fault"),
        (["old.yaml", "new.yaml", "--output", "nowhere/x.md"], "cannot write nowhere/x.md"),
    ],
)  # fmt: skip
def test_what_cannot_be_done_is_said(
    words: list[str], said: str, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    status, out, err = run(capsys, *words)
    assert status == 2
    assert said in err
    assert "Traceback" not in err + out


def test_a_document_at_fault_is_shown_with_its_place(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "new.yaml").write_text(OLD.replace("type: integer", "type: intger"), encoding="utf-8")
    status, _, err = run(capsys, "old.yaml", "new.yaml")
    assert status == 1
    assert "new.yaml:8:" in err and "error" in err
    assert run(capsys, "old.yaml", "nowhere.yaml")[0] == 1


def test_a_type_that_keeps_its_name_is_taken_apart(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    calls = OLD.replace("type: string, enum: [queued]", "$ref: '#/components/schemas/Result'")
    calls += "components:\n  schemas:\n    Result: {oneOf: [%s]}\n"
    parts = [f"{{title: {name}, type: object, properties: {{{name}: {{type: string}}}}, required: [{name}]}}"
             for name in ("Won", "Lost", "Drawn")]  # fmt: skip
    (folder / "old.yaml").write_text(calls % ", ".join(parts[:2]), encoding="utf-8")
    (folder / "new.yaml").write_text(calls % ", ".join(parts), encoding="utf-8")
    told = run(capsys, "old.yaml", "new.yaml")[1]
    (line,) = (one for one in told.splitlines() if "python-answer-attribute-widened" in one)
    told = line.partition(", who read it: ")[2]
    before, after = "ResultWon | ResultLost", "ResultWon | ResultLost | ResultDrawn"
    assert told.startswith(f"{before} | Unset before, {after} | Unset now [")


# -- overlays


def test_an_overlay_is_for_both_or_for_one(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    both = run(capsys, "old.yaml", "old.yaml", "--overlay", "fixes.yaml", "--fail-on", "any")
    assert both[0] == 0 and "no changes" in both[1]
    status, out, _ = run(
        capsys, "old.yaml", "old.yaml", "--new-overlay", "fixes.yaml", "--fail-on", "any"
    )
    assert status == 1
    assert "GET /calls is deprecated [operation-deprecated]" in out
    assert "old.yaml → old.yaml with fixes.yaml" in out


# -- revisions


@pytest.mark.parametrize(
    "words",
    [
        ["HEAD~1", "HEAD", "spec/api.yaml"],
        ["HEAD~1:spec/api.yaml", "HEAD:spec/api.yaml"],
        ["HEAD~1:spec/api.yaml", "spec/api.yaml"],
        ["HEAD~1:./spec/api.yaml", "spec/api.yaml"],
        ["HEAD~1", "spec/api.yaml"],
        ["HEAD~1..HEAD", "spec/api.yaml"],
        ["HEAD~1..", "spec/api.yaml"],
    ],
    ids=" ".join,
)
def test_a_document_at_a_revision_brings_the_files_that_it_refers_to(
    words: list[str], repository: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    status, out, err = run(capsys, *words, "--fail-on", "any")
    assert (status, err) == (1, "")
    assert 'may also be "busy" [response-enum-value-added]' in out
    assert out.startswith("HEAD~1:spec/api.yaml → ")


def test_places_of_a_revision_are_called_by_it(
    repository: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    _, out, _ = run(capsys, "HEAD~1", "HEAD", "spec/api.yaml", "--format", "json")
    places = {one["old"]["file"] for one in json.loads(out)["changes"] if one["old"]}
    assert places == {"HEAD~1:spec/part.yaml"}
    (repository / "spec" / "api.yaml").write_text("openapi: 3.1.0\n", encoding="utf-8")
    git(repository, "commit", "-q", "-a", "-m", "broken")
    status, _, err = run(capsys, "HEAD:spec/api.yaml", "old.yaml")
    assert status == 1
    assert err.startswith("HEAD:spec/api.yaml:1:1: error")


def test_the_settings_document_is_compared_with_the_settings_of_then(
    repository: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    settings = '[tool.ringback]\ndocument = "spec/api.yaml"\noverlays = [%s]\n'
    (repository / "pyproject.toml").write_text(settings % "", encoding="utf-8")
    git(repository, "add", "pyproject.toml")
    git(repository, "commit", "-q", "-m", "settings")
    (repository / "pyproject.toml").write_text(settings % '"fixes.yaml"', encoding="utf-8")
    status, out, err = run(capsys, "HEAD", "--fail-on", "any")
    assert (status, err) == (1, "")
    assert out.startswith("HEAD:spec/api.yaml → spec/api.yaml with fixes.yaml\n")
    assert "GET /calls is deprecated" in out
    # Before there were settings, the document had no overlays either: those that did not exist are not asked for.
    _, out, _ = run(capsys, "HEAD~1")
    assert out.startswith("HEAD~1:spec/api.yaml → spec/api.yaml with fixes.yaml\n")
    _, out, _ = run(capsys, "HEAD~2", "HEAD")
    assert out.startswith("HEAD~2:spec/api.yaml → HEAD:spec/api.yaml\n")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["nonsense", "spec/api.yaml"], "nonsense"),
        (["nonsense:spec/api.yaml", "spec/api.yaml"], "there is no revision 'nonsense'"),
        (["HEAD:spec/other.yaml", "spec/api.yaml"], "HEAD has no file spec/other.yaml"),
        (["HEAD:../outside.yaml", "spec/api.yaml"], "is not in the repository"),
        (["HEAD", "HEAD", "../outside.yaml"], "no git repository"),
        ([":spec/api.yaml", "spec/api.yaml"], "'' is no revision"),
        (["--", "-n:spec/api.yaml", "spec/api.yaml"], "'-n' is no revision"),
        (["--", "--upload-pack=x", "HEAD", "spec/api.yaml"], "'--upload-pack=x' is no revision"),
    ],
)  # fmt: skip
def test_a_revision_that_is_none_is_refused(
    words: list[str], said: str, repository: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    status, _, err = run(capsys, *words)
    assert status in (1, 2)
    assert said in err
    assert "Traceback" not in err


def test_reading_a_revision_runs_no_filter(
    repository: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (repository / ".gitattributes").write_text("*.yaml filter=mark\n", encoding="utf-8")
    git(repository, "config", "filter.mark.smudge", "touch ran; cat")
    git(repository, "config", "filter.mark.clean", "touch ran; cat")
    status, _, _ = run(capsys, "HEAD~1", "HEAD", "spec/api.yaml", "--fail-on", "any")
    assert status == 1
    assert not list(repository.rglob("ran"))
