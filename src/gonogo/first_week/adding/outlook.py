"""Which criteria the files of a program would answer, file by file, once a person has confirmed them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from gonogo.core.believing import Believing
from gonogo.core.scope import scope_of
from gonogo.engine.reference import judge
from gonogo.first_week.adding.open_program import OpenProgram
from gonogo.model.evidence import EvidenceSet
from gonogo.model.finding import Outcome, Status
from gonogo.model.judgement import Case, Scope
from gonogo.model.parameter import days_before
from gonogo.model.reply import Item, Reply
from gonogo.model.ruleset import Criterion, Severity

_ASKED: Final = frozenset({Outcome.MET, Outcome.NOT_MET})


@dataclass(frozen=True, slots=True)
class Needs:
    """What one criterion needs to have an answer.

    Attributes:
        criterion: Its id.
        enough: Facts that are enough, in one way or another: one that today's figure decides, or all that it reads.
        today: The same by figures alone that an answer may still change.
        due: Whether it is due today.
        advisory: Whether it never decides.
    """

    criterion: str
    enough: tuple[frozenset[str], ...]
    today: tuple[frozenset[str], ...]
    due: bool
    advisory: bool


@dataclass(frozen=True, slots=True)
class Outlook:
    """The criteria that files can answer.

    Attributes:
        needs: What each of them needs, those first that are due.
        due: How many criteria are due today.
        facts: What all criteria read.
        facts_due: What those read that are due today.
    """

    needs: tuple[Needs, ...]
    due: int
    facts: frozenset[str]
    facts_due: frozenset[str]


def outlook_of(
    program: OpenProgram, replies: Sequence[Reply], promised: Collection[str], soft: Collection[str]
) -> Outlook:
    """Return which criteria the files of a program can answer.

    A criterion has an answer if all its facts are known, or if one known fact alone says that it is not met. How old
    the evidence is does not matter here: the line of the file says when it held.

    Args:
        program: The program.
        replies: What its bindings answer today.
        promised: Facts that are known once a person has answered what is asked about them.
        soft: Facts whose figures an answer may still change, so that none of them alone decides.
    """
    scope = _every_criterion(program)
    evidence = _believed(program, replies, {fact for case in scope.cases for fact in case.criterion.require.facts})
    due = {case.criterion.id for case in _scope(program).asked}
    known = {entry.fact for entry in evidence.evidence}
    needs = []
    for case in scope.cases:
        enough, today = _enough(scope, case, evidence, known, promised, soft)
        if enough or today:
            criterion = case.criterion
            advisory = criterion.severity is Severity.ADVISORY
            needs.append(Needs(criterion.id, enough, today, criterion.id in due, advisory))
    needs.sort(key=lambda each: (not each.due, each.advisory))
    read = {case.criterion.id: frozenset(case.criterion.require.facts) for case in scope.cases}
    every, now = (frozenset[str]().union(*(read[each] for each in some)) for some in (read, due & read.keys()))
    return Outlook(tuple(needs), len(due), every, now)


def _scope(program: OpenProgram) -> Scope:
    files = program.files.program
    return scope_of(program.rules.ruleset, files.identity, release=program.release, now=program.now, adopt=files.adopt)


def _every_criterion(program: OpenProgram) -> Scope:
    """Return the criteria with what each asks when it is first due, or asks today."""
    scope = _scope(program)
    return replace(scope, cases=tuple(_first_due(case) for case in scope.cases if _is_asked(case)))


def _is_asked(case: Case) -> bool:
    return case.skipped is None or case.skipped is Status.NOT_DUE


def _first_due(case: Case) -> Case:
    criterion: Criterion = case.criterion
    if case.skipped is None or criterion.due_from is None:
        return case
    days = days_before(criterion.due_from)
    return replace(case, skipped=None, parameters={each.name: each.at(days) for each in criterion.parameters})


def _believed(program: OpenProgram, replies: Sequence[Reply], facts: Iterable[str]) -> EvidenceSet:
    files = program.files
    bindings = tuple(each.model_copy(update={"confirmed": None}) for each in program.bindings)
    authority = {**_only_ones(replies), **files.program.authority}
    judged = files.program.model_copy(update={"bindings": bindings, "authority": authority})
    believing = Believing(judged, program.release, files.people, program.rules.ruleset, program.rules.vocabulary)
    now = [
        reply.model_copy(update={"items": tuple(_as_of_now(item, program) for item in reply.items)})
        for reply in replies
    ]
    return believing.facts(now, sorted(facts), program.now, {})


def _only_ones(replies: Sequence[Reply]) -> dict[str, str]:
    """Return the facts that one of several bindings alone knows, with that one: a person is asked which counts."""
    found: dict[str, list[tuple[str, bool]]] = {}
    for reply in replies:
        for item in reply.items:
            found.setdefault(item.fact, []).append((reply.binding, item.gap is None))
    known = {fact: [name for name, knows in some if knows] for fact, some in found.items() if len(some) > 1}
    return {fact: some[0] for fact, some in known.items() if len(some) == 1}


def _as_of_now(item: Item, program: OpenProgram) -> Item:
    return item if item.gap is not None else item.model_copy(update={"as_of": program.now, "rows_from": None})


def _enough(
    scope: Scope,
    case: Case,
    evidence: EvidenceSet,
    known: Collection[str],
    promised: Collection[str],
    soft: Collection[str],
) -> tuple[tuple[frozenset[str], ...], tuple[frozenset[str], ...]]:
    """Return the facts by which a criterion has an answer, in each way: surely, and by what may still change."""
    facts = case.criterion.require.facts
    decisive = [fact for fact in facts if fact in known and _outcome(scope, case, evidence, {fact}) is Outcome.NOT_MET]
    single = [frozenset({fact}) for fact in decisive if fact not in soft]
    every = frozenset(facts)
    if not single and all(fact in known or fact in promised for fact in facts):
        single = [every]
    elif not single and not decisive and _outcome(scope, case, evidence, facts) in _ASKED:
        single = [every & {*known}]
    return tuple(single), tuple(frozenset({fact}) for fact in decisive if fact in soft)


def _outcome(scope: Scope, case: Case, evidence: EvidenceSet, facts: Collection[str]) -> Outcome | None:
    mine = EvidenceSet(evidence=tuple(each for each in evidence.evidence if each.fact in facts))
    found: Mapping[str, Outcome | None] = judge(replace(scope, cases=(case,)), mine).criteria
    return found[case.criterion.id]
