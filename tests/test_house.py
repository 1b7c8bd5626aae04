"""The repository tests itself: what its pages say is true, and what it carries is what it should."""

from __future__ import annotations

import argparse
import hashlib
import io
import json
import re
import shlex
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path

import pytest
import yaml

from ringback.arguments import parser

ROOT = Path(__file__).parents[1]
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])
RINGBACK = [sys.executable, "-m", "ringback"]


def tracked() -> list[Path]:
    """The files that git carries."""
    if not (ROOT / ".git").exists():
        pytest.skip("not a git checkout")
    listed = subprocess.run(
        ["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True
    )
    return [ROOT / name for name in listed.stdout.split("\0") if name and (ROOT / name).is_file()]


def commands(page: Path) -> Iterator[str]:
    """The `ringback` commands of a page: lines of code blocks, and code within a line."""
    fenced = False
    for line in page.read_text(encoding="utf-8").splitlines():
        if line.startswith("```"):
            fenced = not fenced
        elif (fenced or line.startswith("    ")) and line.strip().startswith("ringback "):
            yield re.split(r" [#|>]", line)[0].strip()
        elif not fenced:
            # A name alone (`ringback bundle`) speaks of the command; its help stands in for a call.
            for code in re.findall(r"`(ringback [a-z][^`]*)`", line):
                yield code if " -" in code or code.count(" ") > 1 else f"{code} --help"


# -- what the pages say


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_every_command_of_a_page_is_one(page: Path) -> None:
    for command in commands(page):
        heard = io.StringIO()
        try:
            with redirect_stderr(heard), redirect_stdout(heard):
                parser().parse_args(shlex.split(command)[1:])
        except SystemExit as end:
            assert end.code == 0, f"{command}: {heard.getvalue()}"


def test_the_readme_names_every_command() -> None:
    said = {command.split()[1] for command in commands(ROOT / "README.md")}
    (known,) = (one for one in parser()._actions if isinstance(one, argparse._SubParsersAction))
    assert said == set(known.choices)


def test_the_commands_of_the_readme_do_what_it_says(tmp_path: Path) -> None:
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    for folder in ("spec", "generated"):
        shutil.copytree(ROOT / folder, tmp_path / folder)
    ran = []
    for line in (ROOT / "README.md").read_text(encoding="utf-8").splitlines():
        if not line.startswith("    ringback ") or "--watch" in line:
            continue
        ran.append(line)
        if line.startswith("    ringback emulate"):
            _emulates(line, tmp_path)
            continue
        done = subprocess.run(
            [*RINGBACK, *shlex.split(line)[1:]], cwd=tmp_path, capture_output=True, text=True
        )
        assert done.returncode == 0, f"{line}\n{done.stdout}{done.stderr}"
    assert len(ran) > 5
    assert (tmp_path / "src" / "voice_api" / "client.py").is_file()


def _emulates(line: str, folder: Path) -> None:
    """Start the emulator (on a free port: the usual one may be somebody's), read what it says first, stop it."""
    command = [*RINGBACK, *shlex.split(line)[1:], "--port", "0"]
    with subprocess.Popen(command, cwd=folder, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        try:
            assert process.stdout.readline().startswith("listening   http://127.0.0.1:"), line
        finally:
            process.terminate()


def test_the_readme_says_every_exit_status() -> None:
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    said = set(re.findall(r"^\| (\d+) \|", text, re.MULTILINE))
    helped = set(re.findall(r"^  (\d+)  ", parser().epilog or "", re.MULTILINE))
    assert helped and helped <= said


def test_make_has_the_targets_that_the_pages_name() -> None:
    targets = set(
        re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)
    )
    for page in PAGES:
        text = page.read_text(encoding="utf-8")
        named = re.findall(r"(?:`|^    )make ([a-z ]+?)(?:`|$|  )", text, re.MULTILINE)
        assert {target for line in named for target in line.split()} <= targets, page


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_links_lead_to_files(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    for target in re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", text):
        assert (page.parent / target).exists(), target
    tops = "generator|templates|generated|spec|tests|docs|benchmarks"
    for path in re.findall(rf"`((?:{tops})/[\w./-]+)`", text):
        assert (ROOT / path).exists(), path


def test_decisions_are_numbered_and_say_the_four_things() -> None:
    records = sorted((ROOT / "docs" / "decisions").glob("*.md"))
    assert [int(record.name[:4]) for record in records] == list(range(1, len(records) + 1))
    for record in records:
        text = record.read_text(encoding="utf-8")
        assert text.startswith(f"# {int(record.name[:4])}. "), record
        headings = re.findall(r"^## (.*)$", text, re.MULTILINE)
        wanted = ["Problem", "What others do", "What we chose", "What it costs"]
        assert headings == wanted, record


# -- what the repository carries


def test_no_file_names_a_machine_or_an_index() -> None:
    # Spelt so that this file does not find itself.
    paths = r"(?<![\w.:/}])/(?:work|tmp|root|opt|home/\w+)/"
    hosts = r"pypi\.org/simple|pythonhosted\.|find[-]links|extra[-]index|index[-]url"
    forbidden = re.compile(f"{paths}|{hosts}")
    for file in tracked():
        text = file.read_text(encoding="utf-8", errors="ignore")
        found = forbidden.search(text)
        assert found is None, f"{file.relative_to(ROOT)}: {text[found.start():found.end() + 30]!r}"


def test_the_lock_is_a_list_of_exact_versions() -> None:
    lines = (ROOT / "requirements.lock").read_text(encoding="utf-8").splitlines()
    pins = [line for line in lines if not line.startswith("#")]
    assert all(re.fullmatch(r"[A-Za-z0-9._-]+==[0-9][\w.]*", line) for line in pins)
    names = [line.partition("==")[0].lower() for line in pins]
    assert len(set(names)) == len(names)
    wanted = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    direct = {re.split(r"[^\w-]", one)[0].lower() for one in wanted["dependencies"]}
    assert direct <= {name.replace("_", "-") for name in names}


def test_the_licence_is_there() -> None:
    text = (ROOT / "LICENSE").read_text(encoding="utf-8")
    assert "Apache License" in text and "Version 2.0" in text and "END OF TERMS" in text


def test_generated_holds_what_its_manifest_lists_and_nothing_else() -> None:
    (folder,) = (path for path in (ROOT / "generated").iterdir() if path.is_dir())
    listed = json.loads((folder / ".ringback.json").read_bytes())["files"]
    there = {
        path.relative_to(folder).as_posix()
        for path in folder.rglob("*")
        if path.is_file() and "__pycache__" not in path.parts and path.name != ".ringback.json"
    }
    assert there == set(listed)
    for name, entry in listed.items():
        digest = hashlib.sha256((folder / name).read_bytes()).hexdigest()
        assert digest == entry["sha256"], f"{name} is not as it was generated"


def test_continuous_integration_runs_the_tests() -> None:
    script = ROOT / ".ci" / "run"
    text = script.read_text(encoding="utf-8")
    assert script.stat().st_mode & 0o111
    assert "set -euo pipefail" in text and re.search(r"^make test$", text, re.MULTILINE)


# -- hooks for other people's repositories

DOCUMENT = """\
openapi: 3.1.0
info: {title: Parcels, version: "1"}
servers: [{url: "https://parcels.example"}]
tags: [{name: parcels}]
paths:
  /parcels:
    get:
      operationId: listParcels
      tags: [parcels]
      responses:
        "200":
          description: Parcels.
          content: {application/json: {schema: {type: array, items: {type: string}}}}
"""
SETTINGS = '[tool.ringback]\ndocument = "api.yaml"\noutput = "src/parcels"\n'


def hooks() -> dict[str, dict[str, object]]:
    raw = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))
    return {hook["id"]: hook for hook in raw}


