"""`make bench`: measures everything in one run and writes benchmarks/RESULTS.md."""

from __future__ import annotations

import argparse
import os
import shutil
from dataclasses import replace
from pathlib import Path

import calls
import generation
import importing
import results
from documents import written
from peers import Unavailable, installed

HERE = Path(__file__).parent
WORK = HERE / ".work"


def main() -> None:
    options = _options()
    os.environ.pop("PYTHONPATH", None)  # else our packages would stand in the way of the peers' own
    shutil.rmtree(WORK, ignore_errors=True)
    documents = written(WORK / "documents")
    missing, twilio = "", None
    try:
        twilio = installed("twilio", ("twilio",)) / "python"
    except Unavailable as error:
        missing = f"could not be installed: {error}"
    print("generation, from YAML", flush=True)
    yaml = generation.measured(documents, WORK / "yaml", options.rounds)
    print("generation, from JSON", flush=True)
    as_json = replace(documents, base=documents.as_json)
    json = generation.measured(as_json, WORK / "json", options.rounds, ("cold",))
    overlaid = generation.with_overlays(WORK, options.rounds)
    print("imports", flush=True)
    imports = importing.measured(twilio, options.samples)
    print("calls", flush=True)
    listings = calls.measured(WORK, twilio, options.rounds)
    found = results.Measured(
        documents, yaml, json, overlaid, imports, listings, options.rounds, options.samples, missing
    )
    page = results.page(found)
    options.output.write_text(page, encoding="utf-8")
    shutil.rmtree(WORK, ignore_errors=True)
    print(page)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=5, help="runs of each tool (default: 5)")
    parser.add_argument("--samples", type=int, default=21, help="of each import (default: 21)")
    parser.add_argument("--output", type=Path, default=HERE / "RESULTS.md", help="where to write")
    return parser.parse_args()


if __name__ == "__main__":
    main()
