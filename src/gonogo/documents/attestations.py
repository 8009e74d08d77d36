"""The file of attestations: statements of facts by named people, one row each.

    schema: 1
    attestations:
      - fact: agreement.gtc_approved_both
        value: true
        person: ada.kirsch
        role: customer.contracting_officer
        on: 2027-04-12
        held_on: 2027-04-09          # when it was so, if earlier than the statement
        prepared_by: tom.reyes       # who made what they saw: another person; or the binding's producer is one
        evidence: https://…          # what they saw
        evidence_sha256: 64 hexadecimal digits
        qualified: in their own words; a qualified attestation proves nothing, and `none` is no caveat

The schema for editors and the collector both come from these types, so that no key is read in a second way.
"""

from __future__ import annotations

import re
from datetime import date, datetime
from typing import Annotated, Any, Final

from pydantic import Field, model_validator

from gonogo.documents.quantities import Day
from gonogo.documents.scalars import (
    MAX_WORDS,
    Dotted,
    Id,
    RawValue,
    ScalarType,
    SchemaOne,
    Seat,
    Sha256Text,
    mistake,
    text_of,
)
from gonogo.documents.shape import Document
from gonogo.documents.yaml import ScalarNode

_DAY: Final = "[0-9]{4}-[0-9]{2}-[0-9]{2}"
_DAY_OR_MOMENT: Final = (
    rf"{_DAY}([T ][0-9]{{2}}:[0-9]{{2}}(:[0-9]{{2}}(\.[0-9]{{1,9}})?)?(Z|[+-][0-9]{{2}}:?[0-9]{{2}})?)?"
)


def _held_on(value: object) -> date | datetime:
    text = text_of(value)
    try:
        if not re.fullmatch(_DAY_OR_MOMENT, text, re.ASCII):
            raise ValueError
        return date.fromisoformat(text) if re.fullmatch(_DAY, text, re.ASCII) else datetime.fromisoformat(text)
    except ValueError:
        raise mistake("G116", f"`{text[:40]}` is not a date or time", "for example 2027-04-09") from None


HeldOn = Annotated[date | datetime, ScalarType(_held_on, {"type": "string", "pattern": f"^{_DAY_OR_MOMENT}$"})]
"""A local day, or a time: as exact as an export writes it, in the program's time zone where it has no offset."""

Prose = Annotated[str, ScalarType(text_of, {"type": "string", "minLength": 1, "maxLength": MAX_WORDS})]
"""Text as it was written, line ends included."""


class AttestationDocument(Document):
    """One person's statement of one fact."""

    fact: Dotted
    value: RawValue
    person: Id
    role: Seat
    on: Day
    held_on: HeldOn | None = None
    prepared_by: Id | None = None
    evidence: Prose = ""
    evidence_sha256: Sha256Text | None = None
    qualified: Prose = ""

    @model_validator(mode="before")
    @classmethod
    def _without_outer_blanks(cls, row: Any) -> Any:
        """Blanks around a text mean nothing; those of the value belong to whatever the fact's type makes of it."""
        if not isinstance(row, dict):
            return row
        return {key: node if key == "value" else _stripped(node) for key, node in row.items()}


class AttestationsDocument(Document):
    """All attestations; read by the attestation collector."""

    schema_: SchemaOne = Field(alias="schema")
    attestations: list[AttestationDocument]


def _stripped(node: object) -> object:
    if not isinstance(node, ScalarNode) or node.text == node.text.strip():
        return node
    return ScalarNode(node.source, node.line, node.column, node.text.strip(), node.quoted)
