"""The scorecard: what page one says, to filter and sort, and a sheet of plans that a program reads back."""

import io

import openpyxl
import pytest

from gonogo.documents.xlsx.form import PLANS
from gonogo.model.ruleset import Domain
from gonogo.report.formats import FORMATS
from gonogo.report.formats.xlsx_format import MOST_LETTERS, _fit, _height
from gonogo.report.view import RunView

# openpyxl does not know the bars that Excel 2010 added.
pytestmark = pytest.mark.filterwarnings("ignore:.*xtension is not supported:UserWarning")


@pytest.fixture
def view(no_go, seal_log):
    return RunView.of(seal_log(no_go.events()))


@pytest.fixture
def book(view):
    return openpyxl.load_workbook(io.BytesIO(FORMATS["xlsx"].render(view)))


def rows(sheet):
    return [[cell.value for cell in row] for row in sheet.iter_rows(min_row=2)]


def test_every_criterion_is_on_the_scorecard_and_on_the_sheet_of_its_domain(book, view):
    """Filtered by owner, nothing is missing, and the four domains add up to the whole."""
    ids = [row[2] for row in rows(book["Scorecard"])]
    by_domain = [row[2] for domain in Domain for row in rows(book[domain.value.capitalize()]) if row[2]]

    assert set(ids) >= {finding.criterion for finding in view.findings}
    assert sorted(by_domain) == sorted(ids)
    assert [table.autoFilter for table in book["Scorecard"].tables.values()] != [None]
    assert book["Scorecard"].freeze_panes == "D2"


def test_page_one_of_the_workbook_says_verdict_and_reasons(book, view):
    """The first sheet is what somebody sees who opens the attachment."""
    lines = [row[0].value for row in book.worksheets[0].iter_rows() if row[0].value]

    assert book.worksheets[0].title == "Page one"
    assert lines[0] == view.started.kind.sentence
    assert "NO-GO" in lines
    assert any(line.startswith("What blocks") for line in lines)


def test_counts_of_a_domain_are_numbers_and_a_domain_without_anything_due_has_no_share(book, view):
    """100% of nothing would be the best bar of all."""
    found = {row[0]: row for row in rows(book["Domains"])}

    for part in view.decision.domains:
        row = found[part.domain.value.capitalize()]
        assert row[2:4] == [part.due, part.met]
        assert row[7] == (pytest.approx(part.met / part.due) if part.due else None)
    assert len(book["Domains"].conditional_formatting) == 1


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t=", "|", "%"])
def test_what_looks_like_a_formula_stays_text(start, no_go, seal_log):
    """A title from an export would run when the workbook is opened."""
    hostile = f'{start}HYPERLINK("http://evil.example","x")'
    finding = no_go.assessment.findings[0].model_copy(update={"title": hostile})
    run = no_go.with_assessment(findings=(finding, *no_go.assessment.findings[1:]))
    book = openpyxl.load_workbook(io.BytesIO(FORMATS["xlsx"].render(RunView.of(seal_log(run.events())))))

    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row if "HYPERLINK" in str(cell.value)]
    assert cells
    assert {cell.data_type for cell in cells} == {"s"}
    assert all(cell.hyperlink is None for cell in cells)


def test_the_sheet_of_plans_has_the_form_that_a_program_reads(book, view):
    """An office fills in an action in the scorecard, and `plans:` names the file."""
    sheet = book[PLANS.sheet]

    assert [cell.value for cell in sheet[1]] == [column.heading for column in PLANS.columns]
    assert [row[0] for row in rows(sheet) if row[0]] == [plan.criterion for plan in view.assessment.plans]
    offered = [cell.value for cell in book["open criteria"]["A"]]
    assert set(offered) <= {finding.criterion for finding in view.findings}
    assert book["open criteria"].sheet_state == "hidden"


@pytest.mark.parametrize(("letters", "cut"), [(MOST_LETTERS - 1, 0), (MOST_LETTERS, 0), (MOST_LETTERS + 1, 1)])
def test_a_text_that_excel_cannot_hold_says_that_it_is_cut(letters, cut):
    """The library leaves out a cell that is too long, without a word."""
    fitted = _fit("x" * letters)

    assert fitted.startswith("x" * min(letters, MOST_LETTERS))
    assert fitted.endswith("Letters cut: 1)") is bool(cut)
    assert len(fitted) < 32_767


def test_a_row_is_as_high_as_its_longest_cell_and_no_higher_than_excel_allows():
    """Text that runs over its cell hides the row below."""
    assert _height(["x" * 9, 5, None], [10, 10, 10]) == 15
    assert _height(["x" * 10, 5, None], [10, 10, 10]) == 30
    assert _height(["x" * 9000], [10]) == 409


def test_equal_runs_give_an_equal_workbook(view):
    """A file that differs each time cannot be checked against the record."""
    assert FORMATS["xlsx"].render(view) == FORMATS["xlsx"].render(view)
