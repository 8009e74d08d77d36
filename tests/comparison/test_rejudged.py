"""What differs between a recorded assessment and the same run judged again."""

import pytest

from gonogo.comparison.rejudged import PARTS
from gonogo.model.decision import Decision
from gonogo.model.finding import Status
from gonogo.model.upgrade import Rejudged


@pytest.mark.parametrize(
    ("values", "told"),
    [
        pytest.param(
            {"before": Status.MET, "after": Status.NOT_MET, "then": "Fine.", "now": "Late."},
            "met then, not met now: Late.",
            id="stands otherwise",
        ),
        pytest.param(
            {"before": Status.MET, "after": Status.MET, "then": "Fine.", "now": "Good."},
            "met then and now, in different words. Then: Fine. Now: Good.",
            id="other words",
        ),
        pytest.param(
            {"before": Status.MET, "after": Status.MET, "then": "Fine.", "now": "Fine."},
            "met then and now, in the same words; its details differ.",
            id="other details",
        ),
        pytest.param({"after": Status.UNKNOWN, "now": "Asked."}, "not asked then; unknown now: Asked.", id="new"),
        pytest.param({"before": Status.MET, "then": "Fine."}, "met then: Fine. It is not asked now.", id="gone"),
    ],
)
def test_each_difference_is_told_as_what_it_is(values, told):
    """Other words are no other result, and must not read like one."""
    assert Rejudged(criterion="system.tests.executed", **values).sentence == told


def test_every_part_of_a_decision_is_judged_again_or_known_to_be_copied():
    """A part that nobody compares could differ, and the digest alone would say so, in 64 digits."""
    copied = {"requests", "people", "trusted", "follows"}

    assert {"verdict", *PARTS, *copied} == set(Decision.model_fields)
