"""What can go wrong with a report itself."""

from __future__ import annotations


class ReportError(Exception):
    """A report cannot be written, read or put together; the message is one sentence that says why."""
