"""A drafted profile: it reads its own file, and says what only a person can fill in."""

import pytest
import xlsxwriter

from gonogo.first_week.profile_draft import drafted_profile
from gonogo.profiles.expanding import expanded
from gonogo.profiles.profile_reading import read_profile

FILE = """Ticket;Title;State;Severity;Owner
T-1;Payroll stops;Open;Critical;Quillon Farrowby
T-2;Vendor totals differ;Closed;High;Ottoline Prewitt
T-3;Report is cut;In work;Low;Severin Oakhollow
"""


@pytest.fixture
def file(tmp_path):
    """An export of a tool that nobody knows."""
    path = tmp_path / "our tickets 2027.csv"
    path.write_text(FILE, encoding="utf-8")
    return path


def test_a_draft_is_a_profile_with_what_the_file_shows(file, tmp_path):
    """The person who drafts one starts from columns and words, not from an empty page."""
    text = drafted_profile(file, "our-tool")
    (tmp_path / "our-tool.yaml").write_text(text, encoding="utf-8")
    profile = read_profile(tmp_path / "our-tool.yaml")

    assert (profile.name, profile.formats, profile.about_people) == ("our-tool", ("csv",), ("Owner",))
    assert profile.words["final"].usual == ("Closed",)
    assert [profile.words[name].usual for name in ("critical", "high", "lower")] == [("Critical",), ("High",), ("Low",)]
    table = expanded(profile, prefix=None).settings["tables"]["items"]
    assert table["delimiter"] == ";"
    assert table["unique"] == ["ticket"]
    assert table["columns"]["severity"]["allowed"] == ["Critical", "High", "Low"]
    assert "owner" not in table["columns"]
    assert "FILL IN" in profile.title


def test_a_draft_holds_no_name_and_is_named_after_its_file(file):
    """A profile is passed on to other offices."""
    text = drafted_profile(file)

    assert "name: our-tickets-2027" in text
    assert not any(name in text for name in ("Quillon", "Ottoline", "Severin", "Payroll"))
    assert '# its words: ["In work", "Open"] count as open' in text


def test_a_draft_says_what_stands_around_the_table(tmp_path):
    """A Power BI export has titles above, a total and its filters below, and a sheet that is named as the page is."""
    with xlsxwriter.Workbook(tmp_path / "open items.xlsx") as book:
        sheet = book.add_worksheet("Ottoline Prewitt")
        rows = [["Harborline"], [], ["Team", "Open items", "Share"], ["Finance", 3, 0.5], ["Payroll", 2, 0.25]]
        rows += [["Ledger", 4, 0.25], ["Total", 9, 1], [], ["Applied filters:\nRelease is R1"]]
        for number, row in enumerate(rows):
            sheet.write_row(number, 0, row)
    text = drafted_profile(tmp_path / "open items.xlsx", "power-bi")
    (tmp_path / "power-bi.yaml").write_text(text, encoding="utf-8")
    table = expanded(read_profile(tmp_path / "power-bi.yaml"), prefix=None).settings["tables"]["items"]

    assert table["rows"] == {"total": "left_out"}
    assert (table["header_within"], table["sheet_by_headings"], table["blank_rows"]) == (10, True, "allowed")
    assert "Ottoline" not in text
    assert "sum: {of: open_items}" in text


def test_a_draft_takes_parents_from_the_look_of_a_workbook(tmp_path):
    """A draft of a plan that counted its phases would count the work twice."""
    with xlsxwriter.Workbook(tmp_path / "plan.xlsx") as book:
        sheet = book.add_worksheet()
        for number, row in enumerate([["Task", "State"], ["A", "Open"], ["B", "Open"], ["C", "Done"]]):
            sheet.write_row(number, 0, row)
            if number > 1:
                sheet.set_row(number, None, None, {"level": 1})

    assert 'rows: {parent: "set_in"}' in drafted_profile(tmp_path / "plan.xlsx")


def test_a_draft_of_json_names_the_place_of_its_records(tmp_path):
    """A tool's API wraps its records, and its keys are nested."""
    (tmp_path / "calls.json").write_text('{"data": [{"id": "C-1", "state": {"name": "Open"}}, {"id": "C-2"}]}')
    (tmp_path / "p.yaml").write_text(drafted_profile(tmp_path / "calls.json", "p"))
    table = expanded(read_profile(tmp_path / "p.yaml"), prefix=None).settings["tables"]["items"]

    assert table["records"] == "data"
    assert table["columns"]["state_name"]["header"] == "state.name"
