"""What only several exchanges together can show: the memory of a run, fed one exchange after the other.

    ledger = Ledger(contract)
    for exchange in traffic:
        found += ledger.take(exchange)
    found += ledger.finish()

Traffic may be a campaign's or a recording's. The ledger believes only what was over before something else began. Where several requests
are on their way at once (`concurrent`), what it suspects waits until `finish`, because the answer that
explains it may still be coming; what is written meanwhile withdraws it.
"""

from __future__ import annotations

from .callbacks import Watch
from .ledger import Ledger

__all__ = ["Ledger", "Watch"]
