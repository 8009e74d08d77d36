"""Facts about anything that is kept as a table: CSV, XLSX or JSON, through DuckDB.

Settings name the tables, their columns and the facts; see :mod:`gonogo.collectors.table.settings`. A header that
differs, a row too many or too few: the facts made of that table are gaps. A cell that is not exactly what its column
says makes a gap of each fact that reads it, and of all where it says what the rows are
(:mod:`gonogo.collectors.table.spoilt`).
"""

from __future__ import annotations

from collections.abc import Callable

from gonogo.collectors.table.collector import TableCollector
from gonogo.collectors.table.facts import TableSettings
from gonogo.plugin.spec import Collector, hookimpl

__all__ = ["TableCollector", "TableSettings", "before_fork", "gonogo_register_collectors"]


def before_fork() -> None:
    """Import the database and open an empty one in the host, so that not every child pays for it."""
    from gonogo.collectors.table.ahead import open_ahead

    open_ahead()


@hookimpl
def gonogo_register_collectors(register: Callable[[Collector], None]) -> None:
    """Register the collector ``table``."""
    register(TableCollector())
