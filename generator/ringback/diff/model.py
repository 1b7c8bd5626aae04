"""What the rooms around this one share: a change, what it means for whom, and the rule that says so.

Two audiences, and a change can be harmless for one and break the other:

- callers: programs made for the old document that call the API, and receive its webhooks. Does the old client get on
  with a server of the new document?
- servers: implementations made for the old document. Do clients of the new document get on with the old server?
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum

from ringback.source import Location


class Rating(StrEnum):
    """What a change does to programs made for the old document."""

    BREAKING = "breaking"
    RISKY = "risky"  # breaks some programs, and which ones the document does not say
    SAFE = "safe"

    @property
    def weight(self) -> int:
        """2 breaking, 1 risky, 0 safe: `max(ratings, key=lambda rating: rating.weight)`."""
        return {"breaking": 2, "risky": 1, "safe": 0}[self.value]


class Side(StrEnum):
    """Which of the two lists a change stands in."""

    WIRE = "wire"  # what is sent and received, whatever the language
    PYTHON = "python"  # the generated package: names, types, signatures


class Kind(StrEnum):
    """Whether a change gives something (a minor version), takes or alters something, or only says something else."""

    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"
    TEXT = "text"  # descriptions, examples: nothing that a program could notice


@dataclass(frozen=True, slots=True)
class Rule:
    """One row of the tables (rules.py for the wire, python_rules.py for Python); its page is docs/changes/<code>.md.

    A rule has one rating for each audience: where the rating depends on something, there are two rules.
    `what` is a sentence without a subject's name ("A property that callers may send is gone."), `why` says why the
    ratings are what they are.
    """

    code: str  # kebab-case; python-… on the Python side
    side: Side
    kind: Kind
    callers: Rating
    servers: Rating
    what: str
    why: str


@dataclass(frozen=True, slots=True)
class Change:
    """One difference between two documents.

    `old` and `new` are where it stands in each document; None where there is nothing. Their `pointer` is that of the
    effective document. `subject` is what has changed, as a person would call it: "POST /calls", "Call.status",
    on the Python side the dotted name that `ringback explain` takes. `operations` are those that it touches
    ("POST /calls", "webhook call.ended"), in the order of the document; empty where it belongs to none.
    `details` are more facts as (name, text): ("old", "'a'"), ("new", "'b'").
    """

    code: str
    side: Side
    kind: Kind
    callers: Rating
    servers: Rating
    message: str  # one sentence, no full stop; names the subject
    subject: str
    old: Location | None = None
    new: Location | None = None
    operations: tuple[str, ...] = ()
    details: tuple[tuple[str, str], ...] = ()

    @property
    def place(self) -> Location | None:
        """Where to look first: in the new document, else in the old one."""
        return self.new or self.old

    @property
    def worst(self) -> Rating:
        """The graver of the two ratings."""
        return max(self.callers, self.servers, key=lambda rating: rating.weight)

    def turned(self) -> Change:
        """The same where the API is the one that calls (a webhook): the two ratings change places."""
        return replace(self, callers=self.servers, servers=self.callers)


def change(
    rule: Rule,
    subject: str,
    message: str,
    *,
    old: Location | None = None,
    new: Location | None = None,
    operations: tuple[str, ...] = (),
    details: tuple[tuple[str, str], ...] = (),
) -> Change:
    """A change with the ratings of its rule."""
    return Change(
        rule.code, rule.side, rule.kind, rule.callers, rule.servers, message, subject, old, new,
        operations, details,
    )  # fmt: skip
