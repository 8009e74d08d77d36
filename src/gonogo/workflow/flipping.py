"""What would flip the verdict of a recorded run: proposed by ``path``, and shown only if both evaluators confirm it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from gonogo.core.accept import Accepted
from gonogo.core.find import Trial
from gonogo.core.lock_facts import lock_blockers
from gonogo.core.remark import judged_in
from gonogo.core.wording import listing
from gonogo.engine.agreement import RuleEngine
from gonogo.errors import UsageError
from gonogo.model.decision import Blocker, Condition
from gonogo.model.evidence import Gap
from gonogo.model.finding import Finding
from gonogo.model.promise import PromiseState
from gonogo.model.ruleset import Domain, Severity
from gonogo.model.verdict import Verdict
from gonogo.model.what_would_change import FactChange, ReasonPath
from gonogo.path.bench import At, Bench
from gonogo.path.dials import DialMaker
from gonogo.path.effort import Cost, CountedAlike, StatedEffort
from gonogo.path.gate_model import Asked, GateModel, asked_of, unasked_promises
from gonogo.path.needed_words import needed_together
from gonogo.path.reasons import Reasons, change_of
from gonogo.path.register_dial import RegisterDials
from gonogo.path.smallest import ChangeSet, smallest_sets
from gonogo.report.report_reader import Reader
from gonogo.report.would_change import reasons_for
from gonogo.workflow.hypothesis import Hypothetical, RecordedRun, Supposed, supposing
from gonogo.workflow.judging import tried_on
from gonogo.workflow.run_record import recorded
from gonogo.workflow.supposed_papers import supposed_plan, supposed_waivers


@dataclass(frozen=True, slots=True)
class FlippingSet:
    """A smallest set of changes, and what both evaluators made of it.

    Attributes:
        changes: The changes.
        verdict: The verdict that both evaluators came to.
        papers: Whether new waivers were allowed for it.
        facts: The changes of facts and registers in words, each with the criteria that it is for.
    """

    changes: ChangeSet
    verdict: Verdict
    papers: bool
    facts: tuple[tuple[FactChange, tuple[str, ...]], ...] = ()


@dataclass(frozen=True)
class FlippableRun:
    """A recorded run with dials laid over it.

    Attributes:
        run: The run.
        trial: What was judged.
        accepted: The acceptances that count.
    """

    run: RecordedRun
    trial: Trial
    accepted: Accepted

    @classmethod
    def of(cls, run: RecordedRun) -> FlippableRun:
        """Judge a run as it was recorded."""
        now = run.view.assessment.now
        record = recorded(run.loaded, now, run.history)
        return cls(run, *tried_on(run.loaded, run.view.assessment.evidence, now, record=record))

    @cached_property
    def findings(self) -> dict[str, Finding]:
        """The recorded findings by criterion, those of standing holds too."""
        view = self.run.view
        return {each.criterion: each for each in (*view.findings, *(view.decision.holds or ()))}

    @cached_property
    def model(self) -> GateModel:
        """The gate's rules over everything that can be changed."""
        still = self._model(Bench(self.trial, ()))
        facts = dict.fromkeys(fact for one in still.asked if self._matters(still, one) for fact in self._facts(one))
        maker = DialMaker(
            self.trial, self.run.loaded.vocabulary, self.accepted, self.trial.scope.asked, self.trial.compiled.leaves
        )
        model = self._model(Bench(self.trial, maker.dials(tuple(facts))))
        if model.verdict({}) is not self.run.view.decision.verdict:
            raise UsageError(
                "This gonogo comes to another verdict on the recorded run, so it cannot say what would change it.",
                hint=f"`gonogo replay PROGRAM {self.run.name}` says what differs",
            )
        return model

    def _matters(self, model: GateModel, one: Asked) -> bool:
        opened, rests = model.opened(one, {}), model.rests(one, {})
        weighs = one.hold or one.promise is not None or model.can_block(one)
        return weighs and (opened or rests)

    def _facts(self, one: Asked) -> Iterator[str]:
        """Yield what may be changed: what is required. What a program is, is shown where it is unknown, not changed."""
        yield from one.case.criterion.require.facts
        exemption = one.case.criterion.not_applicable_when
        for fact in exemption.facts if exemption is not None else ():
            if isinstance(self.trial.evidence[fact], Gap):
                yield fact

    def _model(self, bench: Bench) -> GateModel:
        view = self.run.view
        planned = [each for each in self.findings if view.plan(each) is not None]
        return GateModel(
            bench=bench,
            asked=asked_of(bench, view.decision, planned),
            fixed=tuple(self._fixed()),
            promised=unasked_promises(self.findings, view.decision),
        )

    def _fixed(self) -> Iterator[str]:
        """Yield why no fact and no paper can flip the verdict, a sentence each."""
        view = self.run.view
        yield from (blocker.why for blocker in lock_blockers(view.decision.lock))
        silent = (blocker for blocker in view.decision.blockers if self._silent(blocker.domain, blocker.criterion))
        yield from (blocker.why for blocker in silent)
        for review in view.decision.promises or ():
            finding = self.findings.get(review.criterion)
            if review.state is PromiseState.OVERDUE and (finding is None or not finding.status.judged):
                yield review.sentence

    def _silent(self, domain: Domain | None, criterion: str | None) -> bool:
        return domain is not None and criterion is None and not judged_in(domain, self.run.view.findings)

    @cached_property
    def register_dials(self) -> RegisterDials:
        """How registers move when their items are closed."""
        return RegisterDials(self.trial, self.run.loaded.vocabulary, self.accepted, lambda _: [], lambda _: False)

    @cached_property
    def reasons(self) -> tuple[ReasonPath, ...]:
        """What would settle each reason of the verdict alone: of a NO-GO its blockers, otherwise its conditions."""
        return self.first_reasons(None)

    @property
    def cost(self) -> Cost:
        """By what the smallest set is meant: the effort that the program states, or the number of changes."""
        days = self.run.loaded.program.effort
        if not days:
            return CountedAlike()
        opened = {one.id: one.case.criterion.facts for one in self.model.asked if self._matters(self.model, one)}
        return StatedEffort(days, opened)

    @property
    def agrees(self) -> bool:
        """Whether this release comes to the recorded verdict; if not, what it would say is about another run."""
        return self._model(Bench(self.trial, ())).verdict({}) is self.run.view.decision.verdict

    def first_reasons(self, most: int | None, reader: Reader | None = None) -> tuple[ReasonPath, ...]:
        """Return the same of the first so many reasons that a reader answers for; of all for None."""
        view, loaded = self.run.view, self.run.loaded
        decision = view.decision
        work = Reasons(self.trial, loaded.vocabulary, self.accepted, view.started.program, view.started.release)
        asked = {one.id: one for one in self._model(Bench(self.trial, ())).asked}
        found = []
        for reason in reasons_for(view, reader)[:most]:
            one = asked.get(reason.criterion or "")
            if one is None:
                cannot, settled = self._otherwise(reason)
                found.append(ReasonPath(reason.criterion, reason.why, cannot=cannot, settled=settled))
            else:
                found.append(work.path(one, reason.why, blocks=bool(decision.blockers)))
        return tuple(found)

    def _otherwise(self, reason: Blocker | Condition) -> tuple[tuple[str, ...], str]:
        """Say of a reason that is not one criterion's, or of one that is not asked, why nothing settles it, or what."""
        if isinstance(reason, Condition) or reason.criterion is not None:
            return ("Nobody asks for it any more, so no fact closes it.",), ""
        if reason.domain is not None and self._silent(reason.domain, reason.criterion):
            return ("Nothing that people can show changes it before a mandatory criterion of the domain is asked.",), ""
        if reason.why in tuple(self._fixed()):
            return (), "the files are restored, or the change is agreed (`gonogo lock`)"
        soft = [
            each.criterion
            for each in self.run.view.findings
            if each.severity is Severity.CONDITIONAL and each.status.open and reason.domain in (None, each.domain)
        ]
        return (), f"fewer of these are open: {listing(soft, most=20)}"

    def supposed(self, changes: ChangeSet) -> Supposed:
        """Return a set of changes as a supposition."""
        today = self.run.view.started.program.local_date(self.run.view.assessment.now)
        positions = [self.model.bench.dials[number].positions[there] for number, there in changes.at.items()]
        waivers, people = supposed_waivers(changes.waivers, self.run.loaded, today)
        return Supposed(
            evidence={fact: entry for each in positions for fact, entry in each.entries.items() if self._given(fact)},
            plans=tuple(supposed_plan(each, self.run.loaded, today) for each in changes.plans),
            waivers=waivers,
            people=people,
        )

    def _given(self, fact: str) -> bool:
        return not self.run.loaded.vocabulary.computed(fact)

    def confirmed(
        self, verdict: Verdict, *, papers: bool, cost: Cost, engine: RuleEngine | None = None
    ) -> FlippingSet | None:
        """Return the cheapest set of changes by which both evaluators come to a verdict, or to a better one."""
        for changes in smallest_sets(self.model, verdict, papers=papers, cost=cost):
            came = self.judged(changes, engine=engine).decision.verdict
            if came.rank >= verdict.rank:
                return FlippingSet(changes, came, papers, tuple(self._words(changes, verdict)))
        return None

    def _words(self, changes: ChangeSet, verdict: Verdict) -> Iterator[tuple[FactChange, tuple[str, ...]]]:
        """Yield each change of a fact in words, with the boundary up to which the verdict stays."""
        model = self.model

        def holds(laid: Bench, at: At) -> bool:
            gate = model if laid is model.bench else model.laid_over(laid)
            return gate.verdict(at, changes.plans, changes.waivers).rank >= verdict.rank

        for number in changes.at:
            dial = model.bench.dials[number]
            readers = [one for one in model.asked if set(dial.facts) & set(one.case.criterion.facts)]
            opened = tuple(one.id for one in readers if model.opened(one, {}) or model.rests(one, {}))
            needed = needed_together(model.bench, number, changes.at, holds)
            cases = [one.case for one in readers]
            yield change_of(model.bench, number, needed, cases, self.run.view.started.program), opened

    def judged(self, changes: ChangeSet, *, engine: RuleEngine | None = None) -> Hypothetical:
        """Judge the run with a set of changes by both evaluators."""
        return supposing(self.run, self.supposed(changes), engine=engine)


def flipping_sets(gate: FlippableRun, cost: Cost, *, engine: RuleEngine | None = None) -> Sequence[FlippingSet]:
    """Return for each better verdict the cheapest set of changes; with new waivers too where that costs less."""
    now = gate.run.view.decision.verdict
    found: list[FlippingSet] = []
    for verdict in (Verdict.CONDITIONAL_GO, Verdict.GO):
        if verdict.rank <= now.rank or any(each.verdict.rank >= verdict.rank and not each.papers for each in found):
            continue
        plain = gate.confirmed(verdict, papers=False, cost=cost, engine=engine)
        if plain is not None:
            found.append(plain)
        if verdict is Verdict.GO:
            continue
        waived = gate.confirmed(verdict, papers=True, cost=cost, engine=engine)
        cheaper = waived is not None and (plain is None or waived.changes.cost < plain.changes.cost)
        if waived is not None and waived.changes.waivers and cheaper:
            found.append(waived)
    return tuple(found)
