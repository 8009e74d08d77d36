"""Week two: new files under new names, taken by one command, and nothing of them by a guess."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from tests.invented_office import invented_office
from tests.warm import Warm

from gonogo.errors import UsageError
from gonogo.first_week.adding.added import add, add_each, take_each
from gonogo.first_week.adding.adding_files import Adding
from gonogo.first_week.adding.folder_status import folder_status
from gonogo.first_week.adding.open_program import open_program
from gonogo.first_week.adding.program_lines import ProgramLines
from gonogo.first_week.interview import conduct
from gonogo.first_week.starting import start
from gonogo.model.program import AsOfRule, Binding
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
    binding = bound(root, "change-requests")
    assert binding.inputs[0].paths == (f"evidence/{name}",)
    assert binding.confirmed is (None if taken else False)  # old figures never stand beside what may be newer ones
    assert binding.inputs[0].as_of.rule is AsOfRule.COLUMN  # it still says itself when
    assert "On which day" not in told[0]


def test_a_dated_name_is_newer_than_an_undated_one_by_the_day_that_somebody_said(root: Path) -> None:
    """Before, on and after that day; and a file of another folder is never a version of this one."""
    text = "Interface ID,E2E test\nI1,Passed\n"
    add(root, [put(root, "interfaces.csv", text)])
    add(root, [Path("evidence/interfaces.csv")], confirm=True, by="Ada Kirsch", held="2026-04-03")
    (root / "evidence" / "other").mkdir()
    names = ("interfaces 2026-04-02.csv", "interfaces 2026-04-03.csv", "other/interfaces 2026-04-04.csv")

    told = [add(root, [put(root, name, text)])[0] for name in names]
    assert ["does not say which is newer" in line for line in told] == [False, True, False]
    assert "older than evidence/interfaces.csv" in told[0]
    assert bound(root, "interfaces").inputs[0].paths == ("evidence/interfaces.csv",)
    assert bound(root, "interfaces").confirmed is False
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

    assert told[0].startswith(
        "evidence/change requests 2026-05-01.csv: a newer version of evidence/change requests.csv, which "
        "change-requests reads. change-requests does not read it: "
    )
    assert "where it reads `Decision` the file has `Outcome`, and it stands in the same place" in told[0]
    assert told[0].endswith("--not-evidence REASON. Until then change-requests is not read.")
    binding = bound(root, "change-requests")
    assert binding.inputs[0].paths == ("evidence/change requests.csv",)
    assert binding.confirmed is False  # last month's figures never stand beside this month's file
    above = (root / "gonogo.yaml").read_text(encoding="utf-8").partition("  - id: change-requests\n")[0]
    assert "# ask: Which counts, what this binding reads or evidence/change requests 2026-05-01.csv?" in above

    add(root, [put(root, "change requests 2026-05-02.csv", REQUESTS)])
    binding = bound(root, "change-requests")
    assert binding.inputs[0].paths == ("evidence/change requests 2026-05-02.csv",)
    assert binding.confirmed is False


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


def test_a_draft_that_nobody_has_dated_is_not_asked_about_twice(root: Path) -> None:
    """It waits for a person all the same."""
    text = "Interface ID,E2E test\nI1,Passed\n"
    add(root, [put(root, "interfaces v1.csv", text)])

    told = add(root, [put(root, "interfaces v2.csv", text)])

    binding = bound(root, "interfaces-v")
    assert (binding.inputs[0].paths, binding.confirmed) == (("evidence/interfaces v2.csv",), False)
    assert told[0].endswith("which is listed under not_evidence.")


EXERCISES = (
    "Exercise ID,System,Exercise type,Date held,Outcome,Production size,Data checked,Customer took part\n"
    "B-1,Ledger,Restore,2026-02-10,Passed,Yes,Yes,\nD-1,Ledger,Failover,2025-10-05,Passed,,,Yes\n"
)


@pytest.mark.parametrize(("day", "taken"), [("2025-12-01", False), ("2026-02-10", False), ("2026-02-11", True)])
def test_of_several_days_in_a_file_the_newest_counts(tmp_path: Path, day: str, taken: bool) -> None:
    """A register of exercises holds an old one and a new one; a name between them is not surely newer."""
    (tmp_path / "evidence").mkdir()
    put(tmp_path, "exercises.csv", EXERCISES)
    start(tmp_path, conduct(tmp_path, GIVEN))
    [binding] = load_program(tmp_path).program.bindings
    assert binding.inputs[0].as_of.rule is AsOfRule.DOCUMENT

    told = add(tmp_path, [put(tmp_path, f"exercises {day}.csv", EXERCISES)])

    assert ("does not say which is newer" in told[0]) is not taken
    assert ("in place of" in told[0]) is taken


BY_HAND = """\
schema: 1
program: {id: p, customer: C, provider: P, time_zone: America/New_York}
releases:
  - {id: R1, go_live: 2099-05-03T06:00}
