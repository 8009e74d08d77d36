"""A cell that says nothing is no answer, whatever SQL makes of it; nor is a query whose answer no row can change."""

from __future__ import annotations

from typing import Any

import pytest

CODES = b"code,state,closed_on,note\nC1,open,,x\nC2,closed,2027-04-01,\nC3,open,,\n"
MAPS = b"code,target,active\nC1,T1,Yes\nC2,,Yes\n"
CODE_COLUMNS: dict[str, Any] = {
    "code": {"type": "text"},
    "state": {"type": "text", "allowed": ["open", "closed"]},
    "closed_on": {"type": "date", "optional": True},
    "note": {"type": "text", "optional": True},
}
MAP_COLUMNS: dict[str, Any] = {
    "code": {"type": "text"},
    "target": {"type": "id", "optional": True},
    "active": {"type": "boolean"},
}


def ask(
    collect: Any, sql: str, *, kind: str = "integer", maps: bytes = MAPS, codes: bytes = CODES, **target: Any
) -> Any:
    named = [name for name in ("codes", "maps") if name in sql]
    fact = {"sql": sql, "type": kind, "unit": "codes" if kind == "integer" else "", "inputs": named}
    columns = {**MAP_COLUMNS, "target": {**MAP_COLUMNS["target"], **target}}
    tables = {
        "codes": {"input": "codes", "columns": CODE_COLUMNS},
        "maps": {"input": "maps", "columns": columns},
    }
    return collect({"codes:codes.csv": codes, "maps:maps.csv": maps}, {"tables": tables, "facts": {"fact": fact}})[
        "fact"
    ]


BLANK = [
    ("SELECT count(*) FROM codes WHERE code NOT IN (SELECT target FROM maps)", "target"),
    ("SELECT count(*) FROM codes WHERE code NOT IN (SELECT m.target FROM maps AS m)", "target"),
    ("SELECT count(*) FROM codes WHERE code NOT IN (SELECT x FROM (SELECT target AS x FROM maps))", "target"),
    ("WITH n AS (SELECT target AS code FROM maps) SELECT count(*) FROM codes ANTI JOIN n USING (code)", "target"),
    ("WITH n AS (SELECT * FROM maps) SELECT count(target) FROM n", "target"),
    ("SELECT count(*) FILTER (target <> 'T1') FROM maps", "target"),
    ("SELECT count(*) FROM codes LEFT JOIN maps ON codes.code = maps.target WHERE maps.code IS NULL", "target"),
    ("SELECT count(*) FROM codes LEFT JOIN maps USING (code) WHERE target IS NULL", "target"),
    ("SELECT count(target) FROM maps", "target"),
    ("SELECT count(TARGET) FROM MAPS AS m, (SELECT 1 AS n FROM codes) WHERE 'maps codes' <> m.code", "target"),
    ("SELECT max(n) FROM (SELECT row_number() OVER (PARTITION BY target) AS n FROM maps)", "target"),
    ("SELECT count(*) FROM (SELECT DISTINCT * FROM maps)", "target"),
    ("SELECT count(*) FROM (SELECT m.* FROM maps AS m, codes)", "target"),
    ("SELECT count(*) FROM (SELECT b FROM maps AS m(a, b, c))", "target"),
    ("SELECT count(maps) FROM maps", "target"),
    ("SELECT count(*) FROM maps AS a JOIN maps AS b USING (target)", "target"),
    ("SELECT count(*) FROM maps AS a NATURAL JOIN maps AS b", "target"),
    ("SELECT count(*) FROM maps WHERE coalesce(target, target) = 'T1'", "target"),
    ("SELECT count(*) FROM maps WHERE target IS NULL OR target = 'T1'", "target"),
    ("SELECT count(*) FROM codes WHERE EXISTS (SELECT * FROM maps WHERE target = codes.code)", "target"),
    ("SELECT count(*) FROM codes WHERE closed_on < $today", "closed_on"),
    ("SELECT count(*) FROM maps WHERE CAST(target AS VARCHAR) <> 'T1'", "target"),
    ("SELECT count(*) FROM maps WHERE coalesce(target || 'x', '') = 'T1x'", "target"),
    ("SELECT count(*) FROM maps WHERE EXISTS (SELECT 1 FROM codes WHERE state = target)", "target"),
]


