"""How long the table collector takes: exports of 1,000,000 and 10,000,000 rows, and a workbook beside openpyxl.

Run: ``python benchmarks/bench_table.py [ROWS]``. Figures are medians of five runs; that of the largest file is one run,
for its memory.
"""

from __future__ import annotations

import gc
import io
import json
import os
import random
import sys
import tempfile
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any

from measuring import command, compared, work

from gonogo.collectors.table import TableCollector, TableSettings
from gonogo.first_week.mapping import map_file
from gonogo.model.program import AsOf, AsOfRule
from gonogo.plugin.spec import Input, Job

RUNS = 5
BLOCK = 100_000
"""Rows of the largest file that are made at a time."""
HELD = datetime(2027, 4, 18, 4, 0, tzinfo=UTC)
STATUS = ("Completed", "In Progress", "Not Started", "Failed")
HEADER = "Employee ID,Unit,Course,Status,Completed On,Score,Cost,Required"
SETTINGS: dict[str, Any] = {
    "tables": {
        "training": {
            "columns": {
                "person_id": {"header": "Employee ID", "type": "id"},
                "unit": {"header": "Unit", "type": "text"},
                "course": {"header": "Course", "type": "text"},
                "status": {"header": "Status", "type": "text", "allowed": list(STATUS)},
                "completed_on": {
                    "header": "Completed On",
                    "type": "date",
                    "format": "%m/%d/%Y",
                    "optional": True,
                    "given": "is_completed",
                },
                "score": {"header": "Score", "type": "integer", "unit": "points"},
                "cost": {"header": "Cost", "type": "money", "unit": "USD"},
                "required": {"header": "Required", "type": "boolean"},
            },
            "unique": ["person_id"],
        }
    },
    "facts": {
        "completed_ratio": {"share": {"where": 'status == "Completed"', "among": "required"}},
        "lowest_unit_ratio": {
            "share": {"where": 'status == "Completed"', "among": "required"},
            "by": {"column": "unit", "take": "lowest", "min_group": 5},
        },
        "required_people": {"count": {"where": "required"}, "unit": "people"},
        "recent": {"count": {"where": "is_completed and completed_on >= now - 90d"}, "unit": "people"},
        "total_cost": {"sum": {"of": "cost"}},
        "lowest_score": {"min": {"of": "score", "where": 'status == "Completed"'}},
        "courses_failed": {
            "sql": "SELECT count(*) FILTER (status = 'Failed') AS part, count(*) AS whole FROM training",
            "type": "ratio",
            "inputs": ["training"],
        },
    },
}


def write_csv(path: Path, rows: int) -> None:
    """Write a training export with one row for each learner."""
    chance = random.Random(20270419)
    with path.open("w", encoding="utf-8") as stream:
        stream.write(HEADER + "\n")
        for row in range(rows):
            stream.write(",".join(cells_of(row, chance)) + "\n")


def cells_of(row: int, chance: random.Random) -> list[str]:
    """Return the cells of one learner."""
    status = chance.choice(STATUS)
    day = f"{1 + row % 3:02d}/{1 + row % 28:02d}/2027" if status == "Completed" else ""
    cents = f"{row % 1000}.{row % 100:02d}"
    required = "Yes" if row % 3 else "No"
    return [
        f"E{100000 + row}",
        f"Unit {row % 21:02d}",
        f"FIN-{row % 9}",
        status,
        day,
        str(60 + row % 41),
        cents,
        required,
    ]


def write_xlsx(path: Path, rows: int) -> None:
    """Write the same export as a workbook."""
    import xlsxwriter

    chance = random.Random(20270419)
    with xlsxwriter.Workbook(str(path), {"constant_memory": True}) as book:
        sheet = book.add_worksheet("Training")
        day_format = book.add_format({"num_format": "mm/dd/yyyy"})
        sheet.write_row(0, 0, HEADER.split(","))
        for row in range(rows):
            cells: list[Any] = list(cells_of(row, chance))
            for column, cell in enumerate(cells):
                if column == 4 and cell:
                    sheet.write_datetime(row + 1, 4, datetime.strptime(cell, "%m/%d/%Y"), day_format)  # noqa: DTZ007  # a cell has no zone
                elif column in (5, 6):
                    sheet.write_number(row + 1, column, float(cell))
                else:
                    sheet.write_string(row + 1, column, cell)


def write_json(path: Path, rows: int) -> None:
    """Write the same export as JSON."""
    chance = random.Random(20270419)
    keys = HEADER.split(",")
    records = []
    for row in range(rows):
        record: dict[str, Any] = dict(zip(keys, cells_of(row, chance), strict=True))
        record["Score"] = int(record["Score"])
        record["Cost"] = float(record["Cost"])
        records.append(record)
    path.write_text(json.dumps(records))


