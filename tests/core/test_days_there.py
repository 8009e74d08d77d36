"""A day that is told to people is one of theirs; their evening is the next day in UTC, and the record says UTC."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest

from gonogo.core.span_held import span_words
from gonogo.core.usable import usable
from gonogo.core.wording import day_there, recorded_day
from gonogo.language.expression import parse_requirement
from gonogo.model.evidence import Basis, Evidence, EvidenceSet, Gap, Source
from gonogo.model.fact import FactType
from gonogo.model.finding import Outcome
from gonogo.model.judgement import Case, Past, Scope
from gonogo.model.ruleset import Criterion, DecisionPolicy, Severity

EVENING = datetime(2027, 4, 11, 2, 30, tzinfo=UTC)
"""Half past ten on the evening of the 10th in New York."""
NOW = EVENING + timedelta(days=8)
NEW_YORK = ZoneInfo("America/New_York")


def case(record: tuple[Past, ...] = ()) -> Case:
    criterion = Criterion(
        id="system.case",
        title="Case",
        statement="s",
        why="w",
        severity=Severity.CONDITIONAL,
        require=parse_requirement("a.flag"),
        max_age_s=7 * 86400,
        held_s=5 * 86400,
        owner="customer.pmo_lead",
        attest=("customer.pmo_lead",),
        remedy="r",
        source=("x",),
    )
    return Case(criterion, {}, record=record)


def scope(zone: ZoneInfo | timezone = NEW_YORK) -> Scope:
    return Scope(NOW, NOW + timedelta(days=14), None, DecisionPolicy(milestones=("T-0",)), (), zone=zone)


@pytest.mark.parametrize(("zone", "day"), [(NEW_YORK, "2027-04-10"), (UTC, "2027-04-11")])
def test_evidence_that_is_too_old_is_of_the_programs_day(zone: ZoneInfo | timezone, day: str) -> None:
    """The sheet of somebody says the 10th, and the sentence about it said the 11th."""
    source = Source(binding="b", locator="x.csv")
    entry = Evidence(
        fact="a.flag", type=FactType.BOOLEAN, unit="", value=True, as_of=EVENING, basis=Basis.MEASURED, source=source
    )

    gap = usable(case(), "a.flag", EvidenceSet(evidence=(entry,)), scope(zone), frozenset())

    assert isinstance(gap, Gap)
    assert gap.detail.startswith(f"It dates from {day} and is 8 days old; ")


@pytest.mark.parametrize(
    ("outcome", "words"),
    [
        (Outcome.NOT_MET, "and the run of 2027-04-10 found it not met"),
        (Outcome.UNKNOWN, "and the run of 2027-04-10 could not tell"),
        (Outcome.MET, "and no run looked at it from 2027-04-10 to 2027-04-18"),
    ],
)
def test_a_run_of_the_record_is_of_the_programs_day(outcome: Outcome, words: str) -> None:
    """Who looks for the run of the 11th finds none."""
    assert words in span_words(case((Past(EVENING, outcome),)), scope())


def test_a_day_there_and_a_day_of_the_record_are_told_apart() -> None:
    """A lock is named by its day in the record, in whatever zone somebody reads of it, and says so."""
    assert day_there(EVENING, NEW_YORK) == "2027-04-10"
    assert recorded_day(EVENING.astimezone(NEW_YORK)) == "2027-04-11 UTC"
