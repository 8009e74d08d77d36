"""Which files and columns are about people: one list of words and shapes, and the reason is told."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import xlsxwriter

from gonogo.first_week.about_file import why_people
from gonogo.first_week.declared_kinds import Declared
from gonogo.first_week.file_kinds import FileKind, Recognized
from gonogo.first_week.mapping import map_file
from gonogo.first_week.mapping_text import mapping_text
from gonogo.first_week.recognition import recognize
from gonogo.model.about_people import counts_people, why_about_people


@pytest.mark.parametrize(
    "heading",
    [
        "Incumbent", "Tester", "Assigned To", "assignedTo", "ASSIGNED_TO", "Executed by", "Responsible", "POC", "Name",
        "Employee Name", "Vendor Name", "Date of birth", "E-mail", "Employee ID", "Approver comment", "Watchers",
        "Tester name", "Birth country", "Requested For", "Raised for", "opened_for", "On behalf of",
    ],
)  # fmt: skip
def test_a_heading_that_speaks_of_a_person_is_about_people(heading: str) -> None:
    """Such columns name who did what; nobody should find them in a report."""
    assert "its heading says" in why_about_people(heading)


@pytest.mark.parametrize(
    "heading",
    [
        "Cycle Name", "Risk Name", "File name", "Status", "User Story", "Assigned Group", "Owner team", "Last updated",
        "First run", "Lead time", "Build Number", "Test Summary", "Employee status", "User acceptance",
        "Environment", "Planned for", "Approved for", "For", "Blocked for",
    ],
)  # fmt: skip
def test_a_heading_about_a_thing_is_about_nobody(heading: str) -> None:
    """A harmless column that a condition needs must not be hidden."""
    assert why_about_people(heading) == ""


@pytest.mark.parametrize(
    ("cells", "words"),
    [
        (["Ann Lee <ann@example.gov>", "Bo Ray <bo@example.gov>"], "mail addresses"),
        (["078-05-1120", "219-09-9999"], "numbers of people"),
        (["Lee, Ann", "Ray, Bo", "Diaz, Cy"], "last name, first name"),
    ],
)
def test_the_look_of_most_cells_decides_under_any_heading(cells: list[str], words: str) -> None:
    """Headings are often wrong about what stands below them."""
    assert words in why_about_people("Remark", cells)


@pytest.mark.parametrize(
    ("cell", "person"),
    [
        *(("202-555-0143", True), ("(202) 555-0143", True), ("+1-202-555-0143", True), ("Tel.202.555.0143", True)),
        *(("1.202.555.0143", True), ("ext 202 555 0143", True), ("219-09-9999", True)),
        *(
            ("FFM.000.000.0011", False),
            ("ITS.1.010.010.0001", False),
            ("PR-202-555-0143", False),
            ("A202-555-0143", False),
        ),
        *(("12.202.555.0143", False), ("202-555-01431", False)),
    ],
)
def test_a_telephone_number_is_told_from_the_id_of_a_thing(cell: str, person: bool) -> None:
    """GSA's service measures are numbered FFM.000.000.0011; a mark would hide all hundred of them."""
    assert bool(why_about_people("Service Measure ID", [cell])) is person


def test_one_mail_address_in_a_long_text_does_not_mark_a_file() -> None:
    """Every description of a ticket holds one somewhere: below half, half, above."""
    mail = ["call a@example.gov", "call b@example.gov"]

    assert why_about_people("Remark", [*mail, "x", "y", "z"]) == ""
    assert why_about_people("Remark", [*mail, "x", "y"])
    assert why_about_people("Remark", [*mail, "x"])


def test_a_number_of_people_names_none_of_them() -> None:
    """A load test has 900 users."""
    assert why_about_people("Users", ["900", "1200"]) == ""
    assert why_about_people("Users", ["900", "ann"])
    assert counts_people("users")
    assert not counts_people("user")


def recognized(root: Path, name: str) -> Recognized:
    found = recognize(root, name, (root / name).stat().st_size, Declared())
    assert isinstance(found, Recognized)
    return found


def test_csv_workbook_and_json_are_told_alike(tmp_path: Path) -> None:
    """The same roster in three formats is the same roster."""
    (tmp_path / "a.csv").write_text("Position,Incumbent\nP1,Ann Lee\nP2,Bo Ray\nP3,Cy Diaz\n")
    book = xlsxwriter.Workbook(tmp_path / "b.xlsx")
    sheet = book.add_worksheet("Staff")
    sheet.write_row(0, 0, ["Staffing of April"])
    for row, cells in enumerate([["Position", "Incumbent"], ["P1", "Ann Lee"], ["P2", "Bo Ray"]], 1):
        sheet.write_row(row, 0, cells)
    book.close()
    (tmp_path / "c.json").write_text(json.dumps([{"Position": "P1", "Incumbent": "Ann Lee"}]))

    told = [why_people(tmp_path, recognized(tmp_path, name)) for name in ("a.csv", "b.xlsx", "c.json")]

    assert [len(reasons) for reasons in told] == [1, 1, 1]
    assert all("'Incumbent': its heading says \"incumbent\"" in reasons[0] for reasons in told)
    assert "sheet Staff" in told[1][0]
    assert not any("Ann" in reason for reasons in told for reason in reasons)


def test_a_file_without_headings_is_marked_and_no_cell_of_it_is_quoted(tmp_path: Path) -> None:
    """Its first row is somebody: *column 'Lead, Ann'* would stand in the program file for ever."""
    (tmp_path / "a.csv").write_text("1,Lead Ann,2026-01-02\n2,Ray Bo,2026-01-03\n3,Diaz Cy,2026-01-04\n")

    assert why_people(tmp_path, recognized(tmp_path, "a.csv")) == [
        "its first row reads like data, and nobody can tell what its columns are"
    ]


def test_a_workbook_that_cannot_be_looked_into_is_marked(tmp_path: Path) -> None:
    """Not knowing is no reason to show."""
    (tmp_path / "b.xlsx").write_bytes(b"PK\x03\x04broken")

    assert why_people(tmp_path, Recognized("b.xlsx", FileKind.XLSX)) == ["its sheets could not be looked into"]


def test_map_marks_the_binding_and_says_why(tmp_path: Path) -> None:
    """What is pasted must not depend on somebody having read about handling."""
    path = tmp_path / "runs.csv"
    path.write_text("case,Assigned To,state\nC1,Ann Lee <ann@example.gov>,Open\nC2,Bo Ray <bo@example.gov>,Open\n")

    text = mapping_text(map_file(path))

    assert "    handling: PII\n" in text
    assert "column 'Assigned To': its heading says \"assigned\"" in text
    assert "Ann" not in text
    assert "handling: PII" not in mapping_text(map_file(_plain(tmp_path)))


def _plain(folder: Path) -> Path:
    path = folder / "plain.csv"
    path.write_text("case,state\nC1,Open\nC2,Open\n")
    return path
