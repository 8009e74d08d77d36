"""What a seat or a side reads: its own entries under their headings, with the number of what it does not see."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from gonogo.model.event import SealedRecord
from gonogo.model.people import Side
from gonogo.report.detail import page_of
from gonogo.report.page import Entry, Heading, Page, Section, SheetPart, Short, Words
from gonogo.report.part_of import part_of
from gonogo.report.report_reader import Reader
from gonogo.report.view import RunView

Seal = Callable[..., list[SealedRecord]]
MINE, OTHERS = "provider.technical_lead", "customer.functional_lead"
READER = Reader(side=Side.PROVIDER)


@pytest.fixture
def page(go: Any, seal_log: Seal) -> Page:
    found = page_of(RunView.of(seal_log(go.events())))
    return replace(found, sections=(), brief=(), sheet=replace(found.sheet, parts=()))


def entry(name: str, seat: str) -> Entry:
    return Entry(name, (), seat=seat)


def test_a_heading_goes_with_the_last_of_its_entries(page: Page) -> None:
    """A heading over nothing says that there is nothing, which is not so; one that never had entries stays."""
    blocks = (
        Words("Before."),
        Heading("program"), entry("a", OTHERS), entry("b", MINE),
        Heading("system"), entry("c", OTHERS),
        Heading("about"), Words("It stays."),
        Heading("workforce"), entry("d", ""),
        Heading("operations"), entry("e", OTHERS), entry("f", OTHERS),
        Heading("the end"),
    )  # fmt: skip

    [section] = part_of(replace(page, sections=(Section("findings", "F", blocks),)), READER).sections

    kept = [getattr(each, "text", "") or each.title for each in section.blocks]  # type: ignore[union-attr]
    assert kept == ["Before.", "program", "b", "about", "It stays.", "workforce", "d", "the end"]


@pytest.mark.parametrize(
    ("seats", "out"),
    [
        ((MINE, OTHERS, OTHERS), "It leaves out 2 of the criteria that others answer for."),
        ((MINE, MINE), "It leaves out nothing."),
        ((), "It leaves out nothing."),
    ],
)
def test_the_note_counts_what_is_left_out(page: Page, seats: tuple[str, ...], out: str) -> None:
    """Who takes a part for the whole decides on a part."""
    blocks = tuple(entry(f"e{number}", seat) for number, seat in enumerate(seats))
    page = replace(page, notes=("First.",), sections=(Section("findings", "F", blocks), Section("other", "O", ())))

    assert part_of(page, READER).notes == (
        "First.",
        f"This is a part of the report, for the provider's seats. {out} The verdict is that of the whole program.",
    )


@pytest.mark.parametrize(
    ("seats", "kept", "title"),
    [
        ((MINE, OTHERS, MINE), (0, 2), "T: 2 here"),
        ((MINE, MINE, MINE), (0, 1, 2), "T"),
        ((OTHERS, OTHERS, OTHERS), (), "T: 0 here"),
        ((), (0, 1, 2), "T"),
    ],
)
def test_page_one_keeps_rows_with_their_owners(
    page: Page, seats: tuple[str, ...], kept: tuple[int, ...], title: str
) -> None:
    """A row beside another one's owner sends the wrong person to work; what has no seats is for everybody."""
    names = ("a", "b", "c")
    short = Short("blocking", "T", names, owners=("A", "B", "C"), short=("x", "y", "z"), seats=seats)
    bare = Short("blocking", "T", names, seats=seats)
    rows = SheetPart("sheet-blocking", "T", rows=(("a",), ("b",), ("c",)), owners=("A", "B", "C"), seats=seats)
    page = replace(page, brief=(short, bare), sheet=replace(page.sheet, parts=(rows, replace(rows, owners=()))))

    found = part_of(page, READER)

    first, second = found.brief
    assert (first.title, first.items) == (title, tuple(names[each] for each in kept))
    assert (first.owners, first.short) == (tuple("ABC"[each] for each in kept), tuple("xyz"[each] for each in kept))
    assert first.seats == tuple(seats[each] for each in kept if seats)
    assert (second.owners, second.short) == ((), ())
    one, two = found.sheet.parts
    assert (one.title, one.rows) == (title, tuple((names[each],) for each in kept))
    assert (one.owners, two.owners) == (tuple("ABC"[each] for each in kept), ())
    assert one.seats == tuple(seats[each] for each in kept if seats)


@pytest.mark.parametrize(
    "last", [(entry("z", MINE),), (entry("y", MINE), entry("z", OTHERS)), (entry("z", MINE), Words("End."))]
)
def test_the_last_heading_keeps_its_last_entry(page: Page, last: tuple[Any, ...]) -> None:
    """An entry at the end of a section without its heading belongs to the one before."""
    blocks = (Heading("program"), entry("a", OTHERS), Heading("system"), *last)

    [section] = part_of(replace(page, sections=(Section("findings", "F", blocks),)), READER).sections

    assert [each.text for each in section.blocks if isinstance(each, Heading)] == ["system"]
