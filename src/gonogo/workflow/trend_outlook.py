"""When a threshold will be met at the present pace, where recorded values say it."""

from __future__ import annotations

import math
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from fractions import Fraction
from operator import ge, gt, le, lt
from typing import Final
from zoneinfo import ZoneInfo

from gonogo.forecast.binomial import share_pace
from gonogo.forecast.pace import FEWEST, Arrival, DailyPace, arrival
from gonogo.forecast.theil_sen import theil_sen
from gonogo.model.evidence import Evidence
from gonogo.model.fact import FactType
from gonogo.model.finding import Outcome
from gonogo.workflow.trending import FactHistory

_NUMBER: Final = re.compile(r"(-?\d[\d,]*(?:\.\d+)?)(%?)(?: [^\d].*)?", re.ASCII)
_HOLDS: Final[dict[str, Callable[[Fraction, Fraction], bool]]] = {">=": ge, ">": gt, "<=": le, "<": lt}


class OutlookKind(StrEnum):
    """What a forecast comes to."""

    SILENT = "silent"
    STAYS = "stays"
    MET = "met"
    NOT_BEFORE_GO_LIVE = "not_before_go_live"
    NEVER = "never"
    LOST = "lost"


@dataclass(frozen=True, slots=True)
class ThresholdOutlook:
    """When a threshold will be met, or no longer met.

    Attributes:
        kind: What it comes to.
        why: Why nothing is said; empty otherwise.
        points: How many values it rests on.
        arrival: When the value crosses; None where nothing is said.
    """

    kind: OutlookKind
    why: str = ""
    points: int = 0
    arrival: Arrival | None = None

    @property
    def misses(self) -> bool:
        """Whether the threshold is open at go-live at the present pace."""
        return self.kind in (OutlookKind.NOT_BEFORE_GO_LIVE, OutlookKind.NEVER)

    def words(self, zone: ZoneInfo, now: datetime, go_live: datetime) -> str:
        """Return it in a sentence, as of a run at ``now``."""
        way = self.arrival
        if way is None:
            return f"no forecast: {self.why}"
        between = f"(between {_day(way.earliest, zone)} and {_day(way.latest, zone)})"
        if self.kind is OutlookKind.STAYS:
            early = way.earliest is not None and way.earliest <= go_live
            at_worst = f"; at worst no longer met from {_day(way.earliest, zone)}" if early else ""
            return f"met now; at the present pace it stays met until go-live{at_worst}"
        if self.kind is OutlookKind.LOST:
            return f"met now; at the present pace no longer met from {_day(way.on, zone)} {between}"
        if self.kind is OutlookKind.NEVER:
            at_best = f"; at best on {_day(way.earliest, zone)}" if way.earliest is not None else ""
            return f"never at this pace{at_best}"
        if self.kind is OutlookKind.NOT_BEFORE_GO_LIVE:
            return f"not before go-live: at the present pace met on {_day(way.on, zone)} {between}"
        if way.on is not None and way.on <= now:
            passed = "it is not met in the last run, and newer evidence would show more"
            return f"at the present pace met on {_day(way.on, zone)} {between}; {passed}"
        return f"at the present pace met on {_day(way.on, zone)} {between}"


def stricter_end(history: FactHistory) -> tuple[str, str] | None:
    """Return the last rung of the limit and the limit from then on, where it is not the limit of the last run."""
    last, end = history.moments[-1].reading, history.at_the_end
    return end if last is not None and end is not None and _number(last.right) != _number(end[1]) else None


def outlook(history: FactHistory, go_live: datetime, *, at_the_end: bool = False) -> ThresholdOutlook:
    """Return when the threshold of a history will be met, from the values since rules or denominator changed.

    Args:
        history: The history.
        go_live: When the release goes live.
        at_the_end: Whether the limit is that of the last rung of its ladder, and not that of the last run.
    """
    last = history.moments[-1]
    if history.rises is None or last.reading is None:
        return _silent("there is no threshold that one number is compared with")
    end = history.at_the_end if at_the_end else None
    limit = _number(last.reading.right if end is None else end[1])
    if not isinstance(last.answer, Evidence) or last.reading.outcome is Outcome.UNKNOWN:
        return _silent("the last run has no value that counts")
    if limit is None or not last.reading.exact:
        return _silent("the limit is not recorded as a number that can be read back")
    values = _since_change(history)
    if len(values) < FEWEST:
        return _silent(f"{_points(len(values))} under the present rules, source and denominator, {FEWEST} are needed")
    pace, now = _pace(values), values[-1]
    assert pace is not None
    strict = last.reading.operator in ("<", ">")
    met = last.reading.outcome is Outcome.MET if end is None else _HOLDS[last.reading.operator](now.exact, limit)
    # What is met is lost at the first value on the other side, where the comparison turns round.
    rises, strict = (history.rises, strict) if not met else (not history.rises, not strict)
    whole = now.whole or (1 if now.type is FactType.INTEGER else None)
    value, level = (
        (now.exact * whole, _step(limit * whole, rises=rises, strict=strict)) if whole else (now.exact, limit)
    )
    way = arrival(pace, now.as_of, value, level)
    return ThresholdOutlook(_kind(way, go_live, met=met), "", len(values), way)


def _kind(way: Arrival, go_live: datetime, *, met: bool) -> OutlookKind:
    before = way.on is not None and way.on <= go_live
    if met:
        return OutlookKind.LOST if before else OutlookKind.STAYS
    if way.on is None:
        return OutlookKind.NEVER
    return OutlookKind.MET if before else OutlookKind.NOT_BEFORE_GO_LIVE


def _since_change(history: FactHistory) -> list[Evidence]:
    """Return the values since the last break, one for each moment at which one held: read twice is no second point."""
    found: dict[datetime, Evidence] = {}
    for moment in history.moments:
        if moment.breaks:
            found = {}
        if isinstance(moment.answer, Evidence) and moment.answer.type.numeric:
            found[moment.answer.as_of] = moment.answer
    return [found[at] for at in sorted(found)]


def _pace(values: list[Evidence]) -> DailyPace | None:
    begin = values[0].as_of
    days = [Fraction((each.as_of - begin).total_seconds()) / 86400 for each in values]
    whole = values[-1].whole
    if whole is None:
        return theil_sen([(day, each.exact) for day, each in zip(days, values, strict=True)])
    return share_pace([(day, each.part or 0) for day, each in zip(days, values, strict=True)], whole)


def _step(level: Fraction, *, rises: bool, strict: bool) -> Fraction:
    """Return the first whole number that passes a level."""
    if rises:
        return Fraction(math.floor(level) + 1 if strict else math.ceil(level))
    return Fraction(math.ceil(level) - 1 if strict else math.floor(level))


def _number(text: str) -> Fraction | None:
    found = _NUMBER.fullmatch(text)
    if found is None:
        return None
    return Fraction(found[1].replace(",", "")) / (100 if found[2] else 1)


def _silent(why: str) -> ThresholdOutlook:
    return ThresholdOutlook(OutlookKind.SILENT, why)


def _points(number: int) -> str:
    return f"{number} point{'' if number == 1 else 's'}"


def _day(moment: datetime | None, zone: ZoneInfo) -> str:
    return "never" if moment is None else f"{moment.astimezone(zone):%Y-%m-%d}"
