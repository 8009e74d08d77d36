"""What every value of the model shares: frozen, strict, closed, and with one wire form."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from decimal import Decimal
from typing import Annotated, Any, Self

from pydantic import BaseModel, BeforeValidator, ConfigDict, PlainSerializer, StringConstraints, WithJsonSchema

from gonogo.model.canonical import canonical_bytes, decimal_text, digest, instant_text, read_decimal, read_instant

__all__ = [
    "DecimalText",
    "DottedName",
    "Frozen",
    "Identifier",
    "Instant",
    "OneLine",
    "Sha256",
]


class Frozen(BaseModel):
    """A value: never changed after it is made, compared by content, refusing what it does not know.

    The checks of a class are built when it is first used: a command uses few of the 200, and building all of them
    would take a third of its start.
    """

    model_config = ConfigDict(
        frozen=True, strict=True, extra="forbid", allow_inf_nan=False, ser_json_bytes="base64", defer_build=True
    )

    def model_copy(self, *, update: Mapping[str, Any] | None = None, deep: bool = False) -> Self:
        """Return a copy that remembers nothing: what was computed from the old content (cached properties) is left out.

        Raises:
            TypeError: ``update`` names what the value does not have.
        """
        if strange := sorted(set(update or ()) - set(type(self).model_fields)):
            raise TypeError(f"{type(self).__name__} has no {', '.join(strange)}")
        made = super().model_copy(update=update, deep=deep)
        for name in made.__dict__.keys() - type(self).model_fields.keys():
            del made.__dict__[name]
        return made

    def document(self) -> dict[str, Any]:
        """Return the JSON-ready document of this value: decimals and instants as text, no floats."""
        return self.model_dump(mode="json", exclude_none=True)

    def canonical(self) -> bytes:
        """Return the canonical bytes of this value."""
        return canonical_bytes(self.document())

    def digest(self) -> str:
        """Return the SHA-256 of the canonical bytes, 64 hexadecimal digits."""
        return digest(self.document())

    @classmethod
    def from_document(cls, document: object) -> Self:
        """Build the value from a document read by ``canonical.read_json`` (lists for tuples, text for enums).

        Raises:
            pydantic.ValidationError: The document is not of this shape.
        """
        return cls.model_validate_json(canonical_bytes(document))


def _decimal(value: object) -> Decimal:
    if isinstance(value, Decimal):
        return read_decimal(decimal_text(value))
    if isinstance(value, str):
        return read_decimal(value)
    raise ValueError('a decimal is written as text, such as "0.95"')


def _instant(value: object) -> datetime:
    if isinstance(value, datetime):
        if value.tzinfo is None or value.utcoffset() is None:
            raise ValueError("an instant needs a time zone")
        return value.astimezone(UTC)
    if isinstance(value, str):
        return read_instant(value)
    raise ValueError("an instant is written as text, such as 2027-04-19T16:00:00.000000Z")


DecimalText = Annotated[
    Decimal,
    BeforeValidator(_decimal),
    PlainSerializer(decimal_text, return_type=str, when_used="json"),
    WithJsonSchema({"type": "string", "pattern": r"^-?(0|[1-9][0-9]{0,17})(\.[0-9]{1,18})?$"}),
]
"""A finite decimal that travels as text."""

Instant = Annotated[
    datetime,
    BeforeValidator(_instant),
    PlainSerializer(instant_text, return_type=str, when_used="json"),
    WithJsonSchema({"type": "string", "format": "date-time"}),
]
"""A moment in UTC that travels as ``2027-04-19T16:00:00.000000Z``."""

Identifier = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9][A-Za-z0-9._-]{0,79}$")]
"""An ASCII identifier of a program, release, binding, waiver or person."""

DottedName = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]*(\.[a-z][a-z0-9_]*)+$", max_length=120)]
"""A dotted lower-case name of a fact or criterion: ``training.completed_ratio``."""

OneLine = Annotated[str, StringConstraints(min_length=1, max_length=2000)]
"""Text that a person wrote and a person reads; never empty."""

Sha256 = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]
"""A SHA-256 digest in lower-case hexadecimal."""
