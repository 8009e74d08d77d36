"""Two files of one day, and a day that the binding cannot read: nobody says that such a file is read."""

from __future__ import annotations

import shutil
from datetime import UTC, datetime
from pathlib import Path

import pytest
from tests.invented_office import invented_office

from gonogo.first_week.adding.added import Added, add, add_each
from gonogo.first_week.adding.checking import check_file
from gonogo.first_week.adding.folder_status import folder_status, standing_by_name
from gonogo.first_week.adding.left_files import left_files
from gonogo.first_week.adding.open_program import open_program
from gonogo.first_week.adding.previewing import preview_in
from gonogo.first_week.adding.standing_files import HowItStands
from gonogo.first_week.interview import conduct
from gonogo.first_week.starting import start
from gonogo.model.program import Binding
from gonogo.model.reply import Reply
from gonogo.program.program_file import load_program
from gonogo.workflow.overlooking import overlooked_sentences

GIVEN = invented_office(go_live="2099-05-03T06:00", build="B-7")
FIRST = "Interface ID,E2E test result\nI1,Passed\nI2,Failed\n"
REST = "Interface ID,E2E test result\nI3,Passed\nI4,Passed\n"
RIGHT = FIRST.replace("Failed", "Passed")
NOW = datetime(2026, 12, 10, tzinfo=UTC)
OLD = "interfaces_2026-11-27.csv"


def put(root: Path, name: str, text: str) -> Path:
    """Write a file of evidence."""
    path = root / "evidence" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A program with one confirmed binding, whose pattern stands for the day in the name of its file."""
    root = tmp_path_factory.mktemp("read")
    put(root, OLD, FIRST)
    start(root, conduct(root, GIVEN))
    add(root, [root / "evidence" / OLD], confirm=True, by="Ada Kirsch")
    assert bound(root).inputs[0].paths == ("evidence/interfaces_*.csv",)
    return root


@pytest.fixture
def root(made: Path, tmp_path: Path) -> Path:
    """A copy of that program."""
    shutil.copytree(made, tmp_path / "p")
    return tmp_path / "p"


def bound(root: Path) -> Binding:
    """The one binding."""
    [found] = load_program(root).program.bindings
    return found


def read_by_a_run(root: Path) -> str:
    """The file that a run reads; empty for none."""
    reply = preview_in(open_program(root, NOW), bound(root))
    assert isinstance(reply, Reply)
    return reply.inputs[0].path.removeprefix("evidence/") if reply.inputs else ""


def standings(root: Path) -> dict[str, HowItStands]:
    """How each file stands."""
    return {each.path.removeprefix("evidence/"): each.standing for each in folder_status(root)}


def added(root: Path, name: str, text: str, **choices: str) -> Added:
    """What `gonogo add` says of a file."""
    return add_each(root, [put(root, name, text)], now=NOW, **choices)


SECOND = ("interfaces_2026-11-27_2.csv", "interfaces_2026-11-27 (1).csv", "interfaces_12-04-2026.csv")
UNREAD = (*SECOND, "interfaces_12-31-2026.csv", "interfaces_2026-12-04_2.csv", "interfaces_2026-12-04 page 2.csv")


@pytest.mark.parametrize("name", UNREAD)
def test_all_who_speak_of_a_file_say_what_a_run_does(root: Path, name: str) -> None:
    """A second page, a browser's copy, an American date: the binding reads nothing, and everybody says so."""
    found = added(root, name, REST)

    assert read_by_a_run(root) == ""
    assert found.waits
    assert "read by" not in found.told[0]
    assert f"--replaces {bound(root).id}" in found.told[0]
    assert all(each.asks for each in standings(root).values())
    assert all(each.standing.asks for each in standing_by_name(root))
    assert {row.about for row in left_files(open_program(root, NOW))} == {f"evidence/{OLD}", f"evidence/{name}"}
    assert any(each.startswith("interfaces reads nothing: ") for each in overlooked_sentences(root))


