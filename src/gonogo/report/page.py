"""The shape of a report before any format: sections of a few kinds of blocks, in plain words.

Every string here is text to show, no matter who wrote it; a renderer escapes it and adds nothing to read.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Words:
    """A paragraph."""

    text: str


@dataclass(frozen=True, slots=True)
class Pairs:
    """Labels and values, in order."""

    rows: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class PageTable:
    """A table; the first cell of a row names the row.

    Attributes:
        caption: What it shows.
        header: Column names.
        rows: As many cells as columns.
    """

    caption: str
    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing of a list: a blocker, a finding, a waiver.

    Attributes:
        title: What it is.
        tags: Words that class it: status, weight, M3's health.
        text: The one sentence; empty for none.
        rows: Labels and values under it.
        tone: ``good``, ``mixed``, ``bad`` or ``none``: colour beside words, never instead of them.
        facets: What a page filters by, in our own words: ``status-met``; empty for none.
        id: Anchor, in plain letters; empty for none.
        seat: The seat that answers for it; empty where none does alone.
    """

    title: str
    tags: tuple[str, ...]
    text: str = ""
    rows: tuple[tuple[str, str], ...] = ()
    tone: str = "none"
    facets: tuple[str, ...] = ()
    id: str = ""
    seat: str = ""


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading inside a section; ``id`` is its anchor, in plain letters."""

    text: str
    id: str = ""


@dataclass(frozen=True, slots=True)
class Figure:
    """A drawing with the values that it shows.

    Attributes:
        svg: The drawing as markup of our own making, with title and description inside; formats without it print the
            table alone.
        table: Its values.
    """

    svg: str
    table: PageTable


Block = Words | Pairs | PageTable | Entry | Heading | Figure


@dataclass(frozen=True, slots=True)
class Section:
    """One section.

    Attributes:
        id: Anchor, in plain letters.
        title: Its heading.
        blocks: What it holds.
    """

    id: str
    title: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Short:
    """One part of page one: a few lines; a screen shows as many of them as it holds.

    Attributes:
        id: Anchor, in plain letters.
        title: Its heading.
        items: One thing each, the most urgent first.
        lead: A sentence before them; empty for none.
        owners: Who answers for each item, or its name, where there is one: what is not shown is still named.
        news: How many of the first items are setbacks since the last run: a screen shows them before old blockers.
        short: The items in fewer words, where there are any: who and why, without ids and lists.
        where: What shows the items for which a screen has no room, where it is more than the report; empty for none.
        seats: The seat that answers for each item, where there is one; of other parts, none.
    """

    id: str
    title: str
    items: tuple[str, ...]
    lead: str = ""
    owners: tuple[str, ...] = ()
    news: int = 0
    short: tuple[str, ...] = ()
    where: str = ""
    seats: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Tile:
    """One domain at a glance.

    Attributes:
        name: The domain.
        state: How it stands, in words.
        counts: How many criteria stand how.
        tone: As of an entry; it also chooses the shape.
        where: Anchor of its criteria.
    """

    name: str
    state: str
    counts: str
    tone: str
    where: str


@dataclass(frozen=True, slots=True)
class SheetPart:
    """One part of the printed sheet: a few rows, the most urgent first, and where the rest is.

    Attributes:
        id: Anchor, in plain letters.
        title: Its heading.
        lead: Sentences before the rows.
        header: Names of the columns; empty where each row is one sentence.
        rows: As many cells as columns, or one.
        where: Anchor of the section that shows everything.
        owners: Who answers for each row, where somebody does: who is cut is still named.
        wide: Whether it takes the whole width of the sheet.
        seats: The seat that answers for each row, where there is one; of other parts, none.
    """

    id: str
    title: str
    lead: tuple[str, ...] = ()
    header: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()
    where: str = ""
    owners: tuple[str, ...] = ()
    wide: bool = False
    seats: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Sheet:
    """The decision page: what stands on one printed sheet, in order.

    Attributes:
        without: The verdict without waivers, in words.
        lead: What the verdict means, in one or two sentences.
        purpose: What the page is for.
        steps: What is asked of the reader, in order.
        dates: Go-live, the next date, until when it is valid, the next window.
        tiles: The four domains.
        parts: What blocks, what it depends on and rests on, what was not read, and so on.
        digests: How to find the record again.
    """

    without: str
    lead: tuple[str, ...]
    purpose: tuple[str, ...]
    steps: tuple[str, ...]
    dates: tuple[tuple[str, str], ...]
    tiles: tuple[Tile, ...]
    parts: tuple[SheetPart, ...]
    digests: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Page:
    """A whole report.

    Attributes:
        kind: Line 1: what kind of run it was.
        marking: Handling marking for head and foot; empty for none.
        title: What was assessed.
        verdict: ``GO``, ``CONDITIONAL GO`` or ``NO-GO``.
        tone: As of an entry.
        meaning: What the verdict means, in sentences.
        brief: Page one.
        sections: Everything else, in order.
        sheet: Page one as the decision page, for formats that have sheets.
        screen: Each sentence of the meaning in ever fewer words: a screen shows the first that it has room for.
        notes: What this copy leaves out, where it is not the whole report.
    """

    kind: str
    marking: str
    title: str
    verdict: str
    tone: str
    meaning: tuple[str, ...]
    brief: tuple[Short, ...]
    sections: tuple[Section, ...]
    sheet: Sheet
    screen: tuple[tuple[str, ...], ...] = ()
    notes: tuple[str, ...] = ()
