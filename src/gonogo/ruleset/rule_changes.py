"""What changes of a ruleset do to the gate: each one with its old value, its new value, and which way it goes.

Which way a field of a criterion goes is declared with the field; the policy and the facts are compared here.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from gonogo.model.change import Effect, RuleChange
from gonogo.model.fact import Vocabulary
from gonogo.model.ruleset import Criterion, DecisionPolicy, Ruleset, Severity
from gonogo.ruleset.criterion_fields import FIELDS
from gonogo.ruleset.effects import LOOSER, NEITHER, TIGHTER, UNSURE, either
from gonogo.ruleset.own_copy import pairs


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
        return self.change(criterion.id, "criterion", "not asked", f"{criterion.severity}: {criterion.title}", NEITHER)


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
    policies = old.policy, new.policy
    for part, name in (("open conditional criteria a domain bears", "cap_domain"), ("in all", "cap_total")):
        before, after = (getattr(each, name) for each in policies)
        if before != after:
            label = part if name == "cap_domain" else f"open conditional criteria {part}"
            yield editor.change(None, label, f"{before}", f"{after}", LOOSER if after > before else TIGHTER)
    if policies[0].rule is not policies[1].rule:
        yield editor.change(None, "approval rule", policies[0].rule, policies[1].rule, UNSURE)
    if policies[0].milestones != policies[1].milestones:
        before, after = (", ".join(each.milestones) for each in policies)
        yield editor.change(None, "milestones", before, after, UNSURE)
    yield from _isolation(*policies, editor)
    yield from _waiver_days(*policies, editor)
    yield from _holds(old, new, editor)
    yield from _facts(*facts, editor)


def _waiver_days(old: DecisionPolicy, new: DecisionPolicy, editor: Editor) -> Iterator[RuleChange]:
    was, now = old.max_waiver_days, new.max_waiver_days
    if was != now:
        before, after = ("no limit" if each is None else f"{each}" for each in (was, now))
        effect = either(was is not None and (now is None or now > was))
        yield editor.change(None, "days after go-live that a waiver may run", before, after, effect)


def _holds(old: Ruleset, new: Ruleset, editor: Editor) -> Iterator[RuleChange]:
    was, now = ({hold.id: hold for hold in each.holds} for each in (old, new))
    for name in sorted(was.keys() | now.keys()):
        if name not in now:
            yield editor.change(name, "standing hold", was[name].title, "none", LOOSER)
        elif name not in was:
            yield editor.change(name, "standing hold", "none", now[name].title, TIGHTER)
        else:
            yield from criterion_changes(was[name], now[name], editor)


def _isolation(old: DecisionPolicy, new: DecisionPolicy, editor: Editor) -> Iterator[RuleChange]:
    was, now = ({each.severity: each.level for each in policy.min_isolation or ()} for policy in (old, new))
    for severity in Severity:
        before, after = (f"{each.get(severity, 'none')}" for each in (was, now))
        if before != after:
            effect = LOOSER if after == "none" or (before, after) == ("L2", "L1") else TIGHTER
            yield editor.change(None, f"isolation of {severity} evidence", before, after, effect)


def _facts(old: Vocabulary, new: Vocabulary, editor: Editor) -> Iterator[RuleChange]:
    for name in old.names():
        now = new.get(name)
        if now is None:
            continue  # no criterion can read it, and a criterion that did is another one now
        was, now_is = old[name].document(), now.document()
        for part in sorted(was.keys() | now_is.keys()):
            if part not in ("question", "name") and was.get(part) != now_is.get(part):
                before, after = (f"{each.get(part, 'none')}" for each in (was, now_is))
                yield editor.change(None, f"fact {name}: {part}", before, after, UNSURE)
