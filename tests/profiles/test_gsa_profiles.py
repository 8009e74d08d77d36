"""GSA's own workbooks, read by their profiles: as published they answer what they say and no more."""

from __future__ import annotations

import io
import warnings
from datetime import date, timedelta
from pathlib import Path

import openpyxl
import pytest
from tests.profiles.conftest import read, said
from tests.spoiled import no_better

from gonogo.first_week.profile_heads import fits_of
from gonogo.plugin.spec import CollectorRefusal
from gonogo.profiles import shelf
from gonogo.profiles.example_files import example_file
from gonogo.profiles.expanding import better
from gonogo.profiles.fitting import Confidence

FOLDER = Path(__file__).parents[3] / "shared/data/gsa-m3"
RTM = "M3-Playbook-Requirements-Traceability-Matrix-Template.xlsx"
PLAN = "M3-Playbook-Communications-Plan-Template.xlsx"
STAKEHOLDERS = "M3-Playbook-Stakeholder-Analysis-Template.xlsx"
SCHEDULE = "M3-Playbook-Master-Schedule-Template.xlsx"
MEASURES = "FM-Service-Measures-FY2025.xlsx"
REPORTS = "FM-Core-FS-Pre-Built-Business-Reports.xlsx"
PROFILES = {each.name: each for each in shelf.shipped_profiles() if each.name.startswith("gsa-")}
PUBLISHED = [
    ("gsa-rtm", RTM, "rtm", {"approved_ratio": "gap", "uat_traced_ratio": "gap"}),
    (
        "gsa-rtm",
        RTM,
        "fit_gap",
        dict.fromkeys(("requirements_assessed_ratio", "mandatory_gaps", "mandatory_gaps_solved"), "gap"),
    ),
    ("gsa-rtm-changes", RTM, "cr", {"undecided": "gap"}),
    ("gsa-communications-plan", PLAN, "comms", dict.fromkeys(("delivered_ratio", "overdue", "open"), "gap")),
    ("gsa-stakeholders", STAKEHOLDERS, "stakeholders", dict.fromkeys(("assessed_ratio", "without_message"), "gap")),
    ("gsa-master-schedule", SCHEDULE, "plan", dict.fromkeys(("open", "done_ratio", "overdue"), "gap")),
    (
        "gsa-service-measures",
        MEASURES,
        "sla",
        {
            "measures": "100",
            "with_target_ratio": "46 of 100",
            "without_performer": "0",
            "without_reporter": "97",
            "without_accountable": "3",
            "without_measurement": "0",
        },
    ),
    (
        "gsa-core-reports",
        REPORTS,
        "reports",
        {"core_listed": "15", "core_unspecified": "2", "core_parity_ratio": "gap"},
    ),
]


def published(name):
    """Return a workbook of GSA's to be filled in; openpyxl cannot read the headers that GSA prints."""
    with warnings.catch_warnings(action="ignore"):
        return openpyxl.load_workbook(io.BytesIO((FOLDER / name).read_bytes()))


