"""The action on a pull request: from a bare repository, as a runner checks it out, to comment, annotations and status."""

from __future__ import annotations

import importlib.util
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from tests.action.comments import TOKEN, Comments
from tests.action.runner import ROOT, Ran, Runner, action

pytestmark = pytest.mark.skipif(
    shutil.which("bash") is None or shutil.which("git") is None,
    reason="actions run in bash, on git",
)

DOCUMENT = """\
openapi: 3.1.0
info: {title: Parcels, version: "1"}
servers: [{url: "https://parcels.example"}]
paths:
  /parcels:
    get:
      operationId: listParcels
      tags: [parcels]
      parameters:
        - {name: state, in: query, schema: {type: string, enum: [packed, sent]}}
      responses:
        "200":
          description: All parcels.
          content:
            application/json:
              schema: {type: array, items: {type: string}}
        "422": {description: No state.}
"""
SETTINGS = '[tool.ringback]\ndocument = "spec/api.yaml"\noutput = "src/parcels"\n'
SERVER = """\
import json
from urllib.parse import parse_qs


def app(environ, start_response):
    if environ["PATH_INFO"] != "/parcels":
        start_response("404 Not Found", [])
        return []
    if environ["REQUEST_METHOD"] != "GET":
        start_response("405 Method Not Allowed", [("Allow", "GET")])
        return []
    state = parse_qs(environ["QUERY_STRING"], keep_blank_values=True).get("state")
    if state not in (None, ["packed"], ["sent"]):
        start_response("422 Unprocessable Content", [])
        return []
    start_response("200 OK", [("Content-Type", "application/json")])
    return [json.dumps(["one", "two"]).encode()]
"""
BREAKING = DOCUMENT.replace(
    "{name: state, in: query, schema", "{name: state, in: query, required: true, schema"
)
HARMLESS = DOCUMENT.replace("All parcels.", "All of the parcels.")


@dataclass(frozen=True, slots=True)
class Repository:
    """A bare repository with `main`, the branch `feature`, and what GitHub makes of the two: refs/pull/7/merge."""

    folder: Path

    @property
    def bare(self) -> Path:
        return self.folder / "origin.git"

    @property
    def author(self) -> Path:
        return self.folder / "author"

    def make(self) -> None:
        git(self.folder, "init", "--quiet", "--bare", "--initial-branch=main", str(self.bare))
        git(self.folder, "clone", "--quiet", self.bare.as_uri(), str(self.author))
        (self.author / "spec").mkdir()
        self.write("spec/api.yaml", DOCUMENT)
        self.write("pyproject.toml", SETTINGS)
        self.write("server.py", SERVER)
        ringback(self.author, "generate")
        self.commit("main", "Parcels")

    def propose(self, document: str, *, with_bindings: bool = False) -> None:
        """Push a change of the document to the branch of the pull request."""
        git(self.author, "checkout", "--quiet", "-B", "feature", "main")
        self.write("spec/api.yaml", document)
        if with_bindings:
            ringback(self.author, "generate")
        self.commit("feature", "A change")
        git(self.author, "checkout", "--quiet", "--detach", "main")
        git(self.author, "merge", "--quiet", "--no-ff", "--message", "Merge", "feature")
        git(self.author, "push", "--quiet", "--force", "origin", "HEAD:refs/pull/7/merge")

    def write(self, name: str, text: str) -> None:
        (self.author / name).write_text(text, encoding="utf-8")

    def commit(self, branch: str, message: str) -> None:
        git(self.author, "add", "--all")
        git(self.author, "commit", "--quiet", "--message", message)
        git(self.author, "push", "--quiet", "--force", "origin", f"HEAD:refs/heads/{branch}")

    def sha(self, name: str) -> str:
        return git(self.bare, "rev-parse", name).strip()

    def runner(self, name: str, ref: str = "refs/pull/7/merge") -> Runner:
        """A checkout as actions/checkout makes one: a single commit, detached unless it is a branch."""
        workspace = self.folder / name
        workspace.mkdir()
        git(workspace, "init", "--quiet")
        git(workspace, "remote", "add", "origin", self.bare.as_uri())
        git(workspace, "fetch", "--quiet", "--no-tags", "--depth=1", "origin", ref)
        git(workspace, "checkout", "--quiet", "--detach", "FETCH_HEAD")
        return Runner(workspace, self.folder / f"{name}-runner")

    def event(self) -> dict[str, Any]:
        """The event file of the pull request."""
        head = {"sha": self.sha("feature"), "repo": {"full_name": "team/parcels"}}
        return {"pull_request": {"number": 7, "base": {"sha": self.sha("main")}, "head": head}}


