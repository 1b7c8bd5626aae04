"""The site is built without a complaint, needs nothing of other hosts, and finds what it is asked for without a server."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

pytest.importorskip("material", reason="the extra docs is not installed")

ROOT = Path(__file__).parents[2]
SITE = ROOT / "docs" / "site"
BROWSER = next(filter(None, map(shutil.which, ("chromium", "chromium-browser"))), None)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("site")
    done = build(folder)
    assert done.returncode == 0, done.stdout + done.stderr
    return folder


def build(folder: Path, config: Path = SITE / "mkdocs.yml") -> subprocess.CompletedProcess[str]:
    # With --quiet, warnings are not counted, and --strict would hold nothing.
    command = [sys.executable, "-m", "mkdocs", "build", "--strict"]
    return subprocess.run(
        [*command, "--config-file", str(config), "--site-dir", str(folder)],
        capture_output=True,
        text=True,
        env={**os.environ, "NO_MKDOCS_2_WARNING": "1"},
        check=False,
    )


def test_every_page_of_docs_has_a_place(site: Path) -> None:
    front = (site / "reference" / "index.html").read_text("utf-8")
    for page in (ROOT / "docs").rglob("*.md"):
        name = page.relative_to(ROOT / "docs").with_suffix(".html").as_posix()
        assert (site / name).is_file(), name
        link = name.removeprefix("reference/") if name.startswith("reference/") else f"../{name}"
        if not name.endswith("index.html"):
            assert f'href="{link}"' in front or f"href={link}" in front, f"{name} is in no menu"


def test_each_folder_has_an_index_of_its_pages(site: Path) -> None:
    for folder in ("diagnostics", "findings", "decisions"):
        text = (site / folder / "index.html").read_text("utf-8")
        for page in (ROOT / "docs" / folder).glob("*.md"):
            assert f"{page.stem}.html" in text, page
    assert "A response for no status." in (site / "diagnostics" / "index.html").read_text("utf-8")


def test_nothing_is_asked_of_another_host(site: Path) -> None:
    loads = re.compile(
        r"<(?:script|img|iframe|source)\b[^>]*\bsrc=[\"']?(?:https?:)?//"
        r"|<link\b(?![^>]*rel=[\"']?canonical)[^>]*\bhref=[\"']?(?:https?:)?//"
        r"|@import\b|url\([\"']?(?:https?:)?//"
    )
    for file in site.rglob("*"):
        if file.suffix in (".html", ".css"):
            found = loads.search(file.read_text("utf-8"))
            assert found is None, f"{file.relative_to(site)}: {found[0] if found else ''}"


def test_the_search_knows_the_pages(site: Path) -> None:
    index = json.loads((site / "search" / "search_index.json").read_text("utf-8"))
    places = {one["location"].partition("#")[0] for one in index["docs"]}
    assert {"tutorial.html", "reference/cli.html", "findings/filter-ignored.html"} <= places
    # Without a server the index is read as a script.
    assert (site / "search" / "search_index.js").read_text("utf-8").startswith("var __index = {")


@pytest.mark.skipif(BROWSER is None, reason="there is no browser")
def test_the_search_finds_without_a_server(site: Path) -> None:
    page = (site / "index.html").as_uri() + "?q=filter-ignored"
    options = ["--headless", "--no-sandbox", "--disable-gpu", "--virtual-time-budget=10000"]
    done = subprocess.run(
        [str(BROWSER), *options, "--dump-dom", page], capture_output=True, text=True, timeout=100
    )
    assert re.search(r"\d+ matching documents?", done.stdout), done.stderr[-2000:]
    assert "findings/filter-ignored.html" in done.stdout


def test_what_leads_nowhere_ends_the_build(tmp_path: Path) -> None:
    docs = tmp_path / "docs"
    shutil.copytree(SITE, docs / "site")
    small = docs / "site" / "small.yml"
    small.write_text("INHERIT: mkdocs.yml\nnav: [{Home: index.md}, {Other: other.md}]\n", "utf-8")
    (docs / "index.md").write_text("# Home\n\n[other](other.md#here)\n", "utf-8")
    (docs / "other.md").write_text("# Other\n\n## Here\n\n[home](index.md)\n", "utf-8")
    good = build(tmp_path / "good", small)
    assert good.returncode == 0, good.stdout + good.stderr
    (docs / "index.md").write_text("# Home\n\n[a](nowhere.md) [b](other.md#there)\n", "utf-8")
    (docs / "homeless.md").write_text("# Homeless\n", "utf-8")
    bad = build(tmp_path / "bad", small)
    assert bad.returncode == 1
    for said in ("nowhere.md", "#there", "homeless.md"):
        assert said in bad.stderr, bad.stderr
