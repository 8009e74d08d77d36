"""A criterion that fails no longer and is not proved: whether evidence was lost, or only what failed was mended."""

from __future__ import annotations

from gonogo.core.wording import listing
from gonogo.model.finding import Finding, Outcome, Status


def only_cleared(old: Finding, new: Finding) -> bool:
    """Whether a criterion went from not met to unknown though no fact of it lost its evidence.

    What is not known now was not known then either: the last failure went, and nothing got worse.
    """
    if (old.status, new.status) != (Status.NOT_MET, Status.UNKNOWN) or not new.gaps:
        return False
    lacked = {reading.fact for reading in old.facts if reading.gap is not None}
    if not {reading.fact for reading in new.facts if reading.gap is not None} <= lacked:
        return False
    was = {(entry.text, entry.operator): entry.outcome for entry in old.comparisons}
    falls = ((Outcome.MET, Outcome.UNKNOWN), (Outcome.MET, Outcome.NOT_MET), (Outcome.NOT_MET, Outcome.UNKNOWN))
    lost = any((was.get((entry.text, entry.operator)), entry.outcome) in falls for entry in new.comparisons)
    return not lost and bool(_cleared(old, new))


def _cleared(old: Finding, new: Finding) -> list[str]:
    """The comparisons that came out differently, as written."""
    was = {(entry.text, entry.operator): entry.outcome for entry in old.comparisons}
    return [
        entry.text
        for entry in new.comparisons
        if was.get((entry.text, entry.operator), entry.outcome) is not entry.outcome
    ]


def remaining_words(old: Finding, new: Finding) -> str:
    """Say what no longer fails and what is still not proved."""
    return f"no longer fails by {listing(_cleared(old, new), most=3)}; what remains is not new. {new.sentence}"
