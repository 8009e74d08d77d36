"""The shape of a paper before any format: headings, paragraphs, labelled values and tables, in plain words."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Title:
    """A heading; level 1 begins a part, 2 a domain, 3 a criterion."""

    level: int
    text: str


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph."""

    text: str


@dataclass(frozen=True, slots=True)
class PaperTable:
    """A table with a row of headings; the first cell of a row names the row.

    Attributes:
        caption: What it shows, also for people who do not see it.
        header: Column names.
        rows: As many cells as columns.
    """

    caption: str
    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


PaperBlock = Title | Paragraph | PaperTable


@dataclass(frozen=True, slots=True)
class Paper:
    """A whole paper.

    Attributes:
        title: What it is of.
        marking: Handling marking for head and foot; empty for none.
        blocks: In order.
        digest: Of what is agreed on.
        made: The program's local day on which it was made, as text.
    """

    title: str
    marking: str
    blocks: tuple[PaperBlock, ...]
    digest: str
    made: str
