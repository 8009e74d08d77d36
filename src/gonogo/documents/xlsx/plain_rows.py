"""Rows of a worksheet in which nothing but values stands, found by one pattern: no handler is called for each cell.

Of such rows a scan has nothing to tell but where they end. The pattern knows the one way in which spreadsheet programs
write ordinary cells. What is written in any other way is not found here and is read cell by cell: a formula, an error,
a hidden or flat row, an element with a prefix, a quote of the other kind, a comment, another order.
"""

from __future__ import annotations

import codecs
import re
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from gonogo.documents.xlsx.cell_places import column_letters, column_number

TABLE: Final = b"<sheetData>"
_TABLE_END: Final = b"</sheetData>"
_WORTH: Final = 1 << 18
"""Bytes from which on a sheet is worth a pattern of its own."""
_MOST_COLUMNS: Final = 256
_SAMPLE: Final = 1 << 16
"""Bytes looked at together. The first ones show how wide the rows are, beside what the sheet says of itself."""

_BEGINNING: Final = re.compile(
    rb"""(?:\xef\xbb\xbf)?(?:<\?xml[ ]version=["']1\.0["'][ ]encoding=["'](?:UTF|utf)-8["']"""
    rb"""(?:[ ]standalone=["'](?:yes|no)["'])?[ ]?\?>\s*)?<[A-Za-z]""",
    re.VERBOSE,
)
_DIMENSION: Final = re.compile(rb'<dimension ref="[A-Z]{1,3}[0-9]{1,7}:([A-Z]{1,3})[0-9]{1,7}"')
_COLUMN: Final = re.compile(rb'<c r="([A-Z]{1,3})[0-9]')
_NO_CHARACTERS: Final = re.compile(rb"\xef\xbf[\xbe\xbf]")
"""U+FFFE and U+FFFF, which no document may hold."""

_EITHER: Final = rb'="(?:0|1|false|true)"'
_ROW: Final = (
    rb'<row r="([1-9][0-9]{0,6})"(?: spans="[0-9: ]*")?(?: s="[0-9]+")?(?: customFormat' + _EITHER + rb")?"
    rb'(?: ht="[1-9][0-9]{0,3}(?:\.[0-9]+)?")?(?: hidden="(?:0|false)")?(?: customHeight' + _EITHER + rb")?"
    rb'(?: outlineLevel="[0-7]")?(?: collapsed' + _EITHER + rb')?(?: x14ac:dyDescent="[0-9.]+")?'
)
"""The beginning of a row that everybody sees: one that is lower than 1 is hidden."""
_PLAIN: Final = rb"[^<>&\x00-\x08\x0b\x0c\x0e-\x1f]*+"
_TEXT: Final = _PLAIN + rb"(?:&(?:amp|lt|gt|quot|apos);" + _PLAIN + rb")*+"
_CELL: Final = (
    rb'(?:<c r="%%b\1"(?: s="[0-9]+")?(?: t="(?:s|n|b|d|str|inlineStr)")?'
    rb'(?:/>|>(<v>%b</v>|<is><t(?: xml:space="preserve")?>%b</t></is>)?</c>))?'
) % (_TEXT, _TEXT)
"""A cell of the row, or none. Its value is a group, so that the last group tells how far the row reaches."""
_FIRST_ROWS: Final = 200
_MOST_FORMS: Final = 3
_SHARE: Final = 8
"""A form is worth a pattern of its own if it is that of every eighth of the first rows, or of more."""
_ROW_NUMBER: Final = re.compile(rb'(?<=<row r=")[0-9]+')
_REFERENCE: Final = re.compile(rb'(?<=<c r=")([A-Z]+)[0-9]+')
_VALUE: Final = re.compile(rb"(?<=>)[^<>]+(?=</)")
_LEFT_OUT: Final = re.compile(rb'(?P<row>(?<=<row r="))|(?<=<c r=")(?P<column>[A-Z]+)|(?<=>)(?=</[vt]>)')

_Matcher = Callable[[bytes, int], re.Match[bytes] | None]


