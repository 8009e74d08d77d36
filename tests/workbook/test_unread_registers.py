"""What people type into the registers of a workbook counts, or somebody is told that it does not."""

from __future__ import annotations

import io
from datetime import datetime

import pytest
from tests.workbook.conftest import book_in

from gonogo.cli import run
from gonogo.program.program_file import load_program
from gonogo.program.unread_registers import unread_registers

PLANS = "schema: 1\nplans: []\n"


DUE = datetime.fromisoformat("2027-04-26")


def typed_in(data: bytes, **sheets: list[object]) -> bytes:
    """Return a workbook with one row typed into each of some sheets; a blank stands for one in their names."""
    book = book_in(data)
    for sheet, row in sheets.items():
        for column, value in enumerate(row, 1):
            book[sheet.replace("_", " ")].cell(2, column, value)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def planned(data: bytes, *, criterion: str = "workforce.survey.state", due: object = DUE) -> bytes:
    """Return a workbook with one action plan typed in."""
    return typed_in(data, Action_plans=[criterion, "customer.functional_lead", "Ask everybody again", due])


def test_with_the_lines_that_workbook_prints_a_typed_plan_counts(stated) -> None:  # type: ignore[no-untyped-def]
    """Nobody reads a manual to find out that a sheet must be wired."""
    program = stated.root / "gonogo.yaml"
    program.write_text(program.read_text() + stated.made.block)
    (stated.root / "evidence.xlsx").write_bytes(planned(stated.made.data))

    loaded = load_program(stated.root)

    assert [plan.action for plan in loaded.plans] == ["Ask everybody again"]
    assert unread_registers(loaded) == []


def test_a_plan_typed_where_another_file_is_read_is_told_by_lint_doctor_and_progress(stated, capfd) -> None:  # type: ignore[no-untyped-def]
    """It looks as if it counted until the meeting."""
    program = stated.root / "gonogo.yaml"
    program.write_text(program.read_text() + 'attestations: "evidence.xlsx"\nplans: plans.yaml\n')
    (stated.root / "plans.yaml").write_text(PLANS)
    (stated.root / "evidence.xlsx").write_bytes(planned(stated.made.data))
    words = "evidence.xlsx, sheet Action plans: 1 row that is typed there and counts for nothing"

    (found,) = unread_registers(load_program(stated.root))
    assert found.what.startswith(words)
    assert 'because gonogo.yaml reads plans.yaml for plans; write plans: "evidence.xlsx".' in found.what
    for command in ("lint", "doctor", "progress"):
        run([command, str(stated.root)])
        captured = capfd.readouterr()
        assert words in captured.out + captured.err, command


def test_a_row_that_the_register_holds_already_is_no_news(stated) -> None:  # type: ignore[no-untyped-def]
    """The workbook copies what is there, and says nothing about it."""
    program = stated.root / "gonogo.yaml"
    program.write_text(program.read_text() + 'attestations: "evidence.xlsx"\nplans: plans.yaml\n')
    (stated.root / "plans.yaml").write_text(
        "schema: 1\nplans:\n  - {criterion: workforce.survey.state, owner: customer.functional_lead, "
        "action: Ask everybody again, due: 2027-04-26}\n"
    )
    (stated.root / "evidence.xlsx").write_bytes(planned(stated.made.data))

    assert unread_registers(load_program(stated.root)) == []


@pytest.mark.parametrize(
    ("register", "typed"),
    [
        ("criterion: workforce.survey.other", 1),
        ("owner: provider.pmo_lead", 1),
        ("action: Ask the units again", 1),
        ("action: Ask  everybody again", 0),
    ],
)
def test_a_row_that_says_anything_else_than_the_register_is_told(stated, register, typed) -> None:  # type: ignore[no-untyped-def]
    """The action was rewritten in the workbook, but its owner is still judged by the old one."""
    program = stated.root / "gonogo.yaml"
    program.write_text(program.read_text() + 'attestations: "evidence.xlsx"\nplans: plans.yaml\n')
    plan = {"criterion": "workforce.survey.state", "owner": "customer.functional_lead", "action": "Ask everybody again"}
    key, _, value = register.partition(": ")
    rows = "".join(f"    {name}: {said}\n" for name, said in (plan | {key: value, "due": "2027-04-26"}).items())
    (stated.root / "plans.yaml").write_text(f"schema: 1\nplans:\n  -\n{rows}")
    (stated.root / "evidence.xlsx").write_bytes(planned(stated.made.data))

    assert len(unread_registers(load_program(stated.root))) == typed


