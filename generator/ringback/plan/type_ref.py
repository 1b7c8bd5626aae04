"""One type, said three ways: as models annotate it, as a client's argument takes it, as the codec that carries it as text."""

from __future__ import annotations

from dataclasses import dataclass, replace


@dataclass(frozen=True, slots=True)
class TypeRef:
    """A type: as models annotate it, as a client's argument takes it, the codec for text ("" if there is none).

    `json` says which JSON kinds its values are: msgspec tells the members of a union apart by these alone, and has a
    hook decode what is "hooked".
    """

    annotation: str
    argument: str
    codec: str
    json: frozenset[str]
    nullable: bool = False

    def optional(self) -> TypeRef:
        """The same, or null."""
        if self.nullable or self.annotation == "Any":
            return replace(self, nullable=True)
        return replace(
            self,
            annotation=self.annotation + " | None",
            argument=self.argument + " | None",
            nullable=True,
        )

    def given(self) -> TypeRef:
        """The same without null."""
        return replace(
            self,
            annotation=self.annotation.removesuffix(" | None"),
            argument=self.argument.removesuffix(" | None"),
            nullable=False,
        )


ANY = TypeRef("Any", "Any", "Text()", frozenset({"any"}))


def with_unset(annotation: str) -> str:
    """The annotation of what may be missing; null is named last."""
    if annotation.endswith(" | None"):
        return annotation.removesuffix(" | None") + " | Unset | None"
    return annotation + " | Unset"
