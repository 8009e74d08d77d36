"""Rows that are older than the limit stand on page one where a newer row dates them all."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest

from gonogo.model.fact import FactType
from gonogo.report.detail import page_of
from gonogo.report.formats import terminal_format
from gonogo.report.view import RunView

FACT = "training.completed_ratio"


def aged(run: Any, days: timedelta | None) -> Any:
    """Return a run whose share rests on rows of so long before the assessment."""
    first: datetime | None = None if days is None else run.assessment.now - days
    findings = tuple(
        each.model_copy(update={"facts": tuple(read.model_copy(update={"rows_from": first}) for read in each.facts)})
        for each in run.assessment.findings
    )
    assessment = run.assessment.model_copy(update={"findings": findings})
    return run.__class__(**{**run.__dict__, "assessment": assessment})


def limit_of(run: Any) -> timedelta:
    (reading,) = (read for each in run.assessment.findings for read in each.facts if read.fact == FACT)
    return reading.stale_at - reading.as_of


@pytest.mark.parametrize(("more", "shown"), [(-1, False), (0, True), (1, True)])
def test_rows_at_or_beyond_the_limit_are_told(go: Any, seal_log: Any, more: int, shown: bool) -> None:
    """Eleven interfaces tested two years ago and one on Friday: a GO that says so."""
    run = aged(go, limit_of(go) + timedelta(seconds=more))
    view = RunView.of(seal_log(run.events()))
    items = [item for part in page_of(view).brief if part.id == "old_rows" for item in part.items]

    assert len(items) == shown
    assert ("ROWS OLDER THAN THE LIMIT" in terminal_format.render(view).decode()) is shown
    if shown:
        assert f"{FACT} rests on rows from " in items[0]
        assert items[0].endswith(" days.")


def test_rows_of_one_moment_say_nothing(go: Any, seal_log: Any) -> None:
    """Older records hold nothing of it, and keep their digest."""
    view = RunView.of(seal_log(aged(go, None).events()))

    assert all(part.id != "old_rows" for part in page_of(view).brief)
    assert all("rows_from" not in read.document() for each in view.findings for read in each.facts)


def test_a_count_over_a_register_is_no_doubt(go: Any, seal_log: Any) -> None:
    """The rows of an issue log are old by nature; a remark that always stands there is read by nobody."""
    run = aged(go, limit_of(go) + timedelta(days=900))
    evidence = tuple(
        each.model_copy(update={"type": FactType.INTEGER, "unit": "people", "value": 3, "part": None, "whole": None})
        if each.fact == FACT
        else each
        for each in run.assessment.evidence.evidence
    )
    known = run.assessment.evidence.model_copy(update={"evidence": evidence})
    assessment = run.assessment.model_copy(update={"evidence": known})
    view = RunView.of(seal_log(run.__class__(**{**run.__dict__, "assessment": assessment}).events()))

    assert all(part.id != "old_rows" for part in page_of(view).brief)
