"""A correction of which rows count, or of what a word means, reaches every fact; what was answered is shown again."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest
from tests.first_week.adding.test_bound_answers import bound
from tests.first_week.adding.test_correcting import E2E, ICD, NAME, REGISTER, SIGNED, answered, fill
from tests.invented_office import invented_office

from gonogo.first_week.adding.bound_answers import bind, make_workbook_of
from gonogo.first_week.adding.kept_answers import KeptAnswers, kept_answers
from gonogo.first_week.adding.kept_facts import _narrowed
from gonogo.first_week.adding.program_writing import read_lines
from gonogo.first_week.interview import conduct
from gonogo.first_week.starting import start

HAND = 'e2e_test == "passed" and partner in ["Bank", "Mint"]'


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A program whose register a person has confirmed, and one of whose conditions somebody wrote by hand."""
    root = tmp_path_factory.mktemp("kept") / "p"
    (root / "evidence").mkdir(parents=True)
    (root / "evidence" / "Interface register.csv").write_text(REGISTER, encoding="utf-8")
    start(root, conduct(root, invented_office()))
    book = root / "b.xlsx"
    book.write_bytes(make_workbook_of(root)[0])
    said = (("confirmed by", None, "Ada Kirsch"), ("held", None, "2026-11-19"), ("only rows", None, "every row"))
    fill(book, "Interface", *said, ("word", "Draft", "open"), ("word", "failed", "failed"))
    bind(book, root)
    assert bound(root)[NAME].confirmed is None
    return root


@pytest.fixture
def root(made: Path, tmp_path: Path) -> Path:
    """A copy of that program."""
    return Path(shutil.copytree(made, tmp_path / "p"))


def by_hand(root: Path) -> None:
    """Write a condition that no sheet can show."""
    path = root / "gonogo.yaml"
    text = path.read_text(encoding="utf-8")
    assert "where: 'e2e_test == \"passed\"'" in text
    text = text.replace("where: 'e2e_test == \"passed\"'", f"where: '{HAND}'")
    read = '            partner: {header: "Partner", type: text, allowed: any}\n'
    assert 'ignore: ["Partner"]' in text
    text = text.replace('ignore: ["Partner"]', "ignore: []").replace("      facts:\n", f"{read}      facts:\n")
    path.write_text(text, encoding="utf-8")


def again(root: Path, *answers: tuple[Any, ...]) -> list[str]:
    """Correct the register by its sheet."""
    (root / "c.xlsx").write_bytes(make_workbook_of(root, again=[NAME])[0])
    fill(root / "c.xlsx", "Interface", *answers)
    return bind(root / "c.xlsx", root)


def sheet(root: Path) -> dict[tuple[str, str], tuple[str, str]]:
    """The sheet of the register as it would be corrected now."""
    (root / "c.xlsx").write_bytes(make_workbook_of(root, again=[NAME])[0])
    return answered(root / "c.xlsx", "Interface")


def test_each_answer_is_shown_as_it_was_given(root: Path) -> None:
    """A word that counts as the worse stands in no condition, so its cell was blank, and nobody knew who had looked."""
    stands = sheet(root)

    assert stands["word", "Draft"] == ("open", "")
    assert stands["word", "failed"] == ("failed", "")
    assert stands["only rows", ""][0] == "every row"

    again(root, *SIGNED, ("word", "Draft", "ended without being done"))
    assert sheet(root)["word", "Draft"] == ("ended without being done", "")


def test_what_was_answered_is_not_believed_where_the_settings_say_otherwise(root: Path) -> None:
    """Who changes a condition by hand has the last word, and the sheet shows it so."""
    path = root / "gonogo.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace('e2e_test == "passed"', 'e2e_test == "failed"'), "utf-8")

    assert sheet(root)["fact", E2E] != ("E2E test", "") or sheet(root)["word", "failed"] == ("passed", "")


