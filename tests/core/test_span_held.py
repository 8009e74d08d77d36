"""Requirements over a span: what the record shows, at each edge, by both evaluators."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gonogo.core.compile import compile_scope
from gonogo.core.find import Trial, find
from gonogo.core.observe import observe
from gonogo.core.scope import scope_of
from gonogo.core.span_held import mandatory_at, open_since, span_outcome
from gonogo.engine import reference
from gonogo.engine.agreement import agree
from gonogo.engine.durable import DurableRules
from gonogo.engine.held_check import held_all_through
from gonogo.language.expression import parse_requirement
from gonogo.model.evidence import Basis, Evidence, EvidenceSet, GapReason, Source
from gonogo.model.fact import FactDeclaration, FactType, Vocabulary
from gonogo.model.finding import Finding, Outcome, Status
from gonogo.model.judgement import Case, Past
from gonogo.model.program import ProgramIdentity, Release
from gonogo.model.ruleset import Criterion, DecisionPolicy, Ruleset, Severity

NOW = datetime(2027, 4, 19, 16, tzinfo=UTC)
IDENTITY = ProgramIdentity(id="h", customer="NIWA", provider="CFSC", time_zone="America/New_York")
RELEASE = Release(id="R1", go_live=NOW + timedelta(days=14))
FACT = FactDeclaration(name="a.flag", type=FactType.BOOLEAN, meaning="m", question="q?")
DAY, SECOND = timedelta(days=1), timedelta(seconds=1)
MET, NOT_MET, UNKNOWN = Outcome.MET, Outcome.NOT_MET, Outcome.UNKNOWN
TRUTH = {MET: True, NOT_MET: False, UNKNOWN: None}


def criterion(**more: object) -> Criterion:
    made = {
        "id": "system.case",
        "title": "Case",
        "statement": "s",
        "why": "w",
        "severity": Severity.CONDITIONAL,
        "require": parse_requirement("a.flag"),
        "max_age_s": 7 * 86400,
        "owner": "customer.pmo_lead",
        "attest": ("customer.pmo_lead",),
        "remedy": "r",
        "source": ("x",),
    }
    return Criterion(**(made | more))


HELD = criterion(held_s=14 * 86400)


def runs(*past: tuple[timedelta, Outcome | None] | tuple[timedelta, Outcome | None, bool]) -> tuple[Past, ...]:
    return tuple(Past(NOW - age, *rest) for age, *rest in past)


def judged(record: tuple[Past, ...], today: bool | None = True, *, durable: bool = False) -> Finding:
    """Judge the criterion that must have been met for 14 days, by both evaluators."""
    policy = DecisionPolicy(milestones=("T-0",))
    ruleset = Ruleset(name="r", version="1", title="t", criteria=(HELD,), policy=policy, material_sha256="0" * 64)
    scope = scope_of(ruleset, IDENTITY, release=RELEASE, now=NOW, record={HELD.id: record})
    entry = Evidence(
        fact="a.flag",
        type=FactType.BOOLEAN,
        unit="",
        value=bool(today),
        as_of=NOW - DAY,
        basis=Basis.MEASURED,
        source=Source(binding="b", locator="x.csv"),
    )
    known = EvidenceSet(evidence=() if today is None else (entry,))
    compiled = compile_scope(scope)
    observations = observe(compiled, scope, known, Vocabulary(facts=(FACT,)))
    judgement = reference.judge(scope, known)
    if durable:
        agree(DurableRules().judge(compiled, observations), judgement)
    return find(Trial(scope, compiled, observations, judgement, known))[0]


WEEKLY = ((14 * DAY, MET), (7 * DAY, MET))


class TestHeld:
    @pytest.mark.parametrize(
        ("record", "status"),
        [
            (WEEKLY, Status.MET),
            (((14 * DAY + SECOND, MET), (7 * DAY + SECOND, MET), (DAY, MET)), Status.MET),
            (((14 * DAY - SECOND, MET), (7 * DAY, MET)), Status.UNKNOWN),  # a second too little history
            (((14 * DAY, MET), (7 * DAY - SECOND, MET)), Status.UNKNOWN),  # a second too long a pause
            (((14 * DAY, MET), (7 * DAY + SECOND, MET)), Status.UNKNOWN),  # the same, up to now
            (((14 * DAY, MET), (7 * DAY, NOT_MET)), Status.NOT_MET),
            (((14 * DAY, NOT_MET), (7 * DAY, MET)), Status.NOT_MET),  # as the span began
            (((15 * DAY, NOT_MET), (14 * DAY, MET), (7 * DAY, MET)), Status.MET),  # before the span
            (((14 * DAY, MET), (7 * DAY, UNKNOWN)), Status.UNKNOWN),
            (((14 * DAY, MET), (7 * DAY, None)), Status.UNKNOWN),  # not due then
            ((), Status.UNKNOWN),
            (((3 * DAY, NOT_MET),), Status.NOT_MET),
        ],
    )
    def test_it_is_met_only_where_the_record_shows_it_all_through(self, record, status):
        """Met today, after a fortnight of failures, is no stable service."""
        finding = judged(runs(*record))

        assert finding.status is status
        assert finding.cause is (GapReason.MISSING if status is Status.UNKNOWN else None)
        assert finding.requirement is MET
        assert finding.came_out is MET

    def test_what_is_not_met_today_is_not_met(self):
        """However long it held before."""
        finding = judged(runs(*WEEKLY), today=False)

        assert (finding.status, finding.came_out) == (Status.NOT_MET, NOT_MET)
        assert "a.flag is false and must be true" in finding.sentence

    @pytest.mark.parametrize(
        ("record", "today", "words"),
        [
            ((), True, "Unknown: met today, but it must have been met for 14 days, and no earlier run recorded it."),
            (((DAY, MET),), True, "Unknown: met today, but it must have been met for 14 days, and the record of it "
             "begins on 2027-04-18."),
            (((14 * DAY, MET), (2 * DAY, NOT_MET)), True, "Not met: met today, but it must have been met for 14 days, "
             "and the run of 2027-04-17 found it not met."),
            (((14 * DAY, MET), (6 * DAY, MET)), True, "Unknown: met today, but it must have been met for 14 days, and "
             "no run looked at it from 2027-04-05 to 2027-04-13."),
            (((2 * DAY, NOT_MET),), None, "Not met: it must have been met for 14 days, and the run of 2027-04-17 found "
             "it not met."),
        ],
    )  # fmt: skip
    def test_the_sentence_says_what_the_record_lacks(self, record, today, words):
        """Who reads *unknown* must see that waiting helps, or running more often."""
        assert judged(runs(*record), today).sentence == words

    @pytest.mark.parametrize("record", [WEEKLY, (), ((DAY, NOT_MET),)])
    def test_the_rule_engine_comes_to_the_same(self, record):
        """What the record says is one more leaf for it."""
        judged(runs(*record), durable=True)

    @given(
        st.lists(
            st.tuples(
                st.one_of(st.sampled_from([0, 7, 14]).map(lambda days: days * 86400), st.integers(-86400, 30 * 86400)),
                st.sampled_from([(MET, False), (MET, False), (MET, True), (NOT_MET, False), (UNKNOWN, False),
                                 (None, False)]),
            ),
            max_size=6,
        ),
        st.booleans(),
    )  # fmt: skip
    def test_both_evaluators_read_the_record_alike(self, record, accepting):
        """One sorts the runs and looks for faults; the other walks back from today."""
        past = runs(*((timedelta(seconds=age), *how) for age, how in record))
        case = Case(HELD, {}, record=past)

        assert TRUTH[span_outcome(case, NOW, accepting=accepting)] is held_all_through(case, NOW, accepting=accepting)

    @pytest.mark.parametrize(
        ("age", "plain", "accepted"),
        [
            (14 * DAY - SECOND, NOT_MET, MET),
            (14 * DAY, NOT_MET, MET),  # it stands for the time from there on
            (14 * DAY + SECOND, MET, MET),  # the run at 14 days stands for the beginning
        ],
    )
    def test_a_run_that_was_met_on_acceptance_alone_is_never_plainly_met(self, age, plain, accepted):
        """Otherwise what people accepted for a fortnight would read as a fortnight without a fault."""
        whole = [] if age == 14 * DAY else [(14 * DAY, MET)]
        case = Case(HELD, {}, record=runs(*whole, (age, MET, True), (7 * DAY, MET)))

        for accepting, outcome in ((False, plain), (True, accepted)):
            assert span_outcome(case, NOW, accepting=accepting) is outcome
            assert held_all_through(case, NOW, accepting=accepting) is TRUTH[outcome]
        if plain is NOT_MET:
            day = f"{NOW - age:%Y-%m-%d}"
            assert judged(case.record, durable=True).sentence == (
                "Not met: met today, but it must have been met for 14 days, and in the run of "
                f"{day} it was met only on acceptance."
            )

    def test_a_case_of_a_ruleset_has_no_record_and_is_one_day(self):
        """A worked example says what a requirement means, not for how long it was so."""
        assert span_outcome(Case(HELD, {}, record=None), NOW) is MET


class TestOpenFor:
    @pytest.mark.parametrize(
        ("record", "since"),
        [
            ((), timedelta(0)),
            (((14 * DAY, NOT_MET), (DAY, UNKNOWN)), 14 * DAY),
            (((14 * DAY, NOT_MET), (3 * DAY, MET), (DAY, NOT_MET)), DAY),
            (((14 * DAY, NOT_MET), (3 * DAY, None), (DAY, NOT_MET)), DAY),
            (((40 * DAY, NOT_MET),), 40 * DAY),  # a long pause is no answer
        ],
    )
    def test_it_is_open_since_the_first_of_the_runs_that_all_found_it_open(self, record, since):
        """One run in which it was met begins the count anew."""
        case = Case(criterion(open_for_s=14 * 86400), {}, record=runs(*record))

        assert open_since(case, NOW) == NOW - since
        assert mandatory_at(case, NOW) == NOW - since + 14 * DAY

    @given(
        st.lists(
            st.tuples(st.integers(-86400, 30 * 86400), st.sampled_from([NOT_MET, NOT_MET, UNKNOWN, MET, None])),
            max_size=6,
            unique_by=lambda run: run[0],
        )
    )
    def test_it_is_the_longest_time_in_which_every_run_found_it_open(self, record):
        """Whatever the order in which the runs are handed over."""
        ages = [0, *(age for age, _ in record if age >= 0)]
        fitting = [age for age in ages if all(out in (NOT_MET, UNKNOWN) for at, out in record if 0 <= at <= age)]
        past = runs(*((timedelta(seconds=age), outcome) for age, outcome in record))

        for order in (past, past[::-1]):
            case = Case(criterion(open_for_s=86400), {}, record=order)
            assert NOW - open_since(case, NOW) == timedelta(seconds=max(fitting, default=0))
