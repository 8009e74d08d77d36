"""Sources that agree within the tolerance: every value is judged, and the one that helps least counts."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest

from gonogo.core.admit import Admission, admit, refused_pairs
from gonogo.core.compile import compile_scope
from gonogo.core.find import Trial, find
from gonogo.core.observe import observe, outcome
from gonogo.core.scope import scope_of
from gonogo.engine import reference
from gonogo.language.expression import parse_requirement
from gonogo.model.evidence import Attested, Evidence, EvidenceSet, GapReason
from gonogo.model.fact import FactDeclaration, FactType, Vocabulary
from gonogo.model.finding import Finding, Status
from gonogo.model.judgement import MAX_COMBINATIONS, Scope
from gonogo.model.people import PeopleRegister, Staff, Tenure
from gonogo.model.program import ProgramIdentity, Release
from gonogo.model.reply import InputRead, Item, Reply
from gonogo.model.ruleset import Criterion, DecisionPolicy, Ruleset, Severity

NOW = datetime(2027, 4, 19, 16, tzinfo=UTC)
DAY = timedelta(days=1)
MET, NOT_MET, UNKNOWN, EXEMPT = Status.MET, Status.NOT_MET, Status.UNKNOWN, Status.NOT_APPLICABLE
ROLE = "customer.pmo_lead"
IDENTITY = ProgramIdentity(id="h", customer="NIWA", provider="CFSC", time_zone="America/New_York")
RELEASE = Release(id="R1", go_live=NOW + 14 * DAY)
VOCABULARY = Vocabulary(
    facts=(
        *(
            FactDeclaration(
                name=f"a.{name}", type=FactType.DECIMAL, unit="days", tolerance=Decimal(2), meaning="m", question="q?"
            )
            for name in ("x", "y")
        ),
        FactDeclaration(name="a.share", type=FactType.RATIO, tolerance=Decimal("0.02"), meaning="m", question="q?"),
        FactDeclaration(name="a.flag", type=FactType.BOOLEAN, meaning="m", question="q?"),
    )
)
PEOPLE = PeopleRegister(
    tenures=(Tenure(role=ROLE, person="amsel", name="Ruth Amsel"),),
    staff=(Staff(person="other", name="Otto Her"),),
)


def criterion(require: str, exempt: str = "", **more: object) -> Criterion:
    made = {
        "id": "system.case", "title": "Case", "statement": "s", "why": "w", "severity": Severity.MANDATORY,
        "require": parse_requirement(require), "not_applicable_when": parse_requirement(exempt) if exempt else None,
        "max_age_s": 7 * 86400, "owner": ROLE, "attest": (ROLE,), "remedy": "r", "source": ("x",),
    }  # fmt: skip
    return Criterion(**(made | more))


def reply(binding: str, fact: str, value: object, as_of: datetime = NOW - DAY, **more: object) -> Reply:
    said = {"part": value[0], "whole": value[1]} if isinstance(value, tuple) else {"value": value}
    return Reply(
        binding=binding, collector="table", level="L1", declared=(fact,), producer="amsel's office",
        items=(Item(fact=fact, as_of=as_of, **said, **more),),
        inputs=(InputRead(name="file", path=f"{binding}.csv", size=3, sha256="0" * 64),),
    )  # fmt: skip


def admitted(*replies: Reply) -> EvidenceSet:
    admission = Admission(
        vocabulary=VOCABULARY, identity=IDENTITY, release=RELEASE, now=NOW, people=PEOPLE, authority={}
    )
    return admit(replies, VOCABULARY.names(), admission)


def scope(asked: Criterion) -> Scope:
    policy = DecisionPolicy(milestones=("T-0",))
    ruleset = Ruleset(name="r", version="1", title="t", criteria=(asked,), policy=policy, material_sha256="0" * 64)
    return scope_of(ruleset, IDENTITY, release=RELEASE, now=NOW)


def judged(asked: Criterion, known: EvidenceSet) -> Finding:
    where = scope(asked)
    refused = refused_pairs(where, known)
    compiled = compile_scope(where)
    observations = observe(compiled, where, known, VOCABULARY, refused)
    found = reference.judge(where, known, refused=refused)
    seen = zip(compiled.leaves, observations, strict=True)
    assert {leaf.id: outcome(leaf.operator, each) for leaf, each in seen} == found.leaves
    return find(Trial(where, compiled, observations, found, known, refused))[0]


def both(fact: str, one: object, other: object, **more: object) -> EvidenceSet:
    """Two sources; the first is older, and would have been taken alone."""
    return admitted(reply("b1", fact, one, NOW - 2 * DAY, **more), reply("b2", fact, other, **more))


@pytest.mark.parametrize(
    ("require", "exempt", "one", "other", "status"),
    [
        ("a.x >= 5", "", "5", "5", MET),
        ("a.x >= 5", "", "5", "4.999", NOT_MET),
        ("a.x >= 5", "", "4.999", "5", NOT_MET),
        ("a.x > 5", "", "6", "5", NOT_MET),
        ("a.x <= 5", "", "5", "5.001", NOT_MET),
        ("not (a.x < 5)", "", "5", "4.999", NOT_MET),
        ("not (a.x < 5)", "", "4.999", "5", NOT_MET),
        ("not (not (a.x >= 5))", "", "5", "4.999", NOT_MET),
        ("a.x != 5", "", "6", "5", NOT_MET),
        ("a.x == 5", "", "5", "6", NOT_MET),
        ("a.x in [5, 6]", "", "5", "6", MET),
        ("a.x in [5, 6]", "", "5", "7", NOT_MET),
        ("a.x not in [5, 6]", "", "4", "5", NOT_MET),
        ("a.x not in [5, 6]", "", "4", "3", MET),
        ("a.x - a.x == 0", "", "5", "6", MET),
        ("1 / a.x > 0.1", "", "1", "0", UNKNOWN),
        ("1 / a.x > 1", "", "1", "0", NOT_MET),
        ("a.x >= 5 or a.x <= 5", "", "5", "4", MET),
        ("a.x >= 99", "a.x >= 5", "5", "6", EXEMPT),
        ("a.x >= 99", "a.x >= 5", "5", "4", NOT_MET),
        ("a.x >= 99", "a.x >= 5", "4", "5", NOT_MET),
        ("a.x >= 99", "not (a.x < 5)", "5", "4", NOT_MET),
    ],
)
def test_the_value_that_helps_least_counts(require, exempt, one, other, status):
    """A second source must never make a finding better than the worse of the two alone."""
    assert judged(criterion(require, exempt), both("a.x", one, other)).status is status


@pytest.mark.parametrize(("x", "y", "status"), [("2", "6", NOT_MET), ("3", "6", MET), ("3", "6.001", NOT_MET)])
def test_every_combination_of_several_facts_is_judged(x, y, status):
    """The least of one and the most of another may come from different files."""
    known = admitted(reply("b1", "a.x", "4"), reply("b2", "a.x", x), reply("b3", "a.y", "5"), reply("b4", "a.y", y))

    assert judged(criterion("a.x * 2 >= a.y"), known).status is status


@pytest.mark.parametrize(("number", "status"), [(16, MET), (17, UNKNOWN)])
def test_more_combinations_than_are_judged_are_a_gap(number, status):
    """16 times 16 are judged; to judge the first 256 of 289 could leave out the worst."""
    values = [f"{10 + Decimal(each) / 100}" for each in range(number)]
    known = admitted(
        *(reply(f"x{each}", "a.x", value) for each, value in enumerate(values)),
        *(reply(f"y{each}", "a.y", value) for each, value in enumerate(values)),
    )

    finding = judged(criterion("a.x + a.y > 1"), known)

    assert MAX_COMBINATIONS == 16 * 16
    assert finding.status is status
    if status is UNKNOWN:
        assert "289 combinations of values" in finding.sentence


def test_equal_values_are_one_combination():
    """Twenty copies of one number are no reason not to judge."""
    known = admitted(*(reply(f"x{n}", "a.x", "5") for n in range(300)), *(reply(f"y{n}", "a.y", "5") for n in range(9)))

    assert judged(criterion("a.x + a.y == 10"), known).status is MET


def test_counts_are_compared_exactly():
    """Two thirds of three and 0.666667 agree, and only one of them is enough."""
    assert judged(criterion("a.share * 3 >= 2"), both("a.share", (2, 3), "0.666666")).status is NOT_MET


@pytest.mark.parametrize(("older", "status"), [(7 * DAY - timedelta(microseconds=1), MET), (7 * DAY, UNKNOWN)])
def test_the_oldest_value_makes_the_fact_stale(older, status):
    """A young source does not make an old one young; `valid until` goes by the oldest too."""
    known = admitted(reply("b1", "a.x", "5"), reply("b2", "a.x", "5", NOW - older))

    finding = judged(criterion("a.x >= 5"), known)

    assert finding.status is status
    if status is MET:
        assert finding.facts[0].stale_at == NOW - older + 7 * DAY


def test_a_statement_that_the_criterion_does_not_count_takes_the_fact_away():
    """Losing a source never helps, so one that may not be heard is not simply left out."""
    said = Attested(person="amsel", role=ROLE, on=NOW.date() - DAY, prepared_by="other")
    known = admitted(reply("b1", "a.x", "5"), reply("b2", "a.x", "5", attested=said))
    asked = criterion("a.x >= 5", attest=("customer.functional_lead",))

    assert judged(criterion("a.x >= 5"), known).status is MET
    finding = judged(asked, known)
    assert finding.status is UNKNOWN
    assert finding.gaps[0].reason is GapReason.NOT_PROVABLE


def test_every_value_is_told():
    """Who signs must see that there were two numbers, and which of them counted."""
    finding = judged(criterion("a.x >= 5"), both("a.x", "5", "4"))

    assert finding.sentence == (
        "Not met: a.x stands at 4 days (at least 5 needed, margin -1); measured in b1.csv, 2 days old and measured in "
        "b2.csv, 1 day old; sources of a.x say 5 days and 4 days: the value that helps least counts."
    )
    [other] = finding.facts[0].agreeing or ()
    assert (other.shown, other.source, other.as_of, other.age_days) == ("4 days", "b2.csv", NOW - DAY, 1)


def test_a_single_source_is_recorded_as_ever():
    """Logs of earlier versions keep their digests: what says nothing is absent."""
    known = admitted(reply("b1", "a.x", "5"))
    entry = known["a.x"]

    assert isinstance(entry, Evidence)
    assert "agreeing" not in entry.document()
    assert "agreeing" not in judged(criterion("a.x >= 5"), known).facts[0].document()


def test_what_agrees_is_read_back_from_the_record():
    """A report is rendered from the log alone."""
    entry = both("a.x", "5", "4")["a.x"]

    assert isinstance(entry, Evidence)
    assert Evidence.from_document(entry.document()) == entry
    assert [value.source.binding for value in entry.values] == ["b1", "b2"]


def test_what_is_of_another_fact_or_empty_cannot_agree():
    """The record is read strictly: a value of another fact would be judged as this one."""
    document = both("a.x", "5", "4")["a.x"].document()
    for wrong in ([], [document["agreeing"][0] | {"fact": "a.y"}], [document | {}]):
        with pytest.raises(ValueError, match="what agrees"):
            Evidence.from_document(document | {"agreeing": wrong})
