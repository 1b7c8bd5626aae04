"""CSV: a row of names, then a row for each item. What is no single value is left out.

An answer that the document has in CSV is told from state like any other. With `x-ringback-csv` at the document, all its lists are
there in CSV too: under the path with the other suffix, or where the client takes nothing else.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from ringback.openapi import Document, Schema
from ringback.wire import forms

from .tables import plain

MEDIA_TYPE: Final = "text/csv"
_EXTENSION: Final = "x-ringback-csv"
_NESTED: Final = frozenset(("object", "array"))

Columns = Sequence[tuple[str, str]]
"""What stands at the top of each column, and the property that is told below."""


@dataclass(frozen=True, slots=True)
class Lists:
    """How the lists of a document are asked for as CSV: `suffix` is what paths end in, and what they end in for CSV."""

    suffix: tuple[str, str] | None = None
    prefix: str = ""  # of the cursor that continues after a row

    @staticmethod
    def of(document: Document) -> Lists | None:
        """As the document's extension says; None where it has none."""
        given = document.extensions.get(_EXTENSION)
        if not isinstance(given, Mapping):
            return None
        ends, following = given.get("suffix"), given.get("next")
        suffix = (str(ends["from"]), str(ends["to"])) if isinstance(ends, Mapping) else None
        prefix = str(following.get("prefix", "")) if isinstance(following, Mapping) else ""
        return Lists(suffix, prefix)

    def path(self, path: str) -> str | None:
        """The documented path that a path of CSV stands for."""
        if self.suffix is None or not path.endswith(self.suffix[1]):
            return None
        return path.removesuffix(self.suffix[1]) + self.suffix[0]


def columns_of(schema: Schema | None, rows: Iterable[Any], shown: Any = None) -> Columns:
    """The columns of items: those of the document's own example (`shown`) where all of them are properties, else all single values."""
    properties = forms.properties_of(schema)
    own = {plain(name): name for name, _ in properties}
    head = next(csv.reader(io.StringIO(shown)), []) if isinstance(shown, str) else []
    if head and all(plain(one) in own for one in head):
        return [(one, own[plain(one)]) for one in head]
    named = [name for name, inner in properties if not forms.types_of(inner) & _NESTED]
    if not properties:
        told = (one for one in rows if isinstance(one, Mapping))
        named = list(dict.fromkeys(name for one in told for name in one if _is_single(one[name])))
    return [(name, name) for name in named]


def csv_of(columns: Columns, rows: Iterable[Any]) -> bytes:
    """Items as CSV (RFC 4180)."""
    stream = io.StringIO()
    writer = csv.writer(stream)
    writer.writerow([head for head, _ in columns])
    for row in rows:
        held = row if isinstance(row, Mapping) else {}
        writer.writerow([forms.text(held.get(name)) for _, name in columns])
    return stream.getvalue().encode()


def _is_single(value: Any) -> bool:
    return not isinstance(value, (dict, list))
