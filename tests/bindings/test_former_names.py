"""What was renamed keeps its former name: a program written for the older bindings runs and type-checks with the newer.

`renamed/` holds two versions of a document, the second with everything called otherwise, and a program written for the
first. The type checkers must find no error in it, and must report each former name once they are asked to.
"""

from __future__ import annotations

import ast
import json
import os
import re
import subprocess
import sys
from pathlib import Path

import black
import pytest

from ringback.cli import main

HERE = Path(__file__).parent
RENAMED = HERE / "renamed"
CALLER = (RENAMED / "caller.py").read_text(encoding="utf-8")
RUN = """
import httpx2, sys
sys.path.append({here!r})
from inprocess import InProcess
import caller
app = caller.shop()
url = "http://shop.test"
client = caller.Client(base_url=url, http=httpx2.Client(transport=InProcess(app)))
other = caller.AsyncClient(
    base_url=url, http=httpx2.AsyncClient(transport=httpx2.ASGITransport(app=app))
)
caller.both(client, other, print)
"""
EXPECTED = "[3, 4, 7, 7, 9, 10, 12, 'waits', '/orders']\n[3, 11, 1]\n"


def generate(folder: Path, version: str, *, fresh: bool = False) -> None:
    document = RENAMED / f"shop-{version}.yaml"
    if fresh:
        (folder / "shop" / ".ringback-names.json").unlink(missing_ok=True)
    assert main(["generate", str(document), "--output", str(folder / "shop")]) == 0


