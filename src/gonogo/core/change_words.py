"""What was changed in the rules, in words: what loosens first."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from gonogo.model.change import Effect, RuleChange

ADDED: Final = "not asked"
"""What a criterion was before it was added."""
_ORDER: Final = (Effect.LOOSENS, Effect.MAY_LOOSEN, Effect.TIGHTENS, Effect.NEITHER)


def reason_words(change: RuleChange) -> str:
    """Return why something was changed; what is new has a reason of its own, and no change needs one."""
    return change.reason or (
        "it is new, and says itself why it is asked" if change.old == ADDED else "no reason is given"
    )


def loosest_first(changes: Iterable[RuleChange]) -> tuple[RuleChange, ...]:
    """Return changes, what loosens first; in the order of the rules otherwise."""
    return tuple(sorted(changes, key=lambda each: _ORDER.index(each.effect)))


def loosened_lines(changes: Iterable[RuleChange], *, why: bool = True) -> tuple[str, ...]:
    """Return a line for each change that loosens the rules, or may: what is, what was; by which layer and why."""
    return tuple(_line(each) if why else _few(each) for each in changes if each.loosens)


def _few(change: RuleChange) -> str:
    sure = "" if change.effect is Effect.LOOSENS else " (may loosen)"
    part = change.part.removeprefix("parameter ")
    return f"{change.criterion or 'the ruleset'}, {part}: {change.new}, was {change.old}{sure}"


def _line(change: RuleChange) -> str:
    sure = "" if change.effect is Effect.LOOSENS else " (may loosen)"
    what = change.criterion or "the ruleset"
    why = change.reason or "no reason"
    return f"{what}, {change.part}: {change.new}, was {change.old}{sure}; {change.by}: {why}"
