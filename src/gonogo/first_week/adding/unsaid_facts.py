"""Facts that a sheet left open: unknown, unless another binding or a statement answers them."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from gonogo.first_week.adding.open_program import OpenProgram
from gonogo.first_week.adding.previewing import preview_in
from gonogo.first_week.adding.rival_rows import facts_of_binding
from gonogo.first_week.drafts.answered_draft import AnsweredRow
from gonogo.model.program import STATEMENTS
from gonogo.model.reply import Reply


def unsaid_words(
    program: OpenProgram, waited: Collection[str], sheets: Sequence[Sequence[AnsweredRow]]
) -> Iterator[str]:
    """Yield for each binding that was just confirmed which facts its sheet left open, and who answers them instead.

    Args:
        program: As it is written now.
        waited: Ids of the bindings that waited for a person before.
        sheets: Rows of each sheet.
    """
    confirmed = {each.id: each for each in program.bindings if each.id in waited and each.confirmed is None}
    open_facts = {
        rows[0].answer: [row.about for row in rows if row.tag == "fact" and not row.answer]
        for rows in sheets
        if rows[0].answer in confirmed and confirmed[rows[0].answer].profile is None
    }
    if not any(open_facts.values()):
        return
    answers, waiting = _answered(program)
    for name, facts in open_facts.items():
        by: dict[tuple[str, ...], list[str]] = {}
        for fact in facts:
            others = answers.get(fact) or [f"{each}, once it is confirmed" for each in waiting.get(fact, ())]
            by.setdefault(tuple(each for each in others if each != name), []).append(fact)
        for who, mine in by.items():
            what = f"answered by {' and '.join(who)}" if who else "that stays unknown"
            yield f"{name}: nobody has said which column says {', '.join(mine)}: {what}."


def _answered(program: OpenProgram) -> tuple[dict[str, list[str]], dict[str, list[str]]]:
    """Return the bindings that answer each fact, and those that would once somebody has confirmed them."""
    answers: dict[str, list[str]] = {}
    waiting: dict[str, list[str]] = {}
    for binding in program.bindings:
        if binding.plugin == STATEMENTS:
            reply = preview_in(program, binding)
            facts = [item.fact for item in reply.items if item.gap is None] if isinstance(reply, Reply) else []
        else:
            facts = facts_of_binding(program, binding)
        for fact in facts:
            (answers if binding.confirmed is None else waiting).setdefault(fact, []).append(binding.id)
    return answers, waiting
