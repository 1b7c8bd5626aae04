"""The commands as a user meets them: what they print where, and their exit status."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from ringback import pipeline
from ringback.source import Diagnostic, DocumentError, Location, Severity

GENERATOR = Path(__file__).parents[2] / "generator"
GOOD = 'openapi: 3.1.0\ninfo: {title: T, version: "1"}\npaths: {}\n'
WARNED = GOOD + "components: {schemas: {A: {type: string, format: strange}}}\n"
FAULTY = GOOD + "components: {schemas: {A: {type: strng}}}\n"
OVERLAY = 'overlay: 1.0.0\ninfo: {title: t, version: "1"}\nactions: [{target: $.info, update: {title: Better}}]\n'

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, called: Run) -> Run:
    """Run the command in a folder with a few documents; gives status, standard output and standard error."""
    monkeypatch.chdir(tmp_path)
    for name, text in (
        ("good", GOOD),
        ("warned", WARNED),
        ("faulty", FAULTY),
        ("fix.overlay", OVERLAY),
    ):
        (tmp_path / f"{name}.yaml").write_text(text)

    return called


def settings(tmp_path: Path, text: str) -> None:
    (tmp_path / "pyproject.toml").write_text(f'[project]\nname = "x"\n\n[tool.ringback]\n{text}')


@pytest.mark.parametrize(("arguments", "status", "last"), [
    (["good.yaml"], 0, "0 findings"),
    (["warned.yaml"], 0, "1 finding: 1 warning"),
    (["warned.yaml", "--strict"], 1, "1 finding: 1 warning"),
    (["faulty.yaml"], 1, "1 finding: 1 error"),
    (["missing.yaml"], 1, "1 finding: 1 error"),
    (["good.yaml", "--overlay", "fix.overlay.yaml"], 0, "0 findings"),
    (["good.yaml", "--overlay", "missing.yaml", "--overlay", "faulty.yaml"], 1, "1 finding: 1 error"),
])  # fmt: skip
def test_validate(arguments: list[str], status: int, last: str, run: Run) -> None:
    found, out, err = run("validate", *arguments)
    assert (found, out.splitlines()[-1], err) == (status, last, "")


def test_validate_json(run: Run) -> None:
    status, out, _ = run("validate", "faulty.yaml", "--format", "json")
    assert status == 1
    assert json.loads(out) == [{
        "file": "faulty.yaml", "line": 4, "column": 34, "pointer": "/components/schemas/A/type", "severity": "error",
        "code": "wrong-value",
        "message": "type is 'strng'; it is one of array, boolean, integer, null, number, object, string",
        "hint": "did you mean string?",
    }]  # fmt: skip
    assert json.loads(run("validate", "good.yaml", "--format", "json")[1]) == []


def test_validate_github(run: Run, tmp_path: Path) -> None:
    (tmp_path / "a,b.yaml").write_text(GOOD + "security: [{'50%: a': []}]\n")
    _, out, _ = run("validate", "a,b.yaml", "--format", "github")
    assert out == (
        "::warning file=a%2Cb.yaml,line=4,col=13,title=unknown-security-scheme::"
        "there is no security scheme '50%25: a'%0Adeclare it under components/securitySchemes: "
        "until then no client can show it\n"
    )


def test_control_characters_do_not_reach_the_terminal(run: Run, tmp_path: Path) -> None:
    (tmp_path / "evil.yaml").write_text(GOOD + 'security: [{"\\e[2Jx": []}]\n')
    assert "\x1b" not in run("validate", "evil.yaml")[1]


def test_references_out_of_the_folder_are_allowed_by_name(run: Run, tmp_path: Path) -> None:
    (tmp_path / "api").mkdir()
    (tmp_path / "common.yaml").write_text("Error: {type: object}\n")
    text = GOOD + "components: {schemas: {E: {$ref: '../common.yaml#/Error'}}}\n"
    (tmp_path / "api" / "doc.yaml").write_text(text)
    status, out, _ = run("validate", "api/doc.yaml")
    assert (status, "[external-ref]" in out, "--allow-ref" in out) == (1, True, True)
    for allowed in (".", "common.yaml", str(tmp_path)):
        assert run("validate", "api/doc.yaml", "--allow-ref", allowed)[0] == 0
    assert run("validate", "api/doc.yaml", "--allow-ref", "https://example.com/")[0] == 1
    assert run("bundle", "api/doc.yaml", "--output", "-")[0] == 1
    assert "type: object" in run("bundle", "api/doc.yaml", "--output", "-", "--allow-ref", ".")[1]
    settings(tmp_path, 'document = "api/doc.yaml"\nallow-refs = ["common.yaml"]\n')
    assert run("validate")[0] == 0
    assert run("validate", "--strict")[0] == 0
    settings(tmp_path, 'document = "warned.yaml"\nstrict = true\n')
    assert run("validate")[0] == 1
    settings(tmp_path, 'document = "warned.yaml"\nallow-refs = "common.yaml"\n')
    assert run("validate")[0] == 2


def test_bundle(run: Run, tmp_path: Path) -> None:
    assert run("bundle", "good.yaml", "--overlay", "fix.overlay.yaml", "--output", "out.yaml") == (
        0,
        "",
        "",
    )
    wanted = 'openapi: "3.1.0"\ninfo:\n  title: Better\n  version: "1"\npaths: {}\n'
    assert (tmp_path / "out.yaml").read_text() == wanted
    assert run("bundle", "good.yaml", "--overlay", "fix.overlay.yaml", "--output", "-")[1] == wanted
    run("bundle", "good.yaml", "--output", "out.json")
    assert json.loads((tmp_path / "out.json").read_text())["info"]["title"] == "T"
    assert run("bundle", "faulty.yaml", "--output", "out.yaml")[0] == 0  # it is for looking at, too
    assert run("bundle", "good.yaml", "--output", "no/such/folder.yaml")[0] == 2
    assert run("bundle", "missing.yaml", "--output", "never.yaml")[0] == 1
    assert not (tmp_path / "never.yaml").exists()


def test_settings_are_found_upwards_and_relative_to_their_file(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings(tmp_path, 'document = "good.yaml"\noverlays = ["fix.overlay.yaml"]\n')
    inner = tmp_path / "a" / "b"
    inner.mkdir(parents=True)
    monkeypatch.chdir(inner)
    up = os.path.join("..", "..")
    assert run("validate") == (0, f"{up}/good.yaml with {up}/fix.overlay.yaml\n0 findings\n", "")


def test_settings_belong_to_their_document(run: Run, tmp_path: Path) -> None:
    settings(
        tmp_path,
        'document = "good.yaml"\noverlays = ["fix.overlay.yaml"]\noutput = "out"\npackage = "named"\n',
    )
    assert "Better" in run("bundle", "--output", "-")[1]
    assert "Better" in run("bundle", "./good.yaml", "--output", "-")[1]
    assert "Better" not in run("bundle", "warned.yaml", "--output", "-")[1]
    assert "Better" not in run("bundle", "--no-overlay", "--output", "-")[1]
    status, _, err = run("generate", "warned.yaml")
    assert (status, "where to?" in err) == (2, True)


@pytest.mark.parametrize(("text", "place", "said"), [
    ('documnet = "good.yaml"\n', "5:1", "did you mean document?"),
    ('overlays = "fix.yaml"\n', "5:1", "a list of files"),
    ("document = 3\n", "5:1", "it names a file"),
    ("[tool.ringback.limits]\ndepth = 0\n", "6:1", "above 0"),
    ("[tool.ringback.limits]\ndepth = 1000\n", "6:1", "250 is the most"),
    ("[tool.ringback.limits]\nwidth = 3\n", "6:1", "no setting 'width'"),
    ("document = \n", "5:12", "Invalid value"),
])  # fmt: skip
def test_faulty_settings(text: str, place: str, said: str, run: Run, tmp_path: Path) -> None:
    settings(tmp_path, text)
    status, out, err = run("validate", "good.yaml")
    assert (status, out) == (2, "")
    assert err.startswith(f"pyproject.toml:{place}: error: ")
    assert said in err


def test_limits_come_from_the_settings(run: Run, tmp_path: Path) -> None:
    settings(tmp_path, "limits = {depth = 1}\n")
    assert "depth = 1" in run("validate", "good.yaml")[1]


@pytest.mark.parametrize("arguments", [
    [], ["validate"], ["no-such-command"], ["validate", "good.yaml", "--no-such-flag"],
    ["validate", "good.yaml", "--overlay", "fix.overlay.yaml", "--no-overlay"],
    ["generate", "good.yaml"], ["generate", "good.yaml", "--output", "out", "--watch", "--check"],
    ["generate", "good.yaml", "--output", "out", "--package", "no-name"],
])  # fmt: skip
def test_usage_errors(arguments: list[str], run: Run) -> None:
    status, out, err = run(*arguments)
    assert (status, out) == (2, "")
    assert "Traceback" not in err
    assert err


@pytest.mark.parametrize("command", ["", "validate", "bundle", "generate"])
def test_help_has_an_example(command: str, run: Run) -> None:
    status, out, _ = run(*([command] if command else []), "--help")
    assert status == 0
    assert "example:" in out or "exit status:" in out


def test_generate_passes_on_what_the_pipeline_says(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings(
        tmp_path, 'document = "good.yaml"\noutput = "out"\npackage = "named"\ntemplates = "own"\n'
    )
    jobs = []
    warning = Diagnostic(Location("good.yaml", 1, 1), "unknown-format", "odd", Severity.WARNING)
    told = Diagnostic(Location("out/b.py", 1, 1), "foreign-file", "look at this")

    def generate(job: pipeline.Job, progress: object) -> pipeline.Outcome:
        jobs.append(job)
        return pipeline.Outcome((warning,), 3, ("a.py",), (), 2, "", (told,))

    monkeypatch.setattr(pipeline, "generate", generate)
    status, out, err = run("generate", "--force", "--standalone")
    assert (status, out) == (3, "out: 1 written, 0 removed, 2 unchanged\n")
    assert "good.yaml:1:1: warning: odd [unknown-format]" in err
    assert "look at this" in err
    settings(
        tmp_path,
        'document = "good.yaml"\noutput = "out"\npackage = "named"\ntemplates = "own"\nstandalone = true\n',
    )
    run("generate")
    run("generate", "--output", "elsewhere/voice")
    run("generate", "warned.yaml", "--output", "out", "--package", "given", "--check")
    assert [job.standalone for job in jobs] == [True, True, False, False]
    del jobs[1]
    assert [(job.document, job.output, job.package, job.templates) for job in jobs] == [
        ("good.yaml", "out", "named", "own"),
        ("good.yaml", "elsewhere/voice", "voice", "own"),
        ("warned.yaml", "out", "given", "own"),
    ]
    assert (jobs[0].force, jobs[0].standalone, jobs[0].check, jobs[2].check) == (
        True,
        True,
        False,
        True,
    )


def test_files_in_the_way_are_findings(run: Run, tmp_path: Path) -> None:
    assert run("generate", "good.yaml", "--output", "out")[0] == 0
    models = tmp_path / "out/models.py"
    models.write_text(models.read_text() + "# mine\n")
    status, _, err = run("generate", "good.yaml", "--output", "out")
    assert status == 1
    place = f"{Path('out', 'models.py')}:{len(models.read_text().splitlines())}:1"
    assert err.startswith(f"{place}: error: edited by hand since it was generated [edited-file]\n")
    assert "--force overwrites it" in err
    status, _, err = run("generate", "good.yaml", "--output", "out", "--format", "json")
    (told,) = json.loads(err)
    assert (status, told["code"], told["file"]) == (1, "edited-file", str(Path("out", "models.py")))
    status, _, err = run("generate", "good.yaml", "--output", "out", "--format", "github")
    assert (status, err[:8]) == (1, "::error ") and "title=edited-file" in err


def test_check_annotates_what_is_out_of_date(run: Run, tmp_path: Path) -> None:
    assert run("generate", "good.yaml", "--output", "out")[0] == 0
    (tmp_path / "out/client.py").unlink()
    status, out, err = run("generate", "good.yaml", "--output", "out", "--check")
    assert (status, err) == (1, "") and "+++ client.py (generated)" in out
    status, _, err = run(
        "generate", "good.yaml", "--output", "out", "--check", "--format", "github"
    )
    place = f"file={Path('out', 'client.py')},line=1,col=1"
    assert (status, err.count("\n")) == (1, 1)
    assert err.startswith(f"::error {place},title=outdated-file::missing")
    (tmp_path / "out/.ringback.json").unlink()
    assert run("generate", "good.yaml", "--output", "out", "--force")[0] == 0
    listed = (tmp_path / "out/.ringback.json").read_text()
    (tmp_path / "out/.ringback.json").write_text(listed.replace('"black ', '"black 1'))
    status, out, err = run("generate", "good.yaml", "--output", "out", "--check")
    assert (status, out) == (1, "out: not up to date\n")
    assert "the list of generated files is not as a run would leave it [outdated-file]" in err


def test_generate_shows_the_documents_faults(run: Run) -> None:
    status, out, err = run("generate", "faulty.yaml", "--output", "out")
    assert (status, out) == (1, "")
    assert err.endswith("1 finding: 1 error\n")


@pytest.mark.parametrize(("error", "status", "said"), [
    (KeyboardInterrupt(), 130, ""),
    (pipeline.ConfigurationError("no such thing"), 2, "ringback: error: no such thing\n"),
    (RuntimeError("a\nb"), 70, "ringback: error: internal error: RuntimeError: a b; please report it (RINGBACK_DEBUG=1 shows where)\n"),
    (DocumentError([Diagnostic(Location("x", 1, 2), "odd-key", "m")]), 1, "x:1:2: error: m [odd-key]\n1 finding: 1 error\n"),
])  # fmt: skip
def test_what_goes_wrong(
    error: BaseException, status: int, said: str, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    def generate(*_: object) -> None:
        raise error

    monkeypatch.setattr(pipeline, "generate", generate)
    assert run("generate", "good.yaml", "--output", "out") == (status, "", said)


def test_debugging_shows_where(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    def generate(*_: object) -> None:
        raise RuntimeError("here")

    monkeypatch.setattr(pipeline, "generate", generate)
    monkeypatch.setenv("RINGBACK_DEBUG", "1")
    with pytest.raises(RuntimeError, match="here"):
        run("generate", "good.yaml", "--output", "out")


def process(*arguments: str, cwd: Path, **options: object) -> subprocess.Popen[str]:
    environment = {**os.environ, "PYTHONPATH": str(GENERATOR), "PYTHONUNBUFFERED": ""}
    return subprocess.Popen(
        [sys.executable, *arguments], cwd=cwd, env=environment, text=True,
        stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    )  # fmt: skip


def test_starting_up_loads_nothing_heavy(tmp_path: Path) -> None:
    running = process("-X", "importtime", "-m", "ringback.cli", "--version", cwd=tmp_path)
    out, err = running.communicate()
    assert out.startswith("ringback ")
    loaded = {line.rpartition("|")[2].strip().partition(".")[0] for line in err.splitlines()}
    assert not loaded & {
        "jinja2",
        "black",
        "yaml",
        "jsonschema_rs",
        "rich",
        "openapi_spec_validator",
        "watchfiles",
    }


def test_a_reader_that_goes_away_is_no_error(tmp_path: Path) -> None:
    (tmp_path / "big.yaml").write_text(GOOD + "x-list:\n" + "  - a line of text\n" * 50_000)
    running = process("-m", "ringback", "bundle", "big.yaml", "--output", "-", cwd=tmp_path)
    assert running.stdout is not None
    assert running.stderr is not None
    running.stdout.read(10)
    running.stdout.close()
    assert running.stderr.read() == ""
    assert running.wait() == 141


ENDING = """
import sys, threading
from ringback import cli
def main():
    if {rich}:
        from rich.console import Console
        console = Console(file=sys.stdout)
        for _ in range(100_000):
            console.print("a line of a report")
    print("before the end")
    print("of both", file=sys.stderr, end="")
    {end}
