"""Unions: the variant that was sent is the variant that arrives, on both sides of the wire."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import httpx2
import pytest
from generated import Bindings, document, echo


def ref(name: str) -> dict[str, str]:
    return {"$ref": f"#/components/schemas/{name}"}


def _object(required: list[str] | None = None, **properties: Any) -> dict[str, Any]:
    given: dict[str, Any] = {"type": "object", "properties": properties}
    return {**given, "required": required} if required else given


TEXT = {"type": "string"}
NUMBER = {"type": "integer"}
SCHEMAS: dict[str, Any] = {
    "Cat": _object(["kind"], kind=TEXT, lives=NUMBER, friend=ref("Pet")),
    "Dog": _object(["kind"], kind=TEXT, breed=TEXT),
    "Pet": {
        "oneOf": [ref("Cat"), ref("Dog")],
        "discriminator": {"propertyName": "kind", "mapping": {"tom": ref("Cat")["$ref"]}},
    },
    "Circle": _object(["shape", "radius"], shape={"const": "circle"}, radius={"type": "number"}),
    "Square": _object(["shape", "side"], shape={"const": "square"}, side={"type": "number"}),
    "Shape": {"anyOf": [ref("Circle"), ref("Square")]},
    "Card": _object(["number"], number=TEXT),
    "Bank": _object(["iban"], iban=TEXT, bic=TEXT),
    "Pay": {"oneOf": [ref("Card"), ref("Bank"), TEXT]},
    "Person": _object(["kind", "name"], kind=TEXT, name=TEXT)
    | {"discriminator": {"propertyName": "kind"}},
    "Pupil": {"allOf": [ref("Person"), _object(["form"], form=NUMBER)]},
    "Teacher": {"allOf": [ref("Person"), _object(subject=TEXT)]},
    "Json": {
        "oneOf": [TEXT, NUMBER, {"type": "array", "items": ref("Json")},
                  {"type": "object", "additionalProperties": ref("Json")}]
    },
    "Tree": {"type": "array", "items": ref("Tree")},
    "Soon": {"enum": ["today", "tomorrow"]},
    "Day": {"oneOf": [{"type": "string", "format": "date"}, ref("Soon")]},
    "Based": _object(["id"], id=NUMBER) | {"oneOf": [ref("Card"), ref("Bank")]},
    "All": _object(
        pet=ref("Pet"), shapes={"type": "array", "items": ref("Shape")}, pay=ref("Pay"),
        person=ref("Person"), json=ref("Json"), tree=ref("Tree"), day=ref("Day"), based=ref("Based"),
        maybe={"oneOf": [ref("Cat"), ref("Dog"), {"type": "null"}]},
    ),
}  # fmt: skip


@pytest.fixture(scope="module")
def bindings(tmp_path_factory: pytest.TempPathFactory) -> Bindings:
    return Bindings(
        document({"/things": {"post": echo(ref("All"))}}, SCHEMAS), tmp_path_factory.mktemp("made")
    )


class Handler:
    """Answers with what it was sent, and keeps it."""

    def __init__(self, server: Any) -> None:
        self._server = server
        self.seen: list[Any] = []

    async def echo(self, given: Any) -> Any:
        self.seen.append(given.body)
        return self._server.Echo200(given.body)


def test_nothing_is_degraded(bindings: Bindings) -> None:
    assert (bindings.drawn.warnings, bindings.drawn.skipped) == ((), ())


def _values(models: Any) -> list[dict[str, Any]]:
    cat = models.Cat(kind="tom", lives=9, friend=models.Dog(kind="Dog", breed="Pug"))
    return [
        {"pet": cat},
        {"shapes": [models.Circle(shape="circle", radius=1.5), models.Square(shape="square", side=2.0)]},
        {"pay": models.Bank(iban="DE00")},
        {"pay": "cash"},
        {"person": models.Pupil(kind="Pupil", name="Ann", form=3)},
        {"person": models.Person(kind="Person", name="Bo")},
        {"json": {"a": [1, "b", {"c": []}]}},
        {"tree": [[], [[]]]},
        {"day": date(2025, 1, 2)},
        {"day": models.Soon.TODAY},
        {"based": models.BasedBank(id=1, iban="DE00", bic="X")},
        {"maybe": None},
    ]  # fmt: skip


@pytest.mark.parametrize("number", range(12))
def test_a_variant_arrives_as_it_was_sent(bindings: Bindings, number: int) -> None:
    models = bindings.module("models")
    sent = models.All(**_values(models)[number])
    handler = Handler(bindings.module("server"))
    client = bindings.client({"things": handler}, strict=True)
    assert client.things.echo(sent) == sent
    assert handler.seen == [sent]


def _read(bindings: Bindings, value: Any) -> tuple[Any, list[str]]:
    client, _ = bindings.answering(httpx2.Response(200, json=value))
    result = client.things.echo(bindings.module("models").All())
    return result, [str(drift) for _, drift in client.drifts]


def test_an_unknown_variant_is_kept_as_it_came_and_told(bindings: Bindings) -> None:
    value, drifts = _read(bindings, {"pet": {"kind": "Fish", "fins": 2}, "pay": "cash"})
    assert value.pet == {"kind": "Fish", "fins": 2}
    assert value.pay == "cash"
    assert drifts == ["/pet: wanted Pet, found {'kind': 'Fish', 'fins': 2}"]


def test_a_fault_inside_a_variant_is_told_where_it_is(bindings: Bindings) -> None:
    value, drifts = _read(bindings, {"pet": {"kind": "tom", "lives": "nine"}})
    assert isinstance(value.pet, bindings.module("models").Cat)
    assert value.pet.lives == "nine"
    assert drifts == ["/pet/lives: wanted a whole number, found 'nine'"]


def test_an_unknown_variant_is_sent_back_as_it_came(bindings: Bindings) -> None:
    value, _ = _read(bindings, {"pet": {"kind": "Fish", "fins": 2}})
    shapes = bindings.module("_runtime.shapes")
    assert json.loads(shapes.encode(value)) == {"pet": {"kind": "Fish", "fins": 2}}


def test_what_fits_no_variant_is_not_sent(bindings: Bindings) -> None:
    models, errors = bindings.module("models"), bindings.module("errors")
    client, sent = bindings.answering(httpx2.Response(200, json={}))
    with pytest.raises(errors.InvalidRequest):
        client.things.echo(models.All(pet=models.Card(number="1")))
    assert sent == []


def test_a_union_answers_isinstance(bindings: Bindings) -> None:
    models = bindings.module("models")
    assert isinstance(models.Dog(kind="Dog"), models.Pet)
    assert not isinstance(models.Card(number="1"), models.Pet)


def test_unions_are_not_in_packages_that_have_none(tmp_path: Path) -> None:
    plain = Bindings(document({"/things": {"post": echo(TEXT)}}), tmp_path)
    assert not (tmp_path / plain.name / "_runtime" / "unions.py").exists()
