"""The printed sheet: what is left out is counted, and named; the rest of the part is on a later page."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from gonogo.model.event import SealedRecord
from gonogo.report.detail import page_of
from gonogo.report.formats.sheet_fit import ENOUGH, LEAST, MOST, fitted
from gonogo.report.page import Page, SheetPart
from gonogo.report.view import RunView

Seal = Callable[..., list[SealedRecord]]


def with_parts(run: Any, seal_log: Seal, *parts: SheetPart) -> Page:
    page = page_of(RunView.of(seal_log(run.events())))
    return replace(page, sheet=replace(page.sheet, parts=parts))


def table(rows: int, name: str = "blocks") -> SheetPart:
    cells = tuple((f"Person {n % 3}", f"thing {n}", "not met", "2027-05-03") for n in range(rows))
    owners = tuple(row[0] for row in cells)
    return SheetPart(name, name, (), ("Who", "What", "Because", "By"), cells, "blockers", owners, wide=True)


@pytest.mark.parametrize(("rows", "shown", "more"), [(11, 11, ""), (12, 12, ""), (13, 12, "And 1 more, for Person 0")])
def test_a_table_shows_so_many_rows_and_says_whom_the_others_are_for(
    no_go: Any, seal_log: Seal, rows: int, shown: int, more: str
) -> None:
    (found,) = fitted(with_parts(no_go, seal_log, table(rows)))

    assert (len(found.rows), found.more) == (shown, more)
    assert shown <= MOST


def test_sentences_give_way_before_the_last_rows_of_a_table(no_go: Any, seal_log: Seal) -> None:
    """A sponsor may miss the second change of a list, and not the seventh blocker."""
    sentences = [
        SheetPart(f"part{n}", "Part", ("word " * 60,) * 2, (), (("word " * 60,),) * 2, "meaning") for n in range(8)
    ]

    table_part, *others = fitted(with_parts(no_go, seal_log, table(20), *sentences))

    assert LEAST <= len(table_part.rows) <= ENOUGH
    assert all(len(each.rows) <= 1 for each in others)


def test_every_table_keeps_its_first_rows(no_go: Any, seal_log: Seal) -> None:
    """Conditions do not vanish behind forty blockers."""
    crowd = [SheetPart(f"part{n}", "Part", ("word " * 60,) * 3, (), (("word",),) * 2, "meaning") for n in range(8)]

    found = fitted(with_parts(no_go, seal_log, table(40), table(9, "depends"), *crowd))

    assert [len(each.rows) for each in found[:2]] == [LEAST, LEAST]
    assert found[1].more == "And 7 more, for Person 2 (3), Person 0 (2) and Person 1 (2)"


def test_sentences_before_the_rows_give_way_last(no_go: Any, seal_log: Seal) -> None:
    """Nothing is left but headings, the first rows, and where the rest is: still one sheet."""
    crowd = [SheetPart(f"part{n}", "Part", ("word " * 60,) * 3, (), (("word",),) * 2, "meaning") for n in range(16)]

    found = fitted(with_parts(no_go, seal_log, table(40), *crowd))

    assert [len(each.lead) for each in found[1:]] == [0] * 16
    assert [each.more for each in found[1:]] == ["2"] * 16
