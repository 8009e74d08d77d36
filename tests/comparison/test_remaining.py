"""A criterion that fails no longer and is not proved: worse only where something was lost."""

from __future__ import annotations

import pytest

from gonogo.comparison.compare import compare
from gonogo.model.evidence import Gap, GapReason
from gonogo.model.finding import FactReading, Outcome, Status

GAP = FactReading(
    fact="uat.executed_ratio",
    gap=Gap(fact="uat.executed_ratio", reason=GapReason.NOT_PROVABLE, detail="Nobody who may state it did."),
)


def finding(made, outcome, *gaps, status):
    found = made.judged(0 if outcome is Outcome.MET else 2, status=status)
    compared = tuple(each.model_copy(update={"outcome": outcome}) for each in found.comparisons)
    return found.model_copy(update={"facts": (*found.facts, *gaps), "comparisons": compared})


def test_the_last_failure_that_went_while_another_fact_was_never_provable_is_not_worse(made):
    """The team mended what failed; the fact that lacks has lacked since the first week, and nobody took it away."""
    before = made.of([finding(made, Outcome.NOT_MET, GAP, status=Status.NOT_MET)])
    after = made.of([finding(made, Outcome.MET, GAP, status=Status.UNKNOWN)])

    found = compare(before, after)

    assert not found.anything_worse
    assert found.notices[0].sentence.startswith(
        "system.defects.open no longer fails by defects.critical_open <= max_open; what remains is not new. "
    )


@pytest.mark.parametrize(
    ("was", "now", "gaps"),
    [
        (Outcome.NOT_MET, Outcome.MET, ()),  # the other fact is lost
        (Outcome.NOT_MET, Outcome.UNKNOWN, (GAP,)),  # what failed is not known any more
        (Outcome.NOT_MET, Outcome.NOT_MET, (GAP,)),  # nothing got better
        (Outcome.MET, Outcome.NOT_MET, (GAP,)),  # something that was reached is missed
    ],
)
def test_what_was_lost_is_worse(was, now, gaps, made):
    """A failure nobody can see any more is no progress."""
    before = made.of([finding(made, was, *gaps, status=Status.NOT_MET)])
    after = made.of([finding(made, now, GAP, status=Status.UNKNOWN)])

    assert [change.criterion for change in compare(before, after).worse] == [made.criterion]
