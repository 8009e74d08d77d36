"""Whose staff a list counts, the customer's or the provider's: names of sheets and files say it, or nobody does."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest
from tests.first_week.test_start import init

from gonogo.first_week.drafts.sides_told import side_in_names
from gonogo.model.people import Side
from gonogo.program.program_file import load_program

PARTIES = {"customer": "NIWA", "provider": "Central Finance Center"}
OWN = [["Position", "FTE needed", "FTE on board", "FTE trained"], ["Clerk", 8, 7, 6], ["Analyst", 4, 4, 4]]
THEIRS = [["Role", "FTE required", "FTE onboard", "FTE trained on NIWA config"], ["Tier 1", 9, 9, 9], ["Ops", 5, 5, 4]]


def staffing(path: Path, **sheets: list[list[object]]) -> None:
    """Save a workbook of staffing lists."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        page = book.create_sheet(name.replace("_", " "))
        for row in rows:
            page.append(row)
    path.parent.mkdir(parents=True, exist_ok=True)
    book.save(path)


@pytest.mark.parametrize(
    ("names", "side"),
    [
        (("NIWA O&M", "Staffing.xlsx"), Side.CUSTOMER),
        (("", "central-finance-center staffing 2026-12-02.csv"), Side.PROVIDER),
        (("Servicing", "NIWA staffing.xlsx"), Side.CUSTOMER),
        (("NIWA", "Central Finance Center staffing.xlsx"), Side.CUSTOMER),
        (("Plan", "NIWA + Central Finance Center.xlsx"), None),
        (("Plan", "Finance staffing.xlsx"), None),
        (("Provider", "Staffing.xlsx"), Side.PROVIDER),
        (("Plan", "Staffing.xlsx"), None),
    ],
)
def test_the_narrowest_name_that_names_one_side_says_whose_list_it_is(
    names: tuple[str, str], side: Side | None
) -> None:
    """One word of an organization's name may stand in any list, and a file of both sides is of neither."""
    assert side_in_names(names, PARTIES) is side


@pytest.mark.parametrize(
    ("sheet", "file", "rows", "group", "side", "maker"),
    [
        ("NIWA_O&M", "Staffing plan NIWA + CFSC.xlsx", OWN, "customer_om", Side.CUSTOMER, "NIWA"),
        ("CFSC_servicing", "Staffing plan NIWA + CFSC.xlsx", OWN, "provider_staff", Side.PROVIDER, "CFSC"),
        ("Roles", "CFSC staffing.xlsx", THEIRS, "provider_staff", Side.PROVIDER, "CFSC"),
        ("Roles", "NIWA staffing.xlsx", OWN, "customer_om", Side.CUSTOMER, "NIWA"),
    ],
)
def test_a_staffing_list_answers_for_the_side_that_its_names_name(
    tmp_path: Path, sheet: str, file: str, rows: list[list[object]], group: str, side: Side, maker: str
) -> None:
    """The customer's own staff were drafted as the provider's, who may have none."""
    staffing(tmp_path / "evidence" / file, **{sheet: rows})
    init(tmp_path, {})

    [binding] = load_program(tmp_path).program.bindings
    assert set(binding.settings["facts"]) == {f"{group}.onboard_ratio", f"{group}.trained_ratio"}
    assert (binding.side, binding.producer) == (side, maker)


def test_where_no_name_says_whose_staff_it_is_that_is_asked_and_nothing_answers(tmp_path: Path) -> None:
    """A figure of one side's staff, confirmed by a plain yes, would answer for the other."""
    staffing(tmp_path / "evidence" / "Staffing plan.xlsx", Plan=OWN)
    [proposal] = init(tmp_path, {}).proposals

    assert proposal.answers == ()
    assert any("whether it is the customer's or the provider's" in each for each in proposal.asked)
    assert any(each.startswith("Is it about ") for each in proposal.asked)
