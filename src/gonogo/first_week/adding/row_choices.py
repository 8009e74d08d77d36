"""Which rows of a table count: each choice with the figures that it gives, and what a person chose.

A table of several environments, test cycles or builds says nothing about one of them before somebody has said which
one is meant. No draft writes a guess of that, and no door takes a name beside one.
"""

from __future__ import annotations

import copy
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from gonogo.errors import UsageError
from gonogo.first_week.adding.binding_lines import with_part
from gonogo.first_week.adding.drafted_again import drafted_again, file_of, mapping_of, own_of, profile_of
from gonogo.first_week.adding.open_program import OpenProgram
from gonogo.first_week.adding.previewing import preview_in
from gonogo.first_week.adding.program_lines import ProgramLines
from gonogo.first_week.adding.program_writing import load_lines, read_lines
from gonogo.first_week.adding.sheet_line import SheetLine
from gonogo.first_week.adding.subject_rows import EVERY, TAG
from gonogo.first_week.drafts.profiled import column_of
from gonogo.first_week.drafts.row_subjects import EVERY_ROW, RowSubject, subjects_of
from gonogo.first_week.drafts.setting_lines import setting_lines
from gonogo.first_week.prose import in_short, plain
from gonogo.model.program import Binding
from gonogo.text import any_of, listed

_WORKED_OUT: Final = 12
"""So many choices are read for their figures; a column of more values is chosen from without them."""
_FACTS: Final = 3
_LONG: Final = 120


@dataclass(frozen=True, slots=True)
class RowsAsked:
    """A column of which nobody has said which of its values count.

    Attributes:
        subject: The column, and what it tells rows apart by.
        table: Of the settings.
        headings: Of the file in their order; nothing where a profile finds its columns wherever they are.
    """

    subject: RowSubject
    table: str
    headings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class CountingChoice:
    """One column of which a person has to say which of its values count.

    Attributes:
        asked: The column.
        gives: Each choice with the figures that it gives today, in words; the last one is that every row counts.
    """

    asked: RowsAsked
    gives: Mapping[str, str]

    @property
    def heading(self) -> str:
        """As the file writes it."""
        return self.asked.subject.heading

    def said(self, answer: str) -> tuple[str, ...]:
        """Return the values of an answer, with ; between them.

        Raises:
            UsageError: The column holds no such value.
        """
        if answer.strip().casefold() == EVERY:
            return (EVERY,)
        if answer in self.gives:
            return (answer,)
        found = tuple(dict.fromkeys(word.strip() for word in answer.split(";") if word.strip()))
        strange = [word for word in found if word not in self.gives or word == EVERY]
        if not found or strange:
            raise UsageError(
                f"`{plain(answer, most=60)}` is none of the choices by `{plain(self.heading, most=60)}`; choose "
                f"{any_of([plain(each, most=40) for each, _ in _few(self)])}."
            )
        return found

    @property
    def words(self) -> str:
        """The choices with their figures, as a sentence goes on with them."""
        told = [f"{plain(each, most=40)} ({gives})" if gives else plain(each, most=40) for each, gives in _few(self)]
        more = len(self.gives) - len(told)
        return f"{'; '.join(told)}{f'; and {more} more' if more else ''}"


def _few(choice: CountingChoice) -> list[tuple[str, str]]:
    return list(choice.gives.items())[-_WORKED_OUT:]


def open_choices(
    program: OpenProgram, lines: ProgramLines, binding: Binding, *, figures: bool = True
) -> list[CountingChoice]:
    """Return what a person has to choose before a binding that waits can be confirmed.

    What an earlier version of gonogo wrote there was its guess; what stands in a binding that somebody signed before
    was chosen.

    Args:
        program: The program.
        lines: Its file as it is by now.
        binding: One of its bindings, as the file has it by now.
        figures: Whether it is read what each choice gives.
    """
    found = list(_unsaid(program, binding, signed=was_signed(lines, binding.id)))
    return [CountingChoice(each, _gives(program, binding, found, each) if figures else _unread(each)) for each in found]


