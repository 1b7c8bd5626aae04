"""The command `mock`: from the command line and the settings to a mock that is served, or explained."""

from __future__ import annotations

import argparse
import sys
from typing import TYPE_CHECKING

from ringback.usage import UsageError

if TYPE_CHECKING:
    from ringback.settings import Settings

OK = 0


def mock(options: argparse.Namespace, settings: Settings) -> int:
    """`ringback mock`; gives the exit status. Raises UsageError and DocumentError."""
    try:
        import sqlalchemy  # noqa: F401
    except ImportError:
        raise UsageError("the mock needs an extra: pip install 'ringback[mock]'") from None
    from ringback import mock as guest
    from ringback.openapi import parse

    document = parse(settings.load(), second=False)[0]
    try:
        chosen = guest.Settings.of(_told(options, settings))
        served = guest.Options(options.host, options.port, options.state, chosen)
        if not options.explain:
            guest.mock(document, served, lambda line: print(line, flush=True))
            return OK
        app = guest.create_app(document, settings=chosen)
        sys.stdout.write(guest.explain(app))
        app.close()
    except guest.Unusable as error:
        raise UsageError(str(error)) from None
    return OK


def _told(options: argparse.Namespace, settings: Settings) -> dict[str, object]:
    """The settings, with what the command line says instead."""
    told: dict[str, object] = dict(settings.mock)
    for name, value in (
        ("seed", options.seed),
        ("credentials", options.auth),
        ("data", options.data),
    ):
        if value is not None:
            told[name] = value
    return told