@pytest.mark.parametrize(
    ("due", "typed"),
    [
        (DUE, 0),
        (datetime.fromisoformat("2027-04-27"), 1),
        (datetime.fromisoformat("2027-04-25"), 1),
        ("2027-04-26", 0),
        ("April 26, 2027", 0),
        ("4/26/2027", 0),
        ("04/05/2027", 1),
        ("next week", 1),
        (None, 1),
    ],
)
def test_a_due_date_that_was_changed_in_the_workbook_alone_is_told(stated, due, typed) -> None:  # type: ignore[no-untyped-def]
    """The owner moved the date in the sheet, and is held to the old one in the register."""
    program = stated.root / "gonogo.yaml"
    program.write_text(program.read_text() + 'attestations: "evidence.xlsx"\nplans: plans.yaml\n')
    (stated.root / "plans.yaml").write_text(
        "schema: 1\nplans:\n  - {criterion: workforce.survey.state, owner: customer.functional_lead, "
        "action: Ask everybody again, due: 2027-04-26}\n"
    )
    (stated.root / "evidence.xlsx").write_bytes(planned(stated.made.data, due=due))

    assert len(unread_registers(load_program(stated.root))) == typed


WAIVER = """schema: 1
waivers:
  - id: W-001
    criterion: workforce.survey.state
    reason: the units vote late
    residual_risk: a few votes
    compensating_control: a count by phone
    owner: customer.functional_lead
    requested_by: kirsch
    expires_on: 2027-05-20
    release: R1
    approved_by:
      - {person: amsel, role: customer.functional_lead, on: 2027-04-12}
"""


@pytest.mark.parametrize(
    ("column", "said", "typed"),
    [
        (None, None, 0),
        (3, "the units vote never", 1),
        (4, "many votes", 1),
        (5, "nothing", 1),
        (6, "provider.pmo_lead", 1),
        (7, "amsel", 1),
        (8, datetime.fromisoformat("2027-05-21"), 1),
        (8, datetime.fromisoformat("2027-05-19"), 1),
        (9, "R2", 1),
        (9, None, 1),
    ],
)
def test_a_waiver_that_says_another_day_or_release_in_the_workbook_is_told(stated, column, said, typed) -> None:  # type: ignore[no-untyped-def]
    """A waiver that was prolonged in the sheet alone ends when the register says."""
    row = ["W-001", "workforce.survey.state", "the units vote late", "a few votes", "a count by phone",
           "customer.functional_lead", "kirsch", datetime.fromisoformat("2027-05-20"), "R1"]  # fmt: skip
    if column is not None:
        row[column - 1] = said
    assert told_of_waivers(stated, Waivers=row) == typed


@pytest.mark.parametrize(("day", "typed"), [("2027-04-12", 0), ("2027-04-13", 1), ("2027-04-11", 1)])
def test_an_approval_of_another_day_is_told(stated, day, typed) -> None:  # type: ignore[no-untyped-def]
    """What an approval binds is the state of its day."""
    row = ["W-001", "amsel", "customer", "functional_lead", datetime.fromisoformat(day)]

    assert told_of_waivers(stated, Waiver_approvals=row) == typed


def told_of_waivers(stated, **sheets) -> int:  # type: ignore[no-untyped-def]
    program = stated.root / "gonogo.yaml"
    program.write_text(program.read_text() + 'attestations: "evidence.xlsx"\nwaivers: waivers.yaml\n')
    (stated.root / "waivers.yaml").write_text(WAIVER)
    (stated.root / "evidence.xlsx").write_bytes(typed_in(stated.made.data, **sheets))
    return len(unread_registers(load_program(stated.root)))


def test_a_file_that_nobody_bound_is_told_by_lint_doctor_and_progress(stated, capfd) -> None:  # type: ignore[no-untyped-def]
    """The person who put it there believes that it counts."""
    (stated.root / "evidence").mkdir(exist_ok=True)
    (stated.root / "evidence" / "survey v2.pdf").write_bytes(b"%PDF-")

    for command in ("lint", "doctor", "progress"):
        run([command, str(stated.root)])
        captured = capfd.readouterr()
        assert "evidence/survey v2.pdf: no binding reads it" in captured.out + captured.err, command
    program = stated.root / "gonogo.yaml"
    program.write_text(program.read_text() + "not_evidence: {evidence/survey v2.pdf: minutes for people}\n")
    run(["lint", str(stated.root)])
    assert "no binding reads it" not in capfd.readouterr().out
