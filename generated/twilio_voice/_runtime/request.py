"""Arguments to a request, as pure functions: nothing here sends anything.

Requests are strict. Every argument is held to the document first and all that do not fit are named at once.
Names travel byte for byte: `StartTime<` is `StartTime%3C=`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import Any
from urllib.parse import parse_qsl, quote, quote_plus, urljoin, urlsplit

import msgspec
from msgspec import UNSET, Struct

from .codecs import Array
from .decode import broken_rules
from .shapes import describe, encode, is_of
from .table import Body, Operation, Parameter
from .values import decode_hook

Pairs = list[tuple[str, str]]


class Problem(Struct, frozen=True):
    """An argument that the document does not allow: its Python name, its wire name, and why."""

    argument: str
    name: str
    reason: str

    def __str__(self) -> str:
        return f"{self.argument}: {self.reason}"


class Refused(ValueError):
    """The request was not sent: these arguments do not fit the document."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("; ".join(map(str, self.problems)))


class Prepared(Struct, frozen=True):
    """A request ready to be sent; its repr shows nothing that could be a credential."""

    method: str
    url: str
    headers: dict[str, str]
    content: Any = None  # bytes, what can be read piece by piece, or nothing

    def __repr__(self) -> str:
        return f"Prepared({self.method!r}, {self.url.partition('?')[0]!r}, ...)"


def prepare(
    operation: Operation[Any],
    base_url: str,
    arguments: Mapping[str, Any],
    defaults: Mapping[str, str],
) -> Prepared:
    """Make the request of an operation from Python arguments; `defaults` holds what credentials can fill in.

    Raises Refused with every argument that does not fit.
    """
    problems: list[Problem] = []
    path: dict[str, str] = {}
    query: list[str] = []
    headers: dict[str, str] = {"Accept": _accept(operation, arguments)}
    cookies: list[str] = []
    for parameter in operation.parameters:
        value = _given(parameter, arguments, defaults)
        if parameter.place == "path":
            path.update(_in_path(parameter, value, problems))
        elif parameter.place == "header":
            headers.update(in_header(parameter, value, problems))
        elif parameter.place != "part header":  # those are written with their part
            pieces = _pieces(parameter, value, problems)
            (cookies if parameter.place == "cookie" else query).extend(pieces)
    content = _content(operation, arguments, headers, problems)
    target = _path(operation, path, problems)
    if problems:
        raise Refused(problems)
    if cookies:
        headers["Cookie"] = "; ".join(cookies)
    url = base_url.rstrip("/") + target
    asked = "?" + "&".join(query) if query else ""
    return Prepared(operation.method, url + asked, headers, content)


def _accept(operation: Operation[Any], arguments: Mapping[str, Any]) -> str:
    """What is asked for: one media type of a success, where there are several, and any error."""
    wanted = arguments.get("*accept")
    kinds = dict.fromkeys(
        answer.media_type
        for answer in operation.answers
        if answer.media_type and (wanted is None or answer.status[:1] != "2")
    )
    return ", ".join({wanted: None, **kinds} if wanted else kinds) or "*/*"


def _given(parameter: Parameter, arguments: Mapping[str, Any], defaults: Mapping[str, str]) -> Any:
    value = arguments.get(parameter.argument, UNSET)
    if parameter.credential and (value is UNSET or value is None):
        return defaults.get(parameter.credential, UNSET)
    return value


def _pairs(parameter: Parameter, value: Any, problems: list[Problem]) -> Iterator[tuple[str, str]]:
    """The name and text of a value; several pairs where a list repeats its name."""
    if value is UNSET or (value is None and not parameter.required):
        if parameter.required:
            problems.append(Problem(parameter.argument, parameter.name, "is required"))
        return
    try:
        checked = parameter.codec.check(value)
        if parameter.repeats:
            texts = parameter.codec.texts(checked)  # type: ignore[attr-defined]
        elif isinstance(parameter.codec, Array):
            texts = [_joined(parameter.codec.texts(checked), parameter.delimiter)]
        else:
            texts = [parameter.codec.text(checked)]
    except ValueError as error:
        problems.append(Problem(parameter.argument, parameter.name, str(error)))
        return
    for text in texts:
        yield parameter.name, text


