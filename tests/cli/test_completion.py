"""`ringback completion`: bash itself is asked what it would complete; zsh and fish where they are installed."""

from __future__ import annotations

import argparse
import os
import pty
import select
import shutil
import subprocess
import time
from pathlib import Path

import pytest

from ringback.arguments import parser
from ringback.cli import main
from ringback.completion import commands, script
from ringback.setup_arguments import SHELLS

BASH = pytest.mark.skipif(shutil.which("bash") is None, reason="there is no bash")


def completed(folder: Path, *words: str) -> list[str]:
    """What bash offers for the last word of a line, in a folder."""
    quoted = " ".join("'" + word.replace("'", "'\\''") + "'" for word in ("ringback", *words))
    lines = [
        script(parser(), "bash"),
        f"COMP_WORDS=({quoted}); COMP_CWORD={len(words)}",
        "_ringback",
        'printf "%s\\n" "${COMPREPLY[@]}"',
    ]
    done = subprocess.run(
        ["bash", "--norc", "-u", "-c", "\n".join(lines)], cwd=folder, capture_output=True, text=True,
        check=True,
    )  # fmt: skip
    assert done.stderr == ""
    return sorted(filter(None, done.stdout.splitlines()))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "an api.yaml").touch()
    (tmp_path / "app.json").touch()
    (tmp_path / "spec").mkdir()
    return tmp_path


@BASH
def test_commands(folder: Path) -> None:
    every = {one.name for one in commands(parser())}
    assert set(completed(folder, "")) == every | {"-h", "--help", "--version"}
    assert completed(folder, "gen") == ["generate"]
    assert completed(folder, "--v") == ["--version"]
    assert completed(folder, "nonsense") == []


@BASH
def test_options_of_every_command(folder: Path) -> None:
    for one in commands(parser()):
        names = sorted(name for option in one.options for name in option.names)
        assert completed(folder, one.name, "-") == names


@BASH
def test_values_of_options(folder: Path) -> None:
    assert completed(folder, "validate", "--format", "") == ["github", "json", "text"]
    assert completed(folder, "validate", "--strict", "--format", "g") == ["github"]
    assert completed(folder, "validate", "--format=", "=", "j") == []
    assert completed(folder, "validate", "--format", "=", "j") == ["json"]
    assert completed(folder, "validate", "--format", "=") == ["github", "json", "text"]
    assert completed(folder, "test", "--seed", "") == []
    assert completed(folder, "completion", "") == ["bash", "fish", "zsh"]


@BASH
def test_files(folder: Path) -> None:
    assert completed(folder, "generate", "a") == ["an api.yaml", "app.json"]
    assert completed(folder, "generate", "--overlay", "") == ["an api.yaml", "app.json", "spec"]
    assert completed(folder, "generate", "--overlay", "s") == ["spec"]
    assert completed(folder, "doctor", "") == []


@BASH
def test_the_script_registers_itself(tmp_path: Path) -> None:
    code = script(parser(), "bash") + "\ncomplete -p ringback"
    done = subprocess.run(
        ["bash", "--norc", "-c", code], capture_output=True, text=True, check=True
    )
    assert done.stdout == "complete -F _ringback ringback\n"


@pytest.mark.parametrize("shell", SHELLS)
def test_every_command_and_option_is_in_every_script(
    shell: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["completion", shell]) == 0
    text = capsys.readouterr().out
    for one in commands(parser()):
        assert one.name in text
        for option in one.options:
            for name in option.names:
                shown = {"fish": f"-l {name[2:]} " if name.startswith("--") else f"-s {name[1:]} "}
                assert shown.get(shell, name) in text


def test_words_with_quotes_and_brackets_are_quoted() -> None:
    root = argparse.ArgumentParser(prog="it's")
    inner = root.add_subparsers().add_parser("go", help="it's [here]: go")
    inner.add_argument("--way", choices=("a", "b"), help="don't [go]: \\n wrong; not this")
    inner.add_argument("--file", metavar="FILE", help="%% of it")
    assert "'--way[don'\\''t \\[go\\]\\: \\\\n wrong]:value:(a b)'" in script(root, "zsh").replace(
        "'*--way", "'--way"
    )
    assert "-l way -x -a 'a b' -d 'don\\'t [go]: \\\\n wrong'" in script(root, "fish")
    assert "-l file -r -F -d '% of it'" in script(root, "fish")


