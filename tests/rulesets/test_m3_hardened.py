"""The shipped ruleset m3-hardened: experimental, complete, judgeable, without the weaknesses it was made to avoid."""

from __future__ import annotations

import re
import sys
from collections import Counter
from pathlib import Path
from typing import Final

import pytest

from gonogo.language.requirement import Comparison, FactRef, Number, ParameterRef, walk
from gonogo.model.fact import Bound, FactType
from gonogo.model.finding import Status
from gonogo.model.people import M3_ROLES, Sides
from gonogo.model.ruleset import ApprovalRule, Criterion, Domain, Severity, days_before
from gonogo.ruleset.case_files import load_cases, untested
from gonogo.ruleset.loader import load_ruleset

ROOT: Final = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tools"))

from crosswalk import ACTIVITIES, ROWS, crosswalk, lines, numbers  # noqa: E402  # tools is no package

FOLDER: Final = ROOT / "rulesets" / "m3-hardened"
LOADED: Final = load_ruleset(FOLDER)
BASELINE: Final = load_ruleset(ROOT / "rulesets" / "m3-baseline")
CASES: Final = load_cases(LOADED)
CRITERIA: Final = LOADED.ruleset.criteria
README: Final = " ".join((FOLDER / "README.md").read_text("utf-8").split())

SPONSORS: Final = ("customer.executive_sponsor", "provider.executive_sponsor")
BUSINESS: Final = ("customer.business_owner", "customer.risk_manager")
MANAGERS: Final = ("customer.program_manager", "provider.program_manager")
UNIT_HEAD: Final = ("customer.executive_sponsor", "customer.unit_head")
UNWAIVABLE: Final = {
    "program.criteria.baselined",
    "program.criteria.change_control",
    "program.waivers.bounded",
    "program.acceptances.bounded",
    "system.security.ato",
    "system.privacy.pia_sorn",
    "workforce.labor.employee_notices",
}
OPEN_FACTS: Final = {name for register in LOADED.vocabulary.registers or () for name in register.computed}
OWN_RECORD: Final = ("criteria.", "waivers.", "acceptances.", "record.")
COUNTS: Final = {
    "approach.open_material_changes",
    "criteria.signatures",
    "defects.high_open",
    "ivv.critical_findings_open",
    "incidents.p2_open",
    "ims.weekly_updates_missed_90d",
    "raid.critical_issues_open",
    "reports.gtas_edit_failures",
    "waivers.active",
    "acceptances.criteria_resting",
    "record.open_28d",
    "acceptances.most_by_one_hand",
    "keyroles.acting_or_vacant",
    "date.moves",
    "wave.concurrent_sites",
}
"""Facts counted without a whole whose limit is above zero: what they count does not grow with the program."""
SETTLED: Final = (
    "demand.forced_day_one",
    "date.backed_by_estimate",
    "date.moves",
    "warnings.unanswered",
    "status.mismatches_uncorrected",
    "pilot.targets_missed",
    "pilot.shortfall_retried",
    "test.time_cut",
    "attack.entry_tested",
    "attack.overload_tested",
    "close.required",
    "partners.confirmed_ratio",
    "partners.codes_active_ratio",
    "partners.used_new_way_ratio",
    "peak.days_to_next",
    "peak.days_to_settle",
    "waiting.days_to_next_window",
    "fallback.dismantled_early",
    "decision.affected_unseated",
    "track.live_elsewhere",
)
"""Facts whose question careful readers answered differently before it had an example."""


class TestWhatItIs:
    def test_every_report_made_with_it_says_that_it_is_experimental(self):
        """Nobody has yet decided with these limits; a reader of a report has to know that."""
        assert "EXPERIMENTAL" in LOADED.ruleset.title
        assert LOADED.ruleset.version.endswith("-experimental")  # page one names the version
        assert README.startswith(f"# m3-hardened {LOADED.ruleset.version} ")

    def test_the_readme_counts_right(self):
        """The counts are the first thing that a reviewer checks."""
        by = Counter(criterion.severity for criterion in CRITERIA)
        said = re.search(r"has ([0-9]+) criteria: ([0-9]+) mandatory, ([0-9]+) conditional, ([0-9]+) advisory", README)

        assert said is not None
        assert [int(number) for number in said.groups()] == [len(CRITERIA), *(by[severity] for severity in Severity)]
        assert len(CRITERIA) == 139

    def test_too_many_open_criteria_are_a_no_go(self):
        """Ten small things that are each acceptable can be a program that does not work."""
        policy = LOADED.ruleset.policy

        assert (policy.rule, policy.cap_domain, policy.cap_total) == (ApprovalRule.CAPS, 3, 8)
        assert policy.max_waiver_days == 90

    def test_each_citation_says_how_far_it_was_read(self):
        """A reader who trusts a citation that nobody read is misled."""
        bases = {text.rpartition("[")[2] for text in LOADED.ruleset.sources.values()}

        assert bases == {
            "read]",
            "read in excerpt]",
            "read in part]",
            "read in a secondary account]",
            "from general knowledge, not yet checked]",
            "title only; not yet read]",
            "design judgement]",
        }

    @pytest.mark.parametrize("milestone", LOADED.ruleset.policy.milestones)
    @pytest.mark.parametrize("domain", Domain)
    def test_every_domain_has_something_mandatory_from_the_first_milestone_on(self, domain, milestone):
        """A domain in which nothing mandatory is judged makes every verdict NO-GO."""
        assert [
            criterion.id
            for criterion in CRITERIA
            if criterion.domain is domain
            and criterion.severity is Severity.MANDATORY
            and criterion.not_applicable_when is None
            and (criterion.due_from is None or days_before(criterion.due_from) >= days_before(milestone))
        ]


