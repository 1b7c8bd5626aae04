"""Documents of several files, and the ways in which a reference names something."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from ringback.openapi import Document, Schema, joined, parse
from ringback.source import DocumentError, dump, load

HEAD = 'openapi: 3.1.0\ninfo: {title: T, version: "1"}\n'


def read(folder: Path, **files: str) -> Document:
    """The document `doc`, beside files of the given names (`__` stands for a slash)."""
    for name, text in files.items():
        path = folder / (name.replace("__", "/") + ".yaml")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(HEAD + text if name == "doc" else text)
    return parse(load(folder / "doc.yaml"), second=False)[0]


def test_references_lead_through_files_and_back(tmp_path: Path) -> None:
    document = read(
        tmp_path,
        doc="paths: {/pets: {$ref: paths/pets.yaml}}\n"
        "components: {schemas: {Pet: {$ref: 'schemas/pet.yaml'}, Name: {type: string}}}\n",
        paths__pets="get:\n  parameters: [{$ref: '../common.yaml#/components/parameters/page'}]\n"
        "  responses:\n    '200':\n      description: Pets\n      content:\n        application/json:\n"
        "          schema: {type: array, items: {$ref: ../schemas/pet.yaml}}\n",
        common="components:\n  parameters:\n    page: {name: page, in: query, schema: {$ref: '#/Size'}}\n"
        "Size: {type: integer}\n",
        schemas__pet="type: object\nproperties:\n  name: {$ref: '../doc.yaml#/components/schemas/Name'}\n"
        "  friends: {type: array, items: {$ref: '#'}}\n",
    )
    (operation,) = document.operations
    pet, name = (schema for _, schema in document.schemas)
    listed = operation.responses[0].content[0].schema
    assert listed is not None and listed.items is pet
    assert dict(pet.properties)["name"] is name
    assert dict(pet.properties)["friends"].items is pet
    assert pet.name == "Pet"
    (page,) = operation.parameters
    assert page.schema is not None and page.schema.types == ("integer",)
    place = document.tree.locate(page.path)
    assert (Path(place.file).name, place.line, place.pointer) == (
        "common.yaml",
        3,
        "/components/parameters/page",
    )


def test_faults_of_other_files_are_told_in_their_place(tmp_path: Path) -> None:
    with pytest.raises(DocumentError) as caught:
        read(
            tmp_path,
            doc="components: {schemas: {A: {$ref: a.yaml}, B: {$ref: b.yaml}, C: {$ref: 'a.yaml#/x'}}}\n",
            a="type: strin\n",
            b="type: [\n",
        )
    found = [(Path(one.location.file).name, one.code) for one in caught.value.diagnostics]
    assert sorted(found) == [("a.yaml", "wrong-value"), ("b.yaml", "yaml-syntax")]
    (tmp_path / "b.yaml").write_text("type: string\n")
    (tmp_path / "a.yaml").write_text("type: string\n")
    with pytest.raises(DocumentError) as caught:
        parse(load(tmp_path / "doc.yaml"))
    (one,) = caught.value.diagnostics
    assert one.message == "a.yaml#/x names nothing: there is no 'x' in a.yaml#"


def test_a_discriminator_maps_into_other_files(tmp_path: Path) -> None:
    document = read(
        tmp_path,
        doc="components: {schemas: {Pet: {$ref: pets.yaml#/Pet}}}\n",
        pets="Pet:\n  oneOf: [{$ref: '#/Cat'}]\n  discriminator:\n    propertyName: kind\n"
        "    mapping: {cat: '#/Cat', cats: cat.yaml}\nCat: {type: object, properties: {kind: {type: string}}}\n",
        cat="type: object\n",
    )
    discriminator = document.schemas[0][1].discriminator
    assert discriminator is not None
    (cat, near), (cats, far) = discriminator.mapping
    assert (cat, near.name, cats, far.types) == ("cat", "Cat", "cats", ("object",))


def test_a_bundle_of_several_files_reads_the_same(tmp_path: Path) -> None:
    document = read(
        tmp_path,
        doc="components: {schemas: {A: {$ref: schemas/a.yaml}, B: {type: string}}}\n",
        schemas__a="properties: {b: {$ref: '../doc.yaml#/components/schemas/B'}, c: {$ref: c.yaml#/C}}\n",
        schemas__c="C: {type: array, items: {$ref: '#/C'}}\n",
    )
    (tmp_path / "elsewhere").mkdir()
    bundle = tmp_path / "elsewhere" / "bundle.yaml"
    bundle.write_text(dump(joined(load(tmp_path / "doc.yaml"))))
    again, _ = parse(load(bundle), second=False)
    assert [name for name, _ in again.tree.inputs] == [str(bundle)]
    for one in (document, again):
        a, b = (schema for _, schema in one.schemas)
        properties = dict(a.properties)
        assert properties["b"] is b
        assert properties["c"].items is properties["c"]
    assert dump(document.tree) == dump(again.tree)


@pytest.mark.parametrize(
    "reference",
    [
        "https://example.com/schemas/pet",
        "/schemas/pet",
        "pet",
        "#/components/schemas/Pet",
        "#pet",
        "https://example.com/api/doc.yaml#/components/schemas/Pet",
    ],
)
def test_what_a_schema_can_be_called(tmp_path: Path, reference: str) -> None:
    text = "$self: https://example.com/api/doc.yaml\n" + (
        "components:\n  schemas:\n    Pet: {$id: 'https://example.com/schemas/pet', $anchor: pet, type: object}\n"
        f"    Owner: {{$id: /schemas/owner, properties: {{pet: {{$ref: '{reference}'}}}}}}\n"
    )
    (tmp_path / "doc.yaml").write_text(HEAD.replace("3.1.0", "3.2.0") + text)
    document, _ = parse(load(tmp_path / "doc.yaml"), second=False)
    pet, owner = (schema for _, schema in document.schemas)
    assert dict(owner.properties)["pet"] is pet


def test_a_pointer_counts_from_the_schema_with_an_id_first(tmp_path: Path) -> None:
    document = read(
        tmp_path,
        doc="components:\n  schemas:\n    A:\n      $id: https://example.com/a\n      $defs: {x: {type: integer}}\n"
        "      properties: {near: {$ref: '#/$defs/x'}, far: {$ref: '#/components/schemas/B'}}\n"
        "    B: {type: string}\n",
    )
    properties = dict(document.schemas[0][1].properties)
    assert properties["near"].types == ("integer",)
    assert properties["far"].types == ("string",)


GENERIC = """\
components:
  schemas:
    Call: {type: object, properties: {sid: {type: string}}}
    Leg: {type: object}
    Page:
      $id: https://example.com/page
      $defs: {item: {$dynamicAnchor: item, not: {}}}
      type: object
      properties: {items: {type: array, items: {$dynamicRef: "#item"}}, more: {$ref: "#/components/schemas/Leg"}}
    CallPage: {$defs: {item: {$dynamicAnchor: item, $ref: "#/components/schemas/Call"}}, $ref: "#/components/schemas/Page"}
    LegPage: {$defs: {item: {$dynamicAnchor: item, $ref: "#/components/schemas/Leg"}}, $ref: "#/components/schemas/Page"}
    Same: {$defs: {item: {$dynamicAnchor: item, $ref: "#/components/schemas/Leg"}}, $ref: "#/components/schemas/Page"}
    Node: {$dynamicAnchor: node, type: object, properties: {children: {type: array, items: {$dynamicRef: "#node"}}}}
    Named: {$dynamicAnchor: node, allOf: [{$ref: "#/components/schemas/Node"}], properties: {name: {type: string}}}
    Lost: {$dynamicRef: "#nobody"}
