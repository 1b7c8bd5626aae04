"""What the action needs of a pull request, for a runner that has Python and nothing else.

python -I pull_request.py event BASE|HEAD|NUMBER   prints a fact of the event, nothing where there is none
python -I pull_request.py comment REPORTS          writes comment.md of the reports there, and posts it where $TOKEN is set

There is one comment for each pull request: it is found by its first line, and written anew with each run.
"""

from __future__ import annotations

import json
import os
import sys
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

MARK = "<!-- ringback -->"
LONGEST = 65_000  # characters that a comment may have, with some to spare
FACTS = {
    "BASE": ("base", "sha"),
    "HEAD": ("head", "sha"),
    "FORK": ("head", "repo", "full_name"),
    "NUMBER": ("number",),
}


def main(arguments: list[str]) -> int:
    """Run one of the two; gives the exit status."""
    if arguments[0] == "event":
        print(fact(*FACTS[arguments[1]]))
        return 0
    reports = Path(arguments[1])
    told = list(parts(reports))
    if not told:
        return 0
    body = "\n\n".join(text for text, _ in told)
    _summarise(reports, body)
    token = os.environ.get("TOKEN", "")
    if token:
        post(token, shortened(f"{MARK}\n{body}\n"), worth_saying=any(news for _, news in told))
    return 0


def fact(*path: str) -> str:
    """A value of the event's pull request."""
    file = os.environ.get("GITHUB_EVENT_PATH", "")
    value: Any = json.loads(Path(file).read_text("utf-8")) if file and Path(file).is_file() else {}
    for key in ("pull_request", *path):
        value = value.get(key) if isinstance(value, dict) else None
    return "" if value is None else str(value)


# -- what is said


def parts(reports: Path) -> Iterator[tuple[str, bool]]:
    """The parts of the comment, each with whether it has news."""
    changes = reports / "diff.md"
    if changes.is_file():
        text = changes.read_text("utf-8").strip()
        yield text, "**none**" not in text.splitlines()[0]
    bindings = reports / "bindings.md"
    if bindings.is_file():
        text = bindings.read_text("utf-8").strip()
        yield text, text.splitlines()[0] != "### Bindings: up to date"
    contract = reports / "report.json"
    if contract.is_file():
        yield _contract(json.loads(contract.read_text("utf-8")))


def _contract(report: dict[str, Any]) -> tuple[str, bool]:
    run, verdict = report["run"], report["verdict"]
    findings = run["findings"]
    head = f"### Contract: **{verdict['word']}**: {verdict['sentence']}"
    rows = [
        f"| {one['severity']} | `{one['code']}` | {_cell(one['operation'])} | {_cell(one['message'])} |"
        for one in findings[:20]
    ]
    table = (
        ["", "| | code | operation | what was found |", "| --- | --- | --- | --- |", *rows]
        if rows
        else []
    )
    more = [f"\nand {len(findings) - 20} more, in the reports"] if len(findings) > 20 else []
    return "\n".join([head, *table, *more]), bool(findings)


def _cell(text: str) -> str:
    """A text of a document or an answer, which must not become Markdown, HTML or a mention."""
    text = " ".join(text.split())[:300].replace("&", "&amp;").replace("<", "&lt;")
    for sign in "\\`*_[]|~":
        text = text.replace(sign, "\\" + sign)
    return text.replace("@", "@&#8203;")


def shortened(body: str) -> str:
    """A body that fits into a comment; the summary of the job has all of it."""
    if len(body) <= LONGEST:
        return body
    cut = body[:LONGEST].rsplit("\n", 1)[0]
    closing = "\n\n</details>" * (cut.count("<details>") - cut.count("</details>"))
    return f"{cut}{closing}\n\n… and more than fits here: the summary of the job has all of it.\n"


def _summarise(reports: Path, body: str) -> None:
    (reports / "comment.md").write_text(f"{body}\n", encoding="utf-8")
    summary = os.environ.get("GITHUB_STEP_SUMMARY", "")
    if summary:
        with open(summary, "a", encoding="utf-8") as stream:
            stream.write(f"{body}\n")


# -- where it is said


def post(token: str, body: str, *, worth_saying: bool) -> None:
    """Write the comment anew, or make it. A first comment that has no news is not made.

    What cannot be posted is a warning: pull requests from forks have a token that may not write.
    """
    number = fact(*FACTS["NUMBER"])
    if not number:
        print("::notice::there is no pull request to comment on")
        return
    api = os.environ.get("GITHUB_API_URL", "https://api.github.com")
    issues = f"{api}/repos/{os.environ.get('GITHUB_REPOSITORY', '')}/issues"
    try:
        mine = next(_comments(token, f"{issues}/{number}/comments"), None)
        if mine is not None:
            _ask(token, "PATCH", f"{issues}/comments/{mine}", {"body": body})
        elif worth_saying:
            _ask(token, "POST", f"{issues}/{number}/comments", {"body": body})
    except (OSError, ValueError) as error:
        said = " ".join(str(error).split())
        print(f"::warning title=no comment::the comment could not be posted: {said}")


def _comments(token: str, url: str) -> Iterator[int]:
    """The comments of this action: those with its mark, by a program. Anybody can write a mark."""
    page = 1
    while True:
        found = _ask(token, "GET", f"{url}?per_page=100&page={page}", None)
        for one in found:
            written_by = (one.get("user") or {}).get("type")
            if str(one.get("body", "")).startswith(MARK) and written_by == "Bot":
                yield int(one["id"])
        if len(found) < 100:
            return
        page += 1


class _Stay(urllib.request.HTTPRedirectHandler):
    """Follows no redirection: the token would be sent along."""

    def redirect_request(self, *_: Any) -> None:
        return None


def _ask(token: str, method: str, url: str, value: object) -> Any:
    data = None if value is None else json.dumps(value).encode()
    headers = {
        "Accept": "application/vnd.github+json",
        "Authorization": f"Bearer {token}",
        "Content-Type": "application/json",
        "User-Agent": "ringback-action",
        "X-GitHub-Api-Version": "2022-11-28",
    }
    asked = urllib.request.Request(url, data=data, headers=headers, method=method)
    with urllib.request.build_opener(_Stay).open(asked, timeout=30) as answer:
        return json.loads(answer.read() or b"null")


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
