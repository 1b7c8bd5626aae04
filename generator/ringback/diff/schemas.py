"""Two conjunctions of schemas: what one allows that the other does not, keyword by keyword."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Final

from ringback.source import Path

from .effective import Bound, Conjunction, Flat, canonical, expanded
from .overlap import takes
from .patterns import spelled
from .walk import Finding, Pair, Walk

_CHECKED: Final = frozenset((
    "date-time", "date", "time", "duration", "uuid", "email", "idn-email", "hostname", "idn-hostname", "ipv4",
    "ipv6", "uri", "uri-reference", "iri", "iri-reference", "uri-template", "json-pointer",
    "relative-json-pointer", "regex", "binary", "int32", "int64", "float", "double",
))  # fmt: skip
"""Formats that somebody checks; the others are a hint."""
_WIDE: Final = frozenset(("int64", "float", "double"))  # all that JSON numbers usually are
_INSIDE: Final = (
    ("int32", "int64"), ("uri", "uri-reference"), ("iri", "iri-reference"), ("uri", "iri"),
    ("email", "idn-email"), ("hostname", "idn-hostname"),
)  # fmt: skip
"""The first allows fewer values than the second."""
_SHOWN: Final = 6  # values of a list that are named in a message


@dataclass(frozen=True, slots=True)
class Spot:
    """One pair while it is compared."""

    walk: Walk
    pair: Pair

    @property
    def old(self) -> Flat:
        """What the old document demands."""
        return self.pair.old

    @property
    def new(self) -> Flat:
        """What the new document demands."""
        return self.pair.new

    @property
    def subject(self) -> str:
        """What is compared, as a person would call it."""
        return self.pair.subject

    def say(
        self, aspect: str, message: str, *keywords: str, was: str = "", now: str = "",
        old: Path | None = None, new: Path | None = None,
    ) -> None:  # fmt: skip
        """A finding whose code has the direction in front; it stands at `old` and `new`, else where a keyword does."""
        details = tuple((name, text) for name, text in (("old", was), ("new", now)) if text)
        self.pair.findings.append(
            Finding(
                f"{self.pair.direction}-{aspect}", self.subject, f"{self.subject} {message}",
                old or place(self.old, *keywords), new or place(self.new, *keywords), details,
            )
        )  # fmt: skip

    def lead(
        self,
        old: Conjunction,
        new: Conjunction,
        subject: str,
    ) -> Pair | None:
        """Compare something inside; None where nothing can differ."""
        return self.walk.lead(self.pair, old, new, subject) if old != new else None


def place(flat: Flat, *keywords: str) -> Path | None:
    """Where a keyword of a conjunction stands; where it has none of them, the place of the conjunction."""
    for keyword in keywords:
        for schema in flat.schemas:
            if isinstance(schema.raw, dict) and keyword in schema.raw:
                return (*schema.path, keyword)
    return flat.parts[0].path if flat.parts else None


def compare_values(spot: Spot) -> bool:
    """Everything that is demanded of a value itself. Whether it makes sense to look inside."""
    if not _types(spot):
        return False
    _nullable(spot)
    _enum(spot)
    if not _listed_within(spot):
        _numbers(spot)
        _counts(spot)
    _multiples(spot)
    _patterns(spot)
    _formats(spot)
    _flags(spot)
    return True


def _types(spot: Spot) -> bool:
    old, new = expanded(spot.old), expanded(spot.new)
    was, now = _named(spot.old), _named(spot.new)
    if old == new:
        return True
    if new < old:
        spot.say("type-narrowed", f"is {now}, was {was}", "type", was=was, now=now)
        return True
    if old < new:
        spot.say("type-widened", f"is {now}, was {was}", "type", was=was, now=now)
        return True
    spot.say("type-changed", f"is {now}, was {was}", "type", was=was, now=now)
    return bool(old & new)


def _named(flat: Flat) -> str:
    return "anything" if flat.types is None else " or ".join(sorted(flat.types)) or "null only"


def _nullable(spot: Spot) -> None:
    if spot.old.is_any or spot.new.is_any:
        return  # what was said of the types says it
    if spot.new.nullable and not spot.old.nullable:
        spot.say("became-nullable", "may be null", "nullable", "type")
    elif spot.old.nullable and not spot.new.nullable:
        spot.say("became-not-nullable", "may not be null any more", "nullable", "type")


def _enum(spot: Spot) -> None:
    old, new = spot.old.enum, spot.new.enum
    words = "enum", "const"
    if old is None and new is None:
        return
    if old is None:
        spot.say("became-enum", f"may only be {listed(new or {})}", *words, now=listed(new or {}))
        return
    if new is None:
        aspect = "const-widened" if spot.old.const else "enum-dropped"
        spot.say(aspect, f"may be anything, not only {listed(old)}", *words, was=listed(old))
        return
    gone, come = [text for text in old if text not in new], [
        text for text in new if text not in old
    ]
    if gone and come and spot.old.const and spot.new.const:
        spot.say("const-changed", f"is always {listed(come)}, was always {listed(gone)}", *words,
                 was=listed(gone), now=listed(come))  # fmt: skip
        return
    if gone:
        spot.say("enum-value-removed", f"may not be {listed(gone)} any more", *words,
                 was=listed(gone), old=_value(spot.old, gone[0]))  # fmt: skip
    if come:
        aspect = "const-widened" if spot.old.const else "enum-value-added"
        spot.say(aspect, f"may also be {listed(come)}", *words, now=listed(come),
                 new=_value(spot.new, come[0]))  # fmt: skip


def _listed_within(spot: Spot) -> bool:
    """Whether values are listed, and within the limits of both sides: then no limit lets in or keeps out another one."""
    lists = [flat.enum for flat in (spot.old, spot.new) if flat.enum is not None]
    return bool(lists) and all(
        takes(replace(flat, enum=None), text, value)
        for values in lists
        for text, value in values.items()
        for flat in (spot.old, spot.new)
    )


def _value(flat: Flat, text: str) -> Path | None:
    """Where a value of an enum stands."""
    for schema in flat.schemas:
        values = schema.raw.get("enum") if isinstance(schema.raw, dict) else None
        for position, value in enumerate(values or ()):
            if canonical(value) == text:
                return (*schema.path, "enum", position)
    return None


def listed(values: Iterable[str]) -> str:
    """The first of some values, and how many there are besides."""
    texts = list(values)
    shown = ", ".join(texts[:_SHOWN])
    return shown if len(texts) <= _SHOWN else f"{shown} and {len(texts) - _SHOWN} more"


def _numbers(spot: Spot) -> None:
    old, new = spot.old, spot.new
    if old.lower != new.lower:
        narrowed = new.lower is not None and (
            old.lower is None
            or (new.lower.value, new.lower.exclusive) > (old.lower.value, old.lower.exclusive)
        )
        _limit(spot, narrowed, _shown(old.lower, ">"), _shown(new.lower, ">"),
               "", "minimum", "exclusiveMinimum")  # fmt: skip
    if old.upper != new.upper:
        narrowed = new.upper is not None and (
            old.upper is None
            or (-new.upper.value, new.upper.exclusive) > (-old.upper.value, old.upper.exclusive)
        )
        _limit(spot, narrowed, _shown(old.upper, "<"), _shown(new.upper, "<"),
               "", "maximum", "exclusiveMaximum")  # fmt: skip


def _shown(bound: Bound | None, sign: str) -> str | None:
    return None if bound is None else bound.shown(sign)


def _limit(
    spot: Spot, narrowed: bool, was: str | None, now: str | None, name: str, *keywords: str
) -> None:
    said = f"{name} " if name else ""
    if now is None:
        message = (
            f"has no {said}limit {was} any more"
            if not name
            else f"has no {name} any more, was {was}"
        )
    elif was is None:
        message = f"has a limit: {said}{now}"
    else:
        message = f"has another limit: {said}{now}, was {was}"
    aspect = "limit-narrowed" if narrowed else "limit-widened"
    spot.say(aspect, message, *keywords, was=was or "", now=now or "")


def _counts(spot: Spot) -> None:
    for keyword in dict.fromkeys((*spot.old.least, *spot.new.least)):
        unsaid = 1 if keyword == "minContains" else 0
        was, now = spot.old.least.get(keyword, unsaid), spot.new.least.get(keyword, unsaid)
        if was != now:
            _limit(
                spot,
                now > was,
                *_present(spot.old.least, spot.new.least, keyword),
                keyword,
                keyword,
            )
    for keyword in dict.fromkeys((*spot.old.most, *spot.new.most)):
        before, after = spot.old.most.get(keyword), spot.new.most.get(keyword)
        if before != after:
            narrowed = after is not None and (before is None or after < before)
            _limit(
                spot, narrowed, *_present(spot.old.most, spot.new.most, keyword), keyword, keyword
            )


def _present(
    old: Mapping[str, int], new: Mapping[str, int], keyword: str
) -> tuple[str | None, str | None]:
    was, now = old.get(keyword), new.get(keyword)
    return None if was is None else str(was), None if now is None else str(now)


def _multiples(spot: Spot) -> None:
    old, new = spot.old.multiples, spot.new.multiples
    if old == new:
        return
    was, now = _numbers_of(old), _numbers_of(new)
    if _covers(new, old):
        _limit(spot, True, was, now, "multipleOf", "multipleOf")
    elif _covers(old, new):
        _limit(spot, False, was, now, "multipleOf", "multipleOf")
    else:
        spot.say("limit-changed", f"has another multipleOf: {now}, was {was}", "multipleOf",
                 was=was or "", now=now or "")  # fmt: skip


def _numbers_of(values: frozenset[float | int]) -> str | None:
    return " and ".join(map(str, sorted(values))) or None


def _covers(strict: frozenset[float | int], loose: frozenset[float | int]) -> bool:
    """Whether what is a multiple of all the one is a multiple of all the other."""
    return all(any(_divides(step, one) for one in strict) for step in loose)


def _divides(step: float | int, number: float | int) -> bool:
    ratio = number / step
    return abs(ratio - round(ratio)) < 1e-9


def _patterns(spot: Spot) -> None:
    if spot.old.patterns == spot.new.patterns:
        return
    was, now = (" and ".join(sorted(flat.patterns)) for flat in (spot.old, spot.new))
    old, new = (frozenset(map(spelled, flat.patterns)) for flat in (spot.old, spot.new))
    if old == new:
        return
    if old < new:
        spot.say("pattern-added", f"must match {now}", "pattern", was=was, now=now)
    elif new < old:
        spot.say("pattern-removed", f"need not match {was} any more", "pattern", was=was, now=now)
    elif _by_ecma(spot.old) == _by_ecma(spot.new):
        message = f"{spot.subject} must match {now}, was {was}"
        found = Finding("pattern-rewritten", spot.subject, message, place(spot.old, "pattern"),
                        place(spot.new, "pattern"), (("old", was), ("new", now)))  # fmt: skip
        spot.pair.findings.append(found)
    else:
        spot.say("pattern-changed", f"must match {now}, was {was}", "pattern", was=was, now=now)


def _by_ecma(flat: Flat) -> frozenset[str]:
    return frozenset(spelled(one, ascii_only=True) for one in flat.patterns)


def _formats(spot: Spot) -> None:
    old, new = spot.old.formats, spot.new.formats
    if old == new:
        return
    was, now = " and ".join(sorted(old)) or "none", " and ".join(sorted(new)) or "none"
    message = f"has the format {now}, was {was}"
    aspect = _format_aspect(old, new)
    if aspect == "format-hint-changed":
        finding = Finding(aspect, spot.subject, f"{spot.subject} {message}",
                          place(spot.old, "format"), place(spot.new, "format"),
                          (("old", was), ("new", now)))  # fmt: skip
        spot.pair.findings.append(finding)
        return
    spot.say(aspect, message, "format", was=was, now=now)


def _format_aspect(old: frozenset[str], new: frozenset[str]) -> str:
    weighed_old, weighed_new = (old & _CHECKED) - _WIDE, (new & _CHECKED) - _WIDE
    if weighed_old == weighed_new:
        return "format-hint-changed"
    if "binary" in weighed_old ^ weighed_new:
        return "format-changed"  # not the values alone: how they are written
    if any(narrow in old and wide in new for narrow, wide in _INSIDE) or new - _WIDE < old - _WIDE:
        return "format-widened"
    if any(wide in old and narrow in new for narrow, wide in _INSIDE) or old - _WIDE < new - _WIDE:
        return "format-narrowed"
    return "format-changed"


def _flags(spot: Spot) -> None:
    if spot.new.unique and not spot.old.unique:
        spot.say("unique-items-added", "may not have equal items any more", "uniqueItems")
    elif spot.old.unique and not spot.new.unique:
        spot.say("unique-items-removed", "may have equal items", "uniqueItems")
    if spot.old.encodings != spot.new.encodings:
        was, now = ", ".join(spot.old.encodings) or "none", ", ".join(spot.new.encodings) or "none"
        spot.say("encoding-changed", f"is encoded as {now}, was {was}", "contentEncoding",
                 "contentMediaType", was=was, now=now)  # fmt: skip
