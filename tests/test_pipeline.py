"""The whole walk: the same bytes everywhere, nothing lost, and what is said when something is in the way."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import threading
from dataclasses import replace
from pathlib import Path

import pytest

from ringback import emit, pipeline
from ringback.pipeline import ConfigurationError, Job, generate
from ringback.source import DocumentError, Location

ROOT = Path(__file__).parents[1]
VOICE = str(ROOT / "spec/voice.yaml")
OVERLAYS = (str(ROOT / "spec/overlays/twilio.yaml"), str(ROOT / "spec/overlays/resources.yaml"))

SMALL = """\
openapi: 3.1.0
info: {title: Small, version: "1.0"}
servers: [{url: https://example.com}]
paths:
  /things/{id}:
    get:
      operationId: fetchThing
      tags: [things]
      summary: Fetch a thing.
      parameters: [{name: id, in: path, required: true, schema: {type: string}}]
      responses:
        "200": {description: The thing., content: {application/json: {schema: {$ref: "#/components/schemas/Thing"}}}}
components:
  schemas:
    Thing: {type: object, required: [id], properties: {id: {type: string}, size: {type: integer}}}
"""


def _small(folder: Path, text: str = SMALL) -> Job:
    (folder / "small.yaml").write_text(text)
    return Job(str(folder / "small.yaml"), (), str(folder / "out" / "small"), "small")


def _tree(folder: Path) -> dict[str, bytes]:
    files = (
        path for path in folder.rglob("*") if path.is_file() and "__pycache__" not in path.parts
    )
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}


def _run(arguments: list[str], cwd: Path, **env: str) -> subprocess.CompletedProcess[str]:
    paths = os.pathsep.join([str(ROOT / "generator"), str(ROOT / "generated")])
    return subprocess.run(
        [sys.executable, "-m", "ringback", *arguments],
        cwd=cwd,
        env={**os.environ, "PYTHONPATH": paths, "PYTHONDONTWRITEBYTECODE": "1", **env},
        capture_output=True,
        text=True,
        check=False,
    )


def test_what_is_committed_is_what_the_documents_say() -> None:
    job = Job(
        VOICE,
        OVERLAYS,
        str(ROOT / "generated/twilio_voice"),
        "twilio_voice",
        check=True,
        vocabulary=str(ROOT / "spec/twiml.yaml"),
    )
    outcome = generate(job)
    assert (outcome.exit_code, outcome.difference, outcome.diagnostics) == (0, "", ())


def test_the_same_bytes_with_another_hash_seed_from_another_folder(tmp_path: Path) -> None:
    copies = []
    for number, seed in enumerate(("1", "2")):
        home = tmp_path / f"home{number}"
        shutil.copytree(ROOT / "spec", home / "spec")
        cwd = home if number else home / "spec"
        prefix = "" if cwd.name == "spec" else "spec/"
        result = _run(
            [
                *("generate", f"{prefix}voice.yaml", "--output", str(home / "twilio_voice")),
                *("--overlay", f"{prefix}overlays/twilio.yaml"),
                *("--overlay", f"{prefix}overlays/resources.yaml"),
                *("--vocabulary", f"{prefix}twiml.yaml"),
            ],
            cwd,
            PYTHONHASHSEED=seed,
        )
        assert result.returncode == 0, result.stderr
        copies.append(_tree(home / "twilio_voice"))
    committed = _tree(ROOT / "generated/twilio_voice")
    assert copies[0] == copies[1] == committed


def test_an_unchanged_run_reads_no_document(tmp_path: Path) -> None:
    job = _small(tmp_path)
    assert generate(job).written
    program = (
        "import sys; from ringback.cli import main; code = main(sys.argv[1:]);"
        "print(sorted({'yaml', 'jinja2', 'black', 'jsonschema_rs'} & set(sys.modules)), code)"
    )
    result = subprocess.run(
        [sys.executable, "-c", program, "generate", job.document, "--output", job.output],
        env={**os.environ, "PYTHONPATH": str(ROOT / "generator")},
        capture_output=True,
        text=True,
        check=True,
    )
    assert result.stdout.splitlines()[-1] == "[] 0"
    assert "0 written, 0 removed" in result.stdout


def test_an_unchanged_run_knows_its_warnings_and_its_other_files(tmp_path: Path) -> None:
    text = SMALL.replace('"#/components/schemas/Thing"', '"thing.yaml"').replace('"1.0"', "1.0")
    (tmp_path / "thing.yaml").write_text("type: object\nproperties: {id: {type: string}}\n")
    job = _small(tmp_path, text)
    first = generate(job)
    assert first.written and [one.code for one in first.diagnostics] == ["wrong-type"]
    again = generate(job)
    assert (again.written, again.diagnostics) == ((), first.diagnostics)
    (tmp_path / "thing.yaml").write_text("type: object\nproperties: {id: {type: integer}}\n")
    assert "models.py" in generate(job).written


def test_strict_makes_warnings_errors(tmp_path: Path) -> None:
    job = _small(tmp_path, SMALL.replace('"1.0"', "1.0"))
    with pytest.raises(DocumentError) as caught:
        generate(replace(job, strict=True))
    assert [(one.code, one.severity) for one in caught.value.diagnostics] == [
        ("wrong-type", "error")
    ]
    assert not (tmp_path / "out").exists()
    assert generate(job).written


def test_a_changed_description_touches_only_the_files_that_show_it(tmp_path: Path) -> None:
    generate(_small(tmp_path))
    outcome = generate(_small(tmp_path, SMALL.replace("Fetch a thing.", "Fetch one thing.")))
    assert outcome.written == ("client.py", "document.py", "server.py")
    outcome = generate(
        _small(tmp_path, SMALL.replace("size: {type: integer}", "size: {type: string}"))
    )
    assert "models.py" in outcome.written


def test_check_shows_a_readable_difference_and_writes_nothing(tmp_path: Path) -> None:
    generate(_small(tmp_path))
    before = _tree(tmp_path / "out")
    job = _small(tmp_path, SMALL.replace("size: {type: integer}", "size: {type: string}"))
    outcome = generate(Job(job.document, (), job.output, job.package, check=True))
    assert outcome.exit_code == 1
    assert "-    size: int | Unset = UNSET\n+    size: str | Unset = UNSET\n" in outcome.difference
    assert "--- models.py (on disk)\n+++ models.py (generated)\n" in outcome.difference
    assert {one.code for one in outcome.files} == {"outdated-file"}
    (model,) = (one for one in outcome.files if one.location.file.endswith("models.py"))
    lines = (tmp_path / "out/small/models.py").read_text().splitlines()
    assert lines[model.location.line - 1] == "    size: int | Unset = UNSET"
    assert _tree(tmp_path / "out") == before


def test_an_edited_file_stops_everything_unless_forced(tmp_path: Path) -> None:
    job = _small(tmp_path)
    generate(job)
    client = tmp_path / "out/small/client.py"
    client.write_text("# mine\n")
    before = _tree(tmp_path / "out")
    changed = _small(tmp_path, SMALL.replace("size: {type: integer}", "size: {type: string}"))
    outcome = generate(changed)
    assert outcome.exit_code == 1
    (told,) = outcome.files
    assert told.code == "edited-file"
    assert told.location == Location(str(client), 1, 1)
    assert _tree(tmp_path / "out") == before
    forced = generate(Job(job.document, (), job.output, job.package, force=True))
    assert forced.exit_code == 0 and "client.py" in forced.written
    assert client.read_text() != "# mine\n"


def test_a_file_that_was_there_before_is_reported(tmp_path: Path) -> None:
    job = _small(tmp_path)
    (tmp_path / "out/small").mkdir(parents=True)
    (tmp_path / "out/small/models.py").write_text("theirs")
    outcome = generate(job)
    assert outcome.exit_code == 1
    (told,) = outcome.files
    assert told.code == "foreign-file"
    assert told.location.file == str(tmp_path / "out/small/models.py")
    assert _tree(tmp_path / "out") == {"small/models.py": b"theirs"}


def test_a_faulty_document_leaves_the_disk_alone(tmp_path: Path) -> None:
    generate(_small(tmp_path))
    before = _tree(tmp_path / "out")
    with pytest.raises(DocumentError):
        generate(
            _small(
                tmp_path,
                SMALL.replace("#/components/schemas/Thing", "#/components/schemas/Nothing"),
            )
        )
    assert _tree(tmp_path / "out") == before


def test_what_is_left_out_is_said_and_shows_in_the_exit_code(tmp_path: Path) -> None:
    text = SMALL.replace(
        "components:\n",
        "webhooks:\n"
        "  thing made:\n"
        "    post:\n"
        "      requestBody: {content: {application/jsonl: {schema: {type: string}}}}\n"
        '      responses: {"204": {description: Taken.}}\n'
        "  thing lost:\n"
        "    post:\n"
        "      requestBody: {content: {application/json: {schema: {type: string}}}}\n"
        '      responses: {"204": {description: Taken.}}\n'
        "components:\n",
    )
    outcome = generate(_small(tmp_path, text))
    assert outcome.exit_code == 3
    (found,) = outcome.diagnostics
    assert (found.code, found.location.line) == ("unreadable-webhook", 15)
    assert found.message == (
        "thing_made is left out: its body is a stream (application/jsonl), and a webhook is one event"
    )
    written = (tmp_path / "out/small/webhooks.py").read_text()
    assert "def thing_lost" in written and "def thing_made" not in written
    again = generate(_small(tmp_path, text))
    assert again.exit_code == 3 and not again.written


def test_the_second_judge_is_heard_before_anything_is_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from ringback import openapi
    from ringback.source import Diagnostic, Severity

    found = Diagnostic(Location("small.yaml", 1, 1), "spec-validator", "no")
    monkeypatch.setattr(openapi, "judge_again", lambda document, warnings: lambda: (found,))
    with pytest.raises(DocumentError) as caught:
        generate(replace(_small(tmp_path), strict=True))
    assert caught.value.diagnostics == [found]
    assert not (tmp_path / "out").exists()
    weak = replace(found, severity=Severity.WARNING)
    monkeypatch.setattr(openapi, "judge_again", lambda document, warnings: lambda: (weak,))
    assert generate(_small(tmp_path)).diagnostics == (weak,)


@pytest.mark.parametrize(
    ("job", "message"),
    [
        (Job("a.yaml", (), "out", "not-a-name"), "'not-a-name' is no name for a package"),
        (Job("a.yaml", (), __file__, "name"), "is a file; --output names the package's folder"),
        (
            Job("a.yaml", (), "out", "name", templates="nowhere"),
            "nowhere is no folder of templates",
        ),
    ],
)
def test_a_call_that_is_at_fault(job: Job, message: str) -> None:
    with pytest.raises(ConfigurationError, match=message):
        generate(job)


def test_one_template_of_the_users_own(tmp_path: Path) -> None:
    job = _small(tmp_path)
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine/py.typed.j2").write_text("partial\n")
    generate(Job(job.document, (), job.output, job.package, templates=str(tmp_path / "mine")))
    assert (tmp_path / "out/small/py.typed").read_text() == "partial\n"


def test_what_is_watched(tmp_path: Path) -> None:
    watched = pipeline.watched(Job("a.yaml", ("b.yaml",), "out", "name", templates="mine"))
    assert [path.name for path in watched] == ["a.yaml", "b.yaml", "templates", "mine"]


def test_check_sees_a_lost_manifest_and_an_unfinished_move(tmp_path: Path) -> None:
    job = _small(tmp_path)
    generate(job)
    check = replace(job, check=True)
    assert generate(check).exit_code == 0
    waiting = Path(job.output) / emit.NEXT
    waiting.mkdir()
    assert generate(check).exit_code == 1
    waiting.rmdir()
    (Path(job.output) / emit.MANIFEST).unlink()
    assert generate(check).exit_code == 1
    assert generate(job).exit_code == 0
    assert generate(check).exit_code == 0


@pytest.mark.parametrize("name", ["class", "None", "a-b", "1a", ""])
def test_a_package_has_a_name_that_can_be_imported(tmp_path: Path, name: str) -> None:
    with pytest.raises(ConfigurationError, match="is no name for a package"):
        generate(replace(_small(tmp_path), package=name))


def test_a_change_during_a_run_is_seen(tmp_path: Path) -> None:
    job = _small(tmp_path)
    before = pipeline.stamps(job)
    assert pipeline.stamps(job) == before
    (tmp_path / "small.yaml").write_text(SMALL + "# more\n")
    assert pipeline.stamps(job) != before


@pytest.mark.parametrize("edited", [False, True])
def test_a_run_that_another_one_overtakes_begins_anew(tmp_path: Path, edited: bool) -> None:
    """The other run, of another document, writes just before this one would; then the names it locked are known, too."""
    job = _small(tmp_path)
    (tmp_path / "other").mkdir()
    other = replace(
        _small(tmp_path / "other", SMALL.replace("fetchThing", "getThing")), output=job.output
    )
    if edited:  # what was written meanwhile looks as if a person had done it
        generate(replace(job, standalone=True))
    steps: list[str] = []

    def progress(step: str) -> None:
        steps.append(step)
        if steps.count("writing") == 1 and step == "writing":
            assert generate(other).exit_code == 0

    outcome = generate(job, progress)
    assert (outcome.exit_code, outcome.files) == (0, ())
    assert steps.count("reading") == 2
    package = tmp_path / "out/small"
    assert "fetchThing" in (package / "operations.py").read_text()
    assert not (package / emit.NEXT).exists()
    assert generate(replace(job, check=True)).exit_code == 0


def test_who_is_always_overtaken_gives_up(tmp_path: Path) -> None:
    job = _small(tmp_path)
    (tmp_path / "other").mkdir()
    turns = 0

    def progress(step: str) -> None:
        nonlocal turns
        if step == "writing":
            turns += 1
            text = SMALL.replace("A thing.", f"Thing {turns}.").replace("The thing", f"No. {turns}")
            generate(replace(_small(tmp_path / "other", text), output=job.output))

    with pytest.raises(ConfigurationError, match="other runs keep writing to this folder"):
        generate(job, progress)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no pipes with names")
def test_a_document_that_comes_by_a_pipe_is_read_once(tmp_path: Path) -> None:
    job = replace(_small(tmp_path), document=str(tmp_path / "pipe"))
    os.mkfifo(job.document)
    for _ in range(2):
        writer = threading.Thread(target=Path(job.document).write_text, args=(SMALL,), daemon=True)
        writer.start()
        assert generate(job).exit_code == 0
        writer.join(10)
        assert not writer.is_alive()
