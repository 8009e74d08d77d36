"""How much of page one stands on one printed sheet: the most urgent rows, and in words what is left for later pages.

No browser is asked. A sheet holds so many lines, each text takes at most two of them, and how wide a letter is at most
is known well enough. Rows are left out until it fits, those of the longest table first. Nothing is cut in silence.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from gonogo.core.wording import listing
from gonogo.report.formats.text_columns import cells
from gonogo.report.page import Page, Sheet, SheetPart
from gonogo.report.words import by_owner

LINES: Final = 63.5
"""Lines of a sheet of US Letter between its head and its foot, in the size that the style sheet prints."""
MOST: Final = 12
"""Rows of a table that takes the whole width."""
ENOUGH: Final = 7
"""Rows that such a table keeps until the second sentence of each other part has given way."""
SOME: Final = 5
"""Rows that it keeps until the other parts have none."""
LEAST: Final = 2
"""Rows that every such table keeps, however long another one is."""
FEW: Final = 2
"""Sentences of any other part."""
_WHOLE, _HALF, _ASK, _VERDICT, _QUARTER = 112, 54, 62, 39, 24
"""Letters in a line of the whole sheet, of half of it, of the two boxes at its head, and of a quarter."""
_CLAMP: Final = 2
_ROOMY: Final = ((8, 3), (6, 2), (4, 2), (6, 1), (4, 1), (3, 1))
"""Lines of a text and of a cell that are tried, the most generous first."""
_UNWRAPPED: Final = 100
"""Letters of a table's longest cells, one of each column, that surely stand on one line; space between them counts."""
_HEADING, _ROW, _MORE = 1.5, 1.12, 1.1
"""Lines that a heading, a row of a table and the line on what is left take, with their space."""


@dataclass(frozen=True, slots=True)
class FittedPart:
    """One part with what stands on the sheet.

    Attributes:
        part: The part.
        lead: Its first sentences.
        rows: Its first rows.
        more: What is left, in words, and whom it is for; empty where nothing is left.
    """

    part: SheetPart
    lead: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    more: str


@dataclass(frozen=True, slots=True)
class FittedSheet:
    """How page one stands on its sheet.

    Attributes:
        parts: Each part with the rows that the sheet holds.
        lines: Lines that each text may take; what is longer ends in an ellipsis.
        row_lines: Lines that each cell of a table may take.
    """

    parts: tuple[FittedPart, ...]
    lines: int = _CLAMP
    row_lines: int = 1


def fit(page: Page) -> FittedSheet:
    """Return the rows that one sheet holds; where it then has room to spare, its texts may be longer."""
    parts = fitted(page)
    for lines, row_lines in _ROOMY:
        notes = sum(-(-cells(note) // _WHOLE) for note in page.notes)
        if _head(page, lines) + notes + _height(parts, lines, row_lines) <= LINES:
            return FittedSheet(parts, lines, row_lines)
    return FittedSheet(parts)


def fitted(page: Page) -> tuple[FittedPart, ...]:
    """Return each part of page one with the rows that one sheet holds; at the least, each keeps its first ones."""
    parts, head = page.sheet.parts, _head(page) + sum(-(-cells(note) // _WHOLE) for note in page.notes)
    found: tuple[FittedPart, ...] = ()
    for most, sentences in _tighter(parts):
        found = tuple(_fitted(part, most[part.id], sentences) for part in parts)
        if head + _height(found) <= LINES:
            break
    return found


def _tighter(parts: Sequence[SheetPart]) -> Iterator[tuple[dict[str, int], int]]:
    """Yield how many rows each part shows and how many sentences before them, from many to few."""
    most = {part.id: min(len(part.rows), MOST if part.wide else FEW) for part in parts}
    every = max((len(part.lead) for part in parts), default=0)
    wide = [part.id for part in parts if part.wide]
    others = [part.id for part in reversed(parts) if not part.wide]
    yield dict(most), every
    for names, least in ((wide, ENOUGH), (others, 1), (wide, SOME), (others, 0), (wide, LEAST)):
        while free := [name for name in names if most[name] > least]:
            most[max(free, key=lambda name: most[name])] -= 1
            yield dict(most), every
    for sentences in range(every - 1, -1, -1):
        yield dict(most), sentences


def _head(page: Page, most: int = _CLAMP) -> float:
    """Return the lines of everything but the parts: title, verdict beside what is asked, dates, domains, digests."""
    sheet: Sheet = page.sheet
    verdict = 3.2 + _lines((sheet.without, *sheet.lead), _VERDICT, most)
    asked = 2.4 + _lines((*sheet.purpose, *sheet.steps), _ASK, most)
    dates = 1.6 + max(_lines((value,), _QUARTER, most) for _, value in sheet.dates)
    tiles = 3.1 + max((_lines((tile.counts,), _QUARTER, most) for tile in sheet.tiles), default=0)
    title = 0.6 + 1.2 * _lines((page.title,), _HALF)
    return title + max(verdict, asked) + dates + tiles + _HEADING + len(sheet.digests) + 0.9


def _height(found: Sequence[FittedPart], most: int = _CLAMP, row_lines: int = 1) -> float:
    """Return the lines of the parts; two that are not wide stand beside each other."""
    total, beside = 0.0, 0.0
    for one in found:
        width = _WHOLE if one.part.wide else _HALF
        own = _HEADING + 1.02 * _lines(one.lead, width, most) + _MORE * bool(one.more)
        if one.part.header:
            own += _ROW * (1 + len(one.rows) * (row_lines if _wraps(one.part) else 1))
        else:
            own += _lines([row[0] for row in one.rows], width, most)
        if one.part.wide:
            total, beside = total + beside + own, 0.0
        elif beside:
            total, beside = total + max(beside, own), 0.0
        else:
            beside = own
    return total + beside


def _wraps(part: SheetPart) -> bool:
    """Whether a cell of a table may need a second line: the longest ones of its columns do not fit side by side."""
    columns = zip(part.header, *part.rows, strict=True)
    return sum(max(cells(text) for text in column) + 2 for column in columns) > _UNWRAPPED


def _lines(texts: Sequence[str], width: int, most: int = _CLAMP) -> int:
    return sum(min(-(-max(cells(text), 1) // width), most) for text in texts)


def _fitted(part: SheetPart, most: int, sentences: int) -> FittedPart:
    lead, left = part.lead[:sentences], len(part.rows) - most
    if left <= 0:
        return FittedPart(part, lead, part.rows, "")
    names = by_owner(part.owners[most:])
    whose = f", for {listing(names, most=3)}" if names else ""
    return FittedPart(part, lead, part.rows[:most], f"{'And ' if most else ''}{left:,}{' more' if most else ''}{whose}")
