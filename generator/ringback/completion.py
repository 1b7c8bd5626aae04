"""`ringback completion`: scripts for shells, made of the parser itself, so that they know what it knows.

An option completes with its choices, with files where its value is a file or a folder, and with nothing where only the user
can know it. The scripts need nothing of ringback when a key is pressed: they are lists.
"""

from __future__ import annotations

import argparse
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

_FILES: Final = frozenset({"FILE", "DIR", "DOC", "OLD NEW", "PREFIX"})


@dataclass(frozen=True, slots=True)
class Option:
    """An option: its names, whether a value follows, what that may be (choices, or files), what it is for."""

    names: tuple[str, ...]
    takes: bool
    choices: tuple[str, ...]
    files: bool
    about: str


@dataclass(frozen=True, slots=True)
class Command:
    """A command: its options, and what stands without an option (choices, or files)."""

    name: str
    about: str
    options: tuple[Option, ...]
    choices: tuple[str, ...]
    files: bool


def script(parser: argparse.ArgumentParser, shell: str) -> str:
    """The completion script of a parser for bash, zsh or fish."""
    printers = {"bash": _bash, "zsh": _zsh, "fish": _fish}
    return printers[shell](parser.prog, tuple(commands(parser)), _options(parser))


def commands(parser: argparse.ArgumentParser) -> Iterator[Command]:
    """The commands of a parser, as a shell has to know them."""
    for action in parser._actions:
        if not isinstance(action, argparse._SubParsersAction):
            continue
        about = {one.dest: one.help or "" for one in action._choices_actions}
        for name, one in action.choices.items():
            plain = [two for two in one._actions if not two.option_strings]
            choices = [str(value) for two in plain for value in two.choices or ()]
            files = any(_is_file(two) for two in plain)
            yield Command(name, about.get(name, ""), _options(one), tuple(choices), files)


def _options(parser: argparse.ArgumentParser) -> tuple[Option, ...]:
    return tuple(
        Option(
            tuple(one.option_strings),
            one.nargs != 0,
            tuple(str(value) for value in one.choices or ()),
            _is_file(one),
            _about(one),
        )
        for one in parser._actions
        if one.option_strings
    )


def _is_file(action: argparse.Action) -> bool:
    return isinstance(action.metavar, str) and action.metavar in _FILES


def _about(action: argparse.Action) -> str:
    """What an option is for, up to the first stop, on one line."""
    text = " ".join((action.help or "").replace("%%", "%").split())
    return re.split(r"[;(]", text)[0].strip()


# -- bash


_BASH: Final = """\
# bash completion of {prog}; made by `{prog} completion bash`
_{ident}() {{
    local word="${{COMP_WORDS[COMP_CWORD]}}" before="${{COMP_WORDS[COMP_CWORD-1]}}" command="" index
    if [[ $word == "=" ]]; then  # --option=value is three words here
        word=""
    elif [[ $before == "=" ]]; then
        before="${{COMP_WORDS[COMP_CWORD-2]}}"
    fi
    for ((index = 1; index < COMP_CWORD; index++)); do
        case "${{COMP_WORDS[index]}}" in
            {names}) command="${{COMP_WORDS[index]}}"; break ;;
        esac
    done
    COMPREPLY=()
    if [[ -z $command ]]; then
        COMPREPLY=($(compgen -W "{top}" -- "$word"))
        return
    fi
    local options="" words="" files=""
    case "$command" in
{cases}
    esac
    case "$command $before" in
{values}
    esac
    if [[ $word == -* ]]; then
        COMPREPLY=($(compgen -W "$options" -- "$word"))
        return
    fi
    [[ -n $words ]] && COMPREPLY=($(compgen -W "$words" -- "$word"))
    [[ -n $files ]] && _{ident}_files
}}
_{ident}_files() {{
    local IFS=$'\\n'
    compopt -o filenames 2>/dev/null
    COMPREPLY+=($(compgen -f -- "$word"))
}}
complete -F _{ident} {prog}
"""


def _bash(prog: str, found: tuple[Command, ...], top: tuple[Option, ...]) -> str:
    cases, values = [], []
    for one in found:
        options = " ".join(name for option in one.options for name in option.names)
        words = " ".join(one.choices)
        files = "yes" if one.files else ""
        cases.append(f'        {one.name}) options="{options}" words="{words}" files="{files}" ;;')
        values += list(_bash_values(one, _ident(prog)))
    flags = [name for option in top for name in option.names]
    return _BASH.format(
        prog=prog,
        ident=_ident(prog),
        names="|".join(one.name for one in found),
        top=" ".join([*(one.name for one in found), *flags]),
        cases="\n".join(cases),
        values="\n".join(values),
    )


