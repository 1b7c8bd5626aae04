"""Signatures of callbacks, verified as docs/extensions.md describes `x-ringback-signature`.

The scheme `url-and-sorted-form`: an HMAC in base64 over the URL as it was asked for and, of a form that is sent in the body,
each name in order followed by its values. A body that is no form is vouched for by its SHA-256 in the URL's query. This is
written from the description, not taken from the bindings: a judge shares nothing with the judged.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import parse_qsl, urlsplit, urlunsplit

from ringback.contract.traffic import Delivery

EXTENSION: Final = "x-ringback-signature"
_FORM: Final = "application/x-www-form-urlencoded"
_HASHES: Final = {"HMAC_SHA1": "sha1", "HMAC_SHA256": "sha256"}
_PORTS: Final = {"http": "80", "https": "443"}


@dataclass(frozen=True, slots=True)
class Rules:
    """How callbacks are signed: names of headers in lower case; empty where the document names none."""

    header: str
    settings_header: str = ""
    body_hash: str = ""


def rules_of(extensions: Mapping[str, Any]) -> Rules | None:
    """The rules of a document; None where it has none, or a scheme that is not known here."""
    said = extensions.get(EXTENSION)
    if not isinstance(said, Mapping) or said.get("scheme") != "url-and-sorted-form":
        return None
    return Rules(
        str(said.get("header", "")).lower(),
        str(said.get("settings-header", "")).lower(),
        str(said.get("body-hash-parameter", "")),
    )


def fault(rules: Rules, secret: str | None, delivery: Delivery) -> str:
    """What is wrong with a callback's signature, in a sentence; empty where nothing is.

    Without a secret only its presence and its form are looked at.
    """
    given = delivery.request.header(rules.header)
    if given is None:
        return f"there is no {rules.header} header, wanted a signature"
    algorithm = _algorithm(rules, delivery)
    if algorithm not in _HASHES:
        return (
            f"the signature's algorithm is {algorithm[:40]!r}, wanted one of {', '.join(_HASHES)}"
        )
    if secret is None:
        return ""
    wrong = _body_fault(rules, delivery)
    if wrong:
        return wrong
    for url in _spellings(delivery):
        wanted = sign(secret, url, _form(delivery), _HASHES[algorithm])
        if hmac.compare_digest(wanted.encode(), given.encode("utf-8", "replace")):
            return ""
    return f"the signature {given[:60]!r} does not agree with the URL, the form and the secret"


def sign(secret: str, url: str, form: list[tuple[str, str]], digest: str = "sha1") -> str:
    """The signature of a URL and the pairs of a form."""
    text = url.partition("#")[0] + "".join(name + value for name, value in sorted(set(form)))
    made = hmac.new(secret.encode(), text.encode(), digest).digest()
    return base64.b64encode(made).decode()


def _algorithm(rules: Rules, delivery: Delivery) -> str:
    said = delivery.request.header(rules.settings_header) if rules.settings_header else None
    for part in (said or "").split(","):
        name, _, value = part.strip().partition("=")
        if name == "algorithm":
            return value
    return "HMAC_SHA1"


def _form(delivery: Delivery) -> list[tuple[str, str]]:
    if not _is_form(delivery):
        return []
    text = delivery.request.body.decode("utf-8", "replace")
    return parse_qsl(text, keep_blank_values=True)


def _is_form(delivery: Delivery) -> bool:
    media = (delivery.request.header("content-type") or "").partition(";")[0].strip().lower()
    return media == _FORM and delivery.request.method != "GET"


def _body_fault(rules: Rules, delivery: Delivery) -> str:
    body = delivery.request.body
    if not body or _is_form(delivery) or not rules.body_hash:
        return ""
    query = dict(parse_qsl(delivery.request.query, keep_blank_values=True))
    claimed = query.get(rules.body_hash)
    if claimed is None:
        return f"the URL has no {rules.body_hash}, wanted the hash of a body that is no form"
    if claimed.lower() != hashlib.sha256(body).hexdigest():
        return f"{rules.body_hash} is {claimed[:70]!r}, wanted the SHA-256 of the body"
    return ""


def _spellings(delivery: Delivery) -> Iterator[str]:
    """The URL as it may have been signed: as asked for, with the query that came, with and without the usual port."""
    try:
        base = urlsplit(delivery.url)
    except ValueError:
        return
    path, _, query = delivery.request.target.partition("?")
    if not base.netloc:
        return
    for given in (delivery.url, urlunsplit((base.scheme, base.netloc, path, query, ""))):
        parts = urlsplit(given)
        yield given
        port = _PORTS.get(parts.scheme, "")
        host, colon, named = parts.netloc.rpartition(":")
        if colon and named == port:
            yield urlunsplit(parts._replace(netloc=host))
        elif port and not named.isdigit():
            yield urlunsplit(parts._replace(netloc=f"{parts.netloc}:{port}"))
