"""Facts about the outputs that M3 expects: which exist in the version due, and which rest on a replaced one.

How it is read, where it leaves room:

- The outputs due are the 41 of Phase 3 and the 43 of Phase 4 that GSA's tracker lists. A row that was deleted is an
  output that does not exist.
- An output *exists in the version due* if it has a version from 1 on that is of that phase or a later one, with a date
  that is not in the future and a place where it is. A draft, numbered below 1, is not there yet.
- What is tailored out is not counted: by the setting, with a reason, or by GSA's Tailoring Guide (input ``tailoring``),
  where every row about the output says *Omit*, as GSA has it or with a remark of the agency.
- An output *rests on a replaced one* if it cites a lower version of another output than the one in force. A blank cell
  says nothing: that an output cites no other is written as ``none``.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Annotated, Final

from pydantic import Field, StringConstraints

from gonogo.collectors.document_moment import local_day
from gonogo.collectors.program.m3.guide_decisions import Guide, published, read_guide
from gonogo.collectors.program.m3.phase_outputs import OUTPUTS, PhaseOutput, names_of
from gonogo.collectors.program.m3.tracked_documents import SHEET, AddedColumns, TrackedDocument, Tracker, read_tracker
from gonogo.collectors.worksheet import header_key, open_workbook
from gonogo.model.evidence import GapReason
from gonogo.model.fact import FactType
from gonogo.model.placeholder import has_content
from gonogo.plugin.recognizes import Recognizes
from gonogo.plugin.spec import Answer, CollectorRefusal, Job, LocalFact, Settings, SettingsRefusal

Heading = Annotated[str, StringConstraints(min_length=1, max_length=100)]
PRESENT: Final = {
    phase: LocalFact(
        if_known=True,
        name=f"phase{phase}_present_ratio",
        type=FactType.RATIO,
        meaning=f"Outputs due in Phase {phase} that exist in the version due, out of those not tailored out.",
    )
    for phase in (3, 4)
}
CITED: Final = {
    phase: LocalFact(
        if_known=True,
        name=name,
        type=FactType.INTEGER,
        unit="documents",
        meaning=f"Outputs due in Phase {phase} that cite a version of another output that has been replaced.",
    )
    for phase, name in ((3, "superseded_cited"), (4, "phase4_superseded_cited"))
}


class DocumentTrackerSettings(Settings):
    """Settings of a binding of the document tracker.

    Attributes:
        version_column: Heading of the version in force, such as ``2.0``.
        phase_column: Heading of the phase whose version it is, from 0 to 5.
        date_column: Heading of the date of that version.
        location_column: Heading of where the document is.
        cites_column: Heading of the outputs that it cites, each with its version: ``Test Plan 1.2; RTM 2.0``.
        tailored_out: Output that the program is tailored not to need, as GSA writes it, to the recorded reason.
    """

    version_column: Heading = "Version in Force"
    phase_column: Heading = "Phase of Version"
    date_column: Heading = "Date of Version"
    location_column: Heading = "Location"
    cites_column: Heading = "Cites"
    tailored_out: dict[Heading, Heading] = Field(default_factory=dict)


class DocumentTrackerCollector:
    """Reads the sheet *M3 Documents* of GSA's Document Tracker with the columns that an office adds (input ``file``).

    The input ``tailoring``, GSA's M3 Services Tailoring Guide, may be left out. Calls nothing. Neither workbook says
    when it held; the file's name or a person does.
    """

    name = "tracker"
    facts: Sequence[LocalFact] = (*PRESENT.values(), *CITED.values())
    settings: type[Settings] = DocumentTrackerSettings
    network: Sequence[str] = ()
    recognizes = (
        Recognizes(
            what="GSA M3 document tracker",
            sheets=(SHEET,),
            binding="documents",
            prefix="documents",
            dated=False,
            remarks=(
                "GSA's tracker has no column for what exists: add Version in Force, Phase of Version, Date of Version, "
                "Location and Cites",
            ),
            place=31,
        ),
    )

    def declare(self, settings: DocumentTrackerSettings) -> Sequence[LocalFact]:
        """Return all facts.

        Raises:
            SettingsRefusal: An output that is tailored out is none, or has no reason.
        """
        known = {name for output in OUTPUTS for name in names_of(output.name)}
        errors: list[tuple[tuple[str | int, ...], str]] = []
        for name, reason in settings.tailored_out.items():
            if header_key(name) not in known:
                errors.append((("tailored_out", name), "is no output that the tracker expects in Phase 3 or 4"))
            if not has_content(reason):
                errors.append((("tailored_out", name), "gives no reason"))
        if errors:
            raise SettingsRefusal(errors)
        return self.facts

    def collect(self, job: Job, settings: DocumentTrackerSettings) -> Iterable[Answer]:
        """Yield one answer for each fact.

        Raises:
            CollectorRefusal: Not the tracker, nobody filled it in, a row cannot be read, or nobody knows when it held.
        """
        source, guides = job.input(), job.inputs("tailoring")
        tracker = read_tracker(open_workbook(source), _columns(settings))
        guide = read_guide(open_workbook(job.input("tailoring"))) if guides else None
        as_of = min(entry.held(None) for entry in (source, *guides))
        today = local_day(job.now, job.time_zone)
        _check_dates(tracker, today)
        out = {header_key(name) for name in settings.tailored_out}
        for phase in (3, 4):
            due = [output for output in OUTPUTS if phase in output.phases]
            kept = [output for output in due if not (names_of(output.name) & out or _omitted(guide, output, phase))]
            yield _present(tracker, phase, kept, len(due), as_of)
            yield _superseded(tracker, phase, kept, as_of)


def _columns(settings: DocumentTrackerSettings) -> AddedColumns:
    return AddedColumns(
        settings.version_column,
        settings.phase_column,
        settings.date_column,
        settings.location_column,
        settings.cites_column,
    )


def _check_dates(tracker: Tracker, today: date) -> None:
    for document in tracker.documents.values():
        if document.dated is not None and document.dated > today:
            raise CollectorRefusal(
                f"{tracker.sheet.where()}, row {document.row}, is dated {document.dated}, which is in the future",
                GapReason.FUTURE,
            )


def _omitted(guide: Guide | None, output: PhaseOutput, phase: int) -> bool:
    if guide is None:
        return False
    rows = [row for row in published(phase) if header_key(row.output) in names_of(output.name)]
    decisions = [(row, guide.of(row)) for row in rows]
    return bool(rows) and all(
        decision is not None and decision.status == "omit" and (row.status == "omit" or decision.reason)
        for row, decision in decisions
    )


def _present(tracker: Tracker, phase: int, kept: Sequence[PhaseOutput], due: int, as_of: datetime) -> Answer:
    lacking = [output.name for output in kept if not _exists(tracker.of(output.name), phase)]
    tailored = f", {due - len(kept)} of {due} tailored out" if due > len(kept) else ""
    where = f"sheet {SHEET}, {tracker.rows} outputs{tailored}"
    answer = PRESENT[phase].counted(part=len(kept) - len(lacking), whole=len(kept), as_of=as_of, where=where)
    return answer.naming(lacking)


def _exists(document: TrackedDocument | None, phase: int) -> bool:
    return (
        document is not None
        and bool(document.version)
        and document.version[0] >= 1
        and document.phase is not None
        and document.phase >= phase
        and document.dated is not None
        and document.located
    )


def _superseded(tracker: Tracker, phase: int, kept: Sequence[PhaseOutput], as_of: datetime) -> Answer:
    fact = CITED[phase]
    deleted = [output.name for output in kept if tracker.of(output.name) is None]
    if deleted:
        return fact.missing(
            f"{tracker.sheet.where()} no longer lists {_some(deleted)}; what they cite is not known", GapReason.MISSING
        )
    there = [document for output in kept if (document := tracker.of(output.name)) is not None and document.version]
    if not there:
        return fact.missing(
            f"{tracker.sheet.where()}: no output of Phase {phase} exists, so nothing shows what they cite",
            GapReason.NOT_PROVABLE,
        )
    silent = [document.name for document in there if document.cites is None]
    if silent:
        column = "add the column of cited outputs, and" if not tracker.cites else "under the column of cited outputs,"
        return fact.missing(
            f"{tracker.sheet.where()}: nothing says which outputs {_some(silent)} cite{'s' * (len(silent) == 1)}; "
            f"{column} write each with its version, or none",
            GapReason.NOT_PROVABLE,
        )
    found = []
    for document in there:
        for name, version in document.cites or ():
            other = tracker.documents.get(name)
            if other is None or not other.version or version > other.version:
                reason = _wrong(other, version)
                return fact.missing(
                    f"{tracker.sheet.where()}, row {document.row}, cites {name[:60]!r} {_dotted(version)}, {reason}",
                    GapReason.MALFORMED,
                )
            if version < other.version and document.name not in found:
                found.append(document.name)
    return fact.value(len(found), as_of=as_of, where=f"sheet {SHEET}, {len(there)} outputs").naming(found)


def _wrong(other: TrackedDocument | None, version: Sequence[int]) -> str:
    if other is None:
        return "which the tracker does not list"
    if not other.version:
        return "which has no version in force"
    return f"and version {_dotted(other.version)} is in force"


def _dotted(version: Sequence[int]) -> str:
    return ".".join(map(str, version))


def _some(names: Sequence[str]) -> str:
    more = f" and {len(names) - 3} more" if len(names) > 3 else ""
    return ", ".join(names[:3]) + more
