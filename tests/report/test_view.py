"""A report is made of the sealed records of one run, and of nothing else."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from gonogo.audit.events import event
from gonogo.errors import IntegrityError, UsageError
from gonogo.model.event import AuditEvent, EventType, SealedRecord
from gonogo.model.record import ReportRendered, RunAborted
from gonogo.report.formats import FORMATS
from gonogo.report.view import RunView

WITHOUT_ITEMS = {"json", "terminal", "github", "azure", "gitlab", "openmetrics", "parquet", "prometheus"}
"""Formats that name no items, or in a form of their own."""
Seal = Callable[..., list[SealedRecord]]


def renamed(events: list[AuditEvent], run: str) -> list[AuditEvent]:
    return [entry.model_copy(update={"run": run}) for entry in events]


def test_the_assessment_is_rebuilt_and_its_digest_agrees(every_run: dict[str, Any], seal_log: Seal) -> None:
    """What a reader sees is what was decided, to the byte."""
    for run in every_run.values():
        view = RunView.of(seal_log(run.events()))

        assert view.assessment == run.assessment
        assert view.assessment.sha256 == view.finished.assessment
        assert (view.log, view.first, view.last) == ("log-1", 1, len(run.events()))


@pytest.mark.parametrize("name", [name for name in FORMATS if name != "pdf"])  # a browser prints the HTML page
def test_later_records_change_nothing(go: Any, no_go: Any, seal_log: Seal, name: str) -> None:
    """`gonogo report` a year later gives the bytes of the day."""
    first = FORMATS[name].render(RunView.of(seal_log(go.events())))
    rendered = event(
        EventType.REPORT_RENDERED, ReportRendered(format=name, sha256="0" * 64, version="0.1.0"), run="run-1"
    )
    other = replace(no_go, envelope=no_go.envelope.model_copy(update={"run": "run-2"})).events()

    again = FORMATS[name].render(RunView.of(seal_log(go.events(), [rendered], other), "run-1"))

    assert again == first


def test_the_last_finished_run_is_the_default(go: Any, seal_log: Seal) -> None:
    aborted = event(EventType.RUN_ABORTED, RunAborted(why="killed"), run="run-2")

    assert RunView.of(seal_log(go.events(), [aborted])).started.envelope.run == "run-1"


def test_a_run_without_a_verdict_has_no_report(go: Any, seal_log: Seal) -> None:
    records = seal_log(go.events()[:-1])

    with pytest.raises(UsageError, match="reached no verdict"):
        RunView.of(records, "run-1")
    with pytest.raises(UsageError, match="no run in this audit log"):
        RunView.of(records)
    with pytest.raises(UsageError, match="has no run"):
        RunView.of(records, "run-9")


def test_records_that_tell_another_story_are_refused(conditional: Any, go: Any, seal_log: Seal) -> None:
    """A missing finding, a better verdict or a doubled record cannot be reported."""
    events = conditional.events()
    index = next(i for i, entry in enumerate(events) if entry.type is EventType.CRITERION_JUDGED)
    better = events[-1].model_copy(update={"data": events[-1].data | {"verdict": "GO", "exit_code": 0}})
    other = go.events()[-2]

    for story in (
        events[:index] + events[index + 1 :],
        [*events[:-1], better],
        [*events[:-2], other, events[-1]],
        [*events, events[-1]],
        events[1:],
    ):
        with pytest.raises(IntegrityError):
            RunView.of(seal_log(story))


def test_gaps_of_single_criteria_are_told_with_those_of_admission(gaps_only: Any, seal_log: Seal) -> None:
    """Stale for one criterion and fresh for another is no gap at admission; the reader still has to hear of it."""
    view = RunView.of(seal_log(gaps_only.events()))

    assert [gap.fact for gap in view.gaps] == ["training.completed_ratio"]


def test_the_recorded_ruleset_is_found_wherever_it_stands(go: Any, seal_log: Seal) -> None:
    """Material is recorded once for each digest, so an earlier run may hold it."""
    events = go.events()
    first = renamed(events[1:2], "run-0")

    view = RunView.of(seal_log(first, [events[0], *events[2:]]))

    assert view.about["workforce.training.completion"]["m3_ref"] == "P4-06"


@pytest.mark.parametrize("name", [name for name in FORMATS if name not in WITHOUT_ITEMS and not FORMATS[name].binary])
@pytest.mark.parametrize(("count", "more"), [(20, False), (21, True)])
def test_a_finding_names_what_counts_against_it(no_go: Any, seal_log: Seal, name: str, count: int, more: bool) -> None:
    """Which interface, which case: what everybody asks first; at most twenty, and how many more there are."""
    keys = tuple(f"KEY{number}X" for number in range(count))
    first = no_go.assessment.findings[0]
    judged = next(entry for entry in no_go.assessment.findings if entry.facts)
    fact = judged.facts[0].model_copy(update={"open_items": keys[:20], "open_count": count, "gap": None, "shown": "1"})
    changed = judged.model_copy(update={"facts": (fact, *judged.facts[1:])})
    findings = tuple(changed if entry is judged else entry for entry in no_go.assessment.findings)
    assert first in no_go.assessment.findings

    text = FORMATS[name].render(RunView.of(seal_log(no_go.with_assessment(findings=findings).events()))).decode()

    assert "KEY0X" in text
    assert "KEY19X" in text
    assert "KEY20X" not in text
    assert ("and 1 more" in " ".join(text.split())) is more
