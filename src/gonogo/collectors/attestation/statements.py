"""From one row of a file of attestations to a statement, or to what it lacks.

:mod:`gonogo.documents.attestation_rows` reads the file. A row of the form with a value or date that does not hold is a
defect of its own fact only.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from gonogo.collectors.attestation.stated_value import StatedType, read_stated
from gonogo.collectors.document_moment import CLOCK_SLACK, day_start, local_day, read_moment
from gonogo.documents.attestation_rows import checked_row, written_text
from gonogo.documents.attestations import AttestationDocument
from gonogo.documents.scalars import MAX_WORDS
from gonogo.documents.yaml import MappingNode
from gonogo.model.evidence import Attested, GapReason
from gonogo.model.fact import Value
from gonogo.model.placeholder import has_content, is_caveat
from gonogo.model.planned_answers import is_owed


@dataclass(frozen=True, slots=True)
class UsableStatement:
    """One usable statement.

    Attributes:
        value: The value, of the fact's type.
        held: When it held, in UTC.
        attested: Who states it, in what seat, since when.
        where: ``attestations.yaml:12:5``.
    """

    value: Value
    held: datetime
    attested: Attested
    where: str

    @property
    def who(self) -> str:
        """The person, the seat and the day."""
        return f"{self.attested.person} ({self.attested.role}) on {self.attested.on}"


@dataclass(frozen=True, slots=True)
class UnusableStatement:
    """A row that states a fact, but proves nothing.

    Attributes:
        reason: Reason of the gap.
        sentence: What is wrong, with its place.
    """

    reason: GapReason
    sentence: str


def read_statement(
    row: MappingNode, kind: StatedType, *, now: datetime, time_zone: str
) -> UsableStatement | UnusableStatement:
    """Return what a row states, or why it proves nothing.

    Args:
        row: A row of :func:`~gonogo.documents.attestation_rows.read_rows`.
        kind: Type of its fact.
        now: Moment of the assessment.
        time_zone: Of the program; dates are local.
    """
    where = str(row.position)

    def at(key: str) -> str:
        node = row.get(key)
        return str(row.position if node is None else node.position)

    try:
        value = read_stated(row.entries["value"][1], kind.type, time_zone)
    except ValueError as error:
        return UnusableStatement(GapReason.WRONG_TYPE, f"{row.entries['value'][1].position}: {error}")
    document = checked_row(row)
    if not isinstance(document, AttestationDocument):
        return _misstated(row, next(key for key in _FORMS if key in document))
    on = document.on
    held = read_moment(document.held_on or on, time_zone)
    if held is None:
        return _misstated(row, "held_on")
    attested = Attested(
        person=document.person,
        role=document.role,
        on=on,
        prepared_by=document.prepared_by,
        evidence=document.evidence if has_content(document.evidence) and not is_owed(document.evidence) else "",
        evidence_sha256=document.evidence_sha256,
        qualified=document.qualified if is_caveat(document.qualified) else "",
    )
    if day_start(on, time_zone) > now + CLOCK_SLACK:
        return UnusableStatement(GapReason.FUTURE, f"{at('on')}: it is dated {on}, which is in the future")
    if local_day(held, time_zone) > on:
        held_on = written_text(row, "held_on")
        return UnusableStatement(GapReason.MALFORMED, f"{where}: it was stated on {on}, and holds only from {held_on}")
    statement = UsableStatement(value, held, attested, where)
    if attested.qualified:
        return UnusableStatement(
            GapReason.NOT_PROVABLE, f"{at('qualified')}: the attestation is qualified: {attested.qualified[:500]}"
        )
    if attested.prepared_by and attested.prepared_by.casefold() == attested.person.casefold():
        return UnusableStatement(
            GapReason.NOT_PROVABLE,
            f"{at('prepared_by')}: the attester prepared the evidence: {statement.who}; ask somebody else",
        )
    return statement


_FORMS: Final[Mapping[str, str]] = {
    "on": ", not a date such as 2027-04-12",
    "held_on": ", not a date or time",
    "person": "; a person is an id such as ada.kirsch",
    "role": "; a seat is a side and an office, such as customer.functional_lead",
    "prepared_by": "; a person is an id such as tom.reyes",
    "evidence": f"; a link or file name is expected, of at most {MAX_WORDS} characters",
    "evidence_sha256": "; a digest has 64 hexadecimal digits in lower case",
    "qualified": f"; text is expected, of at most {MAX_WORDS} characters",
    "fact": "; a fact has a dotted name, such as training.completed_ratio",
}
"""What a text of each key should be; the first of these that is not is reported."""


def _misstated(row: MappingNode, key: str) -> UnusableStatement:
    place = row.position if (node := row.get(key)) is None else node.position
    written = written_text(row, key)[: 40 if key in ("on", "held_on") else 80]
    return UnusableStatement(GapReason.MALFORMED, f"{place}: `{key}` is {written!r}{_FORMS[key]}")
