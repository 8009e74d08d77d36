"""A day such as 4/5/2027 is read as a person says, and not as the cells of the file contradict."""

from __future__ import annotations

import shutil
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from tests.invented_office import invented_office

from gonogo.first_week.adding.bound_answers import bind, make_workbook_of
from gonogo.first_week.adding.day_rows import (
    day_rows_of_profile,
    settle_days,
    settle_days_of_profile,
    with_own_days,
)
from gonogo.first_week.adding.open_program import open_program
from gonogo.first_week.adding.previewing import said_by_fact
from gonogo.first_week.drafts.answered_draft import AnsweredRow
from gonogo.first_week.drafts.words_that_count import WrongAnswerInSheet
from gonogo.first_week.file_kinds import FileKind
from gonogo.first_week.interview import conduct
from gonogo.first_week.mapping import map_file
from gonogo.first_week.proposal import Proposal
from gonogo.first_week.starting import start
from gonogo.model.people import Side
from gonogo.model.program import Binding
from gonogo.profiles.profile import Profile
from gonogo.profiles.shelf import shipped_profiles

NOW = datetime(2026, 11, 20, 17, tzinfo=UTC)
STEPS = "Step ID,Task,Due date,Status\nC-1,a,{first},Done\nC-2,b,12/6/2026,Open\nC-3,c,11/7/2026,Open\n"
MONTH_FIRST, DAY_FIRST = "11/5/2026 is 5 November 2026", "11/5/2026 is 11 May 2026"


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A program with one list of steps, and its binding workbook, made once."""
    root = tmp_path_factory.mktemp("days")
    (root / "evidence").mkdir()
    (root / "evidence" / "cutover steps.csv").write_text(STEPS.format(first="11/5/2026"), encoding="utf-8")
    start(root, conduct(root, invented_office(go_live="2099-05-03T06:00", build="B-7")))
    (root / "b.xlsx").write_bytes(make_workbook_of(root, NOW)[0])
    return root


@pytest.fixture
def root(made: Path, tmp_path: Path) -> Path:
    """A copy of that program."""
    return shutil.copytree(made, tmp_path / "p")


def answer(root: Path, days: str | None) -> list[str]:
    """Sign the sheet with an answer to the question, or with the one that stands there, and bind."""
    book = openpyxl.load_workbook(root / "b.xlsx")
    (page,) = [each for each in book.worksheets if "cutover" in each.title]
    for row in page.iter_rows():
        given = {"confirmed by": "Ada Kirsch", "held": "2026-11-20"} | ({"days": days} if days is not None else {})
        if row[0].value in given:
            row[3].value = given[row[0].value]
    book.save(root / "b.xlsx")
    return bind(root / "b.xlsx", root, NOW)


def of_steps(root: Path) -> Any:
    """Return the binding of the steps."""
    return next(each for each in open_program(root, NOW).bindings if each.plugin == "table")


def test_both_readings_are_offered_and_the_first_sheet_asks(made: Path) -> None:
    """Nobody was asked: the month came first, also in a list of an office that writes the day first."""
    book = openpyxl.load_workbook(made / "b.xlsx")
    (page,) = [each for each in book.worksheets if "cutover" in each.title]
    (row,) = [row for row in page.iter_rows(values_only=True) if row[0] == "days"]
    assert (row[1], row[3]) == ("Due date", MONTH_FIRST)
    offered = [cell for line in book["Lists"].iter_rows(values_only=True) for cell in line]
    assert {MONTH_FIRST, DAY_FIRST} <= set(offered)
    first = " ".join(str(cell) for line in book["Start here"].iter_rows(values_only=True) for cell in line)
    assert f"Under Due date, {MONTH_FIRST}, the month first: is that right?" in first


@pytest.mark.parametrize(
    ("days", "form", "share"),
    [(None, "%m/%d/%Y", "1 of 2"), (MONTH_FIRST, "%m/%d/%Y", "1 of 2"), (DAY_FIRST, "%d/%m/%Y", "1 of 2")],
)
def test_the_days_are_read_as_a_person_says(root: Path, days: str | None, form: str, share: str) -> None:
    """Which steps are due by today follows from it: 12/6/2026 was in June, or is still to come."""
    answer(root, days)

    binding = of_steps(root)
    (table,) = binding.settings["tables"].values()
    assert (binding.confirmed, table["columns"]["due_date"]["format"]) == (None, form)
    said = said_by_fact(open_program(root, NOW), binding, dated=False)["cutover.precutover_due_done_ratio"]
    assert said == ("1 of 3" if days == DAY_FIRST else share)


def test_an_answer_that_another_row_contradicts_is_refused_with_the_row(root: Path) -> None:
    """The file got a day of the 25th after the workbook was made; its headings and words are the same."""
    (root / "evidence" / "cutover steps.csv").write_text(STEPS.format(first="11/25/2026"), encoding="utf-8")

    told = answer(root, DAY_FIRST)

    assert any("line 2" in each and "cannot be read so" in each for each in told), told
    assert of_steps(root).confirmed is False


def test_a_reading_that_nobody_offers_is_refused(root: Path) -> None:
    """A sentence of another example says nothing of this file's forms."""
    told = answer(root, "11/5/2026 is the fifth")

    assert any("is no answer; choose one of the list" in each for each in told)
    assert of_steps(root).confirmed is False


