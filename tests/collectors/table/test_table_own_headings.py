"""A sentence about a column names the heading as the file has it: a German export has no column `state`."""

import pytest

from gonogo.model.program import AsOf, AsOfRule

STATE = {"header": "Status", "also": ["Stand {offen}"], "type": "text", "allowed": "any"}
DUE = {"header": "Due date", "also": ["Fällig am"], "type": "date", "optional": True}
COST = {"header": "Cost", "also": ["Kosten"], "type": "integer", "unit": "EUR"}
KEY = {"header": "Key", "also": ["Schlüssel"], "type": "id"}
UNIT = {"header": "Unit", "also": ["Bereich"], "type": "text", "allowed": "any", "optional": True}
COLUMNS = {"key": KEY, "state": STATE, "due": DUE, "cost": COST, "unit": UNIT}
HEAD = "Schlüssel,Stand {offen},Fällig am,Kosten,Bereich\n"
OPEN = {"count": {"where": 'state == "Open"'}, "unit": "tasks"}
LATE = {"count": {"where": "due < now"}, "unit": "tasks"}
SQL = {"sql": "SELECT count(*) AS n FROM t WHERE due < $now", "type": "integer", "unit": "x", "inputs": ["t"]}


def asked(collect, fact, *rows, rule=None, columns=COLUMNS, **more):
    table = {"columns": columns, "unique": ["key"], "others": "ignored", **more}
    made = {"tables": {"t": table}, "facts": {"f": fact}}
    how = {"as_of": None, "rule": rule} if rule is not None else {}
    return collect({"p.csv": (HEAD + "".join(f"{row}\n" for row in rows)).encode()}, made, **how)["f"]


ROW = "A-1,Open,2027-04-01,5,N"


@pytest.mark.parametrize(
    ("fact", "rows", "more", "says"),
    [
        (LATE, ["A-1,Open,soon,5,N"], {}, "column 'Fällig am' is not a date such as 2027-04-19, in line 2 (column C)"),
        ({"sum": {"of": "cost"}}, ["A-1,Open,,,N"], {}, "column 'Kosten' is blank in line 2 (column D)"),
        (
            LATE,
            [ROW, "A-2,Open,,5,N"],
            {},
            "whether line 3 counts, because a cell that is needed is blank under 'Fällig am'",
        ),
        (OPEN, ["A-1,Offen,2027-04-01,5,N"], {}, "no row of column 'Stand {offen}' says 'Open'"),
        (OPEN, [ROW, "A-2,TBD,2027-04-01,5,N"], {}, "column 'Stand {offen}' has a placeholder"),
        (OPEN, [ROW, ROW], {}, "Schlüssel should be unique, but the values in line 2 appear again"),
        (OPEN, [ROW, "Total,Open,2027-04-01,5,N"], {}, "column 'Schlüssel' says Total in line 3"),
        (OPEN, [ROW, "A-2,Total,2027-04-01,5,N"], {"unique": ["state"]}, "column 'Stand {offen}' says Total in line 3"),
        (OPEN, [ROW, "1.20E+05,Open,2027-04-01,5,N"], {}, "'Schlüssel' holds what Excel makes of identifiers"),
        (OPEN, [ROW, "A-2; A-3,Open,2027-04-01,5,N"], {}, "the key 'Schlüssel' holds several keys in line 3"),
        (OPEN, [ROW], {"control": {"totals": {"cost": "9"}}}, "the cells of column 'Kosten' do not add up"),
        (SQL, [ROW, "A-2,Open,,5,N"], {}, "the query of f reads column 'Fällig am' (due), which is blank in line 3"),
        (
            OPEN | {"by": {"column": "unit", "take": "highest", "min_group": 5}},
            [ROW],
            {},
            "the highest group by Bereich has fewer than 5 members",
        ),
        (
            OPEN,
            [ROW, "A-2,Open,2027-04-01,5,"],
            {"subject": {"unit": {"kind": "cycle", "counts": ["N"]}}},
            "column 'Bereich' names no cycle in line 3",
        ),
        (
            OPEN,
            ["A-1,Open,2027-04-01,5,S"],
            {"subject": {"unit": {"kind": "cycle", "counts": ["N"]}}},
            "column 'Bereich' names S",
        ),
    ],
)
def test_the_heading_is_that_of_the_file(collect, fact, rows, more, says):
    """Who reads it opens the file, and looks for that word in its first row."""
    columns = {**COLUMNS, "unit": {**UNIT, "may_be_absent": False}}
    answer = asked(collect, fact, *rows, columns=columns, **more)

    assert says in answer.detail
    assert "'state'" not in answer.detail
    assert "'due'" not in answer.detail


@pytest.mark.parametrize(
    ("latest", "rows", "says"),
    [
        (True, ["A-1,Open,,5,N"], "no row has a day in column 'Fällig am'"),
        (False, [ROW, "A-2,Open,2027-04-02,5,N"], "the rows differ in column 'Fällig am'"),
    ],
)
def test_the_column_that_dates_the_file_is_named_so_too(collect, latest, rows, says):
    rule = AsOf(rule=AsOfRule.COLUMN, column="due", latest=latest)

    assert says in asked(collect, OPEN, *rows, rule=rule).detail
