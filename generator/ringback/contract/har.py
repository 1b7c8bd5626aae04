"""Recordings: HTTP Archive 1.2, ours and those of browsers and proxies.

What an exchange has beyond a HAR entry (its operation, phase, intent) stands under `_ringback`, as the format allows. A
request without an answer has status 0 there, as browsers write it.
"""

from __future__ import annotations

import base64
import binascii
import json
import math
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from http import HTTPStatus
from pathlib import Path
from typing import Any, Final
from urllib.parse import parse_qsl, quote, urlencode, urlsplit

from ringback.contract.outcome import Run
from ringback.contract.redact import Redactor, redacted
from ringback.contract.traffic import Delivery, Exchange, Headers, Intent, Phase, Reply, Request

_OURS: Final = "_ringback"
_NO_HOST: Final = "http://localhost"
_MOST: Final = 1 << 30
"""Bytes: what is larger would not fit into memory as values."""


class HarError(Exception):
    """A file that is no recording; the sentence says why."""


@dataclass(frozen=True, slots=True)
class Recording:
    """What a file holds."""

    exchanges: tuple[Exchange, ...] = ()
    deliveries: tuple[Delivery, ...] = ()


# -- writing


def write(run: Run, file: Path | str, redactor: Redactor | None = None) -> None:
    """Write what a run sent and got, without its secrets."""
    Path(file).write_text(text(run, redactor), encoding="utf-8")


def text(run: Run, redactor: Redactor | None = None) -> str:
    """A run as the text of a HAR file, without its secrets; a redactor of other reports gives the same pseudonyms."""
    return dumps(redacted(run, redactor))


def dumps(run: Run) -> str:
    """A run as the text of a HAR file, as it is: redacting is the caller's."""
    base = run.target if run.target.startswith(("http://", "https://")) else _NO_HOST
    entries = [
        *(_of_exchange(one, base.rstrip("/")) for one in run.exchanges),
        *(_of_delivery(one) for one in run.deliveries),
    ]
    entries.sort(key=lambda entry: str(entry["startedDateTime"]))
    log = {
        "version": "1.2",
        "creator": {"name": "ringback", "version": _version()},
        "pages": [],
        "entries": entries,
    }
    return json.dumps({"log": log}, indent=1, ensure_ascii=False)


def _version() -> str:
    from importlib.metadata import PackageNotFoundError, version

    try:
        return version("ringback")
    except PackageNotFoundError:
        return "0"


def _of_exchange(exchange: Exchange, base: str) -> dict[str, Any]:
    own = {
        "number": exchange.number,
        "operation": exchange.operation,
        "phase": exchange.phase.value,
        "intent": exchange.intent.value,
        "note": exchange.note,
        "parent": exchange.parent,
        "started": exchange.started,
        "elapsed": exchange.elapsed,
        "failure": exchange.failure,
        "trace": exchange.trace,
        "answered": exchange.reply is not None,
        "target": exchange.request.target,
    }
    reply = exchange.reply or Reply(0)
    return _entry(exchange.request, base + exchange.request.target, reply, exchange, own)


def _of_delivery(delivery: Delivery) -> dict[str, Any]:
    told = Exchange(0, delivery.request, None, started=delivery.received)
    own = {
        "delivery": delivery.number,
        "received": delivery.received,
        "about": delivery.about,
        "slot": delivery.slot,
        "token": delivery.token,
        "url": delivery.url,
        "target": delivery.request.target,
    }
    base = re.match(r"https?://[^/?#]+", delivery.url)
    url = (base[0] if base else _NO_HOST) + delivery.request.target
    return _entry(delivery.request, url, Reply(0), told, own)


