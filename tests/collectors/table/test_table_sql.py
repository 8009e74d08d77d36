"""An analyst's SELECT may ask the tables anything, and nothing else anything."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest

from gonogo.model.evidence import GapReason

ROSTER = (
    b"id,unit,cost,since,seen\nA,North,10.50,2027-04-01,2027-04-18T12:00:00Z\n"
    b"B,South,0.25,2027-04-10,2027-04-19T03:00:00Z\n"
)
UNITS = b"unit,people\nNorth,10\nSouth,3\n"
HELD = datetime(2027, 4, 18, tzinfo=UTC)
TABLES: dict[str, Any] = {
    "roster": {
        "input": "roster",
        "columns": {
            "id": {"type": "id"},
            "unit": {"type": "text"},
            "cost": {"type": "money", "unit": "USD"},
            "since": {"type": "date"},
            "seen": {"type": "instant"},
        },
    },
    "units": {"input": "units", "columns": {"unit": {"type": "text"}, "people": {"type": "integer", "unit": "people"}}},
}


def ask(collect: Any, sql: str, kind: str = "integer", inputs: tuple[str, ...] = ("roster",), **more: Any) -> Any:
    unit = {"integer": "people", "decimal": "people", "money": "USD"}.get(kind, "")
    fact = {"sql": sql, "type": kind, "unit": unit, "inputs": list(inputs)}
    files = {"roster:roster.csv": ROSTER, "units:units.csv": UNITS}
    witness = {"sum": {"of": "people"}, "table": "units"}
    return collect(files, {"tables": TABLES, "facts": {"fact": fact, "witness": witness}}, **more)["fact"]


REFUSED = [
    "COPY roster TO 'out.csv'",
    "COPY (SELECT * FROM roster) TO 'out.csv'",
    "ATTACH 'other.db'",
    "INSTALL httpfs",
    "LOAD httpfs",
    "PRAGMA version",
    "SET threads = 4",
    "RESET threads",
    "CALL pragma_version()",
    "CREATE TABLE x AS SELECT 1",
    "INSERT INTO roster SELECT * FROM roster",
    "UPDATE roster SET cost = 0",
    "DELETE FROM roster",
    "DROP TABLE roster",
    "EXPORT DATABASE 'x'",
    "EXPLAIN SELECT count(*) FROM roster",
    "VACUUM",
    "nonsense",
    "SELECT count(*) FROM roster; SELECT 1",
    "SELECT 1",
    "SELECT 1 FROM (VALUES (1))",
    "WITH x AS (SELECT 1 AS n) SELECT n FROM x",
    "WITH roster AS (SELECT 1 AS n) SELECT n FROM roster",
    "WITH ROSTER AS (SELECT 1 AS n) SELECT n FROM roster",
    "SELECT count(*) FROM units, roster WHERE (WITH units AS (SELECT 1 AS n) SELECT n FROM units) = 1",
    "WITH RECURSIVE x AS (SELECT 1 AS n UNION ALL SELECT n + 1 FROM x WHERE n < 5) SELECT max(n) FROM x, roster",
    "SELECT count(*) FROM units",
    "SELECT count(*) FROM roster, units",
    "SELECT count(*) FROM main.roster",
    "SELECT count(*) FROM information_schema.tables, roster",
    "SELECT count(*) FROM duckdb_settings(), roster",
    "SELECT count(*) FROM read_csv('/etc/passwd'), roster",
    "SELECT count(*) FROM read_text('/etc/passwd'), roster",
    "SELECT count(*) FROM glob('/*'), roster",
    "SELECT count(*) FROM '/etc/passwd', roster",
    "SELECT count(*) FROM range(10), roster",
    "SELECT count(*) FROM query('SELECT 1'), roster",
    "SELECT count(*) FROM query_table('units'), roster",
    "SELECT count(*) FROM (SHOW TABLES), roster",
    "SELECT count(*) FROM (DESCRIBE roster)",
    "SELECT count(*) FROM (SUMMARIZE roster)",
    "SELECT count(*) FROM (PIVOT roster ON unit USING sum(cost))",
    "SELECT count(*) FROM roster USING SAMPLE 50%",
    "SELECT count(*) FROM roster WHERE random() < 2",
    "SELECT count(*) FROM roster WHERE now() > since",
    "SELECT count(*) FROM roster WHERE today() > since",
    "SELECT count(*) FROM roster WHERE current_date > since",
    "SELECT count(*) FROM roster WHERE current_timestamp IS NOT NULL",
    "SELECT count(*) FROM roster WHERE localtimestamp IS NOT NULL",
    "SELECT count(*) FROM roster WHERE current_user = 'duckdb'",
    "SELECT count(*) FROM roster WHERE getenv('HOME') IS NULL",
    "SELECT count(*) FROM roster WHERE current_setting('threads') > 0",
    "SELECT count(*) FROM roster WHERE uuid() IS NOT NULL",
    "SELECT count(*) FROM roster WHERE txid_current() > 0",
    "SELECT count(*) FROM roster WHERE getvariable('x') IS NULL",
    "SELECT count(*) FROM roster WHERE error('x') IS NULL",
    "SELECT any_value(people) FROM roster JOIN units USING (unit)",
    "SELECT count(*) FROM roster WHERE ? = 1",
    "SELECT count(*) FROM roster WHERE $secret = 1",
    "SELECT count(*) FROM roster WHERE cost > (SELECT max(len(content)) FROM read_text('/etc/hosts'))",
    "SELECT length(getenv('PATH')) FROM roster LIMIT 1",
]


class TestRefusals:
    @pytest.mark.parametrize("sql", REFUSED)
    def test_anything_but_one_select_over_the_named_tables_is_a_gap(self, collect, sql):
        """The database can read files, settings, clocks and chance; a fact can be made of none of them."""
        answer = ask(collect, sql)

        assert answer.gap == "malformed", answer
        assert answer.value is None

    @pytest.mark.parametrize(
        ("sql", "reason"),
        [
            ("SELECT sum(cost) FROM roster WHERE cost > 99", "missing"),
            ("SELECT id, unit FROM roster WHERE id = 'A'", "wrong_type"),
            ("SELECT count(*) FROM roster GROUP BY unit", "malformed"),
            ("SELECT count(*) FROM roster HAVING count(*) > 5", "missing"),
            ("SELECT avg(cost) FROM roster", "wrong_type"),
            ("SELECT sum(cost) / 3 FROM roster", "wrong_type"),
            ("SELECT CAST(sum(cost) AS DOUBLE) FROM roster", "wrong_type"),
            ("SELECT count(*) * CAST('nan' AS DOUBLE) FROM roster", "wrong_type"),
            ("SELECT unit FROM roster WHERE id = 'A'", "wrong_type"),
            ("SELECT sum(cost) FROM roster", "wrong_type"),
            ("SELECT count(*) = 2 FROM roster", "wrong_type"),
            ("SELECT CAST(count(*) AS HUGEINT) * 9007199254740993 FROM roster", "out_of_range"),
            ("SELECT CAST(unit AS INTEGER) FROM roster WHERE id = 'A'", "malformed"),
            ("SELECT max(nothing) FROM roster", "malformed"),
        ],
    )
    def test_an_answer_of_the_wrong_shape_is_a_gap(self, collect, sql, reason):
        """One row, one value, of the fact's own type; NULL, floating point and overflow are no values."""
        assert ask(collect, sql).gap == reason

    @pytest.mark.parametrize(
        ("sql", "words"),
        [
            ("SELECT count(*) FROM units", "the query reads units, and inputs says roster"),
            ("SELECT 1", "the query reads none, and inputs says roster"),
            ("SELECT count(*) FROM roster WHERE $secret = 1", "parameters of a query are $now, $go_live, $today"),
            ("SELECT count(*) FROM roster WHERE now() > since", "the function 'now' is not allowed"),
            ("SELECT count(*) FROM roster WHERE current_date > since", "current_date is not a column; the moments"),
            ("SELECT count(*) FROM roster USING SAMPLE 50%", "a sample is chance"),
            ("SELECT count(*) FROM main.roster", "without schema or catalog"),
            ("SELECT count(*) FROM range(10), roster", "tables only: no table functions"),
            ("WITH roster AS (SELECT 1 AS n) SELECT n FROM roster", "a WITH has the name of a table"),
            ("DROP TABLE roster", "a query is exactly one SELECT"),
            ("SELECT unit FROM roster", "gives several rows, and one is expected"),
            ("SELECT id FROM roster WHERE id = 'Z'", "no row of 'roster' satisfies what it asks for"),
            ("SELECT id, unit FROM roster WHERE id = 'A'", "gives 2 columns; one is expected"),
            ("SELECT CAST(unit AS INTEGER) FROM roster WHERE id = 'A'", "a value cannot be converted (Conversion)"),
        ],
    )
    def test_a_refusal_says_what_is_wrong(self, collect, sql, words):
        """It is told of personal data too: a query holds no cell."""
        answer = ask(collect, sql)

        assert words in answer.detail, answer.detail
        assert answer.told == answer.detail

    @pytest.mark.parametrize(
        ("sql", "inputs", "why"),
        [
            (
                "SELECT sum(people) FROM units WHERE people > 10",
                ("units",),
                "no row of 'units' satisfies what it asks for",
            ),
            (
                "SELECT max(people) FROM units GROUP BY unit HAVING min(people) > 99",
                ("units",),
                "nothing that it found satisfies what it asks for",
            ),
            (
                "SELECT sum(people) FROM roster JOIN units USING (unit) WHERE since > $go_live",
                ("roster", "units"),
                "no row of 'roster', 'units' satisfies what it asks for",
            ),
            ("SELECT max(people) // nullif(count(*) - 2, 0) FROM units", ("units",), "what it computes is unknown"),
            ("SELECT (SELECT max(people) FROM units WHERE people > 10)", ("units",), "what it computes is unknown"),
        ],
    )
    def test_a_query_without_a_value_says_why(self, collect, sql, inputs, why):
        """*NULL* says nothing to the manager whose figure is missing."""
        answer = ask(collect, sql, inputs=inputs)

        assert answer.gap == GapReason.MISSING
        assert answer.detail.startswith("fact has no value: "), answer.detail
        assert why in answer.detail
        assert answer.detail.endswith("(by the query that the program wrote)")

    def test_a_table_without_a_row_is_named(self, collect):
        """Somebody must find out why the export is empty."""
        table = {
            "columns": {"id": {"type": "id"}, "n": {"type": "integer"}},
            "unique": ["id"],
            "control": {"min_rows": 0},
        }
        fact = {"type": "integer", "unit": "people", "inputs": ["units"], "sql": "SELECT max(n) FROM units"}

        answer = collect({"file:units.csv": b"id,n\n"}, {"tables": {"units": table}, "facts": {"fact": fact}})["fact"]

        assert "fact has no value: 'units' has no row" in answer.detail

    def test_an_error_never_tells_what_a_cell_holds(self, collect):
        """A failed cast would quote the text that it failed on."""
        assert "North" not in ask(collect, "SELECT CAST(unit AS INTEGER) FROM roster WHERE id = 'A'").detail


