"""Parquet: what another reader finds in the file is what was put in, cell by cell."""

from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from gonogo.report.formats import FORMATS
from gonogo.report.machine.criteria_table import COLUMNS, CellForm, TableColumn, table_rows
from gonogo.report.machine.parquet_file import parquet

EACH = [TableColumn(kind.value, kind, "") for kind in CellForm]
NOON = datetime(2027, 4, 19, 16, tzinfo=UTC)
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def read(path: Path, columns: Any) -> list[tuple[Any, ...]]:
    """Return the rows as DuckDB reads them; of a moment its microseconds, for which DuckDB needs no time zones."""
    names = [f'epoch_us("{c.name}")' if c.kind is CellForm.MOMENT else f'"{c.name}"' for c in columns]
    import duckdb

    with duckdb.connect(config={"threads": 1}) as base:
        return base.execute(f"select {', '.join(names)} from read_parquet('{path}')").fetchall()


def plain(cell: Any) -> Any:
    return int((cell - EPOCH).total_seconds() * 1_000_000) if isinstance(cell, datetime) else cell


def round_trip(tmp_path: Path, columns: Any, rows: Any) -> list[tuple[Any, ...]]:
    path = tmp_path / "table.parquet"
    path.write_bytes(parquet(columns, rows, {"report": "urn"}, "gonogo"))
    assert read(path, columns) == [tuple(map(plain, row)) for row in rows]
    return rows


ROW = ("text", 7, True, date(2027, 4, 19), NOON)


@pytest.mark.parametrize("number", [0, 1, 7, 8, 9, 16, 17, 127, 128, 1000])
def test_any_number_of_rows_comes_back(tmp_path, number):
    """Flags are packed eight to a byte, and lengths seven bits to a byte."""
    rows = [ROW if at % 3 else (None,) * len(EACH) for at in range(number)]

    assert len(round_trip(tmp_path, EACH, rows)) == number


@pytest.mark.parametrize(
    "row",
    [
        (None, None, None, None, None),
        ("", 0, False, date(1970, 1, 1), EPOCH),
        ("é 東 \U0001f600", 2**63 - 1, True, date.max, datetime(2999, 12, 31, tzinfo=UTC)),
        ("x" * 70_000, -(2**63), False, date(1, 1, 1), datetime(1900, 1, 1, 0, 0, 0, 1, tzinfo=UTC)),
    ],
)
def test_the_ends_of_every_kind_come_back(tmp_path, row):
    """A date before 1970 is a negative number."""
    round_trip(tmp_path, EACH, [row, ROW])


@pytest.mark.parametrize("number", [1, 13, 14, 15, 16, 200])
def test_any_number_of_columns_comes_back(tmp_path, number):
    """Lists of fifteen and more have their length elsewhere."""
    columns = [TableColumn(f"c{at}", CellForm.INTEGER, "") for at in range(number)]

    round_trip(tmp_path, columns, [tuple(range(number))])


def test_the_table_of_a_run_comes_back(tmp_path, views, decided):
    """Every column with its type, in each kind of run."""
    for view in (*views.values(), decided):
        path = tmp_path / "run.parquet"
        path.write_bytes(FORMATS["parquet"].render(view))

        assert read(path, COLUMNS) == [tuple(map(plain, row)) for row in table_rows(view, "parquet")]


def test_the_file_says_what_kind_of_run_it_was(tmp_path, views):
    """Also where it has no row."""
    path = tmp_path / "run.parquet"
    path.write_bytes(FORMATS["parquet"].render(views["conditional"]))

    import duckdb

    with duckdb.connect(config={"threads": 1}) as base:
        found = base.execute(f"select key, value from parquet_kv_metadata('{path}')").fetchall()

    about = {bytes(key).decode(): bytes(value).decode() for key, value in found}
    assert about["kind"] == views["conditional"].started.kind.sentence
    assert about["report"] == "urn:gonogo:report:parquet:run-1"


def test_it_needs_a_file(assessed, capfd):
    """The line that a command prints after a report would make it unreadable."""
    from gonogo.cli import run

    assert run(["report", str(assessed.root), "-o", "parquet"]) == 2
    assert "-o parquet names no file, and is no text" in capfd.readouterr().err
