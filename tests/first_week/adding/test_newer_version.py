"""Week two: new files under new names, taken by one command, and nothing of them by a guess."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from tests.invented_office import invented_office

from gonogo.errors import UsageError
from gonogo.first_week.adding.added import add
from gonogo.first_week.interview import conduct
from gonogo.first_week.starting import start
from gonogo.model.program import Binding
from gonogo.profiles.shelf import shipped_profiles
from gonogo.program.program_file import load_program

GIVEN = invented_office(go_live="2099-05-03T06:00", build="B-7")
STEPS = "Step,Status,Planned finish\nS-1,Complete,2026-04-01\nS-2,Open,2026-04-02\n"
REQUESTS = "CR,Decision,Modified\nC1,Approved,2026-04-01\nC2,Submitted,2026-04-02\n"


def put(root: Path, name: str, text: str) -> Path:
    """Write a file of evidence."""
    path = root / "evidence" / name
    path.write_text(text, encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A program whose three bindings a person has confirmed, made once."""
    root = tmp_path_factory.mktemp("week")
    (root / "evidence").mkdir()
    put(root, "cutover runbook v4.csv", STEPS)
    put(root, "change requests.csv", REQUESTS)
    survey = next(each for each in shipped_profiles() if each.name == "qualtrics-responses")
    shutil.copy(survey.path.parent / survey.examples[0].file, root / "evidence" / "Pulse_April 11.csv")
    start(root, conduct(root, GIVEN))
    add(root, [*(root / "evidence").iterdir()], confirm=True, by="Ada Kirsch", held="2026-04-03")
    assert [each.confirmed for each in load_program(root).program.bindings] == [None] * 3
    return root


@pytest.fixture
def root(made: Path, tmp_path: Path) -> Path:
    """A copy of that program."""
    shutil.copytree(made, tmp_path / "p")
    return tmp_path / "p"


def bound(root: Path, name: str) -> Binding:
    """One binding."""
    return next(each for each in load_program(root).program.bindings if each.id == name)


def test_a_new_version_of_what_somebody_dated_waits_for_its_own_day(root: Path) -> None:
    """The day that was said of v4 is not that of v5."""
    told = add(root, [put(root, "cutover runbook v5.csv", STEPS.replace("Open", "Complete"))])

    binding = bound(root, "cutover-runbook-v")
    assert told[0].endswith("On which day did it hold? Say it and confirm: --confirm --held DAY.")
    assert (binding.inputs[0].paths, binding.confirmed) == (("evidence/cutover runbook v5.csv",), False)
    assert binding.inputs[0].as_of.at is not None
    assert binding.inputs[0].as_of.at.year == 2000

    add(root, [root / "evidence" / "cutover runbook v5.csv"], confirm=True, by="Ada Kirsch", held="2026-04-10")
    again = bound(root, "cutover-runbook-v")
    assert (again.confirmed, f"{again.inputs[0].as_of.at:%Y-%m-%d}") == (None, "2026-04-10")


@pytest.mark.parametrize(("day", "taken"), [("2026-04-01", False), ("2026-04-02", False), ("2026-04-03", True)])
def test_a_dated_name_is_newer_than_an_undated_one_by_what_the_file_says(root: Path, day: str, taken: bool) -> None:
    """The newest day in the old file is 2026-04-02; only a name with a later day is surely newer."""
    told = add(root, [put(root, f"change requests {day}.csv", REQUESTS)])

    assert ("in place of" in told[0]) is taken
    assert ("does not say which is newer" in told[0]) is not taken
    name = f"change requests {day}.csv" if taken else "change requests.csv"
    assert bound(root, "change-requests").inputs[0].paths == (f"evidence/{name}",)


def test_a_dated_name_is_newer_than_an_undated_one_by_the_day_that_somebody_said(root: Path) -> None:
    """Before, on and after that day; and a file of another folder is never a version of this one."""
    text = "Interface ID,E2E test\nI1,Passed\n"
    add(root, [put(root, "interfaces.csv", text)])
    add(root, [Path("evidence/interfaces.csv")], confirm=True, by="Ada Kirsch", held="2026-04-03")
    (root / "evidence" / "other").mkdir()
    names = ("interfaces 2026-04-02.csv", "interfaces 2026-04-03.csv", "other/interfaces 2026-04-04.csv")

    told = add(root, [put(root, name, text) for name in names])
    assert ["does not say which is newer" in line for line in told[:2]] == [True, True]
    assert bound(root, "interfaces").inputs[0].paths == ("evidence/interfaces.csv",)
    add(root, [put(root, "interfaces 2026-04-04.csv", text)])
    assert bound(root, "interfaces").inputs[0].paths == ("evidence/interfaces 2026-04-04.csv",)
    assert bound(root, "interfaces").confirmed is False


