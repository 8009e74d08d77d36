"""Where a comparison turns as one fact moves: exactly, or not said at all."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest

from gonogo.model.fact import FactType
from gonogo.path.bench import Bench
from gonogo.path.crossing import crossings, is_base

VALUES = {"f.x": 3, "f.y": 10}


@pytest.fixture
def leaf(make):
    """Return the one comparison of a criterion over two numbers, with the reading by which it is judged."""

    def made(require):
        facts = {name: make.declared(name, FactType.DECIMAL) for name in VALUES}
        entries = {name: make.said(facts[name], Decimal(value)) for name, value in VALUES.items()}
        trial = make.gate((make.asks("system.one.thing", require),), facts, entries).trial()
        found = trial.compiled.leaves[-1]
        return found, Bench(trial, ()).reading(found, {})

    return made


@pytest.mark.parametrize(
    ("require", "roots"),
    [
        ("f.x <= 4", [4]),
        ("f.x <= f.y", [10]),
        ("f.x + f.y <= 12", [2]),
        ("f.x - f.y <= 12", [22]),
        ("f.y - f.x <= 4", [6]),
        ("3 * f.x <= f.y", [Fraction(10, 3)]),
        ("-(f.x) >= 5 - f.y", [5]),
        ("f.x * f.y <= 5", [Fraction(1, 2)]),
        ("f.x / f.y <= 5", [50]),
        ("f.y / f.x <= 5", [2, 0]),
        ("f.y / (f.x - 1) <= 5", [3, 1]),
        ("f.x * f.x <= 4", []),
        ("f.x - f.x <= 4", []),
        ("f.y <= 4", []),
    ],
)
def test_the_boundary_is_where_the_sides_are_equal_or_one_divides_by_zero(leaf, require, roots):
    """A boundary that is a little off sends people home one item too early; one that is guessed is a promise."""
    found, reading = leaf(require)

    assert crossings(found.comparison, "f.x", reading) == roots


@pytest.mark.parametrize(
    ("require", "base"),
    [
        ("f.x <= 10% * f.y", True),
        ("f.x / f.y <= 10%", True),
        ("f.x <= 10% * f.y + f.y - 1", False),  # it counts by itself too
        ("f.x <= f.y", False),
        ("10% * f.y <= 4", False),  # of nothing else
        ("f.y * 10% <= 4", False),
    ],
)
def test_only_what_others_are_a_share_of_is_a_base(leaf, require, base):
    """Nobody mends three overdue items by having more items; a number that counts by itself can be worked on."""
    assert is_base(leaf(require)[0], "f.y") is base


def test_what_is_divided_is_no_base(leaf):
    """The overdue items of a share are what people work on."""
    assert not is_base(leaf("f.x / f.y <= 10%")[0], "f.x")
