"""How much of page one stands on one printed sheet: the most urgent rows, and in words what is left for later pages.

No browser is asked. A sheet holds so many lines, each text takes at most two of them, and how wide a letter is at most
is known well enough. Rows are left out until it fits, those of the longest table first. Nothing is cut in silence.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from gonogo.core.wording import listing
from gonogo.report.formats.text_columns import cells
from gonogo.report.page import Page, Sheet, SheetPart

LINES: Final = 60
"""Lines of a sheet of US Letter between its head and its foot, in the size that the style sheet prints."""
MOST: Final = 12
"""Rows of a table that takes the whole width."""
ENOUGH: Final = 7
"""Rows that such a table keeps until the sentences of other parts have given way."""
LEAST: Final = 2
"""Rows that every such table keeps, however long another one is."""
FEW: Final = 2
"""Sentences of any other part."""
_WHOLE, _HALF, _ASK, _VERDICT, _QUARTER = 108, 52, 60, 38, 23
"""Letters in a line of the whole sheet, of half of it, of the two boxes at its head, and of a quarter."""
_CLAMP: Final = 2


@dataclass(frozen=True, slots=True)
class FittedPart:
    """One part with what stands on the sheet.

    Attributes:
        part: The part.
        rows: Its first rows.
        more: What is left, in words, and whom it is for; empty where nothing is left.
    """

    part: SheetPart
    rows: tuple[tuple[str, ...], ...]
    more: str


def fitted(page: Page) -> tuple[FittedPart, ...]:
    """Return each part of page one with the rows that one sheet holds; at the least, each keeps its first ones."""
    parts, head = page.sheet.parts, _head(page) + sum(-(-cells(note) // _WHOLE) for note in page.notes)
    found: tuple[FittedPart, ...] = ()
    for most in _tighter(parts):
        found = tuple(_fitted(part, most[part.id]) for part in parts)
        if head + _height(found) <= LINES:
            break
    return found


def _tighter(parts: Sequence[SheetPart]) -> Iterator[dict[str, int]]:
    """Yield how many rows each part shows, from many to few: first long tables give way, then the sentences."""
    most = {part.id: min(len(part.rows), MOST if part.wide else FEW) for part in parts}
    yield dict(most)
    yield from _fewer(most, [part.id for part in parts if part.wide], ENOUGH)
    yield from _fewer(most, [part.id for part in reversed(parts) if not part.wide], 1)
    yield from _fewer(most, [part.id for part in parts if part.wide], LEAST)


def _fewer(most: dict[str, int], names: Sequence[str], least: int) -> Iterator[dict[str, int]]:
    while free := [name for name in names if most[name] > least]:
        most[max(free, key=lambda name: most[name])] -= 1
        yield dict(most)


def _head(page: Page) -> int:
    """Return the lines of everything but the parts: title, verdict beside what is asked, dates, domains, digests."""
    sheet: Sheet = page.sheet
    verdict = 2 + _lines((sheet.without, *sheet.lead), _VERDICT)
    asked = 2 + _lines((*sheet.purpose, *sheet.steps), _ASK)
    dates = 2 + max(_lines((value,), _QUARTER) for _, value in sheet.dates)
    tiles = 4 + max((_lines((tile.counts,), _QUARTER) for tile in sheet.tiles), default=0)
    return _lines((page.title,), _HALF) + max(verdict, asked) + dates + tiles + 2 + len(sheet.digests)


def _height(found: Sequence[FittedPart]) -> int:
    """Return the lines of the parts; two that are not wide stand beside each other."""
    total, beside = 0, 0
    for one in found:
        width = _WHOLE if one.part.wide else _HALF
        own = 2 + _lines(one.part.lead, width) + bool(one.more)
        own += len(one.rows) + 1 if one.part.header else _lines([row[0] for row in one.rows], width)
        if one.part.wide:
            total, beside = total + beside + own, 0
        elif beside:
            total, beside = total + max(beside, own), 0
        else:
            beside = own
    return total + beside


def _lines(texts: Sequence[str], width: int) -> int:
    return sum(min(-(-max(cells(text), 1) // width), _CLAMP) for text in texts)


def _fitted(part: SheetPart, most: int) -> FittedPart:
    left = len(part.rows) - most
    if left <= 0:
        return FittedPart(part, part.rows, "")
    owners = Counter(who for who in part.owners[most:] if who)
    names = [f"{who} ({number})" if number > 1 else who for who, number in owners.most_common()]
    whose = f", for {listing(names, most=3)}" if names else ""
    return FittedPart(part, part.rows[:most], f"And {left:,} more{whose}")
