"""What the site needs beyond MkDocs: a navigation by pattern, an index for each folder, and search without a server.

Pages are read on a code host as well, where a link to a folder shows the folder. So folders have no index page in the
repository; the site gives them one, made of the first lines of their pages.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files
from mkdocs.structure.pages import Page

HERE = Path(__file__).parent
SHIM = "assets/iframe-worker.js"
HEADINGS = {
    "diagnostics": "Diagnostics",
    "findings": "Findings",
    "decisions": "Decisions",
    "changes": "Rules of diff",
}
LEADS = {
    "diagnostics": "What `ringback validate` and `ringback generate` say of a document, by code.",
    "findings": "What `ringback test` and `ringback replay` say of a server, by code.",
    "decisions": "Why it is so, what others do, and what it costs.",
    "changes": "What `ringback diff` says of two documents, by code.",
}


def on_config(config: MkDocsConfig) -> MkDocsConfig:
    """Expand the patterns of the navigation."""
    config.nav = _expanded(config.nav or [], Path(config.docs_dir))
    # The plugin `offline` takes a script of this name from another host, unless it is given one.
    config.extra["polyfills"] = [SHIM]
    return config


def on_files(files: Files, *, config: MkDocsConfig) -> Files:
    """Add the index of each folder, the style sheet and the script that searches without a server."""
    docs = Path(config.docs_dir)
    for folder in HEADINGS:
        if list((docs / folder).glob("*.md")):
            page = _index(docs, folder)
            files.append(File.generated(config, f"{folder}/index.md", content=page))
    for name in ("iframe-worker.js", "site.css"):
        text = (HERE / name).read_text(encoding="utf-8")
        files.append(File.generated(config, f"assets/{name}", content=text))
    return files


def on_page_markdown(markdown: str, *, page: Page, config: MkDocsConfig, files: Files) -> str:
    """Let a link to a folder lead to the folder's index, and name files of the repository that are no part of the site."""
    folders = "|".join(HEADINGS)
    text = re.sub(rf"\]\(((?:\.\./)*(?:{folders}))/?\)", r"](\1/index.md)", markdown)
    docs = Path(config.docs_dir)
    here = (docs / page.file.src_uri).parent
    return re.sub(
        r"\[([^\]\n]+)\]\((\.\./[^)#\s]+)\)", lambda link: _outside(link, here, docs), text
    )


def _outside(link: re.Match[str], here: Path, docs: Path) -> str:
    """A link to a file beside docs/, which a code host has and the site has not, as its text and the file's name."""
    place = (here / link[2]).resolve()
    if place.is_relative_to(docs.resolve()) or not place.exists():
        return link[0]
    name = place.relative_to(docs.resolve().parent).as_posix()
    return link[1] if name in link[1] else f"{link[1]} (`{name}`)"


def _expanded(nav: Any, docs: Path) -> Any:
    """The navigation with pages for patterns, and without pages that are not there yet."""
    if isinstance(nav, list):
        return [one for one in (_expanded(item, docs) for item in nav) if one is not None]
    if isinstance(nav, dict):
        ((title, inner),) = nav.items()
        inside = _expanded(inner, docs)
        return None if inside is None or inside == [] else {title: inside}
    if nav.endswith("/*.md"):
        folder = nav.removesuffix("/*.md")
        pages = sorted(path.name for path in (docs / folder).glob("*.md"))
        return [f"{folder}/index.md", *(f"{folder}/{name}" for name in pages)] if pages else None
    if nav.endswith("?"):
        return nav[:-1] if (docs / nav[:-1]).is_file() else None
    return nav


def _index(docs: Path, folder: str) -> str:
    rows = [_row(path) for path in sorted((docs / folder).glob("*.md"))]
    head = f"---\nsearch:\n  exclude: true\n---\n\n# {HEADINGS[folder]}\n\n{LEADS[folder]}\n\n| page | |\n| --- | --- |\n"
    return head + "".join(rows)


def _row(path: Path) -> str:
    """A page's title, and its first sentence in bold where it has one."""
    text = path.read_text(encoding="utf-8")
    title = next(line for line in text.splitlines() if line.startswith("# "))[2:]
    bold = re.search(r"^\*\*(.+?)\*\*", text, re.MULTILINE)
    said = bold[1].replace("|", "\\|") if bold else ""
    return f"| [{title}]({path.name}) | {said} |\n"