def test_hooks_are_defined_as_pre_commit_wants_them() -> None:
    assert set(hooks()) == {
        "ringback-generate-check",
        "ringback-validate",
        "ringback-diff",
        "ringback-test",
    }
    for name, hook in hooks().items():
        # What is tested has to be importable: it lives where the user has installed it.
        tests = name == "ringback-test"
        assert hook["language"] == ("system" if tests else "python")
        assert hook["pass_filenames"] is False
        assert {"yaml", "json"} <= set(hook["types_or"])  # type: ignore[call-overload]
        given = ["--app", "module:app"] if tests else []
        parser().parse_args([*str(hook["entry"]).split()[1:], *given])


def test_the_hooks_work_in_a_users_repository(tmp_path: Path) -> None:
    def run(hook: str) -> subprocess.CompletedProcess[str]:
        entry = str(hooks()[hook]["entry"]).split()[1:]
        return subprocess.run([*RINGBACK, *entry], cwd=tmp_path, capture_output=True, text=True)

    def git(*arguments: str) -> str:
        who = ["-c", "user.name=user", "-c", "user.email=user@example.com"]
        command = ["git", *who, *arguments]
        return subprocess.run(
            command, cwd=tmp_path, check=True, capture_output=True, text=True
        ).stdout

    git("init", "--quiet")
    (tmp_path / "api.yaml").write_text(DOCUMENT, encoding="utf-8")
    (tmp_path / "pyproject.toml").write_text(SETTINGS, encoding="utf-8")
    subprocess.run([*RINGBACK, "generate"], cwd=tmp_path, check=True, capture_output=True)
    git("add", ".")
    git("commit", "--quiet", "--message", "bindings")
    assert run("ringback-validate").returncode == 0
    assert run("ringback-generate-check").returncode == 0
    assert run("ringback-diff").returncode == 0

    (tmp_path / "api.yaml").write_text(DOCUMENT.replace("Parcels.", "All parcels."), "utf-8")
    found = run("ringback-generate-check")
    assert found.returncode == 1 and "All parcels." in found.stdout
    assert run("ringback-diff").returncode == 0, "a description breaks nobody"
    needed = "tags: [parcels]\n      parameters: [{name: q, in: query, required: true, schema: {}}]"
    (tmp_path / "api.yaml").write_text(DOCUMENT.replace("tags: [parcels]", needed), "utf-8")
    broken = run("ringback-diff")
    assert broken.returncode == 1 and "python-" in broken.stdout, broken.stdout
    (tmp_path / "api.yaml").write_text(DOCUMENT.replace("type: array", "type: arr"), "utf-8")
    refused = run("ringback-validate")
    assert refused.returncode == 1 and "api.yaml:13:" in refused.stdout
    assert git("status", "--porcelain").split() == ["M", "api.yaml"], "a hook changed something"


# -- benchmarks


def test_the_results_are_of_the_pinned_peers() -> None:
    folder = ROOT / "benchmarks"
    done = subprocess.run(
        [sys.executable, folder / "run.py", "--help"], capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr
    page = (folder / "RESULTS.md").read_text(encoding="utf-8")
    pins = dict(
        line.split("==")
        for line in (folder / "peers.txt").read_text(encoding="utf-8").splitlines()
        if not line.startswith("#")
    )
    for peer in ("openapi-python-client", "openapi-generator-cli", "datamodel-code-generator"):
        assert re.search(rf"^\| {peer} \| {re.escape(pins[peer])} \|", page, re.MULTILINE), peer
    assert f"twilio {pins['twilio']}" in page
