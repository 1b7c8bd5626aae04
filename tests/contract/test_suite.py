"""Contract tests in somebody's own suite, as the how-to page shows them; the action and the hook beside it."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from importlib import metadata
from pathlib import Path
from typing import Any

import pytest
import yaml
from shop import DOCUMENT, KEY

from ringback.contract import contract_test, load_run

ROOT = Path(__file__).parents[2]
HERE = Path(__file__).parent
PAGE = ROOT / "docs" / "contract-testing.md"

SHOP = """
openapi: 3.1.0
info: {title: Shop, version: "1"}
paths:
  /items:
    get:
      operationId: listItems
      responses:
        "200":
          description: all
          content: {application/json: {schema: {type: array, items: {$ref: "#/components/schemas/Item"}}}}
  /items/{name}:
    parameters: [{name: name, in: path, required: true, schema: {type: string}, example: apple}]
    get:
      operationId: getItem
      responses:
        "200": {description: one, content: {application/json: {schema: {$ref: "#/components/schemas/Item"}}}}
        "404": {description: none}
    delete:
      operationId: deleteItem
      responses:
        "204": {description: gone}
        "404": {description: none}
components:
  schemas:
    Item: {type: object, required: [name, left], properties: {name: {type: string}, left: {type: integer}}}
"""
MAIN = """
import json
from urllib.parse import unquote


def make_app(stock):
    def app(environ, start_response):
        path, method = unquote(environ["PATH_INFO"]), environ["REQUEST_METHOD"]
        name = path.removeprefix("/items/")
        known = {"name": name, "left": stock.get(name)}
        if path == "/items":
            found = [{"name": one, "left": left} for one, left in stock.items()]
            status, body = ("200 OK", found) if method == "GET" else ("405 No", None)
        elif method not in ("GET", "DELETE"):
            status, body = "405 No", None
        elif name not in stock:
            status, body = "404 Not Found", None
        elif method == "DELETE":
            del stock[name]
            status, body = "204 No Content", None
        else:
            status, body = "200 OK", known
        headers = [("content-type", "application/json")] if body is not None else []
        start_response(status, headers)
        return [json.dumps(body).encode()] if body is not None else []

    return app


def app():
    return make_app({"apple": 3, "pear": 0})
"""


# Where ringback is not installed but found, pytest has to be told of its plugin.
INSTALLED = {one.value for one in metadata.entry_points(group="pytest11")}
PLUGIN = "ringback.pytest_contract"
TOLD = () if PLUGIN in INSTALLED else ("-p", PLUGIN)


def pytest_in(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "pytest", "-q", "-rsf", "-p", "no:cacheprovider", *arguments]
    folders = [str(folder), str(HERE), *sys.path]
    env = {**os.environ, "PYTHONPATH": os.pathsep.join(folders)}
    env.pop("PYTEST_XDIST_WORKER", None)
    return subprocess.run(
        command, cwd=folder, capture_output=True, text=True, env=env, timeout=300, check=False
    )


def shown(language: str) -> list[str]:
    """The blocks of the how-to page in a language."""
    return re.findall(rf"^```{language}\n(.*?)^```", PAGE.read_text("utf-8"), re.M | re.S)


def test_the_suites_of_the_page_run(tmp_path: Path) -> None:
    (tmp_path / "shop.yaml").write_text(SHOP, "utf-8")
    (tmp_path / "shop_main.py").write_text(MAIN, "utf-8")
    blocks = shown("python")
    assert len(blocks) == 2
    for number, block in enumerate(blocks):
        (tmp_path / f"test_{number}.py").write_text(block, "utf-8")
    done = pytest_in(tmp_path, "-n", "2", *TOLD, "--contract-seconds", "2")
    assert done.returncode == 0, done.stdout + done.stderr
    assert "5 passed, 1 skipped" in done.stdout
    assert "comes next month" in done.stdout


FLAWED = f"""
from shop import Shop
from ringback.contract import contract_test