@dataclass(frozen=True, slots=True)
class PlainRows:
    """All rows of a table but its last one.

    Attributes:
        start: Where they begin in the XML.
        end: Where they end, and the last one begins.
        last_row: The last one with content; 0 for none.
        last_column: Last column with content; 0 for none.
    """

    start: int
    end: int
    last_row: int = 0
    last_column: int = 0


def plain_rows(xml: bytes, worth: int = _WORTH) -> PlainRows | None:
    """Return the rows of a worksheet if each of them is plain; None where one may not be, or the sheet is small.

    Args:
        xml: The whole worksheet. Whether it is well-formed beside these rows, and what it says there, is not looked at.
        worth: Size from which on a pattern pays.
    """
    start = xml.find(TABLE) + len(TABLE)
    if start < len(TABLE) or len(xml) < worth or _BEGINNING.match(xml) is None or not _is_text(xml):
        return None
    width = _width(xml, start)
    if not 0 < width <= _MOST_COLUMNS:
        return None
    row = last_row = last_column = 0
    end, before = start, (start, 0, 0)
    any_row = _pattern(width).match
    forms = _forms(xml, start, any_row)
    while True:
        for form, its_reach in forms:
            if (found := form(xml, end)) is not None:
                reach = its_reach
                break
        else:
            if (found := any_row(xml, end)) is None:
                break
            reach = (found.lastindex or 1) - 1
        before = end, last_row, last_column
        number, end = int(found[1]), found.end()
        if number <= row:
            return None
        row = number
        if reach:
            last_row, last_column = row, max(last_column, reach)
    return PlainRows(start, *before) if xml.startswith(_TABLE_END, end) else None


def _forms(xml: bytes, start: int, any_row: _Matcher) -> list[tuple[_Matcher, int]]:
    """Return patterns of the rows that come most among the first ones, each with how far such a row reaches.

    Each is made of a row that fits the pattern of any row, and takes other numbers and texts in it. So it matches
    nothing that the pattern of any row does not match, and as far, in less time: nothing in it may be absent.
    """
    seen: Counter[tuple[bytes, int]] = Counter()
    end = start
    while seen.total() < _FIRST_ROWS and (found := any_row(xml, end)) is not None:
        form = _ROW_NUMBER.sub(b"", _REFERENCE.sub(rb"\1", _VALUE.sub(b"", found[0])))
        seen[form, (found.lastindex or 1) - 1] += 1
        end = found.end()
    worth = [each for each, number in seen.most_common(_MOST_FORMS) if number * _SHARE >= seen.total()]
    return [(_pattern_of(form).match, reach) for form, reach in worth]


def _pattern_of(form: bytes) -> re.Pattern[bytes]:
    """Return the pattern of a row from what is written in it, without its number and without texts."""
    parts, at = [], 0
    for gap in _LEFT_OUT.finditer(form):
        column, is_row = gap["column"], gap["row"] is not None
        filled = column + rb"\1" if column else rb"([1-9][0-9]{0,6})" if is_row else _PLAIN
        parts += [re.escape(form[at : gap.start()]), filled]
        at = gap.end()
    return re.compile(b"".join(parts) + re.escape(form[at:]))


def _width(xml: bytes, start: int) -> int:
    """Return how many columns the sheet probably has; a cell beyond them does not fit the pattern."""
    said = _DIMENSION.findall(xml[:start])
    seen = _COLUMN.findall(xml[start : start + _SAMPLE])
    return max((column_number(letters.decode()) for letters in {*said, *seen}), default=0)


def _is_text(xml: bytes) -> bool:
    """Whether bytes are UTF-8, and of characters that a document may hold."""
    if xml.isascii():
        return True
    decode = codecs.getincrementaldecoder("utf-8")().decode
    try:
        for at in range(0, len(xml), _SAMPLE):
            decode(xml[at : at + _SAMPLE], final=at + _SAMPLE >= len(xml))
    except UnicodeDecodeError:
        return False
    return _NO_CHARACTERS.search(xml) is None


def _pattern(width: int) -> re.Pattern[bytes]:
    """Return the pattern of a plain row of so many columns, of which any may be absent."""
    cells = b"".join(_CELL % column_letters(column).encode() for column in range(1, width + 1))
    return re.compile(_ROW + b"(?:/>|>" + cells + b"</row>)")