@pytest.mark.parametrize(
    ("old", "text", "day", "taken"),
    [
        ("change requests", REQUESTS, "2026-04-02", False),
        ("change requests", REQUESTS, "2026-04-03", True),
        ("interfaces", "Interface ID,E2E test\nI1,Passed\n", "2026-04-03", False),
        ("interfaces", "Interface ID,E2E test\nI1,Passed\n", "2026-04-04", True),
    ],
)
def test_the_day_of_a_bound_file_is_that_of_the_program(
    tmp_path: Path, old: str, text: str, day: str, taken: bool
) -> None:
    """In Tokyo a day begins when the day before has nine hours left in Greenwich: by the file, or as somebody said."""
    (tmp_path / "evidence").mkdir()
    put(tmp_path, f"{old}.csv", text)
    start(tmp_path, conduct(tmp_path, invented_office(time_zone="Asia/Tokyo", go_live="2099-05-03T06:00")))
    add(tmp_path, [Path(f"evidence/{old}.csv")], confirm=True, by="Ada Kirsch", held="2026-04-03")

    add(tmp_path, [put(tmp_path, f"{old} {day}.csv", text)])

    name = f"{old} {day}.csv" if taken else f"{old}.csv"
    assert load_program(tmp_path).program.bindings[0].inputs[0].paths == (f"evidence/{name}",)


def test_a_new_export_of_another_shape_is_refused_with_the_difference(root: Path) -> None:
    """Half of it read by the old settings would look like progress."""
    told = add(root, [put(root, "change requests 2026-05-01.csv", REQUESTS.replace("Decision", "Outcome"))])

    assert "it does not fit that binding: " in told[0]
    assert "the header lacks 'Decision'" in told[0]
    assert bound(root, "change-requests").inputs[0].paths == ("evidence/change requests.csv",)


def test_a_second_export_of_one_tool_is_no_second_answer(root: Path) -> None:
    """Two answers to one fact make it unknown; a person says whether the new one replaces the other."""
    path = root / "evidence" / "Pulse_May 2.csv"
    shutil.copy(root / "evidence" / "Pulse_April 11.csv", path)

    told = add(root, [path])
    assert "--replaces pulse-april" in told[0]
    assert len(load_program(root).program.bindings) == 3

    add(root, [path], replaces="pulse-april", confirm=True, by="Ada Kirsch", held="2026-05-02")
    assert bound(root, "pulse-april").inputs[0].paths == ("evidence/Pulse_May 2.csv",)
    assert (load_program(root).program.not_evidence or {})[
        "evidence/Pulse_April 11.csv"
    ] == "superseded by Pulse_May 2.csv"


@pytest.mark.parametrize("where", ["as the program has it", "from here", "from elsewhere"])
def test_a_folder_means_every_file_that_nobody_reads(root: Path, where: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """One command takes the week's files; what was never seen before stays a draft, whatever is confirmed."""
    put(root, "cutover runbook v5.csv", STEPS)
    put(root, "interfaces.csv", "Interface ID,E2E test\nI1,Passed\n")
    if where == "from here":
        monkeypatch.chdir(root.parent)
    folders = {"as the program has it": Path("evidence"), "from here": Path("p/evidence")}

    add(root, [folders.get(where, root / "evidence")], confirm=True, by="Ada Kirsch", held="2026-04-10")

    assert bound(root, "cutover-runbook-v").confirmed is None
    assert bound(root, "interfaces").confirmed is False
    add(root, [Path("evidence/interfaces.csv")], confirm=True, by="Ada Kirsch", held="2026-04-10")
    assert add(root, [root / "evidence"]) == ["Every file there is read, superseded or settled already."]


@pytest.mark.parametrize(
    ("files", "replaces", "says"),
    [
        (["a.csv"], "nothing", "The program has no binding nothing"),
        (["a.csv", "b.csv"], "change-requests", "One file replaces another"),
    ],
)
def test_what_replaces_what_is_one_file_and_one_binding(root: Path, files: list[str], replaces: str, says: str) -> None:
    """A slip would put a file in another one's place."""
    with pytest.raises(UsageError, match=says):
        add(root, [put(root, name, REQUESTS) for name in files], replaces=replaces)
