"""Several sheets of one workbook: a binding for each that answers something, and none for the others."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import openpyxl
import pytest
from tests.invented_office import invented_office

from gonogo.first_week.adding.added import add
from gonogo.first_week.adding.bound_answers import make_workbook_of
from gonogo.first_week.adding.checking import check_file
from gonogo.first_week.adding.start_sheet import START
from gonogo.first_week.drafts.other_sheets import answerable, sheets_left
from gonogo.first_week.interview import conduct
from gonogo.first_week.starting import start
from gonogo.program.program_file import load_program

GIVEN = invented_office(go_live="2099-05-03T06:00")
ROLES = [["Role", "Course", "Course approved", "Materials finished"], ["Clerk", "F-1", "Yes", "No"]]
SESSIONS = [
    ["Session", "Date", "Seats", "People who need it"],
    *([f"S{n}", date(2026, 11, n + 1), 26, 25] for n in range(6)),
]


def workbook(path: Path, sheets: dict[str, list[list[object]]], hidden: str = "") -> None:
    """Save a workbook."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        page = book.create_sheet(name)
        for row in rows:
            page.append(row)
        page.sheet_state = "hidden" if name == hidden else "visible"
    path.parent.mkdir(parents=True, exist_ok=True)
    book.save(path)


def test_each_sheet_that_answers_something_is_bound(tmp_path: Path) -> None:
    """Half of an office's facts stand on the second sheet."""
    sheets = {
        "Read me": [["How to use it"]],
        "Roles": ROLES,
        "Sessions": SESSIONS,
        "Rooms": [["Room", "Floor"], ["A", 1]],
    }
    workbook(tmp_path / "evidence" / "Training Plan.xlsx", sheets)

    started = start(tmp_path, conduct(tmp_path, GIVEN))

    found = {each.id: each for each in load_program(tmp_path).program.bindings}
    assert list(found) == ["training-plan", "training-plan-roles"]
    assert list(found["training-plan"].settings["facts"]) == ["training.seats_ratio"]
    assert found["training-plan-roles"].settings["tables"]["training_plan"]["sheet"] == "Roles"
    assert list(found["training-plan-roles"].settings["facts"]) == ["training.roles_with_course_ratio"]
    assert {each.confirmed for each in found.values()} == {False}
    line = next(each for each in started.lines() if "Training Plan.xlsx" in each)
    assert "; sheet Sessions; 6 rows; answers training.seats_ratio; sheet Roles; 1 row; answers " in line
    assert line.endswith("training.roles_with_course_ratio; no binding reads its sheet Rooms")


def test_the_line_of_a_workbook_names_its_sheet_and_those_that_no_line_reads(tmp_path: Path) -> None:
    """The risks of a log lay on a sheet that nothing named where the manager said yes."""
    rooms: list[list[object]] = [["Room", "Floor"], ["A", 1]]
    workbook(tmp_path / "evidence" / "Training Plan.xlsx", {"Roles": ROLES, "Rooms": rooms, "Tables": rooms})
    workbook(tmp_path / "evidence" / "Sessions.xlsx", {"Sessions": SESSIONS})
    start(tmp_path, conduct(tmp_path, GIVEN))
    (tmp_path / "b.xlsx").write_bytes(make_workbook_of(tmp_path)[0])

    page = openpyxl.load_workbook(tmp_path / "b.xlsx")[START]

    says = {str(row[1].value).rpartition("/")[2]: str(row[2].value).splitlines() for row in page.iter_rows(min_row=7)}
    assert says["Training Plan.xlsx"][0] == "Sheet Roles."
    assert (
        "No binding reads its sheets Rooms, Tables: what is evidence there counts nowhere; save such a sheet as a file "
        "of its own."
    ) in says["Training Plan.xlsx"]
    assert not [each for each in says["Sessions.xlsx"] if "sheet" in each.casefold()]


RISKS: list[list[object]] = [
    ["Risk ID", "Title", "Score", "Status", "Response status"],
    ["R-1", "Late data", 20, "Open", "Proposed"],
    ["R-2", "Few testers", 6, "Closed", "Approved"],
]
ISSUES: list[list[object]] = [
    ["Issue ID", "Title", "Priority", "Status", "Raised by"],
    *([f"I-{n}", f"Issue {n}", "Critical", "Closed", "QA"] for n in range(9)),
]
DECISIONS: list[list[object]] = [["Decision ID", "Decision", "Status"], ["D-1", "Use R1", "Approved"]]
NOTICES: list[list[object]] = [
    ["Notice #", "Union", "Due", "Given on", "Status"],
    *([f"N-{n}", "AFGE", date(2026, 10, 1), date(2026, 9, n + 1), "Given"] for n in range(6)),
]
DEMANDS: list[list[object]] = [["Demand #", "Union", "Stops go-live?", "Status"], ["D-1", "AFGE", "Yes", "Open"]]


@pytest.mark.parametrize(
    ("file", "sheets", "asked", "fact", "left"),
    [
        (
            "RAID register.xlsx",
            {"Read me": [["As of"]], "Risks": RISKS, "Issues": ISSUES, "Decisions": DECISIONS},
            "Risks",
            "raid.high_risks_unmitigated",
            ["Decisions"],
        ),
        ("Union notices.xlsx", {"Notices": NOTICES, "Demands": DEMANDS}, "Demands", "labor.open_demands", []),
    ],
)
def test_a_sheet_that_may_answer_a_fact_waits_for_a_person(
    tmp_path: Path, file: str, sheets: dict[str, list[list[object]]], asked: str, fact: str, left: list[str]
) -> None:
    """The open risks and demands lay on a sheet that was drafted nowhere and named nowhere."""
    workbook(tmp_path / "evidence" / file, sheets)

    started = start(tmp_path, conduct(tmp_path, GIVEN))

    found = {each.sheet: each for each in started.proposals}
    assert not found[asked].answers
    assert fact in answerable(found[asked])
    assert any(fact in question for question in found[asked].asked)
    line = next(each for each in started.everything() if file in each)
    assert f"; sheet {asked}; " in line
    assert sheets_left(started.proposals) == ({f"evidence/{file}": left} if left else {})
    assert line.endswith("; no binding reads its sheet Decisions") is bool(left)