ruleset: m3-baseline@1.0.0
evidence:
  - id: interfaces
    collector: table
    as: interfaces
    path: "PATH"
    as_of: {file_name: '(\\d{4}-\\d{2}-\\d{2})'}
    side: customer
    producer: Somebody
    settings:
      tables:
        t: {unique: [id], columns: {id: {header: ID, type: id}, done: {header: Done, type: text, allowed: any}}}
      facts:
        e2e_passed_ratio: {share: {where: 'WHERE'}}
"""


def by_hand(root: Path, path: str, where: str = 'done == "yes"') -> Path:
    """A program that a person wrote, with one file of evidence."""
    (root / "evidence").mkdir()
    (root / "gonogo.yaml").write_text(BY_HAND.replace("PATH", path).replace("WHERE", where), encoding="utf-8")
    put(root, path.rpartition("/")[2], "ID,Done\nI1,yes\nI2,no\n")
    return root


@pytest.mark.parametrize(
    ("beside", "path"),
    [
        ("", "evidence/interfaces *.csv"),
        ("interfaces 2026-99-99.csv", "evidence/interfaces 2026-04-09.csv"),
        ("interfaces abcd-ef-gh.csv", "evidence/interfaces 2026-04-09.csv"),
    ],
)
def test_weekly_exports_are_taken_by_a_pattern_unless_it_takes_others_too(
    tmp_path: Path, beside: str, path: str
) -> None:
    """The newest of them is picked by the day in its name; a file without one would stop every run."""
    by_hand(tmp_path, "evidence/interfaces 2026-04-02.csv")
    if beside:
        put(tmp_path, beside, "ID,Done\n")

    add(tmp_path, [put(tmp_path, "interfaces 2026-04-09.csv", "ID,Done\nI1,yes\nI2,yes\n")])

    entry = bound(tmp_path, "interfaces").inputs[0]
    assert (entry.paths, entry.pick_newest) == ((path,), "*" in path)


def test_a_binding_that_its_collector_refuses_takes_nothing(tmp_path: Path) -> None:
    """What is wrong with its settings is said, and the file stays as it is."""
    by_hand(tmp_path, "evidence/interfaces 2026-04-02.csv", where='nothing == "yes"')

    told = add(tmp_path, [put(tmp_path, "interfaces 2026-04-09.csv", "ID,Done\nI1,yes\n")])

    assert "nothing" in told[0].partition("interfaces does not read it: ")[2]
    assert bound(tmp_path, "interfaces").inputs[0].paths == ("evidence/interfaces 2026-04-02.csv",)


def test_a_binding_of_several_files_is_changed_by_hand(tmp_path: Path) -> None:
    """Nobody can tell which of them the new one replaces."""
    by_hand(tmp_path, "evidence/interfaces 2026-04-02.csv")
    text = (tmp_path / "gonogo.yaml").read_text()
    both = '[evidence/interfaces 2026-04-02.csv, "evidence/more.csv"]'
    (tmp_path / "gonogo.yaml").write_text(text.replace('path: "evidence/interfaces 2026-04-02.csv"', f"path: {both}"))
    put(tmp_path, "more.csv", "ID,Done\nI3,yes\n")

    with pytest.raises(UsageError, match="interfaces reads several files"):
        add(tmp_path, [put(tmp_path, "third.csv", "ID,Done\nI4,yes\n")], replaces="interfaces")


TWICE = """  - id: owners
    collector: table
    as: interfaces
    path: "evidence/interfaces 2026-04-02.csv"
    as_of: {at: 2026-04-03, by: Ada Kirsch}
    side: customer
    producer: Somebody
    settings:
      tables:
        t: {unique: [id], columns: {id: {header: ID, type: id}, owner: {header: Owner, type: text, allowed: [A, B]}}}
      facts:
        icd_approved_ratio: {share: {where: 'owner == "A"'}}
