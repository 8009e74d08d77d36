"""What the rules ask otherwise than the rules that were locked, in words, with the milestones of each ladder."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from pydantic import ValidationError

from gonogo.errors import GonogoError
from gonogo.governance.ladder_words import ladder_words
from gonogo.model.change import Effect, RuleChange
from gonogo.model.fact import Vocabulary
from gonogo.model.lock import LockDifference, LockedContent
from gonogo.model.ruleset import Ruleset
from gonogo.ruleset.criterion_fields import FIELDS
from gonogo.ruleset.rule_changes import Editor, ruleset_changes

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
    found += [*_whole(old.ruleset, new.ruleset), *_words(was, now), *_facts(old.vocabulary, new.vocabulary)]
    if not found:
        parts = [f"{_named(each.ruleset)} ({each.digest()[:12]})" for each in (old, new)]
        found = [LockDifference(part="rules", old=parts[0], new=parts[1], effect=Effect.MAY_LOOSEN)]
    yield from found


def _told(change: RuleChange, was: Ruleset, now: Ruleset) -> LockDifference:
    old, new = (rules.get(change.criterion or "") for rules in (was, now))
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
    """Yield the criteria of which only words are different: what was agreed reads otherwise now."""
    for criterion in (*new.criteria, *new.holds):
        was = old.get(criterion.id) or next((hold for hold in old.holds if hold.id == criterion.id), None)
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
    """Yield facts that are new or gone, and those of which only words are different."""
    before, after = ({each["name"]: each for each in facts.get("facts", ())} for facts in (old, new))
    for name in sorted(before.keys() | after.keys()):
        was, now = before.get(name), after.get(name)
        if was is None or now is None:
            words = ["declared" if each is not None else "not declared" for each in (was, now)]
            yield LockDifference(part=f"fact {name}", old=words[0], new=words[1], effect=Effect.NEITHER)
            continue
        for key in ("meaning", "question"):
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
