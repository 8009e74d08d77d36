"""The same exports a week later, under the names that tools and people give them: one command takes them all."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from tests.invented_office import invented_office

from gonogo.first_week.adding.added import add
from gonogo.first_week.adding.open_program import open_program
from gonogo.first_week.adding.previewing import preview_in
from gonogo.first_week.interview import conduct
from gonogo.first_week.starting import start
from gonogo.program.program_file import load_program

GIVEN = invented_office(go_live="2099-05-03T06:00", build="B-7")
INTERFACES = "Interface ID,E2E test\nI1,Passed\nI2,{}\n"
REQUESTS = "CR,Decision,Modified\nC1,Approved,2026-11-20\nC2,{},{}\n"
STEPS = "Step,Status,Planned finish\nS-1,Complete,2026-11-01\nS-2,{},2026-11-02\n"
REPORTS = "Report,Critical?,Validated\nR1,Y,Yes\nR2,N,Yes\nR3,Y,{}\n"
WEEK_ONE = {
    "interfaces 2026-11-27T08_15_02-0500.csv": INTERFACES.format("Failed"),
    "change requests(1-48).csv": REQUESTS.format("Submitted", "2026-11-24"),
    "cutover runbook.csv": STEPS.format("Open"),
    "report_validation_11-25-2026.csv": REPORTS.format("No"),
}
WEEK_TWO = {
    "interfaces 2026-12-04T08_10_44-0500.csv": INTERFACES.format("Passed"),
    "change requests(1-61).csv": REQUESTS.format("Approved", "2026-12-02"),
    "cutover runbook Dec 3.csv": STEPS.format("Complete"),
    "report_validation_12-03-2026.csv": REPORTS.format("Yes"),
}


def test_one_command_takes_the_exports_of_the_second_week(tmp_path: Path) -> None:
    """Whatever is not taken leaves last week's figures standing, or makes a fact unknown; no binding is made twice."""
    folder = tmp_path / "evidence"
    folder.mkdir()
    for name, text in WEEK_ONE.items():
        (folder / name).write_text(text, encoding="utf-8")
    start(tmp_path, conduct(tmp_path, GIVEN))
    first, second = datetime(2026, 11, 30, 17, tzinfo=UTC), datetime(2026, 12, 4, 17, tzinfo=UTC)
    add(tmp_path, list(folder.iterdir()), confirm=True, by="Ada Kirsch", held="2026-11-27", now=first)
    before = {each.id: each.confirmed for each in load_program(tmp_path).program.bindings}
    assert list(before.values()) == [None] * len(WEEK_ONE)

    for name, text in WEEK_TWO.items():
        (folder / name).write_text(text, encoding="utf-8")
    add(tmp_path, [folder], confirm=True, by="Ada Kirsch", held="2026-12-03", now=second)

    assert {each.id: each.confirmed for each in load_program(tmp_path).program.bindings} == before
    program = open_program(tmp_path, second)
    replies = [preview_in(program, each) for each in program.bindings]
    read = {
        item.fact: program.figures.dated(item)
        for reply in replies
        if not isinstance(reply, str)
        for item in reply.items
    }
    assert read == {
        "cr.undecided": "0, held 2026-12-02",
        "cutover.precutover_due_done_ratio": "2 of 2, held 2026-12-03",
        "interfaces.e2e_passed_ratio": "2 of 2, held 2026-12-04",
        "reports.critical_validated_ratio": "2 of 2, held 2026-12-03",
        "reports.noncritical_validated_ratio": "1 of 1, held 2026-12-03",
    }
