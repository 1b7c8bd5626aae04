"""Help that teaches: every command says what it does, shows two ways to call it that work, and what it ends with."""

from __future__ import annotations

import argparse
import contextlib
import io
import re
import shlex

import pytest

from ringback.arguments import parser
from ringback.cli import main
from ringback.common_arguments import Help


def _commands() -> dict[str, argparse.ArgumentParser]:
    (found,) = (one for one in parser()._actions if isinstance(one, argparse._SubParsersAction))
    return dict(found.choices)


Capsys = pytest.CaptureFixture[str]
COMMANDS = _commands()
EACH = pytest.mark.parametrize("name", COMMANDS)


def text(name: str) -> str:
    command = COMMANDS[name]
    return f"{command.description or ''}\n{command.epilog or ''}"


def examples(name: str) -> list[str]:
    """The calls of a command that its help shows."""
    lines = re.findall(r"^  (ringback \S.*)$", text(name), re.MULTILINE)
    return [
        line for line in lines if line.startswith(f"ringback {name} ") or line == f"ringback {name}"
    ]


@EACH
def test_it_shows_two_examples_that_the_parser_takes(name: str) -> None:
    assert len(examples(name)) >= 2
    for example in examples(name):
        words = shlex.split(example, comments=True)[1:]
        plain = words[: next((at for at, word in enumerate(words) if word in (">", "|")), None)]
        said = io.StringIO()
        try:
            with contextlib.redirect_stderr(said):
                parser().parse_args(plain)
        except SystemExit:
            pytest.fail(f"{example}: {said.getvalue()}")


@pytest.mark.parametrize(
    "line",
    (
        "diff old.yaml --format json new.yaml",
        "diff --format json old.yaml --overlay a.yaml new.yaml",
        "explain shop.yaml --overlay a.yaml Order",
        "explain shop.yaml Order --overlay a.yaml",
        "validate --overlay a.yaml shop.yaml --strict",
    ),
)
def test_options_may_stand_between_other_arguments(line: str) -> None:
    words = line.split()
    plain = [word for word in words if word.endswith((".yaml", "Order")) and word != "a.yaml"]
    options = [word for word in words[1:] if word not in plain]
    assert parser().parse_args(words) == parser().parse_args([words[0], *plain, *options])


@pytest.mark.parametrize(
    ("line", "said"),
    (
        ("diff old.yaml --nonsense new.yaml", "unrecognized arguments: --nonsense"),
        ("explain a.yaml --format json Name more", "unrecognized arguments: more"),
        ("completion", "ringback completion: error: the following arguments are required: SHELL"),
        ("bundle a.yaml", "ringback bundle: error: the following arguments are required: --output"),
    ),
)
def test_what_is_wrong_is_said_as_ever(line: str, said: str, capsys: Capsys) -> None:
    with pytest.raises(SystemExit) as ended:
        parser().parse_args(line.split())
    assert ended.value.code == 2
    assert said in capsys.readouterr().err


@pytest.mark.parametrize(
    ("line", "said"),
    (
        ("valdate a.yaml", "'completion'); did you mean validate?"),
        ("validate --format gihub", "; did you mean github?"),
        (
            "validate a.yaml --ovrlay=x",
            "unrecognized arguments: --ovrlay=x; did you mean --overlay?",
        ),
        ("validate a.yaml b.yaml", "ringback validate: error: unrecognized arguments: b.yaml\n"),
        ("validate --qqqq", "ringback validate: error: unrecognized arguments: --qqqq\n"),
        ("zzzzzz", "'completion')\n"),
    ),
)
def test_what_may_have_been_meant_is_said(line: str, said: str, capsys: Capsys) -> None:
    with pytest.raises(SystemExit) as ended:
        parser().parse_args(line.split())
    assert ended.value.code == 2
    assert (
        capsys.readouterr()
        .err.replace("completion)", "'completion')")
        .endswith(f"{said.strip()}\n")
    )


def test_without_a_word_the_help_is_shown(capsys: Capsys) -> None:
    assert main([]) == 2
    printed = capsys.readouterr()
    assert (printed.out, printed.err) == ("", parser().format_help())


@EACH
def test_it_says_what_it_ends_with(name: str) -> None:
    _, heading, after = text(name).partition("exit status:")
    assert heading, "no exit statuses"
    told = {
        int(one) for one in re.findall(r"(?:^\s*|, )(\d+)\b", after.split("\n\n")[0], re.MULTILINE)
    }
    assert {0, 2} <= told


@EACH
def test_it_has_a_summary_and_every_argument_is_explained(name: str) -> None:
    assert text(name).strip()
    silent = [one.dest for one in COMMANDS[name]._actions if not one.help]
    assert silent == []


@EACH
def test_no_line_is_too_long_for_a_wide_terminal(name: str) -> None:
    assert max(map(len, text(name).splitlines())) <= 140


def test_the_root_lists_every_command_with_a_summary() -> None:
    shown = parser().format_help()
    for name in COMMANDS:
        assert re.search(rf"^    {name}\s+\S|^    {name}$", shown, re.MULTILINE), name
    assert "exit status:" in shown


@pytest.mark.parametrize("columns", [50, 80, 200])
@EACH
def test_sentences_end_where_the_terminal_does_and_examples_stay(
    name: str, columns: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", str(columns))
    shown = COMMANDS[name].format_help()
    lines = shown.splitlines()
    assert all(
        example in lines for example in re.findall(r"^  ringback .*$", text(name), re.MULTILINE)
    )
    broken = re.sub(r"\s+", " ", shown)
    assert all(re.sub(r"\s+", " ", block).strip() in broken for block in text(name).split("\n\n"))
    sentences = [
        line for line in lines if not re.match(r"\s+(ringback|curl|eval) |usage:| {10,}", line)
    ]
    assert max(map(len, sentences)) <= columns


def test_a_paragraph_stays_one() -> None:
    shown = Help("x", width=30)._fill_text(
        "One two three four five six seven eight.\n\nNine:\n  0  ten eleven twelve thirteen fourteen\n  ringback example --of=a-long-line-that-stays\n",
        30,
        "",
    )
    assert shown.splitlines() == [
        "One two three four five six", "seven eight.", "", "Nine:", "  0  ten eleven twelve", "     thirteen fourteen",
        "  ringback example --of=a-long-line-that-stays",
    ]  # fmt: skip
