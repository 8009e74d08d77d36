"""How criteria stood in earlier runs, for those whose requirement must hold over a span or may be open for so long."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial
from typing import Final

from gonogo.audit.history import History, open_history
from gonogo.audit.ledger import Run
from gonogo.core.register_facts import read_by
from gonogo.core.span_held import mandatory_at
from gonogo.engine import reference
from gonogo.errors import UsageError
from gonogo.model.event import SealedRecord
from gonogo.model.fact import Vocabulary
from gonogo.model.finding import Finding, Outcome, Status
from gonogo.model.judgement import Case, Past, Scope
from gonogo.model.ruleset import Criterion, Severity
from gonogo.workflow.accepting import Weighed
from gonogo.workflow.loaded import LoadedProgram
from gonogo.workflow.previous_run import decisions_of, findings_of
from gonogo.workflow.renamed import EarlierNames, renamed_runs

Record = Mapping[str, tuple[Past, ...]]


def recorded(loaded: LoadedProgram, now: datetime, history: History | None = None) -> Record:
    """Return how the criteria that ask for it stood in earlier runs of this release; rehearsals are none.

    Args:
        loaded: The program.
        now: The moment of the assessment; later runs are no history of it.
        history: The log as it stood; by default the program's own, which is read only if a criterion asks for it.

    Raises:
        IntegrityError: The log is broken, or a record does not have the shape of a finding.
    """
    asking = [each for each in loaded.ruleset.criteria if _span(each)]
    if not asking:
        return {}
    if history is None:
        try:
            history = open_history(loaded.root / loaded.program.log)
        except UsageError:  # there is no log yet
            return {}
    start = now - timedelta(seconds=max(map(_span, asking)))
    own = history.finished(loaded.program.identity.id, loaded.release.id)
    runs = [(moment, run, "") for moment, run in _covering(own, start, now)]
    aged = [each for each in asking if each.open_for_s is not None]
    if aged:
        under = list(renamed_runs(loaded, history))
        called = {run.run: name for run, name in under}
        runs += [(moment, run, called[run.run]) for moment, run in _covering([run for run, _ in under], start, now)]
    names = EarlierNames(loaded.ruleset.criteria)
    found: dict[str, list[Past]] = {each.id: [] for each in asking}
    for moment, run, elsewhere in sorted(runs, key=lambda each: each[0]):
        records = history.records(run)
        stood = {finding.criterion: finding for finding in findings_of(records)}
        answered = _answered(records)
        for each in aged if elsewhere else asking:
            finding, under_name = stood.get(each.id), elsewhere
            if finding is None and each.open_for_s is not None:
                finding, old_id = names.finding(each.id, stood, partial(history.report_records, run))
                under_name = old_id or under_name or NOT_ASKED
            elif finding is None or not _asked(finding):
                under_name = NOT_ASKED
            rested = finding is not None and rested_then(finding, each, loaded.vocabulary, answered)
            found[each.id].append(Past(moment, finding.came_out if finding else None, rested, under_name))
    return {name: tuple(past) for name, past in found.items()}


NOT_ASKED: Final = "not asked"
"""In place of a name, where the run did not ask the criterion: that is no answer."""


def _asked(finding: Finding) -> bool:
    """Whether a run asked the criterion; what its evidence exempted was asked."""
    return finding.status.judged or (finding.status is Status.NOT_APPLICABLE and bool(finding.facts))


def _answered(records: Sequence[SealedRecord]) -> frozenset[str]:
    """Return the registers in which an acceptance counted in a run."""
    reviews = [one for each in decisions_of(records) for one in each.acceptances or ()]
    return frozenset(one.register_id for one in reviews if one.counted)


def rested_then(finding: Finding, criterion: Criterion, vocabulary: Vocabulary, answered: Collection[str]) -> bool:
    """Return whether a run found a criterion met on acceptance alone.

    What weighed nothing then (advisory, or in shadow) was not recorded as resting; so it rests where it may have.
    """
    if finding.came_out is not Outcome.MET:
        return False
    weighed = finding.shadow is None and finding.severity is not Severity.ADVISORY
    may = not weighed and any(register.id in answered for register in read_by(criterion, vocabulary))
    return finding.rests_on is not None or may


def _span(criterion: Criterion) -> int:
    return max(criterion.held_s or 0, criterion.open_for_s or 0)


def _covering(runs: Iterable[Run], start: datetime, now: datetime) -> Sequence[tuple[datetime, Run]]:
    known = sorted(((run.now, run) for run in runs if run.now is not None and run.now <= now), key=lambda each: each[0])
    before = [each for each in known if each[0] <= start]
    return before[-1:] + [each for each in known if each[0] > start]


def escalated(scope: Scope, both: Weighed) -> Scope:
    """Return the scope with what has been open for too long as mandatory: yellow for two weeks turns red."""
    if not any(_may(case) for case in scope.asked):
        return scope
    stands = reference.judge(
        scope, both.evidence, refused=both.refused, bare=both.bare, accepting=both.accepting
    ).criteria

    def case(one: Case) -> Case:
        if not _may(one) or stands.get(one.criterion.id) not in (Outcome.NOT_MET, Outcome.UNKNOWN):
            return one
        turned = mandatory_at(one, scope.now)
        if turned is None or turned > scope.now:
            return one
        since = turned - timedelta(seconds=one.criterion.open_for_s or 0)
        harder = one.criterion.model_copy(update={"severity": Severity.MANDATORY})
        return replace(one, criterion=harder, open_since=since)

    return replace(scope, cases=tuple(map(case, scope.cases)))


def _may(case: Case) -> bool:
    criterion = case.criterion
    asked = case.skipped is None and case.shadow is None
    return asked and criterion.open_for_s is not None and criterion.severity is Severity.CONDITIONAL
