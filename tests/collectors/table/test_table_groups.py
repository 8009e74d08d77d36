"""The group that answers: small ones count together, and nobody is picked out or left out."""

from __future__ import annotations

import json
from typing import Any

import pytest

from gonogo.collectors.columns.column import Column
from gonogo.collectors.table.fact_measures import MEASURES, ShareOf
from gonogo.collectors.table.facts import By
from gonogo.collectors.table.group import Group, chosen
from gonogo.model.evidence import GapReason
from gonogo.plugin.spec import CollectorRefusal

COLUMNS = {
    name: Column.model_validate_json(json.dumps({"type": kind, "allowed": "any"}))
    for name, kind in (("unit", "text"), ("badge", "id"))
}
OF = {measure.name: measure for measure in MEASURES}


def by(take: str = "lowest", **more: Any) -> By:
    return By.model_validate_json(json.dumps({"column": "unit", "take": take, **more}))


def group(key: str | None, members: int, value: Any, whole: int = 10) -> Group:
    return Group(key, members, value, whole)


def test_without_groups_the_whole_table_answers():
    whole = group(None, 5, 3)

    assert chosen([whole], None, COLUMNS, ShareOf()) is whole


@pytest.mark.parametrize(("take", "key"), [("lowest", "A"), ("highest", "B")])
@pytest.mark.parametrize("measure", ["share", "mean", "count", "sum", "min", "max"])
def test_the_lowest_or_the_highest_answers(take: str, key: str, measure: str):
    assert chosen([group("A", 5, 3), group("B", 5, 4)], by(take), COLUMNS, OF[measure]()).key == key


def test_shares_are_compared_by_what_they_are_of():
    """3 of 4 is more than 5 of 10."""
    assert chosen([group("A", 5, 3, 4), group("B", 5, 5, 10)], by(), COLUMNS, ShareOf()).key == "B"


@pytest.mark.parametrize(("least", "key"), [(3, "A"), (4, "A"), (5, None)])
def test_a_group_of_its_smallest_size_stands_alone(least: int, key: str | None):
    """Below it, with the others that are too small."""
    found = chosen([group("A", 4, 1), group("B", 9, 9), group("C", 1, 9)], by(min_group=least), COLUMNS, ShareOf())

    assert found.key == key
    assert found.members == (4 if key else 5)


@pytest.mark.parametrize(("second", "answers"), [(1, False), (2, True), (3, True)])
def test_small_groups_that_are_too_few_together_show_nothing(second: int, answers: bool):
    groups = [group("A", 2, 0), group("B", second, 0), group("C", 9, 9)]

    if answers:
        assert chosen(groups, by(min_group=4), COLUMNS, ShareOf()).members == 2 + second
    else:
        with pytest.raises(CollectorRefusal, match="fewer than 4 members") as caught:
            chosen(groups, by(min_group=4), COLUMNS, ShareOf())
        assert caught.value.reason is GapReason.NOT_PROVABLE


@pytest.mark.parametrize(
    ("measure", "values", "together"),
    [("min", (3, 5), 3), ("max", (3, 5), 5), ("sum", (3, 5), 8), ("min", (None, 5), 5)],
)
def test_small_groups_together_are_measured_as_one(measure: str, values: tuple[Any, Any], together: int):
    groups = [group("A", 1, values[0]), group("B", 1, values[1]), group("C", 9, 99)]

    assert chosen(groups, by(min_group=2), COLUMNS, OF[measure]()).value == together


@pytest.mark.parametrize("measure", ["min", "max", "share"])
def test_groups_without_a_value_leave_nothing_to_answer_from(measure: str):
    """No value is no zero."""
    groups = [group("A", 1, None, 0), group("B", 1, None, 0), group("C", 9, 9)]

    with pytest.raises(CollectorRefusal, match="nothing to answer from") as caught:
        chosen(groups, by(min_group=2), COLUMNS, OF[measure]())

    assert caught.value.reason is GapReason.MISSING


def test_no_group_is_no_answer():
    with pytest.raises(CollectorRefusal, match="no row is in any group"):
        chosen([], by(), COLUMNS, ShareOf())


@pytest.mark.parametrize(
    ("more", "label"),
    [
        ({}, "the lowest of 2 groups by unit"),
        ({"show": True}, "unit A"),
        ({"show": False, "min_group": 2}, "the lowest of 2 groups by unit"),
        ({"min_group": 2}, "unit A"),
        ({"min_group": 6}, "the groups by unit that have fewer than 6 members, together"),
        ({"column": "badge", "show": True}, "the lowest of 2 groups by badge"),
    ],
)
def test_a_group_is_named_only_where_somebody_thought_of_its_size(more: dict[str, Any], label: str):
    """An id names one person, whatever was said."""
    assert chosen([group("A", 5, 1), group("B", 5, 9)], by(**more), COLUMNS, ShareOf()).label == label
