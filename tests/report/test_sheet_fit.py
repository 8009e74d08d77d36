"""The printed sheet: what is left out is counted, and named; the rest of the part is on a later page."""

from collections.abc import Callable
from dataclasses import replace
from importlib.resources import files
from typing import Any

import pytest

from gonogo.model.event import SealedRecord
from gonogo.report.detail import page_of
from gonogo.report.formats.sheet_fit import _ROOMY, ENOUGH, LEAST, LINES, MOST, _head, _height, fit, fitted
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


@pytest.mark.parametrize(
    ("rows", "word", "fits"),
    [(2, "thing", (8, 3)), (12, "thing", (8, 3)), (12, "thing " * 30, (6, 2)), (40, "thing " * 30, (2, 1))],
)
def test_where_the_sheet_has_room_texts_keep_their_ends(
    no_go: Any, seal_log: Seal, rows: int, word: str, fits: tuple[int, int]
) -> None:
    """Half of a sheet was blank, and on the other half each condition ended in an ellipsis."""
    cells = tuple((f"Person {n % 3}", word, "not met", "2027-05-03") for n in range(rows))
    part = replace(table(rows), rows=cells)
    crowd = [SheetPart(f"part{n}", "Part", (), (), (("word " * 60,),) * 2, "meaning") for n in range(8 * (rows > 12))]
    page = with_parts(no_go, seal_log, part, *crowd)

    found = fit(page)

    assert (found.lines, found.row_lines) == fits
    assert found.parts == fitted(page)
    if found.lines > 2:
        assert _head(page, found.lines) + _height(found.parts, found.lines, found.row_lines) <= LINES


def test_the_style_sheet_knows_every_number_of_lines() -> None:
    """A class without a rule would cut at two lines what was promised six."""
    css = files("gonogo.report").joinpath("templates", "report.css").read_text(encoding="utf-8")

    for lines, row_lines in _ROOMY:
        assert f".lines-{lines} {{ --lines: {lines}; }}" in css
        assert row_lines == 1 or f".cells-{row_lines} {{ --cells: {row_lines}; }}" in css
