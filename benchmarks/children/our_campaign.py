"""What `ringback test` does to the emulator in this process, with its defaults; says how much as JSON.

Arguments: the document (JSON), the seconds (0: as it comes), the seed. Requests are counted at the gateway.
"""

from __future__ import annotations

import json
import sys

from ringback import openapi, source
from ringback.contract import Contract, Options, Phase, load_app, run

AUTH = "AC" + "0123456789abcdef" * 2 + ":not-a-secret"


def main() -> None:
    document, seconds, seed = sys.argv[1], float(sys.argv[2]), int(sys.argv[3])
    parsed, _ = openapi.parse(source.load(document), second=False)
    options = Options(seeds=(seed,), auth=AUTH)
    if seconds:
        options = Options(seeds=(seed,), auth=AUTH, max_time=seconds)
    found = run(Contract.of(parsed), load_app("ringback.emulator:create_app"), options)
    generated = [one for one in found.exchanges if one.phase is not Phase.SCENARIO]
    first = min((one.started for one in generated), default=0.0)
    last = max((one.started + one.elapsed for one in generated), default=0.0)
    said = {
        "generated": len(generated),  # by the engine that is schemathesis' own, in these seconds
        "generating": last - first,
        "requests": found.budget.requests,
        "seconds": found.elapsed,
        "findings": [f"[{one.code}] {one.operation}: {one.message}" for one in found.findings],
        "operations": sum(any(n for _, n in one.documented) for one in found.coverage.operations),
        "statuses": sum(n > 0 for one in found.coverage.operations for _, n in one.documented),
        "stopped": found.stopped,
    }
    print(json.dumps(said))


main()
