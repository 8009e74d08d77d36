"""The formats of the criteria document, by name: GitHub-flavoured Markdown, Word, a workbook. Text stays text."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Final

from gonogo.documents.docx_writer import DocxWriter
from gonogo.paper import paper_xlsx
from gonogo.paper.criteria_paper import Agreed
from gonogo.paper.paper_page import Paper, PaperBlock, Paragraph, Title
from gonogo.report.escape import markdown, visible

LANGUAGE: Final = "en-US"


def _markdown(_agreed: Agreed, paper: Paper) -> bytes:
    """Return the paper as UTF-8 Markdown."""
    return "\n".join(_lines(paper)).encode() + b"\n"


def _lines(paper: Paper) -> Iterator[str]:
    marking = [f"**{markdown(paper.marking)}**", ""] if paper.marking else []
    yield from marking
    yield from (f"# {markdown(paper.title)}", "")
    for block in paper.blocks:
        yield from (*_block(block), "")
    yield from marking


def _block(block: PaperBlock) -> Iterator[str]:
    if isinstance(block, Title):
        yield f"{'#' * (block.level + 1)} {markdown(block.text)}"
    elif isinstance(block, Paragraph):
        yield markdown(block.text)
    else:
        yield from (f"**{markdown(block.caption)}**", "", _row(block.header), "|" + " --- |" * len(block.header))
        yield from map(_row, block.rows)


def _row(cells: Sequence[str]) -> str:
    return f"| {' | '.join(markdown(cell) for cell in cells)} |"


def _document(_agreed: Agreed, paper: Paper) -> bytes:
    """Return the paper as a Word document: headings, captions, headings of tables, language and title set."""
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


FORMATS: Final[dict[str, Callable[[Agreed, Paper], bytes]]] = {
    "md": _markdown,
    "docx": _document,
    "xlsx": paper_xlsx.render,
}
"""Name to what makes its bytes."""
