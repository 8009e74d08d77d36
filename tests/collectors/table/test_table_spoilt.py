"""One bad cell takes away what reads it, and everything where it says what the rows are; no fact gets better by it."""

import io

import pytest
import xlsxwriter

from gonogo.model.program import AsOf, AsOfRule

COLUMNS = {
    "id": {"header": "Task #", "type": "id"},
    "state": {"header": "State", "type": "text", "allowed": ["Open", "Done"]},
    "due": {"header": "Target Date", "type": "date", "optional": True},
    "cost": {"header": "Cost", "type": "integer", "unit": "USD"},
    "unit": {"header": "Office", "type": "text", "allowed": ["North", "South"]},
}
TABLE = {"columns": COLUMNS, "unique": ["id"]}
FACTS = {
    "rows": {"count": {}, "unit": "tasks"},
    "open": {"count": {"where": 'state == "Open"'}, "unit": "tasks"},
    "late": {"count": {"where": "due < now"}, "unit": "tasks"},
    "late_and_open": {"count": {"where": 'state == "Open" and due < now'}, "unit": "tasks"},
    "in_time": {"share": {"among": 'state == "Open"', "where": "due >= now"}},
    "dated": {"count": {"where": "due is not blank"}, "unit": "tasks"},
    "cost": {"sum": {"of": "cost"}},
    "cost_of_open": {"sum": {"of": "cost", "where": 'state == "Open"'}},
    "weighed": {"share": {"where": 'state == "Done"', "weigh": "cost"}},
    "offices": {"count": {"where": 'state == "Done"', "per": {"column": "unit", "need": "every"}}, "unit": "offices"},
    "worst": {"share": {"where": 'state == "Done"'}, "by": {"column": "unit", "take": "lowest"}},
    "asked": {"sql": "SELECT count(*) AS n FROM t WHERE due IS NULL", "type": "integer", "unit": "x", "inputs": ["t"]},
    "whole": {"sql": "SELECT sum(cost) AS n FROM (SELECT * FROM t)", "type": "integer", "unit": "x", "inputs": ["t"]},
}
ROWS = [
    ["T-1", "Open", "2027-04-01", "10", "North"],
    ["T-2", "Done", "2027-04-02", "20", "North"],
    ["T-3", "Open", "2027-05-09", "30", "South"],
    ["T-4", "Done", "2027-05-10", "40", "South"],
]
READ_BY = {
    "id": set(FACTS),
    "state": {"open", "late_and_open", "in_time", "cost_of_open", "weighed", "offices", "worst", "whole"},
    "due": {"late", "late_and_open", "in_time", "dated", "asked", "whole"},
    "cost": {"cost", "cost_of_open", "weighed", "whole"},
    "unit": {"offices", "worst", "whole"},
}
SPARED = {("due", 1): {"late_and_open", "in_time"}, ("due", 3): {"late_and_open", "in_time"}}
"""Facts that ask about open tasks only, whose day in a task that is done is none of theirs."""
SPARED |= {("state", 2): {"late_and_open"}, ("state", 3): {"late_and_open"}}
"""A task that is not late is none of those that are late and open, whatever its state."""
SPARED |= {("cost", 1): {"cost_of_open"}, ("cost", 3): {"cost_of_open"}}
BAD = {"id": " T-9", "state": "Blocked", "due": "31.02.2027", "cost": "n/a", "unit": "Nroth"}


def csv_of(rows, headings=("Task #", "State", "Target Date", "Cost", "Office")):
    return "".join(",".join(row) + "\n" for row in [headings, *rows]).encode()


def spoilt(row, column, cell):
    rows = [list(each) for each in ROWS]
    rows[row][list(COLUMNS).index(column)] = cell
    return rows


def asked(collect, cells, **more):
    return collect({"plan.csv": csv_of(cells)}, {"tables": {"t": TABLE | more}, "facts": FACTS})


def values(answers):
    return {name: (each.value, each.part, each.whole) for name, each in answers.items()}