def _styled(
    parameter: Parameter, value: Any, problems: list[Problem], place: str = ""
) -> list[str] | None:
    """The pieces of a value whose codec knows its style; None where there is nothing to send."""
    if value is UNSET or (value is None and not parameter.required):
        if parameter.required:
            problems.append(Problem(parameter.argument, parameter.name, "is required"))
        return None
    codec: Any = parameter.codec
    try:
        pieces: list[str] = codec.wire(place or parameter.place, parameter.name, codec.check(value))
    except ValueError as error:
        problems.append(Problem(parameter.argument, parameter.name, str(error)))
        return None
    return pieces


def _pieces(parameter: Parameter, value: Any, problems: list[Problem]) -> list[str]:
    """`name=value`, as it stands in a query, a cookie or a form."""
    if hasattr(parameter.codec, "wire"):
        return _styled(parameter, value, problems) or []
    pairs = _pairs(parameter, value, problems)
    write = quote_plus if parameter.place == "form" else _quoted
    if parameter.place == "querystring":
        return [write(text) for _, text in pairs]
    return [f"{write(name)}={write(text)}" for name, text in pairs]


def _quoted(text: str) -> str:
    return quote(text, safe="")


def _in_path(
    parameter: Parameter, value: Any, problems: list[Problem]
) -> Iterator[tuple[str, str]]:
    """The text for a path, encoded. What would lead to another path is no text for one."""
    if hasattr(parameter.codec, "wire"):
        for text in _styled(parameter, value, problems) or ():
            yield parameter.name, text
        return
    for name, text in _pairs(parameter, value, problems):
        yield name, _quoted(text)


def in_header(
    parameter: Parameter, value: Any, problems: list[Problem]
) -> Iterator[tuple[str, str]]:
    """The name and text of a header; what does not fit is added to the problems."""
    pairs: list[tuple[str, str]]
    if hasattr(parameter.codec, "wire"):
        found = _styled(parameter, value, problems, "header") or []
        pairs = [(parameter.name, text) for text in found]
    else:
        pairs = list(_pairs(parameter, value, problems))
    for name, text in pairs:
        if not _is_header_text(text):
            told = Problem(parameter.argument, parameter.name, "does not fit into a header")
            problems.append(told)
            return
        yield name, text


def _joined(texts: Sequence[str], delimiter: str) -> str:
    if any(delimiter in text for text in texts):
        raise ValueError(f"a value holds {delimiter!r}, which stands between values here")
    return delimiter.join(texts)


def _is_header_text(text: str) -> bool:
    return text.isprintable() and text.isascii() and text == text.strip()


def _path(operation: Operation[Any], given: Mapping[str, str], problems: list[Problem]) -> str:
    target = operation.path
    for parameter in operation.parameters:
        if parameter.place != "path" or parameter.name not in given:
            continue
        text = given[parameter.name]
        if text in ("", ".", ".."):
            problems.append(
                Problem(parameter.argument, parameter.name, f"{text!r} cannot stand in a path")
            )
        target = target.replace("{" + parameter.name + "}", text, 1)
    return target


def _query(pairs: Pairs) -> str:
    if not pairs:
        return ""
    return "?" + "&".join(
        f"{quote(name, safe='')}={quote(value, safe='')}" for name, value in pairs
    )


def form(pairs: Sequence[tuple[str, str]]) -> bytes:
    """Name-value pairs as application/x-www-form-urlencoded."""
    return "&".join(f"{quote_plus(name)}={quote_plus(value)}" for name, value in pairs).encode()


