"""Which values are tried: at each boundary, just below and just above it, and none that cannot be true."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from fractions import Fraction

import pytest

from gonogo.core.operand import EPOCH
from gonogo.model.canonical import MAX_INTEGER
from gonogo.model.fact import FactType
from gonogo.path.possible_values import instants, numbers, texts, truths

COUNT, NUMBER, RATIO, MONEY = FactType.INTEGER, FactType.DECIMAL, FactType.RATIO, FactType.MONEY
STEP = Fraction(1, 10**6)


def at(make, kind, roots, *, whole=None, **ends):
    found = numbers(make.declared("f.x", kind, **ends), [Fraction(root) for root in roots], make.now, whole=whole)
    assert [each.entries["f.x"].exact for each in found] == [each.at for each in found]
    return [each.at for each in found]


@pytest.mark.parametrize(
    ("roots", "ends", "tried"),
    [
        ([3], {}, [2, 3, 4]),
        ([Fraction(7, 2)], {}, [3, 4]),
        ([3], {"min": 3}, [3, 4]),
        ([3], {"max": 3}, [2, 3]),
        ([3], {"min": 0, "max": 9}, [0, 2, 3, 4, 9]),
        ([3, 4], {}, [2, 3, 4, 5]),
        ([MAX_INTEGER], {}, [MAX_INTEGER - 1, MAX_INTEGER]),
        ([-MAX_INTEGER], {}, [-MAX_INTEGER, 1 - MAX_INTEGER]),
        ([], {}, []),
    ],
)
def test_of_a_count_the_whole_numbers_around_a_boundary(make, roots, ends, tried):
    """*Fewer than 3* and *at most 3* differ by one item; a number that cannot be recorded is no advice."""
    assert at(make, COUNT, roots, **ends) == tried


@pytest.mark.parametrize(
    ("kind", "root", "tried"),
    [
        (NUMBER, Fraction(5, 4), [Fraction(5, 4) - STEP, Fraction(5, 4), Fraction(5, 4) + STEP]),
        (MONEY, Fraction(10), [Fraction(999, 100), Fraction(10), Fraction(1001, 100)]),
        (NUMBER, Fraction(1, 3), [Fraction(333333, 10**6), Fraction(333334, 10**6)]),
        (MONEY, Fraction(1, 3), [Fraction(33, 100), Fraction(34, 100)]),
        (NUMBER, Fraction(1, 10**9), [Fraction(1, 10**9) - STEP, Fraction(1, 10**9), Fraction(1, 10**9) + STEP]),
        (NUMBER, Fraction(1, 10**10), [0, STEP]),
    ],
)
def test_of_a_number_a_step_to_each_side(make, kind, root, tried):
    """What has no exact decimal is shown on its safe side: a third is not 0.333333."""
    assert at(make, kind, [root]) == tried


def test_what_is_only_just_beyond_says_beyond_what(make):
    """*More than 1.25* is the boundary; 1.250001 is only how it is tried."""
    found = numbers(make.declared("f.x", NUMBER), [Fraction(5, 4)], make.now)

    assert [each.just for each in found] == [Fraction(5, 4), None, Fraction(5, 4)]


@pytest.mark.parametrize(
    ("root", "whole", "parts"),
    [
        (Fraction(95, 100), 200, [189, 190, 191]),
        (Fraction(95, 100), 10, [8, 9, 10]),
        (Fraction(0), 10, [0, 1]),
        (Fraction(1), 10, [9, 10]),
    ],
)
def test_of_a_share_by_counts_whole_parts(make, root, whole, parts):
    """Nobody closes half a case, and nobody closes more than there are."""
    found = numbers(make.declared("f.x", RATIO, max=1), [root], make.now, whole=whole)
    near = [each for each in found if abs(each.at - root) <= Fraction(2, whole)]

    assert [(each.entries["f.x"].part, each.entries["f.x"].whole) for each in near] == [(part, whole) for part in parts]


def test_the_ends_of_a_share_are_tried_too(make):
    """What holds at 100% alone must be found, wherever the boundary of another comparison lies."""
    found = numbers(make.declared("f.x", RATIO, max=1), [Fraction(1, 2)], make.now, whole=10)

    assert [each.entries["f.x"].part for each in found] == [0, 1, 4, 5, 6, 9, 10]


@pytest.mark.parametrize(("seconds", "below"), [(0, 0), (59, 0), (60, 1)])
def test_of_a_moment_the_minutes_around_it(make, seconds, below):
    """A contract that ends a minute too early ends too early."""
    noon = datetime(2027, 5, 3, 12, tzinfo=UTC)
    found = instants(
        make.declared("f.day", FactType.INSTANT), [Fraction((noon - EPOCH).total_seconds()) + seconds], make.now
    )

    assert [each.entries["f.day"].value for each in found] == [noon + timedelta(minutes=below + n) for n in (-1, 0, 1)]
    assert [EPOCH + timedelta(seconds=int(each.at)) for each in found] == [
        each.entries["f.day"].value for each in found
    ]


def test_a_moment_beyond_the_calendar_is_none(make):
    """The year 10000 has no date."""
    last = Fraction((datetime(9999, 12, 31, 23, 59, tzinfo=UTC) - EPOCH).total_seconds())

    assert [len(instants(make.declared("f.day", FactType.INSTANT), [root], make.now)) for root in (last, 10**15)] == [
        2,
        0,
    ]


@pytest.mark.parametrize(
    ("allowed", "tried"),
    [
        ((), ["b", "a"]),
        (("a", "c"), ["a", "c"]),
        (tuple(f"t{number:02}" for number in range(14)), [f"t{number:02}" for number in range(12)]),
    ],
)
def test_of_a_text_those_that_are_named_and_allowed(make, allowed, tried):
    """A text that the vocabulary does not allow is refused when somebody states it."""
    found = texts(make.declared("f.state", FactType.TEXT, allowed=allowed), ["b", "a", "b"], make.now)

    assert [each.entries["f.state"].value for each in found] == tried


def test_what_is_supposed_holds_now_and_is_measured(make):
    """An old supposition would be stale, and a stated one would need signatures: both would hide a way."""
    found = [each.entries["f.done"] for each in truths(make.declared("f.done", FactType.BOOLEAN), make.now)]

    assert [each.value for each in found] == [True, False]
    assert {(each.as_of, each.basis.value, each.part, each.whole) for each in found} == {
        (make.now, "measured", None, None)
    }
