"""`gonogo report --check`: whether a file is a report that the record notes, or that follows from it byte for byte."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from pydantic import ValidationError

from gonogo.audit.chain import Break, ChainFault
from gonogo.audit.history import History, open_history
from gonogo.audit.ledger import Run, RunState, sealed
from gonogo.audit.reading import broken, lines, steps
from gonogo.core.wording import listing
from gonogo.documents.files import shown
from gonogo.errors import IntegrityError, UsageError
from gonogo.model.canonical import digest_of_bytes, instant_text
from gonogo.model.event import EventType, SealedRecord
from gonogo.model.record import ReportRendered
from gonogo.report.claim import ReportClaim, claim_of
from gonogo.report.formats import FORMATS
from gonogo.report.printed import Form, forms_of, without_last_line
from gonogo.report.words import local
from gonogo.version import VERSION
from gonogo.workflow.note_standing import note_standing
from gonogo.workflow.publishing import log_folder, view_of
from gonogo.workflow.report_difference import first_differences
from gonogo.workflow.report_renderings import Rendering, nearest, same_as

LARGEST: Final = 64_000_000
"""No report has so many bytes; a file that has more is not read."""


@dataclass(frozen=True, slots=True)
class ReportNote:
    """One ``report.rendered`` of the log."""

    record: SealedRecord
    rendered: ReportRendered


@dataclass(frozen=True, slots=True)
class CheckedFile:
    """A file that may be a report.

    Attributes:
        name: As a person would write its path.
        data: Its bytes.
        claim: What it says that it is; None where it looks like no report.
    """

    name: str
    data: bytes
    claim: ReportClaim | None

    @property
    def forms(self) -> tuple[Form, ...]:
        """The bytes that may be a report: the file, and the file without what a mail or a command adds."""
        return tuple(forms_of(self.data))


def check_report(place: Path, path: Path, *, run: str | None = None) -> tuple[bool, list[str]]:
    """Return whether a file is a report of this record, and what was found, a line each.

    Args:
        place: Folder of the program, or of the log.
        path: The report.
        run: The run that it is about: its id, or the beginning of it; None asks the file.

    Raises:
        UsageError: There is no log or no such run, or the file cannot be read or looks like no report.
        IntegrityError: The log is broken.
    """
    history = open_history(log_folder(place))
    wanted = None if run is None else history.named(run)
    data = _read(path)
    file = CheckedFile(shown(path), data, claim_of(data))
    notes = tuple(_notes(history.folder))
    digests = {digest_of_bytes(form.data): form for form in reversed(file.forms)}
    noted = [note for note in notes if _is_of(history, note, digests.get(note.rendered.sha256))]
    mine = [note for note in noted if wanted is None or note.record.run == wanted.run]
    if mine or noted:
        return _noted(history, file, (mine or noted)[0], place, wanted)  # what lies under a checkpoint comes first
    if file.claim is None and wanted is None:
        raise UsageError(
            f"{file.name} does not look like a report, and no record of the log has its SHA-256 "
            f"{digest_of_bytes(data)}.",
            hint="give the file as `gonogo report` writes it, or name its run: --run RUN",
        )
    runs = [wanted] if wanted is not None else list(_meant(history, file.claim))
    for each in runs:
        again = _same_again(history, each, file)
        if again is not None:
            rendering, ignored = again
            how = "in every word" if ignored else "byte for byte"
            what = f"found: {file.name} is the {rendering.format} report of the run {each.run}, {how} as this gonogo"
            first = f"{what} renders it from the record{rendering.moment}. No record says when it was made."
            return True, [first, *_ignoring(ignored), *_about(history, each), _next(place)]
    return False, list(_differs(history, file, runs[0] if runs else None, notes, place))


def _read(path: Path) -> bytes:
    try:
        if not path.is_file():
            raise UsageError(f"There is no file {shown(path)}.", hint="give the report as it was handed out")
        with path.open("rb") as stream:
            data = stream.read(LARGEST + 1)
    except OSError as error:
        raise UsageError(
            f"{shown(path)} cannot be read: {error.strerror}.", hint="copy it to a place where you can read it"
        ) from error
    if len(data) > LARGEST:
        raise UsageError(
            f"{shown(path)} has more than {LARGEST:,} bytes; no report has.", hint="give the report itself"
        )
    return data


def _notes(folder: Path) -> Iterator[ReportNote]:
    """Yield what the log says about reports. The whole chain is followed, because an index may be anybody's."""
    for line, _, found in steps(lines(folder)):
        if isinstance(found, ChainFault):
            if found.kind is Break.TORN:
                return
            raise broken(found)
        if found.type == EventType.REPORT_RENDERED:
            record = sealed(line, found.seq)
            try:
                yield ReportNote(record, ReportRendered.from_document(record.data))
            except ValidationError as error:
                what = f"record {found.seq} of the audit log does not have the shape of {found.type}"
                raise IntegrityError(what, hint="`gonogo log verify` says more") from error