@pytest.mark.parametrize("shell", ["zsh", "fish"])
def test_the_shell_itself_reads_the_script(shell: str) -> None:
    program = shutil.which(shell)
    if program is None:
        pytest.skip(f"there is no {shell}")
    text = script(parser(), shell)
    done = subprocess.run([program, "-n"], input=text, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")


# -- fish


def fished(folder: Path, line: str) -> list[str]:
    """What fish offers for the last word of a line, in a folder."""
    code = f"{script(parser(), 'fish')}\ncomplete -C '{line}'"
    done = subprocess.run(
        ["fish", "--no-config", "-c", code], cwd=folder, capture_output=True, text=True, check=True,
        env={**os.environ, "HOME": str(folder / "home")},
    )  # fmt: skip
    assert done.stderr == ""
    return sorted(one.partition("\t")[0] for one in done.stdout.splitlines())


@pytest.mark.skipif(shutil.which("fish") is None, reason="there is no fish")
def test_fish_completes(folder: Path) -> None:
    assert fished(folder, "ringback ") == sorted(one.name for one in commands(parser()))
    assert fished(folder, "ringback gen") == ["generate"]
    assert fished(folder, "ringback validate --format g") == ["github"]
    assert fished(folder, "ringback validate --format=g") == ["--format=github"]
    assert fished(folder, "ringback completion ") == ["bash", "fish", "zsh"]
    assert fished(folder, "ringback generate a") == ["an api.yaml", "app.json"]
    assert fished(folder, "ringback generate --overlay s") == ["spec/"]
    assert fished(folder, "ringback doctor ") == []
    for one in commands(parser()):
        long = sorted(n for option in one.options for n in option.names if n.startswith("--"))
        assert fished(folder, f"ringback {one.name} --") == long


# -- zsh


def zshed(folder: Path, *lines: str) -> list[str]:
    """What zsh, on a terminal, makes of lines when the tab key is pressed."""
    (folder / "_ringback").write_text(script(parser(), "zsh"))
    setup = "PS1=; unsetopt BEEP; autoload -Uz compinit; compinit -u -D; source ./_ringback; "
    main_end, other = pty.openpty()
    process = subprocess.Popen(
        ["zsh", "-f", "-i"], cwd=folder, stdin=other, stdout=other, stderr=other, start_new_session=True,
        env={**os.environ, "TERM": "dumb", "HOME": str(folder), "LC_ALL": "C", "COLUMNS": "200"},
    )  # fmt: skip
    os.close(other)
    try:
        os.write(main_end, f"{setup} echo '<''ready''>'\n".encode())
        _until(main_end, b"<ready>")
        found = []
        for number, line in enumerate(lines):
            # Home, end: the line that came of it is shown by echo, between marks of its own.
            os.write(main_end, f"{line}\t\x01echo '<''{number}'' \x05>'\n".encode())
            shown = _until(main_end, b">\r\n", after=f"\n<{number} ".encode())
            found.append(shown.decode().rstrip())
        return found
    finally:
        process.kill()
        process.wait()
        os.close(main_end)


def _until(terminal: int, end: bytes, after: bytes = b"") -> bytes:
    """Reads until an end comes; gives what stands between."""
    text, stop = b"", time.monotonic() + 30
    while time.monotonic() < stop:
        begin = text.find(after)
        if begin >= 0 and (ends := text.find(end, begin + len(after))) >= 0:
            return text[begin + len(after) : ends]
        if select.select([terminal], [], [], 0.5)[0]:
            text += os.read(terminal, 65536)
    raise AssertionError(f"{after!r}…{end!r} did not come: {text!r}")


@pytest.mark.skipif(shutil.which("zsh") is None, reason="there is no zsh")
def test_zsh_completes(folder: Path) -> None:
    wanted = {
        "ringback gen": "ringback generate",
        "ringback --v": "ringback --version",
        "ringback validate --stri": "ringback validate --strict",
        "ringback validate --format g": "ringback validate --format github",
        "ringback validate --strict --format j": "ringback validate --strict --format json",
        "ringback completion f": "ringback completion fish",
        "ringback generate app": "ringback generate app.json",
        "ringback generate an": "ringback generate an\\ api.yaml",
        "ringback generate --overlay s": "ringback generate --overlay spec",  # the slash goes with the next key
        "ringback test --seed a": "ringback test --seed a",
        "ringback doctor a": "ringback doctor a",
    }
    assert dict(zip(wanted, zshed(folder, *wanted), strict=True)) == wanted


def test_another_shell_is_a_usage_error(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stop:
        main(["completion", "tcsh"])
    assert stop.value.code == 2
    assert "bash" in capsys.readouterr().err
