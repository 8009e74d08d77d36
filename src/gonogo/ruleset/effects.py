"""Which way a change of one field of a criterion goes, and how its values are written where a change is reported.

Loosening is what may let a release through that was held before: a lower severity, a later milestone, an easier
threshold, older evidence, more people who may attest, fewer who must sign. What nobody can tell counts as loosening.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from gonogo.core.thresholds import Way, directions, way_of
from gonogo.language.requirement import All, AnyOf, Condition, Requirement
from gonogo.model.change import Effect
from gonogo.model.people import Sides
from gonogo.model.ruleset import Criterion, NotApplicable, Parameter, Severity, days_before, literal_text

LOOSER, UNSURE, TIGHTER, NEITHER = Effect.LOOSENS, Effect.MAY_LOOSEN, Effect.TIGHTENS, Effect.NEITHER
PartChange = tuple[str, str, str, Effect]
"""What was changed, what it was, what it is, and what that does; no change where both are equal."""
_RANK: Final = {Severity.ADVISORY: 0, Severity.CONDITIONAL: 1, Severity.MANDATORY: 2}
_EFFECT: Final = {Way.LOOSER: LOOSER, Way.OTHER: UNSURE, Way.TIGHTER: TIGHTER}


def either(looser: bool) -> Effect:
    """Return one of the two ways."""
    return LOOSER if looser else TIGHTER


def neither(_old: object, _new: object) -> Effect:
    """Return that a change decides nothing by itself."""
    return NEITHER


def unsure(_old: object, _new: object) -> Effect:
    """Return that nobody can say which way a change goes."""
    return UNSURE


def lower_severity(old: Severity, new: Severity) -> Effect:
    """A lower severity stops less."""
    return either(_RANK[new] < _RANK[old])


def later_milestone(old: str | None, new: str | None) -> Effect:
    """A criterion that is due later is not asked until then; None is always."""
    days = [1000 if each is None else days_before(each) for each in (old, new)]
    return either(days[1] < days[0])


def enforced_later(old: str | None, new: str | None) -> Effect:
    """A criterion that is enforced later blocks nothing until then; between a date and a milestone nobody can say."""
    if old is None or new is None:
        return either(new is not None)
    if old.startswith("T-") != new.startswith("T-"):
        return UNSURE
    return later_milestone(old, new) if new.startswith("T-") else either(new > old)


def enforced_text(value: str | None) -> str:
    """Write since when a criterion is enforced."""
    return value or "as soon as it is due"


def in_shadow(_old: object, new: object) -> Effect:
    """What is in shadow stops nobody."""
    return either(new is not None)


def mode_text(value: str | None) -> str:
    """Write whether a criterion or a gate decides."""
    return f"{value}" if value else "enforced"


def older_evidence(old: int, new: int) -> Effect:
    """Evidence that may be older, in seconds, is easier to have."""
    return either(new > old)


def shorter_span(old: int | None, new: int | None) -> Effect:
    """What must have held for a shorter time, in seconds, is easier to meet; None is today alone."""
    return either((new or 0) < (old or 0))


def longer_open(old: int | None, new: int | None) -> Effect:
    """What may be open for longer, in seconds, before it is mandatory stops less; None is for ever."""
    return either(new is None or (old is not None and new > old))


def span_text(seconds: int | None) -> str:
    """Write a span as rulesets do."""
    return "none" if seconds is None else age_text(seconds)


def more_seats(old: Sequence[str], new: Sequence[str]) -> Effect:
    """Whatever seat is added may speak; the order of the seats says nothing."""
    return NEITHER if set(new) == set(old) else either(not set(new) <= set(old))


def fewer_signatures(old: Sequence[str], new: Sequence[str]) -> Effect:
    """All named seats sign, so that fewer of them ask for less; nobody at all means that nobody may waive."""
    if not old or not new:
        return either(bool(new))
    if set(new) == set(old):
        return NEITHER
    return TIGHTER if set(new) > set(old) else LOOSER if set(new) < set(old) else UNSURE


def other_producer(old: str, new: str) -> Effect:
    """Who makes the evidence may not attest it; where nobody is named, everybody else's word counts."""
    return TIGHTER if not old else LOOSER if not new else UNSURE


def producer_text(value: str) -> str:
    """Write who makes the evidence."""
    return value or "nobody named"


def one_side(_old: Sides | None, new: Sides | None) -> Effect:
    """One side alone is easier to convince than both."""
    return either(new is Sides.ONE)


