"""A file whose name tells of a part of a list is no newer version of it, also where the pattern of its binding fits."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from tests.invented_office import invented_office

from gonogo.first_week.adding.added import add
from gonogo.first_week.adding.folder_status import folder_status
from gonogo.first_week.adding.standing_files import HowItStands
from gonogo.first_week.interview import conduct
from gonogo.first_week.starting import start
from gonogo.model.program import Binding
from gonogo.program.program_file import load_program

GIVEN = invented_office(go_live="2099-05-03T06:00", build="B-7")
WHOLE = "CR,Decision,Modified\nC1,Approved,2026-11-18\nC2,Submitted,2026-11-19\n"
PART = "CR,Decision,Modified\nC1,Approved,2026-11-18\n"
FIRST = "requests 2026-11-20.csv"
ONLY = "requests approved only 2026-11-27.csv"


def put(root: Path, name: str, text: str = WHOLE) -> Path:
    """Write a file of evidence."""
    path = root / "evidence" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A program with one confirmed binding, whose pattern stands for the day in the name of its file."""
    root = tmp_path_factory.mktemp("part")
    put(root, FIRST)
    start(root, conduct(root, GIVEN))
    add(root, [root / "evidence" / FIRST], confirm=True, by="Ada Kirsch")
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


def standing(root: Path, name: str) -> tuple[HowItStands, str]:
    """How a file stands."""
    return next((each.standing, each.words) for each in folder_status(root) if each.path == f"evidence/{name}")


def test_a_part_by_its_name_is_not_taken_by_the_pattern(root: Path) -> None:
    """The list of what is approved would say that nothing is undecided."""
    before = (root / "gonogo.yaml").read_bytes()
    path = put(root, ONLY, PART)

    for named in (path, root / "evidence"):
        [told] = add(root, [named], confirm=True, by="Ada Kirsch")
        assert told == (
            f"evidence/{ONLY}: not taken: its name says `approved only`: it may be a part of the list that requests "
            "reads, or another list, and requests reads nothing until that is settled. If it is the whole list: gonogo "
            f"add PROGRAM 'evidence/{ONLY}' --replaces requests; if not: gonogo add PROGRAM 'evidence/{ONLY}' "
            "--not-evidence REASON"
        )
    assert (root / "gonogo.yaml").read_bytes() == before
    stands, words = standing(root, ONLY)
    assert (stands, "its name says `approved only`" in words) == (HowItStands.UNKNOWN, True)


def test_an_older_part_stops_nothing(root: Path) -> None:
    """The whole list of a later day is read."""
    put(root, "requests approved only 2026-11-19.csv", PART)
    assert standing(root, "requests approved only 2026-11-19.csv")[1].endswith("or another list")
    put(root, "requests approved only 2026-11-20.csv", PART)
    assert standing(root, "requests approved only 2026-11-20.csv")[1].endswith("until that is settled")


def test_a_part_is_settled_as_no_evidence_although_its_pattern_is_confirmed(root: Path) -> None:
    """The binding loses nothing: it reads the whole list."""
    add(root, [put(root, ONLY, PART)], reason="only the approved ones", by="Ada Kirsch")

    assert standing(root, ONLY)[0] is HowItStands.IGNORED
    assert bound(root).inputs[0].paths == ("evidence/requests *.csv",)
    assert add(root, [root / "evidence"]) == ["Every file there is read, superseded or settled already."]


def test_a_person_may_say_that_it_is_the_whole_list(root: Path) -> None:
    """Then the binding reads files of that name, and those that it left are superseded."""
    add(root, [put(root, "requests trial 2026-11-21.csv")], reason="a trial", by="Ada Kirsch")
    add(root, [put(root, ONLY)], replaces="requests")

    assert bound(root).inputs[0].paths == ("evidence/requests approved only *.csv",)
    assert standing(root, ONLY)[0] is HowItStands.BOUND
    assert standing(root, FIRST)[0] is HowItStands.SUPERSEDED


@pytest.mark.parametrize("word", ["draft", "old", "new", "- Copy"])
def test_a_name_that_says_more_is_not_taken_by_what_is_in_the_file(root: Path, word: str) -> None:
    """Its rows are later than those of the bound file, and it may still be a draft."""
    shutil.move(root / "evidence" / FIRST, root / "evidence" / "requests.csv")
    text = (root / "gonogo.yaml").read_text(encoding="utf-8").replace("    pick: newest as_of\n", "")
    text = text.replace("requests *.csv", "requests.csv").replace(
        r"{file_name: '(20\d{2}-\d{2}-\d{2})'}", "{column: modified, pick: latest}"
    )
    (root / "gonogo.yaml").write_text(text, encoding="utf-8")

    [told] = add(root, [put(root, f"requests {word}.csv", WHOLE.replace("11-19", "11-25"))])
    assert (
        f"looks like evidence/requests.csv, which requests reads, but its name says `{word.lower().strip('- ')}`"
        in told
    )
    assert bound(root).inputs[0].paths == ("evidence/requests.csv",)
    [taken, *_] = add(root, [put(root, "requests v2 final.csv", WHOLE.replace("11-19", "11-26"))])
    assert "in place of evidence/requests.csv" in taken


def test_a_pattern_is_drafted_only_if_it_means_no_other_file(tmp_path: Path) -> None:
    """Two exports of one tool lie there: a pattern for the one would match the other too."""
    start(tmp_path, conduct(tmp_path, GIVEN))
    put(tmp_path, "requests spanish.csv", "Hola,Adios\n1,2\n")
    put(tmp_path, "requests 2026-11-13.csv")
    add(tmp_path, [put(tmp_path, FIRST)])

    assert bound(tmp_path).inputs[0].paths == (f"evidence/{FIRST}",)
    text = (tmp_path / "gonogo.yaml").read_text(encoding="utf-8")
    assert "because evidence/requests *.csv would match evidence/requests spanish.csv too" in " ".join(
        text.replace("#", " ").split()
    )


def test_files_of_other_days_do_not_hinder_a_pattern(tmp_path: Path) -> None:
    """They are what the pattern is for."""
    start(tmp_path, conduct(tmp_path, GIVEN))
    put(tmp_path, "requests 2026-11-13.csv")
    add(tmp_path, [put(tmp_path, FIRST)])
    assert bound(tmp_path).inputs[0].paths == ("evidence/requests *.csv",)


def test_a_newer_file_is_taken_by_a_pattern_only_if_it_means_no_other(root: Path) -> None:
    """A pattern would let in what lies beside it."""
    put(root, "lists/requests 2026-11-27.csv")
    put(root, "lists/requests approved only 2026-11-28.csv", PART)

    add(root, [Path("evidence/lists/requests 2026-11-27.csv")], replaces="requests")
    assert bound(root).inputs[0].paths == ("evidence/lists/requests 2026-11-27.csv",)