test_good = contract_test("pets.yaml", app=Shop, auth="{KEY}", seconds=2, only=["GET /pets"])


@contract_test("pets.yaml", auth="{KEY}", seconds=2)
def test_flawed():
    return Shop("other kind")
"""


def test_findings_fail_the_test_of_their_operation_and_are_reported_together(
    tmp_path: Path,
) -> None:
    (tmp_path / "pets.yaml").write_text(DOCUMENT, "utf-8")
    (tmp_path / "test_pets.py").write_text(FLAWED, "utf-8")
    done = pytest_in(
        tmp_path,
        *("-n", "2", *TOLD, "--contract-seed", "7"),
        *("--contract-report", "json=all.json", "--contract-report", "html=all.html"),
    )
    assert done.returncode == 1, done.stdout + done.stderr
    assert re.search(r"^FAILED .*test_flawed\[POST /pets\]", done.stdout, re.M), done.stdout
    assert "1 failed, 5 passed" in done.stdout
    assert "[schema] POST /pets: kind is 'bird', wanted one of 'cat', 'dog', 'fish'" in done.stdout
    assert re.search(r"^  pets\.yaml:\d+:\d+  /components/schemas/Kind/enum$", done.stdout, re.M)
    assert "\n  seed 7\n" in done.stdout and "\n  curl " in done.stdout
    run = load_run(tmp_path / "all.json")
    assert run.seeds == (7,) and run.document == "pets.yaml"
    assert ("schema", "POST /pets") in {(one.code, one.operation) for one in run.findings}
    assert all(one.requests for one in run.coverage.operations)
    assert (tmp_path / "all.html").stat().st_size > 10_000


def test_what_is_not_tested_is_no_success(tmp_path: Path) -> None:
    (tmp_path / "pets.yaml").write_text(DOCUMENT, "utf-8")
    text = (
        "from ringback.contract import Options, contract_test\n"
        "test_closed = contract_test('pets.yaml', url='http://127.0.0.1:9', only=['GET /pets'])\n"
        "none = Options(max_requests=0)\n"
        "test_none = contract_test('pets.yaml', app='shop:Shop', only=['GET /pets'], options=none)\n"
        "test_no_app = contract_test('pets.yaml', app='nowhere:app', only=['GET /pets'])\n"
    )
    (tmp_path / "test_pets.py").write_text(text, "utf-8")
    done = pytest_in(tmp_path)
    assert "3 failed" in done.stdout, done.stdout
    assert "GET /pets was not tested: the cap of 0 requests is reached" in done.stdout
    assert "there is no module nowhere" in done.stdout


def test_a_suite_that_names_what_does_not_exist_is_told_so(tmp_path: Path) -> None:
    file = tmp_path / "pets.yaml"
    file.write_text(DOCUMENT, "utf-8")
    with pytest.raises(ValueError, match="there is no operation GET /cats"):
        contract_test(file, app="shop:Shop", only=["GET /cats"])
    with pytest.raises(ValueError, match="there is no operation getCat"):
        contract_test(file, app="shop:Shop", skip={"getCat": "why"})
    with pytest.raises(ValueError, match=r"cannot be a contract:\n.*pets\.yaml:"):
        other = tmp_path / "other pets.yaml"
        other.write_text(DOCUMENT.replace("type: object", "type: thing"), "utf-8")
        contract_test(other, app="shop:Shop")


@pytest.mark.parametrize(
    ("option", "wanted"),
    [
        ("--contract-report=pdf=x.pdf", "names no report"),
        ("--contract-seconds=0", "is a number above 0"),
    ],
)
def test_what_is_wrong_on_the_command_line_of_pytest_is_said(
    tmp_path: Path, option: str, wanted: str
) -> None:
    done = pytest_in(tmp_path, *TOLD, option)
    assert done.returncode == 4 and wanted in done.stderr


# -- the action


def action() -> dict[str, Any]:
    held: dict[str, Any] = yaml.safe_load((ROOT / "action.yml").read_text("utf-8"))
    return held


def run_action(folder: Path, **inputs: str) -> subprocess.CompletedProcess[str]:
    """The step that tests, as GitHub would run it: with the inputs in its environment."""
    held = action()
    (step,) = (one for one in held["runs"]["steps"] if one["name"] == "test")
    given = {name: str(one.get("default", "")) for name, one in held["inputs"].items()}
    given |= {name.replace("_", "-"): value for name, value in inputs.items()}
    unknown = given.keys() - held["inputs"].keys()
    assert not unknown
    env = {
        name: re.sub(r"\$\{\{ inputs\.([\w-]+) \}\}", lambda found: given[found[1]], value)
        for name, value in step["env"].items()
    }
    folders = os.pathsep.join([str(folder), str(HERE), *sys.path])
    binaries = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])
    return subprocess.run(
        ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", step["run"]],
        cwd=folder,
        capture_output=True,
        text=True,
        env={**os.environ, **env, "PYTHONPATH": folders, "PATH": binaries},
        timeout=200,
        check=False,
    )


@pytest.mark.skipif(shutil.which("bash") is None, reason="actions run in bash")
def test_the_action_tests_and_writes_its_reports(tmp_path: Path) -> None:
    (tmp_path / "my pets.yaml").write_text(DOCUMENT, "utf-8")
    inputs = {"document": "my pets.yaml", "auth": KEY, "max_time": "6", "seeds": "3 4"}
    good = run_action(tmp_path, app="shop:Shop", **inputs)
    assert good.returncode == 0, good.stdout + good.stderr
    folder = tmp_path / "ringback-reports"
    assert {file.name for file in folder.iterdir()} == {
        "report.html",
        "report.sarif",
        "report.json",
        "junit.xml",
    }
    assert load_run(folder / "report.json").seeds == (3, 4)
    found = run_action(
        tmp_path,
        app="flawed_shop:flawed",
        arguments="--max-requests=400\n--workers=2\n",
        reports="out put",
        **inputs,
    )
    assert found.returncode == 1, found.stdout + found.stderr
    assert "::error file=my pets.yaml,line=" in found.stdout
    sarif = json.loads((tmp_path / "out put" / "report.sarif").read_text("utf-8"))
    assert sarif["runs"][0]["results"]


def test_inputs_of_the_action_are_never_part_of_its_script() -> None:
    held = action()
    steps = held["runs"]["steps"]
    assert all("${{" not in step["run"] for step in steps)
    used = set(re.findall(r"inputs\.([\w-]+)", str([step["env"] for step in steps])))
    assert used == set(held["inputs"])


def test_the_page_uses_the_action_and_the_hook_as_they_are() -> None:
    blocks = [yaml.safe_load(block) for block in shown("yaml")]
    (given,) = (s["with"] for s in blocks[0]["steps"] if "ringback@" in s.get("uses", ""))
    assert given.keys() <= action()["inputs"].keys()
    hooks = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text("utf-8"))
    (used,) = blocks[1]["repos"][0]["hooks"]
    assert used["id"] in {hook["id"] for hook in hooks}


def test_a_suite_without_contract_tests_loads_nothing_of_the_tester(tmp_path: Path) -> None:
    (tmp_path / "test_plain.py").write_text(
        "import sys\n\ndef test_plain():\n"
        "    assert not [one for one in sys.modules if one.startswith('ringback.contract')]\n",
        "utf-8",
    )
    (tmp_path / "conftest.py").write_text(
        "import sys\n\ndef pytest_unconfigure():\n"
        "    assert not {'ringback.contract', 'schemathesis', 'msgspec'} & sys.modules.keys()\n",
        "utf-8",
    )
    done = pytest_in(tmp_path, *TOLD, "-p", "no:hypothesispytest", "-p", "no:schemathesis")
    assert done.returncode == 0, done.stdout + done.stderr
    assert "1 passed" in done.stdout
