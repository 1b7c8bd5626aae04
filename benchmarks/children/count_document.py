"""Reads and plans one document, and prints as JSON what is in it and what became of that.

count_document.py DOCUMENT [ALLOWED...]
"""

import json
import sys

from ringback import openapi, plan, source

document, warnings = openapi.parse(source.load(sys.argv[1], allowed=sys.argv[2:]), second=False)
drawn = plan.draw(document, "bindings")
told = {
    "version": document.version,
    "operations": len(document.operations) + sum(len(one.operations) for one in document.webhooks),
    "schemas": len(document.schemas),
    "warnings": len(warnings),
    "degraded": len({one.location for one in drawn.warnings}),
    "skipped": len({one.location for one in drawn.skipped}),
}
json.dump(told, sys.stdout)
