"""`make bench`: measures and writes benchmarks/RESULTS.md. With `--only` the page keeps the other parts as they were."""

from __future__ import annotations

import argparse
import os
import shutil
from dataclasses import replace
from functools import cache
from pathlib import Path

import calls
import campaigns
import emulated
import generation
import importing
import large
import results
from documents import Documents, written
from peers import Unavailable, installed

import emulator

HERE = Path(__file__).parent
WORK = HERE / ".work"
CAMPAIGN = 20.0  # seconds of each campaign that is compared
PARTS = ("generation", "documents", "imports", "calls", "emulator", "contract")


def main() -> None:
    options = _options()
    os.environ.pop("PYTHONPATH", None)  # else our packages would stand in the way of the peers' own
    shutil.rmtree(WORK, ignore_errors=True)
    voice = cache(lambda: written(WORK / "documents"))
    wanted = options.only or PARTS
    missing, twilio = _twilio() if {"imports", "calls"} & set(wanted) else ("", None)
    for name in PARTS:
        if name not in wanted:
            continue
        print(name, flush=True)
        if name == "generation":
            part = _generation(voice(), options.rounds)
        elif name == "documents":
            if options.documents is None:
                print("  none: --documents DIR names a folder of them", flush=True)
                continue
            for those in large.measured(options.documents, WORK / "large", options.rounds):
                _write(large.part(those, options.rounds), options.output)
            continue
        elif name == "imports":
            found = importing.measured(twilio, options.samples)
            part = results.imports(found, options.samples, missing)
        elif name == "calls":
            part = results.listings(calls.measured(WORK, twilio, options.rounds))
        elif name == "contract":
            found_campaigns = campaigns.measured(voice().as_json, options.turns, CAMPAIGN)
            part = campaigns.part(found_campaigns)
        else:
            measured = emulator.measured(
                voice().as_json, WORK / "emulator", options.turns, options.seconds
            )
            part = emulated.part(measured)
        _write(part, options.output)
    shutil.rmtree(WORK, ignore_errors=True)
    print(options.output.read_text(encoding="utf-8"))


def _write(part: results.Part, page: Path) -> None:
    """Put a part into the page at once: a later one that fails takes nothing away."""
    before = page.read_text(encoding="utf-8") if page.is_file() else ""
    page.write_text(results.page([part], before), encoding="utf-8")


def _twilio() -> tuple[str, Path | None]:
    """The interpreter that has the vendor's client, or what kept it from being installed."""
    try:
        return "", installed("twilio", ("twilio",)) / "python"
    except Unavailable as error:
        return f"could not be installed: {error}", None


def _generation(documents: Documents, rounds: int) -> results.Part:
    yaml = generation.measured(documents, WORK / "yaml", rounds)
    as_json = replace(documents, base=documents.as_json)
    json = generation.measured(as_json, WORK / "json", rounds, ("cold",))
    overlaid = generation.with_overlays(WORK, rounds)
    return results.generation(documents, yaml, json, overlaid, rounds)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "--only", action="append", choices=PARTS, help="measure this part; several may be named"
    )
    parser.add_argument("--rounds", type=int, default=5, help="runs of each tool (default: 5)")
    parser.add_argument("--samples", type=int, default=21, help="of each import (default: 21)")
    parser.add_argument(
        "--turns", type=int, default=3, help="of each server under load (default: 3)"
    )
    parser.add_argument(
        "--seconds", type=float, default=6.0, help="of load in each turn (default: 6)"
    )
    parser.add_argument(
        "--documents", type=Path, help="a folder of documents of others, for the part of that name"
    )
    parser.add_argument("--output", type=Path, default=HERE / "RESULTS.md", help="where to write")
    return parser.parse_args()


if __name__ == "__main__":
    main()