def test_adding_such_a_workbook_drafts_the_same_sheets_and_check_names_them(tmp_path: Path) -> None:
    """`check` showed one sheet, as if the others were not there."""
    start(tmp_path, conduct(tmp_path, GIVEN))
    file = tmp_path / "evidence" / "RAID register.xlsx"
    workbook(file, {"Risks": RISKS, "Issues": ISSUES, "Decisions": DECISIONS})
    look = check_file(file)

    add(tmp_path, [file])

    assert [each.id for each in load_program(tmp_path).program.bindings] == ["raid-register", "raid-register-risks"]
    assert "drafted as bindings of their own: the sheets Risks" in look.remarks
    assert "Is another sheet evidence: no binding reads its sheet Decisions?" in look.asked


def test_another_sheet_is_about_what_its_workbook_is_about_too(tmp_path: Path) -> None:
    """The steps of processes are none of a cutover plan."""
    steps: list[list[object]] = [
        ["Process ID", "Step", "Step name", "Position responsible"],
        *([f"P-{n}", 1, "Post", "Clerk"] for n in range(20)),
    ]
    documents: list[list[object]] = [["Process ID", "Process", "To-be documented"], ["P-1", "Pay", "Partly"]]
    workbook(tmp_path / "evidence" / "Process inventory.xlsx", {"Steps": steps, "Documents": documents})

    started = start(tmp_path, conduct(tmp_path, GIVEN))

    assert {each.sheet: each.draft.group for each in started.proposals if each.draft} == {
        "Steps": "process",
        "Documents": "process",
    }


def test_a_hidden_sheet_is_never_bound(tmp_path: Path) -> None:
    """It may be last month's."""
    workbook(tmp_path / "evidence" / "Training Plan.xlsx", {"Roles": ROLES, "Sessions": SESSIONS}, hidden="Roles")

    start(tmp_path, conduct(tmp_path, GIVEN))

    assert [each.id for each in load_program(tmp_path).program.bindings] == ["training-plan"]


def test_comments_beside_the_export_of_a_tool_are_none_of_its_facts(tmp_path: Path) -> None:
    """The name of the file says tasks, and its sheet of comments would count as activities."""
    plan = [["Task Name", "Status", "% Complete", "Latest Comment"], *([f"T{n}", "Complete", 1, "x"] for n in range(5))]
    comments = [["Row", "Comment"], *([str(n), "seen"] for n in range(4))]
    workbook(tmp_path / "evidence" / "smartsheet-tasks.xlsx", {"Comments": comments, "Cutover": plan})

    start(tmp_path, conduct(tmp_path, GIVEN))

    assert [each.id for each in load_program(tmp_path).program.bindings if "comments" in each.id] == []


REPORTS = "Core FS Pre-Built Reports List"
LISTED: list[list[object]] = [
    ["FFM Function", "FFM Activity", "Report Name", "Report Specification", "FFM Business Use Case"],
    ["Budget", "Execution", "Status of Funding", "See tab", "010"],
    ["Payables", "Payment", "AP Prompt Pay", "TBD - Future Requirement", "040"],
]
"""The list as GSA publishes it, beside a sheet of columns for each report."""
COLUMNS: list[list[object]] = [
    ["Report Item", "Source", "Report Status", "Critical"],
    *([f"Column {number}", "Ledger", "In use", "Yes"] for number in range(40)),
]


def test_the_sheet_that_a_tool_names_counts_though_another_holds_more_cells(tmp_path: Path) -> None:
    """GSA's workbook specifies each report on a sheet of its own; a table of its columns is no list of reports."""
    workbook(tmp_path / "evidence" / "core reports.xlsx", {"Receivable Status": COLUMNS, REPORTS: LISTED})
    given = {**GIVEN, "ruleset": "m3-hardened"}
    start(tmp_path, conduct(tmp_path, given))
    program = load_program(tmp_path).program

    assert program.bindings == ()
    [reason] = (program.not_evidence or {}).values()
    assert reason == "GSA Core FS pre-built business reports as a parity list: m3-hardened asks for no fact of it"
    workbook(tmp_path.with_name("apart") / "core reports.xlsx", {"Receivable Status": COLUMNS, REPORTS: LISTED})
    read = list(check_file(tmp_path.with_name("apart") / "core reports.xlsx").answers)
    assert [line.partition(",")[0].strip() for line in read[:2]] == [
        "reports.core_listed = 2",
        "reports.core_unspecified = 1",
    ]
    assert "not repeated here" not in " ".join(read)


def test_a_list_of_that_name_with_columns_of_its_own_is_drafted_as_any_table(tmp_path: Path) -> None:
    """An office may call its own list so."""
    own: list[list[object]] = [["Report", "Validated"], ["R1", "Yes"], ["R2", "No"]]
    workbook(tmp_path / "evidence" / "reports.xlsx", {"Receivable Status": COLUMNS, REPORTS: own})
    start(tmp_path, conduct(tmp_path, GIVEN))

    assert not any(each.profile for each in load_program(tmp_path).program.bindings)
