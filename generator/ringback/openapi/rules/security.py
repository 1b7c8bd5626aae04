"""Security requirements and servers."""

from __future__ import annotations

import re
from collections.abc import Iterator
from difflib import get_close_matches
from typing import Final

from ringback.source import Diagnostic

from .finding import Context

_VARIABLE: Final = re.compile(r"\{([^{}]*)\}")


def security_requirement(context: Context) -> Iterator[Diagnostic]:
    """A security requirement names schemes that the document declares.

    What such a scheme wants nobody can know, so that the client cannot show it; a server still asks for it.
    """
    schemes = (context.tree.root.get("components") or {}).get("securitySchemes") or {}
    for path, node in context.survey.of("security"):
        for name in node:
            if name in schemes:
                continue
            close = get_close_matches(name, list(schemes), 1)
            hint = "declare it under components/securitySchemes: until then no client can show it"
            yield context.warning(
                (*path, name),
                "unknown-security-scheme",
                f"there is no security scheme {name!r}",
                f"did you mean {close[0]}?" if close else hint,
                key=True,
            )


def server_variables(context: Context) -> Iterator[Diagnostic]:
    """Every variable of a server's URL is declared and has a default among its values."""
    for path, node in context.survey.of("server"):
        url, declared = node["url"], node.get("variables") or {}
        for name in dict.fromkeys(_VARIABLE.findall(url)):
            if name not in declared:
                message = f"the variable {{{name}}} of the URL is not declared"
                yield context.error(
                    (*path, "url"),
                    "server-variable",
                    message,
                    "declare it under variables, with a default",
                )
        for name, variable in declared.items():
            choices = variable.get("enum")
            if isinstance(choices, list) and variable.get("default") not in choices:
                place = (*path, "variables", name, "default")
                message = (
                    f"the default {variable.get('default')!r} is none of the values of {name!r}"
                )
                yield context.warning(place, "server-variable", message)
