"""The binding workbook: asks what only people know, shows nobody's name, and confirms only what carries one."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from tests.first_week.drafts.test_other_sheets import ROLES, SESSIONS, workbook
from tests.invented_office import invented_office

from gonogo.errors import UsageError
from gonogo.first_week.adding.bound_answers import bind, make_workbook_of
from gonogo.first_week.adding.open_program import open_program
from gonogo.first_week.adding.previewing import said_by_fact
from gonogo.first_week.interview import conduct
from gonogo.first_week.starting import start
from gonogo.model.program import Binding
from gonogo.program.program_file import load_program

GIVEN = invented_office()
CASES = "Case,Tester,Result\nU-1,Ada Kirsch,Pass\nU-2,Ian Ott,Passed with comment\nU-3,Ada Kirsch,Fail\nU-4,Ian Ott,\n"
PASSED = "".join(f"U-{number},Ada Kirsch,Pass\n" for number in range(7, 20))
STAFF = "Team,Needed,On board,Trained\nA,4,3,2\nB,6,6,5\n"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A program with two tables, and its binding workbook."""
    folder = tmp_path / "p"
    (folder / "evidence").mkdir(parents=True)
    (folder / "evidence" / "UAT results.csv").write_text(CASES, encoding="utf-8")
    (folder / "evidence" / "provider staffing.csv").write_text(STAFF, encoding="utf-8")
    start(folder, conduct(folder, GIVEN))
    data, files = make_workbook_of(folder)
    assert files == 2
    (folder / "bindings.xlsx").write_bytes(data)
    return folder


def fill(root: Path, sheet: str, *answers: tuple[str, str | None, Any] | tuple[str, str | None, Any, str]) -> None:
    """Type answers: kind of row, what it is about, the answer, and a second one."""
    book = openpyxl.load_workbook(root / "bindings.xlsx")
    (page,) = [each for each in book.worksheets if sheet in each.title]
    for tag, about, answer, *second in answers:
        if tag in ("side", "producer"):  # the first sheet asks it
            line = next(r for r in book["Start here"].iter_rows() if str(r[0].value) == page.title.partition(" ")[0])
            line[6 if tag == "side" else 7].value = answer
            continue
        row = next(r for r in page.iter_rows() if r[0].value == tag and about in (None, r[1].value))
        row[3].value = answer
        if second:
            row[4].value = second[0]
    book.save(root / "bindings.xlsx")


def bound(root: Path) -> dict[str, Binding]:
    """The program's bindings by id."""
    return {each.id: each for each in load_program(root).program.bindings}


SIGNED = (("confirmed by", None, "Ada Kirsch"), ("held", None, "2026-11-19"))


def test_nothing_is_bound_that_carries_no_name(root: Path) -> None:
    """A workbook that somebody opened and saved is no confirmation."""
    before = (root / "gonogo.yaml").read_text()

    assert bind(root / "bindings.xlsx", root) == ["2 sheets of the workbook still wait."]
    assert (root / "gonogo.yaml").read_text() == before


def test_names_of_people_are_in_no_cell(root: Path) -> None:
    """The workbook goes around by mail."""
    book = openpyxl.load_workbook(root / "bindings.xlsx")
    texts = [str(cell.value) for page in book.worksheets for row in page.iter_rows() for cell in row if cell.value]

    assert not [text for text in texts if "Kirsch" in text or "Ott" in text]
    assert any(text.startswith("examples: #") for text in texts)


