"""How values, ages and operators are written for people. Exact where it matters, and never rounded to look better."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime, tzinfo
from decimal import ROUND_HALF_EVEN, Decimal, localcontext
from fractions import Fraction
from typing import Final

from gonogo.language.requirement import Operator
from gonogo.model.evidence import Evidence, GapReason
from gonogo.model.fact import FactType
from gonogo.model.outcome import OutcomeOfRun
from gonogo.model.run_by import RunBy
from gonogo.text import seat_words as seat_words

WORDS: Final = {
    Operator.GE: "at least",
    Operator.GT: "more than",
    Operator.LE: "at most",
    Operator.LT: "less than",
    Operator.EQ: "exactly",
    Operator.NE: "other than",
}
"""Operators in a sentence: ``at least 85% is needed``."""

_GAPS: Final = {
    GapReason.MISSING: ("is", "missing"),
    GapReason.UNASKED: ("is", "unasked"),
    GapReason.STALE: ("is", "stale"),
    GapReason.FUTURE: ("is", "dated after the assessment"),
    GapReason.MALFORMED: ("is", "malformed"),
    GapReason.WRONG_TYPE: ("is", "of the wrong type"),
    GapReason.OUT_OF_RANGE: ("is", "out of range"),
    GapReason.CONFLICT: ("is", "in conflict"),
    GapReason.COLLECTOR_FAILED: ("was", "not collected"),
    GapReason.DEADLINE: ("was", "not collected in time"),
    GapReason.UNDECLARED: ("was", "answered by a collector that never declared it"),
    GapReason.WRONG_SUBJECT: ("is", "about something else"),
    GapReason.NOT_PROVABLE: ("is", "not provable"),
    GapReason.ISOLATION: ("was", "collected with too little isolation"),
    GapReason.AMBIGUOUS_ROWS: ("is", "counted from rows, but nothing says what one row is"),
    GapReason.MIXED_SUBJECTS: ("is", "about several builds, releases, environments or cycles at once"),
    GapReason.COUNTED_DIFFERENTLY: ("is", "counted differently from the rules"),
    GapReason.UNCONFIRMED: ("is", "unconfirmed"),
}
_MANY: Final = {"is": "are", "was": "were"}

LARGEST: Final = 10**40
"""From here on a number is not written out; nobody reads so many digits."""


def number_text(value: Fraction, places: int = 2) -> str:
    """Write a number with separators and at most ``places`` decimals, without trailing zeros: ``1,284,611.37``.

    A number that is not zero is never written as ``0``: it is ``less than 0.01`` away instead.
    """
    if abs(value) >= LARGEST:
        return f"{'-' if value < 0 else ''}10^40+"
    quantum = Fraction(1, 10**places)
    if value and abs(value) < quantum:
        return f"{'-' if value < 0 else ''}under {number_text(quantum, places)}"
    with localcontext() as context:
        context.prec = 60
        exact = Decimal(value.numerator) / Decimal(value.denominator)
        rounded = exact.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_EVEN)
    text = f"{rounded:,f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def percent_text(value: Fraction) -> str:
    """Write a ratio as percent: ``93.2%``. Less than all is never written ``100%``, and more than none never ``0%``."""
    text = number_text(value * 100)
    if text == "100" and value != 1:
        return "under 100%" if value < 1 else "over 100%"
    return text + "%"


def one_share(values: Iterable[Fraction], kind: FactType) -> bool:
    """Whether ratios are one number as people read and state them: ``95.65%`` and 22 of 23."""
    return kind is FactType.RATIO and len(set(map(percent_text, values))) == 1


def quantity_text(value: Fraction, *, ratio: bool = False, unit: str = "") -> str:
    """Write a number with its unit, or a ratio as percent."""
    if ratio:
        return percent_text(value)
    return f"{number_text(value)} {unit_text(unit, value)}".rstrip()


def value_text(value: Fraction | Decimal | int, kind: FactType, unit: str) -> str:
    """Write the number that a fact holds, before a run as in its report: ``10%``, ``4 working days``."""
    return quantity_text(Fraction(value), ratio=kind is FactType.RATIO, unit=unit)


def unit_text(unit: str, value: Fraction) -> str:
    """Write a unit as it follows a number: of one there is one ``issue``, one ``activity``, one ``process``."""
    if abs(value) == 1 and unit == "criteria":
        return "criterion"
    if abs(value) != 1 or not unit.endswith("s") or unit.endswith(("ss", "us", "is")):
        return unit
    if unit.endswith("ies"):
        return unit.removesuffix("ies") + "y"
    return unit.removesuffix("es" if unit.endswith(("sses", "xes", "ches", "shes")) else "s")


def gap_predicate(reason: GapReason, *, many: bool = False) -> str:
    """Say of a fact, or of many, why there is no usable value: ``is stale``, ``are about something else``."""
    verb, what = _GAPS[reason]
    return f"{_MANY[verb] if many else verb} {what}"


def gap_words(reason: GapReason) -> str:
    """Name the reason of a gap after a number: ``3 stale``, ``1 dated after the assessment``."""
    return _GAPS[reason][1]


def duration_text(seconds: Fraction) -> str:
    """Write a duration in days, or in hours when it is less than two days."""
    if abs(seconds) < 2 * 86400:
        return f"{number_text(seconds / 3600)} h"
    return f"{number_text(seconds / 86400)} days"


def day_there(moment: datetime, zone: tzinfo) -> str:
    """Write the day of a moment as a program's people count it: their evening of the 27th is the 28th in UTC."""
    return f"{moment.astimezone(zone):%Y-%m-%d}"


