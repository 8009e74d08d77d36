"""Tables of SQLite databases: read whole, exactly, and without running anything that the file says."""

from __future__ import annotations

import sqlite3

import pytest
from tests.spoiled import no_better

from gonogo.collectors.table import TableCollector
from gonogo.plugin.spec import CollectorRefusal
from gonogo.testing.jobs import SAMPLE_NOW, answers_of, job_of

COLUMNS = {"account": {"type": "id"}, "balance": {"type": "money", "unit": "USD"}}
ROWS = [("1010", 1250.5), ("2110", -300), ("3100", 0.01)]


def database(tmp_path, *statements: str, rows=ROWS, name: str = "gl", mode: str = "DELETE") -> bytes:
    path = tmp_path / "made.sqlite"
    path.unlink(missing_ok=True)
    with sqlite3.connect(path) as connection:
        connection.execute(f"PRAGMA journal_mode={mode}")
        connection.execute(f'CREATE TABLE "{name}" (account TEXT, balance)')
        connection.executemany(f'INSERT INTO "{name}" VALUES (?, ?)', rows)
        for statement in statements:
            connection.execute(statement)
    connection.close()
    return path.read_bytes()


def read(data: bytes, file_name: str = "gl.sqlite", **table):
    settings = {
        "tables": {"t": {"columns": COLUMNS, "unique": ["account"], **table}},
        "facts": {"total": {"sum": {"of": "balance"}}, "accounts": {"count": {}, "unit": "accounts"}},
    }
    return answers_of(TableCollector(), job_of({"file": (file_name, data)}, as_of=SAMPLE_NOW), settings)


def refused(data: bytes, **table) -> str:
    details = {answer.detail for answer in read(data, **table).values()}
    assert len(details) == 1
    return details.pop()


class TestRead:
    @pytest.mark.parametrize("ending", ["sqlite", "sqlite3", "db"])
    def test_the_only_table_is_read_and_money_is_exact(self, tmp_path, ending):
        """Cents decide whether two ledgers agree."""
        answers = read(database(tmp_path), f"gl.{ending}")

        assert (str(answers["total"].value), answers["accounts"].value) == ("950.51", 3)

    def test_of_several_tables_the_named_one_is_read(self, tmp_path):
        """An empty one beside it would pass for it."""
        data = database(tmp_path, "CREATE TABLE empty (account TEXT, balance)")

        assert "has 2 tables; say which one by sheet: empty, gl" in refused(data)
        assert read(data, sheet="gl")["accounts"].value == 3
        assert "has no table 'GL'" in refused(data, sheet="GL")

    def test_a_name_is_a_name_and_never_a_statement(self, tmp_path):
        """Names come from a file."""
        name = 'gl" WHERE 1=0 --'
        data = database(tmp_path, name=name.replace('"', '""'))

        assert read(data, sheet=name)["accounts"].value == 3


class TestRefused:
    def test_a_float_that_is_no_amount_of_cents_is_not_rounded(self, tmp_path):
        """0.1 + 0.2 is not 0.30 in a database of floats."""
        answers = read(database(tmp_path, rows=[("1", 0.1 + 0.2)]))

        assert "'balance' is not an amount" in answers["total"].detail
        assert answers["accounts"].value == 1

    def test_wal_mode_may_hide_the_newest_rows(self, tmp_path):
        """They are in a file that nobody bound."""
        assert "WAL mode" in refused(database(tmp_path, mode="WAL"))

    def test_a_view_is_not_read(self, tmp_path):
        """It shows what it likes."""
        data = database(tmp_path, "CREATE VIEW clean AS SELECT account, 0 AS balance FROM gl")

        assert "is a view" in refused(data, sheet="clean")

    def test_binary_cells_unknown_columns_and_no_database_are_refused(self, tmp_path):
        """Each says what is wrong."""
        assert "binary data" in refused(database(tmp_path, rows=[("1", b"\1")]))
        assert "neither read nor ignore" in refused(database(tmp_path, "ALTER TABLE gl ADD COLUMN closed TEXT"))
        assert "no SQLite database" in refused(b"account,balance\n1,2\n")
        assert "no SQLite database" in refused(b"")

    def test_a_cut_or_damaged_file_is_refused(self, tmp_path):
        """Half a ledger balances as well as a whole one."""
        data = database(tmp_path, rows=[(str(number), number) for number in range(3000)])

        assert "longer or shorter" in refused(data[: len(data) // 2])
        middle = len(data) // 2
        assert "damaged" in refused(data[:middle] + b"\xff" * 4096 + data[middle + 4096 :])

    def test_a_trigger_or_a_default_of_the_file_runs_nothing(self, tmp_path):
        """Reading is all that happens."""
        data = database(
            tmp_path,
            "CREATE TRIGGER t AFTER INSERT ON gl BEGIN DELETE FROM gl; END",
            "CREATE TABLE other (x DEFAULT (abs(-9223372036854775808)))",
        )

        assert read(data, sheet="gl")["accounts"].value == 3


def test_a_file_that_is_longer_than_it_says_is_refused(tmp_path):
    """SQLite reads the first part, and another reader might read the rest."""
    data = database(tmp_path)

    assert "longer or shorter than its first page says" in refused(data + data)
    assert "longer or shorter than its first page says" in refused(data[:-512])


@pytest.mark.fuzz
def test_a_spoiled_database_never_has_more_rows(tmp_path):
    """No crash: the database is another's code, and the file another's data."""
    data = database(tmp_path)

    def counted(made: bytes):
        answers = read(made)
        if answers["accounts"].gap is not None:
            raise CollectorRefusal("refused")
        return {"accounts": answers["accounts"]}

    assert no_better(counted, data, more_is_better=frozenset(["accounts"])) == []