def test_what_opens_something_and_what_people_wrote_is_in_no_cell(tmp_path: Path) -> None:
    """A file about people has notes too, and one about machines has keys; a key of a row is shown."""
    folder = tmp_path / "p"
    (folder / "evidence").mkdir(parents=True)
    notes = "Case,Tester,Result,Remarks,Badge\nU-1,Ada Kirsch,Pass,ask Ian Ott,B-7\nU-2,Ian Ott,Fail,see Kirsch,B-8\n"
    (folder / "evidence" / "UAT results.csv").write_text(notes, encoding="utf-8")
    keys = "Interface,Tested,api_key\nI-1,Yes,hunter2-open\nI-2,No,sesame-open\n"
    (folder / "evidence" / "interfaces.csv").write_text(keys, encoding="utf-8")
    start(folder, conduct(folder, GIVEN))
    data, files = make_workbook_of(folder)
    assert files == 2
    (folder / "bindings.xlsx").write_bytes(data)

    book = openpyxl.load_workbook(folder / "bindings.xlsx")
    texts = [str(cell.value) for page in book.worksheets for row in page.iter_rows() for cell in row if cell.value]

    told = ("Kirsch", "Ott", "B-7", "B-8", "hunter2", "sesame")
    assert not [text for text in texts if any(each in text for each in told)]
    assert any("U-1, U-2" in text for text in texts)
    assert any("I-1, I-2" in text for text in texts)


def test_what_a_person_says_of_the_words_decides_what_counts(root: Path) -> None:
    """`Passed with comment` ran, and a blank cell did not."""
    fill(root, "UAT", *SIGNED, ("word", "Passed with comment", "passed"), ("word", "(blank)", "open"))

    told = bind(root / "bindings.xlsx", root)

    binding = bound(root)["uat-results"]
    assert binding.confirmed is None
    assert binding.settings["facts"]["uat.executed_ratio"] == {
        "share": {"where": 'result in ["Pass", "Passed with comment", "Fail"]'}
    }
    assert binding.settings["tables"]["uat_results"]["columns"]["result"]["blank"] == "(blank)"
    assert f"{binding.inputs[0].as_of.at:%Y-%m-%d}" == "2026-11-19"
    assert told[0] == "uat-results: confirmed by Ada Kirsch; answers uat.executed_ratio."
    assert "# confirmed by Ada Kirsch on 20" in (root / "gonogo.yaml").read_text()


def test_a_person_says_which_columns_answer_a_fact(root: Path) -> None:
    """The draft found one of the two; the other is chosen from the list."""
    fill(root, "provider", *SIGNED, ("fact", "provider_staff.trained_ratio", "Trained", "Needed"))

    bind(root / "bindings.xlsx", root)

    facts = bound(root)["provider-staffing"].settings["facts"]
    assert facts["provider_staff.trained_ratio"]["sql"] == (
        "SELECT sum(trained) AS part, sum(needed) AS whole FROM provider_staffing"
    )


@pytest.mark.parametrize(("hour", "day"), [(4, "2026-11-19"), (5, "2026-11-20")])
def test_the_day_of_a_confirmation_is_that_of_the_program(root: Path, hour: int, day: str) -> None:
    """Midnight in Washington is five in the morning in Greenwich."""
    fill(root, "UAT", *SIGNED)
    fill(root, "provider", ("use", None, "no evidence"), ("why not", None, "a plan"), ("confirmed by", None, "Ada"))

    told = bind(root / "bindings.xlsx", root, datetime(2026, 11, 20, hour, tzinfo=UTC))

    text = (root / "gonogo.yaml").read_text()
    assert not [line for line in told if "still wait" in line]
    assert f"# confirmed by Ada Kirsch on {day}, in the binding workbook" in text
    assert f"a plan (Ada, {day})" in text


def test_what_is_no_evidence_leaves_the_program_with_who_said_why(root: Path) -> None:
    """Nobody is asked about it again."""
    fill(root, "provider", ("use", None, "no evidence"), ("why not", None, "a plan"))
    told = bind(root / "bindings.xlsx", root)
    assert told[0] == "provider-staffing: not taken: write your name under `confirmed by`."
    fill(root, "provider", ("confirmed by", None, "Ada"))

    bind(root / "bindings.xlsx", root)

    assert list(bound(root)) == ["uat-results"]
    [(path, reason)] = (load_program(root).program.not_evidence or {}).items()
    assert path == "evidence/provider staffing.csv"
    assert reason.startswith("a plan (Ada, 20")

    told = bind(root / "bindings.xlsx", root)
    assert told[0].startswith("provider-staffing: was set aside before (a plan (Ada, 20")
    assert told[0].endswith("), so its sheet changes nothing.")
    assert told[1] == "1 sheet of the workbook still waits."  # that of the tests, on which nobody has written a name