def recorded_day(moment: datetime) -> str:
    """Write the day of something that the record names by it, such as a lock: ``2027-04-19 UTC``, in any zone."""
    return f"{moment.astimezone(UTC):%Y-%m-%d} UTC"


def instant_words(moment: datetime) -> str:
    """Write an instant in UTC to the minute: ``2027-04-19 16:00 UTC``."""
    return moment.strftime("%Y-%m-%d %H:%M UTC")


def shown(evidence: Evidence) -> str:
    """Write the value of evidence as people read it, with part and whole where it was counted."""
    if evidence.type is FactType.BOOLEAN:
        return "true" if evidence.value else "false"
    if evidence.type is FactType.TEXT:
        return f'"{evidence.value}"'
    if evidence.type is FactType.INSTANT:
        return instant_words(evidence.value) if isinstance(evidence.value, datetime) else str(evidence.value)
    text = value_text(evidence.exact, evidence.type, evidence.unit)
    if evidence.part is not None and evidence.whole is not None:
        return f"{text} ({evidence.part:,} of {evidence.whole:,})"
    return text


def age_words(days: int) -> str:
    """Write an age in whole days."""
    return "less than a day old" if days < 1 else "1 day old" if days == 1 else f"{days} days old"


def listing(parts: list[str], *, most: int = 5) -> str:
    """Join parts as ``a, b and c``, naming at most ``most`` and counting the rest."""
    if len(parts) > most:
        parts = [*parts[:most], f"{len(parts) - most} more"]
    return parts[0] if len(parts) == 1 else ", ".join(parts[:-1]) + " and " + parts[-1] if parts else ""


def outcome_sentence(came: OutcomeOfRun) -> str:
    """Return what became of the release, when, after which run, who recorded it and why, with its full stop."""
    against = ", against the recommendation" if came.against else ""
    by = f", recorded by {recorder(came.who)}" if recorder(came.who) else ""
    what = f"The release was {came.outcome.words}{against} on {instant_words(came.at)}"
    end = f": {came.reason.rstrip('.')}." if came.reason is not None else "; nobody said why."
    return f"{what} (run {came.run}{by}){end}"


def recorder(who: RunBy | None) -> str:
    """Return who recorded it, as the environment declared it; empty where it did not."""
    return "" if who is None else who.account or who.job or who.host or ""
