"""Products and differences of polynomials are exact, wherever a comparison turns."""

from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from gonogo.core.polynomial import minus, times

POLYNOMIALS = st.lists(st.fractions(-9, 9, max_denominator=7), min_size=1, max_size=4).map(tuple)


def at(polynomial, x):
    return sum((factor * x**power for power, factor in enumerate(polynomial)), Fraction(0))


@given(one=POLYNOMIALS, other=POLYNOMIALS, x=st.fractions(-5, 5, max_denominator=5))
def test_they_are_what_their_values_say_at_every_place(one, other, x):
    """A boundary that is off by a rounding is no boundary."""
    assert at(times(one, other), x) == at(one, x) * at(other, x)
    assert at(minus(one, other), x) == at(one, x) - at(other, x)


def test_nothing_is_zero_in_a_difference():
    """So that a sign can be turned around."""
    assert minus((), (Fraction(1), Fraction(-2))) == (Fraction(-1), Fraction(2))