@pytest.mark.parametrize(
    ("answer", "says"),
    [
        (("fact", "uat.executed_ratio", "Verdict"), "the file has no column `Verdict`"),
        (("fact", "uat.executed_ratio", "Case"), "`Case` holds 4 different texts"),
        (("word", "Pass", "fine"), "`fine` is no meaning"),
        (("group", None, "uatt"), "the ruleset has no facts of `uatt`"),
        (("side", None, "both"), "`both` is no side"),
        (("held", None, "November"), "`November` is not a day"),
        (("held", None, "2999-01-01"), "2999-01-01 is still to come"),
        (("held", None, None), "say the day on which its content held"),
        (("use", None, "no evidence"), "not taken: say under `why not` why it is no evidence."),
    ],
)
def test_an_answer_that_cannot_be_used_leaves_the_binding_waiting(
    root: Path, answer: tuple[str, str | None, Any], says: str
) -> None:
    """A half understood answer would be a guess again."""
    fill(root, "UAT", *SIGNED, answer)

    told = bind(root / "bindings.xlsx", root)

    assert says in told[0]
    assert bound(root)["uat-results"].confirmed is False


def test_a_binding_that_was_confirmed_is_not_written_over(root: Path) -> None:
    """What somebody corrected by hand since then stays."""
    fill(root, "UAT", *SIGNED)
    bind(root / "bindings.xlsx", root)
    before = (root / "gonogo.yaml").read_text()

    told = bind(root / "bindings.xlsx", root)

    assert told[0] == (
        "uat-results: was confirmed before, so this sheet changes nothing of it. To correct it: gonogo bind NEW.xlsx "
        "--make --again uat-results"
    )
    assert (root / "gonogo.yaml").read_text() == before


def test_the_figures_that_were_signed_are_told_with_the_first_signature(root: Path) -> None:
    """They were told for corrections alone, so the first figure that anybody saw stood in the verdict."""
    fill(root, "UAT", *SIGNED)

    told = [line for line in bind(root / "bindings.xlsx", root) if "gives now" in line]

    binding = bound(root)["uat-results"]
    said = said_by_fact(open_program(root), binding, dated=False)
    assert said
    assert [line.partition(" gives now: ")[0] for line in told] == ["  uat-results"]
    assert all(f"{fact} {figure}" in told[0] for fact, figure in said.items() if not figure.startswith("unknown"))
    assert [line for line in bind(root / "bindings.xlsx", root) if "gives now" in line] == []


def test_many_sheets_that_change_nothing_are_one_line_and_what_is_refused_comes_first(root: Path) -> None:
    """Forty lines of what was confirmed before hid the one sheet that was not taken."""
    fill(root, "UAT", *SIGNED)
    fill(root, "staffing", *SIGNED)
    first = bind(root / "bindings.xlsx", root)
    confirmed = [name for name, each in bound(root).items() if each.confirmed is None]
    assert len(confirmed) == 2, first

    told = bind(root / "bindings.xlsx", root)

    assert told[0].startswith("2 sheets changed nothing, because the bindings were confirmed before (")
    assert told[0].endswith("). To correct one: gonogo bind NEW.xlsx --make --again BINDING")
    assert all(name in told[0] for name in confirmed)


@pytest.mark.parametrize(("signed", "refused"), [("staffing", "UAT"), ("UAT", "staffing")])
def test_a_sheet_that_was_not_taken_is_told_first(root: Path, signed: str, refused: str) -> None:
    fill(root, signed, *SIGNED)
    fill(root, refused, *SIGNED, ("side", None, "both"))

    told = bind(root / "bindings.xlsx", root)

    assert [": not taken: " in line for line in told].index(True) == 0
    assert any("confirmed by" in line for line in told)


JUNIT = "<testsuite name='s' timestamp='2026-04-02T00:00:00'><testcase classname='a' name='x'/></testsuite>"


