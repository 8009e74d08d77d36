"""Numbers and gaps as people read them: the unit of one thing, and why there is no value."""

from fractions import Fraction

import pytest

from gonogo.core.wording import gap_predicate, quantity_text
from gonogo.model.evidence import GapReason


@pytest.mark.parametrize(
    ("value", "unit", "told"),
    [
        ("1", "issues", "1 issue"),
        ("-1", "activities", "-1 activity"),
        ("1", "processes", "1 process"),
        ("1", "calendar days", "1 calendar day"),
        ("0", "issues", "0 issues"),
        ("3/2", "hours", "1.5 hours"),
        ("1", "USD", "1 USD"),
        ("1", "of 2", "1 of 2"),
    ],
)
def test_one_thing_has_the_unit_of_one(value, unit, told):
    """A sponsor who reads `1 issues` on page one wonders what else nobody looked at."""
    assert quantity_text(Fraction(value), unit=unit) == told


@pytest.mark.parametrize("reason", GapReason)
def test_every_reason_of_a_gap_makes_a_sentence_of_one_fact_and_of_many(reason):
    """A reason without words would fail the whole report."""
    one, many = gap_predicate(reason), gap_predicate(reason, many=True)

    assert one.split(" ", 1)[0] in ("is", "was")
    assert many.split(" ", 1)[0] in ("are", "were")
    assert one.split(" ", 1)[1] == many.split(" ", 1)[1]
