"""How long the first week takes: ``init`` on 500 files, ``add`` of one more, ``map`` of a workbook of 100,000 rows.

Prints medians of whole processes, and of the work alone, so that start-up is seen apart.

    python benchmarks/bench_intake.py [--runs 5]
"""

from __future__ import annotations

import argparse
import shutil
import sys
import tempfile
from datetime import date, timedelta
from pathlib import Path

import xlsxwriter
from measuring import command, work

FILES = 500
ROWS = 100_000
GIVEN = {
    "customer": "NIWA",
    "provider": "CFSC",
    "release": "R1",
    "go_live": "2027-05-03T06:00",
    "time_zone": "America/New_York",
}
PROGRAM = """\
schema: 1
program: {id: p, customer: NIWA, provider: CFSC, time_zone: America/New_York}
releases:
  - {id: R1, go_live: 2027-05-03T06:00}
ruleset: m3-baseline@1.0.0
evidence: []
"""
CSV = "case,unit,status,done_on\n" + "".join(f"C{n:05},Gulf,Open,2027-04-{n % 28 + 1:02}\n" for n in range(2000))
JUNIT = "<testsuites>" + '<testcase classname="a" name="T-1"/>' * 2000 + "</testsuites>"
MSPDI = '<Project xmlns="http://schemas.microsoft.com/project">' + "<Task><UID>1</UID></Task>" * 4000 + "</Project>"


def evidence(folder: Path) -> None:
    """Write 500 files of every kind that is recognized, and of some that are not."""
    book = folder / "book.bin"
    made = xlsxwriter.Workbook(book)
    for name in ("Cover", "Risk Log", "Issue Log"):
        made.add_worksheet(name).write(0, 0, "Title")
    made.close()
    kinds: list[tuple[str, bytes]] = [
        ("csv", CSV.encode()),
        ("xml", JUNIT.encode()),
        ("xml", MSPDI.encode()),
        ("xlsx", book.read_bytes()),
        ("json", b'{"issues": [' + b'{"id": 1, "state": "open"},' * 2000 + b'{"id": 2}]}'),
        ("sarif", b'{"version": "2.1.0", "runs": []}'),
        ("pdf", b"%PDF-1.7" + b"x" * 100_000),
        ("txt", b"Dear all,\nnothing new.\n" * 500),
    ]
    book.unlink()
    for number in range(FILES):
        ending, data = kinds[number % len(kinds)]
        (folder / f"évidence file {number:03}.{ending}").write_bytes(data)


def workbook(path: Path) -> None:
    """Write a roster of 100,000 rows and eight columns, as Excel does, with shared strings."""
    made = xlsxwriter.Workbook(path)
    day = made.add_format({"num_format": "yyyy-mm-dd"})
    sheet = made.add_worksheet("Roster")
    sheet.write_row(
        0, 0, ["Employee ID", "Unit", "Course", "Status", "Completed On", "Score", "Amount USD", "Required"]
    )
    first = date(2027, 1, 1)
    for row in range(1, ROWS + 1):
        unit, status = ("Gulf", "Lakes", "HQ")[row % 3], ("Completed", "Enrolled", "Failed")[row % 3]
        sheet.write_row(row, 0, [f"E{row:06}", unit, f"C-{row % 40}", status])
        sheet.write_datetime(row, 4, first + timedelta(days=row % 100), day)
        sheet.write_row(row, 5, [row % 101, round(row * 1.37, 2), "Yes" if row % 2 else "No"])
    made.close()


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--runs", type=int, default=5)
    runs = parser.parse_args().runs

    from gonogo.first_week.adding.added import add
    from gonogo.first_week.interview import conduct
    from gonogo.first_week.mapping import map_file
    from gonogo.first_week.mapping_text import mapping_text
    from gonogo.first_week.starting import start

    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        (folder / "evidence").mkdir()
        evidence(folder / "evidence")
        workbook(folder / "roster.xlsx")
        program = folder / "program"

        def fresh() -> None:
            shutil.rmtree(program, ignore_errors=True)
            program.mkdir()
            (folder / "evidence").rename(program / "evidence")

        def back() -> None:
            (program / "evidence").rename(folder / "evidence")

        def init() -> None:
            start(program, conduct(program, GIVEN))
            back()

        def prepared() -> None:
            fresh()
            (program / "gonogo.yaml").write_text(PROGRAM)
            (program / "evidence" / "interfaces.csv").write_text("Interface ID,E2E test\nI1,Passed\nI2,Failed\n")

        def add_one() -> None:
            add(program, [Path("evidence/interfaces.csv")])
            (program / "evidence" / "interfaces.csv").unlink()
            back()

        gonogo = [sys.executable, "-m", "gonogo"]
        options = [f"--{key.replace('_', '-')}={value}" for key, value in GIVEN.items()]
        init_process = [*gonogo, "init", str(program), *options]

        def again() -> None:
            if (program / "evidence").exists():
                back()
            fresh()

        def prepared_again() -> None:
            again()
            (program / "gonogo.yaml").write_text(PROGRAM)
            (program / "evidence" / "interfaces.csv").write_text("Interface ID,E2E test\nI1,Passed\nI2,Failed\n")

        map_process = [*gonogo, "map", str(folder / "roster.xlsx")]
        print(f"medians of {runs} runs")
        print(f"  init, {FILES} files, work alone: {work(init, runs, before=fresh)}")
        print(f"  init, {FILES} files, new process: {command(init_process, runs, before=again)}")
        back()
        print(f"  add, one file beside {FILES}, work alone: {work(add_one, runs, before=prepared)}")
        add_process = [*gonogo, "add", str(program), "evidence/interfaces.csv"]
        print(f"  add, one file beside {FILES}, new process: {command(add_process, runs, before=prepared_again)}")
        mapped = work(lambda: mapping_text(map_file(folder / "roster.xlsx")), runs)
        print(f"  map, {ROWS:,} rows of XLSX, work alone: {mapped}")
        print(f"  map, {ROWS:,} rows of XLSX, new process: {command(map_process, runs)}")


if __name__ == "__main__":
    main()
