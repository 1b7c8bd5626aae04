"""The one adapter to schemathesis' engine, which is pinned: its surface is declared unstable.

It goes through its phases once: with a time limit of its own it would repeat them until that is over, and what a seed sends would
depend on how fast the machine is. Our limit only ends what takes too long.

What we take from it is what it is best at: drawing requests from schemas, examples, boundaries, and from links between
operations. What we do not take are its judgements: every request goes through the gateway, where the answers meet our own
judges, whoever asked. So its checks are off, all but one that costs nothing (without any it skips what it should run).

The engine reaches us through `transport.get`: an `app` that is a `_Door` is served by `_Transport`, which writes
a case down as bytes without the detour over a prepared request of `requests`.

Whether a case was meant to be invalid the engine knows; whether it is, our own reading of the document decides:
a request counts as INVALID only where both say so. What the engine holds against a request and the document does not
(an unknown query parameter, a header that nobody declared) is no reason for a finding.

Process-wide registries (formats, the transport) are filled once, and hold nothing of a campaign.
"""

from __future__ import annotations

import json
import random
import threading
import time
import zlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from email.utils import format_datetime
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urlencode, urlsplit

from ringback.contract import remembering
from ringback.contract.traffic import Exchange, Intent, Phase, Request

if TYPE_CHECKING:
    from schemathesis.core.transport import Response

PHASES: Final = {
    "examples": Phase.EXAMPLES,
    "coverage": Phase.COVERAGE,
    "fuzzing": Phase.FUZZING,
    "stateful": Phase.STATEFUL,
}
_BASE: Final = "http://ringback.invalid"
_RECALL: Final = 0.25
"""The share of its time that the engine may take for what other runs remember."""
_KEPT_CHECK: Final = "not_a_server_error"
_LEFT_OUT: Final = frozenset(
    {"user-agent", "accept-encoding", "connection", "content-length", "x-schemathesis-testcaseid"}
)

Send = Callable[[Request, str | None, Phase, Intent], Exchange]
"""What the adapter needs of a gateway: send for this operation (label), in this phase, with this intent."""


@dataclass(frozen=True, slots=True)
class Plan:
    """How much the engine may do. `examples` is per operation; `steps` how many chains of calls."""

    seed: int
    seconds: float
    workers: int = 1
    examples: int = 12
    steps: int = 10
    phases: tuple[Phase, ...] = (Phase.EXAMPLES, Phase.COVERAGE, Phase.FUZZING, Phase.STATEFUL)
    only: frozenset[str] | None = None  # labels; None: all operations
    remembered: str | None = None  # a folder or a redis:// URL, of what failed in other runs


@dataclass(frozen=True, slots=True)
class Heard:
    """What the engine said of itself: never about the tested side."""

    complaints: tuple[str, ...] = ()
    transitions: int = 0
    phases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Hands:
    """What the engine is given to work with.

    `send` sends; `stopped` says whether nothing more shall be sent; `fill` puts identifiers that exist in the place of
    path values that were drawn for an operation; `faulty` says whether a request breaks the document.
    """

    send: Send
    stopped: Callable[[], bool]
    fill: Callable[[str, Mapping[str, Any], random.Random], Mapping[str, Any]]
    faulty: Callable[[str, Request], bool]


def explore(
    linked: dict[str, Any], base: str, plan: Plan, hands: Hands, said: Callable[[Phase], None]
) -> Heard:
    """Let the engine send what it finds worth sending, until its time is over or `hands.stopped` says so.

    `linked` is the document as links.py makes it; `base` the path before all templates ("/v1").
    """
    if plan.remembered is None or Phase.FUZZING not in plan.phases:
        return _explore(linked, base, replace(plan, remembered=None), hands, said)
    # What is to be remembered has to fail, which ends it: so what others remember comes first, and the whole after it.
    until = time.monotonic() + plan.seconds
    recall = replace(plan, phases=(Phase.FUZZING,), seconds=plan.seconds * _RECALL)
    recalled = _explore(linked, base, recall, hands, said)
    rest = replace(plan, remembered=None, seconds=max(0.0, until - time.monotonic()))
    heard = _explore(linked, base, rest, hands, said)
    complaints = dict.fromkeys((*recalled.complaints, *heard.complaints))
    return replace(heard, complaints=tuple(complaints))


def _explore(
    linked: dict[str, Any], base: str, plan: Plan, hands: Hands, said: Callable[[Phase], None]
) -> Heard:
    import schemathesis
    from schemathesis.engine import events, from_schema

    _prepare()
    if plan.remembered is not None:
        remembering.use(plan.remembered)
    schema: Any = schemathesis.openapi.from_dict(linked, config=_config(plan, base))
    schema.app = _Door(hands, plan.seed)
    if plan.only is not None:
        wanted = plan.only
        schema = schema.include(lambda context: context.operation.label in wanted)
    complaints: dict[str, None] = {}
    transitions = 0
    done: list[str] = []
    stream = from_schema(schema).execute()
    until = time.monotonic() + plan.seconds
    with _watching(stream, hands, until):
        for event in stream:
            if isinstance(event, events.NonFatalError | events.FatalError):
                if not hands.stopped():
                    complaints.setdefault(_complaint(event))
            elif isinstance(event, events.PhaseStarted):
                phase = PHASES.get(event.phase.name.value)
                if phase is not None:
                    said(phase)
                    done.append(phase.value)
                if event.payload is not None:
                    transitions = getattr(event.payload, "transitions_total", 0)
    return Heard(tuple(complaints), transitions, tuple(dict.fromkeys(done)))


