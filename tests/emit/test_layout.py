"""Templates print what black would print: black itself is asked."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import black
import pytest

from ringback import emit, openapi, plan, source, vocabulary
from ringback.emit import printing
from ringback.emit.artifacts import ARTIFACTS

MODE = black.Mode(target_versions={black.mode.TargetVersion.PY311}, line_length=100)
SPEC = Path(__file__).parents[2] / "spec"
OVERLAYS = (SPEC / "overlays/twilio.yaml", SPEC / "overlays/resources.yaml")

ODD = """
openapi: 3.1.0
info: {title: 'Odd "names" \\N{', version: "1", description: 'ends with a quote "'}
servers: [{url: https://example.com/v1}]
paths:
  /things/{thing-id}/a-very-long-segment-that-goes-on/{another_parameter_with_a_long_name}:
    parameters:
      - {name: thing-id, in: path, required: true, schema: {type: string}}
      - {name: another_parameter_with_a_long_name, in: path, required: true, schema: {type: string}}
    get:
      operationId: listEverythingThatThereIsToListInThisVeryLongNamedCollectionOfThings
      tags: [odd things]
      parameters:
        - {name: from, in: query, schema: {type: string, enum: ["it's", 'a "b"', "", "+1"]}}
        - name: a_parameter_whose_name_is_so_long_that_its_annotation_does_not_fit_on_the_line
          in: query
          schema: {type: array, items: {type: string, enum: [one_value_of_many, another_value_of_many]}}
      responses:
        "200":
          description: "ok"
          content: {application/json: {schema: {$ref: "#/components/schemas/Thing"}}}
        default: {description: an error}
    post:
      deprecated: true
      requestBody: {content: {application/json: {schema: {$ref: "#/components/schemas/Thing"}}}}
      responses: {"204": {description: gone}, 4XX: {description: "no"}}
components:
  schemas:
    Thing:
      type: object
      required: [class, "a-b", a_b]
      properties:
        class: {type: string, pattern: '^\\d+$'}
        a-b: {type: integer, minimum: 1}
        a_b: {type: [string, "null"], description: "two\\n\\nparagraphs with \\\\ and \\"\\"\\""}
        date: {type: string, format: date}
        this_property_has_a_name_that_goes_on_and_on: {type: string, pattern: '^[a-z]{3}-[0-9]{4}$', maxLength: 40}
        next: {$ref: "#/components/schemas/Thing"}
        map: {type: object, additionalProperties: {type: string, format: date-time}}
    Tags: {type: array, items: {type: string}}
    Empty: {type: object, properties: {}}
"""


def _files(document: Path, overlays: tuple[Path, ...] = ()) -> dict[str, str]:
    parsed, _ = openapi.parse(source.load(document, overlays), second=False)
    words = plan.draw_markup(vocabulary.read(SPEC / "twiml.yaml")) if overlays else None
    made = replace(plan.draw(parsed, "made").plan, markup=words)
    return {file.path: file.text for file in emit.render(made, standalone=True)}


def test_verbatim_templates_are_as_black_has_them() -> None:
    for artifact in ARTIFACTS:
        if artifact.verbatim and artifact.path.endswith(".py"):
            text = (emit.templates_dir() / artifact.template).read_text()
            assert black.format_str(text, mode=MODE) == text, artifact.template


@pytest.mark.parametrize("overlays", [(), OVERLAYS], ids=["plain", "overlaid"])
def test_the_voice_bindings_are_as_black_has_them(overlays: tuple[Path, ...]) -> None:
    for path, text in _files(SPEC / "voice.yaml", overlays).items():
        if path.endswith(".py"):
            assert black.format_str(text, mode=MODE) == text, path


def test_odd_names_and_texts_are_as_black_has_them(tmp_path: Path) -> None:
    document = tmp_path / "odd.yaml"
    document.write_text(ODD)
    for path, text in _files(document).items():
        if path.endswith(".py"):
            compile(text, path, "exec")
            assert black.format_str(text, mode=MODE) == text, path


def test_the_voice_bindings_hardly_need_black(monkeypatch: pytest.MonkeyPatch) -> None:
    """Black costs more than everything else: the templates bring nearly every block below the line length."""
    handed: list[str] = []
    formatted = printing._black
    monkeypatch.setattr(
        printing, "_black", lambda path, block: handed.append(block) or formatted(path, block)
    )
    _files(SPEC / "voice.yaml", OVERLAYS)
    assert handed == []
