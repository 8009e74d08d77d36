"""A binding that sets what the rules pin, and sets it differently, proves nothing. Pure."""

from __future__ import annotations

from collections.abc import Mapping

from gonogo.model.evidence import EvidenceSet, Gap, GapReason


def without_disagreeing(evidence: EvidenceSet, wrong: Mapping[str, str]) -> EvidenceSet:
    """Return the evidence with a gap for each fact that such a binding answers, alone or among agreeing sources.

    Args:
        evidence: What was admitted.
        wrong: Each binding that differs from the rules, with both values in a sentence.
    """
    if not wrong:
        return evidence
    kept, gaps = [], list(evidence.gaps)
    for entry in evidence.evidence:
        bad = [value.source.binding for value in entry.values if value.source.binding in wrong]
        if not bad:
            kept.append(entry)
            continue
        detail = f"{wrong[bad[0]]} That decides what the fact means."
        sources = (entry.source.locator,)
        gaps.append(Gap(fact=entry.fact, reason=GapReason.NOT_PROVABLE, detail=detail, binding=bad[0], sources=sources))
    return EvidenceSet(evidence=tuple(kept), gaps=tuple(sorted(gaps, key=lambda gap: gap.fact)))
