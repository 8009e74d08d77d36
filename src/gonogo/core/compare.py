"""What got better, worse or stale between two runs of one release."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from gonogo.model.base import Frozen, Instant
from gonogo.model.decision import Verdict
from gonogo.model.evidence import GapReason
from gonogo.model.finding import Finding, Status

RANK: Final = {
    Status.UNKNOWN: 0,
    Status.NOT_MET: 0,
    Status.NOT_DUE: 1,
    Status.NOT_ADOPTED: 1,
    Status.NOT_APPLICABLE: 2,
    Status.MET: 2,
}
"""How good a status is. Unknown and not met are equally open: learning the truth is not getting worse."""

_WAITING: Final = (Status.NOT_DUE, Status.NOT_ADOPTED)


class Change(Frozen):
    """One criterion that stands otherwise than at the last run."""

    criterion: str
    title: str
    before: Status | None
    after: Status
    sentence: str


class Comparison(Frozen):
    """The difference between two runs.

    Attributes:
        better: Criteria that rank higher now.
        worse: Criteria that rank lower now.
        stale: Criteria that turned unknown only because evidence aged.
        opened: Criteria that are asked for the first time and are open: newly due, newly adopted, or new in the
            ruleset. Not worse: nobody had asked before.
        dropped: Criteria that were asked and no longer are: not yet adopted any more, not due again because go-live
            moved, or gone from the ruleset. Not worse, and never progress: somebody decided it, and all should hear.
        verdict_worse: Whether the verdict itself fell.
        since: Moment of the last run, UTC.
    """

    better: tuple[Change, ...] = ()
    worse: tuple[Change, ...] = ()
    stale: tuple[Change, ...] = ()
    opened: tuple[Change, ...] = ()
    dropped: tuple[Change, ...] = ()
    verdict_worse: bool = False
    since: Instant | None = None

    @property
    def anything_worse(self) -> bool:
        """Whether the daily run should raise its hand."""
        return self.verdict_worse or bool(self.worse) or bool(self.stale) or bool(self.dropped)


def compare(
    before: Sequence[Finding],
    after: Sequence[Finding],
    *,
    verdicts: tuple[Verdict, Verdict],
    since: datetime | None = None,
) -> Comparison:
    """Compare the findings of the last run with those of this one.

    A criterion that is newly asked and open is not worse. One that is no longer asked is told apart: dropping a
    question never looks like progress, and is not a setback of the program either.

    Args:
        before: Findings of the last run.
        after: Findings of this one.
        verdicts: The verdicts of both.
        since: Moment of the last run.
    """
    known = {finding.criterion: finding for finding in before}
    groups: dict[str, list[Change]] = {"better": [], "worse": [], "stale": [], "opened": [], "dropped": []}
    for finding in after:
        old = known.get(finding.criterion)
        group = _group(old, finding)
        if group:
            groups[group].append(_change(old, finding))
    gone = known.keys() - {finding.criterion for finding in after}
    groups["dropped"] += [
        Change(
            criterion=name,
            title=known[name].title,
            before=known[name].status,
            after=Status.NOT_ADOPTED,
            sentence="The criterion is no longer in the ruleset.",
        )
        for name in sorted(gone)
    ]
    return Comparison(
        better=tuple(groups["better"]),
        worse=tuple(groups["worse"]),
        stale=tuple(groups["stale"]),
        opened=tuple(groups["opened"]),
        dropped=tuple(groups["dropped"]),
        verdict_worse=verdicts[1].rank < verdicts[0].rank,
        since=since,
    )


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
    if RANK[new.status] < RANK[old.status]:
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
