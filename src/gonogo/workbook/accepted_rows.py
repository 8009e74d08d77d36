"""Rows of the sheet Acceptances: those that stand, and a draft for each open item that the last run recorded."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from itertools import count
from typing import Final

from gonogo.audit.history import History, open_history
from gonogo.core.exposure import DIMENSIONS
from gonogo.core.register_facts import read_by
from gonogo.core.wording import listing, percent_text
from gonogo.errors import GonogoError
from gonogo.exports.export_cells import UnreadCell
from gonogo.exports.export_columns import ExportedItem, exported_items, kept_closed
from gonogo.model.acceptance import Acceptance
from gonogo.model.evidence import Evidence
from gonogo.model.fact import Bound, Vocabulary
from gonogo.model.finding import Status
from gonogo.model.program import Binding, Release
from gonogo.model.ruleset import Ruleset
from gonogo.program.program_file import ProgramFiles
from gonogo.report.view import RunView
from gonogo.report.words import count as counted

_TOLD: Final = 10
_CELLS: Final = 100
"""Drafts whose cells that are not read are named; what a person must type is not cut like a remark."""
NO_RUN: Final = (
    "No run of this release is recorded yet, so no open item is drafted on the sheet Acceptances; run `gonogo "
    "progress`, then write the workbook again."
)


@dataclass(frozen=True, slots=True)
class Drafts:
    """The rows of acceptances.

    Attributes:
        rows: The acceptances as they stand, then a draft for each other open item.
        remarks: What a person should know.
        unread: Id of a draft to the cells of its export that it does not take over, by field.
    """

    rows: tuple[Acceptance, ...]
    remarks: list[str] = field(default_factory=list)
    unread: Mapping[str, Mapping[str, UnreadCell]] = field(default_factory=dict)


def accepted_and_drafted(
    loaded: ProgramFiles, vocabulary: Vocabulary, release: Release, *, needed: Mapping[str, frozenset[str]]
) -> Drafts:
    """Return the acceptances as they stand with a draft for each other open item, and what a person should know.

    Args:
        loaded: The program.
        vocabulary: Declares the registers.
        release: The release.
        needed: Register to the criteria that read it; items of others are not drafted.
    """
    kept = tuple(one for one in loaded.acceptances if not one.unreadable)
    if not vocabulary.registers:
        return Drafts(kept)
    view = _last_run(loaded, release)
    if view is None:
        return Drafts(kept, [NO_RUN])
    several = release.id if len(loaded.program.releases) > 1 else None
    waiting = {one.criterion for one in view.findings if one.status is Status.NOT_DUE}
    state = {name: bool(readers - waiting) for name, readers in needed.items()}
    return _drafts(kept, view.evidence, vocabulary, loaded, release=several, due=state)


def needed_registers(
    ruleset: Ruleset, vocabulary: Vocabulary, adopt: Iterable[str] | None
) -> dict[str, frozenset[str]]:
    """Return the registers that criteria or holds read, now or at a later milestone, with the ids of these.

    Args:
        ruleset: The criteria.
        vocabulary: Declares the registers.
        adopt: Criteria that the program has adopted; None for all.
    """
    ids = None if adopt is None else frozenset(adopt)
    used = [one for one in ruleset.criteria if one.not_applicable is None and (ids is None or one.id in ids)]
    readers: dict[str, frozenset[str]] = {}
    for one in (*used, *ruleset.holds):
        for register in read_by(one, vocabulary):
            readers[register.id] = readers.get(register.id, frozenset()) | {one.id}
    return readers


def _drafts(
    kept: Iterable[Acceptance],
    evidence: Iterable[Evidence],
    vocabulary: Vocabulary,
    loaded: ProgramFiles,
    *,
    release: str | None,
    due: Mapping[str, bool],
) -> Drafts:
    """A draft names nobody and no day: whatever an export says of its item, nobody has signed an acceptance of it."""
    bindings = {binding.id: binding for binding in loaded.program.bindings}
    known = {entry.fact: entry for entry in evidence}
    kept = tuple(kept)
    given = [one for one in kept if release is None or one.release == release]
    there = {(one.register_id, one.item) for one in given}
    taken = {one.id for one in kept}
    names = (name for number in count(1) if (name := f"A-{number:03}") not in taken)
    found: list[Acceptance] = []
    notes: list[str] = []
    remarks: list[str] = []
    cells: list[str] = []
    unread: dict[str, Mapping[str, UnreadCell]] = {}
    for register in vocabulary.registers or ():
        entry = known.get(register.fact)
        if entry is None:
            continue
        bound = vocabulary[register.fact].bound is Bound.BUILD
        build = (entry.subject.build or "") if bound else ""
        binding = bindings.get(entry.source.binding)
        export = exported_items(loaded.root, binding, entry)
        said = export.items
        remarks += [
            sentence
            for accepted in given
            if accepted.register_id == register.id and accepted.item in said
            for sentence in _smaller(accepted, said[accepted.item])
        ]
        keys = [key for key in entry.open_items or () if (register.id, key) not in there]
        notes += _about(register.id, binding, len(keys), due=due.get(register.id))
        notes += [
            f"Register {register.id}: {sentence}" for sentence in export.passed_over if keys and register.id in due
        ]
        for key in keys:
            if register.id in due:
                one = said.get(key, ExportedItem())
                found.append(
                    Acceptance(
                        id=next(names), register_id=register.id, item=key, build=build, release=release, **one.drafted
                    )
                )
                remarks += [_unsigned(found[-1], one)] if one.person else []
                cells += [_not_read(found[-1], one)] if one.unread else []
                unread[found[-1].id] = one.unread
    return Drafts((*kept, *found), [*notes, *_cut(remarks, _TOLD), *_cut(cells, _CELLS)], unread)


def _cut(sentences: list[str], most: int) -> list[str]:
    """Return the first sentences, and how many more there are."""
    left = len(sentences) - most
    return [*sentences[:most], *([f"{left:,} more like these."] if left > 0 else [])]


def _about(register: str, binding: Binding | None, items: int, *, due: bool | None) -> Iterator[str]:
    """Say of a register why its open items have no drafts, or drafts without anything from its export."""
    if items and due is None:
        yield f"Register {register}: no criterion reads it, so nothing is drafted for {counted(items, 'open item')}."
        return
    if items and not due:
        yield (
            f"Register {register}: no criterion that reads it was due in the last run, so "
            f"{counted(items, 'draft needs', 'drafts need')} no signature yet."
        )
    if items and binding is not None and kept_closed(binding):
        yield (
            f"Register {register}: its source is marked {binding.handling.marking}, so no column of it is read, and "
            f"{counted(items, 'draft')} must be filled in by hand."
        )


def _smaller(one: Acceptance, said: ExportedItem) -> Iterator[str]:
    """Say that an acceptance grants a smaller share than the row of its item names; it counts all the same."""
    for name in DIMENSIONS:
        share, row = getattr(one, name), said.drafted.get(name)
        if share is not None and row is not None and share < row:
            yield (
                f"{one.id} ({one.item}): {said.file} says {percent_text(Fraction(row))} of the {name}, and the "
                f"acceptance says {percent_text(Fraction(share))}. If it counts, it counts with its own share."
            )


def _not_read(draft: Acceptance, said: ExportedItem) -> str:
    """Name each cell once, though the three shares may come from one cell."""
    parts: dict[UnreadCell, list[str]] = {}
    for part, cell in said.unread.items():
        parts.setdefault(cell, []).append(part.replace("_", " "))
    cells = [
        f"{cell.where}: {cell.text!r} is not read as {listing(names)}: {cell.how}" for cell, names in parts.items()
    ]
    return f"{draft.id} ({draft.item}): what cannot be read stays blank. {'. '.join(cells)}."


def _unsigned(draft: Acceptance, said: ExportedItem) -> str:
    day = f" on {said.on}" if said.on else ""
    return (
        f"{draft.id} ({draft.item}): {said.file} says that {said.person} accepted it{day}. That does not count until "
        "this person fills in person, seat and day."
    )


def _last_run(loaded: ProgramFiles, release: Release) -> RunView | None:
    """Return the last recorded run of the release; None where there is none, or the log cannot be read."""
    try:
        history: History = open_history(loaded.root / loaded.program.log)
        runs = history.finished(loaded.program.identity.id, release.id, rehearsal=True)
        return RunView.of(history.report_records(runs[-1]), runs[-1].run) if runs else None
    except GonogoError:
        return None