@pytest.mark.parametrize(
    ("held", "build", "as_of", "of"),
    [
        (None, "B-7", None, "B-7"),
        ("2026-04-03", "B-8", "2026-04-03", "B-8"),
        (None, None, None, None),
    ],
)
def test_of_a_file_that_is_read_as_it_is_the_answers_are_written_too(
    tmp_path: Path, held: str | None, build: str | None, as_of: str | None, of: str | None
) -> None:
    """A report says itself when it held, unless a person knows better; and which build it is about."""
    (tmp_path / "evidence").mkdir()
    (tmp_path / "evidence" / "regression.xml").write_text(JUNIT, encoding="utf-8")
    start(tmp_path, conduct(tmp_path, invented_office(build="B-7")))
    (tmp_path / "bindings.xlsx").write_bytes(make_workbook_of(tmp_path)[0])
    said = [("held", None, held), ("of build", None, build), ("side", None, "independent"), ("producer", None, "Lab")]
    fill(tmp_path, "regression", SIGNED[0], *said)

    bind(tmp_path / "bindings.xlsx", tmp_path)

    binding = bound(tmp_path)["regression"]
    moment = binding.inputs[0].as_of.at
    assert (binding.confirmed, binding.build, binding.side, binding.producer) == (None, of, "independent", "Lab")
    assert (f"{moment:%Y-%m-%d}" if moment else None) == as_of


def test_each_table_of_a_workbook_has_its_own_sheet(tmp_path: Path) -> None:
    """What is answered about the second is not taken for the first."""
    workbook(tmp_path / "evidence" / "Training Plan.xlsx", {"Roles": ROLES, "Sessions": SESSIONS})
    start(tmp_path, conduct(tmp_path, GIVEN))
    (tmp_path / "bindings.xlsx").write_bytes(make_workbook_of(tmp_path)[0])
    fill(tmp_path, "Roles", *SIGNED)

    told = bind(tmp_path / "bindings.xlsx", tmp_path)

    assert told[0].startswith("training-plan-roles: confirmed by Ada Kirsch; answers training.roles_with_course_ratio")
    assert {name: each.confirmed for name, each in bound(tmp_path).items()} == {
        "training-plan": False,
        "training-plan-roles": None,
    }
    assert bound(tmp_path)["training-plan-roles"].settings["tables"]["training_plan"]["sheet"] == "Roles"


def noted(root: Path, sheet: str, tag: str, about: str = "") -> tuple[str, str]:
    """Answer and note of one row."""
    book = openpyxl.load_workbook(root / "bindings.xlsx")
    (page,) = [each for each in book.worksheets if sheet in each.title]
    row = next(r for r in page.iter_rows(values_only=True) if r[0] == tag and about in (r[1] or ""))
    return str(row[3] or ""), str(row[5])


def made(folder: Path, name: str, text: str, build: str = "") -> Path:
    """A program with one table, and its binding workbook."""
    (folder / "evidence").mkdir(parents=True)
    (folder / "evidence" / name).write_text(text, encoding="utf-8")
    start(folder, conduct(folder, invented_office(build=build) if build else GIVEN))
    (folder / "bindings.xlsx").write_bytes(make_workbook_of(folder)[0])
    return folder


STEPS = "Procedure,Required,Draft sent,Approved on\nP-1,Yes,2026-10-01,2026-10-02\nP-2,Yes,2026-10-03,\nP-3,No,,\n"


def test_the_figure_stands_beside_the_name_before_anybody_signs(tmp_path: Path) -> None:
    """Who writes a name under a drop-down has to see what it comes to, and by which rows."""
    root = made(tmp_path / "p", "Procedures.csv", STEPS)

    _, beside = noted(root, "Procedures", "confirmed by")
    answer, note = noted(root, "Procedures", "fact", "sop.approved_ratio")

    assert beside.endswith("sop.approved_ratio: 1 of 2 (counted: P-1; not: P-2).")
    assert answer == "Approved on"
    assert "Asked about are the rows that Required says." in note


