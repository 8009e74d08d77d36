"""A filled-in binding workbook, taken into the program: what a person has confirmed is bound, the rest waits."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final

from gonogo.documents.files import open_regular
from gonogo.errors import UsageError
from gonogo.first_week.adding.adding_files import Adding
from gonogo.first_week.adding.against_profile import against_profile
from gonogo.first_week.adding.asked_sheets import WHY, asked_of_binding, changed_since_seen, seen_instead, sheet_of
from gonogo.first_week.adding.binding_lines import signed, with_part
from gonogo.first_week.adding.binding_sheets import USE
from gonogo.first_week.adding.binding_workbook import read_answers, workbook_of
from gonogo.first_week.adding.changed_answers import changes_nothing
from gonogo.first_week.adding.columns_lacking import left_out_words
from gonogo.first_week.adding.confirmed_anew import confirm_anew
from gonogo.first_week.adding.confirming import check_name, confirm_binding, drop_binding, refuse_waiting, tell_unknown
from gonogo.first_week.adding.correcting import take_correction
from gonogo.first_week.adding.day_rows import take_days
from gonogo.first_week.adding.drafted_again import drafted_again, file_of, mapping_of, profile_of
from gonogo.first_week.adding.dropped_by_sheet import drop_by_sheet
from gonogo.first_week.adding.figures_now import figures_now, unchanged_words
from gonogo.first_week.adding.idle_meanings import idle_meanings
from gonogo.first_week.adding.kept_answers import with_kept_answers
from gonogo.first_week.adding.left_files import left_files, replaced_by, take_left_files
from gonogo.first_week.adding.named_words import revealed, written_names
from gonogo.first_week.adding.one_binding import binding_named
from gonogo.first_week.adding.open_program import open_program
from gonogo.first_week.adding.previewing import waits_for_a_day
from gonogo.first_week.adding.profile_sheets import group_moved_to, take_profile_answers
from gonogo.first_week.adding.program_writing import undo_words, write_lines
from gonogo.first_week.adding.released_build import subject_lines, take_build
from gonogo.first_week.adding.rival_rows import take_rivals
from gonogo.first_week.adding.row_choices import stands_as_confirmed
from gonogo.first_week.adding.said_day import day_against_file, refuse_future, said_rule
from gonogo.first_week.adding.set_aside import lost_words
from gonogo.first_week.adding.setting_asks import answered_settings
from gonogo.first_week.adding.settled_before import gone_words
from gonogo.first_week.adding.sheet_honesty import against_words, refuse_unseen
from gonogo.first_week.adding.sheet_line import REFUSED
from gonogo.first_week.adding.sheets_in_order import in_order
from gonogo.first_week.adding.subject_rows import counted_in
from gonogo.first_week.adding.told_twice import is_idle, refuse_other_end, told_before, with_said
from gonogo.first_week.adding.unsaid_facts import unsaid_words
from gonogo.first_week.adding.unsaid_rows import refuse_old_guess, with_unsaid
from gonogo.first_week.adding.whole_sheets import take_whole
from gonogo.first_week.adding.whose_evidence import whose
from gonogo.first_week.adding.workbook_texts import program_words
from gonogo.first_week.drafts.answered_draft import AnsweredRow, with_answers
from gonogo.first_week.drafts.empty_lists import counts_none
from gonogo.first_week.drafts.profiled import about_a_build, asked_of
from gonogo.first_week.drafts.setting_lines import flow
from gonogo.first_week.drafts.table_file import as_table, settle
from gonogo.first_week.drafts.when_held import NOBODY
from gonogo.first_week.program_text import binding_text
from gonogo.first_week.proposal import Proposal
from gonogo.first_week.prose import counted, plain, quoted
from gonogo.model.program import Binding


def make_workbook_of(program: Path, now: datetime | None = None, *, again: Sequence[str] = ()) -> tuple[bytes, int]:
    """Return the binding workbook of a program, and for how many files it asks.

    Args:
        program: The program.
        now: What counts as now; the clock by default.
        again: Bindings of which a sheet is made although they were confirmed, and of no others; none for those that
            wait.

    Raises:
        UsageError: Nothing waits to be confirmed, there is no such binding, or xlsxwriter is missing.
        ConfigurationError: The program has mistakes.
    """
    opened = open_program(program, now)
    if again:
        named = [binding_named(opened, each) for each in dict.fromkeys(again)]
        sheets = [sheet_of(opened, binding) for binding in named]
        return workbook_of(sheets, program=program_words(opened.files.program.identity)), len(named)
    waiting = [each for each in opened.bindings if each.confirmed is not None and not each.waits_for]
    left = left_files(opened)
    if not waiting and not left:
        raise UsageError(
            "No binding of the program waits for a person.",
            hint="`gonogo add` binds a file; --again BINDING makes the sheet of one that was confirmed",
        )
    name = program_words(opened.files.program.identity)
    order = in_order(opened, waiting)
    return workbook_of(order.sheets, left, order if waiting else None, name), len(order.sheets)


def bind(workbook: Path, program: Path, now: datetime | None = None) -> list[str]:
    """Take the answers of a binding workbook into a program; return what a person hears.

    Raises:
        UsageError: The workbook cannot be read, or the program file cannot be changed by a command.
        ConfigurationError: The program has mistakes.
    """
    try:
        with open_regular(workbook) as stream:
            data = stream.read()
    except OSError as error:
        raise UsageError(f"{workbook} cannot be read: {error.strerror or error}.") from error
    opened = open_program(program, now)
    sheets, left = read_answers(data, workbook.name, opened.files.program.identity)
    adding = Adding.begin(opened)
    take_left_files(adding, left)
    sheets = seen_instead(adding.program, sheets, replaced_by(left))
    idle = [rows for rows in sheets if is_idle(adding, rows)]
    idle = idle if len(idle) > 1 else []
    waiting = take_whole(adding, [rows for rows in sheets if rows not in idle], take_sheet)
    adding.told.sort(key=lambda told: _REFUSED not in told)  # what a person has to look at again comes first
    if idle:
        adding.told.append(unchanged_words([_Sheet(rows).binding for rows in idle]))
    if adding.changed:
        undo = undo_words(write_lines(adding.program.root, adding.lines, adding.before), adding.program.root)
        waited = [each.id for each in adding.program.bindings if each.confirmed is not None]
        written = open_program(program, now)
        adding.told += [*unsaid_words(written, waited, sheets), *figures_now(written, waited), undo]
    if waiting:
        adding.told.append(f"{counted(waiting, 'sheet')} of the workbook still {'waits' if waiting == 1 else 'wait'}.")
    return adding.told


_REFUSED: Final = ": not taken: "  # what the line of a sheet says that was not taken


@dataclass(frozen=True, slots=True)
class _Sheet:
    rows: Sequence[AnsweredRow]

    @property
    def path(self) -> str:
        return self.rows[0].about

    @property
    def binding(self) -> str:
        return self.rows[0].answer

    def one(self, tag: str) -> str:
        """Return the answer of the one row of a tag; empty where nobody answered."""
        return next((row.answer for row in self.rows if row.tag == tag), "")


def take_sheet(adding: Adding, rows: Sequence[AnsweredRow]) -> bool:
    """Take one sheet, and return whether its binding no longer waits.

    Raises:
        UsageError, WrongAnswerInSheet: An answer cannot be used.
    """
    sheet = _Sheet(rows)
    binding = next((each for each in adding.program.bindings if each.id == sheet.binding), None)
    if binding is None:
        settled = adding.program.files.program.not_evidence or {}
        gone = gone_words(settled, adding.lines.lines, sheet.binding, sheet.path)
        refuse_other_end(rows, USE[0], gone)
        adding.told.append(f"{sheet.binding}: {gone}, so its sheet changes nothing.")
        return True
    if changes_nothing(adding.program.bindings, rows):
        return not told_before(adding, binding, rows)
    if refused := sheet.one(REFUSED):
        raise UsageError(refused)
    use, by = sheet.one("use") or USE[0], sheet.one("confirmed by")
    if by:
        check_name(by, "in the row `confirmed by`", adding.program.files.people)
    day = f"{adding.program.now.astimezone(adding.program.files.program.identity.zone):%Y-%m-%d}"
    if use == USE[0] and by and binding.confirmed is not None:
        refuse_waiting(adding.program, binding)
        refuse_old_guess(rows)
    if use == USE[1]:
        drop_by_sheet(adding, binding, rows, by, day)
        return True
    if use != USE[0]:
        return binding.confirmed is None  # a confirmed one waits for nobody
    if not by and binding.confirmed is not None:
        return False
    side, producer = whose(adding.program, binding, sheet.one("side"), sheet.one("producer"))
    held = sheet.one("held")
    other_day = day_against_file(adding.program, binding, held)
    if by and not held:
        refuse_future(adding.program, binding)
    path = file_of(adding.program, binding)
    proposal = drafted_again(adding.program, binding, path)
    changed = changed_since_seen(adding.program, binding, path, proposal, sheet.rows)
    refuse_unseen(rows, lambda: asked_of_binding(adding.program, binding, path, proposal))
    read, rows = rows, take_build(adding, rows, by, day)
    sent, rows = rows, revealed(rows, mapping_of(proposal))
    sheet, against = _Sheet(rows), [*against_words(proposal, rows), *against_profile(adding.program, proposal, rows)]
    against += [other_day] if other_day else []
    moved, lost, taken = group_moved_to(adding.program, binding, proposal, rows), "", True
    if binding.confirmed is None and not moved:
        take_correction(adding, binding, path, proposal, rows, (by, sheet.one(WHY), day))
    elif binding.confirmed is None and not (by and sheet.one(WHY)):
        raise UsageError(f"say under `{WHY}` why, and write your name under `confirmed by`.")
    elif proposal is not None and not moved and stands_as_confirmed(adding.program, binding):
        confirm_anew(adding, binding, path, proposal, rows, (by, day, side, producer, held))
    else:
        lost = lost_words(adding, binding) if binding.confirmed is None else ""
        taken = _take(adding, binding, proposal, sheet, (by, day, side, producer, held))
    if lost:
        adding.lines = signed(adding.lines, binding.id, f"not confirmed any more: {by} on {day}: {sheet.one(WHY)}")
        adding.told.append(f"{binding.id}: what it said before counts no longer.{lost}")
    if taken and by and against:
        note = f"against what the {'file says' if other_day else 'words say'}, by {by} on {day}: {'; '.join(against)}"
        adding.lines = signed(adding.lines, binding.id, note)
        adding.told.insert(0, f"{binding.id}: {note}")
    if taken and by:
        adding.lines = with_said(adding.lines, binding.id, read) if adding.lines.has(binding.id) else adding.lines
        adding.lines = with_kept_answers(adding.lines, binding.id, read, proposal)
        adding.lines, left = with_unsaid(adding.program, adding.lines, binding.id, rows)
        adding.told += left
    notes = (f"{changed}, so the answers count." if changed else "", written_names(sent, rows))
    adding.told += [f"{binding.id}: {each}" for each in notes if each and taken]
    return taken


def _take(
    adding: Adding, binding: Binding, proposal: Proposal | None, sheet: _Sheet, said: tuple[str, str, str, str, str]
) -> bool:
    by, day, side, producer, held = said
    settled = take_rivals(adding.program, binding, sheet.rows, adding.lines)
    if proposal is not None:
        taken = _rebind(adding, binding, proposal, sheet, said)
        adding.lines = take_rivals(adding.program, binding, sheet.rows, adding.lines)
        return taken
    changed = answered_settings(binding, sheet.rows)
    line = settled.line_of(binding.id)
    lines = settled.with_line(line, "side", side).with_line(line, "producer", quoted(producer))
    build = next((row.answer for row in sheet.rows if row.tag == "of build"), binding.build)
    if build != binding.build:
        lines = with_part(lines, binding.id, "subject", subject_lines(build), after="producer")
    for key, value in changed.items():
        lines = lines.with_setting(line, key, flow(value))
    if held and not waits_for_a_day(binding):
        lines = lines.with_line(line, "as_of", said_rule(adding.program, binding, held, by, sheet.rows))
    adding.lines = lines
    confirm_binding(adding, binding, by=by, day=day, held=held if waits_for_a_day(binding) else "", sheet=sheet.rows)
    return True


def _rebind(
    adding: Adding, binding: Binding, proposal: Proposal, sheet: _Sheet, said: tuple[str, str, str, str, str]
) -> bool:
    """Write a binding as its sheet says it, and return whether it no longer waits."""
    by, day, side, producer, held = said
    terms = adding.program.terms()
    moved, idle = group_moved_to(adding.program, binding, proposal, sheet.rows), ""
    if proposal.draft is not None:
        take_days(proposal, sheet.rows, terms)
        idle = "" if moved else idle_meanings(proposal.draft, sheet.rows, terms)
        proposal.draft = with_answers(proposal.draft, sheet.rows, terms)
        proposal.draft.counted = counted_in(proposal.draft.mapping, sheet.rows)
    elif moved:
        as_table(proposal, moved, terms)
    else:
        profile = profile_of(adding.program, proposal)
        proposal.prefix = binding.prefix or proposal.prefix
        take_profile_answers(profile, proposal, sheet.rows)
        proposal.answers = asked_of(profile, proposal.prefix, terms)
        if proposal.leaves_out:
            proposal.leaves_out = left_out_words(proposal.leaves_out, by, day)
            left = {f"{proposal.prefix}.{name}": why for name, why in proposal.leaves_out.items()}
            proposal.answers = tuple(each for each in proposal.answers if each not in left)
            if not proposal.answers:
                drop_binding(adding, binding, f"it cannot show {'; '.join(f'{k}: {why}' for k, why in left.items())}")
                return True
        proposal.of_build = "build" not in profile.roles and about_a_build(proposal.answers, terms)
    if held:
        proposal.as_of, proposal.pick_newest = "", False
        proposal.rule = said_rule(adding.program, binding, held, by, sheet.rows)
    elif not moved and (proposal.rule == NOBODY or (proposal.draft is not None and counts_none(proposal.draft))):
        raise UsageError("say the day on which its content held.")
    settle(proposal, terms)
    if proposal.draft is not None:  # a draft that answers nothing yet says by its prefix what it is about
        proposal.prefix = moved if not proposal.answers else ""
    proposal.id, proposal.side, proposal.maker = binding.id, side, producer
    if not moved:
        proposal.confirmed, proposal.confirmation = True, f"confirmed by {plain(by)} on {day}, in the binding workbook"
        proposal.questions, proposal.of_draft = [], []
    build = next(iter(sorted(adding.program.release.builds)), "")
    build = next((row.answer for row in sheet.rows if row.tag == "of build"), build)
    start, end = adding.lines.block(adding.lines.line_of(binding.id))
    adding.lines = adding.lines.replaced(start, end, list(binding_text(proposal, build)))
    adding.changed = True
    used = ", ".join(proposal.answers) or "no fact"
    if moved:
        adding.told.append(
            f"{binding.id}: drafted anew for {moved}, answers {used}. Nobody has seen that draft: make the workbook "
            "again, check it, and write your name."
        )
        return False
    adding.told.append(f"{binding.id}: confirmed by {plain(by)}; answers {used}.")
    adding.told += [f"{binding.id}: {idle}."] if idle else []
    tell_unknown(adding, by)
    return True
