"""What gonogo counts in the papers of a run, as evidence in place of any other answer. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from gonogo.model.evidence import Basis, Evidence, EvidenceSet, Gap, GapReason, Source
from gonogo.model.fact import FactDeclaration, FactType, Vocabulary

_OWN = "gonogo"
"""Stands for the binding of a fact that judging itself makes."""


def with_counts(
    evidence: EvidenceSet,
    counts: Mapping[str, int],
    vocabulary: Vocabulary,
    *,
    papers: str,
    locator: str,
    now: datetime,
) -> EvidenceSet:
    """Return the evidence with these counts for the facts that are asked for.

    Args:
        evidence: What came, a gap for each fact that nobody answered.
        counts: Fact to what was counted.
        vocabulary: Only what it declares is answered, and only as an integer.
        papers: What was counted: ``waivers``, ``action plans``.
        locator: Where it stands.
        now: The moment of the assessment.
    """

    def answer(declared: FactDeclaration) -> Evidence | Gap:
        if declared.type is not FactType.INTEGER:
            detail = f"The {papers} give it as an integer, and the vocabulary declares {declared.type}."
            return Gap(fact=declared.name, reason=GapReason.WRONG_TYPE, detail=detail, binding=_OWN)
        return Evidence(
            fact=declared.name,
            type=declared.type,
            unit=declared.unit,
            value=counts[declared.name],
            as_of=now,
            basis=Basis.MEASURED,
            source=Source(binding=_OWN, locator=locator),
        )

    if not any(entry.fact in counts for entry in evidence):
        return evidence
    entries = [
        answer(vocabulary[entry.fact]) if entry.fact in counts and entry.fact in vocabulary else entry
        for entry in evidence
    ]
    return EvidenceSet(
        evidence=tuple(entry for entry in entries if isinstance(entry, Evidence)),
        gaps=tuple(entry for entry in entries if isinstance(entry, Gap)),
    )
