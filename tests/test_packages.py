"""What is built is what is needed: the wheel works in another environment, from another folder; so does a package
that was generated to stand alone.
"""

from __future__ import annotations

import os
import subprocess
import sys
import venv
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
LOCK = ROOT / "requirements.lock"
QUIET = ["--quiet", "--disable-pip-version-check"]

pytestmark = pytest.mark.slow


def run(*command: str | Path, folder: Path) -> str:
    """Run a command without this checkout on its path; gives what it printed."""
    env = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    done = subprocess.run(
        list(map(str, command)), cwd=folder, env=env, capture_output=True, text=True
    )
    assert done.returncode == 0, f"{command}\n{done.stdout}{done.stderr}"
    return done.stdout


def pip(*arguments: str | Path, folder: Path) -> None:
    run(sys.executable, "-m", "pip", *arguments, folder=folder)


def environment(folder: Path) -> Path:
    """A new, empty environment; gives its interpreter. pip works on it from outside."""
    venv.create(folder, with_pip=False, symlinks=True)
    return folder / "bin" / "python"


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    target = tmp_path_factory.mktemp("wheel")
    run(sys.executable, "-m", "build", "--wheel", "--outdir", target, ROOT, folder=target)
    (built,) = target.glob("*.whl")
    return built


def test_the_wheel_carries_everything_and_nothing_else(wheel: Path) -> None:
    names = set(zipfile.ZipFile(wheel).namelist())
    wanted = {
        f"{package}/{path.relative_to(folder).as_posix()}"
        for package, folder in (
            ("ringback", ROOT / "generator" / "ringback"),
            ("ringback/templates", ROOT / "templates"),
            ("ringback/spec", ROOT / "spec"),
            ("ringback/findings", ROOT / "docs" / "findings"),
            ("twilio_voice", ROOT / "generated" / "twilio_voice"),
        )
        for path in folder.rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }
    assert {name for name in names if ".dist-info/" not in name} == wanted
    assert {"ringback/py.typed", "twilio_voice/py.typed"} <= wanted
    assert any(name.endswith("licenses/LICENSE") for name in names)


def test_the_wheel_works_elsewhere(wheel: Path, tmp_path: Path) -> None:
    python = environment(tmp_path / "venv")
    pip("--python", python, "install", *QUIET, "--constraint", LOCK, wheel, folder=tmp_path)
    where = tmp_path / "elsewhere"
    where.mkdir()
    code = "import ringback, twilio_voice as t; t.preload(); print(ringback.__file__, t.__file__)"
    places = run(python, "-c", code, folder=where).split()
    assert all(Path(place).is_relative_to(tmp_path) for place in places)
    command = python.with_name("ringback")
    document = (
        ROOT / "spec" / "voice.yaml",
        "--overlay",
        ROOT / "spec" / "overlays" / "twilio.yaml",
    )
    run(command, "generate", *document, "--output", "made/voice_api", folder=where)
    run(python, "-c", "import voice_api; voice_api.preload()", folder=where / "made")
    here = (
        "--overlay",
        ROOT / "spec" / "overlays" / "resources.yaml",
        "--vocabulary",
        ROOT / "spec" / "twiml.yaml",
        "--output",
        "made/twilio_voice",
    )
    run(command, "generate", *document, *here, folder=where)
    for file in sorted((ROOT / "generated" / "twilio_voice").rglob("*.py")):
        made = (
            where / "made" / "twilio_voice" / file.relative_to(ROOT / "generated" / "twilio_voice")
        )
        assert made.read_bytes() == file.read_bytes(), file


def test_a_standalone_package_can_be_published_alone(tmp_path: Path) -> None:
    document = (ROOT / "spec" / "voice.yaml", "--no-overlay", "--output", "voice_api")
    command = (sys.executable, "-m", "ringback", "generate", *document, "--standalone")
    subprocess.run(list(map(str, command)), cwd=tmp_path, check=True, capture_output=True)
    pip("wheel", *QUIET, "--no-deps", "--wheel-dir", "dist", "./voice_api", folder=tmp_path)
    (built,) = (tmp_path / "dist").glob("voice_api-*.whl")
    names = zipfile.ZipFile(built).namelist()
    modules = {f"voice_api/{path.relative_to(tmp_path / 'voice_api').as_posix()}"
               for path in (tmp_path / "voice_api").rglob("*.py")}  # fmt: skip
    assert {name for name in names if ".dist-info/" not in name} == {*modules, "voice_api/py.typed"}
    python = environment(tmp_path / "venv")
    pip("--python", python, "install", *QUIET, "--constraint", LOCK, built, folder=tmp_path)
    where = tmp_path / "elsewhere"
    where.mkdir()
    code = "import voice_api; voice_api.preload(); print(voice_api.Client('AC' + '0' * 32, 'x'))"
    assert "Client(" in run(python, "-c", code, folder=where)
