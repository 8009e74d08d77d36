"""What a binding reads from one file now, in lines for a person: as a run of the program around the file reads it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC
from functools import partial
from pathlib import Path

from gonogo.first_week.adding.drafted_binding import program_of_lines
from gonogo.first_week.adding.open_program import OpenProgram
from gonogo.first_week.adding.previewing import preview, preview_in
from gonogo.first_week.adding.silent_documents import WHEN, read_undated
from gonogo.first_week.adding.told_figures import ToldFigures
from gonogo.first_week.drafts.draft_terms import DraftTerms
from gonogo.first_week.program_text import binding_text
from gonogo.first_week.proposal import Proposal
from gonogo.first_week.prose import plain
from gonogo.model.program import Binding
from gonogo.model.reply import Reply


def read_of(
    proposal: Proposal, root: Path, around: OpenProgram | None, terms: DraftTerms
) -> tuple[list[str], tuple[str, ...]]:
    """Return what a binding would read today, a line each, and the question when it held.

    Beside a program it is read as a run of that program would: by its go-live, its days off and its people.
    """
    if around is None:
        alone = program_of_lines(list(binding_text(proposal, "")))
        read = partial(preview, alone, root=root, release=alone.releases[0], now=terms.now)
        return answers_of_binding(alone.bindings[0], read, ToldFigures(terms.vocabulary, UTC))
    build, identity = next(iter(sorted(around.release.builds)), ""), around.files.program.identity
    lines = list(binding_text(proposal, build))
    program = program_of_lines(lines, zone=identity.time_zone, release=around.release.id, build=build)
    return answers_of_binding(program.bindings[0], partial(preview_in, around), around.figures)


def answers_of_binding(
    binding: Binding, read: Callable[[Binding], Reply | str], figures: ToldFigures
) -> tuple[list[str], tuple[str, ...]]:
    """Return what is read by a binding, and the question when it held if nothing says so and nobody confirmed it."""
    reply = read(binding)
    if isinstance(reply, str):
        return [f"  nothing: {plain(reply, most=600)}"], ()
    undated = read_undated(binding, reply, read) if binding.confirmed is not None else None
    return figures.lines(undated or reply), (WHEN,) if undated is not None else ()
