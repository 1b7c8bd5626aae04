"""What this package was made from: it changes with every change of the document, and nothing else here does."""

from __future__ import annotations

from ._runtime.table import MadeFrom

DOCUMENT = MadeFrom(
    title="Twilio Voice API",
    version="2.0",
    openapi="3.1.0",
    sha256="c84a8f78d211b5c24014f5c66bba269fe3c26b73ffdc63942f80e48b150e114f",
)
"""The document: nothing of it is sent, but for the version in the `User-Agent`."""

__all__ = ["DOCUMENT"]
