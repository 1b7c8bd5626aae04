"""Python's cycle collector, off while a document grows in memory.

What is read is one growing tree: the collector walks all of it again and again and finds nothing, which takes longer
than the reading itself on large documents.
"""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def collector_paused() -> Iterator[None]:
    """Let nothing be collected meanwhile; may be nested."""
    if not gc.isenabled():
        yield
        return
    gc.disable()
    try:
        yield
    finally:
        # Everything made meanwhile counts as young, and would be walked at once: this calls it old.
        gc.freeze()
        gc.unfreeze()
        gc.enable()
