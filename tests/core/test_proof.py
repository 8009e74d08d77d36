"""What a sample proves: the exact binomial test, by both evaluators, at and beside each threshold."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise
from math import comb

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gonogo.core.compile import compile_scope
from gonogo.core.find import Trial, find
from gonogo.core.observe import observe, outcome
from gonogo.core.proof import bound_shown, tail
from gonogo.core.scope import scope_of
from gonogo.engine import reference
from gonogo.engine.agreement import agree
from gonogo.engine.durable import DurableRules
from gonogo.language.expression import parse_requirement
from gonogo.model.evidence import Basis, Evidence, EvidenceSet, Source, quotient_text
from gonogo.model.fact import FactDeclaration, FactType, Vocabulary
from gonogo.model.finding import Finding, Status
from gonogo.model.judgement import MAX_SAMPLE, Scope
from gonogo.model.program import ProgramIdentity, Release
from gonogo.model.ruleset import Criterion, DecisionPolicy, Ruleset, Severity

NOW = datetime(2027, 4, 19, 16, tzinfo=UTC)
IDENTITY = ProgramIdentity(id="h", customer="NIWA", provider="CFSC", time_zone="America/New_York")
RELEASE = Release(id="R1", go_live=NOW + timedelta(days=14))
FACT = FactDeclaration(name="a.share", type=FactType.RATIO, meaning="m", question="q?", sample=True)
Counts = tuple[int | None, int | None]


def share(part: int | None, whole: int | None) -> Evidence:
    value = Decimal(quotient_text(part, whole)) if part is not None and whole is not None else Decimal("0.94")
    return Evidence(
        fact="a.share",
        type=FactType.RATIO,
        unit="",
        value=value,
        part=part,
        whole=whole,
        as_of=NOW - timedelta(days=1),
        basis=Basis.MEASURED,
        source=Source(binding="b", locator="x.csv"),
    )


def asked(require: str) -> Scope:
    made = Criterion(
        id="system.case",
        title="Case",
        statement="s",
        why="w",
        severity=Severity.MANDATORY,
        require=parse_requirement(require),
        max_age_s=7 * 86400,
        owner="customer.pmo_lead",
        attest=("customer.pmo_lead",),
        remedy="r",
        source=("x",),
    )
    policy = DecisionPolicy(milestones=("T-30", "T-0"))
    ruleset = Ruleset(name="r", version="1", title="t", criteria=(made,), policy=policy, material_sha256="0" * 64)
    return scope_of(ruleset, IDENTITY, release=RELEASE, now=NOW)


def judged(require: str, first: Counts, *others: Counts, durable: bool = False) -> Finding:
    """Judge one criterion by both ways of reckoning, which must agree on every comparison."""
    scope = asked(require)
    entry = share(*first)
    if others:
        entry = entry.model_copy(update={"agreeing": tuple(share(*each) for each in others)})
    known = EvidenceSet(evidence=(entry,))
    compiled = compile_scope(scope)
    observations = observe(compiled, scope, known, Vocabulary(facts=(FACT,)))
    found = reference.judge(scope, known)
    seen = zip(compiled.leaves, observations, strict=True)
    assert {leaf.id: outcome(leaf.operator, each) for leaf, each in seen} == found.leaves
    if durable:
        agree(DurableRules().judge(compiled, observations), found)
    return find(Trial(scope, compiled, observations, found, known))[0]


class TestProof:
    @pytest.mark.parametrize(
        ("part", "whole", "status"),
        [
            (47, 50, Status.NOT_MET),  # 94%, and proves 85.2%
            (48, 50, Status.NOT_MET),
            (49, 50, Status.MET),
            (50, 50, Status.MET),
            (28, 28, Status.NOT_MET),  # 0.9 ** 28 is 5.23%
            (29, 29, Status.MET),  # 0.9 ** 29 is 4.71%
            (0, 50, Status.NOT_MET),
        ],
    )
    def test_a_sample_proves_less_than_its_share(self, part, whole, status):
        """47 of 50 reads like 94%, and would turn up in one of four samples of a payroll that is 90% right."""
        finding = judged("lower(a.share, 95%) >= 90%", (part, whole))

        assert finding.status is status

    def test_the_sentence_says_what_was_proved_and_by_how_many(self):
        """A sponsor who reads 94% needs to see why it is not enough."""
        finding = judged("lower(a.share, 95%) >= 90%", (47, 50))

        assert "lower(a.share, 95%) is 85.2% from 47 of 50 (at least 90% needed)" in finding.sentence
        assert finding.comparisons[0].margin == ""

    @pytest.mark.parametrize(
        ("operator", "flipped", "met"), [(">=", "<=", True), (">", "<", False)], ids=["at least", "more than"]
    )
    def test_a_doubt_that_is_just_what_is_allowed_proves_at_least_and_not_more(self, operator, flipped, met):
        """One good one of one, a share of a half, a confidence of a half: the tail is exactly the doubt."""
        status = Status.MET if met else Status.NOT_MET

        assert tail(1, 1, Fraction(1, 2)) == Fraction(1, 2)
        assert judged(f"lower(a.share, 50%) {operator} 50%", (1, 1)).status is status
        assert judged(f"50% {flipped} lower(a.share, 50%)", (1, 1)).status is status
        assert judged(f"lower(a.share, 50%) {operator} 49.999999%", (1, 1)).status is Status.MET
        assert judged(f"lower(a.share, 50%) {operator} 50.000001%", (1, 1)).status is Status.NOT_MET

    @pytest.mark.parametrize(
        ("require", "counts", "status"),
        [
            ("lower(a.share, 95%) >= 0%", (0, 3), Status.MET),
            ("lower(a.share, 95%) > 0%", (0, 3), Status.NOT_MET),
            ("lower(a.share, 95%) > 0%", (1, 3), Status.MET),
            ("lower(a.share, 95%) >= 100%", (3, 3), Status.NOT_MET),
        ],
    )
    def test_nothing_needs_no_proof_and_everything_has_none(self, require, counts, status):
        """The ends of the scale, where a formula for the middle divides by zero."""
        assert judged(require, counts).status is status

    @pytest.mark.parametrize(
        ("whole", "status"), [(MAX_SAMPLE - 1, Status.MET), (MAX_SAMPLE, Status.MET), (MAX_SAMPLE + 1, Status.UNKNOWN)]
    )
    def test_beyond_its_size_a_sample_is_a_gap(self, whole, status):
        """Who counted that many does not need to prove it; and no run may hang on a number of a cell."""
        finding = judged("lower(a.share, 95%) >= 90%", (whole, whole))

        assert finding.status is status
        if status is Status.UNKNOWN:
            assert "A sample of 2,001 is larger than 2,000" in finding.sentence

    def test_a_share_without_its_counts_proves_nothing(self):
        """94% of nobody knows how many."""
        finding = judged("lower(a.share, 95%) >= 90%", (None, None))

        assert finding.status is Status.UNKNOWN
        assert "part and whole" in finding.sentence

    def test_of_agreeing_sources_the_smaller_sample_counts(self):
        """Both say 100%: one of 29 and one of 28, which proves less."""
        assert judged("lower(a.share, 95%) >= 90%", (29, 29), (28, 28)).status is Status.NOT_MET
        assert judged("lower(a.share, 95%) >= 90%", (28, 28), (29, 29)).status is Status.NOT_MET
        assert judged("lower(a.share, 95%) >= 90%", (29, 29), (30, 30)).status is Status.MET

    def test_the_rule_engine_comes_to_the_same(self):
        """It sees two integers, or a sign where they do not fit."""
        assert judged("lower(a.share, 95%) >= 90%", (49, 50), durable=True).status is Status.MET
        assert judged("lower(a.share, 95%) >= 90%", (48, 50), durable=True).status is Status.NOT_MET

    @given(
        whole=st.integers(1, 60),
        data=st.data(),
        share=st.fractions(0, 1, max_denominator=200),
        sure=st.sampled_from(["50%", "80%", "90%", "95%", "99.9%"]),
        operator=st.sampled_from([">=", ">"]),
    )
    def test_both_evaluators_agree_on_every_sample(self, whole, data, share, sure, operator):
        """One adds up the upper tail and the other the lower one."""
        part = data.draw(st.integers(0, whole))
        written = f"{Decimal(share.numerator * 10**9 // share.denominator) / 10**9:f}"

        judged(f"lower(a.share, {sure}) {operator} {written}", (part, whole))


@given(whole=st.integers(1, 40), data=st.data(), share=st.fractions(Fraction(1, 50), Fraction(49, 50)))
def test_the_tail_is_that_of_the_textbook(whole, data, share):
    """Added up term by term with binomial coefficients."""
    part = data.draw(st.integers(1, whole))

    expected = sum(comb(whole, k) * share**k * (1 - share) ** (whole - k) for k in range(part, whole + 1))

    assert tail(part, whole, share) == expected


def test_more_good_ones_never_prove_less():
    """Otherwise a failed case could make a sample better."""
    tails = [tail(part, 50, Fraction(9, 10)) for part in range(51)]

    assert all(more <= fewer for fewer, more in pairwise(tails))
    assert [bound_shown(part, 50, Fraction(1, 20)) for part in (47, 49, 50)] == ["85.2%", "90.8%", "94.1%"]
