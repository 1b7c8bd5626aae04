"""Every code that a finding can carry has its page in docs/diagnostics/, and every page its code."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "generator" / "ringback"
PAGES = ROOT / "docs" / "diagnostics"
SAYS = {
    "Diagnostic",
    "error",
    "warning",
    "fault",
    "_fault",
    "say",
    "_stop",
    "_whole_file",
    "warn",
}
CODE = re.compile(r"[a-z]+(-[a-z0-9]+)+\Z|discriminator\Z")


def constants(node: ast.expr) -> Iterator[str]:
    if isinstance(node, ast.IfExp):
        yield from constants(node.body)
        yield from constants(node.orelse)
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value


def codes(folder: Path = PACKAGE) -> set[str]:
    """The codes in the calls by which findings are made; those of changes have pages of their own (docs/changes)."""
    found = set()
    for file in folder.rglob("*.py"):
        if file.is_relative_to(folder / "diff"):
            continue
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call):
                name = (
                    node.func.attr
                    if isinstance(node.func, ast.Attribute)
                    else getattr(node.func, "id", "")
                )
                if name in SAYS:
                    texts = [text for argument in node.args for text in constants(argument)]
                    found.update(text for text in texts if CODE.match(text))
    return found


def test_codes_are_found() -> None:
    assert {
        "duplicate-key",
        "too-deep",
        "unresolved-ref",
        "overlay-no-match",
        "discriminator",
    } <= codes()


def test_every_code_has_a_page_and_every_page_a_code() -> None:
    assert codes() == {page.stem for page in PAGES.glob("*.md")}


def test_every_page_says_what_shows_it_and_how_to_mend_it() -> None:
    for page in PAGES.glob("*.md"):
        text = page.read_text(encoding="utf-8")
        assert text.startswith(f"# {page.stem}\n"), page
        before, _, after = text.partition("```")
        example, _, mend = after.partition("```")
        assert len(before.split()) > 8, page
        assert len(example.splitlines()) > 1, page
        assert len(mend.split()) > 2, page


def test_every_listing_of_the_faulty_documents_has_a_page() -> None:
    listings = (ROOT / "tests" / "corpus" / "negative").glob("*.txt")
    shown = {
        code
        for file in listings
        for code in re.findall(r"\[([a-z0-9-]+)\]$", file.read_text("utf-8"), re.MULTILINE)
    }
    assert shown <= {page.stem for page in PAGES.glob("*.md")}
    # A file that is missing or too large is no document, and many files are; those are tried elsewhere.
    judging = codes(PACKAGE / "source") | codes(PACKAGE / "openapi")
    assert judging - shown == {"unreadable-file", "too-many-bytes", "too-many-files"}
