"""A pet shop: a small document that is nobody's, and an application that keeps to it, or breaks it in one way by name."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from urllib.parse import parse_qs, unquote

from ringback import openapi, source
from ringback.contract import Contract

KEY = "open-sesame"

DOCUMENT = """
openapi: 3.0.3
info: {title: Shop, version: "1"}
servers: [{url: /v1}]
security: [{key: []}]
paths:
  /pets:
    get:
      parameters:
        - {name: limit, in: query, schema: {type: integer, minimum: 1, maximum: 50}}
        - {name: after, in: query, schema: {type: integer}}
        - {name: kind, in: query, schema: {$ref: "#/components/schemas/Kind"}}
      responses:
        "200": {description: ok, content: {application/json: {schema: {$ref: "#/components/schemas/Pets"}}}}
        "400": {$ref: "#/components/responses/Problem"}
        "401": {$ref: "#/components/responses/Problem"}
    post:
      requestBody:
        required: true
        content: {application/json: {schema: {$ref: "#/components/schemas/NewPet"}}}
      responses:
        "201": {description: made, content: {application/json: {schema: {$ref: "#/components/schemas/Pet"}}}}
        "400": {$ref: "#/components/responses/Problem"}
        "401": {$ref: "#/components/responses/Problem"}
  /pets/{petId}:
    parameters:
      - {name: petId, in: path, required: true, schema: {type: integer, minimum: 1}}
    get:
      responses:
        "200": {description: ok, content: {application/json: {schema: {$ref: "#/components/schemas/Pet"}}}}
        "400": {$ref: "#/components/responses/Problem"}
        "401": {$ref: "#/components/responses/Problem"}
        "404": {$ref: "#/components/responses/Problem"}
    patch:
      requestBody:
        required: true
        content: {application/json: {schema: {$ref: "#/components/schemas/Change"}}}
      responses:
        "200": {description: ok, content: {application/json: {schema: {$ref: "#/components/schemas/Pet"}}}}
        "400": {$ref: "#/components/responses/Problem"}
        "401": {$ref: "#/components/responses/Problem"}
        "404": {$ref: "#/components/responses/Problem"}
    delete:
      responses:
        "204": {description: gone}
        "400": {$ref: "#/components/responses/Problem"}
        "401": {$ref: "#/components/responses/Problem"}
        "404": {$ref: "#/components/responses/Problem"}
components:
  securitySchemes:
    key: {type: apiKey, in: header, name: X-Key}
  responses:
    Problem:
      description: refused
      content: {application/json: {schema: {type: object, required: [error], properties: {error: {type: string}}}}}
  schemas:
    Kind: {type: string, enum: [cat, dog, fish]}
    NewPet:
      type: object
      additionalProperties: false
      required: [name, kind]
      properties:
        name: {type: string, minLength: 1, maxLength: 20}
        kind: {$ref: "#/components/schemas/Kind"}
        age: {type: integer, minimum: 0, maximum: 40}
        tame: {type: boolean}
    Change:
      type: object
      additionalProperties: false
      properties:
        name: {type: string, minLength: 1, maxLength: 20}
        age: {type: integer, minimum: 0, maximum: 40}
    Pet:
      type: object
      required: [id, name, kind]
      properties:
        id: {type: integer}
        name: {type: string}
        kind: {$ref: "#/components/schemas/Kind"}
        age: {type: integer, nullable: true}
        tame: {type: boolean}
    Pets:
      type: object
      required: [pets, next]
      properties:
        pets: {type: array, items: {$ref: "#/components/schemas/Pet"}}
        next: {type: string, nullable: true}
