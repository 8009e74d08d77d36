"""The whole report as a Word document: what a program office attaches, comments on and files."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from gonogo.documents.docx_writer import DocxWriter
from gonogo.report.detail import page_of
from gonogo.report.escape import visible
from gonogo.report.page import Block, Entry, Figure, Heading, Page, PageTable, Pairs, Section, Short, Words
from gonogo.report.view import RunView

SUFFIX: Final = ".docx"
MEDIA_TYPE: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
LANGUAGE: Final = "en-US"


def render(view: RunView) -> bytes:
    """Return the report as a Word document: titles, headings, headings of tables and language are set."""
    page = page_of(view)
    paper = document(view, page.title, page.marking)
    paper.paragraph(visible(page.kind))
    paper.paragraph(visible(page.verdict), bold=True)
    _open(paper, page)
    for part in page.brief:
        short(paper, part)
    for section in page.sections:
        _section(paper, section)
    return paper.to_bytes()


def document(view: RunView, title: str, marking: str) -> DocxWriter:
    """Return an empty document of a run, dated on the day for which it was assessed."""
    made = view.started.program.local_date(view.started.now).isoformat()
    return DocxWriter(visible(title), language=LANGUAGE, marking=visible(marking), made=made)


def short(paper: DocxWriter, part: Short) -> None:
    """Add one part of page one, whole: on paper nothing has to be cut for a screen."""
    paper.heading(1, visible(part.title))
    for text in (*([part.lead] if part.lead else []), *part.items):
        paper.paragraph(visible(text))


def _open(paper: DocxWriter, page: Page) -> None:
    for text in (*page.meaning, page.sheet.without):
        paper.paragraph(visible(text))
    tiles = [(tile.name, tile.state, tile.counts) for tile in page.sheet.tiles]
    _table(paper, "The four domains", ("Domain", "How it stands", "Criteria"), tiles)
    _pairs(paper, "When", page.sheet.dates)


def _section(paper: DocxWriter, section: Section) -> None:
    paper.heading(1, visible(section.title))
    level = 2
    for block in section.blocks:
        _block(paper, block, section.title, level)
        level = 3 if isinstance(block, Heading) else level


def _block(paper: DocxWriter, block: Block, title: str, level: int) -> None:
    if isinstance(block, Words):
        paper.paragraph(visible(block.text))
    elif isinstance(block, Heading):
        paper.heading(2, visible(block.text))
    elif isinstance(block, Pairs):
        _pairs(paper, title, block.rows)
    elif isinstance(block, PageTable):
        _table(paper, block.caption, block.header, block.rows)
    elif isinstance(block, Figure):
        _table(paper, block.table.caption, block.table.header, block.table.rows)
    elif isinstance(block, Entry):
        paper.heading(level, visible(block.title))
        for text in (", ".join(block.tags), block.text):
            if text:
                paper.paragraph(visible(text))
        if block.rows:
            _pairs(paper, f"Details of {block.title}", block.rows)


def _pairs(paper: DocxWriter, caption: str, rows: Iterable[Sequence[str]]) -> None:
    _table(paper, caption, ("What", "Value"), rows)


def _table(paper: DocxWriter, caption: str, header: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    paper.table(visible(caption), [visible(cell) for cell in header], [[visible(cell) for cell in row] for row in rows])
