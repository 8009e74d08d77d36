"""What lies ahead of a release by its last recorded run: evidence that turns too old, and paces that are too slow."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from gonogo.core.due import last_moment
from gonogo.errors import UsageError
from gonogo.model.evidence import GapReason
from gonogo.model.fact import computed_by_name
from gonogo.model.finding import FactReading, Finding, Outcome, Status
from gonogo.report.words import local
from gonogo.workflow.trend_outlook import OutlookKind, ThresholdOutlook, outlook, stricter_end
from gonogo.workflow.trending import FactHistory, ReleaseTrend, release_trend


@dataclass(frozen=True, slots=True)
class TurningStale:
    """Evidence that will be too old for a criterion that reads it.

    Attributes:
        fact: The fact.
        at: From when; None where it was too old in the last run.
        source: Where a person can check it; empty where the run does not say.
        criteria: The criteria for which it will be, the first to notice first.
        owner: Seat that answers for the first of them.
        before_decision: Whether it is too old at the decision already.
    """

    fact: str
    at: datetime | None
    source: str
    criteria: tuple[str, ...]
    owner: str
    before_decision: bool


@dataclass(frozen=True, slots=True)
class PaceAhead:
    """A threshold with what its pace comes to by go-live.

    Attributes:
        history: The history of the comparison.
        finding: The criterion as the last run judged it.
        limit: The limit that is in force at go-live.
        outlook: What the pace comes to.
    """

    history: FactHistory
    finding: Finding
    limit: str
    outlook: ThresholdOutlook

    @property
    def missed(self) -> bool:
        """Whether it is missed by a criterion that is open, or by one that is met now by an easier limit."""
        last = self.history.moments[-1].reading
        met_now = last is not None and last.outcome is Outcome.MET
        return self.outlook.misses and (self.finding.status.open or met_now)


@dataclass(frozen=True)
class ReleaseForecast:
    """What lies ahead.

    Attributes:
        trend: The runs that it rests on.
        decision: When the decision is taken; None where nobody said.
        stale: What will be too old at go-live, the first first.
        missed: Thresholds that the present pace misses, by the limit at go-live.
        lost: Thresholds that are met and will not be.
        silent: How many thresholds allow no forecast.
    """

    trend: ReleaseTrend
    decision: datetime | None
    stale: tuple[TurningStale, ...]
    missed: tuple[PaceAhead, ...]
    lost: tuple[PaceAhead, ...]
    silent: int

    def first_rung(self, one: TurningStale) -> str:
        """Return the first milestone ahead at whose last moment evidence is too old; empty where there is none."""
        return next((name for name, at in self.trend.rungs if one.at is None or one.at <= at), "")

    @property
    def thresholds(self) -> int:
        """How many thresholds there are."""
        return len(self.trend.histories)


def release_forecast(place: Path, decision: date | datetime | None = None) -> ReleaseForecast:
    """Say what lies ahead of the release that was judged last, from the log alone.

    Args:
        place: Folder of a program, or of a log.
        decision: When the decision is taken: a local date stands for its last second.

    Raises:
        UsageError: There is no such log, no run but rehearsals, the last run is not before go-live, or the decision
            does not lie between the two.
        IntegrityError: The log is broken.
    """
    trend = release_trend(place, ())
    started = trend.last.started
    go_live, zone = started.release.go_live, started.program.zone
    if trend.now >= go_live:
        what = f"The last run is of {local(trend.now, zone)}, and go-live was at {local(go_live, zone)}."
        raise UsageError(f"{what} Nothing is left to forecast.")
    at = _moment(decision, trend)
    if at is not None and not trend.now <= at <= go_live:
        between = f"between the last run ({local(trend.now, zone)}) and go-live ({local(go_live, zone)})"
        raise UsageError(f"The decision would be at {local(at, zone)}, which is not {between}.")
    findings = trend.last.by_criterion
    paces = [_ahead(each, findings[each.criterion], go_live) for each in trend.histories]
    return ReleaseForecast(
        trend,
        at,
        turning_stale(trend.last.findings, by=go_live, decision=at),
        tuple(each for each in paces if each.missed),
        tuple(each for each in paces if each.outlook.kind is OutlookKind.LOST),
        sum(each.outlook.kind is OutlookKind.SILENT for each in paces),
    )


def _ahead(history: FactHistory, finding: Finding, go_live: datetime) -> PaceAhead:
    end, reading = stricter_end(history), history.moments[-1].reading
    limit = f"{end[1]} from {end[0]}" if end is not None else reading.right if reading is not None else ""
    return PaceAhead(history, finding, limit, outlook(history, go_live, at_the_end=end is not None))


def turning_stale(
    findings: Iterable[Finding], *, by: datetime, decision: datetime | None = None
) -> tuple[TurningStale, ...]:
    """Return what is too old for a judged criterion at ``by``: evidence is too old from the moment ``stale_at`` on.

    What gonogo computes itself is left out: each run computes it anew.
    """
    found: dict[str, list[tuple[datetime | None, FactReading, Finding]]] = {}
    for finding in findings:
        if not (finding.status.judged or finding.status is Status.NOT_APPLICABLE):
            continue
        for reading in finding.facts:
            if computed_by_name(reading.fact):
                continue
            old = reading.gap is not None and reading.gap.reason is GapReason.STALE
            if old or (reading.stale_at is not None and reading.stale_at <= by):
                found.setdefault(reading.fact, []).append((None if old else reading.stale_at, reading, finding))
    return tuple(sorted((_stale(fact, mine, decision) for fact, mine in found.items()), key=_order))


def _stale(
    fact: str, mine: list[tuple[datetime | None, FactReading, Finding]], decision: datetime | None
) -> TurningStale:
    mine = sorted(mine, key=lambda each: _number(each[0]))
    at, reading, finding = mine[0]
    source = reading.source or (next(iter(reading.gap.sources), "") if reading.gap is not None else "")
    return TurningStale(
        fact=fact,
        at=at,
        source=source,
        criteria=tuple(dict.fromkeys(each.criterion for _, _, each in mine)),
        owner=finding.owner,
        before_decision=decision is not None and (at is None or at <= decision),
    )


def _order(one: TurningStale) -> tuple[float, str]:
    return _number(one.at), one.fact


def _number(at: datetime | None) -> float:
    return float("-inf") if at is None else at.timestamp()


def _moment(decision: date | datetime | None, trend: ReleaseTrend) -> datetime | None:
    if decision is None or isinstance(decision, datetime):
        return decision
    return last_moment(trend.last.started.program, trend.last.started.release, decision)
