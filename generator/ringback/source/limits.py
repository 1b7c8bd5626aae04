"""How much a document may ask of the machine that reads it.

A few lines of YAML can stand for billions of values (aliases of aliases), and a deep enough nesting ends any
recursive walk. The limits are far above every published document known to us; whoever has a larger one raises
the setting that the message names.
"""

from __future__ import annotations

from dataclasses import dataclass

MAXIMUM_DEPTH = 250
"""No setting goes deeper: the JSON Schema engine refuses more than 255 levels, and walks of ours recurse."""


@dataclass(frozen=True, slots=True)
class Limits:
    """`bytes`, levels of nesting (`depth`), values once aliases are expanded (`nodes`), and `files`.

    Where references lead into other files, all but the depth count for all of them together. `variants` is how many
    combinations an `allOf` of unions may stand for, `checks` how many schemas a rule may have that no type holds.
    """

    bytes: int = 64 << 20
    depth: int = 200
    nodes: int = 2_000_000
    files: int = 2_000
    variants: int = 64
    checks: int = 200

    def setting(self, name: str) -> str:
        """How a message names the limit: ``[tool.ringback.limits] depth = 200``."""
        return f"[tool.ringback.limits] {name} = {getattr(self, name)}"
