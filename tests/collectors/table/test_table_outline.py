"""Rows that are no items: which keys are odd, which columns are outlines, below, on and above each edge."""

from __future__ import annotations

import pytest

from gonogo.collectors.rows.outline import adds_up, is_odd, odd_keys, outlined


@pytest.mark.parametrize(
    ("odd", "rows", "exception"),
    [
        (1, 2, False),
        (1, 3, True),
        (2, 4, False),
        (1, 39, True),
        (2, 39, False),
        (2, 40, True),
        (3, 40, False),
        (2, 41, True),
        (3, 59, False),
        (3, 60, True),
    ],
)
def test_one_key_in_twenty_or_one_is_odd(odd: int, rows: int, exception: bool):
    """More of them are another way to write keys, and no sentence should call them no items."""
    assert is_odd(odd, rows) is exception


@pytest.mark.parametrize(
    ("keys", "found"),
    [
        (["IF-1", "IF-2", "Interfaces in all"], [2]),
        (["IF-1", "IF-2", "Total"], [2]),
        (["IF-1", "Total"], []),
        (["IF-1", "IF-2", "IF-3"], []),
        (["one", "two", "three"], []),
        (["IF-1", "IF-2", " IF-3 "], []),
        (["IF-1", "IF-2", "A b", "C d"], []),
    ],
)
def test_keys_of_another_shape_than_the_rest_are_found(keys: list[str], found: list[int]):
    assert odd_keys(keys) == found


@pytest.mark.parametrize(
    ("values", "parents"),
    [
        (["1", "2", "2"], True),
        (["0", "1", "2", "1"], True),
        (["2", "3"], False),
        (["1", "1"], False),
        (["1", "3"], False),
        (["1", "2", "x"], False),
        (["1", "2", "100"], False),
        (["1", "2", ""], False),
        ([], False),
    ],
)
def test_depths_rise_by_one_from_the_top(values: list[str], parents: bool):
    """1, 2, 2: the first row is the parent of the others, and is no item. 1, 3 is a priority."""
    assert outlined("Outline Level", values) is parents


@pytest.mark.parametrize(
    ("values", "parents"), [(["1", "1.1"], True), (["1", "2"], False), (["1.1", "2.1"], False), (["1", "10.1"], False)]
)
def test_a_number_below_another_makes_that_a_parent(values: list[str], parents: bool):
    assert outlined("WBS", values) is parents


@pytest.mark.parametrize(
    ("values", "parents"),
    [
        (["Yes", "No"], True),
        (["No", "No"], False),
        (["Yes", "Yes"], False),
        (["0", "3"], True),
        (["0", "0"], False),
        (["", "x"], True),
        (["no", "maybe"], False),
    ],
)
def test_a_flag_that_some_rows_have_marks_parents(values: list[str], parents: bool):
    """Where all rows have it, or none, it tells nothing apart."""
    assert outlined("Is Summary", values) is parents


@pytest.mark.parametrize(
    ("parents_of", "keys", "parents"),
    [(["", "A-1"], ["A-1", "A-2"], True), (["", "B-1"], ["A-1", "A-2"], False), (["", "A-1"], [], False)],
)
def test_a_parent_is_one_of_the_rows(parents_of: list[str], keys: list[str], parents: bool):
    """A parent that is not in the file is not counted either."""
    assert outlined("Parent", parents_of, keys) is parents


def test_a_column_of_another_name_is_no_outline():
    """1, 2, 2 under Priority are priorities."""
    assert not outlined("Priority", ["1", "2", "2"])


@pytest.mark.parametrize(
    ("text", "last", "told"),
    [("Total", False, True), ("  Grand   total ", False, True), ("Totally new", False, False), ("IF-7", True, False)],
)
def test_a_row_that_adds_up_others_is_known_by_its_words(text: str, last: bool, told: bool):
    assert adds_up(text, last=last) is told
