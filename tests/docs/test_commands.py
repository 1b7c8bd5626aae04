"""Every command of the tutorial and the how-to pages is run, and what the pages show is what is printed."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import socket
import sys
import tomllib
from importlib import metadata
from pathlib import Path

import pytest
from tests.docs.following import (
    PORTS,
    Command,
    File,
    NotRun,
    PageError,
    Reader,
    Step,
    differs,
    steps,
)

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs"
PAGES = [DOCS / "tutorial.md", *sorted((DOCS / "how-to").glob("*.md"))]
BASH = pytest.mark.skipif(
    shutil.which("bash") is None or shutil.which("ps") is None, reason="pages are followed in bash"
)

NOT_RUN = {
    "it needs GitHub": 0,
    "it needs the network": 0,
}
"""Why a block of a page is not run here; any other reason needs a place in this list first."""


def named(page: Path) -> str:
    return page.relative_to(DOCS).as_posix()


def environment(folder: Path) -> dict[str, str]:
    """A reader's: with ringback installed, without a network, and nothing of this machine's settings."""
    binaries = folder / "bin"
    binaries.mkdir()
    for name, module in (("ringback", "ringback"), ("python3", ""), ("python", "")):
        run = f"-m {module} " if module else ""
        script = f'#!/bin/sh\nexec {shlex.quote(sys.executable)} {run}"$@"\n'
        (binaries / name).write_text(script, encoding="utf-8")
        (binaries / name).chmod(0o755)
    paths = [str(binaries), str(Path(sys.executable).parent), os.environ["PATH"]]
    # Where ringback is not installed but found, pytest has to be told of its fixture.
    installed = any(
        one.value.startswith("ringback.emulator") for one in metadata.entry_points(group="pytest11")
    )
    return {
        "PYTEST_PLUGINS": "" if installed else "ringback.emulator.fixture",
        "PATH": os.pathsep.join(paths),
        "PYTHONPATH": os.pathsep.join(
            [str(ROOT / "generator"), str(ROOT / "generated"), *sys.path]
        ),
        "MYPYPATH": str(ROOT / "generated"),
        "HOME": str(folder),
        "LANG": "C.UTF-8",
        "COLUMNS": "100",
        "NO_COLOR": "1",
        "PYTHONDONTWRITEBYTECODE": "1",
        "http_proxy": "http://127.0.0.1:9",
        "https_proxy": "http://127.0.0.1:9",
        "no_proxy": "127.0.0.1,localhost",
    }


def with_free_ports(text: str) -> str:
    """The page with ports that nobody uses: others may be following it at the same time."""
    ports = sorted(set(PORTS.findall(text)))
    for port, probe in [(port, socket.socket()) for port in ports]:
        with probe:
            probe.bind(("127.0.0.1", 0))
            text = text.replace(port, str(probe.getsockname()[1]))
    return text


def is_installation(command: str) -> bool:
    return re.match(r"(python3 -m venv|\. \.venv/bin/activate|pip install) ?", command) is not None


@BASH
@pytest.mark.parametrize("page", PAGES, ids=named)
def test_what_a_page_says_is_so(page: Path, tmp_path: Path) -> None:
    here = tmp_path / "here"
    here.mkdir()
    # What a page installs is there already; `make tutorial` follows it with an environment of its own.
    todo = [
        step
        for step in steps(with_free_ports(page.read_text("utf-8")))
        if not (isinstance(step, Command) and is_installation(step.text))
    ]
    with Reader(here, environment(tmp_path)) as reader:
        reader.follow(todo)


@pytest.mark.parametrize("page", PAGES, ids=named)
def test_what_a_page_installs_is_what_there_is(page: Path) -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    for step in steps(page.read_text("utf-8")):
        if not isinstance(step, Command) or not step.text.startswith("pip install"):
            continue
        for wanted in shlex.split(step.text)[2:]:
            name, _, extras = wanted.rstrip("]").partition("[")
            if name == "ringback":
                known = project["optional-dependencies"]
                assert {one for one in extras.split(",") if one} <= known.keys(), step.text
            elif not name.startswith("-"):
                assert metadata.version(name), step.text


def test_what_is_not_run_has_a_reason_that_is_known() -> None:
    reasons = [
        step.reason
        for page in PAGES
        for step in steps(page.read_text("utf-8"))
        if isinstance(step, NotRun)
    ]
    assert set(reasons) <= NOT_RUN.keys()


@pytest.mark.parametrize("page", PAGES, ids=named)
def test_no_command_of_a_page_hides_from_the_test(page: Path) -> None:
    fenced = False
    for line in page.read_text("utf-8").splitlines():
        fenced ^= line.lstrip().startswith("```")
        hidden = not fenced and re.match(r"(    |\t)(\$ |ringback |pip |make )", line)
        assert not hidden, f"{line!r} belongs into a block of the kind console"


# -- the test of the test

PAGE = """\
Text.

