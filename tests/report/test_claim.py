"""What a file says that it is: read from where the format says it, and not from what evidence says in it."""

from dataclasses import replace
from typing import Any

import pytest

from gonogo.report.claim import claim_of
from gonogo.report.formats import FORMATS
from gonogo.report.view import RunView

RUN, OTHER = "20270419T160500Z-0123abcd", "20200101T000000Z-ffffffff"
TEXTS = [name for name in FORMATS if not FORMATS[name].binary]
MACHINES = [name for name in FORMATS if FORMATS[name].for_machines and name != "json"]


def claiming(run: Any, seal_log: Any, text: str = "") -> RunView:
    """A view of a run with a proper id, in which a criterion is called by a text."""
    view = RunView.of(seal_log(run.events()))
    envelope = view.started.envelope.model_copy(update={"run": RUN})
    first = view.findings[0].model_copy(update={"title": text or "A title", "sentence": f"Not met: {text}"})
    whole = view.assessment.model_copy(update={"findings": (first, *view.findings[1:])})
    return replace(view, started=view.started.model_copy(update={"envelope": envelope}), assessment=whole)


@pytest.mark.parametrize("name", MACHINES)
def test_a_format_for_machines_names_itself_and_its_run(no_go: Any, seal_log: Any, name: str) -> None:
    """An auditor gives the file, and gonogo finds the record."""
    claim = claim_of(FORMATS[name].render(claiming(no_go, seal_log)))

    assert claim is not None
    assert (claim.format, claim.run) == (name, RUN)


@pytest.mark.parametrize("name", TEXTS)
@pytest.mark.parametrize("text", ["{0}", "This report is {0}.", 'report="{0}"', '"report", "{0}"'])
def test_what_evidence_says_is_no_name(no_go: Any, seal_log: Any, name: str, text: str) -> None:
    """Otherwise one row of a table could make a true page look false."""
    planted = text.format(f"urn:gonogo:report:sarif:{OTHER}")

    claim = claim_of(FORMATS[name].render(claiming(no_go, seal_log, planted)))

    assert claim is not None
    assert claim.format == name
    assert claim.run != OTHER


@pytest.mark.parametrize("name", ["nonsense", "html", "terminal"])
def test_a_name_that_is_no_format_for_machines_claims_nothing(name: str) -> None:
    """Anybody can write such a line."""
    assert claim_of(f'[\n {{"report": "urn:gonogo:report:{name}:{RUN}"}}]'.encode()) is None
