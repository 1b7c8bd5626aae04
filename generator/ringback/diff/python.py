"""What changes in the generated Python between two documents.

Both plans are drawn, and compared as a program sees them: the old program stays, the package below it is generated anew.
The new plan is drawn with the names that the old one gave, because the names lock beside a package does the same; what the
lock keeps is not renamed. `fresh` draws it without, for packages that are generated into a new folder.
"""

from __future__ import annotations

from collections.abc import Iterator

from ringback import plan
from ringback.diff.model import Change
from ringback.diff.python_arguments import credentials
from ringback.diff.python_models import types
from ringback.diff.python_operations import operations
from ringback.diff.python_pair import Pair, paired
from ringback.openapi import Document
from ringback.plan import UNLOCKED, Drawn, NamesLock


def compare_python(
    old: Document,
    new: Document,
    *,
    package: str = "bindings",
    lock: NamesLock = UNLOCKED,
    fresh: bool = False,
) -> list[Change]:
    """The changes of the package that is generated from two documents; `lock` has the names of the old one."""
    before = plan.draw(old, package, lock)
    after = plan.draw(new, package, UNLOCKED if fresh else before.lock)
    return compare_plans(before, after)


def compare_plans(old: Drawn, new: Drawn) -> list[Change]:
    """The changes from one plan to another: operations first, then types."""
    pair = paired(old, new)
    return [*operations(pair), *credentials(pair), *_webhooks(pair), *types(pair)]


def _webhooks(pair: Pair) -> Iterator[Change]:
    """What is received and sent by webhooks.py, by the name on the wire."""
    before, after = _hooks(pair, old=True), _hooks(pair, old=False)
    for wire, (name, payload) in before.items():
        subject = f"webhooks.{name}"
        labels = (f"webhook {wire}",)
        if wire not in after:
            message = f"the webhook {subject} is gone"
            yield pair.say("webhook-removed", message, subject, "", labels)
            continue
        other, carried = after[wire]
        if other != name:
            message = f"the webhook {subject} is called webhooks.{other}"
            yield pair.say("webhook-renamed", message, subject, f"webhooks.{other}", labels)
        step = pair.step(payload, carried)
        if step:
            message = f"the webhook webhooks.{other} carries {carried}, where it carried {payload}"
            yield pair.say(f"webhook-{step}", message, subject, f"webhooks.{other}", labels)
    for wire, (name, _) in after.items():
        if wire not in before:
            message = f"the webhook webhooks.{name} is new"
            yield pair.say("webhook-added", message, "", f"webhooks.{name}", (f"webhook {wire}",))


def _hooks(pair: Pair, *, old: bool) -> dict[str, tuple[str, str]]:
    side = pair.old if old else pair.new
    found = {}
    for hook in side.plan.webhooks:
        entry = side.entries.get(f"webhooks.{hook.name}")
        found[entry.wire if entry else hook.name] = (hook.name, hook.payload)
    return found
