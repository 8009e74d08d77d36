"""What one column seems to hold, with every cell that does not agree."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import Any, Final

from gonogo.collectors.rows.spoiled import SPOILED
from gonogo.documents.xlsx.workbook import Cell
from gonogo.first_week import hints
from gonogo.first_week.candidates import TEXT, Candidate, candidate, candidates_of
from gonogo.first_week.percent import percent_notes
from gonogo.first_week.prose import SHOWN
from gonogo.first_week.sample_grid import Grid, GridNote
from gonogo.first_week.sample_rows import is_total_word
from gonogo.first_week.typed_cells import CellKind, kind_of_cells, numbers, odd_cells
from gonogo.model.about_people import why_about_people

MAX_ALLOWED: Final = 12
"""Most different values for a list of allowed ones."""
_SPOILED: Final = re.compile(SPOILED, re.ASCII)
_UTC: Final = re.compile(r"\b(?:UTC|GMT|Zulu)\b(?! ?[+-])", re.IGNORECASE)
_SAMPLE: Final = 600
_SEVERAL: Final = 2
_FAULTY: Final = "an error value, or a formula without a stored result"
_BLANKS: Final = (
    "blanks before or after the text, so that one word would count as two; remove them where the file is made, or in "
    "a spreadsheet with TRIM. Until then the column is ignored"
)
_RESTLESS: Final = "a formula whose value may change by itself or comes from outside the workbook; paste the values"
_MOST: Final = 0.6
"""Share of the cells that must agree on a type; below it the column is text."""


@dataclass(slots=True)
class Guess:
    """One column as it seems to be.

    Attributes:
        heading: As the file writes it.
        index: 0-based.
        settings: For the table collector, without ``header``.
        rows: Rows of data.
        blanks: Blank cells.
        distinct: Different values among the others.
        unreadable: Cells that are not what the settings say.
        values: The different values, where they are few and about nobody.
        hidden: Whether the few different values are kept back, because they may be about people.
        people: Why the column is about people; empty where nothing says so.
        concealed: Whether a workbook hides the column.
        notes: What a person should look at.
    """

    heading: str
    index: int
    settings: dict[str, Any]
    rows: int
    blanks: int = 0
    distinct: int = 0
    unreadable: int = 0
    values: tuple[str, ...] = ()
    hidden: bool = False
    people: str = ""
    concealed: bool = False
    notes: list[GridNote] = field(default_factory=list)

    @property
    def left_out(self) -> bool:
        """Whether the table collector would refuse the column as it stands, so that it is not read."""
        return bool(self.unreadable) or self.concealed


def guess_column(grid: Grid, index: int, values: Sequence[Cell], *, unique: bool = False) -> Guess:
    """Return what a column seems to hold. Every cell is looked at.

    Args:
        grid: The table, of its items alone.
        index: 0-based index of the column.
        values: Its cells, from the first row of data on.
        unique: Whether no cell is like another one.
    """
    guess = Guess(grid.headings[index], index, dict(TEXT), len(values))
    guess.concealed = index in grid.concealed
    places = {grid.row_number(n): n for n in range(len(values))} if grid.faults or grid.restless else {}
    faulty = {row for row, column in grid.faults if column == index + 1 and row in places}
    restless = {row for row, column in grid.restless if column == index + 1 and row in places}
    types: Counter[type] = Counter(map(type, values)) if grid.typed else Counter({str: len(values)})
    counts: Counter[Cell] = Counter(dict.fromkeys(values, 1)) if unique else Counter(values)
    blanks = counts.pop("", 0)
    types[str] -= blanks
    guess.blanks = blanks - len(faulty)
    guess.distinct = len(counts)
    kind = kind_of_cells(types, guess.heading) if grid.typed and counts else CellKind.TEXT
    if kind is CellKind.TEXT and counts:
        _texts(grid, guess, values, {value: n for value, n in counts.items() if isinstance(value, str)})
    elif kind is CellKind.NUMBER:
        _numbers(grid, guess, values, counts)
    elif kind is CellKind.BOOLEAN:
        guess.settings = {"type": "boolean"}
    elif kind is CellKind.DAY:
        guess.settings = {"type": "date"}
    elif kind is CellKind.MOMENT:
        guess.settings = {"type": "instant", "zone": "local"}
    elif kind is CellKind.OTHER:
        guess.unreadable += sum(counts.values())
        filled = [row for row, value in enumerate(values) if value != ""]
        where = grid.cells(filled[:SHOWN], index, len(filled))
        guess.notes.append(
            GridNote(where, "a time or a duration, which no column of a table is; type a number or a date")
        )
    if (
        kind is not CellKind.OTHER
        and grid.typed
        and counts
        and (sum(map(bool, types.values())) > 1 or kind in (CellKind.DAY, CellKind.MOMENT))
    ):
        _odd(grid, guess, values, counts, kind)
    guess.notes += percent_notes(grid, guess.heading, index, values, counts)
    for rows, sentence in ((faulty, _FAULTY), (restless, _RESTLESS)):
        if rows:
            guess.unreadable += len(rows)
            first = sorted(places[row] for row in rows)
            guess.notes.append(GridNote(grid.cells(first[:SHOWN], guess.index, len(first)), sentence))
    if guess.blanks:
        guess.settings["optional"] = True
    texts = [value for value in counts if isinstance(value, str)]
    shown = texts or [str(value) for value in islice(counts, SHOWN) if not isinstance(value, bool)]
    guess.people = why_about_people(guess.heading, shown)
    _allow(guess, texts, sum(counts.values()), alone=len(texts) == len(counts))
    return guess


def _texts(grid: Grid, guess: Guess, values: Sequence[Cell], counts: dict[str, int]) -> None:
    chosen = _chosen(guess.heading, counts, typed=grid.typed)
    guess.settings = dict(chosen.settings)
    unfit = set() if chosen.settings["type"] == "id" else {text for text in counts if not chosen.fits(text)}
    if unfit:
        number = sum(counts[text] for text in unfit)
        guess.unreadable += number
        what = _BLANKS if all(chosen.fits(text.strip()) for text in unfit) else f"not {chosen.expected}"
        guess.notes.append(GridNote(_places(grid, guess.index, values, unfit.__contains__, number), what))
    if chosen.settings["type"] == "text":
        guess.notes += _mixed_dates(grid, guess, values, list(islice(counts, _SAMPLE)))
    if chosen.settings["type"] == "id":
        _spoiled(grid, guess, values, counts)
    if guess.settings.get("format", "").startswith("%m/%d/"):
        _day_or_month(grid, guess, values, counts)
    if guess.settings["type"] == "instant" and guess.settings.get("zone") == "local" and _UTC.search(guess.heading):
        guess.settings["zone"] = "UTC"
    elif guess.settings["type"] == "instant" and guess.settings.get("zone") == "local":
        guess.notes.append(
            GridNote(grid.at(0, guess.index), "times without an offset; zone: local reads them in the program's zone")
        )


def _mixed_dates(grid: Grid, guess: Guess, values: Sequence[Cell], texts: Sequence[str]) -> Iterator[GridNote]:
    """Yield that a column is read as text although most of its texts are dates: they are written in several ways."""
    ways = [each for each in candidates_of(guess.heading, texts, typed=False) if each.settings["type"] == "date"]
    dates = sum(any(way.fits(text) for way in ways) for text in texts)
    if dates >= _SEVERAL and 2 * dates >= len(texts):
        first = next(index for index, value in enumerate(values) if value != "")
        yield GridNote(
            grid.at(first, guess.index),
            "most of its texts are dates, written in several ways or mixed with words, so it is read as text and no "
            "fact can use its dates; write all of them in one way, and leave the others blank",
        )


def _spoiled(grid: Grid, guess: Guess, values: Sequence[Cell], counts: dict[str, int]) -> None:
    """Note the identifiers that Excel made a number or a date of before it saved the file."""
    spoiled = {text for text in counts if _SPOILED.fullmatch(text)}
    if spoiled:
        number = sum(counts[text] for text in spoiled)
        guess.unreadable += number
        where = _places(grid, guess.index, values, spoiled.__contains__, number)
        sentence = "Excel has turned identifiers into numbers or dates; export again and do not save it in Excel"
        guess.notes.append(GridNote(where, sentence))


def _chosen(heading: str, counts: dict[str, int], *, typed: bool) -> Candidate:
    texts = list(counts)
    sample = (
        texts if len(texts) <= _SAMPLE else [*texts[: _SAMPLE // 2], *islice(texts, 0, None, len(texts) * 2 // _SAMPLE)]
    )
    whole = sum(counts[text] for text in sample)
    best, share = None, 0.0
    for each in candidates_of(heading, sample, typed=typed):
        part = sum(counts[text] for text in sample if each.fits(text)) / whole
        if part > share:
            best, share = each, part
        if part == 1:
            break
    if best is not None and share >= _MOST:
        return best
    identifier = candidate({"type": "id"})
    if hints.is_id(heading) and all(identifier.fits(text) for text in texts):
        return identifier
    return candidate(dict(TEXT))


def _numbers(grid: Grid, guess: Guess, values: Sequence[Cell], counts: Counter[Cell]) -> None:
    found = numbers(guess.heading, counts, shown_as_share=guess.index in grid.shares)
    guess.settings = found.settings
    if found.unfit:
        number = sum(counts[value] for value in found.unfit)
        guess.unreadable += number
        places = _places(grid, guess.index, values, found.unfit.__contains__, number)
        guess.notes.append(GridNote(places, f"not {candidate(found.settings).expected}"))
    if hints.is_id(guess.heading):
        sentence = (
            "numbers under a heading that suggests identifiers: Excel turns identifiers into numbers and drops "
            "leading zeros; format the column as text and type them again, or leave it a number if it is one"
        )
        guess.notes.append(GridNote(grid.cells([0], guess.index, 1), sentence))


def _odd(grid: Grid, guess: Guess, values: Sequence[Cell], counts: Counter[Cell], kind: CellKind) -> None:
    texts = [value for value in counts if isinstance(value, str)]
    coded = 2 * sum(hints.is_code(text) for text in texts) > len(texts)
    for what, fits in odd_cells(kind, identifiers=coded or hints.is_id(guess.heading)):
        number = sum(times for value, times in counts.items() if fits(value))
        if number:
            guess.unreadable += number
            guess.notes.append(GridNote(_places(grid, guess.index, values, fits, number), what))


def _places(grid: Grid, column: int, values: Iterable[Cell], wanted: Callable[[Any], bool], number: int) -> str:
    first = list(islice((index for index, value in enumerate(values) if wanted(value)), SHOWN))
    return grid.cells(first, column, number)


def _day_or_month(grid: Grid, guess: Guess, values: Sequence[Cell], counts: dict[str, int]) -> None:
    other = candidate(guess.settings | {"format": guess.settings["format"].replace("%m/%d", "%d/%m")})
    if all(other.fits(text) for text in counts):
        guess.notes.append(
            GridNote(
                grid.at(next(i for i, v in enumerate(values) if v != ""), guess.index),
                "every date could be month/day or day/month; month/day is suggested, check it",
            )
        )


def _allow(guess: Guess, texts: Sequence[str], filled: int, *, alone: bool) -> None:
    """List the values of a column that has few of them; a text of several lines, or Total, is no category.

    Words of states and kinds are one in a register of three rows too.
    """
    if guess.settings["type"] != "text" or not alone or not 1 <= len(texts) <= MAX_ALLOWED or guess.unreadable:
        return
    known = all(hints.is_state_word(text) or hints.is_kind_word(text) for text in texts)
    if (filled < 2 * len(texts) and not known) or any("\n" in text or is_total_word(text) for text in texts):
        return
    if not hints.may_show(guess.heading, texts):
        guess.hidden = True
        return
    guess.values = tuple(sorted(texts))
    guess.settings["allowed"] = list(guess.values)
