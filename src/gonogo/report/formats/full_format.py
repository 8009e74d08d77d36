"""The whole report for a terminal or a CI log. Plain and 100 columns wide unless a person watches; it reads at 80, and
at 40 without tables. Its first screen alone is in :mod:`gonogo.report.formats.terminal_format`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any, Final

from gonogo.report.detail import page_of, says_no_value
from gonogo.report.escape import escape
from gonogo.report.formats.text_columns import cells, legible, row_lines, table_widths, wrap
from gonogo.report.page import Block, Entry, Figure, Heading, Page, PageTable, Pairs, Short, Words
from gonogo.report.view import RunView

SUFFIX: Final = ".txt"
MEDIA_TYPE: Final = "text/plain; charset=utf-8"
FOR_READERS: Final = True
WIDTH: Final = 100
NARROWEST: Final = 40
TONES: Final = {"good": "1;32", "mixed": "1;33", "bad": "1;31", "none": "1"}
BOLD: Final = "1"
_DIM: Final = "2"
_UNDERLINED: Final = "1;4"
_INDENT: Final = 2

Line = Sequence[tuple[str, str]]
"""Pieces of one line: text, and how it is coloured; empty for not at all."""


def looks(*, is_tty: bool, columns: int, environment: Mapping[str, str]) -> dict[str, Any]:
    """Return the keyword arguments of :func:`render` for a stream: colour and its width only where a person watches."""
    if not is_tty:
        return {"width": WIDTH, "colour": False}
    plain = bool(environment.get("NO_COLOR")) or environment.get("TERM") == "dumb"
    return {"width": max(NARROWEST, min(columns, WIDTH)), "colour": not plain}


def render(view: RunView, *, width: int = WIDTH, colour: bool = False) -> bytes:
    """Return the report as UTF-8 text with no trailing blanks.

    Args:
        view: The run.
        width: Columns.
        colour: Whether words are also coloured; no other escape sequence is ever written.
    """
    return written(_page(page_of(view), width), colour=colour)


def written(lines: Iterable[Line], *, colour: bool) -> bytes:
    """Return lines as UTF-8 text with no trailing blanks."""
    return "\n".join([*(_written(line, colour=colour) for line in lines), ""]).encode()


def _written(line: Line, *, colour: bool) -> str:
    if not colour:
        return "".join(text for text, _ in line).rstrip()
    pieces = [f"\x1b[{style}m{text}\x1b[0m" if style and text.strip() else text for text, style in line]
    return "".join(pieces).rstrip()


def _page(page: Page, width: int) -> Iterator[Line]:
    yield from text_lines(page.kind, width)
    if page.marking:
        yield from text_lines(page.marking, width, BOLD)
    for note in page.notes:
        yield from text_lines(note, width, BOLD)
    yield ()
    yield from text_lines(page.title, width)
    yield from text_lines(page.verdict, width, TONES[page.tone])
    for sentence in page.meaning:
        yield from text_lines(sentence, width)
    for part in page.brief:
        yield from short_lines(part, width)
    told: dict[str, tuple[Entry, str]] = {}
    for section in page.sections:
        yield ()
        yield from text_lines(section.title.upper(), width, BOLD)
        for block in section.blocks:
            yield from _block(_once(block, section.title, told), width)
    if page.marking:
        yield ()
        yield from text_lines(page.marking, width, BOLD)


def _once(block: Block, section: str, told: dict[str, tuple[Entry, str]]) -> Block:
    """Return a block without what an entry of that title has said in an earlier section, which it names instead."""
    if not isinstance(block, Entry):
        return block
    before, where = told.setdefault(block.title, (block, section))
    if before is block or not block.text or not before.text.startswith(block.text):
        return block
    rows = tuple(row for row in block.rows if row not in before.rows and not says_no_value(row))
    return replace(block, text=f"As said under {where}.", rows=rows)


def short_lines(part: Short, width: int) -> Iterator[Line]:
    """Yield one part of page one, all of it."""
    yield ()
    yield from text_lines(part.title.upper(), width, BOLD)
    if part.lead:
        yield from text_lines(part.lead, width)
    for item in part.items:
        yield from item_lines(item, width)


def item_lines(item: str, width: int) -> list[Line]:
    """Return one thing of a list, its further lines indented."""
    lines = wrap(escape(item), max(1, width - _INDENT))
    return [(("- " if number == 0 else "  ", ""), (line, "")) for number, line in enumerate(lines)]


def _block(block: Block, width: int) -> Iterator[Line]:
    if isinstance(block, Words):
        yield from text_lines(block.text, width)
    elif isinstance(block, Heading):
        yield ()
        yield from text_lines(block.text, width, _UNDERLINED)
    elif isinstance(block, Pairs):
        yield from _pairs(block.rows, width)
    elif isinstance(block, PageTable):
        yield from _table(block, width)
    elif isinstance(block, Figure):
        yield from _table(block.table, width)
    elif isinstance(block, Entry):
        yield ()
        yield from text_lines(block.title, width, BOLD)
        yield from _indented(_entry(block, width - _INDENT))


def _entry(entry: Entry, width: int) -> Iterator[Line]:
    if entry.tags:
        yield from text_lines(" | ".join(entry.tags), width, TONES[entry.tone])
    if entry.text:
        yield from text_lines(entry.text, width)
    yield from _pairs(entry.rows, width)


def _indented(lines: Iterator[Line]) -> Iterator[Line]:
    for line in lines:
        yield ((" " * _INDENT, ""), *line)


def text_lines(text: str, width: int, style: str = "") -> Iterator[Line]:
    """Yield a paragraph."""
    for line in wrap(escape(text), width):
        yield ((line, style),)


def _pairs(rows: Sequence[tuple[str, str]], width: int) -> Iterator[Line]:
    if not rows:
        return
    shown = [(escape(label), escape(value)) for label, value in rows]
    labels = max(cells(label) for label, _ in shown)
    for row in shown:
        for label, value in row_lines(row, (labels, max(1, width - labels - 2)), gap=2):
            yield ((label, _DIM), (value, ""))


def _table(table: PageTable, width: int) -> Iterator[Line]:
    header, *rows = ([escape(cell) for cell in row] for row in (table.header, *table.rows))
    yield from text_lines(table.caption, width)
    yield ()
    stacked = list(_stacked(table, width))
    beside = list(_beside(header, rows, width)) if legible([header, *rows], width - 2) else stacked
    yield from min(beside, stacked, key=len)


def _beside(header: list[str], rows: list[list[str]], width: int) -> Iterator[Line]:
    """The table with its columns beside each other."""
    widths = table_widths([header, *rows], width - 2)
    for line in row_lines(header, widths):
        yield ((" ", ""), *((cell, BOLD) for cell in line))
    yield ((" " + "─" * (sum(widths) + 3 * (len(widths) - 1)), ""),)
    for row in rows:
        for line in row_lines(row, widths):
            yield ((" ", ""), *((cell, "") for cell in line))
    yield ()


def _stacked(table: PageTable, width: int) -> Iterator[Line]:
    """The table where its columns would cut every word, or wrap most lines: each cell beside its column's name."""
    for first, *cells_after in table.rows:
        yield from text_lines(first, width, BOLD)
        pairs = [pair for pair in zip(table.header[1:], cells_after, strict=True) if pair[1]]
        yield from _indented(_pairs(pairs, width - _INDENT))
    yield ()
