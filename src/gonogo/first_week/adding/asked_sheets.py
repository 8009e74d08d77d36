"""What a binding workbook asks about a binding: of a draft what is guessed, of one that was confirmed what was said."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace

from gonogo.errors import UsageError
from gonogo.first_week.adding.adding_files import Adding
from gonogo.first_week.adding.asked_in_sheet import in_sheet
from gonogo.first_week.adding.binding_lines import digest_of_binding
from gonogo.first_week.adding.binding_sheets import rows_of
from gonogo.first_week.adding.columns_lacking import with_left_out
from gonogo.first_week.adding.confirmed_answers import profile_as_answered, with_confirmed, with_own_settings
from gonogo.first_week.adding.day_rows import with_own_days
from gonogo.first_week.adding.drafted_again import drafted_again, file_of, mapping_of, own_of, profile_of
from gonogo.first_week.adding.given_today import given_today, reply_today
from gonogo.first_week.adding.guessed_key import asked_of_key, with_guessed_key
from gonogo.first_week.adding.item_rows import with_own_items
from gonogo.first_week.adding.kept_answers import kept_answers
from gonogo.first_week.adding.left_files import asked_rows
from gonogo.first_week.adding.named_words import concealed
from gonogo.first_week.adding.open_program import OpenProgram
from gonogo.first_week.adding.previewing import waits_for_a_day
from gonogo.first_week.adding.profile_sheets import profile_rows
from gonogo.first_week.adding.program_writing import read_lines
from gonogo.first_week.adding.released_build import with_build_asked
from gonogo.first_week.adding.rival_rows import rival_rows
from gonogo.first_week.adding.row_choices import open_choices, stands_as_confirmed, with_gives
from gonogo.first_week.adding.rows_rows import with_own_rows
from gonogo.first_week.adding.seen_file import check_profile, check_seen, digest_of, seen_before, seen_file, seen_line
from gonogo.first_week.adding.sheet_line import SEEN, TODAY, SheetLine
from gonogo.first_week.adding.subject_rows import TAG as WHICH_ROWS
from gonogo.first_week.drafts.answered_draft import AnsweredRow
from gonogo.first_week.drafts.empty_lists import is_empty
from gonogo.first_week.drafts.word_meanings import Meaning
from gonogo.first_week.drafts.words_in_question import Words, meanings_that_count, words_in_question
from gonogo.first_week.proposal import Proposal
from gonogo.model.program import Binding
from gonogo.model.reply import Reply
from gonogo.profiles.profile import Profile

WHY = "why corrected"
"""Tag of the row that asks why a confirmed binding is corrected; only its sheet has it."""


@dataclass(frozen=True, slots=True)
class AskedSheet:
    """What is asked about one binding.

    Attributes:
        name: Of its sheet.
        rows: Of it; the first one names the binding, and the second says what was seen.
        binding: Its id.
        reply: What the binding answers if it is confirmed as it stands; None where it answers nothing.
        words: Of a drafted table, by fact: words without a meaning by which it may change.
        counts: Of such a table, by heading, the meanings by which a row counts.
    """

    name: str
    rows: list[SheetLine]
    binding: str = ""
    reply: Reply | None = None
    words: Mapping[str, Words] | None = None
    counts: Mapping[str, frozenset[Meaning]] | None = None


def sheet_of(opened: OpenProgram, binding: Binding) -> tuple[str, list[SheetLine]]:
    """Return what is asked about one binding: the name of its sheet, and its rows.

    Raises:
        UsageError: It was confirmed, and a command cannot change it.
    """
    sheet = asked_sheet(opened, binding)
    return sheet.name, sheet.rows


def asked_sheet(opened: OpenProgram, binding: Binding) -> AskedSheet:
    """Return what is asked about one binding, with what it answers today.

    Raises:
        UsageError: It was confirmed, and a command cannot change it.
    """
    path = file_of(opened, binding)
    proposal = drafted_again(opened, binding, path)
    drafted = None if stands_as_confirmed(opened, binding) else proposal
    guessed = with_guessed_key(opened, drafted)
    reply = reply_today(opened, binding, drafted)
    rows = concealed(asked_of_binding(opened, binding, path, proposal, given_today(opened, drafted, reply)))
    rows = asked_of_key(rows) if guessed else rows
    if binding.confirmed is not None and any(row.tag == WHICH_ROWS for row in rows):
        lines = Adding.begin(opened).lines
        shown = (
            binding
            if drafted is None or drafted.draft is None
            else binding.model_copy(update={"settings": drafted.settings})
        )
        rows = with_gives(rows, open_choices(opened, lines, shown))
    seen = seen_line(seen_file(opened.root / path, mapping_of(proposal), rows, binding))
    seen = replace(seen, of=_state(opened, binding))
    name = path.rpartition("/")[2]
    name = f"{name} {proposal.sheet}" if proposal is not None and proposal.beside else name
    draft = drafted.draft if drafted is not None else None
    words = words_in_question(draft, opened.now) if draft is not None else None
    counts = meanings_that_count(draft) if draft is not None else None
    answered = reply if not isinstance(reply, str) and reply.failure is None else None
    return AskedSheet(name, [rows[0], seen, *rows[1:]], binding.id, answered, words, counts)


def _state(opened: OpenProgram, binding: Binding) -> str:
    """Return the digest of the lines of a binding; empty for one that waits and that no command can change."""
    try:
        return digest_of_binding(Adding.begin(opened).lines, binding.id)
    except UsageError:
        if binding.confirmed is None:
            raise
        return ""


def asked_of_binding(
    opened: OpenProgram,
    binding: Binding,
    path: str,
    proposal: Proposal | None,
    given: Mapping[str, str] | None = None,
) -> list[SheetLine]:
    """Return the rows of a binding, without the one that says what was seen.

    Args:
        opened: The program.
        binding: One of its bindings.
        path: The file that it reads.
        proposal: As it is drafted now; None where a collector reads the file as it is.
        given: What each fact comes to today, in words.
    """
    required = opened.terms().required
    groups = sorted({fact.rpartition(".")[0] for fact in required})
    read = proposal is not None and proposal.mapping is not None
    profile = asked_profile(opened, binding, proposal) if proposal is not None and read else None
    rows = list(
        rows_of(
            binding,
            path,
            proposal,
            groups,
            undated=waits_for_a_day(binding) or _is_empty(proposal),
            profile=profile,
            given=given,
            required=required,
        )
    )
    if proposal is not None and profile is not None:
        rows += profile_rows(profile, proposal, opened.rules.vocabulary, required)
    if stands_as_confirmed(opened, binding):
        own = own_of(opened, binding)
        rows = with_own_days(with_left_out(with_own_settings(rows, own["settings"], profile), binding), binding)
        rows = with_own_items(rows, own["settings"])
        if proposal is not None and proposal.draft is not None:
            rows = with_own_rows(rows, own["settings"], proposal.draft)
            said = kept_answers(read_lines(opened.root), binding.id)
            rows = with_confirmed(rows, binding, proposal.draft, opened.terms(), given or {}, said)
        rows = _of_a_correction(rows, binding)
    rows = with_build_asked(opened, binding, proposal, rows)
    rows += rival_rows(opened, binding)
    tags = {row.tag for row in rows}
    rows += [replace(row, note=in_sheet(row.note, tags)) for row in asked_rows(opened, binding)]
    return rows


def changed_since_seen(
    program: OpenProgram, binding: Binding, path: str, proposal: Proposal | None, rows: Sequence[AnsweredRow]
) -> str:
    """Return that the file has changed and the answers still are about it; empty where it is the one that was seen.

    Raises:
        UsageError: They are about other columns or words, or nobody knows.
    """
    before, file = seen_before(rows), program.root / path
    check_profile(before, binding)
    if digest_of(file) == before.digest:
        return ""
    asked = concealed(asked_of_binding(program, binding, path, proposal))
    return check_seen(path, before, seen_file(file, mapping_of(proposal), asked, binding))


def seen_instead(
    program: OpenProgram, sheets: Sequence[list[AnsweredRow]], bindings: Collection[str]
) -> list[list[AnsweredRow]]:
    """Return the rows of sheets, those of some bindings as if made of the file that a person put in place of their own.

    So the day that is said counts for that file. Where its columns or words are others, the rows stay as they are.
    """
    return [_seen_now(program, rows) if rows[0].answer in bindings else rows for rows in sheets]


def _seen_now(program: OpenProgram, rows: list[AnsweredRow]) -> list[AnsweredRow]:
    binding = next((each for each in program.bindings if each.id == rows[0].answer), None)
    if binding is None:
        return rows
    path = file_of(program, binding)
    try:
        changed_since_seen(program, binding, path, drafted_again(program, binding, path), rows)
    except UsageError:
        return rows
    digest = digest_of(program.root / path)
    return [replace(row, about=digest) if row.tag == SEEN and digest else row for row in rows]


def _is_empty(proposal: Proposal | None) -> bool:
    """Whether only a person can say when a list held, because it has no row and is believed for its own content."""
    return proposal is not None and proposal.draft is not None and is_empty(proposal.draft)


def asked_profile(opened: OpenProgram, binding: Binding, proposal: Proposal) -> Profile:
    """Return the profile by which a binding is asked about: of one that was confirmed with the words that it answers.

    Raises:
        UsageError: There is none of that name.
    """
    profile = profile_of(opened, proposal)
    stands = stands_as_confirmed(opened, binding)
    return profile_as_answered(profile, own_of(opened, binding)["answers"]) if stands else profile


def _of_a_correction(rows: list[SheetLine], binding: Binding) -> list[SheetLine]:
    """Return the rows of a binding that was confirmed: who corrects it and why is asked, and its build stands.

    One that waits again needs a name in any case, so nobody is asked why it is confirmed.
    """
    found = []
    for row in rows:
        if row.tag == "confirmed by" and binding.confirmed is not None:
            today = row.note.partition(TODAY)[2]
            note = "It was confirmed before, and every answer below stands as it was given then. Say what is missing, "
            note += f"correct what is wrong, and write your name. While this is blank, nothing is read. {TODAY}{today}"
            row = replace(row, note=note)
        elif row.tag == "confirmed by":
            today = row.note.partition(TODAY)[2]
            found.append(
                replace(
                    row,
                    note="It was confirmed before. Correct what is wrong below, and write your name here. While this "
                    f"is blank, it stays as it was confirmed. {TODAY}{today}",
                )
            )
            found.append(SheetLine(WHY, note="What was wrong, or what you know now; needed beside your name."))
            continue
        if row.tag == "of build" and binding.confirmed is None:  # of which build another file is, nobody has said
            row = replace(row, answer=binding.build or "")
        found.append(row)
    return found