"""
OWNED = "ID,Done,Owner\nI1,yes,A\nI2,no,B\n"


@pytest.fixture
def twice(tmp_path: Path) -> Path:
    """A program in which two bindings read one file."""
    by_hand(tmp_path, "evidence/interfaces 2026-04-02.csv")
    text = (
        (tmp_path / "gonogo.yaml").read_text(encoding="utf-8").replace("columns: {id", "ignore: [Owner], columns: {id")
    )
    (tmp_path / "gonogo.yaml").write_text(
        text + TWICE.replace("columns: {id", "ignore: [Done], columns: {id"), encoding="utf-8"
    )
    put(tmp_path, "interfaces 2026-04-02.csv", OWNED)
    return tmp_path


def test_all_bindings_that_read_a_file_take_the_newer_one(twice: Path) -> None:
    """Half of last week's workbook beside half of this week's is a workbook that never was."""
    put(twice, "interfaces 2026-04-09.csv", OWNED)
    put(twice, "interfaces 2026-04-16.csv", OWNED)
    add(twice, [twice / "evidence"])

    assert bound(twice, "interfaces").inputs[0].paths == ("evidence/interfaces *.csv",)
    assert bound(twice, "owners").inputs[0].paths == ("evidence/interfaces 2026-04-16.csv",)
    assert [bound(twice, name).confirmed for name in ("interfaces", "owners")] == [None, False]

    [read, taken, *_] = add(twice, [put(twice, "interfaces 2026-04-23.csv", OWNED)])
    assert "read by interfaces (by its pattern" in read
    assert "owners takes it" in taken
    assert bound(twice, "owners").inputs[0].paths == ("evidence/interfaces *.csv",)


def test_if_one_binding_cannot_read_the_newer_file_none_takes_it(twice: Path) -> None:
    """The sentence says which one and why; both wait, and a person who replaces the file is refused."""
    path = put(twice, "interfaces 2026-04-09.csv", OWNED.replace("A", "Q"))
    before = (twice / "gonogo.yaml").read_bytes()
    with pytest.raises(UsageError, match=r"Nothing is replaced.*owners does not read it: .*owner"):
        add(twice, [path], replaces="interfaces")
    assert (twice / "gonogo.yaml").read_bytes() == before

    [told, *_] = add(twice, [path])
    assert "which interfaces, owners read. owners does not read it: " in told
    assert told.endswith("Until then interfaces, owners are not read.")
    for name in ("interfaces", "owners"):
        assert bound(twice, name).inputs[0].paths == ("evidence/interfaces 2026-04-02.csv",)
        assert bound(twice, name).confirmed is False


def test_a_list_of_nearly_the_same_name_that_fits_nothing_stops_nothing(root: Path) -> None:
    """Nothing says that it is newer, and no binding could read it: the figures stand, and the file is left."""
    found = add_each(root, [put(root, "change requests (2).csv", "Dish,Brings\n1,Ada\n")])

    assert "looks like another version of evidence/change requests.csv" in found.told[0]
    assert "change-requests does not read it: " in found.told[0]
    assert found.told[0].endswith("--not-evidence REASON.")
    assert found.waits
    assert bound(root, "change-requests").confirmed is None


@pytest.mark.parametrize(
    ("headings", "waits"),
    [
        ("CR,Decision,Changed,Note", False),
        ("CR,Decision,Changed", True),
        ("CR,Decision", True),
        ("CR,State,Changed", False),
    ],
)
def test_a_list_with_most_of_the_headings_makes_what_cannot_read_it_wait(
    root: Path, headings: str, waits: bool
) -> None:
    """A heading was renamed in next week's list, and last week's figure counted beside it."""
    cells = ",".join(["C1", "Approved", "2026-04-09", "x"][: headings.count(",") + 1])
    found = add_each(root, [put(root, "change requests (2).csv", f"{headings}\n{cells}\n")])

    assert "change-requests does not read it: " in found.told[0]
    assert (bound(root, "change-requests").confirmed is False) is waits
    assert ("Until then change-requests is not read." in found.told[0]) is waits


def test_a_person_who_replaces_a_file_replaces_it_for_all(twice: Path) -> None:
    """Nobody thinks of the second binding."""
    told = add(twice, [put(twice, "other.csv", OWNED)], replaces="owners")

    assert {bound(twice, name).inputs[0].paths for name in ("interfaces", "owners")} == {("evidence/other.csv",)}
    assert sum("a newer version of" in line for line in told) == 2


def test_a_name_of_a_later_day_with_older_rows_is_no_newer_version(root: Path) -> None:
    """Below, at and above the day of the bound file: rows that are older contradict the later day of the name."""
    old = put(root, "change requests.csv", "CR,Decision,Modified\nC1,Approved,2026-04-01\n")
    for day, taken in (("2026-03-31", False), ("2026-04-01", True), ("2026-04-02", True)):
        copy = root.parent / f"p {day}"
        shutil.copytree(root, copy)
        put(copy, "change requests 2026-05-01.csv", old.read_text(encoding="utf-8").replace("2026-04-01", day))
        [told, *_] = add(copy, [copy / "evidence/change requests 2026-05-01.csv"])
        assert ("in place of" in told) is taken
        assert ("does not say which is newer" in told) is not taken


def test_a_confirmed_pattern_whose_newest_file_does_not_fit_is_told(tmp_path: Path) -> None:
    """The run reads the newest and nothing else, so the fact is unknown."""
    by_hand(tmp_path, "evidence/interfaces *.csv")
    (tmp_path / "evidence" / "interfaces *.csv").rename(tmp_path / "evidence" / "interfaces 2026-04-02.csv")
    text = (tmp_path / "gonogo.yaml").read_text(encoding="utf-8")
    (tmp_path / "gonogo.yaml").write_text(
        text.replace("    as_of:", "    pick: newest as_of\n    as_of:"), encoding="utf-8"
    )

    [fits] = add(tmp_path, [tmp_path / "evidence/interfaces 2026-04-02.csv"])
    assert "read by interfaces (by its pattern" in fits
    found = add_each(tmp_path, [put(tmp_path, "interfaces 2026-04-09.csv", "ID,Ready\nI1,yes\n")])
    assert "so interfaces reads no other, and it gives nothing: " in found.told[0]
    assert "'Done'" in found.told[0]
    assert found.waits


def test_each_of_several_files_stands_for_itself(root: Path) -> None:
    """One that cannot be taken hinders no other; what waits is told by the exit code too."""
    bad = put(root, "broken.xlsx", "no workbook")
    good = put(root, "change requests 2026-05-01.csv", REQUESTS)

    found = add_each(root, [bad, good])
    assert found.waits
    assert any(line.startswith("evidence/broken.xlsx: not bound.") for line in found.told)
    assert bound(root, "change-requests").inputs[0].paths == ("evidence/change requests 2026-05-01.csv",)
    assert not add_each(root, [put(root, "change requests 2026-05-02.csv", REQUESTS)]).waits


def test_a_file_that_cannot_be_taken_hinders_no_other(root: Path) -> None:
    """Its binding is written so that no command can change it; the other file is taken."""
    text = (root / "gonogo.yaml").read_text(encoding="utf-8")
    one_line = (
        '- {id: x, collector: raid, as: raid, path: "evidence/raid v1.csv", side: customer, producer: P, '
        "as_of: {at: 2026-04-03, by: A}, settings: {impact_scale: list, high_score: 15, stale_days: 14}}"
    )
    text = text.replace("- id: cutover-runbook-v", f"{one_line}\n  - id: cutover-runbook-v")
    (root / "gonogo.yaml").write_text(text, encoding="utf-8")
    put(root, "raid v1.csv", "a\n")
    bad, good = put(root, "raid v2.csv", "a\n"), put(root, "change requests 2026-05-01.csv", REQUESTS)

    found = add_each(root, [bad, good])
    assert any(
        "evidence/raid v2.csv: not added: No line `- id: x` begins the binding x." in each for each in found.told
    )
    assert found.waits
    assert bound(root, "change-requests").inputs[0].paths == ("evidence/change requests 2026-05-01.csv",)


def test_a_file_with_which_the_program_would_not_load_hinders_no_other(root: Path) -> None:
    """Its binding is refused by its collector only: then each file is tried by itself."""
    adding = Adding.begin(open_program(root))

    def take(path: str) -> None:
        text = adding.lines.text
        bad = path.endswith("bad.csv")
        adding.lines = ProgramLines.of(text.replace("not (decision ==", "not (nothing ==")) if bad else adding.lines
        adding.lines = adding.lines.not_evidence(path, "a trial")
        adding.changed = True

    take_each(adding, ["evidence/bad.csv", "evidence/good.csv"], take)
    assert [line.partition(":")[0] for line in adding.told] == ["evidence/bad.csv"]
    assert ": not added: with it the program would not load: " in adding.told[0]
    assert "not (nothing" not in adding.lines.text
    assert "bad.csv" not in adding.lines.text
    assert "good.csv" in adding.lines.text
    assert adding.waits


def test_the_exit_code_says_that_a_file_is_left(root: Path, warm: Warm) -> None:
    """A script that runs it each week hears of what was not taken."""
    left = put(root, "broken.xlsx", "no workbook")
    taken = put(root, "change requests 2026-05-01.csv", REQUESTS)
    assert [warm("add", root, path).returncode for path in (left, taken)] == [1, 0]


def test_the_confirmation_of_a_folder_is_for_what_was_confirmed_before(root: Path) -> None:
    """A draft that nobody looked at is no better for a second version of its file."""
    text = "Interface ID,E2E test\nI1,Passed\n"
    add(root, [put(root, "interfaces v1.csv", text)])
    put(root, "interfaces v2.csv", text)
    put(root, "cutover runbook v5.csv", STEPS)

    add(root, [root / "evidence"], confirm=True, by="Ada Kirsch", held="2026-04-10")
    assert bound(root, "interfaces-v").inputs[0].paths == ("evidence/interfaces v2.csv",)
    assert bound(root, "interfaces-v").confirmed is False
    assert bound(root, "cutover-runbook-v").confirmed is None


INTERFACES = "Interface ID,E2E test\nI1,Passed\nI2,Failed\n"


@pytest.fixture
def said(tmp_path: Path) -> Path:
    """A program with one binding of which a person has said that its file held on 3 April."""
    (tmp_path / "evidence").mkdir()
    file = put(tmp_path, "interfaces.csv", INTERFACES)
    start(tmp_path, conduct(tmp_path, GIVEN))
    add(tmp_path, [file], confirm=True, by="Ada Kirsch", held="2026-04-03")
    return tmp_path


WEEK_TWO = ("interfaces v2.csv", "interfaces Apr 10.csv", "interfaces_final.csv", "interfaces (1).csv")


@pytest.mark.parametrize("name", WEEK_TWO)
@pytest.mark.parametrize(("day", "taken"), [("2026-04-02", False), ("2026-04-03", False), ("2026-04-04", True)])
def test_where_no_name_tells_the_day_that_a_person_says_decides(said: Path, name: str, day: str, taken: bool) -> None:
    """The same export under the name that people and browsers give it: before, on and after the day of the old one."""
    put(said, name, INTERFACES.replace("Failed", "Passed"))

    add(said, [said / "evidence"], confirm=True, by="Ada Kirsch", held=day)

    [binding] = load_program(said).program.bindings
    assert binding.inputs[0].paths == (f"evidence/{name if taken else 'interfaces.csv'}",)
    assert binding.confirmed is (None if taken else False)
    assert f"{binding.inputs[0].as_of.at:%Y-%m-%d}" == (day if taken else "2026-04-03")


def test_where_nobody_can_tell_which_is_newer_the_old_one_waits(said: Path) -> None:
    """Last week's figures would stand as if nothing had come; the question is asked once."""
    put(said, "interfaces v2.csv", INTERFACES.replace("Failed", "Passed"))

    told = add(said, [said / "evidence"], confirm=True, by="Ada Kirsch")
    again = add(said, [said / "evidence"], confirm=True, by="Ada Kirsch")

    [binding] = load_program(said).program.bindings
    assert binding.confirmed is False
    assert "Until then interfaces is not read" in told[0]
    assert "--replaces interfaces" in again[0]
    assert (said / "gonogo.yaml").read_text().count("# ask: Which counts") == 1


