"""Which rows count is chosen by a person who sees what each choice gives: no door signs a guess of it."""

from __future__ import annotations

import re
import shutil
from collections.abc import Sequence
from pathlib import Path

import openpyxl
import pytest
from tests.invented_office import invented_office

from gonogo.errors import UsageError
from gonogo.first_week.adding.added import add_each
from gonogo.first_week.adding.adding_files import Adding
from gonogo.first_week.adding.answered_form import asked_about, take_answers
from gonogo.first_week.adding.bound_answers import bind, make_workbook_of
from gonogo.first_week.adding.checking import check_file
from gonogo.first_week.adding.folder_status import folder_status
from gonogo.first_week.adding.one_binding import look_at_binding, settle_binding
from gonogo.first_week.adding.open_program import open_program
from gonogo.first_week.adding.previewing import said_by_fact
from gonogo.first_week.adding.row_choices import open_choices
from gonogo.first_week.adding.sheet_line import FIXED
from gonogo.first_week.interview import conduct
from gonogo.first_week.starting import start
from gonogo.model.program import Binding
from gonogo.program.program_file import load_program

DEFECTS = "Defect,Environment,Severity,Status\n" + "".join(
    f"D-{at:02},{place},{'Critical' if at <= 3 else 'Low'},{'Open' if at <= 3 or at == 12 else 'Closed'}\n"
    for at, place in enumerate(["SIT"] * 9 + ["UAT"] * 5, 1)
)
CHOICES = (
    "SIT (defects.critical_open 3, defects.high_without_workaround 0); UAT (defects.critical_open 0, "
    "defects.high_without_workaround 0); every row counts (defects.critical_open 3, "
    "defects.high_without_workaround 0)"
)
HELD = "2026-11-19"
NAME = "Ada Kirsch"
UAT = {"environment": {"kind": "environment", "counts": ["UAT"]}}


