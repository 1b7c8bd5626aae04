"""Documents of others, there and back: client -> wire -> stub -> wire -> client, with values drawn from each document.

ROUNDTRIP=N          examples per operation (2 in the suite)
ROUNDTRIP_DIR=DIR    other documents: every file in it
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from random import Random

import pytest
from tour import Tour
from wirevalues import NothingFits

EXAMPLES = int(os.environ.get("ROUNDTRIP", "2"))
HERE = Path(__file__).parents[1] / "corpus" / "documents"
OTHERS = os.environ.get("ROUNDTRIP_DIR")

# What each was chosen for, and the operations for which no value is found that a wire can carry, and why.
CHOSEN: dict[str, tuple[str, ...]] = {
    "redocly-museum.yaml": (),  # everyday operations, date parameters, binary answers
    "readme-polymorphism-30.yaml": (  # unions with and without discriminator, allOf, nullable
        "post_anything_one_of_object",  # one variant allows all that the other does
        "post_anything_one_of_object_ref",
    ),
    "opc-baseline-30.json": (  # parameters of every kind, forms, files, enums of every type
        "getUserList",  # a parameter that can only be null
        "defaults_tests_defaults_post",  # two exploded objects with one name in common
        "post_types_unions_duplicate_types",  # one of two variants that are the same
    ),
    "opc-31-specific.yaml": (),  # const, type arrays
    "ogen-parameters.json": (),  # styles, content parameters, cookies
    "oapi-parameters-roundtrip.yaml": (),  # simple, label, matrix, form, deepObject; exploded or not
    "ogen-form.json": (),  # forms and multipart with encodings and files
    "ogen-security.json": (),  # several schemes, optional ones
    "ogen-wildcard-content-types.json": (),  # ranges of media types, text and binary bodies
    "ogen-additional-operations-32.yaml": (),  # methods of one's own (3.2)
    "ogen-sample-31.json": (  # recursion, maps, patterns, sums, enums of numbers
        "testTuple",  # an array of schemas for `items`, which 2020-12 does not have
        "testTupleNamed",
        "oneofBug",  # variants that allow the same
    ),
    "oapi-strict-schema.yaml": (),  # several media types, several answers, headers
    "redocly-cafe-32.yaml": (),  # 3.2, problem details, default and range statuses
    "swagger-petstore.yaml": (),  # XML beside JSON and forms
    "swift-petstore-31.yaml": (),  # base64, 3.1 callbacks, several statuses
    "typespec-todoapp.yaml": (),  # anyOf of answers, read-only properties, multipart beside JSON
}
FILES = sorted(Path(OTHERS).glob("*.*")) if OTHERS else [HERE / name for name in CHOSEN]


@pytest.fixture
def tour(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Tour]:
    """The bindings of one document."""
    made = Tour(request.param, tmp_path, "tour_" + request.param.stem.replace("-", "_"))
    yield made
    made.close()


@pytest.mark.parametrize("tour", FILES, ids=lambda one: one.stem, indirect=True)
def test_what_is_drawn_arrives_and_comes_back(tour: Tour, request: pytest.FixtureRequest) -> None:
    left_out = CHOSEN.get(request.node.callspec.params["tour"].name, ())
    tried = set()
    for operation in tour.plan.operations:
        if operation.id in left_out:
            continue
        for number in range(EXAMPLES):
            chance = Random(f"{operation.id} {number}")  # the same values in every run
            try:
                sent, returned = tour.sent(operation, chance), tour.returned(operation, chance)
            except NothingFits:
                continue
            tour.go(operation, sent, returned)
            tried.add(operation.id)
    missed = {one.id for one in tour.plan.operations} - tried - set(left_out)
    assert OTHERS or EXAMPLES < 2 or not missed, f"nothing was found to try these with: {missed}"
    assert tried
