"""What a sheet holds beside the columns of its log: an item there counts nowhere, and a note is named.

Legends and lists for drop-downs stand there too. An item is told from them by its words in one row or one cell: one
that says how it stands, one that says how bad it is, and a title of two words or more; or by headings of its own.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from gonogo.collectors.program.raid.scales import OPEN, PRIORITIES, RESPONSES, SIDES, words
from gonogo.collectors.worksheet import Header, Worksheet, cell_name, header_key

_STANDS: Final = OPEN | {"open", "active", "reopened", "re-opened", "on hold", "pending", "not started", "assigned"}
_BAD: Final = PRIORITIES | {"severe", "major", "p1", "p2", "urgent", "very high", "blocker"}
_LEVEL: Final = re.compile(r"[1-5]\s*[-\u2010-\u2015]\s*\S.*", re.DOTALL)
_TITLES: Final = frozenset({"title", "description", "issue", "risk", "summary", "item", "problem", "name"})
_HEADINGS: Final = _TITLES | {"status", "priority", "severity", "impact", "owner", "due", "due date", "id", "state"}
_PARTS: Final = re.compile(r"\s*[,;|/\n]\s*|\s+[-\u2010-\u2015]\s+")
_LONGEST: Final = 300
_WORD: Final = re.compile(r"[^\W\d_]{2,}")
_NAMED: Final = 5


def items_beside(sheet: Worksheet, header: Header, headings: Mapping[str, str]) -> Iterator[str]:
    """Yield a sentence for the first cells outside of a log's columns that look like an item of it.

    Args:
        sheet: The log.
        header: Its header.
        headings: Name to heading of the log's columns.
    """
    titled = _headings_beside(sheet, header, headings)
    for row, cells in _outside(sheet, header):
        texts = [text for _, text in cells]
        below = titled is not None and row > titled[0] and any(column in titled[1] for column, _ in cells)
        if below or _is_item(texts) or any(_is_item(_PARTS.split(text)) for text in texts if len(text) <= _LONGEST):
            first, last = (cell_name(row, column) for column in (cells[0][0], cells[-1][0]))
            yield (
                f"{sheet.where()} has what looks like an item beside the columns of the log, in "
                f"{first if first == last else f'{first}:{last}'}, which counts nowhere; put it into the log, or take "
                "it off the sheet"
            )
            return


def words_on_notes(sheet: Worksheet, header: Header) -> str:
    """Return, for the end of a sentence, which cells beside a log's columns say something; empty for none."""
    found = [
        cell_name(row, column) for row, cells in _outside(sheet, header) if row > header.row for column, _ in cells
    ]
    if not found:
        return ""
    more = f" and {len(found) - _NAMED} more" if len(found) > _NAMED else ""
    return f", beside its columns and not read: {', '.join(found[:_NAMED])}{more}"


def _outside(sheet: Worksheet, header: Header) -> Iterator[tuple[int, list[tuple[int, str]]]]:
    """Yield each row but the header with its cells that say something, below it those of columns without a heading."""
    for row, cells in enumerate(sheet.rows, 1):
        if row == header.row:
            continue
        found = [
            (column, str(cell).strip())
            for column, cell in enumerate(cells, 1)
            if cell != "" and (row < header.row or column not in header.headings)
        ]
        found = [(column, text) for column, text in found if any(map(str.isalnum, text))]
        if found:
            yield row, found


def _headings_beside(sheet: Worksheet, header: Header, headings: Mapping[str, str]) -> tuple[int, set[int]] | None:
    """Return the row and the columns of headings of a second table, where one of them is that of a title."""
    known = {header_key(heading) for heading in headings.values()} | _HEADINGS
    for row, cells in _outside(sheet, header):
        keys = {column: header_key(text) for column, text in cells}
        columns = {column for column, key in keys.items() if key in known}
        if len(columns) > 1 and any(keys[column] in _TITLES for column in columns):
            return row, columns
    return None


def _is_item(texts: Sequence[str]) -> bool:
    """Return whether texts say how something stands, how bad it is, each once, and what it is."""
    said = [words(text) for text in texts]
    stands = [text for text in said if text in _STANDS]
    bad = [text for text in said if text in _BAD or _LEVEL.fullmatch(text)]
    rest = [text for text in said if text not in _STANDS | _BAD | RESPONSES | SIDES and not _LEVEL.fullmatch(text)]
    return len(stands) == 1 and 1 <= len(bad) <= 2 and any(len(_WORD.findall(text)) > 1 for text in rest)
