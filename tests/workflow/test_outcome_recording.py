"""What became of a release is recorded beside its decision, and says so where it went against it."""

import json
import shutil
from datetime import UTC, datetime, timedelta

import pytest
from tests.conftest import Small, write_small

from gonogo.audit.events import event
from gonogo.audit.history import open_history
from gonogo.audit.log import AuditLog
from gonogo.audit.verification import verify_log
from gonogo.cli import run
from gonogo.errors import UsageError
from gonogo.model.event import EventType
from gonogo.model.outcome import OutcomeRecorded, ReleaseOutcome
from gonogo.workflow.order import Order
from gonogo.workflow.outcome_recording import record_outcome
from gonogo.workflow.pipeline import assess

DEPLOYED, HELD, BACK = ReleaseOutcome
WHY = "The agency head accepted the open posts by phone."


@pytest.fixture(scope="session")
def decided_once(tmp_path_factory):
    """A GO, a rehearsal, then a NO-GO, each by its run."""
    made = write_small(
        tmp_path_factory.mktemp("decided") / "small",
        now=datetime.now(UTC).replace(microsecond=0) - timedelta(minutes=1),
    )
    runs = {"go": assess(Order(program=made.root)).run}
    shutil.copytree(made.log, made.root / "early")
    made.edit("evidence/desk.csv", "D2,filled", "D2,open")
    runs["rehearsal"] = assess(Order(program=made.root, as_of=made.now)).run
    runs["no-go"] = assess(Order(program=made.root)).run
    return made, runs


@pytest.fixture
def decided(decided_once, tmp_path):
    """The log with all three runs."""
    small, runs = decided_once
    return Small(shutil.copytree(small.root, tmp_path / "small"), small.now), runs


@pytest.fixture
def early(decided):
    """The log as it was when the GO was the last run."""
    small, runs = decided
    shutil.rmtree(small.log)
    (small.root / "early").rename(small.log)
    return small, runs


class TestRecording:
    def test_a_go_that_was_deployed_is_shown_by_every_report_of_its_run(self, early, capfd):
        """Years of decisions are compared with what came; nobody does that by memory."""
        small, runs = early

        assert run(["outcome", str(small.root), runs["go"], "deployed"]) == 0
        assert capfd.readouterr().out == f"recorded: deployed, run {runs['go']}\n"
        assert run(["outcome", str(small.root), "last", "held", "--reason", WHY]) == 0
        assert capfd.readouterr().out == f"recorded: held, run {runs['go']}\n"
        assert run(["report", str(small.root), "--run", runs["go"], "-o", "markdown"]) == 0

        assert "the release was deployed" in capfd.readouterr().out
        assert run(["report", str(small.root), "--run", runs["go"], "-o", "json"]) == 0
        told, then = json.loads(capfd.readouterr().out)["outcomes"]
        assert (told["outcome"], then["outcome"]) == ("deployed", "held")
        assert "against" not in told

    def test_what_came_is_told_in_order_and_of_its_own_run_alone(self, decided, capfd):
        """Deployed, then rolled back: both are shown, and the run beside it shows neither."""
        small, runs = decided
        record_outcome(small.root, runs["go"], DEPLOYED, against=True, reason="Nobody had looked at the last run.")
        record_outcome(small.root, runs["go"], BACK, reason="Payments were doubled.")

        run(["report", str(small.root), "--run", runs["go"], "--full"])
        told = " ".join(capfd.readouterr().out.split())
        assert told.index("the release was deployed, against") < told.index(
            "the release was rolled back: Payments were doubled."
        )
        run(["report", str(small.root), "--run", runs["no-go"], "--full"])
        assert "the release was" not in capfd.readouterr().out

    def test_a_later_decision_lists_the_earlier_ones_with_what_came(self, decided, capfd):
        """The report of today compares the verdicts of years with what became of them; a rehearsal is none of them."""
        small, runs = decided
        record_outcome(small.root, runs["go"], DEPLOYED, against=True, reason="Nobody had looked at the last run.")
        record_outcome(small.root, runs["go"], BACK, reason="Payments were doubled.")

        run(["report", str(small.root), "--run", runs["no-go"], "-o", "json"])

        history = json.loads(capfd.readouterr().out)["history"]
        assert history["older"] == 0
        (earlier,) = history["decisions"]
        assert (earlier["run"], earlier["verdict"], earlier["release"]) == (runs["go"], "GO", "first")
        assert [(each["outcome"], each.get("against"), each.get("reason")) for each in earlier["outcomes"]] == [
            ("deployed", True, "Nobody had looked at the last run."),
            ("rolled-back", None, "Payments were doubled."),
        ]
        run(["report", str(small.root), "--run", runs["no-go"], "--full"])
        told = " ".join(capfd.readouterr().out.split())
        assert "Of 1 listed decision, 1 has a recorded outcome. GO: 1 rolled back." in told

    def test_the_first_decision_has_no_history(self, decided, capfd):
        """Later runs, and what became of the decision itself, are no history of it."""
        small, runs = decided
        record_outcome(small.root, runs["go"], HELD, against=True, reason=WHY)

        run(["report", str(small.root), "--run", runs["go"], "-o", "json"])

        assert "history" not in json.loads(capfd.readouterr().out)

    def test_the_log_stays_sound_and_the_index_finds_it_again(self, decided):
        """With the index, and after the whole chain was followed."""
        small, runs = decided
        record_outcome(small.root, runs["go"], HELD, against=True, reason=WHY)

        assert verify_log(small.log).sound
        known = open_history(small.log).outcomes(open_history(small.log).run(runs["go"]))
        (small.log / "index.json").unlink()
        followed = open_history(small.log)
        assert [entry.data for entry in known] == [{"outcome": "held", "against": True, "reason": WHY}]
        assert followed.outcomes(followed.run(runs["go"])) == known


