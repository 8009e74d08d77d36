"""One file looked at, with or without a program: what would be read from it, what not, and which rows look odd."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Final

from gonogo.documents.files import real
from gonogo.errors import ConfigurationError, UsageError
from gonogo.first_week.adding.each_choice import lines_by_choice
from gonogo.first_week.adding.open_program import OpenProgram, open_program
from gonogo.first_week.adding.previewing import preview_in
from gonogo.first_week.adding.program_writing import NAME
from gonogo.first_week.adding.read_by import FilesRead
from gonogo.first_week.adding.reading_now import answers_of_binding, read_of
from gonogo.first_week.declared_kinds import Declared, declared_kinds
from gonogo.first_week.drafts.draft_terms import DraftTerms, owners_of, required_of
from gonogo.first_week.drafts.fit_told import fit_words
from gonogo.first_week.drafts.other_sheets import sheets_left, unread_words
from gonogo.first_week.drafts.profiled import as_saved, bind_by_profile, profile_questions
from gonogo.first_week.drafts.table_draft import TableDraft
from gonogo.first_week.drafts.table_file import settled_by_draft
from gonogo.first_week.file_kinds import FileKind, Recognized, Unrecognized
from gonogo.first_week.mapping import TableMapping, map_file
from gonogo.first_week.profile_heads import fits_of
from gonogo.first_week.proposal import Proposal
from gonogo.first_week.proposals import propose
from gonogo.first_week.prose import counted, plain
from gonogo.first_week.recognition import Survey, recognize
from gonogo.model.program import Binding
from gonogo.profiles.profile import Profile
from gonogo.profiles.shelf import find_profile, program_folders, shelf
from gonogo.ruleset.loader import ruleset_by_name
from gonogo.text import did_you_mean, listed

_SHOWN: Final = 6
_RULESET: Final = "m3-baseline"
_BINDS: Final = "`gonogo add PROGRAM FILE` binds it, to be confirmed."
_LEFT_OUT: Final = ("{group_title: left_out}", "{repeated_heading: left_out}")
_TABLES: Final = (".csv", ".tsv", ".txt", ".xlsx", ".xlsm", ".json")


@dataclass(frozen=True, slots=True)
class FileLook:
    """What one file would give.

    Attributes:
        name: Of the file.
        what: What it is, and what reads it.
        answers: What would be answered, and what not, a line each.
        unread: What is there and not read.
        odd: Rows and cells that look odd.
        asked: What only a person knows.
        bound: The binding of the program that reads it; empty for none.
        remarks: Why it is proposed so, and how surely.
        assumed: What the collector took from the file for its settings, and nobody has confirmed.
        adding: What ``gonogo add`` does with it.
    """

    name: str
    what: str
    answers: tuple[str, ...] = ()
    unread: tuple[str, ...] = ()
    odd: tuple[str, ...] = ()
    asked: tuple[str, ...] = ()
    bound: str = ""
    remarks: tuple[str, ...] = ()
    assumed: tuple[str, ...] = ()
    adding: str = _BINDS

    def lines(self) -> Iterator[str]:
        """Yield what a person reads, in one screen."""
        yield f"{plain(self.name)}: {self.what}"
        if self.answers:
            yield f"Read today{f' by the binding {self.bound}' if self.bound else ', as it would be bound'}:"
            yield from self.answers
        odd = tuple(each for each in self.odd if each not in self.asked)
        parts = {"Assumed": self.assumed, "Not read": self.unread, "Looks odd": odd, "Only a person knows": self.asked}
        for title, found in parts.items():
            if found:
                yield f"{title}:"
                yield from (f"  {plain(each, most=300)}" for each in found[:_SHOWN])
                if len(found) > _SHOWN:
                    yield f"  and {len(found) - _SHOWN} more"
        if not self.bound:
            yield f"Nothing is bound by this. {self.adding}"


def check_file(file: Path, *, reads: str = "", program: Path | None = None, now: datetime | None = None) -> FileLook:
    """Look at one file.

    Args:
        file: The file.
        reads: The collector that is to read it; empty for the one that recognizes it.
        program: Its program; the one around the file by default.
        now: What counts as now; the clock by default.

    Raises:
        UsageError: There is no such file or collector, or nothing can read it.
        ConfigurationError: The program that is named has mistakes.
    """
    if file.is_symlink():
        raise UsageError(f"{file} is a link, and links are not followed.", hint="give the file itself, or copy it here")
    path = real(file)
    if not path.is_file():
        raise UsageError(f"{file} is {'a folder' if path.is_dir() else 'no file'}.", hint="give one file")
    around = _around(path, program, now)
    root = around.root if around is not None and path.is_relative_to(real(around.root)) else path.parent
    name = path.relative_to(real(root)).as_posix()
    if around is not None and not reads and (readers := around.readers(name)):
        return _of_readers(path, name, readers, around)
    terms = around.terms() if around is not None else _terms(now or datetime.now(UTC))
    proposal = _proposed(root, name, reads, terms)
    return _looked_at(path, root, proposal, around, terms)


def _of_readers(path: Path, name: str, readers: Sequence[Binding], around: OpenProgram) -> FileLook:
    """Return what a bound file gives: of a workbook each of whose sheets has a binding, by every one of them."""
    lines, asked, states = list[str](), list[str](), list[str]()
    reading = FilesRead(around.files)
    for binding in readers:
        how = reading.how(binding, name)
        if not how.reads:
            states.append(f"named by {binding.id} and not read: {how.said}")
            continue
        answers, when = answers_of_binding(binding, partial(preview_in, around), around.figures)
        lines += [f"  by {binding.id}:", *answers] if len(readers) > 1 else answers
        asked += when
        state = "" if binding.confirmed is None else "; nobody has confirmed that binding, so no run reads it"
        states.append(f"bound as {binding.id}{state}")
    return FileLook(
        path.name, ", and ".join(states), tuple(lines), asked=tuple(dict.fromkeys(asked)), bound=readers[0].id
    )


def _around(path: Path, program: Path | None, now: datetime | None) -> OpenProgram | None:
    if program is not None:
        return open_program(program, now)
    folder = next((at for at in path.parents if (at / NAME).is_file()), None)
    if folder is None:
        return None
    try:
        return open_program(folder, now)
    except ConfigurationError as error:
        raise UsageError(
            f"The program around it has mistakes: {error.problems[0].what}.",
            hint=f"`gonogo lint {folder}` names them all; or copy the file elsewhere and check it there",
        ) from error


def _terms(now: datetime) -> DraftTerms:
    rules = ruleset_by_name(_RULESET)
    return DraftTerms(rules.vocabulary, required_of(rules.ruleset, rules.vocabulary), owners_of(rules.ruleset), (), now)


def _proposed(root: Path, name: str, reads: str, terms: DraftTerms) -> Proposal:
    declared = declared_kinds()
    profile = find_profile(reads, shelf(program_folders(root))) if reads else ""
    if isinstance(profile, Profile):
        return _by_profile(root, name, profile, terms)
    found = recognize(root, name, os.path.getsize(root / name), declared)
    found = _as_told(name, reads, declared, found) if reads else found
    if not isinstance(found, Recognized):
        raise UsageError(f"{found.path}: {found.why}. {found.detail}", hint=_as_table(root / name, terms))
    proposals = propose(Survey((found,)), root, terms.vocabulary, terms)
    if not proposals:
        raise UsageError(f"{name}: {found.kind}. {found.kind.use.advice}")
    others = [plain(each.sheet, most=40) for each in proposals[1:] if each.beside]
    first, left = proposals[0], sheets_left(proposals).get(name, [])
    first.remarks += [f"drafted as bindings of their own: the sheets {listed(others, most=6)}"] if others else []
    first.questions += [f"Is another sheet evidence: {unread_words(left)}?"] if left else []
    return first


def _as_table(path: Path, terms: DraftTerms) -> str:
    """Return the advice to read a file as a table; empty where a table refuses it."""
    if path.suffix.lower() not in _TABLES:
        return ""
    try:
        found = map_file(path, bounds=terms.bounds)
    except UsageError:
        return ""
    bare = path.suffix.lower() == ".txt" and len(found.grid.headings) == 1  # any text has a first line
    return "" if bare else "`--as table` reads it as a table"


def _by_profile(root: Path, name: str, profile: Profile, terms: DraftTerms) -> Proposal:
    """Return the binding of a file by the profile that a person names, also where nothing else tells that it is one.

    Raises:
        UsageError: The file does not fit it; with the difference.
    """
    path = root / name
    mapping = map_file(path, bounds=terms.bounds)
    kind = _kind_of(mapping)
    found = next(iter(fits_of(path, [profile])), None)
    if found is None or not found.fits:
        difference = found.difference if found is not None else "few of its columns are there"
        raise UsageError(
            f"{path.name} is no export of {profile.title}: {difference}.",
            hint=f"`gonogo profile show {profile.reference}` names its columns",
        )
    [proposal] = propose(Survey((Recognized(name, kind),)), root, terms.vocabulary, terms)
    proposal.draft, proposal.settings, proposal.remarks = None, {}, []
    bind_by_profile(proposal, found, (), terms)
    if own := as_saved(proposal, found, mapping):
        proposal.settings = {"tables": own}
    proposal.of_draft = list(profile_questions(proposal, found, mapping, terms))
    return proposal


def _kind_of(mapping: TableMapping) -> FileKind:
    if mapping.grid.records:
        return FileKind.JSON
    return FileKind.XLSX if mapping.grid.typed else FileKind.CSV


def _as_told(name: str, reads: str, declared: Declared, own: Recognized | Unrecognized) -> Recognized:
    """Return a file as one that a collector reads, of the kind that it is where the collector knows that."""
    if reads == "table":
        endings = {".xlsx": FileKind.XLSX, ".json": FileKind.JSON}
        return Recognized(name, endings.get(Path(name).suffix.lower(), FileKind.CSV))
    kinds = [each for each in declared.kinds if reads in (each.use.collector, each.entry.name)]
    if not kinds:
        names = [
            "table",
            *(each.name for each in shelf()),
            *dict.fromkeys(each.use.collector for each in declared.kinds),
        ]
        hint = did_you_mean(reads, names, otherwise=f"files are read by {listed(names, most=20)}")
        raise UsageError(f"There is no collector or profile {reads!r} that reads a file.", hint=hint)
    return own if isinstance(own, Recognized) and own.kind in kinds else Recognized(name, replace(kinds[0], told=True))


def _looked_at(path: Path, root: Path, proposal: Proposal, around: OpenProgram | None, terms: DraftTerms) -> FileLook:
    by = (
        f"`{proposal.collector}` with the profile {proposal.profile}" if proposal.profile else f"`{proposal.collector}`"
    )
    other = f"{proposal.profile} does not read it: {plain(proposal.unfit, most=300)}"
    what = f"{proposal.kind}; {other}" if proposal.unfit else f"{proposal.kind}, read by {by}"
    if not proposal.profile and proposal.collector == "table" and (like := fit_words(path, root)):
        what += f"; {like}"
    adding = _BINDS
    if proposal.idle and around is not None:
        reason = proposal.idle_reason(around.rules.ruleset.name)
        adding = "`gonogo add PROGRAM FILE` lists it under not_evidence, and binds nothing."
        return FileLook(path.name, what, asked=(f"{reason}.",), adding=adding)
    if proposal.idle:  # the ruleset only stands in where there is no program
        why = proposal.idle_reason(_RULESET)
        adding = f"{why}, so `gonogo add PROGRAM FILE` binds it only in a program whose ruleset does."
        proposal.idle = False
    proposal.maker = proposal.maker or "nobody"
    if not proposal.active:
        read = lines_by_choice(proposal, lambda chosen: read_of(chosen, root, around, terms)[0])
        return FileLook(path.name, what, tuple(read), asked=(*proposal.missing, *proposal.asked), adding=adding)
    answers, when = read_of(proposal, root, around, terms)
    unread, odd = (_unread(proposal.draft), _odd(proposal.draft)) if proposal.draft is not None else ([], [])
    asked = (*proposal.asked, *when)
    remarks, assumed = tuple(proposal.remarks), tuple(proposal.assumed)
    found = (tuple(answers), tuple(unread), tuple(odd), asked)
    return FileLook(path.name, what, *found, remarks=remarks, assumed=assumed, adding=adding)


def _unread(draft: TableDraft) -> list[str]:
    mapping = draft.mapping
    rows = counted(len(mapping.grid.rows), "row")
    about = f" about {draft.group}" if draft.group else ""
    tables = [
        f"{rows}{about}; columns that no fact needs: {listed([plain(each, most=40) for each in _ignored(draft)])}"
    ]
    return [
        *tables,
        *_left_out(mapping),
        *(f"{each.fact.name}: {each.fact.question}" for each in draft.facts if each.required and not each.use),
    ]


def _left_out(mapping: TableMapping) -> list[str]:
    """Return which rows the draft leaves out of that number: titles of groups, and headings that are repeated."""
    notes = [note for note in mapping.notes if any(words in note.sentence for words in _LEFT_OUT)]
    return [f"{note.where}: {note.sentence.partition(';')[0]}; left out of the rows" for note in notes]


def _ignored(draft: TableDraft) -> list[str]:
    named = {part.column for each in draft.used for part in (*each.where, *each.among)}
    named |= {name for each in draft.used for name in (each.of, each.whole)} | {*draft.mapping.key.split(", ")}
    return [guess.heading for name, guess in draft.mapping.columns.items() if name not in named] or ["none"]


def _odd(draft: TableDraft) -> list[str]:
    """Return what looks odd, without what the draft settles and without cells of columns that nothing reads."""
    unread = {f"({heading})" for heading in _ignored(draft)}
    notes = [note for note in draft.mapping.notes if not settled_by_draft(note)]
    notes = [note for note in notes if not any(note.where.endswith(heading) for heading in unread)]
    return [str(note) for note in sorted(notes, key=lambda note: not note.stops)]
