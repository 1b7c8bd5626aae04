"""`--fail-on WHAT`: when a run counts as failed.

WHAT is one word or several with commas between: `error` (the default), `warning` (errors too), `any` (also what
the baseline accepts, complaints about the run, and an early end), `never`, `code=CODE`, and thresholds such as
`coverage.operations<90`, which fail a run that saw less than that many percent.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from ringback.contract.outcome import Run
from ringback.contract.report.shares import NAMES, shares
from ringback.contract.report.words import known_codes, plural
from ringback.source import Severity

_WORDS: Final = ("error", "warning", "any", "never")
_THRESHOLD: Final = re.compile(r"coverage\.([a-z]+)\s*<\s*(\d+(?:\.\d+)?)\s*%?\Z")
_CODE: Final = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*\Z")


class FailOnError(ValueError):
    """What was asked for cannot be understood; the message is one sentence that says what can be."""


@dataclass(frozen=True, slots=True)
class FailOn:
    """When a run fails: by weight of its findings, by their codes, by thresholds of coverage in percent."""

    words: frozenset[str] = frozenset({"error"})
    codes: frozenset[str] = frozenset()
    thresholds: tuple[tuple[str, float], ...] = ()

    def reasons(self, run: Run) -> tuple[str, ...]:
        """Why the run fails, one sentence each; none where it passes."""
        return (*self._findings(run), *self._others(run), *self._coverage(run))

    def _findings(self, run: Run) -> Iterable[str]:
        every = bool(self.words & {"warning", "any"})
        errors = "error" in self.words
        for weight in (Severity.ERROR, Severity.WARNING):
            count = sum(one.severity is weight for one in run.findings)
            if count and (every or (errors and weight is Severity.ERROR)):
                yield plural(count, str(weight))
        for code in sorted(self.codes):
            count = sum(one.code == code for one in run.findings)
            if count:
                yield f"{plural(count, 'finding')} [{code}]"

    def _others(self, run: Run) -> Iterable[str]:
        if "any" not in self.words:
            return
        if run.accepted:
            yield f"{plural(len(run.accepted), 'finding')} that the baseline accepts"
        if run.complaints:
            yield plural(len(run.complaints), "complaint") + " about the run itself"
        if run.stopped:
            yield f"the run ended early: {run.stopped}"

    def _coverage(self, run: Run) -> Iterable[str]:
        held = {share.name: share for share in shares(run.coverage)}
        for name, least in self.thresholds:
            share = held[name]
            if share.percent < least:
                counted = f"{share.seen} of {share.of}, {share.percent:.1f} %"
                yield f"coverage.{name} is below {least:g} %: {counted}"


def parse(given: str | Sequence[str] | None = None) -> FailOn:
    """Read WHAT, given once or several times; without any, `error`. Raises FailOnError."""
    texts = [given] if isinstance(given, str) else list(given or ("error",))
    parts = [part.strip() for text in texts for part in text.split(",")]
    words, codes, thresholds = set[str](), set[str](), dict[str, float]()
    for part in parts:
        if part in _WORDS:
            words.add(part)
        elif part.startswith("code="):
            codes.add(_code(part.removeprefix("code=")))
        else:
            name, least = _threshold(part)
            thresholds[name] = max(least, thresholds.get(name, 0.0))
    if "never" in words and len(parts) > 1:
        raise FailOnError("'never' stands alone: with something beside it, it would say nothing")
    return FailOn(frozenset(words), frozenset(codes), tuple(sorted(thresholds.items())))


def _code(code: str) -> str:
    if not _CODE.match(code):
        raise FailOnError(f"'code={code}' does not name a code, such as code=server-error")
    known = known_codes()
    if known and code not in known:
        raise FailOnError(f"there is no finding with the code '{code}'{_near(code, known)}")
    return code


def _threshold(part: str) -> tuple[str, float]:
    match = _THRESHOLD.match(part)
    if match is None:
        if not part:
            raise FailOnError(f"nothing stands between two commas, wanted {_wanted()}")
        raise FailOnError(f"'{part}' is not known{_near(part, _WORDS)}, wanted {_wanted()}")
    name, least = match[1], float(match[2])
    if name not in NAMES:
        raise FailOnError(f"there is no coverage of '{name}', wanted one of {', '.join(NAMES)}")
    if least > 100:
        raise FailOnError(f"'{part}' can never hold: a share is at most 100 percent")
    return name, least


def _wanted() -> str:
    return f"{', '.join(_WORDS)}, code=CODE, or a threshold such as coverage.operations<90"


def _near(word: str, known: Iterable[str]) -> str:
    close = difflib.get_close_matches(word, sorted(known), 1)
    return f" (did you mean '{close[0]}'?)" if close else ""
