"""`ringback doctor`: what it finds in an installation and in the settings, and when it says that something is missing."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from collections.abc import Callable
from importlib import metadata
from pathlib import Path
from typing import Any

import pytest

from ringback import doctor
from ringback.cli import main

GENERATOR = Path(doctor.__file__).parents[1]
DOCUMENT = 'openapi: 3.1.0\ninfo: {title: T, version: "1"}\npaths: {}\n'

Run = Callable[[], tuple[int, dict[str, Any]]]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """Run it as JSON in an empty folder; gives the status, and rows by what and name."""
    monkeypatch.chdir(tmp_path)

    def call() -> tuple[int, dict[str, Any]]:
        capsys.readouterr()
        status = main(["doctor", "--format", "json"])
        told = json.loads(capsys.readouterr().out)
        assert told["ok"] == (status == 0)
        return status, {f"{one['what']} {one['name']}": one for one in told["rows"]}

    return call


def settings(text: str) -> None:
    Path("pyproject.toml").write_text(f"[tool.ringback]\n{text}")


def hidden(monkeypatch: pytest.MonkeyPatch, name: str, version: str | None) -> None:
    """Let a library be missing, or be of another version."""
    known = metadata.version

    def told(one: str) -> str:
        if one != name:
            return known(one)
        if version is None:
            raise metadata.PackageNotFoundError(one)
        return version

    monkeypatch.setattr(metadata, "version", told)


def test_what_is_installed(run: Run) -> None:
    status, rows = run()
    assert status == 0
    assert rows["python CPython"]["found"].startswith("3.")
    assert rows["library msgspec"] == {
        "what": "library", "name": "msgspec", "status": "ok", "found": metadata.version("msgspec"),
        "wanted": ">=0.22", "advice": "",
    }  # fmt: skip
    assert rows["extra emulator"]["status"] == "ok"
    assert rows["settings pyproject.toml"]["advice"] == "no [tool.ringback]: ringback init"


def test_a_library_that_is_missing(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    hidden(monkeypatch, "msgspec", None)
    status, rows = run()
    assert status == 1
    found = rows["library msgspec"]
    assert (found["status"], found["advice"]) == ("wrong", "pip install 'msgspec>=0.22'")


def test_a_library_that_is_too_old(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    hidden(monkeypatch, "jinja2", "3.1.5")
    status, rows = run()
    assert status == 1
    assert (
        rows["library jinja2"]["status"] == "wrong" and rows["library jinja2"]["found"] == "3.1.5"
    )


def test_an_extra_is_needed_only_by_who_asks_for_it(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    hidden(monkeypatch, "schemathesis", None)
    status, rows = run()
    assert status == 0
    assert rows["extra test"]["status"] == "absent"
    assert rows["extra test"]["found"] == "schemathesis"
    assert rows["extra test"]["advice"] == "pip install 'ringback[test]'"
    assert rows["extra cluster"]["found"] == "schemathesis"  # an extra of an extra
    Path("api.yaml").write_text(DOCUMENT)
    settings('document = "api.yaml"\n[tool.ringback.test]\ntimeout = 2\n')
    status, rows = run()
    assert status == 1 and rows["settings test"]["advice"] == "pip install 'ringback[test]'"


def test_what_the_settings_name(run: Run) -> None:
    settings(
        'document = "api.yaml"\noverlays = ["fix.yaml"]\noutput = "made"\ntemplates = "mine"\n'
    )
    status, rows = run()
    assert status == 1
    assert {key: one["status"] for key, one in rows.items() if key.startswith("settings ")} == {
        "settings document": "wrong", "settings overlay": "wrong", "settings templates": "wrong",
        "settings output": "absent",
    }  # fmt: skip
    assert rows["settings document"]["advice"] == "there is no api.yaml"
    Path("api.yaml").write_text(DOCUMENT)
    settings('document = "api.yaml"\noutput = "made"\n')
    assert run()[0] == 0 and main(["generate"]) == 0
    assert run()[1]["settings output"]["status"] == "ok"


def test_settings_at_fault(run: Run) -> None:
    settings("documnet = 'a'\n")
    status, rows = run()
    assert status == 1
    assert rows["settings pyproject.toml"]["advice"].startswith(
        "pyproject.toml:2:1: error: there is no setting 'documnet'"
    )


def test_the_text(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    settings('document = "api.yaml"\n')
    assert main(["doctor"]) == 1
    lines = capsys.readouterr().out.splitlines()
    assert lines[0].startswith("ok CPython ") and lines[-1] == "1 missing or too old"
    assert "  !! document               api.yaml - there is no api.yaml" in lines
    assert lines.index("libraries:") < lines.index("extras:") < lines.index("settings:")


def test_it_works_where_a_library_cannot_be_imported(tmp_path: Path) -> None:
    """A broken installation is what it is for: the settings need libraries, the report does not."""
    (tmp_path / "yaml.py").write_text("raise ImportError('no yaml here')\n")
    (tmp_path / "msgspec.py").write_text("raise ImportError('no msgspec here')\n")
    code = f"import sys; sys.path[:0] = [{str(tmp_path)!r}, {str(GENERATOR)!r}]\nfrom ringback.cli import main\nsys.exit(main(['doctor']))"
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, cwd=tmp_path, check=False
    )
    assert "Traceback" not in done.stderr and done.stdout.startswith("ok CPython")


def test_the_metadata_of_what_is_installed_is_read_the_same(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """In a wheel there is no pyproject.toml: the same comes from the metadata that it carries."""
    here = doctor._requirements()
    lines = [f"Requires-Python: {here.python}"]
    lines += [f"Requires-Dist: {one}" for one in here.base]
    for extra, listed in here.extras.items():
        lines.append(f"Provides-Extra: {extra}")
        lines += [f"Requires-Dist: {one}; extra == '{extra}'" for one in listed]
    folder = tmp_path / "site" / "ringback-9.dist-info"
    folder.mkdir(parents=True)
    text = "\n".join(["Metadata-Version: 2.3", "Name: ringback", "Version: 9", *lines, "", ""])
    (folder / "METADATA").write_text(text)
    monkeypatch.setattr(doctor, "__file__", str(tmp_path / "site" / "ringback" / "doctor.py"))
    monkeypatch.syspath_prepend(str(tmp_path / "site"))
    assert doctor._requirements() == here


def test_programs_are_found_on_the_path(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    known = shutil.which
    monkeypatch.setattr(shutil, "which", lambda name: None if name == "git" else known(name))
    status, rows = run()
    assert status == 0 and rows["program git"]["status"] == "absent"