class TestSeats:
    def test_every_seat_exists(self):
        """A criterion of a seat that nobody can hold would never be attested or waived."""
        seats = {*M3_ROLES, *LOADED.ruleset.offices}

        assert {seat for c in CRITERIA for seat in (c.owner, *c.attest, *c.waivable_by)} <= seats

    def test_the_provider_alone_attests_nothing(self):
        """TSB relied on its supplier's word."""
        alone = [c.id for c in CRITERIA if not any(seat.startswith("customer.") for seat in c.attest)]

        assert alone == []

    def test_who_may_waive_follows_the_severity(self):
        """Sponsors answer for what blocks, the business owner and the risk manager for what needs a plan."""
        allowed = {
            Severity.MANDATORY: {(SPONSORS, None)},
            Severity.CONDITIONAL: {(BUSINESS, Sides.ONE), (UNIT_HEAD, Sides.ONE)},
            Severity.ADVISORY: {(MANAGERS, None)},
        }
        wrong = [c.id for c in CRITERIA if c.waivable_by and (c.waivable_by, c.sides) not in allowed[c.severity]]

        assert wrong == []
        assert {c.id for c in CRITERIA if not c.waivable_by} == UNWAIVABLE

    def test_the_authorizing_and_the_privacy_official_state_their_own_facts(self):
        """Nobody else may say that an authorization is signed."""
        attest = {c.id: c.attest for c in CRITERIA}

        assert attest["system.security.ato"] == ("customer.authorizing_official",)
        assert "customer.authorizing_official" in attest["system.security.poam"]
        assert "customer.privacy_official" in attest["system.privacy.pia_sorn"]


class TestLimits:
    def test_ladders_only_become_stricter(self):
        """What was enough at T-14 must not be a surplus at T-0; a reader expects the bar to rise."""
        for criterion in CRITERIA:
            for parameter in criterion.parameters:
                values = [rung.value.value for rung in parameter.ladder]
                falls = parameter.name.startswith(("max_", "most_"))
                rises = parameter.name.startswith(("min_", "floor_", "barrier_"))
                if parameter.name == "min_golive_float_days":  # less time is left, so less float is needed
                    continue
                assert values == sorted(values, reverse=falls), f"{criterion.id}: {parameter.name}"
                assert falls or rises or not values, f"{criterion.id}: {parameter.name}"

    def test_a_limit_that_must_grow_with_the_program_is_a_share(self):
        """Five open items are many in a small program and none in a large one."""
        bare = {
            node.left.name
            for criterion in CRITERIA
            for node in walk(criterion.require.tree)
            if isinstance(node, Comparison)
            and node.operator in ("<=", "<")
            and isinstance(node.left, FactRef)
            and isinstance(node.right, ParameterRef)
            and LOADED.vocabulary[node.left.name].type is FactType.INTEGER
            and not LOADED.vocabulary[node.left.name].unit.endswith("days")
            and last(criterion, node.right.name) > 0
        }

        assert bare - {"om_gov.first_meeting_days_after_golive"} <= COUNTS

    def test_two_waves_are_no_phasing(self):
        """A plan of a small first wave and one that moves everybody else is a single event with a prelude."""
        phasing = LOADED.ruleset.get("program.approach.phasing")

        assert phasing is not None
        assert "phasing.waves" not in phasing.facts
        assert last(phasing, "max_largest_wave") < 0.5

    def test_no_age_is_asked_twice(self):
        """One and the same age as a fact and as `max_age` gives two answers to one question."""
        ages = {fact for c in CRITERIA for fact in c.facts if fact.endswith("age_days")}

        assert ages == {"ivv.opinion_age_days"}

    def test_the_record_states_its_own_facts(self):
        """What the record knows, no person may state."""
        makers = {c.id: c.evidence_producer for c in CRITERIA if any(f.startswith(OWN_RECORD) for f in c.require.facts)}

        assert len(makers) == 6
        assert {maker.partition(",")[0] for maker in makers.values()} == {"gonogo"}


