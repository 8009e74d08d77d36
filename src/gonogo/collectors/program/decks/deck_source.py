"""An input as the tables of a deck, when it held, and the tables that have certain headings."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from gonogo.collectors.document_moment import check_past
from gonogo.documents.office.office_table import OfficeCell, OfficeTable
from gonogo.documents.office.slide_deck import read_slide_deck
from gonogo.documents.office.word_tables import read_word
from gonogo.model.evidence import GapReason
from gonogo.model.program import AsOfRule
from gonogo.model.refusal import StructuralFault
from gonogo.plugin.spec import CollectorRefusal, Input, Job

HEADINGS_WITHIN: Final = 4
"""GSA's tables begin with an empty row, which draws a line."""
_WORD: Final = (".docx", ".docm")


@dataclass(frozen=True, slots=True)
class DeckSource:
    """What was read of one input.

    Attributes:
        name: Name of the file.
        tables: Its tables.
        as_of: When it held.
        objects: Numbers of slides with an object that is not read.
    """

    name: str
    tables: tuple[OfficeTable, ...]
    as_of: datetime
    objects: tuple[int, ...]

    def lacking(self, what: str) -> StructuralFault:
        """Return the refusal of a deck that has no table of a kind."""
        slides = ", ".join(map(str, self.objects[:5]))
        also = f"; the embedded objects on slide {slides} are not read, paste their table into the slide"
        return StructuralFault(f"{self.name} has no table of {what}{also if self.objects else ''}", GapReason.MISSING)


def read_source(job: Job) -> DeckSource:
    """Return the tables of the binding's one input, a presentation or a Word document.

    Raises:
        CollectorRefusal: It cannot be read, or nobody knows when it held, or that is in the future.
    """
    source = job.input()
    if source.file_name.casefold().endswith(_WORD):
        tables, saved = read_word(source.read(), source.file_name)
        objects: tuple[int, ...] = ()
    else:
        deck = read_slide_deck(source.read(), source.file_name)
        tables, saved, objects = list(deck.tables), deck.saved, deck.objects
    as_of = _held(source, saved)
    check_past(as_of, job.now, source.file_name)
    return DeckSource(source.file_name, tuple(tables), as_of, objects)


def _held(source: Input, saved: datetime | None) -> datetime:
    if source.as_of is not None:
        return source.as_of
    if source.rule.rule is AsOfRule.DOCUMENT_SAVED and saved is not None:
        return saved
    raise CollectorRefusal(
        f"{source.file_name} does not say when its content held; let as_of name the file's name, a person (at, by), or "
        f"document_saved if it is saved only when somebody reviews it",
        GapReason.MISSING,
    )


@dataclass(frozen=True, slots=True)
class HeadedTable:
    """A table whose headings were found.

    Attributes:
        table: The table.
        header: Index of the row of headings.
        columns: Index of each column that is read, by what it is called here.
    """

    table: OfficeTable
    header: int
    columns: dict[str, int]

    def rows(self) -> Iterator[tuple[str, dict[str, OfficeCell]]]:
        """Yield place and cells of each row below the headings.

        Raises:
            StructuralFault: A cell that is read is merged with others, or struck through.
        """
        for number in range(self.header + 1, len(self.table.rows)):
            row = self.table.rows[number]
            cells = {name: row[column] for name, column in self.columns.items()}
            place = self.table.where(number)
            if any(cell.merged for cell in cells.values()):
                raise StructuralFault(
                    f"{place}: cells that are read are merged; split them, so that each row has its own"
                )
            if any(cell.struck for cell in cells.values()):
                raise StructuralFault(f"{place}: text is struck through; delete the row, or take the line away")
            yield place, cells


def headed(
    tables: Sequence[OfficeTable], column_of: Callable[[str], str], needed: Collection[str]
) -> list[HeadedTable]:
    """Return the tables that have certain headings in one of their first rows.

    Args:
        tables: All of a deck.
        column_of: What a heading, in lower case, is called here; empty for one that is not read.
        needed: What must be there.

    Raises:
        StructuralFault: Such a table is hidden, or two people may see two tables in it; or two headings mean the same.
    """
    found = []
    for table in tables:
        for number, row in enumerate(table.rows[:HEADINGS_WITHIN]):
            names = [column_of(cell.key) for cell in row]
            if not set(needed) <= set(names):
                continue
            if table.fault:
                raise StructuralFault(f"{table.place}: {table.fault}")
            twice = next((name for name in names if name and names.count(name) > 1), "")
            if twice:
                raise StructuralFault(
                    f"{table.where(number)}: two headings could be the {twice.replace('_', ' ')}; rename one"
                )
            found.append(HeadedTable(table, number, {name: column for column, name in enumerate(names) if name}))
            break
    return found
