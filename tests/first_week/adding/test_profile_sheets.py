"""Exports of known tools in the binding workbook: their words, columns that they may have, cycles and builds."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from tests.invented_office import invented_office

from gonogo.first_week.adding.asked_sheets import sheet_of
from gonogo.first_week.adding.bound_answers import bind, make_workbook_of
from gonogo.first_week.adding.checking import check_file
from gonogo.first_week.adding.one_binding import settle_binding
from gonogo.first_week.adding.open_program import open_program
from gonogo.first_week.interview import conduct
from gonogo.first_week.starting import start
from gonogo.model.program import Binding
from gonogo.profiles.shelf import shipped_profiles
from gonogo.program.program_file import load_program

GIVEN = invented_office(go_live="2099-05-03T06:00", build="B-7")
JIRA = (
    "Summary,Issue key,Issue id,Issue Type,Status,Project key,Priority,Custom field (OK of the business)\n"
    "A,H-1,1,Bug,Done,H,Highest,\nB,H-2,2,Bug,Resolved,H,Highest,\nC,H-3,3,Bug,To Do,H,High,Agreed\n"
    "D,H-4,4,Incident,To Do,H,P1,\n"
)
TESTS = (
    "Test Execution Key,Test Key,Test Type,Status,Test Environments,Cycle\n"
    "E-1,T-1,Manual,PASSED,UAT,Cycle 1\nE-1,T-2,Manual,FAILED,UAT,Cycle 1\nE-2,T-1,Manual,PASSED,UAT,Cycle 2\n"
)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A program with two exports, and its binding workbook, made once."""
    root = tmp_path_factory.mktemp("exports")
    (root / "evidence").mkdir()
    (root / "evidence" / "jira-2026-11-20.csv").write_text(JIRA, encoding="utf-8")
    (root / "evidence" / "sit-runs-2026-11-20.csv").write_text(TESTS, encoding="utf-8")
    start(root, conduct(root, GIVEN))
    data, files = make_workbook_of(root)
    assert files == 2
    (root / "bindings.xlsx").write_bytes(data)
    return root


@pytest.fixture
def root(made: Path, tmp_path: Path) -> Path:
    """A copy of that program."""
    shutil.copytree(made, tmp_path / "p")
    return tmp_path / "p"


def fill(root: Path, sheet: str, *answers: tuple[Any, ...]) -> list[str]:
    """Type answers (kind of row, what it is about, heading above a word, answer, a second one), and bind."""
    book = openpyxl.load_workbook(root / "bindings.xlsx")
    (page,) = [each for each in book.worksheets if sheet in each.title]
    for tag, about, of, answer, *second in (("confirmed by", None, None, "Ada Kirsch"), *answers):
        row = next(
            r
            for r in page.iter_rows()
            if r[0].value == tag and about in (None, r[1].value) and of in (None, r[2].value)
        )
        row[3].value = answer
        if second:
            row[4].value = second[0]
    book.save(root / "bindings.xlsx")
    return bind(root / "bindings.xlsx", root)


def bound(root: Path, name: str) -> Binding:
    """One binding of the program."""
    return next(each for each in load_program(root).program.bindings if each.id == name)


def test_the_words_that_no_list_has_are_asked_and_decide(root: Path) -> None:
    """`Resolved` is final here, an incident is no defect, and P1 is the highest: the office says so, nobody else."""
    told = fill(
        root,
        "jira",
        ("word", "Resolved", "Status", "final"),
        ("word", "Incident", "Issue Type", "others"),
        ("word", "P1", "Priority", "critical"),
    )

    where = bound(root, "jira").settings["facts"]["critical_open"]["count"]["where"]
    assert told[0].startswith("jira: against what the words say, by Ada Kirsch on ")
    assert any(each.startswith("jira: confirmed by Ada Kirsch; answers defects.critical_open") for each in told)
    assert 'status not in ["Done", "Closed", ' in where
    assert ', "Resolved"]' in where
    assert "Resolved" in bound(root, "jira").settings["tables"]["issues"]["columns"]["status"]["known"]
    assert '"P1"' in where
    assert "Incident" in bound(root, "jira").settings["tables"]["issues"]["columns"]["issue_type"]["allowed"]
    assert bound(root, "jira").confirmed is None