def git(folder: Path, *arguments: str) -> str:
    who = ["-c", "user.name=user", "-c", "user.email=user@example.com"]
    return subprocess.run(
        ["git", *who, *arguments], cwd=folder, check=True, capture_output=True, text=True
    ).stdout


def ringback(folder: Path, *arguments: str) -> str:
    command = [sys.executable, "-m", "ringback", *arguments]
    return subprocess.run(command, cwd=folder, check=True, capture_output=True, text=True).stdout


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Repository:
    """Made once: generating and committing take longer than a copy."""
    first = Repository(tmp_path_factory.mktemp("made"))
    first.make()
    return first


@pytest.fixture
def repository(made: Repository, tmp_path: Path) -> Repository:
    copy = Repository(tmp_path)
    shutil.copytree(made.bare, copy.bare)
    shutil.copytree(made.author, copy.author)
    git(copy.author, "remote", "set-url", "origin", copy.bare.as_uri())
    return copy


@pytest.fixture
def comments() -> Iterator[Comments]:
    with Comments() as served:
        yield served


def review(
    repository: Repository, runner: Runner, comments: Comments | None = None, /, **inputs: str
) -> Ran:
    """The action on the pull request; what is installed is there already."""
    github = {
        "GITHUB_REPOSITORY": "team/parcels",
        "GITHUB_HEAD_REF": "feature",
        "GITHUB_BASE_REF": "main",
        "GITHUB_API_URL": comments.url if comments else "http://127.0.0.1:9",
    }
    given = {"install": "pip", "purposes": "diff generate", **inputs}
    if comments is not None:
        given["token"] = TOKEN
    return runner.run(repository.event(), github, **given)


def test_a_change_that_breaks_is_told_three_ways(
    repository: Repository, comments: Comments
) -> None:
    repository.propose(BREAKING)
    comments.add("Looks good to me.")
    ran = review(
        repository,
        repository.runner("one"),
        comments,
        purposes="diff generate test",
        app="server:app",
        max_time="4",
    )
    # Every step has run, and the two that have something to complain of have failed.
    assert ran.statuses == {"install": 0, "diff": 1, "generate": 1, "test": 1, "comment": 0}, ran
    assert ran.outputs["version"] == "major"
    line = 1 + BREAKING.splitlines().index(
        next(one for one in BREAKING.splitlines() if "required: true" in one)
    )
    wire, python = ran.annotations("diff", "error")
    assert wire.startswith(f"::error file=spec/api.yaml,line={line},col=")
    assert "request-parameter-became-required" in wire
    assert "title=python-" in python
    assert ran.annotations("generate", "error") == [
        "::error::the bindings in src/parcels are not up to date: ringback generate"
    ]
    assert any(
        "[accepted-invalid]" in one or "state" in one for one in ran.annotations("test", "error")
    )

    (ours,) = (one["body"] for one in comments.held if one["user"]["type"] == "Bot")
    first, *_ = ours.splitlines()[1:]
    assert ours.startswith("<!-- ringback -->\n")
    assert first == "### API changes: **major**: something breaks for callers"
    assert "`base:spec/api.yaml` → `spec/api.yaml`" in ours
    assert "request-parameter-became-required" in ours
    assert "### Bindings: not up to date" in ours and "src/parcels/client.py" in ours
    assert "### Contract: **broken**" in ours
    assert ran.summary.strip() == ours.removeprefix("<!-- ringback -->\n").strip()


def test_the_patch_of_the_reports_brings_the_bindings_up_to_date(repository: Repository) -> None:
    repository.propose(BREAKING)
    runner = repository.runner("one")
    ran = review(repository, runner, bindings="attach", fail_on_change="never")
    assert ran.statuses == {"install": 0, "diff": 0, "generate": 0, "comment": 0}, ran
    patch = runner.workspace / "ringback-reports" / "bindings.patch"
    fresh = repository.runner("two").workspace
    git(fresh, "apply", str(patch))
    assert "up to date" in ringback(fresh, "generate", "--check")


def test_there_is_one_comment_and_it_follows_the_pull_request(
    repository: Repository, comments: Comments
) -> None:
    repository.propose(BREAKING)
    assert review(repository, repository.runner("one"), comments, purposes="diff").failed
    repository.propose(HARMLESS, with_bindings=True)
    ran = review(repository, repository.runner("two"), comments)
    assert not ran.failed, ran
    (only,) = comments.held
    assert "breaks" not in only["body"]
    assert "### Bindings: up to date" in only["body"]
    assert [one.split()[0] for one in comments.asked] == ["GET", "POST", "GET", "PATCH"]


