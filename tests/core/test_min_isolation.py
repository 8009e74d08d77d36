"""Which level is asked for of which fact: the highest that a criterion which reads it asks for."""

from __future__ import annotations

import pytest

from gonogo.core.min_isolation import asked_levels, too_little
from gonogo.language.expression import parse_requirement
from gonogo.model.reply import Reply
from gonogo.model.ruleset import Criterion, DecisionPolicy, IsolationLevel, MinIsolation, Severity

L1, L2 = IsolationLevel.L1, IsolationLevel.L2


def criterion(number: int, severity: Severity, require: str) -> Criterion:
    return Criterion(
        id=f"system.test.c{number}",
        title="t",
        statement="s",
        why="w",
        severity=severity,
        require=parse_requirement(require),
        max_age_s=60,
        owner="customer.program_manager",
        attest=("customer.program_manager",),
        remedy="r",
        source=("S1",),
    )


def policy(**levels: IsolationLevel) -> DecisionPolicy:
    asked = tuple(MinIsolation(severity=Severity(name), level=level) for name, level in levels.items())
    return DecisionPolicy(milestones=("T-0",), min_isolation=asked or None)


CRITERIA = (
    criterion(1, Severity.MANDATORY, "a.one and a.both"),
    criterion(2, Severity.CONDITIONAL, "a.both and a.two"),
    criterion(3, Severity.ADVISORY, "a.three"),
)


@pytest.mark.parametrize(
    ("levels", "expected"),
    [
        ({}, {}),
        ({"mandatory": L2}, {"a.one": L2, "a.both": L2}),
        ({"conditional": L1}, {"a.both": L1, "a.two": L1}),
        ({"mandatory": L2, "conditional": L1}, {"a.one": L2, "a.both": L2, "a.two": L1}),
        ({"mandatory": L1, "conditional": L2}, {"a.one": L1, "a.both": L2, "a.two": L2}),
        ({"advisory": L2}, {"a.three": L2}),
    ],
)
def test_the_highest_level_that_is_asked_for_counts(levels, expected):
    """A fact has one answer, and what is too little for one criterion is admitted for none."""
    assert asked_levels(CRITERIA, policy(**levels)) == expected


def test_evidence_that_no_collector_read_has_no_level():
    """A rehearsal from a file is called one, and stays possible."""
    given = Reply(binding="b", collector="supplied", level="supplied", declared=("a.one",))

    assert too_little("a.one", given, {"a.one": L2}) == ""


def test_an_older_record_that_says_no_more_than_its_level_is_told_so():
    """The version that recorded it did not know what was enforced."""
    given = Reply(binding="b", collector="c", level="L1", declared=("a.one",))

    assert too_little("a.one", given, {"a.one": L2}) == (
        "It was read at isolation level L1, but the ruleset requires L2."
    )
