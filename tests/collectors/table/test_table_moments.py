"""When a table's content held, and that nobody guesses it."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from gonogo.model.program import AsOf, AsOfRule

SETTINGS: dict[str, Any] = {
    "tables": {
        "t": {
            "columns": {
                "key": {"type": "id"},
                "reported_on": {"header": "Reported On", "type": "date", "optional": True},
                "seen_at": {"type": "instant"},
            }
        }
    },
    "facts": {"rows": {"count": {}, "unit": "rows"}},
}
HEADER = "key,Reported On,seen_at\n"
SAME = HEADER + "A,2027-04-12,2027-04-12T08:00:00Z\nB,2027-04-12,2027-04-12T09:00:00Z\n"
MIXED = HEADER + "A,2027-04-12,2027-04-12T08:00:00Z\nB,2027-04-11,2027-04-12T09:00:00Z\n"
GAPPY = HEADER + "A,2027-04-12,2027-04-12T08:00:00Z\nB,,2027-04-12T09:00:00Z\n"
EMPTY = HEADER + "A,,2027-04-12T08:00:00Z\n"


class TestHeld:
    @pytest.mark.parametrize(
        ("text", "column", "latest", "held"),
        [
            pytest.param(SAME, "reported_on", False, datetime(2027, 4, 12, 4, tzinfo=UTC), id="equal dates"),
            pytest.param(SAME, "Reported On", False, datetime(2027, 4, 12, 4, tzinfo=UTC), id="named by its heading"),
            pytest.param(MIXED, "reported_on", False, None, id="rows differ"),
            pytest.param(MIXED, "reported_on", True, datetime(2027, 4, 12, 4, tzinfo=UTC), id="the latest counts"),
            pytest.param(GAPPY, "reported_on", False, None, id="a blank"),
            pytest.param(
                GAPPY, "reported_on", True, datetime(2027, 4, 12, 4, tzinfo=UTC), id="the latest beside a blank"
            ),
            pytest.param(EMPTY, "reported_on", True, None, id="blanks only"),
            pytest.param(SAME, "seen_at", True, datetime(2027, 4, 12, 9, tzinfo=UTC), id="instants"),
            pytest.param(SAME, "key", True, None, id="no date column"),
            pytest.param(SAME, "absent", True, None, id="no such column"),
        ],
    )
    def test_a_column_says_when_every_row_held(self, collect, text, column, latest, held):
        """A date-only moment is that day's first, local; a disagreement is no moment."""
        rule = AsOf(rule=AsOfRule.COLUMN, column=column, latest=latest)

        answer = collect({"t.csv": text.encode()}, SETTINGS, as_of=None, rule=rule)["rows"]

        assert answer.as_of == held
        assert (answer.gap is None) is (held is not None)

    @pytest.mark.parametrize("rule", [AsOfRule.DOCUMENT, AsOfRule.DOCUMENT_SAVED, AsOfRule.CELL, AsOfRule.FILE_NAME])
    def test_a_csv_that_nobody_dates_is_a_gap(self, collect, rule):
        """The time of the last change of a file says when it was copied, not when it was true."""
        answer = collect({"t.csv": SAME.encode()}, SETTINGS, as_of=None, rule=AsOf(rule=rule))["rows"]

        assert answer.gap in ("missing", "malformed")
        assert answer.as_of is None

    def test_two_inputs_and_none_named_is_a_gap(self, collect):
        """The first of two files is a guess."""
        answer = collect({"a:a.csv": SAME.encode(), "b:b.csv": SAME.encode()}, SETTINGS)["rows"]

        assert "input" in answer.detail

    def test_a_file_of_another_kind_is_a_gap(self, collect):
        """Its name does not say what it is, and nobody else did."""
        assert "format" in collect({"t.dat": SAME.encode()}, SETTINGS)["rows"].detail


COLUMNS = {
    "key": {"type": "id"},
    "told_on": {"type": "date", "optional": True},
    "ok": {"type": "boolean"},
    "asked": {"type": "boolean"},
}
NEW, OLD = "A,2027-04-12,yes,yes\n", "B,2027-04-11,yes,no\n"
BLANK, SAME_DAY = "B,,yes,yes\n", "B,2027-04-12,yes,yes\n"
MEASURES: dict[str, dict[str, Any]] = {
    "share": {"share": {"where": "ok"}},
    "open": {"count": {"where": "not ok"}, "unit": "rows"},
    "whether": {"all": {"where": "ok"}},
}


