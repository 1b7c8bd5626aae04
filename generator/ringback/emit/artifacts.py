"""What is printed: this template, to that path. The path of a template mirrors the path of what it prints.

A verbatim template holds no document's text and is kept in the form black gives it (a test says so), so it is printed as it
stands.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Artifact:
    """One printed file; `needs` is the part of a plan without which it is not printed.

    `to` is where it goes, if the name of the template does not say it.
    """

    template: str
    verbatim: bool = False
    needs: str = ""
    to: str = ""

    @property
    def path(self) -> str:
        """Where it goes, below the package's folder."""
        return self.to or self.template.removesuffix(".j2")


_RUNTIME = (
    "__init__",
    "asgi",
    "codecs",
    "core",
    "decode",
    "download",
    "errors",
    "hooks",
    "links",
    "paging",
    "request",
    "shapes",
    "signing",
    "table",
    "transport",
    "values",
)

_PARTS = (
    "checks", "formats", "former", "headers", "markup", "multipart", "servers", "streams", "styles", "tabular", "tokens", "unions",
)  # fmt: skip
"""Parts of the runtime that only some documents need."""

ARTIFACTS = (
    Artifact("__init__.py.j2"),
    Artifact("client.py.j2"),
    Artifact("document.py.j2"),
    Artifact("errors.py.j2", verbatim=True),
    Artifact("formats.py.j2", needs="formats"),
    Artifact("headers.py.j2", needs="headers"),
    Artifact("models.py.j2"),
    Artifact("operations.py.j2"),
    Artifact("py.typed.j2", verbatim=True),
    Artifact("server.py.j2"),
    Artifact("tokens.py.j2", needs="tokens"),
    Artifact("vocabulary.py.j2", needs="markup"),  # to a module of the vocabulary's own name
    Artifact("webhooks.py.j2"),
    *(Artifact(f"_runtime/{name}.py.j2", verbatim=True) for name in _RUNTIME),
    *(Artifact(f"_runtime/{name}.py.j2", verbatim=True, needs=name) for name in _PARTS),
    Artifact("_runtime/predicates.py.j2", verbatim=True, needs="checks"),
)

STANDALONE = (
    Artifact("pyproject.toml.j2"),
    Artifact("README.md.j2"),
)
"""What `--standalone` prints as well, so that the package can be published alone."""

EXPORTS = {
    "_runtime.core": ("RequestOptions",),
    "_runtime.values": ("UNSET", "Unset"),
    "client": ("AsyncClient", "Client"),
    "document": ("DOCUMENT",),
    "errors": (
        "BadRequest",
        "Conflict",
        "ConnectionFailed",
        "DeadlineExceeded",
        "Drift",
        "DriftError",
        "Forbidden",
        "InvalidRequest",
        "MethodNotAllowed",
        "NotFound",
        "PagingError",
        "RateLimited",
        "RequestFailed",
        "ServerError",
        "StatusError",
        "Unauthorized",
        "UnprocessableContent",
        "UnreadableAnswer",
    ),
    "server": ("Fault", "HttpRequest", "RawAnswer", "build_app"),
    "webhooks": ("Event", "SignatureError", "WebhookReceiver", "WebhookSender"),
}
"""What the package offers at its top, by the module that has it; models.py adds all its types."""


def templates_dir() -> Path:
    """The templates: inside an installed package, beside generator/ in a checkout."""
    package = Path(__file__).parents[1]
    if package.parent.name == "generator":
        return package.parents[1] / "templates"
    return package / "templates"