def _content(
    operation: Operation[Any],
    arguments: Mapping[str, Any],
    headers: dict[str, str],
    problems: list[Problem],
) -> Any:
    body = operation.body
    if body is None:
        return None
    told = _part_headers(operation, arguments, problems)
    if body.fields and not body.whole:
        values = {field.argument: arguments.get(field.argument, UNSET) for field in body.fields}
        if (
            body.codec is not None
            and not body.required
            and all(v is UNSET for v in values.values())
        ):
            return None
        return _fields(body, values, headers, problems, told)
    value = arguments.get("body", UNSET)
    if value is UNSET:
        if body.required:
            problems.append(Problem("body", "body", "is required"))
        return None
    wanted = arguments.get("*content_type", UNSET)
    return _chosen((body, *operation.others), value, wanted, headers, problems, told)


PartHeaders = Mapping[str, Mapping[str, str]]
"""The headers of parts, by the name of the part."""


def _part_headers(
    operation: Operation[Any], arguments: Mapping[str, Any], problems: list[Problem]
) -> PartHeaders:
    found: dict[str, dict[str, str]] = {}
    for one in operation.parameters:
        if one.place == "part header":
            pairs = in_header(one, arguments.get(one.argument, UNSET), problems)
            found.setdefault(one.part, {}).update(pairs)
    return found


def _chosen(
    bodies: Sequence[Body],
    value: Any,
    wanted: Any,
    headers: dict[str, str],
    problems: list[Problem],
    told_of_parts: PartHeaders,
) -> Any:
    """The content of the media type that is asked for; without one, of the first that the value fits."""
    if wanted is not UNSET:
        essence = str(wanted).partition(";")[0].strip().lower()
        bodies = [one for one in bodies if one.takes(essence)]
    elif isinstance(value, Struct):  # a model without required properties would take any other
        bodies = sorted(bodies, key=lambda one: not is_of(value, one.type))
    told: list[Problem] = []
    for body in bodies:
        found: list[Problem] = []
        given = {} if wanted is UNSET else {"Content-Type": str(wanted)}
        content = whole_content(body, value, given, found, told_of_parts)
        if not found:
            headers.update(given)
            return content
        told = told or found
    problems.extend(told or [Problem("content_type", "Content-Type", f"{wanted!r} is not taken")])
    return None


def whole_content(
    body: Body,
    value: Any,
    headers: dict[str, str],
    problems: list[Problem],
    told_of_parts: PartHeaders = MappingProxyType({}),
) -> Any:
    """The content of one value."""
    media_type = "application/octet-stream" if "*" in body.media_type else body.media_type
    if body.fields:
        try:
            values = {
                one.argument: getattr(value, one.attribute or one.argument) for one in body.fields
            }
        except AttributeError:
            told = f"expected {describe(body.type)}, got {type(value).__name__}"
            problems.append(Problem("body", "body", told))
            return None
        return _fields(body, values, headers, problems, told_of_parts)
    headers.setdefault("Content-Type", media_type)
    if body.codec is not None:
        return _coded(body, value, problems)
    if body.type is bytes:
        if not isinstance(value, (bytes, bytearray, memoryview)):
            problems.append(Problem("body", "body", f"expected bytes, got {type(value).__name__}"))
            return None
        return bytes(value)
    if body.type is str and not _is_json(body.media_type):
        if not isinstance(value, str):
            problems.append(Problem("body", "body", f"expected text, got {type(value).__name__}"))
            return None
        return value.encode()
    return _json(body, value, problems)


def _coded(body: Body, value: Any, problems: list[Problem]) -> Any:
    try:
        return body.codec.write(value)
    except (ValueError, TypeError) as error:
        problems.append(Problem("body", "body", str(error)))
        return None


