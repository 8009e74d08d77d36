"""A sheet that is no evidence in one workbook is none in the next: nobody is asked each week."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest
from tests.first_week.adding.test_bound_answers import bound, fill
from tests.invented_office import invented_office

from gonogo.first_week.adding.added import add
from gonogo.first_week.adding.bound_answers import bind, make_workbook_of
from gonogo.first_week.interview import conduct
from gonogo.first_week.starting import start

INTERFACES = [["Interface ID", "Partner", "ICD status"], ["I-1", "PAM", "Approved"], ["I-2", "SAM", "Draft"]]
REPORTS = [["Report ID", "Critical", "Validated"], ["R-1", "Yes", "Yes"], ["R-2", "No", "No"]]
NEXT = "evidence/Links 12-04.xlsx"
WHY = "the list of the board counts"


def saved(file: Path, second: list[list[str]], name: str = "Report validation") -> None:
    """A workbook of two sheets."""
    book = openpyxl.Workbook()
    page = book.active
    page.title = "Interfaces"
    for row in INTERFACES:
        page.append(row)
    page = book.create_sheet(name)
    for row in second:
        page.append(row)
    book.save(file)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A program in whose workbook a sheet was said to be no evidence."""
    (tmp_path / "evidence").mkdir()
    saved(tmp_path / "evidence" / "Office.xlsx", REPORTS)
    start(tmp_path, conduct(tmp_path, invented_office()))
    (tmp_path / "bindings.xlsx").write_bytes(make_workbook_of(tmp_path)[0])
    (sheet,) = [
        each.title
        for each in openpyxl.load_workbook(tmp_path / "bindings.xlsx")
        if any(row[1].value == "reports.critical_validated_ratio" for row in each.iter_rows(max_col=3))
    ]
    fill(
        tmp_path,
        sheet,
        ("use", None, "no evidence"),
        ("why not", None, WHY),
        ("confirmed by", None, "Ada Kirsch"),
    )
    told = bind(tmp_path / "bindings.xlsx", tmp_path)
    assert "stays bound" in told[0]
    return tmp_path


def drafted(root: Path) -> set[str]:
    """The facts that bindings of the next workbook answer."""
    return {
        fact
        for each in bound(root).values()
        if NEXT in [path for entry in each.inputs for path in entry.paths]
        for fact in each.settings.get("facts", {})
    }


def test_the_reason_goes_over_to_the_same_sheet_of_the_next_workbook(root: Path) -> None:
    """It was drafted again each week, from a workbook of another name."""
    saved(root / NEXT, REPORTS)

    told = add(root, [root / NEXT])

    (line,) = [each for each in told if "is not drafted" in each]
    assert line.startswith(f"{NEXT}: the sheet Report validation is not drafted, because of evidence/Office.xlsx it is")
    assert WHY in line
    assert not {fact for fact in drafted(root) if fact.startswith("reports.")}


def test_it_goes_over_from_week_to_week(root: Path) -> None:
    """The workbook of the first week may be gone by the third."""
    saved(root / NEXT, REPORTS)
    add(root, [root / NEXT])
    (root / "evidence" / "Office.xlsx").unlink()
    third = root / "evidence" / "Office of 11 December.xlsx"
    saved(third, REPORTS)

    assert [line for line in add(root, [third]) if "is not drafted, because of evidence/Links 12-04.xlsx" in line]


@pytest.mark.parametrize(
    ("second", "name"),
    [
        ([["Report ID", "Critical", "Validated", "Owner"], *([*row, "x"] for row in REPORTS[1:])], "Report validation"),
        (REPORTS, "Reports"),
    ],
)
def test_another_sheet_is_drafted(root: Path, second: list[list[str]], name: str) -> None:
    """Other headings, or another name, are something that nobody has spoken about."""
    saved(root / NEXT, second, name)

    told = add(root, [root / NEXT])

    assert not [each for each in told if "is not drafted" in each]


def test_a_workbook_in_another_folder_is_another_one(root: Path) -> None:
    """A folder of the provider holds other lists."""
    (root / "evidence" / "provider").mkdir()
    other = root / "evidence" / "provider" / "Links.xlsx"
    saved(other, REPORTS)

    assert not [each for each in add(root, [other]) if "is not drafted" in each]