class TestBlanks:
    @pytest.mark.parametrize(("sql", "column"), BLANK)
    def test_a_blank_in_a_column_that_a_query_reads_is_a_gap(self, collect, sql, column):
        """NOT IN with one blank cell counts nothing: 60 unmapped codes would become 0."""
        answer = ask(collect, sql)

        assert (answer.gap, answer.value) == ("missing", None), answer
        row = "lines 3" if column == "target" else "lines 2, 4"
        assert f"reads column {column!r}, which is blank in {row[:4]}" in answer.detail
        assert f"coalesce({column}, ...)" in answer.detail

    def test_a_blank_in_the_boolean_of_all_is_a_gap(self, collect):
        """bool_and looks over rows that say nothing, and so it is true of one good row."""
        answer = ask(collect, "SELECT bool_and(target = 'T1') FROM maps", kind="boolean")

        assert answer.gap == "missing", answer

    @pytest.mark.parametrize(
        ("sql", "value"),
        [
            ("SELECT count(*) FROM codes WHERE code NOT IN (SELECT code FROM maps)", 1),
            ("SELECT count(*) FROM maps WHERE active", 2),
            ("SELECT count(*) FROM (SELECT * EXCLUDE (target) FROM maps)", 2),
            ("SELECT count(*) FROM codes WHERE NOT EXISTS (SELECT * FROM maps WHERE maps.code = codes.code)", 1),
            ("SELECT count(*) FROM codes WHERE code NOT IN (SELECT coalesce(target, '') FROM maps)", 3),
            ("SELECT count(*) FROM maps WHERE target IS NULL", 1),
            ("SELECT count(*) FILTER (target IS NOT NULL) FROM maps", 1),
            ("SELECT count(*) FROM codes JOIN maps USING (code) WHERE target IS NULL", 1),
            ("SELECT count(*) FROM codes WHERE CAST(code AS VARCHAR) = 'C1'", 1),
            ("SELECT count(*) FROM maps WHERE coalesce(CAST(target AS VARCHAR), 'none') = 'none'", 1),
            ("SELECT count(*) FROM (SELECT x.* FROM (SELECT code FROM codes) AS x, maps)", 6),
        ],
    )
    def test_a_blank_that_is_not_read_or_that_the_query_gives_a_meaning_stops_nothing(self, collect, sql, value):
        """A stop for a cell that nobody asks teaches people to take the check away."""
        answer = ask(collect, sql)

        assert answer.gap is None, answer.detail
        assert answer.value == value

    def test_a_blank_that_the_settings_give_a_meaning_is_that_word(self, collect):
        """The keeper of the binding has said it, once for conditions and queries alike."""
        answer = ask(collect, BLANK[0][0], blank="None")

        assert (answer.gap, answer.value) == (None, 3)

    def test_a_column_that_may_be_blank_and_is_not_is_read(self, collect):
        """What may be blank is no fault until it is."""
        answer = ask(collect, BLANK[0][0], maps=MAPS.replace(b"C2,,", b"C2,C1,"))

        assert (answer.gap, answer.value) == (None, 2)

    def test_the_name_of_a_column_in_another_table_reads_nothing_here(self, collect):
        """Both tables have a code; the blank one of the table that is not asked must not matter."""
        answer = ask(
            collect, "SELECT count(*) FROM maps WHERE maps.code <> 'codes' AND maps.code IN (SELECT code FROM codes)"
        )

        assert answer.gap is None, answer.detail


class TestPlaceholders:
    @pytest.mark.parametrize("told", [b"TBD", b"n/a", b"-"])
    def test_a_placeholder_in_a_text_column_that_is_read_is_a_gap(self, collect, told):
        """`target <> 'T1'` is true of TBD, and a code without a target would count as one with another."""
        answer = ask(
            collect, "SELECT count(*) FILTER (target <> 'T1') FROM maps", maps=MAPS.replace(b"C2,,", b"C2,%s," % told)
        )

        assert answer.gap == "missing", answer
        assert "column 'target', which has a placeholder such as TBD or N/A in line 3" in answer.detail

    @pytest.mark.parametrize(
        ("condition", "value"),
        [
            ("target = 'Open'", None),
            ("lower(target) = 'open'", 2),
            ("upper(target) = 'OPEN'", 2),
            ("target IN ('Open', 'open')", 2),
            ("target = 'Shut'", 0),
        ],
    )
    def test_another_spelling_of_a_word_that_the_query_names_is_a_gap(self, collect, condition, value):
        """An open item that somebody types as ``open`` is open."""
        maps = b"code,target,active\nC1,Open,Yes\nC2,open,Yes\n"
        answer = ask(collect, f"SELECT count(*) FROM maps WHERE {condition}", maps=maps, type="text", allowed="any")

        assert answer.value == value
        assert value is not None or "in another spelling in line 3" in answer.detail

    def test_a_placeholder_that_the_query_names_is_an_answer(self, collect):
        """A person who names it has said what it means."""
        answer = ask(collect, "SELECT count(*) FROM maps WHERE target = 'TBD'", maps=MAPS.replace(b"C2,,", b"C2,TBD,"))

        assert (answer.gap, answer.value) == (None, 1)

    def test_a_placeholder_that_the_settings_list_is_an_answer(self, collect):
        """A list of allowed words is complete: TBD in it was put there."""
        maps = MAPS.replace(b"C2,,", b"C2,TBD,")
        answer = ask(collect, "SELECT count(target) FROM maps", maps=maps, allowed=["T1", "TBD"])

        assert (answer.gap, answer.value) == (None, 2)

    def test_a_placeholder_in_a_column_that_is_not_read_stops_nothing(self, collect):
        """A remark says n/a every other day."""
        answer = ask(collect, "SELECT count(*) FROM maps WHERE active", maps=MAPS.replace(b"C2,,", b"C2,TBD,"))

        assert (answer.gap, answer.value) == (None, 2)

    def test_what_cannot_be_read_is_not_nothing(self, collect):
        """TRY_CAST makes a blank of what it cannot read, and a blank drops out of every count."""
        answer = ask(collect, "SELECT count(*) FILTER (TRY_CAST(code AS INTEGER) > 5) FROM codes")

        assert answer.gap == "malformed"
        assert "TRY_CAST turns what it cannot read into nothing" in answer.detail

    def test_what_cannot_be_read_may_be_given_a_meaning(self, collect):
        """coalesce says it."""
        answer = ask(collect, "SELECT count(*) FILTER (coalesce(TRY_CAST(code AS INTEGER), 9) > 5) FROM codes")

        assert (answer.gap, answer.value) == (None, 3)