def test_answers_are_about_the_profile_by_which_the_workbook_was_made(root: Path) -> None:
    """Another text of a profile asks the same words, and may count them otherwise."""
    ours = next(each for each in shipped_profiles() if each.name == "jira-issues").path.read_text(encoding="utf-8")
    profile = root / "profiles" / "our-jira.yaml"
    profile.parent.mkdir()
    profile.write_text(ours.replace("name: jira-issues", "name: our-jira", 1), encoding="utf-8")
    program = root / "gonogo.yaml"
    program.write_text(program.read_text(encoding="utf-8").replace("jira-issues@1", "our-jira@1"), encoding="utf-8")
    made_by = "the export profile by which it is read is not the one that the workbook was made by"

    assert made_by in fill(root, "jira")[0]
    assert bound(root, "jira").confirmed is False

    program.write_text(program.read_text(encoding="utf-8").replace("our-jira@1", "jira-issues@1"), encoding="utf-8")
    assert made_by not in fill(root, "jira")[0]
    assert bound(root, "jira").confirmed is None


@pytest.mark.parametrize("answer", ["", "final", "pending"])
def test_a_status_that_is_in_no_list_is_asked_and_counts_only_as_answered(tmp_path: Path, answer: str) -> None:
    """*Cerrada* counted as open without a word: a number that nobody had checked, and a stop that did not matter."""
    (tmp_path / "evidence").mkdir()
    (tmp_path / "evidence" / "jira-2026-11-20.csv").write_text(JIRA.replace("Resolved", "Cerrada"), encoding="utf-8")
    start(tmp_path, conduct(tmp_path, GIVEN))
    data, _ = make_workbook_of(tmp_path)
    (tmp_path / "bindings.xlsx").write_bytes(data)
    (page,) = [each for each in openpyxl.load_workbook(tmp_path / "bindings.xlsx").worksheets if "jira" in each.title]
    (asked,) = [row for row in page.iter_rows(values_only=True) if row[:3] == ("word", "Cerrada", "Status")]
    assert not asked[3]

    fill(tmp_path, "jira", ("word", "Cerrada", "Status", answer))
    settings = bound(tmp_path, "jira").settings
    assert ("Cerrada" in settings["tables"]["issues"]["columns"]["status"]["known"]) == bool(answer)
    assert ('"Cerrada"' in settings["facts"]["critical_open"]["count"]["where"]) == (answer == "final")


def test_a_word_that_is_moved_out_of_a_list_leaves_it(root: Path) -> None:
    """Done does not mean done in every office."""
    fill(root, "jira", ("word", "Done", "Status", "none of these"))

    assert 'not in ["Closed",' in bound(root, "jira").settings["facts"]["critical_open"]["count"]["where"]


def test_a_column_under_a_name_of_the_office_is_named_by_a_person(root: Path) -> None:
    """Every office calls its custom field otherwise, so the approval of a workaround is asked."""
    fill(
        root,
        "jira",
        ("reads", "workaround", None, "Custom field (OK of the business)"),
        ("words", "agreed", None, "Agreed; OK"),
    )

    settings = bound(root, "jira").settings
    assert settings["tables"]["issues"]["columns"]["workaround"]["header"] == "Custom field (OK of the business)"
    assert 'workaround not in ["Agreed", "OK"]' in settings["facts"]["high_without_workaround"]["count"]["where"]