def test_nothing_new_is_no_reason_for_a_comment(repository: Repository, comments: Comments) -> None:
    repository.propose(DOCUMENT + "# nothing\n", with_bindings=True)
    ran = review(repository, repository.runner("one"), comments)
    assert not ran.failed, ran
    assert ran.outputs["version"] == "none"
    assert comments.held == []
    assert "### API changes: **none**" in ran.summary


def test_bindings_are_committed_to_the_branch(repository: Repository) -> None:
    repository.propose(BREAKING)
    before = repository.sha("feature")
    runner = repository.runner("one", "feature")
    ran = review(repository, runner, purposes="generate", bindings="commit")
    assert not ran.failed, ran
    assert repository.sha("feature^") == before
    assert git(repository.bare, "log", "-1", "--format=%an: %s", "feature").strip() == (
        "github-actions[bot]: Bindings made anew"
    )
    fresh = repository.runner("two", "feature").workspace
    assert "up to date" in ringback(fresh, "generate", "--check")
    changed = git(repository.bare, "diff", "--name-only", before, "feature").split()
    assert changed and all(one.startswith("src/parcels/") for one in changed)


def test_a_merge_is_not_committed_to_the_branch(repository: Repository) -> None:
    repository.propose(BREAKING)
    before = repository.sha("feature")
    ran = review(repository, repository.runner("one"), purposes="generate", bindings="commit")
    assert ran.statuses["generate"] == 2
    assert "check that out" in ran.printed["generate"]
    assert repository.sha("feature") == before


def test_a_fork_gets_a_patch_and_no_comment(repository: Repository, comments: Comments) -> None:
    repository.propose(BREAKING)
    event = repository.event()
    event["pull_request"]["head"]["repo"]["full_name"] = "somebody/parcels"
    comments.refuses = True
    runner = repository.runner("one")
    github = {
        "GITHUB_REPOSITORY": "team/parcels",
        "GITHUB_HEAD_REF": "feature",
        "GITHUB_API_URL": comments.url,
    }
    ran = runner.run(
        event, github, install="pip", purposes="generate", bindings="commit", token=TOKEN
    )
    assert not ran.failed, ran
    assert "comes from a fork" in ran.annotations("generate", "warning")[0]
    assert "could not be posted: HTTP Error 403" in ran.annotations("comment", "warning")[0]
    assert (runner.workspace / "ringback-reports" / "bindings.patch").is_file()
    assert "### Bindings: not up to date" in ran.summary


def test_a_change_that_is_agreed_to_does_not_fail(repository: Repository) -> None:
    repository.propose(BREAKING)
    runner = repository.runner("one")
    codes = {
        one.split("title=")[1].split("::")[0]
        for one in review(repository, runner, purposes="diff").annotations("diff", "error")
    }
    entries = "".join(
        f'  - {{code: {code}, where: "*", reason: agreed, expires: 2999-01-01}}\n' for code in codes
    )
    (runner.workspace / "accept.yaml").write_text(f"accept:\n{entries}", encoding="utf-8")
    agreed = review(repository, runner, purposes="diff", accept="accept.yaml")
    assert not agreed.failed, agreed


def test_a_base_that_is_not_there_is_named(repository: Repository) -> None:
    repository.propose(HARMLESS)
    ran = review(repository, repository.runner("one"), purposes="diff", base="no-such-branch")
    assert ran.statuses["diff"] not in (0, 1), ran
    assert "no-such-branch" in ran.printed["diff"]


def test_a_branch_can_be_compared_with(repository: Repository) -> None:
    repository.propose(BREAKING)
    ran = review(repository, repository.runner("one"), purposes="diff", base="main")
    assert ran.statuses["diff"] == 1 and ran.outputs["version"] == "major"


def test_a_document_that_the_base_does_not_have_is_not_compared(
    repository: Repository, comments: Comments
) -> None:
    repository.propose(HARMLESS)
    runner = repository.runner("one")
    (runner.workspace / "new.yaml").write_text(DOCUMENT, encoding="utf-8")
    ran = review(repository, runner, comments, purposes="diff", document="new.yaml")
    assert not ran.failed, ran
    assert ran.annotations("diff", "warning")
    assert "not compared: `new.yaml` is not in the base" in comments.held[0]["body"]


