"""Secrets, phone numbers and accounts get other names before anything is written down.

A pseudonym has the shape of what it stands for (a digit for a digit, a small letter for a small letter, hexadecimal for
hexadecimal), so an identifier still fits its pattern and a number is still one, and replaying a recording judges the
same. The same value gets the same pseudonym wherever it stands in a run, in another run another one: the key is drawn
anew, since a phone number could otherwise be found by trying them all.

Two passes: first all traffic is looked through for values that stand under a secret name; then every one of them is
replaced wherever it occurs, also where nothing says that it is one.
"""

from __future__ import annotations

import base64
import binascii
import dataclasses
import hashlib
import hmac
import json
import re
import secrets
import threading
from collections.abc import Callable, Iterable, Iterator
from typing import Any, Final, TypeVar, cast
from urllib.parse import quote, quote_plus, unquote_to_bytes

from ringback.contract import secrets_in
from ringback.contract.outcome import Run
from ringback.contract.secrets_in import How, Span
from ringback.contract.traffic import Delivery, Exchange, Headers, Reply, Request

T = TypeVar("T")
_PHONE: Final = re.compile(r"(\+|%2[Bb]|\\u002[Bb]|&#43;)([1-9][0-9]{6,14})(?![0-9])")
_KIND: Final = re.compile(r"[A-Za-z]{1,4}[_-]?(?=[0-9a-fA-F]{8})")
_PLAIN_WORDS: Final = re.compile(r"[a-z]+(?:[-_ .][a-z]+)*")
_BEFORE: Final = re.compile(r"(?:^|[^A-Za-z0-9]|%[0-9A-Fa-f]{2}|\\[nrtbf]|\\u[0-9A-Fa-f]{4})\Z")
_AFTER: Final = re.compile(r"(?![A-Za-z0-9])")
"""Before and after a short secret: it is replaced where it stands alone, not inside other words."""
_SHORTEST: Final = 6
"""A secret that is shorter is replaced where a name says so, and not in every text that happens to have it."""
_LONG: Final = 16
"""From this length on, it is no accident where it stands inside another text."""
_SMALL: Final = 400
"""Texts up to this length are remembered with what they became."""


