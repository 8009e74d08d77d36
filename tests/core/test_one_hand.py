"""Many acceptances by one hand within two days are counted, under all ids of that person."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from gonogo.core.one_hand import most_by_one_hand
from gonogo.model.acceptance import Acceptance

DAY = date(2027, 4, 14)


def given(*signed: tuple[str, int]) -> list[Acceptance]:
    """Acceptances by person and day."""
    return [
        Acceptance(id=f"A-{n}", register_id="ifs", item=f"i{n}", person=who, on=DAY + timedelta(days=day))
        for n, (who, day) in enumerate(signed)
    ]


def most(*signed: tuple[str, int]) -> list[str]:
    alike = {frozenset({"amsel", "r.amsel"})}
    found = most_by_one_hand(given(*signed), lambda one, other, _: one == other or frozenset({one, other}) in alike)
    return [one.id for one in found]


@pytest.mark.parametrize(("later", "count"), [(0, 2), (1, 2), (2, 1)])
def test_two_days_are_a_day_and_the_next(later: int, count: int):
    """Who signs on the third day slept on it."""
    assert len(most(("amsel", 0), ("amsel", later))) == count


def test_the_person_with_most_is_counted_and_the_others_are_not():
    """Many hands are what the rule wants."""
    assert most(("bird", 0), ("amsel", 0), ("amsel", 1), ("amsel", 2), ("bird", 5)) == ["A-1", "A-2"]


def test_two_ids_of_one_person_are_one_hand():
    """Otherwise the count is halved by a second login."""
    assert len(most(("amsel", 0), ("r.amsel", 0), ("bird", 0))) == 2


def test_nothing_accepted_is_nobodys_hand():
    """A clean program is not troubled, and a draft without a day is no signature."""
    assert most() == []
    assert most_by_one_hand([Acceptance(id="A", register_id="r", item="i")], lambda *_: True) == ()