def test_a_document_and_its_overlays_can_be_named(repository: Repository) -> None:
    repository.write(
        "fix.yaml",
        "overlay: 1.0.0\ninfo: {title: t, version: '1'}\nactions:\n"
        "  - {target: $.info, update: {description: corrected}}\n",
    )
    repository.commit("main", "An overlay")
    repository.propose(BREAKING)
    ran = review(
        repository,
        repository.runner("one"),
        purposes="diff generate",
        document="spec/api.yaml",
        overlays="fix.yaml\n",
        output="src/parcels",
        bindings="attach",
    )
    assert ran.statuses == {"install": 0, "diff": 1, "generate": 0, "comment": 0}, ran
    assert "base:fix.yaml" in ran.summary.replace("./", "")


@pytest.mark.parametrize(
    ("name", "value", "step"),
    [
        ("base", "--upload-pack=touch pwned", "diff"),
        ("base", "$(touch pwned)", "diff"),
        ("document", "$(touch pwned).yaml", "diff"),
        ("document", "`touch pwned`", "diff"),
        ("audience", "both; touch pwned", "diff"),
        ("accept", "a' && touch pwned '", "diff"),
        ("overlays", "x\n$(touch pwned)\n--output=pwned", "diff"),
        ("purposes", "diff;touch pwned", "install"),
        ("purposes", "everything", "install"),
        ("purposes", "*", "install"),
        ("purposes", "", "install"),
        ("bindings", "commit;touch pwned", "generate"),
        ("output", "../outside; touch pwned", "generate"),
    ],
)
def test_what_an_input_holds_is_not_run(
    repository: Repository, name: str, value: str, step: str
) -> None:
    repository.propose(BREAKING)
    runner = repository.runner("one")
    purposes = "generate" if step == "generate" else "diff"
    ran = review(repository, runner, None, **{"purposes": purposes, name: value})
    assert ran.statuses[step] != 0, ran
    assert not list(repository.folder.rglob("pwned*"))
    assert "internal error" not in str(ran.printed)


def test_purposes_may_stand_in_lines(repository: Repository) -> None:
    repository.propose(HARMLESS, with_bindings=True)
    ran = review(repository, repository.runner("one"), purposes="diff\n  generate\n")
    assert list(ran.statuses) == ["install", "diff", "generate", "comment"] and not ran.failed


def test_steps_after_a_failed_installation_do_not_run(repository: Repository) -> None:
    repository.propose(HARMLESS)
    ran = review(repository, repository.runner("one"), install="no-such-distribution-of-anybody")
    assert list(ran.statuses) == ["install"] and ran.failed


# -- the comment


def script() -> ModuleType:
    spec = importlib.util.spec_from_file_location(
        "pull_request", ROOT / ".ci" / "action" / "pull_request.py"
    )
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_a_mark_that_a_person_writes_is_not_ours(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, comments: Comments
) -> None:
    for number in range(120):
        comments.add(f"<!-- ringback -->\nnumber {number}")
    comments.add("<!-- ringback -->\nours", "Bot")
    (tmp_path / "event.json").write_text('{"pull_request": {"number": 7}}', encoding="utf-8")
    monkeypatch.setenv("GITHUB_EVENT_PATH", str(tmp_path / "event.json"))
    monkeypatch.setenv("GITHUB_REPOSITORY", "team/parcels")
    monkeypatch.setenv("GITHUB_API_URL", comments.url)
    script().post(TOKEN, "<!-- ringback -->\nnew", worth_saying=False)
    assert comments.held[120]["body"].endswith("new")
    assert comments.held[0]["body"].endswith("number 0")


def test_a_text_of_an_answer_stays_a_text() -> None:
    told = script()._cell("<img src=x> @team [a](http://x) `code` | *b*\nnext & last")
    assert "<" not in told and "@t" not in told and "\n" not in told
    assert "\\[a\\](http" in told and "\\`code\\`" in told and "\\|" in told


def test_a_comment_is_never_too_long() -> None:
    module = script()
    text = "\n".join(["<details><summary>many</summary>", *("- a change" for _ in range(10_000))])
    short = module.shortened(text)
    assert len(short) < 65_536
    assert short.count("<details>") == short.count("</details>") == 1
    assert "the summary of the job has all of it" in short
    assert module.shortened("short") == "short"


# -- the action itself


def test_every_input_is_used_and_told() -> None:
    held = action()
    steps = held["runs"]["steps"]
    for name, told in held["inputs"].items():
        assert any(f"inputs.{name} " in str(step["env"]) for step in steps), name
        assert told["description"]
    for name, told in held["outputs"].items():
        assert "inputs." in told["value"] or "steps." in told["value"], name
