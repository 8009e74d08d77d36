"""The sheets Staff and Organizations say who else prepares evidence, and who is not the same as whom."""

import pytest

from gonogo.documents.xlsx.form import FORMS, ORGANIZATIONS, PEOPLE, STAFF
from gonogo.errors import ConfigurationError
from gonogo.program.side_documents import PeopleDocument
from gonogo.program.side_files import build_people
from gonogo.program.side_workbook import read_side_workbook

openpyxl = pytest.importorskip("openpyxl")


def register(tmp_path, rows, *, without=(), headings=None):
    """Write the forms of the register as somebody fills them in, and read them back."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    for form in FORMS[1:]:
        if form not in without:
            sheet = book.create_sheet(form.sheet)
            sheet.append([column.heading for column in form.columns][: (headings or {}).get(form.sheet)])
            for row in rows.get(form.sheet, ()):
                sheet.append(row)
    file = tmp_path / "people.xlsx"
    book.save(file)
    return build_people(read_side_workbook(file.read_bytes(), "people.xlsx", "people", PeopleDocument))


SEATS = [["customer", "pmo_lead", "a1", "Jane Smith"], ["provider", "pmo_lead", "b2", "Smith, J."]]


def test_staff_and_organizations_are_read(tmp_path):
    """A register that is kept in the workbook can name who holds no seat, too."""
    rows = {STAFF.sheet: [["kim.tran", "Kim Tran"]], ORGANIZATIONS.sheet: [["acme-test", "Acme Test House"]]}

    made, problems, _ = register(tmp_path, rows)

    assert problems == []
    assert (made.knows("kim.tran"), made.knows("Acme Test House"), made.knows("nobody")) == (True, True, False)


def test_a_likely_double_is_refused_until_a_row_says_that_they_are_two(tmp_path):
    """Both are named, with the cell of the second, and the hint says what to write."""
    _, refused, _ = register(tmp_path, {PEOPLE.sheet: SEATS})
    _, said, _ = register(tmp_path, {PEOPLE.sheet: SEATS, STAFF.sheet: [["b2", "Smith, J.", "a1"]]})

    assert [(one.code, one.where) for one in refused] == [("G144", "people.xlsx, sheet People, cell C3")]
    assert "'b2' (Smith, J.) reads like 'a1' (Jane Smith)" in refused[0].what
    assert said == []


def test_a_workbook_made_before_has_neither_sheet(tmp_path):
    """It is read as it was."""
    made, problems, _ = register(tmp_path, {PEOPLE.sheet: SEATS[:1]}, without=(STAFF, ORGANIZATIONS))

    assert (problems, made.staff, made.organizations) == ([], (), ())


def test_the_sheet_says_which_unit_a_head_heads(tmp_path):
    """A unit's head accepts only for the unit that the register names, so a register in a workbook must name it."""
    head = ["customer", "unit_head", "u1", "Uma Head", None, None, "Western region"]

    made, problems, _ = register(tmp_path, {PEOPLE.sheet: [*SEATS[:1], head]})

    assert problems == []
    assert [one.unit for one in made.tenures] == [None, "Western region"]


def test_a_workbook_of_an_earlier_release_has_no_column_for_units(tmp_path):
    """It is read as it was; with anything beside the form it is refused, as before."""
    shorter = {PEOPLE.sheet: len(PEOPLE.columns) - 1}

    made, problems, _ = register(tmp_path, {PEOPLE.sheet: SEATS[:1]}, headings=shorter)

    assert (problems, made.tenures[0].unit) == ([], None)
    with pytest.raises(ConfigurationError, match="the heading is '', where the form has 'Unit'"):
        register(tmp_path, {PEOPLE.sheet: [[*SEATS[0], None, None, "West"]]}, headings=shorter)