"""


@cache
def contract() -> Contract:
    """The document."""
    with TemporaryDirectory() as folder:
        file = Path(folder) / "shop.yaml"
        file.write_text(DOCUMENT, encoding="utf-8")
        return Contract.of(openapi.parse(source.load(file), second=False)[0])


@dataclass
class Shop:
    """The application; `fault` names what is wrong with it, "" for nothing."""

    fault: str = ""
    pets: dict[int, dict[str, Any]] = field(default_factory=dict)
    made: int = 0
    asked: int = 0

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        if scope["type"] == "lifespan":
            while True:
                message = await receive()
                await send({"type": message["type"] + ".complete"})
                if message["type"] == "lifespan.shutdown":
                    return
        body = b""
        while True:
            message = await receive()
            body += message.get("body", b"")
            if not message.get("more_body"):
                break
        self.asked += 1
        status, value = self._answer(scope, body)
        content = b"" if value is None else json.dumps(value).encode()
        kind = [(b"content-type", b"application/json")] if value is not None else []
        await send({"type": "http.response.start", "status": status, "headers": kind})
        await send({"type": "http.response.body", "body": content})

    def _answer(self, scope: Any, body: bytes) -> tuple[int, Any]:
        headers = {name.decode().lower(): value.decode() for name, value in scope["headers"]}
        path = unquote(scope["raw_path"].decode()).removeprefix("/v1")
        query = {
            name: values[-1]
            for name, values in parse_qs(
                scope["query_string"].decode(), keep_blank_values=True
            ).items()
        }
        if not self._admitted(headers.get("x-key")):
            return 401, {"error": "who are you?"}
        method = scope["method"]
        if path == "/pets":
            return self._collection(method, query, body)
        if path.startswith("/pets/"):
            return self._item(method, path.removeprefix("/pets/"), body)
        return 404, {"error": "no such path"}

    def _admitted(self, key: str | None) -> bool:
        if self.fault == "anybody":
            return True
        return key is not None if self.fault == "any key" else key == KEY

    def _collection(self, method: str, query: dict[str, str], body: bytes) -> tuple[int, Any]:
        if method == "GET":
            return self._list(query)
        if method == "POST":
            return self._create(body)
        if self.fault == "any method" and method == "PUT":
            return 200, {"pets": [], "next": None}
        return 405, {"error": "not here"}

    def _list(self, query: dict[str, str]) -> tuple[int, Any]:
        limit, after = _whole(query.get("limit", "20")), _whole(query.get("after", "0"))
        kind = query.get("kind")
        if limit is None or after is None or not 1 <= limit <= 50:
            return 400, {"error": "limit or after"}
        if kind is not None and kind not in ("cat", "dog", "fish"):
            return 400, {"error": "kind"}
        found = [
            pet
            for number, pet in sorted(self.pets.items())
            if number > after and (kind in (None, pet["kind"]) or self.fault == "no filter")
        ]
        if self.fault == "not listed":
            found = [pet for pet in found if pet["id"] % 5]
        page, rest = found[:limit], found[limit:]
        skip = 1 if self.fault == "page loses" and rest else 0
        following = f"/v1/pets?limit={limit}&after={page[-1]['id'] + skip}" if rest else None
        if following and kind:
            following += f"&kind={kind}"
        return 200, {"pets": page, "next": following}

    def _create(self, body: bytes) -> tuple[int, Any]:
        given = _json(body)
        fits = _fits(given, {"name": _name, "kind": _kind, "age": _age, "tame": _truth})
        if self.fault == "any name" and isinstance(given, dict):
            fits = fits or _fits({**given, "name": "x"}, {"name": _name, "kind": _kind})
        if not fits or not {"name", "kind"} <= given.keys():
            good = isinstance(given, dict) and _name(given.get("name")) and _kind(given.get("kind"))
            if self.fault == "refused and kept" and good:
                self._keep({"name": given["name"], "kind": given["kind"]})
            return 400, {"error": "not a pet"}
        if self.fault == "no dogs" and given["kind"] == "dog":
            return 400, {"error": "not today"}
        pet = self._keep(given)
        if self.fault == "raises":
            raise RuntimeError("no room")
        return 201, {**pet, "kind": "bird"} if self.fault == "other kind" else pet

    def _keep(self, given: dict[str, Any]) -> dict[str, Any]:
        if self.fault != "same identifier" or self.made < 3:
            self.made += 1
        pet = {"id": self.made, "age": None, "tame": False, **given}
        self.pets[self.made] = pet
        return pet

    def _item(self, method: str, text: str, body: bytes) -> tuple[int, Any]:
        number = _whole(text)
        if number is None or number < 1:
            return 400, {"error": "petId"}
        pet = self.pets.get(number)
        if method not in ("GET", "PATCH", "DELETE"):
            return 405, {"error": "not here"}
        if pet is None:
            return 404, {"error": "no such pet"}
        if method == "DELETE":
            if self.fault != "not deleted":
                del self.pets[number]
            return 204, None
        if method == "PATCH":
            given = _json(body)
            if not _fits(given, {"name": _name, "age": _age}):
                return 400, {"error": "not a change"}
            after = {**pet, **given}
            if self.fault != "stale":
                self.pets[number] = after
            return 200, after
        return (404, {"error": "no such pet"}) if self.fault == "forgets" else (200, pet)


def _whole(text: str) -> int | None:
    digits = text.removeprefix("-")
    return int(text) if digits.isascii() and digits.isdigit() and len(digits) < 19 else None


def _json(body: bytes) -> Any:
    try:
        return json.loads(body)
    except ValueError:
        return None


def _fits(given: Any, rules: dict[str, Callable[[Any], bool]]) -> bool:
    return isinstance(given, dict) and all(
        name in rules and rules[name](value) for name, value in given.items()
    )


def _name(value: Any) -> bool:
    return isinstance(value, str) and 1 <= len(value) <= 20


def _kind(value: Any) -> bool:
    return value in ("cat", "dog", "fish")


def _age(value: Any) -> bool:
    whole = isinstance(value, int) and not isinstance(value, bool)
    return (whole or (isinstance(value, float) and value.is_integer())) and 0 <= value <= 40


def _truth(value: Any) -> bool:
    return isinstance(value, bool)
