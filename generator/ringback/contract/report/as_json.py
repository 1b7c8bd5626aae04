"""A run as JSON, and back: for programs, and for putting together what several machines did.

The form is held by run.schema.json beside this file. Bodies are text where they are text ({"text": "…"}), else
Base64 ({"base64": "…"}). What stands beside the run itself (`verdict`, `shares`, a finding's `fingerprint`) is for
readers and not read back.
"""

from __future__ import annotations

import base64
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

import msgspec

from ringback.contract.outcome import Run

from .failure import ReportError
from .shares import shares
from .words import fingerprint, verdict

FORMAT: Final = "ringback-run/1"
SCHEMA_FILE: Final = Path(__file__).with_name("run.schema.json")


def text(run: Run) -> str:
    """The whole run as JSON text."""
    return msgspec.json.format(msgspec.json.encode(plain(run)), indent=1).decode() + "\n"


def plain(run: Run) -> dict[str, Any]:
    """The whole run as plain data of the documented form."""
    values: dict[str, Any] = msgspec.to_builtins(run, builtin_types=(bytes,))
    for message in _messages(values):
        message["body"] = _body(message["body"])
    for finding, value in zip(
        (*run.findings, *run.accepted), (*values["findings"], *values["accepted"]), strict=True
    ):
        value["fingerprint"] = fingerprint(finding)
    said = verdict(run)
    figures = {share.name: {"seen": share.seen, "of": share.of} for share in shares(run.coverage)}
    return {
        "format": FORMAT,
        "verdict": {"word": said.word, "sentence": said.sentence},
        "shares": figures,
        "run": values,
    }


def load(path: str | Path) -> Run:
    """Read a run that was written as JSON. Raises ReportError where the file cannot be read as one."""
    try:
        held = json.loads(Path(path).read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError) as error:
        raise ReportError(f"{path}: cannot be read as JSON: {_why(error)}") from None
    return from_plain(held, str(path))


def from_plain(held: Any, name: str = "the run") -> Run:
    """The run that plain data describes. Raises ReportError; `name` says in its message what was read."""
    form = held.get("format") if isinstance(held, dict) else None
    if form != FORMAT:
        found = f"its format is {form!r}" if form else "it names no format"
        raise ReportError(f"{name}: is no run of this version: {found}, wanted '{FORMAT}'")
    try:
        values = held["run"]
        for message in _messages(values):
            message["body"] = _bytes(message["body"])
        run = msgspec.convert(values, Run, builtin_types=(bytes,))
    except (msgspec.ValidationError, KeyError, TypeError, ValueError) as error:
        raise ReportError(f"{name}: is not of the form '{FORMAT}': {_why(error)}") from None
    return run


def _messages(values: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Every request and answer of a run's plain data: what holds a body."""
    exchanges, deliveries = values["exchanges"], values["deliveries"]
    replies = [one["reply"] for one in exchanges if one["reply"] is not None]
    return [
        *(one["request"] for one in exchanges),
        *replies,
        *(one["request"] for one in deliveries),
    ]


def _body(body: bytes) -> dict[str, str]:
    try:
        return {"text": body.decode("utf-8")}
    except UnicodeDecodeError:
        return {"base64": base64.b64encode(body).decode("ascii")}


def _bytes(body: Mapping[str, str]) -> bytes:
    if "text" in body:
        return body["text"].encode("utf-8")
    return base64.b64decode(body["base64"], validate=True)


def _why(error: Exception) -> str:
    if isinstance(error, KeyError):
        return f"{error} is missing"
    if isinstance(error, OSError):
        return error.strerror or str(error)
    return str(error) or type(error).__name__
