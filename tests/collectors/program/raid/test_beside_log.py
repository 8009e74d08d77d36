"""What stands beside the columns of a RAID log: an item is a gap, a note is named, a legend is left alone."""

import pytest
from tests.collectors.program.raid.test_raid import ISSUE_FACTS, gaps, issue, log, read, risk

TABLE = [["Title", "Priority", "Status"], ["Payroll is down", "Critical", "Open"]]


def beside(cells, *, sheet="Issue Log", row=3, column=25):
    """Return the answers for a workbook with cells from Z4 on, beside the columns of a log."""

    def write(book, _):
        for at, line in enumerate(cells, row):
            book.get_worksheet_by_name(sheet).write_row(at, column, line)

    return read(log([risk()], [issue() for _ in range(8)], also=write))


@pytest.mark.parametrize(
    ("cells", "row", "place"),
    [
        (TABLE, 3, "Z4:AB4"),
        (TABLE[1:], 4, "Z5:AB5"),
        ([["Payroll is down", "Critical", "Open"]], 0, "A1:AB1"),
        ([["Payroll is down, Critical, Open"]], 4, "Z5"),
        ([["Payroll is down - High - In Progress"]], 4, "Z5"),
        ([["Payroll is down | P1 | Active"]], 4, "Z5"),
        ([["New", "5-Near Certainty (90%)", "4-Significant", "Vendor is late"]], 4, "Z5:AC5"),
        ([["Issue", "Owner"], ["", ""], ["Payroll", ""]], 3, "Z6"),
    ],
)
def test_an_item_beside_the_columns_is_a_gap_of_what_rests_on_the_log(cells, row, place):
    """A critical issue was written there, and none was open."""
    answers = beside(cells, row=row)
    detail = answers["critical_issues_open"].detail

    assert gaps(answers) >= ISSUE_FACTS - {"high_risks_open", "high_risks_unmitigated"}
    assert "has what looks like an item beside the columns of the log, in " in detail
    assert place == "Z4:AB4" or f"in {place}, which counts nowhere" in detail


@pytest.mark.parametrize(
    "cells",
    [
        [["Priority", "Status"], ["Critical", "New"], ["High", "In Progress"], ["Medium", "Closed"]],
        [["Priority", "Status", "Response"], ["Critical", "New", "Avoid"], ["High", "Escalated", "Accept"]],
        [["Legend"], ["Critical"], ["High"]],
        [["Critical", "stops the payroll of an agency"], ["High", "hinders more than one office"]],
        [["New", "nobody has looked at it"], ["Closed", "the owner of the issue agrees"]],
        [["Priority: Critical, High, Medium, Low; Status: New, Closed"]],
        [["Reviewed with the sponsor on Monday"]],
        [["Status: open issues are critical to the program"]],
        [["Title", "see the template"]],
    ],
)
def test_a_legend_and_a_note_are_named_and_stop_nothing(cells):
    """Who reads the figure sees which cells it leaves out."""
    answer = beside(cells)["critical_issues_open"]

    assert answer.value == 0, answer.detail
    assert ", beside its columns and not read: Z4" in answer.where


def test_five_cells_are_named_and_the_rest_is_counted():
    """A list for a drop-down may be long."""
    where = beside([["Note of one"] for _ in range(7)])["open_items"].where

    assert "not read: Z4, Z5, Z6, Z7, Z8 and 2 more" in where


def test_a_log_without_anything_beside_it_says_nothing_of_it():
    """Titles above the headings are those of the template, and marks alone say nothing."""
    assert "beside its columns" not in read(log([risk()], [issue()]))["open_items"].where
    assert "beside its columns" not in beside([["-"], ["…"]])["open_items"].where
    assert "beside its columns" not in beside([["Page of the sponsor"]], row=0)["open_items"].where


def test_an_item_beside_the_risks_takes_nothing_from_the_issues():
    """Each log answers for itself."""
    answers = beside(TABLE[1:], sheet="Risk Log", row=2)

    assert answers["critical_issues_open"].value == 0
    assert answers["high_risks_open"].gap == "ambiguous_rows"