def with_gives(rows: Sequence[SheetLine], choices: Sequence[CountingChoice]) -> list[SheetLine]:
    """Return the rows of a sheet with what each choice of rows gives today beside the question."""
    gives = {each.heading.strip(): each.words for each in choices}
    return [
        replace(row, note=f"{row.note} Today by each choice: {gives[row.about.strip()]}.")
        if row.tag == TAG and row.about.strip() in gives
        else row
        for row in rows
    ]


def _unread(asked: RowsAsked) -> dict[str, str]:
    return dict.fromkeys([*asked.subject.values, EVERY], "")


def _unsaid(program: OpenProgram, binding: Binding, *, signed: bool) -> Iterator[RowsAsked]:
    proposal = drafted_again(program, binding, file_of(program, binding))
    mapping = mapping_of(proposal)
    if proposal is None or mapping is None:
        return
    profile = profile_of(program, proposal) if proposal.draft is None else None
    tables: Mapping[str, Any] = binding.settings.get("tables", {})
    name = next(iter(profile.tables if profile is not None else tables), "")
    table = tables.get(name, {})
    headings = () if profile is not None else tuple(each.strip() for each in mapping.grid.headings)
    for each in subjects_of(mapping):
        called = _column(table, each, column_of(profile, each.heading) if profile is not None else "")
        chosen = called in table.get("subject", {}) and (signed or profile is not None)
        if each.asks and each.values and each.heading not in table.get("not_subject", {}) and not chosen:
            yield RowsAsked(replace(each, name=called), name, headings)


def _column(table: Mapping[str, Any], subject: RowSubject, profiled: str) -> str:
    """Return what the settings call a column."""
    columns: Mapping[str, Any] = table.get("columns", {})
    heading = subject.heading.strip()
    own = (name for name, each in columns.items() if str(each.get("header", name)).strip() == heading)
    return next(own, "") or profiled or subject.name


def was_signed(lines: ProgramLines, binding: str) -> bool:
    """Whether a comment of a binding names who confirmed it before."""
    start, end = lines.block(lines.line_of(binding))
    return any(line.strip().startswith(("# confirmed by ", "# corrected by ")) for line in lines.lines[start:end])


def stands_as_confirmed(program: OpenProgram, binding: Binding) -> bool:
    """Whether a person confirmed a binding, now or before it began to wait again: no draft takes the place of that.

    Raises:
        UsageError: It waits, and a command cannot change it.
    """
    return binding.confirmed is None or was_signed(read_lines(program.root), binding.id)


def _gives(program: OpenProgram, binding: Binding, asked: Sequence[RowsAsked], about: RowsAsked) -> dict[str, str]:
    """Return what each choice gives today; by the other columns that are asked about every row counts then."""
    found = _unread(about)
    for choice in list(found)[-_WORKED_OUT:]:
        settings: Mapping[str, Any] = binding.settings
        for each in asked:
            settings = with_rows(settings, each, (choice,) if each is about else (EVERY,))
        found[choice] = _figures(program, binding.model_copy(update={"settings": settings}))
    return found


def _figures(program: OpenProgram, binding: Binding) -> str:
    reply = preview_in(program, binding)
    if isinstance(reply, str):
        return f"nothing: {in_short(reply, most=_LONG)}"
    if reply.failure is not None:
        return f"nothing: {in_short(reply.failure.detail, most=_LONG)}"
    known = [f"{item.fact} {program.figures.alone(item)}" for item in reply.items if item.gap is None]
    return listed(known, most=_FACTS) if known else "no figure"