class TestWhatABadCellTakesAway:
    @pytest.mark.parametrize("row", range(4))
    @pytest.mark.parametrize("column", COLUMNS)
    def test_it_is_what_reads_it_in_a_row_that_counts_and_nothing_else(self, collect, column, row):
        """One slip of the pen took away the whole plan; what it cannot touch is as it was."""
        good = values(asked(collect, ROWS))
        found = asked(collect, spoilt(row, column, BAD[column]))

        lost = {name for name, answer in found.items() if answer.gap is not None}
        assert lost == READ_BY[column] - SPARED.get((column, row), set())
        assert {name: value for name, value in values(found).items() if name not in lost} == {
            name: value for name, value in good.items() if name not in lost
        }

    @pytest.mark.parametrize("column", ["state", "cost", "unit"])
    def test_a_blank_where_none_may_be_is_a_bad_cell(self, collect, column):
        found = asked(collect, spoilt(0, column, ""))

        assert {name for name, answer in found.items() if answer.gap is not None} == READ_BY[column]

    def test_it_is_named_as_the_file_has_it(self, collect):
        """Who corrects the file sees its headings, and never the settings."""
        answer = asked(collect, spoilt(2, "due", "31.02.2027"))["late"]

        start = "plan.csv: column 'Target Date' is not a date such as 2027-04-19, in line 4 (column C)"
        assert answer.detail == f"{start}: '31.02.2027'"
        assert answer.told == start

    def test_two_columns_take_away_what_reads_either(self, collect):
        rows = spoilt(0, "cost", "n/a")
        rows[0][2] = "soon"
        found = asked(collect, rows)

        assert {name for name, answer in found.items() if answer.gap is None} == {"rows", "open", "offices", "worst"}
        assert "'Cost'" in found["cost"].detail
        assert "'Target Date'" not in found["cost"].detail

    def test_a_fact_that_asks_for_nothing_of_the_row_is_known(self, collect):
        """The row with the bad day is about another build, and is left out before anything is asked."""
        columns = {**COLUMNS, "build": {"header": "Build", "type": "text", "allowed": "any"}}
        table = {"columns": columns, "unique": ["id"], "subject": {"build": {"kind": "build"}}}
        rows = [[*row, "4.2" if number else "4.1"] for number, row in enumerate(spoilt(0, "due", "soon"))]
        data = csv_of(rows, ("Task #", "State", "Target Date", "Cost", "Office", "Build"))
        made = {"tables": {"t": table}, "facts": FACTS}

        assert collect({"p.csv": data}, made, builds=["4.2"])["late"].value == 1
        assert collect({"p.csv": data}, made, builds=["4.1"])["late"].gap == "malformed"


class TestWhereEverythingDependsOnIt:
    """Nobody knows what such a row is, whether it counts, or when it held; no fact of the table is known then."""

    @pytest.mark.parametrize(
        ("column", "more"),
        [
            ("cost", {"unique": ["id", "cost"]}),
            ("cost", {"control": {"totals": {"cost": "100"}}}),
            ("cost", {"control": {"footer": ["Total", "", "", "{cost}", ""]}}),
            ("state", {"rows": {"template": {"column": "state", "values": ["Example"]}}}),
        ],
        ids=["the key", "a total", "a footer", "a rule about rows"],
    )
    def test_the_settings_need_it(self, collect, column, more):
        rows = [*spoilt(1, column, BAD[column]), *([["Total", "", "", "80", ""]] if "footer" in str(more) else [])]
        found = asked(collect, rows, **more)

        assert {answer.gap for answer in found.values()} == {"malformed"}

    @pytest.mark.parametrize("latest", [True, False])
    def test_it_dates_the_table(self, collect, latest):
        rule = AsOf(rule=AsOfRule.COLUMN, column="Target Date", latest=latest)
        rows = [[*row[:2], "2027-04-01", *row[3:]] for row in spoilt(1, "due", "soon")]
        rows[1][2] = "soon"
        made = {"tables": {"t": TABLE}, "facts": FACTS}
        found = collect({"plan.csv": csv_of(rows)}, made, as_of=None, rule=rule)

        assert {answer.gap for answer in found.values()} == {"malformed"}

    def test_it_names_the_row(self, collect):
        """The first text of a row without a key is what tells a sum or a title from an item."""
        found = asked(collect, spoilt(1, "id", " T-2"), unique=[], one_row="a task")

        assert {answer.gap for answer in found.values()} == {"malformed"}

    @pytest.mark.parametrize("heading", ["Phase", "Test cycle", "Outline level", "Parent"])
    def test_its_heading_tells_what_rows_are(self, collect, heading):
        columns = {"id": COLUMNS["id"], "c": {"header": heading, "type": "text", "allowed": ["A", "B"]}}
        facts = {"rows": FACTS["rows"]}
        data = f"Task #,{heading}\nT-1,A\nT-2,A\nT-3,C\n".encode()
        table = {"columns": columns, "unique": ["id"]}
        found = collect({"f.csv": data}, {"tables": {"t": table}, "facts": facts})["rows"]

        assert found.gap is not None


