"""One story: no reader of any format takes for a success what page one does not call one."""

from dataclasses import replace
from typing import Any

import pytest
from tests.report.machine.conftest import ROOT
from tests.report.machine.consumers import CONSUMERS

from gonogo.model.assessment import Purpose, RunKind
from gonogo.model.finding import Status
from gonogo.report.formats import FORMATS
from gonogo.report.machine.machine_standing import Standing, accounts
from gonogo.report.view import RunView

NAMES = sorted(CONSUMERS)
SERIES = {"openmetrics", "prometheus"}
SAYS_MET = {"oscal", "ohdf", "junit", "csv", "parquet"} | SERIES
"""Formats that list what is met; the others list what is open."""


def look(name: str, view: RunView) -> tuple[set[str], bool]:
    return CONSUMERS[name](FORMATS[name].render(view))


def test_every_format_for_machines_has_a_reader_here():
    """A format that is added without one would be believed."""
    assert {name for name in FORMATS if FORMATS[name].for_machines} - {"json"} == {*CONSUMERS}


@pytest.mark.parametrize("name", NAMES)
def test_only_what_is_plainly_met_looks_like_a_success(views: dict[str, RunView], decided: RunView, name: str) -> None:
    """Unknown, waived, planned, accepted, not due and not applicable never do."""
    for view in (*views.values(), decided):
        met = {each.finding.criterion for each in accounts(view) if each.standing is Standing.MET}

        assert look(name, view)[0] == (met if name in SAYS_MET else set())


@pytest.mark.parametrize("name", NAMES)
def test_only_a_decision_for_go_looks_like_a_success_as_a_whole(
    views: dict[str, RunView], decided: RunView, name: str
) -> None:
    """A rehearsal's GO, an accepted CONDITIONAL GO and a NO-GO do not."""
    assert {key for key, view in views.items() if look(name, view)[1]} == set()
    assert look(name, decided)[1] is (name != "oscal-poam")


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("purpose", [Purpose.PROGRESS, Purpose.REHEARSAL])
def test_another_kind_of_run_is_marked(decided: RunView, name: str, purpose: Purpose) -> None:
    """A person who reads one line of it sees that nothing was decided."""
    view = replace(decided, started=decided.started.model_copy(update={"kind": RunKind(purpose=purpose)}))

    data = FORMATS[name].render(view)

    assert CONSUMERS[name](data)[1] is False
    assert purpose.value.upper().encode() in data
    assert view.started.kind.sentence.encode() in data


@pytest.mark.parametrize("name", NAMES)
def test_a_go_before_everything_is_due_is_no_success(decided: RunView, name: str) -> None:
    """It is a GO for the milestone, and no word on the go-live."""
    later = decided.findings[0].model_copy(update={"status": Status.NOT_DUE, "due_from": "T-5"})
    whole = decided.assessment.model_copy(update={"findings": (later, *decided.findings[1:])})

    assert look(name, replace(decided, assessment=whole))[1] is False


@pytest.mark.parametrize("name", NAMES)
def test_the_verdict_and_its_reasons_are_page_ones(views: dict[str, RunView], name: str) -> None:
    """The same words everywhere: who compares two of them finds no difference."""
    view = views["no_go"]
    text = FORMATS[name].render(view).decode(errors="replace")

    assert "NO-GO" in text
    if name not in SERIES | {"csv", "parquet"}:  # a series or a row for each criterion
        assert "9 conditional criteria are open in all; the policy allows 8." in text


@pytest.mark.parametrize("name", sorted({*NAMES} - SERIES))
def test_who_answers_for_what_is_open_is_said(views: dict[str, RunView], name: str) -> None:
    """A list of problems without owners is a list for nobody; series have no room for names."""
    assert "the customer's functional lead" in FORMATS[name].render(views["no_go"]).decode(errors="replace")


@pytest.mark.parametrize("name", NAMES)
def test_equal_views_give_equal_bytes(views: dict[str, RunView], name: str) -> None:
    """A year later too."""
    for view in views.values():
        assert FORMATS[name].render(view) == FORMATS[name].render(view)


@pytest.mark.parametrize("name", NAMES)
def test_a_run_without_criteria_is_a_whole_document(decided: RunView, name: str) -> None:
    """A ruleset may be empty at a milestone; half a file is not."""
    empty: dict[str, Any] = {"findings": (), "evidence": type(decided.assessment.evidence)()}
    view = replace(decided, assessment=decided.assessment.model_copy(update=empty))

    CONSUMERS[name](FORMATS[name].render(view))


def test_the_page_names_every_format() -> None:
    """Who looks for a format looks there."""
    page = (ROOT / "docs/how-to/formats-for-machines.md").read_text(encoding="utf-8")

    assert [name for name in FORMATS if FORMATS[name].for_machines and f"| `{name}` |" not in page] == []
