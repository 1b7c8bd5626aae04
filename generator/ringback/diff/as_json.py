"""The comparison for programs."""

from __future__ import annotations

import json
from typing import Any

from ringback.source import Location

from .model import Change
from .verdict import Audience, Comparison, counted, step


def as_json(comparison: Comparison, *, failed: bool) -> str:
    """One JSON object; docs/diff.md says what it holds."""
    everything = comparison.everything
    audiences = (Audience.CALLERS, Audience.SERVERS)
    told = {
        "old": comparison.old,
        "new": comparison.new,
        "for": comparison.audience,
        "failed": failed,
        "verdict": {one.value: step(everything, one) for one in audiences},
        "counts": {one.value: counted(everything, one) for one in audiences},
        "changes": [_change(one) for one in comparison.changes],
        "accepted": [
            {**_change(one.change), "reason": one.reason, "expires": one.expires or None}
            for one in comparison.accepted
        ],
        "notices": list(comparison.notices),
    }
    return json.dumps(told, indent=2, ensure_ascii=False) + "\n"


def _change(change: Change) -> dict[str, Any]:
    return {
        "code": change.code,
        "side": change.side,
        "kind": change.kind,
        "callers": change.callers,
        "servers": change.servers,
        "subject": change.subject,
        "message": change.message,
        "operations": list(change.operations),
        "old": _place(change.old),
        "new": _place(change.new),
        "details": dict(change.details),
    }


def _place(location: Location | None) -> dict[str, str | int] | None:
    if location is None:
        return None
    return {
        "file": location.file,
        "line": location.line,
        "column": location.column,
        "pointer": location.pointer,
    }
