"""Numbers and gaps as people read them: the unit of one thing, and why there is no value."""

from fractions import Fraction

import pytest

from gonogo.core.wording import (
    age_words,
    duration_text,
    gap_predicate,
    listing,
    number_text,
    percent_text,
    quantity_text,
)
from gonogo.model.evidence import GapReason
from gonogo.text import any_seat


@pytest.mark.parametrize(
    ("value", "unit", "told"),
    [
        ("1", "issues", "1 issue"),
        ("-1", "activities", "-1 activity"),
        ("1", "criteria", "1 criterion"),
        ("4", "criteria", "4 criteria"),
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


@pytest.mark.parametrize(
    ("seconds", "told"),
    [
        (172799, "48 h"),
        (172800, "2 days"),
        (172801, "2 days"),
        (-172800, "-2 days"),
        (5400, "1.5 h"),
        (-5400, "-1.5 h"),
        (0, "0 h"),
        (129600, "36 h"),
        (216000, "2.5 days"),
        (86_400_000, "1,000 days"),
        (36_000, "10 h"),
    ],
)
def test_a_duration_is_told_in_days_from_two_days_on(seconds, told):
    """Below, on and above: a window of 36 h is not "1.5 days" to the people who sit through it."""
    assert duration_text(Fraction(seconds)) == told


@pytest.mark.parametrize(("days", "told"), [(0, "less than a day old"), (1, "1 day old"), (2, "2 days old")])
def test_an_age_is_told_in_whole_days(days, told):
    assert age_words(days) == told


@pytest.mark.parametrize(
    ("count", "most", "told"),
    [
        (0, 2, ""),
        (1, 2, "a"),
        (2, 2, "a and b"),
        (3, 2, "a, b and 1 more"),
        (3, 3, "a, b and c"),
        (4, 2, "a, b and 2 more"),
    ],
)
def test_a_list_names_some_and_counts_the_rest(count, most, told):
    assert listing(list("abcd"[:count]), most=most) == told


def test_a_list_names_five_unless_it_is_asked_otherwise():
    assert listing(list("abcde")) == "a, b, c, d and e"
    assert listing(list("abcdef")) == "a, b, c, d, e and 1 more"


@pytest.mark.parametrize(
    ("value", "told"),
    [
        (Fraction(0), "0"),
        (Fraction(1, 101), "under 0.01"),
        (Fraction(-1, 101), "-under 0.01"),
        (Fraction(1, 100), "0.01"),
        (Fraction(1, 99), "0.01"),
        (Fraction(10**40 - 1), "9," + ",".join(["999"] * 13)),
        (Fraction(10**40), "10^40+"),
        (Fraction(-(10**40)), "-10^40+"),
        (Fraction(1500), "1,500"),
    ],
)
def test_a_number_is_written_out_and_never_as_none_where_it_is_some(value, told):
    assert number_text(value) == told


@pytest.mark.parametrize(
    ("value", "told"),
    [
        (Fraction(99999, 100000), "under 100%"),
        (Fraction(1), "100%"),
        (Fraction(100001, 100000), "over 100%"),
        (Fraction(9, 10), "90%"),
    ],
)
def test_what_is_not_all_is_never_written_as_all(value, told):
    """9,999 of 10,000 is a case that failed."""
    assert percent_text(value) == told


@pytest.mark.parametrize(
    ("seats", "said"),
    [
        ((), ""),
        (("customer.pmo_lead",), "the customer's PMO lead"),
        (("customer.pmo_lead", "independent.ivv"), "the customer's PMO lead or the independent IV&V"),
        (("customer.a", "provider.b", "other"), "the customer's a, the provider's b or other"),
        (("customer.a", "provider.b", "other", "customer.c"), "the customer's a or one of 3 more seats"),
    ],
)
def test_seats_of_which_one_is_enough_are_joined_by_or(seats, said):
    """*May accept: A and B* reads as if both had to."""
    assert any_seat(seats) == said