@pytest.mark.parametrize(
    ("answer", "second", "wanted"),
    [
        ("Cycle 2", "", {"subject": {"cycle": {"kind": "cycle", "counts": ["Cycle 2"]}}}),
        ("Cycle 1", "Cycle 2", {"subject": {"cycle": {"kind": "cycle", "counts": ["Cycle 1", "Cycle 2"]}}}),
        ("every row counts", "", {"subject": {}}),
        ("", "", {"subject": {}}),
    ],
)
def test_which_cycle_counts_is_said_by_a_person(root: Path, answer: str, second: str, wanted: dict[str, Any]) -> None:
    """The results of an earlier cycle are no results of the build; where nobody says it, the facts stay gaps."""
    fill(root, "sit-runs", ("which rows", "Cycle", None, answer, second))

    table = bound(root, "sit-runs").settings["tables"]["runs"]
    assert table.get("subject", {}) == wanted["subject"]
    assert ("Cycle" in table.get("not_subject", {})) is (answer == "every row counts")


ZEPHYR = (
    "ExecutionId,Cycle Name,Issue Key,Test Summary,ExecutionStatus,StepId,Step Result,OrderId\n"
    "7,SIT Cycle 2,H-1,A,FAIL,1,FAIL,1\n8,SIT Cycle 3,H-1,A,PASS,1,PASS,1\n9,SIT Cycle 3,H-2,B,PASS,1,PASS,2\n"
)


@pytest.mark.parametrize("door", ["workbook", "named"])
def test_a_column_that_an_export_may_lack_is_needed_once_rows_are_told_apart_by_it(tmp_path: Path, door: str) -> None:
    """The answer of the drop-down was refused in words about `may_be_absent`, and no other answer was offered."""
    (tmp_path / "evidence").mkdir()
    (tmp_path / "evidence" / "SIT executions 2026-11-20.csv").write_text(ZEPHYR, encoding="utf-8")
    start(tmp_path, conduct(tmp_path, GIVEN))
    (tmp_path / "bindings.xlsx").write_bytes(make_workbook_of(tmp_path)[0])

    if door == "workbook":
        said = (("which rows", "Cycle Name", None, "SIT Cycle 3"), ("of build", None, None, "B-7"))
        told = fill(tmp_path, "SIT", *said)
        assert any("sit.executed_ratio 2 of 2" in line for line in told), told
    else:
        told = settle_binding(
            tmp_path, "sit-executions", by="Ada Kirsch", rows={"Cycle Name": "SIT Cycle 3"}, of_build=True
        )

    [binding] = load_program(tmp_path).program.bindings
    table = binding.settings["tables"]["executions"]
    assert binding.confirmed is None, told
    assert table["subject"] == {"cycle": {"kind": "cycle", "counts": ["SIT Cycle 3"]}}
    assert (table["columns"]["cycle"]["may_be_absent"], table["columns"]["cycle"]["header"]) == (False, "Cycle Name")

    opened = open_program(tmp_path)
    _, rows = sheet_of(opened, opened.bindings[0])
    assert [row.answer for row in rows if row.tag == "which rows"] == ["SIT Cycle 3"]


def asked(folder: Path, text: str) -> list[tuple[str, str, str, tuple[str, ...]]]:
    """What is asked about one export: kind of row, what it is about, heading above a word, what is offered."""
    (folder / "evidence").mkdir(parents=True)
    (folder / "evidence" / "jira-2026-11-20.csv").write_text(text, encoding="utf-8")
    start(folder, conduct(folder, GIVEN))
    opened = open_program(folder)
    _, rows = sheet_of(opened, opened.bindings[0])
    return [(row.tag, row.about, row.of, row.offered) for row in rows]


def test_each_question_is_asked_once(tmp_path: Path) -> None:
    """A word that two facts compare has one meaning."""
    rows = [row for row in asked(tmp_path, JIRA) if row[0] != "ask"]

    assert len({row[:3] for row in rows}) == len(rows)
    assert all(len(set(row[3])) == len(row[3]) for row in rows)


