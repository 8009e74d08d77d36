"""A recorded run judged again: to the same digest, or with what differs; from the log alone."""

import shutil
from dataclasses import replace as but
from datetime import UTC, datetime, timedelta

import pytest
from tests.conftest import day_before

from gonogo.audit.history import open_history
from gonogo.engine.durable import DurableRules
from gonogo.errors import EngineDisagreement, IntegrityError, UsageError
from gonogo.model.evidence import GapReason
from gonogo.model.finding import Status
from gonogo.model.upgrade import Depth
from gonogo.model.verdict import Verdict
from gonogo.report.view import RunView
from gonogo.ruleset.loader import load_ruleset
from gonogo.workflow.order import Order
from gonogo.workflow.other_rules import answers_for, under_other_rules
from gonogo.workflow.pipeline import assess
from gonogo.workflow.recorded_program import recorded_program
from gonogo.workflow.replay import as_it_stood, replay
from gonogo.workflow.replay_words import exit_code, lines, summary
from gonogo.workflow.replaying import replays

WAIVER = """\
schema: 1
waivers:
  - id: W-1
    criterion: workforce.training.completion
    reason: Half of the people are trained in the week before go-live.
    residual_risk: A class that is cancelled cannot be repeated.
    compensating_control: A colleague sits beside each of them for a week.
    owner: Tom Reyes
    requested_by: tom.reyes
    expires_on: "{until}"
    approved_by:
      - {{person: ada.kirsch, role: customer.executive_sponsor, on: "{on}"}}
      - {{person: bo.lind, role: provider.executive_sponsor, on: "{on}"}}
"""


@pytest.fixture
def waived(small_program):
    """A program of today, half trained, and what approves its waiver on a day."""
    now = datetime.now(UTC).replace(second=0, microsecond=0)
    small = small_program(now=now, trained=50, more="waivers: waivers.yaml")
    people = small.root / "people.yaml"
    sponsor = "  - {role: provider.executive_sponsor, person: bo.lind, name: Bo Lind}\n"
    people.write_text(people.read_text() + sponsor)
    until = (now + timedelta(days=30)).date()

    def approve(on):
        (small.root / "waivers.yaml").write_text(WAIVER.format(on=on, until=until))

    return small, approve


def test_a_run_is_judged_again_to_the_same_digest(assessed):
    """Nothing but the log is needed: the program's folder may be gone."""
    history = open_history(shutil.move(assessed.log, assessed.root.parent / "kept"))
    shutil.rmtree(assessed.root)

    found = replay(history, history.run())

    assert (found.same, found.differs, found.depth) == (True, False, Depth.FACTS)
    assert exit_code([found]) == 0
    assert summary([found]) == "reproduced: 1 of 1 run"


def test_the_log_is_read_as_it_stood_when_the_run_was_recorded(assessed):
    """What was recorded afterwards, and the run itself, vouch for no approval."""
    assess(Order(program=assessed.root, as_of=assessed.now))
    history = open_history(assessed.log)
    first, second = history.runs

    assert as_it_stood(history, first).runs == ()
    assert as_it_stood(history, second).runs == (first,)


def test_a_lapse_that_only_another_log_shows_is_taken_as_recorded(waived):
    """The other log may be gone by the time that somebody asks."""
    small, approve = waived
    approve(day_before(small.now + timedelta(days=1)))
    assess(Order(program=small.root))
    day = day_before(small.now)
    small.edit(f"evidence/training_{day}.csv", "P49,done", "P49,open")
    small.edit("gonogo.yaml", "ruleset: ./rules", "log: ./second\nruleset: ./rules")
    assert "has lapsed" in assess(Order(program=small.root)).assessment.decision.waivers[0].why
    shutil.rmtree(small.log)

    history = open_history(small.root / "second")
    found = replay(history, history.run())

    assert found.same
    assert any("another log beside this one" in line for line in lines(found))


def test_evaluators_that_differ_now_end_without_an_answer(assessed):
    """One of the two is wrong, and nobody knows which."""

    class Other:
        name = "stand-in"

        def judge(self, compiled, observations):
            return but(DurableRules().judge(compiled, observations), overall=Verdict.NO_GO)

    history = open_history(assessed.log)
    with pytest.raises(EngineDisagreement):
        replay(history, history.run(), engine=Other())