class Redactor:
    """Pseudonyms of one run. Threads may share it.

    `known` are secrets by value (the password of --auth), `accounts` identifiers that shall not be recognised, `names`
    further names of secret headers, fields and properties. Inside, every text is seen as the Latin-1 reading of its bytes:
    nothing that is not replaced can be changed by that.
    """

    def __init__(
        self,
        *,
        known: Iterable[str] = (),
        accounts: Iterable[str] = (),
        names: Iterable[str] = (),
        key: bytes | None = None,
    ) -> None:
        self._key = key or secrets.token_bytes(32)
        self._names = {_flat(name) for name in names}
        self._given: dict[str, str] = {}
        self._taken: set[str] = set()
        self._everywhere: dict[str, bool] = (
            {}
        )  # what to replace in every text; whether inside words too
        self._table: _Table | None = None
        self._done: dict[str, str] = {}  # texts that were redacted before: most come many times
        self._lock = threading.RLock()
        for one in (*known, *accounts):
            if one:
                self._everywhere[_view(one)] = len(one) >= _SHORTEST

    # -- first pass

    def learn(self, traffic: Iterable[Exchange | Delivery]) -> None:
        """Find the secrets of what went over the wire."""
        for one in traffic:
            self._learn_headers(one.request.headers)
            self._learn_all(one.request.target, self._query_spans(one.request.target))
            self._learn_body(one.request.body, one.request.header("content-type"))
            if isinstance(one, Exchange) and one.reply is not None:
                self._learn_headers(one.reply.headers)
                self._learn_body(one.reply.body, one.reply.header("content-type"))

    def _learn_headers(self, headers: Headers) -> None:
        for name, value in headers:
            for span in secrets_in.in_header(name, value, self._is_secret):
                found = value[span.start : span.end]
                self._learn(found)
                if name.endswith("authorization"):
                    for part, sure in _credentials(found):
                        self._learn(part, sure=sure)
            self._learn_all(value, ())

    def _learn_body(self, body: bytes, media_type: str | None) -> None:
        if body:
            text = body.decode("latin-1")
            self._learn_all(text, secrets_in.in_body(text, media_type or "", self._is_secret))

    def _learn_all(self, text: str, spans: Iterable[Span]) -> None:
        for span in spans:
            found = text[span.start : span.end]
            if span.how is not How.NUMBER or found.isdigit():
                self._learn(_read(found, span.how))
        for span in secrets_in.in_urls(text):
            for part in _read(text[span.start : span.end], span.how).split(":"):
                self._learn(part)
        for _, number in _PHONE.findall(text):
            if len(number) >= 10:  # it may stand elsewhere without its +
                self._learn(number, sure=True)

    def _learn(self, value: str, *, sure: bool = False) -> None:
        """Replace a value from now on wherever it stands; not one that could as well be a word of the document."""
        if len(value) < _SHORTEST or (
            not sure and len(value) < _LONG and _PLAIN_WORDS.fullmatch(value)
        ):
            return
        with self._lock:
            if value not in self._everywhere and value not in self._taken:
                self._everywhere[value] = len(value) >= _LONG
                self._table = None

    # -- second pass

    def text(self, text: str) -> str:
        """A text without what is known to be secret, without phone numbers and without userinfo of URLs."""
        return (
            self._text(_view(text)).encode("latin-1").decode("utf-8", "replace") if text else text
        )

    def target(self, target: str) -> str:
        return self._text(self._replaced(target, self._query_spans(target)))

    def headers(self, headers: Headers) -> Headers:
        return tuple((name, self._header(name, value)) for name, value in headers)

    def body(self, body: bytes, media_type: str) -> bytes:
        if not body:
            return body
        text = body.decode("latin-1")
        spans = secrets_in.in_body(text, media_type, self._is_secret)
        return self._text(self._replaced(text, spans)).encode("latin-1")

    def request(self, request: Request) -> Request:
        body = self.body(request.body, request.header("content-type") or "")
        headers = _measured(self.headers(request.headers), request.body, body)
        return Request(request.method, self.target(request.target), headers, body)

    def reply(self, reply: Reply) -> Reply:
        body = self.body(reply.body, reply.header("content-type") or "")
        return Reply(reply.status, _measured(self.headers(reply.headers), reply.body, body), body)

    def value(self, value: T) -> T:
        """Any value of a run with every text in it redacted: an Exchange, a Finding, a whole Run."""
        found: Any = value
        if isinstance(found, str):
            # A name from a closed family (a phase, a severity) is no text of anybody's.
            found = self.text(found) if type(found) is str else found
        elif isinstance(found, Request):
            found = self.request(found)
        elif isinstance(found, Reply):
            found = self.reply(found)
        elif isinstance(found, tuple):
            found = tuple(map(self.value, found))
        elif dataclasses.is_dataclass(found) and not isinstance(found, type):
            changed = {
                one.name: self.value(getattr(found, one.name))
                for one in dataclasses.fields(found)
                if one.init
                and one.name != "place"  # a place in the document says nothing of anybody
            }
            found = dataclasses.replace(found, **changed)
        return cast(T, found)

    # -- how

    def _is_secret(self, name: str) -> bool:
        return secrets_in.is_secret(name) or (bool(self._names) and _flat(name) in self._names)

    def _query_spans(self, target: str) -> Iterator[Span]:
        begin = target.find("?") + 1
        if begin:
            for span in secrets_in.in_form(target[begin:], self._is_secret):
                yield Span(span.start + begin, span.end + begin, span.name, span.how)

    def _header(self, name: str, value: str) -> str:
        spans = secrets_in.in_header(name, value, self._is_secret)
        return self._text(self._replaced(value, spans))

    def _text(self, text: str) -> str:
        table = self._compiled()
        found = self._done.get(text)
        if found is None:
            found = table.replaced(self._replaced(text, secrets_in.in_urls(text)))
            found = _PHONE.sub(lambda one: one[1] + self._pseudonym(one[2]), found)
            if len(text) <= _SMALL:
                self._done[text] = found
        return found

    def _replaced(self, text: str, spans: Iterable[Span]) -> str:
        parts: list[str] = []
        at = 0
        for span in spans:
            if span.start >= at:
                found = text[span.start : span.end]
                parts += [text[at : span.start], self._renamed(found, span.how)]
                at = span.end
        return "".join((*parts, text[at:])) if parts else text

    def _renamed(self, found: str, how: How) -> str:
        if how is How.NUMBER and not found.isdigit():
            return self._pseudonym(found, digits_only=True)
        return _write(self._pseudonym(_read(found, how)), how)

    def _compiled(self) -> _Table:
        """All that is replaced everywhere, in every writing that it may stand in."""
        with self._lock:
            if self._table is None:
                self._table = _Table()
                self._done = {}
                for plain, anywhere in self._everywhere.items():
                    pseudonym = self._pseudonym(plain)
                    for write in _WRITINGS:
                        self._table.add(write(plain), write(pseudonym), anywhere)
            return self._table

    def _pseudonym(self, value: str, *, digits_only: bool = False) -> str:
        with self._lock:
            found = self._given.get(value)
            if found is None:
                found = self._drawn(value, digits_only)
                self._given[value] = found
                self._given.setdefault(found, found)  # what was redacted once stays as it is
                self._taken.add(found)
            return found

    def _drawn(self, value: str, digits_only: bool) -> str:
        found = value
        for attempt in range(64):
            numbers = self._numbers(value, attempt)
            found = _number(value, numbers) if digits_only else _shaped(value, numbers)
            if found != value and found not in self._taken and found not in self._everywhere:
                return found
        return found  # there are not that many texts of its shape

    def _numbers(self, value: str, attempt: int) -> Iterator[int]:
        block = 0
        while True:
            seed = f"{attempt}.{block}.{value}".encode()
            yield from hmac.digest(self._key, seed, hashlib.sha256)
            block += 1


