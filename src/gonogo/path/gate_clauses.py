"""The gate's rules as clauses: variables for positions of dials and for new papers, and for what follows from them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import product
from typing import Final

from gonogo.model.finding import Outcome
from gonogo.model.judgement import Leaf
from gonogo.model.promise import PromiseState
from gonogo.model.ruleset import Domain, Severity
from gonogo.model.verdict import Verdict
from gonogo.path.gate_model import Asked, GateModel

MOST_TOGETHER: Final = 400
"""Combinations of positions that one comparison is judged at; beyond them only those that move two dials or fewer."""


@dataclass
class GateClauses:
    """Clauses under which a verdict is reached.

    Attributes:
        model: The gate.
        papers: Whether new waivers may be proposed.
        clauses: what must hold.
        dials: For each dial the variable of each of its positions.
        plans: Criterion to the variable of a new action plan.
        waivers: Criterion to the variable of a new waiver.
        caps: Groups of variables, and how many of each may be true.
    """

    model: GateModel
    papers: bool
    clauses: list[list[int]] = field(default_factory=list)
    dials: list[list[int]] = field(default_factory=list)
    plans: dict[str, int] = field(default_factory=dict)
    waivers: dict[str, int] = field(default_factory=dict)
    caps: list[tuple[list[int], int]] = field(default_factory=list)
    variables: int = 0
    _known: dict[tuple[str, Outcome, bool], int] = field(default_factory=dict)

    def fresh(self) -> int:
        """Return a new variable."""
        self.variables += 1
        return self.variables

    def demand(self, verdict: Verdict) -> None:
        """Demand a verdict at least as good as this one."""
        for dial in self.model.bench.dials:
            mine = [self.fresh() for _ in dial.positions]
            self.dials.append(mine)
            self.clauses.append(mine)
            self.clauses += [[-one, -other] for number, one in enumerate(mine) for other in mine[:number]]
        for domain in Domain:
            self.clauses.append([lit for one in self._mandatory(domain) for lit in [self._applies(one)]])
        soft: list[tuple[Domain, int]] = []
        for one in self.model.asked:
            met = self._not_open(one)
            self._settled(one, met)
            if one.severity is Severity.CONDITIONAL and self.model.caps:
                soft.append((one.case.criterion.domain, -met))
            if verdict is Verdict.GO:
                self._plainly(one, met)
        for place, most in self.model.caps.items():
            mine = [lit for domain, lit in soft if place in (None, domain)]
            if len(mine) > most:
                self.caps.append((mine, most))

    def _mandatory(self, domain: Domain) -> Iterator[Asked]:
        yield from (one for one in self.model.asked if one.mandatory and one.case.criterion.domain is domain)

    def _applies(self, one: Asked) -> int:
        exemption = one.compiled.exemption
        return self._true() if exemption is None else self.node(exemption, Outcome.MET, same=False)

    def _not_open(self, one: Asked) -> int:
        met = self.node(one.compiled.requirement, Outcome.MET)
        if one.compiled.exemption is None:
            return met
        return self._any([met, self.node(one.compiled.exemption, Outcome.MET)])

    def _bare(self, one: Asked) -> int:
        """The criterion rests on no acceptance: it is met as if nothing were accepted, or asks nothing."""
        if one.compiled.bare is None or not self.model.can_block(one):
            return self._true()
        bare = self.node(one.compiled.bare, Outcome.MET)
        if one.compiled.exemption is None:
            return bare
        return self._any([bare, self.node(one.compiled.exemption, Outcome.MET)])

    def _settled(self, one: Asked, met: int) -> None:
        """The criterion does not stop the go-live."""
        if one.promise is PromiseState.OVERDUE:
            self.clauses += [[met], [self._bare(one)]]
            return
        if one.hold:
            self.clauses.append([met])
            return
        if one.case.shadow is not None or one.covered or not self.model.can_block(one):
            return
        ways = [met]
        if one.may_waive and self.papers:
            ways.append(self.waivers.setdefault(one.id, self.fresh()))
        if not one.mandatory:
            if one.planned:
                return
            ways.append(self.plans.setdefault(one.id, self.fresh()))
        self.clauses.append(ways)

    def _plainly(self, one: Asked, met: int) -> None:
        """The criterion leaves no condition."""
        if one.severity is not Severity.ADVISORY and not one.hold:
            self.clauses.append([met])
        if one.promise not in (None, PromiseState.CLOSED):
            self.clauses += [[met], [self._bare(one)]]
        if self.model.can_block(one) and one.compiled.bare is not None:
            self.clauses.append([-met, self._bare(one)])

    def node(self, name: str, wanted: Outcome, *, same: bool = True) -> int:
        """Return a variable that is true only if a leaf or gate comes out so, or, unless ``same``, otherwise."""
        key = (name, wanted, same)
        if key not in self._known:
            leaf = self.model.bench.leaves.get(name)
            self._known[key] = self._leaf(leaf, wanted, same) if leaf is not None else self._gate(name, wanted, same)
        return self._known[key]

    def _gate(self, name: str, wanted: Outcome, same: bool) -> int:
        gate = self.model.bench.gates[name]
        inner = wanted
        if gate.negate:
            inner = Outcome.NOT_MET if wanted is Outcome.MET else Outcome.MET
        parts = [self.node(child, inner, same=same) for child in gate.children]
        every = ((gate.k == len(gate.children)) == (inner is Outcome.MET)) == same
        return self._all(parts) if every or len(parts) == 1 else self._any(parts)

    def _leaf(self, leaf: Leaf, wanted: Outcome, same: bool) -> int:
        bench = self.model.bench
        dials = bench.read_by(leaf)
        if not dials:
            return self._true() if (bench.outcome(leaf, {}) is wanted) is same else -self._true()
        found = []
        for positions in _combinations([len(bench.dials[dial].positions) for dial in dials]):
            at = dict(zip(dials, positions, strict=True))
            if (bench.outcome(leaf, at) is wanted) is same:
                found.append(self._all([self.dials[dial][there] for dial, there in at.items()]))
        return self._any(found)

    def _true(self) -> int:
        return self._always(("", Outcome.MET, True))

    def _always(self, key: tuple[str, Outcome, bool]) -> int:
        if key not in self._known:
            self._known[key] = self.fresh()
            self.clauses.append([self._known[key]])
        return self._known[key]

    def _all(self, parts: Sequence[int]) -> int:
        if len(parts) == 1:
            return parts[0]
        made = self.fresh()
        self.clauses += [[-made, part] for part in parts]
        return made

    def _any(self, parts: Sequence[int]) -> int:
        if len(parts) == 1:
            return parts[0]
        made = self.fresh()
        self.clauses.append([-made, *parts])
        return made


def _combinations(sizes: Sequence[int]) -> Iterator[tuple[int, ...]]:
    """Yield every combination of positions; of too many only those that move two dials or fewer."""
    number = 1
    for size in sizes:
        number *= size
    whole = number <= MOST_TOGETHER
    yield from product(*(range(size) for size in sizes)) if whole else _few(sizes)


def _few(sizes: Sequence[int]) -> Iterator[tuple[int, ...]]:
    still = [0] * len(sizes)
    yield tuple(still)
    for one, size in enumerate(sizes):
        for there in range(1, size):
            moved = [*still]
            moved[one] = there
            yield tuple(moved)
            for other in range(one):
                for also in range(1, sizes[other]):
                    yield (*moved[:other], also, *moved[other + 1 :])
