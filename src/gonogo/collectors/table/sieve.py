"""Rows that the settings say are no items are left out before anything is checked or counted, and reported by kind."""

from __future__ import annotations

import itertools
from array import array
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from gonogo.collectors.rows.no_item import NoItem
from gonogo.collectors.rows.outline import adds_up, numbers_an_outline, parents_of_numbers
from gonogo.collectors.table.filter_note import refuse_filter
from gonogo.collectors.table.headings_found import plain_heading
from gonogo.collectors.table.outside import MOST, WATCHED, Outside, cells_of
from gonogo.collectors.table.row_settings import RowsUnder, RowsWhere
from gonogo.collectors.table.settings import Table
from gonogo.model.evidence import GapReason
from gonogo.model.refusal import StructuralFault
from gonogo.text import listed

Row = tuple[int, Sequence[str]]
"""Number of a row in the source, and the texts of all its cells."""
BLANK_ROWS: Final = (
    ", and there are rows below it; say blank_rows: allowed if the source always has some, or prove the size by control"
)


def sifts(table: Table) -> bool:
    """Return whether the settings leave any rows out, so that a reader has to look at each."""
    return table.blank_rows == "allowed" or any(rule != "counts" for rule in table.rows.values())


def allows_blank_rows(table: Table) -> bool:
    """Return whether a blank row may stand between rows: the settings allow it, or a control proves the size."""
    control = table.control
    proved = (
        control.rows is not None or control.rows_at is not None or bool(control.totals) or control.footer is not None
    )
    return table.blank_rows == "allowed" or proved


