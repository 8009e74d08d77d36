"""A person confirms bindings: sees what each reads today, and says yes, no, or later."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from shlex import quote
from typing import Final

from gonogo.errors import UsageError
from gonogo.first_week.adding.adding_files import Adding
from gonogo.first_week.adding.binding_lines import signed
from gonogo.first_week.adding.open_program import OpenProgram, open_program
from gonogo.first_week.adding.previewing import preview_in, waits_for_a_day
from gonogo.first_week.adding.row_choices import open_choices, take_rows, without_guess
from gonogo.first_week.adding.said_day import dated_otherwise, day_against_file, refuse_future, said_rule
from gonogo.first_week.adding.seen_content import changed_words, seen_of
from gonogo.first_week.adding.set_aside import lost_words
from gonogo.first_week.adding.settled_sheets import sheet_note, sheet_read
from gonogo.first_week.adding.silent_documents import read_undated
from gonogo.first_week.adding.waiting_lines import settled
from gonogo.first_week.bindable import only_match
from gonogo.first_week.drafts.answered_draft import AnsweredRow
from gonogo.first_week.prose import plain
from gonogo.model.people import PeopleRegister
from gonogo.model.person_name import same_name
from gonogo.model.placeholder import plain_words
from gonogo.model.program import AsOfRule, Binding
from gonogo.model.reply import Reply
from gonogo.model.signed_name import why_no_name

Ask = Callable[[str, str], str]
"""Put a question to a person: its text and the default; returns the answer."""
Tell = Callable[[str], None]


def check_name(by: str, where: str, people: PeopleRegister) -> None:
    """Refuse what is not one person's name in the place of it: who writes ``no`` has not confirmed anything.

    Args:
        by: What was written.
        where: The place of it, for the message.
        people: Who is known to the program.

    Raises:
        UsageError: It is no name of one person.
    """
    why = why_no_name(by, people.names.values())
    if any(plain_words(each.name) == plain_words(by) for each in people.organizations):
        why = "is an organization of the people register, and no person"
    if why:
        raise UsageError(
            f"`{plain(by, most=80)}` {where} {why}, so nothing is confirmed by it; write the name of the person who "
            "has checked it, or leave it blank."
        )


def tell_unknown(adding: Adding, by: str) -> None:
    """Say once that who confirms is in no seat and on no list of the people register; nothing stops by that.

    Files are checked by the people who keep them, and most of those hold no seat. But a reader of the program file must
    not take a name for that of somebody whom the program knows.
    """
    people = adding.program.files.people
    known = people.names
    if not known or by in known or any(same_name(by, name) for name in known.values()):
        return
    words = f"The people register does not know {plain(by, most=80)}, who confirmed; check the spelling, or enter them."
    if words not in adding.told:
        adding.told.append(words)


def told_figures(adding: Adding, binding: Binding) -> list[str]:
    """Return what a person signs by confirming a binding: each figure of today, or why there is none, a line each."""
    reply = _read(adding, without_guess(adding.program, adding.lines, binding))
    undated = _undated(adding, binding, reply)
    reply = reply if undated is None else undated
    return [f"  nothing: {plain(reply, most=600)}"] if isinstance(reply, str) else adding.program.figures.lines(reply)


def refuse_waiting(program: OpenProgram, binding: Binding) -> None:
    """Refuse to confirm what an older file says while nobody has said what becomes of the newer one beside it.

    Raises:
        UsageError: There is such a file.
    """
    path = binding.waits_for or ""
    settled_too = program.files.program.not_evidence or {}
    if path and (program.root / path).is_file() and not any(only_match(words, [path]) for words in settled_too):
        raise UsageError(
            f"{binding.id} cannot be confirmed: {plain(path)} may be a newer version of what it reads, and nobody has "
            "said what becomes of it.",
            hint=f"gonogo add PROGRAM {quote(path)} says how to settle it",
        )


_DATES: Final = {
    AsOfRule.DOCUMENT: "the file itself says when it held",
    AsOfRule.DOCUMENT_SAVED: "the day on which it was saved counts",
    AsOfRule.FILE_NAME: "the date in the file's name counts",
    AsOfRule.CELL: "a cell of it says when it held",
    AsOfRule.COLUMN: "the days in a column count",
    AsOfRule.SAID: "the day that was said before counts",
}


def confirm_binding(
    adding: Adding,
    binding: Binding,
    *,
    by: str,
    day: str,
    held: str = "",
    rows: Mapping[str, str] | None = None,
    sheet: Sequence[AnsweredRow] = (),
) -> None:
    """Confirm one binding in the program file.

    Args:
        adding: The program file that is being changed.
        binding: As the file has it by now.
        by: Who confirms.
        day: Today, as the comment writes it.
        held: The day on which its content held; it counts only where neither the file nor its name says so.
        rows: Heading to the rows that count by it, as a person chose them.
        sheet: The rows of its sheet, which say what was seen; none where what it reads today was.

    Raises:
        UsageError: By is no person's name, nobody has said when its content held or which of its rows count, the day
            is still to come, or the file cannot be changed by a command.
    """
    check_name(by, "in the place of who confirms", adding.program.files.people)
    refuse_waiting(adding.program, binding)
    refuse_future(adding.program, binding)
    adding.lines, chosen = take_rows(adding.program, adding.lines, binding, rows or {})
    line, against = adding.lines.line_of(binding.id), ""
    undated = held and _undated(adding, binding, _read(adding, binding)) is not None
    if waits_for_a_day(binding) or dated_otherwise(adding.program, binding) or undated:
        if not held:
            raise UsageError(
                f"{binding.id} cannot be confirmed: nobody has said when its content held.",
                hint="say the day: --held 2027-04-15",
            )
        against = day_against_file(adding.program, binding, held)
        adding.lines = adding.lines.with_line(line, "as_of", said_rule(adding.program, binding, held, by, sheet))
    elif held:
        adding.told.append(f"{binding.id}: {_DATES[binding.inputs[0].as_of.rule]}, so {plain(held)} is not needed.")
    adding.lines = adding.lines.confirmed(line, f"confirmed by {by} on {day}")
    adding.lines = settled(adding.lines, binding.id)
    if against and not sheet:  # who takes a sheet tells it with the other answers
        note = f"against what the file says, by {by} on {day}: {against}"
        adding.lines = signed(adding.lines, binding.id, note)
        adding.told.insert(0, f"{binding.id}: {plain(note, most=600)}")
    adding.unconfirmed.pop(binding.id, None)
    adding.changed = True
    adding.told += [f"{binding.id}: confirmed by {plain(by)}.", *chosen]
    tell_unknown(adding, by)


def interview(
    adding: Adding, bindings: list[Binding], *, by: str, day: str, ask: Ask, tell: Tell, held: str = ""
) -> None:
    """Show a person what each binding reads today, and confirm, drop or leave it as they answer.

    Args:
        adding: The program file that is being changed.
        bindings: Those that wait, as the file has them by now.
        by: Who answers.
        day: Today.
        ask: How the person is asked.
        tell: How they are shown what is read.
        held: The day that is offered where one is needed.
    """
    for number, binding in enumerate(bindings, 1):
        paths = ", ".join(path for entry in binding.inputs for path in entry.paths[:3])
        seen = seen_of(open_program(adding.program.root), binding)
        tell(f"[{number} of {len(bindings)}] {binding.id}: {plain(paths, most=200)}, made by {plain(binding.producer)}")
        shown = without_guess(adding.program, adding.lines, binding)
        undated = _undated(adding, shown, _read(adding, shown))
        for line in told_figures(adding, binding):
            tell(line)
        for question in questions_above(adding, binding.id):
            tell(f"  ask: {question}")
        answer = ask("Is that read rightly? yes, no (it is no evidence), or later", "later").strip().lower()
        if answer in ("y", "yes"):
            other = dated_otherwise(adding.program, binding)
            wants_day = undated is not None or waits_for_a_day(binding) or bool(other)
            day_held = ask("On which day did its content hold (2027-04-15)?", held) if wants_day else ""
            build = f"Are these the results of build {binding.build}? The file does not say it. yes or no"
            unsaid = binding.build is not None and ask(build, "no").strip().lower() not in ("y", "yes")
            rows = {}
            for choice in open_choices(adding.program, adding.lines, binding):
                tell(f"  by {plain(choice.heading, most=60)}: {choice.words}")
                rows[choice.heading] = ask(f"Which rows count by {plain(choice.heading, most=60)}?", "")
            try:
                if seen != seen_of(open_program(adding.program.root), binding):
                    raise UsageError(changed_words(binding.id), hint="look at it again: gonogo add PROGRAM --confirm")
                confirm_binding(adding, binding, by=by, day=day, held=day_held.strip(), rows=rows)
                if unsaid:
                    leave_build_open(adding, binding)
            except UsageError as error:
                tell(str(error))
        elif answer in ("n", "no"):
            reason = ask("Why is it no evidence?", "").strip()
            if reason:
                drop_binding(adding, binding, f"{reason} ({by}, {day})")


def leave_build_open(adding: Adding, binding: Binding) -> None:
    """Take out of a binding which build its results are of: no fact of one build counts by it until somebody knows."""
    adding.lines = adding.lines.without_line(adding.lines.line_of(binding.id), "subject")


def _undated(adding: Adding, binding: Binding, reply: Reply | str) -> Reply | None:
    return read_undated(binding, reply, lambda other: _read(adding, other))


def _read(adding: Adding, binding: Binding) -> Reply | str:
    return preview_in(adding.program, binding)


def questions_above(adding: Adding, binding: str) -> list[str]:
    """Return the questions that stand above a binding in the program file."""
    line = adding.lines.line_of(binding)
    start, _ = adding.lines.block(line)
    found: list[str] = []
    for text in adding.lines.lines[start : line - 1]:
        words = text.strip()
        if words.startswith("# ask: "):
            found.append(words.removeprefix("# ask: "))
        elif found and words.startswith("#   "):
            found[-1] += f" {words.lstrip('# ')}"
    return found


def drop_binding(adding: Adding, binding: Binding, reason: str) -> None:
    """Take a binding out of the program file, and list as no evidence those of its files that no other one reads.

    Of a file that another binding reads only a sheet is no evidence: the reason stands in a comment.
    """
    adding.lines = adding.lines.without_binding(adding.lines.line_of(binding.id)).without_authority(binding.id)
    shared: list[str] = []
    for path in dict.fromkeys(path for entry in binding.inputs for path in entry.paths):
        others = [each.id for each in adding.program.readers(path) if adding.lines.has(each.id)]
        if others:
            adding.lines = adding.lines.noted(sheet_note(binding.id, sheet_read(binding), path, reason))
            shared += [f"{plain(path)} stays bound, because {others[0]} reads it"]
        else:
            adding.lines = adding.lines.not_evidence(path, reason)
    adding.unconfirmed.pop(binding.id, None)
    adding.changed = True
    listed = "; ".join(shared) or "its files are listed under not_evidence"
    lost = lost_words(adding, binding) if binding.confirmed is None else ""
    adding.told.append(f"{binding.id}: no evidence; {listed}.{lost}")