def test_a_copy_with_the_same_bytes_changes_nothing(said: Path) -> None:
    """It says nothing new, whatever day is said."""
    put(said, "interfaces (1).csv", INTERFACES)

    told = add(said, [said / "evidence"], confirm=True, by="Ada Kirsch", held="2026-04-10")

    assert "holds the same bytes as evidence/interfaces.csv" in told[0]
    assert bound(said, "interfaces").confirmed is None


def test_what_the_rows_say_tells_which_is_newer(root: Path) -> None:
    """A day that is in the file needs nobody to say it; and an older one is never taken."""
    put(root, "change requests (2).csv", REQUESTS.replace("04-02", "04-01"))
    told = add(root, [root / "evidence"], confirm=True, by="Ada Kirsch", held="2026-06-01")
    assert "older than evidence/change requests.csv" in told[0]

    put(root, "change requests (3).csv", REQUESTS.replace("04-02", "04-03"))
    add(root, [Path("evidence/change requests (3).csv")], confirm=True, by="Ada Kirsch")
    binding = bound(root, "change-requests")
    assert (binding.inputs[0].paths, binding.confirmed) == (("evidence/change requests (3).csv",), None)


def test_what_replaces_a_file_takes_the_place_of_its_own_draft(said: Path) -> None:
    """Two bindings for one register disagree from the next week on."""
    file = put(said, "interfaces v2.csv", INTERFACES.replace("Failed", "Passed"))
    text = (said / "gonogo.yaml").read_text()
    copy = text[text.index("  - id: interfaces") : text.index("  # What none of these")]
    draft = copy.replace("id: interfaces", "id: interfaces-2", 1).replace("interfaces.csv", "interfaces v2.csv")
    draft = draft.replace("    # confirmed by", "    confirmed: no  # confirmed by")
    (said / "gonogo.yaml").write_text(text.replace(copy, f"{copy}{draft}"))
    assert [each.confirmed for each in load_program(said).program.bindings] == [None, False]

    add(said, [file], replaces="interfaces", confirm=True, by="Ada Kirsch", held="2026-04-10")

    [binding] = load_program(said).program.bindings
    assert (binding.id, binding.inputs[0].paths) == ("interfaces", ("evidence/interfaces v2.csv",))