def _bash_values(command: Command, ident: str) -> Iterator[str]:
    """What follows an option that takes a value."""
    acts: dict[str, list[str]] = {}
    for one in command.options:
        if not one.takes:
            continue
        act = ":"
        if one.choices:
            act = f'COMPREPLY=($(compgen -W "{" ".join(one.choices)}" -- "$word"))'
        elif one.files:
            act = f"_{ident}_files"
        acts.setdefault(act, []).extend(f'"{command.name} {name}"' for name in one.names)
    for act, patterns in acts.items():
        yield f"        {'|'.join(patterns)}) {act}; return ;;"


def _ident(prog: str) -> str:
    return re.sub(r"\W", "_", prog)


# -- zsh


def _zsh(prog: str, found: tuple[Command, ...], top: tuple[Option, ...]) -> str:
    ident = _ident(prog)
    listed = "\n".join(f"        {_quoted(f'{one.name}:{one.about}')}" for one in found)
    cases = "\n".join(_zsh_case(one) for one in found)
    general = " ".join(_quoted(_zsh_option(one, name)) for one in top for name in one.names)
    return f"""\
#compdef {prog}
# zsh completion of {prog}; made by `{prog} completion zsh`
_{ident}() {{
    local context state state_descr line
    typeset -A opt_args
    _arguments -C {general} '1: :->command' '*:: :->rest'
    case $state in
        command)
            local -a commands=(
{listed}
            )
            _describe command commands
            ;;
        rest)
            case $line[1] in
{cases}
            esac
            ;;
    esac
}}
if [[ $funcstack[1] == _{ident} ]]; then
    _{ident} "$@"
else
    compdef _{ident} {prog}
fi
"""


def _zsh_case(command: Command) -> str:
    specs = [
        _quoted(("*" if one.takes else "") + _zsh_option(one, name))
        for one in command.options
        for name in one.names
    ]
    if command.choices:
        specs.append(_quoted(f"*: :({' '.join(command.choices)})"))
    elif command.files:
        specs.append(_quoted("*:file:_files"))
    inner = " \\\n                        ".join(specs)
    return f"                {command.name})\n                    _arguments {inner}\n                    ;;"


def _zsh_option(option: Option, name: str) -> str:
    about = re.sub(r"([\\\[\]:])", r"\\\1", option.about)
    if not option.takes:
        return f"{name}[{about}]"
    if option.choices:
        return f"{name}[{about}]:value:({' '.join(option.choices)})"
    return f"{name}[{about}]:{'file:_files' if option.files else 'value: '}"


def _quoted(text: str) -> str:
    """A word for a shell, in single quotes."""
    return "'" + text.replace("'", "'\\''") + "'"


# -- fish


def _fish(prog: str, found: tuple[Command, ...], top: tuple[Option, ...]) -> str:
    lines = [
        f"# fish completion of {prog}; made by `{prog} completion fish`",
        f"complete -c {prog} -f",
    ]
    for option in top:
        lines.append(_fish_line(prog, "__fish_use_subcommand", option))
    for one in found:
        about = _fish_quoted(one.about)
        lines.append(f"complete -c {prog} -n __fish_use_subcommand -a {one.name} -d {about}")
    for one in found:
        inside = _fish_quoted(f"__fish_seen_subcommand_from {one.name}")
        if one.choices:
            lines.append(f"complete -c {prog} -n {inside} -a {_fish_quoted(' '.join(one.choices))}")
        elif one.files:
            lines.append(f"complete -c {prog} -n {inside} -F")
        lines += [_fish_line(prog, inside, option) for option in one.options]
    return "\n".join(lines) + "\n"


def _fish_line(prog: str, condition: str, option: Option) -> str:
    names = [
        f"-l {name[2:]}" if name.startswith("--") else f"-s {name[1:]}" for name in option.names
    ]
    parts = [f"complete -c {prog} -n {condition}", *names]
    if option.choices:
        parts.append(f"-x -a {_fish_quoted(' '.join(option.choices))}")
    elif option.takes:
        parts.append("-r -F" if option.files else "-x")
    return " ".join([*parts, f"-d {_fish_quoted(option.about)}"])


def _fish_quoted(text: str) -> str:
    return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'"
