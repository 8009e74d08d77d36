"""A day in a cell of an export is read where there is one reading, and never guessed."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from gonogo.exports.export_days import declared_formats, export_day

US = "%m/%d/%Y"
DAY = date(2027, 4, 5)


@pytest.mark.parametrize(
    ("cell", "formats", "day"),
    [
        (DAY, (), DAY),
        (datetime(2027, 4, 5, 17), (), DAY),  # noqa: DTZ001  # as a workbook gives it
        ("2027-04-05", (), DAY),
        ("2027-04-05", (US,), DAY),
        ("11/22/2026", (), date(2026, 11, 22)),
        ("April 5, 2027", (), DAY),
        ("4/5/2027", (), None),
        ("4/5/2027", (US,), DAY),
        ("04/05/2027 09:30", ("%m/%d/%Y %H:%M",), DAY),
        ("4/5/2027", (US, "%d/%m/%Y"), None),
        ("22/11/2026", (US,), None),
        ("4/5/2027", ("%Q",), None),
        ("soon", (), None),
        ("", (US,), None),
        (46117, (), None),
        (None, (), None),
    ],
)
def test_a_day_is_read_only_where_there_is_one(cell: object, formats: tuple[str, ...], day: date | None):
    """A wrong last day would be signed unseen; a blank one costs a minute."""
    assert export_day(cell, formats) == day


@pytest.mark.parametrize(
    "settings",
    [
        {"columns": {"x": {"header": "Tried  On", "format": US}}},
        {"tables": {"t": {"columns": {"tried on": {"format": US}}}}},
        {"columns": {"y": "Status", "x": {"header": "tried on", "format": US}}, "tables": ["odd"]},
    ],
)
def test_a_format_belongs_to_its_heading(settings: dict[str, object]):
    """A binding names a column by its heading, or by its own name where they are one."""
    assert declared_formats(settings) == {"tried on": frozenset({US})}
