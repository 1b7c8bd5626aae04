"""Schemas, keyword by keyword."""

from __future__ import annotations

import re
import warnings
from collections.abc import Iterator
from difflib import get_close_matches
from functools import lru_cache
from typing import Any, Final

import jsonschema_rs

from ringback.openapi.refs import Unresolved, mapped
from ringback.source import Diagnostic, Path

from .finding import Context

FORMATS: Final = frozenset((
    # JSON Schema
    "date-time", "date", "time", "duration", "email", "idn-email", "hostname", "idn-hostname", "ipv4", "ipv6",
    "uri", "uri-reference", "iri", "iri-reference", "uri-template", "json-pointer", "relative-json-pointer", "regex",
    "uuid",
    # OpenAPI and its format registry
    "int8", "int16", "int32", "int64", "uint8", "uint16", "uint32", "uint64", "double-int", "float", "double",
    "decimal", "decimal128", "byte", "binary", "base64url", "password", "char", "commonmark", "html",
    "http-date", "date-time-local", "time-local", "unixtime", "media-range", "sf-binary", "sf-boolean",
    "sf-decimal", "sf-integer", "sf-string", "sf-token",
    # ours: dates as email and HTTP's elders write them, and numbers that travel as text
    "date-time-rfc-2822",
))  # fmt: skip


def unknown_format(context: Context) -> Iterator[Diagnostic]:
    """A format that nobody here knows is read as if it were not there. Said once for each format."""
    places: dict[str, list[Path]] = {}
    for path, node in context.survey.of("schema"):
        found = node.get("format")
        if isinstance(found, str) and found not in FORMATS | context.formats:
            places.setdefault(found, []).append((*path, "format"))
    for found, listed in places.items():
        close = get_close_matches(found, FORMATS, 1, 0.75)
        hint = f"did you mean {close[0]}?" if close else "values are not checked or converted by it"
        first = min(listed, key=context.tree.locate)
        more = f" ({len(listed)} places, this is the first)" if len(listed) > 1 else ""
        message = f"the format {found!r} is not known{more}"
        yield context.warning(first, "unknown-format", message, hint)


def invalid_pattern(context: Context) -> Iterator[Diagnostic]:
    """A pattern is a regular expression, for ECMAScript or at least for Python."""
    for path, node in context.survey.of("schema"):
        patterns = [((*path, "pattern"), node.get("pattern"))]
        patterns += [
            ((*path, "patternProperties", key), key) for key in node.get("patternProperties") or ()
        ]
        for place, pattern in patterns:
            if isinstance(pattern, str) and (reason := _pattern_fault(pattern)):
                message = f"{pattern!r} is no regular expression: {reason}"
                yield context.error(place, "invalid-pattern", message, key=place[-1] == pattern)


def array_without_items(context: Context) -> Iterator[Diagnostic]:
    """OpenAPI 3.0 wants to know what a list holds."""
    if context.version != "3.0":
        return
    for path, node in context.survey.of("schema"):
        if node.get("type") == "array" and "items" not in node:
            hint = "add items; items: {} allows anything"
            yield context.warning(
                path, "array-without-items", "the array does not say what it holds", hint
            )


def discriminator(context: Context) -> Iterator[Diagnostic]:
    """A discriminator's mapping names schemas, and its property exists in every variant that lists properties."""
    for path, node in context.survey.of("schema"):
        given = node.get("discriminator")
        if not isinstance(given, dict):
            continue
        for value, name in (given.get("mapping") or {}).items():
            try:
                mapped(context.tree.root, context.survey.resolver, name)
            except Unresolved:
                place = (*path, "discriminator", "mapping", value)
                message = f"the mapping of {value!r} names no schema: {name!r}"
                yield context.warning(place, "discriminator", message, "it is left out")
        yield from _variants(context, (*path, "discriminator"), path, given.get("propertyName"))


def _variants(context: Context, place: Any, path: Any, name: Any) -> Iterator[Diagnostic]:
    node = context.tree.at(path)
    for keyword in ("oneOf", "anyOf"):
        for index in range(len(node.get(keyword) or ())):
            found = context.resolved((*path, keyword, index))
            if found is None or not isinstance(found[1], dict):
                continue
            properties = found[1].get("properties")
            composed = any(key in found[1] for key in ("allOf", "oneOf", "anyOf", "$ref"))
            if isinstance(properties, dict) and not composed and name not in properties:
                shown = (
                    found[0][-1]
                    if found[0][:2] == ("components", "schemas")
                    else f"{keyword} {index}"
                )
                message = f"the variant {shown} has no property {name!r}"
                yield context.warning(
                    place, "discriminator", message, "without it, nothing tells the variant"
                )


def _in_pythons_words(pattern: str) -> str:
    """What ECMAScript has and the engine has not: named groups, references to them, and a class of everything."""
    named = re.sub(r"\\k<(\w+)>", r"(?P=\1)", re.sub(r"\(\?<(?![=!])", "(?P<", pattern))
    return named.replace("[^]", r"[\s\S]")


@lru_cache(maxsize=4096)
def _pattern_fault(pattern: str) -> str | None:
    """Why a pattern can be compiled neither as ECMAScript nor by Python; None where it can."""
    try:
        jsonschema_rs.Draft202012Validator({"pattern": pattern}, offline=True)
        return None
    except (jsonschema_rs.ValidationError, ValueError):
        pass
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            re.compile(_in_pythons_words(pattern))
        return None
    except (re.error, OverflowError, RecursionError) as error:
        return str(error)
