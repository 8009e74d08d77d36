"""Every comparison at every position of the dials that it reads: judged as the decision judges it, and remembered."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from gonogo.core.find import Trial
from gonogo.core.observe import HOLDS, observed, outcome
from gonogo.core.operand import OperandReading, Quantity
from gonogo.language.requirement import Comparison, FactRef, Membership, Operator, walk
from gonogo.model.evidence import Evidence, EvidenceSet, Gap
from gonogo.model.finding import Outcome
from gonogo.model.judgement import Case, Gate, Leaf
from gonogo.path.dial import Dial

At = Mapping[int, int]
"""Number of a dial to the number of its position; a dial that is not named stays as it was recorded."""


@dataclass(frozen=True)
class Bench:
    """A trial with dials laid over it.

    Attributes:
        trial: What was judged.
        dials: What can be changed.
        cases: The asked cases in place of those of the trial: the same criteria with other parameters.
        fixed: Leaves that come out so wherever the dials are.
    """

    trial: Trial
    dials: tuple[Dial, ...]
    cases: Sequence[Case] = ()
    fixed: Mapping[str, Outcome] = field(default_factory=dict)
    _reads: dict[str, tuple[int, ...]] = field(default_factory=dict)
    _known: dict[tuple[str, tuple[int, ...]], Outcome] = field(default_factory=dict)

    @cached_property
    def asked(self) -> tuple[Case, ...]:
        """The asked cases by the number that leaves name."""
        return tuple(self.cases) or self.trial.scope.asked

    @cached_property
    def leaves(self) -> dict[str, Leaf]:
        """Every leaf by id."""
        return {leaf.id: leaf for leaf in self.trial.compiled.leaves}

    @cached_property
    def gates(self) -> dict[str, Gate]:
        """Every gate by id."""
        return self.trial.gates

    @cached_property
    def _dial_of(self) -> dict[str, int]:
        return {fact: number for number, dial in enumerate(self.dials) for fact in dial.facts}

    @cached_property
    def _recorded(self) -> dict[str, Outcome]:
        if self.cases:
            return {}
        pairs = zip(self.trial.compiled.leaves, self.trial.observations, strict=True)
        return {leaf.id: outcome(leaf.operator, seen) for leaf, seen in pairs}

    def read_by(self, leaf: Leaf) -> tuple[int, ...]:
        """Return the numbers of the dials that a leaf reads, each once."""
        if leaf.id not in self._reads:
            found = (self._dial_of.get(fact) for fact in (facts_of(leaf) if leaf.held is None else ()))
            self._reads[leaf.id] = tuple(dict.fromkeys(number for number in found if number is not None))
        return self._reads[leaf.id]

    def outcome(self, leaf: Leaf, at: At) -> Outcome:
        """Return how a leaf comes out with the dials at these positions."""
        if leaf.id in self.fixed:
            return self.fixed[leaf.id]
        mine = self.read_by(leaf)
        moved = tuple(at.get(number, 0) for number in mine)
        if not any(moved) and leaf.id in self._recorded:
            return self._recorded[leaf.id]
        key = (leaf.id, moved)
        if key not in self._known:
            self._known[key] = self._judged(leaf, dict(zip(mine, moved, strict=True)))
        return self._known[key]

    def node(self, name: str, at: At) -> Outcome:
        """Return how a leaf or gate comes out with the dials at these positions."""
        leaf = self.leaves.get(name)
        if leaf is not None:
            return self.outcome(leaf, at)
        gate = self.gates[name]
        parts = [self.node(child, at) for child in gate.children]
        yes, no = (Outcome.NOT_MET, Outcome.MET) if gate.negate else (Outcome.MET, Outcome.NOT_MET)
        if parts.count(Outcome.MET) >= gate.k:
            return yes
        return no if parts.count(Outcome.NOT_MET) > len(parts) - gate.k else Outcome.UNKNOWN

    def together(self, number: int, at: At) -> list[Leaf]:
        """Return the leaves that read a dial and another one that moves too, each comparison once."""
        moved = {dial for dial, there in at.items() if there} - {number}
        found = (leaf for leaf in self.leaves.values() if number in (mine := self.read_by(leaf)) and moved & set(mine))
        return list({(leaf.criterion, id(leaf.written)): leaf for leaf in found if not leaf.bare}.values())

    def entry(self, fact: str, at: At, *, bare: bool = False) -> Evidence | Gap:
        """Return what would be known of a fact."""
        number = self._dial_of.get(fact)
        position = None if number is None else self.dials[number].positions[at.get(number, 0)]
        if position is not None:
            moved = position.bare.get(fact) if bare else None
            moved = moved or position.entries.get(fact)
            if moved is not None:
                return moved
        known = self.trial.bare if bare and self.trial.bare is not None else self.trial.evidence
        return known[fact]

    def reading(self, leaf: Leaf, at: At) -> OperandReading:
        """Return the reading by which a leaf is judged with the dials at these positions."""
        entries = [self.entry(fact, at, bare=leaf.bare) for fact in facts_of(leaf)]
        case = self.asked[leaf.criterion]
        evidence = EvidenceSet(
            evidence=tuple(each for each in entries if isinstance(each, Evidence)),
            gaps=tuple(each for each in entries if isinstance(each, Gap)),
        )
        moved = {fact for number, there in at.items() if there for fact in self.dials[number].facts}
        refused = frozenset(pair for pair in self.trial.refused if pair[1] not in moved)
        return OperandReading.of(case, self.trial.scope, evidence, refused)

    def _judged(self, leaf: Leaf, at: At) -> Outcome:
        reading = self.reading(leaf, at)
        if any(isinstance(one := reading.entry(fact), Evidence) and one.agreeing for fact in facts_of(leaf)):
            (seen,) = observed([leaf], {leaf.criterion: reading})
            return outcome(leaf.operator, seen)
        left, right = reading.sides(leaf.comparison)
        if isinstance(left, Gap) or isinstance(right, Gap):
            return Outcome.UNKNOWN
        if isinstance(left, Quantity) and isinstance(right, Quantity):
            return Outcome.MET if HOLDS[leaf.operator](left.value, right.value) else Outcome.NOT_MET
        equal = (left == right) is (leaf.operator is Operator.EQ)
        return Outcome.MET if equal else Outcome.NOT_MET


def facts_of(leaf: Leaf) -> tuple[str, ...]:
    """Return the facts that a leaf reads, each once."""
    return facts_in(leaf.written)


def facts_in(written: Comparison | Membership) -> tuple[str, ...]:
    """Return the facts that a comparison reads, each once, in order of appearance."""
    return tuple(dict.fromkeys(node.name for node in walk(written) if isinstance(node, FactRef)))