class TestVocabulary:
    def test_what_the_baseline_asks_too_means_the_same(self):
        """Evidence that was collected for one ruleset serves both."""
        assert [fact for fact in BASELINE.vocabulary.facts if LOADED.vocabulary.get(fact.name) != fact] == []

    def test_every_fact_can_be_asked_of_a_person(self):
        """Where no system answers, somebody reads this question aloud."""
        wrong = [
            fact.name
            for fact in LOADED.vocabulary.facts
            if not re.match(r"[A-Z][^?]*[a-z0-9%]\?", fact.question) or not fact.meaning.endswith(".")
        ]

        assert {name for name in wrong if not is_computed(name)} == set()

    def test_what_gonogo_computes_asks_nobody(self):
        """A person who may state how much is accepted can talk it down."""
        computed = {fact.name: fact.question for fact in LOADED.vocabulary.facts if is_computed(fact.name)}

        assert {question.partition(";")[0] for question in computed.values()} == {"Nobody is asked"}
        assert len(computed) == len(OPEN_FACTS) + 17

    @pytest.mark.parametrize("name", SETTLED)
    def test_a_question_that_was_answered_in_two_ways_has_an_example(self, name):
        """Two careful readers have to give one answer."""
        assert re.search(r"\? [A-Z].+\.$", LOADED.vocabulary[name].question)

    def test_counts_cannot_be_negative(self):
        """A count below zero is a mistake of the source, and would pass every upper limit."""
        counts = [f for f in LOADED.vocabulary.facts if f.type is FactType.INTEGER and f.unit != "calendar days"]

        assert [fact.name for fact in counts if fact.min is None or fact.min < 0] == []

    def test_results_of_the_build_are_bound_to_it(self):
        """A test of yesterday's build proves nothing about the one that goes live."""
        loose = [
            fact.name
            for fact in LOADED.vocabulary.facts
            if fact.name.startswith(("sit.", "regression.", "scan.")) and fact.bound is not Bound.BUILD
        ]

        assert loose == []


class TestCases:
    def test_every_criterion_has_a_met_a_not_met_and_an_unknown_case(self):
        """A criterion without examples is an opinion."""
        assert untested(LOADED, CASES) == {}

    def test_every_exemption_has_a_case_and_a_line_in_the_readme(self):
        """An exemption that nobody tried may exempt too much."""
        exempt = {criterion.id for criterion in CRITERIA if criterion.not_applicable_when is not None}
        listed = set(re.findall(r"\| `([a-z_.0-9]+)` \|", README.partition("## When a criterion does not apply")[2]))

        assert {case.criterion for case in CASES if case.expect is Status.NOT_APPLICABLE} == exempt == listed


class TestCrosswalk:
    def test_it_names_each_criterion_once_and_nothing_else(self):
        """A criterion without an origin in M3 would hang in the air."""
        found = lines()

        assert list(found) == [criterion.id for criterion in CRITERIA]
        assert all(line.activities and line.rows for line in found.values())
        assert {key for line in found.values() for key in line.activities} == set(ACTIVITIES)
        assert {key for line in found.values() for key in line.rows} == set(ROWS)

    def test_each_question_of_the_baseline_is_answered(self):
        """A program that asks these criteria asks all that M3 asks."""
        asked = {number for criterion in CRITERIA for number in numbers(criterion)}

        assert asked == {criterion.m3_ref for criterion in BASELINE.ruleset.criteria}

    def test_the_page_is_current(self):
        """Run `make docs` when this fails."""
        assert (ROOT / "docs/reference/crosswalk.md").read_text("utf-8") == crosswalk()


class TestRegisters:
    def test_every_register_has_its_criterion_and_its_floor(self):
        """A register that no criterion reads lets people accept what nobody asks about."""
        readers = {
            register.id: [c.id for c in CRITERIA if register.open_unaccepted in c.facts and register.fact in c.facts]
            for register in LOADED.vocabulary.registers or ()
        }

        assert len(readers) == 13
        assert {len(ids) for ids in readers.values()} == {1}

    def test_no_binding_chooses_which_word_closes_a_test_an_interface_or_a_report(self):
        """A program that counts *waived* as passed has nothing open."""
        closed = {register.id: register.closed for register in LOADED.vocabulary.registers or () if register.closed}

        assert set(closed) == {"integration_tests", "acceptance_tests", "interfaces", "reports"}
        assert {word for words in closed.values() for word in words or ()} == {"passed", "pass", "validated"}

    def test_the_supplier_the_manager_and_the_sponsor_accept_nothing(self):
        """Who decides on the date, or delivers, does not bear the consequence of one item."""
        seats = {seat for register in LOADED.vocabulary.registers or () for seat in register.accept}

        assert {seat.partition(".")[0] for seat in seats} == {"customer"}
        assert not {"customer.program_manager", "customer.executive_sponsor"} & seats


def is_computed(name: str) -> bool:
    """Whether gonogo answers a fact itself."""
    return LOADED.vocabulary.computed(name)


def last(criterion: Criterion, name: str) -> float:
    """Return the value of a parameter at T-0."""
    value = criterion.parameter[name].at(0)
    assert isinstance(value, Number)
    return float(value.value)
