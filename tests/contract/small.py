"""Contracts for tests: the voice document with and without its overlays, and documents of a few lines."""

from __future__ import annotations

import tempfile
from functools import lru_cache
from pathlib import Path

from ringback import openapi, source
from ringback.wire.formats import Format
from ringback.wire.view import Contract

SPEC = Path(__file__).parents[2] / "spec"
ACCOUNTS = "/Accounts/{AccountSid}"


@lru_cache
def voice() -> Contract:
    """The effective document."""
    overlays = (SPEC / "overlays" / "twilio.yaml", SPEC / "overlays" / "resources.yaml")
    return Contract.of(openapi.parse(source.load(SPEC / "voice.yaml", overlays), second=False)[0])


@lru_cache
def literal() -> Contract:
    """The document as it was published."""
    return Contract.of(openapi.parse(source.load(SPEC / "voice.yaml"), second=False)[0])


def of(
    paths: str, *, version: str = "3.1.0", more: str = "", formats: dict[str, Format] | None = None
) -> Contract:
    """A document of these paths (YAML, not indented); `more` are further keys of the root."""
    indented = "\n".join(f"  {line}" for line in paths.strip().splitlines())
    text = f"openapi: {version}\ninfo: {{title: T, version: '1'}}\n{more.strip()}\npaths:\n{indented}\n"
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "document.yaml"
        file.write_text(text, encoding="utf-8")
        document, _ = openapi.parse(source.load(file), second=False)
    return Contract.of(document, formats)


PETS = """
/pets:
  get:
    parameters:
      - {name: limit, in: query, schema: {type: integer, minimum: 1, maximum: 100}}
    responses:
      '200':
        description: all
        content:
          application/json:
            schema: {type: array, items: {$ref: '#/components/schemas/Pet'}}
  post:
    requestBody:
      required: true
      content:
        application/json:
          schema: {$ref: '#/components/schemas/NewPet'}
    responses:
      '201':
        description: made
        content:
          application/json:
            schema: {$ref: '#/components/schemas/Pet'}
/pets/{petId}:
  get:
    parameters:
      - {name: petId, in: path, required: true, schema: {type: integer, format: int64}}
    responses:
      '200':
        description: one
        content:
          application/json:
            schema: {$ref: '#/components/schemas/Pet'}
  delete:
    parameters:
      - {name: petId, in: path, required: true, schema: {type: integer, format: int64}}
    responses:
      '204': {description: gone}
/pets/{id}/visits:
  get:
    parameters:
      - {name: id, in: path, required: true, schema: {type: integer}}
    responses:
      '200':
        description: all
        content:
          application/json:
            schema:
              type: object
              properties:
                visits: {type: array, items: {$ref: '#/components/schemas/Visit'}}
  post:
    parameters:
      - {name: id, in: path, required: true, schema: {type: integer}}
    responses:
      '201':
        description: made
        content:
          application/json:
            schema: {$ref: '#/components/schemas/Visit'}
/pets/{id}/visits/{visit}:
  get:
    parameters:
      - {name: id, in: path, required: true, schema: {type: integer}}
      - {name: visit, in: path, required: true, schema: {type: string, format: uuid}}
    responses:
      '200':
        description: one
        content:
          application/json:
            schema: {$ref: '#/components/schemas/Visit'}
"""
SCHEMAS = """
components:
  schemas:
    NewPet:
      type: object
      required: [name]
      properties:
        name: {type: string, maxLength: 40}
        ownerId: {type: string, pattern: '^own_[a-z0-9]{8}$'}
    Pet:
      type: object
      required: [id, name]
      properties:
        id: {type: integer, format: int64, readOnly: true}
        name: {type: string}
        owner_id: {type: string, pattern: '^own_[a-z0-9]{8}$'}
    Visit:
      type: object
      required: [id, pet_id]
      properties:
        id: {type: string, format: uuid}
        pet_id: {type: integer}
        at: {type: string, format: date-time}
"""


@lru_cache
def pets() -> Contract:
    """Integer and UUID identifiers, told by names and paths alone."""
    return of(PETS, more=SCHEMAS)
