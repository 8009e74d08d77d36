"""Coverage of cases: counted for each status of each criterion, compared exactly, never rounded up."""

import pytest

from gonogo.model.finding import Status
from gonogo.ruleset.case_coverage import WANTED, Coverage

WHOLE = {(name, status): 1 for name in ("a", "b") for status in WANTED}


def without(*left_out):
    return Coverage(("a", "b"), {key: number for key, number in WHOLE.items() if key not in left_out})


@pytest.mark.parametrize(("least", "enough"), [(82, True), (83, True), (84, False), (100, False)])
def test_the_percentage_is_compared_exactly(least, enough):
    """Five of six are 83.3%: a rounded comparison would pass what was not asked."""
    assert without(("b", Status.UNKNOWN)).reaches(least) is enough


def test_just_the_percentage_is_enough():
    """Three of six are 50%, and 50% was asked; 51% is more."""
    half = without(*(("b", status) for status in WANTED))

    assert [half.reaches(least) for least in (49, 50, 51)] == [True, True, False]


def test_the_sum_never_says_100_where_one_is_missing():
    """A person reads 100% as all."""
    many = tuple(f"c{number}" for number in range(100))
    proved = {(name, status): 2 for name in many for status in WANTED}
    proved["c7", Status.MET] = 0
    coverage = Coverage(many, proved)

    assert coverage.line == "coverage 99%: 299 of 300 statuses of 100 criteria and holds"
    assert list(coverage.missing("FAIL")) == ["FAIL c7: no case proves met"]


def test_the_table_counts_cases_for_each_status():
    """Who adds a case sees where one is thin."""
    coverage = Coverage(("a",), {("a", Status.MET): 3, ("a", Status.NOT_MET): 1})

    assert list(coverage.table()) == ["     a: met 3, not met 1, unknown 0"]
    assert not coverage.reaches(67)
    assert coverage.reaches(66)


def test_other_statuses_cover_nothing():
    """A case that comes out not applicable proves neither side of a criterion."""
    coverage = Coverage(("a",), {("a", Status.NOT_APPLICABLE): 1})

    assert coverage.covered == 0
