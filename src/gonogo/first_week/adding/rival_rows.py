"""Two bindings that answer one fact: which counts is asked in the binding workbook, and written as authority."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from gonogo.first_week.adding.open_program import OpenProgram
from gonogo.first_week.adding.program_lines import ProgramLines
from gonogo.first_week.adding.sheet_line import SheetLine
from gonogo.first_week.drafts.answered_draft import AnsweredRow
from gonogo.first_week.drafts.words_that_count import WrongAnswerInSheet
from gonogo.first_week.prose import plain
from gonogo.model.program import Binding
from gonogo.plugin.discovery import discover
from gonogo.plugin.trial import try_settings

TAG: Final = "which counts"


def rivals_of(program: OpenProgram, binding: Binding) -> dict[str, list[str]]:
    """Return each other binding that answers facts of this one too, with these facts."""
    mine = set(facts_of_binding(program, binding))
    found = {
        each.id: sorted(mine & set(facts_of_binding(program, each))) for each in program.bindings if each is not binding
    }
    return {name: facts for name, facts in found.items() if facts}


def facts_of_binding(program: OpenProgram, binding: Binding) -> list[str]:
    """Return the facts of the ruleset that a binding answers, as its collector declares them."""
    known = program.rules.vocabulary
    names = list(binding.settings.get("facts", {})) if binding.plugin == "table" else _declared(binding)
    full = [f"{binding.prefix}.{name}" if binding.prefix else name for name in names]
    return [name for name in full if name in known]


def _declared(binding: Binding) -> list[str]:
    entry = discover().get(binding.plugin)
    if entry is None or not entry.builtin:
        return []
    [answer] = try_settings([(entry, binding.collector, binding.settings)])
    return [] if answer.refused else [fact.name for fact in answer.facts]


def rival_rows(program: OpenProgram, binding: Binding) -> Iterator[SheetLine]:
    """Yield which binding counts, for each other one that answers facts of this one."""
    for other, facts in rivals_of(program, binding).items():
        settled = {program.files.program.authority.get(fact) for fact in facts}
        answer = next((each for each in settled if each), "") if len(settled) == 1 else ""
        shown = ", ".join(facts[:3]) + (f" and {len(facts) - 3} more" if len(facts) > 3 else "")
        note = f"{plain(other)} answers {shown} too. Which counts? Blank: where they differ, neither does."
        yield SheetLine(TAG, other, answer=answer, offered=(binding.id, other), note=note)


def take_rivals(
    program: OpenProgram, binding: Binding, rows: Sequence[AnsweredRow], lines: ProgramLines
) -> ProgramLines:
    """Return the program file with what a person said of rivals.

    Raises:
        WrongAnswerInSheet: The answer is neither binding.
        UsageError: The file cannot be changed by a command.
    """
    rivals = rivals_of(program, binding)
    for row in rows:
        if row.tag != TAG or not row.answer or row.about not in rivals:
            continue
        if row.answer not in (binding.id, row.about):
            raise WrongAnswerInSheet(f"{row.place}: `{row.answer}` is neither {binding.id} nor {row.about}")
        if lines.has(row.answer):  # another sheet may just have settled that it is no evidence
            lines = lines.with_authority(rivals[row.about], row.answer)
    return lines
