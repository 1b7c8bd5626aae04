"""An overlay that makes what was observed legal: a first draft of corrections, for people to read and choose from.

Each action carries how often it was observed (`x-observed`), one redacted sample (`x-sample`), and `x-weakens: true` where
the document then promises less. What a server calls its own error (5xx) is never made legal.
"""

from __future__ import annotations

import json
import tempfile
from dataclasses import dataclass
from pathlib import Path as File
from typing import TYPE_CHECKING, Any, Final

from ringback import openapi, source
from ringback.contract.corrections import Action, corrections, json_path
from ringback.contract.observed import Observation, Observations
from ringback.contract.outcome import Run
from ringback.contract.redact import Redactor
from ringback.source import Path

if TYPE_CHECKING:
    from ringback.wire import Contract

_ROUNDS: Final = 6
_SAMPLE: Final = 200  # characters


@dataclass(frozen=True, slots=True)
class _Proposed:
    action: Action
    observation: Observation


def propose(contract: Contract, run: Run) -> str:
    """The overlay as YAML; empty where nothing has to change.

    Applied after the run's own overlays, it makes the same answers keep to the document. That is tried here, on a copy of the
    effective document, and mended until it does.
    """
    chosen: list[_Proposed] = []
    levels: dict[tuple[Path, str], int] = {}
    current = contract
    for _ in range(_ROUNDS):
        found = Observations(current)
        found.take(run.exchanges)
        fresh = _round(current, list(found.found.values()), levels)
        if not fresh:
            break
        chosen += fresh
        current = _applied(contract, chosen)
    if not chosen:
        return ""
    redactor = Redactor()
    redactor.learn(run.exchanges)
    return _text(_overlay(run, contract, chosen, redactor))


def _round(
    contract: Contract, observations: list[Observation], levels: dict[tuple[Path, str], int]
) -> list[_Proposed]:
    """The actions for what is still not legal. A place that was corrected before is corrected harder."""
    old = contract.document.version.startswith("3.0")
    found: list[_Proposed] = []
    order = sorted(observations, key=lambda one: (json_path(one.path), one.keyword, one.detail))
    for one in order:
        key = (one.path, f"{one.keyword} {one.detail}")
        level = levels.get(key, -1) + 1
        levels[key] = level
        for action in corrections(contract.document.tree, one, old=old, level=level):
            found.append(_Proposed(action, one))
    return found


def _applied(contract: Contract, chosen: list[_Proposed]) -> Contract:
    """The document with the proposed actions, as our own reader applies them."""
    overlay = {
        "overlay": "1.1.0",
        "info": {"title": "proposed", "version": "0"},
        "actions": [_plain(one.action) for one in chosen],
    }
    with tempfile.TemporaryDirectory() as folder:
        document, changes = File(folder, "document.json"), File(folder, "overlay.json")
        document.write_text(json.dumps(contract.document.tree.root), encoding="utf-8")
        changes.write_text(json.dumps(overlay), encoding="utf-8")
        tree = source.load(document, [changes])
        read, _ = openapi.parse(tree, second=False)
    return type(contract).of(read, contract.formats)


def _plain(action: Action) -> dict[str, Any]:
    target = action.query or json_path(action.path)
    change = {"remove": True} if action.remove else {"update": action.update}
    return {"target": target, "description": action.description, **change}


def _overlay(
    run: Run, contract: Contract, chosen: list[_Proposed], redactor: Redactor
) -> dict[str, Any]:
    actions: list[dict[str, Any]] = []
    for one in chosen:
        marks: dict[str, Any] = {"x-observed": one.observation.count}
        if one.observation.values:
            marks["x-sample"] = _sample(one.observation.values[0], redactor)
        if one.action.weakens:
            marks["x-weakens"] = True
        actions.append({**_plain(one.action), **marks})
    return {
        "overlay": "1.1.0",
        "info": {
            "title": f"What was observed of {contract.document.title}",
            "version": contract.document.api_version,
        },
        "actions": actions,
    }


def _sample(value: Any, redactor: Redactor) -> Any:
    """One value without secrets and numbers of people; what is long as cut text."""
    clean = redactor.body(json.dumps(value, ensure_ascii=False).encode(), "application/json")
    text = clean.decode("utf-8", "replace")
    if len(text) > _SAMPLE:
        return f"{text[: _SAMPLE - 1]}…"
    try:
        return json.loads(text)
    except ValueError:
        return text


def _text(overlay: dict[str, Any]) -> str:
    head = (
        "# Proposed from observed answers: read it before you use it. Actions with x-weakens take away\n"
        "# what the document promised; a fault of the server is not a correction of the document.\n"
    )
    return head + source.dump_value(overlay)