GRADED = (
    "Summary,Issue key,Issue id,Issue Type,Status,Project key,Priority,Custom field (Severity)\n"
    "A,H-1,1,Bug,Open,H,Highest,Critical\nB,H-2,2,Bug,Open,H,Highest,Minor\nC,H-3,3,Story,Open,H,Low,\n"
)


@pytest.mark.parametrize(("answer", "critical"), [(None, 1), ("Priority", 2)])
def test_severity_grades_a_defect_and_not_its_priority(tmp_path: Path, answer: str | None, critical: int) -> None:
    """A critical defect of low priority was no critical one; which column says it is asked."""
    rows = asked(tmp_path, GRADED)
    assert ("reads", "priority", "", ("Custom field (Severity)", "Priority")) in rows
    (tmp_path / "bindings.xlsx").write_bytes(make_workbook_of(tmp_path)[0])
    fill(tmp_path, "jira", *([("reads", "priority", None, answer)] if answer else []))

    shown = "\n".join(check_file(tmp_path / "evidence" / "jira-2026-11-20.csv").lines())

    assert f"defects.critical_open = {critical}" in shown


def exported(count: int, heading: str) -> str:
    """An export of sixty issues with so many different words in one column."""
    words = [number % count for number in range(60)]
    states = [f"State {word}" if heading == "Status" else "Done" for word in words]
    fields = [f"Say {word}" if heading != "Status" else "" for word in words]
    rows = zip(range(60), states, fields, strict=True)
    lines = [f"S{number},H-{number},{number},Bug,{state},H,High,{field}" for number, state, field in rows]
    return "\n".join([JIRA.partition("\n")[0], *lines, ""])


@pytest.mark.parametrize(
    ("heading", "count", "listed"),
    [
        ("Custom field (OK of the business)", 12, True),
        ("Custom field (OK of the business)", 13, False),
        ("Status", 40, True),
        ("Status", 41, False),
    ],
)
def test_a_column_of_very_many_words_is_not_asked_about_word_by_word(
    tmp_path: Path, heading: str, count: int, listed: bool
) -> None:
    """Nobody answers a hundred rows; a column that nothing is known of has few, a column of states has more."""
    rows = asked(tmp_path, exported(count, heading))

    assert bool([row for row in rows if row[0] == "word" and row[2] == heading]) is listed


def test_which_tests_and_which_build_are_answers(root: Path) -> None:
    """A guess by the file's name is no proof that these are integration tests of this build."""
    fill(root, "sit-runs", ("group", None, None, "regression"), ("of build", None, None, "B-8"))

    assert (bound(root, "sit-runs").prefix, bound(root, "sit-runs").build) == ("regression", "B-8")


@pytest.mark.parametrize(
    ("sheet", "answer", "says"),
    [
        ("sit-runs", ("which rows", "Cycle", None, "Cycle 9"), "the column `Cycle` holds no `Cycle 9`"),
        ("sit-runs", ("group", None, None, "smoke"), "the ruleset has no facts of `smoke`"),
        ("jira", ("word", "Done", "Status", "over"), "`over` is no word list"),
        ("jira", ("reads", "workaround", None, "Approval"), "the file has no column `Approval`"),
    ],
)
def test_an_answer_that_is_not_offered_leaves_the_export_waiting(
    root: Path, sheet: str, answer: tuple[Any, ...], says: str
) -> None:
    """A slip of the pen would be a rule that nobody meant."""
    told = fill(root, sheet, answer)

    assert says in told[0]
    assert bound(root, "jira" if sheet == "jira" else "sit-runs").confirmed is False


def test_the_day_that_would_count_stands_beside_the_question(made: Path) -> None:
    """`The file says it` is no answer to a person who knows that the list is older."""
    book = openpyxl.load_workbook(made / "bindings.xlsx")
    notes = [row[5].value for page in book.worksheets for row in page.iter_rows(max_col=6) if row[0].value == "held"]

    assert len(notes) == 2
    assert all("the date in the file's name, 2026-11-20." in note for note in notes)


