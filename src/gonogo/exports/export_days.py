"""Days in the cells of an export: read where there is one reading, and never guessed."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from datetime import date, datetime
from typing import Any

from gonogo.collectors.columns.date_format import format_pattern
from gonogo.documents.xlsx.dates import TwoReadings, date_of_text
from gonogo.documents.xlsx.workbook import header_key


def declared_formats(settings: Mapping[str, Any]) -> dict[str, frozenset[str]]:
    """Return the date formats that a binding declares, by heading."""
    found: dict[str, frozenset[str]] = {}
    for name, column in _columns(settings):
        written = column.get("format") if isinstance(column, Mapping) else None
        if isinstance(written, str):
            heading = header_key(str(column.get("header") or name))
            found[heading] = found.get(heading, frozenset()) | {written}
    return found


def _columns(settings: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    tables = settings.get("tables")
    for each in (settings, *(tables.values() if isinstance(tables, Mapping) else ())):
        columns = each.get("columns") if isinstance(each, Mapping) else None
        if isinstance(columns, Mapping):
            yield from columns.items()


def export_day(cell: object, formats: Collection[str]) -> date | None:
    """Return the day that a cell names; None where it names none, or could name two.

    Args:
        cell: A date of a workbook, or text.
        formats: How the binding says that the column is written; where it says so, nothing but ISO 8601 is read beside.
    """
    if isinstance(cell, datetime):
        return cell.date()
    if isinstance(cell, date):
        return cell
    text = cell.strip() if isinstance(cell, str) else ""
    iso = re.match(r"\d{4}-", text, re.ASCII) is not None
    if formats and not iso:
        found = {_by_format(text, each) for each in formats}
        return found.pop() if len(found) == 1 else None
    try:
        return date.fromisoformat(date_of_text(text)[:10])
    except (TwoReadings, ValueError):
        return None


def _by_format(text: str, written: str) -> date | None:
    try:
        day_only = not {"%H", "%I"} & set(re.findall("%.", written))
        fits = re.fullmatch(format_pattern(written, day_only=day_only), text, re.ASCII)
        return datetime.strptime(text, written).date() if fits else None  # noqa: DTZ007  # only its day
    except ValueError:
        return None
