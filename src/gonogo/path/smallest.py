"""The smallest set of changes for a verdict, by weighted MaxSAT. The only importer of python-sat."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from gonogo.errors import UsageError
from gonogo.model.verdict import Verdict
from gonogo.path.effort import Cost
from gonogo.path.gate_clauses import GateClauses
from gonogo.path.gate_model import GateModel

MOST_SETS: Final = 24
"""So many sets are offered to the evaluators, one after the other, until they confirm one."""
_PLAN: Final = 20
_WAIVER: Final = 40


@dataclass(frozen=True, slots=True)
class ChangeSet:
    """A set of changes.

    Attributes:
        at: Number of a dial to the number of its new position.
        plans: Criteria with a new action plan.
        waivers: Criteria with a new waiver.
        cost: What all of it costs.
    """

    at: Mapping[int, int]
    plans: tuple[str, ...] = ()
    waivers: tuple[str, ...] = ()
    cost: int = 0

    @property
    def size(self) -> int:
        """How many changes it has."""
        return len(self.at) + len(self.plans) + len(self.waivers)


def smallest_sets(model: GateModel, verdict: Verdict, *, papers: bool, cost: Cost) -> Iterator[ChangeSet]:
    """Yield the sets of changes that lead to a verdict at least as good, the cheapest first.

    Equal ones are ordered: facts before plans before waivers, then the nearest values, then the order of the ruleset.

    Args:
        model: The gate.
        verdict: What is to be reached.
        papers: Whether new waivers may be proposed.
        cost: What a change costs.

    Raises:
        UsageError: python-sat, which the extra ``path`` brings, is not installed.
    """
    try:
        from pysat.card import CardEnc, EncType
        from pysat.examples.rc2 import RC2
        from pysat.formula import WCNF
    except ImportError as error:
        raise UsageError(
            "The smallest set of changes is found with python-sat, which is not installed.",
            hint="pip install 'gonogo[path]'",
        ) from error
    if model.fixed or (model.promised and verdict is Verdict.GO):
        return
    gate = GateClauses(model, papers=papers)
    gate.demand(verdict)
    formula = WCNF()
    formula.extend(gate.clauses)
    top = gate.variables
    for variables, most in gate.caps:
        card = CardEnc.atmost(lits=variables, bound=most, top_id=top, encoding=EncType.seqcounter)
        top = max(top, card.nv)
        formula.extend(card.clauses)
    weights = _weights(model, gate, cost)
    for variable, weight in weights.items():
        formula.append([-variable], weight=weight)
    with RC2(formula) as solver:
        for _ in range(MOST_SETS):
            found = solver.compute()
            if found is None:
                return
            true = {variable for variable in found if variable > 0}
            yield _read(model, gate, true, cost)
            solver.add_clause([-variable if variable in true else variable for variable in weights])


def _weights(model: GateModel, gate: GateClauses, cost: Cost) -> dict[int, int]:
    """Return what each variable of a change weighs: its cost above all, then what orders equal ones."""
    small: dict[int, tuple[int, int]] = {}
    order = 0
    for dial, variables in zip(model.bench.dials, gate.dials, strict=True):
        for rank, variable in enumerate(variables[1:]):
            small[variable] = (cost.change(dial), rank * 1000 + order + 1)
        order += 1
    for papers, extra in ((gate.plans, _PLAN), (gate.waivers, _WAIVER)):
        for criterion, variable in papers.items():
            small[variable] = (cost.paper(criterion), extra * 1000 + order + 1)
            order += 1
    unit = 1 + sum(least for _, least in small.values())
    return {variable: price * unit + least for variable, (price, least) in small.items()}


def _read(model: GateModel, gate: GateClauses, true: set[int], cost: Cost) -> ChangeSet:
    at = {
        number: there
        for number, variables in enumerate(gate.dials)
        for there, variable in enumerate(variables)
        if there and variable in true
    }
    plans = tuple(criterion for criterion, variable in gate.plans.items() if variable in true)
    waivers = tuple(criterion for criterion, variable in gate.waivers.items() if variable in true)
    whole = sum(cost.change(model.bench.dials[number]) for number in at) + sum(map(cost.paper, [*plans, *waivers]))
    return ChangeSet(at, plans, waivers, whole)
