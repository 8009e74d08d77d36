"""A first row that is data already: the file has no headings. Nobody guesses; a person says where they are."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from datetime import date
from itertools import pairwise
from typing import Final

from gonogo.documents.xlsx.workbook import Cell
from gonogo.first_week.prose import ascii_words, word_set
from gonogo.first_week.sample_grid import Grid, GridNote

_LOOKED_AT: Final = 500
_MOST: Final = 0.8
"""Share of the cells below that must look like the first one."""
_SEVERAL: Final = 3
_MONTH: Final = "(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*"
_DAY: Final = re.compile(
    rf"(?:[a-z]{{3,9}}, )?(?:[0-9]{{1,4}}[-/.][0-9]{{1,2}}[-/.][0-9]{{1,4}}|[0-9]{{1,2}}[- /]{_MONTH}[- /][0-9]{{2,4}}"
    rf"|{_MONTH} [0-9]{{1,2}}, [0-9]{{4}})(?:[ T,].*)?",
    re.IGNORECASE,
)
_NUMBER: Final = re.compile(r"[-+]?[$€£]?[0-9][0-9,.]*\s?%?")
_YEAR: Final = re.compile("(?:19|20|21)[0-9]{2}")
_MAIL: Final = re.compile(r"[^@\s]+@[^@\s]+\.[a-z]{2,}", re.IGNORECASE)
_CODE: Final = re.compile(r"(?=\S*[0-9])(?=\S*[A-Za-z_/.-])[A-Za-z0-9_/.#-]+")
_USUAL: Final = word_set(
    """
    id key no number name title description summary status state type date day owner due priority severity result
    outcome comment comments note notes category environment release version build phase role team step case risk issue
    item task module system interface start end created updated assigned response question score percent amount
    """
)
"""Words of headings: beside one of them a single word that stands again below is no proof."""


def first_record(
    grid: Grid, columns: Sequence[Sequence[Cell]], distinct: Sequence[Collection[Cell]]
) -> GridNote | None:
    """Return that the row of headings reads like data; None where nothing says so.

    Args:
        grid: The table.
        columns: Cells of every column below the headings, of its items alone.
        distinct: Their different values.
    """
    reasons = why_data(grid.headings, columns, distinct)
    if not reasons:
        return None
    row = grid.settings.get("header_row", 1)
    more = f" ({len(reasons) - _SEVERAL} more columns say so)" if len(reasons) > _SEVERAL else ""
    return GridNote(
        f"row {row}",
        f"reads like data, not like headings: {'; '.join(reasons[:_SEVERAL])}{more}. Put a row of headings above it, "
        f"or say which row holds them: gonogo map --header-row {row} if it is this one after all",
        stops=True,
    )


def why_data(
    headings: Sequence[str], columns: Sequence[Sequence[Cell]], distinct: Sequence[Collection[Cell]]
) -> list[str]:
    """Return why a row of headings reads like data, without its words; nothing where nothing says so."""
    same = dict(_alike(headings, columns))
    again = [index for index, values in enumerate(distinct) if _again(headings[index], values)]
    usual = any(set(ascii_words(heading)) & _USUAL for heading in headings)
    if not same and (len(again) < 2 if usual else not again):
        return []
    reasons = [f"column {index + 1} holds {what} there, as it does below" for index, what in same.items()]
    return reasons + [
        f"what is in column {index + 1} appears there again below" for index in again if index not in same
    ]


def _alike(headings: Sequence[str], columns: Sequence[Sequence[Cell]]) -> Iterator[tuple[int, str]]:
    """Yield the columns whose heading is a value of the same kind as the cells below it."""
    numbers: list[int] = []
    others = 0
    # Without a heading that is a number, it does not matter which columns hold numbers.
    numbered = any(map(_is_number, headings))
    for index, (heading, cells) in enumerate(zip(headings, columns, strict=True)):
        first = heading.strip()
        below = [cell for cell in cells[:_LOOKED_AT] if cell != ""]
        if not first or not below:
            continue
        texts = [cell.strip() for cell in below if isinstance(cell, str)]
        if _DAY.fullmatch(first):
            days = sum(isinstance(cell, date) for cell in below) + sum(map(bool, map(_DAY.fullmatch, texts)))
            if days >= _MOST * len(below):
                yield index, "a date"
        elif _MAIL.fullmatch(first):
            if 2 * sum(map(bool, map(_MAIL.fullmatch, texts))) >= len(below):
                yield index, "an address"
        elif numbered and _counts(below):
            if _is_number(first):
                numbers.append(index)
            else:
                others += 1
        elif _CODE.fullmatch(first) and sum(_form(text) == _form(first) for text in texts) >= _MOST * len(below):
            yield index, "an identifier"
    # Where headings stand on some columns of numbers, a number on another one is a heading too.
    if not others and not _ascend([headings[index] for index in numbers]):
        yield from ((index, "a number") for index in numbers)


def _is_number(heading: str) -> bool:
    """Whether a heading is a number, and no year."""
    first = heading.strip()
    return _NUMBER.fullmatch(first) is not None and _YEAR.fullmatch(first) is None


def _counts(below: Sequence[Cell]) -> bool:
    """Whether cells are numbers."""
    typed = sum(isinstance(cell, (int, float)) for cell in below)
    written = sum(isinstance(cell, str) and _NUMBER.fullmatch(cell.strip()) is not None for cell in below)
    return typed + written >= _MOST * len(below)


def _form(text: str) -> str:
    """Return the shape of an identifier: ``TC-0017`` and ``TC-4`` are alike."""
    return re.sub("[0-9]+", "9", re.sub("[A-Za-z]+", "a", text))


def _ascend(numbers: Sequence[str]) -> bool:
    """Whether numbers are headings: those of questions (1, 2, 3) or ages (30, 60, 90) ascend."""
    plain = [text.strip() for text in numbers]
    if len(plain) < _SEVERAL or not all(text.isascii() and text.isdigit() for text in plain):
        return False
    return all(int(earlier) < int(later) for earlier, later in pairwise(plain))


def _again(heading: str, distinct: Collection[Cell]) -> bool:
    """Whether a heading is one of several values of its own column; a box that is ticked holds its heading alone."""
    if not heading.strip() or heading not in distinct:
        return False
    return any(value not in ("", heading) for value in distinct)