@pytest.mark.skipif(not FOLDER.exists(), reason="GSA's files are not beside the checkout")
class TestPublished:
    @pytest.mark.parametrize(("profile", "name", "prefix", "right"), PUBLISHED, ids=lambda value: str(value)[:24])
    def test_a_workbook_as_published_answers_what_it_says(self, profile, name, prefix, right):
        """A template is a gap, and the register of measures has 46 targets for 100 measures."""
        found = read(PROFILES[profile], name, (FOLDER / name).read_bytes(), prefix)

        assert {fact: said(answer) for fact, answer in found.items()} == right, {
            fact: answer.detail for fact, answer in found.items()
        }

    @pytest.mark.parametrize("name", [RTM, PLAN, STAKEHOLDERS, SCHEDULE, MEASURES, REPORTS])
    def test_it_is_recognized_for_sure(self, name):
        """`init` and `check` propose its profile and no other first."""
        first, *_ = fits_of(FOLDER / name, shelf.shipped_profiles())

        assert (first.confidence, first.fits) == (Confidence.SURE, True)
        assert (first.profile.name, name) in {(profile, file) for profile, file, _, _ in PUBLISHED}

    def test_a_filled_copy_of_the_matrix_is_read(self):
        """With GSA's instructions and example still under the headings, as offices leave them."""
        workbook = published(RTM)
        sheet = workbook["RTM"]
        for row, (status, uat) in enumerate([("Approved-Active", "UAT-1"), ("Pending Approval-New", "TBD")], 5):
            for column, value in {1: f"GL-1-{row}", 10: "Mandatory", 13: status, 16: "In Scope", 31: uat}.items():
                sheet.cell(row, column).value = value
        stream = io.BytesIO()
        workbook.save(stream)
        found = read(PROFILES["gsa-rtm"], RTM, stream.getvalue(), "rtm")

        assert {fact: said(answer) for fact, answer in found.items()} == {
            "approved_ratio": "1 of 2",
            "uat_traced_ratio": "1 of 2",
        }
        assert "2 template rows" in found["approved_ratio"].where

    @pytest.mark.parametrize(
        ("profile", "prefix", "sheet", "row", "cells", "words"),
        [
            ("gsa-rtm", "rtm", "RTM", 4, {4: "Keep the Treasury symbols", 13: "Pending Approval-New"}, "row 4 has"),
            ("gsa-rtm-changes", "cr", "CR", 3, {1: "GL-001-005", 3: "Add a field", 5: "Submitted"}, "row 3 has"),
        ],
    )
    def test_an_example_that_was_written_over_is_not_left_out(self, profile, prefix, sheet, row, cells, words):
        """A person's first requirement, typed over GSA's example, vanished with the id or test case that was kept."""
        book = published(RTM)
        for column, value in cells.items():
            book[sheet].cell(row, column, value)
        stream = io.BytesIO()
        book.save(stream)

        found = read(PROFILES[profile], RTM, stream.getvalue(), prefix)

        assert all(answer.gap is not None and words in answer.detail for answer in found.values()), found

    def test_a_filled_copy_of_the_communications_plan_is_read(self):
        """A month instead of a day is a gap that names the cell."""
        workbook = published(PLAN)
        sheet = workbook["Communications Plan"]
        for column, value in {1: "Kickoff", 3: "All staff", 7: date(2027, 1, 12), 9: "Completed"}.items():
            sheet.cell(3, column).value = value
        stream = io.BytesIO()
        workbook.save(stream)
        found = read(PROFILES["gsa-communications-plan"], PLAN, stream.getvalue(), "comms")
        sheet.cell(3, 7).value = "April 2027"
        stream = io.BytesIO()
        workbook.save(stream)
        month = read(PROFILES["gsa-communications-plan"], PLAN, stream.getvalue(), "comms")

        assert [said(found[name]) for name in ("overdue", "open", "delivered_ratio")] == ["0", "0", "gap"]
        assert {said(answer) for answer in month.values()} == {"gap"}
        assert "(column G): 'April 2027'" in month["overdue"].detail

    def test_a_filled_copy_of_the_master_schedule_is_read(self):
        """Rows of phases add percentages up, and are no tasks; whether Excel has calculated them does not matter."""
        workbook = published(SCHEDULE)
        sheet = workbook["Schedule Template"]
        for row in range(2, 73):
            sheet.cell(row, 6).value = date(2027, 1, 1) + timedelta(row)
        for row in (4, 5):
            sheet.cell(row, 4).value, sheet.cell(row, 8).value = 1, date(2027, 3, 30)
        stream = io.BytesIO()
        workbook.save(stream)
        never_calculated = read(PROFILES["gsa-master-schedule"], SCHEDULE, stream.getvalue(), "plan")
        for row in (3, 6, 21, 31, 45, 63):
            sheet.cell(row, 4).value = 2
        stream = io.BytesIO()
        workbook.save(stream)
        found = read(PROFILES["gsa-master-schedule"], SCHEDULE, stream.getvalue(), "plan")

        for each in (never_calculated, found):
            assert [said(each[name]) for name in ("open", "done_ratio", "overdue")] == ["62", "2 of 64", "62"]
        assert "1 template row and 6 parent rows" in found["open"].where


def test_names_of_test_cases_are_no_cycles_of_tests():
    """A matrix in which every requirement has its case, and some share one, is the best one, and was refused for it."""
    profile = PROFILES["gsa-rtm"]
    example = profile.examples[0]
    _, data = example_file(profile, example)
    workbook = openpyxl.load_workbook(io.BytesIO(data))
    sheet = workbook["RTM"]
    headings = {cell.value: cell.column for cell in sheet[2]}
    sheet.delete_rows(3, 2)  # the instructions and GSA's example
    for row in range(3, sheet.max_row + 1):
        for kind in ("Unit Test", "Integration Test", "UAT", "Regression Test"):
            sheet.cell(row, headings[f"{kind} Case*"]).value = f"UAT-{row % 2:03d}"
    stream = io.BytesIO()
    workbook.save(stream)

    found = read(profile, RTM, stream.getvalue(), "rtm", answers=example.answers, own=example.settings)

    assert said(found["uat_traced_ratio"]) == "5 of 6", "nobody said of one whether it is in scope"


@pytest.mark.parametrize("name", sorted(PROFILES))
def test_spoiled_copies_read_no_better(name):
    """Whatever a disk or a mail gateway does to the file."""
    profile = PROFILES[name]
    example = profile.examples[0]
    file_name, data = example_file(profile, example)
    ways = better(profile.facts)

    def answers(made: bytes):
        return read(profile, file_name, made, example.prefix, answers=example.answers, own=example.settings)

    assert CollectorRefusal is not None
    assert (
        no_better(
            answers,
            data,
            fewer_is_better=frozenset(fact for fact, way in ways.items() if way == "lower"),
            more_is_better=frozenset(fact for fact, way in ways.items() if way == "higher"),
        )
        == []
    )
