"""Every rule of the wire: what a change is called, and what it means for callers and for servers.

The rules for data (bodies, parameters, answers) stand in rules_schema.py and are a part of the same table. The pages
docs/changes/<code>.md begin with what stands here; a test compares them.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from .model import Kind, Rating, Rule, Side
from .rules_schema import SCHEMA_RULES

_B, _R, _S = Rating.BREAKING, Rating.RISKY, Rating.SAFE


def _rule(code: str, kind: Kind, callers: Rating, servers: Rating, what: str, why: str) -> Rule:
    return Rule(code, Side.WIRE, kind, callers, servers, what, why)


_IGNORED: Final = (
    "An old server ignores what it does not know, so that what a new client asks for does not happen."
)
_OPERATIONS: Final = (
    _rule("operation-added", Kind.ADDED, _S, _B, "There is an operation that was not there.",
          "Old clients do not call it. An old server does not have it."),
    _rule("operation-removed", Kind.REMOVED, _B, _S, "An operation is gone.",
          "A new server answers an old client that there is nothing. New clients do not call it."),
    _rule("deprecated-operation-removed", Kind.REMOVED, _B, _S,
          "An operation is gone that the old document marked as deprecated.",
          "A client that still calls it gets no answer, though it was told. New clients do not call it."),
    _rule("operation-moved", Kind.CHANGED, _B, _B,
          "An operation (by its operationId) has another path or another method.",
          "An old client calls what a new server does not have, and a new client what an old server does not have."),
    _rule("operation-deprecated", Kind.CHANGED, _S, _S, "An operation is marked as deprecated.",
          "It still works. What is marked may go in a later version."),
    _rule("operation-undeprecated", Kind.CHANGED, _S, _S, "An operation is no longer marked as deprecated.",
          "It works as before."),
    _rule("operation-id-changed", Kind.CHANGED, _S, _S, "An operation has another operationId, or none.",
          "It does not travel. The generated names follow it: see the Python side."),
    _rule("tags-changed", Kind.TEXT, _S, _S, "Tags are new, gone, or described differently.",
          "They do not travel. The generated groups follow them: see the Python side."),
    _rule("path-parameter-renamed", Kind.TEXT, _S, _S, "A parameter in a path has another name.",
          "Only its position travels. The generated argument follows the name: see the Python side."),
)  # fmt: skip
_PARAMETERS: Final = (
    _rule("request-optional-parameter-added", Kind.ADDED, _S, _R, "Callers may send one more parameter.",
          f"Old clients do not send it. {_IGNORED}"),
    _rule("request-required-parameter-added", Kind.ADDED, _B, _R, "Callers must send one more parameter.",
          f"What an old client sends lacks it and is refused. {_IGNORED}"),
    _rule("request-optional-parameter-removed", Kind.REMOVED, _R, _S, "A parameter that callers could send is gone.",
          "A new server ignores it: what an old client asks for no longer happens. An old server does without it."),
    _rule("request-required-parameter-removed", Kind.REMOVED, _R, _B,
          "A parameter that callers had to send is gone.",
          "A new server ignores it. An old server refuses what a new client sends, since it lacks the parameter."),
    _rule("request-parameter-became-required", Kind.REMOVED, _B, _S,
          "Callers must send a parameter that they could leave out.",
          "An old client may leave it out and is refused. A new client always sends it, which an old server allows."),
    _rule("request-parameter-became-optional", Kind.ADDED, _S, _B,
          "Callers may leave out a parameter that they had to send.",
          "An old client always sends it. A new client may leave it out, and an old server refuses that."),
    _rule("request-parameter-moved", Kind.CHANGED, _B, _B,
          "A parameter travels in another place: path, query, header or cookie.",
          "Each side looks for it where the other did not put it."),
    _rule("request-parameter-serialization-changed", Kind.CHANGED, _B, _B,
          "A parameter is written in another way (style, explode, allowReserved, content).",
          "The same value is another text: the other side reads something else, or nothing."),
    _rule("request-parameter-empty-allowed", Kind.ADDED, _S, _R, "A parameter may be sent without a value.",
          "Old clients do not do that. An old server may refuse it."),
    _rule("request-parameter-empty-forbidden", Kind.REMOVED, _R, _S,
          "A parameter may no longer be sent without a value.",
          "A new server may refuse what an old client sends. New clients do not do that."),
)  # fmt: skip
_BODIES: Final = (
    _rule("request-optional-body-added", Kind.ADDED, _S, _R, "Callers may send a body where there was none.",
          f"Old clients do not send it. {_IGNORED}"),
    _rule("request-required-body-added", Kind.ADDED, _B, _R, "Callers must send a body where there was none.",
          f"An old client sends none and is refused. {_IGNORED}"),
    _rule("request-optional-body-removed", Kind.REMOVED, _R, _S, "There is no body any more; callers could send one.",
          "A new server ignores it: what an old client asks for no longer happens. An old server does without it."),
    _rule("request-required-body-removed", Kind.REMOVED, _R, _B, "There is no body any more; callers had to send one.",
          "A new server ignores it. An old server refuses what a new client sends, since it lacks the body."),
    _rule("request-body-became-required", Kind.REMOVED, _B, _S, "Callers must send the body that they could leave out.",
          "An old client may leave it out and is refused. A new client always sends it, which an old server allows."),
    _rule("request-body-became-optional", Kind.ADDED, _S, _B, "Callers may leave out the body that they had to send.",
          "An old client always sends it. A new client may leave it out, and an old server refuses that."),
    _rule("request-media-type-added", Kind.ADDED, _S, _B, "The body may have one more media type.",
          "Old clients do not use it. A new client may, and an old server refuses that."),
    _rule("request-media-type-removed", Kind.REMOVED, _B, _S, "The body may no longer have a media type.",
          "An old client may use it and is refused. New clients do not use it."),
)  # fmt: skip
_ANSWERS: Final = (
    _rule("response-success-status-added", Kind.ADDED, _R, _S, "There is one more status that says success.",
          "An old client does not know what comes with it; most take any 2xx for success. An old server never"
          " sends it."),
    _rule("response-error-status-added", Kind.ADDED, _R, _S, "There is one more status that does not say success.",
          "An old client takes it for an error that it does not know. An old server never sends it."),
    _rule("response-success-status-removed", Kind.REMOVED, _R, _B,
          "A status that says success is gone; others that were there are left.",
          "An old client knows those that are left, but what only this one brought never comes. An old server sends a"
          " status that is not documented."),
    _rule("response-success-status-replaced", Kind.CHANGED, _B, _B,
          "A status that says success is gone, and none is left of those that were there.",
          "An old client waits for what never comes. An old server sends a status that is not documented."),
    _rule("response-error-status-removed", Kind.REMOVED, _R, _B, "A status that does not say success is gone.",
          "An old client handles an error that no longer comes, or comes by another status. An old server sends a"
          " status that is not documented."),
    _rule("response-status-split", Kind.CHANGED, _S, _S,
          "A status has an entry of its own now; a range or the default covered it before.",
          "Nothing new may come. Where what it brings differs, that is a change of its own."),
    _rule("response-status-merged", Kind.CHANGED, _S, _S,
          "A status has no entry of its own any more; a range or the default covers it.",
          "It may still come. Where what it brings differs, that is a change of its own."),
    _rule("response-body-added", Kind.ADDED, _R, _B, "An answer brings a body where there was none.",
          "An old client expects nothing and leaves the body unread, if it is not strict. An old server sends none."),
    _rule("response-body-removed", Kind.REMOVED, _B, _R, "An answer brings no body any more.",
          "An old client reads what no longer comes. A new client leaves unread what an old server sends."),
    _rule("response-media-type-added", Kind.ADDED, _R, _S, "An answer may have one more media type.",
          "A server that does not heed Accept may send it to an old client. An old server never sends it."),
    _rule("response-media-type-removed", Kind.REMOVED, _B, _B, "An answer may no longer have a media type.",
          "An old client asks for it and does not get it. An old server may send what a new client cannot read."),
    _rule("response-media-type-range-removed", Kind.REMOVED, _S, _B,
          "An answer may no longer have each media type of a range; some of the range are left.",
          "An old client takes those that are left. An old server may send one that is not documented."),
    _rule("media-type-split", Kind.CHANGED, _S, _S,
          "A media type has an entry of its own now; a range (`text/*`) covered it before.",
          "Nothing new may come. Where what it brings differs, that is a change of its own."),
    _rule("media-type-merged", Kind.CHANGED, _S, _S,
          "A media type has no entry of its own any more; a range (`text/*`) covers it.",
          "It may still come. Where what it brings differs, that is a change of its own."),
    _rule("response-optional-header-added", Kind.ADDED, _S, _S, "An answer may have one more header.",
          "Clients ignore headers that they do not know; a server need not send it."),
    _rule("response-required-header-added", Kind.ADDED, _S, _B, "An answer has one more header.",
          "Clients ignore headers that they do not know. An old server does not send it."),
    _rule("response-optional-header-removed", Kind.REMOVED, _R, _S, "A header that an answer could have is gone.",
          "A client had to do without it, but one that uses it never sees it again. Nobody minds that an old server"
          " sends it."),
    _rule("response-required-header-removed", Kind.REMOVED, _B, _S, "A header that an answer always had is gone.",
          "An old client relies on it. Nobody minds that an old server sends it."),
    _rule("response-header-became-required", Kind.ADDED, _S, _B, "An answer always has a header that could be absent.",
          "A client had to do without it, and now need not. An old server may leave it out."),
    _rule("response-header-became-optional", Kind.REMOVED, _B, _S, "An answer may lack a header that it always had.",
          "An old client relies on it. An old server always sends it."),
    _rule("response-header-serialization-changed", Kind.CHANGED, _B, _B,
          "A header is written in another way (explode, content).",
          "The same value is another text: the other side reads something else, or nothing."),
    _rule("links-changed", Kind.TEXT, _S, _S, "Links of an answer are new, gone, or others.",
          "They say how operations belong together; nothing travels because of them."),
)  # fmt: skip
_WEBHOOKS: Final = (
    _rule("webhook-added", Kind.ADDED, _R, _R, "There is a webhook or a callback that was not there.",
          "A receiver that does not know it refuses it, if it is sent there at all. An old server never sends it, and"
          " a new receiver may wait for it."),
    _rule("webhook-removed", Kind.REMOVED, _B, _R, "A webhook or a callback is gone.",
          "An old receiver waits for what never comes. A new receiver refuses what an old server sends."),
    _rule("callback-address-changed", Kind.CHANGED, _R, _R,
          "The expression that gives the address of a callback is another.",
          "What is called back may be another address; the document does not say whether the values differ."),
)  # fmt: skip
_SECURITY: Final = (
    _rule("security-required", Kind.REMOVED, _B, _S, "An operation that anybody could call needs credentials now.",
          "An old client sends none and is refused. An old server does not mind credentials."),
    _rule("security-dropped", Kind.ADDED, _S, _B, "An operation that needed credentials can be called by anybody.",
          "Nobody minds credentials. A new client sends none, and an old server refuses that."),
    _rule("security-alternative-added", Kind.ADDED, _S, _B, "There is one more way to prove who one is.",
          "The old ways still work. A new client may use the new one, and an old server refuses that."),
    _rule("security-alternative-removed", Kind.REMOVED, _B, _S, "A way to prove who one is no longer works.",
          "An old client may use it and is refused. New clients do not use it."),
    _rule("security-scope-added", Kind.REMOVED, _B, _S, "A scope is needed that was not needed.",
          "The token of an old client may lack it and is refused. An old server does not ask for it."),
    _rule("security-scope-removed", Kind.ADDED, _S, _B, "A scope is no longer needed.",
          "The token of an old client has more than enough. The token of a new client may lack it, and an old server"
          " refuses that."),
    _rule("security-scheme-changed", Kind.CHANGED, _B, _B,
          "Credentials travel in another way (type, scheme, place, name).",
          "Each side looks for them where the other did not put them."),
    _rule("security-scheme-detail-changed", Kind.CHANGED, _R, _R,
          "Something about a scheme has changed that does not travel with requests: the addresses of OAuth 2, a"
          " bearer format, whether it is deprecated.",
          "A client that gets its tokens there has to go elsewhere; the document does not say whether the old address"
          " stays."),
    _rule("security-flow-added", Kind.ADDED, _S, _R, "OAuth 2 tokens can be had by one more flow.",
          "The old flows still work. A new client may use the new one, which an old server may not offer."),
    _rule("security-flow-removed", Kind.REMOVED, _B, _S, "OAuth 2 tokens can no longer be had by a flow.",
          "An old client may use it. New clients do not use it."),
    _rule("security-flow-scope-added", Kind.ADDED, _S, _R, "A flow knows one more scope.",
          "Old clients do not ask for it. A new client may, and an old server may not know it."),
    _rule("security-flow-scope-removed", Kind.REMOVED, _B, _S, "A flow no longer knows a scope.",
          "An old client may ask for it and is refused. New clients do not ask for it."),
    _rule("security-scheme-added", Kind.ADDED, _S, _S, "A security scheme is new.",
          "By itself it asks for nothing: operations that use it have changes of their own."),
    _rule("security-scheme-removed", Kind.REMOVED, _S, _S, "A security scheme is gone.",
          "By itself it asked for nothing: operations that used it have changes of their own."),
)  # fmt: skip
_DOCUMENT: Final = (
    _rule("server-added", Kind.ADDED, _S, _R, "There is one more base URL.",
          "The others still work. A new client may use the new one; whether an old server answers there the document does"
          " not say."),
    _rule("server-removed", Kind.REMOVED, _R, _S, "A base URL is gone.",
          "An old client may use it; whether it still answers the document does not say."),
    _rule("default-server-changed", Kind.CHANGED, _R, _R, "The first base URL is another one.",
          "A client that is told nothing else uses the first: the new one calls somewhere else than the old one."),
    _rule("server-variable-changed", Kind.CHANGED, _R, _R, "A variable of a base URL has other values.",
          "An old client may choose a value that is gone, a new one a value that is new; one that chooses none uses the"
          " default."),
    _rule("version-changed", Kind.TEXT, _S, _S, "The document has another version (info.version).",
          "It is a name for the document."),
    _rule("info-changed", Kind.TEXT, _S, _S,
          "The document speaks differently of itself: title, description, licence, version of OpenAPI.",
          "Nothing of it travels."),
    _rule("schema-added", Kind.ADDED, _S, _S, "A schema is new under components.",
          "By itself it travels nowhere: operations that use it have changes of their own."),
    _rule("schema-removed", Kind.REMOVED, _S, _S, "A schema is gone from components.",
          "By itself it travels nowhere: operations that used it have changes of their own. Its generated type is"
          " gone: see the Python side."),
    _rule("unused-schema-changed", Kind.TEXT, _S, _S,
          "A schema has changed that no operation, webhook or callback uses.", "It travels nowhere."),
)  # fmt: skip

WIRE_RULES: Final[Mapping[str, Rule]] = MappingProxyType(
    {
        rule.code: rule
        for rule in (
            *_OPERATIONS, *_PARAMETERS, *_BODIES, *_ANSWERS, *_WEBHOOKS, *_SECURITY, *_DOCUMENT,
            *SCHEMA_RULES,
        )
    }
)  # fmt: skip
