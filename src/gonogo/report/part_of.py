"""A report as one seat or one side reads it: what they answer for, and in words what is left out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from gonogo.core.wording import listing
from gonogo.report.page import Block, Entry, Heading, Page, Section, SheetPart, Short
from gonogo.report.report_reader import Reader
from gonogo.report.words import seat

_KINDS = {
    "findings": "criteria",
    "blockers": "blockers",
    "conditions": "conditions",
    "requests": "requests",
    "change": "ways",
}


def part_of(page: Page, reader: Reader) -> Page:
    """Return the page with what the reader's seats answer for, and a note on what it leaves out.

    The verdict, the dates and the domains stay those of the whole program.
    """
    left = Counter[str]()
    sections = tuple(_section(section, reader, left) for section in page.sections)
    whose = seat(reader.seat) if reader.seat else f"the {reader.side}'s seats"
    parts = [f"{number} of the {_KINDS.get(name, name)}" for name, number in left.items() if number]
    out = f"It leaves out {listing(parts, most=9)} that others answer for." if parts else "It leaves out nothing."
    note = f"This is a part of the report, for {whose}. {out} The verdict is that of the whole program."
    return replace(
        page,
        notes=(*page.notes, note),
        brief=tuple(_short(part, reader) for part in page.brief),
        sections=sections,
        sheet=replace(page.sheet, parts=tuple(_part(part, reader) for part in page.sheet.parts)),
    )


def _section(section: Section, reader: Reader, left: Counter[str]) -> Section:
    kept = [block for block in section.blocks if not isinstance(block, Entry) or reader.answers(block.seat)]
    left[section.id] += len(section.blocks) - len(kept)
    return replace(section, blocks=tuple(_without_empty_headings(kept, section.blocks)))


def _without_empty_headings(kept: Sequence[Block], every: Sequence[Block]) -> list[Block]:
    """Leave out a heading whose entries are all gone; one that never had any stays."""
    filled = {id(one) for one, other in pairwise(every) if isinstance(other, Entry)}
    found: list[Block] = []
    for number, block in enumerate(kept):
        following = kept[number + 1] if number + 1 < len(kept) else None
        if isinstance(block, Heading) and id(block) in filled and not isinstance(following, Entry):
            continue
        found.append(block)
    return found


def _short(part: Short, reader: Reader) -> Short:
    if not part.seats:
        return part
    kept = [number for number, whose in enumerate(part.seats) if reader.answers(whose)]

    def of(values: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(values[number] for number in kept) if values else ()

    return replace(
        part,
        title=_counted(part.title, len(kept), len(part.items)),
        items=of(part.items),
        owners=of(part.owners),
        short=of(part.short),
        seats=of(part.seats),
    )


def _part(part: SheetPart, reader: Reader) -> SheetPart:
    if not part.seats:
        return part
    kept = [number for number, whose in enumerate(part.seats) if reader.answers(whose)]
    return replace(
        part,
        title=_counted(part.title, len(kept), len(part.rows)),
        rows=tuple(part.rows[number] for number in kept),
        owners=tuple(part.owners[number] for number in kept) if part.owners else (),
        seats=tuple(part.seats[number] for number in kept),
    )


def _counted(title: str, kept: int, every: int) -> str:
    return title if kept == every else f"{title}: {kept} here"
