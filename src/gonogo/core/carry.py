"""Waves: which evidence of an earlier release of the same program may count for a later one.

Evidence of another release is about something else, unless the criterion says that it carries (``carries: true``).
The release's own sources come first: only where none of them owes a fact does the latest earlier release speak, and
what it cannot say is a gap, as everywhere.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from gonogo.model.evidence import Evidence
from gonogo.model.judgement import Scope
from gonogo.model.program import Release
from gonogo.model.reply import Reply
from gonogo.model.ruleset import Criterion


def earlier_releases(releases: Iterable[Release], release: Release) -> tuple[str, ...]:
    """Return the ids of the releases that are switched on before ``release``, the latest first."""
    before = [other for other in releases if other.go_live < release.go_live]
    return tuple(other.id for other in sorted(before, key=lambda other: (other.go_live, other.id), reverse=True))


def carried_facts(criteria: Iterable[Criterion]) -> frozenset[str]:
    """Return the facts that a criterion reads which counts evidence of an earlier release."""
    return frozenset(fact for criterion in criteria if criterion.carries for fact in criterion.facts)


def speaking(replies: Sequence[Reply], release: str, earlier: Sequence[str]) -> list[Reply]:
    """Return whose word counts among the replies that owe one fact.

    Those of the release itself, or of no release in particular. Where there is none, those of the latest of ``earlier``
    that has any; where there is none either, all of them, for admission to refuse.
    """
    own = [reply for reply in replies if reply.subject.release in (None, release)]
    if own:
        return own
    for name in earlier:
        found = [reply for reply in replies if reply.subject.release == name]
        if found:
            return found
    return list(replies)


def is_carried(evidence: Evidence, release: str) -> bool:
    """Whether the evidence is about another release than this one."""
    return evidence.subject.release not in (None, release)


def may_not_carry(criterion: Criterion, evidence: Evidence, scope: Scope) -> bool:
    """Whether the evidence is of another release, which this criterion does not count."""
    return is_carried(evidence, scope.release) and not criterion.carries
