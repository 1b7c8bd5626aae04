"""A request as a command that can be pasted into a shell, without its secrets: they are variables."""

from __future__ import annotations

import base64
import re
import shlex
from collections.abc import Iterable, Iterator
from typing import Final

from ringback.contract import secrets_in
from ringback.contract.secrets_in import Span, is_secret
from ringback.contract.traffic import Exchange, Request

CREDENTIALS: Final = "RINGBACK_TEST_AUTH"
"""The variable that has USER:PASSWORD, for us and for the commands that we write."""
_LEFT_OUT: Final = frozenset(
    {"content-length", "host", "connection", "accept-encoding", "user-agent"}
)
_TEXT: Final = re.compile(r"[\t\n\r -~\x80-\U0010ffff]*")


def curl(exchange: Exchange, base: str) -> str:
    """The command that sends a request again; `base` is the URL before its target."""
    request = exchange.request
    parts = ["curl", *_method(request), *_headers(request)]
    before, body = _body(request)
    target = _with_variables(request.target, _query_spans(request.target))
    url = f"{_quoted(base.rstrip('/'))}{target}" if base else target
    # Neither brackets nor dots in a URL are curl's to work on.
    return " ".join((*([before] if before else []), *parts, *body, "--globoff --path-as-is", url))


def _method(request: Request) -> Iterator[str]:
    if request.method == "HEAD":
        yield "--head"
    elif request.method != ("POST" if request.body else "GET"):
        yield f"-X {_quoted(request.method)}"


def _headers(request: Request) -> Iterator[str]:
    named = {name for name, _ in request.headers}
    for name, value in request.headers:
        if name in _LEFT_OUT:
            continue
        if name == "authorization" and re.match("(?i)basic ", value):
            yield f'-u "${CREDENTIALS}"'
        elif not value:
            yield f"-H {_quoted(f'{name};')}"  # the way to send a header without a value
        else:
            spans = secrets_in.in_header(name, value, is_secret)
            shifted = (Span(a.start + len(name) + 2, a.end + len(name) + 2, a.name) for a in spans)
            yield f"-H {_with_variables(f'{name}: {value}', shifted)}"
    if request.body and "content-type" not in named:
        yield "-H 'content-type:'"  # or it would say that it is a form


def _body(request: Request) -> tuple[str, list[str]]:
    """What goes before the command, and its options."""
    if not request.body:
        return "", []
    try:
        text = request.body.decode("utf-8")
    except UnicodeDecodeError:
        text = "\0"
    if not _TEXT.fullmatch(text):
        coded = base64.b64encode(request.body).decode()
        return f"printf %s {coded} | base64 -d |", ["--data-binary @-"]
    spans = secrets_in.in_body(text, request.header("content-type") or "", is_secret)
    return "", [f"--data-raw {_with_variables(text, spans)}"]


def _query_spans(target: str) -> Iterator[Span]:
    begin = target.find("?") + 1
    if begin:
        for span in secrets_in.in_form(target[begin:], is_secret):
            yield Span(span.start + begin, span.end + begin, span.name)


def _with_variables(text: str, spans: Iterable[Span]) -> str:
    """A text as one word of a shell, in which secrets are variables of their names."""
    parts: list[str] = []
    at = 0
    for span in spans:
        if span.start >= at:
            parts += [_quoted(text[at : span.start])] if span.start > at else []
            parts.append(f'"${_variable(span.name)}"')
            at = span.end
    if at < len(text) or not parts:
        parts.append(_quoted(text[at:]))
    return "".join(parts)


def _variable(name: str) -> str:
    plain = re.sub("(?<=[a-z0-9])(?=[A-Z])", "_", name)
    plain = re.sub("[^A-Za-z0-9]+", "_", plain).strip("_").upper()
    return plain if plain and not plain[0].isdigit() else f"SECRET_{plain}".rstrip("_")


def _quoted(text: str) -> str:
    return shlex.quote(text)
