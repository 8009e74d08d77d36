"""A number in a name that tells of a part of a list; a date, a version or a week tells of another day of the whole."""

from __future__ import annotations

import pytest

from gonogo.plugin.inputs.part_numbers import lone_part, other_part, part_beyond, part_number, parts_beside


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("incidents_2026-11-28_2.csv", "2"),
        ("incidents_2_2026-11-28.csv", "2"),
        ("incidents 2026-11-28 (2).csv", ""),  # a browser's counter, which its date takes with it
        ("incidents (2).csv", "2"),
        ("incidents page 2.csv", "page 2"),
        ("incidents-2026-11-28-p2.csv", "p2"),
        ("incidents_part2of3.csv", "part2of3"),
        ("incidents (1 of 2).csv", "1 of 2"),
        ("incidents (1 of 1).csv", ""),
        ("incidents part 1 of 1.csv", ""),
        ("incidents Dec 3.csv", ""),
        ("incidents 3 Dec.csv", ""),
        ("incidents 12-03.csv", ""),
        ("incidents v2.csv", ""),
        ("incidents wk49.csv", ""),
        ("incidents_48213.csv", ""),
        ("incidents_100.csv", ""),
        ("incidents_99.csv", "99"),
        ("01 incidents.csv", ""),
        ("incidents 2026-12-04T08_55_10-0500.csv", ""),
    ],
)
def test_which_number_may_be_that_of_a_part(name: str, words: str) -> None:
    """Whatever tells of another day stops nothing."""
    assert part_number(name) == words


def test_a_number_that_the_others_have_too_counts_the_exports() -> None:
    """A tool that numbers its exports numbers all of them."""
    assert part_beyond("x_2026-12-05_8.csv", ["x_2026-11-28_7.csv"]) == ""
    assert part_beyond("x_2026-12-05_2.csv", ["x_2026-11-28.csv"]) == "2"
    assert part_beyond("x_2026-12-05.csv", ["x_2026-11-28.csv"]) == ""


@pytest.mark.parametrize(
    ("name", "pattern", "words"),
    [
        ("x_2026-12-05_2.csv", "x_*.csv", "2"),
        ("x_2026-12-05_2.csv", "x_*_2.csv", ""),  # a person has said that this one is the whole list
        ("x_2.csv", "x_*.csv", ""),  # the * stands for the number
        ("x page 2.csv", "x *.csv", "page 2"),
    ],
)
def test_the_only_file_of_a_pattern_may_be_a_part(name: str, pattern: str, words: str) -> None:
    """Its first part may lie where nobody put it into the folder."""
    assert lone_part(name, pattern) == words


@pytest.mark.parametrize(
    ("name", "old", "parts"),
    [
        ("x_2026-11-28_2.csv", "x_2026-11-28.csv", True),
        ("x_2026-11-28.csv", "x_2026-11-28_2.csv", True),
        ("x_2026-11-28_2.csv", "x_2026-11-28_1.csv", True),
        ("x_2026-11-28_2.csv", "x_2026-11-28_2.csv", False),
        ("x_2026-12-05_2.csv", "x_2026-11-28_1.csv", False),
        ("x_2.csv", "x.csv", True),
        ("x_2.csv", "x_2026-11-28.csv", False),
    ],
)
def test_two_numbers_of_one_day_may_be_two_parts(name: str, old: str, parts: bool) -> None:
    """Of another day it is another export."""
    assert other_part(name, old) is parts


@pytest.mark.parametrize(
    ("name", "others", "parts"),
    [
        ("risks part 1.csv", ["risks part 2.csv", "risks_part3.csv", "issues part 2.csv"], 2),
        ("risks part 2.csv", ["risks part 1.csv"], 1),
        ("risks 1 of 2.csv", ["risks 2 of 2.csv"], 1),
        ("risks.csv", ["risks part 2.csv"], 1),
        ("risks.csv", ["risks page 1.csv", "risks page 2.csv"], 0),  # the whole list, and what it was made of
        ("risks part 1.csv", ["risks part 1.csv", "risks.csv", "risks 2.csv", "risks part 2.xlsx"], 0),
        ("risks 2026-11-28 part 1.csv", ["risks 2026-11-28 part 2.csv", "risks 2026-11-21 part 2.csv"], 1),
        ("risks v1.csv", ["risks v2.csv"], 0),
    ],
)
def test_other_parts_of_one_list_say_so(name: str, others: list[str], parts: int) -> None:
    """One day, one name, and another part of it; a bare number may count anything."""
    assert parts_beside(name, others) == others[:parts]
