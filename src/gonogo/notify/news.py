"""What a daily run has to tell: a verdict, a blocker, an expiry or an outcome that changed; else nothing."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from gonogo.comparison.compare import RunComparison
from gonogo.comparison.notice import NoticeKind
from gonogo.model.assessment import Assessment
from gonogo.report.machine.notation import before_verdict
from gonogo.report.words import count

KINDS: Final = frozenset(
    {NoticeKind.OUTCOME, NoticeKind.BLOCKER, NoticeKind.WAIVER, NoticeKind.ACCEPTANCE, NoticeKind.PLAN}
)
"""Notices that people decide about; values and ages move every day and are on the page."""
MOST: Final = 20


@dataclass(frozen=True, slots=True)
class News:
    """One message before it has a form.

    Attributes:
        program: Id of the program.
        release: Id of the release.
        run: Id of the run.
        verdict: The verdict.
        kind: What kind of run it was, in a sentence.
        go_live: Committed moment of go-live, ISO 8601 with offset.
        worse: Whether anything got worse.
        lines: What changed, setbacks first; without names of people, values and file names where the program is marked.
        more: How many changes are not among the lines.
        before: What stands before the verdict in the subject where the run decides nothing: ``REHEARSAL: ``.
    """

    program: str
    release: str
    run: str
    verdict: str
    kind: str
    go_live: str
    worse: bool
    lines: tuple[str, ...]
    more: int = 0
    before: str = ""

    @property
    def subject(self) -> str:
        """One line that says the most."""
        return f"{self.program} {self.release}: {self.before}{self.verdict}"

    @property
    def text(self) -> str:
        """The whole message as plain text."""
        rest = [f"And {self.more} more: see the report."] if self.more else []
        return "\n".join(
            [self.subject, self.kind, f"Go-live: {self.go_live}", *(f"- {each}" for each in self.lines), *rest]
        )


def news_of(assessment: Assessment, run: str, changes: RunComparison | None) -> News | None:
    """Return what has to be told, or None where nothing changed that people decide about.

    Args:
        assessment: The run's.
        run: Its id.
        changes: What changed since the run before; None for the first run, whose verdict is news.
    """
    identity, release = assessment.program, assessment.release
    lean = bool(identity.marking)
    found = list(dict.fromkeys(_lines(assessment, changes, lean=lean)))
    if not found:
        return None
    return News(
        program=identity.id,
        release=release.id,
        run=run,
        verdict=assessment.decision.verdict.value,
        kind=assessment.kind.sentence,
        go_live=release.go_live.astimezone(identity.zone).isoformat(timespec="minutes"),
        worse=changes is not None and changes.anything_worse,
        lines=tuple(found[:MOST]),
        more=max(0, len(found) - MOST),
        before=before_verdict(assessment.kind),
    )


def _lines(assessment: Assessment, changes: RunComparison | None, *, lean: bool) -> Iterator[str]:
    verdict = assessment.decision.verdict.value
    if changes is None:
        yield f"First recorded run: {verdict}, {count(len(assessment.decision.blockers), 'reason')} against going live."
        return
    if changes.verdict_worse or changes.verdict_better:
        yield f"The verdict is {'worse' if changes.verdict_worse else 'better'} than in the last run: {verdict}."
    for what, group in (("worse", changes.worse), ("stale", changes.stale), ("no longer asked", changes.dropped)):
        for change in group:
            yield f"{what}: {change.criterion}" if lean else f"{what}: {change.criterion}. {change.sentence}"
    for notice in changes.notices:
        if notice.kind in KINDS:
            yield f"{notice.kind.value}: {notice.subject}" if lean else notice.sentence
