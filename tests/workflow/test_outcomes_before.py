"""A release that was held or rolled back is never told as if nothing had happened."""

from datetime import UTC, datetime, timedelta

import pytest
from tests.statement.conftest import BUILT, COMMIT, Keys, trust_text

from gonogo.audit.history import open_history
from gonogo.model.assessment import Purpose
from gonogo.model.outcome import OutcomeOfRun, ReleaseOutcome
from gonogo.model.run_by import RunBy
from gonogo.model.verdict import Verdict
from gonogo.signing.private_key import new_private_key
from gonogo.statement.answer import MAY
from gonogo.statement.checks import Wanted
from gonogo.workflow import outcomes_before
from gonogo.workflow.deploying import Given, may_deploy
from gonogo.workflow.order import Order
from gonogo.workflow.outcome_recording import record_outcome
from gonogo.workflow.outcomes_before import set_back_before
from gonogo.workflow.pipeline import assess
from gonogo.workflow.publishing import rendered, view_of
from gonogo.workflow.stating import state

DEPLOYED, HELD, BACK = ReleaseOutcome
WHY = "Payments were doubled."
WHEN = datetime(2027, 5, 3, 10, tzinfo=UTC)


def words(result) -> str:
    return " ".join(rendered(result, "terminal").decode().split())


def test_a_rollback_is_a_change_on_page_one_of_the_next_runs_and_in_the_statement(small_program, tmp_path):
    """Progress and assess said: nothing has changed since the last run."""
    small = small_program(now=datetime.now(UTC).replace(microsecond=0) - timedelta(minutes=1))
    first = assess(Order(program=small.root)).run
    record_outcome(small.root, first, DEPLOYED)
    record_outcome(small.root, first, BACK, reason=WHY, who=RunBy(account="kim"))

    daily = assess(Order(program=small.root, purpose=Purpose.PROGRESS))
    again = assess(Order(program=small.root))

    assert daily.changes is not None
    told = [(notice.kind, notice.worse) for notice in daily.changes.notices if notice.kind == "outcome"]
    assert told == [("outcome", True), ("outcome", False)]
    for text in (words(daily), words(again)):
        assert "comes after a rollback" in text
        assert f", kim): {WHY}" in text
    assert "Nothing has changed" not in words(daily)
    assert not [notice for notice in again.changes.notices if notice.kind == "outcome"]
    history = open_history(small.log)
    assert view_of(history, history.run(again.run)).set_back == again.set_back

    key = new_private_key()
    made = state(small.root, again.run, signer=key, now=datetime.now(UTC))
    assert [(each.outcome, each.run, each.reason) for each in made.contents.set_back] == [(BACK, first, WHY)]
    statement, trust = tmp_path / "decision.json", tmp_path / "trust.yaml"
    statement.write_bytes(made.decision)

    trust.write_text(trust_text(Keys(key, new_private_key(), new_private_key(), key)), encoding="utf-8")
    answer = may_deploy(
        Given(statement, trust, log=small.log),
        Wanted(require=Verdict.GO, commit=COMMIT),
        now=made.contents.checkpoint.time + timedelta(minutes=1),
        built=BUILT,
    )
    assert answer.code == MAY
    assert "taken after the release was rolled back on" in answer.lines[0]
    assert "Payments were doubled" in answer.lines[0]


@pytest.mark.parametrize(
    ("came", "standing"),
    [
        ((), ()),
        ((DEPLOYED,), ()),
        ((HELD,), (HELD,)),
        ((DEPLOYED, BACK), (BACK,)),
        ((BACK, DEPLOYED), ()),
        ((HELD, BACK), (HELD, BACK)),
        ((BACK, DEPLOYED, HELD), (HELD,)),
    ],
)
def test_it_stands_until_the_release_is_deployed(monkeypatch, came, standing):
    """What was deployed since is no longer set back, and what was not, is."""
    told = tuple(OutcomeOfRun(outcome=each, at=WHEN, run="run-1") for each in came)
    monkeypatch.setattr(outcomes_before, "outcomes_between", lambda _history, _run: told)

    assert tuple(each.outcome for each in set_back_before(None, None)) == standing
