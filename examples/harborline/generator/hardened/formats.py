"""Files as their tools would write them; the facts come from collectors of two of them, and else from tables."""

from __future__ import annotations

import io
import json
import sqlite3
import tempfile
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from ..files import EPOCH, write_sheet, write_text, write_workbook
from ..workdays import at
from . import scans, weaknesses
from .source import Table
from .story import Story

NOT_READ = {
    "evidence/program/m3_master_schedule.xlsx": "M3's template without a baseline; the master schedule has one",
    "evidence/program/evm_cpd.zip": "evm_cpd.json is the data set in it",
    "evidence/system/mock4_reconciliation.db": "mock4_reconciliation.csv is its table of accounts",
    "evidence/system/oscal_ssp.json": "the authorizing official states what it and the letter say",
    "evidence/system/openacr.yaml": "the functional lead states what it says",
    "evidence/system/axe.json": "no criterion counts automatic findings; accessibility_tasks.csv has what people tried",
    "evidence/workforce/xapi_statements.json": "a sample; lms_completions.csv holds every attempt",
}
"""Path to the reason why no binding reads it."""


def write(target: Path, story: Story, tables: Mapping[str, Table]) -> None:
    """Write the files; ``tables`` are those of the program, by path."""
    evidence = target / "evidence"
    write_workbook(evidence / "program" / "m3_master_schedule.xlsx", at(story.ago(4)), _template)
    _zip(
        evidence / "program" / "evm_cpd.zip",
        "CPD/datasets.json",
        json.dumps(tables["program/evm_cpd.json"].document, indent=1),
    )
    _database(evidence / "system" / "mock4_reconciliation.db", tables["system/mock4_reconciliation.csv"].rows)
    documents = {
        "system/oscal_ssp.json": _plan(story),
        "system/scan.sarif": scans.results(story),
        "system/bom.cdx.json": scans.bill(story),
        "system/axe.json": scans.barriers(story),
        "workforce/xapi_statements.json": _statements(tables["workforce/lms_completions.csv"].rows),
    }
    for path, document in documents.items():
        write_text(evidence / path, json.dumps(document, indent=1) + "\n")
    acr = ["title: KeelFin Accessibility Conformance Report", f"report_date: {story.ago(30)}", "chapters:"]
    acr += ["  success_criteria_level_a:", "    criteria:", "      - num: 1.4.1", "        components:"]
    acr += ["          - name: web", "            adherence: {level: partially-supports, notes: asset search page}"]
    write_text(evidence / "system" / "openacr.yaml", "\n".join(acr) + "\n")


def _template(book: Any) -> None:
    header = ("WBS", "Task Name", "Duration", "Start", "Finish", "Predecessors", "Resource Names")
    rows = [(f"1.{n}", f"Phase 4 activity 4.{n}", 10, at("2027-01-04"), at("2027-01-15"), "", "") for n in range(1, 18)]
    write_sheet(book, "Master Schedule", header, rows)


def _zip(path: Path, name: str, text: str) -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_STORED) as archive:
        archive.writestr(zipfile.ZipInfo(name, EPOCH), text)
    path.write_bytes(packed.getvalue())


def _database(path: Path, rows: Any) -> None:
    """Write a SQLite file; the number of the library that wrote it, and its counter, are left out of the header."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "made.db"
        book = sqlite3.connect(file)
        book.executescript(
            "PRAGMA page_size = 4096; CREATE TABLE accounts (account TEXT, kind TEXT, legacy TEXT, target TEXT)"
        )
        book.executemany("INSERT INTO accounts VALUES (?, ?, ?, ?)", [tuple(row)[:4] for row in rows])
        book.commit()
        book.close()
        data = file.read_bytes()
    path.write_bytes(data[:24] + b"\0\0\0\1" + data[28:92] + b"\0\0\0\1\0\0\0\0" + data[100:])


def _plan(story: Story) -> dict[str, Any]:
    """Return the security plan: two controls of the platform, one of which is planned."""
    component = weaknesses.uuid("component")
    system = {
        "system-ids": [{"id": "keelfin-niwa"}],
        "system-name": "KeelFin for NIWA",
        "description": "The finance platform of CFSC, as NIWA uses it",
        "security-sensitivity-level": "moderate",
        "system-information": {"information-types": [{"title": "Accounting", "description": "Ledger of an agency"}]},
        "status": {"state": "under-development"},
        "date-authorized": "2027-02-01",
        "authorization-boundary": {"description": "KeelFin, both sites, and the connections of 23 interfaces"},
    }
    controls = [
        {
            "uuid": weaknesses.uuid("control", number),
            "control-id": name,
            "by-components": [
                {
                    "component-uuid": component,
                    "uuid": weaknesses.uuid("by-component", number),
                    "description": "The platform does it",
                    "implementation-status": {"state": state},
                }
            ],
        }
        for number, (name, state) in enumerate((("ac-2", "implemented"), ("cp-9", "planned")), 1)
    ]
    platform = {"uuid": component, "type": "this-system", "title": "KeelFin", "description": "The platform"}
    return {
        "system-security-plan": {
            "uuid": weaknesses.uuid("ssp"),
            "metadata": {
                "title": "KeelFin for NIWA, system security plan",
                "last-modified": f"{story.ago(30)}T12:00:00Z",
                "version": "9",
                "oscal-version": "1.1.2",
            },
            "import-profile": {"href": "https://cfsc.example/profiles/moderate.json"},
            "system-characteristics": system,
            "system-implementation": {
                "users": [{"uuid": weaknesses.uuid("user"), "title": "Accountant"}],
                "components": [platform | {"status": {"state": "operational"}}],
            },
            "control-implementation": {"description": "By the platform", "implemented-requirements": controls},
        }
    }


def _statements(rows: Any) -> list[dict[str, Any]]:
    """Four hundred statements, two of which are voided later."""
    made: list[dict[str, Any]] = [
        {
            "id": f"{n:08d}",
            "actor": {"account": {"homePage": "https://lms.example", "name": row[1]}},
            "verb": {"id": "http://adlnet.gov/expapi/verbs/" + ("passed" if row[3] == "Passed" else "failed")},
            "object": {"id": f"https://lms.example/{row[2]}"},
        }
        for n, row in enumerate(rows[:398])
    ]
    for n in (7, 11):
        gone = {"objectType": "StatementRef", "id": f"{n:08d}"}
        made.append({"id": f"{900 + n:08d}", "verb": {"id": "http://adlnet.gov/expapi/verbs/voided"}, "object": gone})
    return made
