"""The page: whole without network or script, nothing of an answer runs in it, and it stays a page after a long run."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from collections.abc import Iterator
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import pytest
from sample_run import FETCH, HOSTILE, effective, kept_run, sample_run
from tests.emulator.browser import Tab, browser, installed

from ringback.contract import Exchange, Reply, Request, Run
from ringback.contract.report import write
from ringback.contract.report.page import text
from ringback.contract.report.page.pretty import Body, pretty

DOCUMENT = effective()
BROWSER = pytest.mark.skipif(
    installed() is None, reason="NOT TESTED: no Chromium here (Debian: apt-get install chromium)"
)


class Parsed(HTMLParser):
    """What a page holds: its elements with their attributes, and the text outside of script and style."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.words = ""
        self._raw = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        if tag in ("script", "style"):
            self._raw = tag

    def handle_endtag(self, tag: str) -> None:
        if tag == self._raw:
            self._raw = ""

    def handle_data(self, data: str) -> None:
        if not self._raw:
            self.words += data


@pytest.fixture(scope="module")
def run() -> Run:
    return sample_run(DOCUMENT)


@pytest.fixture(scope="module")
def page(run: Run) -> str:
    return text(run)


def hostile(value: str) -> str:
    """The hostile text as the page shows it: control characters as escapes."""
    return "".join(c if c.isprintable() else c.encode("unicode_escape").decode() for c in value)


def test_the_essentials_are_there_without_script(run: Run, page: str) -> None:
    words = Parsed(page).words
    for finding in run.findings:
        assert hostile(finding.message) in words
    assert "7 findings (6 errors, 1 warning) in 47 requests to 35 operations" in words
    assert "spec/voice.yaml:722" in words
    assert "- in-progress" in words  # of the document's violated lines
    assert "curl -u" in words
    assert run.complaints[0] in words
    assert run.commands[0][1] in words
    for operation in run.coverage.operations:
        assert operation.label.rpartition("/")[2] in words
    assert "never" in words and "DialVerb" in words


def test_nothing_of_a_document_or_an_answer_becomes_markup(run: Run, page: str) -> None:
    odd = replace(
        run,
        title=HOSTILE,
        target=HOSTILE,
        document=HOSTILE,
        stopped=HOSTILE,
        complaints=(HOSTILE,),
        commands=((HOSTILE, HOSTILE),),
        findings=tuple(
            replace(one, code=HOSTILE, operation=HOSTILE, hint=HOSTILE, where=f"body/{HOSTILE}")
            for one in run.findings
        ),
    )
    for held in (page, text(odd)):
        parsed = Parsed(held)
        tags = [tag for tag, _ in parsed.elements]
        assert tags.count("script") == 1
        assert "img" not in tags
        assert not any(name.startswith("on") for _, given in parsed.elements for name in given)
        assert hostile(HOSTILE) in parsed.words
        assert not re.search("[\x00-\x08\x0b-\x1f\x7f]", held)


def test_the_policy_lets_run_what_is_the_pages_own_and_nothing_else(page: str) -> None:
    elements = Parsed(page).elements
    policy = next(
        str(given["content"])
        for tag, given in elements
        if tag == "meta" and given.get("http-equiv") == "Content-Security-Policy"
    )
    assert policy.startswith("default-src 'none'; ")
    assert "unsafe" not in policy
    for tag in ("script", "style"):
        inside = page.partition(f"<{tag}>")[2].partition(f"</{tag}>")[0]
        digest = base64.b64encode(hashlib.sha256(inside.encode()).digest()).decode()
        assert f"{tag}-src 'sha256-{digest}'" in policy
    assert not any("style" in given for _, given in elements)  # the policy would drop it


def test_it_needs_nothing_from_anywhere(page: str) -> None:
    for tag, given in Parsed(page).elements:
        for name in ("src", "srcset", "action", "data"):
            assert name not in given, (tag, given)
        link = given.get("href")
        assert link is None or link.startswith(("#", "data:")), (tag, link)
    style = page.partition("<style>")[2].partition("</style>")[0]
    assert "url(" not in style and "@import" not in style