def _noted(
    history: History, file: CheckedFile, note: ReportNote, place: Path, wanted: Run | None
) -> tuple[bool, list[str]]:
    run, entry = history.run(note.record.run), note.rendered
    if wanted is not None and run.run != wanted.run:
        first = f"differs: {file.name} is a report of the run {run.run}, not of {wanted.run}."
        return False, [first, *_about(history, run), "Next: ask which run is meant, or leave out --run."]
    if run.state is not RunState.FINISHED:
        what = (
            f"differs: record {note.record.seq} names {file.name} a report of the run {run.run}, which has no verdict."
        )
        return False, [what, f"Next: `gonogo log verify {shown(place)}`; gonogo renders no report of such a run."]
    standing = note_standing(place, history.folder, note.record.seq)
    again = _same_again(history, run, file, entry.format) if entry.format in FORMATS else None
    if again is None and entry.format in FORMATS and entry.version == VERSION:
        what = (
            f"differs: record {note.record.seq} notes {file.name} as the {entry.format} report of {run.run} by gonogo"
        )
        what += f" {VERSION}; this is {VERSION}, and renders something else from the record. Go by what it renders."
        return False, [what, standing.sentence, *list(_differs(history, file, run, (note,), place))[1:]]
    doubtful = again is None and standing.doubtful
    if again is not None:
        again_words = [
            f"This gonogo renders the same {'words' if again[1] else 'bytes'} from the record{again[0].moment}.",
            *_ignoring(again[1]),
        ]
    else:
        again_words = ["This gonogo cannot render these bytes. Only that record says that the report was like this."]
    return not doubtful, [
        f"{'not confirmed' if doubtful else 'found'}: {file.name} is the {entry.format} report that record "
        f"{note.record.seq} notes: rendered at {instant_text(note.record.ts)} by {_by(entry)}, SHA-256 {entry.sha256}.",
        *_about(history, run),
        *again_words,
        standing.sentence,
        _next(place),
    ]


def _is_of(history: History, note: ReportNote, form: Form | None) -> bool:
    """Whether a note has the digest of a file whose last line, if a command printed one, says the run's verdict."""
    if form is None or form.verdict is None:
        return form is not None
    return history.run(note.record.run).verdict == form.verdict


def _meant(history: History, claim: ReportClaim | None) -> Iterator[Run]:
    """Yield the runs that a report can be about: the one it names, or those of the moment on its first screen."""
    finished = [run for run in history.runs if run.state is RunState.FINISHED]
    if claim is not None and claim.run is not None:
        yield from (run for run in finished if run.run == claim.run)
    elif claim is not None:
        for run in reversed(finished):
            started = history.started(run.run)
            moment = f"assessed {local(started.now, started.program.zone)}"
            if moment in claim.text and f"release {run.release} " in claim.text:
                yield run


def _same_again(
    history: History, run: Run, file: CheckedFile, name: str | None = None
) -> tuple[Rendering, tuple[str, ...]] | None:
    """Return what the record gives that a file is, and what had to be ignored; None where it is nothing of it.

    Args:
        history: The log.
        run: The run.
        file: The report.
        name: The format; None takes the file's word.
    """
    name = name or (file.claim.format if file.claim is not None else None)
    return None if name is None else same_as(view_of(history, run), name, file.forms)


def _ignoring(ignored: Sequence[str]) -> list[str]:
    """Say what of a file is no part of the report, and was not compared."""
    return [f"Not compared, since a mail or a command changes it: {listing(list(ignored), most=9)}."] if ignored else []


def _about(history: History, run: Run) -> list[str]:
    if run.state is not RunState.FINISHED or run.now is None:
        return []
    return [
        f"run {run.run}: {run.verdict} for {run.program}, release {run.release}, "
        f"judged as of {run.now:%Y-%m-%d %H:%M} UTC. {history.started(run.run).kind.sentence}"
    ]


def _differs(
    history: History, file: CheckedFile, run: Run | None, notes: Sequence[ReportNote], place: Path
) -> Iterator[str]:
    """Yield what is known about a file that is no report of this record."""
    claim = file.claim
    if run is None:
        named = claim.run if claim is not None else None
        of = f"names the run {named}, and the log has no such run with a verdict"
        moment = "shows a moment at which no run of the log was judged"
        yield f"differs: {file.name} {of if named else moment}."
        yield "Next: ask where the file comes from, or give the log that holds its run."
        return
    ours = without_last_line(file.data, str(run.verdict)) if run.verdict is not None else file.data
    closest = nearest(view_of(history, run), claim.format, ours) if claim is not None else None
    form = (
        f"reads like a report in the format {closest.format}"
        if closest is not None
        else "has no format of gonogo's own"
    )
    yield f"differs: {file.name} {form}, and the record holds no such report of the run {run.run}."
    yield from _about(history, run)
    yield _others(closest, run, notes)
    if closest is not None:
        if closest.moment:
            yield f"Compared with the report{closest.moment.removeprefix(',')}."
        yield from first_differences(ours, closest.data, closest.format)
        recorded = history.started(run.run).envelope.version
        if recorded != VERSION:
            yield f"The run was recorded by gonogo {recorded}. This is {VERSION}, which may use other words."
    yield f"Next: `gonogo report {shown(place)} --run {run.run}` shows what the record says; go by that."


def _others(closest: Rendering | None, run: Run, notes: Sequence[ReportNote]) -> str:
    form = "" if closest is None else " in this format"
    alike = [e for e in notes if e.record.run == run.run and (closest is None or e.rendered.format == closest.format)]
    if not alike:
        return f"No record notes a report of that run{form}."
    noted_ones = [f"record {each.record.seq} by {_by(each.rendered)}, SHA-256 {each.rendered.sha256}" for each in alike]
    return f"Noted reports of that run{form}: {listing(noted_ones, most=4)}."


def _by(rendered: ReportRendered) -> str:
    if "/" in rendered.format:
        return rendered.version
    return f"gonogo {rendered.version}{'' if rendered.version == VERSION else f' (this is {VERSION})'}"


def _next(place: Path) -> str:
    return f"Next: `gonogo log verify {shown(place)}` checks the log, and says by whose key it is signed."