class TestRowsThatMayBeNoItems:
    @pytest.mark.parametrize(
        "row",
        [
            ["T-5", "", "", "", ""],
            ["T-5", "Open", "", "", ""],
            ["Task #", "State", "Target Date", "Cost", "Office"],
            ["T-5", "Open", "target date", "5", "North"],
        ],
        ids=["a title", "a title with a remark", "a second header", "half a header"],
    )
    def test_they_take_away_the_whole_table(self, collect, row):
        found = asked(collect, [*ROWS, row])

        assert all(answer.gap is not None for answer in found.values())

    @pytest.mark.parametrize(
        ("row", "known"), [(["T-5", "", "", "5", ""], False), (["T-5", "Open", "", "5", ""], True)]
    )
    def test_more_blanks_than_cells_are_no_item(self, collect, row, known):
        """Two of four that must be filled are as many as those that are; one of four is a slip."""
        assert (asked(collect, [*ROWS, row])["rows"].value == 5) is known


class TestOtherFormats:
    def test_a_cell_with_an_error_takes_away_what_reads_it(self, collect):
        for fault in ("error", "type", "row"):
            stream = io.BytesIO()
            with xlsxwriter.Workbook(stream, {"in_memory": True}) as book:
                page = book.add_worksheet("Plan")
                page.write_row(0, 0, ["Task #", "Cost", "Office"])
                for number, row in enumerate(ROWS, 1):
                    alone = fault == "row" and number == 2
                    page.write_row(number, 0, [] if alone else [row[0], int(row[3]), row[4]])
                if fault == "type":
                    page.write_string(2, 1, "n/a")
                else:
                    page.write_formula(2, 1, "=1/0", None, "#DIV/0!")
            columns = {name: COLUMNS[name] for name in ("id", "cost", "unit")}
            facts = {name: FACTS[name] for name in ("rows", "cost")}
            table = {"columns": columns, "unique": ["id"], "blank_rows": "allowed"}
            found = collect({"p.xlsx": stream.getvalue()}, {"tables": {"t": table}, "facts": facts})

            assert found["cost"].gap == "malformed"
            assert (found["rows"].value == 4) is (fault != "row"), fault
            assert "B3" in found["cost"].detail

    def test_a_record_without_a_value_takes_away_what_reads_it(self, collect):
        columns = {name: {**COLUMNS[name], "header": name} for name in ("id", "cost", "unit")}
        facts = {name: FACTS[name] for name in ("rows", "cost")}
        for record in ('{"id": "T-2", "unit": "North"}', '{"id": "T-2", "unit": "North", "cost": "5"}'):
            data = f'[{{"id": "T-1", "unit": "North", "cost": 5}}, {record}]'.encode()
            made = {"tables": {"t": {"columns": columns, "unique": ["id"]}}, "facts": facts}
            found = collect({"p.json": data}, made)

            assert found["rows"].value == 2
            assert "column 'cost' has" in found["cost"].detail
            assert found["cost"].detail.endswith("in record 2")