def test_every_link_leads_somewhere(page: str) -> None:
    elements = Parsed(page).elements
    ids = [str(given["id"]) for _, given in elements if "id" in given]
    assert len(ids) == len(set(ids))
    for _, given in elements:
        link = given.get("href") or ""
        if link.startswith("#"):
            name = link[1:]
            assert name in ids or any(one.startswith(f"{name}-f") for one in ids), link


def test_what_is_violated_is_marked_in_the_answer(page: str) -> None:
    marks = re.findall("<mark>(.*?)</mark>", page, re.DOTALL)
    plain = [re.sub("<[^>]*>", "", mark).replace("&#34;", '"').strip() for mark in marks]
    assert '"status": "over",' in plain
    assert "CallStatus = over" in plain
    assert "722            enum:" in plain or any(one.endswith("enum:") for one in plain)
    assert 'first marked"><b class="status g4">418' in page


def test_what_is_wrong_with_a_request_is_marked_in_the_request(run: Run) -> None:
    accepted = replace(
        run.findings[0], code="accepted-invalid", where="body/MaxSize", evidence=(5,)
    )
    page = text(replace(run, findings=(accepted,)))
    marks = re.findall('<pre class="body">.*?<mark>(.*?)</mark>', page, re.DOTALL)
    assert [re.sub("<[^>]*>", "", mark) for mark in marks] == ["MaxSize = -1"]


def test_a_kept_run_says_so() -> None:
    words = Parsed(text(kept_run(DOCUMENT))).words
    assert "Nothing was found." in words
    assert "kept" in words


def test_a_run_of_nothing_makes_a_page_too() -> None:
    bare = Run("a.yaml", (), "A", "1", "http://localhost", (), 0.0, 0.0, stopped="no such host")
    words = Parsed(text(bare)).words
    assert "nothing tested" in words and "no such host" in words


def test_a_long_run_stays_a_page(run: Run, tmp_path: Path) -> None:
    body = json.dumps({"items": [{"sid": f"CA{n:032x}", "note": "x" * 100} for n in range(200)]})
    held = Reply(200, (("content-type", "application/json"),), body.encode())
    many = tuple(
        Exchange(number, Request("GET", f"/2010-04-01/Accounts/{number}.json"), held, FETCH)
        for number in range(100, 10_100)
    )
    findings = tuple(
        replace(run.findings[0], where=f"body/items/{n % 200}/note/{n}", evidence=(100 + n,))
        for n in range(1_000)
    )
    page = text(replace(run, exchanges=(*run.exchanges, *many), findings=findings))
    assert len(page) < 8_000_000
    assert Parsed(page).words.count("wanted one of") >= 1_000  # none of them is left out


def test_the_written_page_is_the_redacted_run(run: Run, tmp_path: Path) -> None:
    write("html", run, tmp_path / "report.html")
    held = (tmp_path / "report.html").read_text(encoding="utf-8")
    assert held.startswith("<!doctype html>")
    assert "14155550123" not in held


# -- bodies


def lines(body: Body) -> list[str]:
    return ["".join(text for _, text in row.pieces) for row in body.rows]


def marked(body: Body) -> list[str]:
    return ["".join(text for _, text in row.pieces).strip() for row in body.rows if row.marked]


def test_json_is_indented_and_its_value_marked() -> None:
    body = b'{"a":[1,{"b/c":null}],"d":"\\u00e9"}'
    assert lines(pretty(body, "application/json")) == [
        "{", '  "a": [', "    1,", "    {", '      "b/c": null', "    }", "  ],", '  "d": "é"', "}",
    ]  # fmt: skip
    assert marked(pretty(body, "application/json", "body/a/1/b~1c")) == ['"b/c": null']
    assert marked(pretty(body, "application/json", "body/a/1")) == ["{", '"b/c": null', "}"]
    assert marked(pretty(body, "application/json", "header/a")) == []
    assert marked(pretty(body, "application/json", "body")) == []


def test_where_a_value_is_missing_what_should_hold_it_is_marked() -> None:
    body = b'{"calls": [{"to": "x"}]}'
    assert marked(pretty(body, "application/json", "body/calls/0/sid")) == ["{"]