def test_what_no_column_says_stays_blank_and_unknown(tmp_path: Path) -> None:
    """A name is no answer: what nobody said is told, and no fact of the binding."""
    root = made(tmp_path / "p", "Interfaces.csv", "Interface ID,In scope,E2E passed\nI-1,Yes,Yes\nI-2,Yes,No\n")
    assert noted(root, "Interfaces", "fact", "interfaces.icd_approved_ratio")[0] == ""

    fill(root, "Interfaces", *SIGNED)
    told = bind(root / "bindings.xlsx", root)

    assert "interfaces.icd_approved_ratio, interfaces.critical_open: that stays unknown." in told[1]
    assert list(bound(root)["interfaces"].settings["facts"]) == ["interfaces.e2e_passed_ratio"]


@pytest.mark.parametrize(
    ("fact", "column", "says"),
    [
        ("interfaces.icd_approved_ratio", "In scope", "`In scope` says which rows are asked about, not what was done"),
        ("interfaces.icd_approved_ratio", "not here", ""),
        ("interfaces.icd_approved_ratio", "E2E passed", ""),
    ],
)
def test_a_column_of_scope_is_refused_as_an_answer(tmp_path: Path, fact: str, column: str, says: str) -> None:
    """Nobody can mean that a thing was approved because it is in scope."""
    root = made(tmp_path / "p", "Interfaces.csv", "Interface ID,In scope,E2E passed\nI-1,Yes,Yes\nI-2,Yes,No\n")
    fill(root, "Interfaces", *SIGNED, ("fact", fact, column))

    told = bind(root / "bindings.xlsx", root)

    assert (says in told[0]) if says else (bound(root)["interfaces"].confirmed is None)


def test_days_due_that_are_none_are_a_question_with_cell_and_word(tmp_path: Path) -> None:
    """One `soon` dropped the day due without a word, and ten of forty steps were done instead of ten of eleven."""
    rows = "".join(f"S-{n},Complete,2026-10-{n + 10}\n" for n in range(9))
    root = made(tmp_path / "p", "Cutover plan.csv", f"Step,Status,Planned finish\n{rows}S-9,Open,soon\n")

    answer, note = noted(root, "Cutover", "fact", "cutover.precutover_due_done_ratio")
    assert answer == ""
    assert "of the column Planned finish holds something, which is no day: is that row due, and when?" in note

    fill(root, "Cutover", *SIGNED, ("fact", "cutover.precutover_due_done_ratio", "Status"))
    assert "Planned finish holds something" in bind(root / "bindings.xlsx", root)[0]


@pytest.mark.parametrize(("chosen", "build"), [("", None), ("B-7", "B-7")])
def test_the_build_is_that_of_a_file_only_if_a_person_says_so(tmp_path: Path, chosen: str, build: str | None) -> None:
    """Results of last month's build passed for those of this one, because the office named its build once."""
    text = "Case,Result\nS-1,Passed\nS-2,Failed\n"
    root = made(tmp_path / "p", "SIT results.csv", text, build="B-7")
    assert noted(root, "SIT", "of build")[0] == ""

    fill(root, "SIT", *SIGNED, ("of build", None, chosen))
    bind(root / "bindings.xlsx", root)

    assert bound(root)["sit-results"].build == build


def test_a_sheet_that_is_no_evidence_leaves_the_file_to_the_other(tmp_path: Path) -> None:
    """The roles stay bound when somebody says that the sessions are none."""
    workbook(tmp_path / "evidence" / "Training Plan.xlsx", {"Roles": ROLES, "Sessions": SESSIONS})
    start(tmp_path, conduct(tmp_path, GIVEN))
    (tmp_path / "bindings.xlsx").write_bytes(make_workbook_of(tmp_path)[0])
    fill(tmp_path, "Roles", *SIGNED)
    names = openpyxl.load_workbook(tmp_path / "bindings.xlsx").sheetnames
    (other,) = [each for each in names if "Training" in each and "Roles" not in each]
    fill(tmp_path, other, SIGNED[0], ("use", None, "no evidence"), ("why not", None, "a calendar"))

    told = bind(tmp_path / "bindings.xlsx", tmp_path)

    name = "evidence/Training Plan.xlsx"
    assert f"training-plan: no evidence; {name} stays bound, because training-plan-roles reads it." in told
    assert {each.id: each.confirmed for each in bound(tmp_path).values()} == {"training-plan-roles": None}
    assert name not in (load_program(tmp_path).program.not_evidence or {})
    assert "no evidence: a calendar (Ada Kirsch" in (tmp_path / "gonogo.yaml").read_text(encoding="utf-8")

    told = bind(tmp_path / "bindings.xlsx", tmp_path)
    assert any(line.startswith("training-plan: was set aside before (a calendar (Ada Kirsch") for line in told)
    assert not [line for line in told if "still" in line]


