"""The pieces of a drawing: a frame with its words, lines over time, and bars with a limit."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from html import escape as quoted
from typing import Final

from gonogo.report.escape import escape

WIDE, HIGH = 640, 220
_LEFT, _RIGHT, _TOP, _LOW = 44, 150, 16, 34
DASHES: Final = ("", "6 3", "2 3", "10 3 2 3")
"""How lines differ where color does not."""


@dataclass(frozen=True, slots=True)
class Series:
    """One line.

    Attributes:
        name: Stands at its end.
        points: Moments with values, oldest first.
    """

    name: str
    points: tuple[tuple[datetime, float], ...]


@dataclass(frozen=True, slots=True)
class TimeMark:
    """A moment with a word: a change of the rules, go-live."""

    at: datetime
    words: str


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar with its limit.

    Attributes:
        name: Stands before it.
        value: Its length.
        limit: Where the mark stands.
        words: Stand behind it.
    """

    name: str
    value: float
    limit: float
    words: str


def plain(text: str) -> str:
    """Return text as markup holds it."""
    return quoted(escape(text))


def over_time(
    key: str,
    title: str,
    description: str,
    series: Sequence[Series],
    *,
    top: float,
    low: float = 0,
    unit: str = "",
    marks: Sequence[TimeMark] = (),
) -> str:
    """Return lines over time.

    Args:
        key: Part of the ids of title and description; unique on the page.
        title: What it shows.
        description: The same in a sentence, for those who do not see it.
        series: The lines; at least one has two points.
        top: The largest value of the axis.
        low: The smallest value of the axis; below 0 a thin line shows where 0 is.
        unit: Behind the numbers of the axis.
        marks: Moments that a reader must know.
    """
    moments = [at for line in series for at, _value in line.points] + [mark.at for mark in marks]
    first, last = min(moments), max(moments)
    span = (last - first).total_seconds() or 1.0
    height = (top - low) or 1.0

    def x(at: datetime) -> float:
        return _LEFT + (WIDE - _LEFT - _RIGHT) * ((at - first).total_seconds() / span)

    def y(value: float) -> float:
        return _TOP + (HIGH - _TOP - _LOW) * (1 - (value - low) / height)

    parts = [
        f'<path d="M{_LEFT} {_TOP}V{HIGH - _LOW}H{WIDE - _RIGHT}" fill="none" stroke="currentColor"/>',
        *(_label(_LEFT - 6, y(value) + 4, f"{value:g}{unit}", anchor="end") for value in (low, low + height)),
        _label(_LEFT, HIGH - _LOW + 16, f"{first:%Y-%m-%d}"),
        _label(WIDE - _RIGHT, HIGH - _LOW + 16, f"{last:%Y-%m-%d}", anchor="end"),
    ]
    if low < 0 < top:
        parts.append(f'<path d="M{_LEFT} {y(0):.1f}H{WIDE - _RIGHT}" stroke="currentColor" stroke-width="0.5"/>')
        parts.append(_label(_LEFT - 6, y(0) + 4, f"0{unit}", anchor="end"))
    for mark in marks:
        place = x(mark.at)
        parts.append(f'<path d="M{place:.1f} {_TOP}V{HIGH - _LOW}" stroke="currentColor" stroke-dasharray="1 3"/>')
        parts.append(_label(place, _TOP - 4, mark.words, anchor="middle"))
    ends: list[float] = []
    for number, line in enumerate(series):
        path = " ".join(
            f"{'L' if place else 'M'}{x(at):.1f} {y(value):.1f}" for place, (at, value) in enumerate(line.points)
        )
        dashes = f' stroke-dasharray="{DASHES[number % len(DASHES)]}"' if number % len(DASHES) else ""
        parts.append(f'<path d="{path}" fill="none" stroke="currentColor" stroke-width="2"{dashes}/>')
        if line.points:
            at, value = line.points[-1]
            end = _apart(y(value) + 4, ends)
            parts.append(_label(x(at) + 8, end, f"{line.name}: {value:g}{unit}"))
    return _framed(key, title, description, WIDE, HIGH, parts)


def _apart(wanted: float, taken: list[float]) -> float:
    """Return a height for a label that covers none of the others."""
    place = wanted
    while any(abs(place - other) < 13 for other in taken):
        place += 1
    taken.append(place)
    return place


def bars(key: str, title: str, description: str, found: Sequence[Bar]) -> str:
    """Return a bar for each thing, on a scale of its own, with a mark at its limit."""
    step, left, wide = 30, 8, 300
    parts = []
    for number, bar in enumerate(found):
        scale = max(bar.value, bar.limit) or 1.0
        up = 18 + number * step
        length, limit = wide * max(bar.value, 0.0) / scale, left + wide * max(bar.limit, 0.0) / scale
        parts += [
            _label(left, up - 4, bar.name),
            f'<rect x="{left}" y="{up}" width="{length:.1f}" height="8" fill="currentColor" fill-opacity="0.45"/>',
            f'<path d="M{limit:.1f} {up - 2}V{up + 10}" stroke="currentColor" stroke-width="3"/>',
            _label(left + wide + 10, up + 8, bar.words),
        ]
    return _framed(key, title, description, WIDE, 24 + len(found) * step, parts)


def _label(x: float, y: float, text: str, *, anchor: str = "start") -> str:
    where = f' text-anchor="{anchor}"' if anchor != "start" else ""
    return f'<text x="{x:.1f}" y="{y:.1f}" font-size="11" fill="currentColor"{where}>{plain(text)}</text>'


def _framed(key: str, title: str, description: str, wide: int, high: int, parts: Sequence[str]) -> str:
    return (
        f'<svg viewBox="0 0 {wide} {high}" role="img" aria-labelledby="{key}-title {key}-words">'
        f'<title id="{key}-title">{plain(title)}</title><desc id="{key}-words">{plain(description)}</desc>'
        f"{''.join(parts)}</svg>"
    )