def test_what_cannot_replace_a_file_is_refused(said: Path) -> None:
    """Nothing stays silently as it was: the command fails, and says why."""
    other = put(said, "interfaces v2.csv", "Interface,Outcome\nI1,Passed\n")
    before = (said / "gonogo.yaml").read_text()

    with pytest.raises(UsageError, match="Nothing is replaced"):
        add(said, [other], replaces="interfaces", confirm=True, by="Ada Kirsch", held="2026-04-10")
    assert (said / "gonogo.yaml").read_text() == before

    add(said, [other], reason="another list", by="Ada Kirsch")
    with pytest.raises(UsageError, match=r"Nothing is replaced.*not_evidence"):
        add(said, [other], replaces="interfaces")


def test_a_file_that_a_confirmed_binding_reads_replaces_no_other(said: Path) -> None:
    """Which of two confirmed bindings goes is no matter of a command."""
    file = put(said, "requests.csv", REQUESTS)
    add(said, [file], confirm=True, by="Ada Kirsch", held="2026-04-03")

    with pytest.raises(UsageError, match="is read by requests"):
        add(said, [file], replaces="interfaces")


def test_an_older_pattern_with_a_time_of_day_is_widened(tmp_path: Path) -> None:
    """Programs that were drafted before hold such patterns, which never match again."""
    by_hand(tmp_path, "evidence/interfaces 2026-04-02T08_15.csv")
    text = (tmp_path / "gonogo.yaml").read_text()
    text = text.replace("interfaces 2026-04-02T", "interfaces *T").replace(
        "    as_of", "    pick: newest as_of\n    as_of"
    )
    (tmp_path / "gonogo.yaml").write_text(text)
    put(tmp_path, "interfaces 2026-04-09T08_10.csv", "ID,Done\nI1,yes\nI2,yes\n")

    add(tmp_path, [tmp_path / "evidence"], confirm=True, by="Ada Kirsch")

    binding = bound(tmp_path, "interfaces")
    assert (binding.inputs[0].paths, binding.confirmed) == (("evidence/interfaces *.csv",), None)
    assert not load_program(tmp_path).program.not_evidence


