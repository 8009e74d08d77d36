"""The column of an export that says when its content held, as its profile reads that column."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

from gonogo.collectors.columns.column import Column, ColumnType
from gonogo.collectors.columns.date_ways import reads
from gonogo.first_week.dating import Dating
from gonogo.first_week.drafts.profiled import column_of
from gonogo.first_week.mapping import TableMapping
from gonogo.profiles.profile import Profile


def dating_column(profile: Profile, mapping: TableMapping, dates: Dating) -> str:
    """Return what a profile calls the column that dates an export best; empty where it reads the days of none.

    A column of plans dates nothing, and one with a cell that the profile cannot read takes every fact away.

    Args:
        profile: Of the export.
        mapping: Of the table.
        dates: Its columns that could date it.
    """
    own = {name: _column_of(profile, mapping, name) for name in dates.may}
    return own.get(dates.best(mapping, [name for name, found in own.items() if found]), "")


def _column_of(profile: Profile, mapping: TableMapping, name: str) -> str:
    guess = mapping.read[name]
    found = column_of(profile, guess.heading)
    tables = [table["columns"] for table in profile.tables.values() if found in table["columns"]]
    written: dict[str, Any] = tables[0][found] if tables else {}
    if written.get("type") not in (ColumnType.DATE, ColumnType.INSTANT) or written.get("planned"):
        return ""
    column = Column.model_validate_json(json.dumps(written))
    cells = {row[guess.index] for row in mapping.grid.rows}
    texts = {str(cell) for cell in cells if cell not in ("", None) and not isinstance(cell, date)}
    return found if not texts or reads(column, texts) else ""
