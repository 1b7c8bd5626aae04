"""Two operations: parameters, bodies, answers, callbacks, and what is said of them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from ringback.openapi import ABSENT, Callback, MediaType, Operation, Parameter, Response, Schema
from ringback.source import Path, Tree

from .matching import match, renamed
from .remarks import remarks
from .walk import FLIPPED, Direction, Finding, Walk


@dataclass(frozen=True, slots=True)
class Ground:
    """Where an operation stands. `turned`: the API is the one that calls (a webhook, a callback)."""

    walk: Walk
    old: Tree
    new: Tree
    label: str
    turned: bool = False

    def say(
        self,
        code: str,
        subject: str,
        message: str,
        old: Path | None = None,
        new: Path | None = None,
    ) -> None:
        """A finding of this operation; where the API calls, callers and servers change places."""
        self.walk.say(
            Finding(code, subject, f"{subject} {message}", old, new, swapped=self.turned),
            self.label,
        )

    def remark(self, subject: str, old: Path, new: Path) -> None:
        """Texts, examples and x- keys of two objects."""
        before, after = written_at(self.old, old), written_at(self.new, new)
        if before is after or not isinstance(before, dict) or not isinstance(after, dict):
            return
        for finding in remarks(subject, before, after, old, new):
            self.walk.say(finding, self.label)

    def schemas(
        self, old: Schema | None, new: Schema | None, direction: Direction, subject: str,
        at_old: Path, at_new: Path,
    ) -> None:  # fmt: skip
        """The schemas of something that travels, seen from the caller of this operation."""
        turned = FLIPPED[direction] if self.turned else direction
        if old is not None and new is not None:
            self.walk.enter((old,), (new,), turned, subject, self.label)
        elif old is not None or new is not None:
            code = f"{turned}-schema-{'removed' if new is None else 'added'}"
            text = (
                "can be anything now" if new is None else "has a schema now, and could be anything"
            )
            finding = Finding(code, subject, f"{subject} {text}", at_old, at_new)
            self.walk.say(finding, self.label)


def written_at(tree: Tree, path: Path) -> Any:
    """What stands at a path, None where there is nothing."""
    try:
        return tree.at(path)
    except (KeyError, IndexError, TypeError):
        return None


def compare_operations(ground: Ground, old: Operation, new: Operation) -> None:
    """Everything that two operations say; their security is compared elsewhere."""
    label = ground.label
    if old.deprecated != new.deprecated:
        code = f"operation-{'' if new.deprecated else 'un'}deprecated"
        ground.say(code, label, f"is {'' if new.deprecated else 'not '}deprecated",
                   (*old.path, "deprecated"), (*new.path, "deprecated"))  # fmt: skip
    if old.operation_id != new.operation_id:
        ground.say("operation-id-changed", label,
                   f"has the operationId {new.operation_id}, was {old.operation_id}",
                   (*old.path, "operationId"), (*new.path, "operationId"))  # fmt: skip
    if set(old.tags) != set(new.tags):
        ground.say(
            "tags-changed", label, "has other tags", (*old.path, "tags"), (*new.path, "tags")
        )
    ground.remark(label, old.path, new.path)
    _parameters(ground, old, new)
    _bodies(ground, old, new)
    _answers(ground, old, new)
    _callbacks(ground, old.callbacks, new.callbacks)


# -- parameters


def _parameters(ground: Ground, old: Operation, new: Operation) -> None:
    names = renamed(old, new)
    before = {_key(one, names): one for one in old.parameters}
    after = {_key(one, {}): one for one in new.parameters}
    gone = [key for key in before if key not in after]
    come = [key for key in after if key not in before]
    for key, one in before.items():
        if key in after:
            _parameter(ground, one, after[key])
    for key in gone:
        _gone(ground, before[key], [after[other] for other in come if other[1] == key[1]], new)
    for key in come:
        if not any(other[1] == key[1] for other in gone):
            _come(ground, after[key], old)


def _key(parameter: Parameter, names: dict[str, str]) -> tuple[str, str]:
    name = parameter.name
    if parameter.location == "path":
        name = names.get(name, name)
    return parameter.location, name.lower() if parameter.location == "header" else name


def _called(parameter: Parameter) -> str:
    return f"{parameter.location} parameter {parameter.name}"


def _gone(
    ground: Ground, parameter: Parameter, elsewhere: list[Parameter], operation: Operation
) -> None:
    subject = _called(parameter)
    if elsewhere:
        ground.say("request-parameter-moved", subject, f"is in the {elsewhere[0].location} now",
                   parameter.path, elsewhere[0].path)  # fmt: skip
        return
    need = "required" if parameter.required else "optional"
    ground.say(
        f"request-{need}-parameter-removed", subject, "is gone", parameter.path, operation.path
    )


def _come(ground: Ground, parameter: Parameter, operation: Operation) -> None:
    need = "required" if parameter.required else "optional"
    message = "is new and required" if parameter.required else "is new"
    ground.say(f"request-{need}-parameter-added", _called(parameter), message,
               operation.path, parameter.path)  # fmt: skip


def _parameter(ground: Ground, old: Parameter, new: Parameter) -> None:
    subject = _called(new)
    if old.name != new.name and old.location == "path":
        ground.say("path-parameter-renamed", subject, f"was called {old.name}", old.path, new.path)
    if new.required != old.required:
        word = "required" if new.required else "optional"
        message = "is required now" if new.required else "is not required any more"
        ground.say(f"request-parameter-became-{word}", subject, message,
                   (*old.path, "required"), (*new.path, "required"))  # fmt: skip
    if _rewritten(old, new):
        ground.say("request-parameter-serialization-changed", subject,
                   f"is written as {_style(new)}, was {_style(old)}", old.path, new.path)  # fmt: skip
    if old.allow_empty != new.allow_empty:
        word = "allowed" if new.allow_empty else "forbidden"
        ground.say(f"request-parameter-empty-{word}", subject,
                   f"may {'' if new.allow_empty else 'not '}be empty", old.path, new.path)  # fmt: skip
    _deprecation(ground, subject, old, new)
    ground.remark(subject, old.path, new.path)
    ground.schemas(old.schema, new.schema, "request", subject, old.path, new.path)


def _rewritten(old: Parameter, new: Parameter) -> bool:
    """Whether the same value is another text."""
    if old.media_type is not None or new.media_type is not None:
        return _plain(old.media_type or "") != _plain(new.media_type or "")
    if (old.style, old.allow_reserved) != (new.style, new.allow_reserved):
        return True
    return old.explode != new.explode and _compound(old.schema) and _compound(new.schema)


def _compound(schema: Schema | None, depth: int = 0) -> bool:
    """Whether a value may be a list or an object: for others, `explode` makes no difference."""
    if schema is None or depth > 8:
        return True
    if schema.types:
        return bool({"array", "object"} & set(schema.types))
    parts = (*schema.all_of, *schema.any_of, *schema.one_of)
    if parts:
        return any(_compound(one, depth + 1) for one in parts)
    return schema.enum is None and schema.const is ABSENT


def _style(one: Parameter) -> str:
    if one.media_type is not None:
        return one.media_type
    parts = [one.style, "exploded" if one.explode else "", "reserved" if one.allow_reserved else ""]
    return " ".join(part for part in parts if part)


def _deprecation(ground: Ground, subject: str, old: Parameter, new: Parameter) -> None:
    if old.deprecated != new.deprecated:
        code = f"schema-{'' if new.deprecated else 'un'}deprecated"
        ground.say(code, subject, f"is {'' if new.deprecated else 'not '}deprecated",
                   (*old.path, "deprecated"), (*new.path, "deprecated"))  # fmt: skip


# -- bodies


def _bodies(ground: Ground, old: Operation, new: Operation) -> None:
    before, after = old.body, new.body
    subject = "request body"
    if before is None and after is not None:
        need = "required" if after.required else "optional"
        message = "is new and required" if after.required else "is new"
        ground.say(f"request-{need}-body-added", subject, message, old.path, after.path)
    elif before is not None and after is None:
        need = "required" if before.required else "optional"
        ground.say(f"request-{need}-body-removed", subject, "is gone", before.path, new.path)
    elif before is not None and after is not None:
        if before.required != after.required:
            word = "required" if after.required else "optional"
            message = "is required now" if after.required else "is not required any more"
            ground.say(f"request-body-became-{word}", subject, message,
                       (*before.path, "required"), (*after.path, "required"))  # fmt: skip
        ground.remark(subject, before.path, after.path)
        _contents(
            ground, before.content, after.content, "request", subject, before.path, after.path
        )


def _contents(
    ground: Ground, old: tuple[MediaType, ...], new: tuple[MediaType, ...], direction: Direction,
    subject: str, at_old: Path, at_new: Path,
) -> None:  # fmt: skip
    before = {_plain(one.name): one for one in old}
    after = {_plain(one.name): one for one in new}
    for name, one in before.items():
        if name in after:
            _media_type(ground, one, after[name], direction, subject)
        else:
            ground.say(f"{direction}-media-type-removed", subject, f"may not be {name} any more",
                       one.path, (*at_new, "content"))  # fmt: skip
    for name, one in after.items():
        if name not in before:
            ground.say(f"{direction}-media-type-added", subject, f"may also be {name}",
                       (*at_old, "content"), one.path)  # fmt: skip


def _plain(media_type: str) -> str:
    """A media type without its charset, in lower case."""
    first, *parameters = (part.strip().lower() for part in media_type.split(";"))
    return ";".join([first, *(one for one in parameters if not one.startswith("charset="))])


def _media_type(
    ground: Ground, old: MediaType, new: MediaType, direction: Direction, subject: str
) -> None:
    ground.schemas(old.schema, new.schema, direction, subject, old.path, new.path)
    ground.schemas(
        old.item_schema, new.item_schema, direction, f"item of {subject}", old.path, new.path
    )
    turned = FLIPPED[direction] if ground.turned else direction
    for keyword in ("encoding", "prefixEncoding", "itemEncoding"):
        before = written_at(ground.old, (*old.path, keyword))
        after = written_at(ground.new, (*new.path, keyword))
        if (before or {}) != (after or {}):
            finding = Finding(f"{turned}-encoding-changed", subject, f"{subject} has another {keyword}",
                              (*old.path, keyword), (*new.path, keyword))  # fmt: skip
            ground.walk.say(finding, ground.label)
    ground.remark(subject, old.path, new.path)


# -- answers


def _answers(ground: Ground, old: Operation, new: Operation) -> None:
    before = {one.status.upper(): one for one in old.responses}
    after = {one.status.upper(): one for one in new.responses}
    for status, one in before.items():
        if status in after:
            _answer(ground, one, after[status])
        elif (cover := _cover(status, after)) is not None:
            ground.say("response-status-merged", f"answer {one.status}",
                       f"has no entry of its own any more: {cover.status} covers it",
                       one.path, cover.path)  # fmt: skip
            _answer(ground, one, cover, told=False)
        else:
            ground.say(_removed(status, before, after), f"answer {one.status}", "is gone",
                       one.path, (*new.path, "responses"))  # fmt: skip
    for status, one in after.items():
        if status in before:
            continue
        if (cover := _cover(status, before)) is not None:
            ground.say("response-status-split", f"answer {one.status}",
                       f"has an entry of its own: {cover.status} covered it",
                       cover.path, one.path)  # fmt: skip
            _answer(ground, cover, one, told=False)
            continue
        kind = "success" if _succeeds(status) else "error"
        ground.say(f"response-{kind}-status-added", f"answer {one.status}", "is new",
                   (*old.path, "responses"), one.path)  # fmt: skip


def _cover(status: str, others: dict[str, Response]) -> Response | None:
    """The entry that speaks of a status that has none of its own: its range, else the default."""
    if status == "DEFAULT":
        return None
    return others.get(f"{status[0]}XX") or others.get("DEFAULT")


def _succeeds(status: str) -> bool:
    return status[0] in "123"


def _removed(status: str, before: dict[str, Response], after: dict[str, Response]) -> str:
    if not _succeeds(status):
        return "response-error-status-removed"
    left = any(_succeeds(one) and one in after for one in before)
    return f"response-success-status-{'removed' if left else 'replaced'}"


def _answer(ground: Ground, old: Response, new: Response, *, told: bool = True) -> None:
    subject = f"answer {new.status}"
    if told:
        ground.remark(subject, old.path, new.path)
    if old.content and new.content:
        _contents(ground, old.content, new.content, "response", subject, old.path, new.path)
    elif new.content:
        ground.say(
            "response-body-added", subject, "has a body now", old.path, (*new.path, "content")
        )
    elif old.content:
        ground.say(
            "response-body-removed",
            subject,
            "has no body any more",
            (*old.path, "content"),
            new.path,
        )
    _headers(ground, old, new, subject)
    if written_at(ground.old, (*old.path, "links")) != written_at(ground.new, (*new.path, "links")):
        ground.say(
            "links-changed", subject, "has other links", (*old.path, "links"), (*new.path, "links")
        )


def _headers(ground: Ground, old: Response, new: Response, subject: str) -> None:
    before = {one.name.lower(): one for one in old.headers}
    after = {one.name.lower(): one for one in new.headers}
    for name, one in before.items():
        called = f"header {one.name} of {subject}"
        if name in after:
            _header(ground, one, after[name], called)
            continue
        need = "required" if one.required else "optional"
        ground.say(f"response-{need}-header-removed", called, "is gone", one.path, new.path)
    for name, one in after.items():
        if name not in before:
            need = "required" if one.required else "optional"
            ground.say(f"response-{need}-header-added", f"header {one.name} of {subject}", "is new",
                       old.path, one.path)  # fmt: skip


def _header(ground: Ground, old: Parameter, new: Parameter, subject: str) -> None:
    if old.required != new.required:
        word = "required" if new.required else "optional"
        message = "is always there now" if new.required else "may be absent now"
        ground.say(f"response-header-became-{word}", subject, message, old.path, new.path)
    if _rewritten(old, new):
        ground.say("response-header-serialization-changed", subject,
                   f"is written as {_style(new)}, was {_style(old)}", old.path, new.path)  # fmt: skip
    _deprecation(ground, subject, old, new)
    ground.remark(subject, old.path, new.path)
    ground.schemas(old.schema, new.schema, "response", subject, old.path, new.path)


# -- callbacks


def _callbacks(ground: Ground, old: Iterable[Callback], new: Iterable[Callback]) -> None:
    before, after = list(old), list(new)
    for one in list(before):
        other = next((two for two in after if _same(one, two)), None) or next(
            (
                two
                for two in after
                if two.name == one.name and not any(_same(x, two) for x in before)
            ),
            None,
        )
        if other is None:
            continue
        before.remove(one)
        after.remove(other)
        if one.expression != other.expression:
            _turned(ground, one).say("callback-address-changed", f"callback {one.name}",
                       f"goes to {other.expression}, went to {one.expression}", one.path, other.path)  # fmt: skip
        compare_calls(_turned(ground, other), f"callback {other.name}", one.operations, other.operations,
                      one.path, other.path)  # fmt: skip
    for one in before:
        ground.say("webhook-removed", f"callback {one.name}", "is gone", one.path, None)
    for one in after:
        ground.say("webhook-added", f"callback {one.name}", "is new", None, one.path)


def _same(old: Callback, new: Callback) -> bool:
    return (old.name, old.expression) == (new.name, new.expression)


def _turned(ground: Ground, callback: Callback) -> Ground:
    return replace(ground, label=f"{ground.label} callback {callback.name}", turned=True)


def compare_calls(
    ground: Ground, subject: str, old: Iterable[Operation], new: Iterable[Operation],
    at_old: Path, at_new: Path,
) -> None:  # fmt: skip
    """The operations of a webhook or of a callback; `ground` is turned."""
    found = match(old, new)
    straight = replace(ground, turned=False)  # rated as they are, not as calls of a caller
    for one in found.removed:
        straight.say(
            "webhook-removed", subject, f"is not sent by {one.method} any more", one.path, at_new
        )
    for one in found.added:
        straight.say("webhook-added", subject, f"is sent by {one.method} now", at_old, one.path)
    for before, after in found.moved:
        straight.say("operation-moved", subject, f"is sent by {after.method} now, was by {before.method}",
                     before.path, after.path)  # fmt: skip
    for before, after in (*found.pairs, *found.moved):
        compare_operations(ground, before, after)
