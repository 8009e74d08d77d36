"""What the last of several rows says, such as that of the last cycle: by days and numbers that agree."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from tests.ready_table import ready

from gonogo.collectors.table import TableCollector
from gonogo.first_week.drafts.draft_terms import required_of
from gonogo.first_week.drafts.drafted_settings import settings_of
from gonogo.first_week.drafts.row_examples import examples_of
from gonogo.first_week.drafts.table_draft import TableDraft, draft_table
from gonogo.first_week.mapping import map_file
from gonogo.ruleset.loader import LoadedRuleset
from gonogo.testing import SAMPLE_NOW, answers_of, job_of

FACT = "mock.last_exit_met"
HEAD = "Mock cycle,Start,End,Exit criteria met\n"


def drafted(folder: Path, rules: LoadedRuleset, text: str) -> TableDraft:
    """The draft of a log of mock conversions."""
    (folder / "mocks.csv").write_text(text, encoding="utf-8")
    required = required_of(rules.ruleset, rules.vocabulary)
    return draft_table(map_file(folder / "mocks.csv"), "mock", rules.vocabulary, required)


def answer(draft: TableDraft, text: str) -> Any:
    """What the table collector makes of it, with a file of the same headings."""
    settings = settings_of(draft)
    job = job_of({"file": ("mocks.csv", text.encode())}, as_of=SAMPLE_NOW)
    with ready():
        return answers_of(TableCollector(), job, {**settings, "facts": {FACT: settings["facts"][FACT]}})[FACT]


TWO = HEAD + "Mock 1,2026-08-10,2026-09-04,Yes\nMock 2,2026-09-07,2026-10-02,No\n"
THREE = HEAD + "Mock 3,2026-10-05,2026-11-02,Yes\nMock 1,2026-08-10,2026-09-04,No\nMock 2,2026-09-07,2026-10-02,No\n"


@pytest.mark.parametrize(
    ("text", "value"),
    [
        (THREE, True),
        (TWO, False),
        (THREE.replace("Mock 3", "Mock 10").replace("-10-05,2026-11-02", "-10-05,2026-11-03"), True),
        ("Cycle,Exit criteria met\n9,No\n10,Yes\n", True),
        ("Cycle,Exit criteria met\n9,Yes\n10,No\n", False),
        ("Mock,Date,Exit criteria met\nSpring,2026-03-01,No\nAutumn,2026-10-01,Yes\n", True),
    ],
)
def test_the_last_cycle_decides_and_no_earlier_one(
    tmp_path: Path, rules: LoadedRuleset, text: str, value: bool
) -> None:
    """Two cycles failed and the third passed: that is what the fact asks, and *all* said no."""
    assert answer(drafted(tmp_path, rules, text), text).value is value


@pytest.mark.parametrize(
    "text",
    [
        "Cycle,Exit criteria met\nSpring,Yes\nAutumn,No\n",
        HEAD + "Mock 2,2026-08-10,2026-09-04,Yes\nMock 1,2026-09-07,2026-10-02,No\n",
        "Mock,Date,Exit criteria met\nA,2026-10-01,Yes\nB,2026-10-01,No\n",
        "Mock cycle,Planned end,Exit criteria met\nSpring,2026-10-01,Yes\nAutumn,2026-11-01,No\n",
    ],
)
def test_where_nothing_says_which_is_the_last_somebody_is_asked(
    tmp_path: Path, rules: LoadedRuleset, text: str
) -> None:
    """Names without order, days against numbers, two on one day, and plans are no order."""
    found = drafted(tmp_path, rules, text)

    assert FACT not in {each.fact.name for each in found.used}
    assert "says which row is the last" in next(each.ask for each in found.facts if each.fact.name == FACT)


@pytest.mark.parametrize(
    "row",
    [
        "Mock 3,2026-10-05,,Yes",
        "Mock 3,2026-08-11,2026-11-02,Yes",
        "Mock 2b,2026-10-05,2026-11-02,Yes",
        "Pilot 7,2026-10-05,2026-11-02,Yes",
        "Pilot,2026-10-05,2026-11-02,Yes",
    ],
)
def test_a_row_of_next_week_that_may_not_be_the_last_is_a_gap(tmp_path: Path, rules: LoadedRuleset, row: str) -> None:
    """It says Yes, and days and number do not agree that it is the last cycle."""
    assert answer(drafted(tmp_path, rules, TWO), f"{TWO}{row}\n").gap is not None


def test_a_row_of_next_week_that_is_the_last_decides(tmp_path: Path, rules: LoadedRuleset) -> None:
    """The binding of this week reads the log of next week."""
    draft = drafted(tmp_path, rules, TWO)

    assert answer(draft, f"{TWO}Mock 3,2026-10-05,2026-11-02,Yes\n").value is True
    assert answer(draft, f"{TWO}Mock 3,2026-10-05,2026-11-02,Mostly\n").value is not True


def test_the_row_that_decides_is_shown(tmp_path: Path, rules: LoadedRuleset) -> None:
    """Anyone who signs sees which cycle it is."""
    draft = drafted(tmp_path, rules, THREE)
    (each,) = [each for each in draft.used if each.fact.name == FACT]

    assert examples_of(draft, each, datetime(2026, 11, 27, tzinfo=UTC)) == (["Mock 3"], ["Mock 1"])