@pytest.mark.parametrize("name", [each for each in UNREAD if "12-31" not in each])
def test_a_person_says_in_one_command_that_it_is_the_whole_list(root: Path, name: str) -> None:
    """What the sentence says to type is taken by the run."""
    added(root, name, RIGHT)
    added(root, name, RIGHT, replaces="interfaces")
    if bound(root).confirmed is not None:
        add(root, [root / "evidence" / name], confirm=True, by="Ada Kirsch", held="2026-12-05", now=NOW)

    assert read_by_a_run(root) == name
    assert standings(root) == {OLD: HowItStands.SUPERSEDED, name: HowItStands.BOUND}


@pytest.mark.parametrize("name", ["interfaces_2026-11-27_2.csv", "interfaces_2026-12-04_2.csv"])
def test_a_part_that_is_set_aside_leaves_the_figures_as_they_were(root: Path, name: str) -> None:
    """The list that a person confirmed is read again."""
    added(root, name, REST)
    add(root, [root / "evidence" / name], reason="a second page, by mistake", by="Ada Kirsch", now=NOW)

    assert (read_by_a_run(root), bound(root).confirmed) == (OLD, None)
    assert standings(root) == {OLD: HowItStands.BOUND, name: HowItStands.IGNORED}


@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("interfaces_2026-11-27_2.csv", "interfaces reads nothing until this is settled"),
        ("interfaces_2026-12-04.csv", "interfaces reads evidence/interfaces_2026-12-04.csv, the newest of"),
    ],
)
def test_check_says_of_a_file_that_it_is_not_read(root: Path, name: str, says: str) -> None:
    """It said `bound`, with the figures of another file."""
    put(root, name, REST)
    look = check_file(root / "evidence" / OLD, program=root, now=NOW)

    assert look.what.startswith(f"named by interfaces and not read: {says}")
    assert look.answers == ()


def test_a_newer_file_is_read_and_the_older_one_is_superseded(root: Path) -> None:
    """Nothing is asked in an ordinary week."""
    found = added(root, "interfaces_2026-12-04.csv", RIGHT)

    assert (read_by_a_run(root), found.waits) == ("interfaces_2026-12-04.csv", False)
    assert "read by interfaces" in found.told[0]
    assert standings(root) == {OLD: HowItStands.SUPERSEDED, "interfaces_2026-12-04.csv": HowItStands.BOUND}


def test_an_older_part_of_another_day_stops_nothing_and_is_not_bound(root: Path) -> None:
    """The newest is the whole list; the part of last week is history."""
    put(root, "interfaces_2026-11-20_2.csv", REST)
    assert read_by_a_run(root) == OLD
    assert standings(root)["interfaces_2026-11-20_2.csv"] is not HowItStands.BOUND


@pytest.mark.parametrize(
    ("text", "taken"),
    [(REST, False), (FIRST.replace("I2,Failed\n", ""), False), (RIGHT, True), (RIGHT + "I3,Passed\n", True)],
)
@pytest.mark.parametrize("name", ["interfaces_2.csv", "interfaces (1).csv"])
def test_by_its_exact_path_only_a_file_with_all_rows_is_taken(
    tmp_path: Path, name: str, text: str, taken: bool
) -> None:
    """Other rows, one row fewer, the same and one more: what may be another part stops the binding until it is said."""
    put(tmp_path, "interfaces.csv", FIRST)
    start(tmp_path, conduct(tmp_path, GIVEN))
    add(tmp_path, [tmp_path / "evidence"], confirm=True, by="Ada Kirsch", held="2026-11-27", now=NOW)
    add(tmp_path, [tmp_path / "evidence" / "interfaces.csv"], confirm=True, by="Ada", held="2026-11-27", now=NOW)
    assert bound(tmp_path).confirmed is None

    put(tmp_path, name, text)
    path = tmp_path / "evidence" / name
    found = add_each(tmp_path, [path], confirm=True, by="Ada Kirsch", held="2026-12-04", now=NOW)

    assert bound(tmp_path).inputs[0].paths == (f"evidence/{name if taken else 'interfaces.csv'}",)
    assert ("may be another part of evidence/interfaces.csv" in found.told[0]) is not taken
    assert bound(tmp_path).confirmed is (None if taken else False)
    assert found.waits is not taken
