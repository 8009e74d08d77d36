"""Of many reasons the ones that are known to be bad come first: only they may be on the first screen."""

from __future__ import annotations

from typing import Any

import pytest

from gonogo.model.decision import Blocker
from gonogo.report.detail import page_of
from gonogo.report.formats import terminal_format
from gonogo.report.view import RunView


def reasons(*missing: bool) -> tuple[Blocker, ...]:
    return tuple(Blocker(why=f"Reason {number}.", missing_evidence=each) for number, each in enumerate(missing))


@pytest.mark.parametrize(
    ("missing", "order"),
    [
        ((True, False, True, False), [1, 3, 0, 2]),
        ((False, True), [0, 1]),
        ((True, True), [0, 1]),
        ((False, False), [0, 1]),
    ],
)
def test_what_failed_on_merit_comes_first_and_else_the_rulesets_order_stays(
    no_go: Any, seal_log: Any, missing: tuple[bool, ...], order: list[int]
) -> None:
    """A sponsor reads the first line: three failures behind 22 answers that nobody gave yet are not seen."""
    decision = no_go.assessment.decision.model_copy(update={"blockers": reasons(*missing)})
    page = page_of(RunView.of(seal_log(no_go.with_assessment(decision=decision).events())))
    brief = next(part.items for part in page.brief if part.id == "blocking")
    front = next(section for section in page.sections if section.id == "blockers")

    assert brief == tuple(f"Reason {number}." for number in order)
    assert [block.text for block in front.blocks if getattr(block, "tags", ())] == [f"Reason {n}." for n in order]


def test_a_crowded_screen_shows_a_failure_on_merit(no_go: Any, seal_log: Any) -> None:
    """The ruleset asks about it last."""
    decision = no_go.assessment.decision.model_copy(update={"blockers": reasons(*[True] * 24, False)})
    view = RunView.of(seal_log(no_go.with_assessment(decision=decision).events()))

    assert "- Reason 24." in terminal_format.render(view).decode()
