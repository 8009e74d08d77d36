"""``map`` on workbooks: what a person does not see in a spreadsheet is told with its cell."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter

from gonogo.errors import UsageError
from gonogo.first_week.mapping import TableMapping, map_file

Book = Callable[..., Path]
MORNING = datetime.fromisoformat("2027-04-01T09:30")
MIDNIGHT = datetime.fromisoformat("2027-04-03T00:00")


@pytest.fixture
def book(tmp_path: Path) -> Book:
    """Return a function that writes rows, and more through a callback, into a workbook."""

    def write(
        rows: list[list[Any]], more: Callable[[Any, Any], None] | None = None, *, name: str = "b.xlsx", **options: Any
    ) -> Path:
        path = tmp_path / name
        made = xlsxwriter.Workbook(path, options)
        sheet = made.add_worksheet("Log")
        day, moment = (made.add_format({"num_format": text}) for text in ("yyyy-mm-dd", "yyyy-mm-dd hh:mm"))
        for number, row in enumerate(rows):
            for column, cell in enumerate(row):
                if isinstance(cell, datetime):
                    sheet.write_datetime(number, column, cell, moment)
                elif isinstance(cell, date):
                    sheet.write_datetime(number, column, cell, day)
                elif cell is not None:
                    sheet.write(number, column, cell)
        if more is not None:
            more(made, sheet)
        made.close()
        return path

    return write


def notes(mapping: TableMapping) -> str:
    return "\n".join(map(str, mapping.notes))


def settings(mapping: TableMapping) -> dict[str, Any]:
    return {name: guess.settings for name, guess in mapping.columns.items()}


class TestTypes:
    def test_cells_keep_their_types(self, book: Book) -> None:
        """A workbook knows numbers and dates; nothing is read out of texts."""
        mapping = map_file(
            book(
                [
                    ["Key", "Count", "Hours", "Amount", "Done on", "Seen at", "Passed", "Share"],
                    ["A-1", 3, 1.5, 10.25, date(2027, 4, 1), MORNING, True, 0.932],
                    ["A-2", 4, 2.25, 1.1, date(2027, 4, 2), MORNING + timedelta(days=1), False, 1],
                    ["A-3", 5, 3, 7, date(2027, 4, 3), MIDNIGHT, True, 0],
                ]
            )
        )

        assert settings(mapping) == {
            "key": {"type": "id"},
            "count": {"type": "integer"},
            "hours": {"type": "decimal"},
            "amount": {"type": "money"},
            "done_on": {"type": "date"},
            "seen_at": {"type": "instant", "zone": "local"},
            "passed": {"type": "boolean"},
            "share": {"type": "percent", "written": "ratio"},
        }
        assert mapping.key == "key"
        assert not mapping.notes

    def test_a_column_shown_as_percentages_is_a_share(self, book: Book) -> None:
        """The cell shows 93.2% and holds 0.932; the heading says nothing."""

        def percent(made: Any, sheet: Any) -> None:
            style = made.add_format({"num_format": "0.0%"})
            for row, value in enumerate((0.932, 0.5), 1):
                sheet.write(row, 1, value, style)

        mapping = map_file(book([["Task", "Progress"], ["a"], ["b"]], percent))

        assert settings(mapping)["progress"] == {"type": "percent", "written": "ratio"}

    def test_mixed_percentages_name_the_first_cell_of_each_way(self, book: Book) -> None:
        """A factor of a hundred between two rows of one column."""
        mapping = map_file(book([["Task", "Done %"], ["a", 0.932], ["b", 93.2], ["c", "93.2 %"], ["d", 0.5]]))

        told = notes(mapping)
        assert "like 93.2 in B3, like 0.932 in B2, like 93.2 % in B4" in told
        assert "B4 (Done %): text, where a number is expected" in told

    def test_more_decimals_than_the_collector_reads_are_told(self, book: Book) -> None:
        """A third, as a formula leaves it, has no exact decimals."""
        mapping = map_file(book([["Task", "Load"], ["a", 1 / 3], ["b", 0.5]]))

        assert "B2 (Load): not a number of up to 15 digits and at most 9 decimals" in notes(mapping)

    def test_binary_noise_is_no_digit(self, book: Book) -> None:
        """0.1 + 0.2 is 0.3 to the spreadsheet and to us."""
        mapping = map_file(book([["Task", "Amount"], ["a", 0.1 + 0.2], ["b", 0.5]]))

        assert not mapping.notes


class TestWhatExcelDoes:
    def test_identifiers_that_became_numbers_are_told_with_their_cells(self, book: Book) -> None:
        """00017 became 17, and matches nothing any more."""
        mapping = map_file(book([["Case ID", "n"], ["A-1", 1], ["A-2", 1], [17, 1], ["A-4", 1], [18, 1]]))

        told = notes(mapping)
        assert "A4, A6 (Case ID): a number, where text is expected: Excel has turned it into a number" in told
        assert settings(mapping)["case_id"]["type"] == "id"

    def test_a_whole_column_of_numbers_under_a_heading_of_identifiers_is_told(self, book: Book) -> None:
        """Nobody sees that the zeros are gone."""
        mapping = map_file(book([["Employee ID", "n"], [17, 1], [1018, 1]]))

        assert "A2 (Employee ID): numbers under a heading that suggests identifiers" in notes(mapping)

    def test_identifiers_that_became_dates_are_told_with_their_cells(self, book: Book) -> None:
        """MAR1 is a gene, a work order and the first of March."""
        mapping = map_file(book([["Order", "n"], ["JUN7", 1], [date(2027, 3, 1), 1], ["DEC2", 1]]))

        assert "A3 (Order): a date, where text is expected: Excel has turned it into a date" in notes(mapping)

    def test_numbers_among_words_are_not_blamed_on_excel(self, book: Book) -> None:
        """A comment that is a number lost no zeros; only who wrote it knows which of the two it should be."""
        mapping = map_file(book([["Task", "Remark"], ["a", "fine"], ["b", 3], ["c", "late"], ["d", "none"]]))

        assert "B3 (Remark): a number among texts; write the whole column in one way" in notes(mapping)

    def test_under_a_heading_of_days_the_texts_are_odd_and_not_the_dates(self, book: Book) -> None:
        """Half of them not yet known is what a plan looks like."""
        cells = [date(2027, 4, 1), "TBD", date(2027, 4, 2), "04/03/2027"]
        mapping = map_file(book([["Task", "Completed on"], *[["t", cell] for cell in cells]]))

        assert "B3, B5 (Completed on): text, where a date is expected" in notes(mapping)
        assert settings(mapping)["completed_on"]["type"] == "date"

    def test_text_among_dates_is_told(self, book: Book) -> None:
        """TBD is no day."""
        rows = [["Task", "Due"], *[["t", date(2027, 4, day)] for day in range(1, 9)], ["t", "TBD"]]

        assert "B10 (Due): text, where a date is expected" in notes(map_file(book(rows)))

    def test_days_counted_from_1904_are_read_right_and_told(self, book: Book) -> None:
        """Copied into another workbook, such dates are four years off."""
        path = book([["Task", "Due"], ["a", date(2027, 4, 19)], ["b", date(2027, 4, 20)]], date_1904=True)

        mapping = map_file(path)

        assert "counts its days from 1904" in notes(mapping)
        assert mapping.grid.rows[0][1] == date(2027, 4, 19)

    def test_an_error_and_a_formula_without_result_are_told(self, book: Book) -> None:
        """Both look blank to a fast reader, and would let a count come out too good."""

        def formulas(_made: Any, sheet: Any) -> None:
            sheet.write_formula(1, 1, "=1/0", None, "#DIV/0!")
            sheet.write_formula(2, 1, "=A1", None, "")

        mapping = map_file(book([["Task", "Load"], ["a"], ["b"], ["c", 3]], formulas))

        assert "B2" in notes(mapping)
        assert "an error value, or a formula without a stored result" in notes(mapping)

    def test_a_value_that_changes_by_itself_is_told_before_it_is_bound(self, book: Book) -> None:
        """The collector refuses it, so a person must hear of it here."""

        def today(_made: Any, sheet: Any) -> None:
            sheet.write_formula(1, 1, "=TODAY()-46000", None, 496)

        mapping = map_file(book([["Task", "Age"], ["a"], ["b", 3], ["c", 4]], today))

        assert "B2 (Age): a formula whose value may change by itself" in notes(mapping)


class TestWhatNobodySees:
    def test_hidden_rows_columns_and_sheets_are_told(self, book: Book) -> None:
        """A filter that was left on hides what is overdue."""

        def hide(made: Any, sheet: Any) -> None:
            sheet.set_row(2, None, None, {"hidden": True})
            sheet.set_column("B:B", None, None, {"hidden": True})
            made.add_worksheet("Lists").hide()

        mapping = map_file(book([["a", "b"], ["x", 1], ["y", 2], ["z", 3]], hide))
        told = notes(mapping)

        assert [guess.left_out for guess in mapping.columns.values()] == [False, True]
        assert "row 3: hidden" in told
        assert "column B: hidden" in told
        assert "sheet Lists: hidden" in told

    @pytest.mark.parametrize(("items", "told"), [(0, False), (1, True), (2, True)])
    def test_a_sheet_that_goes_on_is_told(self, book: Book, items: int, told: bool) -> None:
        """The collector refuses to read half of a tracker, so nothing that reads half of it is proposed."""

        def more(made: Any, _sheet: Any) -> None:
            page = made.add_worksheet("Wave 2")
            for row, cells in enumerate([["State", "Issue ID"], *[["y", "I-9"]] * items]):
                page.write_row(row, 0, cells)

        mapping = map_file(book([["Issue ID", "State"], ["I-1", "x"], ["I-2", "y"], ["I-3", "z"]], more), sheet="Log")

        assert mapping.stopped is told
        assert ("sheet Wave 2: has the same headings and" in notes(mapping)) is told

    def test_a_sheet_of_another_kind_is_not_told(self, book: Book) -> None:
        def more(made: Any, _sheet: Any) -> None:
            page = made.add_worksheet("Risks")
            for row, cells in enumerate([["Issue ID", "Likelihood"], ["I-9", "y"]]):
                page.write_row(row, 0, cells)

        mapping = map_file(book([["Issue ID", "State"], ["I-1", "x"], ["I-2", "y"], ["I-3", "z"]], more), sheet="Log")

        assert not mapping.stopped

    def test_merged_cells_are_told(self, book: Book) -> None:
        """Only the first of them holds the value; the others are blank."""

        def merge(_made: Any, sheet: Any) -> None:
            sheet.merge_range("A2:A3", "x")

        assert "A2:A3: merged cells" in notes(map_file(book([["a", "b"], [None, 1], [None, 2], ["z", 3]], merge)))

    def test_a_merged_title_above_the_header_is_passed(self, book: Book) -> None:
        """Two header rows, the first of them merged groups."""

        def merge(_made: Any, sheet: Any) -> None:
            sheet.merge_range("A1:C1", "Training of April")

        mapping = map_file(book([[], ["Unit", "Seats", "Taken"], ["x", 1, 2], ["y", 3, 4]], merge))

        assert mapping.grid.settings["header_row"] == 2
        assert "A1:C1: merged cells above the header in row 2" in notes(mapping)

    def test_a_second_header_row_is_told(self, book: Book) -> None:
        """Units in a row of their own."""
        mapping = map_file(book([["Unit", "Load"], ["name", "hours"], ["x", 1], ["y", 2], ["z", 3]]))

        assert "row 2: reads like a second header" in notes(mapping)
        assert "B2 (Load): text, where a number is expected" in notes(mapping)

    def test_content_beside_the_table_and_blank_rows_are_told(self, book: Book) -> None:
        """A remark far right, and a gap between two blocks of rows."""
        told = notes(map_file(book([["a", "b"], ["x", 1, None, "look!"], [], ["y", 2]])))

        assert "D2: content to the right of the header" in told
        assert "row 3: a blank row between rows" in told

    def test_a_heading_that_is_a_number_is_told(self, book: Book) -> None:
        """Years as headings are numbers, and a collector compares headings as texts."""
        assert "B1: a heading that is not text" in notes(
            map_file(book([["Unit", 2027, "n"], ["x", 1, 2], ["y", 3, 4]]))
        )

    def test_a_hidden_sheet_can_be_asked_for_and_says_so(self, book: Book) -> None:
        """Reading it should be a decision."""

        def hidden(made: Any, _sheet: Any) -> None:
            lists = made.add_worksheet("Lists")
            lists.write_row(0, 0, ["k", "v"])
            lists.write_row(1, 0, ["x", 1])
            lists.hide()

        path = book([["a"], ["x"]], hidden)

        assert "sheet Lists: hidden; show it" in notes(map_file(path, sheet="Lists"))


class TestSheets:
    def test_the_fullest_visible_sheet_is_taken_and_the_others_named(self, book: Book) -> None:
        """The cover comes first, the data later."""

        def more(made: Any, _sheet: Any) -> None:
            data = made.add_worksheet("Data")
            for row in range(30):
                data.write_row(row, 0, ["k", "v"] if not row else ["x", row])

        mapping = map_file(book([["Cover"], ["made by"]], more))

        assert mapping.grid.settings["sheet"] == "Data"
        assert "`gonogo map FILE --sheet NAME` shows another one: Log" in notes(mapping)

    def test_a_sheet_that_is_not_there_is_refused_with_those_that_are(self, book: Book) -> None:
        """A slip of the command line."""
        with pytest.raises(UsageError, match="no sheet 'log'") as caught:
            map_file(book([["a"], ["x"]]), sheet="log")

        assert "'Log'" in str(caught.value)

    def test_an_empty_sheet_is_refused(self, book: Book) -> None:
        """There is nothing to map."""
        with pytest.raises(UsageError, match="is empty"):
            map_file(book([]))

    def test_a_cell_at_the_end_of_the_largest_sheet_is_refused_before_it_is_laid_out(self, book: Book) -> None:
        """The rectangle up to it would take all memory."""

        def far(_made: Any, sheet: Any) -> None:
            sheet.write(1_048_575, 16_383, "x")

        with pytest.raises(UsageError, match="spans"):
            map_file(book([["a"], ["x"]], far))


def test_the_real_raid_template_is_mapped_with_everything_odd_about_it(shared: Path) -> None:
    """A workbook that agencies really fill in: merged titles, hidden lists, formulas as ids."""
    path = shared / "gsa-m3" / "M3-Playbook-RAID-Log-Template.xlsx"

    mapping = map_file(path, sheet="Risk Log")

    assert {"title", "status", "risk_owner"} <= set(mapping.columns)
    assert "Data Mgmt" in notes(mapping)


def test_the_sheet_of_items_is_chosen_over_a_fuller_one_that_explains_it(shared: Path) -> None:
    """Its instructions have more cells than an empty log; nobody binds instructions."""
    mapping = map_file(shared / "gsa-m3" / "M3-Playbook-RAID-Log-Template.xlsx")

    assert mapping.grid.settings["sheet"] in ("Risk Log", "Issue Log")


def test_every_real_workbook_is_mapped_or_refused_with_a_sentence(shared: Path) -> None:
    """Nothing that an agency has may end in a traceback."""
    for path in sorted((shared / "gsa-m3").glob("*.xls?")):
        try:
            outcome = "mapped" if map_file(path).columns else "nothing"
        except UsageError as error:
            outcome = "refused" if path.name in str(error) else "refused without its name"
        assert outcome in ("mapped", "refused"), path.name
