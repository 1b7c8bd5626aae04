"""Fixtures; the client that they give is a module beside them, which this makes importable."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

sys.path.insert(0, str(Path(__file__).parent))

from mocked import LIBRARY, Client, Open

from ringback.mock import Application, create_app


@pytest.fixture
def opened(tmp_path: Path) -> Iterator[Open]:
    """Makes mocks of documents: of a file, or of a text in YAML."""
    made: list[Application] = []

    def open_(document: Path | str, **options: Any) -> Client:
        if isinstance(document, str):
            file = tmp_path / f"document{len(made)}.yaml"
            file.write_text(document, encoding="utf-8")
            document = file
        app = create_app(str(document), **options)
        made.append(app)
        return Client(app)

    yield open_
    for app in made:
        app.close()


@pytest.fixture
def library(opened: Open) -> Client:
    """The mock of our own document."""
    return opened(LIBRARY)
