"""What a first verdict needs: the sheets that answer most criteria in twenty minutes, and nothing that can wait."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path

import openpyxl
import pytest
from tests.invented_office import invented_office

from gonogo.first_week.adding.asked_sheets import AskedSheet, asked_sheet
from gonogo.first_week.adding.bound_answers import bind, make_workbook_of
from gonogo.first_week.adding.first_part import QUARTERS, FirstPart, first_part
from gonogo.first_week.adding.open_program import OpenProgram, open_program
from gonogo.first_week.adding.sheet_line import SheetLine
from gonogo.first_week.adding.sheets_in_order import in_order
from gonogo.first_week.adding.start_questions import questions_of
from gonogo.first_week.drafts.word_meanings import Meaning, meaning_of
from gonogo.first_week.interview import conduct
from gonogo.first_week.starting import start

NOW = datetime(2026, 11, 30, 17, tzinfo=UTC)
OFFICE = invented_office(go_live="2027-01-04T06:00")
SLA = "Service,In Scope,Customer signed on,Provider signed on\nPay,Yes,2026-11-12,2026-11-15\nLeave,Yes,2026-11-12,\n"
MOCKS = (
    "Mock,Planned,Extract done,Load done,Reconciled,Status\n"
    "Mock 1,2026-08-17,2026-08-18,2026-08-20,2026-08-27,Reconciled\n"
    "Mock 2,2026-10-19,2026-10-20,2026-10-22,2026-11-20,Reconciled\n"
)
EXIT = "#,Exit Criterion,Met?\n1,Employees loaded,Yes\n2,Balances tied,Yes\n"
STEPS = "Process,Step,Position\nP-1,1.1,Clerk\nP-1,1.2,TBD\n"
SOPS = "SOP #,Title,Approval Status,Approved On\nS-1,Pay,Approved,2026-11-13\nS-2,Leave,Approved,2026-11-15\n"
REPORTS = "Report,Critical,Validation Status\nR-1,Yes,Validated\nR-2,No,Validated\n"
CALLS = "Call,Date,Routed correctly,Answered correctly\nT-1,2026-11-10,Yes,Yes\nT-2,2026-11-11,Yes,Yes\n"
POTLUCK = "Dish,Serves\nPie,8\nBeans,6\nRice,4\n"


def program(folder: Path, **files: str) -> OpenProgram:
    """Start a program with some files."""
    (folder / "evidence").mkdir()
    for name, text in files.items():
        (folder / "evidence" / f"{name.replace('_', ' ')}.csv").write_text(text, encoding="utf-8")
    start(folder, conduct(folder, OFFICE))
    return open_program(folder, NOW)


def asked(opened: OpenProgram) -> list[AskedSheet]:
    """What is asked of each of its bindings."""
    return [asked_sheet(opened, each) for each in opened.bindings]


def part_of(opened: OpenProgram, minutes: Mapping[str, int] | None = None) -> tuple[FirstPart, list[str]]:
    """The first part, and the bindings in it; a line takes a quarter of a minute, or what is said of its binding."""
    sheets = asked(opened)

    def quarters(some: Mapping[int, list[SheetLine]]) -> int:
        return sum((minutes or {}).get(sheets[at].binding, 1) for at in some)

    part = first_part(opened, sheets, (), quarters)
    return part, [sheets[at].binding for at in part.sheets]


@pytest.mark.parametrize(("quarters", "answered"), [(QUARTERS - 1, 1), (QUARTERS, 1), (QUARTERS + 1, 0)])
def test_a_first_part_takes_twenty_minutes_at_most(tmp_path: Path, quarters: int, answered: int) -> None:
    """Twenty minutes are what an office gives a tool that it does not know yet."""
    opened = program(tmp_path, SLA_register=SLA)

    part, named = part_of(opened, {"sla-register": quarters})

    assert (part.answered, len(named)) == (answered, answered)


def test_a_figure_that_decides_alone_is_enough_and_what_is_met_needs_every_file(tmp_path: Path) -> None:
    """One service without a signature is no agreement; what is met rests on every file that is read."""
    opened = program(tmp_path, SLA_register=SLA, Mock_conversion_log=MOCKS, Mock_exit_criteria=EXIT)

    part, named = part_of(opened)
    short, _ = part_of(opened, {"mock-exit-criteria": QUARTERS})

    assert (part.answered, set(named)) == (2, {"sla-register", "mock-conversion-log", "mock-exit-criteria"})
    assert short.answered == 1  # the log alone does not say whether the exit criteria were met


def test_a_criterion_that_is_due_comes_before_one_that_is_not(tmp_path: Path) -> None:
    """Five weeks before go-live the agreement is asked for, and reports are not yet."""
    opened = program(tmp_path, SLA_register=SLA, Report_validation=REPORTS)

    part, named = part_of(opened, {"sla-register": QUARTERS, "report-validation": 1})

    assert named == ["sla-register"]
    assert (part.answered, part.due) == (1, 1)


def test_a_fact_that_another_file_answers_is_not_asked(tmp_path: Path) -> None:
    """Each of both files was asked for the fact of the other."""
    opened = program(tmp_path, Mock_conversion_log=MOCKS, Mock_exit_criteria=EXIT)
    order = in_order(opened, opened.bindings)

    assert order.first == 2
    assert not [each.tag for to_do in order.to_do for each in to_do.asked]


def test_a_fact_that_no_file_answers_is_asked_of_the_file_that_is_about_it(tmp_path: Path) -> None:
    """Processes and steps: both sheets asked both questions, each with a column for anything."""
    inventory = "Process ID,Process,To-be Document Status\nP-1,Pay,Signed\nP-2,Leave,Draft\n"
    opened = program(tmp_path, Process_steps=STEPS, Process_inventory=inventory, SOP_tracker=SOPS)
    order = in_order(opened, opened.bindings)

    found = {
        target.about: each.path
        for each in order.to_do
        for one in each.asked
        for target in one.targets
        if one.tag == "fact"
    }

    assert found == {
        "process.mapped_to_position_ratio": "evidence/Process steps.csv",
        "process.documented_ratio": "evidence/Process inventory.csv",
    }


def test_what_serves_no_criterion_stands_apart_and_is_not_read_without_a_yes(tmp_path: Path) -> None:
    """A list of dishes was one of thirty-seven lines."""
    opened = program(tmp_path, SLA_register=SLA, potluck_list=POTLUCK)
    order = in_order(opened, opened.bindings)
    assert [each.path for each in order.to_do[order.first :]] == ["evidence/potluck list.csv"]
    assert "It is about no criterion" in order.later

    (tmp_path / "b.xlsx").write_bytes(make_workbook_of(tmp_path, NOW)[0])
    book = openpyxl.load_workbook(tmp_path / "b.xlsx")
    page = book["Start here"]
    texts = [[cell.value for cell in row] for row in page.iter_rows()]
    later = next(number for number, row in enumerate(texts) if str(row[2]).startswith("Later: "))
    assert texts[later][0] is None
    assert texts[later + 1][1] == "evidence/potluck list.csv"
    page["B1"] = "Ada Kirsch"
    page.cell(later, 4).value = "yes"
    book.save(tmp_path / "b.xlsx")

    bind(tmp_path / "b.xlsx", tmp_path, NOW)

    confirmed = [each.id for each in open_program(tmp_path, NOW).bindings if each.confirmed is None]
    assert confirmed == ["sla-register"]


def test_minutes_that_are_left_go_to_files_that_answer_a_part(tmp_path: Path) -> None:
    """A file whose criterion also needs a statement is better than none, where there is time for it."""
    opened = program(tmp_path, Helpdesk_test_calls=CALLS, Report_validation=REPORTS)

    part, named = part_of(opened)
    _, full = part_of(opened, {"report-validation": QUARTERS})

    assert part.answered == 1
    assert set(named) == {"helpdesk-test-calls", "report-validation"}
    assert full == ["report-validation"]


def test_the_estimate_is_told_with_what_it_buys(tmp_path: Path) -> None:
    """Two lines at half a minute, and half of one for the name and the day."""
    opened = program(tmp_path, SLA_register=SLA, Report_validation=REPORTS)

    summary = in_order(opened, opened.bindings).summary

    assert summary.startswith("A first verdict needs 2 lines: about 2 minutes. With these alone, 2 of 26 criteria have")
    assert ", 1 of the 13 that are due now among them." in summary


def test_a_word_that_stands_only_in_rows_that_do_not_count_is_not_asked(tmp_path: Path) -> None:
    """What `Not needed` means of a process that is out of scope changes nothing."""
    text = (
        "Process ID,Process,In Scope,Document Status\nP-1,Pay,Yes,Oddly\nP-2,Leave,Yes,Draft\nP-3,Old,No,Not needed\n"
    )
    opened = program(tmp_path, Process_inventory=text)
    order = in_order(opened, opened.bindings)

    words = [target.about for each in order.to_do for one in each.asked for target in one.targets if one.tag == "word"]

    assert words == ["Oddly"]


def test_a_word_of_two_files_is_one_question_where_one_answer_counts_in_both(tmp_path: Path) -> None:
    """`Tested` of a test is no approval: where the good answers differ, each file asks its own."""
    texts = {
        "Interfaces": "IF ID,Partner,E2E Test Result\nI-1,PAM,Passed\nI-2,SAM,Odd\n",
        "Interface_documents": "IF ID,Partner,ICD Status\nI-1,PAM,Approved\nI-2,SAM,Odd\n",
        "Cutover_steps": "Step #,Task,Due,Status\n1,a,2026-11-02,Done\n2,b,2026-11-03,Odd\n",
        "Contingency_plan_parts": "Scenario,Part,Written\nRollback,Cost,Yes\nRollback,Data,Odd\n",
    }
    sheets = asked(program(tmp_path, **texts))
    opened = [
        (n, each, [row for row in each.rows if row.tag == "word" and not row.answer]) for n, each in enumerate(sheets)
    ]

    found = [sorted(sheets[target.number].binding for target in each.targets) for each in questions_of(opened)]

    assert sorted(found) == [["contingency-plan-parts", "cutover-steps"], ["interface-documents"], ["interfaces"]]


def test_the_day_is_that_of_the_file_that_takes_the_place_of_the_one_that_was_shown(tmp_path: Path) -> None:
    """It was written for the content of the old list, and the new one waited for a day although one was said."""
    text = "Process ID,Process,Document Status\nP-1,Pay,Approved\nP-2,Leave,Draft\n"
    names = ("Process inventory final.csv", "Process inventory final_v2.csv")
    (tmp_path / "evidence").mkdir()
    for name, each in zip(names, (text, text + "P-3,Time,Approved\n"), strict=True):
        (tmp_path / "evidence" / name).write_text(each, encoding="utf-8")
    start(tmp_path, conduct(tmp_path, OFFICE))
    (tmp_path / "b.xlsx").write_bytes(make_workbook_of(tmp_path, NOW)[0])
    book = openpyxl.load_workbook(tmp_path / "b.xlsx")
    page, others = book["Start here"], book["Other files"]
    page["B1"], page["B2"] = "Ada Kirsch", "2026-11-27"
    for row in page.iter_rows(min_row=7):
        if str(row[1].value).endswith(".csv"):
            row[3].value = "yes"
        elif row[11].value == "fact":
            row[3].value = "Document Status"
    (takes,) = [row for row in others.iter_rows() if row[0].value == "takes the place of"]
    takes[3].value = "process-inventory-final"
    book.save(tmp_path / "b.xlsx")

    told = bind(tmp_path / "b.xlsx", tmp_path, NOW)

    (binding,) = open_program(tmp_path, NOW).bindings
    digest = hashlib.sha256((tmp_path / "evidence" / names[1]).read_bytes()).hexdigest()
    assert binding.confirmed is None, told
    assert binding.inputs[0].as_of.sha256 == (digest,)


@pytest.mark.parametrize(
    ("word", "means"),
    [
        ("Final - approved", Meaning.APPROVED),
        ("Final draft", Meaning.OPEN),
        ("Final", None),
        ("Final offer", None),
        ("Vacant", Meaning.OPEN),
        ("Offer made", Meaning.OPEN),
    ],
)
def test_words_whose_plain_sense_is_known_are_not_asked(word: str, means: Meaning | None) -> None:
    """Each of them was a question that has one answer in every office."""
    assert meaning_of(word, "Status") is means
