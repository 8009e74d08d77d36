"""Which milestones are ahead of a recorded run, and at which of them evidence is too old."""

from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

import pytest

from gonogo.model.program import Release
from gonogo.testing.programs import SAMPLE_RELEASE, program_of
from gonogo.workflow.forecasting import ReleaseForecast, TurningStale
from gonogo.workflow.recorded_rungs import rungs_ahead_of

GO_LIVE = SAMPLE_RELEASE.go_live
SECOND = timedelta(seconds=1)
CRITERIA = (
    {"id": "a", "due_from": "T-14"},
    {"id": "b", "parameters": [{"name": "p", "ladder": [{"milestone": "T-30", "value": "80%"}, {"milestone": "T-5"}]}]},
    {"id": "c", "due_from": "whenever", "parameters": ["odd", {"ladder": None}, {"ladder": ["odd"]}]},
    {"id": "d", "due_from": "T-0"},
)


def run(now):
    return SimpleNamespace(now=now, program=program_of().identity, release=Release(id="payroll-1", go_live=GO_LIVE))


def test_rungs_are_those_of_the_recorded_rules_the_next_first():
    """Due dates and ladders; what is no milestone is left out."""
    found = rungs_ahead_of(run(GO_LIVE - timedelta(days=60)), CRITERIA)

    assert [name for name, _ in found] == ["T-30", "T-14", "T-5", "T-0"]
    assert found[-1][1] == GO_LIVE
    assert all(at.astimezone(program_of().identity.zone).hour == 23 for _, at in found[:-1])


@pytest.mark.parametrize(("after", "there"), [(-SECOND, True), (0 * SECOND, True), (SECOND, False)])
def test_a_milestone_is_ahead_until_its_day_is_over(after, there):
    """In the evening of T-14 the decision may still be taken."""
    [(_, end)] = [rung for rung in rungs_ahead_of(run(GO_LIVE - timedelta(days=60)), CRITERIA) if rung[0] == "T-14"]

    assert ("T-14" in dict(rungs_ahead_of(run(end + after), CRITERIA))) is there


@pytest.mark.parametrize(("after", "rung"), [(-SECOND, "T-14"), (0 * SECOND, "T-14"), (SECOND, "T-5")])
def test_the_first_milestone_at_which_evidence_is_too_old(after, rung):
    """Without a decision day each milestone ahead is one."""
    rungs = (("T-14", datetime(2027, 4, 20, tzinfo=UTC)), ("T-5", datetime(2027, 4, 29, tzinfo=UTC)))
    found = ReleaseForecast(SimpleNamespace(rungs=rungs), None, (), (), (), 0)
    one = TurningStale("a.b", rungs[0][1] + after, "a file", (), "", before_decision=False)

    assert found.first_rung(one) == rung
    assert found.first_rung(TurningStale("a.b", rungs[1][1] + SECOND, "", (), "", before_decision=False)) == ""
