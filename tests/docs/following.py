"""Follows a page of docs/ as a reader would: saves the files that it shows, types its commands, compares what they print.

A page is followed in an empty folder, by one shell from its beginning to its end, so that folders, variables and servers in
the background are still there in the next block. What a page can say:

- A block with a file's name as its title is saved under that name: ```yaml title="parcels.yaml"
- A block of the kind `console` has commands after `$ `, which go on in lines after `> ` as in a terminal. What stands below a command
  is what it prints, where `…` stands for any text, and a line of only `…` for any number of lines.
- A command ends with 0, unless the comment `<!-- exits with N -->` before its block says what the last one ends with.
- A `console` block titled "not run here: REASON" is for readers alone.

A command that ends with `&` is waited for until the port that it names is open.
"""

from __future__ import annotations

import contextlib
import os
import re
import shutil
import signal
import socket
import subprocess
import threading
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import IO

NOT_RUN = "not run here: "
PORTS = re.compile(r"(?:127\.0\.0\.1:|--port[ =])(\d{4,5})")
END = "\x1e"  # ends what a command has printed; no command prints it
TOLD_OF_JOBS = re.compile(r"^\[\d+\][+-]? +[A-Z].*\n", re.MULTILINE)  # whenever the shell likes
SHELL_KINDS = {"sh", "bash", "shell", "shell-session", "zsh"}


@dataclass(frozen=True, slots=True)
class File:
    """A file that the reader saves."""

    line: int
    name: str
    text: str


@dataclass(frozen=True, slots=True)
class Command:
    """A command that the reader types; `expected` is empty where the page shows no output."""

    line: int
    text: str
    expected: tuple[str, ...]
    status: int = 0


@dataclass(frozen=True, slots=True)
class NotRun:
    """A block that only a reader can try, and why."""

    line: int
    reason: str


Step = File | Command | NotRun


class PageError(Exception):
    """The page is at fault, or what it says is not so; the message begins with the line."""


# -- reading a page


def steps(page: str) -> Iterator[Step]:
    """What a reader of the page does, in order."""
    lines = page.splitlines()
    number = 0
    before = ""
    while number < len(lines):
        line = lines[number]
        number += 1
        fence = re.match(r"( *)(`{3,})(.*)$", line)
        if fence is None:
            before = line or before
            continue
        end = next(i for i in range(number, len(lines)) if lines[i].strip() == fence[2])
        block = [text.removeprefix(fence[1]) for text in lines[number:end]]
        yield from _block(fence, number, block, before)
        number, before = end + 1, ""


def _block(fence: re.Match[str], line: int, block: list[str], before: str) -> Iterator[Step]:
    kind, _, rest = fence[3].strip().partition(" ")
    titled = re.search(r'title="([^"]*)"', rest)
    title = titled[1] if titled else ""
    if kind in SHELL_KINDS:
        raise PageError(f"line {line}: commands stand in blocks of the kind console")
    if kind == "console" and title.startswith(NOT_RUN):
        yield NotRun(line, title.removeprefix(NOT_RUN))
    elif kind == "console" and not title and not fence[1]:
        yield from _commands(line, block, before)
    elif kind == "console":
        raise PageError(f"line {line}: a console block that nobody would run")
    elif title:
        yield File(line, title, "\n".join(block) + "\n")


def _commands(line: int, block: list[str], before: str) -> Iterator[Command]:
    said = re.fullmatch(r"<!-- exits with (\d+) -->", before.strip())
    starts = [index for index, text in enumerate(block) if text.startswith("$ ")]
    if not starts or starts[0] != 0:
        raise PageError(f"line {line}: a console block begins with a command, after '$ '")
    for begin, end in zip(starts, [*starts[1:], len(block)], strict=True):
        after = begin + 1
        while after < end and block[after].startswith("> "):
            after += 1
        status = int(said[1]) if said and end == len(block) else 0
        text = "\n".join(one[2:] for one in block[begin:after])
        yield Command(line + begin + 1, text, tuple(block[after:end]), status)


# -- comparing


def differs(expected: Iterable[str], printed: str) -> str:
    """What of the expected lines is not as printed; empty where all is."""
    wanted = [line.rstrip() for line in expected]
    found = [line.rstrip() for line in printed.strip("\n").splitlines()]
    pattern = "".join(_line_pattern(line) for line in wanted)
    if re.fullmatch(pattern, "".join(f"{line}\n" for line in found)):
        return ""
    return "\n".join(["the page has", *wanted, "-- and printed was", *found])


