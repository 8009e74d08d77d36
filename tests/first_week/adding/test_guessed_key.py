"""What tells rows apart where no heading says it: the one column that does is proposed, and a person confirms it."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest
from tests.first_week.adding.test_bound_answers import bound, fill
from tests.invented_office import invented_office

from gonogo.first_week.adding.bound_answers import bind, make_workbook_of
from gonogo.first_week.interview import conduct
from gonogo.first_week.starting import start

CALLS = (
    "Call,Routed and answered correctly?,Date\n"
    + "".join(f"{n},Yes,2026-11-18\n" for n in (1, 2))
    + "3,No,2026-11-19\n4,Yes,2026-11-19\n"
)
FACT = "helpdesk.test_success_ratio"
SIGNED = ("confirmed by", None, "Ada Kirsch")


def made(folder: Path, text: str) -> Path:
    (folder / "evidence").mkdir()
    (folder / "evidence" / "helpdesk test calls.csv").write_text(text, encoding="utf-8")
    start(folder, conduct(folder, invented_office()))
    (folder / "bindings.xlsx").write_bytes(make_workbook_of(folder)[0])
    return folder


def sheet(root: Path) -> dict[str, list[str]]:
    """Kind of row to the answers and notes of the sheet."""
    book = openpyxl.load_workbook(root / "bindings.xlsx")
    page = book.worksheets[2]
    found: dict[str, list[str]] = {}
    for row in page.iter_rows(values_only=True):
        found.setdefault(str(row[0]), []).append(f"{row[3] or row[5]}")
    return found


def test_the_column_that_tells_rows_apart_is_proposed_with_its_question(tmp_path: Path) -> None:
    """On six sheets the answer stood in the question, and somebody had to copy it into a cell."""
    asked = sheet(made(tmp_path, CALLS))

    assert asked["key"] == ["Call"]
    assert [note for note in asked["ask"] if note.startswith("Is each row one item of its own, named under Call?")]
    assert not [note for note in asked["ask"] if "no key tells" in note]


def test_what_is_shown_with_the_proposal_is_what_is_signed(tmp_path: Path) -> None:
    """Three of four, on the first sheet and from then on."""
    root = made(tmp_path, CALLS)
    page = openpyxl.load_workbook(root / "bindings.xlsx")["Start here"]
    assert any(f"{FACT}: 3 of 4" in str(row[2].value) for row in page.iter_rows())
    fill(root, "helpdesk", SIGNED)

    told = bind(root / "bindings.xlsx", root)

    assert f"  helpdesk-test-calls gives now: {FACT} 3 of 4." in told
    assert bound(root)["helpdesk-test-calls"].settings["tables"]["helpdesk_test_calls"]["unique"] == ["call"]


def test_nothing_is_guessed_before_a_person_has_confirmed_it(tmp_path: Path) -> None:
    """The program file has no key, and nobody has said that there is one."""
    root = made(tmp_path, CALLS)

    assert bound(root)["helpdesk-test-calls"].confirmed is not None
    assert "unique" not in bound(root)["helpdesk-test-calls"].settings["tables"]["helpdesk_test_calls"]


def test_who_takes_the_proposal_away_has_no_key(tmp_path: Path) -> None:
    """A blank cell is an answer: what one row is, nobody knows."""
    root = made(tmp_path, CALLS)
    fill(root, "helpdesk", SIGNED, ("key", None, None))

    told = bind(root / "bindings.xlsx", root)

    assert [line for line in told if f"{FACT} unknown" in line]


@pytest.mark.parametrize("text", [CALLS.replace("4,Yes", "3,Yes"), CALLS.replace("4,Yes", ",Yes")])
def test_a_column_that_does_not_tell_each_row_apart_is_not_proposed(tmp_path: Path, text: str) -> None:
    """A call that stands twice would count twice."""
    assert sheet(made(tmp_path, text))["key"] != ["Call"]
