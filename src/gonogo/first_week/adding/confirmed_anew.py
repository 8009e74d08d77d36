"""A binding that was confirmed, waits again and is confirmed anew: what a person said of it before stays as it is."""

from __future__ import annotations

from collections.abc import Sequence

from gonogo.errors import UsageError
from gonogo.first_week.adding.adding_files import Adding
from gonogo.first_week.adding.asked_sheets import asked_of_binding
from gonogo.first_week.adding.binding_lines import digest_of_binding, signed, with_part
from gonogo.first_week.adding.changed_answers import changed_rows
from gonogo.first_week.adding.confirming import tell_unknown
from gonogo.first_week.adding.correcting import as_confirmed_again, write_answers
from gonogo.first_week.adding.idle_meanings import idle_meanings
from gonogo.first_week.adding.previewing import waits_for_a_day
from gonogo.first_week.adding.program_writing import read_lines
from gonogo.first_week.adding.released_build import OF_BUILD, subject_lines
from gonogo.first_week.adding.rival_rows import facts_of_binding, take_rivals
from gonogo.first_week.adding.said_day import dated_otherwise, said_rule
from gonogo.first_week.adding.sheet_line import SEEN
from gonogo.first_week.adding.waiting_lines import settled
from gonogo.first_week.adding.written_settings import binding_as_written
from gonogo.first_week.drafts.answered_draft import AnsweredRow
from gonogo.first_week.drafts.empty_lists import counts_none
from gonogo.first_week.proposal import Proposal
from gonogo.first_week.prose import plain, quoted
from gonogo.model.program import Binding
from gonogo.text import listed

_ELSEWHERE = frozenset({"side", "producer", "held", OF_BUILD})
"""Tags of answers that stand outside of the settings, and are given anew with each name."""


def confirm_anew(
    adding: Adding,
    binding: Binding,
    path: str,
    proposal: Proposal,
    rows: Sequence[AnsweredRow],
    said: tuple[str, str, str, str, str],
) -> None:
    """Confirm a table that was confirmed before: its settings change only where a person changed an answer.

    Args:
        adding: The program file that is being changed.
        binding: One that waits, and that somebody confirmed before.
        path: The file that it reads.
        proposal: As it is drafted now.
        rows: Its sheet.
        said: Who confirms it, on which day, whose evidence it is, who makes it, and when it held.

    Raises:
        UsageError, WrongAnswerInSheet: An answer is missing or cannot be used, or the binding has changed since.
    """
    by, day, side, producer, held = said
    name, program = binding.id, adding.program
    seen = next((row.of for row in rows if row.tag == SEEN), "")
    if seen != digest_of_binding(read_lines(program.root), name):
        raise UsageError(
            "its binding was changed after this sheet was made; make it again: gonogo bind NEW.xlsx --make."
        )
    needs_day = waits_for_a_day(binding) or bool(dated_otherwise(program, binding))
    if not held and (needs_day or (proposal.draft is not None and counts_none(proposal.draft))):
        raise UsageError("say the day on which its content held.")
    asked = asked_of_binding(program, binding, path, proposal)
    rows, stays = as_confirmed_again(rows)
    changes = [each for each in changed_rows(asked, rows) if each.row.tag not in _ELSEWHERE]
    settings = write_answers(adding, binding, proposal, (asked, rows, changes), (by, day), stays)
    adding.lines = take_rivals(program, binding, rows, adding.lines)
    for key, value in (("side", side), ("producer", quoted(producer))):
        adding.lines = adding.lines.with_line(adding.lines.line_of(name), key, value)
    build = next((row.answer for row in rows if row.tag == OF_BUILD), binding.build)
    if build != binding.build:
        adding.lines = with_part(adding.lines, name, "subject", subject_lines(build), after="producer")
    if held:
        rule = said_rule(program, binding, held, by, rows)
        adding.lines = adding.lines.with_line(adding.lines.line_of(name), "as_of", rule)
    note = f"confirmed by {plain(by)} on {day}, in the binding workbook"
    adding.lines = settled(adding.lines.confirmed(adding.lines.line_of(name), note), name)
    now = binding_as_written(adding, binding, settings)[1]
    told = [each.words for each in changes]
    if changes:
        adding.lines = signed(adding.lines, name, f"corrected by {plain(by)} on {day}, as it was confirmed anew", told)
    adding.changed = True
    stay = "every other answer stays" if changes else "every answer stays"
    used = listed(sorted(facts_of_binding(program, now))) or "no fact"
    adding.told.append(f"{name}: confirmed by {plain(by)}; {stay} as it was confirmed before; answers {used}.")
    adding.told += [f"  {plain(each, most=4000)}" for each in told]
    if proposal.draft is not None and (idle := idle_meanings(proposal.draft, rows, program.terms(), asked)):
        adding.told.append(f"{name}: {idle}.")
    tell_unknown(adding, by)
