"""How a draft knows when the content of a table held; nothing of that is believed before a person has confirmed it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Final

from gonogo.documents.xlsx.dated_sentences import readings_within
from gonogo.first_week.dating import RESULT, dating, only_began, rank_of_day
from gonogo.first_week.drafts.dated_cells import DatedCell, dated_cells, dated_lines, only_day
from gonogo.first_week.drafts.dating_column import dating_column
from gonogo.first_week.drafts.draft_terms import DraftTerms
from gonogo.first_week.mapping import TableMapping
from gonogo.first_week.proposal import Proposal
from gonogo.first_week.prose import quoted
from gonogo.plugin.inputs.dated_names import dated
from gonogo.profiles.fitting import Fit

NOBODY: Final = '{at: 2000-01-01, by: "nobody has said when it held"}'
"""A day on which nothing that is read today held: whatever is read by it is too old."""
HELD_BY_CELL: Final = "Did its content hold on"
"""How the question begins whether the day of a cell is the one on which a file held."""
SAID_THERE: Final = "When did its content hold?"
UNDATED: Final = "When did its content hold? Neither its name nor a column says so."


def say_when_held(
    proposal: Proposal, mapping: TableMapping, terms: DraftTerms, fit: Fit | None = None, path: Path | None = None
) -> None:
    """Say when the content held: by the file's name, else by a column of the export's own day or of its last change.

    Else by a cell beside the rows that says it of all of them, else by the newest result of a row, unless that is long
    ago. Where two of them contradict each other, the older counts, and the proposal says so. Nothing of that is
    believed before a person has confirmed it. Where nothing says it, nobody knows.
    """
    dates = dating(mapping, terms.now)
    cells = _beside(proposal, mapping, path)
    said = only_day(cells, terms.now)
    name = dates.best(mapping)
    column = name if fit is None else dating_column(fit.profile, mapping, dates)
    rank = rank_of_day(mapping.read[name].heading) if name else RESULT
    newest = dates.newest[name].date() if name and column else None
    if proposal.as_of:
        _against_name(proposal, said, column if rank == 0 else "", newest)
        return
    if said is not None and newest is not None and (rank == RESULT or said.day < newest):
        if said.day < newest:
            proposal.day_why = _FORGOTTEN.format(newest=newest)
        column = ""
    elif said is not None and newest is not None and newest < said.day:
        proposal.day_why = _NOT_CHANGED.format(cell=said.reference, day=said.day)
        said = None
    elif (
        said is None
        and fit is None
        and column
        and rank == RESULT
        and only_began(dates, name, mapping.read[name].heading, terms.now)
    ):
        column = ""
    proposal.rule = f"{{column: {column}, pick: latest}}" if column else NOBODY
    if said is not None:
        proposal.day, proposal.rule = said.day.isoformat(), f"{{cell: {quoted(said.reference)}}}"
    elif not column:
        proposal.day_at, proposal.day = _seen(cells, proposal.paths[-1], terms)


_FORGOTTEN: Final = "a row is of {newest}, so this was not changed with it; correct the cell if that is later"
_NOT_CHANGED: Final = "the cell {cell} says {day}, which is later than any row was changed"


def _against_name(proposal: Proposal, said: DatedCell | None, column: str, newest: date | None) -> None:
    """Date a file by what it says itself, where that is older than the date in its name: a name is typed quickly."""
    found = dated(proposal.paths[-1].rpartition("/")[2])
    own = [(said.day, f"{{cell: {quoted(said.reference)}}}")] if said is not None else []
    own += [(newest, f"{{column: {column}, pick: latest}}")] if newest is not None and column else []
    if found is None or not own or min(own)[0] >= found.day:
        return
    day, rule = min(own)
    proposal.as_of, proposal.rule, proposal.pick_newest = "", rule, False
    proposal.inputs = {key: [proposal.paths[-1]] for key in proposal.inputs}
    proposal.day = day.isoformat() if rule.startswith("{cell") else ""
    proposal.day_why = f"its name says {found.day}, and the older day counts"


def _beside(proposal: Proposal, mapping: TableMapping, path: Path | None) -> list[DatedCell]:
    """Return the cells of a workbook or a text that name a day beside the rows."""
    if not proposal.sheet:
        return dated_lines(mapping.grid)
    row = mapping.grid.settings.get("header_row", 1)
    return dated_cells(path, proposal.sheet, row) if path is not None else []


def _seen(cells: Sequence[DatedCell], path: str, terms: DraftTerms) -> tuple[str, str]:
    """Return what a person may date the file by, and its day; of two readings both, the earlier one first."""
    name = re.sub("[^0-9A-Za-z.,/-]+", " ", path.rpartition("/")[2].rpartition(".")[0])
    found = {each.days: f"the cell {each.reference}" for each in cells}
    found = found or {tuple(sorted(days)): "the name" for days in readings_within(name)}
    if len(found) != 1 or min(found)[0] > terms.now.date():
        return "", ""
    [(days, place)] = found.items()
    return f"{place} of the file", " or ".join(map(str, days))


def dated_anew_by(proposal: Proposal, mapping: TableMapping, terms: DraftTerms) -> None:
    """Say anew when the content of a drafted table held, where a column says it whose days are read otherwise now."""
    if proposal.rule.startswith("{column: ") or (proposal.rule == NOBODY and dating(mapping, terms.now).may):
        say_when_held(proposal, mapping, terms)


def day_asked(proposal: Proposal) -> list[str]:
    """Return the question of when the content held, with the day of a cell; nothing where another rule says it."""
    if proposal.rule == NOBODY:
        return [f"{SAID_THERE} T{proposal.day_at[1:]} says {proposal.day}." if proposal.day_at else UNDATED]
    where = proposal.rule.removeprefix("{cell: ").removesuffix("}")
    why = f" {proposal.day_why[0].upper()}{proposal.day_why[1:]}." if proposal.day_why else ""
    return [f"{HELD_BY_CELL} {proposal.day}, as the cell {where} says?{why}"] if proposal.day else []
