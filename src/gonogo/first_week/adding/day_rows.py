"""Days that can be read in two ways, such as 4/5/2027: asked in the workbook by an example, and read back."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any, Final

from gonogo.collectors.columns.column import Column
from gonogo.collectors.columns.date_ways import TwoWaysError, one_way
from gonogo.first_week.adding.columns_lacking import reads
from gonogo.first_week.adding.sheet_line import DAYS, SheetLine
from gonogo.first_week.candidates import candidate
from gonogo.first_week.drafts.answered_draft import AnsweredRow
from gonogo.first_week.drafts.blank_cells import no_days
from gonogo.first_week.drafts.draft_terms import DraftTerms
from gonogo.first_week.drafts.profiled import column_of
from gonogo.first_week.drafts.when_held import dated_anew_by
from gonogo.first_week.drafts.words_that_count import WrongAnswerInSheet
from gonogo.first_week.mapping import TableMapping
from gonogo.first_week.proposal import Proposal
from gonogo.first_week.prose import plain
from gonogo.first_week.table_columns import Guess
from gonogo.model.program import Binding
from gonogo.profiles.profile import Profile
from gonogo.profiles.profile import plain as plain_heading

_ORDERS: Final = (("%m/%d", "%d/%m"), ("%d/%m", "%m/%d"))
_IS: Final = " is "


def day_rows(proposal: Proposal) -> Iterator[SheetLine]:
    """Yield what is asked of the days of a drafted table: the month is guessed to come first, and a person says so."""
    draft = proposal.draft
    if draft is None:
        return
    read = {name for table in proposal.settings["tables"].values() for name in table["columns"]}
    for name, guess in draft.mapping.columns.items():
        worded = bool(no_days(draft.mapping, guess))  # a person may choose it all the same
        ways = _ways_of_guess(draft.mapping, guess) if name in read or worded else None
        if ways is None or guess.hidden:
            continue
        first, second = _offered(ways)
        heading = plain(guess.heading, most=60)
        yield SheetLine(
            DAYS,
            guess.heading,
            answer=first,
            offered=(first, second),
            note=f"Each day under {heading} can be read in two ways. Which of both is right?",
        )
        if worded:
            continue
        yield SheetLine(
            "ask", note=f"Under {heading}, {first}, the month first: is that right? The row `{DAYS}` says it."
        )


def day_rows_of_profile(
    profile: Profile, mapping: TableMapping, facts: Mapping[str, Any], settings: Mapping[str, Any]
) -> Iterator[SheetLine]:
    """Yield what is asked of the days of an export: no fact that needs them is known before a person has said it.

    Args:
        profile: By which the file is read.
        mapping: Of the table.
        facts: Of the profile that the ruleset has.
        settings: Of the proposal, which may name other columns than the profile does.
    """
    for guess in mapping.columns.values():
        name = column_of(profile, guess.heading) or _named(settings, guess.heading)
        if not any(reads(fact, name) for fact in facts.values()):
            continue
        if (ways := _ways_of_profile(profile, name, _texts(mapping, guess))) is not None:
            note = "Each day under it can be read in two ways. Which of both is right? Blank: facts by it stay unknown."
            yield SheetLine(DAYS, guess.heading, offered=_offered(ways), note=note)


def take_days(proposal: Proposal, rows: Sequence[AnsweredRow], terms: DraftTerms) -> None:
    """Let the days of a drafted table be read as a person says, also the one by which it is dated.

    Raises:
        WrongAnswerInSheet: A cell of the file cannot be read so; with its place.
    """
    if proposal.draft is not None and settle_days(proposal.draft.mapping, rows):
        dated_anew_by(proposal, proposal.draft.mapping, terms)


def settle_days(mapping: TableMapping, rows: Sequence[AnsweredRow]) -> bool:
    """Let the columns of a drafted table be read as a person says, and return whether one is read otherwise now.

    Raises:
        WrongAnswerInSheet: A cell of the file cannot be read so; with its place.
    """
    moved = False
    for row, guess in _answered(mapping, rows):
        form = str(guess.settings.get("format", ""))
        for mine, other in _ORDERS:
            if form.startswith(mine) and row.answer == _word(_cell(row), form.replace(mine, other)):
                guess.settings = guess.settings | {"format": form.replace(mine, other)}
                moved = True
                break
        _check(mapping, guess, row, str(guess.settings.get("format", "")))
    return moved


def settle_days_of_profile(profile: Profile, proposal: Proposal, rows: Sequence[AnsweredRow]) -> None:
    """Put into the settings of an export in which way its days are read.

    Raises:
        WrongAnswerInSheet: A cell of the file cannot be read so; with its place.
    """
    mapping = proposal.mapping
    if mapping is None:
        return
    for row, guess in _answered(mapping, rows):
        name = column_of(profile, guess.heading) or _named(proposal.settings, guess.heading)
        for key, table in profile.tables.items():
            declared = table["columns"].get(name, {})
            forms = [each for each in (declared.get("format"), *declared.get("also_formats", ())) if each]
            form = next((each for each in forms if row.answer == _word(_cell(row), each)), "")
            if not declared:
                continue
            _check(mapping, guess, row, form)
            own = proposal.settings.setdefault("tables", {}).setdefault(key, {}).setdefault("columns", {})
            own[name] = own.get(name, {}) | {"format": form, "also_formats": []}


def with_own_days(rows: Sequence[SheetLine], binding: Binding) -> list[SheetLine]:
    """Return the rows with the reading by which a confirmed binding reads each of these columns."""
    forms = {
        plain_heading(heading): str(column["format"])
        for table in binding.settings.get("tables", {}).values()
        for name, column in table["columns"].items()
        if column.get("format") and not column.get("also_formats")
        for heading in (column.get("header") or name, *column.get("also", ()))
    }
    found = []
    for row in rows:
        form = forms.get(plain_heading(row.about), "") if row.tag == DAYS else ""
        said = _word(row.offered[0].partition(_IS)[0], form) if form else ""
        found.append(replace(row, answer=said) if said in row.offered and said else row)
    return found


def _ways_of_guess(mapping: TableMapping, guess: Guess) -> tuple[str, str, str] | None:
    """Return a cell and the two forms in which a column can be read, the guessed one first; None for one form."""
    form = str(guess.settings.get("format", ""))
    other = next((form.replace(mine, its) for mine, its in _ORDERS if form.startswith(mine)), "")
    words = no_days(mapping, guess)
    cells = [cell for cell in _texts(mapping, guess) if cell not in words]
    if not other or (guess.unreadable and not words) or not cells:
        return None
    fits = candidate({"type": guess.settings["type"], "format": other} | _zone(guess)).fits
    return _two_ways(cells, form, other) if all(map(fits, cells)) else None


def _zone(guess: Guess) -> dict[str, str]:
    return {"zone": guess.settings["zone"]} if "zone" in guess.settings else {}


def _ways_of_profile(profile: Profile, name: str, cells: Sequence[str]) -> tuple[str, str, str] | None:
    for table in profile.tables.values():
        if not (declared := table["columns"].get(name, {})).get("also_formats"):
            continue
        try:
            one_way(Column.model_validate_json(json.dumps(declared)), cells)
        except TwoWaysError as both:
            forms = [each.format for each in both.ways if each.format]
            return _two_ways(cells, *forms) if len(forms) == len(both.ways) else None
    return None


def _two_ways(cells: Sequence[str], first: str, second: str) -> tuple[str, str, str] | None:
    for cell in cells:
        one, other = _word(cell, first), _word(cell, second)
        if one and other and one != other:
            return cell, first, second
    return None


def _offered(ways: tuple[str, str, str]) -> tuple[str, str]:
    cell, first, second = ways
    return _word(cell, first), _word(cell, second)


def _word(cell: str, form: str) -> str:
    """Return a day in words by one form, as the workbook offers it; empty where the form does not read it."""
    try:
        day = datetime.strptime(cell, form)  # noqa: DTZ007  # only its day
    except ValueError:
        return ""
    return f"{cell}{_IS}{day.day} {day:%B %Y}"


def _cell(row: AnsweredRow) -> str:
    return row.answer.rpartition(_IS)[0]


def _texts(mapping: TableMapping, guess: Guess) -> list[str]:
    return list(dict.fromkeys(cell for row in mapping.grid.rows if isinstance(cell := row[guess.index], str) and cell))


def _named(settings: Mapping[str, Any], heading: str) -> str:
    """Return the column of a profile that is read under a heading of the office; empty for none."""
    tables = settings.get("tables", {}).values()
    columns: dict[str, str] = {
        str(each.get("header")): name for table in tables for name, each in table.get("columns", {}).items()
    }
    return columns.get(heading, "")


def _answered(mapping: TableMapping, rows: Sequence[AnsweredRow]) -> Iterator[tuple[AnsweredRow, Guess]]:
    there = {guess.heading.strip(): guess for guess in mapping.columns.values()}
    for row in rows:
        if row.tag == DAYS and row.answer:
            if row.about.strip() not in there:
                raise WrongAnswerInSheet(f"{row.place}: the file has no column `{row.about}`")
            yield row, there[row.about.strip()]


def _check(mapping: TableMapping, guess: Guess, row: AnsweredRow, form: str) -> None:
    """Refuse a reading that is none of those that are offered, or that a cell of the file contradicts."""
    if not form or row.answer != _word(_cell(row), form):
        raise WrongAnswerInSheet(f"{row.place}: `{plain(row.answer, most=60)}` is no answer; choose one of the list")
    words = no_days(mapping, guess)
    for number, cells in enumerate(mapping.grid.rows):
        cell = cells[guess.index]
        if isinstance(cell, str) and cell and cell not in words and not _word(cell, form):
            where = mapping.grid.at(number, guess.index)
            raise WrongAnswerInSheet(f"{row.place}: {where} cannot be read so; choose the other reading")
