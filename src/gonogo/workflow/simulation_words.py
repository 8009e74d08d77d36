"""A simulation of the go-live date, as text and for programs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from decimal import Decimal
from fractions import Fraction
from typing import Any, Final
from zoneinfo import ZoneInfo

from gonogo.forecast.go_live_draws import CHANCES, GoLiveDraws, LeadingActivity
from gonogo.model.activity_network import ActivityNetwork, clock_moment
from gonogo.model.canonical import decimal_text, instant_text
from gonogo.report.words import count, local
from gonogo.workflow.simulating import GoLiveSimulation

TITLE: Final = "GO-LIVE DATE BY SIMULATION OF THE SCHEDULE"
MOST_NAMED: Final = 10
DECLARE_SPREAD: Final = (
    "say how much longer or shorter what remains may take, as shares of it, with --spread 0.9,1.5 or as `simulation: "
    '{spread: ["0.9", "1.5"]}` in the settings of the binding; or name the fields that hold estimates there, under '
    "`simulation: {estimates: ...}`"
)
DECLARE_CORRELATION: Final = (
    'say how much delays go together, with --correlation 0.3 or as `simulation: {correlation: "0.3"}` in the settings '
    "of the binding; 0 says that no delay has to do with another"
)
HELD_OTHERWISE: Final = (
    "The file shows go-live later than its links give it. Something that a simulation does not know holds it, such as "
    "leveled resources, absences or dates set by hand. The dates below are too early, and the probability is too high."
)
RULES: Final = (
    "What is finished stays. What remains begins at the status date, after all that it waits for, and lasts in the "
    "working time of its calendar without the program's days off. Lags count in the successor's calendar, or as the "
    "options of Primavera say."
)
NO_MEASURE: Final = (
    "The spread and the correlation are assumptions. The interval says what so many draws can tell, and not how good "
    "the assumptions are."
)


def simulation_lines(found: GoLiveSimulation, zone: ZoneInfo) -> Iterator[str]:
    """Yield the section."""
    yield from ("", TITLE, "", _read_line(found))
    network, by_links = found.network, found.by_links
    if network is None or by_links is None or found.assumed is None:
        yield f"No date and no probability: {found.refused}."
        return
    yield f"Status date: {_at(clock_moment(network.data_date), zone)}. Go-live: {network.golive.name}, {network.aim}."
    shown = "" if network.shown is None else f" The file shows {_at(clock_moment(network.shown), zone)}."
    yield f"If everything takes as long as the file says, its links give {_at(by_links, zone)}.{shown}"
    if network.apart:
        apart = count(network.apart, "unfinished activity has", "unfinished activities have")
        yield f"{apart} no link that leads to go-live; what delays them does not count here."
    if found.drawn is None:
        yield _undrawn(found)
        return
    if found.held_otherwise:
        yield HELD_OTHERWISE
    yield from _drawn_lines(found, network, found.drawn, zone)


def _drawn_lines(
    found: GoLiveSimulation, network: ActivityNetwork, drawn: GoLiveDraws, zone: ZoneInfo
) -> Iterator[str]:
    low, high = drawn.interval
    most = "at most " if found.held_otherwise else ""
    yield (
        f"Probability of the committed date: {most}{_percent(drawn.chance)} ({drawn.on_time:,} of {drawn.draws:,} "
        f"draws; 95% interval of the draws {_percent(low)} to {_percent(high, up=True)})."
    )
    ends = [f"{_whole(share)} by {_at(moment, zone)}" for share, moment in zip(CHANCES, drawn.finishes, strict=True)]
    yield f"Of the draws {', '.join(ends[:-1])} and {ends[-1]}."
    yield from ("", "Go-live waits most often for:")
    yield from _named(network, drawn.leading, drawn.draws) or ("   nothing that takes time",)
    if drawn.by_dates:
        yield ""
        share = _percent(Fraction(drawn.by_dates, drawn.draws))
        yield f"In {share} of the draws a date in the file, not work, holds go-live. A date has no spread:"
        yield from _named(network, drawn.held, drawn.draws)
    yield from ("", f"Assumed: {_assumptions(found)}", RULES)
    yield from network.notes
    yield NO_MEASURE


def _read_line(found: GoLiveSimulation) -> str:
    files = ", ".join(f"{each.path} (sha256 {each.sha256[:16]}…)" for each in found.inputs) or "no file"
    if found.recorded is None:
        same = "The last run recorded nothing about this binding."
    elif found.same_files:
        same = "The last run read the same bytes."
    else:
        then = ", ".join(f"{each.path} (sha256 {each.sha256[:16]}…)" for each in found.recorded) or "no file"
        same = f"The last run read something else: {then}."
    return f"Read now for {found.binding}: {files}. {same}"


def _undrawn(found: GoLiveSimulation) -> str:
    if not found.uncertain:
        return "No probability: nothing that takes time is left before go-live, so no duration can be drawn."
    assumed, wanted = found.assumed, []
    if assumed is not None and assumed.spread is None and found.estimated < found.uncertain:
        wanted.append(DECLARE_SPREAD)
    if assumed is not None and assumed.correlation is None:
        wanted.append(DECLARE_CORRELATION)
    lacking = found.uncertain - found.estimated
    whose = f" ({lacking:,} of {count(found.uncertain, 'activity', 'activities')} have no estimate)" if lacking else ""
    return f"No probability: nobody declares how uncertain the durations are{whose}. Next: {'. Also '.join(wanted)}."


def _assumptions(found: GoLiveSimulation) -> str:
    assumed = found.assumed
    if assumed is None or assumed.correlation is None:
        return ""
    told = [f"{count(found.order.draws, 'draw')}, seed {found.order.seed}", f"{assumed.shape} durations"]
    if found.estimated:
        told.append(f"{count(found.estimated, 'activity', 'activities')} by the estimates in the file")
    if assumed.spread is not None and found.estimated < found.uncertain:
        low, high = (decimal_text(each) for each in assumed.spread)
        rest = count(found.uncertain - found.estimated, "activity", "activities")
        told.append(f"{rest} from {low} to {high} of what remains ({_by('spread', found)})")
    told.append(
        f"correlation {decimal_text(assumed.correlation)} between any two, by one common factor "
        f"({_by('correlation', found)})"
    )
    return f"{'; '.join(told)}."


def _by(name: str, found: GoLiveSimulation) -> str:
    ordered = found.assumed is not None and name in found.assumed.ordered
    return f"said by --{name}" if ordered else "said by the settings of the binding"


def _named(network: ActivityNetwork, leading: Sequence[LeadingActivity], draws: int) -> tuple[str, ...]:
    told = [
        f"   {_percent(Fraction(each.draws, draws)):>6}  {network.activities[each.place].name}"
        for each in leading[:MOST_NAMED]
    ]
    more = len(leading) - MOST_NAMED
    return (*told, f"   and {more:,} more") if more > 0 else tuple(told)


def _at(moment: datetime, zone: ZoneInfo) -> str:
    return local(moment.replace(tzinfo=zone), zone)


def _percent(share: Fraction, *, up: bool = False) -> str:
    """Return a share to a tenth of a percent: rounded down, so that no chance looks better; its upper end up."""
    tenths = -(-share * 1000 // 1) if up else share * 1000 // 1
    return f"{int(tenths) / 10:.1f}%"


def _whole(share: Fraction) -> str:
    return f"{int(share * 100)}% end"


def _share(value: Fraction) -> str:
    return decimal_text(round(Decimal(value.numerator) / Decimal(value.denominator), 6))


def simulation_document(found: GoLiveSimulation, zone: ZoneInfo) -> dict[str, Any]:
    """Return the same for programs."""
    network, drawn, assumed = found.network, found.drawn, found.assumed
    told: dict[str, Any] = {
        "binding": found.binding,
        "inputs": [each.document() for each in found.inputs],
        "last_run_read_the_same": found.same_files if found.recorded is not None else None,
        "refused": found.refused or None,
    }
    if network is None or assumed is None or found.by_links is None:
        return told
    told |= {
        "status_date": _instant(clock_moment(network.data_date), zone),
        "go_live_activity": network.golive.name,
        "committed": network.aim,
        "on_time_until": _instant(clock_moment(network.committed), zone),
        "by_links": _instant(found.by_links, zone),
        "shown": None if network.shown is None else _instant(clock_moment(network.shown), zone),
        "later_than_links": found.held_otherwise,
        "activities_without_link_to_go_live": network.apart,
        "uncertain": found.uncertain,
        "estimated": found.estimated,
        "assumed": {
            "draws": found.order.draws,
            "seed": found.order.seed,
            "shape": assumed.shape,
            "spread": None if assumed.spread is None else [decimal_text(each) for each in assumed.spread],
            "correlation": None if assumed.correlation is None else decimal_text(assumed.correlation),
            "rules": RULES,
            "notes": list(network.notes),
        },
        "undrawn": _undrawn(found) if drawn is None else None,
    }
    if drawn is None:
        return told
    low, high = drawn.interval
    return told | {
        "probability": _share(drawn.chance),
        "interval": [_share(low), _share(high)],
        "on_time": drawn.on_time,
        "finishes": {
            f"p{int(share * 100)}": _instant(moment, zone)
            for share, moment in zip(CHANCES, drawn.finishes, strict=True)
        },
        "criticality": _listed(network, drawn.leading, drawn.draws),
        "held_by_dates": _share(Fraction(drawn.by_dates, drawn.draws)),
        "dates": _listed(network, drawn.held, drawn.draws),
    }


def _listed(network: ActivityNetwork, leading: Sequence[LeadingActivity], draws: int) -> list[dict[str, str]]:
    return [
        {
            "key": network.activities[each.place].key,
            "activity": network.activities[each.place].name,
            "share": _share(Fraction(each.draws, draws)),
        }
        for each in leading[:MOST_NAMED]
    ]


def _instant(moment: datetime, zone: ZoneInfo) -> str:
    return instant_text(moment.replace(tzinfo=zone))
