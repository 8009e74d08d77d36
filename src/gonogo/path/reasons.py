"""For each reason of a verdict what would settle it alone: exact, from the record, without a search."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from gonogo.core.accept import Accepted
from gonogo.core.due import earliest, first_day, milestone_day, rung_start
from gonogo.core.find import Trial
from gonogo.core.register_facts import read_by
from gonogo.core.span_held import span_words
from gonogo.core.usable import usable
from gonogo.core.wording import listing, seat_words
from gonogo.model.computed_facts import CRITERIA_FACTS, PLAN_FACTS, RECORD_FACTS, WAIVER_FACTS
from gonogo.model.evidence import Evidence, Gap
from gonogo.model.fact import FactType, Vocabulary
from gonogo.model.finding import Outcome
from gonogo.model.judgement import Case, Leaf
from gonogo.model.parameter import days_before
from gonogo.model.program import ProgramIdentity, Release
from gonogo.model.promise import PromiseState
from gonogo.model.register import ACCEPTANCES, Register
from gonogo.model.ruleset import ApprovalRule
from gonogo.model.what_would_change import FactChange, ReasonPath, StricterRung
from gonogo.path.bench import At, Bench, facts_of
from gonogo.path.dial import Dial, DialPosition
from gonogo.path.dials import DialMaker
from gonogo.path.gate_model import Asked
from gonogo.path.needed_words import needed_together, now_words
from gonogo.path.possible_values import supposed
from gonogo.path.ways import settling, ways

MOST_SHOWN = 4
"""Ways that are shown of one reason."""


@dataclass(frozen=True, slots=True)
class Reasons:
    """Works out what settles each criterion of a recorded run.

    Attributes:
        trial: What was judged.
        vocabulary: Types, ranges and registers.
        accepted: The acceptances that count.
        identity: Gives the time zone.
        release: Gives go-live.
    """

    trial: Trial
    vocabulary: Vocabulary
    accepted: Accepted
    identity: ProgramIdentity
    release: Release

    def path(self, one: Asked, why: str, *, blocks: bool) -> ReasonPath:
        """Return what would settle a criterion that is open, or rests on acceptance.

        Args:
            one: The criterion.
            why: The reason, as it was recorded.
            blocks: Whether it is a reason for NO-GO, so that a paper could make a condition of it.
        """
        index = next(number for number, case in enumerate(self.trial.scope.asked) if case.criterion.id == one.id)
        bench = self._bench(index, self.trial.scope.asked)
        bare, root = one.compiled.bare, one.compiled.requirement
        if bare is not None and bench.node(root, {}) is Outcome.MET:  # it is met, and rests on an acceptance
            root = bare
        nearest = list(self._nearest(bench, one, root))
        found = self._in_words(bench, one, nearest)
        return ReasonPath(
            criterion=one.id,
            why=why,
            ways=found,
            cannot=tuple(dict.fromkeys(self._cannot(bench, one, root, found=bool(found)))),
            papers=tuple(self._papers(one, root)) if blocks else (),
            days=self._days_to(self.identity.local_date(self.release.go_live)),
            stricter=self._stricter(one, index, root, bench, nearest),
        )

    def _bench(self, index: int, cases: Sequence[Case]) -> Bench:
        """Return the comparisons of one criterion with a dial for all that it reads."""
        leaves = [leaf for leaf in self.trial.compiled.leaves if leaf.criterion == index]
        maker = DialMaker(self.trial, self.vocabulary, self.accepted, cases, leaves)
        criterion = cases[index].criterion
        facts = [*criterion.require.facts]
        if criterion.not_applicable_when is not None:
            unknown = (
                each for each in criterion.not_applicable_when.facts if isinstance(self.trial.evidence[each], Gap)
            )
            facts += [each for each in unknown if each not in facts]
        return Bench(self.trial, maker.dials(facts), () if cases is self.trial.scope.asked else cases)

    def _nearest(self, bench: Bench, one: Asked, root: str) -> Iterator[tuple[str, At]]:
        """Yield the nearest positions of each way, with what they make come out."""
        for node in (root, *([one.compiled.exemption] if one.compiled.exemption is not None else [])):
            yield from ((node, at) for at in settling(bench, node, Outcome.MET))

    def _in_words(
        self, bench: Bench, one: Asked, nearest: Sequence[tuple[str, At]]
    ) -> tuple[tuple[FactChange, ...], ...]:
        found = dict.fromkeys(self._changes(bench, one, node, at) for node, at in nearest)
        return tuple(sorted(found, key=len)[:MOST_SHOWN])

    def _changes(self, bench: Bench, one: Asked, node: str, at: At) -> tuple[FactChange, ...]:
        def holds(laid: Bench, other: At) -> bool:
            return laid.node(node, other) is Outcome.MET

        return tuple(
            change_of(bench, number, needed_together(bench, number, at, holds), [one.case], self.identity)
            for number in sorted(at)
        )

    def _cannot(self, bench: Bench, one: Asked, root: str, *, found: bool) -> Iterator[str]:
        """Yield what no change of a fact settles: of a criterion each comparison that nothing can turn."""
        if one.hold:
            yield "It is a standing hold: nobody may waive it."
        if found:
            return
        for leaf in _leaves(bench, root):
            if bench.outcome(leaf, {}) is _wanted(leaf) or ways(bench, leaf.id, _wanted(leaf)):
                continue
            if leaf.held is not None:
                words = span_words(one.case, self.trial.scope)
                yield f"Only time can: {words}."
                continue
            text = one.case.criterion.require.text
            span = leaf.written.span
            facts = facts_of(leaf)
            yield f"`{text[span.start : span.end] or text}`: {self._fixed(facts)}."

    def _fixed(self, facts: Sequence[str]) -> str:
        """Say why a comparison over these facts cannot be turned by anybody."""
        if not facts:
            return "it reads no fact, so only the date of go-live changes it"
        for fact in facts:
            if fact in RECORD_FACTS:
                return f"{fact} is what gonogo's own record says of earlier runs"
            if fact in CRITERIA_FACTS:
                return f"{fact} follows from the history of the lock"
            if fact in PLAN_FACTS:
                return f"{fact} follows from the action plans of the program: complete or remove them"
            if fact in WAIVER_FACTS:
                return f"{fact} follows from the waivers of the program: complete or withdraw them"
            if fact.partition(".")[0] == ACCEPTANCES:
                return f"{fact} follows from the acceptances that the criteria rest on"
            declared = self.vocabulary.get(fact)
            if declared is not None and declared.trend is not None:
                return f"{fact} is a trend of {declared.trend.of} over the runs that are recorded"
        return f"no value of {listing(list(facts))} that the vocabulary allows is enough by itself"

    def _papers(self, one: Asked, root: str) -> Iterator[str]:
        """Yield the papers that would make a condition of it; what was promised for an earlier day needs the thing."""
        criterion, policy = one.case.criterion, self.trial.scope.policy
        if one.hold or one.promise is PromiseState.OVERDUE:
            return
        late = -self._days_to(self.identity.local_date(self.release.go_live))
        if not one.mandatory and not one.planned and (late <= 0 or policy.rule is ApprovalRule.CAPS):
            yield "a complete action plan (then at best CONDITIONAL GO)"
        if criterion.waivable_by and (policy.max_waiver_days is None or late <= policy.max_waiver_days):
            seats = listing([seat_words(seat) for seat in criterion.waivable_by], most=20)
            yield f"a waiver by {seats} (then at best CONDITIONAL GO)"
        for register in read_by(criterion, self.vocabulary):
            entry = self.trial.evidence[register.open_unaccepted]
            if isinstance(entry, Evidence) and entry.open_items and self._acceptable(register, root):
                seats = listing([seat_words(seat) for seat in register.accept], most=20)
                items = listing(list(entry.open_items), most=5)
                yield f"an acceptance of {items} by {seats}, item by item (then at best CONDITIONAL GO)"

    def _acceptable(self, register: Register, root: str) -> bool:
        """Whether a criterion is met if each open item is accepted, and touches as little as can be."""
        made = {
            fact: supposed(declared, 0 if declared.type is FactType.INTEGER else Decimal(0), self.trial.scope.now)
            for fact in register.computed
            if (declared := self.vocabulary.get(fact)) is not None
        }
        dial = Dial(register.id, tuple(made), (DialPosition(), DialPosition(made)), register=True)
        return Bench(self.trial, (dial,)).node(root, {0: 1}) is Outcome.MET

    def _stricter(
        self, one: Asked, index: int, root: str, bench: Bench, nearest: Sequence[tuple[str, At]]
    ) -> StricterRung | None:
        """Return the next milestone at which what is enough now is not, with what is enough from then on."""
        scope, criterion = self.trial.scope, one.case.criterion
        ahead = [
            (start, rung)
            for rung in criterion.rungs
            if (start := rung_start(self.identity, self.release, rung)) > scope.now
        ]
        for _, rung in sorted(ahead):
            then = {each.name: each.at(days_before(rung)) for each in criterion.parameters}
            cases = list(scope.asked)
            cases[index] = replace(one.case, parameters=then)
            if all(Bench(self.trial, bench.dials, cases).node(node, at) is Outcome.MET for node, at in nearest):
                continue
            later = self._bench(index, cases)
            found = self._in_words(later, one, list(self._nearest(later, one, root)))
            day = milestone_day(self.identity, self.release, rung)
            return StricterRung(rung, day, self._days_to(day), found)
        return None

    def _days_to(self, day: date) -> int:
        return (day - self.identity.local_date(self.trial.scope.now)).days


def change_of(bench: Bench, number: int, needed: str, cases: Sequence[Case], identity: ProgramIdentity) -> FactChange:
    """Return a change of one dial in words, for the criteria that read it."""
    dial, trial = bench.dials[number], bench.trial
    met = (
        (case, usable(case, fact, trial.evidence, trial.scope, trial.refused))
        for case in cases
        for fact in dial.facts
        if fact in case.criterion.facts
    )
    gaps = [(case, entry) for case, entry in met if isinstance(entry, Gap) and entry.binding != ACCEPTANCES]
    entry = trial.evidence[dial.facts[0]]
    recorded = isinstance(entry, Gap)
    ages = [case.criterion.max_age_s for case in cases if set(dial.facts) & set(case.criterion.facts)]
    dated = first_day(identity, earliest(trial.scope.now, min(ages))) if gaps and ages else None
    source = (entry.binding or "") if isinstance(entry, Gap) else entry.source.binding
    unusable = None if recorded or not gaps else gaps[0][1]
    return FactChange(dial.name, now_words(bench, dial, unusable), needed, dated, source, dial.register)


def _leaves(bench: Bench, node: str) -> Iterator[Leaf]:
    leaf = bench.leaves.get(node)
    if leaf is not None:
        yield leaf
        return
    for child in bench.gates[node].children:
        yield from _leaves(bench, child)


def _wanted(leaf: Leaf) -> Outcome:
    return Outcome.NOT_MET if leaf.negated else Outcome.MET
