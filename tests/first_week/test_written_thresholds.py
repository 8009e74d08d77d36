"""Thresholds as offices write them: read where one thing is meant, else said what is read and how to write it."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any, cast

import pytest

from gonogo.first_week.written_thresholds import Unclear, milestone_of, rule_of, value_text
from gonogo.language.expression import parse_literal, parse_requirement
from gonogo.model.fact import Vocabulary
from gonogo.workflow.named_rules import rules_named

NAMES = ("T-60", "T-14", "T-0", "Friday")


@pytest.fixture(scope="module")
def rules():
    """Return how a criterion of the baseline uses one of its parameters, by ``criterion parameter``."""
    loaded = rules_named("m3-baseline", ())
    known = {one.id: one for one in loaded.ruleset.criteria}

    def rule(name: str):
        criterion, parameter = name.split()
        return rule_of(known[criterion], parameter, loaded.vocabulary)

    return rule


LEAST = "operations.helpdesk.prepared min_success"
MOST = "system.data.mapping max_unmapped"
LESS = "program.schedule.golive_tasks max_variance"
HOURS = "operations.continuity.plans max_recovery_hours"


@pytest.mark.parametrize(
    ("cell", "milestone"),
    [
        *(("T-14", "T-14"), ("T\u201314", "T-14"), ("T\u201114", "T-14"), ("T\u221214", "T-14"), ("t-14", "T-14")),
        *(("T - 14", "T-14"), ("T-14 days", "T-14"), ("T minus 14", "T-14"), ("T-014", "T-14"), ("T0", "T-0")),
        *(("friday", "Friday"), ("T-7", "T-7"), ("T14", "T14"), ("T+14", "T+14"), ("14", "14"), ("", "")),
    ],
)
def test_a_milestone_is_read_as_word_writes_it(cell: str, milestone: str) -> None:
    """Nobody sees that the dash is no hyphen."""
    assert milestone_of(cell, NAMES) == milestone


@pytest.mark.parametrize(
    ("cell", "old", "of", "value"),
    [
        ("95%", "90%", LEAST, "95%"),
        ("95 %", "90%", LEAST, "95%"),
        ("95 percent", "90%", LEAST, "95%"),
        ("92,5%", "90%", LEAST, "92.5%"),
        (">= 95%", "90%", LEAST, "95%"),
        ("\u2265 95 %", "90%", LEAST, "95%"),
        ("at least 95 percent", "90%", LEAST, "95%"),
        ("minimum 95%", "90%", LEAST, "95%"),
        ("Min. 95%", "90%", LEAST, "95%"),
        ("95% or more", "90%", LEAST, "95%"),
        ("95%+", "90%", LEAST, "95%"),
        ("<= 3", "0", MOST, "3"),
        ("up to 3", "0", MOST, "3"),
        ("no more than 3", "0", MOST, "3"),
        ("3 or fewer", "0", MOST, "3"),
        ("3 max", "0", MOST, "3"),
        ("< 9%", "10%", LESS, "9%"),
        ("less than 9%", "10%", LESS, "9%"),
        ("3,5", "3", HOURS, "3.5"),
        ("48 hours", "72", HOURS, "48"),
        ("48 h", "72", HOURS, "48"),
        ("at most 48 hours", "72", HOURS, "48"),
        ("7 days", "5d", LEAST, "7d"),
        ("2 weeks", "5d", LEAST, "14d"),
        ("12 hours", "5d", LEAST, "12h"),
        ("yes", "true", LEAST, "true"),
        ("False", "true", LEAST, "false"),
        ("anything >= 3", '"x"', LEAST, "anything >= 3"),
    ],
)
def test_what_means_one_thing_is_read(rules, cell: str, old: str, of: str, value: str) -> None:
    """An office writes thresholds in words; sending it away for a sign costs a week."""
    assert value_text(cell, parse_literal(old), rules(of)) == value


@pytest.mark.parametrize(
    ("cell", "old", "of", "what", "how"),
    [
        ("TBD", "90%", LEAST, "which says nothing yet", "write a value such as 95%, or leave the row out"),
        ("n/a", "3", MOST, "which says nothing yet", "write a value such as 3"),
        ("<= 95%", "90%", LEAST, "says at most, and the criterion asks for at least", "write 95% alone"),
        ("at least 3", "0", MOST, "says at least, and the criterion asks for at most", "write 3 alone"),
        ("<= 9%", "10%", LESS, "says at most, and the criterion asks for less than", "write 9% alone"),
        ("> 95%", "90%", LEAST, "says more than, and the criterion asks for at least", "write 95% alone"),
        ("1,000", "3", MOST, "could be thousands or a decimal comma", "write 1000"),
        ("7 days", "72", HOURS, "and the criterion counts hours", "write 7 alone, in hours"),
        ("4 days", "90%", LEAST, "where a percentage belongs", "write it with the sign"),
        ("7 apples", "3", MOST, "and the criterion counts codes", "write 7 alone, in codes"),
    ],
)
def test_what_means_something_else_is_said(rules, cell: str, old: str, of: str, what: str, how: str) -> None:
    """At most where the rules ask for at least is an error of the office, and must not become a threshold."""
    with pytest.raises(Unclear) as caught:
        value_text(cell, parse_literal(old), rules(of))

    assert what in str(caught.value)
    assert how in caught.value.hint


def test_a_refused_comparison_shows_the_rules_own(rules) -> None:
    """The reader sees who is wrong without opening the ruleset, and no other comparison of it."""
    with pytest.raises(Unclear, match=r"`ims\.golive_task_max_variance < max_variance`$"):
        value_text(">= 9%", parse_literal("10%"), rules(LESS))


@pytest.mark.parametrize(
    ("requirement", "operators"),
    [
        ("a.b <= limit", {"<="}),
        ("limit >= a.b", {"<="}),
        ("not a.b > limit", {"<="}),
        ("not (not a.b <= limit)", {"<="}),
        ("a.b <= limit * a.c", {"<="}),
        ("a.b <= limit and a.c >= limit", {"<=", ">="}),
        ("a.b <= limit - a.c", set()),
        ("a.b == limit", {"=="}),
        ("a.b <= 3", set()),
    ],
)
def test_how_a_parameter_is_compared_follows_from_the_tree(requirement: str, operators: set[str]) -> None:
    """The side on which it stands, and a not around it, turn the sign."""
    criterion = cast("Any", SimpleNamespace(require=parse_requirement(requirement)))

    assert rule_of(criterion, "limit", Vocabulary(facts=())).operators == operators
