"""The plain document against servers that were not made from it: what each of them does otherwise is known, and no more.

expected/plain.yaml lists the disagreements. With `--literal` the emulator answers in the shapes of the plain document, without it
in those of the wire. A rate or a seed that meets less is no failure: what is met has to be on the list, and what the list calls
certain has to be met.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml
from jsonpath_rfc9535 import find
from memory_voice import memory_app
from plain import PLAIN, examples, plain
from talking import ACCOUNT, OVERLAYS, TOKEN, emulator, voice

from ringback import openapi, source
from ringback.contract import Contract, Options, Run, propose, replay, run, target_of
from ringback.contract.credentials import credentials
from ringback.contract.outcome import Finding

EXPECTED = Path(__file__).parent / "expected" / "plain.yaml"
ACCOUNTS = "/Accounts/{AccountSid}"
SHAPES = {
    "schema",
    "wrong-kind",
    "unreadable-body",
    "undocumented-content-type",
    "missing-header",
    "header-schema",
}
Fact = tuple[str, str]


def options(**more: Any) -> Options:
    return Options(seeds=(1,), max_time=75, auth=f"{ACCOUNT}:{TOKEN}", **more)


@cache
def campaign(*, literal: bool) -> Run:
    """The plain document against the emulator."""
    app = emulator(seed=None, literal=literal)
    return run(plain(), target_of(app, "emulator"), options())


def facts(run: Run, *codes: str) -> set[Fact]:
    """What was found: where, and what. A status by its operation, a shape by its place in the document."""
    return {_fact(one) for one in run.findings if not codes or one.code in codes}


def _fact(one: Finding) -> Fact:
    operation = one.operation.replace(ACCOUNTS, "")
    if one.code == "undocumented-status":
        return operation, one.where.removeprefix("status/")
    if one.code == "schema" and one.place is not None:
        schema, _, rest = one.place.pointer.removeprefix("/components/schemas/").partition("/")
        name, _, keyword = rest.removeprefix("properties/").partition("/")
        return f"{schema}.{name}", keyword
    return f"{operation} {one.where}", one.code


def listed(part: str, *, certain: bool = False) -> set[Fact]:
    """The facts of a part of the list; `certain`: without those that only some runs meet."""
    found: set[Fact] = set()
    for entry in yaml.safe_load(EXPECTED.read_text(encoding="utf-8"))[part]:
        assert entry["why"].strip()
        if not (certain and entry.get("sometimes")):
            found |= {(place, str(entry["what"])) for place in entry["where"]}
    return found


# -- the emulator in the shapes of the document


def test_with_its_shapes_no_finding_is_one_of_form() -> None:
    assert facts(campaign(literal=True), *SHAPES) == set()


def test_with_its_shapes_undocumented_statuses_are_those_of_the_list() -> None:
    found = facts(campaign(literal=True), "undocumented-status")
    assert found - listed("statuses") == set()
    assert listed("statuses", certain=True) - found == set()
    assert all(what.startswith("4") for _, what in found)


def test_with_its_shapes_nothing_else_is_found_but_what_the_list_has() -> None:
    found = facts(campaign(literal=True))
    assert found - listed("statuses") - listed("requests") == set()
    assert listed("requests", certain=True) - found == set()


def test_every_operation_of_the_plain_document_is_reached() -> None:
    for literal in (True, False):
        found = campaign(literal=literal)
        assert found.stopped == ""
        assert [one for one in found.complaints if "time" not in one] == []
        good = {
            one.label
            for one in found.coverage.operations
            if any(count for status, count in one.documented if status.startswith("2"))
        }
        assert {plain().label(one) for one in plain().operations} - good == set()


def test_the_examples_change_nothing_that_an_answer_is_held_to() -> None:
    assert all(set(action["update"]) == {"examples"} for action in examples()["actions"])
    bare = source.load(PLAIN).root
    shown = plain().document.tree.root
    assert bare["components"] == shown["components"]
    for path, item in bare["paths"].items():
        for method, operation in item.items():
            if isinstance(operation, dict):
                assert operation["responses"] == shown["paths"][path][method]["responses"]


# -- the emulator in the shapes of the wire


def test_the_wire_disagrees_exactly_as_documented() -> None:
    found = facts(campaign(literal=False))
    assert found - listed("statuses") - listed("requests") - listed("shapes") == set()
    certain = [listed(part, certain=True) for part in ("statuses", "requests", "shapes")]
    assert set().union(*certain) - found == set()


@cache
def proposed() -> dict[str, Any]:
    overlay: dict[str, Any] = yaml.safe_load(propose(plain(), campaign(literal=False)))
    return overlay


@cache
def effective() -> Contract:
    """The plain document with twilio.yaml alone: the operations are the same."""
    return Contract.of(openapi.parse(source.load(PLAIN, OVERLAYS[:1]), second=False)[0])


def test_what_is_proposed_covers_the_disagreements(tmp_path: Path) -> None:
    """With it, the same answers are found to be in order."""
    file = tmp_path / "proposed.yaml"
    file.write_text(yaml.safe_dump(proposed()), encoding="utf-8")
    tree = source.load(PLAIN, [file])
    corrected = Contract.of(openapi.parse(tree, second=False)[0])
    again = replay(corrected, campaign(literal=False).exchanges)
    assert facts(again) - listed("requests") == set()


def test_the_overlay_of_the_repository_makes_every_proposal_unnecessary() -> None:
    run = campaign(literal=False)
    assert propose(effective(), run) == ""
    again = replay(effective(), run.exchanges)
    assert [
        one.message for one in again.findings if one.code in {*SHAPES, "undocumented-status"}
    ] == []


def test_each_proposal_says_what_the_overlay_of_the_repository_says() -> None:
    bare, corrected = source.load(PLAIN).root, effective().document.tree.root
    missing = []
    for action in proposed()["actions"]:
        assert action["x-observed"] > 0
        if action.get("remove"):
            continue  # makes room for the next action, which sets it anew
        places = [node.location for node in find(action["target"], corrected)]
        assert len(places) == 1, action["target"]
        told = _at(corrected, places[0])
        if not _says(corrected, told, action["update"]):
            missing.append((action["target"], action["update"], told))
    assert missing == []
    assert bare != corrected


def _at(value: Any, location: tuple[Any, ...]) -> Any:
    for part in location:
        value = value[part]
    return value


def _says(root: Any, told: Any, wanted: Any) -> bool:
    """Whether a part of the corrected document allows what a proposal would."""
    if isinstance(told, dict) and "$ref" in told:
        told = _at(root, tuple(told["$ref"].removeprefix("#/").split("/")))
    if isinstance(wanted, list):  # enum values, types
        return isinstance(told, list) and all(one in told for one in wanted)
    if not isinstance(wanted, dict):
        return bool(told == wanted)
    if not isinstance(told, dict):
        return False
    return all(_says_one(root, told, name, value) for name, value in wanted.items())


def _says_one(root: Any, told: dict[str, Any], name: str, value: Any) -> bool:
    if name in ("description", "example"):
        return True
    if name not in told:
        # A name that the overlay leaves to `additionalProperties`; a format that it does not promise.
        return name == "format" or "additionalProperties" in {**told, **_above(root, told)}
    if name == "type" and isinstance(told[name], list) and isinstance(value, str):
        return value in told[name]
    return _says(root, told[name], value)


def _above(root: Any, told: dict[str, Any]) -> dict[str, Any]:
    """The schema that a table of properties belongs to."""
    for schema in root["components"]["schemas"].values():
        for one in (schema, *schema.get("properties", {}).values()):
            if isinstance(one, dict) and one.get("properties") is told:
                return one
    return {}


# -- the stubs, with something small behind them


@pytest.fixture(scope="module")
def memory() -> Run:
    return run(voice(), target_of(memory_app(seed=1), "memory"), options())


def test_the_stubs_answer_in_the_form_of_their_document(memory: Run) -> None:
    assert facts(memory, *SHAPES) == set()
    assert facts(memory, "undocumented-status") == set()
    assert sum(len(one.undocumented) for one in memory.coverage.operations) == 0


def test_what_the_small_server_does_not_implement_is_what_its_words_say(memory: Run) -> None:
    """It lets in any password, calls nobody back, and has one sound for all recordings."""
    found = {one.code for one in memory.findings}
    assert found == {"wrong-credentials-accepted", "callback-missing", "unknown-accepted"}
    assert {one.where for one in memory.findings if one.code == "wrong-credentials-accepted"} == {
        "status"
    }
    sounds = {one.operation for one in memory.findings if one.code == "unknown-accepted"}
    assert all(one.endswith((".wav", ".mp3")) for one in sounds)


# -- whose path it is


def test_the_user_name_fills_a_path_that_begins_with_its_pattern() -> None:
    assert dict(credentials(plain(), f"{ACCOUNT}:{TOKEN}").path) == {"AccountSid": ACCOUNT}
    assert credentials(plain(), "somebody:secret").path == (), "no SID of an account"
