"""Which way a threshold counts: a manager reads "tightened" and asks nobody, reads "loosened" and asks."""

from __future__ import annotations

from fractions import Fraction

import pytest

from gonogo.core.thresholds import Way, directions, way_of
from gonogo.language.expression import parse_requirement
from gonogo.language.requirement import Duration, Literal, Number, Span, Text

SPAN = Span(0, 1)


def number(value: int) -> Number:
    return Number(Fraction(value), False, SPAN)


def days(value: int) -> Duration:
    return Duration(Fraction(86400 * value), SPAN)


class TestDirections:
    @pytest.mark.parametrize(
        ("requirement", "way"),
        [
            ("a.x >= p", 1),
            ("a.x > p", 1),
            ("a.x <= p", -1),
            ("a.x < p", -1),
            ("a.x == p", 0),
            ("a.x != p", 0),
            ("p <= a.x", 1),
            ("p >= a.x", -1),
            ("p > a.x", -1),
            ("not (a.x >= p)", -1),
            ("not (a.x <= p)", 1),
            ("not (not (a.x >= p))", 1),
            ("a.y >= 1 and a.x >= p", 1),
            ("a.y >= 1 or a.x <= p", -1),
            ("a.x >= p and a.y >= p", 1),
            ("a.x >= p and a.y <= p", 0),
            ("a.x <= p and a.y >= p", 0),
            ("a.x >= p + 1", 0),
            ("a.x + p >= 1", 0),
            ("q >= p and a.x > 1", 0),
            ("a.x in [p, 1]", 0),
        ],
    )
    def test_a_larger_value_asks_for_more_for_less_or_for_neither(self, requirement: str, way: int):
        """Only a bare parameter against what is measured has a plain way; of everything else nobody claims one."""
        assert directions(parse_requirement(requirement))["p"] == way

    def test_an_exemption_is_the_other_way_round(self):
        """A criterion that is exempt more easily asks for less."""
        assert directions(parse_requirement("a.x >= p"), exempts=True) == {"p": -1}


class TestWays:
    @pytest.mark.parametrize(
        ("old", "new", "direction", "way"),
        [
            (number(5), number(6), 1, Way.TIGHTER),
            (number(5), number(4), 1, Way.LOOSER),
            (number(5), number(6), -1, Way.LOOSER),
            (number(5), number(4), -1, Way.TIGHTER),
            (number(5), number(6), 0, Way.OTHER),
            (days(5), days(6), -1, Way.LOOSER),
            (days(5), days(4), -1, Way.TIGHTER),
            (days(5), number(6), 1, Way.OTHER),
            (number(5), Text("six", SPAN), 1, Way.OTHER),
            (Text("five", SPAN), number(6), 1, Way.OTHER),
        ],
    )
    def test_a_change_reads_as_what_it_does(self, old: Literal, new: Literal, direction: int, way: Way):
        assert way_of(old, new, direction) is way
