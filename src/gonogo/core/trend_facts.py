"""Trends: what the record shows of one fact over a span, with today's value. No person states any of them. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from decimal import Decimal
from fractions import Fraction

from gonogo.core.record_facts import PastRun
from gonogo.model.canonical import fraction_text
from gonogo.model.computed_facts import RECORD
from gonogo.model.evidence import Basis, Evidence, EvidenceSet, Gap, GapReason, quotient_text
from gonogo.model.fact import FactDeclaration, FactType, Value, Vocabulary
from gonogo.model.program import ProgramIdentity
from gonogo.model.trend import Trend, TrendMeasure


def trend_sources(facts: Iterable[str], vocabulary: Vocabulary) -> set[str]:
    """Return the facts whose recorded values the trends among ``facts`` compare."""
    declared = (vocabulary.get(name) for name in facts)
    return {each.trend.of for each in declared if each is not None and each.trend is not None}


def with_trends(
    evidence: EvidenceSet, runs: Sequence[PastRun], vocabulary: Vocabulary, *, identity: ProgramIdentity, now: datetime
) -> EvidenceSet:
    """Return the evidence with each trend that is asked for in place of any other answer.

    Args:
        evidence: What came, a gap for each fact that nobody answered.
        runs: Finished runs of the release before ``now`` that are no rehearsals.
        vocabulary: Declares the trends.
        identity: Gives the time zone.
        now: The moment of the assessment.
    """
    made: list[Evidence | Gap] = []
    for entry in evidence:
        declared = vocabulary.get(entry.fact)
        if declared is None or declared.trend is None:
            made.append(entry)
        else:
            made.append(_computed(declared, declared.trend, evidence, runs, identity=identity, now=now))
    return EvidenceSet(
        evidence=tuple(entry for entry in made if isinstance(entry, Evidence)),
        gaps=tuple(entry for entry in made if isinstance(entry, Gap)),
    )


def _computed(
    declared: FactDeclaration,
    trend: Trend,
    evidence: EvidenceSet,
    runs: Sequence[PastRun],
    *,
    identity: ProgramIdentity,
    now: datetime,
) -> Evidence | Gap:
    today = next((entry for entry in evidence if entry.fact == trend.of), None)
    if today is None:
        return _gap(declared, f"{trend.of} has no value today.")
    if isinstance(today, Gap):
        return today.model_copy(update={"fact": declared.name, "detail": f"{trend.of}: {today.detail}"})
    past = _past(trend, runs, identity=identity, now=now)
    if isinstance(past, str):
        return _gap(declared, past)
    known = [value for each in past for value in each.values]
    locator = f"{trend.of} in {len(past)} earlier run{'' if len(past) == 1 else 's'} and {today.source.locator}"
    if trend.measure is TrendMeasure.SHRINK:
        wholes = [value.whole for value in (*known, *today.values)]
        if None in wholes:
            return _gap(declared, f"{trend.of} does not say of how many it is a share.")
        most = max(whole for whole in wholes if whole is not None)
        least = min(value.whole for value in today.values if value.whole is not None)
        return _evidence(declared, today, locator, Decimal(quotient_text(most - least, most)), (most - least, most))
    if trend.measure is TrendMeasure.CHANGE:
        return _changed(declared, today, past[0], locator)
    pick = max if trend.measure is TrendMeasure.HIGHEST else min
    chosen = pick((*known, *today.values), key=lambda value: value.exact)
    counts = None if chosen.part is None or chosen.whole is None else (chosen.part, chosen.whole)
    return _evidence(declared, today, locator, chosen.value, counts)


def _past(trend: Trend, runs: Sequence[PastRun], *, identity: ProgramIdentity, now: datetime) -> list[Evidence] | str:
    """Return the recorded values that stand for the span, oldest first; a sentence where the record is too short."""
    span = timedelta(seconds=trend.over_s)
    start = now - span
    runs = sorted((each for each in runs if each.now <= now and trend.of in each.evidence), key=lambda each: each.now)
    before = [each for each in runs if each.now <= start]
    words = f"{span.days} days" if span.days else f"{trend.over_s // 3600} hours"
    if not runs:
        return f"No earlier run of the release recorded {trend.of}, and a trend over {words} needs one."
    if not before:
        return f"The record knows {trend.of} since {identity.local_date(runs[0].now)}, and {words} are needed."
    if start - before[-1].now > span:
        last = identity.local_date(before[-1].now)
        return f"When the {words} began, the last record of {trend.of} was of {last}, which is too old."
    return [each.evidence[trend.of] for each in (before[-1], *(one for one in runs if one.now > start))]


def _changed(declared: FactDeclaration, today: Evidence, then: Evidence, locator: str) -> Evidence | Gap:
    """Of agreeing values the largest change upwards: nobody can tell which source is right."""
    moved = max(one.exact for one in today.values) - min(one.exact for one in then.values)
    low, high = declared.lowest, declared.highest
    if (low is not None and moved < Fraction(low)) or (high is not None and moved > Fraction(high)):
        detail = f"{today.fact} changed by {fraction_text(moved)}, which the vocabulary says cannot be."
        return Gap(fact=declared.name, reason=GapReason.OUT_OF_RANGE, detail=detail, binding=RECORD)
    number = int(moved) if declared.type is FactType.INTEGER else Decimal(fraction_text(moved))
    return _evidence(declared, today, locator, number, None)


def _evidence(
    declared: FactDeclaration, today: Evidence, locator: str, value: Value, counts: tuple[int, int] | None
) -> Evidence:
    """The trend is as old, as well attested and of the same subject as today's value."""
    stated = next((each for each in today.values if each.basis is Basis.STATED), today)
    return Evidence(
        fact=declared.name,
        type=declared.type,
        unit=declared.unit,
        value=value,
        part=None if counts is None else counts[0],
        whole=None if counts is None else counts[1],
        as_of=min(each.as_of for each in today.values),
        basis=stated.basis,
        source=today.source.model_copy(update={"locator": locator}),
        subject=today.subject,
        attested=stated.attested,
    )


def _gap(declared: FactDeclaration, detail: str) -> Gap:
    return Gap(fact=declared.name, reason=GapReason.MISSING, detail=detail, binding=RECORD)
