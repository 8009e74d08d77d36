"""Whether one criterion may use the evidence of a fact now: it must be fresh enough, entitled, and of its release."""

from __future__ import annotations

from datetime import timedelta
from fractions import Fraction
from typing import Final

from gonogo.core.carry import may_not_carry
from gonogo.core.wording import day_there, duration_text
from gonogo.model.evidence import Evidence, EvidenceSet, Gap, GapReason
from gonogo.model.judgement import Case, Scope

_UNSEEN: Final = "It came without the bytes of its source, so it counts as stated, not as measured"


def usable(
    case: Case, fact: str, evidence: EvidenceSet, scope: Scope, refused: frozenset[tuple[str, str]]
) -> Evidence | Gap:
    """Return the evidence of a fact if this criterion may use it now, else the gap that says why not."""
    entry = evidence[fact]
    if isinstance(entry, Gap):
        return entry
    if (case.criterion.id, fact) in refused:
        return _refusal(case, entry, scope)
    oldest = min(value.as_of for value in entry.values)
    age = scope.now - oldest
    if age >= timedelta(seconds=case.criterion.max_age_s):
        limit = duration_text(Fraction(case.criterion.max_age_s))
        return Gap(
            fact=fact,
            reason=GapReason.STALE,
            detail=f"It dates from {day_there(oldest, scope.zone)} and is {age.days} days old; only evidence younger "
            f"than {limit} counts here.",
            binding=entry.source.binding,
            sources=(entry.source.locator,),
        )
    return entry


def _refusal(case: Case, entry: Evidence, scope: Scope) -> Gap:
    if may_not_carry(case.criterion, entry, scope):
        reason = GapReason.WRONG_SUBJECT
        detail = (
            f"It is about the release {entry.subject.release}; "
            "this criterion counts only evidence about its own release."
        )
    else:
        reason = GapReason.NOT_PROVABLE
        stated = f"It is stated by {entry.attested[0].role}" if entry.attested else _UNSEEN
        detail = f"{stated}; this criterion lets only {', '.join(case.criterion.attest)} attest."
    return Gap(
        fact=entry.fact,
        reason=reason,
        detail=detail,
        binding=entry.source.binding,
        sources=(entry.source.locator,),
    )
