"""The rows of the operation table: what client, server, webhook receivers and tests all read.

`Operation[T]` answers with a `T`. `type` is what msgspec decodes an answer into: None where nothing is carried,
`bytes` where the content is not JSON and not text.
"""

from __future__ import annotations

from typing import Any, Generic, TypeVar

from msgspec import Struct

from .codecs import Array, Codec

T = TypeVar("T")


class MadeFrom(Struct, frozen=True):
    """The document that a package was made from.

    `sha256` is that of the effective document (overlays applied) as JSON with sorted keys and no spaces, in UTF-8.
    """

    title: str
    version: str
    openapi: str
    sha256: str


class Parameter(Struct, frozen=True):
    """One value of a request: its name in Python and on the wire, where it stands, how it travels."""

    argument: str
    name: str
    place: str  # path, query, querystring, header, cookie, form, part, part header
    codec: Codec
    required: bool = False
    explode: bool = True
    delimiter: str = ","
    credential: str = ""  # the client argument that fills it when the caller does not
    attribute: str = ""  # of the body's model, where it is not called like the argument
    part: str = ""  # of a part header: the part that it belongs to

    @property
    def repeats(self) -> bool:
        """Whether each value of a list travels under a name of its own."""
        return self.explode and isinstance(self.codec, Array)


class Body(Struct, frozen=True):
    """What a request carries: a form (`fields`) or one value (`type`).

    A form is given field by field, or, with `whole`, as one value. `codec` is that of a body of several parts, or of a form
    without fields.
    """

    media_type: str
    type: Any = None
    fields: tuple[Parameter, ...] = ()
    required: bool = False
    whole: bool = False
    codec: Any = None

    def takes(self, media_type: str) -> bool:
        """Whether a media type, without parameters, is this one or in its range."""
        return in_range(media_type, self.media_type)


def in_range(media_type: str, wanted: str) -> bool:
    """Whether a media type is another one, or in a range like `image/*`; parameters are not compared."""
    essence = wanted.partition(";")[0].strip().lower()
    if essence == "*/*" or essence == media_type:
        return True
    return essence.endswith("/*") and media_type.startswith(essence[:-1])


class Answer(Struct, frozen=True):
    """A documented answer: `200`, `4XX` or `default`, in one media type.

    `stream` is sse, lines or seq where the content is many values of `type`; `writer` writes them. With `whole`, such a
    value is an event with its name and id.
    """

    status: str
    media_type: str = ""
    type: Any = None
    stream: str = ""
    writer: Any = None
    whole: bool = False
    headers: Any = None  # the rows of its documented headers

    def matches(self, status: int) -> bool:
        """Whether this is the entry for a status."""
        return self.status in (str(status), f"{status // 100}XX", "default")


class Paging(Struct, frozen=True):
    """How a list goes on: the attribute that holds the rows ("" where the answer is the list), and what leads on.

    `next` is the attribute with the next page's address (link) or with what `parameter` is to be (cursor). Of kind page or
    offset, `parameter` counts pages or rows; of kind header, the answer's Link header has the address. Attributes of
    objects within objects have dots between them.
    """

    rows: str
    next: str = ""
    kind: str = "link"
    parameter: str = ""
    first: int = 1  # the number of the first page


class Operation(Struct, Generic[T], frozen=True):
    """One operation of the document."""

    id: str
    method: str
    path: str
    parameters: tuple[Parameter, ...] = ()
    body: Body | None = None
    answers: tuple[Answer, ...] = ()
    paging: Paging | None = None
    secured: bool = True
    binary: bool = False
    others: tuple[Body, ...] = ()  # other media types that its request may have
    security: tuple[tuple[str, ...], ...] = ()  # alternatives of schemes needed together
    server: str = ""  # where it is, if not with the others

    def answer(self, status: int, media_type: str = "") -> Answer | None:
        """The documented answer for a status: an exact entry before a range, a range before `default`.

        Of several media types it is that of the content, or the first.
        """
        for wanted in (str(status), f"{status // 100}XX", "default"):
            found = [one for one in self.answers if one.status == wanted]
            if not found:
                continue
            essence = media_type.partition(";")[0].strip().lower()
            near = (one for one in found if len(found) > 1 and in_range(essence, one.media_type))
            return next(near, found[0])
        return None

    def streamed(self) -> Answer | None:
        """The first documented answer that is a stream."""
        return next((one for one in self.answers if one.stream), None)

    def success(self) -> Answer | None:
        """The first documented 2xx answer."""
        return next((one for one in self.answers if one.status[:1] == "2"), None)


class SignatureRules(Struct, frozen=True):
    """The names that one API uses: of its header, its settings header, the body hash in the query."""

    header: str
    settings_header: str = ""
    body_hash: str = ""
