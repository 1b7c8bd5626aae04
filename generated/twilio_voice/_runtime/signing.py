"""Signatures over webhooks: the URL and the sorted form, keyed with a shared secret.

What is signed: the URL as it was requested, with its query and without its fragment; for a form POST followed by every
name in order and, for each, its distinct values in order, nothing in between. A body that is not a form is
represented by its SHA-256 in the query. HMAC-SHA1 unless the settings header names SHA-256; base64.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
from collections.abc import Mapping, Sequence
from urllib.parse import parse_qsl, urlsplit, urlunsplit

from .request import with_query
from .table import SignatureRules

_ALGORITHMS = {"HMAC_SHA1": "sha1", "HMAC_SHA256": "sha256"}


class SignatureError(ValueError):
    """A webhook that must not be trusted; the text says what does not agree."""


def check_secret(rules: SignatureRules | None, secret: str) -> None:
    """Refuse a secret that would protect nothing. Raises ValueError."""
    if not secret:
        raise ValueError("the secret is empty: anybody could sign with it (None asks for none)")
    if rules is None:
        raise ValueError("the document does not say how webhooks are signed; pass None as secret")


def signature(
    secret: str, url: str, form: Mapping[str, Sequence[str]], algorithm: str = "HMAC_SHA1"
) -> str:
    """The signature of a URL and a form (empty where nothing but the URL is signed)."""
    text = url.partition("#")[0]
    for name in sorted(form):
        for value in sorted(set(form[name])):
            text += name + value
    digest = hmac.new(secret.encode(), text.encode(), _ALGORITHMS[algorithm])
    return base64.b64encode(digest.digest()).decode()


def body_hash(content: bytes) -> str:
    """The SHA-256 of a body, in hexadecimal."""
    return hashlib.sha256(content).hexdigest()


def signed_url(rules: SignatureRules, url: str, content: bytes) -> str:
    """The URL that carries the hash of a body that is not a form."""
    bare, hash_sign, fragment = url.partition("#")
    return with_query(bare, {rules.body_hash: body_hash(content)}) + hash_sign + fragment


def verify(
    rules: SignatureRules,
    secret: str,
    url: str,
    headers: Mapping[str, str],
    form: Mapping[str, Sequence[str]],
    content: bytes,
) -> None:
    """Hold a webhook to its signature; `headers` with lower-case names. Raises SignatureError with the reason.

    The URL counts with and without the port that its scheme implies: senders differ.
    """
    given = headers.get(rules.header.lower())
    if given is None:
        raise SignatureError(f"there is no {rules.header} header")
    if not _is_url(url):
        raise SignatureError(f"{url[:200]!r} is no URL")
    algorithm = _algorithm(rules, headers)
    _check_body(rules, url, content, form)
    if _agrees(secret, url, form, algorithm, given):
        return
    raise SignatureError(_reason(secret, url, form, algorithm, given))


def _is_url(url: str) -> bool:
    """Whether a URL can be taken apart and encoded; it holds what a request named as its host."""
    try:
        _ = urlsplit(url).port
        url.encode()
    except ValueError:
        return False
    return True


def _algorithm(rules: SignatureRules, headers: Mapping[str, str]) -> str:
    text = headers.get(rules.settings_header.lower(), "") if rules.settings_header else ""
    settings: dict[str, str] = {}
    for part in text.split(","):
        name, _, value = part.strip().partition("=")
        settings[name] = value
    algorithm = settings.get("algorithm", "HMAC_SHA1")
    if algorithm not in _ALGORITHMS:
        raise SignatureError(f"the algorithm {algorithm[:40]!r} is not known")
    return algorithm


def _check_body(
    rules: SignatureRules, url: str, content: bytes, form: Mapping[str, Sequence[str]]
) -> None:
    query = dict(parse_qsl(urlsplit(url).query))
    claimed = query.get(rules.body_hash, "") if rules.body_hash else ""
    if claimed:
        if not hmac.compare_digest(claimed.lower().encode(), body_hash(content).encode()):
            raise SignatureError(f"the body does not have the hash that {rules.body_hash} names")
    elif content and not form:
        raise SignatureError("the body is no form, and the URL carries no hash of it")


def _agrees(
    secret: str, url: str, form: Mapping[str, Sequence[str]], algorithm: str, given: str
) -> bool:
    agrees = False
    for one in port_variants(url):
        wanted = signature(secret, one, form, algorithm).encode()
        agrees |= hmac.compare_digest(wanted, given.encode("utf-8", "replace"))
    return agrees


def port_variants(url: str) -> list[str]:
    """The URL as it is, then with the port that its scheme implies spelled out and left out."""
    parts = urlsplit(url)
    implied = {"http": 80, "https": 443}.get(parts.scheme)
    user, at, host = parts.netloc.rpartition("@")
    bare, _, port = host.rpartition(":") if host.rpartition(":")[2].isdigit() else (host, "", "")
    if port and implied != int(port):
        return [url]
    both = [f"{user}{at}{bare}", f"{user}{at}{bare}:{implied}"]
    variants = [urlunsplit(parts._replace(netloc=netloc)) for netloc in both]
    return list(dict.fromkeys([url, *variants]))


def _reason(
    secret: str, url: str, form: Mapping[str, Sequence[str]], algorithm: str, given: str
) -> str:
    """Why a signature does not agree, found by trying what usually goes wrong."""
    parts = urlsplit(url)
    other = "http" if parts.scheme == "https" else "https"
    tries = {
        f"it was made for {other}://, this URL says {parts.scheme}:// (a proxy?)": parts._replace(
            scheme=other
        ),
        "it was made for a URL with a slash at the end": parts._replace(path=parts.path + "/"),
        "it was made for a URL without the slash at the end": parts._replace(
            path=parts.path.rstrip("/")
        ),
        "it was made for a URL without a query": parts._replace(query=""),
    }
    for reason, variant in tries.items():
        if _agrees(secret, urlunsplit(variant), form, algorithm, given):
            return f"the signature does not agree: {reason}"
    if form and _agrees(secret, url, {}, algorithm, given):
        return "the signature does not agree: it covers the URL alone, not the form"
    return "the signature does not agree: another secret, another URL, or a changed body"
