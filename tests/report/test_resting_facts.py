"""What the criteria rest on: measured, stated, by whom."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest

from gonogo.model.evidence import Attested, Basis
from gonogo.report.detail import page_of
from gonogo.report.formats import json_format
from gonogo.report.view import RunView

FACT = "training.completed_ratio"


def stated(run: Any, *attested: Attested) -> Any:
    """Return a run whose one fact that a criterion reads is stated."""

    def said(entry: Any) -> Any:
        more = {"attested": attested} if hasattr(entry, "attested") else {}
        return entry.model_copy(update={"basis": Basis.STATED, **more}) if entry.fact == FACT else entry

    findings = tuple(
        each.model_copy(update={"facts": tuple(map(said, each.facts))}) for each in run.assessment.findings
    )
    known = run.assessment.evidence.model_copy(update={"evidence": tuple(map(said, run.assessment.evidence.evidence))})
    assessment = run.assessment.model_copy(update={"findings": findings, "evidence": known})
    return run.__class__(**{**run.__dict__, "assessment": assessment})


def by(person: str, prepared: str | None = None) -> Attested:
    return Attested(person=person, role="customer.pmo_lead", on=date(2027, 4, 15), prepared_by=prepared)


def line(view: RunView) -> str:
    return next((each for each in page_of(view).meaning if each.startswith("The criteria rest on")), "")


def test_what_was_measured_is_counted_once_and_what_no_criterion_reads_is_not(go: Any, seal_log: Any) -> None:
    """`cutover.note` is stated and read by nobody."""
    view = RunView.of(seal_log(go.events()))

    assert line(view) == "The criteria rest on 1 fact: 1 measured."
    assert json.loads(json_format.render(view))["counts"]["facts"] == {
        "measured": 1, "stated": 0, "stated_by": 0, "prepared_by": 0, "unprepared": 0,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("attested", "words"),
    [
        ((by("osei", "kirsch"),), "by 1 person, prepared by 1 person"),
        ((by("osei", "kirsch"), by("weld", "kirsch")), "by 2 people, prepared by 1 person"),
        ((by("osei", "kirsch"), by("weld", "amsel")), "by 2 people, prepared by 2 people"),
        ((by("osei"),), "by 1 person, 1 names nobody who prepared it"),
    ],
)
def test_what_is_stated_says_by_how_many_and_how_many_prepared_it(
    go: Any, seal_log: Any, attested: tuple[Attested, ...], words: str
) -> None:
    """A GO on what one person typed into one workbook reads like one on exports, but for this line."""
    view = RunView.of(seal_log(stated(go, *attested).events()))

    assert line(view) == f"The criteria rest on 1 fact: 1 stated ({words})."


def test_where_no_criterion_reads_a_value_nothing_is_said(gaps_only: Any, seal_log: Any) -> None:
    """*0 facts* on page one says no more than the gaps do."""
    assert line(RunView.of(seal_log(gaps_only.events()))) == ""
