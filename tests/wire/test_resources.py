"""Resources read from paths."""

from __future__ import annotations

from small import ACCOUNTS, of, pets, voice


def test_the_resources_of_the_voice_document() -> None:
    kinds = voice().kinds
    assert {one.name: (one.parent, one.kind and one.kind.name) for one in kinds.resources} == {
        "Calls": (None, "CallSid"),
        "Recordings": (None, "RecordingSid"),
        "Conferences": (None, "ConferenceSid"),
        "Queues": (None, "QueueSid"),
        "Calls/Recordings": ("Calls", "RecordingSid"),
        "Conferences/Recordings": ("Conferences", "RecordingSid"),
        "Participants": ("Conferences", "CallSid"),
        "Members": ("Queues", "CallSid"),
    }


def test_every_operation_of_the_voice_document_has_its_place() -> None:
    contract = voice()
    placed = set()
    for one in contract.kinds.resources:
        placed |= {one.create, one.list, one.fetch, one.update, one.delete}
        placed |= {label for _, label in one.others}
    assert placed - {None} == {contract.label(one) for one in contract.operations}


def test_where_items_and_their_identifiers_stand() -> None:
    kinds = voice().kinds
    calls, members = kinds.resource("Calls"), kinds.resource("Members")
    assert calls is not None and members is not None
    assert (calls.rows, calls.identifier, calls.parameter) == ("/calls", "/sid", "CallSid")
    assert (members.rows, members.identifier) == ("/queue_members", "/call_sid")
    found = kinds.resource_of(f"DELETE {ACCOUNTS}/Calls/{{CallSid}}.json")
    assert found == (calls, "delete")
    recordings = kinds.resource("Recordings")
    assert recordings is not None
    assert [label.rpartition(".")[2] for _, label in recordings.others] == ["wav", "mp3"]


def test_bare_lists_and_differently_named_parameters() -> None:
    by_name = {one.name: one for one in pets().kinds.resources}
    assert by_name["pets"].rows == "" and by_name["pets"].identifier == "/id"
    visits = by_name["visits"]
    assert visits.parent == "pets" and visits.rows == "/visits" and visits.identifier == "/id"
    assert visits.update is None and visits.delete is None


THING = "{'200': {description: a, content: {application/json: {schema: {type: object, properties: %s}}}}}"


def test_wrapped_items_and_rows() -> None:
    item = THING % "{data: {type: object, properties: {id: {type: integer}}}}"
    rows = (
        THING
        % "{result: {type: object, properties: {things: {type: array, items: {type: object, properties: {id: {type: integer}}}}}}}"
    )
    contract = of(f"""
/things: {{get: {{responses: {rows}}}}}
/things/{{id}}:
  parameters: [{{name: id, in: path, required: true, schema: {{type: integer}}}}]
  get: {{responses: {item}}}
""")
    (thing,) = contract.kinds.resources
    assert thing.rows == "/result/things" and (thing.wrapper, thing.identifier) == ("/data", "/id")
    assert contract.kinds.of_property("GET /things/{id}", 200, "/data/id") is thing.kind


def test_a_put_creates_where_nothing_is_posted() -> None:
    item = THING % "{name: {type: string}}"
    contract = of(f"""
/boxes: {{get: {{responses: {{'200': {{description: a, content: {{application/json: {{schema: {{type: array, items: {{type: object, properties: {{name: {{type: string}}}}}}}}}}}}}}}}}}}}
/boxes/{{name}}:
  parameters: [{{name: name, in: path, required: true, schema: {{type: string}}}}]
  put: {{responses: {item}}}
  patch: {{responses: {item}}}
""")
    (box,) = contract.kinds.resources
    assert box.create == "PUT /boxes/{name}" and box.update == "PATCH /boxes/{name}"


RULES = "{type: object, properties: {room: {type: string}, rules: {type: array, items: {type: object, properties: {id: {type: string}}}}}}"


def test_what_reading_and_posting_answer_alike_is_one_thing() -> None:
    answer = "{'200': {description: a, content: {application/json: {schema: {$ref: '#/paths/~1rules/x-rules'}}}}}"
    body = "{content: {application/json: {schema: {type: object, properties: {rules: {type: string}}}}}}"
    document = f"""
/rules:
  x-rules: {RULES}
  get: {{responses: {answer}}}
  post: {{requestBody: %s, responses: {answer}}}
"""
    assert of(document % body).kinds.resources == ()
    row = "{content: {application/json: {schema: {$ref: '#/paths/~1rules/x-rules/properties/rules/items'}}}}"
    (rules,) = of(document % row).kinds.resources
    assert (rules.create, rules.list, rules.rows) == ("POST /rules", "GET /rules", "/rules")
