"""Next week's version of a list under a name of its own is taken only if nothing speaks against it."""

from __future__ import annotations

import shutil
from datetime import UTC, datetime
from pathlib import Path

import pytest
from tests.invented_office import invented_office

from gonogo.first_week.adding.added import add
from gonogo.first_week.adding.next_list import next_of_list
from gonogo.first_week.adding.open_program import open_program
from gonogo.first_week.interview import conduct
from gonogo.first_week.starting import start
from gonogo.model.program import Binding
from gonogo.program.program_file import load_program

FIRST, SECOND = datetime(2026, 11, 30, 17, tzinfo=UTC), datetime(2026, 12, 4, 17, tzinfo=UTC)
REPORTS = "Report,Critical?,Validated\nRP-1,Y,Yes\nRP-2,N,Yes\nRP-3,Y,{}\n"
NEXT = REPORTS.format("Yes")


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A program with one confirmed list that a person has dated."""
    root = tmp_path_factory.mktemp("lists")
    (root / "evidence").mkdir()
    (root / "evidence/Report validation.csv").write_text(REPORTS.format("No"), encoding="utf-8")
    start(root, conduct(root, invented_office(go_live="2099-05-03T06:00", build="B-7")))
    add(root, [root / "evidence"], now=FIRST)
    add(root, [Path("evidence/Report validation.csv")], confirm=True, by="Ada Kirsch", held="2026-11-27", now=FIRST)
    return root


@pytest.fixture
def root(made: Path, tmp_path: Path) -> Path:
    """A copy of it."""
    shutil.copytree(made, tmp_path / "p")
    return tmp_path / "p"


def bound(root: Path) -> Binding:
    """Its first binding."""
    return load_program(root).program.bindings[0]


def taken(root: Path, name: str, text: str, held: str = "2026-12-03") -> bool:
    """Add a file with the day on which it held; whether the list's binding reads it, confirmed."""
    path = root / "evidence" / name
    path.parent.mkdir(exist_ok=True)
    path.write_text(text, encoding="utf-8")
    add(root, [root / "evidence"], confirm=True, by="Ada Kirsch", held=held, now=SECOND)
    return bound(root).inputs[0].paths == (f"evidence/{name}",) and bound(root).confirmed is None


def test_the_list_of_this_week_is_taken_under_its_own_name(root: Path) -> None:
    """One command takes it, with the day that a person says, and the old one is settled."""
    assert taken(root, "Reports validated 12-03.csv", NEXT)
    assert f"{bound(root).inputs[0].as_of.at:%Y-%m-%d}" == "2026-12-03"
    assert load_program(root).program.not_evidence == {
        "evidence/Report validation.csv": "superseded by Reports validated 12-03.csv"
    }


@pytest.mark.parametrize(
    ("text", "takes"),
    [
        (NEXT, True),
        (NEXT + "RP-4,N,Yes\n", True),
        (NEXT.replace("RP-3,Y,Yes\n", ""), False),
        (NEXT.replace("RP-3", "RP-9"), False),
        (NEXT.replace("Validated", "Validated on"), False),
    ],
)
def test_a_row_that_is_lost_or_another_heading_is_a_question(root: Path, text: str, takes: bool) -> None:
    """A list without its failed rows would be the better news."""
    assert taken(root, "Reports validated 12-03.csv", text) is takes


@pytest.mark.parametrize(("held", "takes"), [("2026-11-26", False), ("2026-11-27", False), ("2026-11-28", True)])
def test_only_a_later_day_makes_it_the_newer_one(root: Path, held: str, takes: bool) -> None:
    """Last month's list put beside this month's must not take its place."""
    assert taken(root, "Reports validated.csv", NEXT, held) is takes


def test_nobody_said_a_day(root: Path) -> None:
    """Without one nothing says which is newer."""
    path = root / "evidence/Reports validated 12-03.csv"
    path.write_text(NEXT, encoding="utf-8")
    [told, *_] = add(root, [path], now=SECOND)

    assert told.startswith("evidence/Reports validated 12-03.csv: not bound. ")
    assert bound(root).inputs[0].paths == ("evidence/Report validation.csv",)


@pytest.mark.parametrize(
    "name",
    [
        "UAT reports by hand.csv",
        "Reports validated open only.csv",
        "Report validation R2.csv",
        "other/Reports validated.csv",
        "Reports validated provider.csv",
        "old/Reports validated.csv",
        "Reports validated.txt",
    ],
)
def test_another_word_folder_side_or_form_is_a_question(root: Path, name: str) -> None:
    """The provider's list has the same headings, and may have the same reports."""
    assert not taken(root, name, NEXT)


def test_of_two_bound_lists_with_the_same_headings_none_is_taken(root: Path) -> None:
    """Nothing says which of the two it continues."""
    path = root / "evidence/Reports validated 12-03.csv"
    path.write_text(NEXT, encoding="utf-8")
    assert next_of_list(open_program(root, SECOND), "evidence/Reports validated 12-03.csv")

    text = (root / "gonogo.yaml").read_text(encoding="utf-8")
    start_at = text.index("  - id: report-validation")
    second = text[start_at:].replace("id: report-validation", "id: second").replace("Report validation", "Second list")
    (root / "evidence/Second list.csv").write_text(NEXT, encoding="utf-8")
    (root / "gonogo.yaml").write_text(text.rstrip("\n") + "\n" + second, encoding="utf-8")

    assert not next_of_list(open_program(root, SECOND), "evidence/Reports validated 12-03.csv")
