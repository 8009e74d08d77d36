"""Reads the tables of a Primavera XER file: tab-separated ``%T`` table, ``%F`` fields, ``%R`` rows, ``%E`` end.

The first line (``ERMHDR``) holds the date of the export and the base currency, whose row in CURRTYPE says which decimal
symbol the numbers of the file have.

A file without ``%E`` was cut off; a row that does not fit its fields has lost something. Both are malformed. Short rows
are accepted only where an editor took the blanks off the end of every line of the file: then none ends with a tab.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Mapping
from datetime import datetime
from fractions import Fraction
from functools import lru_cache
from typing import Final

from gonogo.plugin.spec import CollectorRefusal, Input

MAX_LINE: Final = 2_000_000
CACHED: Final = 4096
"""Schedules repeat few dates and durations many times."""
_NUMBER: Final = re.compile(r"-?[0-9]{1,12}(?:\.[0-9]{1,9})?", re.ASCII)
_WITH_A_BLANK: Final = ("%T ", "%F ", "%R ")
_DATE: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2} [0-9]{2}:[0-9]{2}(?::[0-9]{2})?", re.ASCII)

Row = dict[str, str]

WANTED: Final[Mapping[str, tuple[str, ...]]] = {
    "CURRTYPE": (),
    "PROJECT": ("proj_id", "proj_short_name"),
    "CALENDAR": ("clndr_id", "clndr_data"),
    "PROJWBS": ("wbs_id", "proj_id", "parent_wbs_id", "proj_node_flag", "wbs_short_name"),
    "TASK": (
        "task_id", "proj_id", "wbs_id", "clndr_id", "task_type", "status_code", "task_code", "task_name",
        "total_float_hr_cnt", "target_drtn_hr_cnt", "remain_drtn_hr_cnt", "cstr_type", "cstr_date",
        "act_start_date", "act_end_date", "early_start_date", "early_end_date", "target_start_date", "target_end_date",
    ),
    "TASKPRED": ("task_id", "pred_task_id", "proj_id", "pred_proj_id", "pred_type", "lag_hr_cnt"),
    "RSRC": ("rsrc_id", "rsrc_name", "rsrc_type"),
    "RSRCRATE": ("rsrc_id", "max_qty_per_hr"),
    "TASKRSRC": ("task_id", "proj_id", "rsrc_id"),
    "ACTVTYPE": ("actv_code_type_id", "actv_code_type"),
    "ACTVCODE": ("actv_code_id", "short_name"),
    "TASKACTV": ("task_id", "actv_code_type_id", "actv_code_id"),
    "UDFTYPE": ("udf_type_id", "table_name", "udf_type_label"),
    "UDFVALUE": ("udf_type_id", "fk_id", "udf_text"),
    "SCHEDOPTIONS": (),
}  # fmt: skip
"""Tables that are read, with the columns that each must have."""

ASIDE: Final = frozenset(
    ["RSRC", "RSRCRATE", "TASKRSRC", "ACTVTYPE", "ACTVCODE", "TASKACTV", "UDFTYPE", "UDFVALUE", "SCHEDOPTIONS"]
)  # fmt: skip
"""Tables about people, contracts and options: one that lacks a column takes those facts away, and no others."""

NUMBERS: Final = (
    "total_float_hr_cnt", "target_drtn_hr_cnt", "remain_drtn_hr_cnt", "phys_complete_pct", "remain_work_qty",
    "act_work_qty", "lag_hr_cnt", "day_hr_cnt", "max_qty_per_hr", "remain_qty_per_hr", "target_qty_per_hr",
)  # fmt: skip
"""Columns that hold numbers."""

MARKS: Final = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
"""Byte order marks, and the encoding that each proves."""


def encoding_of(source: Input, stated: str) -> str:
    """Return the encoding that a byte order mark proves, else the stated one."""
    with source.open() as stream:
        head = stream.read(3)
    return next((proved for mark, proved in MARKS if head.startswith(mark)), stated)


def _lines(source: Input, encoding: str) -> Iterator[str]:
    with io.TextIOWrapper(source.open(), encoding=encoding, errors="strict", newline="\n") as text:
        while line := text.readline(MAX_LINE + 1):
            if len(line) > MAX_LINE:
                raise CollectorRefusal(f"a line is longer than {MAX_LINE} characters")
            yield line.removesuffix("\n").removesuffix("\r")


class _XerTable:
    """Rows of the table that is being read."""

    def __init__(self, name: str, number: int, fields: list[str]) -> None:
        missing = [column for column in WANTED[name] if column not in fields]
        self.lacks = ""
        if missing or len(set(fields)) != len(fields):
            self.lacks = f"line {number}: table {name} lacks {', '.join(missing) or 'distinct columns'}"
            if name not in ASIDE:
                raise CollectorRefusal(self.lacks)
        self.name, self.fields = name, fields
        self.rows: list[Row] = []

    def add(self, number: int, cells: list[str]) -> bool:
        """Add a row; return whether it was short."""
        if len(cells) == len(self.fields):
            if not self.lacks:
                self.rows.append(dict(zip(self.fields, cells, strict=True)))
            return False
        if len(cells) > len(self.fields) or not cells[-1]:
            raise CollectorRefusal(
                f"line {number}: a row of {self.name} has {len(cells)} cells where {len(self.fields)} are declared"
            )
        cells += [""] * (len(self.fields) - len(cells))
        if not self.lacks:
            self.rows.append(dict(zip(self.fields, cells, strict=True)))
        return True


class Tables(dict[str, list[Row]]):
    """The rows of every wanted table; one that the file does not hold, or that lacks a column, is empty."""

    def __init__(self, tables: Mapping[str, _XerTable]) -> None:
        super().__init__({wanted: tables[wanted].rows if wanted in tables else [] for wanted in WANTED})
        self.lacks = {name: table.lacks for name, table in tables.items() if table.lacks}

    def need(self, *names: str) -> None:
        """Check that the tables lack no column.

        Raises:
            CollectorRefusal: One does.
        """
        for name in names:
            if name in self.lacks:
                raise CollectorRefusal(f"{self.lacks[name]}: export the project again, whole")


def read_tables(source: Input, encoding: str) -> tuple[Tables, datetime | None]:
    """Return the rows of every wanted table, and the day of the export.

    Numbers come with a decimal point, whatever symbol the file writes.

    Raises:
        CollectorRefusal: No XER file, cut off, wrongly encoded, a table or column twice, a column missing, or a row
            that does not fit.
    """
    encoding = encoding_of(source, encoding)
    lines = _lines(source, encoding)
    try:
        header = next(lines, "").split("\t")
        if header[0] != "ERMHDR" or len(header) == 1:
            raise CollectorRefusal("the file does not begin with ERMHDR: it is not a Primavera XER file")
        tables = _read(lines)
        if _decimal_symbol(header, tables["CURRTYPE"]) == ",":
            _with_points(tables)
        return tables, _exported(header)
    except UnicodeError as error:
        raise CollectorRefusal(f"the text is not {encoding} throughout; state its encoding in the settings") from error


def _exported(header: list[str]) -> datetime | None:
    """Return the beginning of the day of the export; None where the header does not say it in the usual way."""
    text = header[2] if len(header) > 2 else ""
    return _date(f"{text} 00:00") or _date(text)


def _decimal_symbol(header: list[str], rows: list[Row]) -> str:
    """Return the decimal symbol of the base currency; without its row, the one that all rows agree on, else a point."""
    base = header[8] if len(header) > 8 else ""
    own = [row for row in rows if base and row.get("curr_short_name") == base] or rows
    symbols = {row.get("decimal_symbol", "") for row in own}
    return symbols.pop() if len(symbols) == 1 else "."


def _with_points(tables: Tables) -> None:
    """Write the numbers of a file with decimal commas with points.

    Raises:
        CollectorRefusal: A number has a point, which may divide thousands or stand for the comma.
    """
    for name, rows in tables.items():
        columns = [column for column in NUMBERS if rows and column in rows[0]]
        for row in rows:
            for column in columns:
                if "." in row[column]:
                    raise CollectorRefusal(
                        f"{_of(row)} of {name}: {column} is {row[column][:60]!r}, but the file's base currency has the "
                        "decimal symbol ',' (CURRTYPE): nobody can tell what the point means"
                    )
                row[column] = row[column].replace(",", ".")


def _read(lines: Iterator[str]) -> Tables:
    tables: dict[str, _XerTable] = {}
    name, table = "", None
    seen: set[str] = set()
    first_short, tab_at_end = 0, False
    for number, line in enumerate(lines, start=2):
        mark, _, rest = line.partition("\t")
        tab_at_end = tab_at_end or line.endswith("\t")
        if mark == "%T":
            name, table = rest.strip(), None
            if name in seen:
                raise CollectorRefusal(f"line {number}: table {name[:40]} is written twice")
            seen.add(name)
        elif mark == "%F":
            if not name or name in tables:
                raise CollectorRefusal(f"line {number}: there are fields where a table or row was expected")
            if name in WANTED:
                table = tables[name] = _XerTable(name, number, rest.split("\t"))
        elif mark == "%R":
            if table is not None:
                if table.add(number, rest.split("\t")) and not first_short:
                    first_short = number
            elif not name or name in WANTED:
                raise CollectorRefusal(f"line {number}: a row comes before the fields of its table")
        elif mark.strip() == "%E":
            if any(rest_of_file.strip("\x00\x1a \t\r\n") for rest_of_file in lines):
                raise CollectorRefusal(f"line {number}: the file continues after its end")
            if first_short and tab_at_end:
                raise CollectorRefusal(f"line {first_short}: a row has fewer cells than its table declares")
            return Tables(tables)
        elif table is not None or not name:
            if line.startswith(_WITH_A_BLANK):
                raise CollectorRefusal(
                    f"line {number}: {line[:2]} and a blank where P6 writes a tab: it was changed; export it again"
                )
            raise CollectorRefusal(f"line {number}: neither table, fields, row nor end")
    raise CollectorRefusal("the file ends without %E: it was cut off")


@lru_cache(maxsize=CACHED)
def _date(text: str) -> datetime | None:
    try:
        return datetime.fromisoformat(text) if _DATE.fullmatch(text) else None
    except ValueError:
        return None


@lru_cache(maxsize=CACHED)
def _number(text: str) -> Fraction | None:
    return Fraction(text) if _NUMBER.fullmatch(text) else None


@lru_cache(maxsize=CACHED)
def _minutes(hours: str) -> Fraction | None:
    number = _number(hours)
    return None if number is None else number * 60


def read_date(row: Row, name: str) -> datetime | None:
    """Return a local date and time ``2027-04-15 17:00``; None when it is absent or blank.

    Raises:
        CollectorRefusal: It is written otherwise.
    """
    text = row.get(name, "")
    if not text:
        return None
    moment = _date(text)
    if moment is not None:
        return moment
    raise CollectorRefusal(f"{_of(row)}: {name} is {text[:60]!r}, not a date such as 2027-04-15 17:00")


def read_number(row: Row, name: str) -> Fraction | None:
    """Return a number with a decimal point; None when it is absent or blank.

    Raises:
        CollectorRefusal: It is written otherwise; a decimal symbol that the file does not declare is not guessed at.
    """
    text = row.get(name, "")
    if not text:
        return None
    number = _number(text)
    if number is None:
        raise CollectorRefusal(
            f"{_of(row)}: {name} is {text[:60]!r}, not a number with a decimal point (a file with another decimal "
            "symbol says so in its base currency's row of CURRTYPE)"
        )
    return number


def read_hours(row: Row, name: str) -> Fraction | None:
    """Return minutes from a number of hours; None when it is absent or blank.

    Raises:
        CollectorRefusal: It is no number.
    """
    minutes = _minutes(row.get(name, ""))
    return read_number(row, name) if minutes is None else minutes  # which is None for a blank, and refuses the rest


def _of(row: Row) -> str:
    return f"activity {row['task_code'][:40]}" if row.get("task_code") else "a row"
