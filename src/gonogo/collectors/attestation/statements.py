"""A file of attestations: statements of facts by named people, one row each.

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

A row that breaks this form refuses the file, because nobody knows what it was meant to say; a row of this form
with a value or date that does not hold is a defect of its own fact only. The file ends with a line end, so that a
copy that was cut off inside a line is not taken for a shorter value.
"""

from __future__ import annotations

import re
from collections.abc import Mapping as MappingType
from collections.abc import Sequence as SequenceType
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from pydantic import ValidationError

from gonogo.collectors.attestation.stated_value import StatedType, read_stated
from gonogo.collectors.document_moment import CLOCK_SLACK, day_start, local_day, read_day, read_moment
from gonogo.documents.yaml import MappingNode, Node, ScalarKind, ScalarNode, SequenceNode, read_yaml
from gonogo.errors import ConfigurationError
from gonogo.model.evidence import Attested, GapReason
from gonogo.model.fact import Value
from gonogo.model.placeholder import is_caveat, says_something
from gonogo.plugin.spec import CollectorRefusal

SHOWN: Final = 5
_REQUIRED: Final = ("fact", "value", "person", "role", "on")
_OPTIONAL: Final = ("held_on", "prepared_by", "evidence", "evidence_sha256", "qualified")
_DATE: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", re.ASCII)


@dataclass(frozen=True, slots=True)
class Statement:
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
class Defect:
    """A row that states a fact, but proves nothing.

    Attributes:
        reason: Reason of the gap.
        sentence: What is wrong, with its place.
    """

    reason: GapReason
    sentence: str


def read_rows(data: bytes, name: str) -> dict[str, list[MappingNode]]:
    """Return the rows of a file by the fact that they state, in the order of the file.

    Raises:
        CollectorRefusal: Not YAML, or not of the form above; the sentence names up to five mistakes.
    """
    try:
        root = read_yaml(data, name)
    except ConfigurationError as error:
        raise _refused([f"{problem.where}: {problem.what}" for problem in error.problems]) from error
    if not data.endswith(b"\n"):
        raise CollectorRefusal(f"{name} does not end with a line end, so it may be cut off; save it again in an editor")
    rows = _rows(root, name)
    mistakes = [mistake for row in rows for mistake in _mistakes(row)]
    if mistakes:
        raise _refused(mistakes)
    found: dict[str, list[MappingNode]] = {}
    for row in rows:
        if isinstance(row, MappingNode):
            found.setdefault(_text(row, "fact"), []).append(row)
    return found


def read_statement(row: MappingNode, kind: StatedType, *, now: datetime, time_zone: str) -> Statement | Defect:
    """Return what a row states, or why it proves nothing.

    Args:
        row: A row of :func:`read_rows`.
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
        return Defect(GapReason.WRONG_TYPE, f"{row.entries['value'][1].position}: {error}")
    said_on = _text(row, "on")
    on = read_day(said_on) if _DATE.fullmatch(said_on) else None
    if on is None:
        return Defect(GapReason.MALFORMED, f"{at('on')}: `on` is {said_on[:40]!r}, not a date such as 2027-04-12")
    held = read_moment(_text(row, "held_on") or said_on, time_zone)
    if held is None:
        said = _text(row, "held_on")[:40]
        return Defect(GapReason.MALFORMED, f"{at('held_on')}: `held_on` is {said!r}, not a date or time")
    qualified, evidence = _text(row, "qualified"), _text(row, "evidence")
    try:
        attested = Attested(
            person=_text(row, "person"),
            role=_text(row, "role"),
            on=on,
            prepared_by=_text(row, "prepared_by") or None,
            evidence=evidence if says_something(evidence) else "",
            evidence_sha256=_text(row, "evidence_sha256") or None,
            qualified=qualified if is_caveat(qualified) else "",
        )
    except ValidationError as error:
        field = str(error.errors()[0]["loc"][0])
        return Defect(GapReason.MALFORMED, f"{at(field)}: `{field}` is {_text(row, field)[:80]!r}; {_FORMS[field]}")
    if day_start(on, time_zone) > now + CLOCK_SLACK:
        return Defect(GapReason.FUTURE, f"{at('on')}: it is dated {on}, which is still to come")
    if local_day(held, time_zone) > on:
        return Defect(GapReason.MALFORMED, f"{where}: it says on {on} what holds only from {_text(row, 'held_on')}")
    statement = Statement(value, held, attested, where)
    if attested.qualified:
        return Defect(
            GapReason.NOT_PROVABLE, f"{at('qualified')}: the attestation is qualified: {attested.qualified[:500]}"
        )
    if attested.prepared_by and attested.prepared_by.casefold() == attested.person.casefold():
        return Defect(
            GapReason.NOT_PROVABLE,
            f"{at('prepared_by')}: the attester prepared the evidence: {statement.who}; ask somebody else",
        )
    return statement


_FORMS: Final[MappingType[str, str]] = {
    "person": "a person is an id such as ada.kirsch",
    "prepared_by": "a person is an id such as tom.reyes",
    "role": "a seat is a side and an office, such as customer.functional_lead",
    "evidence_sha256": "a digest has 64 hexadecimal digits in lower case",
    "evidence": "a link or file name is expected",
    "qualified": "text is expected",
}


def _refused(mistakes: SequenceType[str]) -> CollectorRefusal:
    more = f" (and {len(mistakes) - SHOWN} more)" if len(mistakes) > SHOWN else ""
    return CollectorRefusal("; ".join(mistakes[:SHOWN]) + more)


def _rows(root: Node, name: str) -> SequenceType[Node]:
    if not isinstance(root, MappingNode) or set(root.entries) != {"schema", "attestations"}:
        raise CollectorRefusal(f"{name} has the keys `schema` and `attestations`, and no others")
    schema, rows = root.entries["schema"][1], root.entries["attestations"][1]
    if not (isinstance(schema, ScalarNode) and schema.kind is ScalarKind.INTEGER and schema.text == "1"):
        raise CollectorRefusal(f"{schema.position}: only `schema: 1` is known")
    if not isinstance(rows, SequenceNode):
        raise CollectorRefusal(f"{rows.position}: `attestations` is a list")
    return rows.items


def _mistakes(row: Node) -> list[str]:
    if not isinstance(row, MappingNode):
        return [f"{row.position}: an attestation is a mapping with {', '.join(_REQUIRED)}"]
    found = [
        f"{key.position}: `{key.text[:40]}` is no key of an attestation; they are {', '.join(_REQUIRED + _OPTIONAL)}"
        for key, _ in row.entries.values()
        if key.text not in _REQUIRED + _OPTIONAL
    ]
    found += [f"{row.position}: `{key}` is missing" for key in _REQUIRED if key not in row.entries]
    for key, (_, value) in row.entries.items():
        if key == "value":
            continue
        if not isinstance(value, ScalarNode) or value.kind is not ScalarKind.TEXT:
            found.append(f"{value.position}: `{key[:40]}` is text; put it in quotes if it looks like something else")
        elif not value.text.strip():
            found.append(f"{value.position}: `{key[:40]}` is blank; leave it out or say something")
    return found


def _text(row: MappingNode, key: str) -> str:
    value = row.get(key)
    return value.text.strip() if isinstance(value, ScalarNode) else ""
