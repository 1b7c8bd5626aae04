"""Writes docs/plan.md from the modules that define the plan: run it after changing one of `MODELS`.

python tests/plan/plan_page.py
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[2]
PLAN = ROOT / "generator" / "ringback" / "plan"
MODELS = [
    *sorted(PLAN.glob("model*.py")),
    *(PLAN / name for name in ("markup.py", "tabular.py", "tokens.py")),
]
PAGE = ROOT / "docs" / "plan.md"

HEAD = """\
# The plan

Templates print a plan and decide nothing. `ringback plan DOC` shows the plan of a document (an outline of what is not empty;
`--format json` gives every field), and `--templates DIR` puts templates of your own before ours: a file of the same path
replaces one, the others stay. In a template the plan is called `plan`; undefined names are errors. Whatever comes from the
document reaches Python through `| py` (a literal) or `| docstring` only; names, annotations and codecs are Python already.

    mkdir -p mine && cp templates/webhooks.py.j2 mine/ && ringback generate api.yaml --output api --templates mine

What is printed is compiled before anything is written, and laid out by black where it has to be. The fields below are as the
source of the generator has them (this page is made from it); they may change in any minor version, the names that they hold do not.
"""


def page() -> str:
    """The page: a section for each class, the whole plan first."""
    found = []
    for model in MODELS:
        source = model.read_text(encoding="utf-8")
        lines = source.splitlines()
        nodes = [node for node in ast.parse(source).body if isinstance(node, ast.ClassDef)]
        found += [(node, lines) for node in nodes]
    found.sort(key=lambda one: (one[0].name != "Plan", one[0].name))
    return HEAD + "".join(_section(node, lines) for node, lines in found)


def _section(node: ast.ClassDef, lines: list[str]) -> str:
    rows = "\n".join(f"| `{name}` | `{kind}` | {told} |" for name, kind, told in _rows(node, lines))
    text = " ".join((ast.get_docstring(node) or "").split())
    return f"\n## {node.name}\n\n{text}\n\n| field | type | |\n| --- | --- | --- |\n{rows}\n"


def _rows(node: ast.ClassDef, lines: list[str]) -> Iterator[tuple[str, str, str]]:
    for one in node.body:
        if isinstance(one, ast.AnnAssign) and isinstance(one.target, ast.Name):
            comment = re.search(r"\s# (.*)$", lines[(one.end_lineno or one.lineno) - 1])
            yield one.target.id, _kind(one.annotation), comment[1] if comment else ""
        elif isinstance(one, ast.FunctionDef) and one.decorator_list and one.returns:
            text = " ".join((ast.get_docstring(one) or "").split())
            yield one.name, _kind(one.returns), text


def _kind(node: ast.expr) -> str:
    return ast.unparse(node).replace("|", "\\|")


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
