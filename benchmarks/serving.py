"""Servers that are measured while they run, each a process of its own, and the load that wrk puts on them."""

from __future__ import annotations

import base64
import http.client
import os
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from peers import Unavailable

SCRIPT = Path(__file__).parent / "children" / "load.lua"
CONNECTIONS = 16
PATIENCE = 30.0


@dataclass(frozen=True, slots=True)
class Request:
    """What is asked: a method, paths that take turns, a form."""

    method: str
    paths: tuple[str, ...]
    form: str = ""


@dataclass(frozen=True, slots=True)
class Load:
    """What became of it: answers per second, latencies in ms (median, p99), the server's CPU time per answer in
    microseconds, and how many answers were errors, of how many."""

    rate: float
    middle: float
    slowest: float
    cpu: float
    failed: int
    answers: int


@dataclass(frozen=True, slots=True)
class Server:
    """A running server. `started` is the time in seconds from its start to its first answer."""

    name: str
    port: int
    process: int
    started: float
    account: str
    token: str

    def resident(self) -> float:
        """Its memory, in MiB: that of all its processes."""
        return sum(_resident(one) for one in _family(self.process))

    def cpu(self) -> float:
        """The CPU time that it has taken so far, in seconds."""
        return sum(_cpu(one) for one in _family(self.process))

    def ask(self, method: str, path: str, form: str = "") -> tuple[int, bytes]:
        """One request: the status and the body of the answer."""
        link = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        try:
            headers = {"Authorization": self.authorization}
            if form:
                headers["Content-Type"] = "application/x-www-form-urlencoded"
            link.request(method, path, form or None, headers)
            answer = link.getresponse()
            return answer.status, answer.read()
        finally:
            link.close()

    @property
    def authorization(self) -> str:
        """The header that opens it."""
        return "Basic " + base64.b64encode(f"{self.account}:{self.token}".encode()).decode()


@contextmanager
def running(
    name: str, command: Sequence[str], port: int, account: str, token: str, path: str, folder: Path
) -> Iterator[Server]:
    """Run a server until the block ends; it is there when `path` answers 200. Raises Unavailable."""
    log = folder / f"{name}.log"
    with log.open("wb") as said:
        began = time.perf_counter()
        child = subprocess.Popen(
            command, cwd=folder, stdin=subprocess.DEVNULL, stdout=said, stderr=said
        )
        try:
            waiting = Server(name, port, child.pid, 0.0, account, token)
            while not _answers(waiting, path):
                if child.poll() is not None or time.perf_counter() - began > PATIENCE:
                    raise Unavailable(f"did not start: {_last(log)}")
                time.sleep(0.005)
            yield Server(name, port, child.pid, time.perf_counter() - began, account, token)
        except Exception as error:
            code = child.poll()
            if code is None:
                raise
            raise RuntimeError(f"{name} ended with {code}: {_last(log)}") from error
        finally:
            child.terminate()
            try:
                child.wait(10)
            except subprocess.TimeoutExpired:
                child.kill()
                child.wait()


def _answers(server: Server, path: str) -> bool:
    try:
        return server.ask("GET", path)[0] == 200
    except (OSError, http.client.HTTPException):
        return False


def _last(log: Path) -> str:
    lines = log.read_text("utf-8", "replace").strip().splitlines()
    return lines[-1][:160] if lines else "no word"


def free_port() -> int:
    """A port of this machine that nobody listens on."""
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        return int(listening.getsockname()[1])


def wrk() -> str:
    """Where wrk is. Raises Unavailable."""
    found = shutil.which("wrk")
    if found is None:
        raise Unavailable("wrk is not installed (Debian and Ubuntu: apt-get install wrk)")
    return found


def loaded(server: Server, request: Request, seconds: float, folder: Path) -> Load:
    """Put load on a server for some seconds."""
    paths = folder / "paths.txt"
    paths.write_text("".join(f"{path}\n" for path in request.paths), encoding="utf-8")
    command = [wrk(), "-t1", f"-c{CONNECTIONS}", f"-d{seconds:g}s", "--timeout", "10s"]
    before = server.cpu()
    done = subprocess.run(
        [*command, "-s", str(SCRIPT), f"http://127.0.0.1:{server.port}/"],
        env={
            **os.environ,
            "LOAD_METHOD": request.method,
            "LOAD_AUTHORIZATION": server.authorization,
            "LOAD_FORM": request.form,
            "LOAD_PATHS": str(paths),
        },
        capture_output=True,
        text=True,
        check=False,
        timeout=seconds + PATIENCE,
    )
    told = [line for line in done.stdout.splitlines() if line.startswith("FIGURES ")]
    if done.returncode or not told:
        raise RuntimeError(f"wrk failed: {(done.stderr or done.stdout).strip()[-300:]}")
    answers, microseconds, middle, slowest, failed = map(int, told[0].split()[1:])
    cpu = (server.cpu() - before) / max(answers, 1) * 1e6
    return Load(answers / microseconds * 1e6, middle / 1000, slowest / 1000, cpu, failed, answers)


def _resident(process: int) -> float:
    try:
        lines = Path(f"/proc/{process}/status").read_text("utf-8").splitlines()
    except OSError:
        return 0.0
    return sum(int(line.split()[1]) / 1024 for line in lines if line.startswith("VmRSS:"))


def _cpu(process: int) -> float:
    try:
        told = Path(f"/proc/{process}/stat").read_text("utf-8").rpartition(")")[2].split()
    except OSError:
        return 0.0
    return (int(told[11]) + int(told[12])) / os.sysconf("SC_CLK_TCK")


def _family(process: int) -> list[int]:
    """A process and its children's children, where the system tells."""
    found = [process]
    for one in found:
        try:
            told = Path(f"/proc/{one}/task/{one}/children").read_text("utf-8")
        except OSError:
            continue
        found += [int(child) for child in told.split()]
    return found
