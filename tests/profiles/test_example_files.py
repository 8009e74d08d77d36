"""The examples of profiles as files: a workbook that is kept as text has what its text says, cell by cell."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import datetime

import pytest
from openpyxl import load_workbook

from gonogo.profiles.example_files import example_file, workbook_of
from gonogo.profiles.profile import Example
from gonogo.profiles.profile_words import binding_example, profile_lines
from gonogo.profiles.shelf import profile_named

TEXT = """Key,Value
a,#3
b,#-3.5
c,#45%
d,#true
e,#false
f,2027-04-18
g,2027-04-18 09:30
h,2027-04-18T09:30:15
i,3
j,,after,#^2
k,#^8
[Second]
x
[A name that is longer than thirty-one signs]
"""


def opened(text: str, sheet: str = "First"):
    """The workbook of a text."""
    return load_workbook(io.BytesIO(workbook_of(text, sheet)))


@pytest.mark.parametrize(
    ("row", "value", "number_format"),
    [
        (2, 3, "General"),
        (3, -3.5, "General"),
        (4, 0.45, "0%"),
        (5, True, "General"),
        (6, False, "General"),
        (7, datetime.fromisoformat("2027-04-18T00:00:00"), "yyyy-mm-dd"),
        (8, datetime.fromisoformat("2027-04-18T09:30:00"), "yyyy-mm-dd hh:mm:ss"),
        (9, datetime.fromisoformat("2027-04-18T09:30:15"), "yyyy-mm-dd hh:mm:ss"),
        (10, "3", "General"),
        (11, None, "General"),
        (12, "#^8", "General"),
    ],
)
def test_a_cell_is_what_its_text_says(row: int, value: object, number_format: str) -> None:
    """A number that is a text in the example would prove nothing of a number."""
    cell = opened(TEXT)["First"].cell(row, 2)

    assert (cell.value, cell.number_format) == (value, number_format)
    assert type(cell.value) is type(value)


def test_levels_and_sheets_are_those_of_the_text() -> None:
    """A parent is shown by the level of the rows below it, and other sheets have their names."""
    book = opened(TEXT)
    first = book["First"]

    assert book.sheetnames == ["First", "Second"]
    assert [first.row_dimensions[row].outlineLevel for row in (10, 11, 12)] == [0, 2, 0]
    assert [cell.value for cell in first[11]][:3] == ["j", None, "after"]
    assert [[cell.value for cell in row] for row in book["Second"].rows] == [
        ["x"],
        ["[A name that is longer than thirty-one signs]"],
    ]
    assert opened("[Named]\na\n").sheetnames == ["Named"]
    assert opened("[a],b\n")["First"]["A1"].value == "[a]"
    assert workbook_of(TEXT, "First") == workbook_of(TEXT, "First")


def test_an_example_is_named_as_its_tool_would_end_it() -> None:
    """The sheet is called as the tool calls it, without the star of the pattern."""
    forms, jira = profile_named("ms-forms-responses"), profile_named("jira-issues")
    name, data = example_file(forms, forms.examples[0])

    assert name == "ms-forms-responses.example.xlsx"
    assert load_workbook(io.BytesIO(data)).sheetnames[0] == (
        forms.sheets[0].replace("*", "") if forms.sheets else "Sheet1"
    )
    assert example_file(jira, jira.examples[0]) == (
        "jira-issues.example.csv",
        (jira.path.parent / jira.examples[0].file).read_bytes(),
    )
    with pytest.raises(FileNotFoundError):
        example_file(jira, Example("nowhere.csv", None, {}, {}, {}))


@pytest.mark.parametrize(("sheets", "name"), [((), "Sheet1"), (("Export*", "Other"), "Export"), (("Data",), "Data")])
def test_a_workbook_is_called_as_its_tool_calls_the_sheet(sheets: tuple[str, ...], name: str) -> None:
    """The first name counts, without its star; a tool that names none leaves what Excel writes."""
    forms = replace(profile_named("ms-forms-responses"), sheets=sheets)
    book = load_workbook(io.BytesIO(example_file(forms, forms.examples[0])[1]))

    assert book.sheetnames == [name]
    assert book.properties.created == datetime.fromisoformat("2027-04-18T00:00:00")


def test_what_a_profile_says_is_shown_whole() -> None:
    """A person reads it before the file is read by it."""
    profile = profile_named("tenable-vm-findings")
    lines = list(profile_lines(profile))

    assert lines[0] == "tenable-vm-findings@1: Tenable Vulnerability Management findings"
    for part in (profile.tool, profile.what, profile.save_as, profile.as_of, *profile.traps, *profile.asks):
        assert any(part in line for line in lines)
    assert "    definition.id" in lines
    assert "    high: Which severities are high? High, HIGH, high" in lines
    assert any(line.startswith("    scan.host_critical_findings: Findings of critical") for line in lines)
    shown = list(profile_lines(profile_named("zephyr-scale-executions-json")))
    assert "    passed: Which numbers of statuses say that a test passed? Nobody but you knows." in shown
    assert not any("export it" in line for line in profile_lines(replace(profile, save_as="")))
    assert "  traps" in lines
    assert "  traps" not in list(profile_lines(replace(profile, traps=())))


def test_columns_that_must_be_there_stand_apart_from_those_that_may() -> None:
    """The first are what a file is refused without."""
    lines = list(profile_lines(profile_named("jira-issues")))
    needed, other = (lines.index(f"  columns that {word} be there") for word in ("must", "may"))
    key = next(at for at, line in enumerate(lines) if line.startswith("    Issue key (or Key, "))
    created = next(at for at, line in enumerate(lines) if line.startswith("    Created"))

    assert needed < key < other < created
    two = [line for line in profile_lines(profile_named("tenable-sc-findings")) if line.startswith("    Plugin")]
    assert two[:1] == ["    Plugin (or Plugin ID)"]


def test_a_binding_to_copy_names_the_profile_and_its_form() -> None:
    """What is copied has to run."""
    lines = binding_example(profile_named("tenable-vm-findings"))

    assert lines[:5] == [
        "- id: tenable-vm-findings",
        "  collector: table",
        "  profile: tenable-vm-findings@1",
        "  as: scan",
        "  path: evidence/tenable-vm-findings-*.csv",
    ]
    assert lines[-1] == "  handling: PII"
    nobody = replace(profile_named("tenable-vm-findings"), about_people=(), facts=())
    assert binding_example(nobody) == [*lines[:3], "  as: defects", *lines[4:-1]]
