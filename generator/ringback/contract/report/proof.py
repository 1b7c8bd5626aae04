"""From a finding to what proves it: the exchanges and deliveries, and the command that sends the decisive one."""

from __future__ import annotations

from functools import cached_property

from ringback.contract.curl import curl
from ringback.contract.outcome import Finding, Run
from ringback.contract.traffic import Delivery, Exchange
from ringback.source import excerpt

_SHOWN = 3  # lines of the document above and below the violated one


class Proof:
    """Looks up what a run's findings refer to. What a run no longer has is left out without a word."""

    def __init__(self, run: Run) -> None:
        self.run = run
        self._files: dict[str, tuple[str, ...]] = {}

    @cached_property
    def _exchanges(self) -> dict[int, Exchange]:
        return {exchange.number: exchange for exchange in self.run.exchanges}

    @cached_property
    def _deliveries(self) -> dict[int, Delivery]:
        return {delivery.number: delivery for delivery in self.run.deliveries}

    def exchanges(self, finding: Finding) -> tuple[Exchange, ...]:
        """The exchanges that show it, the decisive one last."""
        held = self._exchanges
        return tuple(held[number] for number in finding.evidence if number in held)

    def deliveries(self, finding: Finding) -> tuple[Delivery, ...]:
        """The deliveries that show it."""
        held = self._deliveries
        return tuple(held[number] for number in finding.deliveries if number in held)

    def curl(self, finding: Finding) -> str:
        """The command that sends the decisive request again; "" where a finding has none."""
        shown = self.exchanges(finding)
        return curl(shown[-1], base_of(self.run)) if shown else ""

    def excerpt(self, finding: Finding, around: int = _SHOWN) -> tuple[tuple[int, str], ...]:
        """The violated line of the document and its neighbours, with their numbers.

        None where the finding has no place, or the document does not stand where it did.
        """
        lines = self._lines(finding)
        if finding.place is None or finding.place.line > len(lines):
            return ()
        line = finding.place.line
        begin, end = max(1, line - around), min(len(lines), line + around)
        return tuple((number, lines[number - 1]) for number in range(begin, end + 1))

    def violated(self, finding: Finding) -> tuple[tuple[int, str], ...]:
        """The violated line alone; where it only opens a block, some lines of that block too."""
        lines = self._lines(finding)
        if finding.place is None or finding.place.line > len(lines):
            return ()
        line = finding.place.line
        first = lines[line - 1]
        shown = [(line, first)]
        if first.rstrip().endswith(":"):
            for number in range(line + 1, min(line + _SHOWN, len(lines)) + 1):
                text = lines[number - 1]
                if _indent(text) < _indent(first) or (
                    _indent(text) == _indent(first) and not text.lstrip().startswith("- ")
                ):
                    break
                shown.append((number, text))
        return tuple(shown)

    def _lines(self, finding: Finding) -> tuple[str, ...]:
        if finding.place is None:
            return ()
        file = finding.place.file
        if file not in self._files:
            self._files[file] = excerpt(file)
        return self._files[file]


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip())


def base_of(run: Run) -> str:
    """What a command puts before a request's target: the URL that was tested, else where such an application runs."""
    if run.target.startswith(("http://", "https://")):
        return run.target
    return "http://127.0.0.1:8000"