def _entry(
    request: Request, url: str, reply: Reply, exchange: Exchange, own: Mapping[str, Any]
) -> dict[str, Any]:
    took = round(exchange.elapsed * 1000, 3)
    entry: dict[str, Any] = {
        "startedDateTime": _moment(exchange.started),
        "time": took,
        "request": {
            "method": request.method,
            "url": url,
            "httpVersion": "HTTP/1.1",
            "cookies": [],
            "headers": _pairs(request.headers),
            "queryString": _pairs(parse_qsl(request.query, keep_blank_values=True)),
            "headersSize": -1,
            "bodySize": len(request.body),
        },
        "response": {
            "status": reply.status,
            "statusText": _phrase(reply.status),
            "httpVersion": "HTTP/1.1",
            "cookies": [],
            "headers": _pairs(reply.headers),
            "content": {
                "size": len(reply.body),
                "mimeType": reply.header("content-type") or "",
                **_content(reply.body),
            },
            "redirectURL": reply.header("location") or "",
            "headersSize": -1,
            "bodySize": len(reply.body),
        },
        "cache": {},
        "timings": {"send": 0, "wait": took, "receive": 0},
        _OURS: dict(own),
    }
    if request.body:
        mime = request.header("content-type") or ""
        entry["request"]["postData"] = {"mimeType": mime, **_content(request.body)}
    return entry


def _content(body: bytes) -> dict[str, str]:
    """The text of a body; what is no text, as base64 with a word that it is."""
    try:
        return {"text": body.decode("utf-8")}
    except UnicodeDecodeError:
        return {"text": base64.b64encode(body).decode(), "encoding": "base64"}


def _moment(seconds: float) -> str:
    try:
        moment = datetime.fromtimestamp(seconds, UTC)
    except (ValueError, OverflowError, OSError):
        moment = datetime.fromtimestamp(0, UTC)
    return moment.isoformat(timespec="microseconds").replace("+00:00", "Z")


def _phrase(status: int) -> str:
    try:
        return HTTPStatus(status).phrase
    except ValueError:
        return ""


def _pairs(pairs: Iterable[tuple[str, str]]) -> list[dict[str, str]]:
    return [{"name": name, "value": value} for name, value in pairs]


# -- reading


def read(file: Path | str) -> list[Exchange]:
    """The exchanges of a recording, numbered. Raises HarError."""
    return list(load(file).exchanges)


def load(file: Path | str) -> Recording:
    """All that a recording holds, callbacks too. Raises HarError."""
    path = Path(file)
    try:
        if path.stat().st_size > _MOST:
            raise HarError(f"{path.name} is larger than {_MOST >> 30} GiB")
        text = path.read_bytes().decode("utf-8-sig")
    except OSError as error:
        raise HarError(f"{path.name} cannot be read: {error.strerror}") from None
    except UnicodeDecodeError:
        raise HarError(f"{path.name} is not UTF-8") from None
    return loads(text, path.name)


def loads(text: str, name: str = "the recording") -> Recording:
    """All that the text of a recording holds. Raises HarError."""
    try:
        root = json.loads(text)
    except (ValueError, RecursionError) as error:
        told = f"line {error.lineno}" if isinstance(error, json.JSONDecodeError) else "too deep"
        raise HarError(f"{name} is not JSON: {told}") from None
    entries = _get(_get(root, "log", dict, {}), "entries", list, None)
    if entries is None:
        raise HarError(f"{name} is no HAR file: it has no log with entries")
    exchanges: list[Exchange] = []
    deliveries: list[Delivery] = []
    for index, entry in enumerate(entries):
        try:
            found = _read_entry(entry, len(exchanges) + 1)
        except HarError as error:
            raise HarError(f"{name}, entry {index}: {error}") from None
        if isinstance(found, Delivery):
            deliveries.append(found)
        else:
            exchanges.append(found)
    _renumber(exchanges)
    deliveries.sort(key=lambda one: one.number)
    return Recording(tuple(exchanges), tuple(deliveries))


def _renumber(exchanges: list[Exchange]) -> None:
    """Keep numbers that are ours, all of them; else number them in the order of the file."""

    numbers = [one.number for one in exchanges]
    if len(set(numbers)) == len(numbers) and min(numbers, default=1) > 0:
        exchanges.sort(key=lambda one: one.number)
        return
    exchanges[:] = [replace(one, number=at, parent=None) for at, one in enumerate(exchanges, 1)]


