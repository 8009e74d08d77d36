"""A standing hold is asked of every run, by both evaluators; what is not proved off voids each decision."""

import json
from datetime import UTC, datetime, timedelta

import pytest

from gonogo.cli import run
from gonogo.errors import ConfigurationError
from gonogo.model.assessment import Purpose
from gonogo.model.evidence import GapReason
from gonogo.model.finding import Status
from gonogo.model.verdict import Verdict
from gonogo.ruleset.loader import load_ruleset
from gonogo.workflow.order import Order
from gonogo.workflow.pipeline import assess

HOLD = """\
  holds:
    - id: operations.desk.hold
      title: No post of the service desk falls vacant
      why: Nobody would answer the phone.
      require: desk.vacant_posts <= most
      parameters: {most: 0}
      max_age: 7d
      owner: provider.program_manager
      remedy: Fill the post, then decide again.
"""
FACT = "  - {name: desk.vacant_posts, type: integer, unit: posts, meaning: Vacant., question: How many are vacant?}\n"
SETTING = "open_posts: {count: {where: 'state == \"open\"'}, unit: posts}"
VACANT = SETTING + ", vacant_posts: {count: {where: 'state == \"vacant\"'}, unit: posts}"


def held_program(make, *, hold=HOLD):
    """A stated program that is ready, with a list of the desk and a hold on posts that fall vacant."""
    small = make(now=datetime.now(UTC).replace(microsecond=0) - timedelta(minutes=1), sources=["desk"])
    small.edit("rules/ruleset.yaml", "  caps: {domain: 3, total: 8}\n", "  caps: {domain: 3, total: 8}\n" + hold)
    with (small.rules / "facts.yaml").open("a", encoding="utf-8") as facts:
        facts.write(FACT)
    small.edit("gonogo.yaml", SETTING, VACANT)
    small.edit("gonogo.yaml", "allowed: [filled, open]", "allowed: [filled, open, vacant]")
    return small


@pytest.fixture
def held(stated_program):
    return held_program(stated_program)


def judged(small, purpose=Purpose.DECISION):
    return assess(Order(program=small.root, purpose=purpose)).assessment


class TestJudging:
    def test_a_hold_that_is_off_changes_no_verdict_and_is_recorded(self, held, capfd):
        """Page one says that it was asked, and the record says by what it was answered."""
        decision = judged(held).decision

        assert decision.verdict is Verdict.GO
        assert [(hold.criterion, hold.status) for hold in decision.holds] == [("operations.desk.hold", Status.MET)]
        run(["report", str(held.root), "-o", "json"])
        (told,) = json.loads(capfd.readouterr().out)["decision"]["holds"]
        assert told["facts"][0]["fact"] == "desk.vacant_posts"

    @pytest.mark.parametrize("purpose", [Purpose.DECISION, Purpose.PROGRESS])
    def test_a_hold_that_is_on_makes_any_run_a_no_go(self, held, capfd, purpose):
        """A GO beside a hold would be two answers on one page."""
        held.edit("evidence/desk.csv", "D2,filled", "D2,vacant")

        decision = judged(held, purpose).decision

        assert (decision.verdict, decision.without_waivers, decision.judged) == (
            Verdict.NO_GO, Verdict.NO_GO, Verdict.GO,
        )  # fmt: skip
        (blocker,) = decision.blockers
        assert blocker.why.startswith("A standing hold is on: ")
        run(["report", str(held.root), "--full"])
        told = " ".join(capfd.readouterr().out.split())
        assert "No earlier decision on this release counts any more." in told
        assert "standing hold" in told
        assert "Fill the post, then decide again." in told

    def test_a_hold_that_nobody_can_answer_is_on(self, held):
        """A lost source must not keep a decision alive."""
        (held.root / "evidence/desk.csv").unlink()

        decision = judged(held, Purpose.PROGRESS).decision

        (hold,) = decision.holds
        assert (hold.status, hold.cause) == (Status.UNKNOWN, GapReason.MISSING)
        assert decision.verdict is Verdict.NO_GO
        assert any(each.criterion == hold.criterion and each.missing_evidence for each in decision.blockers)

    def test_the_verdict_ends_when_the_evidence_of_a_hold_does(self, stated_program):
        """A decision must not outlive the knowledge that it rests on."""
        day = held_program(stated_program, hold=HOLD.replace("max_age: 7d", "max_age: 2d"))
        week = held_program(stated_program)

        assert judged(day).decision.valid_until < judged(week).decision.valid_until

    def test_a_hold_is_not_put_off_by_adopting_something_else(self, held):
        """Criteria are adopted one by one; a hold holds from the first run."""
        held.edit("gonogo.yaml", "people: people.yaml\n", "people: people.yaml\nadopt: [program.cutover.approved]\n")
        held.edit("evidence/desk.csv", "D2,filled", "D2,vacant")

        assert [hold.status for hold in judged(held, Purpose.PROGRESS).decision.holds] == [Status.NOT_MET]

    def test_a_hold_counts_for_no_domain(self, held):
        """Otherwise a domain in which nothing was asked would look judged."""
        held.edit("gonogo.yaml", "people: people.yaml\n", "people: people.yaml\nadopt: [program.cutover.approved]\n")

        decision = judged(held, Purpose.PROGRESS).decision

        operations = next(each for each in decision.domains if each.domain == "operations")
        assert (operations.due, operations.verdict) == (0, Verdict.NO_GO)

    def test_progress_is_worse_when_a_hold_turns(self, held, capfd):
        """The daily run says it first."""
        assert run(["progress", str(held.root)]) == 0
        held.edit("evidence/desk.csv", "D2,filled", "D2,vacant")
        capfd.readouterr()

        assert run(["progress", str(held.root)]) == 1
        assert "No post of the service desk falls vacant" in " ".join(capfd.readouterr().out.split())

    def test_a_program_without_holds_is_recorded_as_before(self, stated_program):
        """Older logs keep their digests."""
        small = stated_program(now=datetime.now(UTC) - timedelta(minutes=1))

        assert "holds" not in judged(small).decision.document()


