"""Words that stand in a cell for nothing, such as TBD in a column of days: where the settings list them, it is blank.

No fact gets better by that: a blank cell is not given, and is unknown wherever a condition asks about it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from gonogo.collectors.columns.column import Column


def has_blank_words(columns: Mapping[str, Column]) -> bool:
    """Whether any column lists such words, so that a reader has to look at each row."""
    return any(column.blank_words for column in columns.values())


def says_nothing(text: str, column: Column) -> bool:
    """Whether a cell holds one of the words of its column, in any spelling of capitals."""
    word = text.strip().casefold()
    return any(word == each.strip().casefold() for each in column.blank_words)


def blanked(cells: Sequence[str], columns: Mapping[str, Column], positions: Mapping[str, int]) -> Sequence[str]:
    """Return the cells of a row, with nothing where a word stands for nothing."""
    found = [at for name, at in positions.items() if at < len(cells) and says_nothing(cells[at], columns[name])]
    if not found:
        return cells
    return [cell if at not in found else "" for at, cell in enumerate(cells)]
