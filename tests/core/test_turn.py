"""When time alone changes a status: `valid until` must know, to the microsecond, and never promise more."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gonogo.core.compile import compile_scope
from gonogo.core.decide import decide
from gonogo.core.find import Trial, find
from gonogo.core.observe import observe, outcome
from gonogo.core.scope import scope_of
from gonogo.core.turn import LAST
from gonogo.core.waive import WaiverStanding
from gonogo.engine import reference
from gonogo.language.expression import parse_requirement
from gonogo.language.requirement import Duration, Span
from gonogo.model.evidence import Basis, Evidence, EvidenceSet, Source
from gonogo.model.fact import FactType, Vocabulary
from gonogo.model.finding import Finding, Status
from gonogo.model.people import PeopleRegister
from gonogo.model.program import ProgramIdentity, Release
from gonogo.model.ruleset import Criterion, DecisionPolicy, Parameter, Ruleset, Rung, Severity

NOW = datetime(2027, 4, 19, 16, tzinfo=UTC)
GO_LIVE = datetime(2027, 5, 3, 10, tzinfo=UTC)
TICK = timedelta(microseconds=1)
DAY = timedelta(days=1)
MET, NOT_MET, UNKNOWN = Status.MET, Status.NOT_MET, Status.UNKNOWN
IDENTITY = ProgramIdentity(id="h", customer="NIWA", provider="CFSC", time_zone="America/New_York")
RELEASE = Release(id="R1", go_live=GO_LIVE)
POLICY = DecisionPolicy(milestones=("T-30", "T-5", "T-0"))
LADDER = Parameter(
    name="ahead",
    ladder=tuple(
        Rung(milestone=name, value=Duration(Fraction(seconds), Span(0, 0)))
        for name, seconds in (("T-30", 7 * 86400), ("T-5", 3600))
    ),
)


def criterion(require: str, exempt: str = "", parameters: tuple[Parameter, ...] = ()) -> Criterion:
    return Criterion(
        id="system.case", title="Case", statement="s", why="w", severity=Severity.MANDATORY,
        require=parse_requirement(require), not_applicable_when=parse_requirement(exempt) if exempt else None,
        parameters=parameters, max_age_s=400 * 86400, owner="customer.pmo_lead", attest=("customer.pmo_lead",),
        remedy="r", source=("x",),
    )  # fmt: skip


def evidence(fact: str, value: object, *others: object) -> Evidence:
    kind = {datetime: FactType.INSTANT, bool: FactType.BOOLEAN, int: FactType.INTEGER}[type(value)]
    made = [
        Evidence(
            fact=fact, type=kind, unit="items" if kind is FactType.INTEGER else "", value=each, as_of=NOW,
            basis=Basis.MEASURED, source=Source(binding=f"b{number}", locator="x.csv"),
        )
        for number, each in enumerate((value, *others))
    ]  # fmt: skip
    return made[0].model_copy(update={"agreeing": tuple(made[1:])}) if others else made[0]


def judged(asked: Criterion, known: EvidenceSet, now: datetime = NOW) -> Finding:
    ruleset = Ruleset(name="r", version="1", title="t", criteria=(asked,), policy=POLICY, material_sha256="0" * 64)
    scope = scope_of(ruleset, IDENTITY, release=RELEASE, now=now)
    compiled = compile_scope(scope)
    observations = observe(compiled, scope, known, Vocabulary(facts=()))
    found = reference.judge(scope, known)
    seen = zip(compiled.leaves, observations, strict=True)
    assert {leaf.id: outcome(leaf.operator, each) for leaf, each in seen} == found.leaves
    return find(Trial(scope, compiled, observations, found, known))[0]


CASES = [
    # requirement, value of a.when, exemption, status now, the moment at which it is another one, and which
    ("a.when - now >= 7d", NOW + 9 * DAY, "", MET, NOW + 2 * DAY + TICK, NOT_MET),
    ("a.when - now > 7d", NOW + 9 * DAY, "", MET, NOW + 2 * DAY, NOT_MET),
    ("now < a.when", NOW + DAY, "", MET, NOW + DAY, NOT_MET),
    ("now <= a.when", NOW + DAY, "", MET, NOW + DAY + TICK, NOT_MET),
    ("now != a.when", NOW + DAY, "", MET, NOW + DAY, NOT_MET),
    ("now == a.when", NOW, "", MET, NOW + TICK, NOT_MET),
    ("now == a.when", NOW + DAY, "", NOT_MET, NOW + DAY, MET),
    ("now - a.when <= 5d", NOW - DAY, "", MET, NOW + 4 * DAY + TICK, NOT_MET),
    ("not (now - a.when > 5d)", NOW - DAY, "", MET, NOW + 4 * DAY + TICK, NOT_MET),
    ("now - a.when <= 5d and a.flag", NOW - DAY, "", MET, NOW + 4 * DAY + TICK, NOT_MET),
    ("now - a.when <= 5d or now > a.when + 9d", NOW - DAY, "", MET, NOW + 4 * DAY + TICK, NOT_MET),
    ("now - a.when > 5d", NOW - DAY, "", NOT_MET, NOW + 4 * DAY + TICK, MET),
    ("-(a.when - now) < -7d", NOW + 9 * DAY, "", MET, NOW + 2 * DAY, NOT_MET),
    ("(a.when - now) * a.two >= 7d", NOW + 9 * DAY, "", MET, NOW + 11 * DAY / 2 + TICK, NOT_MET),
    ("(a.when - now) / 1d in [9, 8]", NOW + 9 * DAY, "", MET, NOW + TICK, NOT_MET),
    ("1d / (a.when - now) <= 1", NOW + 9 * DAY, "", MET, NOW + 8 * DAY + TICK, NOT_MET),
    ("1d / (a.when - now) > -1", NOW + 9 * DAY, "", MET, NOW + 9 * DAY, UNKNOWN),
    ("(now - a.when) / 1d * ((now - a.when) / 1d) <= 4", NOW - DAY, "", MET, NOW + DAY + TICK, NOT_MET),
    ("(now - a.when) / 1d * ((now - a.when) / 1d) < 4", NOW - DAY, "", MET, NOW + DAY, NOT_MET),
    ("(a.when - now) / 1d * ((now - a.when) / 1d) >= -4", NOW + DAY, "", MET, NOW + 3 * DAY + TICK, NOT_MET),
    ("not a.flag", NOW + DAY, "now < a.when", Status.NOT_APPLICABLE, NOW + DAY, NOT_MET),
    ("a.none and now < a.when", NOW + DAY, "", UNKNOWN, NOW + DAY, NOT_MET),
    ("a.none or now < a.when", NOW + DAY, "", MET, NOW + DAY, UNKNOWN),
    ("not (a.none or now < a.when)", NOW + DAY, "", NOT_MET, NOW + DAY, UNKNOWN),
    ("a.flag", NOW + DAY, "now >= a.when", MET, NOW + DAY, Status.NOT_APPLICABLE),
    ("a.when + 1d / 7 > now", NOW, "", MET, NOW + timedelta(microseconds=12342857143), NOT_MET),
]  # fmt: skip


@pytest.mark.parametrize(("require", "when", "exempt", "before", "turn", "after"), CASES)
def test_a_status_turns_at_the_moment_that_is_said(require, when, exempt, before, turn, after):
    """One microsecond earlier it is what was decided on, from then on it is not."""
    asked = criterion(require, exempt)
    known = EvidenceSet(evidence=(evidence("a.when", when), evidence("a.flag", True), evidence("a.two", 2)))

    finding = judged(asked, known)

    assert (finding.status, finding.turns_at) == (before, turn)
    assert [judged(asked, known, moment).status for moment in (turn - TICK, turn)] == [before, after]


@pytest.mark.parametrize(
    ("require", "exempt"),
    [
        ("a.flag", ""),
        ("a.when > go_live - 30d", ""),
        ("now > a.when", ""),
        ("a.flag or now < a.when + 9d", ""),
        ("now - now == 0d", ""),
        ("now < a.none", ""),
        ("a.flag", "now < a.when"),
        ("a.flag and now < a.when + 999999d + 999999d + 999999d", ""),
        ("now - a.when > 0d * a.none", ""),
    ],
)
def test_what_time_cannot_change_does_not_turn(require, exempt):
    """A day that does not matter would be asked about: what is settled, unknown or beyond the calendar has none."""
    known = EvidenceSet(evidence=(evidence("a.when", NOW - DAY), evidence("a.flag", True)))

    assert judged(criterion(require, exempt), known).turns_at is None


@pytest.mark.parametrize(("require", "turn"), [("now < a.when", LAST), ("now <= a.when", None)])
def test_the_last_moment_of_the_calendar_is_one(require, turn):
    """Some systems write "never" as the end of the year 9999; no moment comes after it."""
    known = EvidenceSet(evidence=(evidence("a.when", LAST),))

    assert judged(criterion(require), known).turns_at == turn


def test_of_several_values_the_first_that_turns_counts():
    """With 9 and 8 to go, more than 7.5 holds for half a day and not for one and a half."""
    known = EvidenceSet(evidence=(evidence("a.count", 9, 8), evidence("a.when", NOW)))

    finding = judged(criterion("a.count - (now - a.when) / 1d > 7.5"), known)

    assert (finding.status, finding.turns_at) == (MET, NOW + DAY / 2)


def test_a_threshold_that_changes_is_told_by_its_milestone():
    """The turn is calculated by the threshold in force; the day on which it changes ends the validity by itself."""
    known = EvidenceSet(evidence=(evidence("a.when", NOW + 8 * DAY),))
    asked = criterion("a.when - now >= ahead", parameters=(LADDER,))

    assert judged(asked, known).turns_at == NOW + DAY + TICK


def test_the_decision_is_valid_until_the_first_turn():
    """`valid until` stands on page one; a sponsor who signs a day later signs something else."""
    known = EvidenceSet(evidence=(evidence("a.when", NOW + 9 * DAY),))
    finding = judged(criterion("a.when - now >= 7d"), known)
    standing = WaiverStanding(identity=IDENTITY, release=RELEASE, now=NOW, people=PeopleRegister(), waivable={})

    decision = decide([finding], policy=POLICY, standing=standing)

    assert decision.valid_until == NOW + 2 * DAY + TICK


DURATIONS = st.sampled_from(["0d", "1d", "36h", "7d", "(1d / 3)", "(now - a.one)", "(a.two - now)", "(a.few * 1d)"])
SHARES = st.sampled_from(["0", "1", "2.5", "a.few", "((now - a.one) / 1d)", "(1d / (a.two - now))", "(a.few / a.none)"])
MOMENTS = st.sampled_from(["now", "go_live", "a.one", "a.two", "(now + 2d)", "(a.one + 3d)", "(a.two - a.few * 1d)"])
OPERATORS = st.sampled_from(["<", "<=", ">", ">=", "==", "!="])
COMPARED = st.one_of(
    st.builds("{} {} {}".format, MOMENTS, OPERATORS, MOMENTS),
    st.builds("{} - {} {} {}".format, MOMENTS, MOMENTS, OPERATORS, DURATIONS),
    st.builds("{} * {} {} {}".format, DURATIONS, SHARES, OPERATORS, DURATIONS),
    st.builds("{} * {} {} {}".format, SHARES, SHARES, OPERATORS, SHARES),
    st.builds("{} {} [{}, {}]".format, SHARES, st.sampled_from(["in", "not in"]), SHARES, SHARES),
)
CONDITIONS = st.recursive(
    COMPARED,
    lambda inner: st.one_of(
        st.builds("not ({})".format, inner),
        st.builds("({}) and ({})".format, inner, inner),
        st.builds("({}) or ({})".format, inner, inner),
    ),
    max_leaves=4,
)
STEPS = st.integers(-9 * 86400, 9 * 86400).map(lambda seconds: NOW + timedelta(seconds=seconds, microseconds=seconds))


@settings(max_examples=150, deadline=None)
@given(
    require=CONDITIONS,
    exempt=st.one_of(st.just(""), COMPARED),
    one=STEPS,
    two=STEPS,
    few=st.lists(st.integers(-2, 4), min_size=1, max_size=3),
    shares=st.lists(st.fractions(0, 1), min_size=1, max_size=4),
)
def test_before_the_turn_nothing_turns(require, exempt, one, two, few, shares):
    """Whatever the requirement: judged at any moment before, with the same evidence, it stands as it stood."""
    asked = criterion(require, exempt)
    known = EvidenceSet(evidence=(evidence("a.one", one), evidence("a.two", two), evidence("a.few", *few)))
    finding = judged(asked, known)
    end = finding.turns_at or NOW + 30 * DAY

    assert end > NOW
    moments = [NOW + TICK, end - TICK, *(NOW + (end - TICK - NOW) * float(share) for share in shares)]
    assert {judged(asked, known, moment).status for moment in moments if NOW <= moment < end} <= {finding.status}
