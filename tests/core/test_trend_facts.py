"""Trends come from the record and today's value; a record that is too short is a gap, and never a good trend."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest

from gonogo.core.record_facts import PastRun
from gonogo.core.trend_facts import trend_sources, with_trends
from gonogo.model.evidence import Basis, Evidence, EvidenceSet, Gap, GapReason, Source, quotient_text
from gonogo.model.fact import FactDeclaration, FactType, Vocabulary
from gonogo.model.program import ProgramIdentity
from gonogo.model.trend import Trend, TrendMeasure
from gonogo.model.verdict import Verdict

NOW = datetime(2027, 4, 19, 16, tzinfo=UTC)
DAY, SECOND = timedelta(days=1), timedelta(seconds=1)
SPAN = 28 * DAY
IDENTITY = ProgramIdentity(id="h", customer="NIWA", provider="CFSC", time_zone="America/New_York")
SHARE, COUNT = "training.completed_ratio", "defects.open"


def declared(measure: TrendMeasure, of: str = SHARE, **more: Any) -> FactDeclaration:
    kind = {"type": FactType.RATIO} if of == SHARE else {"type": FactType.INTEGER, "unit": "defects"}
    trend = Trend(of=of, measure=measure, over_s=28 * 86400)
    return FactDeclaration(**{"name": "trend.x", "meaning": "m", "question": "q?", "trend": trend, **kind, **more})


def share(part: int, whole: int | None, **more: Any) -> Evidence:
    given: dict[str, Any] = {"part": part, "whole": whole} if whole else {}
    return Evidence(
        **{"fact": SHARE, "type": FactType.RATIO, "value": Decimal(quotient_text(part, whole or 100)),
           "as_of": NOW - DAY, "basis": Basis.MEASURED, "source": Source(binding="lms", locator="lms.csv"),
           **given, **more},
    )  # fmt: skip


def count(number: int, **more: Any) -> Evidence:
    return Evidence(
        **{"fact": COUNT, "type": FactType.INTEGER, "unit": "defects", "value": number, "as_of": NOW - DAY,
           "basis": Basis.MEASURED, "source": Source(binding="bugs", locator="bugs.csv"), **more},
    )  # fmt: skip


def ran(ago: timedelta, value: Evidence | None) -> PastRun:
    return PastRun(NOW - ago, Verdict.GO, evidence={} if value is None else {value.fact: value})


def trend(fact: FactDeclaration, today: Evidence | Gap | None, *runs: PastRun) -> Evidence | Gap:
    of = today.fact if today is not None else SHARE
    number = {"type": FactType.RATIO} if of == SHARE else {"type": FactType.INTEGER, "unit": "defects"}
    base = FactDeclaration(name=of, meaning="m", question="q?", **number)
    asked = [Gap(fact=fact.name, reason=GapReason.UNASKED, detail="Nobody.")]
    asked += [today] if isinstance(today, Gap) else []
    found = EvidenceSet(evidence=(today,) if isinstance(today, Evidence) else (), gaps=tuple(asked))
    made = with_trends(found, runs, Vocabulary(facts=(fact, base)), identity=IDENTITY, now=NOW)
    return next(entry for entry in made if entry.fact == fact.name)


class TestShrink:
    @pytest.mark.parametrize(("whole", "part"), [(999, 1), (1000, 0), (1001, 0)])
    def test_it_is_what_left_the_whole_and_never_what_joined(self, whole: int, part: int):
        """The VA's list lost three thousand people, and each rate looked better for it."""
        found = trend(declared(TrendMeasure.SHRINK), share(900, whole), ran(SPAN, share(880, 1000)))

        assert isinstance(found, Evidence)
        assert (found.part, found.whole) == (part, max(1000, whole))

    def test_the_largest_list_of_the_span_counts(self):
        """A list that grew first and shrank then has shrunk."""
        runs = (ran(SPAN, share(880, 1000)), ran(7 * DAY, share(900, 1250)))

        found = trend(declared(TrendMeasure.SHRINK), share(900, 1000), *runs)

        assert isinstance(found, Evidence)
        assert (found.part, found.whole, found.value) == (250, 1250, Decimal("0.2"))
        assert found.source.locator == f"{SHARE} in 2 earlier runs and lms.csv"

    @pytest.mark.parametrize(("today", "then"), [(None, 1000), (1000, None)])
    def test_a_share_without_its_whole_says_nothing(self, today: int | None, then: int | None):
        """95% of nobody knows how many."""
        found = trend(declared(TrendMeasure.SHRINK), share(90, today), ran(SPAN, share(90, then)))

        assert isinstance(found, Gap)
        assert found.detail == f"{SHARE} does not say of how many it is a share."

    def test_of_agreeing_sources_the_smallest_list_of_today_counts(self):
        """Nobody can tell which source is right, so the worse one counts."""
        other = share(90, 900, source=Source(binding="hr", locator="hr.csv"))

        found = trend(declared(TrendMeasure.SHRINK), share(100, 1000, agreeing=(other,)), ran(SPAN, share(100, 1000)))

        assert isinstance(found, Evidence)
        assert (found.part, found.whole) == (100, 1000)


