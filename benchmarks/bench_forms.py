"""How long a workbook takes for 108 criteria that nobody but people can answer: made, filled in, read back.

.venv/bin/python benchmarks/bench_forms.py
"""

from __future__ import annotations

import io
import os
import subprocess
import sys
import tempfile
import time
from datetime import UTC, date, datetime
from pathlib import Path

import openpyxl

from gonogo.collectors.attestation import AttestationCollector
from gonogo.documents.xlsx.declaration import read_declaration
from gonogo.documents.xlsx.workbook import read_workbook
from gonogo.testing.jobs import answers_of, job_of
from gonogo.workbook.making import make_workbook

CRITERIA = 108
FACTS_EACH = 3
NOW = datetime(2027, 4, 19, 16, tzinfo=UTC)
DOMAINS = ("program", "system", "workforce", "operations")
KINDS = ("boolean", "integer", "ratio")
TESTS = {"boolean": "{}", "integer": "{} <= 3", "ratio": "{} >= 95%"}


def write_program(root: Path) -> None:
    """Write a program with 108 criteria of three facts each, and 18 people."""
    facts, criteria = [], []
    for number in range(CRITERIA):
        names = [f"area{number}.fact{fact}" for fact in range(FACTS_EACH)]
        for name, kind in zip(names, KINDS, strict=True):
            unit = ", unit: items, min: 0" if kind == "integer" else ""
            facts.append(f"  - {{name: {name}, type: {kind}{unit}, meaning: A fact., question: How does it stand?}}")
        tests = " and ".join(TESTS[kind].format(name) for name, kind in zip(names, KINDS, strict=True))
        criteria.append(
            f"  - id: {DOMAINS[number % 4]}.area.criterion{number}\n    title: Criterion {number} is met\n"
            "    statement: It is so.\n    why: Otherwise the first payment run stops, and nobody knows why.\n"
            f"    severity: mandatory\n    require: {tests}\n    max_age: 7d\n    owner: customer.program_manager\n"
            "    remedy: Do it.\n    source: [S1]"
        )
    people = [
        f"  - {{role: {side}.{office}, person: p.{side}.{office}, name: {office} of the {side}}}"
        for side in ("customer", "provider")
        for office in ("program_manager", "functional_lead", "technical_lead", "pmo_lead")
    ]
    files = {
        "rules/ruleset.yaml": 'schema: 1\nname: many\nversion: "1.0.0"\ntitle: Many\npolicy: {milestones: [T-0]}\n'
        "sources: {S1: A source}\ncriteria:\n" + "\n".join(criteria) + "\n",
        "rules/facts.yaml": "schema: 1\nfacts:\n" + "\n".join(facts) + "\n",
        "people.yaml": "schema: 1\npeople:\n" + "\n".join(people) + "\n",
        "gonogo.yaml": "schema: 1\nprogram: {id: many, customer: A, provider: B, time_zone: America/New_York}\n"
        'releases: [{id: R1, go_live: "2027-05-03T06:00-04:00"}]\nruleset: ./rules\npeople: people.yaml\n',
    }
    for name, text in files.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text, encoding="utf-8")


def filled(data: bytes) -> bytes:
    """Fill in every row."""
    book = openpyxl.load_workbook(io.BytesIO(data))
    sheet = book["Evidence"]
    for row in range(2, sheet.max_row + 1):
        form = str(sheet[f"C{row}"].value)
        sheet[f"F{row}"] = "yes" if form.startswith("yes") else 0.98 if "percentage" in form else 2
        sheet[f"G{row}"] = date(2027, 4, 18)
        stated = ("p.customer.program_manager", "program_manager", "customer", "p.provider.program_manager")
        for column, text in zip("IJKL", stated, strict=True):
            sheet[f"{column}{row}"] = text
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        write_program(root)
        command = [sys.executable, "-m", "gonogo", "workbook", folder, "--as-of", "2027-04-19T12:00-04:00"]
        cold, processor = [], []
        for number in range(3):
            start, before = time.perf_counter(), os.times()
            subprocess.run([*command, "-o", f"{folder}/evidence{number}.xlsx"], check=True, capture_output=True)
            cold.append(time.perf_counter() - start)
            after = os.times()
            spent = after.children_user + after.children_system - before.children_user - before.children_system
            processor.append(spent)
        start = time.perf_counter()
        made = make_workbook(root, output=root / "evidence.xlsx", as_of=NOW)
        warm = time.perf_counter() - start
        data = filled(made.data)
        asked = read_declaration(read_workbook(data, "evidence.xlsx")).asked
        job = job_of({"file": ("evidence.xlsx", data)}, now=NOW, program="many", release="R1")
        start = time.perf_counter()
        answers = answers_of(AttestationCollector(), job, {"facts": {one.fact: one.kind for one in asked}})
        read = time.perf_counter() - start
    assert len(answers) == made.asked == CRITERIA * FACTS_EACH
    assert all(answer.gap is None for answer in answers.values())
    print(f"{CRITERIA} criteria, {made.asked} facts, {len(made.data):,} bytes")
    print(f"gonogo workbook, whole process, best of 3: {min(cold):.2f} s, of them {min(processor):.2f} s processor")
    print(f"made in process: {warm:.2f} s; read back: {read:.2f} s")


if __name__ == "__main__":
    main()
