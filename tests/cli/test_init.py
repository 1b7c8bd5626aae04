"""`ringback init`: what it finds, what it asks, what it writes, and that it changes nothing of what is there."""

from __future__ import annotations

import io
import sys
import tomllib
from collections.abc import Callable
from pathlib import Path

import pytest
import yaml

DOCUMENT = 'openapi: 3.1.0\ninfo: {title: Parcel Service, version: "1"}\npaths: {}\n'
OVERLAY = 'overlay: 1.0.0\ninfo: {title: t, version: "1"}\nactions: [{target: $.info, update: {title: Better}}]\n'

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, called: Run) -> Run:
    """Run the command with answers on standard input; gives status, standard output, standard error."""
    monkeypatch.chdir(tmp_path)

    def call(*arguments: str, answers: str = "") -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "stdin", io.StringIO(answers))
        return called(*arguments)

    return call


def put(name: str, text: str) -> None:
    Path(name).parent.mkdir(parents=True, exist_ok=True)
    Path(name).write_text(text, encoding="utf-8")


def settings() -> object:
    return tomllib.loads(Path("pyproject.toml").read_text(encoding="utf-8"))["tool"]["ringback"]


def test_by_asking_with_what_was_found_as_answers(run: Run) -> None:
    put("spec/api.yaml", DOCUMENT)
    put("spec/fix.overlay.yaml", OVERLAY)
    Path("src").mkdir()
    status, out, err = run("init", answers="\n\n\n\ny\nyes\n")
    assert status == 0
    assert (
        "OpenAPI document [spec/api.yaml]: Overlays, with spaces between [spec/fix.overlay.yaml]: "
        in err
    )
    assert settings() == {
        "document": "spec/api.yaml", "overlays": ["spec/fix.overlay.yaml"], "output": "src/parcel_service",
    }  # fmt: skip
    assert out == (
        "pyproject.toml: written\n.pre-commit-config.yaml: written\n"
        ".github/workflows/ringback.yaml: written\nnext: ringback generate, and commit what it writes\n"
    )
    hook = yaml.safe_load(Path(".pre-commit-config.yaml").read_text())["repos"][0]["hooks"][0]
    assert hook["entry"] == "ringback generate --check"
    steps = yaml.safe_load(Path(".github/workflows/ringback.yaml").read_text())["jobs"]["bindings"][
        "steps"
    ]
    assert [one["run"] for one in steps if "run" in one][-1].startswith("ringback generate --check")
    assert run("generate")[0] == run("generate", "--check")[0] == 0


def test_with_other_answers(run: Run) -> None:
    put("a.yaml", DOCUMENT)
    put("b.json", '{"openapi": "3.0.3", "info": {"title": "B", "version": "1"}, "paths": {}}')
    status, _, err = run("init", answers="b.json\nnone\nlib/made\nother\nn\nn\n")
    assert status == 0 and err.startswith("  a.yaml\n  b.json\n")
    assert settings() == {"document": "b.json", "output": "lib/made", "package": "other"}
    assert not Path(".pre-commit-config.yaml").exists() and not Path(".github").exists()


def test_without_asking(run: Run) -> None:
    put("deep/er/api.yml", DOCUMENT)
    put("node_modules/x/api.yaml", DOCUMENT)
    put(".hidden/api.yaml", DOCUMENT)
    put("data.yaml", "title: no document\n")
    assert run("init", "--yes")[0] == 0
    assert settings() == {"document": "deep/er/api.yml", "output": "parcel_service"}


@pytest.mark.parametrize("before", [
    '[project]\nname = "x"  # a comment\n\n[tool.black]\nline-length = 100\n',
    '[project]\r\nname = "x"\r\n',
    "[tool]\n",
    'x = 1',
    "",
    "# only a comment\n",
])  # fmt: skip
def test_what_is_in_the_file_stays_as_it_is(before: str, run: Run) -> None:
    put("api.yaml", DOCUMENT)
    Path("pyproject.toml").write_bytes(before.encode())
    status, out, _ = run("init", "--yes", "--document", "api.yaml", "--output", "made")
    assert (status, out.splitlines()[0]) == (0, "pyproject.toml: [tool.ringback] added")
    after = Path("pyproject.toml").read_bytes().decode()
    assert after.startswith(before.rstrip("\r\n"))
    assert ("\r\n" in after) == ("\r\n" in before) and after.count("\r\n") in (0, after.count("\n"))
    assert settings() == {"document": "api.yaml", "output": "made"}


@pytest.mark.parametrize(("before", "said"), [
    ("[tool.ringback]\n", "pyproject.toml has [tool.ringback] already; nothing was changed"),
    ('tool = {ringback = {document = "a"}}\n', "pyproject.toml has [tool.ringback] already"),
    ("tool = {black = {}}\n", "pyproject.toml takes no table at its end; add this yourself:\n\n[tool.ringback]\n"),
    ("[tool\n", "pyproject.toml cannot be read: "),
])  # fmt: skip
def test_a_file_that_takes_no_table_is_left_alone(before: str, said: str, run: Run) -> None:
    put("api.yaml", DOCUMENT)
    put("pyproject.toml", before)
    status, _, err = run("init", "--yes")
    assert status == 2 and said in err
    assert Path("pyproject.toml").read_text() == before


