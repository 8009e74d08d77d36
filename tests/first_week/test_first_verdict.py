"""An office's folder to its first verdict: how many of the 26 criteria files answer once a person has confirmed them.

The count is held here, so that no change loses a criterion without a test that says so. A guess is never among them:
before anybody has confirmed anything, the files answer none.
"""

from __future__ import annotations

import shutil
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from tests.invented_office import invented_office

from gonogo.first_week.adding.bound_answers import bind, make_workbook_of
from gonogo.first_week.adding.open_program import open_program
from gonogo.first_week.interview import conduct
from gonogo.first_week.starting import Started, start
from gonogo.model.spoken import spoken_of
from gonogo.plugin.collection import CollectionRequest
from gonogo.plugin.host import collect
from gonogo.program.cross_checks import check_program

NOW = datetime(2026, 4, 20, 16, tzinfo=UTC)
GIVEN = invented_office(go_live="2099-05-03T06:00", build="B-7")
TEXTS = {
    "CCB log.csv": "CR,Title,Decision,Decided on\nCR-1,A,Approved,2026-04-02\nCR-2,B,Deferred,2026-04-16\n",
    "Report validation.csv": "Report ID,Critical,Validated,Checked on\nR-1,Yes,Yes,2026-04-15\nR-2,No,No,2026-04-16\n",
    "jira-export-2026-04-17.csv": (
        "Summary,Issue key,Issue id,Issue Type,Status,Project key,Priority,Custom field (Workaround approved)\n"
        "A,H-1,1,Bug,Done,H,Highest,\nB,H-2,2,Bug,To Do,H,High,Yes\nC,H-3,3,Incident,To Do,H,Low,\n"
    ),
    "uat run r1.csv": (
        '"ID","Title","Case ID","Status","Tested By","Run ID","Priority"\n'
        '"T1","A","C1","Passed","Quillon Farrowby","R7","Critical"\n'
        '"T2","B","C2","Failed","Quillon Farrowby","R7","Low"\n'
    ),
    "scan.sarif": (
        '{"version": "2.1.0", "runs": [{"tool": {"driver": {"name": "x", "rules": [{"id": "R"}]}}, "results": []}]}'
    ),
    "Potluck.csv": "Dish,Serves\nPie,8\nBeans,6\n",
    "Steering minutes.txt": "They met.\n",
}
INTERFACES = [
    ["ID", "Partner", "ICD status", "End-to-end test", "Open problem"],
    ["I-1", "PAM", "Approved", "Passed", "None"],
]
BOOKS: dict[str, dict[str, list[list[Any]]]] = {
    "SIT execution grid 2026-04-16.xlsx": {
        "Sheet1": [
            [
                "Test Set",
                "Test: Test Name",
                "Status",
                "Responsible Tester",
                "Exec Date",
                "Iterations",
                "Test: Priority",
            ],
            ["SIT cycle 2", "Post", "Passed", "Quillon Farrowby", date(2026, 4, 2), "", "1-Critical"],
            ["SIT cycle 2", "Pay", "Passed", "Quillon Farrowby", date(2026, 4, 3), "", "2-High"],
        ]
    },
    "Interface tracker.xlsx": {"Mar 2026": INTERFACES[:1], "Apr 2026": INTERFACES},
    "Communications plan.xlsx": {
        "Messages": [
            ["Id", "Message", "Due", "Sent On"],
            *([f"M-{n}", f"Text {n}", date(2026, 4, n + 1), date(2026, 4, n + 1)] for n in range(6)),
        ],
        "Cutover Groups": [["Group", "Told On", "Acknowledged On"], ["HQ", date(2026, 4, 8), date(2026, 4, 12)]],
    },
    "Training plan.xlsx": {
        "Roles and courses": [
            ["Role", "Course", "Course approved", "Materials finished"],
            ["Clerk", "F-1", "Yes", "Yes"],
        ],
        "Sessions": [
            ["Session", "Date", "Seats", "People who need it"],
            *([f"S-{n}", date(2026, 4, n + 1), 26, 25] for n in range(4)),
        ],
    },
    "Cutover runbook v4.xlsx": {
        "Runbook": [
            ["Step", "Task", "Owner", "Planned finish", "Status", "Critical deviation"],
            ["C-1", "Freeze", "Quillon Farrowby", date(2026, 4, 1), "Complete", "None"],
            ["C-2", "Load", "Quillon Farrowby", date(2026, 4, 2), "Not started", "Minor"],
        ]
    },
    "Requirements.xlsx": {
        "RTM": [
            ["Req ID", "In Scope", "Status", "Changed After Baseline", "Change Request"],
            ["R-1", "Yes", "Approved", "No", ""],
            ["R-2", "Yes", "Approved", "Yes", "CR-1"],
            ["R-3", "No", "Deferred", "No", ""],
        ]
    },
    "Mock conversion 3.xlsx": {
        "Reconciliation": [
            ["Object", "Legacy count", "Converted count", "Exit criterion met"],
            ["Vendors", 412, 412, "Yes"],
            ["Open POs", 81, 81, "Yes"],
        ],
        "Cycles": [["Cycle", "Outcome"], ["Mock 1", "Completed"], ["Mock 2", "Completed"], ["Mock 3", "Completed"]],
    },
}
"""What an office has anyway, small: sheets of six workbooks, exports of three tools, and what is no evidence."""
SAID: dict[str, tuple[tuple[Any, ...], ...]] = {
    "jira": (("word", "Incident", "others"),),
    "Cutover runbook": (("fact", "rehearsal.critical_deviations_open", "Critical deviation"),),
    "Requirements": (("only rows", None, "In Scope", "Yes"),),
    "Interface": (("fact", "interfaces.critical_open", "Open problem"),),
    "Potluck": (("use", None, "no evidence"), ("why not", None, "a potluck list")),
}
"""What a person corrects: 7 cells beside names and days."""
FROM_FILES = {
    "workforce.training.scheduled",
    "workforce.communications.delivered",
    "system.requirements.baselined",
    "system.interfaces.tested",
    "system.testing.outcomes",
    "system.conversion.mock",
    "system.cutover.plan",
    "system.change.dispositioned",
    "operations.reporting.tested",
}


