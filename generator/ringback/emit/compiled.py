"""Nothing is written that Python does not compile. Of a file that we have written before, what has changed is compiled.

Compiling takes longer than printing does. Where the text before a class or function is what it was, and the text from another
one on as well, only what stands between the two can be at fault; where that is no Python, the whole file says what is.
(What looks like the beginning of a class may be the middle of a docstring: then there is an odd number of quotes before it.)
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import takewhile
from operator import eq

_HEADS = ("class ", "def ", "async def ", "@")
_QUOTES = ('"""', "'''")
_FUTURE = "from __future__ import annotations\n"


class PrintingFault(Exception):
    """What was printed is no Python: a defect of ours. Carries the numbered source."""


def compiled(path: str, text: str, earlier: str = "") -> None:
    """Compile a module. `earlier` is its text as an earlier run has compiled it. Raises PrintingFault."""
    part = _changed(text.split("\n"), earlier.split("\n")) if earlier else None
    if part is None or not _compiles(path, _FUTURE + "\n".join(part)):
        _compile(path, text)


def numbered(text: str) -> str:
    """A text with its lines numbered."""
    return "\n".join(f"{number:5} {line}" for number, line in enumerate(text.splitlines(), 1))


def _changed(lines: Sequence[str], earlier: Sequence[str]) -> Sequence[str] | None:
    """The whole classes and functions that hold all that differs; None where it stands outside of them."""
    start = _common(lines, earlier)
    while start and not (_begins(lines, start) and _begins(earlier, start)):
        start -= 1
    after = _common(lines[start:][::-1], earlier[start:][::-1])
    end = len(lines) - after
    while end < len(lines) and not _begins(lines, end):
        end += 1
    known = earlier[: len(earlier) - (len(lines) - end)]
    return lines[start:end] if start and _is_outside(lines[:start]) and _is_outside(known) else None


def _is_outside(lines: Sequence[str]) -> bool:
    """Whether no text that goes over several lines is open after these."""
    text = "\n".join(lines)
    return not any(text.count(quotes) % 2 for quotes in _QUOTES)


def _common(some: Sequence[str], others: Sequence[str]) -> int:
    """How many lines both begin with."""
    return sum(1 for _ in takewhile(bool, map(eq, some, others)))


def _begins(lines: Sequence[str], index: int) -> bool:
    """Whether a class or a function begins in this line: after an empty one, as black has it."""
    return index < len(lines) and lines[index].startswith(_HEADS) and not lines[index - 1]


def _compiles(path: str, text: str) -> bool:
    try:
        _compile(path, text)
    except PrintingFault:
        return False
    return True


def _compile(path: str, text: str) -> None:
    try:
        compile(text, path, "exec", dont_inherit=True)
    except (SyntaxError, ValueError) as error:
        raise PrintingFault(f"{path} is no Python: {error}\n{numbered(text)}") from None
