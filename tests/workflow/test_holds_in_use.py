"""A standing hold is tested by cases, explained, asked for, and counted where evidence may be too old for it."""

import pytest
from tests.workflow.test_standing_holds import HOLD, held_program, judged

from gonogo.cli import run
from gonogo.errors import ConfigurationError
from gonogo.model.assessment import Purpose
from gonogo.model.finding import Status
from gonogo.requests.items import count_words
from gonogo.ruleset.case_files import load_cases, untested
from gonogo.ruleset.loader import load_ruleset
from gonogo.workflow.deposits import age_limits
from gonogo.workflow.explaining import explain, explain_facts
from gonogo.workflow.linting import lint
from gonogo.workflow.requesting import RequestOrder, requests_for
from gonogo.workflow.ruleset_cases import run_cases

NAME = "operations.desk.hold"
CASES = f"""\
schema: 1
cases:
  - {{criterion: {NAME}, name: All filled, at: T-0, facts: {{desk.vacant_posts: 0}}, expect: met}}
  - {{criterion: {NAME}, name: One falls vacant, at: T-30, facts: {{desk.vacant_posts: 1}}, expect: not_met}}
  - {{criterion: {NAME}, name: Nobody counted, at: T-30, expect: unknown}}
"""


@pytest.fixture
def held(stated_program):
    return held_program(stated_program)


@pytest.fixture
def tested(held):
    """The same, with three cases of the hold and of nothing else."""
    for path in (held.rules / "cases").glob("*.yaml"):
        path.unlink()
    (held.rules / "cases" / "holds.yaml").write_text(CASES, encoding="utf-8")
    return held


class TestCases:
    def test_a_case_in_which_a_hold_turns_is_judged_by_both_evaluators(self, tested):
        """Who writes a hold sees it turn before a program depends on it."""
        found = run_cases(str(tested.rules))

        assert [(one.case.name, one.finding.status) for one in found.results] == [
            ("All filled", Status.MET),
            ("One falls vacant", Status.NOT_MET),
            ("Nobody counted", Status.UNKNOWN),
        ]
        assert [line for line in found.coverage.missing("open") if NAME in line] == []

    def test_a_case_that_expects_something_else_fails(self, tested):
        """Otherwise a hold that never turns would pass."""
        cases = tested.rules / "cases" / "holds.yaml"
        cases.write_text(CASES.replace("expect: not_met", "expect: met"), encoding="utf-8")

        found = run_cases(str(tested.rules))

        assert [one.ok for one in found.results] == [True, False, True]
        assert not found.ok

    def test_a_hold_without_cases_is_named_by_test_and_by_lint(self, held):
        """A hold that nobody tried may never turn."""
        rules = load_ruleset(held.rules)

        assert untested(rules, load_cases(rules)) == {NAME: (Status.MET, Status.NOT_MET, Status.UNKNOWN)}
        told = lint(held.rules)
        assert f"{NAME} has no case that expects met, not_met, unknown" in told
        assert "4 criteria, 1 standing hold, " in told

    @pytest.mark.parametrize(
        ("old", "new", "code"),
        [
            (f"criterion: {NAME}, name: All", "criterion: operations.desk.hole, name: All", "G136"),
            ("T-0", "T-9", "G126"),
        ],
    )
    def test_a_mistake_in_such_a_case_is_found(self, tested, old, new, code):
        """With the name that is meant."""
        (tested.rules / "cases" / "holds.yaml").write_text(CASES.replace(old, new), encoding="utf-8")

        with pytest.raises(ConfigurationError) as caught:
            load_cases(load_ruleset(tested.rules))

        assert [problem.code for problem in caught.value.problems] == [code]
        if code == "G136":
            assert "operations.desk.hold" in caught.value.problems[0].hint


class TestAsking:
    def test_the_facts_of_a_hold_are_asked_for_before_all_others(self, held):
        """A hold that nobody can answer voids every decision; its fact is the first that is owed."""
        (held.root / "evidence/desk.csv").unlink()
        judged(held, Purpose.PROGRESS)

        found = requests_for(RequestOrder(program=held.root, from_log=True))

        owed = {one.fact: one for each in found.addressees for one in each.facts}
        assert owed["desk.vacant_posts"].for_decision
        assert [criterion.id for criterion in owed["desk.vacant_posts"].criteria] == [NAME]
        assert [each.holds for each in found.addressees][:1] == [1]

    def test_the_message_says_that_a_hold_waits_and_not_that_it_is_advisory(self, held, capfd):
        """Nobody renews evidence for something advisory on a Friday."""
        (held.root / "evidence/desk.csv").unlink()
        judged(held, Purpose.PROGRESS)
        capfd.readouterr()

        assert run(["requests", str(held.root), "--from-log"]) == 0

        told = capfd.readouterr().out
        assert "1 standing hold waits" in told
        assert "standing hold: No post of the service desk falls vacant (operations.desk.hold)" in told
        assert "advisory" not in told

    def test_a_hold_that_is_on_asks_for_work_and_for_no_plan_or_waiver(self, held):
        """Nothing puts a hold off."""
        held.edit("evidence/desk.csv", "D2,filled", "D2,vacant")
        judged(held, Purpose.PROGRESS)

        found = requests_for(RequestOrder(program=held.root, from_log=True))

        assert [work.criterion.id for each in found.addressees for work in each.works] == [NAME]
        assert [paper for each in found.addressees for paper in each.papers] == []
        (counted,) = [count_words(each) for each in found.addressees if each.works]
        assert "1 standing hold that is on" in counted
        assert "failed criterion" not in counted

    def test_evidence_of_a_hold_that_will_be_too_old_is_asked_for_again(self, stated_program):
        """By the hold's own age, although no criterion reads the fact."""
        small = held_program(stated_program, hold=HOLD.replace("max_age: 7d", "max_age: 3d"))
        judged(small, Purpose.PROGRESS)

        found = requests_for(RequestOrder(program=small.root, from_log=True))

        owed = next(one for each in found.addressees for one in each.facts if one.fact == "desk.vacant_posts")
        assert owed.gap is None
        assert owed.stale_at is not None

    def test_page_one_asks_for_what_a_hold_lacks(self, held):
        """A NO-GO because of a hold says whom to ask."""
        (held.root / "evidence/desk.csv").unlink()

        requests = judged(held, Purpose.PROGRESS).decision.requests

        assert NAME in requests[0].closes
        assert "it answers 1 standing hold; it closes 1 mandatory criterion" in requests[0].sentence


class TestExplaining:
    def test_a_hold_and_its_fact_are_explained(self, held):
        """`gonogo explain` is where a red page sends people."""

        def told():
            return " ".join(explain(NAME, program=held.root).split())

        assert "standing hold: what it asks must be met in every run" in told()
        assert "no run of this program is recorded yet" in told()
        judged(held)
        assert " (run " in told()
        assert NAME in explain_facts("desk.vacant_posts", ruleset=str(held.rules))


def test_a_bundle_may_not_be_older_than_a_hold_allows(stated_program):
    """A hold is read as the criteria are: evidence that is too old for it does not count as collected."""
    small = held_program(stated_program, hold=HOLD.replace("max_age: 7d", "max_age: 2d"))
    ruleset = load_ruleset(small.rules).ruleset
    declared = {"desk": ("desk.open_posts", "desk.vacant_posts"), "open": ("desk.open_posts",), "none": ("x.y",)}

    assert age_limits(declared, ruleset) == {"desk": 2 * 86400, "open": 7 * 86400}