class TestOtherRules:
    def under(self, assessed, old, new):
        """Return what the run comes to by a copy of its ruleset with one change."""
        rules = assessed.root.parent / "other"
        shutil.copytree(assessed.rules, rules)
        file = rules / "ruleset.yaml"
        text = file.read_text()
        assert old in text
        file.write_text(text.replace(old, new))
        history = open_history(assessed.log)
        return replay(history, history.run(), rules=load_ruleset(rules))

    def test_what_would_have_come_out_otherwise_is_named(self, assessed):
        """Somebody asks what a stricter threshold would have stopped."""
        found = self.under(assessed, "min_response: 50%", "min_response: 61%")

        assert [(each.criterion, each.before, each.after) for each in found.findings if each.moved] == [
            ("workforce.survey.response", Status.MET, Status.NOT_MET)
        ]
        assert found.now.decision.verdict is Verdict.NO_GO
        assert exit_code([found], rules="other") == 1
        assert any("GO then, NO-GO by these rules; this is no decision" in line for line in lines(found, rules="other"))

    @pytest.mark.parametrize(("least", "code"), [("59%", 0), ("60%", 0), ("60.1%", 1)])
    def test_a_threshold_that_the_value_still_reaches_changes_nothing(self, least, code, assessed):
        """60 of 100 answered: below, equal, above."""
        assert exit_code([self.under(assessed, "min_response: 50%", f"min_response: {least}")], rules="o") == code

    def test_a_fact_that_the_run_did_not_read_is_unknown(self, assessed):
        """The log holds no answer for it, and none is made up."""
        found = self.under(assessed, "desk.open_posts <= max_open", "sit.planned <= max_open")

        staffed = next(each for each in found.findings if each.criterion == "operations.desk.staffed")
        assert staffed.after is Status.UNKNOWN
        assert "recorded no answer" in staffed.now

    @pytest.mark.parametrize(("level", "gaps"), [("L1", 5), ("L2", 0)])
    def test_evidence_that_was_read_with_too_little_isolation_does_not_count(self, level, gaps, assessed):
        """A ruleset that asks for more than the collectors had would not have admitted it."""
        rules = assessed.rules / "ruleset.yaml"
        policy = "  caps: {domain: 3, total: 8}\n"
        rules.write_text(rules.read_text().replace(policy, f"{policy}  min_isolation: {{mandatory: L2}}\n"))
        history = open_history(assessed.log)
        told = history.report_records(history.run())
        view = RunView.of(told)
        loaded = under_other_rules(recorded_program(told, view, history.folder), load_ruleset(assessed.rules))
        collectors = [each.model_copy(update={"level": level}) for each in view.collectors]

        answers = answers_for(loaded, view.assessment.evidence, collectors)

        assert [gap.reason for gap in answers.gaps] == [GapReason.ISOLATION] * gaps

    @pytest.mark.parametrize(
        ("old", "new", "reason"),
        [
            pytest.param(
                "integer, unit: cases, bound: build, meaning: Failed",
                "integer, unit: tests, bound: build, meaning: Failed",
                GapReason.WRONG_TYPE,
                id="unit",
            ),
            pytest.param(
                "response_ratio, type: ratio,",
                "response_ratio, type: ratio, max: 0.55,",
                GapReason.OUT_OF_RANGE,
                id="range",
            ),
        ],
    )
    def test_an_answer_that_another_vocabulary_reads_otherwise_is_a_gap(self, old, new, reason, assessed):
        """A number of posts is no number of seats."""
        facts = assessed.rules / "facts.yaml"
        assert old in facts.read_text()
        facts.write_text(facts.read_text().replace(old, new))
        history = open_history(assessed.log)

        found = replay(history, history.run(), rules=load_ruleset(assessed.rules))

        assert [gap.reason for gap in found.now.evidence.gaps] == [reason]


class TestAsked:
    def test_a_run_is_meant_by_the_beginning_of_its_id(self, assessed):
        """Ids are long, and an auditor reads them from paper."""
        run = open_history(assessed.log).run().run

        assert replays(assessed.root, wanted=[run[:12]])[0] == 0
        assert replays(assessed.root, wanted=["last"])[1][0].startswith(f"run {run}: GO, rehearsal for small")

    def test_a_run_that_is_not_there_is_a_usage_error(self, assessed):
        """With the way to the list."""
        with pytest.raises(UsageError, match="has no run nope"):
            replays(assessed.root, wanted=["nope"])

    def test_a_beginning_that_two_runs_share_is_a_usage_error(self, assessed):
        """One of them would be judged, and nobody would know which."""
        assess(Order(program=assessed.root, as_of=assessed.now))

        with pytest.raises(UsageError, match="2 runs begin with 2"):
            replays(assessed.root, wanted=["2"])

    def test_a_record_that_was_changed_is_an_integrity_error(self, assessed):
        """A log that is next to its index may not be believed."""
        segment = assessed.log / "000001.jsonl"
        segment.write_bytes(segment.read_bytes().replace(b'"value":"0.6"', b'"value":"0.9"', 1))

        with pytest.raises(IntegrityError):
            replays(assessed.root)
