"""One staffing plan with the people of both sides: one sheet answers for each side from its own rows."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest
from tests.invented_office import invented_office

from gonogo.first_week.adding.asked_sheets import sheet_of
from gonogo.first_week.adding.bound_answers import bind, make_workbook_of
from gonogo.first_week.adding.open_program import open_program
from gonogo.first_week.adding.previewing import said_by_fact
from gonogo.first_week.drafts.asked_about import EVERY_ROW
from gonogo.first_week.interview import conduct
from gonogo.first_week.starting import start
from gonogo.program.program_file import load_program

PLAN = (
    "Position ID,Side,Title,Trained\nB-01,BLW (customer),Specialist,Yes\nB-02,BLW (customer),Specialist,Yes\n"
    "B-03,BLW (customer),Specialist,No\nT-01,TSC (provider),Processor,Yes\nT-02,TSC (provider),Processor,No\n"
    "Total positions,5,,\n"
)
FACTS = ("customer_om.trained_ratio", "provider_staff.trained_ratio")


@pytest.mark.parametrize(
    ("only", "second", "confirmed", "figures"),
    [
        (EVERY_ROW, "", True, ("2 of 3", "1 of 2")),
        ("Side", "BLW (customer)", True, ("2 of 3", "")),
        ("", "", False, ("", "")),
    ],
)
def test_each_side_is_counted_by_its_own_rows(
    tmp_path: Path, only: str, second: str, confirmed: bool, figures: tuple[str, str]
) -> None:
    """`Side` was offered and refused without a reason, and without it no share could be said of anybody."""
    (tmp_path / "evidence").mkdir()
    (tmp_path / "evidence" / "Staffing plan 2026-11-20.csv").write_text(PLAN, encoding="utf-8")
    start(tmp_path, conduct(tmp_path, invented_office(customer="BLW", provider="TSC")))
    (tmp_path / "b.xlsx").write_bytes(make_workbook_of(tmp_path)[0])
    book = openpyxl.load_workbook(tmp_path / "b.xlsx")
    (page,) = [each for each in book.worksheets if "Staffing" in each.title]
    for row in page.iter_rows(min_row=2):
        if row[0].value == "confirmed by":
            row[3].value = "Ada Kirsch"
        elif row[0].value == "only rows":
            row[3].value, row[4].value = only, second
        elif row[1].value in FACTS:
            row[3].value = "Trained"
    book.save(tmp_path / "b.xlsx")

    told = bind(tmp_path / "b.xlsx", tmp_path)

    (binding,) = load_program(tmp_path).program.bindings
    assert (binding.confirmed is None) is confirmed, told
    said = said_by_fact(open_program(tmp_path), binding)
    found = tuple(said.get(fact, "") for fact in FACTS)
    assert all(each.startswith(figure) for each, figure in zip(found, figures, strict=True) if figure), said
    assert not found[1].startswith("2 of 3")
    if not confirmed:
        assert any(f"which they are, or `{EVERY_ROW}`" in line for line in told), told
    elif only == EVERY_ROW:
        opened = open_program(tmp_path)
        rows = sheet_of(opened, opened.bindings[0])[1]
        assert [row.answer for row in rows if row.tag == "only rows" or row.about in FACTS] == [
            EVERY_ROW,
            "Trained",
            "Trained",
        ]


@pytest.mark.parametrize(("last", "offered"), [("2026-10-05", True), ("as agreed", False)])
def test_only_columns_that_can_be_read_are_offered_to_say_which_rows_count(
    tmp_path: Path, last: str, offered: bool
) -> None:
    """A column of days in which a word stands is refused whatever is written beside it."""
    (tmp_path / "evidence").mkdir()
    days = ["Start", *["2026-10-05"] * 4, last]
    lines = [f"{line},{day}" for line, day in zip(PLAN.splitlines(), days, strict=False)]
    (tmp_path / "evidence" / "Staffing plan 2026-11-20.csv").write_text("\n".join([*lines, ""]), encoding="utf-8")
    start(tmp_path, conduct(tmp_path, invented_office(customer="BLW", provider="TSC")))
    opened = open_program(tmp_path)
    (row,) = [each for each in sheet_of(opened, opened.bindings[0])[1] if each.tag == "only rows"]

    assert row.offered[:3] == (EVERY_ROW, "Position ID", "Side")
    assert ("Start" in row.offered) is offered
