"""Which row of a slide holds what: as many as there are, the first ones, and the rest counted."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest
from tests.report.deck.test_deck import deck, notes, tables

from gonogo.model.ruleset import Domain
from gonogo.report.deck.filling import filled
from gonogo.report.deck.phase_four import _nearest
from gonogo.report.deck.slides import SlideTable
from gonogo.report.view import RunView

RISKS = ("Risk", "Impact", "Probability", "Owner", "Mitigation Strategy")
TOP = ("", "Risk/Issue", "Mitigation/Response")
OPEN = 4
"""Reasons of the NO-GO that the tests record."""


@pytest.fixture
def view(no_go: Any, seal_log: Any) -> RunView:
    found = RunView.of(seal_log(no_go.events()))
    assert len(found.decision.ranked) == OPEN
    return found


@pytest.mark.parametrize("rows", [OPEN - 1, OPEN, OPEN + 1])
def test_each_row_of_risks_is_a_reason_or_empty(view: RunView, rows: int) -> None:
    """A sample of the template beside real risks would be read as one; the last reason must not be lost."""
    template = deck(("Top risks", [(RISKS, *[("sample",) * 5] * rows)]))

    found = tables(filled(template, view)[0])[0][1:]

    assert [bool(each[0]) for each in found] == [number < OPEN for number in range(rows)]
    assert not any("sample" in cell for each in found for cell in each)


@pytest.mark.parametrize(("rows", "more"), [(3, "; 1 more are in"), (4, ""), (5, "")])
def test_the_top_three_count_what_the_slide_does_not_hold(view: RunView, rows: int, more: str) -> None:
    """An agency's copy may have room for five: what is on the slide is not counted as missing."""
    template = deck(("Status", [(TOP, *[("", "sample", "sample")] * rows)]))

    data, _told = filled(template, view)

    found = tables(data)[0][1:]
    assert [each[1] == "No other criterion is open in the record." for each in found] == [
        number >= OPEN for number in range(rows)
    ]
    assert ("more are in the assessment report" in notes(data)) is bool(more)
    assert more in notes(data)


@pytest.mark.parametrize(
    ("boxes", "domain"),
    [
        ([("Technology Readiness", 100, 50)], Domain.SYSTEM),
        ([("Technology Readiness", 100, 50), ("Program Management Readiness", 100, 90)], Domain.PROGRAM),
        ([("Technology Readiness", 100, 90), ("Program Management Readiness", 300, 95)], Domain.SYSTEM),
        ([("Technology Readiness", 100, 100)], Domain.SYSTEM),
        ([("Technology Readiness", 100, 101)], None),
        ([("Something else", 100, 50)], None),
        ([], None),
    ],
)
def test_a_table_of_counts_belongs_to_the_name_that_stands_nearest_above_it(
    boxes: list[tuple[str, int, int]], domain: Domain | None
) -> None:
    """The counts of another domain under a heading would be the wrong color for four people."""
    slide = SimpleNamespace(boxes=lambda: iter(boxes))

    assert _nearest(slide, SlideTable(None, 100, 100)) is domain  # type: ignore[arg-type]
