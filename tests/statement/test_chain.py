"""A T-30 decision is a signed input of T-0: what was promised then, and what came."""

import json
import shutil
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from tests.conftest import Small
from tests.statement.conftest import trust_text

from gonogo.cli import run
from gonogo.errors import ConfigurationError, IntegrityError, UsageError
from gonogo.model.assessment import Purpose
from gonogo.model.promise import PromiseState
from gonogo.model.verdict import Verdict
from gonogo.signing.statement import sign_statement
from gonogo.statement.saying import decision_statement
from gonogo.workflow.order import Order
from gonogo.workflow.pipeline import assess


@pytest.fixture
def chained(conditional_once, tmp_path):
    """A program whose release follows its own CONDITIONAL GO, in a folder of its own."""
    folder = Path(shutil.copytree(conditional_once.small.root.parent, tmp_path / "chained"))
    small = Small(folder / "small", conditional_once.small.now)
    shutil.copyfile(folder / "decision.json", small.root / "t30.json")
    shutil.copyfile(folder / "trust.yaml", small.root / "trust.yaml")
    small.edit("gonogo.yaml", "subjects: {commit: build-7}", "subjects: {commit: build-7}, follows: t30.json")
    small.edit("gonogo.yaml", "people: people.yaml\n", "people: people.yaml\ntrust: trust.yaml\n")
    return small


def judged(small, **more):
    return assess(Order(program=small.root, purpose=Purpose.PROGRESS, **more)).assessment.decision


def answered(small, people):
    rows = "".join(f"P{n},{'yes' if n < people else 'no'}\n" for n in range(100))
    (small.root / "evidence/survey.csv").write_text("person,answered\n" + rows, encoding="utf-8")


class TestCarried:
    def test_a_promise_that_was_kept_is_shown_as_closed(self, chained, capfd):
        """On page one, in the JSON, and in the record."""
        answered(chained, 60)

        decision = judged(chained)

        assert decision.verdict is Verdict.GO
        assert [review.state for review in decision.promises] == [PromiseState.CLOSED]
        run(["report", str(chained.root)])
        assert "of 1 condition promised then, 1 closed" in " ".join(capfd.readouterr().out.split())
        run(["report", str(chained.root), "--full"])
        told = " ".join(capfd.readouterr().out.split())
        assert "Promised: Ask again by phone, by" in told
        run(["report", str(chained.root), "-o", "json"])
        follows = json.loads(capfd.readouterr().out)["decision"]["follows"]
        assert follows["promises"][0]["criterion"] == "workforce.survey.response"

    def test_one_that_is_open_is_still_a_condition(self, chained):
        """Until its day."""
        decision = judged(chained)

        assert decision.verdict is Verdict.CONDITIONAL_GO
        assert [review.state for review in decision.promises] == [PromiseState.OPEN]

    def test_one_that_is_overdue_blocks_though_a_new_plan_has_a_later_day(self, chained):
        """The plan was moved by two weeks, without a word to those who signed."""
        due = judged(chained).promises[0].sentence.split(", by ")[1][:10]
        later = datetime.fromisoformat(f"{due}T00:00:00+00:00") + timedelta(days=2)
        text = (chained.root / "plans.yaml").read_text(encoding="utf-8")
        (chained.root / "plans.yaml").write_text(text.replace(due, f"{later:%Y-%m-%d}"), encoding="utf-8")

        decision = judged(chained, as_of=later - timedelta(hours=12))

        assert decision.verdict is Verdict.NO_GO
        assert any("A condition of the earlier decision is overdue" in each.why for each in decision.blockers)

    def test_the_run_is_judged_again_from_the_log_alone(self, chained, capfd):
        """The statement of T-30 is gone; what it promised is in the record."""
        judged(chained)
        for name in ("t30.json", "trust.yaml"):
            (chained.root / name).unlink()

        assert run(["replay", str(chained.log), "last"]) == 0


