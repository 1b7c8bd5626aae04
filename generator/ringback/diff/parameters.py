"""The parameters of two operations, and how parameters and headers are written."""

from __future__ import annotations

from ringback.openapi import ABSENT, Operation, Parameter, Schema

from .ground import Ground
from .matching import renamed


def compare_parameters(ground: Ground, old: Operation, new: Operation) -> None:
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
    if rewritten(old, new):
        ground.say("request-parameter-serialization-changed", subject,
                   f"is written as {style_of(new)}, was {style_of(old)}", old.path, new.path)  # fmt: skip
    if old.allow_empty != new.allow_empty:
        word = "allowed" if new.allow_empty else "forbidden"
        ground.say(f"request-parameter-empty-{word}", subject,
                   f"may {'' if new.allow_empty else 'not '}be empty", old.path, new.path)  # fmt: skip
    deprecation(ground, subject, old, new)
    ground.remark(subject, old.path, new.path)
    ground.schemas(old.schema, new.schema, "request", subject, old.path, new.path)


def rewritten(old: Parameter, new: Parameter) -> bool:
    """Whether the same value is another text."""
    if old.media_type is not None or new.media_type is not None:
        return plain_type(old.media_type or "") != plain_type(new.media_type or "")
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


def style_of(one: Parameter) -> str:
    if one.media_type is not None:
        return one.media_type
    parts = [one.style, "exploded" if one.explode else "", "reserved" if one.allow_reserved else ""]
    return " ".join(part for part in parts if part)


def deprecation(ground: Ground, subject: str, old: Parameter, new: Parameter) -> None:
    if old.deprecated != new.deprecated:
        code = f"schema-{'' if new.deprecated else 'un'}deprecated"
        ground.say(code, subject, f"is {'' if new.deprecated else 'not '}deprecated",
                   (*old.path, "deprecated"), (*new.path, "deprecated"))  # fmt: skip


def plain_type(media_type: str) -> str:
    """A media type without its charset, in lower case."""
    first, *parameters = (part.strip().lower() for part in media_type.split(";"))
    return ";".join([first, *(one for one in parameters if not one.startswith("charset="))])
