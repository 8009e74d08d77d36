"""The independent evaluator, case by case: what it must refuse to know."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest

from gonogo.engine.reference import judge
from gonogo.language.expression import parse_literal, parse_requirement
from gonogo.model.evidence import Basis, Evidence, EvidenceSet, Gap, GapReason, Source
from gonogo.model.fact import FactType
from gonogo.model.finding import Outcome, Status
from gonogo.model.judgement import Case, Judgement, Scope
from gonogo.model.ruleset import ApprovalRule, Criterion, DecisionPolicy, Domain, Severity
from gonogo.model.verdict import Verdict

NOW = datetime(2027, 4, 19, 16, tzinfo=UTC)
ROLE = "customer.functional_lead"
MET, NOT_MET, UNKNOWN = Outcome


def evidence(fact: str, kind: FactType, value: Any, **more: Any) -> Evidence:
    unit = "people" if kind.has_unit else ""
    age = more.pop("age", timedelta(0))
    source = Source(binding="b", locator="a.csv")
    return Evidence(
        fact=fact, type=kind, unit=unit, value=value, as_of=NOW - age, basis=Basis.MEASURED, source=source, **more
    )


def case(require: str, *, name: str = "system.test.one", severity: Severity = Severity.MANDATORY, **more: Any) -> Case:
    exempt = more.get("exempt")
    criterion = Criterion(
        id=name, title="T", statement="S.", why="W.", severity=severity, require=parse_requirement(require),
        not_applicable_when=parse_requirement(exempt) if exempt else None, max_age_s=86400, owner=ROLE, attest=(ROLE,),
        remedy="R.", source=("M3",),
    )  # fmt: skip
    parameters = {key: parse_literal(text) for key, text in more.get("parameters", {}).items()}
    return Case(criterion, parameters, skipped=more.get("skipped"))


def scope(*cases: Case, rule: ApprovalRule = ApprovalRule.CAPS, cap_domain: int = 3, cap_total: int = 8) -> Scope:
    policy = DecisionPolicy(milestones=("T-0",), rule=rule, cap_domain=cap_domain, cap_total=cap_total)
    return Scope(NOW, NOW + timedelta(days=5), "T-5", policy, cases)


FACTS = (
    evidence("a.zero", FactType.INTEGER, 0),
    evidence("a.three", FactType.INTEGER, 3),
    evidence("a.price", FactType.MONEY, Decimal("0.3")),
    evidence("a.third", FactType.RATIO, Decimal("0.333333333333333333"), part=1, whole=3),
    evidence("a.yes", FactType.BOOLEAN, True),
    evidence("a.word", FactType.TEXT, "signed"),
    evidence("a.at", FactType.INSTANT, NOW - timedelta(days=2)),
    evidence("a.aged", FactType.INTEGER, 3, age=timedelta(days=1)),
    evidence("a.fresh", FactType.INTEGER, 3, age=timedelta(days=1) - timedelta(microseconds=1)),
)
SET = EvidenceSet(evidence=FACTS, gaps=(Gap(fact="a.gap", reason=GapReason.MISSING, detail="Not there."),))


def outcome(require: str, **more: Any) -> Outcome | None:
    return judge(scope(case(require, **more)), SET).criteria["system.test.one"]


class TestComparisons:
    @pytest.mark.parametrize(
        ("require", "expected"),
        [
            ("a.third * 3 == 1", MET),  # exact only from the counts
            ("a.third == 0.333333333", NOT_MET),
            ("a.price == 0.1 + 0.2", MET),
            ("a.three / a.zero > 1", UNKNOWN),
            ("a.three / (a.three - 3) != 1", UNKNOWN),
            ("-a.three < 0", MET),
            ("a.yes", MET),
            ("not a.yes", NOT_MET),
            ('a.word == "signed"', MET),
            ('a.word in ["draft", "signed"]', MET),
            ('a.word not in ["draft"]', MET),
            ("now - a.at <= 2d", MET),
            ("now - a.at < 48h", NOT_MET),
            ("a.at + 7d >= go_live", MET),
            ("(now - a.at) / 1d == 2", MET),
            ("go_live - now == 5d", MET),
        ],
    )
    def test_values_are_exact(self, require, expected):
        """No float, no rounding: the threshold decides to the last digit."""
        assert outcome(require) is expected

    @pytest.mark.parametrize(
        "require",
        [
            'a.word < "t"',
            "a.yes >= false",
            'a.three == "3"',
            "a.yes == 1",
            "a.at > 3",
            "now - a.at > 3",
            "a.at + a.at > 1d",
        ],
    )
    def test_what_cannot_be_compared_is_unknown(self, require):
        """The linter refuses these; were it wrong, they must still never be met."""
        assert outcome(require) is UNKNOWN
        assert outcome(f"not ({require})") is UNKNOWN

    @pytest.mark.parametrize(
        ("require", "expected"),
        [
            ("a.gap > 1", UNKNOWN),
            ("a.nobody > 1", UNKNOWN),
            ("a.gap == a.gap", UNKNOWN),
            ("a.gap - a.gap == 0", UNKNOWN),
            ("a.yes or a.gap > 1", MET),
            ("a.yes and a.gap > 1", UNKNOWN),
            ("not a.yes and a.gap > 1", NOT_MET),
            ("not (a.gap > 1)", UNKNOWN),
            ("a.three in [a.gap, 3]", MET),
            ("a.three in [a.gap, 4]", UNKNOWN),
            ("a.three not in [a.gap, 4]", UNKNOWN),
            ("a.three not in [a.gap, 3]", NOT_MET),
        ],
    )
    def test_absence_spreads_as_kleene_says(self, require, expected):
        """An unknown is outvoted only by what is proved."""
        assert outcome(require) is expected

    def test_evidence_is_stale_at_its_age_not_after(self):
        """'age >= max_age is stale': at exactly one day a criterion with max_age of a day no longer counts it."""
        assert outcome("a.aged == 3") is UNKNOWN
        assert outcome("a.fresh == 3") is MET

    def test_refused_evidence_counts_for_nobody_but_others(self):
        """A statement by someone who may not attest this criterion may still serve another one."""
        both = scope(case("a.three == 3"), case("a.three == 3", name="system.test.two"))

        judged = judge(both, SET, refused=frozenset({("system.test.one", "a.three")}))

        assert judged.criteria == {"system.test.one": UNKNOWN, "system.test.two": MET}

    def test_parameters_have_the_value_in_force(self):
        """A ladder is resolved before judging."""
        assert outcome("a.third >= low", parameters={"low": "33%"}) is MET
        assert outcome("a.third >= low", parameters={"low": "33.4%"}) is NOT_MET


class TestExemption:
    @pytest.mark.parametrize(
        ("exempt", "expected"),
        [("a.yes", None), ("not a.yes", NOT_MET), ("a.gap > 1", NOT_MET)],
        ids=["met", "not met", "unknown"],
    )
    def test_only_a_proved_exemption_exempts(self, exempt, expected):
        """'Unknown means applicable': nobody escapes a criterion by not answering."""
        assert outcome("a.three > 3", exempt=exempt) is expected

    def test_skipped_cases_are_not_judged(self):
        """What is not due or not adopted has no outcome at all."""
        judged = judge(scope(case("a.three == 3", skipped=Status.NOT_DUE)), SET)

        assert judged.criteria == {}
        assert judged.overall is Verdict.NO_GO

    def test_leaves_carry_the_path_in_the_tree(self):
        """The same ids as the compiled scope, so that a run with this evaluator alone can be explained too."""
        judged = judge(scope(case('a.three == 3 and not (a.gap > 1 or a.word in ["x"])', exempt="a.zero > 1")), SET)

        assert judged.leaves == {"c0.r.0": MET, "c0.r.1.0.0": UNKNOWN, "c0.r.1.0.1.0": NOT_MET, "c0.x": NOT_MET}


def whole_scope(**outcomes: tuple[Severity, str]) -> Judgement:
    """Judge criteria named ``domain_n``; each domain gets a mandatory criterion that is met besides."""
    cases = [case("a.yes", name=f"{domain.value}.base.met") for domain in Domain]
    cases += [
        case(text, name=f"{key.partition('_')[0]}.more.{key}", severity=severity)
        for key, (severity, text) in outcomes.items()
    ]
    return judge(scope(*cases, cap_domain=1, cap_total=2), SET)


SOFT, OPEN = Severity.CONDITIONAL, "a.three > 3"


class TestVerdict:
    def test_everything_met_is_go(self):
        assert whole_scope().overall is Verdict.GO

    @pytest.mark.parametrize("text", [OPEN, "a.gap > 1"], ids=["not met", "unknown"])
    def test_a_mandatory_criterion_that_is_not_proved_blocks(self, text):
        """Unknown blocks like not met."""
        judged = whole_scope(system_a=(Severity.MANDATORY, text))

        assert judged.domains[Domain.SYSTEM] is Verdict.NO_GO
        assert judged.overall is Verdict.NO_GO

    def test_conditional_ones_are_borne_up_to_the_caps(self):
        """One in a domain and two in all, here."""
        assert whole_scope(system_a=(SOFT, OPEN)).overall is Verdict.CONDITIONAL_GO
        assert whole_scope(system_a=(SOFT, OPEN), program_b=(SOFT, "a.gap > 1")).overall is Verdict.CONDITIONAL_GO
        assert whole_scope(system_a=(SOFT, OPEN), system_b=(SOFT, OPEN)).domains[Domain.SYSTEM] is Verdict.NO_GO
        three = whole_scope(system_a=(SOFT, OPEN), program_b=(SOFT, OPEN), workforce_c=(SOFT, OPEN))
        assert Verdict.NO_GO not in three.domains.values()
        assert three.overall is Verdict.NO_GO

    def test_advisory_ones_weigh_nothing(self):
        assert whole_scope(system_a=(Severity.ADVISORY, OPEN)).overall is Verdict.GO

    def test_a_domain_without_a_mandatory_applicable_criterion_is_no_go(self):
        """What was never asked was never proved."""
        cases = [
            case("a.yes", name=f"{domain.value}.base.met", exempt="a.yes" if domain is Domain.SYSTEM else None)
            for domain in Domain
        ]

        judged = judge(scope(*cases), SET)

        assert judged.criteria["system.base.met"] is None
        assert judged.domains[Domain.SYSTEM] is Verdict.NO_GO
        assert judged.domains[Domain.PROGRAM] is Verdict.GO

    def test_the_rule_of_m3_has_no_caps(self):
        """Any number of conditional criteria may be open; each needs a plan, which others check."""
        cases = [case("a.yes", name=f"{domain.value}.base.met") for domain in Domain]
        cases += [case(OPEN, name=f"system.more.c{number}", severity=SOFT) for number in range(20)]

        assert (
            judge(scope(*cases, rule=ApprovalRule.M3, cap_domain=0, cap_total=0), SET).overall is Verdict.CONDITIONAL_GO
        )
