"""A paper as GitHub-flavoured Markdown: headings in order, a row of headings in each table; text stays text."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from gonogo.paper.paper_page import Paper, PaperBlock, Paragraph, Title
from gonogo.report.escape import markdown


def render(paper: Paper) -> bytes:
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
