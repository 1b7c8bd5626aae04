"""The door of the plan: a judged document in, everything that will be printed out."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlsplit

from ringback.openapi import Document, SecurityScheme
from ringback.plan import names, paging, texts
from ringback.plan.choices import NO_CHOICES, ChoiceFault, Choices
from ringback.plan.formats import formats
from ringback.plan.former import former, move_groups
from ringback.plan.hooks import gathered, unreadable
from ringback.plan.ledger import POSITIONS, Ledger, opened
from ringback.plan.lock import UNLOCKED, NamesLock
from ringback.plan.media import stream_kind
from ringback.plan.merging import merged
from ringback.plan.model import Plan
from ringback.plan.model_access import CredentialPlan, ErrorShapePlan, SchemePlan, SignaturePlan
from ringback.plan.model_operations import WebhookPlan
from ringback.plan.operation_names import group_of, printed_names
from ringback.plan.operations import OperationPlanner, groups
from ringback.plan.servers import CLIENT_RESERVED, servers
from ringback.plan.tabular import tables
from ringback.plan.tokens import tokens
from ringback.plan.told import Told
from ringback.plan.types import Catalogue
from ringback.source import Diagnostic, Severity

EXPORTS = frozenset(
    {
        "AsyncClient", "AsyncDownload", "AsyncPager", "BadRequest", "Client", "Conflict", "ConnectionFailed",
        "DeadlineExceeded", "Download", "Drift", "DriftError", "Event", "Exchange", "Fault", "Forbidden",
        "HttpRequest", "InvalidRequest", "MethodNotAllowed", "NotFound", "Operation", "Pager", "PagingError",
        "PreparedWebhook", "RateLimited", "AnswerHeaders", "HeaderRows", "RawAnswer", "RequestFailed", "RequestOptions", "ObjectRules", "MemberTexts", "Styled", "FormBody", "LinesBody", "WholeText", "PartCodec", "Multipart",
        "SignatureError", "StatusError", "UNSET", "Unauthorized", "UnprocessableContent", "UnreadableAnswer",
        "Unset", "WebhookReceiver", "WebhookSender", "WebhookHandlers",
        # what the printed modules import
        "Annotated", "Any", "ClassVar", "Decimal", "DecimalString", "IntText", "Literal", "Mapping", "Meta", "NewType", "OpenEnum",
        "Protocol", "Rfc2822", "Sequence", "Struct", "TypeAlias", "UUID", "Answer", "Application", "Array",
        "Body", "Boolean", "Choice", "Date", "DateTime", "DecimalText", "Enumeration", "Identifier", "Integer",
        "Base64", "JsonText", "IdentifierKind", "Number", "Paging", "Parameter", "Rfc2822DateTime", "Text", "Uuid", "AnyOf",
        "WholeNumberText", "Route", "Settings", "Scheme", "Credential", "SignatureRules", "ErrorShape",
        "Authenticate", "Refuse", "RenderFault", "Callable", "Iterator", "AsyncIterator", "Warning", "Exception", "None",
    }
)  # fmt: skip
"""Names that printed modules use or export: no type of the document is called so."""


@dataclass(frozen=True, slots=True)
class Drawn:
    """A plan with what had to be degraded (warnings) and what had to be left out.

    `lock` is what everything is called now, for the next time; `told` is what `explain` looks at.
    """

    plan: Plan
    warnings: tuple[Diagnostic, ...]
    skipped: tuple[Diagnostic, ...]
    lock: NamesLock
    told: Told


def _of_parts(document: Document) -> set[str]:
    """Names that only some documents' modules use: of files and streams."""
    content = [media for one in document.operations if one.body for media in one.body.content]
    found = (
        {"File", "FileLike"} if any(one.name.startswith("multipart/") for one in content) else set()
    )
    content += [
        media for one in document.operations for two in one.responses for media in two.content
    ]
    if any(map(stream_kind, content)):
        found |= {"Stream", "AsyncStream", "AsyncIterable", "Iterable"}
    return found


def draw(
    document: Document,
    package: str,
    lock: NamesLock = UNLOCKED,
    *,
    renew: bool = False,
    choices: Choices = NO_CHOICES,
) -> Drawn:
    """Take every Python decision for a document; what the lock names keeps its name.

    Raises ChoiceFault where the settings (`choices`) do not fit the document.

    With `renew` everything is called what the document makes of it, and the locked names are former names.
    """
    with opened(lock, document.api_version, renew=renew) as ledger:
        return _drawn(document, package, ledger, choices)


