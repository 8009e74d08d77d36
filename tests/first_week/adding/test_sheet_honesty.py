"""What nobody who looked at a sheet could see is not confirmed, and what goes against a word is told first."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from tests.first_week.adding.test_bound_answers import bound
from tests.invented_office import invented_office

from gonogo.errors import UsageError
from gonogo.first_week.adding.bound_answers import bind, make_workbook_of
from gonogo.first_week.adding.sheet_honesty import against_words, refuse_unseen
from gonogo.first_week.adding.sheet_line import SheetLine
from gonogo.first_week.drafts.answered_draft import AnsweredRow
from gonogo.first_week.interview import conduct
from gonogo.first_week.starting import start

TESTED = "Interface ID,Partner,ICD status,E2E test result\n" + "".join(
    f"I-{number},{partner},Approved,{result}\n"
    for number, (partner, result) in enumerate([("PAM", "Failed"), ("SAM", "Passed"), ("CGE", "Passed")], 1)
)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    (tmp_path / "evidence").mkdir()
    (tmp_path / "evidence" / "Interfaces.csv").write_text(TESTED, encoding="utf-8")
    start(tmp_path, conduct(tmp_path, invented_office()))
    (tmp_path / "bindings.xlsx").write_bytes(make_workbook_of(tmp_path)[0])
    return tmp_path


def answered(root: Path, change: Callable[[Any], None], *, failed: str | None = "passed") -> list[str]:
    """Sign the sheet, say what `Failed` means, and change how the sheet looks; return what bind tells."""
    book = openpyxl.load_workbook(root / "bindings.xlsx")
    (page,) = [each for each in book.worksheets if "Interfaces" in each.title]
    rows = {(row[0].value, row[1].value): row for row in page.iter_rows()}
    for key, row in rows.items():
        if key[0] in ("confirmed by", "held"):
            row[3].value = {"confirmed by": "Ada Kirsch", "held": "2026-11-19"}[key[0]]
    if failed is not None:
        rows["word", "Failed"][3].value = failed
    change(page)
    book.save(root / "bindings.xlsx")
    return bind(root / "bindings.xlsx", root)


def row_of(page: Any, about: str) -> int:
    """The number of the row about a word."""
    return next(row[0].row for row in page.iter_rows() if (row[0].value, row[1].value) == ("word", about))


def hide_row(page: Any) -> None:
    page.row_dimensions[row_of(page, "Failed")].hidden = True


def hide_column(page: Any) -> None:
    page.column_dimensions["D"].hidden = True


def hide_sheet(page: Any) -> None:
    page.sheet_state = "hidden"


def hide_sheet_well(page: Any) -> None:
    page.sheet_state = "veryHidden"


def strike_name(page: Any) -> None:
    from openpyxl.styles import Font

    (cell,) = [row[3] for row in page.iter_rows() if row[0].value == "confirmed by"]
    cell.font = Font(strike=True)


def answer_below(page: Any) -> None:
    for column, text in enumerate(("word", "Failed", "E2E test result", "failed"), 1):
        page.cell(page.max_row + (60 if column == 1 else 0), column, text)


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (hide_row, "is hidden, and an answer stands there; show it"),
        (hide_column, "the column D is hidden, and an answer stands there; show it"),
        (hide_sheet, "the sheet is hidden, and an answer stands there; show it"),
        (hide_sheet_well, "the sheet is hidden, and an answer stands there; show it"),
        (strike_name, "a text is struck through, and an answer stands there; take the line away, or delete the answer"),
        (answer_below, "it answers again, and otherwise, what sheet 1 Interfaces.csv, row"),
    ],
)
def test_what_nobody_sees_is_not_confirmed(root: Path, change: Callable[[Any], None], told: str) -> None:
    """A manager who looked at the sheet signed something else."""
    found = answered(root, change)

    assert found[0].startswith("interfaces: not taken: sheet 1 Interfaces.csv, row ")
    assert told in found[0]
    assert bound(root)["interfaces"].confirmed is not None


def test_a_file_is_not_set_aside_on_a_sheet_that_nobody_sees(root: Path) -> None:
    """The failing file would be gone without anybody having looked."""

    def dropped(page: Any) -> None:
        for row in page.iter_rows():
            if row[0].value in ("use", "why not"):
                row[3].value = {"use": "no evidence", "why not": "an old list"}[row[0].value]
        hide_sheet(page)

    assert "the sheet is hidden, and an answer stands there" in answered(root, dropped)[0]
    assert "interfaces" in bound(root)


def test_a_hidden_row_whose_answer_is_as_it_was_asked_stops_nobody(root: Path) -> None:
    """Rows are folded by gonogo itself, and a person may fold some more."""
    found = answered(root, hide_row, failed=None)

    assert found[0].startswith("interfaces: confirmed by Ada Kirsch")
    assert "against what the words say" not in (root / "gonogo.yaml").read_text(encoding="utf-8")


def test_what_failed_is_never_counted_as_passed(root: Path) -> None:
    """`Failed` was made to count as passed without a remark; a sheet that says so is not taken."""
    found = answered(root, lambda _page: None)

    assert found[0].startswith("interfaces: not taken: ")
    assert "e2e_passed_ratio is about what is passed, and counts rows whose" in found[0]
    assert bound(root)["interfaces"].confirmed is False


@pytest.mark.parametrize(
    ("word", "heading", "means", "told"),
    [
        ("Failed", "Result", "passed", True),
        ("Failed", "Result", "failed", False),
        ("Open", "Status", "done", True),
        ("Rejected", "Decision", "approved", True),
        ("Approved", "Decision", "open", False),
        ("High", "Severity", "lower than high", True),
        ("High", "Severity", "high", False),
        ("High", "Severity", "critical", False),
        ("Passed with comment", "Result", "passed", False),
    ],
)
def test_only_what_makes_a_word_better_is_against_it(word: str, heading: str, means: str, told: bool) -> None:
    """A stricter reading harms nobody, and a word in no list has no plain sense."""
    assert bool(list(against_words(None, [AnsweredRow("word", word, heading, means, "", "row 1")]))) is told


@pytest.mark.parametrize(("times", "refused"), [(1, True), (2, False), (3, False)])
def test_a_word_is_answered_as_often_as_it_is_asked(times: int, refused: bool) -> None:
    """A profile asks what a word means for each of its lists; a row more is a second answer to one question."""
    rows = [AnsweredRow("word", "Done", "Status", answer, "", f"row {at}") for at, answer in enumerate(("a", "b"), 8)]
    asked = [SheetLine("word", "Done", "Status")] * times

    if refused:
        with pytest.raises(UsageError, match="row 9: it answers again, and otherwise, what row 8 answers; delete one"):
            refuse_unseen(rows, lambda: asked)
    else:
        refuse_unseen(rows, lambda: asked)


@pytest.mark.parametrize(
    ("word", "means", "told"),
    [("Deferred", "ended without being done", True), ("Failed", "ended without being done", True),
     ("Cancelled", "ended without being done", False), ("Deferred", "open", False)],
)  # fmt: skip
def test_what_is_open_is_not_ended_without_a_remark(word: str, means: str, told: bool) -> None:
    """A deferred defect that counts as ended is open no more."""
    assert bool(list(against_words(None, [AnsweredRow("word", word, "Status", means, "", "row 1")]))) is told
