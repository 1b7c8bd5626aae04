"""The scripts of docs/site, as modules."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from types import ModuleType

SITE = Path(__file__).parents[2] / "docs" / "site"


def script(name: str) -> ModuleType:
    """A script of docs/site, imported anew."""
    spec = importlib.util.spec_from_file_location(f"docs_site_{name}", SITE / f"{name}.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def reference() -> ModuleType:
    """What writes the pages that are made of the code."""
    return script("reference")