def _drawn(document: Document, package: str, ledger: Ledger, choices: Choices) -> Drawn:
    for wrong in paging.unknown(document.operations, choices.paging.items()):
        raise ChoiceFault(wrong)
    original = document
    whole = merged(document)
    document = gathered(whole.document)
    move_groups(ledger, _lines(document))
    known = formats(choices.formats)
    reserved = EXPORTS | _of_parts(document) | printed_names(document)
    reserved |= {"Custom"} if known.plans else set()
    catalogue = Catalogue(document, reserved, known)
    planner = OperationPlanner(document, catalogue, choices)
    csv, made, unread = tables(document, groups(document, planner))
    webhooks, skipped = _webhooks(document, planner)
    for conflict in whole.conflicts:
        catalogue.warn(conflict.schema, "merged-conflict", conflict.message)
    server = document.servers[0].url if document.servers else ""
    credentials, schemes = _credentials(document, package, ledger), _schemes(document)
    errors = _errors(document, catalogue)
    models, aliases = catalogue.models(), catalogue.aliases()
    plan = Plan(
        package=package,
        title=document.title,
        doc=texts.clean(document.description) or document.title,
        document_version=document.api_version,
        base_url=server,
        base_path=urlsplit(server).path.rstrip("/"),
        identifiers=catalogue.identifiers(),
        enums=catalogue.enums(),
        models=models,
        aliases=aliases,
        unions=catalogue.unions(),
        groups=made,
        webhooks=webhooks,
        credentials=credentials,
        schemes=schemes,
        errors=errors,
        signature=_signature(document),
        license_name=document.license_name or "",
        tokens=tokens(document),
        csv=csv,
        servers=servers(document, [one.name for one in credentials]),
        formats=tuple(sorted(known.plans.values(), key=lambda one: one.name)),
        openapi_version=original.version,
        document_digest=_digest(original),
    )
    plan = replace(plan, former=former(plan, ledger))
    warnings = [*catalogue.warnings, *_given_up(document, ledger), *unread]
    told = Told(original, document, catalogue, ledger.given)
    return Drawn(plan, tuple(sorted(warnings)), tuple(sorted(skipped)), ledger.lock(), told)


def _lines(document: Document) -> dict[str, set[str]]:
    """The operations of each group, by tag, as the lock of names knows them."""
    found: dict[str, set[str]] = {}
    for one in document.operations:
        found.setdefault(group_of(one), set()).add(f"{one.method} {one.template}")
    return found


def _digest(document: Document) -> str:
    """SHA-256 of the effective document as JSON: keys sorted, no spaces, UTF-8."""
    text = json.dumps(
        document.tree.root, sort_keys=True, ensure_ascii=False, separators=(",", ":"), default=str
    )
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def _given_up(document: Document, ledger: Ledger) -> Iterator[Diagnostic]:
    """Names that the lock lists and that the package needs for something else now."""
    place = document.tree.locate(())
    for (scope, key), had in ledger.given_up.items():
        now = ledger.given[scope][key].name
        message = f"{had}, of {scope}, is needed by the package itself: {key!r} is called {now}"
        yield Diagnostic(place, "name-given-up", message, Severity.WARNING)
    for scope, had, key in ledger.lost():
        now = ledger.given[scope][key].name
        message = f"{had}, a former name of {now} ({scope}), is no alias: {ledger.why_lost(scope)}"
        yield Diagnostic(place, "former-name-given-up", message, Severity.WARNING)


def _webhooks(
    document: Document, planner: OperationPlanner
) -> tuple[tuple[WebhookPlan, ...], list[Diagnostic]]:
    """The webhooks, and those that are left out."""
    wanted = [(hook.name, names.snake(hook.name)) for hook in document.webhooks]
    given = names.assign(wanted, {"secret", "asgi", "self"}, scope="webhooks")
    plans, left_out = [], []
    for hook in document.webhooks:
        operation, name = hook.operations[0], given[hook.name]
        if why := unreadable(operation):
            place, told = document.tree.locate(operation.path), f"{name} is left out: {why}"
            left_out.append(Diagnostic(place, "unreadable-webhook", told, Severity.WARNING))
            continue
        made = planner.plan(operation, name, name, "WEBHOOK_" + name.upper())
        payload = made.body.annotation if made.body else "None"
        plans.append(WebhookPlan(name, made.constant, made, payload))
    return tuple(plans), left_out


# -- what extensions and security schemes say


