"""The report as GitHub-flavoured Markdown, for job summaries, merge requests and mail. Text of others stays text."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from gonogo.report.detail import page_of
from gonogo.report.escape import markdown
from gonogo.report.page import Block, Entry, Figure, Heading, Page, PageTable, Pairs, Words
from gonogo.report.view import RunView

SUFFIX: Final = ".md"
MEDIA_TYPE: Final = "text/markdown; charset=utf-8"
FOR_READERS: Final = True


def render(view: RunView) -> bytes:
    """Return the report as UTF-8 Markdown."""
    return "\n".join(_lines(page_of(view))).encode() + b"\n"


def _lines(page: Page) -> Iterator[str]:
    marking = [f"**{markdown(page.marking)}**", ""] if page.marking else []
    yield from (markdown(page.kind), "", *marking)
    for note in page.notes:
        yield from (f"**{markdown(note)}**", "")
    yield from (f"# {markdown(page.title)}", "", f"**{markdown(page.verdict)}**", "")
    for sentence in page.meaning:
        yield from (markdown(sentence), "")
    for part in page.brief:
        yield from (f"## {markdown(part.title)}", "")
        if part.lead:
            yield from (markdown(part.lead), "")
        yield from (f"- {markdown(item)}" for item in part.items)
        yield ""
    for section in page.sections:
        yield from (f"## {markdown(section.title)}", "")
        for block in section.blocks:
            yield from (*_block(block), "")
    yield from marking


def _block(block: Block) -> Iterator[str]:
    if isinstance(block, Words):
        yield markdown(block.text)
    elif isinstance(block, Heading):
        yield f"### {markdown(block.text)}"
    elif isinstance(block, Pairs):
        yield from (f"- **{markdown(label)}:** {markdown(value)}" for label, value in block.rows)
    elif isinstance(block, PageTable):
        yield from (f"**{markdown(block.caption)}**", "")
        yield _row(block.header)
        yield _row_of_dashes(len(block.header))
        yield from map(_row, block.rows)
    elif isinstance(block, Figure):
        yield from _block(block.table)
    elif isinstance(block, Entry):
        tags = ", ".join(markdown(tag) for tag in block.tags)
        yield f"- **{markdown(block.title)}**" + (f" ({tags})" if tags else "")
        if block.text:
            yield f"  - {markdown(block.text)}"
        yield from (f"  - **{markdown(label)}:** {markdown(value)}" for label, value in block.rows)


def _row(cells: tuple[str, ...]) -> str:
    return f"| {' | '.join(map(markdown, cells))} |"


def _row_of_dashes(columns: int) -> str:
    return "|" + " --- |" * columns
