"""What a change costs by the program's word: what nobody stated is not cheap, and papers are a day."""

import pytest

from gonogo.path.dial import Dial
from gonogo.path.effort import CountedAlike, StatedEffort

FACT = Dial("f.x", ("f.x",), ())
REGISTER = Dial("interfaces", ("ifs.passed_ratio", "ifs.unaccepted"), (), register=True)


@pytest.mark.parametrize(
    ("days", "dial", "costs"),
    [
        ({"f.x": 3, "f.y": 9}, FACT, 3),
        ({"f.y": 9}, FACT, 9),
        ({"system.one.thing": 4, "f.y": 9}, FACT, 4),
        ({"f.x": 3, "system.one.thing": 4}, FACT, 3),
        ({"system.one.thing": 4, "system.two.things": 6, "f.y": 9}, FACT, 6),
        ({"system.met.already": 1, "f.y": 9}, FACT, 9),
        ({"ifs.unaccepted": 2, "f.y": 9}, REGISTER, 2),
        ({"interfaces": 2, "ifs.passed_ratio": 5, "f.y": 9}, REGISTER, 5),
        ({}, FACT, 1),
    ],
    ids=[
        "its own",
        "nobody said",
        "its criterion's",
        "its own first",
        "the largest",
        "only open ones",
        "a register's",
        "the largest of a register",
        "nothing at all",
    ],
)
def test_effort_is_that_of_the_fact_then_of_an_open_criterion_then_the_most(days, dial, costs):
    """If what nobody stated were cheap, the smallest set would be what nobody thought about."""
    opened = {"system.one.thing": ("f.x",), "system.two.things": ("f.x", "f.y")}

    assert StatedEffort(days, opened).change(dial) == costs


def test_papers_are_one_day_and_without_effort_all_is_one():
    """A plan is written in a day, however long the work that it promises takes."""
    assert StatedEffort({"system.one.thing": 20}).paper("system.one.thing") == 1
    assert (CountedAlike().paper("system.one.thing"), CountedAlike().change(FACT)) == (1, 1)