def with_rows(
    settings: Mapping[str, Any], asked: RowsAsked, said: Sequence[str], known: Mapping[str, Any] | None = None
) -> dict[str, Any]:
    """Return settings in which the rows that count are those that a person says.

    Args:
        settings: As they stand.
        asked: The column.
        said: Its values that count, or that every row does; nothing where nobody says it.
        known: Columns that a profile declares, so that the settings need not; those of the settings by default.
    """
    found: dict[str, Any] = copy.deepcopy(dict(settings))
    own, subject = found.setdefault("tables", {}).setdefault(asked.table, {}), asked.subject
    for key, gone in (("subject", subject.name), ("not_subject", subject.heading)):
        own.get(key, {}).pop(gone, None)
        if key in own and not own[key]:
            del own[key]
    if not said:
        return found
    if EVERY in said:
        own.setdefault("not_subject", {})[subject.heading] = EVERY_ROW
        return found
    columns = own.setdefault("columns", {})
    column = {**(known or {}), **columns}.get(subject.name)
    if column is not None and column.get("may_be_absent"):  # rows are told apart by it now
        columns.setdefault(subject.name, {})["may_be_absent"] = False
    elif column is None:
        columns[subject.name] = {"header": subject.heading, "type": "text", "allowed": "any", "optional": True}
        own["columns"] = _in_order(columns, asked.headings)
    if "ignore" in own:
        own["ignore"] = [each for each in own["ignore"] if each.strip() != subject.heading.strip()]
        if not own["ignore"]:
            del own["ignore"]
    own.setdefault("subject", {})[subject.name] = {"kind": subject.kind, "counts": [*said]}
    return found


def _in_order(columns: Mapping[str, Any], headings: Sequence[str]) -> dict[str, Any]:
    """Return columns as they come in the file, where their order counts."""
    places = {heading: at for at, heading in enumerate(headings)}
    last = len(places)
    return dict(sorted(columns.items(), key=lambda each: places.get(str(each[1].get("header", each[0])).strip(), last)))


def without_guess(program: OpenProgram, lines: ProgramLines, binding: Binding) -> Binding:
    """Return a binding as it reads before anybody has chosen its rows: no figure of a guess is shown as its own."""
    settings: Mapping[str, Any] = binding.settings
    for each in _unsaid(program, binding, signed=was_signed(lines, binding.id)):
        settings = with_rows(settings, each, ())
    return binding.model_copy(update={"settings": dict(settings)})


def take_rows(
    program: OpenProgram, lines: ProgramLines, binding: Binding, rows: Mapping[str, str]
) -> tuple[ProgramLines, list[str]]:
    """Return the program file with the rows that a person chose for a binding that waits, and what is told of it.

    Args:
        program: The program.
        lines: Its file as it is by now.
        binding: One of its bindings, as the file has it by now.
        rows: Heading to what a person chose.

    Raises:
        UsageError: Something is not chosen, or is none of the choices.
    """
    choices = open_choices(program, lines, binding, figures=False)
    if not choices:
        return lines, []
    if any(not rows.get(each.heading, "").strip() for each in choices):
        first = next(each for each in open_choices(program, lines, binding) if not rows.get(each.heading, "").strip())
        raise UsageError(
            f"{binding.id} cannot be confirmed: nobody has said which rows count by `{plain(first.heading, most=60)}`: "
            f"{first.words}.",
            hint="choose it in the row `which rows` of the binding workbook (gonogo bind FILE.xlsx --make), on the "
            "local page (gonogo open PROGRAM), or at a terminal (gonogo add PROGRAM --confirm)",
        )
    now = replace(program, files=load_lines(program.root, lines))
    settings, told = own_of(now, binding)["settings"], []
    for each in choices:
        said = each.said(rows[each.heading])
        known = binding.settings.get("tables", {}).get(each.asked.table, {}).get("columns", {})
        settings = with_rows(settings, each.asked, said, known)
        what = "every row counts" if EVERY in said else f"only rows of {listed([plain(one, most=60) for one in said])}"
        told.append(f"{binding.id}: {what} by `{plain(each.heading, most=60)}`.")
    written = [line[2:] for line in setting_lines(settings, "    ")]
    return with_part(lines, binding.id, "settings", ["settings:", *written]), told