def test_long_bodies_are_cut_around_the_mark() -> None:
    body = json.dumps({"items": list(range(5_000))}).encode()
    held = pretty(body, "application/json", "body/items/4000")
    assert len(held.rows) <= 160
    assert marked(held) == ["4000,"]
    assert sum(row.gap for row in held.rows) + len(held.rows) + held.rest == 5_004


@pytest.mark.parametrize(
    ("body", "media_type", "said"),
    [
        (b"", "text/plain", "empty"),
        (b"\xff\xfe\x00", "audio/mpeg", "3 bytes of audio/mpeg"),
        (b"\xff", "", "1 bytes of something that is no text"),
    ],
)
def test_what_cannot_be_shown_is_said(body: bytes, media_type: str, said: str) -> None:
    assert pretty(body, media_type).note == said


@pytest.mark.parametrize(
    "body",
    [
        b'{"code": 20404',
        b"[" * 50_000,
        b'{"a":' * 900 + b"1" + b"}" * 900,
        b"x" * 3_000_000,
        b'"' + b"y" * 100_000 + b'"',
        b"NaN",
        b"a=1&b=%zz",
    ],
)
def test_odd_bodies_are_shown_all_the_same(body: bytes) -> None:
    for media_type in ("application/json", "application/x-www-form-urlencoded", "text/plain"):
        shown = pretty(body, media_type, "body/a")
        assert shown.rows
        assert sum(len(line) for line in lines(shown)) < 400_000


# -- in a browser


@pytest.fixture(scope="module")
def tab(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Tab]:
    with browser(tmp_path_factory.mktemp("browser")) as found:
        yield found


@pytest.fixture(scope="module")
def address(run: Run, tmp_path_factory: pytest.TempPathFactory) -> str:
    file = tmp_path_factory.mktemp("page") / "report.html"
    write("html", run, file)
    return file.as_uri()


@BROWSER
@pytest.mark.slow
def test_in_a_browser_it_filters_and_nothing_hostile_runs(tab: Tab, address: str) -> None:
    told = "window.alert = () => { window.ran = true; }"
    tab.ask("Page.addScriptToEvaluateOnNewDocument", source=told)
    tab.size(1400, 900)
    tab.open(address)
    count = "[...document.querySelectorAll('.finding')].filter((one) => !one.hidden).length"
    assert tab.run(count) == 7

    def choose(field: str, value: str) -> int:
        script = (
            f"byId('{field}').value = {value!r}; byId('{field}').dispatchEvent(new Event('input'))"
        )
        tab.run(script)
        return int(tab.run(count))

    assert choose("severity", "warning") == 1
    assert choose("severity", "") == 7
    assert choose("code", "no-answer") == 1
    assert tab.run("byId('shown').textContent") == "1 of 7"
    assert choose("text", "nothing like that") == 0
    assert tab.run("byId('nothing').hidden") is False
    tab.run("byId('clear').click()")
    assert tab.run(count) == 7
    assert choose("text", "OVER wanted") == 2
    tab.run("byId('clear').click()")
    tab.run("document.querySelector('[data-choose]').click()")
    assert 1 <= tab.run(count) < 7
    tab.run("location.hash = '#x7'")
    tab.until("document.querySelector('[id^=x7-f]').closest('details').open")
    assert tab.run("document.querySelectorAll('.command button').length") > 3
    assert tab.run("window.ran === undefined && document.scripts.length === 1")
    assert tab.complaints == []  # the policy refused nothing, and no script failed


@BROWSER
@pytest.mark.slow
@pytest.mark.parametrize(("width", "height"), [(1400, 900), (390, 844)])
@pytest.mark.parametrize("dark", [False, True])
def test_at_two_sizes_nothing_sticks_out(
    tab: Tab, address: str, width: int, height: int, dark: bool
) -> None:
    tab.size(width, height, dark=dark)
    tab.open(address)
    tab.run("document.querySelectorAll('details').forEach((one) => { one.open = true; })")
    assert tab.run("document.documentElement.scrollWidth") <= width
    colours = tab.run("getComputedStyle(document.body).backgroundColor")
    assert colours == ("rgb(19, 23, 21)" if dark else "rgb(246, 247, 245)")