def _mapping(value: Any) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def _credentials(document: Document, package: str, ledger: Ledger) -> tuple[CredentialPlan, ...]:
    """The client's first arguments; they are positional, so that the lock keeps their order."""
    found: dict[str, CredentialPlan] = {}
    keys = _key_names(document)
    for scheme in document.security_schemes:
        given = _mapping(scheme.extensions.get("x-ringback-credentials")).get("arguments")
        usual = _default_arguments(scheme, package, keys.get(scheme.name, "api_key"))
        for one in given if isinstance(given, list) else usual:
            name = names.snake(str(_mapping(one).get("name", "")))
            found[name] = CredentialPlan(name, str(one.get("env", "")), bool(one.get("secret")))
    if len(found) < 2:
        return tuple(found.values())
    return tuple(found[name] for name in ledger.ordered(POSITIONS, list(found)))


def _key_names(document: Document) -> dict[str, str]:
    """The argument of each API key: `api_key`, or the scheme's own name where there are several keys."""
    keys = [one for one in document.security_schemes if one.type == "apiKey"]
    if len({(one.location, one.parameter) for one in keys}) < 2:
        return {one.name: "api_key" for one in keys}
    reserved = {"username", "password", "token", "client_id", "client_secret", *CLIENT_RESERVED}
    wanted = [(one.name, names.snake(one.name)) for one in keys]
    return names.assign(wanted, reserved, scope="credentials")


def _default_arguments(scheme: SecurityScheme, package: str, key: str) -> list[dict[str, Any]]:
    prefix = package.upper()
    if scheme.type == "http" and (scheme.scheme or "").lower() == "basic":
        return [
            {"name": "username", "env": f"{prefix}_USERNAME"},
            {"name": "password", "env": f"{prefix}_PASSWORD", "secret": True},
        ]
    if scheme.type == "mutualTLS":
        return []
    name = key if scheme.type == "apiKey" else "token"
    made = [{"name": name, "env": f"{prefix}_{name.upper()}", "secret": True}]
    if _token_url(scheme):
        made.append({"name": "client_id", "env": f"{prefix}_CLIENT_ID"})
        made.append({"name": "client_secret", "env": f"{prefix}_CLIENT_SECRET", "secret": True})
    return made


def _token_url(scheme: SecurityScheme) -> str:
    """Where a client gets a token with credentials of its own; "" where it cannot."""
    flow = _mapping(scheme.flows.get("clientCredentials")) if scheme.type == "oauth2" else {}
    return str(flow.get("tokenUrl", ""))


def _schemes(document: Document) -> tuple[SchemePlan, ...]:
    plans = []
    keys = _key_names(document)
    for scheme in document.security_schemes:
        pairs = _mapping(scheme.extensions.get("x-ringback-credentials")).get("pairs")
        if scheme.type == "http" and (scheme.scheme or "").lower() == "basic":
            chosen = (
                [(str(p["username"]), str(p["password"])) for p in pairs]
                if pairs
                else [("username", "password")]
            )
            plans.append(SchemePlan("basic", tuple(chosen), "", scheme.name))
        elif scheme.type == "apiKey":
            key = (keys[scheme.name],)
            place = scheme.location or "header"
            plans.append(SchemePlan(place, (key,), scheme.parameter or "", scheme.name))
        elif scheme.type != "mutualTLS":
            url = _token_url(scheme)
            plans.append(SchemePlan("bearer", (("token",),), "", scheme.name))
            if url:
                flow = _mapping(scheme.flows.get("clientCredentials"))
                scopes = tuple(map(str, _mapping(flow.get("scopes"))))
                pair = (("client_id", "client_secret"),)
                plans.append(SchemePlan("oauth2", pair, "", scheme.name, url, scopes))
    return tuple(plans)


def _errors(document: Document, catalogue: Catalogue) -> ErrorShapePlan:
    given = _mapping(document.extensions.get("x-ringback-errors"))
    components = dict(document.schemas)
    schema = components.get(str(given.get("schema", "")))
    return ErrorShapePlan(
        code=str(given.get("code", "code")),
        message=str(given.get("message", "message")),
        link=str(given.get("link", "")),
        status=str(given.get("status", "status")),
        request_id_header=str(given.get("request-id-header", "X-Request-Id")),
        model=catalogue.of(schema).annotation if schema is not None else "",
    )


def _signature(document: Document) -> SignaturePlan | None:
    given = _mapping(document.extensions.get("x-ringback-signature"))
    if given.get("scheme") != "url-and-sorted-form":
        return None
    return SignaturePlan(
        header=str(given.get("header", "X-Signature")),
        settings_header=str(given.get("settings-header", "")),
        body_hash=str(given.get("body-hash-parameter", "")),
        secret=names.snake(str(given.get("secret", "secret"))),
    )