class TestConstants:
    @pytest.mark.parametrize(
        "sql",
        [
            "SELECT 0 FROM (SELECT count(*) FROM codes, maps)",
            "SELECT 0 FROM codes LIMIT 1",
            "SELECT min(0) FROM codes",
            "SELECT x FROM (SELECT 0 AS x, count(*) AS n FROM codes)",
            "SELECT (SELECT 0) FROM codes LIMIT 1",
            "SELECT 0 AS n FROM codes WHERE code = 'Z' UNION SELECT 0 FROM codes",
            "SELECT 0 * count(*) FROM codes",
            "SELECT CASE WHEN count(*) > 1 THEN 0 ELSE 0 END FROM codes",
            "SELECT CAST(0 AS INTEGER) FROM codes LIMIT 1",
        ],
    )
    def test_a_value_that_no_row_can_change_is_a_gap(self, collect, sql):
        """A figure in the settings is what somebody wishes, not what a file shows."""
        answer = ask(collect, sql)

        assert answer.gap == "malformed", answer
        assert "no column and no count of rows" in answer.detail

    @pytest.mark.parametrize(
        ("sql", "words"),
        [
            ("SELECT count(*) FROM codes WHERE 1 = 0", "names no column"),
            ("SELECT count(*) FROM codes WHERE false", "names no column"),
            ("SELECT count(*) FROM codes WHERE state = 'open' AND false", "names no column"),
            ("SELECT count(*) FILTER (WHERE false) FROM codes", "names no column"),
            ("SELECT count(*) FROM codes WHERE 1 IN (2, 3)", "names no column"),
            ("SELECT count(*) FROM codes WHERE 1 BETWEEN 2 AND 3", "names no column"),
            ("SELECT count(*) FROM codes WHERE state <> state", "the same on both sides"),
        ],
    )
    def test_a_condition_that_no_row_can_change_is_a_gap(self, collect, sql, words):
        """It would leave every row out, or none, whatever they hold."""
        answer = ask(collect, sql)

        assert answer.gap == "malformed", answer
        assert words in answer.detail

    @pytest.mark.parametrize(
        ("sql", "value"),
        [
            ("SELECT count(*) FROM codes", 3),
            ("SELECT count(1) FROM codes", 3),
            ("SELECT CASE WHEN count(*) BETWEEN 1 AND 5 THEN 1 ELSE 0 END FROM codes", 1),
            ("SELECT max(n) FROM (SELECT count(*) AS n FROM codes GROUP BY state)", 2),
            ("SELECT (SELECT count(*) FROM maps) + (SELECT count(*) FROM codes)", 5),
            ("SELECT 2 * count(*) FROM codes", 6),
            ("SELECT CASE WHEN EXISTS (SELECT * FROM codes WHERE state = 'open') THEN 1 ELSE 0 END", 1),
            ("SELECT count(*) FROM codes WHERE $go_live > $now", 3),
        ],
    )
    def test_a_value_that_rows_can_change_is_an_answer(self, collect, sql, value):
        """Counts need no column, and a moment of the run is no constant."""
        answer = ask(collect, sql)

        assert answer.gap is None, answer.detail
        assert answer.value == value
