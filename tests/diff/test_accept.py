"""The file of accepted changes: what it accepts, until when, and what is said of a file that is wrong."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from ringback.diff import WIRE_RULES, agreed, read_accepted
from ringback.source import DocumentError
from tests.diff.helpers import changes

TODAY = date(2026, 6, 15)
OLD = "parameters:\n- {name: limit, in: query, schema: {type: integer}}"
NEW = "parameters: []"


def sorted_out(folder: Path, text: str, name: str = "accept.yaml") -> tuple[int, int, list[str]]:
    """How many changes stay open, how many are accepted, and the notices."""
    file = folder / name
    file.write_text(text, encoding="utf-8")
    entries = read_accepted(str(file), WIRE_RULES)
    result = agreed(changes(folder, OLD, NEW), entries, TODAY)
    notices = [one.replace(f"{folder}/", "") for one in result.notices]
    return len(result.open), len(result.accepted), notices


ENTRY = """\
accept:
  - code: {code}
    where: {where}
    reason: nobody sends it
"""


@pytest.mark.parametrize(
    ("code", "where"),
    [
        ("request-optional-parameter-removed", "query parameter limit"),
        ("request-optional-parameter-removed", "POST /calls"),
        ("request-optional-parameter-removed", "/paths/~1calls/post/parameters/0"),
        ("request-*-parameter-removed", "'POST *'"),
        ("'*'", "'*'"),
    ],
)
def test_a_change_is_accepted_by_what_it_touches(code: str, where: str, tmp_path: Path) -> None:
    assert sorted_out(tmp_path, ENTRY.format(code=code, where=where)) == (0, 1, [])


@pytest.mark.parametrize("where", ["query parameter", "GET /calls", "'POST /calls/*'"])
def test_another_place_is_not_accepted(where: str, tmp_path: Path) -> None:
    code = "request-optional-parameter-removed"
    assert sorted_out(tmp_path, ENTRY.format(code=code, where=where)) == (
        1,
        0,
        [f"accept.yaml:2:5: fits no change and can go: {code} {where.strip(chr(39))}"],
    )


@pytest.mark.parametrize(("day", "open_"), [("2026-06-15", 0), ("2026-06-14", 1)])
def test_an_entry_counts_until_its_last_day(day: str, open_: int, tmp_path: Path) -> None:
    entry = ENTRY.format(code="request-optional-parameter-removed", where="POST /calls")
    still, accepted, notices = sorted_out(tmp_path, f"{entry}    expires: {day}\n")
    assert (still, accepted) == (open_, 1 - open_)
    assert notices == (
        [
            "accept.yaml:2:5: expired on 2026-06-14, and 1 change still fits it:"
            " request-optional-parameter-removed POST /calls"
        ]
        if open_
        else []
    )


def test_the_file_may_be_toml(tmp_path: Path) -> None:
    text = (
        '[[accept]]\ncode = "request-optional-parameter-removed"\nwhere = "POST /calls"\n'
        'reason = "nobody sends it"\nexpires = 2026-12-31\n'
        '\n[[accept]]\ncode = "server-removed"\nwhere = "*"\nreason = "moved"\n'
    )
    open_, accepted, notices = sorted_out(tmp_path, text, "accept.toml")
    assert (open_, accepted) == (0, 1)
    assert notices == ["accept.toml:7:1: fits no change and can go: server-removed *"]


@pytest.mark.parametrize(
    ("name", "text", "expected"),
    [
        ("a.yaml", "accept:\n- code: server-remove\n  where: '*'\n  reason: x\n",
         ["2:9: there is no change called 'server-remove'; did you mean server-removed?"]),
        ("a.yaml", "accept:\n- code: server-removed\n  where: '*'\n",
         ["2:3: reason is missing: it is a text"]),
        ("a.yaml", "accept:\n- code: server-removed\n  where: '*'\n  reason: x\n  until: never\n",
         ["5:10: there is no key 'until'; there are code, where, reason, expires"]),
        ("a.yaml", "accept:\n- code: server-removed\n  where: '*'\n  reason: x\n  expires: soon\n",
         ["5:12: expires is 'soon'; it is a day such as 2027-01-31"]),
        ("a.yaml", "accepted: []\n",
         ["1:1: a list of entries is wanted, under the key accept",
          "1:11: there is no key 'accepted' here; the list is called accept"]),
        ("a.yaml", "accept: [server-removed]\n",
         ["1:10: an entry is an object with code, where and reason"]),
        ("a.toml", '[[accept]]\ncode = "server-removed"\n',
         ["1:1: reason is missing: it is a text", "1:1: where is missing: it is a text"]),
        ("a.toml", "[[accept]\n", ["1:9: Expected ']]' at the end of an array declaration"]),
    ],
)  # fmt: skip
def test_all_that_is_wrong_is_said_with_its_place(
    name: str, text: str, expected: list[str], tmp_path: Path
) -> None:
    file = tmp_path / name
    file.write_text(text, encoding="utf-8")
    with pytest.raises(DocumentError) as caught:
        read_accepted(str(file), WIRE_RULES)
    told = [
        f"{one.location.line}:{one.location.column}: {one.message}"
        for one in caught.value.diagnostics
    ]
    assert told == expected
