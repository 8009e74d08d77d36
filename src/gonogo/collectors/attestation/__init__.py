"""Facts that people state: read from a file of attestations, for any domain.

Who may state what is checked against the people register when evidence is admitted; here a statement is read,
dated and refused where it proves nothing by itself: qualified, made by who prepared the evidence, contradicted by
another statement, or of another type than the fact.
"""

from __future__ import annotations

import difflib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from typing import Annotated

from pydantic import Field, StringConstraints

from gonogo.collectors.attestation.evidence_sheet import FilledForm, is_workbook, read_filled
from gonogo.collectors.attestation.stated_value import StatedType, read_kind
from gonogo.collectors.attestation.statements import UnusableStatement, UsableStatement, read_statement
from gonogo.documents.attestation_rows import SHOWN, read_rows
from gonogo.documents.attestations import AttestationDocument, AttestationsDocument
from gonogo.documents.yaml import MappingNode
from gonogo.model.base import DottedName
from gonogo.model.evidence import Attested, GapReason
from gonogo.model.fact import Value, write_value
from gonogo.model.people import RoleName
from gonogo.model.program import STATEMENTS
from gonogo.plugin.recognizes import Recognizes
from gonogo.plugin.spec import Answer, CollectorRefusal, Job, LocalFact, Settings, SettingsRefusal, hookimpl
from gonogo.text import any_seat

TAKES_NAMES = True
"""People type names and seats into forms: the host hands this module how the register's people are called."""
TypeText = Annotated[str, StringConstraints(min_length=1, max_length=120)]


class AttestationSettings(Settings):
    """Settings of a binding.

    Attributes:
        facts: Full name of each fact that the file answers for, to its type and unit: ``boolean``,
            ``integer people``, ``ratio``, ``money USD``.
        ask: Seats that can be asked for what is missing.
    """

    facts: dict[DottedName, TypeText] = Field(min_length=1)
    ask: tuple[RoleName, ...] = ()


class AttestationCollector:
    """Reads statements by named people. Calls nothing.

    The file is YAML, or the workbook that ``gonogo workbook`` writes; its first bytes say which.

    Its facts have full names, so the binding has no ``as``. A statement holds from its ``held_on``, or else from the
    beginning of the day on which it was made; where the host dates the file, the older of the two counts.
    """

    name = STATEMENTS
    facts: Sequence[LocalFact] = ()
    settings = AttestationSettings
    network: Sequence[str] = ()
    recognizes = (
        Recognizes(
            what="attestations",
            line=r"(?m)^attestations:[ \t]*(?:$|#|\[)",
            binding="statements",
            states=r"""(?m)^[ \t-]+fact:[ \t]*["']?([a-z][a-z0-9_.]*)""",
        ),
    )

    def declare(self, settings: AttestationSettings) -> Sequence[LocalFact]:
        """Return the facts that the settings name.

        Raises:
            SettingsRefusal: A type is unknown, or its unit is missing or one too many.
        """
        declared, errors = [], []
        for name, text in settings.facts.items():
            try:
                kind = read_kind(text)
            except ValueError as error:
                errors.append((("facts", name), str(error)))
                continue
            declared.append(LocalFact(name, kind.type, "As a named person states it.", kind.unit))
        if errors:
            raise SettingsRefusal(errors)
        return tuple(declared)

    def collect(self, job: Job, settings: AttestationSettings) -> Iterable[Answer]:
        """Yield one answer for each fact of the settings.

        Raises:
            CollectorRefusal: The file cannot be read, or states facts that the settings do not name.
        """
        source = job.input()
        data = source.read()
        declared = self.declare(settings)
        form = FilledForm()
        if is_workbook(data):
            kinds = {fact.name: StatedType(fact.type, fact.unit) for fact in declared}
            form = read_filled(data, source.file_name, kinds, job)
            rows = form.rows
        else:
            rows = {name: [*found] for name, found in read_rows(data, source.file_name).items()}
        _refuse_undeclared(rows, settings.facts, source.file_name)
        for fact in declared:
            if fact.name not in rows:
                asked = any_seat(settings.ask) or "a person who may attest it"
                nothing = form.blanks.get(fact.name, f"{source.file_name} has no statement of it")
                yield fact.missing(f"{nothing}; ask {asked}")
                continue
            kind = StatedType(fact.type, fact.unit)
            read = [
                row
                if isinstance(row, UnusableStatement)
                else read_statement(row, kind, now=job.now, time_zone=job.time_zone)
                for row in rows[fact.name]
            ]
            answer = _answer(
                fact,
                [entry for entry in read if isinstance(entry, UsableStatement)],
                [entry for entry in read if isinstance(entry, UnusableStatement)],
            )
            if answer.attested and (matches := form.matches.get(fact.name)):
                answer = replace(answer, where=f"{answer.where} ({'; '.join(matches)})")
            if source.as_of is not None and answer.as_of is not None and source.as_of < answer.as_of:
                answer = Answer(
                    answer.fact, value=answer.value, as_of=source.as_of, where=answer.where, attested=answer.attested
                )
            yield answer


def _refuse_undeclared(
    rows: dict[str, list[MappingNode | UnusableStatement]], known: Iterable[str], file_name: str
) -> None:
    names = list(known)
    strangers = [name for name in rows if name not in names]
    if not strangers:
        return
    named = []
    for name in strangers[:SHOWN]:
        row = rows[name][0]
        place = "" if isinstance(row, UnusableStatement) else f"{row.position}: "
        named.append(f"{place}{name[:120]!r}{_nearest(name, names)}")
    raise CollectorRefusal(
        f"{file_name} states facts that the binding's settings do not name: {'; '.join(named)}", GapReason.UNDECLARED
    )


def _answer(fact: LocalFact, statements: Sequence[UsableStatement], defects: Sequence[UnusableStatement]) -> Answer:
    """Return the oldest of equal statements; a single defect or difference is a gap."""
    if defects:
        return fact.missing("; ".join(defect.sentence for defect in defects[:SHOWN]), defects[0].reason)
    ordered = sorted(statements, key=lambda entry: (entry.held, entry.where))
    oldest = ordered[0]
    other = next((entry for entry in ordered[1:] if entry.value != oldest.value), None)
    if other is not None:
        return fact.missing(
            f"{oldest.where}: {oldest.who} says {_shown(oldest.value)}, but {other.where}: {other.who} says "
            f"{_shown(other.value)}",
            GapReason.CONFLICT,
        )
    also = "".join(f"; also {entry.who} ({entry.where})" for entry in ordered[1 : SHOWN + 1])
    return Answer(
        fact.name,
        value=oldest.value,
        as_of=oldest.held,
        where=f"{oldest.where}, {oldest.who}{also}",
        attested=oldest.attested,
    )


def _shown(value: Value) -> str:
    return repr(value) if isinstance(value, (bool, str)) else str(write_value(value))


def _nearest(name: str, names: Iterable[str]) -> str:
    close = difflib.get_close_matches(name, list(names), n=1)
    return f" (nearest: {close[0]!r})" if close else ""


def before_fork() -> None:
    """Build the checks of a file of statements in the host, so that not every child pays for it."""
    AttestationsDocument.model_rebuild()
    AttestationDocument.model_rebuild()
    Attested.model_rebuild()


@hookimpl
def gonogo_register_collectors(register: Callable[[AttestationCollector], None]) -> None:
    """Register the collector."""
    register(AttestationCollector())