def test_other_files_are_never_overwritten(run: Run) -> None:
    put("api.yaml", DOCUMENT)
    put(".pre-commit-config.yaml", "repos: []\n")
    status, out, _ = run("init", "--yes", "--pre-commit", "--github")
    assert status == 0
    assert (
        ".pre-commit-config.yaml: is there already and was not changed; this would go into it:"
        in out
    )
    assert "entry: ringback generate --check" in out
    assert Path(".pre-commit-config.yaml").read_text() == "repos: []\n"
    assert Path(".github/workflows/ringback.yaml").is_file()


@pytest.mark.parametrize(("arguments", "said"), [
    (["--yes"], "which document? Say --document FILE: a.yaml, b.yaml"),
    (["--yes", "--document", "gone.yaml"], "there is no file 'gone.yaml': --document names the OpenAPI document"),
    (["--yes", "--document", "a.yaml", "--overlay", "gone.yaml"], "there is no file 'gone.yaml': --overlay"),
    (["--yes", "--document", "a.yaml", "--package", "a-b"], "'a-b' is no name for a package"),
    (["--yes", "--document", "a.yaml", "--output", " "], "where the package goes is not said"),
    ([], "no more answers: say them by options, with --yes"),
])  # fmt: skip
def test_what_is_missing_is_said_and_nothing_is_written(
    arguments: list[str], said: str, run: Run
) -> None:
    put("a.yaml", DOCUMENT)
    put("b.yaml", DOCUMENT)
    status, _, err = run("init", *arguments)
    assert status == 2 and said in err
    assert not Path("pyproject.toml").exists()


def test_no_document_at_all(run: Run) -> None:
    assert "no OpenAPI document was found here: say --document FILE" in run("init", "--yes")[2]


def test_a_document_at_fault_is_said(run: Run) -> None:
    put("api.yaml", DOCUMENT + "components: {schemas: {A: {type: strng}}}\n")
    status, out, _ = run("init", "--yes")
    assert status == 0 and "the document has 1 finding to look at first: ringback validate" in out
    put("other/api.yaml", "openapi: 3.1.0\ninfo: [\n")
    Path("pyproject.toml").unlink()
    status, _, err = run("init", "--yes", "--document", "other/api.yaml")
    assert status == 1 and "other/api.yaml:" in err and not Path("pyproject.toml").exists()


@pytest.mark.parametrize(("title", "package"), [
    ("Twelve Monkeys API v2", "twelve_monkeys_api_v2"), ("2nd", "n2nd"), ("Größe", "gr_e"), ("class", "class_"), ("日本", "api"),
])  # fmt: skip
def test_a_package_is_called_after_the_title(title: str, package: str, run: Run) -> None:
    put("api.yaml", DOCUMENT.replace("Parcel Service", title))
    assert run("init", "--yes")[0] == 0
    assert settings() == {"document": "api.yaml", "output": package}
    assert run("generate")[0] == 0


def test_names_of_files_with_odd_characters(run: Run) -> None:
    put('we"ird\\ näme.yaml', DOCUMENT)
    assert run("init", "--yes", "--pre-commit")[0] == 0
    assert settings() == {"document": 'we"ird\\ näme.yaml', "output": "parcel_service"}
    assert yaml.safe_load(Path(".pre-commit-config.yaml").read_text())
    assert run("generate")[0] == 0


def test_the_folder_itself_may_be_the_package(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "my_pets").mkdir()
    monkeypatch.chdir(tmp_path / "my_pets")
    put("api.yaml", DOCUMENT)
    assert run("init", "--yes", "--output", ".")[0] == 0
    assert settings() == {"document": "api.yaml", "output": ".", "package": "my_pets"}
    assert run("generate")[0] == 0


def test_a_package_that_is_published_by_itself(run: Run) -> None:
    put("api.yaml", DOCUMENT)
    assert run("init", "--yes", "--standalone")[0] == 0
    assert settings() == {"document": "api.yaml", "output": "parcel_service", "standalone": True}
    assert run("generate")[0] == run("generate", "--check")[0] == 0
    assert Path("parcel_service/pyproject.toml").is_file()
    assert run("generate", "--check", "--standalone")[0] == 0
    put("pyproject.toml", Path("pyproject.toml").read_text().replace("standalone = true", ""))
    status, _, err = run("generate", "--check")
    assert status == 1
    assert "parcel_service was made with --standalone, and this run is without it" in err
    assert "hint: say --standalone again, or set standalone = true under [tool.ringback]" in err
    assert run("generate", "--check", "--standalone")[1:] == ("parcel_service: up to date\n", "")
