"""A document in several files is tested as one in a single file is, and findings name the file and line that is violated."""

from __future__ import annotations

import pickle
from pathlib import Path
from typing import Any

import pytest
import yaml
from shop import DOCUMENT, KEY, Shop

from ringback import openapi, source
from ringback.cli import main
from ringback.contract import Contract, Options, Phase, Run, contract_test, run, target_of

EVERY = (Phase.SCENARIO, Phase.EXAMPLES, Phase.COVERAGE, Phase.FUZZING, Phase.STATEFUL)


def split(folder: Path) -> Path:
    """The shop's document in files: paths and schemas beside it, what all answers share in another folder; gives its path."""
    whole: dict[str, Any] = yaml.safe_load(DOCUMENT)
    parts = whole["components"]
    schemas = parts.pop("schemas")
    files = {
        "api/schemas.yaml": _moved(schemas, {"#/components/schemas/": "#/"}),
        "common/answers.yaml": _moved(
            parts.pop("responses"), {"#/components/schemas/": "../api/schemas.yaml#/"}
        ),
        "api/paths/pets.yaml": _moved(
            whole["paths"].pop("/pets"),
            {
                "#/components/schemas/": "../schemas.yaml#/",
                "#/components/responses/": "../../common/answers.yaml#/",
            },
        ),
    }
    whole["paths"] = {"/pets": {"$ref": "paths/pets.yaml"}, **whole["paths"]}
    files["api/shop.yaml"] = _moved(
        whole,
        {
            "#/components/schemas/": "schemas.yaml#/",
            "#/components/responses/": "../common/answers.yaml#/",
        },
    )
    for name, content in files.items():
        file = folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(yaml.safe_dump(content, sort_keys=False), "utf-8")
    return folder / "api" / "shop.yaml"


def _moved(node: Any, where: dict[str, str]) -> Any:
    """A part of a document for another file: its references lead where things are now."""
    if isinstance(node, list):
        return [_moved(one, where) for one in node]
    if not isinstance(node, dict):
        return node
    found = {key: _moved(value, where) for key, value in node.items()}
    for before, after in where.items():
        if isinstance(found.get("$ref"), str) and found["$ref"].startswith(before):
            found["$ref"] = after + found["$ref"].removeprefix(before)
            break
    return found


def contract(folder: Path) -> Contract:
    tree = source.load(split(folder), allowed=[str(folder / "common")])
    return Contract.of(openapi.parse(tree, second=False)[0])


def campaign(held: Contract, fault: str, phases: tuple[Phase, ...], seconds: float) -> Run:
    options = Options(max_time=seconds, auth=KEY, patience=0.3, phases=phases)
    return run(held, target_of(Shop(fault), "shop"), options)


def test_nothing_is_found_where_nothing_is_wrong(tmp_path: Path) -> None:
    found = campaign(contract(tmp_path), "", EVERY, 12)
    assert [one.message for one in found.findings] == []
    assert found.stopped == ""
    assert [one for one in found.complaints if "time" not in one] == []  # a busy machine
    assert {one.phase for one in found.exchanges} >= {Phase.SCENARIO, Phase.FUZZING}
    assert sum(one.taken > 0 for one in found.coverage.transitions) >= 5


def test_a_finding_names_the_file_and_line_that_is_violated(tmp_path: Path) -> None:
    found = campaign(contract(tmp_path), "other kind", (Phase.SCENARIO,), 60)
    (place,) = {one.place for one in found.findings if one.code == "schema"}
    assert place is not None and Path(place.file).name == "schemas.yaml"
    line = Path(place.file).read_text("utf-8").splitlines()[place.line - 1]
    assert line.strip() == "enum:"
    assert place.pointer == "/Kind/enum"


def test_another_process_has_the_same_places(tmp_path: Path) -> None:
    held = contract(tmp_path)
    other = Contract.of(pickle.loads(pickle.dumps(held.document)))
    for one in held.operations:
        two = other.operation(held.label(one))
        assert held.locate(one.path) == other.locate(two.path)
    assert {Path(held.locate(one.path).file).name for one in held.operations} == {
        "pets.yaml",
        "shop.yaml",
    }


def test_a_suite_says_where_references_may_lead(tmp_path: Path) -> None:
    document = split(tmp_path)
    with pytest.raises(ValueError, match="answers"):
        contract_test(document, app=Shop)
    assert callable(contract_test(document, app=Shop, allow_refs=[tmp_path / "common"]))


def test_from_the_command_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    split(tmp_path)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("RINGBACK_TEST_AUTH_KEY", KEY)
    run = ["test", "api/shop.yaml", "--app", "shop:Shop", "--max-time", "4"]
    assert main(run) == 2
    assert "answers.yaml" in capsys.readouterr().err
    assert main([*run, "--allow-ref", "common"]) == 0
    assert "again: ringback test api/shop.yaml --allow-ref common" in capsys.readouterr().out
    measure = ["strength", "api/shop.yaml", "--app", "shop:Shop", "--max-time-each", "6"]
    monkeypatch.setenv("PYTHONPATH", str(Path(__file__).parent))
    measure += ["--operators", "wrong-status", "--per-operator", "1", "--jobs", "1"]
    assert main([*measure, "--allow-ref", "common"]) == 0
    assert "1 of 1 mutants noticed" in capsys.readouterr().out
