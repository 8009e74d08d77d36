"""Which things can be changed, and to what: a dial for each fact or register that an open criterion reads."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property

from gonogo.core.accept import Accepted
from gonogo.core.find import Trial
from gonogo.core.observe import outcome
from gonogo.core.operand import OperandReading, Quantity
from gonogo.core.usable import usable
from gonogo.language.requirement import Comparison, LowerBound, ParameterRef, Text, walk
from gonogo.model.evidence import Evidence, EvidenceSet, Gap
from gonogo.model.fact import FactDeclaration, FactType, Vocabulary
from gonogo.model.finding import Outcome
from gonogo.model.judgement import MAX_SAMPLE, Case, Leaf
from gonogo.model.register import Register
from gonogo.path.bench import facts_of
from gonogo.path.crossing import crossings, is_base
from gonogo.path.dial import Dial, DialPosition
from gonogo.path.possible_values import instants, numbers, supposed, texts, truths
from gonogo.path.register_dial import RegisterDials


@dataclass(frozen=True)
class DialMaker:
    """Makes dials for facts of a trial.

    Attributes:
        trial: What was judged.
        vocabulary: Types, ranges and registers.
        accepted: The acceptances that count.
        cases: The asked cases by the number that leaves name.
        leaves: Comparisons whose boundaries count.
    """

    trial: Trial
    vocabulary: Vocabulary
    accepted: Accepted
    cases: Sequence[Case]
    leaves: Sequence[Leaf]

    def dials(self, facts: Collection[str]) -> tuple[Dial, ...]:
        """Return a dial for each of these facts that somebody can change; of one register one for all of it."""
        found: dict[str, Dial] = {}
        for fact in facts:
            register = self._register(fact)
            name = register.id if register is not None else fact
            if name in found or (register is None and (self.vocabulary.computed(fact) or self._only_a_base(fact))):
                continue
            dial = self._fact(fact) if register is None else self._items.dial(register)
            if len(dial.positions) > 1:
                found[name] = dial
        return tuple(found.values())

    def _only_a_base(self, fact: str) -> bool:
        """Whether a fact that is known is only what others are a share of, in all that fails.

        Nobody mends three overdue items by having more items, so that is not proposed.
        """
        failing = [leaf for leaf in self._readers([fact]) if self._fails(leaf)]
        return bool(failing) and not self._unusable([fact]) and all(is_base(leaf, fact) for leaf in failing)

    def _fails(self, leaf: Leaf) -> bool:
        return self._outcomes[leaf.id] is not (Outcome.NOT_MET if leaf.negated else Outcome.MET)

    @cached_property
    def _outcomes(self) -> dict[str, Outcome]:
        pairs = zip(self.trial.compiled.leaves, self.trial.observations, strict=True)
        return {leaf.id: outcome(leaf.operator, seen) for leaf, seen in pairs}

    @property
    def _items(self) -> RegisterDials:
        return RegisterDials(
            self.trial,
            self.vocabulary,
            self.accepted,
            lambda fact: self._roots(fact, self._readers([fact])),
            self._unusable,
        )

    def _unusable(self, facts: Collection[str]) -> bool:
        """Whether some criterion may not use what is recorded of one of these facts."""
        trial = self.trial
        pairs = ((self.cases[leaf.criterion], fact) for leaf in self._readers(facts) for fact in facts_of(leaf))
        return any(
            isinstance(usable(case, fact, trial.evidence, trial.scope, trial.refused), Gap)
            for case, fact in pairs
            if fact in facts
        )

    def _register(self, fact: str) -> Register | None:
        own = self.vocabulary.registers or ()
        return next((each for each in own if fact in (each.fact, *(each.same_items or ()), *each.computed)), None)

    def _readers(self, facts: Collection[str]) -> list[Leaf]:
        found = {leaf.id: leaf for fact in facts for leaf in self._by_fact.get(fact, ())}
        return list(found.values())

    @cached_property
    def _by_fact(self) -> dict[str, list[Leaf]]:
        found: dict[str, list[Leaf]] = {}
        for leaf in self.leaves:
            for fact in facts_of(leaf) if leaf.held is None else ():
                found.setdefault(fact, []).append(leaf)
        return found

    def _fact(self, fact: str) -> Dial:
        declared = self.vocabulary.get(fact)
        if declared is None:
            return Dial(fact, (fact,), (DialPosition(),))
        now, entry = self.trial.scope.now, self.trial.evidence[fact]
        readers = self._readers([fact])
        if declared.type is FactType.BOOLEAN:
            made = truths(declared, now)
        elif declared.type is FactType.TEXT:
            made = texts(declared, [text for leaf in readers for text in self._texts(leaf)], now)
        elif declared.type is FactType.INSTANT:
            made = instants(declared, self._roots(fact, readers), now)
        else:
            whole = entry.whole if isinstance(entry, Evidence) else None
            made = numbers(declared, self._roots(fact, readers), now, whole=whole)
            made += self._proving(declared, whole, readers)
        made += self._as_it_is(entry)
        return Dial(fact, (fact,), (DialPosition(), *_nearest_first(_once(fact, made), entry)))

    def _as_it_is(self, entry: Evidence | Gap) -> list[DialPosition]:
        """Return the recorded value as it would be if somebody showed it again now; only if that changes anything."""
        if isinstance(entry, Gap) or not self._unusable([entry.fact]):
            return []
        counts = None if entry.part is None or entry.whole is None else (entry.part, entry.whole)
        fresh = supposed(self.vocabulary[entry.fact], entry.value, self.trial.scope.now, counts=counts)
        return [DialPosition({entry.fact: fresh}, at=entry.exact if entry.type.numeric else None)]

    def _texts(self, leaf: Leaf) -> Iterator[str]:
        for node in walk(leaf.written):
            value = self.cases[leaf.criterion].parameters[node.name] if isinstance(node, ParameterRef) else node
            if isinstance(value, Text):
                yield value.value

    def _roots(self, fact: str, readers: Sequence[Leaf]) -> list[Fraction]:
        found: list[Fraction] = []
        for leaf in readers:
            if not isinstance(leaf.comparison, Comparison):
                continue
            known = self.trial.bare if leaf.bare and self.trial.bare is not None else self.trial.evidence
            case = self.cases[leaf.criterion]
            reading = OperandReading.of(case, self.trial.scope, known, self.trial.refused)
            found += crossings(leaf.comparison, fact, reading)
            if len(facts_of(leaf)) > 1:  # several may have to move together, and then no boundary of one is known
                found += [Fraction(0), Fraction(1)]
        return list(dict.fromkeys(found))

    def _proving(self, declared: FactDeclaration, whole: int | None, readers: Sequence[Leaf]) -> list[DialPosition]:
        """Return how many good ones a sample of the same size needs, for each proof that is asked of it."""
        if whole is None or whole > MAX_SAMPLE or not any(_proof(leaf, declared.name) for leaf in readers):
            return []
        now, found = self.trial.scope.now, []
        for leaf in filter(lambda each: _proof(each, declared.name), readers):
            low, high = -1, whole + 1
            while high - low > 1:
                middle = (low + high) // 2
                low, high = (low, middle) if self._proves(leaf, declared, middle, whole) else (middle, high)
            for part in (high - 1, high):
                if 0 <= part <= whole:
                    found += numbers(declared, [Fraction(part, whole)], now, whole=whole)
        return found

    def _proves(self, leaf: Leaf, declared: FactDeclaration, part: int, whole: int) -> bool:
        value = numbers(declared, [Fraction(part, whole)], self.trial.scope.now, whole=whole)
        entry = next(each.entries[declared.name] for each in value if each.at == Fraction(part, whole))
        assert isinstance(entry, Evidence)
        evidence = EvidenceSet(evidence=(entry,))
        reading = OperandReading.of(self.cases[leaf.criterion], self.trial.scope, evidence, frozenset())
        left, right = reading.sides(leaf.comparison)
        if not isinstance(left, Quantity) or not isinstance(right, Quantity):
            return False
        small, large = (left, right) if isinstance(leaf.comparison.right, LowerBound) else (right, left)
        return small.value <= large.value


def _proof(leaf: Leaf, fact: str) -> bool:
    return any(isinstance(node, LowerBound) and node.fact.name == fact for node in walk(leaf.comparison))


def _once(fact: str, positions: Sequence[DialPosition]) -> list[DialPosition]:
    """Leave out a position that says what another one says."""
    found: dict[object, DialPosition] = {}
    for each in positions:
        entry = each.entries[fact]
        assert isinstance(entry, Evidence)
        found.setdefault((entry.value, entry.part, entry.whole), each)
    return list(found.values())


def _nearest_first(positions: Sequence[DialPosition], entry: Evidence | Gap) -> list[DialPosition]:
    """Order positions by how far they are from what was recorded; where nothing was, as they are."""
    if isinstance(entry, Gap) or not entry.type.numeric:
        return list(positions)
    was = entry.exact
    return sorted(positions, key=lambda each: (abs((each.at or Fraction(0)) - was), each.at or Fraction(0)))
