"""What a defect left in the record: whether it made anything better, and how loudly it was noticed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from gonogo.comparison.compare import RunComparison, compare
from gonogo.comparison.notice import Notice, NoticeKind
from gonogo.comparison.snapshot import Snapshot
from gonogo.drill.defect import Defect, Noticed, Planted
from gonogo.drill.rehearsal import Rehearsed
from gonogo.model.drill import DrillOutcome, DrillRow
from gonogo.model.evidence import Evidence, Gap
from gonogo.model.finding import Finding, Status

_BROKEN: Final = 5
"""How a run ends whose files are not what was locked; it is judged and recorded all the same."""
_SAYS_NOTHING: Final = (NoticeKind.AGE, NoticeKind.RENEWED)
"""Notices that say only that time passed, or that a file was delivered again."""


@dataclass(frozen=True, slots=True)
class Trace:
    """One thing that shows a defect.

    Attributes:
        seen: How loud it is.
        by: The criterion, fact, exit code or kind of notice.
        sentence: What the run says.
        about: The criterion, fact or source that it is about, where it is about one.
    """

    seen: Noticed
    by: str
    sentence: str
    about: str = ""


def row_of(defect: Defect, planted: Planted, before: Rehearsed, after: Rehearsed) -> DrillRow:
    """Return what became of a planted defect."""
    better = better_by(before, after) if planted.as_of is None else ""
    trace = trace_of(defect, planted, before, after)
    if better:
        outcome, by, sentence = DrillOutcome.BETTER, trace.by, better
    elif trace.seen < _least(defect, planted, before):
        outcome, by, sentence = DrillOutcome.UNNOTICED, trace.by, trace.sentence or "The run says nothing of it."
    else:
        stopped = trace.seen is Noticed.STOPPED
        outcome, by, sentence = DrillOutcome.STOPPED if stopped else DrillOutcome.TOLD, trace.by, trace.sentence
    return DrillRow(id=defect.id, title=defect.title, outcome=outcome, where=planted.where, by=by, sentence=sentence)


def _least(defect: Defect, planted: Planted, before: Rehearsed) -> Noticed:
    """Return how loudly a defect must be noticed: if nothing that rests on it was met, a mention is enough."""
    known = {} if before.snapshot is None else before.snapshot.by_criterion
    met = any(known[name].status is Status.MET for name in planted.criteria if name in known)
    return min(defect.least, Noticed.TOLD) if planted.criteria and not met and planted.shows is None else defect.least


def better_by(before: Rehearsed, after: Rehearsed) -> str:
    """Say what a defect made better; empty where nothing: the verdict, the status of a criterion, or what blocks.

    A question that is no longer asked is no answer: it is reported, and better only where the verdict rises.
    """
    if after.snapshot is None and after.code == 0:
        return "It may be deployed."
    if before.snapshot is None or after.snapshot is None:
        return ""
    was, now = before.snapshot, after.snapshot
    old, new = was.made.decision.verdict, now.made.decision.verdict
    if new.rank > old.rank:
        return f"The verdict is {new}, and it was {old}."
    for finding in was.findings:
        later = now.by_criterion.get(finding.criterion)
        if later is None or not finding.status.open:
            continue
        if later.status in (Status.MET, Status.NOT_APPLICABLE):
            return f"{finding.criterion} is {_words(later)}, and was {_words(finding)}."
        if later.status.open and finding.criterion in was.blocking.keys() - now.blocking.keys():
            return f"{finding.criterion} is still open, and no longer blocks."
    return ""


def trace_of(defect: Defect, planted: Planted, before: Rehearsed, after: Rehearsed) -> Trace:
    """Return the loudest thing that shows a defect."""
    if planted.shows is not None and after.snapshot is not None:
        shown = planted.shows(after)
        return Trace(defect.least, planted.by, shown) if shown else Trace(Noticed.NOTHING, "", "")
    if after.snapshot is None or before.snapshot is None:
        return Trace(Noticed.STOPPED, f"exit {after.code}", after.refused)
    if after.code == _BROKEN != before.code:
        why = next((each.why for each in after.snapshot.made.decision.blockers if each.criterion is None), "")
        return Trace(Noticed.STOPPED, f"exit {after.code}", why)
    changes = compare(before.snapshot, after.snapshot)
    noticed = sorted(_notices(changes), key=lambda trace: trace.about not in planted.criteria)
    found = [*_lost(planted, before.snapshot, after.snapshot), *noticed]
    return max(found, key=lambda trace: trace.seen, default=Trace(Noticed.NOTHING, "", ""))


def _lost(planted: Planted, before: Snapshot, after: Snapshot) -> Iterator[Trace]:
    """Yield the criteria that stand worse, those that rest on what was harmed first, then the facts that are gaps."""
    found = list(_worse(before, after))
    for finding in sorted(found, key=lambda one: one.criterion not in planted.criteria):
        yield Trace(Noticed.STOPPED, finding.criterion, _why(finding))
    for name, why in after.blocking.items():
        if name not in before.blocking:
            yield Trace(Noticed.STOPPED, name, why)
    for finding in after.findings:
        old = before.by_criterion.get(finding.criterion)
        usable = {reading.fact for reading in old.facts if reading.gap is None} if old is not None else set()
        for gap in finding.gaps:
            if gap.fact in usable:
                yield Trace(Noticed.STOPPED, gap.fact, f"{gap.reason.replace('_', ' ')}: {gap.detail}")
    for fact, answer in after.answers.items():
        if isinstance(answer, Gap) and isinstance(before.answers.get(fact), Evidence):
            yield Trace(Noticed.STOPPED, fact, f"{answer.reason.replace('_', ' ')}: {answer.detail}")


def _worse(before: Snapshot, after: Snapshot) -> Iterator[Finding]:
    for finding in after.findings:
        old = before.by_criterion.get(finding.criterion)
        if old is not None and finding.status.open and old.status is not finding.status:
            yield finding


def _why(finding: Finding) -> str:
    """Return why a criterion is open: the gap where there is one, since that is what noticed."""
    gaps = [gap for gap in finding.gaps if gap.detail]
    return f"{gaps[0].fact}: {gaps[0].detail}" if gaps else finding.sentence


def _notices(changes: RunComparison) -> Iterator[Trace]:
    for change in (*changes.stale, *changes.worse, *changes.dropped):
        yield Trace(Noticed.SETBACK, change.criterion, change.sentence, change.criterion)
    for notice in changes.notices:
        if notice.worse:
            yield Trace(Noticed.SETBACK, f"told: {notice.kind}", notice.sentence, notice.subject)
    for notice in changes.notices:
        if not notice.worse and _says_something(notice):
            yield Trace(Noticed.TOLD, f"told: {notice.kind}", notice.sentence, notice.subject)


def _says_something(notice: Notice) -> bool:
    return notice.kind not in _SAYS_NOTHING and " has another content: " not in notice.sentence


def _words(finding: Finding) -> str:
    return finding.status.value.replace("_", " ")