def _config(plan: Plan, base: str) -> Any:
    import schemathesis
    from schemathesis.config import ChecksConfig

    names = [name for name in ChecksConfig.__dataclass_fields__ if not name.startswith("_")]
    off = {name: {"enabled": name == _KEPT_CHECK} for name in names if name != "max_response_time"}
    on = {phase: {"enabled": PHASES[phase] in plan.phases} for phase in PHASES}
    on["stateful"]["generation"] = {"max-examples": plan.steps}  # type: ignore[assignment]
    return schemathesis.Config.from_dict(
        {
            "seed": plan.seed,
            "base-url": _BASE + base,
            "workers": plan.workers,
            "continue-on-failure": plan.remembered is None,
            "suppress-health-check": ["all"],
            "cache": {"enabled": False},
            "warnings": False,
            "generation": {
                "max-examples": plan.examples,
                # Else what hypothesis has been told to use (remembering.py).
                **({"database": "none"} if plan.remembered is None else {}),
                "with-security-parameters": False,
            },
            "phases": on,
            "checks": off,
        }
    )


def _complaint(event: Any) -> str:
    info = getattr(event, "info", None)
    if info is None:
        return f"the engine failed: {event.exception}"
    label = getattr(event, "label", "")
    message = " ".join(str(info.message or info.title).split())[:300]
    return f"{label}: {message}" if label else message


class _watching:
    """Stops the engine from beside it: while it draws and thinks it asks nobody."""

    def __init__(self, stream: Any, hands: Hands, until: float) -> None:
        self._stream = stream
        self._hands = hands
        self._until = until
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._watch, name="ringback-engine", daemon=True)

    def _watch(self) -> None:
        while not self._over.wait(0.05):
            if self._hands.stopped() or time.monotonic() > self._until:
                self._stream.stop()
                return

    def __enter__(self) -> None:
        self._thread.start()

    def __exit__(self, *_: object) -> None:
        self._over.set()
        self._thread.join()


# -- how a case becomes a request


class _Door:
    """Stands where the engine expects an application."""

    def __init__(self, hands: Hands, seed: int) -> None:
        self.hands = hands
        self.seed = seed

    def __call__(self, environ: Any, start_response: Any) -> Any:
        raise NotImplementedError("reached by its transport only")


@dataclass(slots=True)
class _Prepared:
    done: bool = False
    lock: threading.Lock = field(default_factory=threading.Lock)


_prepared: Final = _Prepared()


def _prepare() -> None:
    """Fill the registries of this process, once."""
    with _prepared.lock:
        if _prepared.done:
            return
        _formats()
        _transport()
        _prepared.done = True


def _formats() -> None:
    import schemathesis
    from hypothesis import strategies as st

    moments = st.datetimes(datetime(1990, 1, 1), datetime(2040, 1, 1), timezones=st.just(UTC))
    digits = st.text("0123456789", min_size=7, max_size=11)
    drawn = {
        "date-time-rfc-2822": moments.map(lambda one: format_datetime(one.replace(microsecond=0))),
        "decimal": st.decimals(-1000, 1000, places=4).map(str),
        "int32": st.integers(-(2**31), 2**31 - 1).map(str),
        "int64": st.integers(0, 10**6).map(str),
        "phone-number": st.builds("+1{}".format, digits),
        "http-method": st.sampled_from(["GET", "POST"]),
    }
    for name, strategy in drawn.items():
        schemathesis.openapi.format(name, strategy)


def _transport() -> None:
    """Serve applications that are doors by the transport below."""
    import schemathesis.transport as room
    from schemathesis.core.transport import Response
    from schemathesis.transport.requests import REQUESTS_TRANSPORT, RequestsTransport

    class Transport(RequestsTransport):
        def send(self, case: Any, *, session: Any = None, **given: Any) -> Response:
            door = given.pop("app", None) or case.operation.app
            if _pointless(case) or door.hands.stopped():
                return _nothing(case)
            _fill(case, door)
            data = self.serialize_case(case, **_wire(given))
            request, sent = _request(data)
            phase, intent = _told(case, request, door)
            exchange = door.hands.send(request, case.operation.label, phase, intent)
            reply = exchange.reply
            headers: dict[str, list[str]] = {}
            for name, value in reply.headers if reply is not None else ():
                headers.setdefault(name, []).append(value)
            return Response(
                status_code=reply.status if reply is not None else 503,
                headers=headers,
                content=reply.body if reply is not None else b"",
                request=sent,
                elapsed=exchange.elapsed,
                verify=False,
            )

    ours = Transport()
    ours._copy_serializers_from(REQUESTS_TRANSPORT)
    usual = room.get

    def get(app: object) -> Any:
        return ours if isinstance(app, _Door) else usual(app)

    room.get = get