class TestAnswers:
    @pytest.mark.parametrize(
        ("sql", "kind", "inputs", "value"),
        [
            ("SELECT count(*) FROM roster WHERE unit LIKE 'N%'", "integer", ("roster",), 1),
            ("SELECT sum(cost) FROM roster", "money", ("roster",), Decimal("10.75")),
            ("SELECT CAST(sum(cost) / 3 AS DECIMAL(18,4)) FROM roster", "money", ("roster",), Decimal("3.5833")),
            ("SELECT sum(people) FROM roster JOIN units USING (unit)", "integer", ("roster", "units"), 13),
            (
                "SELECT sum(people) FROM units WHERE unit IN (SELECT unit FROM roster)",
                "integer",
                ("units", "roster"),
                13,
            ),
            ("WITH n AS (SELECT * FROM roster WHERE cost > 1) SELECT count(*) FROM n", "integer", ("roster",), 1),
            ("SELECT min(unit) FROM roster", "text", ("roster",), "North"),
            ("SELECT bool_and(cost > 0) FROM roster", "boolean", ("roster",), True),
            ("SELECT max(seen) FROM roster", "instant", ("roster",), datetime(2027, 4, 19, 3, tzinfo=UTC)),
            ("SELECT max(since) FROM roster", "instant", ("roster",), datetime(2027, 4, 10, 4, tzinfo=UTC)),
            ("SELECT max(date_diff('day', since, $today)) FROM roster", "integer", ("roster",), 18),
            ("SELECT count(*) FROM roster WHERE seen < $now AND $go_live > $now", "integer", ("roster",), 2),
            ("SELECT CASE WHEN count(*) BETWEEN 1 AND 5 THEN 1 ELSE 0 END FROM roster", "integer", ("roster",), 1),
            (
                "SELECT count(*) FROM (SELECT row_number() OVER (PARTITION BY unit ORDER BY id) AS n FROM roster) AS x "
                "WHERE n = 1",
                "integer",
                ("roster",),
                2,
            ),
            ("SELECT cost FROM roster ORDER BY cost DESC LIMIT 1", "decimal", ("roster",), Decimal("10.5")),
            (
                "SELECT count(*) FROM (SELECT unit FROM roster UNION SELECT unit FROM units) AS x",
                "integer",
                ("roster", "units"),
                2,
            ),
            (
                "SELECT count(*) FROM roster WHERE since > DATE '2027-04-05' AND NOT unit IS NULL",
                "integer",
                ("roster",),
                1,
            ),
        ],
    )
    def test_one_value_is_the_answer(self, collect, sql, kind, inputs, value):
        """Analysts know joins, windows and unions; all of it works over typed columns."""
        answer = ask(collect, sql, kind, inputs)

        assert answer.gap is None, answer.detail
        assert answer.value == value

    def test_part_and_whole_are_delivered_as_counts(self, collect):
        """The host divides, so that 1 of 3 stays 1 of 3."""
        answer = ask(collect, "SELECT count(*) FILTER (cost > 1) AS part, count(*) AS whole FROM roster", "ratio")

        assert (answer.part, answer.whole) == (1, 2)

    def test_part_and_whole_of_money_are_made_whole_numbers(self, collect):
        """10.50 of 10.75 dollars is 42 of 43 quarters, exactly."""
        answer = ask(collect, "SELECT max(cost) AS part, sum(cost) AS whole FROM roster", "ratio")

        assert (answer.part, answer.whole) == (42, 43)

    def test_a_join_is_as_old_as_its_oldest_table(self, collect):
        """A fresh roster does not make an old list of units fresh."""
        moments = {"roster": HELD, "units": HELD - timedelta(days=40)}

        joined = ask(
            collect,
            "SELECT sum(people) FROM roster JOIN units USING (unit)",
            "integer",
            ("roster", "units"),
            as_of=moments,
        )
        alone = ask(collect, "SELECT count(*) FROM roster", as_of=moments)

        assert joined.as_of == HELD - timedelta(days=40)
        assert alone.as_of == HELD

    def test_a_broken_table_is_a_gap_only_for_the_facts_made_of_it(self, collect):
        """One bad file must not hide what the others prove."""
        facts = {
            "people": {"sum": {"of": "people"}, "table": "units"},
            "rows": {"count": {}, "table": "roster", "unit": "people"},
            "joined": {
                "sql": "SELECT count(*) FROM roster, units",
                "type": "integer",
                "unit": "x",
                "inputs": ["roster", "units"],
            },
        }
        files = {"roster:roster.csv": ROSTER, "units:units.csv": UNITS[:-2]}

        answers = collect(files, {"tables": TABLES, "facts": facts})

        assert [answers[name].gap for name in facts] == ["malformed", None, "malformed"]
