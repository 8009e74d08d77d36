"""What changed between two runs of one release: all that a reader could have noticed, and what of it is worse."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from gonogo.comparison.lock_notices import lock_notices
from gonogo.comparison.notice import AGED, Notice, NoticeKind
from gonogo.comparison.paper_notices import blocker_notices, paper_notices
from gonogo.comparison.remaining import only_cleared
from gonogo.comparison.shrunk_lists import Counting
from gonogo.comparison.snapshot import Snapshot, ageless
from gonogo.comparison.source_notices import criterion_notices, rule_notices, source_notices
from gonogo.comparison.value_notices import changed_facts, value_notices
from gonogo.comparison.word_notices import word_notices
from gonogo.core.wording import outcome_sentence
from gonogo.model.base import Frozen, Instant
from gonogo.model.evidence import GapReason
from gonogo.model.finding import Finding, Status
from gonogo.model.outcome import OutcomeOfRun, ReleaseOutcome

RANK: Final = {
    Status.UNKNOWN: 0,
    Status.NOT_MET: 0,
    Status.NOT_DUE: 1,
    Status.NOT_ADOPTED: 1,
    Status.NOT_APPLICABLE: 2,
    Status.MET: 2,
}
"""How good a status is. Between unknown and not met no way is progress: a failure that is certain now is worse, and so
is one whose evidence was lost."""

_WAITING: Final = (Status.NOT_DUE, Status.NOT_ADOPTED)


class Change(Frozen):
    """One criterion whose state differs from the last run."""

    criterion: str
    title: str
    before: Status | None
    after: Status
    sentence: str


class RunComparison(Frozen):
    """The difference between two runs. Where it is empty, nothing in their records differs.

    Attributes:
        better: Criteria that rank higher now.
        worse: Criteria that rank lower now, unknown ones that are known to fail, and failures whose evidence was lost.
        stale: Criteria that turned unknown only because evidence aged.
        opened: Criteria that are asked for the first time and are open: newly due, newly adopted, or new in the
            ruleset. Not worse: nobody had asked before.
        dropped: Criteria that were asked and no longer are: not yet adopted any more, not due again because go-live
            moved, or gone from the ruleset. Not worse, and never progress: somebody decided it, and all should hear.
        verdict_worse: Whether the verdict itself fell.
        verdict_better: Whether it rose.
        notices: Everything else, the setbacks first: values, evidence, open items, sources, waivers, plans, rules.
        since: Moment of the last run, UTC.
    """

    better: tuple[Change, ...] = ()
    worse: tuple[Change, ...] = ()
    stale: tuple[Change, ...] = ()
    opened: tuple[Change, ...] = ()
    dropped: tuple[Change, ...] = ()
    verdict_worse: bool = False
    verdict_better: bool = False
    notices: tuple[Notice, ...] = ()
    since: Instant | None = None

    @property
    def anything_worse(self) -> bool:
        """Whether the daily run should raise its hand."""
        setbacks = any(notice.worse for notice in self.notices)
        return self.verdict_worse or setbacks or bool(self.worse) or bool(self.stale) or bool(self.dropped)

    @property
    def nothing(self) -> bool:
        """Whether nothing that was recorded is different."""
        groups = (self.better, self.worse, self.stale, self.opened, self.dropped, self.notices)
        return not any(groups) and not self.verdict_worse and not self.verdict_better


def compare(before: Snapshot, after: Snapshot, *, came: Sequence[OutcomeOfRun] = ()) -> RunComparison:
    """Compare the last run with this one.

    A criterion that is newly asked and open is not worse. One that is no longer asked is shown apart: dropping a
    question never looks like progress, and is not a setback of the program either.

    Args:
        before: The last run.
        after: This one.
        came: What was recorded of the release between the two.
    """
    groups: dict[str, list[Change]] = {"better": [], "worse": [], "stale": [], "opened": [], "dropped": []}
    fewer = Counting(before, after).facts
    for finding in after.findings:
        old = before.by_criterion.get(finding.criterion)
        group = _group(old, finding)
        if group in ("worse", "stale") and old is not None and only_cleared(old, finding):
            continue  # told with what it got better in
        if group == "better" and any(reading.fact in fewer for reading in finding.facts):
            continue  # told, and not as progress: nobody knows that what is counted no longer was done
        if group:
            groups[group].append(_change(old, finding))
    gone = before.by_criterion.keys() - after.by_criterion.keys()
    groups["dropped"] += [
        Change(
            criterion=name,
            title=before.by_criterion[name].title,
            before=before.by_criterion[name].status,
            after=Status.NOT_ADOPTED,
            sentence="The criterion is no longer in the ruleset.",
        )
        for name in sorted(gone)
    ]
    reported = frozenset(change.criterion for group in groups.values() for change in group)
    was, now = before.made.decision.verdict.rank, after.made.decision.verdict.rank
    return RunComparison(
        better=tuple(groups["better"]),
        worse=tuple(groups["worse"]),
        stale=tuple(groups["stale"]),
        opened=tuple(groups["opened"]),
        dropped=tuple(groups["dropped"]),
        verdict_worse=now < was,
        verdict_better=now > was,
        notices=_notices(before, after, reported, came),
        since=before.started.now,
    )


def _notices(
    before: Snapshot, after: Snapshot, reported: frozenset[str], came: Sequence[OutcomeOfRun]
) -> tuple[Notice, ...]:
    covered = reported | changed_facts(before, after)
    found = [
        *outcome_notices(came),
        *blocker_notices(before, after),
        *value_notices(before, after),
        *source_notices(before, after),
        *paper_notices(before, after),
        *rule_notices(before, after),
        *lock_notices(before, after),
        *word_notices(before, after),
        *criterion_notices(before, after, covered),
    ]
    one, other = before.made.decision.document(), after.made.decision.document()
    if not found and not reported and one != other:
        otherwise = "The reasons, requests or validity of the verdict are different."
        sentence = AGED if ageless(one) == ageless(other) else otherwise
        found.append(Notice(kind=NoticeKind.DECISION, sentence=sentence))
    aged = [notice for notice in found if notice.sentence == AGED]
    kept = [notice for notice in found if notice.sentence != AGED]
    kept += [Notice(kind=NoticeKind.AGE, sentence=AGED)] if aged and not kept and not reported else []
    order = list(NoticeKind)
    return tuple(sorted(kept, key=lambda notice: (not notice.worse, order.index(notice.kind))))


def _group(old: Finding | None, new: Finding) -> str:
    """Return the name of the group that a criterion belongs to; empty where nothing changed."""
    if old is None or old.status in _WAITING:
        if new.status.open:
            return "opened"
        return "better" if old is not None and RANK[new.status] > RANK[old.status] else ""
    if old.status is new.status:
        return ""
    if new.status in _WAITING:
        return "dropped"
    if new.status is Status.UNKNOWN and {gap.reason for gap in new.gaps} == {GapReason.STALE}:
        return "stale"
    if {old.status, new.status} == {Status.UNKNOWN, Status.NOT_MET} or RANK[new.status] < RANK[old.status]:
        return "worse"
    return "better" if RANK[new.status] > RANK[old.status] else ""


def _change(old: Finding | None, new: Finding) -> Change:
    return Change(
        criterion=new.criterion,
        title=new.title,
        before=old.status if old else None,
        after=new.status,
        sentence=new.sentence,
    )


def outcome_notices(came: Sequence[OutcomeOfRun]) -> Iterator[Notice]:
    """Yield a notice for each outcome, oldest first; held and rolled back are setbacks."""
    for each in came:
        worse = each.outcome is not ReleaseOutcome.DEPLOYED
        yield Notice(kind=NoticeKind.OUTCOME, subject=each.run, sentence=outcome_sentence(each), worse=worse)
