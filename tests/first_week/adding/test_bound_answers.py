"""The binding workbook: asks what only people know, shows nobody's name, and confirms only what carries one."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from tests.invented_office import invented_office

from gonogo.errors import UsageError
from gonogo.first_week.adding.bound_answers import bind, make_workbook_of
from gonogo.first_week.interview import conduct
from gonogo.first_week.starting import start
from gonogo.model.program import Binding
from gonogo.program.program_file import load_program

GIVEN = invented_office()
CASES = "Case,Tester,Result\nU-1,Ada Kirsch,Pass\nU-2,Ian Ott,Passed with comment\nU-3,Ada Kirsch,Fail\nU-4,Ian Ott,\n"
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
    assert "say why it is no evidence, and your name" in bind(root / "bindings.xlsx", root)[0]
    fill(root, "provider", ("confirmed by", None, "Ada"))

    bind(root / "bindings.xlsx", root)

    assert list(bound(root)) == ["uat-results"]
    [(path, reason)] = (load_program(root).program.not_evidence or {}).items()
    assert path == "evidence/provider staffing.csv"
    assert reason.startswith("a plan (Ada, 20")


@pytest.mark.parametrize(
    ("answer", "says"),
    [
        (("fact", "uat.executed_ratio", "Verdict"), "the file has no column `Verdict`"),
        (("fact", "uat.executed_ratio", "Case"), "needs a column of few words, a day, or two columns of numbers"),
        (("word", "Pass", "fine"), "`fine` is no meaning"),
        (("group", None, "uatt"), "the ruleset has no facts of `uatt`"),
        (("side", None, "both"), "`both` is no side"),
        (("held", None, "November"), "`November` is not a day"),
        (("held", None, None), "say the day on which its content held"),
        (("use", None, "no evidence"), "say why it is no evidence"),
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

    assert told[0] == "uat-results: was confirmed before, so the workbook changes nothing of it."
    assert (root / "gonogo.yaml").read_text() == before


def test_another_workbook_is_refused(root: Path) -> None:
    """A register of risks holds no answers about columns."""
    book = openpyxl.Workbook()
    book.save(root / "other.xlsx")

    with pytest.raises(UsageError, match="is no binding workbook"):
        bind(root / "other.xlsx", root)
