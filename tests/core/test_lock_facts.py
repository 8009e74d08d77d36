"""Facts about the criteria: made from the history of the lock, whatever a source says."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest

from gonogo.core.lock_facts import with_lock_facts
from gonogo.model.change import Effect
from gonogo.model.computed_facts import (
    ALONE,
    APPROVED_DAYS,
    CHANGES,
    CRITERIA_FACTS,
    DOMAINS,
    IN_FREEZE,
    MEASURABLE,
    SIGNATURES,
    UNCONTROLLED,
)
from gonogo.model.evidence import Basis, Evidence, EvidenceSet, Gap, GapReason, Source
from gonogo.model.fact import FactDeclaration, FactType, Vocabulary
from gonogo.model.lock import LockChange, LockDifference, LockStanding
from gonogo.model.program import ProgramIdentity, Release
from gonogo.model.ruleset import Criterion, DecisionPolicy, Ruleset, Severity
from gonogo.model.waiver import Approval

NOW = datetime(2027, 4, 19, 16, tzinfo=UTC)
FIRST = datetime(2027, 1, 28, 4, tzinfo=UTC)  # still 27 January in New York
IDENTITY = ProgramIdentity(id="p", customer="C", provider="P", time_zone="America/New_York")
RELEASE = Release(id="R1", go_live=datetime(2027, 5, 3, 10, tzinfo=UTC))
LOOSER = LockDifference(part="severity", old="mandatory", new="advisory", effect=Effect.LOOSENS)
UNSURE = LockDifference(part="requirement", old="a", new="b", effect=Effect.MAY_LOOSEN)
STRICTER = LockDifference(part="severity", old="advisory", new="mandatory", effect=Effect.TIGHTENS)
REVIEW = Approval(person="rev", role="independent.ivv", on=date(2027, 3, 1))


def declared(name):
    kind = FactType.RATIO if name == MEASURABLE else FactType.INTEGER
    unit = "" if kind is FactType.RATIO else "changes"
    return FactDeclaration(name=name, type=kind, unit=unit, meaning="M.", question="Q?")


VOCABULARY = Vocabulary(facts=tuple(map(declared, sorted(CRITERIA_FACTS))))


def criterion(name, severity):
    return Criterion(
        id=name,
        title="T",
        statement="S",
        why="W",
        severity=severity,
        require=f"{UNCONTROLLED} <= 0",
        max_age_s=60,
        owner="customer.risk_manager",
        attest=("customer.risk_manager",),
        remedy="R",
        source=("S1",),
    )


RULESET = Ruleset(
    name="r",
    version="1",
    title="R",
    criteria=(
        criterion("program.a.b", Severity.MANDATORY),
        criterion("program.a.c", Severity.MANDATORY),
        criterion("system.a.b", Severity.CONDITIONAL),
    ),
    policy=DecisionPolicy(milestones=("T-0",)),
    material_sha256="0" * 64,
)


def stated(name):
    """What somebody typed about it."""
    gap = {"fact": name, "reason": GapReason.UNASKED, "detail": "No binding answers."}
    if name in (MEASURABLE, DOMAINS):
        return Gap(**gap)
    return Evidence(
        fact=name,
        type=FactType.INTEGER,
        unit="changes",
        value=0,
        as_of=NOW,
        basis=Basis.STATED,
        source=Source(binding="hand", locator="a.yaml"),
    )


def answers(lock, *names, vocabulary=VOCABULARY):
    given = [stated(name) for name in sorted(names or CRITERIA_FACTS)]
    found = with_lock_facts(
        EvidenceSet(
            evidence=tuple(each for each in given if isinstance(each, Evidence)),
            gaps=tuple(each for each in given if isinstance(each, Gap)),
        ),
        lock,
        ruleset=RULESET,
        vocabulary=vocabulary,
        identity=IDENTITY,
        release=RELEASE,
        now=NOW,
    )
    return {each.fact: each for each in found}


def standing(**more):
    return LockStanding(number=3, sha256="a" * 64, locked_at=NOW, first_at=FIRST, **more)


def test_they_count_what_the_history_holds_and_nothing_that_a_source_says():
    """A number that a person types would be the person's: zero changes, on the day on which one was made."""
    signed = tuple(Approval(person=f"p{n % 3}", role="customer.executive_sponsor", on=REVIEW.on) for n in range(4))
    changes = (
        LockChange(number=2, at=NOW, differences=(LOOSER, STRICTER, UNSURE), in_freeze=True, reviewed_by=REVIEW),
        LockChange(number=3, at=NOW, differences=(LOOSER,), lacks=("Nobody approved it.",)),
    )
    found = answers(standing(changes=changes, uncontrolled=1, approved_by=signed))

    assert {name: each.value for name, each in found.items()} == {
        APPROVED_DAYS: 96,
        SIGNATURES: 3,
        DOMAINS: 1,
        MEASURABLE: Decimal(1),
        CHANGES: 4,
        UNCONTROLLED: 1,
        IN_FREEZE: 2,
        ALONE: 1,
    }
    assert {each.basis for each in found.values()} == {Basis.MEASURED}
    assert {each.source.binding for each in found.values()} == {"gonogo"}
    assert (found[MEASURABLE].part, found[MEASURABLE].whole) == (3, 3)


def test_a_lock_that_was_never_changed_counts_nothing():
    """A program that kept to its criteria must be able to show that."""
    found = answers(standing())

    assert [found[name].value for name in (CHANGES, UNCONTROLLED, IN_FREEZE, ALONE)] == [0, 0, 0, 0]


def test_a_program_without_a_lock_has_no_answer_whatever_somebody_states():
    """Not locked is unknown, and the sentence says what to do."""
    found = answers(None)

    assert {type(each) for each in found.values()} == {Gap}
    assert "`gonogo lock PROGRAM`" in found[UNCONTROLLED].detail


@pytest.mark.parametrize(("days", "value"), [(-1, 95), (0, 96), (1, 97)])
def test_days_are_local_days_from_the_first_lock_to_go_live(days, value):
    """A threshold of 96 days is met on the day that people call the ninety-sixth."""
    moved = RELEASE.model_copy(update={"go_live": RELEASE.go_live + timedelta(days=days)})
    (fact,) = with_lock_facts(
        EvidenceSet(evidence=(stated(APPROVED_DAYS),), gaps=()),
        standing(),
        ruleset=RULESET,
        vocabulary=VOCABULARY,
        identity=IDENTITY,
        release=moved,
        now=NOW,
    )

    assert fact.value == value


def test_a_fact_of_another_type_is_a_gap():
    """A ruleset that declares it as text would compare nothing that means anything."""
    other = Vocabulary(facts=(FactDeclaration(name=UNCONTROLLED, type=FactType.TEXT, meaning="M.", question="Q?"),))

    assert answers(standing(), UNCONTROLLED, vocabulary=other)[UNCONTROLLED].reason is GapReason.WRONG_TYPE


def test_what_nobody_asks_is_not_made():
    """The record holds what the rules read."""
    assert answers(standing(), UNCONTROLLED).keys() == {UNCONTROLLED}


def test_the_vocabulary_knows_that_gonogo_computes_them():
    """So no binding may answer for one, and no workbook asks anybody."""
    assert all(VOCABULARY.computed(name) for name in CRITERIA_FACTS)
    assert not VOCABULARY.computed("criteria.other")
