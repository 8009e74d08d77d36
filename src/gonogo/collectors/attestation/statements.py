"""From the rows of a file of attestations (:mod:`gonogo.documents.attestations`) to statements, or to what they lack.

A row that breaks the form refuses the file, because nobody knows what it was meant to say; a row of the form with a
value or date that does not hold is a defect of its own fact only. The file ends with a line end, so that a copy that
was cut off inside a line is not taken for a shorter value.
"""

from __future__ import annotations

from collections.abc import Mapping as MappingType
from collections.abc import Sequence as SequenceType
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from pydantic import ValidationError

from gonogo.collectors.attestation.stated_value import StatedType, read_stated
from gonogo.collectors.document_moment import CLOCK_SLACK, day_start, local_day, read_moment
from gonogo.documents.attestations import AttestationDocument, AttestationsDocument
from gonogo.documents.scalars import MAX_WORDS
from gonogo.documents.shape import raw_of
from gonogo.documents.yaml import MappingNode, Node, ScalarKind, ScalarNode, SequenceNode, read_yaml
from gonogo.errors import ConfigurationError
from gonogo.model.evidence import Attested, GapReason
from gonogo.model.fact import Value
from gonogo.model.placeholder import has_content, is_caveat
from gonogo.plugin.spec import CollectorRefusal

SHOWN: Final = 5
_KEYS: Final = tuple(AttestationDocument.model_fields)
_REQUIRED: Final = tuple(key for key, field in AttestationDocument.model_fields.items() if field.is_required())
_BREAKS_THE_FORM: Final = ("G112", "G113", "G117")
"""Codes of a text that is no text, or blank; whatever else is wrong with a key is a defect of the fact alone."""


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
    found: dict[str, list[MappingNode]] = {}
    mistakes: list[str] = []
    for row in rows:
        if isinstance(row, MappingNode):
            mistakes += _mistakes(row)
            found.setdefault(_written(row, "fact"), []).append(row)
        else:
            mistakes.append(f"{row.position}: an attestation is a mapping with {', '.join(_REQUIRED)}")
    if mistakes:
        raise _refused(mistakes)
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
    document = _checked(row)
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
        evidence=document.evidence if has_content(document.evidence) else "",
        evidence_sha256=document.evidence_sha256,
        qualified=document.qualified if is_caveat(document.qualified) else "",
    )
    if day_start(on, time_zone) > now + CLOCK_SLACK:
        return Defect(GapReason.FUTURE, f"{at('on')}: it is dated {on}, which is in the future")
    if local_day(held, time_zone) > on:
        held_on = _written(row, "held_on")
        return Defect(GapReason.MALFORMED, f"{where}: it was stated on {on}, and holds only from {held_on}")
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


def _refused(mistakes: SequenceType[str]) -> CollectorRefusal:
    more = f" (and {len(mistakes) - SHOWN} more)" if len(mistakes) > SHOWN else ""
    return CollectorRefusal("; ".join(mistakes[:SHOWN]) + more)


def _rows(root: Node, name: str) -> SequenceType[Node]:
    """Return the rows, whatever each of them is."""
    keys = {field.alias or key for key, field in AttestationsDocument.model_fields.items()}
    if not isinstance(root, MappingNode) or set(root.entries) != keys:
        raise CollectorRefusal(f"{name} has the keys `schema` and `attestations`, and no others")
    rows = root.entries["attestations"][1]
    try:
        AttestationsDocument.model_validate(raw_of(root) | {"attestations": []})
    except ValidationError:
        raise CollectorRefusal(f"{root.entries['schema'][1].position}: only `schema: 1` is known") from None
    if not isinstance(rows, SequenceNode):
        raise CollectorRefusal(f"{rows.position}: `attestations` is a list")
    return rows.items


def _checked(row: MappingNode) -> AttestationDocument | dict[str, str]:
    """Return the row as its document; or each key that is not as it must be, to the code of its first mistake."""
    try:
        return AttestationDocument.model_validate(raw_of(row))
    except ValidationError as error:
        details = error.errors(include_url=False, include_input=False)
    found: dict[str, str] = {}
    for detail in details:
        found.setdefault(str(detail["loc"][0]), detail.get("ctx", {}).get("code", detail["type"]))
    return found


def _mistakes(row: MappingNode) -> list[str]:
    """Return what breaks the form: keys that are unknown or missing, and what is no text."""
    document = _checked(row)
    if isinstance(document, AttestationDocument):
        return []
    found = [
        f"{row.entries[key][0].position}: `{key[:40]}` is not a key of an attestation; the keys are {', '.join(_KEYS)}"
        for key, code in document.items()
        if code == "extra_forbidden"
    ]
    found += [f"{row.position}: `{key}` is missing" for key, code in document.items() if code == "missing"]
    for key, (_, node) in row.entries.items():
        code = document.get(key)
        if key == "value" or code not in _BREAKS_THE_FORM:
            continue
        if code == "G117" and isinstance(node, ScalarNode) and node.kind is ScalarKind.TEXT:
            found.append(f"{node.position}: `{key}` is blank; leave it out or say something")
        else:
            found.append(f"{node.position}: `{key}` is text; put it in quotes if it looks like something else")
    return found


def _misstated(row: MappingNode, key: str) -> Defect:
    place = row.position if (node := row.get(key)) is None else node.position
    written = _written(row, key)[: 40 if key in ("on", "held_on") else 80]
    return Defect(GapReason.MALFORMED, f"{place}: `{key}` is {written!r}{_FORMS[key]}")


def _written(row: MappingNode, key: str) -> str:
    """Return the text of a key as a message shows it."""
    value = row.get(key)
    return value.text.strip() if isinstance(value, ScalarNode) else ""
