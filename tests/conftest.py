"""Where the tests find what they test, also without an installation.

`RINGBACK_BINDINGS` names another package folder to test in place of generated/twilio_voice.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]
BINDINGS = Path(os.environ.get("RINGBACK_BINDINGS", ROOT / "generated" / "twilio_voice"))

for folder in (ROOT / "generator", ROOT / "docs" / "examples", BINDINGS.parent):
    sys.path.insert(0, str(folder))
