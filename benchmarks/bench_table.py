"""How long the table collector takes: a training export of 1,000,000 rows, and workbooks beside openpyxl.

Run: ``python benchmarks/bench_table.py [ROWS]``. Every figure is the median of five runs in this process, except the
first, which is a fresh process each time, because that is what an assessment pays.
"""

from __future__ import annotations

import io
import json
import os
import random
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from gonogo.collectors.table import TableCollector, TableSettings
from gonogo.model.program import AsOf, AsOfRule
from gonogo.plugin.spec import Input, Job

RUNS = 5
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


def collect(path: Path) -> list[Any]:
    """Collect every fact from one file."""
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
            answers = list(TableCollector().collect(job, TableSettings.model_validate_json(json.dumps(SETTINGS))))
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


def median_of(work: Callable[[], object]) -> float:
    """Return the median of the wall seconds of five runs."""
    seconds = []
    for _ in range(RUNS):
        start = time.perf_counter()
        work()
        seconds.append(time.perf_counter() - start)
    return statistics.median(seconds)


def tell(what: str, seconds: float) -> None:
    """Print one figure."""
    print(f"{what:<78} {seconds:7.2f} s")


def main() -> None:
    """Write the files, measure, print."""
    if len(sys.argv) == 3 and sys.argv[1] == "--once":
        collect(Path(sys.argv[2]))
        print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024)
        return
    rows = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000
    small = min(rows, 20_000)
    with tempfile.TemporaryDirectory() as folder:
        table, book, document = (Path(folder, name) for name in ("training.csv", "training.xlsx", "training.json"))
        write_csv(table, rows)
        once = [sys.executable, __file__, "--once", str(table)]
        peak = subprocess.run(once, check=True, capture_output=True, text=True).stdout.strip()
        print(f"{rows:,} rows, {table.stat().st_size / 1e6:.0f} MB, {len(SETTINGS['facts'])} facts, peak {peak} MB")
        tell(
            "training export, CSV: every cell checked, all facts, new process",
            median_of(lambda: subprocess.run(once, check=True, capture_output=True)),
        )
        tell("the same inside a running process", median_of(lambda: collect(table)))
        tell("csv.DictReader, one fact, nothing checked", median_of(lambda: read_with_csv_module(table)))
        write_xlsx(book, small)
        write_json(document, small)
        tell(f"workbook of {small:,} rows: every cell checked, all facts", median_of(lambda: collect(book)))
        tell("openpyxl, cells only, nothing checked", median_of(lambda: read_with_openpyxl(book)))
        tell(f"JSON of {small:,} records: every cell checked, all facts", median_of(lambda: collect(document)))


if __name__ == "__main__":
    main()
