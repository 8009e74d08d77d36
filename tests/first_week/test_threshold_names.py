"""Criterion and parameter of a threshold by what an office calls them; two that could be meant are none."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any, cast

import pytest

from gonogo.first_week.threshold_names import criterion_named, near_criterion, parameter_named

CRITERIA = cast(
    "Any",
    {
        one.id: one
        for one in (
            SimpleNamespace(id="a.tasks", title="Go-live tasks"),
            SimpleNamespace(id="a.risks", title="Risks"),
            SimpleNamespace(id="b.risks", title="Risks"),
        )
    },
)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        *(("a.tasks", "a.tasks"), ("A.Tasks", "a.tasks"), ("Go-live tasks", "a.tasks"), ("go-live  TASKS", "a.tasks")),
        *(("Risks", None), ("tasks", None), ("", None)),
    ],
)
def test_a_criterion_is_named_by_its_id_or_by_a_title_that_no_other_has(text: str, found: str | None) -> None:
    """Offices copy titles out of the criteria document; a title of two criteria names neither."""
    named = criterion_named(text, CRITERIA)

    assert (named.id if named else None) == found


def test_a_title_that_is_nearly_one_names_the_id_in_the_hint() -> None:
    """A person who has only titles never finds the id."""
    assert near_criterion("Go-live task", CRITERIA) == "`a.tasks` has a title like that"
    assert near_criterion("a.task", CRITERIA) == "did you mean `a.tasks`?"
    assert "as `gonogo ruleset show` lists it" in near_criterion("zzz", CRITERIA)


@pytest.mark.parametrize(
    ("text", "found"), [("max_open", True), ("Max open", True), ("MAX_OPEN", True), ("max", False), ("", False)]
)
def test_a_parameter_is_named_with_blanks_too(text: str, found: bool) -> None:
    """A spreadsheet makes capitals of first letters."""
    one = cast("Any", SimpleNamespace(name="max_open"))

    assert (parameter_named(text, {"max_open": one}) is one) is found