def _read_entry(entry: Any, number: int) -> Exchange | Delivery:
    own = _get(entry, _OURS, dict, {})
    request = _read_request(_get(entry, "request", dict, None), own)
    if isinstance(own.get("delivery"), int):
        return Delivery(
            number=own["delivery"],
            request=request,
            received=_float(own.get("received")),
            about=_get(own, "about", int, None),
            slot=_get(own, "slot", str, ""),
            token=_get(own, "token", str, ""),
            url=_get(own, "url", str, ""),
        )
    response = _get(entry, "response", dict, {})
    reply = _read_reply(response)
    started = own.get("started")
    failure = _get(own, "failure", str, "")
    if reply is None and not failure:
        failure = _get(response, "_error", str, "") or "the recording has no answer"
    return Exchange(
        number=_get(own, "number", int, number),
        request=request,
        reply=reply,
        operation=_get(own, "operation", str, None),
        phase=_member(Phase, own.get("phase"), Phase.REPLAY),
        intent=_member(Intent, own.get("intent"), Intent.UNKNOWN),
        note=_get(own, "note", str, ""),
        parent=_get(own, "parent", int, None),
        started=_seconds(entry.get("startedDateTime")) if started is None else _float(started),
        elapsed=_float(own["elapsed"]) if "elapsed" in own else _float(entry.get("time")) / 1000,
        failure=failure,
        trace=_get(own, "trace", str, ""),
    )


def _read_request(request: Any, own: Mapping[str, Any]) -> Request:
    url = _get(request, "url", str, None)
    method = _get(request, "method", str, None)
    if not url or not method:
        raise HarError("a request has a method and a url")
    target = _get(own, "target", str, None) or _target(url)
    return Request(method.upper(), target, _headers(request), _posted(request))


def _target(url: str) -> str:
    try:
        parts = urlsplit(url)
    except ValueError:
        raise HarError(f"not a URL: {url[:100]!r}") from None
    target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    # Some write a URL as a person reads it.
    return quote(target, safe="/?#[]@!$&'()*+,;=:%-._~|^`{}\"\\<>")


def _posted(request: Any) -> bytes:
    data = _get(request, "postData", dict, {})
    text = _get(data, "text", str, None)
    if text is not None and (text or not data.get("params")):
        return _bytes(text, data)
    fields = _get(data, "params", list, [])
    pairs = [(_get(one, "name", str, ""), _get(one, "value", str, "")) for one in fields]
    return urlencode(pairs).encode()


def _read_reply(response: Any) -> Reply | None:
    status = _get(response, "status", int, 0)
    if not 100 <= status <= 999:
        return None
    content = _get(response, "content", dict, {})
    headers = _headers(response)
    kind = _get(content, "mimeType", str, "")
    if kind and kind != "x-unknown" and not any(name == "content-type" for name, _ in headers):
        headers = (*headers, ("content-type", kind))
    return Reply(status, headers, _bytes(_get(content, "text", str, ""), content))


def _bytes(text: str, data: Mapping[str, Any]) -> bytes:
    if data.get("encoding") == "base64":
        try:
            return base64.b64decode(text)
        except (binascii.Error, ValueError):
            raise HarError("a body is not base64, as it says") from None
    return text.encode("utf-8", "surrogatepass")


def _headers(message: Any) -> Headers:
    found = _get(message, "headers", list, [])
    pairs = ((_get(one, "name", str, ""), _get(one, "value", str, "")) for one in found)
    # HTTP/2 has what the request line said among its headers.
    return tuple((name.lower(), value) for name, value in pairs if name and name[0] != ":")


def _get(value: Any, name: str, kind: type[Any], default: Any) -> Any:
    """A member of an object, if it is there and of its kind."""
    found = value.get(name) if isinstance(value, dict) else None
    return found if isinstance(found, kind) and not isinstance(found, bool) else default


def _member(family: Any, value: Any, default: Any) -> Any:
    return next((one for one in family if one.value == value), default)


def _float(value: Any) -> float:
    good = isinstance(value, int | float) and not isinstance(value, bool)
    return float(value) if good and abs(value) < 1e15 and math.isfinite(value) else 0.0


def _seconds(text: Any) -> float:
    if not isinstance(text, str):
        return 0.0
    try:
        moment = datetime.fromisoformat(text)
        return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).timestamp()
    except (ValueError, OverflowError):
        return 0.0