```console
$ mkdir a && cd a
```

```python title="b/hello.py"
print("hello")
print("a", 17, "z")
```

```console
$ python3 \\
> b/hello.py
hello
a … z
$ echo one; echo two; echo three
one
…
```

<!-- exits with 3 -->
```console
$ true
$ sh -c 'exit 3'
```

```yaml
not: saved
```

```console title="not run here: it needs the network"
$ rm -rf /
```
"""


def test_a_page_is_read_as_a_reader_does() -> None:
    assert list(steps(PAGE)) == [
        Command(4, "mkdir a && cd a", ()),
        File(7, "b/hello.py", 'print("hello")\nprint("a", 17, "z")\n'),
        Command(13, "python3 \\\nb/hello.py", ("hello", "a … z")),
        Command(17, "echo one; echo two; echo three", ("one", "…")),
        Command(24, "true", ()),
        Command(25, "sh -c 'exit 3'", (), 3),
        NotRun(32, "it needs the network"),
    ]


def follow(text: str, folder: Path) -> list[Step]:
    seen: list[Step] = []
    here = folder / "here"
    here.mkdir()
    with Reader(here, environment(folder), seconds=4) as reader:
        reader.follow(steps(text), seen.append)
    return seen


@BASH
def test_a_page_that_is_right_is_followed_to_its_end(tmp_path: Path) -> None:
    assert len(follow(PAGE, tmp_path)) == 7
    assert (tmp_path / "here" / "a" / "b" / "hello.py").is_file()


@BASH
@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        (
            "\nhello\n",
            "\nhallo\n",
            r"line 13: (?s:.)*the page has\nhallo\n(?s:.)*printed was\nhello",
        ),
        ("\na … z", "\na … y", r"line 13:"),
        ("\none\n…", "\none\ntwo", r"line 17:"),
        ("exits with 3", "exits with 4", r"line 25: (?s:.)*ended with 3, not 4"),
        ("$ true", "$ false", r"line 24: false\nended with 1, not 0"),
        ("$ true", "$ sleep 60", r"no end after 4 s: sleep 60"),
        ("$ true", "$ exit 0", r"no end"),
        ('b/hello.py"', '../../x.py"', r"line 7: ../../x.py is not below the folder"),
        ("```console\n$ mkdir", "```console\nmkdir", r"line 3: a console block begins with"),
        ("```console\n$ mkdir", "```sh\n$ mkdir", r"line 3: commands stand in blocks"),
        ("```console\n$ mkdir", '```console title="x"\n$ mkdir', r"line 3: .* nobody would run"),
    ],
)
def test_a_page_that_is_wrong_is_found(before: str, after: str, said: str, tmp_path: Path) -> None:
    assert before in PAGE
    with pytest.raises(PageError, match=said):
        follow(PAGE.replace(before, after, 1), tmp_path)


@BASH
def test_what_a_page_leaves_running_is_ended(tmp_path: Path) -> None:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    script = (
        "import http.server as h, sys; "
        "h.ThreadingHTTPServer(('127.0.0.1', int(sys.argv[2])), h.BaseHTTPRequestHandler).serve_forever()"
    )
    fetch = f"import socket; socket.create_connection(('127.0.0.1', {port}))"
    page = (
        f'```console\n$ python3 -c "{script}" --port {port} > log 2>&1 &\n'
        f'$ python3 -c "{fetch}"\n```\n'
    )
    follow(page, tmp_path)
    with socket.socket() as probe:
        assert probe.connect_ex(("127.0.0.1", port)) != 0


def test_differences_are_shown_with_both_sides() -> None:
    assert differs(["a", "…", "b"], "a\nb\n") == ""
    assert differs(["a", "…", "b"], "a\n1\n2\nb\n") == ""
    assert differs(["a (…)"], "a (x)\n") == ""
    assert differs(["a.c"], "abc\n") == "the page has\na.c\n-- and printed was\nabc"
    assert differs(["a"], "a\nb\n") != ""
