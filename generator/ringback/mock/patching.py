"""What a change says: the properties of a body, or a merge patch or a JSON patch carried out on what is there."""

from __future__ import annotations

import copy
from typing import Any

from ringback.openapi import Schema
from ringback.source import steps_of
from ringback.wire import forms

from .making import Maker
from .requests import Fault, Given, Refused


def sent(maker: Maker, schema: Schema | None, item: Any, given: Given) -> dict[str, Any]:
    """The properties that a change gives new values; null takes one away that cannot be null. Raises Refused."""
    if given.media_type == "application/json-patch+json" and isinstance(given.body, list):
        return _patched(item, given.body)
    if given.media_type == "application/merge-patch+json" and isinstance(item, dict):
        inner = dict(forms.properties_of(schema))
        return {
            name: _merged(maker, inner.get(name), item.get(name), one)
            for name, one in given.named.items()
        }
    return dict(given.named)


def may_be_null(maker: Maker, schema: Schema | None, name: str) -> bool:
    """Whether a property can be null: what cannot is taken away by it."""
    if schema is None:
        return True
    inner = dict(forms.properties_of(schema)).get(maker.own_name(schema, name) or "")
    return inner is not None and maker.valid(inner, None)


def _merged(maker: Maker, schema: Schema | None, value: Any, patch: Any) -> Any:
    """A value with a merge patch in it (RFC 7396): objects are merged, all else takes the place of what was there."""
    if not isinstance(patch, dict):
        return patch
    made = dict(value) if isinstance(value, dict) else {}
    inner = dict(forms.properties_of(schema))
    for name, one in patch.items():
        if one is None and not (name in inner and may_be_null(maker, schema, name)):
            made.pop(name, None)
        else:
            made[name] = _merged(maker, inner.get(name), made.get(name), one)
    return made


def _patched(item: Any, steps: list[Any]) -> dict[str, Any]:
    changed = copy.deepcopy(item) if isinstance(item, dict) else {}
    for index, step in enumerate(steps):
        try:
            _step(changed, step)
        except (KeyError, IndexError, ValueError, TypeError, AttributeError):
            message = f"step {index} of the patch leads nowhere"
            raise Refused("schema", message, (Fault(f"body/{index}", message),)) from None
    gone = {name: None for name in item if name not in changed} if isinstance(item, dict) else {}
    return {**{k: v for k, v in changed.items() if item.get(k) != v}, **gone}


def _step(root: dict[str, Any], step: Any) -> None:
    *above, last = _keys(step["path"])
    holder = _at(root, above)
    verb = step["op"]
    if verb in ("move", "copy"):
        *source, name = _keys(step["from"])
        held = _at(root, source)
        value = copy.deepcopy(_at(held, [name]))
        if verb == "move":
            _remove(held, name)
        _add(holder, last, value)
    elif verb == "test":
        if _at(holder, [last]) != step["value"]:
            raise ValueError("another value")
    elif verb == "remove":
        _remove(holder, last)
    elif verb in ("add", "replace"):
        if verb == "replace":
            _remove(holder, last)
        _add(holder, last, copy.deepcopy(step["value"]))
    else:
        raise ValueError(verb)


def _keys(pointer: str) -> tuple[str, ...]:
    keys = steps_of(pointer)
    if not keys:
        raise ValueError("the whole cannot be patched")
    return keys


def _at(value: Any, keys: list[str]) -> Any:
    for key in keys:
        value = value[int(key)] if isinstance(value, list) else value[key]
    return value


def _add(holder: Any, key: str, value: Any) -> None:
    if isinstance(holder, list):
        holder.insert(len(holder) if key == "-" else int(key), value)
    else:
        holder[key] = value


def _remove(holder: Any, key: str) -> None:
    del holder[int(key) if isinstance(holder, list) else key]
