"""What a ruleset allows and probably does not mean: `gonogo lint` says it, and no run depends on it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import combinations, pairwise
from typing import Final

from gonogo.core.stale_words import stale_words
from gonogo.core.thresholds import Way as Direction
from gonogo.core.thresholds import directions, way_of
from gonogo.errors import Problem
from gonogo.model.fact import FactDeclaration, FactType, Vocabulary
from gonogo.model.ruleset import Criterion, Domain, Severity, days_before, literal_text
from gonogo.ruleset.feasible import Way, facts_in, possible, together, ways
from gonogo.ruleset.loader import LoadedRuleset
from gonogo.text import listed

_OVER: Final = re.compile(
    r"\b(variance|overrun|growth|factor|multiple|relative to|compared (?:with|to)"
    r"|(?:out )?of (?:the )?budget"
    r"|of (?:the )?(?:baseline|expected|forecast|planned) (?:cost|load|volume|duration|rate))\b"
)
"""Words of shares that can exceed one: a comparison of two amounts, not a part of a whole."""


_Key = tuple[str, ...]
"""A criterion with the thresholds in force."""


@dataclass(frozen=True, slots=True)
class _Asked:
    """A criterion at a milestone: the ways in which it can be met (None for too many), and what is wrong with them."""

    key: _Key
    criterion: Criterion
    met: list[Way] | None
    facts: frozenset[str]
    how: str


@dataclass(slots=True)
class _Seen:
    """What was looked at for an earlier milestone, where the same thresholds were in force."""

    looked: dict[_Key, _Asked] = field(default_factory=dict)
    pairs: set[tuple[_Key, _Key]] = field(default_factory=set)


def rule_warnings(rules: LoadedRuleset) -> tuple[Problem, ...]:
    """Return the warnings of a ruleset with its overlays."""
    found = [*_unbounded(rules), *_loosening(rules), *_tried_for_ever(rules), *_stale(rules)]
    seen = _Seen()
    for milestone in rules.ruleset.policy.milestones:
        found += _at(rules, milestone, seen)
    return tuple(_once(found))


def _warning(rules: LoadedRuleset, code: str, name: str, what: str, hint: str = "") -> Problem:
    return Problem(code, str(rules.places[name]), f"{name}: {what}", hint=hint, level="warning")


def _unbounded(rules: LoadedRuleset) -> Iterator[Problem]:
    for fact in rules.vocabulary.facts:
        word = _may_exceed_one(fact)
        if word:
            what = f"it is a ratio from 0 to 1, and its meaning ('{word}') can exceed 1; a larger value would be a gap"
            yield _warning(rules, "G180", fact.name, what, "write `max:` with the largest value that can be true")


def _may_exceed_one(fact: FactDeclaration) -> str:
    if fact.type is not FactType.RATIO or fact.max is not None:
        return ""
    match = _OVER.search(fact.meaning.casefold()) or _OVER.search(fact.name.replace("_", " ").replace(".", " "))
    return match[0] if match else ""


def _loosening(rules: LoadedRuleset) -> Iterator[Problem]:
    for criterion in rules.ruleset.criteria:
        ways_of = directions(criterion.require)
        for parameter in criterion.parameters:
            steps = [
                f"{literal_text(early.value)} from {early.milestone}, {literal_text(late.value)} from {late.milestone}"
                for early, late in pairwise(parameter.ladder)
                if literal_text(early.value) != literal_text(late.value)
                and way_of(early.value, late.value, ways_of.get(parameter.name, 0)) is Direction.LOOSER
            ]
            if steps:
                what = f"the ladder of {parameter.name} loosens toward go-live: {'; '.join(steps)}"
                yield _warning(rules, "G181", criterion.id, what)


def _stale(rules: LoadedRuleset) -> Iterator[Problem]:
    changes = rules.ruleset.changes or ()
    changed = {each.criterion for each in changes}
    for criterion in rules.ruleset.questions:
        if criterion.id in changed:
            for each in stale_words(criterion, changes, rules.vocabulary):
                laid = rules.set_at.get((criterion.id, each.part))
                where = laid[1] if laid is not None else rules.places[criterion.id]
                what = f"{criterion.id}: {each.sentence}; the limit decides, so tell the people who sign"
                yield Problem("G188", str(where), what, level="warning")


def _tried_for_ever(rules: LoadedRuleset) -> Iterator[Problem]:
    for criterion in rules.ruleset.criteria:
        if criterion.mode is not None and criterion.severity is Severity.CONDITIONAL:
            yield _warning(
                rules, "G184", criterion.id, "it is in shadow for ever: it asks for no plan, even at go-live"
            )


def _at(rules: LoadedRuleset, milestone: str, seen: _Seen) -> Iterator[Problem]:
    days = days_before(milestone)
    asked = [each for each in rules.ruleset.criteria if _decides(each, days)]
    hard = [each for each in asked if each.severity is Severity.MANDATORY]
    silent = [domain for domain in Domain if not any(each.domain is domain for each in hard)]
    if silent:
        first = next(each for each in rules.ruleset.criteria if each.domain is silent[0])
        names = listed([domain.value for domain in silent])
        what = f"no GO is possible at {milestone}: nothing mandatory is due and enforced then in {names}"
        yield _warning(rules, "G182", first.id, what, "let one mandatory criterion be due from the first milestone")
    yield from _unreachable(rules, milestone, asked, seen)


def _decides(criterion: Criterion, days: int) -> bool:
    said = criterion.enforce_from
    return (
        criterion.not_applicable is None
        and criterion.mode is None
        and (criterion.due_from is None or days <= days_before(criterion.due_from))
        and (said is None or not said.startswith("T-") or days <= days_before(said))
    )


def _looked(criterion: Criterion, days: int, vocabulary: Vocabulary, seen: _Seen) -> _Asked:
    """Return how a criterion may come out by the thresholds in force; what was looked at before is not again."""
    values = {each.name: each.at(days) for each in criterion.parameters}
    key = (criterion.id, *map(literal_text, values.values()))
    if key not in seen.looked:
        met = ways(criterion.require.tree, values)
        fails = ways(criterion.require.tree, values, holds=False)
        how = ""
        if met is not None and not any(possible(way, vocabulary) for way in met):
            how = "no evidence could ever meet it"
        elif fails is not None and not any(possible(way, vocabulary) for way in fails):
            how = "whatever is known of its facts, it is met"
        seen.looked[key] = _Asked(key, criterion, met, frozenset(facts_in(met)), how)
    return seen.looked[key]


def _unreachable(rules: LoadedRuleset, milestone: str, criteria: Sequence[Criterion], seen: _Seen) -> Iterator[Problem]:
    vocabulary, days = rules.vocabulary, days_before(milestone)
    asked = [_looked(criterion, days, vocabulary, seen) for criterion in criteria]
    for each in asked:
        if each.how:
            yield _warning(rules, "G183", each.criterion.id, f"{each.how} at {milestone}")
    sure = [each for each in asked if not each.how and _must_be_met(each.criterion)]
    for one, other in combinations(sure, 2):
        shared = one.facts & other.facts
        if not shared or (one.key, other.key) in seen.pairs:
            continue
        seen.pairs.add((one.key, other.key))
        if not together(one.met, other.met, vocabulary):
            facts = listed(sorted(shared))
            what = f"it contradicts {other.criterion.id} at {milestone}: no value of {facts} meets both"
            yield _warning(rules, "G183", one.criterion.id, what)


def _must_be_met(criterion: Criterion) -> bool:
    return criterion.severity is Severity.MANDATORY and criterion.not_applicable_when is None


def _once(found: Sequence[Problem]) -> Iterator[Problem]:
    """Say what is wrong at several milestones once, at the first."""
    seen: set[tuple[str, str]] = set()
    for each in found:
        key = each.code, re.sub(r"\bT-[0-9]+", "", each.what)
        if key not in seen or each.code == "G181":
            seen.add(key)
            yield each