@pytest.fixture(scope="module")
def started(tmp_path_factory: pytest.TempPathFactory) -> Started:
    """The folder, as `init` leaves it."""
    root = tmp_path_factory.mktemp("office")
    (root / "evidence").mkdir()
    for name, text in TEXTS.items():
        (root / "evidence" / name).write_text(text, encoding="utf-8")
    for name, sheets in BOOKS.items():
        book = openpyxl.Workbook()
        for title, rows in sheets.items():
            page = book.create_sheet(title)
            for row in rows:
                page.append(row)
            page.sheet_state = "hidden" if title == "Mar 2026" else "visible"
        book.remove(book.worksheets[0])
        book.save(root / "evidence" / name)
    return start(root, conduct(root, GIVEN))


def answered(root: Path) -> dict[str, Any]:
    """Return the values that files give, by the full name of the fact."""
    opened = open_program(root, NOW)
    files = check_program(opened.files, opened.rules)
    register = files.people
    request = CollectionRequest(
        files.program,
        root=root,
        release=opened.release,
        now=NOW,
        earlier=[],
        vocabulary=opened.rules.vocabulary,
        people=register.parties,
        spoken=spoken_of(register, customer="NIWA", provider="CFSC"),
    )
    items = [item for reply in collect(request) for item in reply.items if item.gap is None]
    return {item.fact: (item.part, item.whole) if item.whole is not None else item.value for item in items}


def criteria(root: Path, facts: Mapping[str, Any]) -> set[str]:
    """Return the criteria of which every fact is there."""
    ruleset = open_program(root, NOW).rules.ruleset
    return {each.id for each in ruleset.criteria if set(each.facts) <= facts.keys()}


def fill(root: Path, answers: Mapping[str, Sequence[tuple[Any, ...]]]) -> None:
    """Write the binding workbook and fill it in: a name and a day on each sheet, and what has to be corrected."""
    (root / "bindings.xlsx").write_bytes(make_workbook_of(root)[0])
    book = openpyxl.load_workbook(root / "bindings.xlsx")
    for page in book.worksheets:
        rows = {(row[0].value, row[1].value): row for row in page.iter_rows(max_col=6)}
        if ("confirmed by", None) not in rows and ("confirmed by", "") not in rows:
            continue
        mine = next((said for words, said in answers.items() if words in page.title), ())
        needed = "needed here" in str(next(row[5].value for (tag, _), row in rows.items() if tag == "held"))
        days = (("held", None, "2026-04-17"),) if needed else ()
        for tag, about, answer, *second in (("confirmed by", None, "Ada Kirsch"), *days, *mine):
            row = next(row for (kind, what), row in rows.items() if kind == tag and about in (None, what))
            row[3].value = answer
            if second:
                row[4].value = second[0]
    book.save(root / "bindings.xlsx")


def test_before_anybody_has_confirmed_anything_nothing_is_answered(started: Started) -> None:
    """Fifteen guesses, and not one of them is used."""
    assert len([each for each in started.proposals if each.active]) == 15
    assert started.left == ()
    assert answered(started.root) == {}


def test_a_person_confirms_what_the_files_show_in_one_workbook(started: Started, tmp_path: Path) -> None:
    """Nine criteria whole, and each value is the one that a person counts in the file by hand."""
    root = shutil.copytree(started.root, tmp_path / "office")
    fill(root, SAID)

    told = bind(root / "bindings.xlsx", root)
    found = answered(root)

    assert [line for line in told if "not confirmed" in line or "wait" in line] == []
    assert criteria(root, found) == FROM_FILES
    assert {name: found[name] for name in sorted(set(found) & REQUIRED.keys())} == REQUIRED


REQUIRED: dict[str, Any] = {
    "comms.delivered_ratio": (6, 6),
    "cr.undecided": 1,
    "cutover.precutover_due_done_ratio": (1, 2),
    "cutover_comms.reached_ratio": (1, 1),
    "defects.critical_open": 0,
    "defects.high_without_workaround": 0,
    "interfaces.critical_open": 0,
    "interfaces.e2e_passed_ratio": (1, 1),
    "interfaces.icd_approved_ratio": (1, 1),
    "mock.cycles_completed": 3,
    "mock.last_exit_met": True,
    "rehearsal.critical_deviations_open": 0,
    "reports.critical_validated_ratio": (1, 1),
    "reports.noncritical_validated_ratio": (0, 1),
    "rtm.approved_ratio": (2, 2),
    "rtm.changed_without_cr": 0,
    "sit.critical_failed": 0,
    "sit.executed_ratio": (2, 2),
    "training.roles_with_course_ratio": (1, 1),
    "training.seats_ratio": (104, 100),
    "uat.critical_failed": 0,
    "uat.executed_ratio": (2, 2),
}
