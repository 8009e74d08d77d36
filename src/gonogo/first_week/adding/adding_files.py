"""Files added to a program: a new one is drafted, a new version is taken, and what is no evidence is settled once."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from shlex import quote
from typing import Final

from gonogo.errors import UsageError
from gonogo.first_week.adding.another_list import another_list, beside, ways_out
from gonogo.first_week.adding.answered_elsewhere import answered_by, same_headings
from gonogo.first_week.adding.bound_paths import read_now
from gonogo.first_week.adding.catalog_beside import with_catalog_beside
from gonogo.first_week.adding.dated_anew import dated_anew
from gonogo.first_week.adding.newer_content import unfit
from gonogo.first_week.adding.newer_version import Taken, taken_version
from gonogo.first_week.adding.next_update import drafted_beside, with_update
from gonogo.first_week.adding.open_program import OpenProgram
from gonogo.first_week.adding.previewing import preview_in
from gonogo.first_week.adding.program_lines import ProgramLines
from gonogo.first_week.adding.program_writing import load_lines, read_lines
from gonogo.first_week.adding.put_away_beside import put_away_beside
from gonogo.first_week.adding.read_by import FilesRead, HowRead, not_reading
from gonogo.first_week.adding.same_kind import asked_beside, ways_beside
from gonogo.first_week.adding.settled_before import settled_before
from gonogo.first_week.adding.settled_sheets import without_settled
from gonogo.first_week.bindable import only_match
from gonogo.first_week.declared_kinds import declared_kinds
from gonogo.first_week.drafts.completing import leave_to_others
from gonogo.first_week.drafts.draft_terms import DraftTerms
from gonogo.first_week.drafts.other_sheets import asks_more
from gonogo.first_week.drafts.table_file import summary
from gonogo.first_week.file_kinds import FileKind, Recognized, Why
from gonogo.first_week.program_text import binding_text
from gonogo.first_week.proposal import Proposal
from gonogo.first_week.proposals import propose
from gonogo.first_week.prose import plain
from gonogo.first_week.recognition import Survey, recognize
from gonogo.model.program import Binding
from gonogo.plugin.inputs.match import is_wild

_PASSING: Final = (Why.LOCKED, Why.UNFINISHED)
"""What goes away by itself, so that nobody has to settle it."""


@dataclass(slots=True)
class Adding:
    """A program file that is being changed; nothing is written yet.

    Attributes:
        program: The program as it was read.
        lines, before: Its file as it would be, and as it was read or written last.
        told: What a person hears, a line each.
        unconfirmed: Ids of bindings that wait for a person, with what was drafted; None where it was there before.
        changed: Whether anything is to be written.
        waits: Whether a file is left that a person has to settle.
        kept: Where the file before is kept, once anything was written.
        took: Ids of confirmed bindings that took a newer file, with its path.
    """

    program: OpenProgram
    lines: ProgramLines
    before: ProgramLines
    told: list[str] = field(default_factory=list)
    unconfirmed: dict[str, Proposal | None] = field(default_factory=dict)
    changed: bool = False
    waits: bool = False
    kept: Path | None = None
    took: dict[str, str] = field(default_factory=dict)

    @classmethod
    def begin(cls, program: OpenProgram) -> Adding:
        """Begin with the file as it is."""
        return cls(program, lines := read_lines(program.root), lines)

    def go_on(self) -> None:
        """Read the program as its file would be by now, so that the next file is compared with what was just taken.

        Raises:
            ConfigurationError: It would not load.
        """
        if self.changed:
            self.program = replace(self.program, files=load_lines(self.program.root, self.lines))


def add_file(adding: Adding, path: str, replaces: str = "", held: date | None = None) -> None:
    """Bind one file: by what reads it already, as a newer version of a bound one, or by a draft.

    Args:
        adding: The program file that is being changed.
        path: Of the file.
        replaces: Binding whose file it replaces, as a person says; empty where its name has to tell.
        held: The day on which it held, as a person says; None where nobody does.

    Raises:
        UsageError: The program file cannot be changed by a command, or the file cannot replace the other.
    """
    program = adding.program
    settled = program.files.program.not_evidence or {}
    why = next((why for words, why in settled.items() if only_match(words, [path])), None)
    if why is not None:
        told = f"{plain(path)}: not_evidence says why it is none: {plain(why)}"
        if replaces:
            raise UsageError(f"Nothing is replaced. {told}", hint="take it out of not_evidence in gonogo.yaml first")
        adding.told.append(told)
        return
    readers = program.readers(path)
    near = beside(program.root, path, settled)
    strange = next((found for each in readers if (found := another_list(each, path, near))), None)
    if strange is not None and not replaces:
        adding.told.append(f"{plain(path)}: not taken: {strange.why}. {ways_out(path, strange.binding)}")
        adding.waits = True
        return
    reading = FilesRead(program.files)
    stopped = not_reading(reading, readers, path)
    if replaces and replaces not in [each.id for each in readers]:
        _drop_drafts(adding, path, readers)
    elif readers and strange is None and replaces not in stopped:
        for binding in readers:
            if not _take(adding, dated_anew(program, adding.lines, binding, path), path):
                _tell_reader(adding, binding, path, reading.how(binding, path))
        _compare(adding, path)
        _take(adding, taken_version(program, adding.lines, path), path)
        return
    if _take(adding, taken_version(program, adding.lines, path, replaces, held), path):
        return
    if (before := settled_before(program, path) or put_away_beside(program, path)) is not None:
        adding.lines, adding.changed = adding.lines.not_evidence(path, before[0]), True
        adding.told.append(before[1])
        return
    _draft(adding, path)


def _tell_reader(adding: Adding, binding: Binding, path: str, how: HowRead) -> None:
    """Tell that a binding reads a file, or why it does not, or gives nothing."""
    program = adding.program
    if binding.confirmed is not None:
        adding.unconfirmed[binding.id] = None
    if not how.reads:
        ways = f" {ways_out(path, binding.id)}" if path.rpartition("/")[2] in how.why else ""
        adding.told.append(f"{plain(path)}: not read: {how.said.rstrip('.')}.{ways}")
        adding.waits |= bool(how.why)
        return
    state = "read by" if binding.confirmed is None else "bound, and to be confirmed, as"
    wild = next((p for entry in binding.inputs for p in entry.paths if is_wild(p) and "/" in p), "")
    by = f" (by its pattern {plain(wild)})" if wild else ""
    told = f"{plain(path)}: {state} {binding.id}{by}."
    picked = binding.confirmed is None and wild and path == read_now(program, wild)
    if picked and (why := unfit(preview_in(program, binding))):
        told = (
            f"{plain(path)}: the newest of {plain(wild)}, so {binding.id} reads no other, and it gives nothing: "
            f"{plain(why, most=400)} Correct it or export it again, or settle it as no evidence: gonogo add PROGRAM "
            f"{quote(path)} --not-evidence REASON"
        )
        adding.waits = True
    adding.told.append(told)


def _drop_drafts(adding: Adding, path: str, readers: Sequence[Binding]) -> None:
    """Take out the drafts that read a file which replaces that of another binding.

    Raises:
        UsageError: A person has confirmed one of them, or it reads other files too.
    """
    for each in readers:
        alone = all(words == path for entry in each.inputs for words in entry.paths)
        if each.confirmed is None or not alone:
            raise UsageError(
                f"Nothing is replaced. {plain(path)} is read by {each.id}.",
                hint=f"take the binding {each.id} out of gonogo.yaml first",
            )
        adding.lines = adding.lines.without_binding(adding.lines.line_of(each.id)).without_authority(each.id)
        adding.told.append(f"{each.id}: the draft is taken out, because {plain(path)} replaces another file.")


def _take(adding: Adding, found: Sequence[Taken], path: str) -> bool:
    """Take a newer version; return whether it is one."""
    for taken in found:
        adding.told.append(taken.told)
        adding.waits |= taken.waits
        if taken.lines is not None:
            adding.lines, adding.changed = taken.lines, True
            if taken.unconfirmed:
                adding.unconfirmed[taken.binding] = None
        if not (taken.waits or taken.unconfirmed):
            adding.took[taken.binding] = path
    if any(each.lines is not None and not each.waits for each in found):
        _compare(adding, path)
    for taken in found:
        if taken.compared:
            _draft_beside(adding, taken, path)
    return bool(found)


def _compare(adding: Adding, path: str) -> None:
    lines, told = with_update(adding.program, adding.lines, path)
    adding.changed |= lines is not adding.lines
    adding.lines = lines
    adding.told += told


def _draft_beside(adding: Adding, taken: Taken, path: str) -> None:
    program = adding.program
    [binding] = [each for each in program.bindings if each.id == taken.binding]
    terms = program.terms()
    found = recognize(program.root, path, os.path.getsize(program.root / path), declared_kinds())
    for proposal in (
        propose(Survey((found,)), program.root, terms.vocabulary, terms) if isinstance(found, Recognized) else ()
    ):
        for each in drafted_beside(program, binding, taken.compared, path, proposal):
            _add(adding, path, each, terms)
            adding.lines = adding.lines.with_authority(each.authority, each.id) if each.authority else adding.lines


def _draft(adding: Adding, path: str) -> None:
    program = adding.program
    found = recognize(program.root, path, os.path.getsize(program.root / path), declared_kinds())
    if not isinstance(found, Recognized):
        adding.told.append(f"{plain(path)}: not bound. {found.why}. {found.detail}")
        adding.waits = True
        if found.why in _PASSING:
            return
        adding.told.append(f"  If it is no evidence: gonogo add PROGRAM {quote(path)} --not-evidence REASON")
        return
    if found.kind is FileKind.KEV:
        lines, told, waiting = with_catalog_beside(program, adding.lines, path)
        adding.lines, adding.changed = lines, adding.changed or bool(waiting)
        adding.unconfirmed |= dict.fromkeys(waiting)
        adding.told += told
        if told:
            return
    proposals = propose(Survey((found,)), program.root, (terms := program.terms()).vocabulary, terms)
    if not proposals:
        adding.told.append(f"{plain(path)}: not bound. {found.kind}. {found.kind.use.advice}")
        adding.waits = True
        return
    for proposal in without_settled(adding, path, proposals):
        _add(adding, path, proposal, terms)


def _add(adding: Adding, path: str, proposal: Proposal, terms: DraftTerms) -> None:
    program = adding.program
    if proposal.idle:
        reason = proposal.idle_reason(program.rules.ruleset.name)
        adding.lines, adding.changed = adding.lines.not_evidence(path, reason), True
        adding.told.append(f"{plain(path)}: not bound. {reason}; it is listed under not_evidence.")
        return
    if not proposal.active:
        adding.told.append(f"{plain(path)}: not bound. {proposal.kind}. {'; '.join(proposal.missing)}")
        adding.waits = True
        return
    leave_to_others(proposal, answered_by(program), terms)
    alike = next((each for each in program.bindings if proposal.profile and _same_export(each, proposal)), None)
    if alike is not None:
        adding.told.append(
            f"{plain(path)}: not bound. {alike.id} reads an export of {proposal.title} already, for "
            f"the same facts. {ways_beside(path, alike)}"
        )
        adding.waits = True
        return
    if proposal.draft is not None and not proposal.answers and (twin := same_headings(program, path)) is not None:
        adding.told.append(
            f"{plain(path)}: not bound. It has the headings of what {twin.id} reads. {ways_beside(path, twin)}"
        )
        adding.waits = True
        return
    if proposal.beside and not asks_more(proposal, answered_by(program)):
        return
    proposal.questions += asked_beside(program.bindings, path, proposal)
    proposal.id = _free(proposal.id, [*(each.id for each in program.bindings), *adding.unconfirmed])
    build = next(iter(sorted(program.release.builds)), "")
    last = program.bindings[-1].id if program.files.places else None  # that of `attestations:` is written nowhere
    after = next(reversed(adding.unconfirmed), last)
    line = adding.lines.line_of(after) if after is not None else None
    adding.lines = adding.lines.with_binding(list(binding_text(proposal, build)), line)
    adding.unconfirmed[proposal.id] = proposal
    adding.changed = True
    reads = summary(proposal.draft) if proposal.draft is not None else f"answers {', '.join(proposal.answers[:6])}"
    reads = f"{proposal.profile} does not read it: {plain(proposal.unfit, most=300)}" if proposal.unfit else reads
    what = f"{proposal.kind}, sheet {plain(proposal.sheet)}" if proposal.beside else proposal.kind
    adding.told.append(f"{plain(path)}: {what}, drafted as the binding {proposal.id}; {reads}.")
    adding.told += [f"  ask: {plain(question, most=400)}" for question in proposal.asked]


def _same_export(binding: Binding, proposal: Proposal) -> bool:
    """Whether a binding reads an export of the same tool for the same facts."""
    name = binding.profile.name if binding.profile is not None else ""
    return name == proposal.profile.partition("@")[0] and binding.prefix == proposal.prefix


def _free(name: str, taken: Sequence[str]) -> str:
    made, number = name, 2
    while made in taken:
        made = f"{name}-{number}"
        number += 1
    return made
