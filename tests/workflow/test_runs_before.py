"""Lines over time come from recorded runs of the release, and a rehearsal is no history."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

from gonogo.audit.history import open_history
from gonogo.model.assessment import Purpose
from gonogo.report.earlier_runs import FLOAT, SLIP
from gonogo.workflow import runs_before as room
from gonogo.workflow.order import Order
from gonogo.workflow.pipeline import assess
from gonogo.workflow.publishing import recorded_view, rendered, view_of
from gonogo.workflow.runs_before import runs_before

ROOT = next(folder for folder in Path(__file__).resolve().parents if (folder / "pyproject.toml").is_file())
RECORD = ROOT / "examples/harborline/nogo/m3-hardened/record"


def test_earlier_runs_are_told_by_their_own_figures_and_rehearsals_are_not(stated_program, monkeypatch):
    """A rehearsal with a date of next month would draw a line into the future."""
    small = stated_program(now=datetime.now(UTC).replace(microsecond=0) - timedelta(minutes=1))
    first = assess(Order(program=small.root, purpose=Purpose.PROGRESS))
    assess(Order(program=small.root, as_of=small.now))
    last = assess(Order(program=small.root))
    history = open_history(small.log)

    found = runs_before(history, history.run(last.run))

    assert [each.run for each in found] == [first.run]
    assert found[0].domains["program"] == (1, 1)
    assert (found[0].blockers, found[0].verdict, found[0].slip) == (0, "GO", None)
    assert found[0].now == first.assessment.now
    assert recorded_view(small.root).earlier == found
    assert b"Readiness: criteria met of those due" in rendered(last, "markdown")
    monkeypatch.setattr(room, "MOST", 1)
    again = assess(Order(program=small.root))
    fresh = open_history(small.log)
    assert [each.run for each in runs_before(fresh, fresh.run(again.run))] == [last.run]


def test_the_slip_of_a_run_is_what_its_own_evidence_says():
    """A line of slips that belongs to another fact, or to the next run, sends the wrong date to a board."""
    history = open_history(RECORD)

    found = runs_before(history, history.run())

    assert found
    for each in found:
        entries = view_of(history, history.run(each.run)).evidence
        [slip] = [str(entry.value) for entry in entries if entry.fact == SLIP]
        assert each.slip == slip
        floats = [str(entry.value) for entry in entries if entry.fact == FLOAT]
        assert each.floats == (floats[0] if floats else None)
