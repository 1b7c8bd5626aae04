"""The documents that generation is measured on: the effective voice document as one file, and two small edits of it."""

from __future__ import annotations

import copy
import json
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
SOURCE = ROOT / "spec" / "voice.yaml"
OVERLAYS = (
    ROOT / "spec" / "overlays" / "twilio.yaml",
    ROOT / "spec" / "overlays" / "resources.yaml",
)
METHODS = ("get", "put", "post", "delete", "options", "head", "patch", "trace")


@dataclass(frozen=True, slots=True)
class Documents:
    """Files of one document: as it is, with one description changed, with one schema changed.

    `operations` are the ids of those under its paths, `schemas` the number of its components.
    """

    base: Path
    described: Path
    reshaped: Path
    as_json: Path
    operations: frozenset[str]
    schemas: int


def written(folder: Path) -> Documents:
    """Write the documents into a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    as_json = folder / "effective.json"
    overlays = [part for file in OVERLAYS for part in ("--overlay", str(file))]
    bundled(SOURCE, as_json, *overlays)
    raw = json.loads(as_json.read_bytes())
    paths: dict[str, Any] = raw["paths"]
    return Documents(
        base=varied(folder, "effective", raw, lambda _: None),
        described=varied(folder, "described", raw, _describe),
        reshaped=varied(folder, "reshaped", raw, _reshape),
        as_json=as_json,
        operations=frozenset(
            item[method]["operationId"]
            for item in paths.values()
            for method in METHODS
            if method in item
        ),
        schemas=len(raw["components"]["schemas"]),
    )


def varied(
    folder: Path, name: str, raw: Any, edit: Callable[[Any], None], suffix: str = ".yaml"
) -> Path:
    """Write a document as an edit leaves it."""
    edited = copy.deepcopy(raw)
    edit(edited)
    plain, target = folder / f"{name}-source.json", folder / f"{name}{suffix}"
    plain.write_text(json.dumps(edited, ensure_ascii=False), encoding="utf-8")
    bundled(plain, target)
    plain.unlink()
    return target


def _describe(raw: Any) -> None:
    """One sentence more in the description of one operation."""
    operation = next(
        item[method]
        for item in raw["paths"].values()
        for method in METHODS
        if method in item and "description" in item[method]
    )
    operation["description"] += " This sentence was added."


def _reshape(raw: Any) -> None:
    """One property more in the schema of a call."""
    raw["components"]["schemas"]["Call"]["properties"]["added_by_benchmark"] = {
        "type": "integer",
        "description": "A property that was added.",
    }


def bundled(source: Path, target: Path, *overlays: str) -> None:
    """Write a document as one file, by `ringback bundle`."""
    command = [sys.executable, "-m", "ringback", "bundle", str(source), "--output", str(target)]
    # Run beside the target: the settings of this repository's pyproject.toml are for its own document only.
    subprocess.run([*command, *overlays], check=True, cwd=target.parent)
