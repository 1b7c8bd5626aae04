"""Where secrets stand: by the names of headers, of query and form fields, of properties in JSON and of elements.

Everything is found in the text as it is, never by reading it and writing it anew: a body that is cut off or broken keeps
its secrets to itself too, and what is no secret stays as it was to the byte.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from typing import Final
from urllib.parse import unquote_plus

_WORDS: Final = frozenset(
    {
        "password",
        "passwd",
        "pwd",
        "passphrase",
        "passcode",
        "secret",
        "secrets",
        "token",
        "jwt",
        "pin",
    }
    | {
        "authorization",
        "credential",
        "credentials",
        "cookie",
        "session",
        "sessionid",
        "apikey",
        "cvv",
    }
    | {"cvc", "otp", "signature", "sig", "bearer", "assertion", "auth"}
)
_PAIRS: Final = frozenset(
    {("api", "key"), ("access", "key"), ("private", "key"), ("secret", "key"), ("auth", "code")}
    | {("client", "assertion"), ("session", "id"), ("signing", "key"), ("encryption", "key")}
    | {("subscription", "key"), ("shared", "key"), ("key", "secret"), ("user", "key")}
)
_PARTS: Final = re.compile(r"[A-Z]+(?=[A-Z][a-z])|[A-Z]?[a-z]+|[A-Z]+|[0-9]+")
_HEADERS: Final = frozenset({"authorization", "proxy-authorization", "cookie", "set-cookie"})


class How(StrEnum):
    """In which writing a piece of text stands."""

    PLAIN = "plain"
    FORM = "form"  # percent escapes, + for a blank
    JSON = "json"  # inside a string of JSON
    NUMBER = "number"  # a number of JSON


@dataclass(frozen=True, slots=True)
class Span:
    """A piece of a text, what it is called, and in which writing it stands."""

    start: int
    end: int
    name: str
    how: How = How.PLAIN


Named = Callable[[str], bool]
"""Whether what goes by a name is a secret."""


@lru_cache(4096)
def is_secret(name: str) -> bool:
    """Whether a name says that it is for a secret: "AuthToken", "client_secret", "X-API-Key"; not "token_type"."""
    parts = [part.lower() for part in _PARTS.findall(name)]
    while parts and parts[-1].isdigit():
        parts.pop()
    if not parts:
        return False
    return parts[-1] in _WORDS or tuple(parts[-2:]) in _PAIRS or "".join(parts) in _WORDS


def in_header(name: str, value: str, named: Named) -> Iterator[Span]:
    """The secret pieces of a header's value."""
    if name in ("cookie", "set-cookie"):
        yield from _in_cookies(value, only_first=name == "set-cookie")
    elif name in _HEADERS or named(name):
        scheme = re.match(r"(?i)(basic|bearer|digest|token|negotiate|apikey) +", value)
        yield Span(scheme.end() if scheme else 0, len(value), name)


def _in_cookies(value: str, *, only_first: bool) -> Iterator[Span]:
    at = 0
    for part in value.split(";"):
        name, equals, found = part.partition("=")
        begin = at + len(name) + len(equals)
        if not equals:  # a cookie without a name is all value
            begin, found = at, part
        if found.strip():
            yield Span(begin, begin + len(found), name.strip() or "cookie")
        if only_first:
            return
        at += len(part) + 1


def in_form(text: str, named: Named) -> Iterator[Span]:
    """The values of secret fields in a query, or in a body of the same form."""
    for found in re.finditer(r"([^&=;?#\s]+)=([^&#\s]*)", text):
        # What an object holds goes by names such as `user[password]`.
        name = unquote_plus(found[1]).rstrip("]").rpartition("[")[2]
        if found[2] and named(name):
            yield Span(found.start(2), found.end(2), name, How.FORM)


_NUMBER: Final = re.compile(r"-?[0-9]+(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?")
_COLON: Final = re.compile(r"\s*:")
_NAMES: Final = re.compile(r'"((?:[^"\\]|\\.)*)"\s*:', re.DOTALL)
_TOKEN: Final = re.compile(r'"((?:[^"\\]|\\.)*)("|\Z)|([{}\[\],:])|([^\s{}\[\],:"]+)', re.DOTALL)