@pytest.fixture(scope="module")
def upgraded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the program, and the bindings of 1.4 made into those of 1.5."""
    folder = tmp_path_factory.mktemp("upgraded")
    (folder / "caller.py").write_text(CALLER, encoding="utf-8")
    generate(folder, "1.4")
    generate(folder, "1.5")
    return folder


def python(folder: Path, code: str, *options: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, *options, "-c", code]
    return subprocess.run(
        command, cwd=folder, capture_output=True, text=True, check=False, env=_env(folder)
    )


def _env(folder: Path) -> dict[str, str]:
    return {**os.environ, "PYTHONPATH": str(folder), "PYTHONWARNINGS": ""}


def warned(text: str) -> set[tuple[int, str]]:
    """The lines of the program that gave a DeprecationWarning, and what it said."""
    found = re.findall(r"caller\.py:(\d+): DeprecationWarning: (.*)", text)
    return {(int(line), told) for line, told in found}


def test_the_program_runs_as_before_and_is_told(upgraded: Path) -> None:
    done = python(upgraded, RUN.format(here=str(HERE)), "-W", "always::DeprecationWarning")
    assert (done.stdout, done.returncode) == (EXPECTED, 0), done.stderr
    assert "_runtime" not in done.stderr  # each warning names the line that used the name
    told = {message for _, message in warned(done.stderr)}
    assert told >= {
        "Buyer is called Customer now",
        "OrderId is called OrderNumber now",
        "State is called OrderState now",
        "Place is called Whereabouts now",
        "UnimplementedOrders is called UnimplementedPurchases now",
        "the argument orders of build_app is called purchases now",
        "Orders.change is called amend now",
        "client.orders is called client.purchases now",
        "purchases.change is called amend now",
        "the argument st of list is called state now",
        "the argument order_id of fetch is called order now",
        "the argument amt of change is called amount now",
        "the argument amt of Order is called amount now",
        "Order.amt is called amount now",
        "ChangeOrderRequest.amt is called amount now",
    }


def test_it_is_told_once_for_each_place(upgraded: Path) -> None:
    code = "import caller\nfor _ in range(3):\n    caller.amount(caller.Order(amount=1))\n"
    done = python(upgraded, code, "-W", "default")
    assert done.stderr.count("Order.amt is called amount now") == 1


def test_names_of_now_warn_of_nothing(upgraded: Path) -> None:
    code = (
        "import shop, shop.models, shop.server, shop.client, shop.operations\nshop.preload()\n"
        "order = shop.Order(amount=1, state=shop.OrderState.SENT)\n"
        "assert repr(shop.Customer(name='A')).startswith('Customer('), shop.Customer\n"
        "assert shop.Customer.__module__ == 'shop.models' and shop.OrderState.__name__ == 'OrderState'\n"
        "assert not {'Buyer', 'State'} & ({*dir(shop)} | {*shop.__all__})\n"
    )
    done = python(upgraded, code, "-W", "error")
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize(("code", "told"), [
    ("shop.Order(amt=1, amount=2)", "TypeError: Order() got amount twice: amt is its former name"),
    ("shop.Gone", "AttributeError: module 'shop' has no attribute 'Gone'"),
    ("shop.models.Gone", "AttributeError: module 'shop.models' has no attribute 'Gone'"),
    ("shop.Client().purchases.list(state='sent', st='sent')", "TypeError: list() got state twice: st is its former name"),
    ("shop.Client().purchases.change()", "InvalidRequest"),
])  # fmt: skip
def test_misuse_is_an_error_in_a_sentence(upgraded: Path, code: str, told: str) -> None:
    done = python(upgraded, f"import shop, shop.models\n{code}", "-W", "ignore")
    assert done.returncode == 1
    assert told in done.stderr.splitlines()[-1] or told in done.stderr


def test_values_that_were_pickled_by_the_older_bindings_load(tmp_path: Path) -> None:
    generate(tmp_path, "1.4")
    dump = "import pickle, shop; open('buyer', 'wb').write(pickle.dumps([shop.Buyer(name='A'), shop.State.SENT]))"
    assert python(tmp_path, dump).returncode == 0
    generate(tmp_path, "1.5")
    load = "import pickle; print(pickle.load(open('buyer', 'rb')))"
    done = python(tmp_path, load, "-W", "ignore")
    assert done.stdout.startswith("[Customer(name='A'"), done.stderr


def test_an_operation_that_is_called_otherwise_keeps_what_is_named_after_it(tmp_path: Path) -> None:
    generate(tmp_path, "1.4")
    document, package = str(RENAMED / "shop-1.4.yaml"), str(tmp_path / "shop")
    rename = ["--rename", "count_stock=weigh_stock", "--rename", "client.stock.count=weigh"]
    assert main(["names", document, "--output", package, *rename]) == 0
    generate(tmp_path, "1.4")
    code = (
        "import shop, shop.client, shop.headers, shop.operations, shop.server\n"
        "assert shop.server.CountStock200 is shop.server.WeighStock200\n"
        "assert shop.server.CountStockInput is shop.server.WeighStockInput\n"
        "assert shop.operations.COUNT_STOCK is shop.operations.WEIGH_STOCK\n"
        "assert shop.headers.CountStock200Headers is shop.WeighStock200Headers\n"
        "assert shop.CountStock200Headers is shop.WeighStock200Headers\n"
        "assert shop.client.StockApi.count is not shop.client.StockApi.weigh\n"
    )
    done = python(tmp_path, code, "-W", "always")
    assert done.returncode == 0, done.stderr
    assert done.stderr.count("DeprecationWarning") == 5


def test_what_is_printed_is_laid_out_as_black_has_it(upgraded: Path) -> None:
    mode = black.Mode(target_versions={black.TargetVersion.PY311}, line_length=100)
    for file in sorted((upgraded / "shop").rglob("*.py")):
        text = file.read_text(encoding="utf-8")
        assert black.format_str(text, mode=mode) == text, file


def test_the_package_says_what_it_was_made_from(upgraded: Path) -> None:
    code = "import shop; d = shop.DOCUMENT; print(d.title, d.version, d.openapi, len(d.sha256))"
    assert python(upgraded, code).stdout == "Shop 1.5 3.1.0 64\n"


def mypy(folder: Path, *options: str) -> set[tuple[int, str]]:
    """What `mypy --strict` finds in the program, by line; the bindings must have no error."""
    command = [sys.executable, "-m", "mypy", "--strict", "--no-error-summary", *options]
    done = subprocess.run(
        [*command, "caller.py", "shop"], cwd=folder, capture_output=True, text=True, check=False,
        env=_env(folder),
    )  # fmt: skip
    found = re.findall(r"^(.+?):(\d+): error: (.*)$", done.stdout, re.MULTILINE)
    assert {file for file, _, _ in found} <= {"caller.py"}, done.stdout
    return {(int(line), told) for _, line, told in found}


def pyright(folder: Path, deprecated: str) -> set[tuple[int, str]]:
    """What pyright finds in the program, by line."""
    settings = {"reportDeprecated": deprecated, "pythonVersion": "3.11", "include": ["caller.py"]}
    (folder / "pyrightconfig.json").write_text(json.dumps(settings))
    command = [sys.executable, "-m", "pyright", "--pythonpath", sys.executable, "--outputjson"]
    done = subprocess.run(
        [*command, "-p", str(folder)], capture_output=True, text=True, check=False, env=_env(folder)
    )
    told = json.loads(done.stdout)
    assert told["summary"]["filesAnalyzed"] > 0
    return {
        (one["range"]["start"]["line"] + 1, one["message"])
        for one in told["generalDiagnostics"]
        if one["severity"] == "error"
    }


def attributes(*names: str) -> set[int]:
    """The lines of the program that read an attribute of one of these names."""
    nodes = ast.walk(ast.parse(CALLER))
    return {one.lineno for one in nodes if isinstance(one, ast.Attribute) and one.attr in names}


def keywords(*names: str) -> set[int]:
    """The lines of the program that give an argument by one of these names."""
    nodes = ast.walk(ast.parse(CALLER))
    return {one.value.lineno for one in nodes if isinstance(one, ast.keyword) and one.arg in names}


@pytest.mark.slow
def test_mypy_takes_the_program_and_reports_the_former_names(upgraded: Path) -> None:
    assert mypy(upgraded) == set()
    found = mypy(upgraded, "--enable-error-code", "deprecated")
    assert all("is deprecated" in told for _, told in found)
    lines = {line for line, _ in found}
    # It says nothing of what stands inside the arguments of some calls; pyright does.
    assert lines >= attributes("orders", "change") | keywords("order_id", "st")
    told = " ".join(message for _, message in found)
    for name in ("Buyer", "OrderId", "Page", "State", "Order.amt"):
        assert f"{name} is called " in told


@pytest.mark.slow
def test_pyright_takes_the_program_and_reports_the_former_names(upgraded: Path) -> None:
    assert pyright(upgraded, "none") == set()
    found = pyright(upgraded, "error")
    assert all("is deprecated" in told for _, told in found)
    lines = {line for line, _ in found}
    assert lines >= attributes("orders", "change", "order_id", "st", "amt", "SENT", "ON_HOLD")
    assert lines >= keywords("order_id", "st")


@pytest.mark.slow
def test_former_names_that_are_dropped_are_gone(tmp_path: Path) -> None:
    (tmp_path / "caller.py").write_text(CALLER, encoding="utf-8")
    generate(tmp_path, "1.4")
    generate(tmp_path, "1.5")
    document = str(RENAMED / "shop-1.5.yaml")
    package = str(tmp_path / "shop")
    assert main(["names", document, "--output", package, "--drop", "all"]) == 0
    generate(tmp_path, "1.5")
    assert not (tmp_path / "shop" / "_runtime" / "former.py").exists()
    done = python(tmp_path, "import caller")
    assert "ImportError: cannot import name 'OrderId' from 'shop'" in done.stderr
    assert {line for line, _ in mypy(tmp_path)} >= attributes("orders")
