"""A PostgreSQL of the tests' own: installed where that is possible, started in a folder, stopped at the end."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest


def _programs() -> Path | None:
    """Where initdb and pg_ctl are; on a machine of our own with Debian's packages they are installed first."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    if not found and os.getuid() == 0 and shutil.which("apt-get"):
        for command in (
            ["apt-get", "update", "-qq"],
            ["apt-get", "install", "-y", "-qq", "postgresql"],
        ):
            subprocess.run(command, capture_output=True, check=False, timeout=300)
        found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    return found[-1].parent if found else None


@contextmanager
def postgres() -> Iterator[str]:
    """A server, and the URL of its database."""
    programs = _programs()
    if programs is None:
        pytest.skip("PostgreSQL IS NOT TESTED: no initdb here, and none could be installed")
    with tempfile.TemporaryDirectory() as folder, socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
        free.close()
        os.chmod(folder, 0o777)
        data = Path(folder) / "data"
        _as_postgres(
            [
                str(programs / "initdb"),
                "-D",
                str(data),
                "-A",
                "trust",
                "-U",
                "postgres",
                "-E",
                "UTF8",
            ]
        )
        options = f"-p {port} -k {folder} -c listen_addresses=127.0.0.1 -c fsync=off"
        control = [str(programs / "pg_ctl"), "-D", str(data), "-w"]
        _as_postgres([*control, "-o", options, "-l", str(Path(folder) / "log"), "start"])
        try:
            yield f"postgresql+psycopg://postgres@127.0.0.1:{port}/postgres"
        finally:
            _as_postgres([*control, "-m", "immediate", "stop"])


def _as_postgres(command: list[str]) -> None:
    """The server refuses to run as root."""
    user = "postgres" if os.getuid() == 0 else None
    subprocess.run(command, check=True, capture_output=True, user=user, cwd="/", timeout=120)
