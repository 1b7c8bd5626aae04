"""The same mutants before schemathesis as it comes: its checks, its phases, its defaults, no links and no judges of ours.

It is given what its users would give it: credentials, and the path values that follow from them. Its requests go through the
gateway, which puts the mutant in and ends the run where as many requests were sent as our suite sends in a whole run.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import quote

from ringback.contract.gateway import Gateway, Rules, Stopped
from ringback.contract.strength.mutant import Fault
from ringback.contract.targets import load as load_app
from ringback.contract.traffic import Headers, Reply, Request
from ringback.wire import Contract

_HOST: Final = "http://127.0.0.1"
_REASONS: Final = {2: "OK", 3: "Moved", 4: "Refused", 5: "Failed"}

Start = Callable[[str, list[tuple[str, str]]], object]


@dataclass(frozen=True, slots=True)
class Aim:
    """What is asked: the application, the credentials as headers, path values, the seed, and how much may be spent."""

    contract: Contract
    app: str
    auth: Headers
    given: Mapping[str, str]
    seed: int
    requests: int
    seconds: float


@dataclass(frozen=True, slots=True)
class Heard:
    """Its failures, each once, by what makes them the same in another run; and how many requests it sent."""

    failures: tuple[str, ...]
    requests: int


def explore(aim: Aim, fault: Fault | None = None, known: frozenset[str] = frozenset()) -> Heard:
    """Let it run to its end; where there is a fault, to the first failure that is not known and came after it.

    What it finds before the fault had an occasion, it would have found without.
    """
    import schemathesis
    from schemathesis.engine import events, from_schema

    target = load_app(aim.app)
    gateway = Gateway(
        aim.contract, target, Rules(max_requests=aim.requests, refusals=10**9), mutator=fault
    )
    document: Any = aim.contract.document.tree.root
    schema: Any = schemathesis.openapi.from_dict(_plain(document), config=_config(aim))
    schema.app = _Door(gateway)
    found: dict[str, None] = {}
    until = time.monotonic() + aim.seconds
    with gateway:
        stream = from_schema(schema).execute()
        for event in stream:
            # Where nothing is sent any more, what it is answered is ours.
            if isinstance(event, events.ScenarioFinished) and not gateway.stopped:
                for one in _failures(event):
                    if fault is None or (fault.applied and one not in known):
                        found.setdefault(one)
                    else:
                        known |= {one}
            over = gateway.stopped or time.monotonic() > until
            if over or (fault is not None and found):
                stream.stop()
    return Heard(tuple(found), gateway.budget().requests)


def _config(aim: Aim) -> Any:
    import schemathesis

    return schemathesis.Config.from_dict(
        {
            "seed": aim.seed,
            "max-time": max(1, round(aim.seconds)),
            "base-url": _HOST + aim.contract.base,
            "headers": {name.title(): value for name, value in aim.auth},
            "parameters": {f"path.{name}": value for name, value in aim.given.items()},
            "suppress-health-check": ["all"],
            "cache": {"enabled": False},
        }
    )


def _failures(event: Any) -> Iterable[str]:
    from schemathesis.engine import Status

    for nodes in event.recorder.checks.values():
        for node in nodes:
            if node.status is Status.FAILURE and node.failure_info is not None:
                failure = node.failure_info.failure
                yield f"{node.name} {failure.operation} {_pointer(failure)}".rstrip()


def _pointer(failure: Any) -> str:
    """Where in a schema a failure is, so that two in one answer are two."""
    found = getattr(failure, "schema_path", None) or getattr(failure, "validation_message", "")
    return str(found)[:200]


def _plain(node: Any) -> Any:
    """The document as dicts and lists of its own: the engine writes into what it is given."""
    if isinstance(node, Mapping):
        return {str(key): _plain(value) for key, value in node.items()}
    if isinstance(node, list):
        return [_plain(one) for one in node]
    return node


class _Door:
    """A WSGI application that hands everything to the gateway."""

    def __init__(self, gateway: Gateway) -> None:
        self._gateway = gateway

    def __call__(self, environ: Mapping[str, Any], start_response: Start) -> list[bytes]:
        try:
            reply = self._gateway.send(_request(environ), auth=False).reply
        except Stopped:
            reply = None
        answer = reply or Reply(503)
        status = f"{answer.status} {_REASONS.get(answer.status // 100, 'Other')}"
        start_response(status, [(name.title(), value) for name, value in answer.headers])
        return [answer.body]


def _request(environ: Mapping[str, Any]) -> Request:
    path = quote(environ.get("PATH_INFO", "/").encode("latin-1"), safe="/:@!$&'()*+,;=~")
    target = environ.get("REQUEST_URI") or environ.get("RAW_URI") or path
    if "://" in target:
        target = "/" + target.split("://", 1)[1].partition("/")[2]
    query = environ.get("QUERY_STRING", "")
    if query and "?" not in target:
        target += "?" + query
    headers = [
        (name[5:].replace("_", "-").lower(), str(value))
        for name, value in environ.items()
        if name.startswith("HTTP_")
    ]
    if environ.get("CONTENT_TYPE"):
        headers.append(("content-type", environ["CONTENT_TYPE"]))
    length = int(environ.get("CONTENT_LENGTH") or 0)
    body = environ["wsgi.input"].read(length) if length else b""
    return Request(environ["REQUEST_METHOD"].upper(), target, tuple(headers), body)
