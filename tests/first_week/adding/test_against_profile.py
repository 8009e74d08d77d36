"""Words of a known tool that a person answers against what its profile, or the word, says: told first, and signed."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from tests.first_week.adding.test_profile_sheets import JIRA, TESTS, bound, fill
from tests.invented_office import invented_office

from gonogo.first_week.adding import against_profile as told
from gonogo.first_week.adding.answered_form import asked_about, take_answers
from gonogo.first_week.adding.bound_answers import make_workbook_of
from gonogo.first_week.adding.sheet_line import FIXED
from gonogo.first_week.drafts.word_meanings import Meaning
from gonogo.first_week.interview import conduct
from gonogo.first_week.starting import start
from gonogo.profiles.shelf import shipped_profiles

LOWER = "`Highest` under Priority counts as lower, and jira-issues@1 calls it critical"


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A program with exports of two tools, and its binding workbook."""
    root = tmp_path_factory.mktemp("against")
    (root / "evidence").mkdir()
    (root / "evidence" / "jira-2026-11-20.csv").write_text(JIRA.replace("P1", "Severe"), encoding="utf-8")
    (root / "evidence" / "sit-runs-2026-11-20.csv").write_text(TESTS, encoding="utf-8")
    start(root, conduct(root, invented_office(go_live="2099-05-03T06:00", build="B-7")))
    (root / "bindings.xlsx").write_bytes(make_workbook_of(root)[0])
    return root


@pytest.fixture
def root(made: Path, tmp_path: Path) -> Path:
    """A copy of it."""
    return Path(shutil.copytree(made, tmp_path / "p"))


def against(lines: list[str]) -> list[str]:
    """What was told as against the words, each answer by itself, where it was told first."""
    head, _, said = lines[0].partition(": against what the words say, by Ada Kirsch on ")
    return said.partition(": ")[2].split("; ") if said and ":" not in head else []


@pytest.mark.parametrize(
    ("answers", "says"),
    [
        ([("word", "Highest", "Priority", "lower")], [LOWER]),
        (
            [("word", "Done", "Status", "pending")],
            ["`Done` under Status counts as pending, and jira-issues@1 calls it final"],
        ),
        (
            [("word", "Bug", "Issue Type", "others")],
            ["`Bug` under Issue Type counts as others, and jira-issues@1 calls it defects"],
        ),
        ([("word", "Highest", "Priority", "none of these")], [LOWER.replace("as lower", "as none of these")]),
        (
            [("word", "To Do", "Status", "final")],
            ["`To Do` under Status counts as final, and jira-issues@1 calls it pending"],
        ),
        (
            [("word", "High", "Priority", "critical")],
            ["`High` under Priority counts as critical, and jira-issues@1 calls it high"],
        ),
        (
            [("word", "Resolved", "Status", "final")],
            ["`Resolved` under Status counts as final, and jira-issues@1 calls it pending"],
        ),
        ([("word", "Resolved", "Status", "pending")], []),
        ([("word", "Highest", "Priority", "critical"), ("word", "Incident", "Issue Type", "others")], []),
    ],
)
def test_a_word_of_a_profile_that_is_answered_otherwise_is_told_first(
    root: Path, answers: list[tuple[str, ...]], says: list[str]
) -> None:
    """The export says that a defect of the highest priority is open, and the count of such defects was 0."""
    lines = fill(root, "jira", *answers)

    assert against(lines) == says
    assert all(each in (root / "gonogo.yaml").read_text(encoding="utf-8") for each in says)
    assert bound(root, "jira").confirmed is None


def test_it_is_told_on_the_local_page_too(root: Path) -> None:
    """One person in a hurry answers there as well."""
    asked = asked_about(root, "jira")
    given = {
        number: (
            "Ada Kirsch" if row.tag == "confirmed by" else "lower" if row.about == "Highest" else row.answer,
            row.second or "",
        )
        for number, row in enumerate(asked.rows)
        if row.tag not in FIXED
    }

    assert against(take_answers(root, "jira", given, seen=asked.seen)) == [LOWER]


@pytest.mark.parametrize(("answer", "wrong"), [("lower", True), ("high", True), ("critical", False)])
def test_a_word_that_the_profile_does_not_have_is_held_against_its_own_sense(
    root: Path, answer: str, wrong: bool
) -> None:
    """Nobody has listed it, and anybody can read it."""
    lines = fill(root, "jira", ("word", "Severe", "Priority", answer))

    assert against(lines) == ([f"`Severe` under Priority counts as {answer}"] if wrong else [])


def test_the_lists_that_are_known_to_be_good_or_to_grade_are_those_of_profiles() -> None:
    """A list that was renamed would be known to nobody here."""
    known = {name for profile in shipped_profiles() for name in profile.words}

    assert known >= told._GOOD
    assert known >= told._LISTED.keys()


@pytest.mark.parametrize(
    ("says", "answer", "wrong"),
    [
        (Meaning.CRITICAL, "high", True),
        (Meaning.CRITICAL, "critical", False),
        (Meaning.HIGH, "critical", False),
        (Meaning.HIGH, "lower", True),
        (Meaning.LOWER, "lower", False),
        (Meaning.FAILED, "passed", True),
        (Meaning.OPEN, "final", True),
        (Meaning.OPEN, "pending", False),
        (Meaning.PASSED, "passed", False),
        (None, "passed", False),
    ],
)
def test_only_what_is_lighter_than_the_word_is_against_it(says: Meaning | None, answer: str, wrong: bool) -> None:
    """To count a word as the worse is a choice of the office."""
    assert told._against(says, answer) is wrong