SEVERE = (
    "Summary,Issue key,Issue id,Issue Type,Status,Project key,Priority,Custom field (Severity)\n"
    "A,H-1,1,Bug,To Do,H,Low,Stops the go-live\nB,H-2,2,Bug,Done,H,Highest,Cosmetic\n"
)
SEVERITY = "Custom field (Severity)"
WORDS = (("word", "Stops the go-live", SEVERITY, "critical"), ("word", "Cosmetic", SEVERITY, "lower"))


@pytest.mark.parametrize(
    ("answers", "shown"),
    [
        ((), "the columns 'Priority' and 'Custom field (Severity)' may say the same in other words"),
        ((("reads", "priority", None, "Priority"),), "defects.critical_open = 0"),
        ((("reads", "priority", None, SEVERITY), *WORDS), "defects.critical_open = 1"),
        ((("reads", "priority", None, SEVERITY),), "not defects.critical_open"),
    ],
)
def test_a_severity_whose_words_nobody_knows_is_asked_about(
    tmp_path: Path, answers: tuple[tuple[str, str, str | None, str], ...], shown: str
) -> None:
    """An open bug that stops the go-live counted as low by its priority, and nobody was asked."""
    rows = asked(tmp_path, SEVERE)
    path = tmp_path / "evidence" / "jira-2026-11-20.csv"
    (tmp_path / "bindings.xlsx").write_bytes(make_workbook_of(tmp_path)[0])
    fill(tmp_path, "jira", *answers)

    told = "\n".join(check_file(path).lines())

    assert ("reads", "priority", "", (SEVERITY, "Priority")) in rows
    assert shown in told, told


def test_the_question_stands_in_the_list_of_init_too(tmp_path: Path) -> None:
    """Who reads only the list must not think that the priority counts."""
    (tmp_path / "evidence").mkdir()
    (tmp_path / "evidence" / "jira-2026-11-20.csv").write_text(SEVERE, encoding="utf-8")

    (proposal,) = start(tmp_path, conduct(tmp_path, GIVEN)).proposals

    assert any("Priority or Custom field (Severity)? Until then" in each for each in proposal.asked)


PLANTED = ("Ada Kirsch", "Ott, Ian")


def test_names_among_the_words_of_a_state_are_nowhere_and_can_be_answered(tmp_path: Path) -> None:
    """Under Priority any words are shown, and offices write there who sets it: none of the planted ones is repeated."""
    head = "Issue key,Issue id,Summary,Issue Type,Status,Priority,Created,Updated,Project key\n"
    words = ("High", *PLANTED, "Code Review", "Low")
    rows = [f'T-{n},{n},s,Bug,Done,"{w}",2026-11-0{n} 10:00,2026-11-0{n} 10:00,T\n' for n, w in enumerate(words, 1)]
    (tmp_path / "evidence").mkdir()
    (tmp_path / "evidence" / "jira.csv").write_text(head + "".join(rows), encoding="utf-8")
    start(tmp_path, conduct(tmp_path, invented_office()))
    (tmp_path / "bindings.xlsx").write_bytes(make_workbook_of(tmp_path)[0])
    book = openpyxl.load_workbook(tmp_path / "bindings.xlsx")
    cells = [row for page in book.worksheets for row in page.iter_rows()]
    texts = [str(cell.value) for row in cells for cell in row if cell.value]
    told = (tmp_path / "gonogo.yaml").read_text(encoding="utf-8")

    assert not [text for text in (*texts, told) for name in PLANTED if name in text]
    assert any(text == "Code Review" for text in texts)

    for row in cells:
        if row[0].value == "confirmed by":
            row[3].value = "Bea Lund"
        if row[0].value == "held":
            row[3].value = "2026-11-20"
        if row[0].value == "word" and str(row[1].value).startswith("#"):
            row[3].value = "lower"
        if row[0].value == "word" and row[1].value == "Code Review":
            row[3].value = "lower"
    book.save(tmp_path / "bindings.xlsx")
    said = bind(tmp_path / "bindings.xlsx", tmp_path)

    [binding] = load_program(tmp_path).program.bindings
    assert binding.confirmed is None, said
    assert "Ada Kirsch" in str(binding.settings)
    assert not [line for line in said for name in PLANTED if name in line]


