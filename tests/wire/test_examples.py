"""The examples beside schemas, where they stand elsewhere."""

from __future__ import annotations

from small import of

from ringback.wire import parameter_examples

PATHS = """
/a/{b}:
  parameters:
    - {name: b, in: path, required: true, schema: {type: string}, examples: {one: {value: there}}}
  get: {responses: {'200': {description: a}}}
/c:
  get:
    parameters:
      - {name: d, in: query, schema: {type: string}, examples: {here: {$ref: '%s'}}}
    responses: {'200': {description: a}}
"""


def test_a_reference_may_lead_through_a_list_and_be_percent_encoded() -> None:
    contract = of(PATHS % "#/paths/~1a~1%7Bb%7D/parameters/0/examples/one")
    (parameter,) = contract.operation("GET /c").parameters
    assert parameter_examples(contract.document, parameter) == ("there",)