class TestTheSpan:
    @pytest.mark.parametrize(
        ("ago", "why"),
        [
            (SPAN - SECOND, f"The record knows {SHARE} since 2027-03-22, and 28 days are needed."),
            (SPAN, ""),
            (2 * SPAN, ""),
            (2 * SPAN + SECOND,
             f"When the 28 days began, the last record of {SHARE} was of 2027-02-22, which is too old."),
        ],
    )  # fmt: skip
    def test_the_record_must_reach_its_beginning(self, ago: timedelta, why: str):
        """Below, at and above the span; a log that was cut never makes a better trend."""
        found = trend(declared(TrendMeasure.SHRINK), share(900, 1000), ran(ago, share(900, 1000)), ran(DAY, None))

        assert (found.detail if isinstance(found, Gap) else "") == why

    def test_no_run_is_no_trend(self):
        """The first run cannot say how anything moved."""
        found = trend(declared(TrendMeasure.SHRINK), share(900, 1000), ran(SPAN, None))

        assert isinstance(found, Gap)
        assert found.detail == f"No earlier run of the release recorded {SHARE}, and a trend over 28 days needs one."

    def test_a_run_that_came_later_is_no_record(self):
        """What is judged as of last week may not know what came since."""
        runs = (ran(SPAN, share(1, 1000)), ran(-DAY, share(1, 5000)))

        found = trend(declared(TrendMeasure.SHRINK), share(1, 1000), *runs)

        assert isinstance(found, Evidence)
        assert found.part == 0

    def test_what_is_not_known_today_has_no_trend(self):
        """The gap of the fact is the gap of its trend, with its reason and its source."""
        gap = Gap(fact=SHARE, reason=GapReason.MALFORMED, detail="Row 3 is cut.", binding="lms")

        found = trend(declared(TrendMeasure.SHRINK), gap, ran(SPAN, share(1, 2)))

        assert isinstance(found, Gap)
        assert (found.reason, found.binding) == (GapReason.MALFORMED, "lms")
        assert found.detail == f"{SHARE}: Row 3 is cut."
        assert isinstance(trend(declared(TrendMeasure.SHRINK), None, ran(SPAN, share(1, 2))), Gap)


class TestNumbers:
    RUNS = (ran(SPAN, count(5)), ran(7 * DAY, count(9)), ran(DAY, count(6)))

    @pytest.mark.parametrize(
        ("measure", "today", "value"),
        [
            (TrendMeasure.CHANGE, 4, -1),
            (TrendMeasure.CHANGE, 5, 0),
            (TrendMeasure.CHANGE, 6, 1),
            (TrendMeasure.HIGHEST, 8, 9),
            (TrendMeasure.HIGHEST, 10, 10),
            (TrendMeasure.LOWEST, 8, 5),
            (TrendMeasure.LOWEST, 4, 4),
        ],
    )
    def test_today_belongs_to_the_span(self, measure: TrendMeasure, today: int, value: int):
        """Below, at and above what the record holds."""
        found = trend(declared(measure, COUNT), count(today), *self.RUNS)

        assert isinstance(found, Evidence)
        assert (found.value, found.unit) == (value, "defects")

    def test_a_change_that_the_vocabulary_excludes_is_a_gap(self):
        """A range is there because something beyond it cannot be true."""
        found = trend(declared(TrendMeasure.CHANGE, COUNT, min=Decimal(0)), count(4), *self.RUNS)

        assert isinstance(found, Gap)
        assert found.reason is GapReason.OUT_OF_RANGE

    def test_a_trend_is_as_old_and_as_well_attested_as_todays_value(self):
        """Otherwise a stale list would have a fresh trend, and one person's word would be a measurement."""
        today = count(4, as_of=NOW - 9 * DAY, basis=Basis.STATED)

        found = trend(declared(TrendMeasure.HIGHEST, COUNT), today, *self.RUNS)

        assert isinstance(found, Evidence)
        assert (found.as_of, found.basis) == (NOW - 9 * DAY, Basis.STATED)


def test_the_fact_behind_a_trend_is_collected_too():
    """Nobody reads it directly, and today's value is half of the trend."""
    vocabulary = Vocabulary(facts=(declared(TrendMeasure.SHRINK),))

    assert trend_sources(["trend.x", "strange.fact"], vocabulary) == {SHARE}
    assert vocabulary.computed("trend.x")
    assert not vocabulary.computed(SHARE)
