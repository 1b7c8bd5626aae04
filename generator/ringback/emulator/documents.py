"""The documents behind the emulator: where they are, in a checkout and in an installed package."""

from __future__ import annotations

from pathlib import Path
from typing import Final

DOCUMENT: Final = "voice.yaml"
OVERLAYS: Final = ("overlays/twilio.yaml", "overlays/resources.yaml")
VOCABULARY: Final = "twiml.yaml"


def spec_dir() -> Path:
    """The documents: inside an installed package, beside generator/ in a checkout."""
    package = Path(__file__).parents[1]
    if package.parent.name == "generator":
        return package.parents[1] / "spec"
    return package / "spec"