@pytest.mark.parametrize(("day", "asks"), [("2026-04-17", False), ("2026-04-18", False), ("2026-04-19", True)])
def test_a_file_that_was_put_away_is_not_taken_and_told_where_it_is_later_by_its_name(
    tmp_path: Path, day: str, asks: bool
) -> None:
    """Its folder says that it is old and its name that it is new: `status` named a superseded file as newer than it."""
    (tmp_path / "evidence" / "old").mkdir(parents=True)
    put(tmp_path, "interfaces_2026-04-18.csv", INTERFACES)
    start(tmp_path, conduct(tmp_path, GIVEN))
    add(tmp_path, [Path("evidence/interfaces_2026-04-18.csv")], confirm=True, by="Ada Kirsch")
    put(tmp_path, "interfaces.csv", INTERFACES)
    add(tmp_path, [Path("evidence/interfaces.csv")], reason="superseded by interfaces_2026-04-18.csv", by="Ada Kirsch")
    path = put(tmp_path, f"old/interfaces_{day}.csv", INTERFACES.replace("Failed", "Passed"))
    before = (tmp_path / "gonogo.yaml").read_bytes()

    (standing,) = [each for each in folder_status(tmp_path) if "/old/" in each.path]
    why = "by the day in its name newer than evidence/interfaces_2026-04-18.csv, but it lies in the folder 'old'"
    assert (why in standing.words) is asks
    assert standing.standing.asks is asks
    assert "evidence/interfaces.csv is newer" not in standing.words
    if asks:
        (told, *_) = add(tmp_path, [path])
        assert told.startswith(f"evidence/old/interfaces_{day}.csv: not taken: by the day in its name newer than ")
        assert (
            "2026-04-18.csv, which interfaces reads, but it lies in the folder 'old'. If it is the whole list: " in told
        )
        assert (tmp_path / "gonogo.yaml").read_bytes() == before


@pytest.mark.parametrize(
    ("held", "rows", "takes"),
    [
        ("", "C1,Approved,2026-04-01\nC2,Approved,2026-04-02\n", False),
        ("2026-04-03", "C1,Approved,2026-04-01\nC2,Approved,2026-04-02\n", False),
        ("2026-04-03", "C1,Approved,2026-04-01\nC2,Approved,2026-04-03\n", True),
    ],
)
def test_a_day_that_a_person_says_decides_nothing_between_files_that_say_one(
    root: Path, held: str, rows: str, takes: bool
) -> None:
    """Both say the same day, and one of them has a request less that is open: nobody knows which is newer."""
    path = put(root, "change requests (1).csv", f"CR,Decision,Modified\n{rows}")

    add(root, [path], confirm=bool(held), by="Ada Kirsch" if held else "", held=held)

    assert (bound(root, "change-requests").inputs[0].paths == ("evidence/change requests (1).csv",)) is takes
    assert (bound(root, "change-requests").confirmed is None) is takes
