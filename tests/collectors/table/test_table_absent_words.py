"""A condition rests on a word that no row holds: none of it, or the file calls it otherwise; only a list can tell."""

from __future__ import annotations

from typing import Any

import pytest

from gonogo.model.evidence import GapReason

ROWS = {"f.csv": b"Key,Priority\nD-1,Highest\nD-2,High\nD-3,Low\n"}
LISTED = ["Critical", "Highest", "High", "Low"]


def settings(fact: dict[str, Any], allowed: Any = "any") -> dict[str, Any]:
    columns = {
        "k": {"header": "Key", "type": "id"},
        "p": {"header": "Priority", "type": "text", "allowed": allowed},
    }
    return {"tables": {"t": {"unique": ["k"], "columns": columns}}, "facts": {"f": fact}}


def count(where: str) -> dict[str, Any]:
    return {"count": {"where": where}, "unit": "defects"}


@pytest.mark.parametrize(
    "fact",
    [
        count('p == "Critical"'),
        count('p in ["Critical", "Blocker"]'),
        count('not (p != "Critical")'),
        {"none": {"where": 'p == "Critical"'}},
        {"any": {"where": 'p == "Critical"'}},
        {"share": {"where": 'p != "Critical"'}},
        {"all": {"where": 'not (p == "Critical")'}},
    ],
)
def test_a_word_that_no_row_holds_proves_nothing_without_a_list(collect, fact):
    """Jira calls it Highest: 0 critical defects met the criterion while one was open."""
    answer = collect(ROWS, settings(fact))["f"]

    assert (answer.value, answer.part, answer.gap) == (None, None, GapReason.NOT_PROVABLE)
    assert "no row of column 'Priority' says 'Critical'" in answer.detail


@pytest.mark.parametrize("fact", [count('p == "Critical"'), {"none": {"where": 'p == "Critical"'}}])
def test_a_list_that_holds_the_word_settles_it(collect, fact):
    """None is then none."""
    answer = collect(ROWS, settings(fact, LISTED))["f"]

    assert (answer.gap, int(answer.value)) == (None, int("none" in fact))


@pytest.mark.parametrize(
    "fact",
    [
        count('p in ["Critical", "Highest"]'),
        count('p != "Done"'),
        {"share": {"where": 'p == "Done"'}},
    ],
)
def test_a_word_whose_absence_makes_nothing_better_stops_nothing(collect, fact):
    """Nothing is done yet, or one spelling of several is not used: that is no reason to stop."""
    assert collect(ROWS, settings(fact))["f"].gap is None