class TestRefused:
    def test_a_forged_one(self, chained, keys, conditional_once):
        """Somebody takes a condition out, or signs with a key of their own."""
        said = conditional_once.made.contents
        kept = said.model_copy(update={"conditions": (said.conditions[0].model_copy(update={"due": None}),)})
        forged = sign_statement(decision_statement(kept), keys.stranger).to_bytes()
        (chained.root / "t30.json").write_bytes(forged)

        with pytest.raises(IntegrityError, match="No key of the trust file signed"):
            judged(chained)

    @pytest.mark.parametrize(
        "change",
        [
            {"decided_at": datetime(2025, 12, 30, tzinfo=UTC)},
            {"conditions": ()},
            {"verdict": Verdict.GO, "conditions": ()},
            {"run": "20251230T120000Z-00000000"},
            {"assessment": "0" * 64},
        ],
        ids=lambda change: next(iter(change)),
    )
    def test_one_that_its_own_log_contradicts(self, chained, keys, conditional_once, change):
        """A key that has lapsed can sign a decision of its own day that promised nothing."""
        said = conditional_once.made.contents.model_copy(update=change)
        if "decided_at" in change:
            mark = said.checkpoint.model_copy(update={"time": change["decided_at"]})
            said = said.model_copy(update={"checkpoint": mark})
        (chained.root / "t30.json").write_bytes(sign_statement(decision_statement(said), keys.gate).to_bytes())

        with pytest.raises(IntegrityError, match=r"t30\.json, which `follows:` names"):
            judged(chained)

    def test_one_of_another_log_is_taken_at_its_signature(self, chained, conditional_once):
        """The gate of the phase before may have kept a log of its own."""
        shutil.rmtree(chained.log)

        assert judged(chained).promises

    def test_one_of_another_log_than_the_trust_file_names(self, chained, keys, conditional_once):
        """Who holds a key that has lapsed could name a log of their own, in which nobody can look the decision up."""
        said = conditional_once.made.contents
        mark = said.checkpoint.model_copy(update={"log": "another"})
        forged = sign_statement(decision_statement(said.model_copy(update={"checkpoint": mark})), keys.gate).to_bytes()
        (chained.root / "t30.json").write_bytes(forged)
        assert judged(chained).promises

        pin = f"log: {{id: {said.checkpoint.log}, size: {said.checkpoint.size}, root: {said.checkpoint.root}}}\n"
        (chained.root / "trust.yaml").write_text(trust_text(keys, more=pin), encoding="utf-8")

        with pytest.raises(IntegrityError, match="is of the log another, and the trust file names the log"):
            judged(chained)

    @pytest.mark.parametrize(
        ("part", "value", "why"),
        [("release", "second", "is about the release second"), ("program", "other", "of other")],
    )
    def test_one_of_another_release_or_program(self, chained, keys, conditional_once, part, value, why):
        """Its promises are somebody else's."""
        said = conditional_once.made.contents.model_copy(update={part: value, "releases": ("first", "second")})
        (chained.root / "t30.json").write_bytes(sign_statement(decision_statement(said), keys.gate).to_bytes())

        with pytest.raises(UsageError, match=why):
            judged(chained)

    def test_one_that_is_not_there(self, chained):
        """A missing promise must not count as no promise."""
        (chained.root / "t30.json").unlink()

        with pytest.raises(ConfigurationError, match=r"t30\.json"):
            judged(chained)

    def test_one_that_nobody_can_check(self, chained):
        """Without a trust file a signature says nothing."""
        chained.edit("gonogo.yaml", "trust: trust.yaml\n", "")

        with pytest.raises(UsageError, match="names no trust file"):
            judged(chained)

    def test_one_outside_of_the_program(self, chained):
        """Who may edit the program file must not read other files with it."""
        chained.edit("gonogo.yaml", "follows: t30.json", "follows: ../decision.json")

        with pytest.raises((UsageError, ConfigurationError)):
            judged(chained)

    @pytest.mark.parametrize(("step", "fine"), [(-1, False), (0, False), (1, True)])
    def test_one_of_a_time_to_come(self, chained, conditional_once, step, fine):
        """What was decided at this very moment or later was not promised before."""
        now = conditional_once.made.contents.decided_at + timedelta(microseconds=step)

        if fine:
            assert judged(chained, as_of=now).promises
            return
        with pytest.raises(UsageError, match="which is not before now"):
            judged(chained, as_of=now)


def test_a_key_that_has_lapsed_since_does_not_take_a_promise_away(chained, keys, conditional_once):
    """It counted on the day; on a day on which it did not, nobody could have signed with it."""
    day = conditional_once.made.contents.checkpoint.time.date()
    text = trust_text(keys).replace("2099-12-31", f"{day}")
    (chained.root / "trust.yaml").write_text(text, encoding="utf-8")
    assert judged(chained).promises

    before = text.replace("2020-01-01", f"{day + timedelta(days=1)}").replace(f"until: {day}", "until: 2099-12-31")
    (chained.root / "trust.yaml").write_text(before, encoding="utf-8")
    with pytest.raises(IntegrityError, match="key did not count"):
        judged(chained)