class _Table:
    """What stands for what, found by the first signs of a text.

    An alternation of some thousand secrets would be tried at every sign of every text; a look into a set is not.
    """

    def __init__(self) -> None:
        self._size = _SHORTEST
        self._begins: dict[str, list[str]] = {}  # the first signs -> what begins so
        self._written: dict[str, tuple[str, bool]] = {}

    def add(self, text: str, instead: str, anywhere: bool) -> None:
        """Replace a text; without `anywhere` only where it stands alone."""
        if text in self._written:
            return
        self._written[text] = (instead, anywhere)
        if len(text) < self._size:
            self._size = len(text)
            self._begins = {}
            for one in self._written:
                self._begins.setdefault(one[: self._size], []).append(one)
        else:
            self._begins.setdefault(text[: self._size], []).append(text)

    def replaced(self, text: str) -> str:
        """The text with everything of the table replaced; of two that begin together the longer one."""
        begins, size = self._begins, self._size
        if not begins:
            return text
        hits = [at for at in range(len(text) - size + 1) if text[at : at + size] in begins]
        parts: list[str] = []
        end = 0
        for at in hits:
            if at < end:
                continue
            found = self._at(text, at)
            if found is not None:
                parts += [text[end:at], self._written[found][0]]
                end = at + len(found)
        return "".join((*parts, text[end:])) if parts else text

    def _at(self, text: str, at: int) -> str | None:
        here = [one for one in self._begins[text[at : at + self._size]] if text.startswith(one, at)]
        for one in sorted(here, key=len, reverse=True):
            if self._written[one][1] or _alone(text, at, at + len(one)):
                return one
        return None


def _alone(text: str, begin: int, end: int) -> bool:
    """Whether a piece of a text is no part of a longer word; an escape before it is none."""
    return (
        _BEFORE.search(text[max(0, begin - 6) : begin]) is not None
        and _AFTER.match(text, end) is not None
    )


def redacted(run: Run, redactor: Redactor | None = None) -> Run:
    """A run that can be shown to others. Every report of one run is made from the same redacted value."""
    redactor = redactor or Redactor()
    redactor.learn(run.exchanges)
    redactor.learn(run.deliveries)
    return redactor.value(run)


# -- shapes


