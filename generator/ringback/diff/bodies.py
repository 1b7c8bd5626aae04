"""The bodies and the answers of two operations."""

from __future__ import annotations

from collections.abc import Mapping

from ringback.openapi import MediaType, Operation, Parameter, Response
from ringback.source import Path

from .ground import Ground, written_at
from .parameters import deprecation, plain_type, rewritten, style_of
from .walk import FLIPPED, Direction, Finding


def compare_bodies(ground: Ground, old: Operation, new: Operation) -> None:
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
    before = {plain_type(one.name): one for one in old}
    after = {plain_type(one.name): one for one in new}
    for name, one in before.items():
        if name in after:
            _media_type(ground, one, after[name], direction, subject)
        elif (cover := _range(name, after)) is not None:
            ground.say("media-type-merged", f"{name} of {subject}",
                       f"has no entry of its own any more: {cover.name} covers it", one.path, cover.path)  # fmt: skip
            _media_type(ground, one, cover, direction, subject)
        else:
            left = any(_range(other, {name: one}) for other in after)
            aspect = (
                "media-type-range-removed"
                if left and direction == "response"
                else "media-type-removed"
            )
            ground.say(f"{direction}-{aspect}", subject, f"may not be {name} any more",
                       one.path, (*at_new, "content"))  # fmt: skip
    for name, one in after.items():
        if name in before:
            continue
        if (cover := _range(name, before)) is not None:
            ground.say("media-type-split", f"{name} of {subject}",
                       f"has an entry of its own: {cover.name} covered it", cover.path, one.path)  # fmt: skip
            _media_type(ground, cover, one, direction, subject)
            continue
        ground.say(f"{direction}-media-type-added", subject, f"may also be {name}",
                   (*at_old, "content"), one.path)  # fmt: skip


def _range(name: str, others: Mapping[str, MediaType]) -> MediaType | None:
    """The entry that speaks of a media type that has none of its own: `text/*`, `*/*`."""
    wider = others.get(f"{name.partition('/')[0]}/*") or others.get("*/*")
    return wider if name not in others else None


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


def compare_answers(ground: Ground, old: Operation, new: Operation) -> None:
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


def _cover(status: str, others: Mapping[str, Response]) -> Response | None:
    """The entry that speaks of a status that has none of its own: its range, else the default."""
    if status == "DEFAULT":
        return None
    return others.get(f"{status[0]}XX") or others.get("DEFAULT")


def _succeeds(status: str) -> bool:
    return status[0] in "123"


def _removed(status: str, before: dict[str, Response], after: dict[str, Response]) -> str:
    if not _succeeds(status):
        return "response-error-status-removed"
    left = any(_succeeds(one) and one in after for one in before) or any(
        _cover(one, {status: before[status]}) for one in after
    )
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
    if rewritten(old, new):
        ground.say("response-header-serialization-changed", subject,
                   f"is written as {style_of(new)}, was {style_of(old)}", old.path, new.path)  # fmt: skip
    deprecation(ground, subject, old, new)
    ground.remark(subject, old.path, new.path)
    ground.schemas(old.schema, new.schema, "response", subject, old.path, new.path)
