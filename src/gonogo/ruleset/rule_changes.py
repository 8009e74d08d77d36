"""What changes of a ruleset do to the gate: each one with its old value, its new value, and which way it goes.

Loosening is what may let a release through that was held before: a lower severity, a later milestone, an easier
threshold, older evidence, more people who may attest, fewer who must sign. What cannot be told counts as loosening.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from gonogo.core.thresholds import Way, directions, way_of
from gonogo.language.requirement import All, AnyOf, Condition, Requirement
from gonogo.model.change import Effect, RuleChange
from gonogo.model.fact import Vocabulary
from gonogo.model.people import Sides
from gonogo.model.ruleset import Criterion, DecisionPolicy, Parameter, Ruleset, Severity, days_before, literal_text
from gonogo.ruleset.own_copy import pairs

_RANK = {Severity.ADVISORY: 0, Severity.CONDITIONAL: 1, Severity.MANDATORY: 2}
_LOOSER, _UNSURE, _TIGHTER, _NEITHER = Effect.LOOSENS, Effect.MAY_LOOSEN, Effect.TIGHTENS, Effect.NEITHER
_NOBODY = "nobody"
_EFFECT = {Way.LOOSER: _LOOSER, Way.OTHER: _UNSURE, Way.TIGHTER: _TIGHTER}


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
            loosens=effect in (_LOOSER, _UNSURE),
        )

    def added(self, criterion: Criterion) -> RuleChange:
        """Return that a criterion was added."""
        return self.change(criterion.id, "criterion", "not asked", f"{criterion.severity}: {criterion.title}", _NEITHER)


def criterion_changes(old: Criterion, new: Criterion, editor: Editor) -> Iterator[RuleChange]:
    """Yield everything of a criterion that decides something and is no longer what it was."""
    for part, was, now, effect in _parts(old, new):
        if was != now:
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
            told = f"{criterion.severity}: {criterion.title}"
            yield editor.change(criterion.id, "criterion", told, "not asked", _LOOSER)
        else:
            yield from criterion_changes(criterion, now, editor)
    yield from (editor.added(criterion) for criterion in new.criteria if criterion.id not in kept)
    policies = old.policy, new.policy
    for part, name in (("open conditional criteria a domain bears", "cap_domain"), ("in all", "cap_total")):
        before, after = (getattr(each, name) for each in policies)
        if before != after:
            label = part if name == "cap_domain" else f"open conditional criteria {part}"
            yield editor.change(None, label, f"{before}", f"{after}", _LOOSER if after > before else _TIGHTER)
    if policies[0].rule is not policies[1].rule:
        yield editor.change(None, "approval rule", policies[0].rule, policies[1].rule, _UNSURE)
    if policies[0].milestones != policies[1].milestones:
        before, after = (", ".join(each.milestones) for each in policies)
        yield editor.change(None, "milestones", before, after, _UNSURE)
    yield from _isolation(*policies, editor)
    yield from _waiver_days(*policies, editor)
    yield from _facts(*facts, editor)


def _waiver_days(old: DecisionPolicy, new: DecisionPolicy, editor: Editor) -> Iterator[RuleChange]:
    was, now = old.max_waiver_days, new.max_waiver_days
    if was != now:
        before, after = ("no limit" if each is None else f"{each}" for each in (was, now))
        effect = _either(was is not None and (now is None or now > was))
        yield editor.change(None, "days after go-live that a waiver may run", before, after, effect)


def _isolation(old: DecisionPolicy, new: DecisionPolicy, editor: Editor) -> Iterator[RuleChange]:
    was, now = ({each.severity: each.level for each in policy.min_isolation or ()} for policy in (old, new))
    for severity in Severity:
        before, after = (f"{each.get(severity, 'none')}" for each in (was, now))
        if before != after:
            effect = _LOOSER if after == "none" or (before, after) == ("L2", "L1") else _TIGHTER
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
                yield editor.change(None, f"fact {name}: {part}", before, after, _UNSURE)


def _parts(old: Criterion, new: Criterion) -> Iterator[tuple[str, str, str, Effect]]:
    yield "severity", old.severity, new.severity, _either(_RANK[new.severity] < _RANK[old.severity])
    yield "from", _due(old), _due(new), _either(_days(new) < _days(old))
    yield "requirement", old.require.text, new.require.text, _clauses(old.require, new.require)
    was, now = (each.not_applicable_when.text if each.not_applicable_when else "never" for each in (old, new))
    yield "not applicable when", was, now, _TIGHTER if now == "never" else _LOOSER if was == "never" else _UNSURE
    yield from _parameters(old, new)
    yield "max_age", _age(old), _age(new), _either(new.max_age_s > old.max_age_s)
    was, now = ("yes" if each.carries else "no" for each in (old, new))
    yield "carries", was, now, _either(bool(new.carries))
    yield "owner", old.owner, new.owner, _NEITHER
    yield "attest", _seats(old.attest), _seats(new.attest), _either(not set(new.attest) <= set(old.attest))
    was, now = ((each.sides or Sides.BOTH).value for each in (old, new))
    yield "sides", was, now, _either(now == Sides.ONE)
    yield "waivable_by", _seats(old.waivable_by), _seats(new.waivable_by), _waivable(old.waivable_by, new.waivable_by)


def _either(looser: bool) -> Effect:
    return _LOOSER if looser else _TIGHTER


def _days(criterion: Criterion) -> int:
    return 1000 if criterion.due_from is None else days_before(criterion.due_from)


def _due(criterion: Criterion) -> str:
    return criterion.due_from or "always"


def _age(criterion: Criterion) -> str:
    days, rest = divmod(criterion.max_age_s, 86400)
    return f"{days}d" if not rest else f"{criterion.max_age_s // 3600}h" if not rest % 3600 else f"{rest}s"


def _seats(seats: Sequence[str]) -> str:
    return ", ".join(seats) or _NOBODY


def _waivable(old: Sequence[str], new: Sequence[str]) -> Effect:
    """All named seats sign, so that fewer of them ask for less; nobody at all means that nobody may waive."""
    if not old or not new:
        return _either(bool(new))
    return _TIGHTER if set(new) > set(old) else _LOOSER if set(new) < set(old) else _UNSURE


def _clauses(old: Requirement, new: Requirement) -> Effect:
    """Which way a requirement goes, where clauses were only added or taken away."""
    before, after = _split(old.tree, All), _split(new.tree, All)
    if all(part in before for part in after):
        return _LOOSER if len(after) < len(before) else _NEITHER
    if all(part in after for part in before):
        return _TIGHTER
    before, after = _split(old.tree, AnyOf), _split(new.tree, AnyOf)
    if all(part in after for part in before):
        return _LOOSER
    return _TIGHTER if all(part in before for part in after) else _UNSURE


def _split(tree: Condition, kind: type[All] | type[AnyOf]) -> tuple[Condition, ...]:
    return tree.parts if isinstance(tree, kind) else (tree,)


def _parameters(old: Criterion, new: Criterion) -> Iterator[tuple[str, str, str, Effect]]:
    ways = directions(new.require)
    if new.not_applicable_when is not None:
        for name, way in directions(new.not_applicable_when, exempts=True).items():
            ways[name] = way if ways.get(name, way) == way else 0
    same = old.require == new.require and old.not_applicable_when == new.not_applicable_when
    for name in {**old.parameter, **new.parameter}:
        was, now = old.parameter.get(name), new.parameter.get(name)
        if was is None or now is None:
            yield f"parameter {name}", _steps(was), _steps(now), _UNSURE
        else:
            yield f"parameter {name}", _steps(was), _steps(now), _step_effect(was, now, ways.get(name, 0) * same)


def _steps(parameter: Parameter | None) -> str:
    if parameter is None:
        return "none"
    if parameter.constant is not None:
        return literal_text(parameter.constant)
    return ", ".join(f"{literal_text(rung.value)} from {rung.milestone}" for rung in parameter.ladder)


def _step_effect(old: Parameter, new: Parameter, direction: int) -> Effect:
    """The worst of what it does at any milestone."""
    days = {days_before(rung.milestone) for each in (old, new) for rung in each.ladder} or {0}
    pairs = [(old.at(day), new.at(day)) for day in sorted(days)]
    effects = {_EFFECT[way_of(was, now, direction)] for was, now in pairs if literal_text(was) != literal_text(now)}
    return next((effect for effect in (_LOOSER, _UNSURE, _TIGHTER) if effect in effects), _NEITHER)
