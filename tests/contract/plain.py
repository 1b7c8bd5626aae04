"""The plain document, and how a request of it looks: what voice.yaml promises, with the examples of the second overlay.

Nothing in the plain document says which of its optional parameters a call needs, or which numbers the account has. The
examples that spec/overlays/resources.yaml gives for bodies of requests say it, and change nothing that an answer is held to.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import yaml

from ringback import openapi, source
from ringback.contract import Contract

SPEC = Path(__file__).parents[2] / "spec"
PLAIN = SPEC / "voice.yaml"
RESOURCES = SPEC / "overlays" / "resources.yaml"


def examples() -> dict[str, Any]:
    """An overlay of the examples alone."""
    read = yaml.safe_load(RESOURCES.read_text(encoding="utf-8"))
    plain = yaml.safe_load(PLAIN.read_text(encoding="utf-8"))
    known = {
        operation["operationId"]
        for item in plain["paths"].values()
        for operation in item.values()
        if isinstance(operation, dict) and "operationId" in operation
    }
    actions = [
        action
        for action in read["actions"]
        if "requestBody" in action["target"]
        and set(action.get("update", {})) == {"examples"}
        and any(f"'{one}'" in action["target"] for one in known)
    ]
    return {**read, "extends": "voice.yaml", "actions": actions}


@cache
def plain() -> Contract:
    """voice.yaml alone, with examples of what to send."""
    with TemporaryDirectory() as folder:
        file = Path(folder, "examples.yaml")
        file.write_text(yaml.safe_dump(examples()), encoding="utf-8")
        tree = source.load(PLAIN, [file])
        return Contract.of(openapi.parse(tree, second=False)[0])
