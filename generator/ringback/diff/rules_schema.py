"""The rules for data that travels: each stands once here and is two rules, by the direction of the data.

`request-…` is for what callers send: parameters and bodies. `response-…` is for what they are sent: answers, and the
bodies of webhooks and callbacks (where the API is the sender; what the receiver answers is `request-…` again).

Which way it breaks follows from what the change does to the set of values that are allowed. What is narrowed breaks
whoever sends: old values may now be refused. What is widened breaks whoever reads: values come that it has never
seen. So a narrowed request breaks callers, a widened request breaks servers, and an answer the other way round.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import Final

from .model import Kind, Rating, Rule, Side

_B, _R, _S = Rating.BREAKING, Rating.RISKY, Rating.SAFE


class Effect(Enum):
    """What a change does to the set of allowed values."""

    NARROWED = "narrowed"
    WIDENED = "widened"
    CHANGED = "changed"  # neither holds all of the other, or nobody can tell


_WHY: Final = {
    (
        "request",
        Effect.NARROWED,
    ): "What an old client sends may now be refused. Whatever a new client sends, an old"
    " server accepts.",
    (
        "request",
        Effect.WIDENED,
    ): "Whatever an old client sends is still accepted. A new client may send what an old"
    " server refuses.",
    (
        "response",
        Effect.NARROWED,
    ): "Whatever a new server sends, an old client could be sent before. An old server may"
    " send what the new document no longer allows.",
    (
        "response",
        Effect.WIDENED,
    ): "An old client may be sent what it was not made for. Whatever an old server sends is"
    " still allowed.",
    (
        "request",
        Effect.CHANGED,
    ): "What an old client sends a new server may refuse, and what a new client sends an old"
    " server may refuse.",
    (
        "response",
        Effect.CHANGED,
    ): "What a new server sends an old client may not understand, and what an old server"
    " sends a new client may not understand.",
}
_RATINGS: Final = {
    ("request", Effect.NARROWED): (_B, _S),
    ("request", Effect.WIDENED): (_S, _B),
    ("response", Effect.NARROWED): (_S, _B),
    ("response", Effect.WIDENED): (_B, _S),
    ("request", Effect.CHANGED): (_B, _B),
    ("response", Effect.CHANGED): (_B, _B),
}
_KINDS: Final = {
    Effect.NARROWED: Kind.REMOVED,
    Effect.WIDENED: Kind.ADDED,
    Effect.CHANGED: Kind.CHANGED,
}


@dataclass(frozen=True, slots=True)
class _Aspect:
    """One row: `callers` and `more` replace the rating for callers, and add to the reason, in the response direction."""

    name: str
    effect: Effect
    what: str
    callers: Rating | None = None
    more: str = ""


_LIMITS: Final = " The type stays the same: only a program that relies on the limit notices."
_ASPECTS: Final = (
    _Aspect("type-narrowed", Effect.NARROWED, "Fewer types are allowed than before."),
    _Aspect("type-widened", Effect.WIDENED, "More types are allowed than before."),
    _Aspect("type-changed", Effect.CHANGED, "The type is another one."),
    _Aspect("became-nullable", Effect.WIDENED, "null is allowed now."),
    _Aspect("became-not-nullable", Effect.NARROWED, "null is no longer allowed."),
    _Aspect(
        "enum-value-added", Effect.WIDENED, "A list of values has one more.", _S,
        " Enums are open where they are read, so that an unknown value is a value; a program that handles each value"
        " by its own case is told by its type checker, on the Python side of the diff.",
    ),
    _Aspect("enum-value-removed", Effect.NARROWED, "A list of values lacks one that it had."),
    _Aspect("became-enum", Effect.NARROWED, "Only listed values are allowed now."),
    _Aspect(
        "enum-dropped", Effect.WIDENED, "Values are no longer limited to a list.", _R,
        " Enums are open where they are read; a program that knows all the values now meets others.",
    ),
    _Aspect("const-changed", Effect.CHANGED, "The only value allowed is another one."),
    _Aspect(
        "const-widened", Effect.WIDENED, "What had one value only has several now.",
    ),
    _Aspect("limit-narrowed", Effect.NARROWED,
            "A limit (of a number, a length, a count) is tighter, or new."),
    _Aspect("limit-widened", Effect.WIDENED,
            "A limit (of a number, a length, a count) is wider, or gone.", _R, _LIMITS),
    _Aspect("limit-changed", Effect.CHANGED, "multipleOf is a number that is no multiple of the old one, nor the other"
            " way round.", _R, _LIMITS),
    _Aspect("pattern-added", Effect.NARROWED, "A text has a pattern that it had not."),
    _Aspect("pattern-removed", Effect.WIDENED, "A text has no pattern any more.", _R, _LIMITS),
    _Aspect(
        "pattern-changed", Effect.CHANGED, "The pattern of a text is written in another way.", _R,
        " Whether one allows all that the other allows is not decided: accept the change where it does.",
    ),
    _Aspect("format-narrowed", Effect.NARROWED, "A format allows fewer values, or is new."),
    _Aspect("format-widened", Effect.WIDENED, "A format allows more values, or is gone."),
    _Aspect("format-changed", Effect.CHANGED, "The format is another one."),
    _Aspect("unique-items-added", Effect.NARROWED, "The items of a list must differ now."),
    _Aspect("unique-items-removed", Effect.WIDENED, "The items of a list may be equal now.", _R, _LIMITS),
    _Aspect("additional-properties-narrowed", Effect.NARROWED,
            "An object allows no properties any more beyond those that it names, or only some."),
    _Aspect(
        "additional-properties-widened", Effect.WIDENED,
        "An object allows more properties than those that it names, or others.", _R,
        " A program that looks only at the properties it knows does not notice.",
    ),
    _Aspect("alternative-added", Effect.WIDENED, "oneOf or anyOf has one more alternative."),
    _Aspect("alternative-removed", Effect.NARROWED, "oneOf or anyOf lacks an alternative that it had."),
    _Aspect("alternatives-overlap", Effect.NARROWED,
            "Two alternatives of oneOf overlap that did not, or a new one overlaps with another: what fits both is not"
            " allowed."),
    _Aspect("alternatives-apart", Effect.WIDENED,
            "Two alternatives of oneOf overlap no more, or one of them is gone: what fitted both is allowed.", _R,
            " It fits an alternative that the client knows."),
    _Aspect("discriminator-changed", Effect.CHANGED,
            "The property that says which alternative a value is, or what one of its values means, is another."),
    _Aspect("discriminator-value-added", Effect.WIDENED, "The discriminator has a value that it had not."),
    _Aspect("discriminator-value-removed", Effect.NARROWED, "The discriminator lacks a value that it had."),
    _Aspect("encoding-changed", Effect.CHANGED, "What a text or a part of a form holds is encoded in another way, or"
            " has another media type."),
    _Aspect("constraint-added", Effect.NARROWED, "A rule that values must follow (not, contains, propertyNames,"
            " dependentRequired, if …) is new."),
    _Aspect("constraint-removed", Effect.WIDENED, "A rule that values must follow (not, contains, propertyNames,"
            " dependentRequired, if …) is gone.", _R, _LIMITS),
    _Aspect("constraint-changed", Effect.CHANGED, "A rule that values must follow (not, contains, propertyNames,"
            " dependentSchemas, if …) is another one.", _R,
            " Which values that lets in or keeps out is not decided."),
    _Aspect("schema-added", Effect.NARROWED, "What could be anything has a schema now."),
    _Aspect("schema-removed", Effect.WIDENED, "What had a schema can be anything now."),
)  # fmt: skip


def _pair(aspect: _Aspect) -> tuple[Rule, Rule]:
    made = []
    for direction in ("request", "response"):
        callers, servers = _RATINGS[direction, aspect.effect]
        why = _WHY[direction, aspect.effect]
        if direction == "response" and aspect.more:
            callers, why = aspect.callers or callers, why + aspect.more
        made.append(
            Rule(
                f"{direction}-{aspect.name}", Side.WIRE, _KINDS[aspect.effect], callers, servers,
                aspect.what, why,
            )
        )  # fmt: skip
    return made[0], made[1]


def _rule(code: str, kind: Kind, callers: Rating, servers: Rating, what: str, why: str) -> Rule:
    return Rule(code, Side.WIRE, kind, callers, servers, what, why)


_IGNORED: Final = (
    "An old server ignores what it does not know, so that what a new client asks for does not happen."
)
_PROPERTIES: Final = (
    _rule("request-optional-property-added", Kind.ADDED, _S, _R,
          "Callers may send one more property.", f"Old clients do not send it. {_IGNORED}"),
    _rule("request-optional-property-added-closed", Kind.ADDED, _S, _B,
          "Callers may send one more property of an object that allowed no others.",
          "Old clients do not send it. An old server refuses an object that has it."),
    _rule("request-required-property-added", Kind.ADDED, _B, _R,
          "Callers must send one more property.",
          f"What an old client sends lacks it and is refused. {_IGNORED}"),
    _rule("request-required-property-added-closed", Kind.ADDED, _B, _B,
          "Callers must send one more property of an object that allowed no others.",
          "What an old client sends lacks it and is refused. An old server refuses an object that has it."),
    _rule("request-optional-property-removed", Kind.REMOVED, _R, _S,
          "A property that callers could send is gone.",
          "A new server ignores it: what an old client asks for no longer happens. An old server does without it."),
    _rule("request-optional-property-removed-closed", Kind.REMOVED, _B, _S,
          "A property that callers could send is gone, and the object allows no others.",
          "A new server refuses an object that has it. An old server does without it."),
    _rule("request-required-property-removed", Kind.REMOVED, _R, _B,
          "A property that callers had to send is gone.",
          "A new server ignores it. An old server refuses what a new client sends, since it lacks the property."),
    _rule("request-required-property-removed-closed", Kind.REMOVED, _B, _B,
          "A property that callers had to send is gone, and the object allows no others.",
          "A new server refuses an object that has it, an old server one that has it not."),
    _rule("request-property-became-required", Kind.REMOVED, _B, _S,
          "Callers must send a property that they could leave out.",
          "An old client may leave it out and is refused. A new client always sends it, which an old server allows."),
    _rule("request-property-became-optional", Kind.ADDED, _S, _B,
          "Callers may leave out a property that they had to send.",
          "An old client always sends it. A new client may leave it out, and an old server refuses that."),
    _rule("request-property-became-read-only", Kind.REMOVED, _R, _S,
          "A property that callers could send is only in answers now (readOnly).",
          "A new server ignores it or refuses it. An old server does without it."),
    _rule("request-required-property-became-read-only", Kind.REMOVED, _R, _B,
          "A property that callers had to send is only in answers now (readOnly).",
          "A new server ignores it or refuses it. An old server refuses what a new client sends, since it lacks it."),
    _rule("request-property-became-writable", Kind.ADDED, _S, _R,
          "Callers may send a property that was only in answers (readOnly).",
          f"Old clients do not send it. {_IGNORED}"),
    _rule("request-required-property-became-writable", Kind.ADDED, _B, _R,
          "Callers must send a property that was only in answers (readOnly).",
          f"What an old client sends lacks it and is refused. {_IGNORED}"),
    _rule("response-optional-property-added", Kind.ADDED, _S, _S,
          "Answers may have one more property.",
          "A client that looks only at what it knows does not notice; a server need not send it."),
    _rule("response-optional-property-added-closed", Kind.ADDED, _R, _S,
          "Answers may have one more property, in an object that allowed no others.",
          "The old document promised that there is nothing else: a client that checks this refuses the answer. A"
          " server need not send it."),
    _rule("response-required-property-added", Kind.ADDED, _S, _B,
          "Answers have one more property.",
          "A client that looks only at what it knows does not notice. An old server does not send it."),
    _rule("response-required-property-added-closed", Kind.ADDED, _R, _B,
          "Answers have one more property, in an object that allowed no others.",
          "The old document promised that there is nothing else: a client that checks this refuses the answer. An old"
          " server does not send it."),
    _rule("response-optional-property-removed", Kind.REMOVED, _R, _S,
          "A property that answers could have is gone.",
          "A client had to do without it, but one that uses it never sees it again. What an old server sends is"
          " allowed, and nobody reads it."),
    _rule("response-optional-property-removed-closed", Kind.REMOVED, _R, _B,
          "A property that answers could have is gone, and the object allows no others.",
          "A client had to do without it, but one that uses it never sees it again. What an old server sends has a"
          " property that is not allowed."),
    _rule("response-required-property-removed", Kind.REMOVED, _B, _S,
          "A property that answers always had is gone.",
          "An old client relies on it. What an old server sends is allowed, and nobody reads it."),
    _rule("response-required-property-removed-closed", Kind.REMOVED, _B, _B,
          "A property that answers always had is gone, and the object allows no others.",
          "An old client relies on it. What an old server sends has a property that is not allowed."),
    _rule("response-property-became-required", Kind.ADDED, _S, _B,
          "Answers always have a property that could be absent.",
          "A client had to do without it, and now need not. An old server may leave it out."),
    _rule("response-property-became-optional", Kind.REMOVED, _B, _S,
          "Answers may lack a property that they always had.",
          "An old client relies on it. An old server always sends it."),
    _rule("response-property-became-write-only", Kind.REMOVED, _R, _R,
          "A property that answers could have is only sent by callers now (writeOnly).",
          "A client had to do without it, but one that uses it never sees it again. What an old server sends is meant"
          " to stay secret."),
    _rule("response-required-property-became-write-only", Kind.REMOVED, _B, _R,
          "A property that answers always had is only sent by callers now (writeOnly).",
          "An old client relies on it. What an old server sends is meant to stay secret."),
    _rule("response-property-became-readable", Kind.ADDED, _S, _S,
          "Answers may have a property that only callers sent (writeOnly).",
          "A client that looks only at what it knows does not notice; a server need not send it."),
    _rule("response-required-property-became-readable", Kind.ADDED, _S, _B,
          "Answers have a property that only callers sent (writeOnly).",
          "A client that looks only at what it knows does not notice. An old server does not send it."),
)  # fmt: skip
_SPOKEN: Final = "It says what is meant; the values that may travel are the same."
_SAID: Final = (
    _rule("default-changed", Kind.CHANGED, _R, _R,
          "What a value means that is left out has changed: a default is new, gone, or another.",
          "Nothing is refused. But a program that leaves the value out gets something else than it did."),
    _rule("format-hint-changed", Kind.CHANGED, _R, _R,
          "A format that nobody checks is new, gone, or another.",
          "Formats that are not of the specification say what a value means; the text that travels may follow."),
    _rule("pattern-rewritten", Kind.CHANGED, _R, _R,
          "A pattern is written in another way that ECMA 262 takes for the same.",
          "`\\d` is `[0-9]` and `\\w` is `[A-Za-z0-9_]` there, and in many other engines the digits and letters of all scripts: what"
          " a program makes of the pattern, the document does not say."),
    _rule("alternatives-kind-changed", Kind.CHANGED, _S, _S,
          "oneOf has become anyOf, or the other way round.",
          "Only a value that fits several alternatives notices: where there may be one, that is a change of its own."),
    _rule("overlapping-alternative-changed", Kind.CHANGED, _R, _R,
          "An alternative of oneOf has changed that overlaps with another one.",
          "oneOf refuses what fits two alternatives. A value that fitted both may fit one now, and one that fitted one may"
          " fit both."),
    _rule("discriminator-added", Kind.CHANGED, _R, _R,
          "A property now says which alternative a value is.",
          "The alternatives are the same. But a program may choose by that property from now on, and it may be absent."),
    _rule("discriminator-removed", Kind.CHANGED, _R, _R,
          "No property says any more which alternative a value is.",
          "The alternatives are the same. But a program that chooses by that property has no right to it any more."),
    _rule("schema-deprecated", Kind.CHANGED, _S, _S,
          "A property, a parameter or a schema is marked as deprecated.",
          "It still works. What is marked may go in a later version."),
    _rule("schema-undeprecated", Kind.CHANGED, _S, _S,
          "A property, a parameter or a schema is no longer marked as deprecated.", "It works as before."),
    _rule("description-changed", Kind.TEXT, _S, _S,
          "A description, a summary or a title reads differently.", _SPOKEN),
    _rule("example-changed", Kind.TEXT, _S, _S, "An example is new, gone, or another.", _SPOKEN),
    _rule("extension-changed", Kind.TEXT, _S, _S, "A key that begins with x- is new, gone, or has another value.",
          "The specification gives such keys no meaning; who reads them knows what they mean."),
    _rule("ringback-extension-changed", Kind.CHANGED, _R, _R,
          "A key that begins with x-ringback- is new, gone, or has another value.",
          "These keys say what the generator and the tester do: signatures, credentials, names, paging."),
)  # fmt: skip

SCHEMA_RULES: Final = (*(rule for one in _ASPECTS for rule in _pair(one)), *_PROPERTIES, *_SAID)
