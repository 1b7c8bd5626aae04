"""A campaign in a process of its own: `apart.py [FAULT]` prints its report as JSON.

What hypothesis draws depends on the modules that a process has loaded (it collects their constants), and schemathesis keeps
its checks and formats per process. In a process of its own a campaign is the same whatever else is tested.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
sys.path[:0] = [str(ROOT / "docs" / "examples"), str(Path(__file__).parent)]

import campaign  # noqa: E402
from faults import FAULTS  # noqa: E402
from memory_store import World  # noqa: E402
from memory_voice import memory_app  # noqa: E402

from ringback import source  # noqa: E402

SPEC = ROOT / "spec"


def main() -> None:
    overlays = (SPEC / "overlays" / "twilio.yaml", SPEC / "overlays" / "resources.yaml")
    root = source.load(SPEC / "voice.yaml", overlays).root
    world = World(seed=1)
    if len(sys.argv) > 1:
        faulty, paths, check = FAULTS[sys.argv[1]]
        stateful = check == "use_after_free"
        report = campaign.run(
            faulty(world), world, root, examples=10, only=paths, stateful=stateful
        )
    else:
        report = campaign.run(memory_app(world=world), world, root, examples=20, stateful=True)
    shown = {
        "checks": sorted(report.checks()),
        "findings": sorted(map(str, report.findings.values())),
        "errors": sorted(map(str, report.errors)),
        "answers": [[label, status, count] for (label, status), count in report.answers.items()],
    }
    print("\n" + json.dumps(shown))


if __name__ == "__main__":
    main()
