"""A paper as a Word document: headings, captions and headings of tables, language and title set."""

from __future__ import annotations

from typing import Final

from gonogo.documents.docx_writer import DocxWriter
from gonogo.paper.paper_page import Paper, Paragraph, Title
from gonogo.report.escape import visible

LANGUAGE: Final = "en-US"


def render(paper: Paper) -> bytes:
    """Return the document."""
    writer = DocxWriter(visible(paper.title), language=LANGUAGE, marking=visible(paper.marking), made=paper.made)
    for block in paper.blocks:
        if isinstance(block, Title):
            writer.heading(block.level, visible(block.text))
        elif isinstance(block, Paragraph):
            writer.paragraph(visible(block.text))
        else:
            rows = [[visible(cell) for cell in row] for row in block.rows]
            writer.table(visible(block.caption), [visible(each) for each in block.header], rows)
    return writer.to_bytes()
