"""Columns of days and numbers in which TBD or n/a stands for a cell that nobody has filled in: they count as blank."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from typing import Final

from gonogo.documents.xlsx.workbook import Cell
from gonogo.first_week import hints
from gonogo.first_week.candidates import candidate
from gonogo.first_week.mapping import TableMapping
from gonogo.first_week.prose import plain, word_set
from gonogo.first_week.table_columns import Guess
from gonogo.model.placeholder import plain_words
from gonogo.text import listed

WORSE: Final = "which makes no fact better."
"""How a question ends whose answer changes no fact for the better."""
_NOTHING: Final = word_set(
    "tbd tba tbc tbs na notapplicable notavailable unknown tobedetermined tobedecided tobedefined tobeconfirmed"
)
"""Words without blanks and marks. Pending, soon and open may say something about a day."""
_TYPES: Final = ("date", "instant", "integer", "decimal", "money", "percent")


def with_blank_words(mapping: TableMapping) -> TableMapping:
    """Return a table in which such columns are read; a column with any other odd cell stays as it is."""
    found = {name: words for name, guess in mapping.columns.items() if (words := blank_words(mapping, guess))}
    return _with_words(mapping, found)


def with_chosen_days(mapping: TableMapping, headings: Collection[str]) -> TableMapping:
    """Return a table in which the columns of days that a person chose are read, whatever else a cell of them says.

    What is done on a day is not done by a cell without one, such as *pending legal*: it counts as blank.
    """
    chosen = {heading.strip() for heading in headings}
    named = {name: guess for name, guess in mapping.columns.items() if guess.heading.strip() in chosen}
    return _with_words(mapping, {name: words for name, guess in named.items() if (words := no_days(mapping, guess))})


def no_days(mapping: TableMapping, guess: Guess) -> tuple[str, ...]:
    """Return the words for a state that stand among the days of a column; nothing where a cell is something else.

    A number may be a day that somebody wrote in another way, and a name is written into no settings.
    """
    if guess.hidden or guess.settings["type"] not in ("date", "instant"):
        return ()
    odd = _odd_cells(mapping, guess)
    words = all(hints.says_a_state(cell) and not any(sign.isdigit() for sign in cell) for cell in odd)
    return tuple(dict.fromkeys(odd)) if words else ()


def _odd_cells(mapping: TableMapping, guess: Guess) -> list[str]:
    """Return the texts that keep a column from being read; nothing where anything else does as well."""
    if guess.concealed or not guess.unreadable:
        return []
    fits = candidate({key: value for key, value in guess.settings.items() if key != "optional"}).fits
    cells = [row[guess.index] for row in mapping.grid.rows]
    odd = [cell for cell in cells if isinstance(cell, str) and cell and not fits(cell)]
    return odd if len(odd) == guess.unreadable else []


def _with_words(mapping: TableMapping, found: dict[str, tuple[str, ...]]) -> TableMapping:
    if not found:
        return mapping
    places = {mapping.columns[name].index: set(words) for name, words in found.items()}
    rows = [
        ["" if at in places and cell in places[at] else cell for at, cell in enumerate(row)]
        for row in mapping.grid.rows
    ]
    columns = mapping.columns | {name: _read(mapping, mapping.columns[name], words) for name, words in found.items()}
    headings = {mapping.columns[name].heading for name in found}
    ignored = tuple(heading for heading in mapping.ignored if heading not in headings)
    return replace(mapping, grid=replace(mapping.grid, rows=rows), columns=columns, ignored=ignored)


def blank_words(mapping: TableMapping, guess: Guess) -> tuple[str, ...]:
    """Return the words that stand for nothing in a column, where they are all that keeps it from being read."""
    odd = _odd_cells(mapping, guess) if guess.settings["type"] in _TYPES else []
    return tuple(dict.fromkeys(odd)) if all(_says_nothing(cell) for cell in odd) else ()


def _says_nothing(cell: str) -> bool:
    squeezed = plain_words(cell).replace(" ", "")
    return (not squeezed or squeezed in _NOTHING) and not any(sign.isdigit() for sign in cell)


def _read(mapping: TableMapping, guess: Guess, words: tuple[str, ...]) -> Guess:
    cells: list[Cell] = [row[guess.index] for row in mapping.grid.rows]
    count = sum(cell in words for cell in cells)
    return replace(
        guess,
        settings={**guess.settings, "optional": True, "blank_words": list(words)},
        blanks=guess.blanks + count,
        distinct=guess.distinct - len(words),
        unreadable=0,
        notes=[],
    )


def blank_questions(mapping: TableMapping) -> list[str]:
    """Return what is asked of such columns."""
    asked = []
    for guess in mapping.columns.values():
        if words := guess.settings.get("blank_words"):
            which = listed([plain(word, most=40) for word in words])
            what = f"does {which} mean that nothing is known yet? It counts as blank, {WORSE}"
            asked.append(f"Column {plain(guess.heading, most=60)}: {what}")
    return asked