class TestWriting:
    @pytest.mark.parametrize(
        ("old", "new", "code"),
        [
            ("id: operations.desk.hold", "id: operations.desk.staffed", "G123"),
            ("id: operations.desk.hold", "id: desk.hold", "G127"),
            ("desk.vacant_posts <= most", "desk.vacant_post <= most", "G120"),
            ("desk.vacant_posts <= most", "most <= 0", "G128"),
            ("most: 0", "most: 95%", "G103"),
            ("owner: provider.program_manager", "owner: provider.nobody", "G124"),
            ("max_age: 7d", "severity: mandatory\n      max_age: 7d", "G110"),
        ],
    )
    def test_a_mistake_in_a_hold_is_found_at_its_place(self, stated_program, old, new, code):
        """A hold that is never on is worse than none."""
        small = held_program(stated_program, hold=HOLD.replace(old, new))

        with pytest.raises(ConfigurationError) as caught:
            load_ruleset(small.rules)

        assert [problem.code for problem in caught.value.problems] == [code]
        assert "ruleset.yaml:" in caught.value.problems[0].where

    def test_an_overlay_adds_a_hold(self, stated_program):
        """An agency that uses a shipped ruleset sets holds of its own."""
        small = held_program(stated_program, hold="")
        (small.root / "agency.yaml").write_text(
            "schema: 1\noverlay: agency\nversion: '1'\n" + HOLD.replace("\n  ", "\n").removeprefix("  "),
            encoding="utf-8",
        )
        rules = load_ruleset(small.rules, (small.root / "agency.yaml",)).ruleset

        assert [hold.id for hold in rules.holds] == ["operations.desk.hold"]
        assert "desk.vacant_posts" in rules.facts

    @pytest.mark.parametrize(("word", "fine"), [("none", True), ("both_sides", False), ("", False)])
    def test_votes_that_nobody_can_cast_yet_are_refused(self, stated_program, word, fine):
        """A policy that asks for votes must not pass because this release does not know what they are."""
        small = held_program(stated_program, hold=f"  votes: {word}\n")
        if fine:
            assert load_ruleset(small.rules).ruleset.policy.votes == "none"
            return
        with pytest.raises(ConfigurationError):
            load_ruleset(small.rules)
