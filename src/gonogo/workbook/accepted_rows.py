"""Rows of the sheet Acceptances: those that stand, and a draft for each open item that the last run recorded."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import count
from typing import Final

from gonogo.audit.history import History, open_history
from gonogo.errors import GonogoError
from gonogo.model.acceptance import Acceptance
from gonogo.model.evidence import Evidence
from gonogo.model.fact import Bound, Vocabulary
from gonogo.model.program import Release
from gonogo.program.program_file import ProgramFiles
from gonogo.report.view import RunView
from gonogo.workbook.export_columns import ExportedItem, exported_items

_TOLD: Final = 10
NO_RUN: Final = (
    "No run of this release is recorded yet, so no open item is drafted on the sheet Acceptances; run `gonogo "
    "progress`, then write the workbook again."
)


def accepted_and_drafted(
    loaded: ProgramFiles, vocabulary: Vocabulary, release: Release
) -> tuple[tuple[Acceptance, ...], list[str]]:
    """Return the acceptances as they stand with a draft for each other open item, and what a person should know."""
    kept = tuple(one for one in loaded.acceptances if not one.unreadable)
    if not vocabulary.registers:
        return kept, []
    view = _last_run(loaded, release)
    if view is None:
        return kept, [NO_RUN]
    several = release.id if len(loaded.program.releases) > 1 else None
    drafted, remarks = _drafts(kept, view.evidence, vocabulary, loaded, release=several)
    return (*kept, *drafted), remarks


def _drafts(
    kept: Iterable[Acceptance],
    evidence: Iterable[Evidence],
    vocabulary: Vocabulary,
    loaded: ProgramFiles,
    *,
    release: str | None,
) -> tuple[list[Acceptance], list[str]]:
    """A draft names nobody and no day: whatever an export says of its item, nobody has signed an acceptance of it."""
    bindings = {binding.id: binding for binding in loaded.program.bindings}
    known = {entry.fact: entry for entry in evidence}
    there = {(one.register_id, one.item) for one in kept if release is None or one.release == release}
    taken = {one.id for one in kept}
    names = (name for number in count(1) if (name := f"A-{number:03}") not in taken)
    found: list[Acceptance] = []
    remarks: list[str] = []
    for register in vocabulary.registers or ():
        entry = known.get(register.fact)
        if entry is None:
            continue
        bound = vocabulary[register.fact].bound is Bound.BUILD
        build = (entry.subject.build or "") if bound else ""
        said = exported_items(loaded.root, bindings.get(entry.source.binding), entry)
        for key in entry.open_items or ():
            if (register.id, key) not in there:
                one = said.get(key, ExportedItem())
                found.append(
                    Acceptance(
                        id=next(names), register_id=register.id, item=key, build=build, release=release, **one.drafted
                    )
                )
                remarks += [_unsigned(found[-1], one)] if one.person else []
    return found, [*remarks[:_TOLD], *([f"{len(remarks) - _TOLD} more like these."] if len(remarks) > _TOLD else [])]


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
