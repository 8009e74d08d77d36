"""Parents that only the look of a workbook shows, and the sheet that is found by its headings."""

import io

import pytest
import xlsxwriter

from gonogo.model.evidence import GapReason
from gonogo.plugin.spec import SettingsRefusal

FACTS = {
    "rows": {"count": {}, "unit": "tasks"},
    "open": {"count": {"where": 'state == "Open"'}, "unit": "tasks"},
}
COLUMNS = {"task": {"header": "Task", "type": "id"}, "state": {"header": "State", "type": "text", "allowed": "any"}}
TABLE = {"columns": COLUMNS, "unique": ["task"], "rows": {"parent": "set_in"}}


def plan(rows, *, by="level", sheets=("Plan",)):
    """Return a workbook whose rows are (task, state, depth), the depth shown by outline level or by indent."""
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream, {"in_memory": True}) as book:
        looks = {depth: book.add_format({"indent": depth}) for depth in range(1, 4)}
        for name in sheets:
            page = book.add_worksheet(name)
            page.write_row(0, 0, ["Task", "State"])
            for number, (task, state, depth) in enumerate(rows, 1):
                if by in ("level", "both"):
                    page.set_row(number, None, None, {"level": depth})
                page.write_string(number, 0, task, looks.get(depth) if by in ("indent", "both") else None)
                page.write_string(number, 1, state)
    return stream.getvalue()


def pages(hide=False, **sheets):
    """Return a workbook of sheets, each with its rows; the last one may be hidden."""
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream, {"in_memory": True}) as book:
        for name, rows in sheets.items():
            page = book.add_worksheet(name)
            for number, row in enumerate(rows):
                page.write_row(number, 0, row)
        if hide:
            page.hide()
    return stream.getvalue()


NESTED = [("A", "Open", 0), ("B", "Open", 1), ("C", "Done", 2), ("D", "Done", 1), ("E", "Open", 0)]


def asked(collect, data, name="plan.xlsx", **more):
    return collect({name: data}, {"tables": {"t": TABLE | more}, "facts": FACTS})


class TestSetIn:
    @pytest.mark.parametrize("by", ["level", "indent", "both"])
    def test_a_row_above_a_deeper_one_is_a_parent(self, collect, by):
        """A and B are only the sums of what is below them; counted, they are work twice."""
        found = asked(collect, plan(NESTED, by=by))

        assert found["rows"].value == 3
        assert found["open"].value == 1
        assert "left out: 2 parent rows" in found["open"].where

    @pytest.mark.parametrize(("last", "rows"), [(0, 2), (1, 1)])
    def test_equal_depth_is_no_child(self, collect, last, rows):
        found = asked(collect, plan([("A", "Open", 0), ("B", "Open", 0), ("C", "Open", 0), ("D", "Open", last)]))

        if last:
            assert found["rows"].value == 3
        else:
            assert found["rows"].gap is GapReason.AMBIGUOUS_ROWS
            assert "no row is set in below another" in found["rows"].detail

    def test_a_csv_shows_no_parents_and_says_how_to_export_instead(self, collect):
        """A CSV of such a plan counts each phase as a task, and nothing in the file says so."""
        found = asked(collect, b"Task,State\nA,Open\nB,Done\n", "plan.csv")

        assert found["open"].gap is GapReason.AMBIGUOUS_ROWS
        assert "export to Excel" in found["open"].detail

    def test_the_first_row_below_nothing_is_refused(self, collect):
        """With totals above or sums below nobody knows whose child it is."""
        found = asked(collect, plan([("A", "Open", 1), ("B", "Open", 0), ("C", "Open", 1)]))

        assert found["rows"].gap is not None
        assert "nobody can tell which rows are parents" in found["rows"].detail

    def test_levels_and_indents_that_disagree_are_refused(self, collect):
        stream = io.BytesIO()
        with xlsxwriter.Workbook(stream, {"in_memory": True}) as book:
            page = book.add_worksheet("Plan")
            page.write_row(0, 0, ["Task", "State"])
            for number, (level, indent) in enumerate([(0, 0), (1, 0), (0, 0), (0, 2)], 1):
                page.set_row(number, None, None, {"level": level})
                page.write_string(number, 0, f"T{number}", book.add_format({"indent": indent}) if indent else None)
                page.write_string(number, 1, "Open")
        found = asked(collect, stream.getvalue())

        assert "nobody can tell which rows are parents" in found["rows"].detail

    def test_without_the_setting_the_doubt_names_it(self, collect):
        found = asked(collect, plan(NESTED), rows={})

        assert found["rows"].gap is GapReason.AMBIGUOUS_ROWS
        assert "rows: {parent: set_in}" in found["rows"].detail

    def test_only_parents_are_set_in(self, collect):
        with pytest.raises(SettingsRefusal, match="set_in recognizes parents only"):
            asked(collect, plan(NESTED), rows={"total": "set_in"})


