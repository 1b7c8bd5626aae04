"""What `ringback mock` takes, and the help that teaches it."""

from __future__ import annotations

import argparse
from typing import Final

from ringback.common_arguments import document, listening

MOCK: Final = """\
Serves a document with state: what is created can be fetched, listed, changed and deleted, and what breaks the document is
refused. What is not known comes from the document's examples, then from its schemas, the same for the same seed.
Needs the extra: pip install 'ringback[mock]'.

example:
  ringback mock api.yaml
  ringback mock api.yaml --explain                # what it takes for a resource, and why; serves nothing
  ringback mock api.yaml --state mock.db --seed 7
  curl -H 'Prefer: code=404' http://127.0.0.1:4010/pets/1

Settings stand under [tool.ringback.mock]: seed, credentials, initial, data, operations, lifecycles.

exit status:
  0    explained, or stopped
  1    the document is at fault
  2    the command line or the settings are at fault, or the address is taken
  130  interrupted
"""


def mock(command: argparse.ArgumentParser) -> None:
    """The arguments of `ringback mock`."""
    document(command)
    listening(command)
    command.add_argument(
        "--seed", type=int, metavar="N", help="draw other values and identifiers (default: 0)"
    )
    command.add_argument(
        "--state",
        default="memory",
        metavar="WHERE",
        help="memory, a file for SQLite, or the URL of a database (default: memory)",
    )
    command.add_argument(
        "--auth",
        action="append",
        metavar="CREDENTIALS",
        help="believe only these (user:password, or a token); may be repeated (default: any are believed)",
    )
    command.add_argument(
        "--data", metavar="FILE", help="rows to begin with: JSON, lists of objects by resource"
    )
    command.add_argument(
        "--explain",
        action="store_true",
        help="show the resources and what each operation does to them, with the reasons",
    )
