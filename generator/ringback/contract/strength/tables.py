"""A measurement for people and for programs: lines of text, Markdown, JSON."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Iterator
from typing import Final

from ringback.contract.report.labels import Shortener, shortener
from ringback.contract.report.words import duration, plural, printable
from ringback.contract.strength.verdict import Outcome, Share, Strength, Verdict, is_judged

_WIDTH: Final = 22
Row = tuple[str, ...]


def text(found: Strength) -> str:
    """What a terminal shows."""
    lines = [*_head(found), "", *_columns(_rows(found)), "", *_seeds(found)]
    short = _short(found)
    for title, kind in _SECTIONS:
        told = _of(found, kind)
        if told:
            lines += ["", title]
            for one in _each(told):
                lines += [f"  {line}" for line in _said(one, short)]
    lines += ["", verdict(found)]
    return "\n".join(map(printable, lines)) + "\n"


_SECTIONS: Final = (
    ("Not noticed, though the document forbids it:", Outcome.UNNOTICED),
    ("Not noticed, as the document allows it:", Outcome.ALLOWED),
    ("False findings:", Outcome.FALSE),
    ("Never applied in its run, so not judged:", Outcome.IDLE),
    ("Came to no end, so not judged:", Outcome.FAILED),
)


def _of(found: Strength, kind: Outcome) -> list[Verdict]:
    """The mutants of an outcome; of those that change nothing only where something is wrong."""
    controls = () if kind is Outcome.IDLE else found.controls
    return [one for one in (*found.verdicts, *controls) if one.outcome is kind]


def _head(found: Strength) -> Iterator[str]:
    yield f"{found.title} {found.version}: how much would the suite notice?"
    yield f"{found.target} is taken to be right; {_documents(found)}"
    yield (
        f"{plural(len(found.seeds), 'seed')}, at most {found.seconds:g} s per mutant; "
        f"took {duration(found.elapsed)}"
    )
    for one in found.grounds:
        yield (
            f"seed {one.seed}: {plural(len(one.findings), 'finding')} without a mutant "
            f"in {plural(one.requests, 'request')}"
        )
        yield from (f"  {code} {operation}: {message}" for code, operation, message in one.findings)
    noticed = sum(one.outcome is not Outcome.IDLE for one in found.controls)
    if found.controls:
        yield f"{noticed} of {plural(len(found.controls), 'mutant')} that change nothing were noticed"


def _documents(found: Strength) -> str:
    return " with ".join((found.document, ", ".join(found.overlays))).removesuffix(" with ")


def _rows(found: Strength) -> list[Row]:
    """The table: one row for each operator, and one for all."""
    compared = bool(found.plain)
    head = ("operator", "mutants", "judged", "noticed", "95 %")
    rows: list[Row] = [(*head, "schemathesis alone", "95 %") if compared else head]
    possible = {name: count for name, count, _, _ in found.possible}
    for name in (*found.operators(), None):
        count = possible[name] if name is not None else sum(possible.values())
        share = found.share(name)
        row = (name or "all", f"{count:,}", *_cells(share))
        rows.append((*row, *_cells(found.plain_share(name))[1:]) if compared else row)
    return rows


def _cells(share: Share) -> Row:
    if not share.of:
        return "0", "–", ""
    low, high = share.interval
    return str(share.of), f"{_percent(share.share)} %", f"{_percent(low)}–{_percent(high)}"


def _percent(share: float) -> str:
    """In percent; never 100 or 0 where it is not quite."""
    told = f"{share * 100:.1f}"
    return told.removesuffix(".0")


def _columns(rows: list[Row]) -> Iterator[str]:
    widths = [max(len(row[index]) for row in rows) for index in range(len(rows[0]))]
    for row in rows:
        cells = [row[0].ljust(widths[0])]
        cells += [cell.rjust(width) for cell, width in zip(row[1:], widths[1:], strict=True)]
        yield "  ".join(cells).rstrip()


def _seeds(found: Strength) -> Iterator[str]:
    for seed in found.seeds:
        share = found.share(seed=seed)
        warned = sum(one.warning for one in found.verdicts if one.seed == seed and is_judged(one))
        told = f", {warned} of them by a warning" if warned else ""
        plain = found.plain_share(seed=seed)
        beside = f"; schemathesis alone {plain.noticed} of {plain.of}" if found.plain else ""
        yield f"seed {seed}: {share.noticed} of {share.of} noticed{told}{beside}"


def _each(verdicts: list[Verdict]) -> list[Verdict]:
    """Each mutant once."""
    return list({one.mutant: one for one in reversed(verdicts)}.values())[::-1]


def _short(found: Strength) -> Shortener:
    return shortener([one.operation for one in (*found.verdicts, *found.controls)])


def _said(one: Verdict, short: Shortener) -> list[str]:
    """A mutant in a few lines: what it does where, and why it stays."""
    method = one.operation.partition(" ")[0]
    lines = [f"{one.operator}  {method} {short.path(one.operation)}  {one.where}".rstrip()]
    lines.append(f"    {one.what}; {one.place}; seed {one.seed}")
    if one.outcome is Outcome.ALLOWED:
        lines += [
            f"    the document is silent: {one.silent}; it would be noticed with",
            f"      {one.overlay}",
        ]
    elif one.outcome is Outcome.UNNOTICED:
        lines.append(
            f"    it changed {plural(one.applied, 'answer or request')} of {one.requests:,}"
        )
        lines += [f"    {why}" for why in (one.silent, one.hard) if why]
    elif one.outcome is Outcome.FALSE:
        lines.append(f"    {one.by}: {one.message}")
    elif one.trouble:
        lines.append(f"    {one.trouble}")
    return lines


def verdict(found: Strength) -> str:
    """The last line."""
    share = found.share()
    if not share.of:
        return "nothing was judged"
    low, high = share.interval
    told = (
        f"{share.noticed} of {share.of} mutants noticed: {_percent(share.share)} % "
        f"(95 %: {_percent(low)} to {_percent(high)})"
    )
    return told if found.sound else f"{told}, but something was found where nothing was wrong"


def markdown(found: Strength) -> str:
    """The tables, to be put into a page."""
    rows = _rows(found)
    lines = [f"| {' | '.join(rows[0])} |", "| --- |" + " ---: |" * (len(rows[0]) - 1)]
    lines += [f"| {' | '.join(row)} |" for row in rows[1:]]
    lines += ["", *(f"- {one}" for one in _seeds(found)), ""]
    short = _short(found)
    for title, kind in _SECTIONS:
        told = _each(_of(found, kind))
        if told:
            lines += [f"**{title}**", ""]
            lines += [f"- {_item(one, short)}" for one in told]
            lines.append("")
    lines.append(f"{verdict(found)}.")
    return "\n".join(lines) + "\n"


def _item(one: Verdict, short: Shortener) -> str:
    method = one.operation.partition(" ")[0]
    told = f"`{one.operator}` {method} `{short.path(one.operation)}`: {one.what} (seed {one.seed})"
    if one.outcome is Outcome.ALLOWED:
        return f"{told}. {one.silent[:1].upper()}{one.silent[1:]}. Noticeable with `{one.overlay}`"
    why = f"{one.by}: {one.message}" if one.by else one.hard
    return f"{told}. {why[:1].upper()}{why[1:]}" if why else told


def as_json(found: Strength) -> str:
    """Everything that was measured; shares and intervals are worked out."""

    def shown(share: Share) -> dict[str, object]:
        low, high = share.interval
        return {"noticed": share.noticed, "of": share.of, "low": low, "high": high}

    value = {
        "document": found.document,
        "overlays": found.overlays,
        "title": found.title,
        "version": found.version,
        "target": found.target,
        "seeds": found.seeds,
        "secondsPerMutant": found.seconds,
        "elapsed": found.elapsed,
        "sound": found.sound,
        "all": shown(found.share()),
        "operators": [
            {
                "name": name,
                "mutants": count,
                "forbidden": forbidden,
                "withoutOccasion": idle,
                **shown(found.share(name)),
                **({"plain": shown(found.plain_share(name))} if found.plain else {}),
            }
            for name, count, forbidden, idle in found.possible
        ],
        "seedShares": [{"seed": seed, **shown(found.share(seed=seed))} for seed in found.seeds],
        "unmutated": [
            {
                "seed": one.seed,
                "requests": one.requests,
                "findings": [" ".join(each) for each in one.findings],
            }
            for one in found.grounds
        ],
        "mutants": [dataclasses.asdict(one) for one in found.verdicts],
        "controls": [dataclasses.asdict(one) for one in found.controls],
        "plain": [dataclasses.asdict(one) for one in found.plain],
    }
    return json.dumps(value, indent=1, ensure_ascii=False) + "\n"
