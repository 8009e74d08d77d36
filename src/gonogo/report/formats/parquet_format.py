"""A row for each criterion as Apache Parquet, for Power BI, DuckDB and notebooks: the columns of `csv`, with types."""

from __future__ import annotations

from typing import Final

from gonogo.report.escape import escape
from gonogo.report.machine.criteria_table import COLUMNS, table_rows
from gonogo.report.machine.notation import name_of
from gonogo.report.machine.parquet_file import parquet
from gonogo.report.view import RunView

SUFFIX: Final = ".parquet"
FOR_MACHINES: Final = True
MEDIA_TYPE: Final = "application/vnd.apache.parquet"


def render(view: RunView) -> bytes:
    """Return the file; what kind of run it was stands in each row and beside the table."""
    run = view.started
    about = {
        "report": name_of(view, "parquet"),
        "kind": escape(run.kind.sentence),
        "marking": escape(run.program.marking),
    }
    return parquet(COLUMNS, list(table_rows(view, "parquet")), about, f"gonogo {run.envelope.version}")
