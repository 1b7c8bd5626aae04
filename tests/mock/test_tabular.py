"""Lists as CSV: beside JSON where the document has both, and wherever `x-ringback-csv` says that lists have it."""

from __future__ import annotations

import csv
import io
import json

import pytest
from mocked import Client, Open

BOTH = """
openapi: 3.1.0
info: {title: Parcels, version: "1"}
paths:
  /parcels:
    get:
      responses:
        "200":
          description: all
          content:
            application/json: {schema: {type: array, items: {$ref: "#/components/schemas/Parcel"}}}
            text/csv: {schema: {type: string}}
    post:
      requestBody: {required: true, content: {application/json: {schema: {$ref: "#/components/schemas/Parcel"}}}}
      responses: {"201": {description: made, content: {application/json: {schema: {$ref: "#/components/schemas/Parcel"}}}}}
  /parcels/{id}:
    parameters: [{name: id, in: path, required: true, schema: {type: string}}]
    get:
      responses:
        "200":
          description: it
          content:
            application/json: {schema: {$ref: "#/components/schemas/Parcel"}}
            text/csv: {schema: {type: string}, example: "Sent To,ID\\nNobody,p-1\\n"}
  /report:
    get:
      responses:
        "200":
          description: something of no resource
          content: {text/csv: {schema: {type: array, items: {type: object, required: [n], properties: {n: {type: integer}}}}}}
components:
  schemas:
    Parcel:
      type: object
      required: [id, sentTo]
      properties:
        id: {type: string, readOnly: true}
        sentTo: {type: string}
        weight: {type: [number, "null"]}
        tags: {type: array, items: {type: string}}
"""

ALL = """
openapi: 3.1.0
info: {title: Parcels, version: "1"}
x-ringback-csv:
  suffix: {from: .json, to: .csv}
  next: {parameter: After, prefix: after-, columns: [id], number: Page}
paths:
  /parcels.json:
    get:
      parameters:
        - {name: PageSize, in: query, schema: {type: integer, minimum: 1, default: 50}}
        - {name: Page, in: query, schema: {type: integer, minimum: 0}}
        - {name: After, in: query, schema: {type: string}}
      responses:
        "200":
          description: a page
          content:
            application/json:
              schema:
                type: object
                properties:
                  parcels: {type: array, items: {$ref: "#/components/schemas/Parcel"}}
                  next_page_uri: {type: [string, "null"]}
    post:
      requestBody: {required: true, content: {application/json: {schema: {$ref: "#/components/schemas/Parcel"}}}}
      responses: {"201": {description: made, content: {application/json: {schema: {$ref: "#/components/schemas/Parcel"}}}}}
  /parcels/{id}.json:
    parameters: [{name: id, in: path, required: true, schema: {type: string}}]
    get: {responses: {"200": {description: it, content: {application/json: {schema: {$ref: "#/components/schemas/Parcel"}}}}}}
components:
  schemas:
    Parcel:
      type: object
      required: [id, to]
      properties: {id: {type: string, readOnly: true}, to: {type: string}, tags: {type: array, items: {type: string}}}
"""


def rows(client: Client, target: str, accept: str = "*/*") -> list[dict[str, str]]:
    reply = client("GET", target, accept=accept)
    assert (reply.status, dict(reply.headers)["content-type"]) == (200, "text/csv"), reply
    return list(csv.DictReader(io.StringIO(reply.body.decode())))


def test_a_list_is_told_in_either_form(opened: Open) -> None:
    client = opened(BOTH, settings={"initial": 0})
    assert client("GET", "/parcels", accept="text/csv").body == b"id,sentTo,weight\r\n"
    made = [
        client.json("POST", "/parcels", {"sentTo": 'A, "B"\nC', "weight": 1.5, "tags": ["x"]}),
        client.json("POST", "/parcels", {"sentTo": "grün", "weight": None}),
    ]
    found = rows(client, "/parcels", "text/csv, application/json;q=0.5")
    assert found == [
        {"id": made[0]["id"], "sentTo": 'A, "B"\nC', "weight": "1.5"},
        {"id": made[1]["id"], "sentTo": "grün", "weight": ""},
    ]
    assert client.json("GET", "/parcels", accept="*/*") == made
    assert client("GET", "/parcels", accept="image/png").status >= 400


def test_an_example_says_how_columns_are_called(opened: Open) -> None:
    client = opened(BOTH)
    own = client.json("POST", "/parcels", {"sentTo": "Anna"})["id"]
    assert rows(client, f"/parcels/{own}", "text/csv") == [{"Sent To": "Anna", "ID": own}]


def test_what_is_drawn_is_csv_too(opened: Open) -> None:
    found = rows(opened(BOTH), "/report")
    assert found and all(one["n"].lstrip("-").isdecimal() for one in found)


def test_all_lists_are_there_as_csv_where_the_document_says_so(opened: Open) -> None:
    client = opened(ALL, settings={"initial": 0})
    made = [client.json("POST", "/parcels.json", {"to": f"n{one}"}) for one in range(5)]
    wanted = [{"id": one["id"], "to": one["to"]} for one in made]
    assert rows(client, "/parcels.csv") == rows(client, "/parcels.json", "text/csv") == wanted
    seen: list[dict[str, str]] = []
    page = rows(client, "/parcels.csv?PageSize=2")
    while page:
        seen += page
        assert len(seen) <= 5
        page = rows(client, f"/parcels.csv?PageSize=2&After=after-{page[-1]['id']}&Page=1")
    assert seen == wanted
    assert client("GET", f"/parcels/{made[0]['id']}.csv").status == 404  # an item is no list
    assert client("POST", "/parcels.csv", {"to": "x"}).status == 404


@pytest.mark.parametrize("after", [0, 1, 2])
def test_links_lead_on_from_a_cursor(opened: Open, after: int) -> None:
    client = opened(ALL, settings={"initial": 0})
    made = [client.json("POST", "/parcels.json", {"to": f"n{one}"}) for one in range(6)]
    target = f"/parcels.json?PageSize=2&After=after-{made[after]['id']}"
    seen: list[str] = []
    while target:
        page = json.loads(client("GET", target).body)
        seen += [one["id"] for one in page["parcels"]]
        assert len(seen) <= 6
        target = (page.get("next_page_uri") or "").removeprefix("http://mock")
    assert seen == [one["id"] for one in made[after + 1 :]]