class TestAgainst:
    def test_to_deploy_on_a_no_go_without_saying_so_is_refused(self, decided, capfd):
        """The record must not look as if nobody had noticed."""
        small, runs = decided

        assert run(["outcome", str(small.root), runs["no-go"], "deployed"]) == 2

        told = capfd.readouterr().err
        assert "came to NO-GO, so deploying was against the recommendation" in told
        assert "--against-recommendation --reason" in told

    def test_it_is_recorded_with_its_reason(self, decided, capfd):
        """Who overrides the gate says why, and page one says that they did."""
        small, runs = decided
        words = ["outcome", str(small.root), runs["no-go"], "deployed", "--against-recommendation"]

        assert run(words) == 2
        assert run([*words, "--reason", "n/a"]) == 2
        assert run([*words, "--reason", WHY]) == 0

        capfd.readouterr()
        run(["report", str(small.root), "--run", runs["no-go"]])
        assert "deployed, against the recommendation" in " ".join(capfd.readouterr().out.split())

    @pytest.mark.parametrize(("name", "outcome"), [("go", BACK), ("no-go", HELD), ("no-go", BACK)])
    def test_nothing_is_against_a_recommendation_that_it_follows(self, decided, name, outcome):
        """A flag that is always given says nothing when it matters."""
        small, runs = decided

        with pytest.raises(UsageError, match="not against that"):
            record_outcome(small.root, runs[name], outcome, against=True, reason=WHY)

    def test_to_deploy_on_a_go_that_counts_is_not_against_it(self, early):
        """And is recorded without a flag."""
        small, runs = early
        with pytest.raises(UsageError, match="not against that"):
            record_outcome(small.root, runs["go"], DEPLOYED, against=True, reason=WHY)

        assert record_outcome(small.root, runs["go"], DEPLOYED).against is None

    def test_to_deploy_on_a_go_that_a_later_run_voided_is_against_it(self, decided):
        """The verdict of the run was GO, and no longer counted."""
        small, runs = decided

        with pytest.raises(UsageError, match=r"no longer counted\. It was worse later"):
            record_outcome(small.root, runs["go"], DEPLOYED)
        assert record_outcome(small.root, runs["go"], DEPLOYED, against=True, reason=WHY).against

    @pytest.mark.parametrize(("name", "outcome"), [("go", HELD), ("no-go", HELD), ("no-go", BACK)])
    def test_to_hold_or_roll_back_is_always_allowed_and_needs_a_reason(self, decided, name, outcome):
        """Not to go live needs no leave; why is what the next reader asks first."""
        small, runs = decided

        with pytest.raises(UsageError, match="Nothing says why the release was"):
            record_outcome(small.root, runs[name], outcome)
        assert record_outcome(small.root, runs[name], outcome, reason=WHY).against is None

    @pytest.mark.parametrize(("then", "again"), [(DEPLOYED, HELD), (HELD, HELD), (BACK, HELD)])
    def test_the_same_outcome_is_recorded_once(self, early, then, again):
        """A hold that is recorded twice reads like two holds; one after something else is another."""
        small, runs = early
        record_outcome(small.root, runs["go"], then, reason=WHY)

        if then is again:
            with pytest.raises(UsageError, match="is recorded already"):
                record_outcome(small.root, runs["go"], again, reason=WHY)
            return
        assert record_outcome(small.root, runs["go"], again, reason=WHY).outcome is again


class TestWhatIsNoDecision:
    def test_a_rehearsal_decides_nothing(self, decided):
        """An outcome beside it would make it look like one that did."""
        small, runs = decided

        with pytest.raises(UsageError, match="rehearsal run, and nothing is decided by one"):
            record_outcome(small.root, runs["rehearsal"], DEPLOYED)

    def test_a_run_without_a_verdict_and_one_that_never_was(self, decided):
        """A typo must not be recorded."""
        small, _ = decided
        with AuditLog.open(small.log) as log:
            from gonogo.model.record import RunAborted

            log.append([event(EventType.RUN_ABORTED, RunAborted(why="It was interrupted."), run="gone")])

        with pytest.raises(UsageError, match="reached no verdict"):
            record_outcome(small.root, "gone", HELD, reason=WHY)
        with pytest.raises(UsageError, match="no run other"):
            record_outcome(small.root, "other", HELD, reason=WHY)

    def test_an_outcome_of_a_run_without_a_verdict_is_found(self, decided):
        """Somebody who may append could record that nobody's decision was deployed."""
        small, _ = decided
        with AuditLog.open(small.log) as log:
            log.append([event(EventType.OUTCOME_RECORDED, OutcomeRecorded(outcome=DEPLOYED), run="nobody")])

        assert any(
            "says what became of the run nobody, which has no verdict" in f for f in verify_log(small.log).faults
        )