def test_which_rows_count_reaches_a_condition_that_somebody_wrote(root: Path) -> None:
    """It was told as made, and the figure and the settings stayed: `as confirmed` is how each such row stands."""
    by_hand(root)
    before = sheet(root)
    assert before["fact", E2E] == ("as confirmed", "")

    told = again(root, *SIGNED, ("only rows", None, "Partner", "Bank"))

    share = bound(root)[NAME].settings["facts"][E2E]["share"]
    assert share["where"] == HAND
    assert 'not (partner == "Mint")' in share["among"]
    assert any(line.startswith(f"  {E2E}: ") and " before, " in line for line in told)
    assert sheet(root)["only rows", ""] == ("Partner", "Bank")

    again(root, *SIGNED, ("only rows", None, "Partner", "Mint"))
    share = bound(root)[NAME].settings["facts"][E2E]["share"]
    assert 'not (partner == "Bank")' in share["among"]
    assert 'not (partner == "Mint")' not in share["among"]
    assert share["where"] == HAND


def test_a_query_cannot_be_reached_and_the_sheet_is_refused(root: Path) -> None:
    """A correction that reaches half of the facts is worse than none."""
    path = root / "gonogo.yaml"
    query = "SELECT count(*) FILTER (WHERE e2e_test = 'passed') AS part, count(*) AS whole FROM interface_register"
    lines = [
        f'        {E2E}: {{sql: "{query}", type: ratio, inputs: [interface_register]}}\n' if f"{E2E}:" in line else line
        for line in path.read_text(encoding="utf-8").splitlines(keepends=True)
    ]
    path.write_text("".join(lines), encoding="utf-8")
    before = path.read_bytes()

    told = again(root, *SIGNED, ("only rows", None, "In scope", "Yes"))

    assert told[0].startswith(f"{NAME}: not taken: you changed which rows alone count, and {E2E} counts by that")
    assert path.read_bytes() == before


def test_a_word_of_another_column_does_not_stop_a_correction(root: Path) -> None:
    """Only what compares that column is concerned."""
    by_hand(root)

    told = again(root, *SIGNED, ("word", "Draft", "approved"))

    assert any(line.startswith(f"  {ICD}: ") and " now" in line for line in told)
    assert bound(root)[NAME].settings["facts"][E2E]["share"]["where"] == HAND


@pytest.mark.parametrize(
    ("fact", "old", "new", "made"),
    [
        ({"count": {"where": "a == 1"}}, "", 'b == "x"', {"count": {"where": 'b == "x" and a == 1'}}),
        ({"count": {}}, "", 'b == "x"', {"count": {"where": 'b == "x"'}}),
        ({"share": {"where": "a == 1"}}, "", "b == 2", {"share": {"where": "a == 1", "among": "b == 2"}}),
        ({"count": {"where": "a == 1 or c == 2"}}, "", "b == 3", {"count": {"where": "b == 3 and (a == 1 or c == 2)"}}),
        ({"count": {"where": "b == 2 and a == 1"}}, "b == 2", "b == 3", {"count": {"where": "b == 3 and a == 1"}}),
        ({"count": {"where": "b == 2 and a == 1"}}, "b == 2", "", {"count": {"where": "a == 1"}}),
        ({"count": {"where": "b == 2"}}, "b == 2", "", {"count": {}}),
        ({"count": {"where": "a == 1"}}, "b == 2", "b == 3", None),
        ({"count": {"where": "b == 22 and a == 1"}}, "b == 2", "b == 3", None),
        ({"count": {"where": "b == 2 or a == 1"}}, "b == 2", "b == 3", None),
        ({"sql": "SELECT 1", "type": "integer"}, "", "b == 3", None),
        ({"count": {"where": "a == 1"}}, "b == 2", "b == 2", {"count": {"where": "a == 1"}}),
    ],
)
def test_a_condition_of_rows_is_put_before_taken_out_or_replaced_as_a_whole(
    fact: dict[str, Any], old: str, new: str, made: dict[str, Any] | None
) -> None:
    """Half of a condition, or one side of an `or`, is never replaced."""
    assert _narrowed(fact, old, new) == made


def test_a_comment_that_somebody_wrote_over_tells_nothing(root: Path) -> None:
    """It only orders what is shown; the settings are what counts."""
    path = root / "gonogo.yaml"
    text = path.read_text(encoding="utf-8")
    assert "# answered: word {" in text
    assert kept_answers(read_lines(root), NAME).words
    path.write_text(text.replace('# answered: word {"', "# answered: word {"), encoding="utf-8")

    assert not kept_answers(read_lines(root), NAME).words
    assert kept_answers(read_lines(root), "nothing") == KeptAnswers()
