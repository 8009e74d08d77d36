"""What changed about acceptances since the last run: a setback where an open item is no longer answered."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

from gonogo.comparison.paper_notices import acceptance_notices
from gonogo.model.acceptance import Acceptance, AcceptanceReview


def snapshot(*, counted: bool | None, workaround: str = "keyed by hand", open_items: tuple[str, ...] = ("D2",)) -> Any:
    """A run with one acceptance, or with none where ``counted`` is None."""
    given = Acceptance(id="A-1", register_id="desk", item="D2", person="amsel", workaround=workaround)
    why = "It answers the open item." if counted else "It ended."
    review = AcceptanceReview(id="A-1", register_id="desk", item="D2", counted=bool(counted), why=why)
    there = counted is not None
    decision = SimpleNamespace(acceptances=(review,) if there else None)
    finding = SimpleNamespace(facts=(SimpleNamespace(open_items=open_items),))
    return SimpleNamespace(
        made=SimpleNamespace(acceptances=(given,) if there else None, decision=decision), findings=(finding,)
    )


@pytest.mark.parametrize(
    ("before", "after", "sentence", "worse"),
    [
        (None, True, "The acceptance A-1 of D2 now counts: It answers the open item.", False),
        (True, False, "The acceptance A-1 of D2 no longer counts: It ended.", True),
        (True, None, "The acceptance A-1 of D2 is gone, and it counted.", True),
        (None, False, "The acceptance A-1 of D2 is new and does not count: It ended.", False),
        (False, None, "The acceptance A-1 of D2 is gone.", False),
    ],
)
def test_each_change_is_one_sentence(before: bool | None, after: bool | None, sentence: str, worse: bool):
    """Who reads the daily page must not find out from the verdict alone."""
    (notice,) = acceptance_notices(snapshot(counted=before), snapshot(counted=after))

    assert (notice.sentence, notice.worse) == (sentence, worse)


def test_an_item_that_was_closed_needs_no_acceptance_any_more():
    """The acceptance lapses, and nothing is worse for it."""
    (notice,) = acceptance_notices(snapshot(counted=True), snapshot(counted=False, open_items=()))

    assert not notice.worse


def test_another_workaround_is_told_and_the_same_acceptance_is_not():
    """A changed row may be another risk."""
    same = list(acceptance_notices(snapshot(counted=True), snapshot(counted=True)))
    (other,) = acceptance_notices(snapshot(counted=True), snapshot(counted=True, workaround="faxed"))

    assert same == []
    assert other.sentence == "The acceptance A-1 of D2 was changed and still counts: It answers the open item."