cli._run = lambda arguments: main()
{more}
cli.process()
"""


@pytest.mark.parametrize("threads", [False, True])
@pytest.mark.parametrize(
    ("end", "status"),
    [
        ("raise KeyboardInterrupt", 130),
        ("raise RuntimeError('odd')", 70),
        ("return 3", 3),
    ],
)
def test_what_was_printed_before_the_end_arrives(
    end: str, status: int, threads: bool, tmp_path: Path
) -> None:
    more = "threading.Thread(target=sys.stdin.read, daemon=True).start()" if threads else ""
    code = ENDING.format(rich=False, end=end, more=more)
    environment = {**os.environ, "PYTHONPATH": str(GENERATOR), "PYTHONUNBUFFERED": ""}
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=tmp_path, env=environment, text=True,
        input="", capture_output=True, check=False,
    )  # fmt: skip
    assert (done.returncode, done.stdout) == (status, "before the end\n")
    assert done.stderr.startswith("of both")


@pytest.mark.parametrize(
    ("end", "rich", "status"),
    [
        ("raise KeyboardInterrupt", False, 130),
        ("raise RuntimeError('odd')", False, 70),
        ("return 3", False, 141),
        ("return 3", True, 141),
    ],
)
def test_nobody_reads_what_was_printed_before_the_end(
    end: str, rich: bool, status: int, tmp_path: Path
) -> None:
    running = process(
        "-c", ENDING.format(rich=rich, end=f"sys.stdin.read(); {end}", more=""), cwd=tmp_path
    )
    assert running.stdout is not None
    assert running.stderr is not None
    running.stdout.close()
    said = running.stderr.read()
    assert running.wait() == status
    assert "Traceback" not in said and "BrokenPipe" not in said


def test_watch_generates_again_survives_faults_and_ends_on_interrupt(tmp_path: Path) -> None:
    document = tmp_path / "api.yaml"
    document.write_text(GOOD)
    running = process(
        "-m", "ringback", "generate", "api.yaml", "--output", "out/voice", "--watch", cwd=tmp_path
    )
    assert running.stdout is not None
    assert running.stderr is not None
    try:
        assert running.stdout.readline().startswith("out/voice: ")
        time.sleep(0.5)  # the watch begins after the first run
        document.write_text(FAULTY)
        assert "wrong-value" in running.stderr.readline()
        time.sleep(0.5)
        replaced = tmp_path / "new.yaml"  # as editors save: a new file takes the name
        replaced.write_text(GOOD.replace("title: T", "title: Other"))
        replaced.replace(document)
        assert running.stdout.readline().startswith("out/voice: ")
        running.send_signal(signal.SIGINT)
        assert running.wait(20) == 130
    finally:
        running.kill()
        running.wait()


SHOWN = (
    "validate good.yaml",
    "bundle good.yaml --output -",
    "plan good.yaml",
    "doctor",
    "completion zsh",
)


def shell(line: str, folder: Path) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "PYTHONPATH": str(GENERATOR)}
    command = f"'{sys.executable}' -m ringback {line}"
    return subprocess.run(
        ["sh", "-c", command],
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize("line", SHOWN)
def test_a_closed_output_is_written_nowhere(line: str, run: Run, tmp_path: Path) -> None:
    done = shell(f"{line} >&-", tmp_path)
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no /dev/full")
@pytest.mark.parametrize("line", SHOWN)
def test_an_output_that_is_full_is_said(line: str, run: Run, tmp_path: Path) -> None:
    done = shell(f"{line} >/dev/full", tmp_path)
    wanted = "ringback: error: cannot write standard output: No space left on device\n"
    assert (done.returncode, done.stderr) == (2, wanted)


def test_findings_with_standard_error_closed(run: Run, tmp_path: Path) -> None:
    assert shell("generate missing.yaml --output out 2>&-", tmp_path).returncode == 1


@pytest.mark.skipif(not Path("/dev/stdin").exists(), reason="there is no /dev/stdin")
def test_a_document_comes_by_standard_input(run: Run, tmp_path: Path) -> None:
    assert shell("validate - <good.yaml", tmp_path).stdout == "0 findings\n"
    faulty = shell("validate - <faulty.yaml", tmp_path)
    assert (faulty.returncode, faulty.stdout.splitlines()[0][:18]) == (1, "/dev/stdin:4:34: e")
    assert (
        shell("bundle - --output - <good.yaml", tmp_path).stdout
        == run("bundle", "good.yaml", "--output", "-")[1]
    )


def test_a_file_that_cannot_be_written_is_named(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(*_: object) -> None:
        raise OSError(13, "Permission denied", "a draft of ours")

    monkeypatch.setattr(os, "replace", refused)
    status, _, err = run("init", "--yes", "--document", "good.yaml")
    assert (status, err) == (
        2,
        f"ringback: error: cannot write {tmp_path}/pyproject.toml: Permission denied\n",
    )
    assert not list(tmp_path.glob("*.tmp"))


def test_a_lock_of_names_that_cannot_be_written(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    Path("named.yaml").write_text(
        GOOD + "components: {schemas: {Pet: {type: object, properties: {a: {type: string}}}}}\n"
    )
    assert run("generate", "named.yaml", "--output", "out")[0] == 0

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "replace", full)
    status, out, err = run("names", "named.yaml", "--output", "out", "--rename", "Pet=Animal")
    assert (status, out) == (2, "")
    assert (
        err
        == f"ringback: error: cannot write {Path('out', '.ringback-names.json')}: No space left on device\n"
    )
    assert sorted(one.name for one in Path("out").glob("*.tmp")) == []


def test_a_seed_file_at_fault_is_the_command_lines(run: Run) -> None:
    for file in ("missing.yaml", "."):
        status, _, err = run("emulate", "--port", "0", "--load", file)
        assert (status, "cannot read the file" in err) == (2, True)


def test_a_file_is_no_folder_of_a_package(run: Run) -> None:
    status, _, err = run("generate", "good.yaml", "--output", "warned.yaml")
    assert (status, err) == (
        2,
        "ringback: error: warned.yaml is a file; --output names the package's folder\n",
    )


def test_an_address_is_no_file(run: Run) -> None:
    out = run("validate", "https://example.com/api.yaml")[1]
    assert out.splitlines()[1] == "    hint: download it, and name the file"
    assert "hint" not in run("validate", "missing.yaml")[1]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no pipes with names")
def test_what_came_by_a_pipe_is_not_waited_for_again(run: Run, tmp_path: Path) -> None:
    os.mkfifo("pipe.yaml")
    code = f"cat faulty.yaml > pipe.yaml & exec timeout 20 '{sys.executable}' -m ringback validate pipe.yaml"
    environment = {**os.environ, "PYTHONPATH": str(GENERATOR)}
    done = subprocess.run(
        ["sh", "-c", code], env=environment, capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stdout.splitlines()[-1]) == (1, "1 finding: 1 error")