class TestTheSheetThatFits:
    def test_the_one_with_the_headings_is_read(self, collect):
        """Exports add sheets of comments, and name the first one as the customer named the plan."""
        stream = io.BytesIO()
        with xlsxwriter.Workbook(stream, {"in_memory": True}) as book:
            book.add_worksheet("Comments").write_row(0, 0, ["Row", "Comment"])
            page = book.add_worksheet("Harborline cutover")
            for number, row in enumerate([["Task", "State"], ["A", "Open"]]):
                page.write_row(number, 0, row)
        found = asked(collect, stream.getvalue(), rows={}, sheet_by_headings=True)

        assert found["open"].value == 1
        assert "Harborline cutover" in found["open"].where

    def test_two_that_fit_are_a_gap(self, collect):
        found = asked(collect, plan([("A", "Open", 0)], sheets=("Now", "Before")), rows={}, sheet_by_headings=True)

        assert found["open"].gap is not None
        assert "2 sheets with these headings" in found["open"].detail

    @pytest.mark.parametrize("named", [None, "Now"])
    @pytest.mark.parametrize("hide", [False, True])
    def test_rows_on_a_second_sheet_are_a_gap_hidden_or_named(self, collect, named, hide):
        """Open rows that somebody moved to another sheet, and perhaps hid, would read as none."""
        stream = io.BytesIO()
        with xlsxwriter.Workbook(stream, {"in_memory": True}) as book:
            for name, state in (("Now", "Done"), ("Later", "Open")):
                page = book.add_worksheet(name)
                page.write_row(0, 0, ["Task", "State"])
                page.write_row(1, 0, [name, state])
            if hide:
                page.hide()
        with_room = {"rows": {}, "sheet_by_headings": True} | ({"sheet": named} if named else {})
        found = asked(collect, stream.getvalue(), **with_room)

        assert found["open"].gap is not None
        assert "2 sheets with these headings" in found["open"].detail

    def test_a_sheet_that_is_no_part_of_the_table_says_why(self, collect):
        """FedRAMP's template keeps closed weaknesses on another sheet with the same headings."""
        source = plan([("A", "Open", 0)], sheets=("Now", "Before"))
        other = {"Before": "closed weaknesses are kept there"}
        found = asked(collect, source, rows={}, sheet="Now", sheet_by_headings=True, other_sheets=other)

        assert found["open"].value == 1

    @pytest.mark.parametrize("hide", [False, True])
    @pytest.mark.parametrize(("items", "answered"), [(0, True), (1, False), (2, False)])
    def test_a_second_sheet_with_items_is_a_gap_where_the_first_is_named(self, collect, items, answered, hide):
        """A tracker that goes on, on its second sheet, would be read by half; one without items has nothing to read."""
        rows = [["Task", "State"], ["A", "Open"]]
        found = asked(collect, pages(Now=rows, Later=[*rows[:1], *rows[1:] * items], hide=hide), rows={}, sheet="Now")

        assert (found["open"].value == 1) is answered
        if not answered:
            assert found["open"].gap is GapReason.AMBIGUOUS_ROWS
            many = "1 row" if items == 1 else "2 rows"
            assert f"nobody reads 'Later' ({many}); put all rows on 'Now'" in found["open"].detail
            assert "Later" not in found["open"].told

    def test_a_sheet_with_the_headings_further_down_or_with_fewer_goes_on_too(self, collect):
        now = [["Task", "Notes", "State"], ["A", "", "Open"]]
        more = {"ignore": ["Notes"]}
        for later in (
            [["Tracker 2027"], [], ["task ", "STATE"], ["B", "Open"]],
            [["Task", "Notes", "State", "Since"], ["B", "", "Open", ""]],
        ):
            found = asked(collect, pages(Now=now, Later=later), rows={}, sheet="Now", **more)
            assert found["open"].gap is GapReason.AMBIGUOUS_ROWS

    def test_a_list_of_another_kind_does_not_go_on(self, collect):
        """A log of risks beside one of issues shares its first columns, and each has columns of its own."""
        issues = [["Task", "State", "Severity"], ["A", "Open", "High"]]
        risks = [["Task", "State", "Likelihood"], ["R", "Open", "Low"]]
        found = asked(collect, pages(Now=issues, Risks=risks), rows={}, sheet="Now", ignore=["Severity"])

        assert found["open"].value == 1

    def test_rows_that_hold_nothing_in_the_columns_that_are_read_are_no_items(self, collect):
        later = [["Task", "State", "Notes"], ["", "", "see the other sheet"]]
        found = asked(collect, pages(Now=[["Task", "State"], ["A", "Open"]], Later=later), rows={}, sheet="Now")

        assert found["open"].value == 1

    def test_a_sheet_that_goes_on_and_is_none_of_the_table_says_why(self, collect):
        source, other = plan([("A", "Open", 0)], sheets=("Now", "Before")), {"Before": "the month before"}

        assert asked(collect, source, rows={}, sheet="Now", other_sheets=other)["open"].value == 1

    @pytest.mark.parametrize("name", ["both", "one"])
    def test_a_sheet_that_another_table_of_the_binding_reads_is_read(self, collect, name):
        table = TABLE | {"rows": {}}
        tables = {"first": table | {"sheet": "Now"}, "second": table | {"sheet": "Before"}}
        facts = {f"open_{each}": {"count": {"where": 'state == "Open"'}, "table": each, "unit": "t"} for each in tables}
        if name == "one":
            del tables["second"], facts["open_second"]
        source = plan([("A", "Open", 0)], sheets=("Now", "Before"))
        found = collect({"plan.xlsx": source}, {"tables": tables, "facts": facts})

        assert [each.value for each in found.values()] == ([1, 1] if name == "both" else [None])

    def test_a_hidden_one_is_passed_over_and_none_that_fits_says_what_is_missing(self, collect):
        """A hidden sheet is last month's; it is never read in place of the visible one."""
        stream = io.BytesIO()
        with xlsxwriter.Workbook(stream, {"in_memory": True}) as book:
            book.add_worksheet("Now").write_row(0, 0, ["Task", "Standing"])
            before = book.add_worksheet("Before")
            before.write_row(0, 0, ["Task", "State"])
            before.hide()
        found = asked(collect, stream.getvalue(), rows={}, sheet_by_headings=True)

        assert found["open"].gap is not None
        assert "'State'" in found["open"].detail


class TestKeysThatAreNumbers:
    @pytest.mark.parametrize(
        ("keys", "rows"),
        [
            ([4101, 4102], 2),
            ([999_999_999_999_999, 1], 2),
            ([10**15, 1], None),
            ([4101, 4101.5], None),
            ([4101, "0017"], None),
            ([4101, True], None),
            ([4101, 4101], None),
        ],
    )
    def test_a_column_of_whole_numbers_is_a_key(self, collect, keys, rows):
        """Tickets and weaknesses have numbers; among texts a number may be 0017 that Excel has shortened."""
        stream = io.BytesIO()
        with xlsxwriter.Workbook(stream, {"in_memory": True}) as book:
            page = book.add_worksheet("Plan")
            page.write_row(0, 0, ["Task", "State"])
            for number, key in enumerate(keys, 1):
                page.write(number, 0, key)
                page.write_string(number, 1, "Open")
        found = asked(collect, stream.getvalue(), rows={})["rows"]

        assert found.value == rows
        assert (found.gap is None) is (rows is not None)
