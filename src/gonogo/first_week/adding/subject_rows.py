"""Which rows count, where a column names several test cycles or builds: asked in the workbook, and read back."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from gonogo.first_week.adding.sheet_line import SheetLine
from gonogo.first_week.drafts.answered_draft import AnsweredRow
from gonogo.first_week.drafts.profiled import column_of
from gonogo.first_week.drafts.row_subjects import EVERY_ROW, RowSubject, subjects_of
from gonogo.first_week.drafts.words_that_count import WrongAnswerInSheet
from gonogo.first_week.mapping import TableMapping
from gonogo.first_week.proposal import Proposal
from gonogo.first_week.prose import plain
from gonogo.profiles.profile import Profile

EVERY: Final = "every row counts"
OWN: Final = "those of the program"
TAG: Final = "which rows"
_UNKNOWN: Final = {"type": "text", "allowed": "any", "optional": True}
"""A column of texts that the profile does not know."""


def subject_rows(subjects: Iterable[RowSubject], *, guess: bool) -> Iterator[SheetLine]:
    """Yield what is asked: a drop-down of the values, of which only a person knows those that count.

    Args:
        subjects: Columns that say which subject each row is about.
        guess: Whether the rows of the program count until somebody says otherwise, and of cycles those of the last one.
    """
    for each in subjects:
        offered = (*each.values, EVERY) if each.asks else (OWN, EVERY)
        answer = OWN if guess and not each.asks else ""
        several = f"several of the kind {each.kind}"
        if len(each.values) == 1:
            several = f"another {each.kind} than the program's"
        note = f"It names {several}. Which rows count? More of them beside it, with ; between."
        if guess and each.asks and each.values:
            last = plain(each.values[-1], most=60)
            note += f" What it gives today is of {last} alone; while this is blank, nothing counts."
        yield SheetLine(TAG, each.heading, answer=answer, offered=offered, second="", note=note)


def counted_in(mapping: TableMapping, rows: Sequence[AnsweredRow]) -> dict[str, tuple[str, ...] | None]:
    """Return for each such column the values that count: nothing for every row, None where nobody has said.

    Raises:
        WrongAnswerInSheet: A value does not stand in the column.
    """
    return {each.name: _said(each, row) for each in subjects_of(mapping) for row in _about(each, rows)}


def _about(subject: RowSubject, rows: Sequence[AnsweredRow]) -> list[AnsweredRow]:
    return [row for row in rows if row.tag == TAG and row.about.strip() == subject.heading.strip()]


def _said(subject: RowSubject, row: AnsweredRow) -> tuple[str, ...] | None:
    if row.answer in ("", EVERY):
        return () if row.answer else None
    if not subject.asks:
        if row.answer != OWN:
            raise WrongAnswerInSheet(f"{row.place}: `{row.answer}` is none of the answers that are offered")
        return (OWN,)
    found = tuple(dict.fromkeys(word.strip() for word in f"{row.answer};{row.second}".split(";") if word.strip()))
    if strange := [word for word in found if subject.values and word not in subject.values]:
        raise WrongAnswerInSheet(f"{row.place}: the column `{subject.heading}` holds no `{strange[0]}`")
    return found


def settle_subjects(profile: Profile, proposal: Proposal, rows: Sequence[AnsweredRow]) -> None:
    """Put into the settings of an export which of its rows count.

    Raises:
        WrongAnswerInSheet: A value does not stand in the column.
    """
    mapping = proposal.mapping
    if mapping is None:
        return
    table = next(iter(profile.tables))
    for each in subjects_of(mapping):
        for row in _about(each, rows):
            said = _said(each, row)
            if said is None:
                continue
            own = proposal.settings.setdefault("tables", {}).setdefault(table, {})
            if not said:
                own.setdefault("not_subject", {})[each.heading] = EVERY_ROW
                continue
            name = column_of(profile, each.heading) or each.name
            column = profile.tables[table]["columns"].get(name)
            if column is None:
                own.setdefault("columns", {})[name] = _UNKNOWN | {"header": each.heading}
            elif column.get("may_be_absent"):  # rows are told apart by it now, so every file must have it
                own.setdefault("columns", {}).setdefault(name, {})["may_be_absent"] = False
            counts = {"counts": [*said]} if each.asks else {}
            own.setdefault("subject", {})[name] = {"kind": each.kind} | counts