@pytest.fixture(scope="module")
def begun(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A program whose list of defects names two environments, and its workbook; each open critical one is of SIT."""
    root = tmp_path_factory.mktemp("places")
    (root / "evidence").mkdir()
    (root / "evidence" / "Defects.csv").write_text(DEFECTS, encoding="utf-8")
    start(root, conduct(root, invented_office()))
    (root / "b.xlsx").write_bytes(make_workbook_of(root)[0])
    return root


@pytest.fixture
def root(begun: Path, tmp_path: Path) -> Path:
    """A copy of it."""
    return Path(shutil.copytree(begun, tmp_path / "p"))


def binding(root: Path) -> Binding:
    (found,) = load_program(root).program.bindings
    return found


def table(root: Path) -> dict[str, object]:
    (found,) = binding(root).settings["tables"].values()
    assert isinstance(found, dict)
    return found


def rewrite(root: Path, old: str, new: str) -> None:
    text = (root / "gonogo.yaml").read_text(encoding="utf-8")
    assert old in text
    (root / "gonogo.yaml").write_text(text.replace(old, new), encoding="utf-8")


def guessed_before(root: Path) -> None:
    """Write the guess as an earlier version of gonogo did."""
    rewrite(root, 'ignore: ["Environment"]', 'subject: {environment: {kind: environment, counts: ["UAT"]}}')
    column = 'environment: {header: "Environment", type: text, allowed: "any"}'
    rewrite(root, "            severity: {", f"            {column}\n            severity: {{")
    assert table(root)["subject"] == UAT


def fill(root: Path, *answers: tuple[str, object] | tuple[str, object, str], seen: str | None = None) -> None:
    """Type answers into the sheet of the file; with `seen` what stands beside the row of that name."""
    book = openpyxl.load_workbook(root / "b.xlsx")
    (page,) = [each for each in book.worksheets if "Defects" in each.title]
    for tag, answer, *second in answers:
        row = next(row for row in page.iter_rows() if row[0].value == tag)
        row[3].value = answer
        if second:
            row[4].value = second[0]
    if seen is not None:
        next(row for row in page.iter_rows() if row[0].value == "seen")[4].value = seen
    book.save(root / "b.xlsx")


SIGNED = (("confirmed by", NAME), ("held", HELD))


def test_no_draft_writes_which_rows_count(root: Path) -> None:
    """Who deletes the mark by hand has signed no guess: nothing counts, and the sentence says why."""
    assert "subject" not in table(root)
    rewrite(root, "    confirmed: no   # nothing is read until a person has checked this binding\n", "")
    opened = open_program(root)

    assert "names 2 environments" in said_by_fact(opened, binding(root))["defects.critical_open"]


@pytest.mark.parametrize("earlier", [False, True])
def test_a_command_line_refuses_with_what_each_choice_gives_and_where_to_choose(root: Path, earlier: bool) -> None:
    if earlier:
        guessed_before(root)
    before = (root / "gonogo.yaml").read_bytes()

    with pytest.raises(UsageError) as refused:
        add_each(root, [root / "evidence" / "Defects.csv"], confirm=True, by=NAME, held=HELD)

    said = str(refused.value)
    assert f"nobody has said which rows count by `Environment`: {CHOICES}." in said
    assert "gonogo bind FILE.xlsx --make" in said
    assert "gonogo open PROGRAM" in said
    assert (root / "gonogo.yaml").read_bytes() == before


@pytest.mark.parametrize("earlier", [False, True])
def test_a_terminal_shows_the_choices_and_takes_the_one_that_is_named(root: Path, earlier: bool) -> None:
    if earlier:
        guessed_before(root)
    told, asked = list[str](), list[str]()
    answers = iter(["yes", HELD, "UAT"])

    def ask(question: str, _default: str) -> str:
        asked.append(question)
        return next(answers)

    add_each(root, [], confirm=True, by=NAME, ask=ask, tell=told.append)

    assert asked[2] == "Which rows count by Environment?"
    assert f"  by Environment: {CHOICES}" in told
    assert not [line for line in told if "critical_open = 0" in line]  # no figure of a guess as its own
    assert (table(root)["subject"], binding(root).confirmed) == (UAT, None)


@pytest.mark.parametrize("answer", ["", "PROD", ";", "UAT;PROD"])
def test_what_is_none_of_the_choices_leaves_it_waiting(root: Path, answer: str) -> None:
    told = list[str]()
    answers = iter(["yes", HELD, answer])

    add_each(root, [], confirm=True, by=NAME, ask=lambda _q, _d: next(answers), tell=told.append)

    assert ("which rows count by `Environment`" in told[-1]) is (answer == "")
    assert ("none of the choices by `Environment`; choose SIT, UAT or every row counts." in told[-1]) is bool(answer)
    assert binding(root).confirmed is not None
    assert "subject" not in table(root)


@pytest.mark.parametrize("earlier", [False, True])
@pytest.mark.parametrize(
    ("choice", "subject", "gives"),
    [
        ("UAT", UAT, "0"),
        ("SIT; UAT", {"environment": {"kind": "environment", "counts": ["SIT", "UAT"]}}, "3"),
        ("every row counts", None, "3"),
    ],
)
def test_the_page_confirms_the_rows_that_are_chosen_and_no_others(
    root: Path, earlier: bool, choice: str, subject: object, gives: str
) -> None:
    if earlier:
        guessed_before(root)
    look = look_at_binding(root, "defects")
    (asked,) = look.choices
    assert (asked.heading, list(asked.gives)) == ("Environment", ["SIT", "UAT", "every row counts"])
    assert asked.words == CHOICES
    assert not [line for line in look.reads if line.startswith("defects.critical_open =")]
    with pytest.raises(UsageError, match="nobody has said which rows count by `Environment`"):
        settle_binding(root, "defects", by=NAME, held=HELD, seen=look.seen)

    told = settle_binding(root, "defects", by=NAME, held=HELD, seen=look.seen, rows={"Environment": choice})

    assert table(root).get("subject") == subject
    assert ("Environment" in str(table(root).get("not_subject"))) is (subject is None)
    assert any("by `Environment`." in line for line in told)
    opened = open_program(root)
    assert said_by_fact(opened, binding(root), dated=False)["defects.critical_open"] == gives
    assert look_at_binding(root, "defects").choices == ()


def test_what_a_person_chose_before_is_no_guess(root: Path) -> None:
    """A binding that waits again because a file of it was set aside was signed with its rows."""
    guessed_before(root)
    rewrite(root, "    confirmed: no ", "    # confirmed by Theo Brandvold on 2026-11-02\n    confirmed: no ")
    opened = open_program(root)

    assert open_choices(opened, Adding.begin(opened).lines, binding(root)) == []
    settle_binding(root, "defects", by=NAME, held=HELD)
    assert (table(root)["subject"], binding(root).confirmed) == (UAT, None)


def test_a_sheet_shows_what_each_choice_gives(root: Path) -> None:
    (row,) = [row for row in asked_about(root, "defects").rows if row.tag == "which rows"]

    assert row.answer == ""
    assert row.note.endswith(f"Today by each choice: {CHOICES}.")


@pytest.mark.parametrize(
    ("answer", "second", "taken"),
    [("UAT", "", False), ("SIT", "", True), ("SIT", "UAT", True), ("UAT", "SIT", True), ("every row counts", "", True)],
)
def test_the_guess_of_an_earlier_version_is_no_answer(root: Path, answer: str, second: str, taken: bool) -> None:
    """Its workbook had the last value in the cell; nobody can tell whether a person has looked at it."""
    fill(root, *SIGNED, ("which rows", answer, second), seen="")

    told = " ".join(bind(root / "b.xlsx", root))

    assert (binding(root).confirmed is None) is taken
    assert ("an earlier version of gonogo wrote `UAT` there as its guess" in told) is not taken
    assert ("gonogo bind NEW.xlsx --make" in told) is not taken


def test_the_same_answer_in_a_workbook_of_this_version_counts(root: Path) -> None:
    fill(root, *SIGNED, ("which rows", "UAT"))
    bind(root / "b.xlsx", root)

    assert (table(root)["subject"], binding(root).confirmed) == (UAT, None)


def words_of_status(root: Path) -> str:
    (found,) = [each for each in folder_status(root) if each.path == "evidence/Defects.csv"]
    return found.words


def test_a_sheet_that_is_signed_without_it_is_told_with_the_cell_and_named_by_status(root: Path) -> None:
    """The binding is confirmed, and gives nothing: somebody has to hear it, and hears it until it is said."""
    fill(root, *SIGNED)
    told = bind(root / "b.xlsx", root)

    (line,) = [line for line in told if "nobody has said which rows count" in line]
    assert re.fullmatch(
        r"defects: signed, and nobody has said which rows count by `Environment` \(sheet 1 Defects.csv, cell D[0-9]+ "
        r"is blank\), so nothing of it counts. Say it: gonogo bind NEW.xlsx --make --again defects",
        line,
    )
    assert binding(root).confirmed is None
    assert words_of_status(root) == (
        "defects; defects: nobody has said which rows count by `Environment`, so it gives nothing until somebody does: "
        "gonogo bind NEW.xlsx --make --again defects"
    )

    (root / "b.xlsx").write_bytes(make_workbook_of(root, again=["defects"])[0])
    fill(root, ("confirmed by", NAME), ("why corrected", "It is of UAT."), ("which rows", "UAT"))
    bind(root / "b.xlsx", root)

    assert table(root)["subject"] == UAT
    assert words_of_status(root) == "defects"


def answers(rows: Sequence[object], **said: str) -> dict[int, tuple[str, str]]:
    found = {}
    for number, row in enumerate(rows):
        if row.tag not in FIXED:  # type: ignore[attr-defined]
            tag, answer, second = row.tag, row.answer, row.second or ""  # type: ignore[attr-defined]
            found[number] = (said.get(tag.replace(" ", "_"), answer), second)
    return found


def test_answers_in_detail_are_not_taken_without_it(root: Path) -> None:
    """The page shows each choice with its figures, and nobody signs beside a blank."""
    asked = asked_about(root, "defects")
    given = {"confirmed_by": NAME, "held": HELD}
    with pytest.raises(UsageError, match="nobody has said which rows count by `Environment`"):
        take_answers(root, "defects", answers(asked.rows, **given), seen=asked.seen)

    take_answers(root, "defects", answers(asked.rows, which_rows="UAT", **given), seen=asked.seen)

    assert (table(root)["subject"], binding(root).confirmed) == (UAT, None)


def test_an_export_of_a_known_tool_is_asked_the_same(tmp_path: Path) -> None:
    """What its profile does not say nobody has said."""
    rows = "E-1,T-1,Manual,PASSED,UAT,Cycle 1\nE-1,T-2,Manual,FAILED,UAT,Cycle 1\nE-2,T-1,Manual,PASSED,UAT,Cycle 2\n"
    head = "Test Execution Key,Test Key,Test Type,Status,Test Environments,Cycle\n"
    (tmp_path / "evidence").mkdir()
    (tmp_path / "evidence" / "runs-2026-11-20.csv").write_text(head + rows, encoding="utf-8")
    start(tmp_path, conduct(tmp_path, invented_office(build="B-7")))
    (choice,) = look_at_binding(tmp_path, binding(tmp_path).id).choices
    assert list(choice.gives) == ["Cycle 1", "Cycle 2", "every row counts"]
    with pytest.raises(UsageError, match="nobody has said which rows count by `Cycle`"):
        add_each(tmp_path, [tmp_path / "evidence" / "runs-2026-11-20.csv"], confirm=True, by=NAME)

    settle_binding(tmp_path, binding(tmp_path).id, by=NAME, rows={"Cycle": "Cycle 2"}, of_build=True)

    assert table(tmp_path)["subject"] == {"cycle": {"kind": "cycle", "counts": ["Cycle 2"]}}
    assert binding(tmp_path).confirmed is None


def test_check_shows_what_each_choice_gives(root: Path) -> None:
    """Without a program nobody has to choose before looking."""
    lone = root.parent / "lone"
    lone.mkdir()
    shutil.copy(root / "evidence" / "Defects.csv", lone)

    assert "names 2 environments" in " ".join(check_file(lone / "Defects.csv").lines())