@pytest.mark.parametrize(
    ("first", "asks"),
    [("11/12/2026", True), ("11/13/2026", False), ("13/11/2026", False)],
)
def test_it_is_asked_only_where_no_day_tells_the_order(tmp_path: Path, first: str, asks: bool) -> None:
    """A 13th says which part is the day."""
    file = tmp_path / "steps.csv"
    file.write_text(STEPS.format(first=first).replace("12/6/2026", "6/6/2026").replace("11/7", "7/7"), encoding="utf-8")
    mapping = map_file(file)
    rows = [AnsweredRow("days", "Due date", "", f"{first} is 12 November 2026", "", "sheet 1, row 9")]

    if asks:
        assert not settle_days(mapping, rows)
    else:
        with pytest.raises(WrongAnswerInSheet):
            settle_days(mapping, rows)


@pytest.fixture
def export(tmp_path: Path) -> tuple[Profile, Proposal]:
    """An export whose profile knows both ways of its tool, and its proposal."""
    (profile,) = [each for each in shipped_profiles() if each.name == "cornerstone-transcripts"]
    file = tmp_path / "transcripts.csv"
    file.write_text("User ID,Transcript Completed Date\nu1,4/5/2026\nu2,5/5/2026\nu3,\n", encoding="utf-8")
    proposal = Proposal("t", FileKind.CSV, ("transcripts.csv",), "table", mapping=map_file(file))
    return profile, proposal


FACTS = {"done": {"count": {"where": "completed is not blank"}}, "all": {"count": {"where": "status == 1"}}}


def test_days_of_an_export_are_unknown_until_a_person_says_how_they_are_written(export: Any) -> None:
    """The message pointed to a setting of the program file."""
    profile, proposal = export
    (row,) = day_rows_of_profile(profile, proposal.mapping, FACTS, {})

    assert (row.about, row.answer) == ("Transcript Completed Date", "")
    assert row.offered == ("4/5/2026 is 5 April 2026", "4/5/2026 is 4 May 2026")
    assert not list(day_rows_of_profile(profile, proposal.mapping, {"all": FACTS["all"]}, {}))


@pytest.mark.parametrize(
    ("said", "form"), [("4/5/2026 is 5 April 2026", "%m/%d/%Y"), ("4/5/2026 is 4 May 2026", "%d/%m/%Y")]
)
def test_the_days_of_an_export_are_read_as_a_person_says(export: Any, said: str, form: str) -> None:
    """One form is written, so a file of next week that is written otherwise is a gap."""
    profile, proposal = export
    settle_days_of_profile(profile, proposal, [AnsweredRow("days", "Transcript Completed Date", "", said, "", "row 9")])

    (table,) = proposal.settings["tables"].values()
    assert table["columns"] == {"completed": {"format": form, "also_formats": []}}

    binding = Binding(
        id="t",
        plugin="table",
        side=Side.CUSTOMER,
        producer="LMS",
        settings={
            "tables": {
                "t": {
                    "columns": {
                        "completed": {
                            "header": "Transcript Completed Date",
                            "type": "date",
                            "format": form,
                            "also_formats": [],
                        }
                    }
                }
            }
        },
    )
    rows = [replace(row, answer="") for row in day_rows_of_profile(profile, proposal.mapping, FACTS, {})]
    assert [row.answer for row in with_own_days(rows, binding)] == [said]