def _line_pattern(line: str) -> str:
    if line == "…":
        return r"(?:.*\n)*?"
    return ".*?".join(re.escape(part) for part in line.split("…")) + r"\n"


# -- doing it


@dataclass(slots=True)
class Reader:
    """A shell in a folder; a context manager that ends whatever the page has left running."""

    folder: Path
    env: Mapping[str, str]
    seconds: float = 120.0
    process: subprocess.Popen[str] = field(init=False)

    def __enter__(self) -> Reader:
        self.process = subprocess.Popen(
            [shutil.which("bash") or "bash", "--noprofile", "--norc"],
            cwd=self.folder,
            env=dict(self.env),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            encoding="utf-8",
            start_new_session=True,
        )
        # As in a terminal: what is in the background can be named %1.
        self.type("set -m")
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        _kill(self.process.pid)
        self.process.wait()

    def follow(
        self, page: Iterable[Step], seen: Callable[[Step], None] = lambda step: None
    ) -> None:
        """Do what the page says. Raises PageError at the first thing that is not so."""
        for step in page:
            seen(step)
            if isinstance(step, File):
                self._save(step)
            elif isinstance(step, Command):
                self._run(step)

    def type(self, command: str) -> tuple[str, int]:
        """What a command prints on both streams, and what it ends with."""
        assert self.process.stdin is not None and self.process.stdout is not None
        self.process.stdin.write(f"{{ {command}\n}} < /dev/null 2>&1; printf '{END}%d {END}' $?\n")
        self.process.stdin.flush()
        watch = _Watch(self.process, self.seconds)
        with watch:
            printed = _until(self.process.stdout, END)
            status = _until(self.process.stdout, END)
        if watch.ran_out or not status:
            raise PageError(f"no end after {self.seconds:.0f} s: {command}\n{printed}")
        return TOLD_OF_JOBS.sub("", printed), int(status)

    def _save(self, step: File) -> None:
        here = Path(self.type("pwd")[0].strip())
        path = here / step.name
        if self.folder.resolve() not in (path.resolve(), *path.resolve().parents):
            raise PageError(f"line {step.line}: {step.name} is not below the folder")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(step.text, encoding="utf-8")

    def _run(self, step: Command) -> None:
        printed, status = self.type(step.text)
        if status != step.status:
            raise PageError(
                f"line {step.line}: {step.text}\nended with {status}, not {step.status}\n{printed}"
            )
        if step.text.rstrip().endswith("&"):
            _await_port(step)
        elif step.expected and (told := differs(step.expected, printed)):
            raise PageError(f"line {step.line}: {step.text}\n{told}")


def _kill(leader: int) -> None:
    """End a shell and all that it has started; what is in the background has a group of its own."""
    end = time.monotonic() + 10
    while (pids := _session(leader)) and time.monotonic() < end:
        for pid in pids:
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        time.sleep(0.02)


def _session(leader: int) -> list[int]:
    listed = subprocess.run(
        ["ps", "-eo", "pid=,sess=,stat="], capture_output=True, text=True, check=True
    ).stdout.splitlines()
    rows = [line.split() for line in listed]
    return [int(pid) for pid, session, state in rows if int(session) == leader and "Z" not in state]


class _Watch:
    """Ends a shell that takes too long, so that reading what it prints comes to an end too."""

    def __init__(self, process: subprocess.Popen[str], seconds: float) -> None:
        self.ran_out = False
        self._process = process
        self._timer = threading.Timer(seconds, self._end)

    def _end(self) -> None:
        self.ran_out = True
        _kill(self._process.pid)

    def __enter__(self) -> None:
        self._timer.start()

    def __exit__(self, *_: object) -> None:
        self._timer.cancel()


def _until(stream: IO[str], end: str) -> str:
    got: list[str] = []
    while (one := stream.read(1)) not in ("", end):
        got.append(one)
    return "".join(got)


def _await_port(step: Command) -> None:
    """Wait until the server that a command has started listens, as long as a reader would need to go on."""
    found = PORTS.search(step.text)
    if found is None:
        return
    end = time.monotonic() + 30
    while time.monotonic() < end:
        with socket.socket() as probe:
            probe.settimeout(0.5)
            if probe.connect_ex(("127.0.0.1", int(found[1]))) == 0:
                return
        time.sleep(0.1)
    raise PageError(f"line {step.line}: nothing listens at {found[1]} after: {step.text}")
