"""How long the binding workbook takes: written for 49 files, and its first confirmation read back with all figures.

Prints medians of whole processes, one beside openpyxl, which only reads the workbook. Run:
``python benchmarks/bench_binding.py [--runs 5]``.
"""

from __future__ import annotations

import argparse
import shutil
import sys
import tempfile
from pathlib import Path

import openpyxl
from measuring import command, compared, work

from gonogo.first_week.adding.bound_answers import make_workbook_of
from gonogo.first_week.interview import conduct
from gonogo.first_week.starting import start

SHEETS = 49
ROWS = 400
GIVEN = {
    "customer": "NIWA",
    "provider": "CFSC",
    "release": "R1",
    "go_live": "2027-05-03T06:00",
    "time_zone": "America/New_York",
}
ANSWERS = {"confirmed by": "Ada Kirsch", "held": "2026-11-19"}
KINDS = (
    ("interface tests", "Interface ID,E2E test", "I-{0},{1}", ("Passed", "Failed")),
    ("training roster", "Employee ID,Course,Status", "E-{0},FIN-1,{1}", ("Completed", "Enrolled")),
    ("defects", "Defect ID,Severity,Status", "D-{0},Critical,{1}", ("Open", "Closed")),
    ("test cases", "Case,Result", "C-{0},{1}", ("Pass", "Fail")),
)


def write_evidence(folder: Path) -> None:
    """Write 49 tables of four kinds, one for each unit of an office."""
    folder.mkdir(parents=True)
    for number in range(SHEETS):
        name, header, row, words = KINDS[number % len(KINDS)]
        rows = (row.format(f"{number}{at:04}", words[at % 3 == 0]) for at in range(ROWS))
        unit = f"{chr(97 + number // 26)}{chr(97 + number % 26)}"
        (folder / f"unit {unit} {name}.csv").write_text("\n".join([header, *rows, ""]), encoding="utf-8")


def filled(path: Path) -> int:
    """Sign every sheet of the workbook; return how many there are."""
    book = openpyxl.load_workbook(path)
    signed = 0
    for sheet in book.worksheets:
        for row in sheet.iter_rows():
            if row[0].value in ANSWERS:
                row[3].value = ANSWERS[row[0].value]
                signed += row[0].value == "confirmed by"
    book.save(path)
    return signed


def read_with_openpyxl(path: Path) -> int:
    """Read every cell of the workbook, as a script would before it wrote a program."""
    book = openpyxl.load_workbook(path, read_only=True)
    count = sum(1 for sheet in book.worksheets for row in sheet.iter_rows(values_only=True) for _ in row)
    book.close()
    return count


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--runs", type=int, default=5)
    runs = parser.parse_args().runs
    with tempfile.TemporaryDirectory() as scratch:
        root, kept = Path(scratch, "program"), Path(scratch, "kept")
        write_evidence(root / "evidence")
        start(root, conduct(root, GIVEN))
        data, sheets = make_workbook_of(root)
        (root / "bindings.xlsx").write_bytes(data)
        signed = filled(root / "bindings.xlsx")
        shutil.copytree(root, kept)
        (kept / "bindings.xlsx").rename(Path(scratch, "signed.xlsx"))

        def fresh() -> None:
            shutil.rmtree(root)
            shutil.copytree(kept, root)

        def answered() -> None:
            fresh()
            shutil.copy(Path(scratch, "signed.xlsx"), root / "bindings.xlsx")

        gonogo = [sys.executable, "-m", "gonogo", "bind", str(root / "bindings.xlsx")]
        made = command([*gonogo, "--make"], runs, before=fresh)
        read = command(gonogo, runs, before=answered)
        theirs = work(lambda: read_with_openpyxl(Path(scratch, "signed.xlsx")), runs)
    print(f"binding workbook of {sheets} sheets, {signed} signed, {len(data):,} bytes, medians of {runs}")
    print(f"  bind --make, new process: {made}")
    print(f"  bind, every sheet confirmed and its figures told, new process: {read}, {compared(read, theirs)}")
    print(f"  openpyxl, read-only: cells alone, nothing checked: {theirs}")


if __name__ == "__main__":
    main()
