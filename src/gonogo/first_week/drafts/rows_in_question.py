"""Rows of a table that may be no items: what becomes of each kind of them is proposed, shown, and said by a person."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from gonogo.collectors.rows.outline import numbers_an_outline, parents_of_numbers
from gonogo.first_week.hints import sayable
from gonogo.first_week.mapping import TableMapping
from gonogo.first_week.prose import plain, positions
from gonogo.first_week.row_doubts import text
from gonogo.text import listed

ROWS: Final = "rows"
"""Tag of the row of a sheet that asks it."""
COUNTS: Final = "counts"
_NO_ITEMS: Final = "they are no items and left out"
_EACH: Final = "each of them is an item and counts"
_ASKED: Final = "Do they count, or only what is below?"
_MOST: Final = 5


@dataclass(frozen=True, slots=True)
class RowKind:
    """How one kind of rows is called, and what may be said of it.

    Attributes:
        about: What such rows are.
        has: What one of them does or is, as a part of a sentence.
        have: The same of several.
        left: The answer by which they are left out.
        counts: The answer by which each of them counts.
        question: What is asked where they are proposed to be left out.
    """

    about: str
    has: str
    have: str
    left: str
    counts: str = _EACH
    question: str = "Left out of every count: right?"


KINDS: Final = {
    "parent": RowKind(
        "rows that have rows below them",
        "has rows below it",
        "have rows below them",
        "they are headings only; what is below them counts",
        "they count too, beside what is below them",
        "Headings only, so that what is below counts and they do not: right?",
    ),
    "total": RowKind("rows that look like totals", "looks like a total", "look like totals", _NO_ITEMS),
    "struck": RowKind("rows that are struck through", "is struck through", "are struck through", _NO_ITEMS),
    "group_title": RowKind(
        "rows with one cell alone", "has one cell alone", "have one cell alone", "they are titles and left out"
    ),
}


@dataclass(frozen=True, slots=True)
class RowsInQuestion:
    """Rows of one kind that a table has.

    Attributes:
        kind: As ``rows:`` calls it.
        where: Which rows, in words.
        left: The setting that leaves them out; None where none is known.
        guess: What becomes of them until a person says it: that setting, or None where nobody knows.
        rows: Their numbers in the file, where they are known.
    """

    kind: str
    where: str
    left: Any
    guess: Any = None
    rows: frozenset[int] = frozenset()

    @property
    def words(self) -> RowKind:
        """How they are called, and what may be said of them."""
        return KINDS[self.kind]

    @property
    def offered(self) -> tuple[str, ...]:
        """What a person may say."""
        return (*([self.words.left] if self.left is not None else []), self.words.counts)

    @property
    def proposed(self) -> str:
        """The answer that is proposed; empty for none."""
        return self.words.left if self.guess is not None else ""

    @property
    def question(self) -> str:
        """What is asked of them, as a sentence."""
        one = len(self.rows) == 1
        start = f"{self.where} {self.words.has if one else self.words.have}."
        return f"{start} {self.words.question if self.guess is not None else _ASKED}"

    def answered(self, rule: Any) -> str:
        """Return the answer that a setting is; empty for none and for one that nobody could answer with."""
        if rule == COUNTS:
            return self.words.counts
        return self.words.left if rule is not None and rule == self.left else ""

    def said(self, answer: str) -> Any:
        """Return the setting that an answer means; None for a blank one, and for none that is offered."""
        if answer == self.words.counts:
            return COUNTS
        return self.left if answer == self.words.left else None


def rows_in_question(mapping: TableMapping) -> list[RowsInQuestion]:
    """Return the kinds of rows of a table that may be no items, each once."""
    found: dict[str, RowsInQuestion] = {}
    for note in mapping.notes:
        if note.kind not in KINDS:
            continue
        before = found.get(note.kind)
        left = note.left if before is None or before.left is None else before.left
        numbers = frozenset(note.rows) | (_parents_by(mapping, left) if note.kind == "parent" else frozenset())
        numbers |= before.rows if before is not None else frozenset()
        plainly = note.kind != "parent" or are_headings(mapping, numbers)
        where = _where(mapping, numbers, left, note.where)
        found[note.kind] = RowsInQuestion(note.kind, where, left, left if plainly else None, numbers)
    return list(found.values())


def guessed_rows(mapping: TableMapping) -> dict[str, Any]:
    """Return what becomes of rows that may be no items until a person says it, as ``rows:`` writes it."""
    return mapping.kinds | {each.kind: each.guess for each in rows_in_question(mapping) if each.guess is not None}


def left_out(mapping: TableMapping, rules: Mapping[str, Any]) -> frozenset[int]:
    """Return the numbers of the rows that are left out by what becomes of each kind, where they are known."""
    kinds = (each for each in rows_in_question(mapping) if rules.get(each.kind, COUNTS) != COUNTS)
    return frozenset(row for each in kinds for row in each.rows)


def columns_of(rules: Mapping[str, Any]) -> Iterator[str]:
    """Yield the columns by which such rows are told."""
    for rule in rules.values():
        if isinstance(rule, Mapping):
            yield from (str(rule[key]) for key in ("column", "names_parent") if key in rule)


def are_headings(mapping: TableMapping, parents: frozenset[int]) -> bool:
    """Whether a file makes it plain that rows above others are headings: each is blank where all other rows are filled.

    A row with a day or a person of its own may be a task that somebody has to do.
    """
    grid = mapping.grid
    above = [row for index, row in enumerate(grid.rows) if grid.row_number(index) in parents]
    others = [row for index, row in enumerate(grid.rows) if grid.row_number(index) not in parents]
    if not above or len(above) != len(parents) or not others:
        return False
    full = [index for index in range(len(grid.headings)) if all(row[index] != "" for row in others)]
    return any(all(row[index] == "" for row in above) for index in full)


def _parents_by(mapping: TableMapping, rule: Any) -> frozenset[int]:
    """Return the rows that are parents by a setting about a column."""
    if not isinstance(rule, Mapping) or rule["column"] not in mapping.columns:
        return frozenset()
    grid = mapping.grid

    def cells(name: str) -> list[str]:
        index = mapping.columns[name].index
        return [text(row[index]).strip() for row in grid.rows]

    mine = cells(str(rule["column"]))
    if "values" in rule:
        at = [index for index, cell in enumerate(mine) if cell in rule["values"]]
    elif "names_parent" in rule:
        named = {*mine} - {""}
        at = [index for index, cell in enumerate(cells(str(rule["names_parent"]))) if cell in named]
    elif numbers_an_outline(mapping.columns[rule["column"]].heading, mine):
        above = parents_of_numbers(mine)
        at = [index for index, cell in enumerate(mine) if cell in above]
    else:
        depths = [(index, int(cell)) for index, cell in enumerate(mine) if cell.isascii() and cell.isdigit()]
        at = [one for (one, depth), (_, below) in itertools.pairwise(depths) if below > depth]
    return frozenset(map(grid.row_number, at))


def _where(mapping: TableMapping, rows: frozenset[int], left: Any, otherwise: str) -> str:
    """Return which rows they are: by number and, where that names nobody, by their first words."""
    if not rows:
        return otherwise[:1].upper() + otherwise[1:] if otherwise else "Some rows"
    grid, first = mapping.grid, {}
    for index, cells in enumerate(grid.rows):
        if grid.row_number(index) in rows:
            shown = (guess for guess in mapping.columns.values() if not (guess.people or guess.hidden))
            first[grid.row_number(index)] = next((str(cells[g.index]) for g in shown if cells[g.index] != ""), "")
    if isinstance(left, Mapping) and len(rows) == 1 and left.get("values") and not first:
        first = dict.fromkeys(rows, left["values"][0])
    named = [
        f"{number} ({plain(sayable(first[number]), most=40)})" if first.get(number) else str(number)
        for number in sorted(rows)
    ]
    word = "Record" if grid.records else "Row" if grid.typed else "Line"
    if len(named) <= _MOST:
        return f"{word}{'s' if len(named) > 1 else ''} {listed(named)}"
    return f"{word}s {positions(named[:_MOST], len(named))}"
