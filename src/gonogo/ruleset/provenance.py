"""A ruleset with all its layers merged, and for each value the layer and the place that it comes from."""

from __future__ import annotations

from collections.abc import Iterator

from gonogo.documents.files import shown
from gonogo.model.ruleset import Criterion
from gonogo.ruleset.criterion_fields import FIELDS
from gonogo.ruleset.effects import steps
from gonogo.ruleset.loader import LoadedRuleset
from gonogo.ruleset.policy_fields import policy_values


def merged_lines(rules: LoadedRuleset) -> Iterator[str]:
    """Yield the merged ruleset in words, a value a line, each with where it comes from in brackets."""
    ruleset = rules.ruleset
    base = f"{ruleset.name}@{ruleset.version}"
    yield f"{base}: {ruleset.title} [{shown(rules.folder)}]"
    for number, layer in enumerate(ruleset.overlays, 1):
        yield f"layer {number}: {layer}"
    yield "policy"
    for part, text in policy_values(ruleset.policy):
        yield f"  {part}: {text} [{base}]"
    for hold in ruleset.holds:
        yield f"  standing hold {hold.id}: {hold.require.text} [{rules.places[hold.id]}]"
    added = {change.criterion: change.by for change in ruleset.changes or () if change.part == "criterion"}
    for criterion in ruleset.criteria:
        yield from _criterion(criterion, rules, added.get(criterion.id, base))
    facts = shown(rules.folder / "facts.yaml")
    own = [fact for fact in rules.vocabulary.facts if not str(rules.places[fact.name]).startswith(facts)]
    yield f"facts: {len(rules.vocabulary.facts) - len(own)} [{base}]"
    for fact in own:
        yield f"  {fact.name}: {fact.type}{', ' if fact.unit else ''}{fact.unit} [{rules.places[fact.name]}]"


def _criterion(criterion: Criterion, rules: LoadedRuleset, layer: str) -> Iterator[str]:
    yield f"{criterion.id}: {criterion.title} [{layer}, {rules.places[criterion.id]}]"
    for part, text in _values(criterion):
        found = rules.set_at.get((criterion.id, part))
        if found is None:
            yield f"  {part}: {text} [{layer}]"
        else:
            change, place = found
            yield f"  {part}: {text} [{change.by}, {place}; was {change.old}: {change.reason}]"


def _values(criterion: Criterion) -> Iterator[tuple[str, str]]:
    """Yield each part that decides something, as a recorded change would name and write it."""
    for field in FIELDS:
        value = getattr(criterion, field.attribute)
        if field.rule.changes is not None:
            yield from ((f"parameter {each.name}", steps(each)) for each in criterion.parameters)
        elif not field.words and value not in (None, ()):
            yield field.rule.part or field.key, field.rule.text(value)
