"""Which criteria a program has adopted, in words for the people who agree on them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from gonogo.core.wording import listing
from gonogo.model.ruleset import Severity

NOTHING_DECIDED: Final = 'As long as the program file says "adopt", no decision can be taken.'


def adopted_words(adopt: Sequence[str], ruleset: str) -> str:
    """Return which criteria are adopted, every one by name, from which ruleset, and where that is written.

    Args:
        adopt: Ids of those that are adopted.
        ruleset: ``name@version`` of theirs.
    """
    return f'{len(adopt)} from {ruleset}, by "adopt" in the program file: {listing([*adopt], most=len(adopt))}'


def left_out_words(adopt: Sequence[str], severities: Mapping[str, Severity]) -> str:
    """Return how many criteria are not adopted, by severity; empty where all are.

    Args:
        adopt: Ids of those that are adopted.
        severities: Each criterion of the ruleset.
    """
    left = [severity for name, severity in severities.items() if name not in adopt]
    counts = [f"{left.count(each)} {each}" for each in Severity if each in left]
    return f"{len(left)} of {len(severities)}, which nobody is asked for: {listing(counts)}" if left else ""
