"""What each setting of `[tool.ringback]` is, in words: docs/reference/settings.md is made of them.

A dot stands for a table within: `limits.bytes` is `bytes` below `[tool.ringback.limits]`. A test holds the keys to those that
`settings.py` reads.
"""

from __future__ import annotations

from typing import Final

WORDS: Final = {
    "document": ("a file", "The document that these settings describe, and the DOC of every command that names none."),
    "overlays": ("a list of files", "OpenAPI Overlays that are applied to it, in this order."),
    "allow-refs": (
        "a list of folders, files and beginnings of URLs",
        "Where `$ref` may lead besides the document's own folder. A URL is fetched.",
    ),
    "strict": ("true or false", "Warnings count as errors. The default is false."),
    "output": ("a folder", "The folder of the generated package."),
    "package": ("a name", "Its import name. The default is the name of the folder."),
    "standalone": (
        "true or false",
        "As `--standalone` says: the package has a `pyproject.toml` and a `README.md` of its own. The default is false.",
    ),
    "templates": ("a folder", "Templates of your own. Those that it lacks are ours."),
    "vocabulary": ("a file", "The words of a markup language that the package builds (docs/vocabularies.md)."),
    "paging": ("a table", "By operation: how its list goes on, or `false` where it is no list that does (docs/bindings.md)."),
    "formats": ("a table", "By format: the format it is like, or a type of your own (docs/bindings.md)."),
    "limits.bytes": ("a whole number", "How large a file may be."),
    "limits.depth": ("a whole number", "How deep its values may be nested."),
    "limits.nodes": ("a whole number", "How many values it may have, those of aliases counted each time."),
    "limits.files": ("a whole number", "How many files `$ref` may bring in."),
    "limits.variants": ("a whole number", "How many combinations of variants an `allOf` of several unions may have; with more, its first union is kept."),
    "limits.checks": ("a whole number", "How many schemas may stand in one `not`, `if`, `contains` or other rule that no type holds; what has more is not checked."),
    "test.values": ("a table", "What to send for a parameter or a property of this name."),
    "test.costs": ("a table", "What one request to an operation costs; `--max-cost` holds the sum."),
    "test.lifecycles": ("a table", "Which states follow which, by the place of the state in the document."),
    "test.ignore": ("a list of codes", "Findings that are left out: a code, or a code and an operation."),
    "test.timeout": ("a number of seconds", "How long an answer may take."),
    "test.patience": ("a number of seconds", "How long a callback, or a change of state, may take."),
    "test.callback-url": ("a URL", "Under which address the tested side reaches this machine."),
    "mock.seed": ("a whole number", "Other seeds draw other values and identifiers."),
    "mock.credentials": ("a list of texts", "`user:password` or tokens that are believed. Without it any are."),
    "mock.initial": ("a whole number", "How many items there are of what nobody has created. The default is 2."),
    "mock.data": ("a file, or a table", "Rows to begin with: lists of objects by the name of the resource."),
    "mock.operations": ("a table", "By operation: `resource`, `role`, `identifier`, `rows`, `item`, where they are guessed wrong."),
    "mock.lifecycles": ("a table", "Which states follow which: by `resource.property`, for each state those that may follow."),
}  # fmt: skip
"""For each setting what it holds, and what it means."""
