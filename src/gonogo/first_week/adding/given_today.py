"""What each fact of a binding comes to today, in words, with rows that count and one that does not."""

from __future__ import annotations

from typing import Final

from gonogo.first_week.adding.binding_sheets import kept_back
from gonogo.first_week.adding.open_program import OpenProgram
from gonogo.first_week.adding.previewing import preview_in
from gonogo.first_week.adding.sheet_line import shown
from gonogo.first_week.adding.told_figures import left_out_rows
from gonogo.first_week.adding.told_reasons import told_reason
from gonogo.first_week.drafts.counting_rows import counting_rows
from gonogo.first_week.drafts.drafted_settings import settings_of
from gonogo.first_week.drafts.row_examples import examples_of
from gonogo.first_week.proposal import Proposal
from gonogo.first_week.prose import in_short
from gonogo.model.program import Binding
from gonogo.model.reply import Reply

_LONG: Final = 240


def reply_today(opened: OpenProgram, binding: Binding, proposal: Proposal | None) -> Reply | str:
    """Return what a binding answers if it is confirmed as it stands; why it answers nothing, in words.

    Args:
        opened: The program.
        binding: One of its bindings.
        proposal: As it is drafted now; None where a collector reads the file as it is.
    """
    if proposal is not None and proposal.draft is not None:
        settings = settings_of(proposal.draft, opened.now, guessed=True)
        binding = binding.model_copy(update={"settings": settings})  # the draft of today, not that of the file
    return preview_in(opened, binding)


def given_today(opened: OpenProgram, proposal: Proposal | None, reply: Reply | str) -> dict[str, str]:
    """Return what the facts of a binding come to if it is confirmed as it stands, or why they come to nothing.

    Args:
        opened: The program.
        proposal: As it is drafted now; None where a collector reads the file as it is.
        reply: What it answers.
    """
    if isinstance(reply, str):
        return {"nothing": in_short(reply, most=_LONG)}
    if reply.failure is not None:
        return {"nothing": _why(reply.failure.detail)}
    found = {
        item.fact: opened.figures.alone(item) if item.gap is None else f"unknown, {_why(item.detail)}"
        for item in reply.items
        if item.fact in opened.rules.vocabulary
    }
    told: set[str] = set()
    for item in reply.items:
        words = left_out_rows(item) if item.fact in found else ""
        if words and words not in told:  # once for all facts of the same rows
            told.add(words)
            found[item.fact] += f" (left out: {words})"
    draft = proposal.draft if proposal is not None else None
    if draft is None or not draft.mapping.columns:
        return found
    first = next(iter(draft.mapping.key.split(", ")), "")
    guess = draft.mapping.columns.get(first) or next(iter(draft.mapping.columns.values()))
    cells = [str(row[guess.index]) for row in draft.mapping.grid.rows]
    hashed = kept_back(guess, cells, about_people=bool(draft.mapping.people))
    which, counting = counting_rows(draft)
    for each in draft.used:
        if each.fact.name not in found:
            continue
        beside = [which] if which else []
        rows = examples_of(counting, each, opened.now, numbered=hashed) if counting is not None else None
        if rows is not None:
            counts, others = (shown(some, hashed=False) if some else "no row" for some in rows)
            beside += [f"counted: {counts}", f"not: {others}"]
        found[each.fact.name] += f" ({'; '.join(beside)})" if beside else ""
    return found


def _why(detail: str) -> str:
    return in_short(told_reason(detail), most=_LONG)
