"""At which milestones a changed threshold is looser, and at which stricter."""

from __future__ import annotations

from typing import Final

from gonogo.core.thresholds import Way, directions, way_of
from gonogo.core.wording import listing
from gonogo.model.ruleset import Criterion, Parameter, days_before, literal_text

_WORDS: Final = {Way.LOOSER: "looser", Way.OTHER: "may be looser", Way.TIGHTER: "stricter"}


def ladder_words(old: Criterion, new: Criterion, name: str, milestones: tuple[str, ...]) -> tuple[str, ...] | None:
    """Return for a parameter of both criteria where it is looser and where stricter; None where it has no ladder.

    Args:
        old: As it was.
        new: As it is.
        name: Of the parameter.
        milestones: Of the policy.
    """
    was, now = old.parameter.get(name), new.parameter.get(name)
    if was is None or now is None or not (was.ladder or now.ladder):
        return None
    rungs = {rung.milestone for each in (was, now) for rung in each.ladder}
    places = sorted({*rungs, *milestones}, key=days_before, reverse=True)
    found: dict[Way, list[str]] = {}
    for place in places:
        way = _way(old, new, name, (was, now), days_before(place))
        if way is not None:
            found.setdefault(way, []).append(place)
    return tuple(f"{word} at {listing(found[way], most=12)}" for way, word in _WORDS.items() if way in found) or None


def _way(old: Criterion, new: Criterion, name: str, both: tuple[Parameter, Parameter], days: int) -> Way | None:
    was, now = (each.at(days) for each in both)
    if literal_text(was) == literal_text(now):
        return None
    same = old.require == new.require and old.not_applicable_when == new.not_applicable_when
    ways = directions(new.require)
    if new.not_applicable_when is not None:
        for each, way in directions(new.not_applicable_when, exempts=True).items():
            ways[each] = way if ways.get(each, way) == way else 0
    return way_of(was, now, ways.get(name, 0) * same)
