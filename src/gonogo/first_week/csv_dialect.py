"""Delimited text: how it is encoded, what stands between its cells, and where its header is."""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

DELIMITERS: Final = (",", ";", "\t", "|")
_TRIED: Final = 60
_MARKS: Final = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_CONTROL: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_NUMBER: Final = re.compile(r"[-+$]?[0-9][0-9,.]*\s?%?")


class NotText(ValueError):
    """Bytes that are no text; the sentence says why."""


@dataclass(frozen=True, slots=True)
class DecodedText:
    """Decoded text.

    Attributes:
        text: Without a byte order mark.
        encoding: ``utf-8``, ``utf-16`` or ``cp1252``.
        foreign_line: Line of the first byte that is not UTF-8, for ``cp1252``; 0 otherwise.
    """

    text: str
    encoding: str
    foreign_line: int = 0


def decoded(data: bytes, *, whole: bool = True) -> DecodedText:
    """Decode a file, or its head.

    Args:
        data: The bytes.
        whole: Whether these are all bytes; a head may end inside a character.

    Raises:
        NotText: A control character, or bytes of no encoding that is read here.
    """
    marked = next((name for mark, name in _MARKS if data.startswith(mark)), None)
    if marked is not None:
        try:
            text = codecs.getincrementaldecoder(marked)("strict").decode(data, final=whole)
            text = text.removeprefix("\ufeff") if marked == "utf-8" else text  # that of UTF-16 the decoder takes away
        except UnicodeDecodeError as error:
            raise NotText(f"it says that it is {marked}, but byte {error.start} is not") from error
        return DecodedText(_checked(text), marked)
    try:
        return DecodedText(_checked(codecs.getincrementaldecoder("utf-8")("strict").decode(data, final=whole)), "utf-8")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        if b"\x00" in data:
            raise NotText("it holds NUL bytes, so it is not text") from error
    try:
        return DecodedText(_checked(data.decode("cp1252")), "cp1252", line)
    except UnicodeDecodeError as error:
        raise NotText(f"byte {error.start} is neither UTF-8 nor Windows-1252") from error


def _checked(text: str) -> str:
    found = _CONTROL.search(text)
    if found is not None:
        line = text.count("\n", 0, found.start()) + 1
        raise NotText(f"it holds a control character in line {line}, so it is not text")
    return text


@dataclass(frozen=True, slots=True)
class CsvShape:
    """How delimited text is laid out.

    Attributes:
        delimiter: Between cells.
        width: Cells of most records.
        records: The first records.
        even: Share of those records that have this width.
    """

    delimiter: str
    width: int
    records: tuple[tuple[str, ...], ...]
    even: float


def shape_of_text(text: str) -> CsvShape | None:
    """Return the layout under which most records of the head have the same number of cells, at least two; or None."""
    best: CsvShape | None = None
    for delimiter in DELIMITERS:
        if delimiter not in text:
            continue
        records = first_records(text, delimiter)
        widths = Counter(len(record) for record in records if record)
        if not widths:
            continue
        width, often = max(widths.items(), key=lambda item: (item[1] * (item[0] > 1), item[0]))
        even = often / sum(widths.values())
        shape = CsvShape(delimiter, width, tuple(records), even)
        if width > 1 and (best is None or (round(even, 1), width) > (round(best.even, 1), best.width)):
            best = shape
    return best


def first_records(text: str, delimiter: str, most: int = _TRIED) -> list[tuple[str, ...]]:
    """Return the first records of a text, up to one that cannot be read."""
    found: list[tuple[str, ...]] = []
    try:
        for record in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter):
            found.append(tuple(record))
            if len(found) == most:
                break
    except csv.Error:
        pass
    return found


def header_index(rows: Sequence[Sequence[object]]) -> int:
    """Return the 0-based row that reads most like the header of the rows below it.

    It is the first row that is about as wide as what stands below and holds mostly texts. Headings may be repeated, as
    exports of lists repeat them; only a row that repeats nearly all of its texts is one of groups, above the header. A
    row with a number or a date in it is passed over only for a row of texts under most of which numbers stand, so that
    the first record is never taken for the header.
    """
    head = rows[:30]
    widths = [sum(cell not in ("", None) for cell in row) for row in head]
    filled_widths = sorted(width for width in widths if width)
    usual = filled_widths[-1] if filled_widths else 0
    if len(filled_widths) > 3:
        usual = filled_widths[-max(2, len(filled_widths) // 4)]
    wide = [index for index, width in enumerate(widths[:20]) if width and width >= max(1, 0.7 * usual)]
    first = -1
    for index in wide:
        filled = [cell for cell in head[index] if cell not in ("", None)]
        texts = [cell for cell in filled if isinstance(cell, str) and not _NUMBER.fullmatch(cell.strip())]
        if len(texts) == len(filled) and not _is_group_row(texts, usual):
            return index if first < 0 or _stands_on_numbers(head, index) else first
        if first < 0 and 2 * len(texts) > len(filled) and len(set(texts)) == len(texts):
            first = index
    above = (
        index for index in range(first) if widths[index] > 1 and all(isinstance(cell, str) for cell in head[index])
    )
    if first >= 0:
        return next(above, first)
    return next((index for index, width in enumerate(widths[:20]) if width), 0)


def _is_group_row(texts: Sequence[str], usual: int) -> bool:
    """Whether a row repeats its texts as headings of groups do: at most two stand once, or it has gaps as well."""
    doubled = len(texts) - len(set(texts))
    once = sum(texts.count(text) == 1 for text in set(texts))
    return bool(doubled) and ((3 * doubled > len(texts) and once < 3) or (len(texts) < usual and once < 3))


def _stands_on_numbers(head: Sequence[Sequence[object]], index: int) -> bool:
    """Whether numbers stand under most texts of a row."""
    below = head[index + 1 :]
    columns = [number for number, cell in enumerate(head[index]) if cell not in ("", None)]
    stands = sum(any(_is_number(row[number]) for row in below if number < len(row)) for number in columns)
    return 2 * stands >= len(columns) > 0


def _is_number(cell: object) -> bool:
    return cell not in ("", None) and (not isinstance(cell, str) or _NUMBER.fullmatch(cell.strip()) is not None)