def _pointless(case: Any) -> bool:
    """Whether a case is not about what the document says: another method, a media type that it does not have.

    Which status a server gives to those HTTP says, and no document does; methods are tried by a scenario of ours.
    """
    from schemathesis.generation.meta import REQUEST_SHAPE_PROBES

    scenario = getattr(case.meta.phase.data, "scenario", None) if case.meta is not None else None
    return scenario in REQUEST_SHAPE_PROBES or case.method != case.operation.method.upper()


def _nothing(case: Any) -> Response:
    """The answer to what is not sent."""
    from requests import Request as Plain
    from schemathesis.core.transport import Response

    sent = Plain(case.method, _BASE).prepare()
    return Response(405, {}, b"", sent, 0.0, False)


def _wire(given: Mapping[str, Any]) -> dict[str, Any]:
    kept = ("base_url", "headers", "params", "cookies", "json", "data", "files", "content")
    return {name: given[name] for name in kept if name in given}


def _request(data: dict[str, Any]) -> tuple[Request, Any]:
    """The bytes of a serialized case, and the same as the engine wants to remember it."""
    from requests import PreparedRequest
    from requests import Request as Plain
    from requests.structures import CaseInsensitiveDict

    body, kind = _body(data)
    if body is None:  # multipart, and whatever else is rare
        names = ("method", "url", "headers", "params", "data", "json", "files", "cookies")
        sent = Plain(**{name: data[name] for name in names if data.get(name) is not None}).prepare()
        return _plain(sent), sent
    url = data["url"]
    params = data.get("params")
    if params:
        text = params if isinstance(params, str) else urlencode(list(_pairs(params)))
        url += ("&" if "?" in url else "?") + text
    headers = CaseInsensitiveDict(data["headers"])
    if kind and "content-type" not in headers:
        headers["Content-Type"] = kind
    if data.get("cookies"):
        headers["Cookie"] = "; ".join(f"{name}={value}" for name, value in data["cookies"].items())
    sent = PreparedRequest()
    sent.method, sent.url, sent.headers, sent.body = data["method"], url, headers, body
    return _plain(sent), sent


def _body(data: Mapping[str, Any]) -> tuple[bytes | None, str]:
    if data.get("files"):
        return None, ""
    if data.get("json") is not None:
        return json.dumps(data["json"]).encode(), "application/json"
    content = data.get("data")
    if content is None:
        return b"", ""
    if isinstance(content, bytes):
        return content, ""
    if isinstance(content, str):
        return content.encode("utf-8", "surrogatepass"), "application/x-www-form-urlencoded"
    if isinstance(content, Mapping):
        form = urlencode(list(_pairs(content)), errors="surrogatepass").encode()
        return form, "application/x-www-form-urlencoded"
    return None, ""


def _pairs(content: Mapping[str, Any]) -> Iterator[tuple[Any, Any]]:
    """Names and values as `requests` writes them: a list is a name repeated, None is left out."""
    for name, value in content.items():
        if value is None:
            continue
        if isinstance(value, str | bytes) or not hasattr(value, "__iter__"):
            yield name, value
        else:
            yield from ((name, one) for one in value)


def _plain(sent: Any) -> Request:
    parts = urlsplit(sent.url)
    target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    body = sent.body or b""
    headers = tuple(
        (str(name).lower(), value if isinstance(value, str) else str(value, "latin-1"))
        for name, value in sent.headers.items()
        if str(name).lower() not in _LEFT_OUT
    )
    return Request(
        method=sent.method.upper(),
        target=target,
        headers=headers,
        body=body if isinstance(body, bytes) else str(body).encode(),
    )


def _told(case: Any, request: Request, door: _Door) -> tuple[Phase, Intent]:
    meta = case.meta
    if meta is None:
        return Phase.FUZZING, Intent.UNKNOWN
    phase = PHASES.get(meta.phase.name.value, Phase.FUZZING)
    meant = meta.generation.mode.is_negative
    if meant and door.hands.faulty(case.operation.label, request):
        return phase, Intent.INVALID
    return phase, Intent.UNKNOWN


def _fill(case: Any, door: _Door) -> None:
    """Put what exists in the place of identifiers that were drawn; what is there to be refused stays."""
    given = dict(case.path_parameters or {})
    if not given:
        return
    label = case.operation.label
    # What was drawn decides, so that the same draw gives the same request while it is made smaller.
    drawn = repr((door.seed, label, given)).encode("utf-8", "replace")
    filled = door.hands.fill(label, given, random.Random(zlib.crc32(drawn)))
    if filled != given:
        case.path_parameters = dict(filled)