def collect(path: Path, *, sql: bool = True) -> list[Any]:
    """Collect every fact from one file; without ``sql`` all but the one that an analyst asks for."""
    facts = {name: fact for name, fact in SETTINGS["facts"].items() if sql or "sql" not in fact}
    settings = TableSettings.model_validate_json(json.dumps({**SETTINGS, "facts": facts}))
    descriptor = os.open(path, os.O_RDONLY)
    try:
        with tempfile.TemporaryDirectory() as scratch:
            rule = AsOf(rule=AsOfRule.SAID, at=HELD, by="Ada Kirsch")
            source = Input("file", path.name, path.stat().st_size, "0" * 64, rule, descriptor, HELD)
            job = Job(
                now=HELD,
                go_live=HELD,
                time_zone="America/New_York",
                program="p",
                release="r",
                binding="b",
                scratch=scratch,
                files=(source,),
            )
            answers = list(TableCollector().collect(job, settings))
    finally:
        os.close(descriptor)
    gaps = [answer.detail for answer in answers if answer.gap]
    if gaps:
        raise SystemExit("\n".join(gaps))
    return answers


def read_with_openpyxl(path: Path) -> int:
    """Read every cell, as a script without a library for tables would."""
    import openpyxl

    book = openpyxl.load_workbook(io.BytesIO(path.read_bytes()), read_only=True, data_only=True)
    count = sum(1 for row in book["Training"].iter_rows(values_only=True) for _ in row)
    book.close()
    return count


def read_with_csv_module(path: Path) -> int:
    """Reduce the CSV to one of the facts with the csv module, as a script would."""
    import csv

    with path.open(encoding="utf-8", newline="") as stream:
        return sum(row["Status"] == "Completed" and row["Required"] == "Yes" for row in csv.DictReader(stream))


def write_many(path: Path, rows: int) -> None:
    """Write an export of millions of rows, in blocks that differ in their ids alone."""
    chance = random.Random(20270419)
    block = "".join("E@@@" + ",".join(cells_of(row, chance))[1:] + "\n" for row in range(BLOCK)).encode()
    with path.open("wb") as stream:
        stream.write(HEADER.encode() + b"\n")
        for number in range(rows // BLOCK):
            stream.write(block.replace(b"@@@", b"%03d" % number))


def main() -> None:
    """Write the files, measure, print."""
    if len(sys.argv) == 3:
        path = Path(sys.argv[2])
        once = {"--all": collect, "--without-sql": partial(collect, sql=False), "--script": read_with_csv_module}
        once[sys.argv[1]](path)
        return
    rows = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000
    book_rows, many = min(rows, 100_000), rows * 10
    gc.set_threshold(100_000, 20, 20)  # as in a collector's child
    with tempfile.TemporaryDirectory() as folder:
        table, book, document = (Path(folder, name) for name in ("training.csv", "training.xlsx", "training.json"))
        write_csv(table, rows)
        print(f"{rows:,} rows of CSV, {table.stat().st_size / 1e6:.0f} MB, {len(SETTINGS['facts'])} facts")
        again = [sys.executable, __file__]
        print(f"  table: every cell checked, all facts, new process: {command([*again, '--all', table], RUNS)}")
        ours, theirs = work(lambda: collect(table), RUNS), work(lambda: read_with_csv_module(table), RUNS)
        print(f"  the same inside a running process: {ours}, {compared(ours, theirs)}")
        print(f"  csv.DictReader: one fact, nothing checked: {theirs}")
        table.unlink()
        write_xlsx(book, book_rows)
        mapped, ours = work(lambda: map_file(book), RUNS), work(lambda: collect(book), RUNS)
        theirs = work(lambda: read_with_openpyxl(book), RUNS)
        print(f"workbook of {book_rows:,} rows, 8 columns, {book.stat().st_size / 1e6:.1f} MB")
        print(f"  map, every cell looked at: {mapped}, {compared(mapped, theirs)}")
        print(f"  table: every cell checked, all facts: {ours}, {compared(ours, theirs)}")
        print(f"  openpyxl, read-only: cells alone, nothing checked: {theirs}")
        write_json(document, 20_000)
        print(f"JSON of 20,000 records: every cell checked, all facts: {work(lambda: collect(document), RUNS)}")
        write_many(table, many)
        print(f"{many:,} rows of CSV, {table.stat().st_size / 1e6:.0f} MB")
        ours, theirs = (command([*again, way, table], 1) for way in ("--without-sql", "--script"))
        print(f"  table: every cell checked, all facts but the one in SQL: {ours}, {compared(ours, theirs)}")
        print(f"  csv.DictReader: one fact, nothing checked: {theirs}")


if __name__ == "__main__":
    main()
