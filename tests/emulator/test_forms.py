"""What a form may say, where the document decides."""

from __future__ import annotations

import pytest

from ringback.emulator.app import create_app

from .surface_world import CALLS, FORM, a_world, ask


@pytest.mark.parametrize("given", ["maybe", "True", "1", ""])
def test_a_boolean_that_is_none_is_refused_and_no_call_is_made(given: str) -> None:
    app = create_app(a_world())
    refused = ask(app, "POST", CALLS + ".json", form={**FORM, "Record": given})
    assert (refused.status_code, refused.json()["code"]) == (400, 20001)
    assert "Record is not valid: expected true or false" in refused.json()["message"]
    for right in ("true", "false"):
        made = ask(app, "POST", CALLS + ".json", form={**FORM, "Record": right})
        assert made.status_code == 201
    assert len(ask(app, "GET", CALLS + ".json").json()["calls"]) == 2
