"""How often a proof by force is repeated: small in `make test`, large in `make torture`."""

from __future__ import annotations

import os

FIGURES: dict[str, tuple[int, int]] = {}
"""Of each proof: how often in `make test`, and how often in `make torture`."""


def figure(what: str, *, small: int, large: int) -> int:
    """Return how often the proof is repeated now."""
    FIGURES[what] = small, large
    return large if "GONOGO_TORTURE" in os.environ else small


def examples(whole: int) -> int:
    """Return how many examples a law is tried on: a third of them in `make test`, all in each round of `make fuzz`."""
    return whole if "GONOGO_FUZZ" in os.environ else max(1, whole // 3)