def in_json(text: str, named: Named) -> Iterator[Span]:
    """The contents of strings and numbers below secret properties, however deep, in whole or broken JSON."""
    if not any(named(_unescaped(one)) for one in set(_NAMES.findall(text))):
        return  # as nearly always
    above: list[str] = []  # of every open bracket: the secret that it stands under, or ""
    name = last = (
        ""  # the secret that the next value is, or ""; the last string, which may be a name
    )
    for token in _TOKEN.finditer(text):
        sign = token[3]
        outer = above[-1] if above else ""
        if sign == ":":
            name = _unescaped(last) if named(_unescaped(last)) else outer
        elif sign in ("{", "["):
            above.append(name or outer)
            name = ""
        elif sign is not None:
            if sign in "}]" and above:
                above.pop()
            name = ""
        elif token[1] is not None and _COLON.match(text, token.end()):
            last = token[1]
        else:
            yield from _json_value(token, name or outer)
            name = ""


def _json_value(token: re.Match[str], name: str) -> Iterator[Span]:
    group = 4 if token[1] is None else 1
    if not name or not token[group] or (group == 4 and token[4] in ("true", "false", "null")):
        return
    is_number = group == 4 and _NUMBER.fullmatch(token[4])
    how = How.JSON if group == 1 else How.NUMBER if is_number else How.PLAIN
    yield Span(token.start(group), token.end(group), name, how)


def _unescaped(text: str) -> str:
    return re.sub(r"\\u([0-9a-fA-F]{4})", lambda found: chr(int(found[1], 16)), text)


def in_markup(text: str, named: Named) -> Iterator[Span]:
    """What secret elements and attributes hold, in XML or HTML."""
    spans: list[Span] = []
    for found in re.finditer(
        r"<([\w:.-]+)(?:\s[^<>]*)?>(?:<!\[CDATA\[(?=(?s:.)*?\]\]>))?([^<]+?)(?=\]\]>|<|\Z)", text
    ):
        if found[2].strip() and named(found[1].rpartition(":")[2]):
            spans.append(Span(found.start(2), found.end(2), found[1]))
    for found in re.finditer(r"""([\w:.-]+)\s*=\s*(?:"([^"]+)"|'([^']+)')""", text):
        group = 2 if found[2] is not None else 3
        if named(found[1].rpartition(":")[2]):
            spans.append(Span(found.start(group), found.end(group), found[1]))
    yield from sorted(spans, key=lambda span: span.start)


def in_multipart(text: str, named: Named) -> Iterator[Span]:
    """The secret parts of a multipart body."""
    part = r'(?is)name="([^"]*)"[^\n]*\r?\n(?:[^\r\n]+\r?\n)*\r?\n(.+?)(?=\r?\n--|\Z)'
    for found in re.finditer(part, text):
        if named(found[1]):
            yield Span(found.start(2), found.end(2), found[1])


_USERINFO: Final = re.compile(r"""(?i)(?<=[a-z0-9+.-]):(?:\\?/){2}([^\s/?#"'<>@\\]*)@""")
_HIDDEN_USERINFO: Final = re.compile(
    r"""(?i)(?<=[a-z0-9+.-])%3A%2F%2F((?:(?!%2F|%3F|%23|%40)[^\s/?#"'<>@&=\\])*)%40"""
)


def in_urls(text: str) -> Iterator[Span]:
    """What stands before the @ of URLs, plain or percent-encoded, wherever they are in a text."""
    if "@" not in text and "%40" not in text:
        return  # as nearly always
    found: list[Span] = []
    for pattern, how in ((_USERINFO, How.PLAIN), (_HIDDEN_USERINFO, How.FORM)):
        for one in pattern.finditer(text):
            if one[1]:
                found.append(Span(one.start(1), one.end(1), "userinfo", how))
    yield from sorted(found, key=lambda span: span.start)


def in_body(text: str, media_type: str, named: Named) -> Iterator[Span]:
    """The secret pieces of a body. Where its media type is not known, it is taken for what it looks like."""
    kind = media_type.partition(";")[0].strip().lower()
    begin = text.lstrip()[:1]
    if "json" in kind or (begin and begin in "{["):
        yield from in_json(text, named)
    elif "multipart" in kind:
        yield from in_multipart(text, named)
    elif "xml" in kind or "html" in kind or begin == "<":
        yield from in_markup(text, named)
    else:
        yield from in_form(text, named)
