"""What changes of a ruleset do to the gate: each one with its old value, its new value, and which way it goes.

Which way a change goes is declared with the field: of a criterion, of the policy, of a fact.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from gonogo.core.change_words import ADDED
from gonogo.model.canonical import decimal_text
from gonogo.model.change import Effect, RuleChange
from gonogo.model.fact import FactDeclaration, Vocabulary
from gonogo.model.ruleset import Criterion, Ruleset
from gonogo.ruleset.criterion_fields import FIELDS
from gonogo.ruleset.effects import LOOSER, NEITHER, TIGHTER, UNSURE
from gonogo.ruleset.own_copy import pairs
from gonogo.ruleset.policy_fields import policy_changes

WORDS: Final = ("question",)
"""Fields that are words for people."""
FACT_FIELDS: Final = tuple(name for name in FactDeclaration.model_fields if name != "name")
"""Every field, in the order of the declaration."""


def fact_changes(old: FactDeclaration, new: FactDeclaration) -> Iterator[tuple[str, str, str]]:
    """Yield each field of a fact that is no longer what it was: its name, the old value and the new one."""
    for field in FACT_FIELDS:
        was, now = getattr(old, field), getattr(new, field)
        if was != now:
            yield field, _text(was), _text(now)


def _text(value: object) -> str:
    if value is None or value in ("", ()):
        return "none"
    if isinstance(value, tuple):
        return ", ".join(map(str, value))
    return decimal_text(value) if isinstance(value, Decimal) else f"{value}"


@dataclass(frozen=True, slots=True)
class Editor:
    """Who changed something, and why.

    Attributes:
        by: ``name@version`` of the overlay, or other words.
        reason: Why; empty where nobody said.
    """

    by: str
    reason: str = ""

    def change(self, criterion: str | None, part: str, old: str, new: str, effect: Effect) -> RuleChange:
        """Return one change."""
        return RuleChange(
            by=self.by,
            criterion=criterion,
            part=part,
            old=old,
            new=new,
            reason=self.reason,
            effect=effect,
            loosens=effect in (LOOSER, UNSURE),
        )

    def added(self, criterion: Criterion) -> RuleChange:
        """Return that a criterion was added."""
        return self.change(criterion.id, "criterion", ADDED, f"{criterion.severity}: {criterion.title}", NEITHER)


def criterion_changes(old: Criterion, new: Criterion, editor: Editor) -> Iterator[RuleChange]:
    """Yield everything of a criterion that decides something and is no longer what it was."""
    for field in FIELDS:
        for part, was, now, effect in field.changes(old, new):
            yield editor.change(new.id, part, was, now, effect)


def ruleset_changes(
    old: Ruleset, new: Ruleset, facts: tuple[Vocabulary, Vocabulary], editor: Editor
) -> Iterator[RuleChange]:
    """Yield what differs between two rulesets of one name and version: criteria, policy, and facts.

    Args:
        old: As it is shipped.
        new: As it is used.
        facts: The vocabularies of both.
        editor: Who changed it.
    """
    became = pairs(old.criteria, new.criteria)
    kept = {criterion.id for criterion in became.values()}
    for criterion in old.criteria:
        now = became.get(criterion.id)
        if now is None:
            detail = f"{criterion.severity}: {criterion.title}"
            yield editor.change(criterion.id, "criterion", detail, "not asked", LOOSER)
        else:
            yield from criterion_changes(criterion, now, editor)
    yield from (editor.added(criterion) for criterion in new.criteria if criterion.id not in kept)
    for part, before, after, effect in policy_changes(old.policy, new.policy):
        yield editor.change(None, part, before, after, effect)
    yield from _holds(old, new, editor)
    yield from vocabulary_changes(*facts, editor)


def _holds(old: Ruleset, new: Ruleset, editor: Editor) -> Iterator[RuleChange]:
    was, now = ({hold.id: hold for hold in each.holds} for each in (old, new))
    for name in sorted(was.keys() | now.keys()):
        if name not in now:
            yield editor.change(name, "standing hold", was[name].title, "none", LOOSER)
        elif name not in was:
            yield editor.change(name, "standing hold", "none", now[name].title, TIGHTER)
        else:
            yield from criterion_changes(was[name], now[name], editor)


def of_one_alone(
    old: Ruleset, new: Ruleset, facts: tuple[Vocabulary, Vocabulary], editor: Editor
) -> Iterator[RuleChange]:
    """Yield seats and registers that one of two rulesets has: who sits there may speak, whose items may be accepted.

    A criterion that goes by them is another one then, so that a program's own copy is not compared in them.
    """
    for name in sorted({*old.offices} ^ {*new.offices}):
        before, after = ("declared" if name in each.offices else "none" for each in (old, new))
        yield editor.change(None, f"seat {name}", before, after, NEITHER)
    was, now = (each.registers_by_id for each in facts)
    for name in sorted(was.keys() ^ now.keys()):
        before, after = (f"of {each[name].fact}" if name in each else "none" for each in (was, now))
        yield editor.change(None, f"register {name}", before, after, UNSURE)


def vocabulary_changes(old: Vocabulary, new: Vocabulary, editor: Editor) -> Iterator[RuleChange]:
    """Yield what differs in what facts mean: their declarations, what is pinned for collectors, and registers."""
    was, now = (_pins(each) for each in (old, new))
    for name in sorted(was.keys() | now.keys()):
        if was.get(name) != now.get(name):
            before, after = was.get(name, "free"), now.get(name, "free")
            yield editor.change(None, f"derivation {name}", before, after, UNSURE)
    for name in old.names():
        became = new.get(name)
        if became is None:
            continue  # no criterion can read it, and a criterion that did is another one now
        for part, before, after in fact_changes(old[name], became):
            if part not in WORDS:
                yield editor.change(None, f"fact {name}: {part}", before, after, UNSURE)
    yield from _registers(old, new, editor)


def _registers(old: Vocabulary, new: Vocabulary, editor: Editor) -> Iterator[RuleChange]:
    """Yield what differs in registers that both know: by which words an item is closed, and who accepts one."""
    for register in old.registers or ():
        became = new.registers_by_id.get(register.id)
        was, now = register.document(), became.document() if became else {}
        for part in [part for part in {**was, **now} if became and was.get(part) != now.get(part)]:
            before, after = (_part(each.get(part)) for each in (was, now))
            yield editor.change(None, f"register {register.id}: {part}", before, after, UNSURE)


def _part(value: object) -> str:
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value or "none")


def _pins(vocabulary: Vocabulary) -> dict[str, str]:
    return {
        f"{pin.collector} {key}": f"{value}"
        for pin in vocabulary.derivation or ()
        for key, value in pin.settings.items()
    }
