"""The example files of profiles as bytes; workbooks are kept as text, so that people can read what changes in them."""

from __future__ import annotations

import csv
import io
import re
from datetime import UTC, datetime
from typing import Any, Final

from gonogo.documents.xlsx.writer import new_workbook
from gonogo.profiles.profile import Example, Profile

WORKBOOK: Final = ".xlsx.csv"
"""End of the name of an example that is a workbook, a row a line. A line ``[Name]`` begins another sheet. ``#3``,
``#45%`` and ``#true`` are a number, a share and a boolean; days and times in ISO 8601 are real ones. ``#^2`` at the end
of a line is the outline level of its row."""
_LEVEL: Final = re.compile(r"#\^([0-7])")
_DAY: Final = re.compile(r"\d{4}-\d\d-\d\d")
_TIME: Final = re.compile(r"\d{4}-\d\d-\d\d[ T]\d\d:\d\d(?::\d\d)?")
_SHEET: Final = re.compile(r"\[(.{1,31})\]")


def example_file(profile: Profile, example: Example) -> tuple[str, bytes]:
    """Return the name of an example as the tool would end it, and its bytes.

    Raises:
        OSError: There is no such file beside the profile.
    """
    data = (profile.path.parent / example.file).read_bytes()
    if not example.file.endswith(WORKBOOK):
        return example.file, data
    sheet = profile.sheets[0].replace("*", "") if profile.sheets else "Sheet1"
    return example.file.removesuffix(".csv"), workbook_of(data.decode("utf-8"), sheet)


def workbook_of(text: str, sheet: str) -> bytes:
    """Return the workbook of a text, the same bytes each time.

    Args:
        text: Rows as CSV.
        sheet: Name of the first sheet.
    """
    stream = io.BytesIO()
    book = new_workbook(stream)
    book.set_properties({"created": datetime(2027, 4, 18, tzinfo=UTC)})
    looks = {
        "day": book.add_format({"num_format": "yyyy-mm-dd"}),
        "time": book.add_format({"num_format": "yyyy-mm-dd hh:mm:ss"}),
        "share": book.add_format({"num_format": "0%"}),
    }
    page, row = None, 0
    for cells in csv.reader(io.StringIO(text)):
        named = _SHEET.fullmatch(cells[0]) if len(cells) == 1 else None
        if named or page is None:
            page, row = book.add_worksheet(named[1] if named else sheet), 0
            if named:
                continue
        level = _LEVEL.fullmatch(cells[-1]) if cells else None
        if level:
            page.set_row(row, None, None, {"level": int(level[1])})
            cells = cells[:-1]
        for column, cell in enumerate(cells):
            _write(page, row, column, cell, looks)
        row += 1
    book.close()
    return stream.getvalue()


def _write(page: Any, row: int, column: int, cell: str, looks: dict[str, Any]) -> None:
    if _TIME.fullmatch(cell):
        page.write_datetime(row, column, datetime.fromisoformat(cell), looks["time"])
    elif _DAY.fullmatch(cell):
        page.write_datetime(row, column, datetime.fromisoformat(cell), looks["day"])
    elif cell in ("#true", "#false"):
        page.write_boolean(row, column, cell == "#true")
    elif re.fullmatch(r"#-?\d+(?:\.\d+)?%", cell):
        page.write_number(row, column, float(cell[1:-1]) / 100, looks["share"])
    elif re.fullmatch(r"#-?\d+(?:\.\d+)?", cell):
        page.write_number(row, column, float(cell[1:]))
    elif cell:
        page.write_string(row, column, cell)