TABLES = {
    "Staffing run phase.csv": "Team,Side,Needed,Trained\nA,Customer,14,12\nB,Provider,22,21\n",
    "Config items.csv": "Configuration item,Built on,Tested on,Status\n"
    "C-1,2026-10-01,2026-10-02,Complete\nC-2,2026-10-01,2026-10-02,Open\nC-3,2026-10-01,,Open\n",
    "Interface register.csv": "Interface ID,In scope,E2E passed,ICD status\n"
    "I-1,Yes,Approved,Approved\nI-2,No,Yes,Draft\n",
    "Report list.csv": "Report,Critical,Validated on\nR-1,Yes,2026-10-02\nR-2,No,\nR-3,Yes,\n",
    "Process list.csv": "Process,In scope,Documented,Approved on\nP-1,Yes,Yes,2026-10-02\nP-2,Yes,Yes,\n",
    "Cutover plan.csv": "Step,Status,Planned finish\nS-1,Complete,2026-10-02\nS-2,Open,2026-10-03\n",
    "Contracts.csv": "Contract,Needed,End date,Required through\n"
    "C-1,Yes,2027-12-01,2027-09-30\nC-2,No,2027-01-01,2027-09-30\n",
    "SLA catalogue.csv": "Service,Customer signed,Provider signed\nA,Yes,Yes\nB,Yes,No\n",
}


def test_what_was_shown_is_what_a_name_signs(tmp_path: Path) -> None:
    """A draft of three columns that is read back as two is another figure than the one beside the name."""
    (tmp_path / "evidence").mkdir()
    for name, text in TABLES.items():
        (tmp_path / "evidence" / name).write_text(text, encoding="utf-8")
    start(tmp_path, conduct(tmp_path, GIVEN))
    (tmp_path / "bindings.xlsx").write_bytes(make_workbook_of(tmp_path)[0])
    drafted = {name: each.settings["facts"] for name, each in bound(tmp_path).items()}
    for name in TABLES:
        fill(tmp_path, name.partition(".")[0][:12], *SIGNED)

    bind(tmp_path / "bindings.xlsx", tmp_path)

    assert all(each.confirmed is None for each in bound(tmp_path).values())
    assert {name: each.settings["facts"] for name, each in bound(tmp_path).items()} == drafted
    assert sorted(name for facts in drafted.values() for name in facts) == [
        "config.items_complete_ratio",
        "contracts.covering_ratio",
        "contracts.required",
        "customer_om.trained_ratio",
        "cutover.precutover_due_done_ratio",
        "interfaces.e2e_passed_ratio",
        "interfaces.icd_approved_ratio",
        "process.documented_ratio",
        "provider_staff.trained_ratio",
        "reports.critical_validated_ratio",
        "reports.noncritical_validated_ratio",
        "sla.signed_ratio",
    ]


def test_another_workbook_is_refused(root: Path) -> None:
    """A register of risks holds no answers about columns."""
    book = openpyxl.Workbook()
    book.save(root / "other.xlsx")

    with pytest.raises(UsageError, match="is no binding workbook"):
        bind(root / "other.xlsx", root)


def write(root: Path, text: str) -> None:
    """Export the cases again, between `--make` and the answers."""
    (root / "evidence" / "UAT results.csv").write_text(text, encoding="utf-8")