def test_an_export_of_other_things_than_its_profile_reads_is_drafted_anew(root: Path) -> None:
    """A list of change requests was bound as defects, and nobody could say what it is but by calling it no evidence."""
    told = fill(root, "jira", ("group", None, None, "cr"))
    waiting = bound(root, "jira")
    (root / "bindings.xlsx").write_bytes(make_workbook_of(root)[0])
    rows = sheet_of(open_program(root), waiting)[1]

    assert "drafted anew for cr" in told[0]
    assert (waiting.profile, waiting.confirmed) == (None, False)
    assert [row.answer for row in rows if row.tag == "group"] == ["cr"]

    again = fill(root, "jira", ("fact", "cr.undecided", None, "Status"))

    assert "answers cr.undecided" in again[0]
    assert "cr.undecided = 3" in "\n".join(check_file(root / "evidence" / "jira-2026-11-20.csv").lines())


@pytest.mark.parametrize(("answer", "written"), [("pending", True), (None, False)])
def test_a_name_that_is_answered_about_by_its_digest_is_told_to_be_written(
    tmp_path: Path, answer: str | None, written: bool
) -> None:
    """Nobody typed it, and it stands in gonogo.yaml and in the record of every run from then on."""
    (tmp_path / "evidence").mkdir()
    text = JIRA.replace("Resolved", "Quillon Farrowby")
    (tmp_path / "evidence" / "jira-2026-11-20.csv").write_text(text, encoding="utf-8")
    start(tmp_path, conduct(tmp_path, GIVEN))
    (tmp_path / "bindings.xlsx").write_bytes(make_workbook_of(tmp_path)[0])
    (page,) = [each for each in openpyxl.load_workbook(tmp_path / "bindings.xlsx").worksheets if "jira" in each.title]
    (asked,) = [row for row in page.iter_rows(values_only=True) if row[0] == "word" and str(row[1]).startswith("#")]
    assert "Leave it blank if it is one: what you say of it writes the word itself into gonogo.yaml" in str(asked)

    told = fill(tmp_path, "jira", ("word", asked[1], "Status", answer))

    said = f"jira: the word that {asked[1]} under Status stands for looks like a person's name, and is written into"
    assert any(line.startswith(said) for line in told) is written
    assert ("Quillon" in (tmp_path / "gonogo.yaml").read_text(encoding="utf-8")) is written
    assert not any("Quillon" in line for line in told)


def test_a_word_that_is_critical_needs_no_answer_where_the_list_is_of_what_is_not(tmp_path: Path) -> None:
    """*Nobody has said what `Critical` under Priority means* was untrue: it counts as critical, as it says."""
    (tmp_path / "evidence").mkdir()
    (tmp_path / "evidence" / "testrail-2026-11-20.csv").write_text(
        "ID,Title,Case ID,Status,Tested By,Tested On,Run,Run ID,Section,Priority\n"
        "T1,A,C1,Passed,,11/19/2026 10:15 AM,UAT,R7,Pay,High\nT2,B,C2,Failed,,11/19/2026 10:16 AM,UAT,R7,Pay,Critical\n"
        "T3,C,C3,Passed,,11/19/2026 10:17 AM,UAT,R7,Pay,Urgency 9\n",
        encoding="utf-8",
    )
    start(tmp_path, conduct(tmp_path, GIVEN))
    program = open_program(tmp_path)
    [binding] = program.bindings
    rows = sheet_of(program, binding)[1]
    answers = {row.about: row.answer for row in rows if (row.tag, row.of) == ("word", "Priority")}

    assert answers == {"High": "uncritical", "Critical": "none of these", "Urgency 9": ""}