def _fields(
    body: Body,
    values: Mapping[str, Any],
    headers: dict[str, str],
    problems: list[Problem],
    told_of_parts: PartHeaders,
) -> Any:
    """The content of a form, from the values of its fields."""
    if body.codec is not None:
        return _parts(body, values, headers, problems, told_of_parts)
    pieces: list[str] = []
    for field in body.fields:
        pieces.extend(_pieces(field, values[field.argument], problems))
    headers["Content-Type"] = body.media_type
    return "&".join(pieces).encode()


def _parts(
    body: Body,
    values: Mapping[str, Any],
    headers: dict[str, str],
    problems: list[Problem],
    told_of_parts: PartHeaders,
) -> Any:
    """The content of a body of several parts."""
    parts: list[tuple[str, Any]] = []
    for field in body.fields:
        value, codec = values[field.argument], field.codec
        if value is UNSET or (value is None and not field.required):
            if field.required:
                problems.append(Problem(field.argument, field.name, "is required"))
            continue
        try:
            files = codec.files(codec.check(value))  # type: ignore[attr-defined]
            if field.required and not files:
                raise ValueError("is required, and of an empty list nothing would be sent")
            told = told_of_parts.get(field.name, {})
            parts += [(field.name, _with_headers(file, told)) for file in files]
        except (ValueError, TypeError) as error:
            problems.append(Problem(field.argument, field.name, str(error)))
    try:
        content, headers["Content-Type"] = body.codec.content(parts)
    except ValueError as error:
        problems.append(Problem("body", "body", str(error)))
        return None
    return content


def _with_headers(file: Any, told: Mapping[str, str]) -> Any:
    return msgspec.structs.replace(file, headers={**file.headers, **told}) if told else file


def _is_json(media_type: str) -> bool:
    return "json" in media_type


def _json(body: Body, value: Any, problems: list[Problem]) -> bytes | None:
    given = value
    try:
        content = encode(value, body.type)
        value = msgspec.json.decode(content, type=body.type, dec_hook=decode_hook)
    except (msgspec.ValidationError, msgspec.EncodeError, TypeError, ValueError) as error:
        within = " - at `$" in str(error)  # else the body as a whole is something else
        told = str(error) if within else f"expected {describe(body.type)}: {error}"
        problems.append(Problem("body", "body", told))
        return None
    other = isinstance(given, Struct) and not is_of(given, body.type)
    if other and encode(value, body.type) != content:  # of another model, it would not arrive whole
        told = f"expected {describe(body.type)}, got {type(given).__name__}"
        problems.append(Problem("body", "body", told))
        return None
    for one in broken_rules(value, content, body.type):
        told = f"expected {one.wanted}, got {one.found}"
        problems.append(Problem("body", one.pointer or "body", told))
    return content


def form_pairs(fields: Sequence[Parameter], value: Struct) -> Pairs:
    """The pairs of a form whose values are the attributes of a model.

    Raises Refused with every attribute that does not fit.
    """
    problems: list[Problem] = []
    pairs: Pairs = []
    for field in fields:
        pieces = _pieces(field, getattr(value, field.attribute or field.argument), problems)
        pairs.extend(parse_qsl("&".join(pieces), keep_blank_values=True))
    if problems:
        raise Refused(problems)
    return pairs


def origin(url: str) -> tuple[str, str, int | None]:
    """Scheme, host and port of a URL, the port filled in: what credentials may be sent to."""
    parts = urlsplit(url)
    port = parts.port or {"http": 80, "https": 443}.get(parts.scheme)
    return parts.scheme, (parts.hostname or "").lower(), port


def resolved(url: str, reference: str) -> str:
    """A link resolved against the URL it came from, by RFC 3986. Raises ValueError where it is none."""
    address = urljoin(url, reference)
    origin(address)
    return address


def with_query(url: str, extra: Mapping[str, str]) -> str:
    """A URL with further query parameters."""
    if not extra:
        return url
    text = _query(list(extra.items()))[1:]
    return url + ("&" if "?" in url else "?") + text
