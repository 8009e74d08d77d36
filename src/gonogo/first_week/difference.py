"""What one version of a ruleset asks that another does not, in words that a board can read."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from gonogo.core.thresholds import Way, directions, way_of
from gonogo.first_week.prose import counted, plain
from gonogo.model.change import Effect
from gonogo.model.fact import FactDeclaration
from gonogo.model.ruleset import Criterion, Parameter, Ruleset, Severity, days_before, literal_text
from gonogo.ruleset.criterion_fields import FIELDS
from gonogo.ruleset.loader import LoadedRuleset
from gonogo.ruleset.policy_fields import policy_changes
from gonogo.ruleset.rule_changes import WORDS, Editor, fact_changes, of_one_alone, vocabulary_changes

_RANK: Final = {Severity.ADVISORY: 0, Severity.CONDITIONAL: 1, Severity.MANDATORY: 2}
_WAY: Final = {Effect.LOOSENS: Way.LOOSER, Effect.TIGHTENS: Way.TIGHTER, Effect.MAY_LOOSEN: Way.OTHER}


@dataclass(frozen=True, slots=True)
class Difference:
    """What differs between two rulesets.

    Attributes:
        before: ``name@version`` of the first.
        after: ``name@version`` of the second.
        added: Criteria that only the second has, a line each.
        removed: Criteria that only the first has.
        changed: What else changes the outcome, or whom it takes.
        wording: Changes of words alone.
    """

    before: str
    after: str
    added: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    wording: tuple[str, ...] = ()
    same: bool = False

    def lines(self) -> list[str]:
        """Return the difference, a line each."""
        if self.same:
            return [f"{self.before} and {self.after} ask exactly the same."]
        lines = [f"From {self.before} to {self.after}:"]
        for heading, group in (
            ("Criteria added", self.added),
            ("Criteria removed", self.removed),
            ("Changed", self.changed),
            ("Words only", self.wording),
        ):
            if group:
                lines.append(f"{heading}: {len(group)}")
                lines += [f"  {line}" for line in group]
        if len(lines) == 1:
            lines.append("  No criterion, threshold or fact differs; only versions, sources or the order do.")
        return lines


def difference(old: LoadedRuleset, new: LoadedRuleset) -> Difference:
    """Return what differs between two rulesets, with the words tightened and loosened where that is plain."""
    before = {criterion.id: criterion for criterion in old.ruleset.criteria}
    after = {criterion.id: criterion for criterion in new.ruleset.criteria}
    changed = list(_policy(old.ruleset, new.ruleset))
    wording: list[str] = []
    for name in before.keys() & after.keys():
        changed += [f"{name}: {line}" for line in _criterion(before[name], after[name])]
        wording += [f"{name}: {line}" for line in _words(before[name], after[name])]
    for line, is_wording in _facts(old, new):
        (wording if is_wording else changed).append(line)
    order = {name: place for place, name in enumerate(after)}
    return Difference(
        before=_title(old.ruleset),
        after=_title(new.ruleset),
        added=tuple(_title_of(after[name]) for name in after if name not in before),
        removed=tuple(_title_of(before[name]) for name in before if name not in after),
        changed=tuple(sorted(changed, key=lambda line: order.get(line.partition(":")[0], len(order)))),
        wording=tuple(sorted(wording, key=lambda line: order.get(line.partition(":")[0], len(order)))),
        same=old.ruleset.material_sha256 == new.ruleset.material_sha256,
    )


def _title(ruleset: Ruleset) -> str:
    return f"{ruleset.name}@{ruleset.version}"


def _title_of(criterion: Criterion) -> str:
    return f"{criterion.id} ({criterion.severity}): {plain(criterion.title)}"


def _policy(old: Ruleset, new: Ruleset) -> Iterator[str]:
    for part, was, now, effect in policy_changes(old.policy, new.policy):
        yield f"{_WAY[effect]}: {part}: {plain(was)} became {plain(now)}"
    was_held, held = ({hold.id: hold for hold in each.holds} for each in (old, new))
    for name in sorted(was_held.keys() | held.keys()):
        if name not in held or name not in was_held:
            yield f"{_tighter(name in held)}: the standing hold {name} is {'new' if name in held else 'gone'}"
        else:
            yield from (f"standing hold {name}: {line}" for line in _criterion(was_held[name], held[name]))


def _tighter(tighter: bool) -> Way:
    return Way.TIGHTER if tighter else Way.LOOSER


def _criterion(old: Criterion, new: Criterion) -> Iterator[str]:
    """Yield what decides something; a field without a sentence of its own is reported by its name and values."""
    for field in FIELDS:
        if field.words:
            continue
        if field.name in _SENTENCES:
            yield from _SENTENCES[field.name](old, new)
            continue
        for part, was, now, effect in field.changes(old, new):
            way = f"{_WAY[effect]}: " if effect in _WAY else ""
            yield f"{way}{part} was {plain(was)}, becomes {plain(now)}"


def _severity(old: Criterion, new: Criterion) -> Iterator[str]:
    if old.severity != new.severity:
        yield f"{_tighter(_RANK[new.severity] > _RANK[old.severity])}: {old.severity} became {new.severity}"


def _require(old: Criterion, new: Criterion) -> Iterator[str]:
    if old.require.text != new.require.text:
        yield f"the requirement changed: `{plain(old.require.text)}` became `{plain(new.require.text)}`"


def _exempt(old: Criterion, new: Criterion) -> Iterator[str]:
    was, now = (each.not_applicable_when.text if each.not_applicable_when else "" for each in (old, new))
    if was != now:
        yield f"not applicable when `{plain(was) or 'never'}` became `{plain(now) or 'never'}`"


def _max_age(old: Criterion, new: Criterion) -> Iterator[str]:
    if old.max_age_s != new.max_age_s:
        tighter = _tighter(new.max_age_s < old.max_age_s)
        yield f"{tighter}: evidence may be {_age(old.max_age_s)} old, then {_age(new.max_age_s)}"


def _due_from(old: Criterion, new: Criterion) -> Iterator[str]:
    if old.due_from != new.due_from:
        first, then = ("the start" if each.due_from is None else each.due_from for each in (old, new))
        earlier = new.due_from is None or (
            old.due_from is not None and days_before(new.due_from) > days_before(old.due_from)
        )
        yield f"{_tighter(earlier)}: due from {first}, then from {then}"


def _owner(old: Criterion, new: Criterion) -> Iterator[str]:
    if old.owner != new.owner:
        yield f"owner: {old.owner} became {new.owner}"


def _attest(old: Criterion, new: Criterion) -> Iterator[str]:
    yield from _seats("may attest", old.attest, new.attest)


def _waivable_by(old: Criterion, new: Criterion) -> Iterator[str]:
    if bool(old.waivable_by) != bool(new.waivable_by):
        words = (
            "nobody may waive it any more" if old.waivable_by else f"it may be waived by {', '.join(new.waivable_by)}"
        )
        yield f"{_tighter(bool(old.waivable_by))}: {words}"
    else:
        yield from _seats("must agree to a waiver", old.waivable_by, new.waivable_by)


def _seats(what: str, old: Sequence[str], new: Sequence[str]) -> Iterator[str]:
    gained, lost = [seat for seat in new if seat not in old], [seat for seat in old if seat not in new]
    if gained:
        yield f"{', '.join(gained)} now {what}"
    if lost:
        yield f"{', '.join(lost)} no longer {what}"


def _parameters(old: Criterion, new: Criterion) -> Iterator[str]:
    ways = directions(new.require)
    if new.not_applicable_when is not None:
        for name, way in directions(new.not_applicable_when, exempts=True).items():
            ways[name] = way if ways.get(name, way) == way else 0
    same_rule = old.require.text == new.require.text
    for name in [*old.parameter, *(each for each in new.parameter if each not in old.parameter)]:
        was, now = old.parameter.get(name), new.parameter.get(name)
        if was is None or now is None:
            parameter = was or now
            assert parameter is not None
            yield f"parameter {name} ({_steps(parameter)}) is {'gone' if now is None else 'new'}"
        elif was.document() != now.document():
            yield from _steps_changed(name, was, now, ways.get(name, 0) if same_rule else 0)


def _steps_changed(name: str, old: Parameter, new: Parameter, direction: int) -> Iterator[str]:
    """Yield one line for each milestone at which the value in force differs."""
    rungs = sorted({rung.milestone for each in (old, new) for rung in each.ladder}, key=days_before, reverse=True)
    if not rungs:
        assert old.constant is not None
        assert new.constant is not None
        way = way_of(old.constant, new.constant, direction)
        yield f"{way}: {name} was {literal_text(old.constant)}, becomes {literal_text(new.constant)}"
        return
    before = len(rungs)
    for rung in rungs:
        was, now = old.at(days_before(rung)), new.at(days_before(rung))
        if literal_text(was) != literal_text(now):
            before -= 1
            way = way_of(was, now, direction)
            yield f"{way}: {name} from {rung} was {literal_text(was)}, becomes {literal_text(now)}"
    if before == len(rungs):
        yield f"{name} is written with different milestones but asks the same"


def _steps(parameter: Parameter) -> str:
    if parameter.constant is not None:
        return literal_text(parameter.constant)
    return ", ".join(f"{rung.milestone} {literal_text(rung.value)}" for rung in parameter.ladder)


def _age(seconds: int) -> str:
    return counted(seconds // 86400, "day") if seconds % 86400 == 0 else counted(seconds // 3600, "hour")


_SENTENCES: Final[dict[str, Callable[[Criterion, Criterion], Iterator[str]]]] = {
    "severity": _severity,
    "due_from": _due_from,
    "require": _require,
    "not_applicable_when": _exempt,
    "parameters": _parameters,
    "max_age": _max_age,
    "owner": _owner,
    "attest": _attest,
    "waivable_by": _waivable_by,
}
"""Fields for which a board reads something better than a name with two values."""


def _words(old: Criterion, new: Criterion) -> Iterator[str]:
    for field in FIELDS:
        was, now = getattr(old, field.attribute), getattr(new, field.attribute)
        if not field.words or was == now:
            continue
        label = field.attribute.replace("_", " ")
        if isinstance(was, tuple):
            yield f"{label}s: {', '.join(was)} became {', '.join(now)}"
        else:
            yield f"{label} was “{plain(was)}”, becomes “{plain(now)}”"


def _facts(old: LoadedRuleset, new: LoadedRuleset) -> Iterator[tuple[str, bool]]:
    before = {name: old.vocabulary[name] for name in old.vocabulary.names()}
    after = {name: new.vocabulary[name] for name in new.vocabulary.names()}
    for name in after.keys() - before.keys():
        yield f"fact {name} is new: {plain(after[name].meaning)}", False
    for name in before.keys() - after.keys():
        yield f"fact {name} is gone", False
    for name in before.keys() & after.keys():
        yield from _fact(before[name], after[name])
    other, facts = Editor("the other"), (old.vocabulary, new.vocabulary)
    for change in (*of_one_alone(old.ruleset, new.ruleset, facts, other), *vocabulary_changes(*facts, other)):
        if not change.part.startswith("fact "):
            yield f"{change.part}: was {plain(change.old)}, becomes {plain(change.new)}", False


def _fact(old: FactDeclaration, new: FactDeclaration) -> Iterator[tuple[str, bool]]:
    for part, was, now in fact_changes(old, new):
        yield f"fact {old.name}: {part} was “{plain(was)}”, becomes “{plain(now)}”", part in WORDS