class TestRowsFrom:
    """One fresh row must not make eleven old ones look fresh."""

    @pytest.mark.parametrize(
        ("rows", "latest", "first"),
        [
            pytest.param(NEW + OLD, True, datetime(2027, 4, 11, 4, tzinfo=UTC), id="an older row"),
            pytest.param(NEW + SAME_DAY, True, None, id="all of one day"),
            pytest.param(NEW + SAME_DAY, False, None, id="all must agree"),
            pytest.param(NEW + BLANK, True, None, id="only one row is dated"),
        ],
    )
    @pytest.mark.parametrize("fact", MEASURES)
    def test_the_oldest_row_is_told_where_the_newest_dates_the_table(self, collect, rows, latest, first, fact):
        assert self.answer(collect, rows, MEASURES[fact], latest=latest).rows_from == first

    def test_a_row_that_the_fact_does_not_ask_about_makes_nothing_old(self, collect):
        """`among` keeps the year before out, and page one says nothing about it."""
        measure = {"share": {"where": "ok", "among": "asked"}}

        assert self.answer(collect, NEW + OLD, measure).rows_from is None

    def test_what_sql_counts_nobody_knows(self, collect):
        """The last of many load tests is read; that the others are old says nothing."""
        sql = {"type": "integer", "unit": "rows", "inputs": ["t"], "sql": "SELECT count(*) FROM t"}

        assert self.answer(collect, NEW + OLD, sql).rows_from is None

    @staticmethod
    def answer(collect: Any, rows: str, measure: dict[str, Any], *, latest: bool = True) -> Any:
        settings = {"tables": {"t": {"columns": COLUMNS, "unique": ["key"]}}, "facts": {"fact": measure}}
        rule = AsOf(rule=AsOfRule.COLUMN, column="told_on", latest=latest)
        found = collect({"t.csv": f"key,told_on,ok,asked\n{rows}".encode()}, settings, as_of=None, rule=rule)["fact"]
        assert found.gap is None, found.detail
        return found


RAISED = "key,raised\n" + "".join(
    f"{key},{moment}Z\n"
    for key, moment in enumerate(["2026-12-09T12:00:00", "2026-12-09T11:59:59", "2026-12-09T12:00:01"])
)


def counted(where, *, columns=None, **measure):
    """Return settings of a list of what was raised when, with one condition."""
    table = {"columns": {"key": {"type": "id"}, "raised": {"type": "instant"}, **(columns or {})}}
    return {"tables": {"t": table}, "facts": {"f": {"count": {"where": where}, "unit": "things", **measure}}}


class TestCountedBackFromTheFile:
    @pytest.mark.parametrize("back", ["held - 28d", "held - 14d - 14d"], ids=["without", "by"])
    @pytest.mark.parametrize(
        ("key", "inside"), [(0, True), (1, False), (2, True)], ids=["on the moment", "a second before", "after"]
    )
    def test_a_window_ends_when_the_content_held_and_not_with_the_run(self, collect, back, key, inside):
        """A list that is four months old said that nothing had been raised in the last 28 days."""
        held = datetime(2027, 1, 6, 12, tzinfo=UTC)
        text = "".join(line for line in RAISED.splitlines(True) if line[0] in f"k{key}")

        answer = collect({"t.csv": text.encode()}, counted(f"raised >= {back}"), as_of=held)["f"]

        assert (answer.value, answer.as_of) == (int(inside), held), answer.detail

    def test_a_column_that_is_called_held_keeps_its_meaning(self, collect):
        """A program that somebody wrote before the word was there counts what it counted."""
        text = "key,raised,held\nA,2027-01-06T12:00:00Z,2027-01-06T12:00:00Z\n"
        columns = {"held": {"type": "instant"}}

        compared = collect({"t.csv": text.encode()}, counted("raised == held", columns=columns))["f"]
        assert compared.value == 1, compared.detail
        given = {"raised": {"type": "instant", "given": "held", "optional": True}}
        short = b"key,raised\nA,2027-01-06T12:00:00Z\nB,\n"
        assert collect({"t.csv": short}, counted("held", columns=given))["f"].value == 1

    def test_how_old_the_rows_were_is_counted_from_the_file_too(self, collect):
        """An age at the day of the export is a measure of its own."""
        facts = {"f": {"max": {"of": "held - raised"}, "unit": "days"}}
        settings = {**counted("raised < now"), "facts": facts}

        assert (
            collect({"t.csv": RAISED.encode()}, settings, as_of=datetime(2027, 1, 6, 11, 59, 59, tzinfo=UTC))["f"].value
            == 28
        )
