"""What the solver is given: every combination of positions while they are few, then those that move two dials."""

from __future__ import annotations

from itertools import product

import pytest

from gonogo.path.gate_clauses import MOST_TOGETHER, _combinations


@pytest.mark.parametrize(
    ("sizes", "every"), [((3, 7, 19), True), ((4, 10, 10), True), ((4, 10, 11), False), ((8, 8, 8), False)]
)
def test_many_combinations_are_tried_as_far_as_two_dials_move(sizes, every):
    """A comparison of five facts has thousands; people rarely change three things for one comparison."""
    whole = list(product(*map(range, sizes)))
    assert (len(whole) <= MOST_TOGETHER) is every

    found = list(_combinations(sizes))

    assert len(found) == len(set(found))
    assert set(found) == {each for each in whole if every or sum(map(bool, each)) <= 2}


def test_one_dial_is_tried_wherever_it_can_stand():
    """A single fact has no combination that is too many."""
    assert list(_combinations((500,))) == [(number,) for number in range(500)]
    assert list(_combinations(())) == [()]
