"""How a draft knows when the content of a table held; nothing of that is believed before a person has confirmed it."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from gonogo.first_week.dating import RESULT, dating, only_began, rank_of_day
from gonogo.first_week.drafts.dated_cells import DatedCell, dated_cell, dated_line
from gonogo.first_week.drafts.dating_column import dating_column
from gonogo.first_week.drafts.draft_terms import DraftTerms
from gonogo.first_week.mapping import TableMapping
from gonogo.first_week.proposal import Proposal
from gonogo.first_week.prose import quoted
from gonogo.profiles.fitting import Fit

NOBODY: Final = '{at: 2000-01-01, by: "nobody has said when it held"}'
"""A day on which nothing that is read today held: whatever is read by it is too old."""
HELD_BY_CELL: Final = "Did its content hold on"
"""How the question begins whether the day of a cell is the one on which a file held."""
UNDATED: Final = "When did its content hold? Neither its name nor a column says so."


def say_when_held(
    proposal: Proposal, mapping: TableMapping, terms: DraftTerms, fit: Fit | None = None, path: Path | None = None
) -> None:
    """Say when the content held: by the file's name, else by a column of the export's own day or of its last change.

    Else by a cell or a line beside the rows that says it of all of them, else by the newest result of a row, unless
    that is long ago. Nothing of that is believed before a person has confirmed it. Where nothing says it, nobody knows.
    """
    if proposal.as_of:
        return
    dates = dating(mapping, terms.now)
    name = dates.best(mapping)
    column = name if fit is None else dating_column(fit.profile, mapping, dates)
    results = fit is None and bool(name) and rank_of_day(mapping.read[name].heading) == RESULT
    said = _said_beside(proposal, mapping, terms, path) if not column or results else None
    if said is not None and results and said.day < dates.newest[name].date():
        said = None  # somebody forgot that line
    if said is None and results and only_began(dates, name, mapping.read[name].heading, terms.now):
        column = ""
    proposal.rule = f"{{column: {column}, pick: latest}}" if column and said is None else NOBODY
    if said is not None:
        proposal.day, proposal.day_at = said.day.isoformat(), "" if proposal.sheet else said.reference
        proposal.rule = NOBODY if proposal.day_at else f"{{cell: {quoted(said.reference)}}}"


def _said_beside(proposal: Proposal, mapping: TableMapping, terms: DraftTerms, path: Path | None) -> DatedCell | None:
    """Return the cell of a workbook, or the line of a text, that says of all rows when they held."""
    if not proposal.sheet:
        return dated_line(mapping.grid, terms.now)
    row = mapping.grid.settings.get("header_row", 1)
    return dated_cell(path, proposal.sheet, row, terms.now) if path is not None else None


def dated_anew_by(proposal: Proposal, mapping: TableMapping, terms: DraftTerms) -> None:
    """Say anew when the content of a drafted table held, where a column says it whose days are read otherwise now."""
    if proposal.rule.startswith("{column: ") or (proposal.rule == NOBODY and dating(mapping, terms.now).may):
        say_when_held(proposal, mapping, terms)


def day_asked(proposal: Proposal) -> list[str]:
    """Return the question of when the content held, with the day of a cell; nothing where another rule says it."""
    if proposal.rule == NOBODY:
        return [f"{UNDATED} {proposal.day_at.capitalize()} says {proposal.day}." if proposal.day_at else UNDATED]
    where = proposal.rule.removeprefix("{cell: ").removesuffix("}")
    return [f"{HELD_BY_CELL} {proposal.day}, as the cell {where} says?"] if proposal.day else []