def _shaped(value: str, numbers: Iterator[int]) -> str:
    """A text of the same shape: the sign of its kind ("CA", "sk_") and all punctuation stay."""
    kind = _KIND.match(value)
    begin = kind.end() if kind else 0
    rest = value[begin:]
    hexadecimal = len(rest) >= 8 and not re.search(r"[g-zG-Z]", rest)
    return value[:begin] + "".join(
        _sign(sign, next(numbers), hexadecimal, begin == 0 and index == 0)
        for index, sign in enumerate(rest)
    )


def _sign(sign: str, number: int, hexadecimal: bool, first: bool) -> str:
    if "0" <= sign <= "9":
        # Digits that begin a number do not become 0, nor 0 another one: it stays one of its length.
        return sign if first and sign == "0" else str(1 + number % 9 if first else number % 10)
    if "a" <= sign <= "z":
        return "abcdef"[number % 6] if hexadecimal else chr(97 + number % 26)
    if "A" <= sign <= "Z":
        return "ABCDEF"[number % 6] if hexadecimal else chr(65 + number % 26)
    return sign if sign.isascii() else "x"


def _number(value: str, numbers: Iterator[int]) -> str:
    """Another number of as many digits, with the same zeros and the same exponent."""
    digits = re.split("[eE]", value)[0]
    return re.sub("[1-9]", lambda _: str(1 + next(numbers) % 9), digits) + value[len(digits) :]


def _measured(headers: Headers, before: bytes, after: bytes) -> Headers:
    """Headers that say the length of the redacted body where they said that of the one before."""
    old, new = str(len(before)), str(len(after))
    if old == new:
        return headers
    return tuple(
        (name, new if name == "content-length" and value == old else value)
        for name, value in headers
    )


# -- writings


def _flat(name: str) -> str:
    return name.lower().replace("-", "").replace("_", "")


def _view(text: str) -> str:
    """A text as the Latin-1 reading of its bytes."""
    return text if text.isascii() else text.encode("utf-8", "replace").decode("latin-1")


def _read(found: str, how: How) -> str:
    """What a piece of text says, without the escapes of its writing."""
    if how is How.FORM:
        return unquote_to_bytes(found.replace("+", " ").encode("latin-1")).decode("latin-1")
    if how is How.JSON and "\\" in found:
        return re.sub(r"(?:\\u[0-9a-fA-F]{4})+|\\.", _unescaped, found, flags=re.DOTALL)
    return found


def _unescaped(found: re.Match[str]) -> str:
    try:
        return _view(json.loads(f'"{found[0]}"'))
    except ValueError:
        return found[0]


def _write(text: str, how: How) -> str:
    """A pseudonym in the writing of what it stands for."""
    if how is How.FORM:
        return quote_plus(text.encode("latin-1"))
    return json.dumps(text)[1:-1] if how is How.JSON else text


def _in_json(text: str) -> str:
    real = text.encode("latin-1").decode("utf-8", "replace")
    return json.dumps(real)[1:-1]


def _in_json_kept(text: str) -> str:
    real = text.encode("latin-1").decode("utf-8", "replace")
    return _view(json.dumps(real, ensure_ascii=False)[1:-1])


_WRITINGS: Final[tuple[Callable[[str], str], ...]] = (
    lambda text: text,
    _in_json,
    _in_json_kept,
    lambda text: quote(text.encode("latin-1"), safe=""),
    lambda text: quote(text.encode("latin-1"), safe="/"),
    lambda text: quote(text.encode("latin-1"), safe="!~*'()"),
    lambda text: quote_plus(text.encode("latin-1")),
    lambda text: re.sub("%..", lambda one: one[0].lower(), quote(text.encode("latin-1"), safe="")),
    lambda text: base64.b64encode(text.encode("latin-1")).decode(),
)


def _credentials(found: str) -> tuple[tuple[str, bool], ...]:
    """User and password of what stands in an Authorization header, if that is what it is; whether each is a secret for sure.

    A user can be a word that the document has as well.
    """
    try:
        text = base64.b64decode(found, validate=True).decode("latin-1")
    except (binascii.Error, ValueError):
        return ()
    user, colon, password = text.partition(":")
    return ((text, True), (user, False), (password, True)) if colon else ()
