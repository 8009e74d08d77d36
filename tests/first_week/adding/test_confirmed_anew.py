"""A binding that was confirmed and waits again: a yes through any door keeps what was said and adds what is missing."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from tests.first_week.adding.test_correcting import JIRA, answered, fill
from tests.first_week.adding.test_every_door import FIRST, binding, in_the_workbook
from tests.invented_office import invented_office

from gonogo.first_week.adding.added import add_each
from gonogo.first_week.adding.bound_answers import bind, make_workbook_of
from gonogo.first_week.adding.drafted_again import own_of
from gonogo.first_week.adding.open_program import open_program
from gonogo.first_week.interview import conduct
from gonogo.first_week.starting import start

TABLE = (
    "Interface ID,In scope,E2E test,Retest\n"
    "I-1,Yes,Passed,Parked\nI-2,Yes,Failed,Passed\nI-3,No,Passed,Failed\nI-4,Yes,Failed,Verified\n"
)
NEWER = TABLE.replace("I-1,Yes,Passed,Parked", "I-1,Yes,Passed,Passed") + "I-5,Yes,Failed,Parked\n"
FACT = "interfaces.e2e_passed_ratio"
NAME = "Interfaces of the week.csv"
SAID = {"confirmed by": "Bea Lund", "held": "2026-11-19"}
COLUMN, ROWS, WORD = ("fact", FACT, "Retest"), ("only rows", None, "In scope", "Yes"), ("word", "Verified", "passed")
OUTER = ("confirmed by", None, "Ada Kirsch"), ("held", None, "2026-11-12")


def program(root: Path, name: str, text: str) -> Path:
    (root / "evidence").mkdir(parents=True)
    (root / "evidence" / name).write_text(text, encoding="utf-8")
    start(root, conduct(root, invented_office()))
    (root / "a.xlsx").write_bytes(make_workbook_of(root)[0])
    return root


def newer(root: Path, name: str, text: str) -> None:
    (root / "evidence" / name).write_text(text, encoding="utf-8")
    add_each(root, [root / "evidence" / name], replaces=binding(root).id)
    assert binding(root).confirmed is not None


def own(root: Path) -> dict[str, Any]:
    return own_of(open_program(root), binding(root))


@pytest.fixture(scope="module")
def once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A table that was confirmed by other columns and words than were guessed, and a newer file of it without a day."""
    root = program(tmp_path_factory.mktemp("anew") / "p", "Interfaces.csv", TABLE)
    bind(fill(root / "a.xlsx", "Interfaces", *OUTER, COLUMN, ROWS, WORD), root)
    assert binding(root).confirmed is None
    newer(root, NAME, NEWER)
    return root


@pytest.fixture
def root(once: Path, tmp_path: Path) -> Path:
    """A copy of that program."""
    return Path(shutil.copytree(once, tmp_path / "p"))


@pytest.mark.parametrize("door", sorted(FIRST))
def test_a_yes_through_any_door_keeps_what_was_confirmed(root: Path, door: str) -> None:
    """Who says the day of this week's file must not lose what was corrected of last week's."""
    before = binding(root).settings
    (root / "evidence" / "Interfaces.csv").unlink()

    told = FIRST[door](root, SAID)

    now = binding(root)
    assert (now.confirmed, now.settings) == (None, before), told
    assert now.inputs[0].as_of.at is not None
    assert now.inputs[0].as_of.at.year == 2026
    text = (root / "gonogo.yaml").read_text(encoding="utf-8")
    assert all(f"# confirmed by {name} on 20" in text for name in ("Ada Kirsch", "Bea Lund"))
    assert "# corrected by" not in text


def test_its_sheet_shows_what_was_confirmed_and_its_figure_of_today(root: Path) -> None:
    """A guess beside the name would be signed in the place of what a person said."""
    (root / "b.xlsx").write_bytes(make_workbook_of(root)[0])

    stands = answered(root / "b.xlsx", "Interfaces")
    assert stands["fact", FACT] == ("Retest", "")
    assert stands["only rows", ""] == ("In scope", "Yes")
    assert stands["word", "Verified"] == ("passed", "")
    assert stands["held", "needed"] == ("", "")
    line = next(row for row in openpyxl.load_workbook(root / "b.xlsx")["Start here"].values if NAME in str(row))
    assert f"{FACT}: 1 of 4" in " ".join(map(str, line))


def test_what_is_corrected_beside_the_day_is_told_and_nothing_else_changes(root: Path) -> None:
    """The newer file has a word of its own; the rest stands."""
    before = binding(root).settings["facts"][FACT]["share"]
    (root / "b.xlsx").write_bytes(make_workbook_of(root)[0])

    told = in_the_workbook(root, SAID) if fill(root / "b.xlsx", "Interfaces", ("word", "Parked", "passed")) else ""

    assert "word Parked under Retest: nothing before, passed now" in told
    now = binding(root).settings["facts"][FACT]["share"]
    assert now["among"] == before["among"]
    assert '"Parked"' in now["where"]
    assert '"Verified"' in now["where"]
    assert "# corrected by Bea Lund on 20" in (root / "gonogo.yaml").read_text(encoding="utf-8")


def test_without_its_day_it_still_waits(root: Path) -> None:
    """A name alone says nothing about when the newer file held."""
    told = in_the_workbook(root, {"confirmed by": "Bea Lund"})
    assert "say the day on which its content held" in told
    assert binding(root).confirmed is not None


def test_a_sheet_from_before_the_binding_was_changed_takes_nothing_back(root: Path) -> None:
    """What stands in it would count as a correction of what was said after it was made."""
    (root / "b.xlsx").write_bytes(make_workbook_of(root)[0])
    path = root / "gonogo.yaml"
    now = path.read_text(encoding="utf-8").replace('in ["Passed", "Verified"]', 'in ["Passed", "Parked"]')
    path.write_text(now, encoding="utf-8")

    assert "its binding was changed after this sheet was made" in in_the_workbook(root, SAID)
    assert path.read_text(encoding="utf-8") == now
    assert '"Parked"' in now


def test_the_words_and_columns_of_an_export_stay_as_they_were_answered(tmp_path: Path) -> None:
    """An export of a known tool has answers beside its settings: which of its words are final."""
    root = program(tmp_path / "p", "Jira defects.csv", JIRA)
    bind(fill(root / "a.xlsx", "Jira", *OUTER, ("word", "Waiting", "final")), root)
    before = own(root)
    assert "Waiting" in str(before["answers"])
    newer(root, "Jira of the week.csv", JIRA + "T-4,4,s,Bug,Done,High,2026-11-04 10:00,2026-11-04 10:00,T\n")

    (root / "b.xlsx").write_bytes(make_workbook_of(root)[0])
    bind(fill(root / "b.xlsx", "Jira", *OUTER), root)

    assert binding(root).confirmed is None
    assert own(root) == before