def allowed(_old: bool | None, new: bool | None) -> Effect:
    """A permission that is given lets more through."""
    return either(bool(new))


def fewer_clauses(old: Requirement, new: Requirement) -> Effect:
    """Which way a requirement goes, where clauses were only added or taken away."""
    before, after = _split(old.tree, All), _split(new.tree, All)
    if all(part in before for part in after):
        return LOOSER if len(after) < len(before) else NEITHER
    if all(part in after for part in before):
        return TIGHTER
    before, after = _split(old.tree, AnyOf), _split(new.tree, AnyOf)
    if all(part in after for part in before):
        return LOOSER
    return TIGHTER if all(part in before for part in after) else UNSURE


def _split(tree: Condition, kind: type[All] | type[AnyOf]) -> tuple[Condition, ...]:
    return tree.parts if isinstance(tree, kind) else (tree,)


def exempts_more(old: Requirement | None, new: Requirement | None) -> Effect:
    """Where a criterion asks nothing under more conditions, it lets more through."""
    return TIGHTER if new is None else LOOSER if old is None else UNSURE


def not_asked(_old: object, new: object) -> Effect:
    """A criterion that is marked not applicable stops nobody."""
    return TIGHTER if new is None else LOOSER


def not_applicable_text(value: NotApplicable | None) -> str:
    """Write why a criterion is not asked, and who approved that."""
    return f"{value.reason} (approved by {value.approved_by})" if value else "no"


def floor_taken(_old: bool | None, new: bool | None) -> Effect:
    """A floor that is gone lets later layers loosen."""
    return either(not new)


def parameter_changes(old: Criterion, new: Criterion) -> Iterator[PartChange]:
    """Yield for each parameter of either what it was and is."""
    ways = directions(new.require)
    if new.not_applicable_when is not None:
        for name, way in directions(new.not_applicable_when, exempts=True).items():
            ways[name] = way if ways.get(name, way) == way else 0
    asks = NEITHER if old.require == new.require else fewer_clauses(old.require, new.require)
    same = asks in (NEITHER, TIGHTER) and old.not_applicable_when == new.not_applicable_when
    for name in {**old.parameter, **new.parameter}:
        was, now = old.parameter.get(name), new.parameter.get(name)
        if was is None or now is None:
            added = was is None and asks is TIGHTER  # a parameter of a clause that was added
            yield f"parameter {name}", steps(was), steps(now), TIGHTER if added else UNSURE
        else:
            yield f"parameter {name}", steps(was), steps(now), _step_effect(was, now, ways.get(name, 0) * same)


def _step_effect(old: Parameter, new: Parameter, direction: int) -> Effect:
    """The worst of what it does at any milestone; a floor that is taken away loosens."""
    if old.floor and not new.floor:
        return LOOSER
    days = {days_before(rung.milestone) for each in (old, new) for rung in each.ladder} or {0}
    pairs = [(old.at(day), new.at(day)) for day in sorted(days)]
    effects = {_EFFECT[way_of(was, now, direction)] for was, now in pairs if literal_text(was) != literal_text(now)}
    return next((effect for effect in (LOOSER, UNSURE, TIGHTER) if effect in effects), NEITHER)


def steps(parameter: Parameter | None) -> str:
    """Write a parameter with its ladder, and that it is a floor."""
    if parameter is None:
        return "none"
    floor = " (floor)" if parameter.floor else ""
    if parameter.constant is not None:
        return literal_text(parameter.constant) + floor
    return ", ".join(f"{literal_text(rung.value)} from {rung.milestone}" for rung in parameter.ladder) + floor


def age_text(seconds: int) -> str:
    """Write an age as rulesets do: ``7d``, ``12h``."""
    days, rest = divmod(seconds, 86400)
    return f"{days}d" if not rest else f"{seconds // 3600}h" if not rest % 3600 else f"{rest}s"


def seats_text(seats: Sequence[str]) -> str:
    """List seats."""
    return ", ".join(seats) or "nobody"


def milestone_text(milestone: str | None) -> str:
    """Write since when a criterion is due."""
    return milestone or "always"


def yes_text(value: bool | None) -> str:
    """Write a permission."""
    return "yes" if value else "no"


def exemption_text(text: Requirement | None) -> str:
    """Write when a criterion asks nothing."""
    return text.text if text else "never"


def requirement_words(requirement: Requirement) -> str:
    """Write a requirement as its author did."""
    return requirement.text


def sides_text(sides: Sides | None) -> str:
    """Write which sides sign."""
    return (sides or Sides.BOTH).value
