"""From evidence to findings: exact numbers, Kleene logic, sentences, and the law that losing evidence never helps."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gonogo.core.compile import compile_scope
from gonogo.core.find import Trial, find
from gonogo.core.observe import observe, outcome
from gonogo.core.scope import scope_of
from gonogo.engine import reference
from gonogo.language.expression import parse_requirement
from gonogo.language.requirement import Number, Span
from gonogo.model.evidence import Basis, Evidence, EvidenceSet, Gap, GapReason, Source, quotient_text
from gonogo.model.fact import FactDeclaration, FactType, Vocabulary
from gonogo.model.finding import Finding, Status
from gonogo.model.judgement import Scope
from gonogo.model.program import ProgramIdentity, Release
from gonogo.model.ruleset import Criterion, DecisionPolicy, NotApplicable, Parameter, Ruleset, Rung, Severity

NOW = datetime(2027, 4, 19, 16, tzinfo=UTC)
GO_LIVE = datetime(2027, 5, 3, 10, tzinfo=UTC)
IDENTITY = ProgramIdentity(id="h", customer="NIWA", provider="CFSC", time_zone="America/New_York")
RELEASE = Release(id="R1", go_live=GO_LIVE)
POLICY = DecisionPolicy(milestones=("T-90", "T-60", "T-30", "T-14", "T-5", "T-0"))
UNITS = {FactType.INTEGER: "items", FactType.DECIMAL: "days", FactType.MONEY: "USD"}
VOCABULARY = Vocabulary(
    facts=tuple(
        FactDeclaration(name=name, type=kind, unit=UNITS.get(kind, ""), meaning="m", question="q?")
        for name, kind in {
            "a.share": FactType.RATIO,
            "a.count": FactType.INTEGER,
            "a.other": FactType.INTEGER,
            "a.days": FactType.DECIMAL,
            "a.money": FactType.MONEY,
            "a.flag": FactType.BOOLEAN,
            "a.word": FactType.TEXT,
            "a.when": FactType.INSTANT,
        }.items()
    )
)


def percent(value: str) -> Number:
    return Number(Fraction(value) / 100, True, Span(0, 0))


def criterion(require: str, *, exempt: str = "", parameters: tuple[Parameter, ...] = (), **more: object) -> Criterion:
    made = {
        "id": "system.case",
        "title": "Case",
        "statement": "s",
        "why": "w",
        "severity": Severity.MANDATORY,
        "require": parse_requirement(require),
        "not_applicable_when": parse_requirement(exempt) if exempt else None,
        "parameters": parameters,
        "max_age_s": 7 * 86400,
        "owner": "customer.pmo_lead",
        "attest": ("customer.pmo_lead",),
        "remedy": "r",
        "source": ("x",),
    }
    return Criterion(**(made | more))


def scope(*criteria: Criterion, now: datetime = NOW) -> Scope:
    ruleset = Ruleset(name="r", version="1", title="t", criteria=criteria, policy=POLICY, material_sha256="0" * 64)
    return scope_of(ruleset, IDENTITY, release=RELEASE, now=now)


def evidence(as_of: datetime = NOW - timedelta(days=1), **values: object) -> EvidenceSet:
    made = []
    for name, value in values.items():
        declaration = VOCABULARY[f"a.{name}"]
        part, whole = value if isinstance(value, tuple) else (None, None)
        made.append(
            Evidence(
                fact=declaration.name,
                type=declaration.type,
                unit=declaration.unit,
                value=Decimal(quotient_text(part, whole)) if whole else value,
                part=part,
                whole=whole,
                as_of=as_of,
                basis=Basis.MEASURED,
                source=Source(binding="b", locator="x.csv"),
            )
        )
    return EvidenceSet(evidence=tuple(made))


def judged(asked: Criterion, known: EvidenceSet, **more: object) -> Finding:
    where = scope(asked, **more)
    compiled = compile_scope(where)
    observations = observe(compiled, where, known, VOCABULARY)
    found = reference.judge(where, known)
    seen = zip(compiled.leaves, observations, strict=True)
    assert {leaf.id: outcome(leaf.operator, each) for leaf, each in seen} == found.leaves
    return find(Trial(where, compiled, observations, found, known))[0]


class TestExactness:
    @pytest.mark.parametrize(
        ("require", "known", "status"),
        [
            ("a.share >= 95%", {"share": (95, 100)}, Status.MET),
            ("a.share >= 95%", {"share": (94_999_999, 100_000_000)}, Status.NOT_MET),
            ("a.share > 33.3333333%", {"share": (1, 3)}, Status.MET),
            ("a.money == 0", {"money": Decimal("0.01")}, Status.NOT_MET),
            ("a.money <= 0.3", {"money": Decimal("0.3")}, Status.MET),
            ("a.days >= 3", {"days": Decimal("2.999999999999999999")}, Status.NOT_MET),
            ("a.count * 0.1 == 0.3", {"count": 3}, Status.MET),
            ("a.count / a.other >= 0.5", {"count": 1, "other": 2}, Status.MET),
            ("a.count / a.other >= 0.5", {"count": 1, "other": 0}, Status.UNKNOWN),
            ('a.word in ["signed", "waived"]', {"word": "signed"}, Status.MET),
            ('a.word not in ["signed"]', {"word": "Signed"}, Status.MET),
            ("go_live - a.when >= 14d", {"when": GO_LIVE - timedelta(days=14)}, Status.MET),
            ("go_live - a.when > 14d", {"when": GO_LIVE - timedelta(days=14)}, Status.NOT_MET),
            ("a.flag", {"flag": False}, Status.NOT_MET),
            ("not a.flag", {"flag": False}, Status.MET),
        ],
    )
    def test_a_threshold_is_decided_exactly(self, require, known, status):
        """A hundredth of a dollar, a third of a percent: no rounding may decide a go-live."""
        assert judged(criterion(require), evidence(**known)).status is status

    def test_numbers_beyond_64_bits_are_judged_by_their_sign_and_marked(self):
        """Never a gap for size."""
        huge = Decimal(10**17) + Decimal("0.123456789012345678")

        finding = judged(criterion("a.money > 1"), evidence(money=huge))

        assert finding.status is Status.MET
        assert finding.comparisons[0].exact is False


class TestKleene:
    @pytest.mark.parametrize(
        ("require", "status"),
        [
            ("a.flag and a.count >= 1", Status.UNKNOWN),
            ("a.flag or a.count >= 1", Status.MET),
            ("not a.flag and a.count >= 1", Status.NOT_MET),
            ("not (a.count >= 1)", Status.UNKNOWN),
        ],
    )
    def test_unknown_is_neither(self, require, status):
        """a.flag is true, a.count is missing: only what is proved counts."""
        assert judged(criterion(require), evidence(flag=True)).status is status

    def test_an_exemption_must_be_proved(self):
        """Not applicable when unknown would be an open door."""
        asked = criterion("a.count >= 1", exempt="not a.flag")

        assert judged(asked, evidence()).status is Status.UNKNOWN
        assert judged(asked, evidence(flag=False)).status is Status.NOT_APPLICABLE
        assert judged(asked, evidence(flag=True, count=0)).status is Status.NOT_MET


class TestTime:
    @pytest.mark.parametrize(("seconds", "status"), [(-1, Status.MET), (0, Status.UNKNOWN), (1, Status.UNKNOWN)])
    def test_evidence_is_stale_at_its_maximum_age(self, seconds, status):
        """Age equal to the limit is stale."""
        then = NOW - timedelta(days=7, seconds=seconds)

        finding = judged(criterion("a.flag"), evidence(then, flag=True))

        assert finding.status is status
        if status is Status.UNKNOWN:
            assert finding.gaps[0].reason is GapReason.STALE

    @pytest.mark.parametrize(
        ("day", "wanted"),
        [(-100, "25%"), (-60, "25%"), (-59, "25%"), (-30, "60%"), (-14, "85%"), (0, "98%"), (3, "98%")],
    )
    def test_a_ladder_reads_the_last_rung_reached(self, day, wanted):
        """Before the first rung the first counts, after go-live the last."""
        rungs = (("T-60", "25"), ("T-30", "60"), ("T-14", "85"), ("T-0", "98"))
        ladder = Parameter(name="least", ladder=tuple(Rung(milestone=m, value=percent(v)) for m, v in rungs))
        now = GO_LIVE + timedelta(days=day)

        finding = judged(
            criterion("a.share >= least", parameters=(ladder,)),
            evidence(now - timedelta(hours=1), share=(9, 10)),
            now=now,
        )

        assert finding.comparisons[0].right == wanted

    def test_a_criterion_is_not_due_before_its_milestone(self):
        """Not due is told apart from unknown."""
        now = GO_LIVE - timedelta(days=31)

        assert judged(criterion("a.flag", due_from="T-30"), evidence(), now=now).status is Status.NOT_DUE


class TestSentences:
    def test_a_met_finding_names_fact_threshold_margin_basis_source_and_age(self):
        """One sentence carries what a reader needs to check it."""
        finding = judged(criterion("a.share >= 85%"), evidence(share=(1363, 1462)))

        assert finding.sentence == (
            "Met: a.share is 93.23% (at least 85% needed, margin 8.23 points); measured in x.csv, 1 day old."
        )

    @pytest.mark.parametrize(
        ("require", "margin"),
        [
            ("0.85 <= a.share", "8.23 points"),
            ("a.share >= 0.85", "8.23 points"),
            ("a.count < 5", "2 items"),
            ("5 > a.count", "2 items"),
            ("not (a.count >= 5)", "2 items"),
            ("a.count != 5", "2 items"),
            ("a.when < go_live", "15 days"),
            ("go_live - a.when > 36h", "13.5 days"),
        ],
    )
    def test_a_margin_is_told_in_the_unit_of_what_is_compared(self, require, margin):
        """Whichever side the fact stands on: a share in points, moments in days."""
        known = evidence(share=(1363, 1462), count=3, when=GO_LIVE - timedelta(days=15))

        assert judged(criterion(require), known).comparisons[0].margin == margin

    @pytest.mark.parametrize(
        ("require", "left"),
        [
            ("go_live - a.when > 36h", "15 days"),
            ("a.when + 1d < go_live", "2027-04-19 10:00 UTC"),
            ("1d + a.when < go_live", "2027-04-19 10:00 UTC"),
            ("(go_live - a.when) * 2 > 3d", "30 days"),
            ("(go_live - a.when) / 2 > 3d", "7.5 days"),
            ("(go_live - a.when) / 1d > 3", "15"),
            ("a.count * 2 > 3", "6 items"),
            ("2 * a.count > 3", "6 items"),
            ("a.count / a.count == 1", "1"),
            ("a.share * a.share > 0", "86.92%"),
            ("a.share / a.share == 100%", "100%"),
            ("a.share * a.count > 1", "2.8 items"),
            ("-a.count < 0", "-3 items"),
            ("a.money / a.count > 1", "3.5 USD"),
        ],
    )
    def test_what_was_reckoned_is_told_as_what_it_is(self, require, left):
        """A span of days that is shown as a date of 1970 is a number that nobody can check."""
        known = evidence(share=(1363, 1462), count=3, money=Decimal("10.5"), when=GO_LIVE - timedelta(days=15))

        assert judged(criterion(require), known).comparisons[0].left == left

    def test_a_missing_fact_is_named_with_its_reason(self):
        """Unknown says what to chase."""
        gap = Gap(fact="a.flag", reason=GapReason.MALFORMED, detail="The file is cut short.")

        finding = judged(criterion("a.flag"), EvidenceSet(gaps=(gap,)))

        assert finding.sentence == "Unknown: a.flag is malformed (The file is cut short)."

    def test_facts_that_lack_for_one_reason_are_told_together(self):
        """The same file named three times hides what else is wrong."""
        why = "No file matches x.csv."
        gaps = tuple(Gap(fact=f"a.{name}", reason=GapReason.MISSING, detail=why) for name in ("count", "flag"))
        apart = Gap(fact="a.word", reason=GapReason.CONFLICT, detail="b1 says x; b2 says y.")

        finding = judged(criterion('a.count > 1 and a.flag and a.word == "x"'), EvidenceSet(gaps=(*gaps, apart)))

        assert finding.sentence == (
            "Unknown: a.count and a.flag are missing (No file matches x.csv); a.word is in conflict "
            "(b1 says x; b2 says y)."
        )

    def test_a_number_of_one_has_the_unit_of_one(self):
        """The unit stands once, after the value; of one thing in the singular."""
        finding = judged(criterion("a.count <= 0"), evidence(count=1))

        assert finding.comparisons[0].left == "1 item"
        assert finding.sentence == (
            "Not met: a.count stands at 1 item (at most 0 needed, margin -1); measured in x.csv, 1 day old."
        )

    def test_an_unknown_of_arithmetic_alone_says_so(self):
        """Every fact is there; a reader who is told nothing would look for a gap that does not exist."""
        found = judged(criterion("a.count / (a.other - a.count) > 3"), evidence(count=2, other=2))

        assert found.status is Status.UNKNOWN
        assert found.sentence == "Unknown: a.other is out of range (The requirement would divide by zero)."

    @pytest.mark.parametrize(
        ("require", "told"),
        [
            ("now - 999999d < a.when", "now - 999999d is a moment beyond the calendar"),
            ("a.when + 999999d + 999999d + 999999d + 999999d > now", "is a moment beyond the calendar"),
            ("a.count" + " * 999999999999999" * 4 + " > 1", "stands at 10^40+ items"),
        ],
    )
    def test_what_cannot_be_written_out_is_judged_all_the_same(self, require, told):
        """A number or a year beyond what people write must not end a run."""
        found = judged(criterion(require), evidence(when=NOW - timedelta(days=1), count=2))

        assert found.status is Status.MET
        assert told in found.sentence

    def test_what_is_not_all_is_never_shown_as_all(self):
        """99.9999 % is not 100 %."""
        finding = judged(criterion("a.share >= 100%"), evidence(share=(999_999, 1_000_000)))

        assert finding.status is Status.NOT_MET
        assert "under 100%" in finding.sentence


POSITIVE = ("a.flag", "a.count >= 2", "a.share >= 50%", "a.days > 1.5")
FACTS = {"flag": st.booleans(), "count": st.integers(0, 4), "share": st.integers(0, 4), "days": st.integers(0, 3)}


@settings(max_examples=150, deadline=None)
@given(
    parts=st.lists(st.sampled_from(POSITIVE), min_size=2, max_size=4, unique=True),
    joins=st.lists(st.sampled_from(["and", "or"]), min_size=3, max_size=3),
    negate=st.booleans(),
    values=st.fixed_dictionaries(FACTS),
    lost=st.sets(st.sampled_from(list(FACTS))),
)
def test_losing_evidence_never_makes_a_criterion_met(parts, joins, negate, values, lost):
    """Whatever the requirement: a criterion that is not met or unknown with more evidence is not met with less."""
    text = parts[0] + "".join(f" {join} {part}" for join, part in zip(joins, parts[1:], strict=False))
    asked = criterion(f"not ({text})" if negate else text)
    known = {
        "flag": values["flag"],
        "count": values["count"],
        "share": (values["share"], 4),
        "days": Decimal(values["days"]),
    }
    more = judged(asked, evidence(**known))
    less = judged(asked, evidence(**{name: value for name, value in known.items() if name not in lost}))

    assert less.status in (more.status, Status.UNKNOWN)


def test_a_criterion_that_a_layer_takes_out_is_not_asked_and_says_who_approved_it():
    """Whatever the evidence says: the sentence is the reason of a person, not of a comparison."""
    said = NotApplicable(reason="The bureau has no union.", approved_by="Ada Kirsch")
    (case,) = scope(criterion("a.flag", not_applicable=said)).cases

    assert case.skipped is Status.NOT_APPLICABLE
    finding = judged(criterion("a.flag", not_applicable=said), evidence(flag=False))
    assert finding.status is Status.NOT_APPLICABLE
    assert finding.sentence == "Not applicable: The bureau has no union (approved by Ada Kirsch)."
