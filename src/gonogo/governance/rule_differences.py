"""How the rules differ from the rules that were locked, in words, with the milestones of each ladder."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from pydantic import ValidationError

from gonogo.core.thresholds import Way, directions, way_of
from gonogo.core.wording import listing
from gonogo.errors import GonogoError
from gonogo.model.change import Effect, RuleChange
from gonogo.model.fact import Vocabulary
from gonogo.model.lock import LockDifference, LockedContent
from gonogo.model.ruleset import Criterion, Parameter, Ruleset, days_before, literal_text
from gonogo.ruleset.criterion_fields import FIELDS
from gonogo.ruleset.own_copy import pairs
from gonogo.ruleset.rule_changes import WORDS, Editor, ruleset_changes

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


_PARAMETER: Final = "parameter "
_UNREAD: Final = "rules that this release of gonogo does not read"


def rule_differences(old: LockedContent, new: LockedContent) -> Iterator[LockDifference]:
    """Yield what differs between two sets of rules and facts; nothing only where both are the same."""
    if (old.ruleset, old.vocabulary) == (new.ruleset, new.vocabulary):
        return
    try:
        pairs = [(Ruleset.from_document(e.ruleset), Vocabulary.from_document(e.vocabulary)) for e in (old, new)]
    except (ValidationError, GonogoError):
        yield LockDifference(part="rules", old=_UNREAD, new=_named(new.ruleset), effect=Effect.MAY_LOOSEN)
        return
    (was, facts), (now, became) = pairs
    found = [_told(change, was, now) for change in ruleset_changes(was, now, (facts, became), Editor("the lock"))]
    found += [
        *_renamed(was, now),
        *_whole(old.ruleset, new.ruleset),
        *_words(was, now),
        *_facts(old.vocabulary, new.vocabulary),
    ]
    if not found:
        parts = [f"{_named(each.ruleset)} ({each.digest()[:12]})" for each in (old, new)]
        found = [LockDifference(part="rules", old=parts[0], new=parts[1], effect=Effect.MAY_LOOSEN)]
    yield from found


def _renamed(was: Ruleset, now: Ruleset) -> Iterator[LockDifference]:
    """Yield the criteria that are there under another id: what was recorded, waived or planned for them names the old.

    How long one has been open is carried on (:mod:`gonogo.workflow.renamed`); what else goes by its id may not be.
    """
    for name, criterion in pairs(was.criteria, now.criteria).items():
        if name != criterion.id:
            yield LockDifference(
                criterion=criterion.id, part="renamed, id", old=name, new=criterion.id, effect=Effect.MAY_LOOSEN
            )


def _told(change: RuleChange, was: Ruleset, now: Ruleset) -> LockDifference:
    new = now.get(change.criterion or "")
    old = was.get(change.criterion or "") or next(
        (was.get(name) for name, after in pairs(was.criteria, now.criteria).items() if after.id == change.criterion),
        None,
    )
    at = None
    if old is not None and new is not None and change.part.startswith(_PARAMETER):
        at = ladder_words(old, new, change.part.removeprefix(_PARAMETER), now.policy.milestones)
    return LockDifference(
        criterion=change.criterion, part=change.part, old=change.old, new=change.new, effect=change.effect, at=at
    )


def _whole(old: dict[str, Any], new: dict[str, Any]) -> Iterator[LockDifference]:
    """Yield what belongs to no criterion and no policy: name, seats, overlays."""
    if _named(old) != _named(new):
        yield LockDifference(part="ruleset", old=_named(old), new=_named(new), effect=Effect.NEITHER)
    for key, effect in (("offices", Effect.MAY_LOOSEN), ("overlays", Effect.NEITHER)):
        was, now = (", ".join(map(str, each.get(key, ()))) or "none" for each in (old, new))
        if was != now:
            yield LockDifference(part=key, old=was, new=now, effect=effect)
    if old.get("sources") != new.get("sources") or old.get("title") != new.get("title"):
        yield LockDifference(part="title and citations", old="as locked", new="other words", effect=Effect.NEITHER)


def _words(old: Ruleset, new: Ruleset) -> Iterator[LockDifference]:
    """Yield the criteria whose words alone are different: what was agreed reads differently now."""
    before_it = {after.id: name for name, after in pairs(old.criteria, new.criteria).items()}
    for criterion in (*new.criteria, *new.holds):
        was = old.get(before_it.get(criterion.id, criterion.id))
        was = was or next((hold for hold in old.holds if hold.id == criterion.id), None)
        if was is None:
            continue
        for field in FIELDS:
            before, after = getattr(was, field.attribute), getattr(criterion, field.attribute)
            if field.words and before != after and field.attribute != "id":
                yield LockDifference(
                    criterion=criterion.id,
                    part=field.attribute.replace("_", " "),
                    old=_shown(before),
                    new=_shown(after),
                    effect=Effect.NEITHER,
                )


def _facts(old: dict[str, Any], new: dict[str, Any]) -> Iterator[LockDifference]:
    """Yield facts that are new or gone, and those whose words alone are different."""
    before, after = ({each["name"]: each for each in facts.get("facts", ())} for facts in (old, new))
    for name in sorted(before.keys() | after.keys()):
        was, now = before.get(name), after.get(name)
        if was is None or now is None:
            words = ["declared" if each is not None else "not declared" for each in (was, now)]
            yield LockDifference(part=f"fact {name}", old=words[0], new=words[1], effect=Effect.NEITHER)
            continue
        for key in WORDS:
            if was.get(key) != now.get(key):
                yield LockDifference(
                    part=f"fact {name}: {key}",
                    old=_shown(was.get(key)),
                    new=_shown(now.get(key)),
                    effect=Effect.NEITHER,
                )


def _named(ruleset: dict[str, Any]) -> str:
    return f"{ruleset.get('name')}@{ruleset.get('version')}"


def _shown(value: object) -> str:
    text = ", ".join(map(str, value)) if isinstance(value, tuple) else str(value or "nothing")
    return f"“{text[:300]}”"
