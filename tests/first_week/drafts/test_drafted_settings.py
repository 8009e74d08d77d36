"""Critical tests that failed: known only when each of them has an outcome."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from gonogo.collectors.table.settings import Table
from gonogo.first_week.drafts.draft_terms import required_of
from gonogo.first_week.drafts.drafted_settings import settings_of
from gonogo.first_week.drafts.table_draft import draft_table
from gonogo.first_week.mapping import map_file
from gonogo.ruleset.loader import LoadedRuleset


def query(folder: Path, rules: LoadedRuleset, rows: str) -> str:
    """The query of the critical cases that failed."""
    (folder / "uat.csv").write_text(f"Case,Priority,Result\n{rows}", encoding="utf-8")
    found = settings_of(
        draft_table(map_file(folder / "uat.csv"), "uat", rules.vocabulary, required_of(rules.ruleset, rules.vocabulary))
    )
    for table in found["tables"].values():
        Table.model_validate_json(json.dumps(table))
    return str(found["facts"]["uat.critical_failed"]["sql"])


@pytest.mark.parametrize(
    ("rows", "answer"),
    [
        ("1,Critical,Failed\n2,Critical,Passed\n3,Low,Failed\n", 1),
        ("1,Critical,Passed\n2,Critical,Passed\n3,Low,Not run\n", 0),
        ("1,Critical,Failed\n2,Critical,Not run\n3,Low,Passed\n", None),
        ("1,High,Failed\n2,Low,Passed\n3,Low,Passed\n", None),
        ("1,Critical,It's odd\n2,Critical,Passed\n3,Low,Failed\n", 1),
        ("1,Critical,Cancelled\n2,Critical,Passed\n3,Low,Failed\n", None),
    ],
    ids=["failed", "all passed", "one did not run", "none is critical", "a word that nobody knows", "cancelled"],
)
def test_how_many_critical_ones_failed_is_known_only_when_all_ran(
    tmp_path: Path, rules: LoadedRuleset, rows: str, answer: int | None
) -> None:
    """A critical case that did not run has not failed, and a zero would say that it is fine."""
    import duckdb

    sql = query(tmp_path, rules, rows)
    connection = duckdb.connect(":memory:")
    connection.execute("CREATE TABLE uat (priority VARCHAR, result VARCHAR)")
    for line in rows.splitlines():
        connection.execute("INSERT INTO uat VALUES (?, ?)", line.split(",")[1:])

    assert connection.execute(sql).fetchone() == (answer,)