class TestTheFileThatWasSeen:
    """The answers are about columns and words of one file; another one under its name has others."""

    def test_the_same_file_is_taken_without_a_word(self, root: Path) -> None:
        write(root, CASES)
        fill(root, "UAT", *SIGNED)

        told = bind(root / "bindings.xlsx", root)

        assert bound(root)["uat-results"].confirmed is None
        assert not any("has changed" in line for line in told)

    @pytest.mark.parametrize(
        "more",
        ["U-5,Ada Kirsch,Fail\n", "U-5,Max Power,Pass\n"],
        ids=["a row more", "a person more, whom nothing asks about"],
    )
    def test_other_rows_with_the_same_words_are_taken_and_told(self, root: Path, more: str) -> None:
        write(root, CASES + more)
        fill(root, "UAT", *SIGNED)

        told = bind(root / "bindings.xlsx", root)

        assert bound(root)["uat-results"].confirmed is None
        assert any(
            "evidence/UAT results.csv has changed since the workbook was made; its headings and words are the same, "
            "so the answers count." in line
            for line in told
        )

    @pytest.mark.parametrize(
        ("text", "says"),
        [
            (CASES + "U-5,Ada Kirsch,Waived\n", "the column 'Result' has the new word 'Waived'"),
            (CASES + "U-5,A B,Waived\nU-6,A B,Blocked\n" + PASSED, "has the new words 'Waived', 'Blocked'"),
            (CASES.replace("Result", "Verdict"), "column 'Result' is gone; column 'Verdict' is new"),
            (
                CASES.replace("Case,", "Case,Retest,").replace(",Ada", ",,Ada").replace(",Ian", ",,Ian"),
                "'Retest' is new",
            ),
        ],
        ids=["a word", "two words", "a heading", "a column more"],
    )
    def test_another_file_is_refused_with_the_difference_and_the_others_are_taken(
        self, root: Path, text: str, says: str
    ) -> None:
        """`Waived` counts as whatever the drop-down was left at, in a column that nobody was asked about."""
        write(root, text)
        fill(root, "UAT", *SIGNED)
        fill(root, "provider", *SIGNED)

        told = bind(root / "bindings.xlsx", root)

        assert bound(root)["uat-results"].confirmed is False
        assert bound(root)["provider-staffing"].confirmed is None
        [line] = [line for line in told if line.startswith("uat-results: not taken: ")]
        assert "evidence/UAT results.csv has changed since the workbook was made: " in line
        assert says in line
        assert "gonogo bind NEW.xlsx --make" in line
        assert "Kirsch" not in line

    def test_a_word_less_is_no_new_word(self, root: Path) -> None:
        write(root, CASES.replace("Passed with comment", "Pass"))
        fill(root, "UAT", *SIGNED)

        bind(root / "bindings.xlsx", root)

        assert bound(root)["uat-results"].confirmed is None

    def test_a_file_that_is_gone_confirms_nothing(self, root: Path) -> None:
        (root / "evidence" / "UAT results.csv").unlink()
        fill(root, "UAT", *SIGNED)

        assert "cannot be read any more" in bind(root / "bindings.xlsx", root)[0]
        assert bound(root)["uat-results"].confirmed is False

    @pytest.mark.parametrize("keep", [True, False])
    def test_a_sheet_that_does_not_say_what_was_seen_is_refused(self, root: Path, keep: bool) -> None:
        """Somebody deleted the row, or shortened what it says."""
        write(root, CASES + "U-5,Ada Kirsch,Pass\n")
        fill(root, "UAT", *SIGNED, ("seen", None, "{}"))
        if not keep:
            book = openpyxl.load_workbook(root / "bindings.xlsx")
            (page,) = [each for each in book.worksheets if "UAT" in each.title]
            page.delete_rows(3)
            book.save(root / "bindings.xlsx")

        told = bind(root / "bindings.xlsx", root)

        says = "does not say which headings and words it had" if keep else "does not say which file it was made from"
        assert says in told[0]
        assert bound(root)["uat-results"].confirmed is False

    def test_the_row_is_hidden_and_names_nobody(self, root: Path) -> None:
        book = openpyxl.load_workbook(root / "bindings.xlsx")
        (page,) = [each for each in book.worksheets if "UAT" in each.title]

        assert page["A3"].value == "seen"
        assert page.row_dimensions[3].hidden
        assert "Kirsch" not in str(page["D3"].value)