@dataclass(slots=True)
class Sieve:
    """What is left out of one table.

    Attributes:
        table: Its settings.
        headings: Every heading, by position.
        positions: Position of each column that is read.
        left_out: How many rows of each kind were left out.
        numbers: Number in the source of each row that was kept.
        outside: Rows that a column tells to be no items, the first of them.
        above: Numbers of rows right below which a workbook sets a row in.
        titles: Numbers of rows right above repeated headings, where only those are titles of groups.
        place: Where the table is, for messages.
    """

    table: Table
    headings: Sequence[str]
    positions: Mapping[str, int]
    left_out: Counter[str] = field(default_factory=Counter)
    numbers: array[int] = field(default_factory=lambda: array("L"))
    outside: list[Outside] = field(default_factory=list)
    above: frozenset[int] = frozenset()
    titles: frozenset[int] = frozenset()
    place: str = "the table"

    def kept(self, rows: Callable[[], Iterable[Row]], struck: frozenset[int] = frozenset()) -> Iterator[Row]:
        """Yield the rows that are items; what is blank comes through unless the settings allow it.

        Args:
            rows: Gives all rows from the first one on, each time that it is called.
            struck: Numbers of rows that are struck through.
        """
        parents = self._parents(rows)
        self.titles = self._titles(rows)
        seen: set[str] = set()
        for number, cells in rows():
            kind = self._kind(number, cells, parents, struck)
            if kind == NoItem.CONTINUED and not self.numbers:
                kind = None  # there is no item above that it could go on with
            if kind == NoItem.TEMPLATE and not self._of_template(number, cells, seen):
                kind = None
            if kind == NoItem.TOTAL:
                refuse_filter(self.table, self.place, f"row {number}", cells)
            if kind is not None:
                self.left_out[kind] += 1
                watched = kind in WATCHED and len(self.outside) < MOST
                if watched and isinstance(self.table.rows[NoItem(kind)], RowsWhere):
                    self.outside.append(Outside(number, kind, cells_of(cells, self.positions)))
                continue
            self.numbers.append(number)
            yield number, cells

    def _kind(self, number: int, cells: Sequence[str], parents: frozenset[int], struck: frozenset[int]) -> str | None:
        filled = [index for index, cell in enumerate(cells) if cell.strip()]
        if not filled:
            return "blank" if allows_blank_rows(self.table) else None
        for kind, rule in self.table.rows.items():
            if rule == "counts":
                continue
            if rule == "set_in":
                if number in parents:
                    return kind.value
            elif isinstance(rule, RowsUnder):
                under = set(map(plain_heading, rule.under))
                if all(at < len(self.headings) and plain_heading(self.headings[at]) in under for at in filled):
                    return kind.value
            elif isinstance(rule, RowsWhere):
                if number in parents if kind is NoItem.PARENT and not rule.values else self._says(rule, cells):
                    return kind.value
            elif self._looks(kind, number, cells, filled, struck):
                return kind.value
        return None

    def _of_template(self, number: int, cells: Sequence[str], seen: set[str]) -> bool:
        """Return whether a row with the words of the template is no item.

        Raises:
            CollectorRefusal: It may be one: it was written over and nobody has said whether it counts, or it was there
                before, because a template has each row once.
        """
        rule = self.table.rows[NoItem.TEMPLATE]
        if not isinstance(rule, RowsWhere):
            return True
        changed = [
            self.headings[self.positions[column]]
            for column, unchanged in rule.unchanged.items()
            if column in self.positions and self._cell(column, cells) not in unchanged
        ]
        if changed and rule.written_over is not None:
            return rule.written_over == "left_out"
        if changed:
            raise StructuralFault(
                f"{self.place}: row {number} has the words of a row of the template under {rule.column} and words of "
                f"its own under {listed(changed)}, so it may be an item; say in the row `items` of the binding "
                "workbook whether it is one, or give it its own words under both",
                GapReason.AMBIGUOUS_ROWS,
            )
        value = self._cell(rule.column, cells)
        if value in seen:
            raise StructuralFault(
                f"{self.place}: row {number} has the words of a row of the template under {rule.column} a second time, "
                "so one of the two is an item; give the item words of its own, or delete the row",
                GapReason.AMBIGUOUS_ROWS,
            )
        seen.add(value)
        return True

    def _says(self, rule: RowsWhere, cells: Sequence[str]) -> bool:
        return self._cell(rule.column, cells) in rule.values

    def _cell(self, column: str, cells: Sequence[str]) -> str:
        at = self.positions[column]
        return cells[at].strip() if at < len(cells) else ""

    def _looks(
        self, kind: NoItem, number: int, cells: Sequence[str], filled: Sequence[int], struck: frozenset[int]
    ) -> bool:
        if kind is NoItem.STRUCK:
            return number in struck
        if kind is NoItem.REPEATED_HEADING:
            return self._heads(cells, filled)
        if kind is NoItem.GROUP_TITLE:
            above = self.table.rows[kind] != "above_headings" or number in self.titles
            return above and len(filled) == 1 and len(self.headings) > 1
        return adds_up(cells[filled[0]], last=True)

    def _heads(self, cells: Sequence[str], filled: Iterable[int]) -> bool:
        return all(cells[index].strip() == self.headings[index].strip() for index in filled)

    def _titles(self, rows: Callable[[], Iterable[Row]]) -> frozenset[int]:
        """Return the rows right above repeated headings; an item that has only a name looks like a title otherwise."""
        if self.table.rows.get(NoItem.GROUP_TITLE) != "above_headings":
            return frozenset()
        found, above, apart = set(), 0, True
        before = 0
        for number, cells in rows():
            filled = [index for index, cell in enumerate(cells) if cell.strip()]
            if len(filled) > 1 and above and self._heads(cells, filled):
                if not apart:
                    raise StructuralFault(
                        f"{self.place}: row {above} has one text, right below an item and right above headings, so it "
                        "may be an item with nothing but its name, or the title of a group; put a blank row above the "
                        "title, or take the repeated headings out",
                        GapReason.AMBIGUOUS_ROWS,
                    )
                found.add(above)
            if len(filled) == 1:
                above, apart = number, before == 0
            elif filled:
                above = 0
            before = len(filled) if filled and not adds_up(cells[filled[0]], last=True) else 0
        return frozenset(found)

    def _parents(self, rows: Callable[[], Iterable[Row]]) -> frozenset[int]:
        rule = self.table.rows.get(NoItem.PARENT)
        if rule == "set_in":
            return self.above
        if not isinstance(rule, RowsWhere) or rule.values:
            return frozenset()
        if rule.names_parent is not None:
            named = {self._cell(rule.column, cells) for _, cells in rows()} - {""}
            return frozenset(number for number, cells in rows() if self._cell(rule.names_parent, cells) in named)
        levels = [(number, self._cell(rule.column, cells)) for number, cells in rows()]
        if numbers_an_outline(self.headings[self.positions[rule.column]], (text for _, text in levels)):
            above = parents_of_numbers(text for _, text in levels)
            return frozenset(number for number, text in levels if text in above)
        depths = ((number, int(text)) for number, text in levels if text.isascii() and text.isdigit())
        return frozenset(number for (number, depth), (_, below) in itertools.pairwise(depths) if below > depth)