"""


def item_of(schema: Schema, name: str) -> Any:
    return dict(schema.properties)[name].items


def test_generic_types_are_read_for_what_they_are_used_with(tmp_path: Path) -> None:
    document = read(tmp_path, doc=GENERIC)
    named = dict(document.schemas)
    (calls,), (legs,), (same,) = (named[one].all_of for one in ("CallPage", "LegPage", "Same"))
    assert item_of(calls, "items") is named["Call"]
    assert item_of(legs, "items") is named["Leg"]
    assert same is legs
    assert (calls.name, legs.name, named["Page"].name) == ("Page Call", "Page Leg", "Page")
    assert dict(calls.properties)["more"] is named["Leg"]
    assert item_of(named["Page"], "items").not_ is not None
    assert len({calls.path, legs.path, named["Page"].path}) == 3
    assert document.tree.locate(calls.path).line == document.tree.locate(named["Page"].path).line


def test_generic_types_that_contain_themselves_end(tmp_path: Path) -> None:
    named = dict(read(tmp_path, doc=GENERIC).schemas)
    assert item_of(named["Node"], "children") is named["Node"]
    (base,) = named["Named"].all_of
    assert base is not named["Node"]
    assert item_of(base, "children") is named["Named"]
    assert named["Lost"].types == ()
