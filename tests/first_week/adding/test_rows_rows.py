"""Rows that may be no items: an office says in plain words what becomes of them, and the figure shows it."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest
from tests.invented_office import invented_office

from gonogo.first_week.adding.asked_sheets import sheet_of
from gonogo.first_week.adding.bound_answers import bind, make_workbook_of
from gonogo.first_week.adding.open_program import open_program
from gonogo.first_week.adding.previewing import said_by_fact
from gonogo.first_week.adding.sheet_line import SheetLine
from gonogo.first_week.interview import conduct
from gonogo.first_week.starting import start
from gonogo.program.program_file import load_program

CALLS = ("Call no", "Date", "Routed correctly", "Answered correctly", "Agent")
GIVEN = "helpdesk.test_success_ratio"
PLAN = ("Task ID", "Task Name", "Owner", "Due date", "Status")
DONE = "cutover.precutover_due_done_ratio"
HEADINGS = "they are headings only; what is below them counts"
ALSO = "they count too, beside what is below them"
NONE = "they are no items and left out"
EACH = "each of them is an item and counts"


def begun(root: Path, name: str, *rows: tuple[object, ...], deeper: tuple[int, ...] = ()) -> list[SheetLine]:
    """A program with one workbook, and what its sheet asks."""
    (root / "evidence").mkdir()
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    for row in deeper:
        book.active.row_dimensions[row].outlineLevel = 1
    book.save(root / "evidence" / name)
    start(root, conduct(root, invented_office(go_live="2099-05-03T06:00")))
    (root / "b.xlsx").write_bytes(make_workbook_of(root)[0])
    opened = open_program(root)
    return sheet_of(opened, opened.bindings[0])[1]


def calls(*last: object) -> list[tuple[object, ...]]:
    """Test calls of a help desk, and one more row."""
    rows: list[tuple[object, ...]] = [(n, "2026-11-17", "Y", "N" if n == 5 else "Y", "Tier 1") for n in range(1, 26)]
    return [CALLS, *rows, last]


def plan(*heading: object) -> list[tuple[object, ...]]:
    """A plan whose second row stands above three others."""
    steps = [(f"C{n}", f"Step {n}", "PMO", "2026-11-16", "Complete" if n < 3 else "In Progress") for n in (1, 2, 3)]
    return [PLAN, ("C0", "Pre-cutover", *heading), *steps]


def answered(root: Path, *answers: tuple[str, str]) -> list[str]:
    """Confirm the one sheet; answers are of the rows `rows` and `fact` by what they are about."""
    book = openpyxl.load_workbook(root / "b.xlsx")
    (page,) = [each for each in book.worksheets if each.title.startswith("1 ")]
    for about, answer in (("confirmed by", "Ada Kirsch"), ("held", "2026-11-19"), *answers):
        row = next(r for r in page.iter_rows() if about in (r[0].value, r[1].value))
        row[3].value = answer
    book.save(root / "b.xlsx")
    return bind(root / "b.xlsx", root)


def figure(root: Path, fact: str) -> str:
    """What a fact comes to, once confirmed."""
    opened = open_program(root)
    assert opened.bindings[0].confirmed is None
    return said_by_fact(opened, opened.bindings[0]).get(fact, "")


class TestTotals:
    def test_a_last_row_that_sums_up_is_proposed_to_be_left_out_shown_and_asked(self, tmp_path: Path) -> None:
        """The key was blank there alone, so that nothing told the calls apart, and no cell could say so."""
        rows = begun(tmp_path, "Help desk test calls.xlsx", *calls("Pass rate", None, None, "24/25"))
        (row,) = [each for each in rows if each.tag == "rows"]
        asked = [each.note for each in rows if each.tag == "ask"]

        assert (row.answer, row.offered) == (NONE, (NONE, EACH))
        assert row.note.startswith("Row 27 (Pass rate) looks like a total.")
        assert "Row 27 (Pass rate) looks like a total. Left out of every count: right? The row `rows` says it." in asked
        told = answered(tmp_path)
        assert figure(tmp_path, GIVEN).startswith("24 of 25"), told

    @pytest.mark.parametrize("last", [(None, None, "25", "24", None), (None, None, 25, 24)])
    def test_figures_alone_below_words_are_a_total_too(self, tmp_path: Path, last: tuple[object, ...]) -> None:
        """An office was asked what `27` means under Routed correctly, and no answer was that it sums up."""
        rows = begun(tmp_path, "Help desk test calls.xlsx", *calls(*last))
        (row,) = [each for each in rows if each.tag == "rows"]

        assert (row.answer, row.note[:26]) == (NONE, "Row 27 looks like a total.")
        told = answered(tmp_path)
        assert figure(tmp_path, GIVEN).startswith("24 of 25"), told

    def test_words_behind_total_are_asked_about(self, tmp_path: Path) -> None:
        """*Total, 24 answered well* could only be deleted, or be described by a setting."""
        rows = begun(tmp_path, "Help desk test calls.xlsx", *calls("Total", "24 well answered in R1", None, None, None))
        (row,) = [each for each in rows if each.tag == "rows"]

        assert NONE in row.offered
        told = answered(tmp_path, ("rows that look like totals", NONE))
        assert figure(tmp_path, GIVEN).startswith("24 of 25"), told

    @pytest.mark.parametrize("answer", [EACH, ""])
    def test_one_that_nobody_leaves_out_makes_no_share_better(self, tmp_path: Path, answer: str) -> None:
        """Left out by itself, an item that looks like a total would count nowhere."""
        begun(tmp_path, "Help desk test calls.xlsx", *calls("Pass rate", None, None, "24/25"))
        answered(tmp_path, ("rows that look like totals", answer))

        opened = open_program(tmp_path)
        assert "24 of 25" not in said_by_fact(opened, opened.bindings[0]).get(GIVEN, "")

    @pytest.mark.parametrize(
        "last",
        [
            ("Pass rate", "2026-11-18", "Y", "Y", "Tier 1"),
            ("Pass rate", None, None, "Y"),
            ("Callback", None, None, "24/25"),
            (26, None, None, "24/25"),
            ("Pass rate", None, None, None),
            (None, None, "25", "Y", None),
            (None, "2026-11-18", "Y", 24, "Tier 1"),
        ],
    )
    def test_a_row_that_may_be_an_item_is_not_taken_for_a_total(self, tmp_path: Path, last: tuple[object, ...]) -> None:
        """A real call with a strange name is one of those that were made."""
        rows = begun(tmp_path, "Help desk test calls.xlsx", *calls(*last))

        assert not any(each.about == "rows that look like totals" for each in rows)

    def test_an_answer_that_is_not_offered_is_refused(self, tmp_path: Path) -> None:
        """A typed word is no choice."""
        begun(tmp_path, "Help desk test calls.xlsx", *calls("Pass rate", None, None, "24/25"))

        told = answered(tmp_path, ("rows that look like totals", "maybe"))

        assert any("`maybe` is no answer; choose one of the list" in line for line in told)


class TestParents:
    @pytest.mark.parametrize(
        ("heading", "answer"),
        [((None, None, "In Progress"), HEADINGS), (("PMO", "2026-11-20", "In Progress"), ""), ((None, None), HEADINGS)],
    )
    def test_headings_are_proposed_only_where_the_file_makes_it_plain(
        self, tmp_path: Path, heading: tuple[object, ...], answer: str
    ) -> None:
        """A row with a day and an owner of its own may be a step that somebody has to do."""
        rows = begun(tmp_path, "Cutover plan 2026-11-19.xlsx", *plan(*heading), deeper=(3, 4, 5))
        (row,) = [each for each in rows if each.tag == "rows"]

        assert (row.answer, row.offered) == (answer, (HEADINGS, ALSO))
        assert row.note.startswith("Row 2 (C0) has rows below it. ")
        assert not any("{parent" in each.note for each in rows)

    @pytest.mark.parametrize(("answer", "share"), [(HEADINGS, "2 of 3"), (ALSO, "2 of 4"), ("", "unknown")])
    def test_what_a_person_says_of_them_is_what_counts(self, tmp_path: Path, answer: str, share: str) -> None:
        """Every plan of Smartsheet or Project has such rows, and no cell of its sheet could say what they are."""
        begun(tmp_path, "Cutover plan 2026-11-19.xlsx", *plan("PMO", "2026-11-18", "In Progress"), deeper=(3, 4, 5))

        told = answered(tmp_path, ("rows that have rows below them", answer), (DONE, "Status"))

        assert figure(tmp_path, DONE).startswith(share), told

    def test_a_correction_begins_with_what_was_said(self, tmp_path: Path) -> None:
        """Its sheet asked as if nobody had said anything."""
        begun(tmp_path, "Cutover plan 2026-11-19.xlsx", *plan("PMO", "2026-11-18", "In Progress"), deeper=(3, 4, 5))
        answered(tmp_path, ("rows that have rows below them", ALSO), (DONE, "Status"))
        opened = open_program(tmp_path)

        (row,) = [each for each in sheet_of(opened, opened.bindings[0])[1] if each.tag == "rows"]

        assert row.answer == ALSO
        (binding,) = load_program(tmp_path).program.bindings
        assert next(iter(binding.settings["tables"].values()))["rows"] == {"parent": "counts"}
